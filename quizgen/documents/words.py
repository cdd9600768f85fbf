"""The fixed words of the pages that more than one document uses."""

from typing import Final

from quizgen.words import say

# The parts of a structured answer, in the order in which an exam wants them.
ANSWER_HEADINGS: Final[dict[str, str]] = {
    name: say(f"answers.{name}")
    for name in ("define", "cause", "example", "effect", "solution", "why_recurrent", "conclusion")
}

# The ideas of a topic, in the order of study notes; the names are the fields of `quizgen.bank.topic.Topic`.
IDEA_HEADINGS: Final[dict[str, str]] = {
    name: say(f"study.{name}")
    for name in ("define", "cause", "effect", "example", "solution", "why_recurrent", "conclusion")
}

# What a card asks about a topic; the names are again the fields of a topic.
CARD_QUESTIONS: Final[dict[str, str]] = {
    "define": say("study.card_define"),
    "cause": say("study.card_cause"),
    "effect": say("study.card_effect"),
    "conclusion": say("study.card_conclusion"),
}
