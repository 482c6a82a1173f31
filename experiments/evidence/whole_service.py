"""The whole simulation, for a case that does not say when people arrive: they hear, come and go by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from entraide.model.administration_parameters import ADMINISTRATION_ONLY_PARAMETERS
from entraide.model.simulation import Simulation
from entraide.model.specification import Event, ServiceSpecification, Specification
from entraide.model.territory import Territory
from entraide.scenarios.groups import national_groups

from .class_values import project_of
from .harness import Setting
from .observations import History

__all__ = ["simulate_whole"]

# People of one zone where a case does not place anybody: the size at which zones are simulated quickly.
_ZONE = 10_000
_START = date(2025, 1, 1)


def simulate_whole(setting: Setting, days: int, start: date | None) -> History:
    """Return the history of a whole simulation: one service, people of the national mix, in zones of one size."""
    scale = setting.scale
    citizens, service = project_of(setting.service_class, setting.draw)
    alone = {parameter.name: parameter.default for parameter in ADMINISTRATION_ONLY_PARAMETERS}
    specification = Specification(
        name=setting.service_class,
        territory=_territory(int(scale["people_pool"])),
        citizens=citizens,
        services=(ServiceSpecification(service.name, service.kind, service.parameters, service.reference, alone),),
        events=_gaps(scale),
        start=start or _START,
        days=days,
    )
    simulation = Simulation(specification, seed=setting.seed, log=True).run()
    log = simulation.records.log or []
    if not log:
        empty = np.empty(0, np.int64)
        return History(empty, empty, empty, days, start)
    day, citizen, _, tasks, _ = (np.concatenate([part[column] for part in log]) for column in range(5))
    _, person = np.unique(citizen, return_inverse=True)
    return History(person.astype(np.int64), day.astype(np.int64), tasks.astype(np.int64), days, start)


def _gaps(scale: Mapping[str, Any]) -> tuple[Event, ...]:
    """Return as outages the days on which there was nothing to do."""
    return tuple(
        Event("outage", int(first), int(last) - int(first) + 1) for first, last in scale.get("supply_gaps", ())
    )


def _territory(people: int) -> Territory:
    """Return zones of one size, each near the ones beside it."""
    zones = max(1, round(people / _ZONE))
    population = np.diff(np.linspace(0, people, zones + 1).round()).astype(np.int64)
    near = (np.arange(zones)[:, None] + np.array([0, 1, -1])[None, :]) % zones
    unknown = np.full(zones, np.nan)
    return Territory(
        title=f"{people} people",
        codes=tuple(f"{zone:04d}" for zone in range(zones)),
        names=tuple(f"Zone {zone + 1}" for zone in range(zones)),
        population=population,
        intercommunality=("",) * zones,
        department=("",) * zones,
        area_km2=unknown,
        longitude=unknown,
        latitude=unknown,
        deprivation=None,
        group_shares=None,
        near=near.astype(np.int32),
        groups=national_groups(),
    )
