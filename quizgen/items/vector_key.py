"""The entries of a vector or matrix that count as right, and what becomes of others: graded and explained.

Entries stand row by row in one tuple; a vector is one row.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TypeVar

from quizgen.checks import AnyOrderCheck, Check, EachCheck, NumberCheck, SelfCheck
from quizgen.items.contract import Settings, Verdict
from quizgen.items.diagnosis import LEAST_RTOL, diagnose, leads_to
from quizgen.items.mistakes import Mistake, told
from quizgen.numbers.comparing import accepts, exactly, window
from quizgen.numbers.reading import Unreadable
from quizgen.numbers.vectors import Shape, in_shape, read_array, spelt
from quizgen.values import immutable
from quizgen.words import joined, say

T = TypeVar("T")


@immutable
class WrongVector:
    """What a mistake leads to in one variant."""

    misconception: str
    values: tuple[float, ...]
    because: str


@immutable
class VectorKey:
    """The entries that earn full points, and as the model answer prints them."""

    columns: int
    values: tuple[float, ...]
    printed: tuple[str, ...]
    any_order: bool
    rtol: float
    atol: float
    unit: str
    fractions: bool
    percent: bool
    wrong: tuple[WrongVector, ...]

    @property
    def shape(self) -> Shape:
        """How many rows, and how many entries in each of them."""
        return len(self.values) // self.columns, self.columns

    def spelt(self, entries: Sequence[str]) -> str:
        """Entries that are spelt already, as a vector or a matrix of this key's shape."""
        return spelt(in_rows(entries, self.columns))

    @property
    def response(self) -> str:
        """The key as a student would write it."""
        return self.spelt(self.printed)


def in_rows(entries: Sequence[T], columns: int) -> list[Sequence[T]]:
    """Entries that stand row by row, as rows."""
    return [entries[start : start + columns] for start in range(0, len(entries), columns)]


def is_near(value: Decimal | float, target: float, key: VectorKey, *, share: float = 1.0) -> bool:
    """Whether ``value`` lies within ``share`` times the key's tolerance of ``target``."""
    return accepts(exactly(value), target, rtol=share * key.rtol, atol=share * key.atol)


def grade_vector(key: VectorKey, response: str, settings: Settings) -> Verdict:
    """Each entry that is right within the tolerance earns its share; another shape is unreadable."""
    array = read_array(
        response,
        decimal_comma=settings.decimal_comma,
        fractions=key.fractions,
        percent=key.percent,
        unit=key.unit,
    )
    shaped = array if isinstance(array, Unreadable) else in_shape(array, key.shape)
    if isinstance(shaped, Unreadable):
        return Verdict(status="unreadable", feedback=shaped.told)
    found = [entry.value for row in shaped.rows for entry in row]
    right = _right_in_any_order(found, key) if key.any_order else _right_in_place(found, key)
    if all(right):
        return Verdict(status="right", fraction=1.0, read_as=shaped.read_as)
    diagnosis, feedback = _explained(found, right, key)
    return Verdict(
        status="partial" if any(right) else "wrong",
        fraction=sum(right) / len(right),
        read_as=shaped.read_as,
        diagnosis=diagnosis,
        feedback=feedback,
    )


def _right_in_place(found: Sequence[Decimal], key: VectorKey) -> list[bool]:
    return [is_near(value, target, key) for value, target in zip(found, key.values, strict=True)]


def _right_in_any_order(found: Sequence[Decimal], key: VectorKey) -> list[bool]:
    """Which numbers are right if each entry of the key, being far from the others, may be met once."""
    waiting = list(key.values)
    right = []
    for value in found:
        met = [target for target in waiting if is_near(value, target, key)]
        right.append(bool(met))
        waiting = [target for target in waiting if target not in met]
    return right


# -- why it is wrong ---------------------------------------------------------------------------------------------------


def _explained(found: Sequence[Decimal], right: Sequence[bool], key: VectorKey) -> tuple[str | None, str]:
    """The ids of the mistakes that lead to these entries, and what to say."""
    named = [Mistake(wrong.misconception, wrong.because) for wrong in key.wrong if _is_from(wrong, found, key)]
    if named:
        return told(named)
    columns = [value for start in range(key.columns) for value in found[start :: key.columns]]
    if key.shape[0] == key.columns and all(_right_in_place(columns, key)):
        return "transposed", say("told.transposed")
    if not key.any_order and all(_right_in_any_order(found, key)):
        return "other-places", say("told.other_places")
    return _common_slip(found, key) or (None, _places(right, key))


def _is_from(wrong: WrongVector, found: Sequence[Decimal], key: VectorKey) -> bool:
    """Whether a mistake leads to these entries."""
    order = sorted if key.any_order else list
    pairs = zip(order(found), order(wrong.values), strict=True)
    return all(leads_to(target, value, rtol=key.rtol, atol=key.atol) for value, target in pairs)


def _common_slip(found: Sequence[Decimal], key: VectorKey) -> tuple[str, str] | None:
    """The one slip that every number can suffer, if every entry suffered it."""
    if key.any_order:
        return None
    pairs = [(value, target) for value, target in zip(found, key.values, strict=True) if value or target]
    slips = [diagnose(value, target, (), rtol=key.rtol) for value, target in pairs]
    if len({slip.ids for slip in slips}) != 1 or not slips[0].ids:
        return None
    return " or ".join(slips[0].ids), say("told.in_every_entry", sentence=slips[0].sentence)


def _places(right: Sequence[bool], key: VectorKey) -> str:
    """Which entries are not right."""
    wrong = [name for name, is_right in zip(entry_names(key.shape), right, strict=True) if not is_right]
    return say("told.wrong_entries", entries=joined("list.comma", wrong))


def entry_names(shape: Shape) -> Iterator[str]:
    """What the entries are called, row by row."""
    rows, columns = shape
    for row in range(1, rows + 1):
        for column in range(1, columns + 1):
            yield (
                say("asks.which_place", row=row, column=column) if rows > 1 else say("asks.which_number", number=column)
            )


# -- in a page for practice --------------------------------------------------------------------------------------------


def self_check(key: VectorKey) -> SelfCheck:
    """Each number within its tolerance, and the entries that mistakes lead to."""
    hints = tuple((_numbers(wrong.values, key, max(key.rtol, LEAST_RTOL)), wrong.because) for wrong in key.wrong)
    return SelfCheck(check=_numbers(key.values, key, key.rtol), hints=hints)


def _numbers(values: Sequence[float], key: VectorKey, rtol: float) -> Check:
    """A check of numbers within a tolerance of ``values``, in their places or in any order."""
    windows = [window(value, rtol, key.atol) for value in values]
    checks = tuple(
        NumberCheck(
            low=str(low),
            high=str(high),
            unit=key.unit,
            fractions=key.fractions,
            percent=key.percent,
            thousands=False,
        )
        for low, high in windows
    )
    return AnyOrderCheck(checks=checks) if key.any_order else EachCheck(checks=checks)
