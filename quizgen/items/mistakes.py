"""What to say of known mistakes: beside the key in model answers, and to whoever made one of them."""

from collections.abc import Sequence
from typing import NamedTuple

from quizgen.blocks import Block, Notice
from quizgen.items.contract import Fill
from quizgen.words import say


class Mistake(NamedTuple):
    """A misconception that leads to an answer, and what to tell who gave it."""

    id: str
    because: str
    name: str = ""  # "" where it is called by its id


def told(mistakes: Sequence[Mistake]) -> tuple[str, str]:
    """The ids of all mistakes that lead to the same answer, and the sentences for who gave it; one mistake at least."""
    ids = " or ".join(mistake.id for mistake in mistakes)
    reasons = "\n\n".join(mistake.because.strip() for mistake in mistakes if mistake.because.strip())
    if len(mistakes) == 1:
        return ids, reasons
    name = "told.one_of_two_to_answer" if len(mistakes) == 2 else "told.one_of_several_to_answer"
    return ids, say(name, count=len(mistakes), reasons=reasons)


def notice(mistake: Mistake, answer: str, fill: Fill) -> Block:
    """A common mistake with the answer that it leads to, for model answers."""
    title = say("answers.if_you_got", answer=answer, mistake=mistake.name or mistake.id.replace("-", " "))
    return Notice(kind="mistake", title=title, blocks=(fill(mistake.because),) if mistake.because.strip() else ())
