
// -- checking -----------------------------------------------------------------------------------------------------------
// A verdict is {right, of, lacks, open} (how much is right, out of how much, what is missing beside the number, how much
// is left to a person), "unread" where the answer cannot be read here, "open" where only a person can judge all of it, or
// null where nothing is to be judged.

const CHECKS = {
  NumberCheck(check, [text]) {
    const found = readNumber(text, check, ENTRY);
    if (!found) return "unread";
    return { right: +isWithin(found, check), of: 1, lacks: lacking(found, check) };
  },
  AnyOrderCheck({ checks }, texts) {
    const found = texts.map((text) => readNumber(text, checks[0], ENTRY));
    if (found.includes(null)) return "unread";
    const waiting = [...checks];
    const met = found.filter((number) => {
      const place = waiting.findIndex((check) => isWithin(number, check));
      return place >= 0 && waiting.splice(place, 1);
    });
    return { right: met.length, of: checks.length };
  },
  LettersCheck({ right }, [text]) {
    return { right: +(letters(text).sort().join() === [...right].sort().join()), of: 1 };
  },
  HasLetterCheck({ letter }, [text]) { return { right: +letters(text).includes(letter), of: 1 }; },
  LeavesOutCheck({ letter }, [text]) { return { right: +!letters(text).includes(letter), of: 1 }; },
  OrderCheck({ letters: order }, [text]) {
    const found = text.toUpperCase().replace(/\bTHEN\b|\bAND\b|->|=>|[\s,;:.()[\]/&+→⇒–—|-]/g, "");
    if ([...found].sort().join("") !== [...order].sort().join("")) return "unread";
    return { right: +(found === order), of: 1 };
  },
  PhraseCheck({ right, wrong }, [text]) {
    const plain = (phrase) => phrase.toLowerCase().replace(/[\s-]+/g, " ").trim();
    const is = (phrases) => phrases.some((phrase) => plain(phrase) === plain(text));
    if (is(right)) return { right: 1, of: 1 };
    return is(wrong) ? { right: 0, of: 1 } : "open";
  },
  EachCheck({ checks }, texts) { return together(checks.map((check, place) => check && one(check, texts[place]))); },
  NoCheck() { return "open"; },
};

const judge = (check, texts) => CHECKS[check.kind](check, texts);
const letters = (text) => (text ? text.split(", ") : []);
const one = (check, text) => (text || check.kind === "NoCheck" ? judge(check, [text]) : { right: 0, of: 1 });

// One verdict on several inputs: what cannot be read decides for all; a null has no part in it.
function together(verdicts) {
  if (verdicts.includes("unread")) return "unread";
  const judged = verdicts.filter((verdict) => verdict instanceof Object);
  const open = verdicts.filter((verdict) => verdict === "open").length;
  if (open && !judged.length) return "open";
  const sum = (name) => judged.reduce((total, verdict) => total + verdict[name], 0);
  return { right: sum("right"), of: sum("of"), lacks: judged.flatMap((verdict) => verdict.lacks ?? []), open };
}

function isWithin(number, { low, high, includes_low: withLow, includes_high: withHigh }) {
  const above = low === null || compare(number, exactly(low)) > (withLow ? -1 : 0);
  return above && (high === null || compare(number, exactly(high)) < (withHigh ? 1 : 0));
}

function lacking(number, { unit, needs_unit: needsUnit, figures }) {
  return [
    ...(needsUnit && !number.unit ? [filled(WORDS.lacks_unit, unit)] : []),
    ...(figures && number.figures !== figures ? [filled(WORDS.lacks_figures, figures)] : []),
  ];
}

const isMet = (verdict) => verdict instanceof Object && verdict.right === verdict.of && !verdict.open;

const filled = (words, ...values) => values.reduce((said, value) => said.replace("{}", value), words);

function wordsFor(verdict) {
  if (verdict === "unread" || verdict === "open") return WORDS[verdict];
  const { right, of, lacks, open } = verdict;
  if (open) return `${filled(WORDS.partly, right, of)} ${filled(WORDS.some_open, open)}`;
  if (right === of) return lacks?.length ? `${WORDS.right_but} ${lacks.join("; ")}.` : WORDS.right;
  return right ? filled(WORDS.partly, right, of) : WORDS.wrong;
}

// Judge a part, say so beside it, and show what is known of the mistake. Returns the verdict, null for a blank part.
function check(part) {
  const texts = part.inputs.map(entered);
  const blank = texts.every((text) => !text);
  const verdict = blank ? null : judge(part.check, texts);
  const isWrong = verdict instanceof Object && verdict.right < verdict.of;
  part.box.dataset.verdict = isWrong ? "wrong" : isMet(verdict) ? "right" : "";
  say(part.box.querySelector(".said"), blank ? WORDS.nothing : wordsFor(verdict));
  part.box.querySelectorAll(".hint").forEach((hint, place) => {
    hint.hidden = !(isWrong && isMet(judge(part.hints[place], texts)));
  });
  return verdict;
}

function checkAll() {
  const verdicts = PARTS.map(check);
  const right = verdicts.filter(isMet).length;
  const judged = verdicts.filter((verdict) => verdict instanceof Object).length;
  say(find("checked"), filled(WORDS.all, right, judged, PARTS.length));
}

for (const part of PARTS) {
  Object.assign(part, JSON.parse(part.box.dataset.practice));
  part.box.querySelector(".check").addEventListener("click", () => check(part));
  for (const input of part.inputs) {
    if (input.kind === "words") find(input.id).addEventListener("keydown", (event) => { if (event.key === "Enter") check(part); });
  }
}
find("check-all").addEventListener("click", checkAll);
