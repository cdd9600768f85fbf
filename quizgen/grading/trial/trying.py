"""One attempt as `quizgen read` makes it: a number, several of them, or a formula."""

from quizgen.grading.trial.attempts import Attempt, Outcome
from quizgen.grading.trial.numbers import is_array, try_array, try_number


def attempt(one: Attempt) -> Outcome:
    """Read a text and, where there is a key, grade it.

    Raises: UsageError for a key that is no answer of this kind, or a tolerance that is out of its range.
    """
    one.check()
    if one.symbols:
        from quizgen.grading.trial.formulas import try_formula

        outcome = try_formula(one)
    elif one.vector or one.any_order or is_array(one):
        outcome = try_array(one)
    else:
        outcome = try_number(one)
    if not one.text.strip():  # known only now, since a key that is none is a fault whatever the text
        return Outcome(text=one.text, status="not-answered", why="nothing is written")
    return outcome
