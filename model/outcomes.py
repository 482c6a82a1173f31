"""From the state of a finished replicate to its outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .awareness import DEPARTED
from .records import DAILY_MEASURES, GROUP_MEASURES, MONTHLY_MEASURES, ZONE_MEASURES, Outcome

if TYPE_CHECKING:
    from .simulation import Simulation

__all__ = ["collect_outcome", "lorenz_curve"]


def lorenz_curve(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the share of all contributions made by the least active 0, 1, ..., 100 % of contributors.

    Shapes: float64[101] from any int64 counts; all zero when there is no contributor.
    """
    if len(counts) == 0:
        return np.zeros(101)
    cumulated = np.concatenate([[0.0], np.cumsum(np.sort(counts))])
    positions = np.linspace(0.0, float(len(counts)), 101)
    return np.asarray(np.interp(positions, np.arange(len(counts) + 1), cumulated / cumulated[-1]))


def collect_outcome(simulation: Simulation) -> Outcome:
    """Return the outcome of a simulation as it stands."""
    records, involvement, citizens = simulation.records, simulation.involvement, simulation.citizens
    n_groups = len(simulation.specification.territory.groups.names)
    groups = {name: np.zeros((simulation.services, n_groups), np.int64) for name in GROUP_MEASURES}
    silent = 0
    counts: list[NDArray[np.int64]] = []
    for j in range(simulation.services):
        times = involvement["times"][j].astype(np.int64)
        who = times > 0
        eligible = citizens["eligible"] > 0
        groups["people"][j] = np.bincount(citizens["group"][eligible], minlength=n_groups)
        groups["contributors"][j] = np.bincount(citizens["group"][who], minlength=n_groups)
        excluded = citizens["digital"] == 0
        groups["excluded_people"][j] = np.bincount(citizens["group"][eligible & excluded], minlength=n_groups)
        groups["excluded_contributors"][j] = np.bincount(citizens["group"][who & excluded], minlength=n_groups)
        quiet = simulation.day - involvement["last"][j] > int(simulation.citizen_record[0]["lapse_days"])
        silent += int((who & quiet & (involvement["stage"][j] < DEPARTED)).sum())
        groups["contributions"][j] = np.bincount(citizens["group"], weights=times, minlength=n_groups).astype(np.int64)
        counts.append(np.sort(times[who]))
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
            "credits_held": int(citizens["credits"].sum(dtype=np.int64)),
            "lapsed_contributors": silent,
        },
        zone_daily=zone_daily,
        log=log,
    )
