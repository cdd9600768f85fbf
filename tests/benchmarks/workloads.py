"""What is timed on our side: the calls of `quizgen.rnn` that a user would write."""

from dataclasses import dataclass

import numpy as np

from quizgen.rnn.activations import TANH
from quizgen.rnn.cells import CELLS, Cell
from quizgen.rnn.elman import Elman
from quizgen.rnn.forward import Trajectory, forward
from quizgen.rnn.jacobians import Probe, product_norms
from quizgen.rnn.linear import scaled_rows
from quizgen.rnn.norms import spectral_norm
from quizgen.rnn.step_norms import step_norms
from quizgen.rnn.weights import Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class TanhNetworks:
    """V tanh networks of n units over T timesteps: W (V, n, n), their own input for each unit x (V, T, n), h_0 = 0."""

    W: np.ndarray
    x: np.ndarray

    @classmethod
    def draw(cls, *, n: int, timesteps: int, variants: int, weights: str = "gaussian", seed: int = 0) -> "TanhNetworks":
        """W of gain 1, from N(0, 1/n) or orthogonal; inputs from N(0, 0.3²)."""
        rng = np.random.default_rng(seed)
        W = rng.standard_normal((variants, n, n)) / np.sqrt(n)
        if weights == "orthogonal":
            W = np.linalg.qr(W)[0]
        return cls(W=W, x=0.3 * rng.standard_normal((variants, timesteps, n)))

    @property
    def start(self) -> np.ndarray:
        """h_0 (V, n)."""
        return np.zeros((len(self.x), self.x.shape[-1]))

    def run(self) -> tuple[Trajectory, np.ndarray]:
        """The forward pass, and the slopes phi'(a_t) (V, T, n)."""
        n = self.x.shape[-1]
        eye = np.broadcast_to(np.eye(n), self.W.shape)
        cell = Elman(activation=TANH, W_hh=self.W, W_xh=eye, b=self.start)
        trajectory = forward(cell, self.x, self.start)
        return trajectory, TANH.derivative(trajectory.pre_activations)

    def norms(self) -> tuple[np.ndarray, np.ndarray]:
        """‖J_t‖ and ‖J_t … J_1‖, t = 1 .. T: (V, T) each."""
        trajectory, slopes = self.run()
        asked = np.ones((len(self.x), self.x.shape[1] + 1), dtype=bool)
        products = self._products(trajectory, slopes, asked)
        return step_norms(slopes, self.W), products[:, 1:]

    def last_product_norm(self) -> np.ndarray:
        """‖J_T … J_1‖: (V,)."""
        trajectory, slopes = self.run()
        asked = np.zeros((len(self.x), self.x.shape[1] + 1), dtype=bool)
        asked[:, -1] = True
        return self._products(trajectory, slopes, asked)[:, -1]

    def _products(self, trajectory: Trajectory, slopes: np.ndarray, asked: np.ndarray) -> np.ndarray:
        def jacobian(t: int, active: int) -> np.ndarray:
            return scaled_rows(slopes[:active, t - 1], self.W[:active])

        probe = Probe(norm=spectral_norm, asked=asked)
        return product_norms(jacobian, trajectory.lengths, self.x.shape[-1], [probe], order="forward")[0].value


@dataclass(frozen=True, slots=True, kw_only=True)
class GatedNetworks:
    """V gated networks after their forward pass, so that only the Jacobians are timed."""

    weights: Weights
    cell: Cell
    trajectory: Trajectory

    @classmethod
    def draw(cls, *, kind: str, n: int, timesteps: int, variants: int, seed: int = 0) -> "GatedNetworks":
        """Weights from PyTorch's default, U(±1/√n); inputs from N(0, 1), as many as units."""
        rng = np.random.default_rng(seed)
        rows = CELLS[kind].gates * n
        W_hh, W_xh = (rng.uniform(-1, 1, (variants, rows, n)) / np.sqrt(n) for _ in range(2))
        b_hh, b_xh = (rng.uniform(-1, 1, (variants, rows)) / np.sqrt(n) for _ in range(2))
        weights = Weights(W_hh=W_hh, W_xh=W_xh, b_xh=b_xh, b_hh=b_hh)
        cell = CELLS[kind].make(weights)
        x = rng.standard_normal((variants, timesteps, n))
        trajectory = forward(cell, x, np.zeros((variants, CELLS[kind].states * n)))
        return cls(weights=weights, cell=cell, trajectory=trajectory)

    def jacobians(self, out: np.ndarray | None = None) -> np.ndarray:
        """All step Jacobians, in a new array or in ``out``: (V, T, s, s)."""
        return self.cell.jacobian(self.trajectory.slopes(self.cell), out=out)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """T given Jacobians (T, n, n) of one network, and nothing but their product."""

    jacobians: np.ndarray

    @classmethod
    def draw(cls, *, n: int, timesteps: int) -> "Chain":
        """Those of a tanh network."""
        networks = TanhNetworks.draw(n=n, timesteps=timesteps, variants=1)
        return cls(jacobians=scaled_rows(networks.run()[1], networks.W)[0])

    def ours(self) -> np.ndarray:
        """The product kept in range."""
        timesteps, n, _ = self.jacobians.shape
        asked = np.zeros((1, timesteps + 1), dtype=bool)
        asked[:, -1] = True
        probe = Probe(norm=lambda stack: stack[:, 0, 0], asked=asked)
        return product_norms(
            lambda t, _active: self.jacobians[t - 1 : t], np.array([timesteps]), n, [probe], order="forward"
        )[0].value

    def plain(self) -> np.ndarray:
        """The same products by matrix multiplication alone, between two arrays."""
        product, other = np.eye(self.jacobians.shape[-1]), np.empty(self.jacobians.shape[1:])
        for factor in self.jacobians:
            np.matmul(factor, product, out=other)
            product, other = other, product
        return product
