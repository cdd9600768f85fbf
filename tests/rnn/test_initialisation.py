"""Initialisation schemes against their closed forms and published measurements."""

import numpy as np
import pytest

from quizgen.errors import ParameterError, UnknownNameError
from quizgen.rnn.initialisation import INITIALISATIONS, Normal, recommended_gain, rescaled_to_radius
from quizgen.rnn.norms import spectral_norm, spectral_radius

ANY_SHAPE = [name for name in INITIALISATIONS if name != "spectral_radius"]


def rngs(count, seed=0):
    return [np.random.default_rng([seed, v]) for v in range(count)]


@pytest.mark.parametrize("name", ANY_SHAPE)
def test_sampled_root_mean_square_matches_the_closed_form(name):
    """Over 80,000 entries the root mean square is the std of the scheme, gain included."""
    scheme, gain = INITIALISATIONS[name], np.full(4, 1.5)
    W = scheme.draw(rngs(4), fan_in=200, fan_out=100, gain=gain)
    assert W.shape == (4, 100, 200)
    np.testing.assert_allclose(np.sqrt(np.square(W).mean(axis=(1, 2))), scheme.std(200, 100, gain), rtol=0.02)
    assert (np.abs(W).max(axis=(1, 2)) <= scheme.bound(200, 100, gain) + 1e-12).all()


@pytest.mark.parametrize(
    ("name", "std", "bound"),
    [
        ("xavier_uniform", 0.1, 0.1 * np.sqrt(3)),  # √(2/(50+150)); √(6/200) = 0.1732
        ("xavier_normal", 0.1, np.inf),
        ("he_uniform", 0.2, 0.2 * np.sqrt(3)),  # √(2/50)
        ("he_normal", 0.2, np.inf),
        ("he_uniform_fan_out", np.sqrt(2 / 150), np.sqrt(6 / 150)),
        ("he_normal_fan_out", np.sqrt(2 / 150), np.inf),
        ("lecun_uniform", 1 / np.sqrt(50), np.sqrt(3 / 50)),
        ("gaussian", 1 / np.sqrt(50), np.inf),
        ("orthogonal", 1 / np.sqrt(150), 1.0),
        ("pytorch_rnn", 1 / np.sqrt(450), 1 / np.sqrt(150)),
    ],
)
def test_closed_forms_by_hand(name, std, bound):
    """fan_in 50, fan_out 150, gain 1."""
    scheme, gain = INITIALISATIONS[name], np.ones(1)
    assert scheme.std(50, 150, gain)[0] == pytest.approx(std)
    assert scheme.bound(50, 150, gain)[0] == pytest.approx(bound)


@pytest.mark.parametrize("shape", [(5, 5), (7, 3), (3, 7)])
def test_orthogonal_has_equal_singular_values(shape):
    """All singular values are the gain, whatever the shape."""
    fan_out, fan_in = shape
    W = INITIALISATIONS["orthogonal"].draw(rngs(2), fan_in=fan_in, fan_out=fan_out, gain=np.array([0.9, 1.1]))
    singular = np.linalg.svd(W, compute_uv=False)
    np.testing.assert_allclose(singular, np.repeat([[0.9], [1.1]], min(shape), axis=1))


def test_orthogonal_is_haar():
    """Without the sign correction the mean trace of 2×2 draws would not be 0, nor half of them reflections."""
    Q = INITIALISATIONS["orthogonal"].draw(rngs(4000), fan_in=2, fan_out=2, gain=np.ones(4000))
    assert abs(np.trace(Q, axis1=1, axis2=2).mean()) < 0.06
    assert abs((np.linalg.det(Q) > 0).mean() - 0.5) < 0.03
    assert abs(np.square(Q[:, 0, 0]).mean() - 0.5) < 0.03


def test_square_draws_follow_the_circular_law():
    """The radius of an n×n draw tends to √n·std and its norm to twice that: Xavier 1 and 2, He √2 and 2√2."""
    for name, radius in [("xavier_normal", 1.0), ("he_normal", np.sqrt(2)), ("pytorch_rnn", 1 / np.sqrt(3))]:
        W = INITIALISATIONS[name].draw(rngs(1), fan_in=100, fan_out=100, gain=np.ones(1))
        np.testing.assert_allclose(spectral_radius(W), radius, rtol=0.15)
        np.testing.assert_allclose(spectral_norm(W), 2 * radius, rtol=0.1)


@pytest.mark.parametrize("name", INITIALISATIONS)
def test_variants_do_not_depend_on_each_other(name):
    """A variant drawn alone has the bits that it has in a batch."""
    gain = np.linspace(0.5, 1.5, 50)
    batch = INITIALISATIONS[name].draw(rngs(50), fan_in=6, fan_out=6, gain=gain)
    for v in (0, 17, 49):
        alone = INITIALISATIONS[name].draw([rngs(50)[v]], fan_in=6, fan_out=6, gain=gain[v : v + 1])
        np.testing.assert_array_equal(alone[0], batch[v])


def test_spectral_radius_is_what_was_asked():
    """Each matrix has exactly the radius, and its entries the std of the circular law in the limit."""
    scheme, gain = INITIALISATIONS["spectral_radius"], np.array([0.9, 1.2, 0.5])
    W = scheme.draw(rngs(3), fan_in=100, fan_out=100, gain=gain)
    np.testing.assert_allclose(np.abs(np.linalg.eigvals(W)).max(axis=1), gain, rtol=1e-12)
    np.testing.assert_allclose(np.sqrt(np.square(W).mean(axis=(1, 2))), scheme.std(100, 100, gain), rtol=0.1)


def test_a_nilpotent_matrix_cannot_be_rescaled():
    """Its radius is 0, whatever the factor."""
    with pytest.raises(ParameterError, match="spectral radius 0"):
        rescaled_to_radius(np.array([[[0.0, 1.0], [0.0, 0.0]]]), np.ones(1))


@pytest.mark.parametrize("name", INITIALISATIONS)
@pytest.mark.parametrize(("fan_in", "fan_out", "said"), [(0, 3, "fan_in: 0"), (3, -1, "fan_out: -1")])
def test_sizes_below_one_are_refused(name, fan_in, fan_out, said):
    """By the draw and by the closed forms, with the size's name and range."""
    scheme, gain = INITIALISATIONS[name], np.ones(1)
    for ask in (
        lambda: scheme.draw(rngs(1), fan_in=fan_in, fan_out=fan_out, gain=gain),
        lambda: scheme.std(fan_in, fan_out, gain),
        lambda: scheme.bound(fan_in, fan_out, gain),
    ):
        with pytest.raises(ParameterError, match=f"{said}: expected a whole number, at least 1"):
            ask()


def test_only_squares_have_a_radius():
    """The scheme that sets the spectral radius says so."""
    with pytest.raises(ParameterError, match="fan_in 3, fan_out 4: expected equal ones"):
        INITIALISATIONS["spectral_radius"].std(3, 4, np.ones(1))


def test_recommended_gains_are_those_of_torch():
    """By hand: tanh 5/3, ReLU √2, leaky ReLU √(2/(1 + a²)) with a = 0.01 unless told otherwise."""
    gains = {"linear": 1, "sigmoid": 1, "tanh": 5 / 3, "relu": 2**0.5, "selu": 0.75, "leaky_relu": (2 / 1.0001) ** 0.5}
    for name, gain in gains.items():
        assert recommended_gain(name) == pytest.approx(gain, rel=1e-15)
    assert recommended_gain("leaky_relu", 1.0) == 1.0
    with pytest.raises(UnknownNameError, match="gain for the activation"):
        recommended_gain("tan")


def test_recommended_gains_agree_with_installed_torch():
    """Where torch is installed."""
    torch = pytest.importorskip("torch")
    for name in ("linear", "sigmoid", "tanh", "relu", "leaky_relu", "selu"):
        assert recommended_gain(name) == torch.nn.init.calculate_gain(name)


def test_a_scheme_is_its_variance():
    """A newcomer's scheme is one line."""
    assert Normal(variance=lambda fan_in, fan_out: 4.0).std(3, 5, np.array([0.5]))[0] == 1.0
