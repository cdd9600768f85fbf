"""``quizgen simulate NAME --weights FILE``."""

import json

import numpy as np


def saved(folder, **more):
    path = folder / "rnn.npz"
    arrays = {"weight_ih_l0": np.ones((2, 1)), "weight_hh_l0": np.array([[0.5, 0.0], [0.0, 0.25]])}
    np.savez(path, **arrays | more)
    return path


def test_a_network_of_ones_own_is_measured(quizgen, tmp_path):
    """A linear network without input: its product is W^k, and the head of the table names the file."""
    path = saved(tmp_path)
    ended = quizgen(
        "simulate", "jacobian_product", "--weights", path, "--set", "cell=linear", "--set", "timesteps=3", "--seed", 1
    )
    assert ended.code == 0
    lines = ended.out.splitlines()
    assert lines[0] == f"jacobian_product: Product of Jacobians through time (seed 1, weights {path})"
    assert "  hidden     2       number of hidden units" in lines
    assert not any(line.split()[:1] == ["gain"] for line in lines)
    products = [line.split() for line in lines[lines.index("") :] if line.split()[:1] == ["3"]]
    assert products[0][:3] == ["3", "0.5", "0.125"]  # timestep, ‖J_3‖, ‖J_3 J_2 J_1‖


def test_json_names_the_file_and_has_every_digit(quizgen, tmp_path):
    """With x given, its length is the number of timesteps."""
    path = saved(tmp_path, x=np.zeros((4, 1)))
    said = json.loads(
        quizgen("simulate", "jacobian_product", "--weights", path, "--set", "cell=linear", "--json", "--seed", 1).out
    )
    assert said["weights"] == str(path)
    assert said["arguments"]["timesteps"] == 4
    assert said["measurements"]["product_norm"]["values"] == [1.0, 0.5, 0.25, 0.125, 0.0625]


def test_a_file_at_fault_ends_with_one_clear_message(quizgen, tmp_path):
    """Exit code 1, the path, the array, what it is and what was expected."""
    path = saved(tmp_path, h0=np.zeros(3))
    ended = quizgen("simulate", "norm_bound", "--weights", path)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == f"error: {path}: h0: shape (3,): expected (2,)\n"


def test_wrong_usage_is_explained(quizgen, tmp_path):
    """Exit code 2 for no experiment, and for one that takes no weights."""
    path = saved(tmp_path)
    ended = quizgen("simulate", "--weights", path)
    assert (ended.code, ended.err.splitlines()[0]) == (2, "error: --weights needs an experiment")
    ended = quizgen("simulate", "time_scales", "--weights", path)
    assert (ended.code, ended.err.splitlines()[0]) == (2, "error: time_scales takes no weights")
