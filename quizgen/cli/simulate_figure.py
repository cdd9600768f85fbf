"""The figure of one run of an experiment: what its `Plot` says, with the numbers that were measured."""

from pathlib import Path
from typing import TYPE_CHECKING

from quizgen.errors import QuizgenError, UsageError

if TYPE_CHECKING:
    from quizgen.experiments.contract import Experiment, Measurements, Series
    from quizgen.figures.figure import FigureData

_MOST_POINTS = 2000  # of a curve: more than a page can show


def checked_figure(path: Path | None) -> Path | None:
    """``path``, if it is one that a figure can be written to.  Raises: UsageError unless it ends in .svg."""
    if path is not None and path.suffix != ".svg":
        raise UsageError(f"--figure {path}: expected a file name that ends in .svg")
    return path


def write_figure(path: Path, data: "FigureData", *, force: bool) -> None:
    """Draw ``data`` into the file.

    Raises: UsageError if it exists and ``force`` is not given; QuizgenError if it cannot be written.
    """
    from quizgen.figures import draw
    from quizgen.files import write_files

    try:
        write_files(path.parent, {path.name: draw(data).encode()}, force=force)
    except UsageError as error:
        hint = "name another file with --figure, or add --force to overwrite"
        raise UsageError(error.message, hint=hint) from None
    except QuizgenError as error:
        raise QuizgenError(error.message, hint="name a file in a folder of your own with --figure") from None


def figure_of(experiment: "Experiment", seed: int, measured: "Measurements") -> "FigureData":
    """What the experiment's plot shows of its first variant."""
    from quizgen.figures.figure import Curve, FigureData

    plot = experiment.plot
    curves = []
    for label, name in plot.curves.items():
        y = _entries(measured[name])
        x = _entries(measured[plot.x]) if plot.x else tuple(float(i + _first(measured[name])) for i in range(len(y)))
        shown = evenly_spread(len(y), at_most=_MOST_POINTS)
        curves.append(Curve(label=label, x=tuple(x[i] for i in shown), y=tuple(y[i] for i in shown)))
    return FigureData(
        kind=plot.kind,
        title=experiment.title,
        description=f"{plot.y_label} over {plot.x_label}: {', '.join(plot.curves)}; {experiment.name}, seed {seed}.",
        x_label=plot.x_label,
        y_label=plot.y_label,
        curves=tuple(curves),
    )


def evenly_spread(count: int, *, at_most: int) -> list[int]:
    """The indices of ``count`` points, or of ``at_most`` of them, at least 2, with the first and the last."""
    if count <= at_most:
        return list(range(count))
    return [round(step * (count - 1) / (at_most - 1)) for step in range(at_most)]


def _entries(found: object) -> tuple[float, ...]:
    series = _series(found)
    return tuple(series.values[0, : int(series.last[0]) + 1 - series.first].tolist())


def _first(found: object) -> int:
    return _series(found).first


def _series(found: object) -> "Series":
    from quizgen.experiments.contract import Series

    assert isinstance(found, Series), "plots show series"  # noqa: S101 - the contract test of all experiments
    return found
