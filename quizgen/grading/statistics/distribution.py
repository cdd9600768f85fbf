"""How scores are spread over a class."""

from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray
from quizgen.values import immutable

BINS: Final = 10


@immutable
class Distribution:
    """Five numbers, mean and standard deviation (None for one student) of scores; and how many fall where.

    ``bins`` counts the shares of the points in tenths: from 0 to under 10 %, ..., from 90 to 100 %.
    """

    students: int
    least: float
    lower: float
    median: float
    upper: float
    most: float
    mean: float
    sd: float | None
    bins: tuple[int, ...]


def describe_scores(scores: FloatArray, shares: FloatArray) -> Distribution | None:
    """The distribution of ``scores``, with bins of ``shares``; None where nothing is marked.

    Quartiles by linear interpolation, type 7 of Hyndman & Fan (1996), "Sample quantiles in statistical packages", The
    American Statistician 50; standard deviation with n − 1.  Shapes: (students,) both; NaN is left out.
    """
    known = scores[~np.isnan(scores)]
    if not len(known):
        return None
    least, lower, median, upper, most = (float(number) for number in np.quantile(known, [0, 0.25, 0.5, 0.75, 1]))
    return Distribution(
        students=len(known),
        least=least,
        lower=lower,
        median=median,
        upper=upper,
        most=most,
        mean=float(np.mean(known)),
        sd=float(np.std(known, ddof=1)) if len(known) > 1 else None,
        bins=histogram(shares),
    )


def histogram(shares: FloatArray) -> tuple[int, ...]:
    """How many of ``shares`` lie in each tenth; 1 counts in the last, what is below 0 in the first.

    A share such as 0.3 that binary dust puts below its border counts from the border on.
    """
    tenths = np.floor(shares[~np.isnan(shares)] * BINS + 1e-9).astype(int)
    counts = np.bincount(np.clip(tenths, 0, BINS - 1), minlength=BINS)
    return tuple(int(count) for count in counts)
