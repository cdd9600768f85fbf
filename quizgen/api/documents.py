"""A document as files, and the look they have."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from quizgen.bank.blueprint import Blueprint
from quizgen.blocks import Document
from quizgen.renderers import RENDERERS
from quizgen.renderers.contract import USUAL, Look
from quizgen.renderers.logo import data_address


def with_logo(look: Look, blueprint: Blueprint) -> Look:
    """``look`` with the blueprint's logo, if it has one.  Raises: UsageError if that is no picture."""
    return replace(look, logo=data_address(Path(blueprint.logo))) if blueprint.logo else look


def document_files(name: str, document: Document, formats: Sequence[str], look: Look = USUAL) -> Mapping[str, bytes]:
    """A document in each of the formats, with the files that lie beside it."""
    files: dict[str, bytes] = {}
    folder = f"{Path(name).parent}/" if "/" in name else ""
    for format_name in formats:
        renderer = RENDERERS[format_name]
        files[f"{name}.{renderer.suffix}"] = renderer.render(document, look)
        files |= {f"{folder}{beside}": content for beside, content in renderer.files_beside(document).items()}
    return files
