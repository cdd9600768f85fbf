"""The statistics of a class as blocks of a page: tables with a remark where a figure asks for one."""

from collections.abc import Iterator, Sequence
from typing import Final

from quizgen.blocks import Block, Facts, Grid, Heading, Sentence
from quizgen.grading.reports.names import Names
from quizgen.grading.reports.statistics_wording import (
    UNDEFINED,
    aligned,
    counted,
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
    yield Heading(level=2, text="Distribution")
    yield Facts(rows=tuple(_five_numbers(found, statistics.points)))
    yield _histogram(found)


def _five_numbers(found: Distribution, points: float | None) -> Iterator[tuple[str, str]]:
    spell = percent if points is None else number
    of = "" if points is None else f" of {number(points)}"
    yield "Mean", f"{percent(found.mean) if points is None else f'{found.mean:.2f}'}{of}"
    if found.sd is not None:
        yield "Standard deviation", percent(found.sd) if points is None else f"{found.sd:.2f}"
    yield "Median", f"{spell(found.median)}; middle half {spell(found.lower)} to {spell(found.upper)}"
    yield "Lowest, highest", f"{spell(found.least)}, {spell(found.most)}"


def _histogram(found: Distribution) -> Grid:
    """A row for each tenth; a square for each student, or for several in a large class."""
    each = max(1, -(-max(found.bins) // LONGEST_BAR))
    step = 100 // BINS
    rows = []
    for index, count in enumerate(found.bins):
        border = "to" if index == BINS - 1 else "to under"
        share = f"{index * step} {border} {(index + 1) * step}\u00a0%"
        rows.append((share, str(count or NONE), BAR * -(-count // each) or BLANK))
    scale = "" if each == 1 else f" ({BAR} for {each})"
    header = ("Share of the points", "Students", f"\u00a0{scale}")
    return Grid(header=header, rows=tuple(rows), align=aligned("lrl"))


# -- parts -------------------------------------------------------------------------------------------------------------


def item_blocks(statistics: ClassStatistics) -> Iterator[Block]:
    """The parts with their difficulty and discrimination, and how reliable they are together."""
    yield Heading(level=2, text="Difficulty, discrimination and reliability")
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
    header = ("Part", "Question", "Mean share", "Discrimination", "Best − weakest", "α without", "Remark")
    yield Grid(header=header, rows=rows, align=aligned("llrrrrl"))
    if any(labels[item.key] not in item.labels for item in statistics.items):
        yield Sentence(text="Q1, Q2, … count the questions of this page; a form may number them otherwise.")
    yield Facts(rows=tuple(_reliability_rows(statistics.reliabilities)))


def _remark(item: ItemFigures, alpha: float | None, without: float | None) -> str:
    if item.difficulty is None or item.upper_lower is None:
        return BLANK
    if item.difficulty >= ALMOST:
        return "nearly everyone right"
    if item.difficulty <= 1 - ALMOST:
        return "nearly no one right: check the key"
    r = item.discrimination
    if r is not None and fisher_interval(r, students=item.answers)[1] < 0:
        return "weak students do better: check the key"
    if item.upper_lower < 0 or (r is not None and r < 0):
        return "tells nobody apart"
    spoils = without is not None and alpha is not None and without > alpha + 0.01
    return f"{quality(item.upper_lower)}{'; lowers α' if spoils else ''}"


def _reliability_rows(found: Sequence[Reliability]) -> Iterator[tuple[str, str]]:
    for one in found:
        over = f"{counted(len(one.parts), 'part')}, {counted(one.students, 'student')}"
        if one.alpha is None or one.low is None or one.high is None:
            if len(found) == 1:
                yield "Cronbach's α", f"{UNDEFINED} ({over})"
            continue
        yield (
            "Cronbach's α",
            f"{decimals(one.alpha)} (95 % interval {decimals(one.low)} to {decimals(one.high)}; {over})",
        )
        if one.standard_error is not None:
            yield "Standard error", f"{one.standard_error:.2f} of {number(one.points)} points in one student's score"


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
    yield Heading(level=2, text="Mistakes behind the wrong answers")
    header = ("Mistake", "Students", "Perhaps also", "In parts")
    yield Grid(header=header, rows=rows, align=aligned("lrrl"))
    if any(count.perhaps for count in statistics.mistakes):
        yield Sentence(text="“Perhaps also” counts students whose answers several mistakes could have led to.")


def choice_blocks(statistics: ClassStatistics) -> Iterator[Block]:
    """Which options were chosen, part by part."""
    if not statistics.choices:
        return
    yield Heading(level=2, text="Options chosen")
    labels = part_labels(statistics)
    for choice in statistics.choices:
        title = f": {choice.title}" if choice.title else ""
        yield _choice_grid(choice, f"{labels[choice.key]}{title} ({counted(choice.answers, 'answer')})")


def _choice_grid(choice: ChoiceCount, caption: str) -> Grid:
    """The options of a part; with a column for remarks if there are any."""
    remarks = [_option_remark(option, choice.answers) for option in choice.options]
    has_remarks = any(remark != BLANK for remark in remarks)
    rows = [
        (
            ", ".join(_marks(option)),
            option.text,
            f"{option.chosen}{BLANK}({percent(option.chosen / choice.answers)})",
            percent(option.upper),
            percent(option.lower),
            remark,
        )
        for option, remark in zip(choice.options, remarks, strict=True)
    ]
    columns = 6 if has_remarks else 5
    header = ("Letter", "Option", "Chosen", "Best 27\u00a0%", "Weakest 27\u00a0%", "Remark")
    cells = tuple(row[:columns] for row in rows)
    return Grid(header=header[:columns], rows=cells, align=aligned("llrrrl"[:columns]), caption=caption)


def _marks(option: OptionCount) -> Iterator[str]:
    """The letters under which an option was chosen, with their counts where there are several; ✓ for a right one."""
    for mark, count in option.marks:
        times = f"{BLANK}({count})" if len(option.marks) > 1 else ""
        yield f"{mark}{RIGHT if option.right else ''}{times}"


def _option_remark(option: OptionCount, answers: int) -> str:
    if answers < FEWEST_FOR_OPTIONS:
        return BLANK
    if not option.right and option.chosen / answers < TELLING:
        return "hardly anyone is misled"
    if not option.right and option.upper - option.lower >= CLEAR:
        return "misleads the best: is it right?"
    if option.right and option.lower - option.upper >= CLEAR:
        return "the best avoid it: check the key"
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
            "differ in difficulty" if test.adjusted < 0.05 else BLANK,
        )
        for test in statistics.variants
    )
    yield Heading(level=2, text="Variants of one question")
    header = ("Part", "Mean share (students)", "p", "p, corrected", "Remark")
    yield Grid(header=header, rows=rows, align=aligned("llrrl"))
    yield Sentence(
        text="If forms were not handed out by chance, a stronger class alone makes its variants look easier."
    )
