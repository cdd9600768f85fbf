"""Which options students chose: by what an option says, as its letter changes from variant to variant."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray
from quizgen.forms.form import Form
from quizgen.grading.scores import PartScore, ScoreReport
from quizgen.grading.statistics.item_analysis import extreme_groups
from quizgen.grading.statistics.score_table import PartKey, by_part, part_key, tabulate
from quizgen.items.choice import ChoiceKey
from quizgen.items.item import Item, Part
from quizgen.items.matching_key import MatchingKey
from quizgen.items.offers import KeyOption
from quizgen.items.true_false import TrueFalseKey
from quizgen.prose import fill, words
from quizgen.values import immutable
from quizgen.words import say

_MARK: Final = re.compile(r"\w+")  # "A, C" holds A and C; "true B" holds true and B; "1C 2A" holds 1C and 2A
_IS_TRUE: Final = say("judgement.is_true")
_IS_FALSE: Final = say("judgement.is_false")


@immutable
class Offered:
    """Something to choose in one variant."""

    mark: str  # by which a reading names it: A, true, 2C
    source: str  # as its author wrote it: the same in all variants
    text: str  # with this variant's numbers
    right: bool
    misconception: str = ""


@immutable
class OptionCount:
    """How often one option was chosen, under which marks, and by how much of the best and the weakest 27 %.

    ``upper`` and ``lower`` are shares of those groups. One source may be right in one variant and wrong in another
    (a simulation decides); that makes two options.
    """

    text: str
    right: bool
    misconception: str
    marks: tuple[tuple[str, int], ...]
    chosen: int
    upper: float
    lower: float


@immutable
class ChoiceCount:
    """One part with options. ``answers`` counts the responses that could be read and were not blank."""

    key: PartKey
    label: str
    title: str
    answers: int
    options: tuple[OptionCount, ...]


def offered(item: Item, part: Part) -> tuple[Offered, ...]:
    """What a part offers to choose from, in its order; nothing where it asks for a number or for words."""
    match part.key:
        case ChoiceKey(options=options):
            return tuple(_option(item, option) for option in options)
        case TrueFalseKey(right=right, reasons=reasons):
            is_true = Offered(mark=say("judgement.true"), source=_IS_TRUE, text=_IS_TRUE, right=right)
            is_false = Offered(mark=say("judgement.false"), source=_IS_FALSE, text=_IS_FALSE, right=not right)
            return (is_true, is_false, *(_option(item, reason) for reason in reasons))
        case MatchingKey():
            return tuple(_pairs(item, part.key))
        case _:
            return ()


def chosen(read_as: str) -> frozenset[str]:
    """The marks that a reading names."""
    return frozenset(_MARK.findall(read_as))


def count_choices(reports: Sequence[ScoreReport], forms: Iterable[Form]) -> tuple[ChoiceCount, ...]:
    """The choices in every part with options, in the order of the parts.

    Reports on forms that are not among ``forms`` are left out.
    """
    offers = {
        (form.id, part.label): (item, found)
        for form in forms
        for item in form.items
        for part in item.parts
        if (found := offered(item, part))
    }
    upper, lower = _groups(reports)
    readings: dict[PartKey, list[_Reading]] = {}
    for row, report in enumerate(reports):
        for score in report.parts:
            if (report.form, score.label) in offers and _is_read(score):
                item, found = offers[report.form, score.label]
                reading = _Reading(score=score, title=item.title, offered=found, upper=upper[row], lower=lower[row])
                readings.setdefault(part_key(score), []).append(reading)
    return tuple(_count(key, readings[key]) for key in by_part(reports) if key in readings)


@immutable
class _Reading:
    score: PartScore
    title: str
    offered: tuple[Offered, ...]
    upper: float  # how much of the student belongs to the best group
    lower: float


def _is_read(score: PartScore) -> bool:
    return score.status in ("right", "partial", "wrong")


def _groups(reports: Sequence[ScoreReport]) -> tuple[FloatArray, FloatArray]:
    """How much of each student belongs to the extreme groups; nothing of one who has no marked part."""
    shares = tabulate(reports).shares
    known = ~np.isnan(shares)
    upper, lower = np.zeros(len(shares)), np.zeros(len(shares))
    if known.any():
        upper[known], lower[known] = extreme_groups(shares[known])
    return upper, lower


def _count(key: PartKey, readings: Sequence[_Reading]) -> ChoiceCount:
    shown: dict[tuple[str, bool], dict[str, Offered]] = {}
    hits: dict[tuple[str, bool], list[tuple[str, _Reading]]] = {}
    for reading in readings:
        ticked = chosen(reading.score.read_as)
        for option in reading.offered:
            shown.setdefault((option.source, option.right), {})[option.text] = option
            if option.mark in ticked:
                hits.setdefault((option.source, option.right), []).append((option.mark, reading))
    sizes = sum(one.upper for one in readings), sum(one.lower for one in readings)
    options = [_option_count(options, hits.get(name, []), sizes) for name, options in shown.items()]
    return ChoiceCount(
        key=key,
        label=readings[0].score.label,
        title=readings[0].title,
        answers=len(readings),
        options=tuple(option for option in options if option.right or option.chosen or not _is_pair(readings[0])),
    )


def _option_count(
    options: Mapping[str, Offered], hits: Sequence[tuple[str, _Reading]], sizes: tuple[float, float]
) -> OptionCount:
    """``options``: the option by its text in each variant; ``sizes``: how many of each extreme group answered."""
    first = next(iter(options.values()))
    marks = Counter(mark for mark, _ in hits) or Counter({first.mark: 0})
    upper, lower = sizes
    return OptionCount(
        text=first.text if len(options) == 1 else first.source.strip(),
        right=first.right,
        misconception=first.misconception,
        marks=tuple(sorted(marks.items())),
        chosen=len(hits),
        upper=sum(one.upper for _, one in hits) / upper if upper else 0.0,
        lower=sum(one.lower for _, one in hits) / lower if lower else 0.0,
    )


def _is_pair(reading: _Reading) -> bool:
    """Whether there are too many things to choose for all to be listed: every number with every letter."""
    return reading.score.asked.type == "matching"


def _option(item: Item, option: KeyOption) -> Offered:
    return Offered(
        mark=option.letter,
        source=option.text,
        text=_text(item, option.text),
        right=option.right,
        misconception=option.misconception,
    )


def _pairs(item: Item, key: MatchingKey) -> Iterator[Offered]:
    slips = {(wrong.number, wrong.letter): wrong.misconception for wrong in key.wrong}
    for number, entry in enumerate(key.left, start=1):
        for letter, right in zip(key.letters, key.right, strict=True):
            yield Offered(
                mark=f"{number}{letter}",
                source=f"{entry.text.strip()} → {right.strip()}",
                text=f"{_text(item, entry.text)} → {_text(item, right)}",
                right=letter == entry.letter,
                misconception=slips.get((number, letter), ""),
            )


def _text(item: Item, source: str) -> str:
    return " ".join(words(fill(source, numbers=item.numbers, truths=item.truths)).split())
