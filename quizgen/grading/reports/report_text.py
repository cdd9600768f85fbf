"""Score reports and statistics in the terminal: tables for people."""

from collections.abc import Iterator, Sequence
from textwrap import indent, wrap
from typing import Final

from quizgen.blocks import Block, Document, Facts, Grid, Heading, Notice, Sentence
from quizgen.grading.reports.names import Names
from quizgen.grading.reports.wording import (
    CLASS_HEADER,
    STATUS_WORDS,
    class_row,
    handed_in_nothing,
    label_read,
    of,
    plain,
    remarks,
    short,
    spelt,
    total,
    unanswered,
)
from quizgen.grading.scores import PartScore, ScoreReport

WIDTH: Final = 100  # characters of a line of running words


def to_text(reports: Sequence[ScoreReport]) -> str:
    """A table for people: of one student's parts, or of a class's scores with what could not be read."""
    if len(reports) == 1:
        (report,) = reports
        header = ("Part", "Response", "Read as", "Key", "Verdict", "Score", "Mistake")
        rows = [_text_row(part) for part in report.parts]
        said = [f"{part.label}: {line}" for part in report.parts for line in _said(part)]
        said += filter(None, [unanswered(report)])
        return "\n".join([f"{short(report.student)}: {total(report)}", "", *_table(header, rows), "", *said]).rstrip()
    unread = [
        f"{short(report.student)}, {part.label}: “{short(part.response)}” could not be read: {plain(part.feedback)}"
        for report in reports
        for part in report.with_status("unreadable")
    ]
    table = _table(CLASS_HEADER, [class_row(report) for report in reports])
    return "\n".join([*table, "", *filter(None, [handed_in_nothing(reports)]), *unread]).rstrip()


def document_text(document: Document) -> str:
    """A page of plain words, tables and notices, as the terminal shows it."""
    head = f"{document.title}: {document.subtitle}" if document.subtitle else document.title
    return "\n\n".join([head, *filter(None, map(_block_text, document.blocks))])


def _block_text(block: Block) -> str:
    match block:
        case Heading(text=text):
            return text
        case Sentence(text=text):
            return "\n".join(wrap(text, WIDTH))
        case Facts(rows=rows):
            widest = max(len(name) for name, _ in rows) if rows else 0
            return "\n".join(f"{name.ljust(widest)}  {plain(what)}" for name, what in rows)
        case Grid(header=header, rows=rows, align=align, caption=caption):
            cells = [[plain(cell) for cell in row] for row in rows]
            return "\n".join([*([caption] if caption else []), *_table(header, cells, align)])
        case Notice(title=title, blocks=blocks):
            return "\n".join([f"{title}:", *(indent(_block_text(one), "  ") for one in blocks)])
        case _:
            raise ValueError(f"no words for a {type(block).__name__}")


def _text_row(part: PartScore) -> tuple[str, ...]:
    read, verdict = "; ".join(filter(None, (part.read_as, label_read(part)))), STATUS_WORDS[part.status]
    return (
        part.label,
        short(part.response, 24),
        read,
        spelt(part.key),
        verdict,
        of(part),
        Names().mistake(part.diagnosis),
    )


def _said(part: PartScore) -> Iterator[str]:
    for remark in remarks(part):
        yield from filter(None, plain(remark).splitlines())


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], align: Sequence[str] = ()) -> list[str]:
    """The lines of a table, with a rule under the header; columns are left as they are or set to the right."""
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    sides = align or ["left"] * len(widths)
    lines = [header, ["─" * width for width in widths], *rows]
    return ["  ".join(map(_set, line, widths, sides)).rstrip() for line in lines]


def _set(cell: str, width: int, side: str) -> str:
    return cell.rjust(width) if side == "right" else cell.ljust(width)
