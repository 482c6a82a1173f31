"""How far simulated figures lie from the targets that parameters are fitted to."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from .case import Case, Target
from .evaluate import CENTRAL

__all__ = ["fit_targets", "range_residuals", "target_residuals", "targets_residuals"]

# Beyond so much of its band a target costs more: what is fitted should not sit on an edge.
_EDGE = 0.9
_EDGE_COST = 10.0
# How much a figure that must hold weighs beside one that need not.
_MUST_HOLD = 3.0
# The most that a target is counted to be away, in half bands: what one without a value is.
_FURTHEST = 9.0
# A target judged by its range should lie within it by so much of the widest range accepted, and the range should be
# no wider than so much of it.
_INSIDE = 0.1
_WIDEST = 0.9


def fit_targets(case: Case) -> tuple[Target, ...]:
    """Return the targets that parameters are fitted to."""
    return tuple(target for target in case.targets if target.role == "fit" and target.metric is not None)


def target_residuals(target: Target, value: float) -> tuple[float, float]:
    """Return how far a figure lies from a target, in half bands, and by how much more beyond nine tenths of one.

    The loss of a fit is the sum of squares.
    """
    if not math.isfinite(value):
        distance = _FURTHEST
    else:
        half = target.high - target.value if value > target.value else target.value - target.low
        half = half or 0.5 * (target.high - target.low) or 1e-9
        distance = float(np.clip((value - target.value) / half, -_FURTHEST, _FURTHEST))
    weight = _weight(target)
    beyond = math.copysign(max(0.0, abs(distance) - _EDGE), distance)
    return weight * distance, weight * math.sqrt(_EDGE_COST) * beyond


def range_residuals(target: Target, values: NDArray[np.float64]) -> tuple[float, float]:
    """Return how far an observed project lies outside the central range of its class's projects, and its excess width.

    Both are 0 well inside a range that says something. Outside is counted in thirds of a half band; width steeply.
    """
    values = values[np.isfinite(values)]
    if not len(values):
        return target_residuals(target, math.nan)
    accepted = target.high - target.low
    low, high = np.quantile(values, CENTRAL)
    margin = _INSIDE * accepted
    below, above = float(low) + margin - target.value, target.value - float(high) + margin
    outside = max(0.0, below) - max(0.0, above)
    too_wide = max(0.0, float(high - low) / accepted - _WIDEST) / (1.0 - _WIDEST)
    weight = _weight(target)
    distance = float(np.clip(outside / (accepted / 6.0), -_FURTHEST, _FURTHEST))
    return weight * distance, weight * min(_FURTHEST, too_wide)


def targets_residuals(targets: tuple[Target, ...], figures: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the residuals of a case, each target judged as it says: float64[2 targets].

    Shapes: ``figures`` float64[draws, targets].
    """
    pairs = [
        range_residuals(target, column) if target.judged == "range" else target_residuals(target, float(column.mean()))
        for target, column in zip(targets, figures.T, strict=True)
    ]
    return np.array(pairs).ravel()


def _weight(target: Target) -> float:
    """Return the root of how much a target weighs."""
    return math.sqrt(_MUST_HOLD) if target.required else 1.0
