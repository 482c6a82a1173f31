"""What would cross the border between machines, if the people of a territory were split between several.

Parts are whole zones with about as many people each: in the order of the zones' codes, as chunks of work are, or in
strips from west to east. What crosses is who witnesses a contribution over a far link; a near link stays in its zone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from engine import SEED, one_replicate, specification
from measurement import load_average
from numpy.typing import NDArray

from entraide.model.memory import bytes_per_citizen
from entraide.model.territory import Territory

__all__ = ["BYTES_A_WITNESS", "between_parts", "crossing", "parts_of"]

# The citizen's number and the service, padded.
BYTES_A_WITNESS = 8
ORDERS = ("codes", "west to east")


def parts_of(territory: Territory, parts: int, order: str) -> NDArray[np.int64]:
    """Return the part of each zone; int64[Z]. Every part has about as many people."""
    sorted_zones = np.arange(territory.zones) if order == "codes" else np.argsort(territory.longitude, kind="stable")
    population = territory.population[sorted_zones]
    middle = np.cumsum(population) - population / 2.0
    part = np.empty(territory.zones, np.int64)
    part[sorted_zones] = np.minimum(parts - 1, (middle * parts / population.sum()).astype(np.int64))
    return part


def crossing(territory: Territory, part: NDArray[np.int64]) -> float:
    """Return the share of far links that end in another part, over inhabitants: each may reach the zones nearby."""
    other = (part[territory.near] != part[:, None]).mean(axis=1)
    return float((other * territory.population).sum() / territory.inhabitants)


def between_parts(place: int | str, parts: Sequence[int], size: int, days: int) -> dict[str, Any]:
    """Return shares of far links that cross, and the witnesses and bytes a day that follow from them.

    Contributions per citizen-day are those of a run of ``size`` inhabitants over ``days``: their mean, and the most in
    one day.
    """
    territory = specification(place, days).territory
    simulation, outcome = one_replicate(specification(size, days))
    daily = outcome.daily["contributions"].sum(axis=1) / simulation.inhabitants
    far = int(simulation.citizen_record[0]["far_neighbours"])
    rows = []
    for number in parts:
        for order in ORDERS:
            share = crossing(territory, parts_of(territory, number, order))
            witnesses = territory.inhabitants * float(daily.mean()) * far * share
            rows.append(
                {
                    "parts": number,
                    "order": order,
                    "share_of_far_links": share,
                    "witnesses_a_day": witnesses,
                    "bytes_a_day": witnesses * BYTES_A_WITNESS,
                }
            )
    return {
        "inhabitants": territory.inhabitants,
        "zones": territory.zones,
        "seed": SEED,
        "days": days,
        "contributions_per_citizen_day": float(daily.mean()),
        "most_in_a_day": float(daily.max()),
        "far_links": far,
        "bytes_per_citizen": bytes_per_citizen(1),
        "rows": rows,
        "load_average": load_average(),
    }
