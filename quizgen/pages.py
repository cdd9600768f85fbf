"""The one place where Jinja meets the page templates: nothing undefined passes, and HTML and SVG are escaped."""

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from quizgen.shipped import PAGE_TEMPLATES


def page_environment(filters: Mapping[str, Callable[..., Any]] | None = None) -> Environment:
    """An environment over the page templates, with the ``filters`` of one format; make it once for a module."""
    environment = Environment(
        loader=FileSystemLoader(PAGE_TEMPLATES),
        undefined=StrictUndefined,
        autoescape=select_autoescape(("html.jinja", "svg.jinja")),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters.update(filters or {})
    return environment
