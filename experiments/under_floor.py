"""Who lives under the floor: the areas that universality judges one by one, and their people by department.

An area is a commune with enough needs, or small communes judged together; each is told once, whatever the number of its
communes. Sums over areas, and over departments, are those of the measure ``share_under_floor``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entraide.model.distributions import binomial_cumulative
from entraide.model.production_names import UNIT_DAY_KINDS
from entraide.model.records import Outcome
from entraide.model.risk import LEAST_DUE, Areas, year_slices
from entraide.model.risk.chance import largest_count_within
from entraide.model.specification import Specification

from .measures import judged_areas

__all__ = [
    "ALONE",
    "JOINED",
    "POOLS",
    "AreaUnderFloor",
    "DepartmentCounts",
    "Judged",
    "department_counts",
    "judge",
    "mostly_alone",
]

# How an area came about: a zone judged alone, or a zone that neighbours without enough needs were joined to.
ALONE, JOINED = "alone", "joined"
# What the small zones of an area have in common.
POOLS = ("intercommunality", "department", "territory")


@dataclass(frozen=True)
class AreaUnderFloor:
    """An area under the floor in one replicate.

    Attributes
    ----------
    judged : ALONE, JOINED, or which of POOLS its zones have in common.
    code : of the zone (the one that others were joined to), of the intercommunality or department; "" for a pool over
        the whole territory.
    name : of the zone; "" for a pool, which the packaged tables name by its code only.
    departments : codes of the departments that it lies in.
    zones : codes of its zones.
    population : people.
    due, in_time : needs that fell due, and those met in time.
    """

    judged: str
    code: str
    name: str
    departments: tuple[str, ...]
    zones: tuple[str, ...]
    population: int
    due: int
    in_time: int


@dataclass(frozen=True)
class Judged:
    """The areas of one service and one year of one replicate. Shapes: A areas, Z zones.

    Attributes
    ----------
    areas : how zones are gathered.
    due, in_time, population : int64[A].
    under : bool[A], whether it is under the floor; areas where nothing was due are not.
    by_chance : float64[A], chance of being under the floor with the mean service of the territory; NaN where nothing
        was due. None for services whose days depend on each other.
    """

    specification: Specification
    areas: Areas
    due: NDArray[np.int64]
    in_time: NDArray[np.int64]
    population: NDArray[np.int64]
    under: NDArray[np.bool_]
    by_chance: NDArray[np.float64] | None
    _counted: NDArray[np.int64]

    @property
    def stands(self) -> NDArray[np.bool_]:
        """Whether a zone has needs enough to be judged by itself, bool[Z]."""
        return np.asarray(self._counted >= LEAST_DUE)

    def listed(self) -> list[AreaUnderFloor]:
        """Return the areas under the floor, the most populated first."""
        territory = self.specification.territory
        order = np.argsort(self.areas.label, kind="stable")
        first = np.searchsorted(self.areas.label[order], np.arange(self.areas.count + 1))
        found = []
        for area in np.flatnonzero(self.under):
            zones = order[first[area] : first[area + 1]]
            judged, code, name = self._called(zones)
            found.append(
                AreaUnderFloor(
                    judged=judged,
                    code=code,
                    name=name,
                    departments=tuple(sorted({territory.department[zone] for zone in zones} - {""})),
                    zones=tuple(territory.codes[zone] for zone in zones),
                    population=int(self.population[area]),
                    due=int(self.due[area]),
                    in_time=int(self.in_time[area]),
                )
            )
        return sorted(found, key=lambda area: (-area.population, area.code))

    def _called(self, zones: NDArray[np.int64]) -> tuple[str, str, str]:
        """Return how an area came about, its code and its name."""
        territory = self.specification.territory
        large = zones[self.stands[zones]]
        if large.size or zones.size == 1:
            zone = int(large[0] if large.size else zones[0])
            return ALONE if zones.size == 1 else JOINED, territory.codes[zone], territory.names[zone]
        for judged, names in zip(POOLS, (territory.intercommunality, territory.department), strict=False):
            common = {names[zone] for zone in zones}
            if len(common) == 1 and common != {""}:
                return judged, common.pop(), ""
        return POOLS[-1], "", ""


def judge(outcome: Outcome, specification: Specification, service: int, year: int) -> Judged:
    """Return the areas of a replicate as universality judges them.

    Parameters
    ----------
    service : place of the service in the specification.
    year : 0 for the first 365 days.
    """
    chosen = specification.services[service]
    floor = float(chosen.parameters["norm_zone_floor"])
    areas = judged_areas(outcome, specification, service, year)
    asked = outcome.zone_year["due"][year, service]
    due, in_time = areas.total(asked), areas.total(outcome.zone_year["in_time"][year, service])
    population = areas.total(specification.territory.population)
    valued = due > 0
    under = np.zeros(areas.count, np.bool_)
    under[valued] = in_time[valued] / due[valued] < floor
    of_days = chosen.kind in UNIT_DAY_KINDS
    span = year_slices(specification.days)[year]
    return Judged(
        specification=specification,
        areas=areas,
        due=due,
        in_time=in_time,
        population=population,
        under=under,
        by_chance=None if of_days else _by_chance(due, in_time, floor),
        _counted=asked // (span.stop - span.start) if of_days else asked,
    )


def mostly_alone(
    outcomes: Sequence[Outcome], specifications: Sequence[Specification], service: int, year: int
) -> NDArray[np.bool_]:
    """Return the zones that have needs enough to be judged by themselves in half of the replicates or more, bool[Z]."""
    found = [judge(*pair, service, year).stands for pair in zip(outcomes, specifications, strict=True)]
    return np.asarray(2 * np.sum(found, axis=0) >= len(found))


def _by_chance(due: NDArray[np.int64], in_time: NDArray[np.int64], floor: float) -> NDArray[np.float64]:
    """Return each area's chance of falling under the floor with the mean service, as ``model.risk.chance`` sums it."""
    found = np.full(due.shape, np.nan)
    if not due.any():
        return found
    mean = int(in_time.sum()) / int(due.sum())
    sizes, place = np.unique(due[due > 0], return_inverse=True)
    chances = [binomial_cumulative(largest_count_within(floor, int(n), strict=True), int(n), mean) for n in sizes]
    found[due > 0] = np.array(chances, np.float64)[place]
    return found


@dataclass(frozen=True)
class DepartmentCounts:
    """People and needs by department, means over replicates. Shapes: D departments, in the order of their codes.

    Attributes
    ----------
    codes : "" for zones whose department is unknown.
    population : float64[D], people.
    judged : float64[D], people in areas that have a value.
    under : float64[D], people under the floor.
    by_chance : float64[D], people that chance alone would put there; None for services whose days depend on each other.
    due, in_time : float64[D], needs.
    """

    codes: tuple[str, ...]
    population: NDArray[np.float64]
    judged: NDArray[np.float64]
    under: NDArray[np.float64]
    by_chance: NDArray[np.float64] | None
    due: NDArray[np.float64]
    in_time: NDArray[np.float64]

    @property
    def share_under(self) -> NDArray[np.float64]:
        """Share of the judged people who live under the floor, float64[D]; NaN where nobody can be judged."""
        return _ratio(self.under, self.judged)

    @property
    def level(self) -> NDArray[np.float64]:
        """Share of needs met in time, float64[D]; NaN where nothing was due."""
        return _ratio(self.in_time, self.due)

    def columns(self) -> Mapping[str, NDArray[np.float64]]:
        """Return the counts by name."""
        names = ("population", "judged", "under", "by_chance", "due", "in_time")
        return {name: getattr(self, name) for name in names if getattr(self, name) is not None}


def _ratio(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    share = np.full(whole.shape, np.nan)
    np.divide(part, whole, out=share, where=whole > 0)
    return share


def department_counts(
    outcomes: Iterable[Outcome], specifications: Sequence[Specification], service: int, year: int
) -> DepartmentCounts:
    """Count people and needs by department, as a mean over replicates.

    Parameters
    ----------
    specifications : what each replicate simulated, in the order of ``outcomes``.
    """
    codes, place = np.unique(np.array(specifications[0].territory.department, np.str_), return_inverse=True)
    people = specifications[0].territory.population

    def total(weights: NDArray[np.floating] | NDArray[np.integer]) -> NDArray[np.float64]:
        return np.bincount(place, weights.astype(np.float64), codes.size).astype(np.float64)

    sums: dict[str, NDArray[np.float64]] = {}
    replicates = 0
    for outcome, specification in zip(outcomes, specifications, strict=True):
        replicates += 1
        found = judge(outcome, specification, service, year)
        label = found.areas.label
        counts = {
            "judged": total(people * (found.due > 0)[label]),
            "under": total(people * found.under[label]),
            "due": total(outcome.zone_year["due"][year, service]),
            "in_time": total(outcome.zone_year["in_time"][year, service]),
        }
        if found.by_chance is not None:
            counts["by_chance"] = total(people * np.nan_to_num(found.by_chance)[label])
        for name, values in counts.items():
            sums[name] = sums.get(name, 0.0) + values
    means = {name: values / replicates for name, values in sums.items()}
    return DepartmentCounts(
        codes=tuple(map(str, codes)), population=total(people), by_chance=means.pop("by_chance", None), **means
    )
