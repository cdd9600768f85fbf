"""What holds for every experiment of the table."""

import re
import sys

import numpy as np
import pytest

from quizgen.experiments import EXPERIMENTS
from quizgen.experiments.contract import Series
from quizgen.experiments.run import estimated_work, everything, run

EVERY = pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=list(EXPERIMENTS))

UNDEFINED_OF_NOTHING = {
    "share_first_half",
    "share_last",
    "truncated_fraction",
    "fraction_first_half",
    "per_tensor_angle_degrees",
    "value_angle_degrees",
}


def entries(measured, v):
    if isinstance(measured, Series):
        return measured.values[v, : measured.last[v] + 1 - measured.first]
    return measured[v]


@EVERY
def test_its_table_is_in_order(experiment):
    """Listed under its own name, unique names, defaults within their ranges, words among their words."""
    assert EXPERIMENTS[experiment.name] is experiment
    assert experiment.title
    assert set(experiment.claims) <= {f"S{number}" for number in range(1, 15)}
    for rows in (experiment.parameters, experiment.quantities):
        names = [row.name for row in rows]
        assert len(names) == len(set(names))
        assert all(row.meaning for row in rows)
    for parameter in experiment.parameters:
        if parameter.kind == "word":
            assert parameter.default in parameter.words
        else:
            assert parameter.low <= parameter.default <= parameter.high


@EVERY
def test_its_module_says_what_it_demonstrates(experiment):
    """Every claim by its name, and a source for the formulas."""
    text = sys.modules[experiment.findings.__module__].__doc__
    assert set(re.findall(r"\bS\d+\b", text)) == set(experiment.claims)
    assert re.search(r"\b(Source|formulas are those)\b", text)


@EVERY
def test_every_quantity_is_measured_by_default(experiment):
    """With default arguments every quantity is found, series begin where they say, and nothing is undefined."""
    measured = run(experiment.name, {}, seeds=[5], wanted=everything(experiment))
    for quantity in experiment.quantities:
        found = measured[quantity.name]
        assert isinstance(found, Series) == bool(quantity.index)
        if isinstance(found, Series):
            assert found.first == quantity.first
        assert not np.isnan(entries(found, 0)).any()


@EVERY
def test_the_batch_does_not_change_a_bit(experiment, varied, make_seeds):
    """A variant has the same bits alone, among 50 and among 200."""
    seeds, arguments = make_seeds(200), varied(experiment, 200)
    wanted = everything(experiment)
    batches = [
        run(experiment.name, {k: a[:count] for k, a in arguments.items()}, seeds=seeds[:count], wanted=wanted)
        for count in (200, 50)
    ]
    for v in range(0, 50, 7):
        alone = run(experiment.name, {k: a[v] for k, a in arguments.items()}, seeds=[seeds[v]], wanted=wanted)
        for quantity in experiment.quantities:
            for batch in batches:
                np.testing.assert_array_equal(entries(batch[quantity.name], v), entries(alone[quantity.name], 0))


@EVERY
def test_asking_for_less_gives_the_same(experiment, varied, make_seeds):
    """Each quantity alone, and single entries of a series, equal what they are when everything is asked."""
    seeds, arguments = make_seeds(6), varied(experiment, 6)
    whole = run(experiment.name, arguments, seeds=seeds, wanted=everything(experiment))
    for quantity in experiment.quantities:
        full = whole[quantity.name]
        indices = [np.full(6, quantity.first + 1.0), full.last.astype(float)] if isinstance(full, Series) else None
        alone = run(experiment.name, arguments, seeds=seeds, wanted={quantity.name: indices})
        assert list(alone.found) == [quantity.name]
        if isinstance(full, Series):
            for index in indices:
                if (index <= full.last).all():
                    np.testing.assert_array_equal(alone[quantity.name].at(index), full.at(index))
        else:
            np.testing.assert_array_equal(alone[quantity.name], full)


@EVERY
def test_seeds_matter_only_where_randomness_is_declared(experiment):
    """A determined experiment gives the same for all seeds; another does not."""
    wanted = everything(experiment)
    one, other = (run(experiment.name, {}, seeds=[seed], wanted=wanted) for seed in (1, 2))
    is_same = all(
        np.array_equal(entries(one[q.name], 0), entries(other[q.name], 0), equal_nan=True)
        for q in experiment.quantities
    )
    assert is_same == experiment.determined


@EVERY
def test_its_plot_shows_series_that_it_measures(experiment):
    """Each curve is a series with an index, over the others' index or over one more series; labels are few."""
    quantities = {quantity.name: quantity for quantity in experiment.quantities}
    plot = experiment.plot
    shown = [quantities[name] for name in [*plot.curves.values(), *([plot.x] if plot.x else [])]]
    assert 1 <= len(plot.curves) <= 5
    assert len({(quantity.index, quantity.first) for quantity in shown if not plot.x}) <= 2
    assert all(quantity.index for quantity in shown)
    assert plot.kind in {"line", "semilog"}
    assert plot.x_label
    assert plot.y_label


@EVERY
def test_zeros_are_zeros_and_never_undefined(experiment):
    """No weights, no input, no start: what is 0 is 0, its logarithm −infinity; only shares and angles of 0 are NaN."""
    known = {parameter.name: parameter for parameter in experiment.parameters}
    nothing = {"gain": 0.0, "input_std": 0.0, "start_std": 0.0, "bias": 0.0, "weight": 0.0, "start": 0.0}
    arguments = {name: zero for name, zero in nothing.items() if name in known}
    arguments |= {name: "relu" for name in ("cell", "activation") if name in known and "relu" in known[name].words}
    measured = run(experiment.name, arguments, seeds=[3], wanted=everything(experiment))
    undefined = {q.name for q in experiment.quantities if np.isnan(entries(measured[q.name], 0)).any()}
    assert undefined <= UNDEFINED_OF_NOTHING


SIZES = {"hidden", "timesteps", "updates", "sequences", "grid", "fan_in", "fan_out"}


@EVERY
def test_its_work_is_estimated_for_each_variant(experiment):
    """With its defaults it is far below what a template may ask for, and what is larger is never less work."""
    sizes = {p.name: np.array([p.default, p.high]) for p in experiment.parameters if p.name in SIZES}
    assert sizes
    small, large = estimated_work(experiment.name, sizes, variants=2, wanted=everything(experiment))
    assert 0 < small < 1e9
    assert large > 10 * small
    for name, two in sizes.items():
        first, second = estimated_work(experiment.name, {name: two}, variants=2, wanted=everything(experiment))
        assert first <= second
