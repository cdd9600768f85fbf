"""The one place where Jinja meets the page templates: nothing undefined passes, and HTML and SVG are escaped.

Whoever wants pages of another look keeps a folder of their own, laid out as `templates/` is; each file in it stands in
for the one of the same name, and all others stay as they are.
"""

import hashlib
import shutil
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import jinja2
from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateSyntaxError,
    select_autoescape,
)
from jinja2.bccache import Bucket

from quizgen.errors import QuizgenError, UsageError, did_you_mean
from quizgen.files import code_digest, is_own
from quizgen.shipped import PAGE_TEMPLATES

KINDS: Final = (".jinja", ".css", ".js", ".typ")  # how page templates' names end
REPLACEABLE: Final = ("html", "typst")

Filters = Mapping[str, Callable[..., Any]]


class _Compiled(FileSystemBytecodeCache):
    """Page templates as they were compiled once, found by their texts; kept nowhere until a folder is named."""

    def __init__(self) -> None:
        super().__init__("", "%s.code")

    def load_bytecode(self, bucket: Bucket) -> None:
        if self.directory:
            try:
                super().load_bytecode(bucket)
            except Exception:  # cut off, or whatever else: it is compiled again
                bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        if self.directory:
            with suppress(OSError):  # a full disk: they are compiled again
                super().dump_bytecode(bucket)


_COMPILED: Final = _Compiled()
_KEPT: Final = 4  # versions of quizgen; the oldest makes room


def keep_compiled(folder: Path) -> None:
    """From now on, keep compiled page templates in ``folder`` for the next process, if nobody else can write there."""
    kept = folder / "pages" / _compilers()
    if all(is_own(place) for place in (folder, folder / "pages", kept)):
        _COMPILED.directory = str(kept)
        with suppress(OSError):  # another process takes it away
            for other in sorted(kept.parent.iterdir(), key=lambda other: other.stat().st_mtime)[:-_KEPT]:
                shutil.rmtree(other, ignore_errors=True)


def _compilers() -> str:
    """What a page template is compiled with: its code depends on how filters are declared, and on Jinja's own."""
    found = Path(jinja2.__file__).stat()
    return hashlib.sha256(f"{code_digest()} {found.st_size} {found.st_mtime_ns}".encode()).hexdigest()[:32]


def page_environment(filters: Filters | None = None, own: str = "") -> Environment:
    """An environment over the page templates, with the ``filters`` of one format; make it once for a module.

    ``own``: a folder of page templates that are looked for first.
    """
    environment = Environment(
        loader=FileSystemLoader([*([own] if own else []), PAGE_TEMPLATES]),
        undefined=StrictUndefined,
        autoescape=select_autoescape(("html.jinja", "svg.jinja")),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=bool(own),
        bytecode_cache=_COMPILED,
    )
    environment.filters.update(filters or {})
    return environment


class PageTemplates:
    """The page templates of one format, with its ``filters``; also those of people who have some of their own."""

    def __init__(self, filters: Filters) -> None:
        self._in_look = lru_cache(maxsize=8)(lambda own: page_environment(filters, own))

    def write(self, name: str, own: str = "", **said: Any) -> str:
        """What the page template ``name`` writes.  Raises: QuizgenError where one in the folder ``own`` is at fault."""
        try:
            return self._in_look(own).get_template(name).render(**said)
        except Exception as error:
            if own and (place := _place(error, own)):
                raise QuizgenError(f"{place}: {error}", hint="mend this page template, or take it away") from error
            raise


def template_file(name: str, own: str = "") -> Path:
    """Where a page template lies: in the folder ``own`` if it is there."""
    path = Path(own) / name
    return path if own and path.is_file() else PAGE_TEMPLATES / name


def check_own_templates(folder: Path) -> None:
    """Raise UsageError unless each page template in ``folder`` is called like one that it can stand in for."""
    known = [
        str(path.relative_to(PAGE_TEMPLATES)) for kind in REPLACEABLE for path in _templates(PAGE_TEMPLATES / kind)
    ]
    found = [str(path.relative_to(folder)) for path in _templates(folder)]
    for name in found:
        if name not in known:
            raise UsageError(f"{folder / name}: there is no such page template", hint=did_you_mean(name, known))
    if not found:
        raise UsageError(f"{folder}: no page template lies there", hint=f"such as {known[0]}, with its folder")


def _templates(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in KINDS)


def _place(error: Exception, own: str) -> str:
    """The file and line of a page template in ``own`` from which ``error`` came; "" if it came from elsewhere."""
    if isinstance(error, TemplateSyntaxError):
        places = [(error.filename or "", error.lineno)]
    else:
        places = [(frame.filename, frame.lineno or 0) for frame in traceback.extract_tb(error.__traceback__)]
    return next((f"{path}:{line}" for path, line in reversed(places) if Path(path).is_relative_to(own)), "")
