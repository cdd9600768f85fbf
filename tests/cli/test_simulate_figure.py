"""``quizgen simulate --figure`` and its progress bar."""

import io
import sys
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from click.testing import CliRunner

from quizgen.cli.progress import ProgressBar
from quizgen.cli.simulate import simulate
from quizgen.cli.simulate_figure import evenly_spread
from quizgen.errors import UsageError
from quizgen.experiments import EXPERIMENTS

SVG = "{http://www.w3.org/2000/svg}"


def run(*arguments):
    result = CliRunner().invoke(simulate, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_every_experiment_draws_its_figure(name, tmp_path):
    """A well-formed SVG with the experiment's title, and a label for each curve that has a point to draw."""
    file, plot = tmp_path / "figure.svg", EXPERIMENTS[name].plot
    quick = ["--set", "updates=5"] if name in {"adding_problem", "copy_memory"} else []
    run(name, "--seed", 1, *quick, "--figure", file)
    root = ET.fromstring(file.read_text())  # noqa: S314 - our own file
    texts = ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title") == EXPERIMENTS[name].title
    assert set(plot.curves) <= set(texts)
    assert plot.x_label in texts


def test_a_figure_stands_beside_the_table(tmp_path):
    """The output is what it is without a figure, and the same seed draws the same bytes."""
    plain = run("scalar_chain", "--seed", 1)
    assert run("scalar_chain", "--seed", 1, "--figure", tmp_path / "a.svg") == plain
    assert run("scalar_chain", "--seed", 1, "--json", "--figure", tmp_path / "b.svg").startswith("{")
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_a_figure_over_another_series(tmp_path):
    """The cliff is drawn over the weights of its line, not over their numbers."""
    run("cliff", "--set", "weight_low=40", "--set", "weight_high=60", "--figure", tmp_path / "cliff.svg")
    text = (tmp_path / "cliff.svg").read_text()
    assert ">40<" in text
    assert ">60<" in text


def test_a_figure_is_overwritten_only_when_told(tmp_path):
    """As every file that quizgen writes."""
    file = tmp_path / "figure.svg"
    run("time_scales", "--figure", file)
    before = file.read_bytes()
    with pytest.raises(UsageError, match=r"exists already\n.*--figure, or add --force"):
        run("time_scales", "--set", "factor=0.5", "--figure", file)
    assert file.read_bytes() == before
    run("time_scales", "--set", "factor=0.5", "--figure", file, "--force")
    assert file.read_bytes() != before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["time_scales", "--figure", "figure.png"], "expected a file name that ends in .svg"),
        (["--figure", "figure.svg"], "--figure needs an experiment"),
    ],
)
def test_wrong_usage_is_explained(arguments, message):
    """Before anything is simulated."""
    with pytest.raises(UsageError, match=message):
        run(*arguments)


class Terminal(io.StringIO):
    """A stream that says that somebody is watching."""

    def isatty(self):
        """Yes."""
        return True


def test_progress_is_drawn_on_a_terminal_alone(monkeypatch):
    """A bar that reaches 100 %; nothing where the error stream is a file; nothing if nothing is reported."""
    for stream in (Terminal(), io.StringIO()):
        monkeypatch.setattr(sys, "stderr", stream)
        with ProgressBar("adding_problem") as report:
            for share in (0.25, 0.5, 1.0):
                report(share)
        assert ("adding_problem" in stream.getvalue()) == stream.isatty()
        assert ("100%" in stream.getvalue()) == stream.isatty()
    monkeypatch.setattr(sys, "stderr", Terminal())
    with ProgressBar("adding_problem"):
        pass
    assert sys.stderr.getvalue() == ""


def test_training_prints_no_bar_into_a_file():
    """Neither on the output nor on the error stream."""
    result = CliRunner().invoke(simulate, ["adding_problem", "--seed", "1", "--set", "updates=3"])
    assert result.stderr == ""
    assert result.stdout.startswith("adding_problem: Training on the adding problem (seed 1)\n")


def test_long_series_are_thinned_evenly(tmp_path):
    """The first and the last point stay; a figure of a hundred thousand timesteps is not larger than one of 2,000."""
    assert evenly_spread(5, at_most=2000) == [0, 1, 2, 3, 4]
    shown = evenly_spread(100_001, at_most=2000)
    assert (len(set(shown)), shown[0], shown[-1]) == (2000, 0, 100_000)
    assert {after - before for before, after in pairwise(shown)} <= {50, 51}
    for timesteps in (1999, 100_000):
        run("scalar_chain", "--set", f"timesteps={timesteps}", "--figure", tmp_path / f"{timesteps}.svg")
    assert (tmp_path / "100000.svg").stat().st_size < 2 * (tmp_path / "1999.svg").stat().st_size
