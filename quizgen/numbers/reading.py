"""What a person wrote, read as an exact number; or the reason why it cannot be read, with the place and a hint.

Nothing is guessed: what could mean two numbers ("1,000") is unreadable, which is never scored as wrong. Values are
exact decimals, so 1e-400 is a number and not 0. The spellings are listed for students in docs/answers.md.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from decimal import Context, Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from quizgen.numbers.spelling import to_unicode
from quizgen.values import immutable
from quizgen.words import Said, say

MAX_LENGTH: Final = 1_000  # characters: no number is longer, and reading stays quick
MAX_EXPONENT: Final = 999_999  # far beyond any gradient, and well inside what Decimal holds
_QUOTIENT: Final = Context(prec=50)  # a fraction that does not end is kept to this many figures


class Reading(NamedTuple):
    """A number that was read: its value, how it was understood, how many significant figures and which unit it has.

    ``figures`` is 0 where the spelling shows none, as in 1/3.
    """

    value: Decimal
    read_as: str
    figures: int
    unit: str = ""


@immutable
class Unreadable:
    """Why a response could not be read, at which character (from 0), and what to write instead."""

    reason: Said
    offset: int
    hint: Said

    @property
    def told(self) -> Said:
        """Two sentences for the student; the place is left to programs, since the reason quotes what stands there."""
        return say("unread.told", reason=self.reason, hint=self.hint)

    def __str__(self) -> str:
        """What is told, in plain English."""
        return str(self.told)


def too_long(most: int, hint: Said) -> Unreadable:
    """What is said of a response of more than ``most`` characters."""
    return Unreadable(reason=say("unread.too_long", most=most), offset=most, hint=hint)


def read_number(
    text: str,
    *,
    decimal_comma: bool = False,
    thousands: str = "",
    fractions: bool = False,
    percent: bool = False,
    unit: str = "",
) -> Reading | Unreadable:
    """Read one number, whatever the text; nothing is raised.

    ``decimal_comma``: the form declares that 1,5 is one and a half; 1.5 reads all the same, but 1.000 could be 1000.
    ``thousands``: one of `THOUSANDS` that the form declares; 1,000 is 1000 then, and groups are always of three.
    ``fractions``, ``percent``: the part allows 3 1/2, or 50% for 0.5.
    ``unit``: may stand after the number; any other text makes the response unreadable.
    """
    if len(text) > MAX_LENGTH:
        return too_long(MAX_LENGTH, say("write.one_number"))
    if (match := _AS_PRINTED.fullmatch(text)) and not (decimal_comma or thousands or (unit and text.endswith(unit))):
        return _as_printed(text, match)
    spelt = (text if text.isascii() else text.translate(_SAME_AS)).rstrip()
    if thousands:
        spelt = _GROUPS[thousands].sub(lambda groups: groups[0].replace(thousands, " "), spelt)
    start = len(spelt) - len(spelt.lstrip())
    body = _without_unit(spelt[start:], unit.translate(_SAME_AS)) if unit else spelt[start:]
    found_unit = unit if start + len(body) < len(spelt) else ""
    found: Reading | Unreadable | None = None
    if match := _DECIMAL.fullmatch(body):
        if (percent or not match["percent"]) and not _is_doubtful(match, decimal_comma=decimal_comma):
            found = _decimal(match, found_unit)
    elif fractions and (match := _FRACTION.fullmatch(body)):
        found = _fraction(match, found_unit)
    if found is None:
        found = next(_complaints(body, decimal_comma=decimal_comma, fractions=fractions, percent=percent, unit=unit))
    return replace(found, offset=start + found.offset) if isinstance(found, Unreadable) else found


def thousands_fault(mark: str, *, decimal_comma: bool) -> str:
    """What is wrong with a mark between thousands; "" if nothing is."""
    if mark and mark not in THOUSANDS:
        return f"thousands: {mark!r}: expected one of {' '.join(THOUSANDS)}"
    if mark and mark == ("," if decimal_comma else "."):
        return f"thousands: {mark!r} is the decimal mark already"
    return ""


def written_figures(digits: str) -> int:
    """The significant figures in digits with at most one point: trailing zeros count, leading ones do not."""
    return len(digits.replace(".", "").lstrip("0")) or 1


# -- spellings ---------------------------------------------------------------------------------------------------------

_SPACES = [*map(chr, range(0x2000, 0x200C)), *"\u00a0\u200e\u202f\u205f\u2060\u3000\ufeff"]
_SAME_AS: Final = str.maketrans(
    {
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys("−–‐‑﹣－", "-"),
        **dict.fromkeys("✕✖⨯·⋅∙•", "×"),
        **dict.fromkeys("⁄∕／", "/"),
        **dict(zip("０１２３４５６７８９＋．，％ｅＥμ", "0123456789+.,%eEµ", strict=True)),
    }
)  # one character to one, so that an offset is the same before and after

_VULGAR: Final = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"
_LOWERED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")

_WHOLE = "(?:[1-9][0-9]{0,2}(?:[ ][0-9]{3})+|[0-9]+)"
_MANTISSA = f"(?:{_WHOLE}(?:[.,][0-9]*)?|[.,][0-9]+)"
_SIGNED = "[+-]?[ ]*[0-9]+"

_DECIMAL: Final = re.compile(
    rf"""
    (?:(?P<sign>[+-])[ ]*)?
    (?:
        (?P<mantissa>{_MANTISSA})(?:[ ]*[eE][ ]*(?P<exponent>{_SIGNED}))?
      | (?:(?P<factor>{_MANTISSA})[ ]*[×xX*][ ]*)?
        10[ ]*(?:(?:\^|\*\*)[ ]*[({{]?[ ]*(?P<power>{_SIGNED})[ ]*[)}}]?|(?P<raised>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))
    )
    (?:[ ]*(?P<percent>%))?
    """,
    re.VERBOSE,
)
_AS_PRINTED: Final = re.compile(r"(-?)((?:0|[1-9][0-9]*)(?:\.[0-9]+)?)(?:e(-?[1-9][0-9]{0,4}))?")  # as pages spell it
_THOUSANDS: Final = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")  # 1.000, but not 0.031: nobody writes 0 thousands
THOUSANDS: Final = (",", ".", "'")  # marks that a form may declare; spaces between groups are always read
_GROUPS: Final = {
    mark: re.compile(rf"(?<![0-9.,'])[1-9][0-9]{{0,2}}(?:{re.escape(mark)}[0-9]{{3}})+(?![0-9]|{re.escape(mark)})")
    for mark in THOUSANDS
}
_FRACTION: Final = re.compile(
    rf"""
    (?:(?P<sign>[+-])[ ]*)?
    (?:
        (?P<before>[0-9]+)?[ ]*(?P<vulgar>[{_VULGAR}])
      | (?P<numerator>[0-9]+)[ ]*/[ ]*(?P<denominator>[0-9]+)
      | (?P<whole>[0-9]+)[ ]+(?P<rest>[1-9][0-9]*)/(?P<divisor>[0-9]+)
    )
    """,
    re.VERBOSE,
)


def _without_unit(text: str, unit: str) -> str:
    """Take the part's unit off the end of ``text``, if it stands there."""
    return text.removesuffix(unit).rstrip() if text.endswith(unit) else text


# -- values ------------------------------------------------------------------------------------------------------------


def _as_printed(text: str, match: re.Match[str]) -> Reading:
    """The value of a match of ``_AS_PRINTED``: what most people write, and `_decimal` would read the same."""
    minus, digits, power = match.groups()
    read_as = to_unicode(text) if minus or power else text
    return Reading(value=Decimal(text), read_as=read_as, figures=written_figures(digits))


def _is_doubtful(match: re.Match[str], *, decimal_comma: bool) -> bool:
    """Whether a mark in a match of ``_DECIMAL`` could stand between thousands."""
    if decimal_comma:
        return _THOUSANDS.fullmatch(match["mantissa"] or match["factor"] or "") is not None
    return "," in match[0]


def _decimal(match: re.Match[str], unit: str) -> Reading | Unreadable:
    """The value of a match of ``_DECIMAL``."""
    sign, mantissa, exponent, factor, power, raised, percent = match.groups("")
    digits = (mantissa or factor or "1").replace(" ", "").replace(",", ".")
    tens = (exponent or power or raised.translate(_LOWERED) or "0").replace(" ", "")
    if len(tens.lstrip("+-0")) > len(str(MAX_EXPONENT)):
        offset = max(match.start(name) for name in ("exponent", "power", "raised"))
        reason = say("unread.exponent", most=MAX_EXPONENT)
        return Unreadable(reason=reason, offset=offset, hint=say("write.check_exponent"))
    shift = int(tens)
    read_as = to_unicode(f"{sign}{_tidy(digits)}e{shift}" if shift else sign + _tidy(digits))
    value = Decimal(f"{sign}{digits}e{shift - 2 if percent else shift}")
    if percent:
        read_as = f"{read_as}% = {to_unicode(f'{value:g}')}"
    spelt = f"{read_as} {unit}" if unit else read_as
    return Reading(value=value, read_as=spelt, figures=written_figures(digits), unit=unit)


def _fraction(match: re.Match[str], unit: str) -> Reading | Unreadable:
    """The value of a match of ``_FRACTION``; exact where the quotient ends, else to 50 figures."""
    sign, before, vulgar, numerator, denominator, whole, rest, divisor = match.groups("")
    if vulgar:
        part = Fraction(unicodedata.numeric(vulgar)).limit_denominator(10)
        top, bottom = part.numerator, part.denominator
    else:
        top, bottom = int(numerator or rest), int(denominator or divisor)
    if bottom == 0:
        offset = match.start("denominator" if denominator else "divisor")
        return Unreadable(reason=say("unread.division_by_zero"), offset=offset, hint=say("write.a_number"))
    if rest and (top >= bottom or len(rest) == 3):
        reason = say("unread.two_fractions")
        return Unreadable(reason=reason, offset=match.start("rest"), hint=say("write.the_decimals"))
    wholes = int(before or whole or 0)
    value = _QUOTIENT.divide(Decimal(wholes * bottom + top), Decimal(bottom))
    equals = "=" if Fraction(value) == Fraction(wholes * bottom + top, bottom) else "≈"
    minus = "−" if sign == "-" else ""
    spelt = f"{minus}{f'{wholes} ' if wholes else ''}{top}/{bottom} {equals} {minus}{to_unicode(f'{value:.6g}')}"
    signed = value.copy_negate() if minus else value
    return Reading(value=signed, read_as=f"{spelt} {unit}" if unit else spelt, figures=0, unit=unit)


def _tidy(digits: str) -> str:
    """Digits as a page spells them: '.5' -> '0.5', '5.' -> '5', '007' -> '7'."""
    whole, _, rest = digits.partition(".")
    return (whole.lstrip("0") or "0") + (f".{rest}" if rest else "")


# -- complaints --------------------------------------------------------------------------------------------------------

# What is looked for, in this order; what the word files call the reason, in which {found} is what was found; and what
# they call the hint, in which {mended} is the response as it may have been meant, if that can be read.
_ALWAYS: Final = (
    (r"(?i)[+-]?\b(?:inf(?:inity)?|nan)\b|∞", "not_finite", "number_such_as"),
    (r"(?i)\b0[xbo][0-9a-f]+", "not_decimal", "in_digits"),
    (r"(?<=[0-9])_(?=[0-9])", "underscore", "digits_together"),
    (r"(?<=[0-9])['’`´](?=[0-9])", "apostrophe", "digits_together"),
    (r"[.,][0-9 ]*[.,]", "two_points", "one_point"),
    (r"[+-] *[+-]", "two_signs", "one_sign"),
)
_COMMA: Final = (
    (r"(?<![0-9])(?P<left>[1-9][0-9]{0,2}),(?P<right>[0-9]{3})(?![0-9])", "comma_of_two_kinds", "point_or_no_mark"),
    (r",", "comma", "decimal_point"),
)
_POINT: Final = (
    (r"(?<![0-9])(?P<left>[1-9][0-9]{0,2})\.(?P<right>[0-9]{3})(?![0-9])", "point_of_two_kinds", "comma_or_no_mark"),
)  # where a comma is declared
_PERCENT: Final = ((r"%", "percentage", "share_of_one"),)
_NO_FRACTION: Final = ((rf"[/{_VULGAR}]", "fraction", "decimals_for_half"),)
_FRACTIONS: Final = ((rf"[/{_VULGAR}]", "fraction_of_several_kinds", "fraction_such_as"),)
_CALCULATION: Final = ((r"[(){}^*×√∛]|(?i:\b(?:sqrt|exp|log|ln|sin|cos|tanh)\b)", "calculation", "work_it_out"),)
_GAP: Final = ((r"(?<=[0-9]) +(?=[0-9])", "gap", "digits_in_threes"),)
_NOT_A_NUMBER_SIGN: Final = re.compile(r"[^0-9.,+\s-]\S*")
_OTHER_UNIT: Final = re.compile(r"(?P<number>.*[0-9.]) *(?![eE]$)[^\W0-9]+")


def _complaints(body: str, *, decimal_comma: bool, fractions: bool, percent: bool, unit: str) -> Iterator[Unreadable]:
    """Why ``body`` is not a number, the most telling reason first; at least one."""
    if not body:
        yield Unreadable(reason=say("unread.no_number"), offset=0, hint=say("write.number_such_as"))
    looked_for = (
        *_ALWAYS,
        *(_POINT if decimal_comma else _COMMA),
        *(() if percent else _PERCENT),
        *(_FRACTIONS if fractions else _NO_FRACTION),
        *_CALCULATION,
        *_GAP,
    )
    for pattern, reason, hint in looked_for:
        if match := re.search(pattern, body):
            mended = _mended(body, decimal_comma=decimal_comma)
            found = {**match.groupdict(), "found": short(match[0]), "mended": mended}
            yield Unreadable(
                reason=say(f"unread.{reason}", **found), offset=match.start(), hint=say(f"write.{hint}", **found)
            )
    alone = _alone(body, unit)
    if match := _NOT_A_NUMBER_SIGN.search(body):
        reason = say("unread.not_of_a_number", found=short(match[0]))
        yield Unreadable(reason=reason, offset=match.start(), hint=alone)
    yield Unreadable(reason=say("unread.not_a_number"), offset=0, hint=alone)


def _mended(body: str, *, decimal_comma: bool) -> str:
    """``body`` with a point for its comma and nothing else between digits, after a colon; "" if that does not read."""
    mended = re.sub(r"(?<=[0-9])[_'’`´](?=[0-9])", "", body).replace(",", ".").removesuffix(".")
    match = _DECIMAL.fullmatch(mended)
    return f": {mended}" if match and "%" not in mended and not _is_doubtful(match, decimal_comma=decimal_comma) else ""


def _alone(body: str, unit: str) -> Said:
    """What to write where there are words: the number alone, or with the unit of the part."""
    match = _OTHER_UNIT.fullmatch(body)
    if unit and match and _DECIMAL.fullmatch(match["number"]):
        number = match["number"].removesuffix(".")
        return say("write.with_this_unit", number=number, unit=unit)
    return say("write.alone_or_with_unit", unit=unit) if unit else say("write.alone")


def short(text: str) -> str:
    """``text`` in quotes, cut where it is long."""
    return repr(text if len(text) <= 20 else f"{text[:19]}…")
