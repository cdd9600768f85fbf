"""An experiment on a network of the user's own: weights trained elsewhere take the place of drawn ones.

A file, .npz or .json, holds arrays named as in PyTorch's state dict, and what the network is run on, if anything:

    weight_ih_l0 (Gn, m)    weight_hh_l0 (Gn, n)    bias_ih_l0 (Gn,)    bias_hh_l0 (Gn,)    (biases: 0 if missing)
    x (T, m)                h0 (n,)                 c0 (n,)             (x: drawn if missing; h0, c0: 0 or drawn)

PyTorch's own axes of layers and of a batch, if they are 1, may stay: x (T, 1, m) or (1, T, m), h0 and c0 (1, 1, n).

G is 1 for Elman networks, 4 for the LSTM (gates i, f, g, o), 3 for the GRU (r, z, n).
"""

import json
import math
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from quizgen.errors import ParameterError, UsageError, did_you_mean
from quizgen.experiments import EXPERIMENTS
from quizgen.experiments.contract import Experiment, FloatArray, Measurements, Parameter, Progress, Wanted, unreported
from quizgen.experiments.findings import Simulation
from quizgen.experiments.own import OwnNetwork, OwnWeights
from quizgen.experiments.run import Arguments, check_wanted, checked_arguments
from quizgen.rnn.weights import NAMES, check_shape, stacked, weights_from_arrays

_LSTM_GATES: Final = 4
_MOST_BYTES: Final = 2**28  # of a file's arrays together: those of an LSTM with 2,048 units and as many inputs
_HOW_TO_SAVE: Final = "np.savez('weights.npz', **{name: w.numpy() for name, w in rnn.state_dict().items()})"


def on_network(experiment: Experiment, source: Path | Mapping[str, object]) -> Simulation:
    """The experiment on the network that a file, or a mapping, holds, with the parameters that its arrays leave open.

    Raises: UsageError for an experiment that takes no weights; ParameterError for a file that cannot be read, or arrays
    that do not fit the experiment.
    """
    if not (isinstance(experiment, Simulation) and issubclass(experiment.findings, OwnWeights)):
        raise UsageError(f"{experiment.name} takes no weights", hint=f"these do: {', '.join(taking_weights())}")
    findings = experiment.findings
    own = _network_of(source, findings.gates)
    return replace(
        experiment,
        parameters=tuple(_left_open(experiment.parameters, findings.drawing, own)),
        findings=type(findings.__name__, (findings,), {"own": own}),
    )


def taking_weights() -> list[str]:
    """The names of the experiments that can run on a network of the user's own."""
    return [
        name
        for name, experiment in EXPERIMENTS.items()
        if isinstance(experiment, Simulation) and issubclass(experiment.findings, OwnWeights)
    ]


def run_on_network(
    experiment: Simulation,
    arguments: Arguments,
    *,
    seeds: Sequence[int],
    wanted: Wanted,
    progress: Progress = unreported,
) -> Measurements:
    """Run what `on_network` returned, once for each seed; the seeds draw what the arrays leave open.

    Raises: UnknownNameError for a wanted quantity, ParameterError for an argument.
    """
    check_wanted(experiment, wanted)
    left = {parameter.name for parameter in experiment.parameters}
    for parameter in EXPERIMENTS[experiment.name].parameters:
        if parameter.name in arguments and parameter.name not in left:
            raise ParameterError(f"{experiment.name}.{parameter.name}: your weights file takes its place: leave it out")
    complete = checked_arguments(experiment, arguments, len(seeds))
    with np.errstate(all="ignore"):
        return experiment.measure(complete, seeds=seeds, wanted=wanted, progress=progress)


def _network_of(source: Path | Mapping[str, object], gates: int) -> OwnNetwork:
    if not isinstance(source, Path):
        return network_from_arrays(source, gates=gates)
    arrays = read_arrays(source)
    try:
        return network_from_arrays(arrays, gates=gates)
    except ParameterError as error:
        raise ParameterError(f"{source}: {error.message}", hint=error.hint) from None


def network_from_arrays(arrays: Mapping[str, object], *, gates: int) -> OwnNetwork:
    """The network that ``arrays`` hold.

    Raises: ParameterError naming the array that is unknown, missing, of another shape, or not finite.
    """
    states = ("h0", "c0") if gates == _LSTM_GATES else ("h0",)
    known = (*NAMES, "x", *states)
    for name in arrays:
        if name not in known:
            raise ParameterError(f"{name}: no array of this name is expected", hint=did_you_mean(name, known))
    weights = weights_from_arrays({name: array for name, array in arrays.items() if name in NAMES}, gates=gates)
    check_shape("weight_hh_l0", weights.W_hh, (1, *weights.W_hh.shape[1:]))  # one network
    inputs = start = None
    if "x" in arrays:
        inputs = stacked("x", _without_batch(arrays["x"]), axes=2)
        check_shape("x", inputs, (1, "T", weights.W_xh.shape[-1]))
    if any(name in arrays for name in states):
        start = _start(arrays, states, weights.W_hh.shape[-1])
    return OwnNetwork(weights=weights, inputs=None if inputs is None else inputs[0], start=start)


def _without_batch(array: object) -> object:
    """An array (q, 1, r), as PyTorch has sequences and states of a batch of 1, as (q, r); any other as it is."""
    try:
        found = np.asarray(array)
    except ValueError:  # rows that differ in length are named by who reads them
        return array
    return found[:, 0] if found.ndim == 3 and found.shape[1] == 1 else array


def _start(arrays: Mapping[str, object], states: Sequence[str], n: int) -> FloatArray:
    """The first state, (n,) or, of an LSTM, (2n,)."""
    parts = []
    for name in states:
        part = stacked(name, _without_batch(arrays.get(name, np.zeros(n))), axes=1)  # PyTorch has (1, n): one layer
        check_shape(name, part, (1, n))
        parts.append(part[0])
    return np.concatenate(parts)


def _left_open(parameters: Sequence[Parameter], drawing: Sequence[str], own: OwnNetwork) -> list[Parameter]:
    """The parameters without those that draw what the network brings; its sizes can only be what they are."""
    gone, fixed = set(drawing), {"hidden": own.hidden, "inputs": own.width}
    if own.inputs is not None:
        gone.add("input_std")
        fixed["timesteps"] = len(own.inputs)
    if own.start is not None:
        gone.add("start_std")
    return [
        replace(p, default=fixed[p.name], low=fixed[p.name], high=fixed[p.name]) if p.name in fixed else p
        for p in parameters
        if p.name not in gone
    ]


def read_arrays(path: Path) -> dict[str, object]:
    """The named arrays in a .npz or .json file.

    Raises: ParameterError if it cannot be read, or is something else.
    """
    readers = {".npz": _npz_arrays, ".json": _json_arrays}
    if path.suffix not in readers:
        raise ParameterError(f"{path}: expected a file that ends in .npz or .json", hint=_HOW_TO_SAVE)
    try:
        return readers[path.suffix](path)
    except OSError as error:
        raise ParameterError(f"{path}: cannot be read: {error.strerror or error}") from None
    except MemoryError:
        raise ParameterError(f"{path}: it does not fit into memory", hint=_HOW_TO_SAVE) from None
    except (ValueError, TypeError, OverflowError, EOFError, RecursionError, zipfile.BadZipFile, zlib.error) as error:
        reason = str(error).partition("\n")[0] or type(error).__name__
        raise ParameterError(f"{path}: is not a {path.suffix} file of arrays: {reason}", hint=_HOW_TO_SAVE) from None


def _npz_arrays(path: Path) -> dict[str, object]:
    with path.open("rb") as stream:
        if not zipfile.is_zipfile(stream):
            raise TypeError("it is no zip archive")
        with zipfile.ZipFile(stream) as archive:
            size = sum(_declared_bytes(archive, member) for member in archive.infolist())
        if size > _MOST_BYTES:
            claim = f"its arrays claim {size / 2**20:,.0f} MiB: at most {_MOST_BYTES // 2**20} MiB are read"
            raise ParameterError(f"{path}: {claim}", hint="save the weights of one layer, and a shorter x")
        stream.seek(0)
        with np.load(stream, allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}


def _declared_bytes(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    """How much memory the array in an archive will need, by its header; for what is no array, the file's size."""
    headers = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}
    with archive.open(member) as stream:
        try:
            shape, _, dtype = headers[np.lib.format.read_magic(stream)](stream)
        except (ValueError, KeyError):
            return member.file_size
    return max(0, math.prod(shape)) * dtype.itemsize


def _json_arrays(path: Path) -> dict[str, object]:
    found = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        raise TypeError("it is no object whose keys are the arrays' names")
    return found
