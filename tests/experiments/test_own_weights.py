"""Experiments on networks of the user's own: closed forms, drawn networks handed back, and what is refused."""

import io
import json
import zipfile

import numpy as np
import pytest

from quizgen.errors import ParameterError, UnknownNameError, UsageError
from quizgen.experiments import EXPERIMENTS
from quizgen.experiments.contract import Series
from quizgen.experiments.run import everything
from quizgen.experiments.weights import on_network, read_arrays, run_on_network, taking_weights
from quizgen.rnn.bptt import backward
from quizgen.rnn.cells import CELLS
from quizgen.rnn.forward import forward
from quizgen.rnn.weights import NAMES, weights_from_arrays


def own_arrays(gates, n=4, m=3, **more):
    rng = np.random.default_rng(5)
    return {
        "weight_ih_l0": rng.standard_normal((gates * n, m)),
        "weight_hh_l0": 0.5 * rng.standard_normal((gates * n, n)),
        "bias_ih_l0": 0.1 * rng.standard_normal(gates * n),
        "bias_hh_l0": 0.1 * rng.standard_normal(gates * n),
        **more,
    }


def measured(name, arrays, **arguments):
    experiment = on_network(EXPERIMENTS[name], arrays)
    found = run_on_network(experiment, arguments, seeds=[3], wanted=everything(experiment)).found
    return {key: value.values[0] if isinstance(value, Series) else float(value[0]) for key, value in found.items()}


def product_of(name, arrays, x, start):
    """The norms of the products of the first 0 .. T step Jacobians, by plain multiplication and SVD."""
    kind = CELLS[name]
    cell = kind.make(weights_from_arrays({key: arrays[key] for key in NAMES}, gates=kind.gates))
    jacobians = cell.jacobian(forward(cell, x[None], start[None]).slopes(cell))[0]
    product, norms = np.eye(cell.state_size), [1.0]
    for jacobian in jacobians:
        product = jacobian @ product
        norms.append(np.linalg.norm(product, 2))
    return norms


X = np.random.default_rng(6).standard_normal((12, 3))


@pytest.mark.parametrize("name", taking_weights())
def test_every_experiment_that_takes_weights_runs_on_them(name):
    """With their own inputs and start, nothing is undefined, and the sizes are those of the arrays."""
    gates = EXPERIMENTS[name].findings.gates
    states = {"h0": np.full(4, 0.1)} | ({"c0": np.full(4, 0.2)} if gates == 4 else {})
    arrays = own_arrays(gates, x=X, **states)
    experiment = on_network(EXPERIMENTS[name], arrays)
    sizes = {parameter.name: parameter.default for parameter in experiment.parameters}
    assert (sizes["hidden"], sizes["timesteps"]) == (4, 12)
    found = measured(name, arrays)
    assert all(not np.isnan(value).any() for value in found.values())


def test_elman_products_are_those_of_the_own_network():
    """By plain multiplication of the cell's Jacobians along the given inputs."""
    arrays = own_arrays(1, x=X, h0=np.ones((1, 4)))
    expected = product_of("elman", arrays, X, np.ones(4))
    for name in ("jacobian_product", "norm_bound"):
        np.testing.assert_allclose(measured(name, arrays)["product_norm"], expected, rtol=1e-12)
    np.testing.assert_allclose(measured("activations", arrays)["product_norm_tanh"], expected, rtol=1e-12)
    assert measured("jacobian_product", arrays)["weight_norm"] == pytest.approx(
        np.linalg.norm(arrays["weight_hh_l0"], 2)
    )


def test_lstm_products_are_those_of_the_own_network():
    """The full Jacobians, from the given h_0 and c_0."""
    arrays = own_arrays(4, x=X, h0=np.full(4, 0.3), c0=np.full(4, -0.6))
    expected = product_of("lstm", arrays, X, np.repeat([0.3, -0.6], 4))
    np.testing.assert_allclose(measured("lstm_paths", arrays)["full_norm"], expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("gru", {}),
        ("gru_reset_before", {"reset": "before"}),
        ("gru_reset_after_z_replaces", {"update_gate": "replaces"}),
        ("gru_reset_before_z_replaces", {"reset": "before", "update_gate": "replaces"}),
    ],
)
def test_gru_products_are_those_of_the_own_network(cell, words):
    """In both variants and orientations; PyTorch's is the default."""
    arrays = own_arrays(3, x=X, h0=np.full(4, 0.3))
    expected = product_of(cell, arrays, X, np.full(4, 0.3))
    np.testing.assert_allclose(measured("gru_paths", arrays, **words)["full_norm"], expected, rtol=1e-12)


def test_a_start_without_the_cell_state_begins_at_zero():
    """c_0 = 0 if only h_0 is given."""
    arrays = own_arrays(4, x=X, h0=np.full(4, 0.3))
    expected = product_of("lstm", arrays, X, np.repeat([0.3, 0.0], 4))
    np.testing.assert_allclose(measured("lstm_paths", arrays)["full_norm"], expected, rtol=1e-12)


def test_gradients_are_those_of_the_own_network():
    """The gradient norms of clipping, with its linear loss, from a backward pass of the cell."""
    arrays = own_arrays(1, x=X)
    cell = CELLS["elman"].make(weights_from_arrays({key: arrays[key] for key in NAMES}, gates=1))
    trajectory = forward(cell, X[None], np.zeros((1, 4)))
    found = measured("clipping", arrays, loss="linear")
    aim = np.linalg.lstsq(  # the loss is vᵀh_T, and dL/db = Jᵀ-chain of v: recover v from two of its linear images
        np.stack([backward(cell, trajectory, e[None]).b[0] for e in np.eye(4)], axis=1),
        found["component"][-4:],
        rcond=None,
    )[0]
    assert np.linalg.norm(aim) == pytest.approx(1.0)
    gradients = backward(cell, trajectory, aim[None])
    assert found["norm_recurrent"] == pytest.approx(np.linalg.norm(gradients.W_hh), rel=1e-9)
    assert found["norm_input"] == pytest.approx(np.linalg.norm(gradients.W_xh), rel=1e-9)


def test_inputs_are_drawn_where_there_are_none():
    """Then their spread and number are still parameters, and the seed matters."""
    arrays = own_arrays(1)
    experiment = on_network(EXPERIMENTS["jacobian_product"], arrays)
    assert {"timesteps", "input_std", "start_std", "cell"} <= {parameter.name for parameter in experiment.parameters}
    found = run_on_network(experiment, {"timesteps": 7}, seeds=[1, 2], wanted={"product_norm": None})["product_norm"]
    assert found.values.shape == (2, 8)
    assert found.values[0, 7] != found.values[1, 7]


def test_the_table_of_experiments_is_left_alone():
    """A network of one's own lives in a copy."""
    on_network(EXPERIMENTS["jacobian_product"], own_arrays(1))
    assert EXPERIMENTS["jacobian_product"].findings.own is None


@pytest.mark.parametrize("suffix", [".npz", ".json"])
def test_files_of_both_kinds_give_the_same(suffix, tmp_path):
    """To the last digit."""
    arrays, path = own_arrays(1, x=X), tmp_path / f"network{suffix}"
    if suffix == ".npz":
        np.savez(path, **arrays)
    else:
        path.write_text(json.dumps({key: array.tolist() for key, array in arrays.items()}), encoding="utf-8")
    for key, value in measured("jacobian_product", path).items():
        np.testing.assert_array_equal(value, measured("jacobian_product", arrays)[key])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"y": 1}, "y: no array of this name is expected"),
        ({"c0": np.zeros(4)}, "c0: no array of this name is expected"),
        ({"x": np.zeros((5, 2))}, "x: shape (5, 2): expected (T, 3)"),
        ({"x": np.zeros((0, 3))}, "x: shape (0, 3): expected (T, 3)"),
        ({"x": np.full((5, 3), np.nan)}, "x: entry (0, 0) is nan: expected finite numbers"),
        ({"h0": np.zeros(5)}, "h0: shape (5,): expected (4,)"),
        ({"h0": np.zeros((2, 4))}, "h0: shape (2, 4): expected (1, 4)"),
        (
            {"weight_hh_l0": np.zeros((2, 4, 4)), "weight_ih_l0": np.zeros((2, 4, 3))}
            | {"bias_ih_l0": np.zeros((2, 4)), "bias_hh_l0": np.zeros((2, 4))},
            "weight_hh_l0: shape (2, 4, 4): expected (1, 4, 4)",
        ),
    ],
)
def test_arrays_that_do_not_fit_are_named(change, said):
    """One error, with the array's name, what it is, and what was expected."""
    with pytest.raises(ParameterError) as complaint:
        on_network(EXPERIMENTS["jacobian_product"], own_arrays(1) | change)
    assert str(complaint.value).startswith(said)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"gain": 2.0}, "jacobian_product.gain: your weights file takes its place"),
        ({"input_std": 2.0}, "jacobian_product.input_std: your weights file takes its place"),
        ({"hidden": 5}, "jacobian_product.hidden: 5: expected"),
        ({"timesteps": 5}, "jacobian_product.timesteps: 5: expected"),
        ({"gian": 2.0}, "jacobian_product has no parameter 'gian'"),
    ],
)
def test_parameters_that_the_arrays_settle_cannot_be_set(arguments, said):
    """Nor can others that do not exist."""
    with pytest.raises(ParameterError) as complaint:
        measured("jacobian_product", own_arrays(1, x=X), **arguments)
    assert str(complaint.value).startswith(said)


def test_unknown_quantities_and_unfit_experiments_are_refused():
    """With the names that there are."""
    experiment = on_network(EXPERIMENTS["jacobian_product"], own_arrays(1))
    with pytest.raises(UnknownNameError, match="product_norm"):
        run_on_network(experiment, {}, seeds=[1], wanted={"product_nrom": None})
    with pytest.raises(UsageError, match=r"time_scales takes no weights\n.*these do: jacobian_product"):
        on_network(EXPERIMENTS["time_scales"], own_arrays(1))


def test_axes_of_one_batch_may_stay():
    """Inputs (T, 1, m), h0 and c0 (1, 1, n), as PyTorch hands them out, are x (T, m), h0 and c0 (n,)."""
    h0, c0 = 0.1 * np.arange(4.0), -0.2 * np.arange(4.0)
    plain = measured("lstm_paths", own_arrays(4, x=X, h0=h0, c0=c0))
    batched = measured("lstm_paths", own_arrays(4, x=X[:, None], h0=h0[None, None], c0=c0[None, None]))
    np.testing.assert_array_equal(batched["full_norm"], plain["full_norm"])
    with pytest.raises(ParameterError, match="x: "):
        measured("lstm_paths", own_arrays(4, x=np.stack([X, X], axis=1)))


def test_a_size_that_can_only_be_one_number_is_named():
    """Not as a range from it to itself."""
    with pytest.raises(ParameterError, match=r"hidden: 5: expected 4$"):
        measured("jacobian_product", own_arrays(1), hidden=5)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("w.npz", b"not a zip", "is not a .npz file of arrays: it is no zip archive"),
        ("w.npz", b"", "is not a .npz file of arrays"),
        ("w.npz", b"PK\x05\x06" + 18 * b"\0", "weight_hh_l0 is missing"),
        ("w.json", b"{", "is not a .json file of arrays"),
        ("w.json", b"\xff\xfe", "is not a .json file of arrays"),
        ("w.json", b"[1]", "is not a .json file of arrays: it is no object"),
        ("w.json", b"[" * 100_000, "is not a .json file of arrays"),
        ("w.json", b"{}", "weight_hh_l0 is missing"),
        ("w.json", b'{"weight_hh_l0": [[NaN]], "weight_ih_l0": [[1]]}', "weight_hh_l0: entry (0, 0) is nan"),
        ("w.pt", b"", "expected a file that ends in .npz or .json"),
    ],
)
def test_files_that_hold_something_else_are_named(name, content, said, tmp_path):
    """With their path, and how to write such a file."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ParameterError) as complaint:
        on_network(EXPERIMENTS["jacobian_product"], path)
    assert str(complaint.value).startswith(f"{path}: {said}")


@pytest.mark.parametrize(("entries", "claimed"), [(2**57, "1,099,511,627,776"), (2**25 + 2**17, "257")])
def test_arrays_that_claim_more_than_the_limit_are_refused(entries, claimed, tmp_path):
    """A header of a hundred bytes may claim an exabyte; it is read before any memory is asked for."""
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "<f8", "fortran_order": False, "shape": (entries,)})
    with zipfile.ZipFile(tmp_path / "huge.npz", "w") as archive:
        archive.writestr("x.npy", header.getvalue())
    with pytest.raises(ParameterError, match=f"its arrays claim {claimed} MiB: at most 256 MiB are read"):
        read_arrays(tmp_path / "huge.npz")


def test_files_that_cannot_be_read_are_named(tmp_path):
    """Missing ones and folders; objects in a .npz are never unpickled."""
    with pytest.raises(ParameterError, match="cannot be read: No such file"):
        read_arrays(tmp_path / "none.npz")
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(ParameterError, match="cannot be read"):
        read_arrays(tmp_path / "folder.json")
    np.savez(tmp_path / "objects.npz", weight_hh_l0=np.array([None, {}], dtype=object))
    with pytest.raises(ParameterError, match=r"is not a \.npz file of arrays: Object arrays"):
        read_arrays(tmp_path / "objects.npz")
