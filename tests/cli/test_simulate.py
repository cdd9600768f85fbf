"""The command that runs an experiment: its tables, its JSON, and its complaints."""

import json

import pytest
from click.testing import CliRunner

from quizgen.cli.simulate import parsed_settings, sampled, simulate
from quizgen.errors import ParameterError, UnknownNameError, UsageError
from quizgen.experiments import EXPERIMENTS


def output(*arguments):
    result = CliRunner().invoke(simulate, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_without_a_name_every_experiment_is_listed():
    """Each with its parameters and quantities."""
    text = output()
    for experiment in EXPERIMENTS.values():
        assert f"{experiment.name}: {experiment.title}" in text
        assert all(parameter.meaning in text for parameter in experiment.parameters)
        assert all(quantity.name in text for quantity in experiment.quantities)


def test_the_list_begins_with_one_line_for_each():
    """Name, title and claims, then how to ask for the parameters of one, before any of them."""
    overview = output().split("\n\n")[0].splitlines()
    assert len(overview) == 1 + len(EXPERIMENTS)
    for line, experiment in zip(overview[1:], EXPERIMENTS.values(), strict=True):
        assert line.split()[0] == experiment.name
        assert experiment.title in line
        assert line.endswith(", ".join(experiment.claims))
    assert output().split("\n\n")[1].startswith("quizgen simulate NAME --parameters lists")


def test_parameters_are_listed_without_a_run():
    """Of one experiment, or of all without the overview."""
    one = output("clipping", "--parameters")
    assert one.startswith("clipping: Gradient clipping (random weights; claims S6, S7)\n  parameter")
    assert "seed" not in one.splitlines()[0]
    every = output("--parameters")
    assert one in every
    assert output().endswith(every)


def test_a_run_prints_its_seed_its_arguments_and_its_numbers():
    """Exact lines of a run that is fixed by its parameters."""
    lines = output("time_scales", "--set", "factor=0.9", "--seed", "4").splitlines()
    assert lines[0] == "time_scales: Time scales of exponential decay and growth (seed 4)"
    assert "  factor     0.9    factor of every timestep" in lines
    assert any(line.split()[:2] == ["time_constant", "9.49122"] for line in lines)
    assert any(line.split()[:2] == ["steps_to", "132"] for line in lines)


def test_long_series_are_sampled():
    """A thousand timesteps print as eleven rows, the first and the last among them."""
    lines = output("scalar_chain", "--set", "timesteps=1000", "--seed", "1").splitlines()
    rows = [line.split()[0] for line in lines if line.split() and line.split()[0].isdigit()]
    assert {"0", "1000"} <= set(rows)
    assert len(lines) < 60


def test_the_same_seed_prints_the_same():
    """And without a seed one is drawn and printed."""
    assert output("clipping", "--seed", "7") == output("clipping", "--seed", "7")
    assert output("clipping").splitlines()[0] != output("clipping").splitlines()[0]


def test_json_has_every_entry_and_every_digit():
    """Non-finite numbers are strings, as JSON has none."""
    text = output("jacobian_product", "--json", "--seed", "3", "--set", "cell=relu", "--set", "input_std=0")
    said = json.loads(text)
    assert (said["experiment"], said["seed"]) == ("jacobian_product", 3)
    assert said["arguments"]["cell"] == "relu"
    assert said["measurements"]["product_norm"] == {"first": 0, "values": [1.0] + 30 * [0.0]}
    assert said["measurements"]["log10_product_norm"]["values"][1] == "-inf"


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (["jacobin_product"], UnknownNameError, "did you mean 'jacobian_product'"),
        (["clipping", "--set", "hiden=3"], ParameterError, "did you mean 'hidden'"),
        (["clipping", "--set", "hidden=3.5"], ParameterError, "clipping.hidden: 3.5: expected a whole number"),
        (["clipping", "--set", "hidden=o"], ParameterError, "clipping.hidden: 'o': expected a whole number"),
        (["clipping", "--set", "hidden"], UsageError, "expected NAME=VALUE"),
        (["clipping", "--set", "hidden=3", "--set", "hidden=4"], UsageError, "set twice"),
        (["--set", "hidden=3"], UsageError, "needs an experiment"),
    ],
)
def test_wrong_usage_is_explained(arguments, error, message):
    """Every complaint is an error that the command line prints."""
    with pytest.raises(error) as complaint:
        output(*arguments)
    assert message in str(complaint.value)


def test_words_and_numbers_are_told_apart():
    """By the parameter's kind, not by what the value looks like."""
    parameters = EXPERIMENTS["jacobian_product"].parameters
    assert parsed_settings(["gain = 1e-1", "cell=tanh"], parameters) == {"gain": 0.1, "cell": "tanh"}


def test_sampled_indices_are_even_and_complete_where_few():
    """All of a short series, eleven of a long one."""
    assert sampled(0, 3) == [0, 1, 2, 3]
    assert sampled(1, 1) == [1]
    assert sampled(0, 1000) == list(range(0, 1001, 100))


def test_a_hidden_state_that_overflows_is_told():
    """One line with the timestep, where nan would be a riddle; in JSON one more key; nothing where all is finite."""
    run = ("jacobian_product", "--set", "cell=relu", "--set", "init=gaussian", "--set", "gain=10", "--seed", "1")
    told = [line for line in output(*run, "--set", "timesteps=400").splitlines() if "hidden state is" in line]
    assert told == ["  The hidden state is infinite or undefined from timestep 344 on: hence nan and inf."]
    assert json.loads(output(*run, "--set", "timesteps=400", "--json"))["hidden_state_lost_at"] == 344
    assert "hidden state is" not in output(*run)
    assert "hidden_state_lost_at" not in json.loads(output(*run, "--json"))
