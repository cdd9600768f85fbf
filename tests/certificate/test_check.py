"""Certifying a template: what would stop an exam, or make it unfair, is told before one is made."""

from quizgen import api
from quizgen.certificate.check import ENOUGH_FAULTS, SEEDS_ON_PAGES, check_template
from quizgen.forms import record
from quizgen.items.realise import realise

FIGURE = """figure:
  kind: semilog
  title: Products
  x: lag
  y: product
  lines: {product: chain.product}
  alt: |
    It grows.
stem: |"""


def test_a_starter_has_nothing_to_tell(starter):
    """Its variants differ, none stands apart, and its way is one power."""
    found = check_template(starter(), seeds=60)
    assert (found.faults, found.notes, found.outliers) == ((), (), {})
    assert found.accepted_at_first > 0.9
    assert found.seeds == found.space.made == 60
    (part,) = found.parts
    assert (part.operations.least, part.operations.most) == (1, 1)
    assert (part.figures.least, part.figures.most) == (4, 4)  # of 0.83 and 25
    assert part.key.least_figures == part.key.most_figures == 3
    assert 0 < part.key.smallest < part.key.largest < 0.5


def test_the_nearest_wrong_value_is_the_nearest_misconception(starter):
    """One factor too few is w times too much: the key is 1 - 1/w away, relative to itself."""
    template = starter()
    items = realise(template, seed=0, variants=[0]).items
    w = items[0].numbers["w"].value
    nearest = check_template(template, seeds=1).parts[0].nearest
    assert abs(nearest.median - (1 / w - 1)) < 1e-12


def test_what_is_found_does_not_depend_on_the_batch(starter):
    """Sixty seeds at once are redrawn as each of them alone."""
    template = starter(("gradient < 0.5", "gradient < 0.05"))
    found = check_template(template, seeds=60)
    alone = [realise(template, seed=seed, variants=[0]) for seed in range(60)]
    assert sum(found.redraws.values()) == sum(sum(one.rejections.values()) for one in alone)
    assert found.accepted_at_first == sum(not one.rejections for one in alone) / 60


def test_a_rare_variant_fails_with_its_rule_and_seed(starter):
    """Fewer than half of the first draws accepted is too few."""
    found = check_template(starter(("gradient < 0.5", "gradient < 0.005")), seeds=40)
    (fault,) = found.faults
    assert "most often broken: require: gradient < 0.005 (first by seed " in fault


def test_the_seed_of_a_fault_is_named_though_all_are_tried_at_once(starter):
    """Only some seeds read beyond the end of the series; the others are certified."""
    template = starter(("timesteps: T", "timesteps: 28"), ("run.product[T]", "run.product[min(T, 30)]"))
    found = check_template(template, seeds=30)
    bad = [seed for seed in range(30) if realise_t(starter(), seed) > 28]
    assert [fault.split(":")[0] for fault in found.faults] == [f"seed {seed}" for seed in bad]
    assert found.seeds == 30 - len(bad)


def realise_t(template, seed):
    return int(realise(template, seed=seed, variants=[0]).items[0].numbers["T"].printed)


def test_a_hopeless_template_ends_early(starter):
    """After a few faults the seeds that are left are not tried."""
    found = check_template(starter(("gradient < 0.5", "gradient > 2")), seeds=1000)
    assert ENOUGH_FAULTS <= len(found.faults) < 1000
    assert "200 draws in a row were turned down (seed 0, variant 0)" in found.faults[0]


def test_a_guessable_place_is_a_fault(starter):
    """As written, the right option is always the first."""
    found = check_template(starter(("order: shuffle", "order: as-written"), item_type="choice"), seeds=60)
    assert found.faults[0].startswith("gradient: the right option stands in some places more often")
    assert "(A 60, B 0, C 0, D 0)" in found.faults[0]


def test_variants_that_stand_apart_are_named(starter):
    """One weight in twenty is so near to 1 that one factor too few makes next to no difference."""
    weights = ", ".join([*(f"0.{k}" for k in range(70, 90)), "0.999"])
    template = starter(
        ("{uniform: [0.70, 0.95], decimals: 2}", f"{{choice: [{weights}]}}"),
        ("gradient < 0.5", "gradient < 2"),
        ("rtol: 0.02", "rtol: 0.0002"),
        ("to 3 figures", "to 6 figures"),
        ("value: w * T", "value: 1 / w"),
    )
    outliers = check_template(template, seeds=100).outliers
    assert outliers
    for seed, said in outliers.items():
        assert realise(template, seed=seed, variants=[0]).items[0].numbers["w"].printed == "0.999"
        assert any(words.startswith("gradient: nearest 0.001, median 0.2") for words in said)


def test_a_small_space_and_a_long_page_are_notes(starter):
    """They are for the author to judge."""
    small = starter(("{uniform: [0.70, 0.95], decimals: 2}", "{choice: [0.7, 0.8]}"))
    assert check_template(small, seeds=20).notes == ("only about 42 different variants",)
    long = starter(("stem: |\n", f"stem: |\n  {'word ' * 300}\n"))
    assert check_template(long, seeds=2).notes == ("reading alone takes 3.3 of the 4 minutes",)


def test_a_figure_that_overflows_can_be_recorded(starter):
    """2 to the 2000th is beyond the range of numbers, and the pages say so."""
    chain = "simulate:\n  chain: {experiment: scalar_chain, weight: 2.0, activation: linear, timesteps: 2000}"
    template = starter(("simulate:", chain), ("stem: |", FIGURE))
    assert api.check_template(template, seeds=3).faults == ()


def test_what_cannot_be_written_is_a_fault_of_the_template(starter, monkeypatch):
    """Whatever goes wrong while the first items are written out, the seed and the reason are named."""

    def refuse(form):
        raise ValueError("no room for it")

    monkeypatch.setattr(record, "to_json", refuse)
    faults = check_template(starter(), seeds=5).faults
    assert len(faults) == SEEDS_ON_PAGES
    assert faults[0] == "seed 0: no exam can be made of it: ValueError: no room for it"
