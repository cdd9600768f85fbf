"""What `quizgen bank check` says of a template: one line of a table, and the details below it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from quizgen.cli.bank.tables import NONE

if TYPE_CHECKING:
    from quizgen.certificate.check import TemplateCheck
    from quizgen.certificate.part import PartCheck
    from quizgen.certificate.spread import Spread

HEAD: Final = ("", "id", "first draw", "different", "operations", "apart", "words", "drawn again for")
RIGHT: Final = (2, 3, 4, 5, 6)
SHOWN: Final = 10  # seeds of one list


def cells(check: "TemplateCheck") -> tuple[str, ...]:
    """The line of a template under `HEAD`."""
    operations = sum(part.operations.median for part in check.parts if part.operations)
    return (
        "failed" if check.faults else "passed",
        check.template,
        f"{100 * check.accepted_at_first:.0f} %",
        f"{check.space.different}" if check.space else NONE,
        f"{operations:g}" if operations else NONE,
        f"{len(check.outliers)}" if check.outliers else NONE,
        f"{check.reading.words:.0f}" if check.reading else NONE,
        ", ".join(f"{rule} ({count})" for rule, count in check.redraws.items()),
    )


def details(check: "TemplateCheck", milliseconds: float) -> Iterator[str]:
    """All that was found about a template, line by line."""
    if check.space:
        whole = "too many to tell" if check.space.whole is None else f"about {check.space.whole:,.0f} in all"
        yield f"variants: {check.space.different} different of {check.space.made}; {whole}"
        if check.space.twins:
            yield f"the same page: seeds {', '.join(map(str, check.space.twins[:SHOWN]))}"
    if check.reading:
        reading = check.reading
        yield (
            f"reading: {reading.words:.0f} words, {reading.most_words} at most: "
            f"{reading.minutes:.1f} of {check.minutes:g} minutes"
        )
    yield f"time: {milliseconds:.1f} ms to make and examine a variant"
    for part in check.parts:
        yield f"part {part.part} ({part.type})"
        yield from (f"  {line}" for line in _part(part))
    for seed, said in list(check.outliers.items())[:SHOWN]:
        yield f"stands apart: seed {seed}: {'; '.join(said)}"
    if len(check.outliers) > SHOWN:
        yield f"stands apart: {len(check.outliers) - SHOWN} more"
    for note in check.notes:
        yield f"note: {note}"


def _part(part: "PartCheck") -> Iterator[str]:
    if key := part.key:
        figures = _range(key.least_figures, key.most_figures)
        yield f"key: {key.smallest:.3g} to {key.largest:.3g} in size, {figures} figures"
    if part.operations and part.figures:
        yield f"operations: {_spread(part.operations)}; figures of the numbers that go in: {_spread(part.figures)}"
    if near := part.nearest:
        yield f"nearest wrong value: {100 * near.least:.3g} % of the key away, {100 * near.median:.3g} % in the middle"
    if part.places:
        counts = " ".join(f"{letter} {count}" for letter, count in zip("ABCDEFGHIJ", part.places.counts, strict=False))
        yield f"right option: {counts} (p = {part.places.probability:.2g})"


def _spread(spread: "Spread") -> str:
    return _range(spread.least, spread.most)


def _range(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"
