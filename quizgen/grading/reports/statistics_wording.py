"""The words around statistics: how figures are spelt, what they cannot bear, and how they were found."""

from collections.abc import Iterator, Mapping
from typing import Final, Literal

from quizgen.blocks import Block, Notice, Sentence
from quizgen.grading.statistics.class_statistics import ClassStatistics
from quizgen.grading.statistics.item_analysis import fisher_interval
from quizgen.grading.statistics.score_table import PartKey
from quizgen.grading.statistics.small_classes import FEW, FEWEST, FEWEST_FOR_OPTIONS, FEWEST_OF_A_VARIANT
from quizgen.numbers.spelling import to_unicode
from quizgen.words import listed, say

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
        yield Notice(kind="warning", title=say("statistics.care"), blocks=said)


def _caveats(statistics: ClassStatistics) -> Iterator[str]:
    students = statistics.students
    counted = say("report.students", count=students)
    if students < FEWEST:
        yield say("statistics.too_few", students=counted, count=students, least=FEWEST)
    elif students < FEW:
        low, high = map(decimals, fisher_interval(0.3, students=students))
        yield say("statistics.small_class", students=counted, low=low, high=high)
    labels = part_labels(statistics)
    if waiting := [labels[item.key] for item in statistics.items if item.statuses["needs-review"]]:
        yield say("statistics.waiting", parts=listed(waiting), count=len(waiting))
    if unread := statistics.unreadable:
        yield say("statistics.unread", answers=say("statistics.answers", count=unread))
    if len(statistics.reliabilities) > 1:
        yield say("statistics.sets", count=len(statistics.reliabilities))


# -- how ---------------------------------------------------------------------------------------------------------------


def how_computed(statistics: ClassStatistics) -> Block:
    """How the figures were found, and where they come from."""
    said = [
        say("statistics.how_share"),
        say("statistics.how_discrimination", students=FEWEST),
        say("statistics.how_best"),
        say("statistics.how_alpha"),
    ]
    if statistics.choices:
        said.append(say("statistics.how_options", answers=FEWEST_FOR_OPTIONS))
    if statistics.variants:
        said.append(say("statistics.how_variants", students=FEWEST_OF_A_VARIANT))
    return Notice(kind="note", title=say("statistics.how"), blocks=tuple(Sentence(text=text) for text in said))
