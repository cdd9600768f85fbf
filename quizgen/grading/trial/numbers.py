"""Trying out a number, or several in rows: each is compared by itself, by the same rules."""

from collections.abc import Sequence
from decimal import Context, Decimal
from functools import partial
from typing import Final

from quizgen.errors import ParameterError, UsageError
from quizgen.grading.trial.attempts import Attempt, Outcome, Status, no_key, unreadable
from quizgen.numbers.reading import Reading, Unreadable, read_number
from quizgen.numbers.tolerance import Tolerance, Window, window
from quizgen.numbers.vectors import ArrayReading, in_shape, is_vector, read_array, spelt

_SHORT: Final = Context(prec=6, Emax=10**9, Emin=-(10**9))
SHOWN: Final = 5  # entries that are not right, of which is said why

# -- one ---------------------------------------------------------------------------------------------------------------


def try_number(one: Attempt) -> Outcome:
    """Read one number and, where there is a key, compare it.  Raises: UsageError for a key that is no number."""
    tolerance, key = one.tolerance, _number_key(one)
    read = partial(read_number, decimal_comma=one.decimal_comma, thousands=one.thousands, unit=one.unit)
    reading = read(one.text, fractions=one.fractions, percent=one.percent)
    if isinstance(reading, Unreadable):
        return unreadable(one, reading)
    is_right, why = (None, "") if key is None else _compared(reading.value, key, tolerance)
    return Outcome(
        text=one.text,
        status="read" if is_right is None else "right" if is_right else "wrong",
        read_as=reading.read_as,
        value=str(reading.value),
        figures=reading.figures,
        unit=reading.unit,
        why=why,
    )


def _number_key(one: Attempt) -> Decimal | None:
    if one.key is None:
        return None
    reading = _read_as_number(one, one.key)
    if isinstance(reading, Unreadable):
        raise no_key(one, "number", reading)
    return reading.value


def _read_as_number(one: Attempt, key: str) -> Reading | Unreadable:
    """A key may be a fraction or a percentage whatever the text may be."""
    return read_number(key, decimal_comma=one.decimal_comma, fractions=True, percent=True, unit=one.unit)


def _compared(value: Decimal, key: Decimal, tolerance: Tolerance) -> tuple[bool, str]:
    """Whether a number is right, and on which side of what is accepted it lies."""
    low, high = _window(key, tolerance)
    is_right = low <= value <= high
    if low == high:
        return is_right, "equal to the key" if is_right else "not equal to the key"
    side = "within" if is_right else "below" if value < low else "above"
    return is_right, f"{side} {_short(low)} to {_short(high)}"


def _window(key: Decimal, tolerance: Tolerance) -> Window:
    try:
        return window(key, tolerance)
    except ParameterError as error:
        raise UsageError(error.message) from None


def _short(value: Decimal) -> str:
    return str(_SHORT.plus(value).normalize(_SHORT)).replace("E", "e").replace("e+", "e")


# -- several -----------------------------------------------------------------------------------------------------------


def is_array(one: Attempt) -> bool:
    """Whether the key is evidently more than one number: in brackets, or with marks that stand in none."""
    marked = any(mark in (one.key or "") for mark in ("[", "(", "{", ";", ", ", "\n"))
    return marked and isinstance(_read_as_number(one, one.key or ""), Unreadable)


def try_array(one: Attempt) -> Outcome:
    """Read numbers in rows and, where there is a key, compare them entry by entry.

    Raises: UsageError for a key that is none, or for a set that is no vector.
    """
    tolerance, key = one.tolerance, _array_key(one)
    read = partial(read_array, decimal_comma=one.decimal_comma, unit=one.unit)
    found = read(one.text, fractions=one.fractions, percent=one.percent)
    array = in_shape(found, key.shape) if key and isinstance(found, ArrayReading) else found
    if isinstance(array, Unreadable):
        return unreadable(one, array)
    outcome = partial(Outcome, text=one.text, read_as=array.read_as, value=_spelt(array))
    if key is None:
        return outcome(status="read")
    match = _in_any_order if one.any_order else _in_place
    compared = match(_entries(array), _entries(key), tolerance)
    right = sum(is_right for is_right, _ in compared)
    status: Status = "right" if right == len(compared) else "partial" if right else "wrong"
    return outcome(status=status, share=right / len(compared), why=_why(compared, array))


def _array_key(one: Attempt) -> ArrayReading | None:
    if one.key is None:
        return None
    read = read_array(one.key, decimal_comma=one.decimal_comma, fractions=True, percent=True, unit=one.unit)
    if isinstance(read, Unreadable):
        raise no_key(one, "vector or matrix", read)
    if one.any_order and not is_vector(read.shape):
        raise UsageError("the entries of a matrix have their places", hint="leave out any-order")
    return read


def _entries(array: ArrayReading) -> list[Reading]:
    return [entry for row in array.rows for entry in row]


def _spelt(array: ArrayReading) -> str:
    return spelt([[str(entry.value) for entry in row] for row in array.rows])


Compared = tuple[bool, str]  # whether an entry is right, and why it is or is not


def _in_place(found: Sequence[Reading], keys: Sequence[Reading], tolerance: Tolerance) -> list[Compared]:
    return [_compared(entry.value, key.value, tolerance) for entry, key in zip(found, keys, strict=True)]


def _in_any_order(found: Sequence[Reading], keys: Sequence[Reading], tolerance: Tolerance) -> list[Compared]:
    """Each entry of the key may be met once; a number that meets none is not right."""
    waiting = [key.value for key in keys]
    compared = []
    for entry in found:
        met = next((key for key in waiting if _compared(entry.value, key, tolerance)[0]), None)
        if met is not None:
            waiting.remove(met)
        compared.append((met is not None, "met by none of the key that is left"))
    return compared


def _why(compared: Sequence[Compared], array: ArrayReading) -> str:
    """How many entries are right, and why the first of the others are not."""
    wrong = [f"{_place(at, array)} {why}" for at, (is_right, why) in enumerate(compared) if not is_right]
    more = f", and {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else ""
    count = f"{len(compared) - len(wrong)} of {len(compared)} entries are right"
    return f"{count}; {', '.join(wrong[:SHOWN])}{more}" if wrong else count


def _place(index: int, array: ArrayReading) -> str:
    row, column = divmod(index, array.shape[1])
    return f"number {index + 1} is" if is_vector(array.shape) else f"row {row + 1}, column {column + 1} is"
