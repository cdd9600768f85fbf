"""Checking arguments, and what comes back."""

import numpy as np
import pytest

from quizgen.errors import ParameterError, UnknownNameError
from quizgen.experiments import EXPERIMENTS
from quizgen.experiments.run import estimated_work, everything, run

RATE = {"rate": None}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"gian": 1.0}, "jacobian_product has no parameter 'gian'\n  hint: did you mean 'gain'"),
        ({"cell": "tahn"}, "jacobian_product.cell: 'tahn': expected one of its words\n  hint: did you mean 'tanh'"),
        ({"cell": 1.0}, "jacobian_product.cell: 1.0: expected one of its words"),
        ({"gain": "big"}, "jacobian_product.gain: 'big': expected a number from 0 to 10"),
        ({"gain": -0.1}, "jacobian_product.gain: -0.1: expected a number from 0 to 10"),
        ({"gain": np.nan}, "jacobian_product.gain: nan: expected a number from 0 to 10"),
        ({"hidden": 2.5}, "jacobian_product.hidden: 2.5: expected a whole number from 1 to 64"),
        ({"timesteps": np.array([5.0, 0.0])}, "jacobian_product.timesteps: 0: expected a whole number from 1 to 2000"),
        ({"gain": np.ones(3)}, "jacobian_product.gain: shape (3,): expected one number or 2, one for each variant"),
    ],
)
def test_wrong_arguments_are_named(arguments, message):
    """The message names the experiment, the parameter, the value and what is expected."""
    with pytest.raises(ParameterError) as error:
        run("jacobian_product", arguments, seeds=[1, 2], wanted=RATE)
    assert str(error.value).startswith(message)


def test_unknown_names_get_a_hint():
    """A misspelt experiment or quantity is answered with the nearest one."""
    with pytest.raises(UnknownNameError, match="did you mean 'jacobian_product'"):
        run("jacobian_produkt", {}, seeds=[1], wanted=RATE)
    with pytest.raises(UnknownNameError, match="no quantity of jacobian_product named 'rates'"):
        run("jacobian_product", {}, seeds=[1], wanted={"rates": None})


def test_variants_come_back_in_their_order():
    """Sizes and lengths are mixed; each variant still gets its own."""
    hidden, timesteps = np.array([3.0, 1.0, 3.0, 2.0]), np.array([4.0, 9.0, 7.0, 2.0])
    arguments = {"hidden": hidden, "timesteps": timesteps, "gain": np.array([0.5, 0.6, 0.7, 0.8]), "cell": "linear"}
    measured = run("jacobian_product", arguments, seeds=[4, 3, 2, 1], wanted={"product_norm": None, "radius": None})
    assert measured["product_norm"].last.tolist() == timesteps.tolist()
    np.testing.assert_allclose(measured["radius"], [0.5, 0.6, 0.7, 0.8])
    np.testing.assert_allclose(measured["product_norm"].at(timesteps), np.array([0.5, 0.6, 0.7, 0.8]) ** timesteps)


def test_series_end_where_their_variant_ends():
    """An entry beyond a variant's own last timestep cannot be read."""
    measured = run("scalar_chain", {"timesteps": np.array([5.0, 9.0])}, seeds=[1, 2], wanted={"product": None})
    assert measured["product"].at(np.array([5.0, 9.0])).shape == (2,)
    with pytest.raises(IndexError):
        measured["product"].at(np.array([6.0, 6.0]))


def test_purposes_have_their_own_randomness():
    """Stronger inputs leave the weights as they were."""
    wanted = {"weight_norm": None, "radius": None}
    arguments = {"init": "gaussian", "input_std": np.array([0.0, 2.0])}
    measured = run("jacobian_product", arguments, seeds=[8, 8], wanted=wanted)
    assert measured["weight_norm"][0] == measured["weight_norm"][1]


@pytest.mark.parametrize("name", ["jacobian_product", "leaky_network", "activations"])
def test_the_timestep_at_which_a_hidden_state_is_lost(name):
    """Each variant's own, whatever batch it is in; 0 where all is finite; None where no state was needed."""
    experiment = EXPERIMENTS[name]
    lengths, gains = np.array([500.0, 10.0, 500.0]), np.array([10.0, 10.0, 0.5])
    arguments = {"timesteps": lengths, "gain": gains, "init": "gaussian", "hidden": np.array([8.0, 8.0, 4.0])}
    if "cell" in {parameter.name for parameter in experiment.parameters}:
        arguments["cell"] = "relu"
    found = run(name, arguments, seeds=[1, 2, 3], wanted=everything(experiment))
    assert 250 < found.lost_at[0] < 400
    assert found.lost_at.tolist()[1:] == [0, 0]
    if name == "jacobian_product":
        assert run(name, arguments, seeds=[1, 2, 3], wanted={"weight_norm": None}).lost_at is None


def test_work_is_refused_as_a_run_is():
    """Before it is estimated, arguments are checked."""
    with pytest.raises(ParameterError, match=r"jacobian_product\.hidden: 65: expected a whole number from 1 to 64"):
        estimated_work("jacobian_product", {"hidden": 65.0}, variants=1, wanted=RATE)


def test_less_is_less_work_where_that_is_known():
    """Singular values cost more than the weights they are of; weights in orthogonal rows are as costly to draw."""
    size = {"fan_in": 512.0, "fan_out": 512.0}
    drawn, decomposed = (
        estimated_work("initialisation", size, variants=1, wanted={name})[0] for name in ("sampled_std", "radius")
    )
    orthogonal = estimated_work("initialisation", {**size, "scheme": "orthogonal"}, variants=1, wanted=["sampled_std"])
    assert drawn < 0.1 * decomposed
    assert orthogonal[0] == decomposed
