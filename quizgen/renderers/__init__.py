"""Documents as files: one file per format and one line in the table."""

from typing import Final

from quizgen.registry import Registry
from quizgen.renderers.contract import Renderer

RENDERERS: Final = Registry[Renderer](
    "format",
    {
        "md": Renderer(suffix="md", module="quizgen.renderers.markdown"),
        "html": Renderer(suffix="html", module="quizgen.renderers.html"),
        "pdf": Renderer(suffix="pdf", module="quizgen.renderers.pdf"),
        "txt": Renderer(suffix="txt", module="quizgen.renderers.plain"),
    },
)
