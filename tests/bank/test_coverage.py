"""What a bank covers, and what it says is missing."""

import pytest

from quizgen import api
from quizgen.bank.bank import Bank
from quizgen.bank.catalogues import Claim, KnownMisconception
from quizgen.bank.coverage import coverage
from quizgen.registry import Registry


@pytest.fixture
def small(bank):
    """Three templates of the shipped bank that examine S7, of two levels, and two claims."""
    chosen = ("clip-by-global-norm", "clipping-and-direction", "clipped-step-length")
    templates = {name: bank.templates[name] for name in chosen}
    return Bank(
        templates=Registry("item template", templates),
        topics=bank.topics,
        blueprints=bank.blueprints,
        misconceptions=Registry(
            "misconception",
            {name: KnownMisconception(name=name, why="", remedy="") for name in ("adds-norms", "never-made")},
        ),
        claims=Registry("claim", {name: Claim(title=name, claim="") for name in ("S7", "S99")}),
    )


def test_claims_are_counted_by_level(small):
    """Each template counts once for each claim that it names."""
    found = coverage(small)
    levels = [t.level for t in small.templates.values() if "S7" in t.claims]
    assert dict(found.claims["S7"]) == {level: levels.count(level) for level in set(levels)}
    assert sum(found.claims["S7"].values()) == 3
    assert sum(found.claims["S99"].values()) == 0


def test_topics_are_counted_by_item_type(small):
    """Each part counts."""
    found = coverage(small)
    parts = [part.type for t in small.templates.values() for part in t.parts]
    assert dict(found.topics["clipping"]) == {kind: parts.count(kind) for kind in set(parts)}
    assert not found.topics["vanishing"]


def test_what_is_too_little_is_told(small):
    """Fewer than four templates, and fewer than three levels."""
    shortfalls = coverage(small).shortfalls
    assert "S7: 3 templates, expected at least 4" in shortfalls
    assert "S99: 0 templates, expected at least 4" in shortfalls
    assert "S99: 0 levels, expected at least 3; none at recall, explain, apply, analyse" in shortfalls


def test_what_is_never_used_is_told(small):
    """A misconception that nothing refers to, and experiments that nothing runs."""
    found = coverage(small)
    assert found.misconceptions == ("never-made",)
    assert "mean_field" in found.experiments
    assert not set(found.experiments) & {
        run.experiment for t in small.templates.values() for run in t.simulate.values()
    }


def test_the_shipped_bank_examines_every_claim(bank):
    """No claim is left out."""
    found = api.coverage(bank)
    assert all(sum(levels.values()) for levels in found.claims.values())
