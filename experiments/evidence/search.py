"""Search for the least of a sum of squares over few parameters, and points about as near around it.

Points spread evenly come first (Sobol's sequence); from the best of them least squares by a trust region (Branch,
Coleman & Li 1999, as in SciPy) goes down; around where it ends, points are drawn as wide in each direction as its
slopes leave open. Figures are means over few simulations: slopes are taken over wide steps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares
from scipy.stats import qmc

from .fit_spaces import Range

__all__ = ["along", "around", "descend", "evenly_spread"]

# Step of a slope, as a share of the range in which a parameter is sought.
_STEP = 0.04
# Descents end where a step gains less than this share of the loss, or moves less than that of the range.
_GAIN = 0.02
_MOVE = 0.004
# Where a figure has no slope, a parameter is told by its range alone: a normal as wide as this share of it.
_UNTOLD = 0.3

# Of the way between two near points, how much is gone; and the noise that leads out of the plane that points span.
_LEAP = 0.7
_JITTER = 0.01

Residuals = Callable[[Mapping[str, float]], NDArray[np.float64]]


def evenly_spread(space: Mapping[str, Range], number: int, seed: int) -> list[dict[str, float]]:
    """Return points spread evenly over a space."""
    points = qmc.Sobol(len(space), scramble=True, seed=seed).random(1 << max(0, number - 1).bit_length())
    return [_values(space, point) for point in points[:number]]


def descend(
    residuals: Residuals, space: Mapping[str, Range], start: Mapping[str, float], steps: int
) -> tuple[dict[str, float], NDArray[np.float64]]:
    """Return where a descent of at most so many steps ends, and the slopes there: float64[residuals, parameters]."""
    seen: dict[bytes, NDArray[np.float64]] = {}

    def at(place: NDArray[np.float64]) -> NDArray[np.float64]:
        key = place.tobytes()
        if key not in seen:
            seen[key] = residuals(_values(space, place))
        return seen[key]

    def slopes(place: NDArray[np.float64]) -> NDArray[np.float64]:
        here = at(place)
        columns = []
        for axis in range(len(place)):
            moved = place.copy()
            step = _STEP if place[axis] + _STEP <= 1.0 else -_STEP
            moved[axis] += step
            columns.append((at(moved) - here) / step)
        return np.column_stack(columns)

    found = least_squares(
        at, np.clip(_place(space, start), 1e-6, 1 - 1e-6), slopes, (0.0, 1.0), ftol=_GAIN, xtol=_MOVE, max_nfev=steps
    )
    return _values(space, found.x), found.jac


def around(
    space: Mapping[str, Range],
    middle: Mapping[str, float],
    slopes: NDArray[np.float64],
    excess: float,
    number: int,
    generator: np.random.Generator,
) -> list[dict[str, float]]:
    """Return points around a least whose loss should exceed it by so much on average.

    By the slopes of the residuals, as if these were linear: wide where they leave a direction open.
    """
    precision = slopes.T @ slopes / (excess / len(space)) + np.eye(len(space)) / _UNTOLD**2
    covariance = np.linalg.inv(precision)
    drawn = generator.multivariate_normal(_place(space, middle), covariance, number, method="cholesky")
    return [_values(space, _reflected(point)) for point in drawn]


def along(
    space: Mapping[str, Range], near: Sequence[Mapping[str, float]], number: int, generator: np.random.Generator
) -> list[dict[str, float]]:
    """Return points moved from one that is near by the way between two others (ter Braak 2006).

    They follow a valley that bends, which slopes at one place do not. Three points or more.
    """
    places = np.array([_place(space, values) for values in near])
    moved = []
    for _ in range(number):
        start, one, other = places[generator.choice(len(places), 3, replace=False)]
        moved.append(start + _LEAP * (one - other) + _JITTER * generator.standard_normal(len(space)))
    return [_values(space, _reflected(point)) for point in moved]


def _reflected(point: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a point of the unit cube: what lies beyond an end lies as far inside it, not on it."""
    return np.asarray(np.clip(1.0 - np.abs(1.0 - np.abs(point)), 0.0, 1.0))


def _values(space: Mapping[str, Range], place: NDArray[np.float64]) -> dict[str, float]:
    """Return the values of a point of the unit cube."""
    return {
        name: float(r.low * (r.high / r.low) ** u if r.log else r.low + u * (r.high - r.low))
        for (name, r), u in zip(space.items(), place, strict=True)
    }


def _place(space: Mapping[str, Range], values: Mapping[str, float]) -> NDArray[np.float64]:
    """Return the point of the unit cube at which values lie."""
    return np.array(
        [
            np.log(values[name] / r.low) / np.log(r.high / r.low)
            if r.log
            else (values[name] - r.low) / (r.high - r.low)
            for name, r in space.items()
        ]
    )
