"""A run over all of France with invented accounts: real communes, real pooling, nobody simulated."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from entraide.experiments.results import Result
from entraide.model.territory import Territory
from entraide.scenarios.territories import load_territory

__all__ = ["france", "over_france", "some_zones"]


@cache
def france() -> Territory:
    """Return all inhabited communes."""
    return load_territory("all")


def some_zones(territory: Territory, chosen: NDArray[np.bool_]) -> Territory:
    """Return some zones of a territory."""
    rows = np.flatnonzero(chosen)

    def some(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names[row] for row in rows)

    return replace(
        territory,
        codes=some(territory.codes),
        names=some(territory.names),
        population=territory.population[rows],
        intercommunality=some(territory.intercommunality),
        department=some(territory.department),
        area_km2=territory.area_km2[rows],
        longitude=territory.longitude[rows],
        latitude=territory.latitude[rows],
    )


def over_france(
    small: Result, *, replicates: int = 1, seed: int = 0, territory: Territory | None = None, badly: float = 0.6
) -> Result:
    """Return the run of a small place as if it had been one of France, with invented needs by commune.

    A need arises for each 40 inhabitants and year on average. Service is better in some departments than in others, the
    worst having ``badly`` of their needs met in time.

    Parameters
    ----------
    small : gives the scenario, and everything that is not counted by zone.
    territory : all communes of France by default.
    """
    place = france() if territory is None else territory
    generator = np.random.default_rng(seed)
    codes, department = np.unique(np.array(place.department), return_inverse=True)
    # The same departments are badly served in every replicate, wherever they stand in the list.
    chance = (badly + (0.98 - badly) * generator.random(codes.size) ** 0.5)[department]
    outcomes = []
    for number in range(replicates):
        first = small.outcomes[min(number, small.replicates - 1)]
        due = generator.poisson(place.population / 40.0)
        in_time = generator.binomial(due, chance)
        shape = (*first.zone_year["due"].shape[:2], place.zones)
        zone_year = {name: np.zeros(shape, np.int64) for name in first.zone_year}
        zone_year["due"] = np.broadcast_to(due, shape).copy()
        zone_year["in_time"] = np.broadcast_to(in_time, shape).copy()
        months = {
            name: np.zeros((*counts.shape[:2], place.zones), np.int32) for name, counts in first.zone_month.items()
        }
        outcomes.append(replace(first, replicate=number, zone_year=zone_year, zone_month=months))
    return replace(
        small,
        specification=replace(small.specification, territory=place),
        outcomes=tuple(outcomes),
        specifications=tuple(replace(each, territory=place) for each in small.specifications),
        counterfactual=None,
        _values={},
        _margins={},
    )
