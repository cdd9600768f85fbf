"""Authors' words: Markdown with formulas and marks, parsed once into a `Pattern` that every variant fills."""

from quizgen.prose.lints import lint, reading_work
from quizgen.prose.pattern import fill, to_pattern
from quizgen.prose.words import words

__all__ = ["fill", "lint", "reading_work", "to_pattern", "words"]
