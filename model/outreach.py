"""Outreach of the day: how strongly, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from .simulation import Simulation

__all__ = ["outreach_by_zone"]

MONTH = 30


def outreach_by_zone(simulation: Simulation, j: int) -> NDArray[np.float64]:
    """Return by zone the chance that outreach reaches a person today, and remember the contacts for their cost.

    While fewer contributions than the minimum pool were made in 30 days, recruitment adds to it. A focused share of it
    goes where the unmet need is, with as many contacts in all.
    """
    service = simulation.service_records[j]
    reach = float(service["outreach"])
    if float(service["minimum_pool"]) > 0.0:
        recent = simulation.records.series("contributions", j)[max(0, simulation.day - MONTH) : simulation.day]
        if 1000.0 * float(recent.sum()) < float(service["minimum_pool"]) * simulation.inhabitants:
            reach += float(service["pool_outreach"])
    simulation.today.contacts.append(reach)
    focus = float(service["outreach_focus"])
    if focus <= 0.0 or reach <= 0.0:
        return np.full(simulation.zones, reach)
    need = simulation.zone_state["need"][j]
    population = simulation.specification.territory.population
    mean = float((need * population).sum()) / simulation.inhabitants
    relative = need / mean if mean > 0.0 else np.ones(simulation.zones)
    return np.asarray(np.minimum(1.0, reach * (1.0 - focus + focus * relative)))
