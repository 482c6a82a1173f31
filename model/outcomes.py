"""From the state of a finished replicate to its outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .awareness import DEPARTED
from .compilation import kernel
from .records import DAILY_MEASURES, GROUP_MEASURES, MONTHLY_MEASURES, ZONE_MEASURES, Outcome

if TYPE_CHECKING:
    from .simulation import Simulation

__all__ = ["collect_outcome", "count_people", "lorenz_curve"]


def lorenz_curve(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the share of all contributions made by the least active 0, 1, ..., 100 % of contributors.

    Shapes: float64[101] from any int64 counts; all zero when there is no contributor.
    """
    if len(counts) == 0:
        return np.zeros(101)
    cumulated = np.concatenate([[0.0], np.cumsum(np.sort(counts))])
    positions = np.linspace(0.0, float(len(counts)), 101)
    return np.asarray(np.interp(positions, np.arange(len(counts) + 1), cumulated / cumulated[-1]))


@kernel
def count_people(citizens, involvement, j, first, last, day, lapse, by_group, sums, found):
    """Count the citizens from ``first`` to ``last`` by group; return how many of them ever contributed.

    Shapes: ``by_group`` int64[measures, groups], in the order of GROUP_MEASURES, added to; ``sums`` int64[2], people
    silent for longer than ``lapse`` days who are not known to have left, and credit-minutes held, added to; ``found``
    int32 buffer, the contributions of each contributor.
    """
    contributors = 0
    for i in range(first, last):
        group = citizens[i].group
        times = np.int64(involvement[j, i].times)
        excluded = citizens[i].digital == 0
        sums[1] += np.int64(citizens[i].credits)
        if citizens[i].eligible > 0:
            by_group[0, group] += 1
            if excluded:
                by_group[3, group] += 1
        if times > 0:
            by_group[1, group] += 1
            by_group[2, group] += times
            if excluded:
                by_group[4, group] += 1
            if day - np.int64(involvement[j, i].last) > lapse and involvement[j, i].stage < DEPARTED:
                sums[0] += 1
            found[contributors] = np.int32(times)
            contributors += 1
    return contributors


def collect_outcome(simulation: Simulation) -> Outcome:
    """Return the outcome of a simulation as it stands."""
    records = simulation.records
    n_groups = len(simulation.specification.territory.groups.names)
    groups = {name: np.zeros((simulation.services, n_groups), np.int64) for name in GROUP_MEASURES}
    lapse = int(simulation.citizen_record[0]["lapse_days"])
    silent = credits_held = 0
    counts: list[NDArray[np.int64]] = []
    for j in range(simulation.services):

        def count(chunk: int, j: int = j) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
            bounds = simulation.chunk_bounds(chunk)
            by_group, sums = np.zeros((len(GROUP_MEASURES), n_groups), np.int64), np.zeros(2, np.int64)
            found = simulation.scratch("counts", chunk)
            contributors: int = count_people(
                simulation.citizens, simulation.involvement, j, int(bounds[0]), int(bounds[-1]), simulation.day, lapse,
                by_group, sums, found,
            )  # fmt: skip
            return by_group, sums, found[:contributors].astype(np.int64)

        parts = simulation.each_chunk(count)
        for row, name in enumerate(GROUP_MEASURES):
            groups[name][j] = sum((by_group[row] for by_group, _, _ in parts), np.zeros(n_groups, np.int64))
        silent += sum(int(sums[0]) for _, sums, _ in parts)
        if j == 0:
            credits_held = sum(int(sums[1]) for _, sums, _ in parts)
        counts.append(np.sort(np.concatenate([np.empty(0, np.int64), *(found for _, _, found in parts)])))
    log = None
    if records.log is not None:
        names = ("day", "citizen", "service", "tasks", "seconds")
        kinds = (np.int16, np.int32, np.uint8, np.int32, np.int64)
        log = {
            name: np.concatenate([row[k] for row in records.log]) if records.log else np.empty(0, kind)
            for k, (name, kind) in enumerate(zip(names, kinds, strict=True))
        }
    zone_daily = None
    if records.zone_daily is not None and records.hand_over is None:
        zone_daily = {measure.name: records.zone_daily[row] for row, measure in enumerate(ZONE_MEASURES)}
    return Outcome(
        replicate=simulation.replicate,
        daily={measure.name: records.daily[row] for row, measure in enumerate(DAILY_MEASURES)},
        zone_year={measure.name: records.zone_year[row] for row, measure in enumerate(ZONE_MEASURES)},
        zone_month={name: records.zone_month[row] for row, name in enumerate(MONTHLY_MEASURES)},
        groups=groups,
        lorenz=np.array([lorenz_curve(c) for c in counts]),
        contribution_counts=tuple(counts),
        motives=records.motives,
        totals={
            "credits_held": credits_held,
            "lapsed_contributors": silent,
        },
        zone_daily=zone_daily,
        log=log,
    )
