"""What a bank examines: which claims at which levels, which topics with which item types, and what is still missing."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, get_args

from quizgen.bank.bank import Bank
from quizgen.bank.catalogues import named_misconceptions
from quizgen.experiments import EXPERIMENTS
from quizgen.items.template import Level
from quizgen.values import immutable

LEAST_TEMPLATES: Final = 4  # that examine a claim
LEAST_LEVELS: Final = 3  # on which a claim is examined


@immutable
class Coverage:
    """How many templates examine each claim at each level, and how many parts of each type each topic has.

    ``shortfalls`` says what is too little; ``misconceptions`` and ``experiments`` are those that no template uses.
    """

    claims: Mapping[str, Mapping[str, int]]
    topics: Mapping[str, Mapping[str, int]]
    shortfalls: tuple[str, ...]
    misconceptions: tuple[str, ...]
    experiments: tuple[str, ...]


def coverage(bank: Bank) -> Coverage:
    """What the templates of ``bank`` cover."""
    templates = list(bank.templates.values())
    claims = {claim: Counter[str](one.level for one in templates if claim in one.claims) for claim in bank.claims}
    used = {name for template in templates for _, name in named_misconceptions(template)}
    ran = {run.experiment for template in templates for run in template.simulate.values()}
    return Coverage(
        claims=claims,
        topics={
            topic: Counter(part.type for template in templates if template.topic == topic for part in template.parts)
            for topic in bank.topics
        },
        shortfalls=tuple(_shortfalls(claims)),
        misconceptions=tuple(name for name in bank.misconceptions if name not in used),
        experiments=tuple(name for name in EXPERIMENTS if name not in ran),
    )


def _shortfalls(claims: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    for claim, levels in claims.items():
        total = sum(levels.values())
        missing = [level for level in get_args(Level) if not levels.get(level)]
        found = len(get_args(Level)) - len(missing)
        if total < LEAST_TEMPLATES:
            yield f"{claim}: {_count(total, 'template')}, expected at least {LEAST_TEMPLATES}"
        if found < LEAST_LEVELS:
            yield f"{claim}: {_count(found, 'level')}, expected at least {LEAST_LEVELS}; none at {', '.join(missing)}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
