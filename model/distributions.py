"""Probabilities of the normal, Student and binomial laws, for the intervals and for what chance alone would give."""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

__all__ = [
    "binomial_cumulative",
    "normal_cumulative",
    "normal_quantile",
    "regularized_beta",
    "student_quantile",
    "student_upper_tail",
]

_TINY = 1e-300
_MOST_TERMS = 100_000


def normal_cumulative(x: float) -> float:
    """Return the probability that a standard normal variable is at most ``x``."""
    return 0.5 * math.erfc(-x / math.sqrt(2.0))


def normal_quantile(probability: float) -> float:
    """Return the standard normal quantile.

    Raises
    ------
    ValueError : ``probability`` is not strictly between 0 and 1.
    """
    if not 0.0 < probability < 1.0:
        raise ValueError(f"a quantile needs a probability strictly between 0 and 1, not {probability!r}")
    return NormalDist().inv_cdf(probability)


def _beta_fraction(a: float, b: float, x: float) -> float:
    """Evaluate the continued fraction of the incomplete beta function by Lentz's method.

    Source: NIST Digital Library of Mathematical Functions, 8.17.22.
    """
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > _TINY else _TINY)
    value = d
    for m in range(1, _MOST_TERMS):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0)),
        ):
            d = 1.0 + numerator * d
            d = 1.0 / (d if abs(d) > _TINY else _TINY)
            c = 1.0 + numerator / c
            c = c if abs(c) > _TINY else _TINY
            value *= c * d
        if abs(c * d - 1.0) < 1e-15:
            return value
    raise ArithmeticError(f"the incomplete beta function did not converge at a={a!r}, b={b!r}, x={x!r}")


def regularized_beta(a: float, b: float, x: float, complement: float | None = None) -> float:
    """Return the regularized incomplete beta function I_x(a, b).

    Parameters
    ----------
    a, b : shapes, > 0.
    x : upper limit, 0-1.
    complement : 1 - ``x``, given apart when it is known more exactly than by subtraction.

    Raises
    ------
    ValueError : a shape that is not positive, or ``x`` outside 0-1.
    """
    if a <= 0.0 or b <= 0.0 or not 0.0 <= x <= 1.0:
        raise ValueError(f"the incomplete beta function needs a > 0, b > 0, 0 <= x <= 1, not {a!r}, {b!r}, {x!r}")
    y = 1.0 - x if complement is None else complement
    if x == 0.0 or y == 1.0:
        return 0.0
    if y == 0.0 or x == 1.0:
        return 1.0
    scale = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(y))
    # The fraction converges fast only below the mean of the law; above it, the mirrored one is used.
    if x < (a + 1.0) / (a + b + 2.0):
        return scale * _beta_fraction(a, b, x) / a
    return 1.0 - scale * _beta_fraction(b, a, y) / b


def student_upper_tail(x: float, degrees: float) -> float:
    """Return the probability that a Student variable exceeds ``x``.

    Raises
    ------
    ValueError : ``degrees`` is not positive.
    """
    if degrees <= 0.0:
        raise ValueError(f"degrees of freedom must be positive, not {degrees!r}")
    if math.isinf(x):
        return 0.0 if x > 0 else 1.0
    square = x * x
    tail = 0.5 * regularized_beta(0.5 * degrees, 0.5, degrees / (degrees + square), square / (degrees + square))
    return tail if x >= 0.0 else 1.0 - tail


@lru_cache(maxsize=4096)
def student_quantile(probability: float, degrees: float) -> float:
    """Return the quantile of Student's law, found by bisection to the last digits of a double.

    Raises
    ------
    ValueError : ``probability`` is not strictly between 0 and 1, or ``degrees`` is not positive.
    """
    if not 0.0 < probability < 1.0:
        raise ValueError(f"a quantile needs a probability strictly between 0 and 1, not {probability!r}")
    if degrees <= 0.0:
        raise ValueError(f"degrees of freedom must be positive, not {degrees!r}")
    if probability == 0.5:
        return 0.0
    tail = min(probability, 1.0 - probability)
    low, high = 0.0, 1.0
    while student_upper_tail(high, degrees) > tail:
        low, high = high, 2.0 * high
    while high - low > 1e-14 * high:
        middle = 0.5 * (low + high)
        if middle in (low, high):
            break
        if student_upper_tail(middle, degrees) > tail:
            low = middle
        else:
            high = middle
    value = 0.5 * (low + high)
    return value if probability > 0.5 else -value


def binomial_cumulative(successes: int, trials: int, probability: float) -> float:
    """Return the probability of at most ``successes`` among ``trials`` independent ones.

    Raises
    ------
    ValueError : negative ``trials``, or ``probability`` outside 0-1.
    """
    if trials < 0 or not 0.0 <= probability <= 1.0:
        raise ValueError(f"a binomial law needs trials >= 0 and 0 <= p <= 1, not {trials!r} and {probability!r}")
    if successes < 0:
        return 0.0
    if successes >= trials:
        return 1.0
    return regularized_beta(float(trials - successes), successes + 1.0, 1.0 - probability, probability)
