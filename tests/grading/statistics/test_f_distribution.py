"""Quantiles of F against published tables, closed forms and each other."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.errors import ParameterError
from quizgen.grading.statistics.f_distribution import f_probability, f_quantile, incomplete_beta

# Upper critical values as in Abramowitz & Stegun (1964), table 26.9, or any book of tables: (p, df1, df2) -> F.
TABLE = {
    (0.95, 1, 1): 161.4476,
    (0.95, 2, 3): 9.5521,
    (0.95, 5, 10): 3.3258,
    (0.95, 10, 20): 2.3479,
    (0.975, 1, 1): 647.7890,
    (0.975, 3, 3): 15.4392,
    (0.975, 9, 20): 2.8365,
    (0.99, 5, 10): 5.6363,
    (0.99, 10, 2): 99.3992,
    (0.90, 3, 3): 5.3908,
}


@pytest.mark.parametrize(("at", "quantile"), TABLE.items())
def test_quantiles_are_those_of_the_tables(at, quantile):
    """To the four decimals that are printed there."""
    assert f_quantile(*at) == pytest.approx(quantile, abs=6e-5)


@given(p=st.floats(0.001, 0.999), df2=st.integers(1, 2000))
def test_two_degrees_of_freedom_have_a_closed_form(p, df2):
    """For df1 = 2, P(F > x) = (1 + 2x/df2)^(-df2/2)."""
    x = df2 / 2 * math.expm1(-2 / df2 * math.log1p(-p))
    assert f_quantile(p, 2, df2) == pytest.approx(x, rel=1e-9)


@given(p=st.floats(0.001, 0.999), df1=st.integers(1, 500), df2=st.integers(1, 20_000))
def test_quantiles_invert_probabilities_and_turn_over(p, df1, df2):
    """P(F ≤ quantile(p)) = p, and quantile(p; m, n) = 1 / quantile(1 − p; n, m)."""
    x = f_quantile(p, df1, df2)
    assert f_probability(x, df1, df2) == pytest.approx(p, rel=1e-9)
    assert x * f_quantile(1 - p, df2, df1) == pytest.approx(1, rel=1e-7)


@given(n=st.integers(1, 40), k=st.integers(1, 40), x=st.floats(0.01, 0.99))
def test_whole_numbers_give_the_binomial_distribution(n, k, x):
    """I_x(k, n − k + 1) is the chance of k or more hits in n, a sum of binomial terms."""
    k = min(k, n)
    tail = math.fsum(math.comb(n, j) * x**j * (1 - x) ** (n - j) for j in range(k, n + 1))
    assert incomplete_beta(k, n - k + 1, x) == pytest.approx(tail, rel=1e-10)


def test_ends_and_a_class_of_100_000():
    """The ends are exact, and huge degrees of freedom converge."""
    assert (incomplete_beta(2, 3, 0), incomplete_beta(2, 3, 1), f_probability(-1, 2, 3)) == (0, 1, 0)
    assert f_quantile(0.5, 1e5, 3e6) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("arguments", [(0, 1, 1), (1, 1, 1), (0.5, 0, 1), (0.5, 1, -1), (math.nan, 1, 1)])
def test_what_is_no_probability_is_refused(arguments):
    """The message names what was seen."""
    with pytest.raises(ParameterError, match="expected"):
        f_quantile(*arguments)
    with pytest.raises(ParameterError, match="expected"):
        incomplete_beta(-1, 1, 0.5)
