
// -- numbers ------------------------------------------------------------------------------------------------------------
// A number is exact: {top, bottom, tens, figures, unit} stands for top / bottom · 10 ** tens, with whole top and bottom.
// What is read here is read in grading too, and as the same number; grading reads a few spellings more.

const SAME = [
  [/[\u00a0\u2000-\u200b\u200e\u202f\u205f\u2060\u3000\ufeff]/g, " "], [/[−–‐‑﹣－]/g, "-"], [/[✕✖⨯·⋅∙•]/g, "×"],
  [/[⁄∕／]/g, "/"], [/[０-９＋．，％ｅＥ]/g, (sign) => sign.normalize("NFKC")], [/μ/g, "µ"],
];
const WHOLE = "(?:[1-9][0-9]{0,2}(?: [0-9]{3})+|[0-9]+)";
const MANTISSA = `(?:${WHOLE}(?:[.,][0-9]*)?|[.,][0-9]+)`;
const SIGNED = "[+-]? *[0-9]+";
const DECIMAL = new RegExp(
  `^(?:(?<sign>[+-]) *)?(?:(?<mantissa>${MANTISSA})(?: *[eE] *(?<exponent>${SIGNED}))?` +
  `|(?:(?<factor>${MANTISSA}) *[×xX*] *)?10 *(?:(?:\\^|\\*\\*) *[({]? *(?<power>${SIGNED}) *[)}]?` +
  "|(?<raised>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)))(?: *(?<percent>%))?$");
const FRACTION = /^(?:(?<sign>[+-]) *)?(?:(?<whole>[0-9]+) +(?<rest>[1-9][0-9]*)\/|(?<top>[0-9]+) *\/ *)(?<bottom>[0-9]+)$/;
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const THOUSANDS = /^[1-9][0-9]{0,2}\.[0-9]{3}$/;
const LONGEST = 1000; // characters of a number
const EXPONENT_DIGITS = 6;

// The number in a text; null where it cannot be read without a guess.
function readNumber(text, check, form) {
  if (text.length > LONGEST) return null;
  const same = (words) => SAME.reduce((spelt, [signs, sign]) => spelt.replace(signs, sign), words);
  let body = same(text);
  if (form.thousands && check.thousands) {
    const mark = form.thousands === "." ? "\\." : form.thousands;
    const groups = new RegExp(`(?<![0-9.,'])[1-9][0-9]{0,2}(?:${mark}[0-9]{3})+(?![0-9]|${mark})`, "g");
    body = body.replace(groups, (group) => group.replaceAll(form.thousands, " "));
  }
  body = body.trim();
  const unit = check.unit && body.endsWith(same(check.unit)) ? check.unit : "";
  if (unit) body = body.slice(0, body.length - unit.length).trimEnd();
  const decimal = DECIMAL.exec(body)?.groups;
  if (decimal) return readDecimal(decimal, body, { ...form, ...check, unit });
  const fraction = check.fractions && FRACTION.exec(body)?.groups;
  return fraction ? readFraction(fraction, unit) : null;
}

function readDecimal(found, body, { decimal_comma: comma, percent, unit }) {
  const spelt = found.mantissa ?? found.factor ?? "1";
  if ((found.percent && !percent) || (comma ? THOUSANDS.test(spelt) : body.includes(","))) return null;
  const digits = spelt.replaceAll(" ", "").replace(",", ".");
  const raised = found.raised?.replace(/[^⁻⁺]/g, (sign) => RAISED.indexOf(sign)).replace("⁻", "-").replace("⁺", "+");
  const tens = (found.exponent ?? found.power ?? raised ?? "0").replaceAll(" ", "");
  if (tens.replace(/^[+-]?0*/, "").length > EXPONENT_DIGITS) return null;
  const [whole, rest = ""] = digits.split(".");
  return {
    top: BigInt(whole + rest) * (found.sign === "-" ? -1n : 1n), bottom: 1n,
    tens: Number(tens) - rest.length - (found.percent ? 2 : 0),
    figures: (whole + rest).replace(/^0+/, "").length || 1, unit,
  };
}

function readFraction({ sign, whole = "0", rest, top, bottom }, unit) {
  if (/^0+$/.test(bottom) || (rest && (BigInt(rest) >= BigInt(bottom) || rest.length === 3))) return null;
  const value = BigInt(whole) * BigInt(bottom) + BigInt(rest ?? top);
  return { top: sign === "-" ? -value : value, bottom: BigInt(bottom), tens: 0, figures: 0, unit };
}

// The decimal in a key, as Python writes it.
function exactly(printed) {
  const [mantissa, tens = "0"] = printed.split(/e/i);
  const [whole, rest = ""] = mantissa.replace("+", "").split(".");
  return { top: BigInt(whole + rest), bottom: 1n, tens: Number(tens) - rest.length };
}

// Below 0 where a < b, above where a > b. Powers of ten are only worked out for numbers of about the same size.
function compare(a, b) {
  const [left, right] = [a.top * b.bottom, b.top * a.bottom];
  const sign = (value) => (value > 0n) - (value < 0n);
  if (sign(left) !== sign(right) || left === 0n) return sign(left) - sign(right);
  const digits = (value) => (value < 0n ? -value : value).toString().length;
  const sizes = digits(left) + a.tens - digits(right) - b.tens;
  if (Math.abs(sizes) > 1) return sizes > 0 ? sign(left) : -sign(left);
  const shift = a.tens - b.tens;
  const scaled = (value, by) => (by > 0 ? value * 10n ** BigInt(by) : value);
  return sign(scaled(left, shift) - scaled(right, -shift));
}
