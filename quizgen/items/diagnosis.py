"""Which mistake leads to a wrong number: the part's own misconceptions first, then slips that any number can suffer.

A match is only evidence, so the words say as much as it shows: one mistake, one of several, or a guess. A mistake is
matched within the part's tolerance (half of a wide one); where several are, those that agree in every figure that was
written stand alone.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Context, Decimal
from functools import lru_cache
from typing import Final, Literal

from quizgen.items.contract import Verdict
from quizgen.items.item import Misconception
from quizgen.numbers.comparing import accepts, agrees_to_figures, exactly, window
from quizgen.numbers.reading import Reading
from quizgen.values import immutable
from quizgen.words import joined, say

LEAST_RTOL: Final = 1e-6  # for parts without tolerance, whose misconceptions may still have endless decimals
ROUNDED_TO: Final = 4  # figures to which such decimals are written at the least, as model answers write them
LEAST_ROUNDED: Final = 0.5 * 10 ** (1 - ROUNDED_TO)  # relative; a number so rounded may miss a narrower window
WIDEST: Final = 0.01  # a number farther than this from a mistake's own is no evidence of it, however kind the tolerance
TELLING: Final = 3  # figures from which on they can tell mistakes apart that the tolerance cannot
_ROUNDED: Final = Context(prec=40, Emax=10**9, Emin=-(10**9))
_LN_10: Final = _ROUNDED.ln(Decimal(10))

# What any number can suffer, in the order in which it is named where several fit.
_SLIPS: Final = ("sign", "reciprocal", "natural-for-base-10", "percent", "power-of-ten", "square", "square-root")


@immutable
class Diagnosis:
    """The mistakes that would lead to a number, and the sentence that says so; no ids where none does.

    ``named``: the part's own misconceptions; ``slip``: a generic one; ``guess``: a slip on top of a misconception.
    """

    kind: Literal["named", "slip", "guess", "none"]
    ids: tuple[str, ...]
    sentence: str


NOTHING: Final = Diagnosis(kind="none", ids=(), sentence="")


def diagnose(value: Decimal, key: float, misconceptions: Sequence[Misconception], rtol: float) -> Diagnosis:
    """Find what leads to ``value`` instead of ``key``, within the relative tolerance of the part.

    The sentence keeps the marks of the misconceptions' texts.  Raises: ParameterError for a key that is not finite.
    """
    known = _known(key, tuple(misconceptions), max(rtol, LEAST_RTOL))
    if not known.has_near(value):
        return NOTHING
    if named := _matched(value, known):
        return _named(named)
    if slips := known.right.slips(value):
        reasons = joined("list.or", map(_said_of, slips))
        return Diagnosis(kind="slip", ids=slips, sentence=say("told.slip", reasons=reasons, count=len(slips)))
    pairs = [pair for pair, (low, high) in known.pairs if low <= value <= high]
    if len(pairs) == 1:
        one, slip = pairs[0]
        sentence = say("told.guess", mistake=_words(one), slip=_said_of(slip), because=one.because.strip())
        return Diagnosis(kind="guess", ids=(one.id, slip), sentence=sentence)
    return NOTHING


def diagnose_wrong(reading: Reading, key: float, misconceptions: Sequence[Misconception], *, rtol: float) -> Verdict:
    """The verdict on a wrong number: which mistake, if any, leads to it."""
    found = diagnose(reading.value, key, misconceptions, rtol=rtol)
    return Verdict(
        status="wrong",
        read_as=reading.read_as,
        number=float(reading.value),
        diagnosis=" or ".join(found.ids) if found.kind in ("named", "slip") else None,  # a guess is only said
        feedback=found.sentence,
    )


def leads_to(wrong: float, value: Decimal, *, rtol: float, atol: float = 0.0) -> bool:
    """Whether a mistake that leads to ``wrong`` explains ``value``, by the tolerance of a part or by rounding."""
    near = accepts(value, wrong, rtol=max(rtol, LEAST_RTOL), atol=atol)
    return near or (rtol < LEAST_ROUNDED and is_rounded_from(value, wrong))


def evidence(wrong: float, rtol: float) -> "Window":
    """The numbers that are evidence of a mistake that leads to ``wrong``, in a part of this tolerance."""
    return window(wrong, _evident(max(rtol, LEAST_RTOL)))


def is_rounded_from(value: Decimal, wrong: float, *, least: int = ROUNDED_TO) -> bool:
    """Whether ``wrong`` was rounded to ``value``: they agree in every figure of it, and in ``least`` figures at least.

    Zeros at its end may only fill it up, as in 1092000, and do not count.
    """
    written = len(_ROUNDED.normalize(value).as_tuple().digits)
    return agrees_to_figures(value, wrong, figures=max(written, least))


def _matched(value: Decimal, known: "_Known") -> list[Misconception]:
    """The misconceptions that lead to ``value``."""
    near = [
        one
        for one, (low, high) in known.named
        if low <= value <= high or (known.is_exact and is_rounded_from(value, one.value))
    ]
    if len(near) > 1:
        return [one for one in near if is_rounded_from(value, one.value, least=TELLING)] or near
    return near


def _named(found: Sequence[Misconception]) -> Diagnosis:
    ids = tuple(one.id for one in found)
    if len(found) == 1:
        return Diagnosis(kind="named", ids=ids, sentence=found[0].because.strip())
    reasons = "\n\n".join(one.because.strip() for one in found)
    name = "told.one_of_two_to_number" if len(found) == 2 else "told.one_of_several_to_number"
    return Diagnosis(kind="named", ids=ids, sentence=say(name, count=len(found), reasons=reasons))


def _said_of(slip: str) -> str:
    return say(f"slip.{slip}")


# -- what a wrong number may come from, worked out once for each part --------------------------------------------------

Window = tuple[Decimal, Decimal]  # the least and the greatest number that is near enough


@immutable(kw_only=False)
class _Around:
    """A number with the windows of the slips that lead away from it."""

    centre: Decimal
    near: Window
    slipped: tuple[tuple[str, Window], ...]

    def slips(self, value: Decimal) -> tuple[str, ...]:
        """The generic mistakes that turn the number into ``value``."""
        found = [name for name, (low, high) in self.slipped if low <= value <= high]
        if shifted := self._shifted(value):
            found.append(shifted)
        return tuple(sorted(found, key=_SLIPS.index)) if found else ()

    def is_shifted(self, value: Decimal) -> bool:
        """Whether ``value`` has the digits of the number, but another power of ten."""
        return self._shifted(value) != ""

    def _shifted(self, value: Decimal) -> str:
        """The power of ten by which ``value`` is off, if its digits fit: they do in at most one decade."""
        if value == 0 or self.centre == 0:
            return ""
        low, high = self.near
        for decade in {low.adjusted(), high.adjusted()}:
            shift = value.adjusted() - decade
            if shift != 0 and low <= _ROUNDED.scaleb(value, -shift) <= high:
                return "percent" if abs(shift) == 2 else "power-of-ten"
        return ""


@immutable(kw_only=False)
class _Known:
    """What is known of a part: the windows of its mistakes, of slips around its key, and of slips on top of a mistake.

    ``is_exact``: they are so narrow that a mistake's value can miss its own window by being rounded. ``spans`` are all
    windows run together, in order: their lower ends, and their upper ends.
    """

    is_exact: bool
    named: tuple[tuple[Misconception, Window], ...]
    right: _Around
    pairs: tuple[tuple[tuple[Misconception, str], Window], ...]
    spans: tuple[tuple[Decimal, ...], tuple[Decimal, ...]]

    def has_near(self, value: Decimal) -> bool:
        """Whether ``value`` may be in any window: most wrong numbers are in none, and nothing else need be asked."""
        lows, highs = self.spans
        place = bisect_right(lows, value)
        return self.is_exact or (place > 0 and value <= highs[place - 1]) or self.right.is_shifted(value)


@lru_cache(maxsize=1024)
def _known(key: float, misconceptions: tuple[Misconception, ...], rtol: float) -> _Known:
    named = tuple((one, window(one.value, _evident(rtol))) for one in misconceptions)
    right = _around(exactly(key), rtol)
    pairs = tuple(((one, slip), around) for one in misconceptions for slip, around in _on_top(exactly(one.value), rtol))
    windows = [around for _, around in (*named, *right.slipped, *pairs)]
    return _Known(rtol < LEAST_ROUNDED, named, right, pairs, _run_together(windows))


def _run_together(windows: Sequence[Window]) -> tuple[tuple[Decimal, ...], tuple[Decimal, ...]]:
    """The lower ends and the upper ends of what the windows cover."""
    covered: list[Window] = []
    for low, high in sorted(windows):
        if covered and low <= covered[-1][1]:
            first, last = covered.pop()
            covered.append((first, max(last, high)))
        else:
            covered.append((low, high))
    return tuple(low for low, _ in covered), tuple(high for _, high in covered)


def _on_top(centre: Decimal, rtol: float) -> Iterator[tuple[str, Window]]:
    """The slips that are rare enough by chance to be worth a guess."""
    for slip, around in _around(centre, rtol).slipped:
        if slip in ("sign", "reciprocal"):
            yield slip, around
    for shift in (-2, 2) if centre else ():
        yield "percent", window(_ROUNDED.scaleb(centre, shift), rtol)


def _evident(rtol: float) -> float:
    """How near to a mistake's own value a number is evidence of it.

    That is the tolerance up to 1 %, and half of a wider one: certified items are not moved farther by rounding.
    """
    return max(min(rtol, WIDEST), rtol / 2)


def _around(centre: Decimal, rtol: float) -> _Around:
    """The windows around ``centre``; a slip that leaves it as it is explains nothing."""
    low, high = window(centre, rtol)
    slipped = [(name, wrong) for name, wrong in _wrong_values(centre) if not low <= wrong <= high] if centre else []
    return _Around(centre, (low, high), tuple((name, window(wrong, rtol)) for name, wrong in slipped))


def _wrong_values(right: Decimal) -> Iterator[tuple[str, Decimal]]:
    yield "sign", right.copy_negate()
    yield "reciprocal", _ROUNDED.divide(Decimal(1), right)
    yield "natural-for-base-10", _ROUNDED.multiply(right, _LN_10)
    yield "natural-for-base-10", _ROUNDED.divide(right, _LN_10)
    yield "square", _ROUNDED.multiply(right, right)
    if right > 0:
        yield "square-root", _ROUNDED.sqrt(right)


def _words(one: Misconception) -> str:
    return one.name or one.id.replace("-", " ")
