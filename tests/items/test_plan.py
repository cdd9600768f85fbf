"""What an author is told before anything runs."""

import pytest

from quizgen.errors import FileFaults


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("gain: rho", "gain: roh", "nothing before this is named 'roh'"),
        ("experiment: jacobian_product", "experiment: jacobian_products", "no experiment named 'jacobian_products'"),
        ("gain: rho", "gian: rho", "jacobian_product has no parameter 'gian'"),
        ("given:", "  other: {experiment: scalar_chain, weight: run.weight_norm}\ngiven:", "an argument cannot be"),
        ("cell: tanh", "cell: tanhh", "'tanhh' is not one of the words for cell"),
        ("run.product_norm[10] to", "run.product_nrm[10] to", "jacobian_product does not measure 'product_nrm'"),
        ("run.product_norm[10] to", "run.product_norm to", "'product_norm' is a series"),
        ("run.product_norm[10] to", "run.weight_norm[10] to", "'weight_norm' is one number"),
        ("run.product_norm[10] to", "rum.product_norm[10] to", "no simulation is named 'rum'"),
        ("run.product_norm[10] to 4 figures", "run.product_norm[10]", "does not say how it is printed"),
        ("rate ** T to 3 figures", "rate ** T", "'predicted' does not say how it is printed"),
        ("predicted < 0.001", "predicted < 0.001 to 3 figures", "a condition is true or false"),
        ("  - rate < 0.9", "  - rate", "expected a condition, found 'rate'"),
        ("<< T >> timesteps.", "<< TT >> timesteps.", "nothing here is named 'TT'"),
        ("<% if small %>", "<% if smal %>", "no condition is named 'smal'"),
        ("follows: {rate:", "follows: {rat:", "no earlier part is named 'rat'"),
        ("id: norm", "id: rate", "two parts are named 'rate'"),
        ("points: 2", "points: 0", "0 points"),
        ("{uniform: [0.60, 0.86], decimals: 2}", "{uniform: [0.86, 0.60], decimals: 2}", "0.86 is not less than 0.6"),
        ("{uniform: [0.60, 0.86], decimals: 2}", "{uniform: [0.60, 0.86]}", "uniform goes with decimals"),
        ("{integer: [30, 50]}", "{integer: [30, 50], choice: [1, 2]}", "expected exactly one of"),
        ("  T:   {integer", "  ln:   {integer", "'ln' already means something"),
        ("  rate:      first", "  rho:      first", "'rho' is named twice"),
        ("fell to << first >>;", "fell;", "the key needs 'first', which the page does not print"),
        ("numeric: {key: predicted, rtol: 0.05}", "numeric:\n      key: run.product_norm[T]", "the key reads run.product_norm, which is not on the page"),
        ("numeric: {key: rate, rtol: 0.005}", "choice: {options: [{text: fast, right: true}, {text: slow}]}", "has no number that a misconception"),
        ("rate ** T to 3 figures", "rate ** T to 0 figures", "0 figures: expected 1 to 12"),
        ("rate ** T to 3 figures", "rate ** T to 500 decimals", "500 decimals: expected 0 to 15"),
        ("run.product_norm[10] to 4 figures", "run.product_norm[10] to 13 figures", "13 figures: expected 1 to 12"),
        ("rate ** T to 3 figures", "rate ** T to 1234567 figures", "1000 or more figures: expected 1 to 12"),
        ("decimals: 2", "decimals: -2", "-2 decimals: expected 0 to 15"),
        ("{uniform: [0.60, 0.86], decimals: 2}", "{log_uniform: [0.60, 0.86], figures: 0}", "0 figures: expected 1 to 12"),
        ("rtol: 0.05}", "rtol: 0.7}", "expected a tolerance from 0 to less than 0.5"),
        ("rate ** T to", "rate *** T to", "is not an expression"),
        ("rate ** T to", "rate.__class__ to", "no simulation is named 'rate'"),
    ],
)  # fmt: skip
def test_a_fault_is_found_without_running_anything(decay, old, new, message):
    """Each fault is told in plain words with its place in the file."""
    with pytest.raises(FileFaults) as caught:
        decay((old, new))
    faults = [fault for fault in caught.value.faults if message in fault.message]
    assert faults, str(caught.value)
    assert faults[0].place is not None
    assert faults[0].place.line > 1


def test_all_faults_are_told_at_once(decay):
    """Three faults in a file are three lines, in the file's order."""
    with pytest.raises(FileFaults) as caught:
        decay(("gain: rho", "gain: roh"), ("<< T >> timesteps.", "<< TT >> timesteps."), ("points: 2", "points: -2"))
    lines = [fault.place.line for fault in caught.value.faults]
    assert len(lines) >= 3
    assert lines == sorted(lines)
