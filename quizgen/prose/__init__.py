"""Authors' words: Markdown with formulas and marks, parsed once into a `Pattern` that every variant fills."""

from quizgen.prose.pattern import fill, said_again, to_pattern
from quizgen.prose.words import words

__all__ = ["fill", "said_again", "to_pattern", "words"]
