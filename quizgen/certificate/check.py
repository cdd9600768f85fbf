"""Certifying one template: many of its variants are made, and what they have in common and what not is written down."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import Final

from quizgen.certificate.page import page_fault, reading_minutes, student_page, word_count
from quizgen.certificate.part import Made, PartCheck, check_part
from quizgen.certificate.space import Space, space
from quizgen.errors import QuizgenError
from quizgen.items.draws import Variant
from quizgen.items.planner import plan
from quizgen.items.realise import Outcome, attempt, turned_down
from quizgen.items.template import ItemTemplate
from quizgen.values import immutable

SEEDS_ON_PAGES: Final = 3  # how many seeds are written out as an exam
AT_ONCE: Final = 100  # seeds
ENOUGH_FAULTS: Final = 5  # after which no more seeds are tried
LEAST_ACCEPTED: Final = 0.5  # share of the first draws
MOST_READING: Final = 0.5  # share of the minutes that reading may take
FEW_VARIANTS: Final = 50  # fewer than these, and students who practise often meet the same numbers again


@immutable
class Reading:
    """How long the student's page is: words in the middle and in the longest variant, and minutes to read those."""

    words: float
    most_words: int
    minutes: float


@immutable
class TemplateCheck:
    """What certifying a template on many seeds showed. ``faults`` fail it; ``notes`` are for its author to judge."""

    template: str
    seeds: int
    accepted_at_first: float  # share of the seeds whose first draw satisfied every rule
    redraws: Mapping[str, int]  # rule -> how many draws broke it
    minutes: float
    space: Space | None
    reading: Reading | None
    parts: tuple[PartCheck, ...]
    faults: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def outliers(self) -> Mapping[int, tuple[str, ...]]:
        """The seeds of variants that stand apart, each with how."""
        found: dict[int, list[str]] = {}
        for part in self.parts:
            for name in ("operations", "figures", "nearest"):
                spread = getattr(part, name)
                for outlier in spread.outliers if spread else ():
                    said = f"{part.part}: {name} {outlier.value:.3g}, median {spread.median:.3g}"
                    found.setdefault(outlier.seed, []).append(said)
        return {seed: tuple(said) for seed, said in sorted(found.items())}


def check_template(template: ItemTemplate, *, seeds: int) -> TemplateCheck:
    """Certify one template on the seeds from 0 on: it must be accepted at the first draw in at least half of them.

    The first few items are also written out as exams, whose records must be read back. After a few faults no more seeds
    are tried.
    """
    faults: list[str] = []
    outcomes: dict[int, Outcome] = {}
    for start in range(0, seeds, AT_ONCE):
        for seed, outcome in _try(template, range(start, min(start + AT_ONCE, seeds))):
            if isinstance(outcome, str):
                faults.append(f"seed {seed}: {outcome}")
            else:
                outcomes[seed] = outcome
        if len(faults) >= ENOUGH_FAULTS:
            break
    made: Made = {s: (one.item, one.values) for s, one in outcomes.items() if one.item and one.values}
    written = ((seed, page_fault(item)) for seed, (item, _) in made.items() if seed < SEEDS_ON_PAGES)
    faults += [f"seed {seed}: {fault}" for seed, fault in written if fault]
    return _checked(template, outcomes, made, faults)


def _try(template: ItemTemplate, seeds: Sequence[int]) -> Iterator[tuple[int, Outcome | str]]:
    """Each seed with what became of it, or why no item could be made: all at once, or by halves to find the faulty."""
    variants = [Variant(seed=seed, template=template.id, variant=0) for seed in seeds]
    try:
        outcomes = attempt(template, variants)
    except QuizgenError as error:
        if len(seeds) == 1:
            yield seeds[0], str(error)
        else:
            yield from _try(template, seeds[: len(seeds) // 2])
            yield from _try(template, seeds[len(seeds) // 2 :])
        return
    for variant, outcome in zip(variants, outcomes, strict=True):
        yield variant.seed, outcome if outcome.item else str(turned_down(variant, outcome))


def _checked(
    template: ItemTemplate, outcomes: Mapping[int, Outcome], made: Made, found: Sequence[str]
) -> TemplateCheck:
    """What the outcomes come to."""
    tried = max(len(outcomes), 1)
    first = sum(not outcome.broken for outcome in outcomes.values())
    redraws = Counter(rule for outcome in outcomes.values() for rule in outcome.broken)
    ready = plan(template)
    parts = tuple(check_part(ready, index, made) for index in range(len(template.parts))) if made else ()
    faults = [*found, *(f"{part.part}: {part.places.fault}" for part in parts if part.places and part.places.fault)]
    if outcomes and first < LEAST_ACCEPTED * tried and not found:
        rule = redraws.most_common(1)[0][0]
        seed = next(seed for seed, outcome in outcomes.items() if rule in outcome.broken)
        message = f"only {first} of {tried} first draws were accepted; most often broken: {rule} (first by seed {seed})"
        faults.append(message)
    pages = {seed: student_page(item) for seed, (item, _) in made.items()}
    reading = _reading(list(pages.values())) if pages else None
    figures = {seed: item.figure for seed, (item, _) in made.items()}
    shown = {seed: (page, figures[seed]) for seed, page in pages.items()}
    seen = space(template, shown, accepted=first / tried) if shown else None
    return TemplateCheck(
        template=template.id,
        seeds=len(outcomes),
        accepted_at_first=first / tried,
        redraws=dict(redraws.most_common()),
        minutes=template.minutes,
        space=seen,
        reading=reading,
        parts=parts,
        faults=tuple(faults),
        notes=tuple(_notes(template, seen, reading)),
    )


def _reading(pages: Sequence[str]) -> Reading:
    counts = [word_count(page) for page in pages]
    return Reading(words=median(counts), most_words=max(counts), minutes=reading_minutes(max(counts)))


def _notes(template: ItemTemplate, seen: Space | None, reading: Reading | None) -> Iterator[str]:
    """What an author should look at, and may have meant so."""
    if seen and seen.whole is not None and seen.whole < FEW_VARIANTS:
        yield f"only about {seen.whole:.0f} different variants"
    if reading and reading.minutes > MOST_READING * template.minutes:
        yield f"reading alone takes {reading.minutes:.1f} of the {template.minutes:g} minutes"
