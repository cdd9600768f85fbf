"""The index of a cohort: who has which form, from which seed, with which keys; as a table and as a page."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Final

from quizgen.cohort.order import Order
from quizgen.cohort.rows import COLUMNS, labels_of, read_rows, to_csv
from quizgen.cohort.write import write_file
from quizgen.renderers import RENDERERS
from quizgen.renderers.html import css_pages
from quizgen.values import immutable
from quizgen.words import fill, words_in

PIECES: Final = 2_000  # of the page that are written at once


@immutable
class Balance:
    """How equal the forms of a cohort are: their intended difficulty in operations, and who shares an item."""

    least: float
    median: float
    most: float
    shared: int  # students who have an item that a neighbour has, since its template has no other
    shared_templates: tuple[str, ...]


def write_index(order: Order, students: int, rows: Sequence[Path]) -> None:
    """Write ``instructor/index.csv`` and ``instructor/index.html`` from the files that hold the rows in their order.

    However many rows there are, only a few are in memory.  Raises: OSError.
    """
    from quizgen.pages import page_environment

    labels = tuple(labels_of(order.questions))
    shown = "html" if "html" in order.formats else order.formats[0]
    page = page_environment({"fill": fill, "css_pages": css_pages}).get_template("html/index.html.jinja")
    stream = page.stream(
        title=order.questions.blueprint.title,
        students=students,
        seed=str(order.questions.seed),
        language=order.look.language,
        words=words_in(order.look.language),
        labels=labels,
        suffix=RENDERERS[shown].suffix,
        rows=_entries(rows),
    )
    stream.enable_buffering(PIECES)
    write_file(order.out, "instructor/index.html", (piece.encode() for piece in stream))
    write_file(order.out, "instructor/index.csv", _table(labels, rows))


def balance(index: Path) -> Balance:
    """How equal the forms are of which ``index.csv`` tells.  Raises: OSError."""
    difficulties: list[float] = []
    shared: list[str] = []
    for row in _entries([index]):
        if row["student"] != COLUMNS[0] or row["difficulty"] != "difficulty":
            difficulties.append(float(str(row["difficulty"])))
            shared += [str(row["shared"])] if row["shared"] else []
    return Balance(
        least=min(difficulties),
        median=median(difficulties),
        most=max(difficulties),
        shared=len(shared),
        shared_templates=tuple(sorted({template for templates in shared for template in templates.split()})),
    )


def _table(labels: Sequence[str], rows: Sequence[Path]) -> Iterator[bytes]:
    yield to_csv([(*COLUMNS, *labels)])
    for path in rows:
        yield path.read_bytes()


def _entries(rows: Sequence[Path]) -> Iterator[Mapping[str, object]]:
    for row in read_rows(rows):
        yield {**dict(zip(COLUMNS, row, strict=False)), "keys": row[len(COLUMNS) :]}
