"""The same numbers by PyTorch's automatic differentiation, float64, as its documentation teaches it."""

import numpy as np
import torch
from torch.func import jacrev, vmap

from tests.benchmarks.workloads import GatedNetworks, TanhNetworks

torch.set_num_threads(1)


def tensors(*arrays: np.ndarray) -> tuple[torch.Tensor, ...]:
    return tuple(torch.from_numpy(np.ascontiguousarray(array)) for array in arrays)


def tanh_step(h: torch.Tensor, x: torch.Tensor, W: torch.Tensor) -> torch.Tensor:
    return torch.tanh(W @ h + x)


def norms_by_functional_jacobian(networks: TanhNetworks) -> tuple[np.ndarray, np.ndarray]:
    """`torch.autograd.functional.jacobian` timestep by timestep, with `torch.linalg.matrix_norm`."""
    W, x, start = tensors(networks.W, networks.x, networks.start)
    variants, timesteps, n = x.shape
    steps, products = torch.zeros(variants, timesteps), torch.zeros(variants, timesteps)
    steps, products = steps.double(), products.double()
    for v in range(variants):
        h, product = start[v], torch.eye(n, dtype=torch.float64)
        for t in range(timesteps):
            J = torch.autograd.functional.jacobian(lambda h, v=v, t=t: tanh_step(h, x[v, t], W[v]), h)
            h, product = tanh_step(h, x[v, t], W[v]), J @ product
            steps[v, t], products[v, t] = torch.linalg.matrix_norm(J, 2), torch.linalg.matrix_norm(product, 2)
    return steps.numpy(), products.numpy()


def norms_by_vmap(networks: TanhNetworks) -> tuple[np.ndarray, np.ndarray]:
    """`vmap(jacrev)` over all variants and timesteps, with `torch.linalg.svdvals`."""
    W, x, h = tensors(networks.W, networks.x, networks.start)
    variants, timesteps, n = x.shape
    states = []
    for t in range(timesteps):
        states.append(h)
        h = vmap(tanh_step)(h, x[:, t], W)
    J = vmap(vmap(jacrev(tanh_step), (0, 0, None)))(torch.stack(states, 1), x, W)
    product, products = torch.eye(n, dtype=torch.float64).expand(variants, n, n), []
    for t in range(timesteps):
        product = J[:, t] @ product
        products.append(product)
    return torch.linalg.svdvals(J)[..., 0].numpy(), torch.linalg.svdvals(torch.stack(products, 1))[..., 0].numpy()


def lstm_step(state: torch.Tensor, fed: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    h, c = state.chunk(2)
    i, f, g, o = (W @ h + fed + b).chunk(4)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.cat([torch.sigmoid(o) * torch.tanh(c), c])


def gru_step(h: torch.Tensor, fed: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    (fed_r, fed_z, fed_n), (r, z, n) = fed.chunk(3), (W @ h + b).chunk(3)
    r, z = torch.sigmoid(fed_r + r), torch.sigmoid(fed_z + z)
    return z * h + (1 - z) * torch.tanh(fed_n + r * n)


STEPS = {"lstm": lstm_step, "gru": gru_step}


def jacobians_by_vmap(networks: GatedNetworks, kind: str) -> np.ndarray:
    """`vmap(jacrev)` of the cell over all variants and timesteps, from the same states."""
    weights, trajectory = networks.weights, networks.trajectory
    fed = np.einsum("vpm,vtm->vtp", weights.W_xh, trajectory.inputs) + weights.b_xh[:, None]
    states, inputs, W, b = tensors(trajectory.states[:, :-1], fed, weights.W_hh, weights.b_hh)
    return vmap(vmap(jacrev(STEPS[kind]), (0, 0, None, None)))(states, inputs, W, b).numpy()
