"""How far a replicate stays from breaking each norm: a margin in shares, negative exactly where the norm is broken.

Continuity: the highest norm that would still have been kept, less the norm. Quality: the norm less the error.
Universality: the highest floor under which no more people than accepted would live, less the floor. An event says yes
or no; a margin also says by how much, and tells more from the same replicates.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from entraide.model.production_names import UNIT_DAY_KINDS
from entraide.model.records import Outcome
from entraide.model.risk import DAYS_PER_YEAR, pool_zones, windowed_share, year_slices
from entraide.model.specification import Specification

__all__ = ["continuity_level", "replicate_margins", "universality_level"]


def replicate_margins(
    outcome: Outcome, specification: Specification, service: int, year: int
) -> Mapping[str, float | None]:
    """Return the margin of each risk in one year, None where it has no value.

    Parameters
    ----------
    service : place of the service in the specification.
    year : 0 for the first 365 days. A shortfall over the turn of a year counts where it ends.
    """
    parameters = specification.services[service].parameters
    span = year_slices(specification.days)[year]
    daily = {name: outcome.daily[name][:, service].astype(np.int64) for name in ("due", "in_time", "closed", "errors")}
    held = continuity_level(daily["due"], daily["in_time"], int(parameters["shortfall_days"]), year)
    closed = int(daily["closed"][span].sum())
    error = int(daily["errors"][span].sum()) / closed if closed else None
    floor = _floor_held(outcome, specification, service, year)
    return {
        "continuity": None if held is None else held - float(parameters["norm_share_in_time"]),
        "quality": None if error is None else float(parameters["norm_error"]) - error,
        "universality": None if floor is None else floor - float(parameters["norm_zone_floor"]),
    }


def continuity_level(
    due: NDArray[np.int64], in_time: NDArray[np.int64], shortfall_days: int, year: int = 0
) -> float | None:
    """Return the highest norm under which a year has no shortfall of ``shortfall_days``; None where it has no value.

    Parameters
    ----------
    due, in_time : int64[T], from the first day of the run.
    shortfall_days : consecutive days with a value that make the event.
    """
    share = windowed_share(due, in_time)
    known = np.flatnonzero(~np.isnan(share))
    in_year = known // DAYS_PER_YEAR == year
    if int(in_year.sum()) < shortfall_days:
        return None
    # The highest share among some days in a row is what the norm must exceed for all of them to be short.
    highest = sliding_window_view(share[known], shortfall_days).max(axis=1)
    return float(highest[in_year[shortfall_days - 1 :]].min())


def universality_level(level: NDArray[np.float64], people: NDArray[np.int64], population_share: float) -> float | None:
    """Return the highest floor, 0-1, under which no more than ``population_share`` of people live; None without one.

    Parameters
    ----------
    level : float64[A], service of each area, NaN where it has no value.
    people : int64[A].
    """
    valued = ~np.isnan(level)
    if not int(people[valued].sum()):
        return None
    order = np.argsort(level[valued], kind="stable")
    under = np.cumsum(people[valued][order])
    too_many = np.flatnonzero(under / under[-1] > population_share)
    # All people may live under it: no floor is too high.
    return float(level[valued][order][too_many[0]]) if too_many.size else 1.0


def _floor_held(outcome: Outcome, specification: Specification, service: int, year: int) -> float | None:
    territory, chosen = specification.territory, specification.services[service]
    due = outcome.zone_year["due"][year, service]
    counted = due
    if chosen.kind in UNIT_DAY_KINDS:
        span = year_slices(specification.days)[year]
        counted = due // (span.stop - span.start)
    areas = pool_zones(counted, territory.population, territory.intercommunality, territory.department)
    area_due = areas.total(due)
    level = np.full(areas.count, np.nan)
    np.divide(areas.total(outcome.zone_year["in_time"][year, service]), area_due, out=level, where=area_due > 0)
    return universality_level(
        level, areas.total(territory.population), float(chosen.parameters["norm_population_share"])
    )
