"""The words around statistics: how figures are spelt, what they cannot bear, and how they were found."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from quizgen.blocks import Block, Notice, Sentence
from quizgen.grading.statistics.class_statistics import ClassStatistics
from quizgen.grading.statistics.item_analysis import fisher_interval
from quizgen.grading.statistics.score_table import PartKey
from quizgen.grading.statistics.small_classes import FEW, FEWEST, FEWEST_FOR_OPTIONS, FEWEST_OF_A_VARIANT
from quizgen.numbers.spelling import to_unicode

UNDEFINED: Final = "–"

Align = tuple[Literal["left", "right", "centre"], ...]
_SIDES: Final[dict[str, Literal["left", "right", "centre"]]] = {"l": "left", "r": "right", "c": "centre"}


# -- numbers -----------------------------------------------------------------------------------------------------------


def decimals(value: float | None) -> str:
    """Two decimals with a true minus; a dash for what is undefined."""
    return UNDEFINED if value is None else to_unicode(f"{value:.2f}".replace("-0.00", "0.00"))


def percent(share: float | None) -> str:
    """``percent(0.624)`` is "62 %"."""
    return UNDEFINED if share is None else f"{100 * share:.0f}\u00a0%"


def probability(p: float) -> str:
    """A p-value with three decimals."""
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def counted(count: int, one: str, many: str = "") -> str:
    """``counted(2, "student")`` is "2 students"."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def listed(words: Sequence[str]) -> str:
    """``3, 4a and 7``."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def part_labels(statistics: ClassStatistics) -> Mapping[PartKey, str]:
    """What each part is called: its label, where labels are clear, as within one form; else Q1a, Q1b, Q2, ...

    Forms may number the same question otherwise, so a page on several counts questions for itself.
    """
    labels = [label for item in statistics.items for label in item.labels]
    if len(set(labels)) == len(labels) == len(statistics.items):
        return {item.key: item.labels[0] for item in statistics.items}
    questions: dict[str, list[PartKey]] = {}
    for item in statistics.items:
        questions.setdefault(item.key.template, []).append(item.key)
    return {
        key: f"Q{number}{chr(ord('a') + place) if len(parts) > 1 else ''}"
        for number, parts in enumerate(questions.values(), start=1)
        for place, key in enumerate(parts)
    }


def aligned(sides: str) -> Align:
    """``aligned("lrc")`` is left, right, centre."""
    return tuple(_SIDES[side] for side in sides)


# -- caveats -----------------------------------------------------------------------------------------------------------


def caveat_blocks(statistics: ClassStatistics) -> Iterator[Block]:
    """A warning that says what these figures cannot bear; nothing where there is nothing to say."""
    said = tuple(Sentence(text=text) for text in _caveats(statistics))
    if said:
        yield Notice(kind="warning", title="Read the figures with care", blocks=said)


def _caveats(statistics: ClassStatistics) -> Iterator[str]:
    students = statistics.students
    if students < FEWEST:
        start = f"{'Only ' if students > 1 else ''}{counted(students, 'student')}"
        yield f"{start}: too few for discrimination and reliability, which take {FEWEST} at least."
    elif students < FEW:
        low, high = map(decimals, fisher_interval(0.3, students=students))
        yield (
            f"{counted(students, 'student')} are a small class. A discrimination of 0.30 found here "
            f"may come from a true one anywhere from {low} to {high}."
        )
    labels = part_labels(statistics)
    if waiting := [labels[item.key] for item in statistics.items if item.statuses["needs-review"]]:
        part, verb = ("Part", "is") if len(waiting) == 1 else ("Parts", "are")
        yield f"{part} {listed(waiting)} {verb} still to be marked for someone, and left out of all figures until then."
    if unread := statistics.unreadable:
        yield (
            f"{counted(unread, 'answer')} could not be read. Until put right and graded again, such an answer counts 0 "
            "in scores and reliability, and is left out of the difficulty and discrimination of its part."
        )
    if len(statistics.reliabilities) > 1:
        yield (
            f"The students answered {len(statistics.reliabilities)} different sets of questions. "
            "Scores are compared as shares of the points, and reliability is told for each set."
        )


# -- how ---------------------------------------------------------------------------------------------------------------


def how_computed(statistics: ClassStatistics) -> Block:
    """How the figures were found, and where they come from."""
    said = [
        "Mean share: the mean share of a part's points, over the answers that could be read; blanks count 0. "
        "The lower it is, the more difficult the part.",
        "Discrimination: the correlation of a part with the share of the points in all other parts "
        f"(corrected item–total correlation). It takes {FEWEST} students.",
        "Best − weakest: the mean share among the best 27 % of the class less that among the weakest 27 % "
        "(Kelley 1939). From 0.40 very good, from 0.30 good, from 0.20 marginal, below poor (Ebel & Frisbie 1991).",
        "Cronbach's α: how far the parts measure the same thing, with Feldt's interval (1965). “α without” is α if "
        "that part is left out. Parts of one question that follow each other raise α.",
    ]
    if statistics.choices:
        said.append(
            f"Options: from {FEWEST_FOR_OPTIONS} answers on, a wrong option that fewer than 5 % choose is remarked on "
            "(Haladyna & Downing 1993)."
        )
    if statistics.variants:
        said.append(
            f"Variants: a permutation test of the sum of squares between variants that {FEWEST_OF_A_VARIANT} students "
            "or more answered, with Holm's correction (1979) for the number of parts compared."
        )
    return Notice(kind="note", title="How these figures were found", blocks=tuple(Sentence(text=text) for text in said))
