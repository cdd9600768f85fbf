"""The statistics of a class as blocks of a page: tables with a remark where a figure asks for one."""

from collections.abc import Iterator, Sequence
from typing import Final

from quizgen.blocks import Block, Facts, Grid, Heading, Sentence
from quizgen.grading.reports.names import Names
from quizgen.grading.reports.statistics_wording import (
    UNDEFINED,
    aligned,
    decimals,
    part_labels,
    percent,
    probability,
)
from quizgen.grading.reports.wording import NONE, number, titles_once
from quizgen.grading.statistics.choices import ChoiceCount, OptionCount
from quizgen.grading.statistics.class_statistics import ClassStatistics
from quizgen.grading.statistics.distribution import BINS, Distribution
from quizgen.grading.statistics.item_analysis import ItemFigures, fisher_interval, quality
from quizgen.grading.statistics.reliability import Reliability, with_and_without
from quizgen.grading.statistics.small_classes import FEWEST_FOR_OPTIONS
from quizgen.words import joined, say

LONGEST_BAR: Final = 40
BAR: Final = "■"
RIGHT: Final = "\u00a0✓"
BLANK: Final = "\u00a0"  # an empty cell would be drawn as one to fill in
TELLING: Final = 0.05  # a distractor that fewer choose does no work: Haladyna & Downing (1993)
CLEAR: Final = 0.20  # difference between the best and the weakest that is more than chance: Ebel & Frisbie (1991)
ALMOST: Final = 0.95  # what nearly everyone, or nearly no one, gets right tells nobody apart


# -- scores ------------------------------------------------------------------------------------------------------------


def distribution_blocks(statistics: ClassStatistics) -> Iterator[Block]:
    """Five numbers, mean and spread, and how many students lie in each tenth of the points."""
    found = statistics.distribution
    if found is None:
        return
    yield Heading(level=2, text=say("statistics.distribution"))
    yield Facts(rows=tuple(_five_numbers(found, statistics.points)))
    yield _histogram(found)


def _five_numbers(found: Distribution, points: float | None) -> Iterator[tuple[str, str]]:
    spell = percent if points is None else number
    mean = percent(found.mean)
    if points is not None:
        mean = say("report.score_of", score=f"{found.mean:.2f}", points=number(points))
    yield say("statistics.mean"), mean
    if found.sd is not None:
        yield say("statistics.sd"), percent(found.sd) if points is None else f"{found.sd:.2f}"
    quarters = {"median": spell(found.median), "lower": spell(found.lower), "upper": spell(found.upper)}
    yield say("statistics.median"), say("statistics.median_is", **quarters)
    yield say("statistics.extremes"), f"{spell(found.least)}, {spell(found.most)}"


def _histogram(found: Distribution) -> Grid:
    """A row for each tenth; a square for each student, or for several in a large class."""
    each = max(1, -(-max(found.bins) // LONGEST_BAR))
    step = 100 // BINS
    rows = []
    for index, count in enumerate(found.bins):
        border = "statistics.to" if index == BINS - 1 else "statistics.to_under"
        share = say(border, low=index * step, high=(index + 1) * step)
        rows.append((share, str(count or NONE), BAR * -(-count // each) or BLANK))
    scale = BLANK if each == 1 else say("statistics.bar_scale", bar=BAR, students=each)
    header = (say("statistics.share_of_points"), say("report.student_count"), scale)
    return Grid(header=header, rows=tuple(rows), align=aligned("lrl"))


# -- parts -------------------------------------------------------------------------------------------------------------


def item_blocks(statistics: ClassStatistics) -> Iterator[Block]:
    """The parts with their difficulty and discrimination, and how reliable they are together."""
    yield Heading(level=2, text=say("statistics.parts"))
    labels, alphas = part_labels(statistics), with_and_without(statistics.reliabilities)
    titles = titles_once([item.asked.title for item in statistics.items])
    rows = tuple(
        (
            labels[item.key],
            title,
            percent(item.difficulty),
            decimals(item.discrimination),
            decimals(item.upper_lower),
            decimals(alphas.get(item.key, (None, None))[1]),
            _remark(item, *alphas.get(item.key, (None, None))),
        )
        for item, title in zip(statistics.items, titles, strict=True)
    )
    header = (
        *(say("page.part"), say("page.question"), say("statistics.share"), say("statistics.discrimination")),
        *(say("statistics.best_weakest"), say("statistics.alpha_without"), say("statistics.remark")),
    )
    yield Grid(header=header, rows=rows, align=aligned("llrrrrl"))
    if any(labels[item.key] not in item.labels for item in statistics.items):
        yield Sentence(text=say("statistics.own_numbers"))
    yield Facts(rows=tuple(_reliability_rows(statistics.reliabilities)))


def _remark(item: ItemFigures, alpha: float | None, without: float | None) -> str:
    if item.difficulty is None or item.upper_lower is None:
        return BLANK
    if item.difficulty >= ALMOST:
        return say("statistics.everyone_right")
    if item.difficulty <= 1 - ALMOST:
        return say("statistics.no_one_right")
    r = item.discrimination
    if r is not None and fisher_interval(r, students=item.answers)[1] < 0:
        return say("statistics.weak_do_better")
    if item.upper_lower < 0 or (r is not None and r < 0):
        return say("statistics.tells_nobody_apart")
    spoils = without is not None and alpha is not None and without > alpha + 0.01
    verdict = say(f"quality.{quality(item.upper_lower)}")
    return joined("list.semicolon", (verdict, say("statistics.lowers_alpha"))) if spoils else verdict


def _reliability_rows(found: Sequence[Reliability]) -> Iterator[tuple[str, str]]:
    for one in found:
        over = say(
            "statistics.over",
            parts=say("statistics.part_count", count=len(one.parts)),
            students=say("report.students", count=one.students),
        )
        if one.alpha is None or one.low is None or one.high is None:
            if len(found) == 1:
                yield say("statistics.alpha"), say("report.told", answer=UNDEFINED, told=over)
            continue
        interval = {"low": decimals(one.low), "high": decimals(one.high)}
        yield say("statistics.alpha"), say("statistics.alpha_is", alpha=decimals(one.alpha), over=over, **interval)
        if one.standard_error is not None:
            error = say("statistics.error_is", error=f"{one.standard_error:.2f}", points=number(one.points))
            yield say("statistics.error"), error


# -- mistakes and options ----------------------------------------------------------------------------------------------


def mistake_blocks(statistics: ClassStatistics, names: Names) -> Iterator[Block]:
    """Known mistakes over all parts, the most frequent first."""
    if not statistics.mistakes:
        return
    labels = part_labels(statistics)
    rows = tuple(
        (
            names.mistake(count.id),
            str(count.students or NONE),
            str(count.perhaps or NONE),
            ", ".join(labels[key] for key, _ in count.parts),
        )
        for count in statistics.mistakes
    )
    yield Heading(level=2, text=say("statistics.mistakes"))
    header = (
        *(say("report.mistake"), say("report.student_count")),
        *(say("statistics.perhaps"), say("report.in_parts")),
    )
    yield Grid(header=header, rows=rows, align=aligned("lrrl"))
    if any(count.perhaps for count in statistics.mistakes):
        yield Sentence(text=say("statistics.perhaps_means"))


def choice_blocks(statistics: ClassStatistics) -> Iterator[Block]:
    """Which options were chosen, part by part."""
    if not statistics.choices:
        return
    yield Heading(level=2, text=say("statistics.options"))
    labels = part_labels(statistics)
    for choice in statistics.choices:
        label = labels[choice.key]
        part = say("statistics.titled", label=label, title=choice.title) if choice.title else label
        answers = say("statistics.answers", count=choice.answers)
        yield _choice_grid(choice, say("report.told", answer=part, told=answers))


def _choice_grid(choice: ChoiceCount, caption: str) -> Grid:
    """The options of a part; with a column for remarks if there are any."""
    remarks = [_option_remark(option, choice.answers) for option in choice.options]
    has_remarks = any(remark != BLANK for remark in remarks)
    rows = [
        (
            joined("list.comma", _marks(option)),
            option.text,
            f"{option.chosen}{BLANK}({percent(option.chosen / choice.answers)})",
            percent(option.upper),
            percent(option.lower),
            remark,
        )
        for option, remark in zip(choice.options, remarks, strict=True)
    ]
    columns = 6 if has_remarks else 5
    header = (
        *(say("asks.letter"), say("statistics.option"), say("statistics.chosen")),
        *(say("statistics.best"), say("statistics.weakest"), say("statistics.remark")),
    )
    cells = tuple(row[:columns] for row in rows)
    return Grid(header=header[:columns], rows=cells, align=aligned("llrrrl"[:columns]), caption=caption)


def _marks(option: OptionCount) -> Iterator[str]:
    """The letters under which an option was chosen, with their counts where there are several; ✓ for a right one."""
    for mark, count in option.marks:
        times = f"{BLANK}({count})" if len(option.marks) > 1 else ""
        yield say("statistics.marked", mark=mark, sign=f"{RIGHT if option.right else ''}{times}")


def _option_remark(option: OptionCount, answers: int) -> str:
    if answers < FEWEST_FOR_OPTIONS:
        return BLANK
    if not option.right and option.chosen / answers < TELLING:
        return say("statistics.misleads_nobody")
    if not option.right and option.upper - option.lower >= CLEAR:
        return say("statistics.misleads_the_best")
    if option.right and option.lower - option.upper >= CLEAR:
        return say("statistics.best_avoid_it")
    return BLANK


def variant_blocks(statistics: ClassStatistics) -> Iterator[Block]:
    """Whether variants of one question differ in difficulty."""
    if not statistics.variants:
        return
    labels = part_labels(statistics)
    rows = tuple(
        (
            labels[test.key],
            "; ".join(f"{name}: {percent(mean)} ({count})" for name, count, mean in test.variants),
            probability(test.p),
            probability(test.adjusted),
            say("statistics.differ") if test.adjusted < 0.05 else BLANK,
        )
        for test in statistics.variants
    )
    yield Heading(level=2, text=say("statistics.variants"))
    header = (
        *(say("page.part"), say("statistics.share_students"), "p"),
        *(say("statistics.p_corrected"), say("statistics.remark")),
    )
    yield Grid(header=header, rows=rows, align=aligned("llrrl"))
    yield Sentence(text=say("statistics.by_chance"))
