"""How unevenly something is shared: among contributors, among people served, along deprivation."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import InputError

__all__ = [
    "Theil",
    "bus_factor",
    "bus_factor_from_lorenz",
    "concentration_index",
    "effective_contributors",
    "effective_contributors_from_lorenz",
    "gini",
    "gini_from_lorenz",
    "lorenz_curve",
    "participation_ratio",
    "theil",
]


@dataclass(frozen=True)
class Theil:
    """Theil's index and its exact split; ``total`` = ``between`` + ``within``. 0: everybody has the same."""

    total: float
    between: float
    within: float


def _amounts(values: ArrayLike, weights: ArrayLike | None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Check amounts and weights and leave out entries without weight."""
    amount = np.asarray(values, np.float64)
    weight = np.ones_like(amount) if weights is None else np.asarray(weights, np.float64)
    if amount.ndim != 1 or amount.shape != weight.shape:
        raise ValueError(f"amounts and weights need one dimension and one length: {amount.shape}, {weight.shape}")
    if not (np.isfinite(amount).all() and np.isfinite(weight).all()):
        raise ValueError("leave out entries without a value first")
    if (amount < 0).any() or (weight < 0).any():
        raise ValueError("amounts and weights cannot be negative")
    return amount[weight > 0], weight[weight > 0]


def lorenz_curve(values: ArrayLike, weights: ArrayLike | None = None, points: int = 101) -> NDArray[np.float64] | None:
    """Return the cumulative share of the total held by the lowest 0 %, ..., 100 % of people, zeros included.

    None when there is nobody or nothing to share.

    Parameters
    ----------
    values : amount per person, or per head of an entry that stands for ``weights`` people.
    weights : people per entry.
    points : points of the curve, evenly spaced.
    """
    amount, weight = _amounts(values, weights)
    total = math.fsum(amount * weight)
    if total <= 0:
        return None
    order = np.argsort(amount, kind="stable")
    people = np.concatenate(([0.0], np.cumsum(weight[order])))
    held = np.concatenate(([0.0], np.cumsum(amount[order] * weight[order])))
    return np.interp(np.linspace(0.0, 1.0, points), people / people[-1], held / held[-1])


def gini(values: ArrayLike, weights: ArrayLike | None = None) -> float | None:
    """Return the Gini index, 0-1, zeros included; None when there is nobody or nothing to share.

    Not corrected for small numbers: its largest value among n people is 1 - 1/n.
    """
    amount, weight = _amounts(values, weights)
    total = math.fsum(amount * weight)
    if total <= 0:
        return None
    order = np.argsort(amount, kind="stable")
    people, held = weight[order], amount[order] * weight[order]
    half_way = np.cumsum(held) - 0.5 * held
    return min(1.0, max(0.0, 1.0 - 2.0 * math.fsum(people * half_way) / (math.fsum(weight) * total)))


def gini_from_lorenz(lorenz: ArrayLike) -> float | None:
    """Return the Gini index of a curve of evenly spaced points, by trapezoids: a lower bound. None without a curve."""
    curve = np.asarray(lorenz, np.float64)
    if curve.size < 2 or not np.isfinite(curve).all() or curve[-1] <= 0:
        return None
    curve = curve / curve[-1]
    return min(1.0, max(0.0, 1.0 - math.fsum(curve[1:] + curve[:-1]) / (curve.size - 1)))


def theil(values: ArrayLike, weights: ArrayLike | None = None, groups: ArrayLike | None = None) -> Theil | None:
    """Return Theil's T and its parts between and within groups; None when there is nobody or nothing to share.

    Parameters
    ----------
    values : amount per head, >= 0.
    weights : people per entry.
    groups : label per entry (intercommunality, department); one group for all when left out.

    Source: Theil (1967), Economics and Information Theory; 0 ln 0 counts as 0.
    """
    amount = np.asarray(values, np.float64)
    weight = np.ones_like(amount) if weights is None else np.asarray(weights, np.float64)
    label = np.zeros(amount.shape, np.int64) if groups is None else np.unique(groups, return_inverse=True)[1]
    if label.shape != amount.shape:
        raise ValueError(f"one group per entry is needed: {label.shape} for {amount.shape}")
    _amounts(amount, weight)
    present = weight > 0
    amount, weight, label = amount[present], weight[present], label[present]
    people, total = math.fsum(weight), math.fsum(amount * weight)
    if people <= 0 or total <= 0:
        return None
    mean = total / people
    part = weight * amount / total
    ratio = np.where(amount > 0, amount / mean, 1.0)
    whole = math.fsum(part * np.log(ratio))
    group_people, group_total = np.bincount(label, weight), np.bincount(label, weight * amount)
    holds = group_total > 0
    group_ratio = (group_total[holds] / group_people[holds]) / mean
    between = math.fsum(group_total[holds] / total * np.log(group_ratio))
    # Both are sums of products that cancel at equality; rounding must not make them negative.
    whole, between = max(0.0, whole), max(0.0, between)
    return Theil(whole, min(between, whole), max(0.0, whole - between))


def concentration_index(
    values: ArrayLike, deprivation: ArrayLike | None, weights: ArrayLike | None = None
) -> float | None:
    """Return how much ``values`` lean to the well-off: -1 to 1, positive when the least deprived get more.

    Entries with equal deprivation share their mean rank. None when there is nothing to share.

    Parameters
    ----------
    values : amount per head.
    deprivation : 0-1 per entry, 1 the most deprived; None when the territory does not know it.
    weights : people per entry.

    Raises
    ------
    InputError : deprivation is unknown: no national mix can stand in for it.

    Source: Kakwani, Wagstaff & van Doorslaer (1997), Journal of Econometrics 77, 87-103.
    """
    if deprivation is None:
        raise InputError(
            "the concentration index needs the deprivation of each zone, and this territory has none",
            where="territory, column 'deprivation'",
            allowed="a number from 0 to 1 per zone",
            remedy="Add the column to the territory's file, or read the Gini and Theil indices, which do not need it.",
        )
    rank_by = np.asarray(deprivation, np.float64)
    amount = np.asarray(values, np.float64)
    weight = np.ones_like(amount) if weights is None else np.asarray(weights, np.float64)
    if rank_by.shape != amount.shape or not np.isfinite(rank_by).all():
        raise ValueError("deprivation needs one finite value per entry")
    _amounts(amount, weight)
    total, people = math.fsum(amount * weight), math.fsum(weight)
    if total <= 0:
        return None
    # Most deprived first: rank 0 is the poorest person, 1 the best-off.
    levels, place = np.unique(-rank_by, return_inverse=True)
    share = np.bincount(place, weight, levels.size) / people
    rank = (np.cumsum(share) - 0.5 * share)[place]
    return min(1.0, max(-1.0, 2.0 * math.fsum(weight * amount * rank) / total - 1.0))


def bus_factor(contributions: ArrayLike, share: float = 0.5) -> int | None:
    """Return the smallest number of people who together give at least ``share`` of all; None when nothing is given."""
    amount, _ = _amounts(contributions, None)
    if not 0.0 < share <= 1.0:
        raise ValueError(f"share must lie in (0, 1], not {share!r}")
    held = np.cumsum(np.sort(amount)[::-1])
    if not held.size or held[-1] <= 0:
        return None
    return int(np.argmax(held >= share * held[-1] * (1.0 - 1e-12))) + 1


def effective_contributors(contributions: ArrayLike) -> float | None:
    """Return 1/HHI, the number of equal contributors that would be as concentrated; None when nothing is given."""
    amount, _ = _amounts(contributions, None)
    total = math.fsum(amount)
    return total * total / math.fsum(amount * amount) if total > 0 else None


def _checked_curve(lorenz: ArrayLike, contributors: int) -> NDArray[np.float64] | None:
    curve = np.asarray(lorenz, np.float64)
    if contributors < 0:
        raise ValueError(f"a number of contributors cannot be negative: {contributors!r}")
    if contributors == 0 or curve.size < 2 or not np.isfinite(curve).all() or curve[-1] <= 0:
        return None
    return curve / curve[-1]


def bus_factor_from_lorenz(lorenz: ArrayLike, contributors: int, share: float = 0.5) -> float | None:
    """Return the bus factor read off a Lorenz curve, for records that keep no count per person.

    The curve is known at a few points and drawn straight in between: the true number is at most this one (or one
    person more, since a fraction of a person is not rounded).
    """
    curve = _checked_curve(lorenz, contributors)
    if curve is None:
        return None
    below = float(np.interp(1.0 - share, curve, np.linspace(0.0, 1.0, curve.size)))
    return max(1.0, (1.0 - below) * contributors)


def effective_contributors_from_lorenz(lorenz: ArrayLike, contributors: int) -> float | None:
    """Return 1/HHI read off a Lorenz curve: an upper bound, as people within one step are taken to be equal."""
    curve = _checked_curve(lorenz, contributors)
    if curve is None:
        return None
    per_step = contributors / (curve.size - 1)
    concentration = math.fsum(np.diff(curve) ** 2) / per_step
    return min(float(contributors), max(1.0, 1.0 / concentration))


def participation_ratio(
    excluded_contributors: int, excluded_people: int, other_contributors: int, other_people: int
) -> float | None:
    """Return the contributors per head among the digitally excluded over those among the others.

    1: they take part as much; 0: not at all. None when one side has no people or the others have no contributor.

    Raises
    ------
    ValueError : more contributors than people, or a negative count.
    """
    if not 0 <= excluded_contributors <= excluded_people or not 0 <= other_contributors <= other_people:
        raise ValueError("contributors must lie between 0 and the number of people on each side")
    if excluded_people == 0 or other_people == 0 or other_contributors == 0:
        return None
    return (excluded_contributors / excluded_people) / (other_contributors / other_people)
