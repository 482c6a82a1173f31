"""Universality: who lives where the service is under its floor, beside what chance alone would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .chance import ChanceOnly, chance_only
from .inequality import Theil, gini, theil
from .pooling import Areas
from .tails import tail_mean

__all__ = [
    "UniversalityYear",
    "UnmetByGroup",
    "universality_year",
    "unmet_need_by_group",
    "unmet_need_by_zone",
]


@dataclass(frozen=True)
class UniversalityYear:
    """Universality in one year of one replicate. None: no value (nothing was due anywhere).

    Attributes
    ----------
    event : the headline event: more than the accepted share of the population lives in areas under the floor.
    share_under_floor : that share, of the population of areas that have a value.
    population_under_floor, population, population_without_value : people under the floor, in all, and in areas where
        nothing was due, which have no value and are left out of the shares.
    mean_service : needs served in time / needs due, over the whole territory.
    worst_tenth : mean service of the worst-served tenth of the population.
    gini_of_service, theil_of_service : inequality of the service level between people; Theil between and within
        the groups of zones that were given (intercommunalities, departments).
    areas : number of areas that were judged.
    pooled_population_share : share of the population in zones too small to be judged alone.
    chance : the same figures if every area had the mean service; None when they were not asked for.
    """

    event: bool | None
    share_under_floor: float | None
    population_under_floor: int
    population: int
    population_without_value: int
    mean_service: float | None
    worst_tenth: float | None
    gini_of_service: float | None
    theil_of_service: Theil | None
    areas: int
    pooled_population_share: float | None
    chance: ChanceOnly | None


@dataclass(frozen=True)
class UnmetByGroup:
    """Needs not served in time, by social group.

    Attributes
    ----------
    unmet : float64[G].
    assumption : "" when the zones' own shares by group were used; else what stands in for them, to be printed beside
        every figure.
    """

    unmet: NDArray[np.float64]
    assumption: str


def universality_year(
    due: ArrayLike,
    in_time: ArrayLike,
    population: ArrayLike,
    areas: Areas,
    *,
    floor: float,
    population_share: float = 0.05,
    groups: Sequence[str] | None = None,
    with_chance: bool = True,
    seed: int = 0,
    draws: int = 1000,
) -> UniversalityYear:
    """Return universality for one service and one year of one replicate.

    Parameters
    ----------
    due, in_time, population : int64[Z].
    areas : how zones are gathered, from ``pool_zones`` on the same ``due``.
    floor : s_min, share that must be served in time in each area, 0-1.
    population_share : x, share of the population that may live under the floor.
    groups : name per zone for Theil's split; an area that spans several counts with each zone's own people.
    with_chance, seed, draws : the figures under chance alone.

    Raises
    ------
    ValueError : lengths that differ, more served than due, or a share outside 0-1.
    """
    asked, served = np.asarray(due, np.int64), np.asarray(in_time, np.int64)
    people = np.asarray(population, np.int64)
    if not asked.shape == served.shape == people.shape == areas.label.shape:
        raise ValueError(f"one value per zone is needed: {asked.shape}, {served.shape}, {people.shape}")
    if (served < 0).any() or (served > asked).any() or (people < 0).any():
        raise ValueError("in some zone more was served in time than fell due, or a count is negative")
    if not 0.0 <= floor <= 1.0 or not 0.0 <= population_share <= 1.0:
        raise ValueError(f"floor and population share lie in 0-1, not {floor!r} and {population_share!r}")
    area_due, area_served, area_people = areas.total(asked), areas.total(served), areas.total(people)
    valued = area_due > 0
    level = np.full(areas.count, np.nan)
    np.divide(area_served, area_due, out=level, where=valued)
    total, judged = int(people.sum()), int(area_people[valued].sum())
    under = int(area_people[valued & (level < floor)].sum())
    share = under / judged if judged else None
    in_value = valued[areas.label]
    zone_level, zone_people = level[areas.label][in_value], people[in_value]
    names = None if groups is None else np.asarray(groups, dtype=np.str_)[in_value]
    return UniversalityYear(
        event=None if share is None else share > population_share,
        share_under_floor=share,
        population_under_floor=under,
        population=total,
        population_without_value=total - judged,
        mean_service=int(area_served.sum()) / int(area_due.sum()) if valued.any() else None,
        worst_tenth=tail_mean(level[valued], level[valued], area_people[valued]) if judged else None,
        gini_of_service=gini(zone_level, zone_people),
        theil_of_service=theil(zone_level, zone_people, names),
        areas=int(valued.sum()),
        pooled_population_share=int(people[areas.pooled].sum()) / total if total else None,
        chance=chance_only(
            area_due, area_served, area_people, floor=floor, population_share=population_share, seed=seed, draws=draws
        )
        if with_chance
        else None,
    )


def unmet_need_by_zone(due: ArrayLike, in_time: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the needs not served in time by zone, and their share of what was due (NaN where nothing was).

    Raises
    ------
    ValueError : lengths that differ, or more served than due.
    """
    asked, served = np.asarray(due, np.int64), np.asarray(in_time, np.int64)
    if asked.shape != served.shape or (served < 0).any() or (served > asked).any():
        raise ValueError("in_time needs the shape of due, and lies between 0 and due")
    unmet = asked - served
    share = np.full(asked.shape, np.nan)
    np.divide(unmet, asked, out=share, where=asked > 0)
    return unmet, share


def unmet_need_by_group(
    unmet: ArrayLike,
    group_shares: NDArray[np.float64] | None,
    national_shares: ArrayLike,
    assumption: str = "assumption: national mix",
) -> UnmetByGroup:
    """Spread each zone's unmet needs over social groups by the groups' shares of its people.

    Within a zone needs are taken to fall on all groups alike; only *where* a group lives makes it differ.

    Parameters
    ----------
    unmet : float64[Z].
    group_shares : float64[Z, G], rows sum to 1; None when the territory does not know them.
    national_shares : float64[G], used everywhere when ``group_shares`` is None.
    assumption : text that the result carries in that case.

    Raises
    ------
    ValueError : shapes that do not fit, or negative counts.
    """
    needs, national = np.asarray(unmet, np.float64), np.asarray(national_shares, np.float64)
    if needs.ndim != 1 or (needs < 0).any():
        raise ValueError("unmet needs one count >= 0 per zone")
    if group_shares is None:
        return UnmetByGroup(needs.sum() * national, assumption)
    if group_shares.shape != (needs.size, national.size):
        raise ValueError(f"group shares need the shape {(needs.size, national.size)}, not {group_shares.shape}")
    return UnmetByGroup(needs @ group_shares, "")
