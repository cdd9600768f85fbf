"""Reading PDF back with poppler's programs, which know nothing of how it was written."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest


class Word(NamedTuple):
    """A word with its left, right, upper and lower edge, in points from the page's upper left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


class Poppler:
    """What a PDF says, page by page or word by word."""

    def text(self, pdf: bytes) -> str:
        """The text of all pages; a form feed ends each."""
        return self._run(["pdftotext", "-layout", "-", "-"], pdf)

    def pages(self, pdf: bytes) -> list[str]:
        """The text of each page."""
        return self.text(pdf).split("\f")[:-1]

    def facts(self, pdf: bytes) -> dict[str, str]:
        """What the file says of itself: title, pages, paper, whether it is tagged."""
        lines = (line.partition(":") for line in self._run(["pdfinfo", "-"], pdf).splitlines())
        return {name: said.strip() for name, _, said in lines}

    def fonts(self, pdf: bytes) -> set[str]:
        """The names of the fonts inside, without the letters that mark a subset."""
        return {line.split()[0].partition("+")[2] for line in self._run(["pdffonts", "-"], pdf).splitlines()[2:]}

    def words(self, pdf: bytes) -> list[Word]:
        """The words of all pages with their places."""
        pattern = r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
        found = re.findall(pattern, self._run(["pdftotext", "-bbox", "-", "-"], pdf))
        return [Word(text, float(x), float(X), float(y), float(Y)) for x, y, X, Y, text in found]

    def attached(self, pdf: bytes, folder: Path) -> dict[str, str]:
        """The files that a PDF carries, by name; saved to ``folder`` on the way."""
        (folder / "files").mkdir(parents=True)
        (folder / "file.pdf").write_bytes(pdf)
        self._run(["pdfdetach", "-saveall", "-o", str(folder / "files"), str(folder / "file.pdf")], b"")
        return {path.name: path.read_text() for path in sorted((folder / "files").iterdir())}

    def _run(self, command: list[str], pdf: bytes) -> str:
        return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


@pytest.fixture(scope="session")
def poppler():
    """Poppler's programs, or the test is skipped."""
    if shutil.which("pdftotext") is None:
        pytest.skip("reading PDF back needs poppler: apt-get install poppler-utils")
    return Poppler()
