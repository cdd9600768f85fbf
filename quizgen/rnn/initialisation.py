"""How weights are drawn before training: schemes by name, their standard deviations and bounds in closed form.

Glorot & Bengio (2010) and He et al. (2015) derive theirs for deep networks whose layers are drawn independently. In a
recurrent network one matrix is used in every timestep, and its spectral radius and norm decide instead.
The gain of a scheme multiplies its standard deviation, so its variance by gain²; `recommended_gain` says which gain an
activation function wants. Biases of gates: `quizgen.rnn.gate_biases`.
"""

import math
from collections.abc import Callable, Iterable
from typing import Final, Protocol

import numpy as np

from quizgen.errors import ParameterError
from quizgen.registry import Registry
from quizgen.rnn.arrays import FloatArray
from quizgen.rnn.norms import spectral_radius
from quizgen.values import immutable

Generators = Iterable[np.random.Generator]


class Initialisation(Protocol):
    """A way to draw weights of shape (fan_out, fan_in). Gains are arrays over variants; so is what depends on them."""

    def std(self, fan_in: int, fan_out: int, gain: FloatArray) -> FloatArray:
        """Return the root mean square of an entry, in closed form."""
        ...

    def bound(self, fan_in: int, fan_out: int, gain: FloatArray) -> FloatArray:
        """Return what no entry can exceed in size; infinite where there is no such number."""
        ...

    def draw(self, generators: Generators, *, fan_in: int, fan_out: int, gain: FloatArray) -> FloatArray:
        """Return weights (V, fan_out, fan_in), variant v from the v-th generator alone."""
        ...


@immutable
class Uniform:
    """Entries from U(-bound, bound); the variance of that is bound²/3."""

    variance: Callable[[int, int], float]

    def std(self, fan_in: int, fan_out: int, gain: FloatArray) -> FloatArray:
        """Return gain · sqrt(variance)."""
        check_fans(fan_in, fan_out)
        return gain * math.sqrt(self.variance(fan_in, fan_out))

    def bound(self, fan_in: int, fan_out: int, gain: FloatArray) -> FloatArray:
        """Return sqrt(3) standard deviations."""
        check_fans(fan_in, fan_out)
        return gain * math.sqrt(3.0 * self.variance(fan_in, fan_out))

    def draw(self, generators: Generators, *, fan_in: int, fan_out: int, gain: FloatArray) -> FloatArray:
        """Return independent uniform entries."""
        check_fans(fan_in, fan_out)
        unit = np.stack([rng.random((fan_out, fan_in)) for rng in generators])
        return (2.0 * unit - 1.0) * self.bound(fan_in, fan_out, gain)[:, None, None]


@immutable
class Normal:
    """Entries from a normal distribution with mean 0."""

    variance: Callable[[int, int], float]

    def std(self, fan_in: int, fan_out: int, gain: FloatArray) -> FloatArray:
        """Return gain · sqrt(variance)."""
        check_fans(fan_in, fan_out)
        return gain * math.sqrt(self.variance(fan_in, fan_out))

    def bound(self, fan_in: int, fan_out: int, gain: FloatArray) -> FloatArray:
        """Return infinity: a normal number has no bound."""
        check_fans(fan_in, fan_out)
        return np.full_like(gain, np.inf)

    def draw(self, generators: Generators, *, fan_in: int, fan_out: int, gain: FloatArray) -> FloatArray:
        """Return independent normal entries."""
        check_fans(fan_in, fan_out)
        unit = np.stack([rng.standard_normal((fan_out, fan_in)) for rng in generators])
        return unit * self.std(fan_in, fan_out, gain)[:, None, None]


@immutable
class Orthogonal:
    """gain · Q with orthonormal rows or columns, uniform over all such Q (Haar): Saxe et al. (2014).

    Q of a QR decomposition alone is not uniform; the signs of R's diagonal must be moved into it: Mezzadri (2007).
    """

    def std(self, fan_in: int, fan_out: int, gain: FloatArray) -> FloatArray:
        """Return gain / sqrt(longer side)."""
        check_fans(fan_in, fan_out)
        return gain / math.sqrt(max(fan_in, fan_out))

    def bound(self, fan_in: int, fan_out: int, gain: FloatArray) -> FloatArray:
        """Return the gain: no entry of Q is larger than 1."""
        check_fans(fan_in, fan_out)
        return gain.copy()

    def draw(self, generators: Generators, *, fan_in: int, fan_out: int, gain: FloatArray) -> FloatArray:
        """Return scaled matrices all of whose singular values are the gain."""
        check_fans(fan_in, fan_out)
        tall = (max(fan_in, fan_out), min(fan_in, fan_out))
        q, r = np.linalg.qr(np.stack([rng.standard_normal(tall) for rng in generators]))
        signs = np.where(np.diagonal(r, axis1=-2, axis2=-1) < 0, -1.0, 1.0)
        q = q * signs[:, None, :] * gain[:, None, None]
        return np.ascontiguousarray(q if fan_out >= fan_in else q.swapaxes(-1, -2))


@immutable
class Identity:
    """gain · I: Le, Jaitly & Hinton (2015), who start ReLU networks from it."""

    def std(self, fan_in: int, fan_out: int, gain: FloatArray) -> FloatArray:
        """Return the root mean square entry, gain / sqrt(longer side)."""
        check_fans(fan_in, fan_out)
        return gain / math.sqrt(max(fan_in, fan_out))

    def bound(self, fan_in: int, fan_out: int, gain: FloatArray) -> FloatArray:
        """Return the gain."""
        check_fans(fan_in, fan_out)
        return gain.copy()

    def draw(self, generators: Generators, *, fan_in: int, fan_out: int, gain: FloatArray) -> FloatArray:
        """Return scaled identities; nothing is drawn from ``generators``."""
        check_fans(fan_in, fan_out)
        del generators
        return np.eye(fan_out, fan_in) * gain[:, None, None]


@immutable
class SpectralRadius:
    """Independent normal entries, rescaled so that the spectral radius of each matrix is exactly the gain.

    Usual in echo state networks: Jaeger (2001). Only for square matrices.
    """

    def std(self, fan_in: int, fan_out: int, gain: FloatArray) -> FloatArray:
        """Return gain / sqrt(n), the limit for many units (circular law); the mean draw is 5 % below up to n = 256."""
        _check_square(fan_in, fan_out)
        return gain / math.sqrt(fan_in)

    def bound(self, fan_in: int, fan_out: int, gain: FloatArray) -> FloatArray:
        """Return infinity: the radius bounds no entry."""
        _check_square(fan_in, fan_out)
        return np.full_like(gain, np.inf)

    def draw(self, generators: Generators, *, fan_in: int, fan_out: int, gain: FloatArray) -> FloatArray:
        """Return matrices with spectral radius ``gain``."""
        _check_square(fan_in, fan_out)
        return rescaled_to_radius(np.stack([rng.standard_normal((fan_out, fan_in)) for rng in generators]), gain)


def rescaled_to_radius(W: FloatArray, radius: FloatArray) -> FloatArray:
    """Return W (V, n, n) times what makes its spectral radius ``radius`` (V,).

    Raises: ParameterError where the radius of W is 0: no factor changes that.
    """
    now = spectral_radius(W)
    if (now == 0).any():
        raise ParameterError("W: spectral radius 0: expected a matrix that is not nilpotent")
    return np.asarray(W * (radius / now)[:, None, None])


def check_fans(fan_in: int, fan_out: int) -> None:
    """Raise ParameterError unless there is at least one input and one output."""
    for name, size in (("fan_in", fan_in), ("fan_out", fan_out)):
        if size < 1:
            raise ParameterError(f"{name}: {size}: expected a whole number, at least 1")


def _check_square(fan_in: int, fan_out: int) -> None:
    check_fans(fan_in, fan_out)
    if fan_in != fan_out:
        raise ParameterError(f"fan_in {fan_in}, fan_out {fan_out}: expected equal ones: only a square has eigenvalues")


def _xavier(fan_in: int, fan_out: int) -> float:
    """Glorot & Bengio (2010): between 1/fan_in (forward) and 1/fan_out (backward)."""
    return 2.0 / (fan_in + fan_out)


def _he(fan_in: int, _fan_out: int) -> float:
    """He et al. (2015): ReLU halves the mean square, so double it."""
    return 2.0 / fan_in


def _he_fan_out(_fan_in: int, fan_out: int) -> float:
    """He et al. (2015), from the backward pass."""
    return 2.0 / fan_out


def _lecun(fan_in: int, _fan_out: int) -> float:
    """LeCun et al. (1998)."""
    return 1.0 / fan_in


def _pytorch_rnn(_fan_in: int, fan_out: int) -> float:
    """PyTorch's recurrent layers: U(-1/sqrt(hidden size), 1/sqrt(hidden size))."""
    return 1.0 / (3.0 * fan_out)


INITIALISATIONS: Final = Registry[Initialisation](
    "initialisation",
    {
        "xavier_uniform": Uniform(variance=_xavier),
        "xavier_normal": Normal(variance=_xavier),
        "he_uniform": Uniform(variance=_he),
        "he_normal": Normal(variance=_he),
        "he_uniform_fan_out": Uniform(variance=_he_fan_out),
        "he_normal_fan_out": Normal(variance=_he_fan_out),
        "lecun_uniform": Uniform(variance=_lecun),
        "gaussian": Normal(variance=_lecun),  # LeCun's normal scheme: N(0, gain²/fan_in)
        "orthogonal": Orthogonal(),
        "identity": Identity(),
        "spectral_radius": SpectralRadius(),
        "pytorch_rnn": Uniform(variance=_pytorch_rnn),
    },
)


def recommended_gain(activation: str, slope: float = 0.01) -> float:
    """Return the gain that keeps the mean square from layer to layer; the He schemes already hold ReLU's √2.

    ``slope`` is that of leaky ReLU's negative side. Raises: UnknownNameError for an activation without one.
    Source: He et al. (2015) for ReLU and leaky ReLU; the others as in torch.nn.init.calculate_gain.
    """
    gains = {
        "linear": 1.0,
        "sigmoid": 1.0,
        "tanh": 5.0 / 3.0,
        "relu": math.sqrt(2.0),
        "leaky_relu": math.sqrt(2.0 / (1.0 + slope**2)),
        "selu": 0.75,
    }
    return Registry("gain for the activation", gains)[activation]
