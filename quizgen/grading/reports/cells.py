"""Text in the cells of a table in CSV.

A spreadsheet takes a cell that begins with = + - @, a tab or a line's end for a formula, and runs it. So text in such
a cell, and in one that begins with ', gets a ' in front: whoever reads the table with a program takes one away again.
"""

from typing import Final

RISKY: Final = tuple("=+-@\t\r\n'")


def safe(text: str) -> str:
    """``text`` as no spreadsheet takes it for a formula; nothing is lost."""
    return f"'{text}" if text.startswith(RISKY) else text
