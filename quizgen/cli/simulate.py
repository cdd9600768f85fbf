"""``quizgen simulate``: run one experiment and read its measurements, or list what there is."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizgen.cli import options
from quizgen.cli.progress import ProgressBar
from quizgen.cli.simulate_figure import checked_figure, figure_of, write_figure
from quizgen.errors import UsageError

if TYPE_CHECKING:
    from quizgen.experiments.contract import Experiment, Measurements, Parameter, Quantity, Series

_ROWS = 11  # of a series in a table
_COLUMNS = 4  # series side by side
_LARGEST_WHOLE = 1e7  # beyond it, whole numbers are written as the others


@click.command()
@click.argument("experiment", required=False)
@click.option(
    "--parameters", "as_list", is_flag=True, help="List its parameters and quantities, or those of all; run nothing."
)
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="Set a parameter; any number of times.")
@options.seed
@click.option("--json", "as_json", is_flag=True, help="Print every entry of every series, with all digits.")
@click.option(
    "--weights",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Run it on your own network: .npz or .json, arrays named as in PyTorch's state dict, and x, h0, c0.",
)
@click.option(
    "--figure", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.svg", help="Draw its series to a file."
)
@click.option("--force", is_flag=True, help="Overwrite the figure if it exists.")
def simulate(
    experiment: str | None,
    as_list: bool,
    settings: tuple[str, ...],
    seed: int | None,
    as_json: bool,
    weights: Path | None,
    figure: Path | None,
    force: bool,
) -> None:
    """Run EXPERIMENT and print what it measures; without a name, list the experiments with their parameters.

    For example: quizgen simulate jacobian_product --set cell=tanh --set gain=0.9 --seed 1

    Or on a network of yours: quizgen simulate lstm_paths --weights lstm.npz
    """
    from quizgen.experiments import EXPERIMENTS
    from quizgen.experiments.run import everything, run
    from quizgen.experiments.weights import on_network, run_on_network

    if experiment is None:
        if settings or weights or figure:
            option = "--set" if settings else "--weights" if weights else "--figure"
            raise UsageError(f"{option} needs an experiment", hint="quizgen simulate lists them")
        every = [EXPERIMENTS[name] for name in EXPERIMENTS]
        overview = [] if as_list else ["\n".join(_overview(every))]
        click.echo("\n\n".join([*overview, *map(_described, every)]))
        return
    chosen = EXPERIMENTS[experiment]
    measure = partial(run, experiment)
    if weights is not None:
        chosen = on_network(chosen, weights)
        measure = partial(run_on_network, chosen)
    if as_list:
        click.echo(_described(chosen))
        return
    arguments = parsed_settings(settings, chosen.parameters)
    seed = options.drawn(seed)
    figure = checked_figure(figure)
    with ProgressBar(chosen.name) as progress:
        measured = measure(arguments, seeds=[seed], wanted=everything(chosen), progress=progress)
    if figure is not None:
        write_figure(figure, figure_of(chosen, seed, measured), force=force)
    if as_json:
        click.echo(as_json_text(chosen, arguments, seed, measured, weights=weights))
        return
    click.echo(f"{chosen.name}: {chosen.title} (seed {seed}{f', weights {weights}' if weights else ''})")
    click.echo("\n".join(_tables(chosen, arguments, measured)))


def parsed_settings(settings: Sequence[str], parameters: Sequence["Parameter"]) -> dict[str, float | str]:
    """The arguments in ``NAME=VALUE`` settings: numbers where a number is wanted, words elsewhere.

    Raises: UsageError for what is not NAME=VALUE, or for a name that is set twice. The rest is checked by `run`.
    """
    numeric = {parameter.name for parameter in parameters if parameter.kind != "word"}
    arguments: dict[str, float | str] = {}
    for setting in settings:
        name, equals, text = (part.strip() for part in setting.partition("="))
        if not (name and equals and text):
            raise UsageError(f"--set {setting}: expected NAME=VALUE", hint="for example --set gain=0.9")
        if name in arguments:
            raise UsageError(f"--set {setting}: {name} is set twice")
        arguments[name] = _number_or_word(text) if name in numeric else text
    return arguments


def _number_or_word(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text  # refused by the experiment's own check, which knows the range


def _overview(experiments: Sequence["Experiment"]) -> list[str]:
    """One line for each experiment, and how to ask for more."""
    return [
        *_aligned([("experiment", "title", "claims"), *((e.name, e.title, ", ".join(e.claims)) for e in experiments)]),
        "",
        "quizgen simulate NAME --parameters lists the parameters and quantities of one, as follow here for all:",
    ]


def _described(experiment: "Experiment") -> str:
    """An experiment with its parameters and quantities, as lines."""
    nature = "fixed by its parameters" if experiment.determined else "random weights"
    rows = [("parameter", "symbol", "default", "meaning", "range")]
    rows += [
        (parameter.name, parameter.symbol, _short(parameter.default), parameter.meaning, _range(parameter))
        for parameter in experiment.parameters
    ]
    found = [("quantity", "symbol", "index", "meaning")]
    found += [
        (quantity.name, quantity.symbol, _index(quantity), quantity.meaning) for quantity in experiment.quantities
    ]
    head = f"{experiment.name}: {experiment.title} ({nature}; claims {', '.join(experiment.claims)})"
    return "\n".join([head, *_aligned(rows), "", *_aligned(found)])


def _tables(experiment: "Experiment", arguments: Mapping[str, float | str], measured: "Measurements") -> Iterator[str]:
    """The arguments, the single numbers, and a few rows of each series."""
    from quizgen.experiments.contract import Series

    said = [(p.name, _short(arguments.get(p.name, p.default)), p.meaning) for p in experiment.parameters]
    yield from ["", *_aligned([("parameter", "value", "meaning"), *said])]
    if lost_at := _lost_at(measured):
        yield from ["", f"  The hidden state is infinite or undefined from timestep {lost_at} on: hence nan and inf."]
    numbers = [("quantity", "value", "unit", "meaning")]
    series: dict[tuple[str, int], list[tuple[str, Series]]] = {}
    for quantity in experiment.quantities:
        found = measured[quantity.name]
        if isinstance(found, Series):
            series.setdefault((quantity.index, int(found.last[0])), []).append((quantity.name, found))
        else:
            unit = "" if quantity.unit == "1" else quantity.unit
            numbers.append((quantity.name, _short(float(found[0])), unit, quantity.meaning))
    if len(numbers) > 1:
        yield from ["", *_aligned(numbers)]
    for (index, last), columns in series.items():
        for start in range(0, len(columns), _COLUMNS):
            yield from ["", *_aligned(_series_rows(index, last, columns[start : start + _COLUMNS]))]


def _lost_at(measured: "Measurements") -> int:
    """The first timestep whose hidden state is not finite; 0 if there is none."""
    return 0 if measured.lost_at is None else int(measured.lost_at[0])


def _series_rows(index: str, last: int, columns: Sequence[tuple[str, "Series"]]) -> list[tuple[str, ...]]:
    first = min(found.first for _, found in columns)
    rows = [("entry" if index == "component" else index, *(name for name, _ in columns))]
    for entry in sampled(first, last):
        cells = [_short(float(s.values[0, entry - s.first])) if entry >= s.first else "" for _, s in columns]
        rows.append((str(entry), *cells))
    return rows


def sampled(first: int, last: int) -> list[int]:
    """Indices from ``first`` to ``last``, evenly spread where there are too many for a table."""
    steps = min(_ROWS - 1, last - first)
    return [first + round(step * (last - first) / steps) for step in range(steps + 1)] if steps else [first]


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows as lines with a column for each place."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  " + "  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]


def _short(value: float | str) -> str:
    if isinstance(value, str):
        return value
    is_whole = abs(value) < _LARGEST_WHOLE and value == int(value)
    return str(int(value)) if is_whole else f"{value:.6g}"


def _range(parameter: "Parameter") -> str:
    if parameter.kind == "word":
        return " | ".join(parameter.words)
    return f"{_short(parameter.low)} to {_short(parameter.high)}{', whole' if parameter.kind == 'integer' else ''}"


def _index(quantity: "Quantity") -> str:
    return f"{quantity.index} from {quantity.first}" if quantity.index else ""


def as_json_text(
    experiment: "Experiment",
    arguments: Mapping[str, float | str],
    seed: int,
    measured: "Measurements",
    *,
    weights: Path | None = None,
) -> str:
    """The measurements as JSON, every digit; what JSON cannot hold is written "inf", "-inf" or "nan"."""
    import json
    import math

    from quizgen.experiments.contract import Series

    def plain(value: float) -> float | str:
        return value if math.isfinite(value) else str(value)

    found: dict[str, object] = {}
    for name, values in measured.found.items():
        if isinstance(values, Series):
            count = int(values.last[0]) - values.first + 1
            found[name] = {"first": values.first, "values": [plain(x) for x in values.values[0, :count].tolist()]}
        else:
            found[name] = plain(float(values[0]))
    defaults = {parameter.name: parameter.default for parameter in experiment.parameters}
    return json.dumps(
        {
            "experiment": experiment.name,
            "seed": seed,
            **({"weights": str(weights)} if weights else {}),
            "arguments": {**defaults, **arguments},
            **({"hidden_state_lost_at": _lost_at(measured)} if _lost_at(measured) else {}),
            "measurements": found,
        },
        ensure_ascii=False,
        indent=2,
        allow_nan=False,
    )
