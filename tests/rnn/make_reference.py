"""What PyTorch's automatic differentiation finds for every cell, in float64: for the tests, live or stored.

    python tests/rnn/make_reference.py      # needs torch; writes tests/rnn/reference/torch.npz

Nothing of quizgen is imported. Where PyTorch has the cell, its own step function is used; the others are written out
from their papers. Each timestep gets a copy of the weights, so that their gradients are found timestep by timestep.
"""

from pathlib import Path

import numpy as np

REFERENCE = Path(__file__).parent / "reference" / "torch.npz"
GATES = {"lstm": 4, "gru": 3}
CELLS = (
    "elman_tanh",
    "elman_sigmoid",
    "elman_relu",
    "elman_leaky_relu",
    "elman_linear",
    "leaky",
    "residual",
    "lstm",
    "gru",
    "gru_reset_before",
    "gru_reset_after_z_replaces",
    "gru_reset_before_z_replaces",
)


def random_network(name, *, variants, n, m, timesteps, seed):
    """Weights (named as in PyTorch's state dict), inputs, a start and a loss that is linear in all states."""
    rng = np.random.default_rng([seed, CELLS.index(name)])
    gates = GATES.get(name.partition("_")[0], 1)
    size = 2 * n if name == "lstm" else n
    return {
        "weight_ih_l0": rng.standard_normal((variants, gates * n, m)),
        "weight_hh_l0": rng.standard_normal((variants, gates * n, n)) / np.sqrt(n),
        "bias_ih_l0": rng.standard_normal((variants, gates * n)),
        "bias_hh_l0": rng.standard_normal((variants, gates * n)),
        "x": rng.standard_normal((variants, timesteps, m)),
        "start": rng.standard_normal((variants, size)),
        "along": rng.standard_normal((variants, timesteps, size)),
        "end": rng.standard_normal((variants, size)),
    }


def torch_step(name, weights, state, x):
    """One timestep of one network in PyTorch: state (s,), x (m,) -> next state (s,)."""
    import torch

    order = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    U, W, b, d = (weights[key] for key in order)
    row = x[None]
    if name == "elman_tanh":
        return torch.rnn_tanh_cell(row, state[None], U, W, b, d)[0]
    if name == "elman_relu":
        return torch.rnn_relu_cell(row, state[None], U, W, b, d)[0]
    if name == "lstm":
        h, c = state.chunk(2)
        return torch.cat([part[0] for part in torch.lstm_cell(row, (h[None], c[None]), U, W, b, d)])
    if name == "gru":
        return torch.gru_cell(row, state[None], U, W, b, d)[0]
    if name.startswith("gru_"):
        return _gru_step(name, (U, W, b, d), state, x)
    a = W @ state + U @ x + b + d
    if name in {"leaky", "residual"}:
        skip, scale = {"leaky": (0.5, 0.5), "residual": (1.0, 1.0)}[name]
        return skip * state + scale * torch.tanh(a)
    return {"elman_sigmoid": torch.sigmoid, "elman_leaky_relu": torch.nn.functional.leaky_relu}.get(
        name, lambda linear: linear
    )(a)


def _gru_step(name, tensors, h, x):
    import torch

    (U_r, U_z, U_n), (W_r, W_z, W_n), (b_r, b_z, b_n), (d_r, d_z, d_n) = (tensor.chunk(3) for tensor in tensors)
    r = torch.sigmoid(U_r @ x + b_r + W_r @ h + d_r)
    z = torch.sigmoid(U_z @ x + b_z + W_z @ h + d_z)
    recurrent = r * (W_n @ h + d_n) if "reset_after" in name else W_n @ (r * h) + d_n
    candidate = torch.tanh(U_n @ x + b_n + recurrent)
    return (1 - z) * h + z * candidate if name.endswith("z_replaces") else z * h + (1 - z) * candidate


def measured(name, network):
    """States, step Jacobians, gradients at states, and gradients of the weights timestep by timestep; each (V, …)."""
    rows = [_measured_one(name, {key: array[v] for key, array in network.items()}) for v in range(len(network["x"]))]
    return {key: np.stack([row[key] for row in rows]) for key in rows[0]}


def _measured_one(name, network):
    import torch

    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    tensors = {key: torch.tensor(array, dtype=torch.float64) for key, array in network.items()}
    copies = [{key: tensors[key].clone().requires_grad_() for key in names} for _ in tensors["x"]]
    states = [tensors["start"].requires_grad_()]
    jacobians = []
    for weights, x in zip(copies, tensors["x"], strict=True):
        advance = lambda state, weights=weights, x=x: torch_step(name, weights, state, x)  # noqa: E731
        jacobians.append(torch.autograd.functional.jacobian(advance, states[-1].detach()))
        states.append(advance(states[-1]))
        states[-1].retain_grad()
    loss = (
        sum(row @ state for row, state in zip(tensors["along"], states[1:], strict=True)) + tensors["end"] @ states[-1]
    )
    loss.backward()
    found = {
        "states": torch.stack(states).detach(),
        "jacobians": torch.stack(jacobians),
        "deltas": torch.stack([state.grad for state in states]),
    }
    found |= {key: torch.stack([weights[key].grad for weights in copies]) for key in names}
    return {key: tensor.numpy() for key, tensor in found.items()}


def main():
    """Write the reference values."""
    stored = {}
    for name in CELLS:
        network = random_network(name, variants=2, n=3, m=2, timesteps=4, seed=2024)
        stored |= {f"{name}/given/{key}": array for key, array in network.items()}
        stored |= {f"{name}/found/{key}": array for key, array in measured(name, network).items()}
    REFERENCE.parent.mkdir(exist_ok=True)
    np.savez_compressed(REFERENCE, **stored)


if __name__ == "__main__":
    main()
