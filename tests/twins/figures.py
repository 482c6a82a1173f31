"""Figures as the columns keep them, and the polynomials that are written once for engine and twin."""

from __future__ import annotations

import math

import numpy as np

from entraide.model import arithmetic

__all__ = [
    "cosine_of_turn",
    "exponential",
    "fade",
    "fraction",
    "log_code",
    "log_factorial",
    "logarithm",
    "normal_quantile",
    "share_left",
    "single",
    "to_fraction",
    "weight_code",
]

LN_TWO = 0.6931471805599453


def exponential(x: float) -> float:
    """Return e to the x."""
    return float(arithmetic.exponential.py_func(x))


def logarithm(x: float) -> float:
    """Return the natural logarithm."""
    return float(arithmetic.logarithm.py_func(x))


def normal_quantile(p: float) -> float:
    """Return the standard normal quantile."""
    return float(arithmetic.normal_quantile.py_func(p))


def cosine_of_turn(turn: float) -> float:
    """Return the cosine of a number of full turns."""
    return float(arithmetic.cosine_of_turn.py_func(turn))


_LOG_FACTORIALS: dict[int, float] = {}


def log_factorial(n: int) -> float:
    """Return log n!: the exact sum of logarithms under 128, Stirling's series (DLMF 5.11.1, two terms) from there."""
    if n in _LOG_FACTORIALS:
        return _LOG_FACTORIALS[n]
    if n < 128:
        value = math.fsum(logarithm(float(k)) for k in range(2, n + 1))
    else:
        x = n + 1.0
        value = (x - 0.5) * logarithm(x) - x + 0.9189385332046728 + 1.0 / (12.0 * x) - 1.0 / (360.0 * x * x * x)
    _LOG_FACTORIALS[n] = value
    return value


def fraction(code: int) -> float:
    """Return what a 16-bit code of [0, 1] stands for."""
    return code / 65535.0


def to_fraction(value: float) -> int:
    """Return the nearest 16-bit code of a number, kept in [0, 1]."""
    return math.floor(min(1.0, max(0.0, value)) * 65535.0 + 0.5)


def log_code(value: float) -> int:
    """Return the code of a logarithm or normal score in steps of 1/2048, kept within 16 bits."""
    return max(-32767, min(32767, math.floor(value * 2048.0 + 0.5)))


def weight_code(u: float, v: float) -> int:
    """Return the code, in steps of 1/32, of a gamma weight of shape 2 and mean 1: half of two exponential numbers."""
    return min(255, math.floor(-16.0 * logarithm(u * v) + 0.5))


def single(value: float) -> float:
    """Return the value as a 32-bit float keeps it."""
    return float(np.float32(value))


def share_left(half_life: float, days: int) -> float:
    """Return the share left after some days of what halves in ``half_life`` days."""
    return exponential(-(LN_TWO / half_life) * days)


def fade(code: int, left: float, towards: float) -> int:
    """Return the code of a fraction whose distance to a baseline has shrunk to the share ``left``."""
    if towards == 0.0:
        return to_fraction(fraction(code) * left)
    return to_fraction(towards + (fraction(code) - towards) * left)
