"""What chance alone would give: inequality between areas if all of them had the mean service.

Each need of an area is served in time with the same probability everywhere, one independently of the other. What
is seen beyond these figures cannot be put down to small numbers. Needs of one area do share their days, so chance
is, if anything, somewhat larger than told here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..distributions import binomial_cumulative

__all__ = ["ChanceOnly", "chance_only", "largest_count_within", "worst_tenth_by_row"]

_CELLS_AT_ONCE = 2_000_000


@dataclass(frozen=True)
class ChanceOnly:
    """Figures of a territory in which every area has the mean service.

    Attributes
    ----------
    mean_service : share served in time of all that fell due.
    share_under_floor : expected share of the population in areas under the floor; exact.
    event_probability : chance of more than the accepted share of the population under the floor; simulated.
    worst_tenth : expected mean service of the worst-served tenth of the population; simulated.
    draws, seed : size and seed of the simulation; the probability's standard error is at most .5/sqrt(draws).
    """

    mean_service: float
    share_under_floor: float
    event_probability: float
    worst_tenth: float
    draws: int
    seed: int


def largest_count_within(bound: float, trials: int, *, strict: bool) -> int:
    """Return the largest count whose share of ``trials`` is at most ``bound`` (under it if ``strict``); -1 if none.

    The comparison is that of the division itself, so that a share of exactly 3/5 is never under a bound of 0.6.
    """
    count = min(trials, int(bound * trials) + 1)
    while count >= 0 and (count / trials > bound or (strict and count / trials == bound)):
        count -= 1
    return count


def worst_tenth_by_row(level: NDArray[np.float64], people: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return, for each row, the mean level of the worst-served tenth of ``people``.

    Shapes: ``level`` [draws, A], ``people`` [A]; returns float64[draws].
    """
    order = np.argsort(level, axis=1, kind="stable")
    weight = people[order]
    tenth = 0.1 * people.sum()
    before = np.cumsum(weight, axis=1) - weight
    taken = np.clip(tenth - before, 0.0, weight)
    return (taken * np.take_along_axis(level, order, axis=1)).sum(axis=1) / taken.sum(axis=1)


def chance_only(
    due: ArrayLike,
    in_time: ArrayLike,
    population: ArrayLike,
    *,
    floor: float,
    population_share: float,
    seed: int = 0,
    draws: int = 1000,
) -> ChanceOnly | None:
    """Return what chance alone would give; None when nothing was due.

    Parameters
    ----------
    due, in_time, population : int64[A], one entry per area that is judged; areas with nothing due are left out.
    floor : s_min, 0-1.
    population_share : x, share of the population that may live under the floor.
    seed, draws : of the simulation; the same seed gives the same figures, whatever the order of the areas.

    Raises
    ------
    ValueError : lengths that differ, no draw, or a share outside 0-1.
    """
    asked, served = np.asarray(due, np.int64), np.asarray(in_time, np.int64)
    people = np.asarray(population, np.int64)
    if not asked.shape == served.shape == people.shape or asked.ndim != 1:
        raise ValueError(f"one value per area is needed: {asked.shape}, {served.shape}, {people.shape}")
    if draws < 1 or not 0.0 <= floor <= 1.0 or not 0.0 <= population_share <= 1.0:
        raise ValueError(f"need draws >= 1 and shares in 0-1, not {draws!r}, {floor!r}, {population_share!r}")
    judged = (asked > 0) & (people > 0)
    if not judged.any():
        return None
    mean = int(served[judged].sum()) / int(asked[judged].sum())
    asked, people = asked[judged], people[judged]
    # Sorted, so that the same areas in another order meet the same random numbers.
    order = np.lexsort((people, asked))
    asked, people = asked[order], people[order]
    total = int(people.sum())

    sizes, place = np.unique(asked, return_inverse=True)
    under = np.array(
        [binomial_cumulative(largest_count_within(floor, int(n), strict=True), int(n), mean) for n in sizes]
    )
    expected = math.fsum(under[place] * people) / total

    generator = np.random.Generator(np.random.Philox(key=seed))
    weights = people.astype(np.float64)
    step = max(1, _CELLS_AT_ONCE // asked.size)
    events, tenths = 0, []
    for first in range(0, draws, step):
        rows = min(step, draws - first)
        level = generator.binomial(asked, mean, size=(rows, asked.size)) / asked
        living_under = ((level < floor) * people).sum(axis=1)
        events += int((living_under / total > population_share).sum())
        tenths.append(worst_tenth_by_row(level, weights))
    return ChanceOnly(
        mean_service=mean,
        share_under_floor=min(1.0, expected),
        event_probability=events / draws,
        worst_tenth=float(np.concatenate(tenths).mean()),
        draws=draws,
        seed=seed,
    )
