"""Tables in the terminal: columns as wide as their widest cell."""

from collections.abc import Collection, Iterator, Sequence

import click

NONE = "–"  # where there is nothing to count


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]], *, right: Collection[int] = ()) -> None:
    """Print rows under a head; the columns in ``right`` hold numbers."""
    for line in table_lines(head, rows, right=right):
        click.echo(line)


def table_lines(
    head: Sequence[str], rows: Sequence[Sequence[str]], *, right: Collection[int] = (), indent: int = 0
) -> Iterator[str]:
    """The lines of a table."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        yield " " * indent + row_line(row, widths, right)


def row_line(cells: Sequence[str], widths: Sequence[int], right: Collection[int]) -> str:
    """One line of a table."""
    padded = [
        cell.rjust(width) if index in right else cell.ljust(width)
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(padded).rstrip()
