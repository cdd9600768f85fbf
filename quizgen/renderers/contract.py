"""What a format is: how its files end, how a document becomes bytes, and which files lie beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from quizgen.blocks import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Renderer:
    """One format. ``render`` draws every block of `quizgen.blocks`; equal documents give equal bytes.

    ``files_beside`` are what the page refers to, by name: none where it holds everything itself.
    """

    suffix: str  # without a dot: "html"
    render: Callable[[Document], bytes]
    files_beside: Callable[[Document], Mapping[str, bytes]]
