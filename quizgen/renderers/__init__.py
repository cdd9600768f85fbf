"""Documents as files: one file per format and one line in the table."""

from typing import Final

from quizgen.registry import Registry
from quizgen.renderers import html, markdown, pdf, plain
from quizgen.renderers.contract import Renderer

RENDERERS: Final = Registry[Renderer](
    "format",
    {
        "md": Renderer(suffix="md", render=markdown.render, files_beside=markdown.files_beside),
        "html": Renderer(suffix="html", render=html.render, files_beside=html.files_beside),
        "pdf": Renderer(suffix="pdf", render=pdf.render, files_beside=pdf.files_beside),
        "txt": Renderer(suffix="txt", render=plain.render, files_beside=plain.files_beside),
    },
)
