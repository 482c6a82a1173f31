"""Exponential, logarithm and friends, written once so that kernels and their plain twins agree bit for bit.

The C library's versions differ between processors and from Numba's; these use only additions, multiplications,
divisions and table look-ups in float64, which IEEE 754 fixes. Relative error under 1e-15 for exponential and
logarithm (tested against mpmath-free references).
"""

from __future__ import annotations

import math

import numpy as np

from .compilation import helper

__all__ = [
    "cosine_of_turn",
    "exponential",
    "fraction_code",
    "fraction_value",
    "log_factorial",
    "logarithm",
    "logistic",
    "normal_quantile",
]

# As far as doubles reach without subnormal numbers.
_POWERS_OF_TWO = np.array([2.0**k for k in range(-1022, 1024)])


@helper
def exponential(x):
    """Return e to the x; 0 below -700, e**700 above 700."""
    if x < -700.0:
        return 0.0
    if x > 700.0:
        x = 700.0
    k = math.floor(x * 1.4426950408889634 + 0.5)
    r = (x - k * 0.6931471803691238) - k * 1.9082149292705877e-10
    p = 1.6059043836821613e-10
    p = p * r + 2.08767569878681e-09
    p = p * r + 2.505210838544172e-08
    p = p * r + 2.755731922398589e-07
    p = p * r + 2.7557319223985893e-06
    p = p * r + 2.48015873015873e-05
    p = p * r + 1.984126984126984e-04
    p = p * r + 1.388888888888889e-03
    p = p * r + 8.333333333333333e-03
    p = p * r + 4.1666666666666664e-02
    p = p * r + 1.6666666666666666e-01
    p = p * r + 0.5
    p = p * r + 1.0
    p = p * r + 1.0
    return p * _POWERS_OF_TWO[int(k) + 1022]


@helper
def logarithm(x):
    """Return the natural logarithm of x > 0."""
    mantissa, exponent = math.frexp(x)
    if mantissa < 0.7071067811865476:
        mantissa *= 2.0
        exponent -= 1
    s = (mantissa - 1.0) / (mantissa + 1.0)
    z = s * s
    p = 4.7619047619047616e-02
    p = p * z + 5.263157894736842e-02
    p = p * z + 5.8823529411764705e-02
    p = p * z + 6.666666666666667e-02
    p = p * z + 7.692307692307693e-02
    p = p * z + 9.090909090909091e-02
    p = p * z + 1.1111111111111111e-01
    p = p * z + 1.4285714285714285e-01
    p = p * z + 0.2
    p = p * z + 3.333333333333333e-01
    return exponent * 0.6931471803691238 + (2.0 * s + (2.0 * s * z * p + exponent * 1.9082149292705877e-10))


@helper
def logistic(x):
    """Return 1 / (1 + e**-x)."""
    return 1.0 / (1.0 + exponential(-x))


_LOGARITHMS = [logarithm.py_func(float(k)) for k in range(2, 128)]
_LOG_FACTORIALS = np.array([math.fsum(_LOGARITHMS[: max(0, n - 1)]) for n in range(128)])


@helper
def log_factorial(n):
    """Return log n! for n >= 0 (Stirling's series from 128 on)."""
    if n < 128:
        return _LOG_FACTORIALS[n]
    x = n + 1.0
    return (x - 0.5) * logarithm(x) - x + 0.9189385332046728 + 1.0 / (12.0 * x) - 1.0 / (360.0 * x * x * x)


@helper
def normal_quantile(p):
    """Return the standard normal quantile of p, for 1e-11 < p < 1 - 1e-11.

    Source: Wichura (1988), Algorithm AS 241, the routine of 16 figures without its extreme tail.
    """
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        num = 2.5090809287301226727e3
        num = num * r + 3.3430575583588128105e4
        num = num * r + 6.7265770927008700853e4
        num = num * r + 4.5921953931549871457e4
        num = num * r + 1.3731693765509461125e4
        num = num * r + 1.9715909503065514427e3
        num = num * r + 1.3314166789178437745e2
        num = num * r + 3.3871328727963666080e0
        den = 5.2264952788528545610e3
        den = den * r + 2.8729085735721942674e4
        den = den * r + 3.9307895800092710610e4
        den = den * r + 2.1213794301586595867e4
        den = den * r + 5.3941960214247511077e3
        den = den * r + 6.8718700749205790830e2
        den = den * r + 4.2313330701600911252e1
        den = den * r + 1.0
        return q * num / den
    tail = p if q < 0.0 else 1.0 - p
    r = math.sqrt(-logarithm(tail)) - 1.6
    num = 7.74545014278341407640e-4
    num = num * r + 2.27238449892691845833e-2
    num = num * r + 2.41780725177450611770e-1
    num = num * r + 1.27045825245236838258e0
    num = num * r + 3.64784832476320460504e0
    num = num * r + 5.76949722146069140550e0
    num = num * r + 4.63033784615654529590e0
    num = num * r + 1.42343711074968357734e0
    den = 1.05075007164441684324e-9
    den = den * r + 5.47593808499534494600e-4
    den = den * r + 1.51986665636164571966e-2
    den = den * r + 1.48103976427480074590e-1
    den = den * r + 6.89767334985100004550e-1
    den = den * r + 1.67638483018380384940e0
    den = den * r + 2.05319162663775882187e0
    den = den * r + 1.0
    return -num / den if q < 0.0 else num / den


@helper
def fraction_value(code):
    """Return the number in [0, 1] that a 16-bit code stands for."""
    return float(code) / 65535.0


@helper
def fraction_code(value):
    """Return the 16-bit code nearest to a number, clipped to [0, 1]."""
    if value <= 0.0:
        return np.uint16(0)
    if value >= 1.0:
        return np.uint16(65535)
    return np.uint16(math.floor(value * 65535.0 + 0.5))


@helper
def cosine_of_turn(turn):
    """Return the cosine of a number of full turns (0.25 is a right angle)."""
    x = turn - math.floor(turn + 0.5)
    flipped = abs(x) > 0.25
    if flipped:
        x = 0.5 - abs(x)
    square = (x * 6.283185307179586) * (x * 6.283185307179586)
    term = 1.0
    total = 1.0
    for k in range(1, 11):
        term *= -square / ((2 * k - 1) * (2 * k))
        total += term
    return -total if flipped else total
