"use strict";
// Answers that are typed, ticked or picked on the page, put together as responses, and saved as a response file.

const WORDS = JSON.parse(document.getElementById("words").textContent);
const ENTRY = JSON.parse(document.getElementById("entry").textContent);
const find = (id) => document.getElementById(id);

// The parts in their order: {label, between, inputs: [{id, kind, before}]}, and the element that says so.
const PARTS = [...document.querySelectorAll("[data-inputs]")].map((box) => ({ box, ...JSON.parse(box.dataset.inputs) }));
let unsaved = false;

// What was put into one input: a text, or the ticked letters with commas between them.
function entered(input) {
  if (input.kind !== "ticks") return find(input.id).value.trim();
  return [...document.getElementsByName(input.id)].filter((tick) => tick.checked).map((tick) => tick.value).join(", ");
}

function response(part) {
  return part.inputs.map((input) => ({ before: input.before, text: entered(input) }))
    .filter(({ text }) => text).map(({ before, text }) => before + text).join(part.between);
}

// A text between double quotes, as YAML reads it: also what JSON lets stand but YAML does not.
function quoted(text) {
  const escaped = (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(text).replace(/[\u007f-\u00a0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]/g,
    (sign) => (/[\ud800-\udfff]/.test(sign) ? sign : escaped(sign)));
}

function responseFile() {
  return [
    `form: ${quoted(ENTRY.form)}`,
    `student: ${quoted(find("student").value.trim())}`,
    "responses:",
    ...PARTS.map((part) => `  ${part.label}: ${quoted(response(part))}`),
  ].join("\n") + "\n";
}

// Say something in a live region, also if it says the same already.
function say(region, words) {
  region.textContent = "";
  region.textContent = words;
}

function save() {
  if (!find("student").value.trim()) {
    say(find("saved"), WORDS.name_first);
    find("student").focus();
    return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([responseFile()], { type: "application/yaml" }));
  link.download = "responses.yaml";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  unsaved = false;
  const blank = PARTS.filter((part) => !response(part)).map((part) => part.label);
  say(find("saved"), blank.length ? `${WORDS.saved} ${WORDS.blank}: ${blank.join(", ")}.` : WORDS.saved);
}

function clear(part) {
  for (const input of part.inputs) {
    for (const tick of document.getElementsByName(input.id)) tick.checked = false;
  }
  document.getElementsByName(part.inputs[0].id)[0].focus();
}

document.documentElement.classList.add("live");
find("save").addEventListener("click", save);
document.addEventListener("input", () => { unsaved = true; });
addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
for (const part of PARTS) part.box.querySelector(".clear")?.addEventListener("click", () => clear(part));
