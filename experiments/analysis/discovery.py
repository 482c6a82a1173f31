"""Scenario discovery: under which assumptions a design breaks, as a box that can be said in words.

PRIM (Friedman & Fisher 1999; for policies Bryant & Lempert 2010), in the form of the EMA workbench. Of the boxes that
it goes through, that with the largest weighted relative accuracy is taken, mass x (density - share broken in all): it
is 0 for the box of everything, however often a design breaks (Lavrac, Flach & Zupan 1999). Each fifth of the states is
judged by a box made from the others: where these boxes hold no more broken states than chance gives, no box is told.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import fisher_exact

from entraide.model.parameters import Value

from ..batch.factors import Factor
from ..batch.needed import needed

__all__ = ["Bound", "BreakingBox", "Discovery", "breaking_box"]

# Chance of telling a box where there is none.
FALSE_BOX = 0.01
# A restriction that chance gives so often is dropped (quasi-p-value of Bryant & Lempert).
_DROPPED = 0.05
# With fewer broken or unbroken states nothing is searched.
FEWEST = 10
_FOLDS = 5
_LEAST_MASS = 0.05
# The workbench counts states of at least this as broken (1), and others (0) not; no box is refused for its density.
_ANY = 1e-9


@dataclass(frozen=True)
class Bound:
    """One assumption, restricted.

    Attributes
    ----------
    low, high : values; None where that end of the range is not cut.
    levels : those in the box, for an assumption with levels; empty otherwise.
    """

    factor: Factor
    low: float | None
    high: float | None
    levels: tuple[Value, ...] = ()


@dataclass(frozen=True)
class BreakingBox:
    """Where a design breaks.

    Attributes
    ----------
    bounds : all of them hold in the box, the one that matters most first.
    coverage : share of the broken states that lie in the box.
    density : share of the states of the box that are broken.
    mass : share of the states that lie in the box.
    checked_density : density among states in boxes that were made without them.
    p_value : of as many broken states in the box, among those, if the box said nothing.
    """

    bounds: tuple[Bound, ...]
    coverage: float
    density: float
    mass: float
    checked_density: float
    p_value: float


@dataclass(frozen=True)
class Discovery:
    """What was found.

    Attributes
    ----------
    broken, states : how many, of those that can be judged.
    box : None where none says more than chance.
    reason : "" with a box; "never", "always", "few" or "chance" without one.
    """

    broken: int
    states: int
    box: BreakingBox | None
    reason: str


def breaking_box(
    factors: Sequence[Factor], points: NDArray[np.float64], broken: NDArray[np.bool_], seed: int = 0
) -> Discovery:
    """Return the box of assumptions in which a design breaks.

    Parameters
    ----------
    factors : columns of ``points``.
    points : float64[states, factors], places in the unit cube.
    broken : bool[states].
    seed : of the division into parts.

    Raises
    ------
    MachineError : the EMA workbench is not installed.
    """
    total, count = len(broken), int(broken.sum())
    if count in (0, total):
        return Discovery(count, total, None, "never" if count == 0 else "always")
    if not factors or min(count, total - count) < FEWEST:
        return Discovery(count, total, None, "few")
    points = _distinct(factors, points)
    inside = _judged(points, broken, seed)
    table = [[int((inside & state).sum()), int((~inside & state).sum())] for state in (broken, ~broken)]
    p_value = float(fisher_exact(table, alternative="greater").pvalue)
    whole = _box(points, broken) if p_value <= FALSE_BOX else {}
    if not whole:
        return Discovery(count, total, None, "chance")
    checked = float(broken[inside].mean())
    inside = _within(points, whole)
    box = BreakingBox(
        bounds=tuple(_bound(factors[place], *limits) for place, limits in _by_weight(points, broken, whole)),
        coverage=float((inside & broken).sum() / count),
        density=float(broken[inside].mean()),
        mass=float(inside.mean()),
        checked_density=checked,
        p_value=p_value,
    )
    return Discovery(count, total, box, "")


def _judged(points: NDArray[np.float64], broken: NDArray[np.bool_], seed: int) -> NDArray[np.bool_]:
    """Return which states lie in a box that was made without them, bool[states]."""
    generator = np.random.Generator(np.random.Philox(key=seed))
    fold = np.empty(len(broken), np.int64)
    # Broken and unbroken states are divided alike, so that each part has some of both.
    for state in (True, False):
        own = generator.permutation(np.flatnonzero(broken == state))
        fold[own] = np.arange(len(own)) % _FOLDS
    inside = np.zeros(len(broken), np.bool_)
    for each in range(_FOLDS):
        limits = _box(points[fold != each], broken[fold != each])
        if limits:
            inside[fold == each] = _within(points[fold == each], limits)
    return inside


def _distinct(factors: Sequence[Factor], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points with one place for each level and whole number: a box does not end within a value."""
    found = points.copy()
    for column, factor in enumerate(factors):
        if factor.levels or factor.whole:
            count = _values(factor)
            found[:, column] = (np.minimum(count - 1, np.floor(points[:, column] * count)) + 0.5) / count
    return found


def _values(factor: Factor) -> int:
    """Return how many values a factor of levels or whole numbers has."""
    if factor.low is None or factor.high is None:
        return len(factor.levels)
    return round(factor.high - factor.low) + 1


_Limits = Mapping[int, tuple[float, float]]


def _box(points: NDArray[np.float64], broken: NDArray[np.bool_]) -> _Limits:
    """Return the limits of the box with the largest weighted relative accuracy, less the restrictions of chance."""
    import pandas as pd

    frame = pd.DataFrame({str(place): points[:, place] for place in range(points.shape[1])})
    with warnings.catch_warnings():
        # The workbench warns of parallel evaluators that are not used here, and of what pandas will change.
        warnings.simplefilter("ignore")
        prim = needed("ema_workbench.analysis.prim")
        found: Any = prim.Prim(frame, broken.copy(), threshold=_ANY, mass_min=_LEAST_MASS)
        box = found.find_box()
    trajectory = box.peeling_trajectory
    accuracy = trajectory["mass"].to_numpy() * (trajectory["density"].to_numpy() - broken.mean())
    best = int(np.argmax(accuracy))
    quasi = box.qp[best]
    limits = box.box_lims[best]
    kept: dict[int, tuple[float, float]] = {}
    for name, chances in quasi.items():
        # A quasi-p-value for the lower end and one for the upper end; negative: that end is not cut.
        cut = [0.0 <= float(chance) < _DROPPED for chance in chances]
        if any(cut):
            low, high = (float(each) for each in limits[name])
            kept[int(name)] = (low if cut[0] else -np.inf, high if cut[1] else np.inf)
    return kept


def _within(points: NDArray[np.float64], limits: _Limits) -> NDArray[np.bool_]:
    inside = np.ones(len(points), np.bool_)
    for place, (low, high) in limits.items():
        inside &= (points[:, place] >= low) & (points[:, place] <= high)
    return inside


def _by_weight(
    points: NDArray[np.float64], broken: NDArray[np.bool_], limits: _Limits
) -> list[tuple[int, tuple[float, float]]]:
    """Return the restrictions, the one without which density falls most first."""

    def density_without(place: int) -> float:
        inside = _within(points, {other: each for other, each in limits.items() if other != place})
        return float(broken[inside].mean())

    return sorted(limits.items(), key=lambda each: density_without(each[0]))


def _bound(factor: Factor, low: float, high: float) -> Bound:
    if factor.levels:
        places = (np.arange(len(factor.levels)) + 0.5) / len(factor.levels)
        return Bound(
            factor,
            None,
            None,
            tuple(level for level, at in zip(factor.levels, places, strict=True) if low <= at <= high),
        )
    if factor.whole:
        # Limits lie between two values: those in the box are told.
        count = _values(factor)
        held = [factor.value((step + 0.5) / count) for step in range(count) if low <= (step + 0.5) / count <= high]
        return Bound(factor, None if np.isinf(low) else float(held[0]), None if np.isinf(high) else float(held[-1]))
    ends = [None if np.isinf(end) else float(factor.value(min(1.0, max(0.0, end)))) for end in (low, high)]
    return Bound(factor, ends[0], ends[1])
