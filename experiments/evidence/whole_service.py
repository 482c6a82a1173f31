"""The whole simulation, for a case that does not say when people arrive: they hear, come and go by themselves."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entraide.model.administration_parameters import ADMINISTRATION_ONLY_PARAMETERS
from entraide.model.arithmetic import normal_quantile
from entraide.model.parameters import Value
from entraide.model.service_classes import SERVICE_CLASSES
from entraide.model.service_parameters import SERVICE_PARAMETERS
from entraide.model.simulation import Simulation
from entraide.model.specification import Event, ServiceSpecification, Specification
from entraide.model.territory import Territory
from entraide.scenarios.groups import national_groups, zone_group_shares

from .class_values import project_of, values_of
from .harness import Setting
from .observations import History
from .supply import supply_gaps

__all__ = ["simulate_whole"]

# People of one zone where a case does not place anybody: the size at which zones are simulated quickly.
_ZONE = 10_000
_START = date(2025, 1, 1)
_GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0


def simulate_whole(setting: Setting, days: int, start: date | None, seen_from: date | None = None) -> History:
    """Return the history of a whole simulation of one service, from the first day observed.

    With ``education_by_decile`` areas differ in deprivation: those of the first decile are the most deprived. Where
    needs prompt, areas have their needs repaired within the norm's delay, by whom they are reported or not: a service
    like FixMyStreet brings few of them (13 % of the reports of potholes, mySociety 2020).
    """
    scale = setting.scale
    by_area = "areas" in scale
    prompted = bool(SERVICE_CLASSES.get(setting.service_class, {}).get("need_prompted", False))
    kind = "report-and-repair" if by_area and prompted else "queue"
    citizens, service = project_of(setting.service_class, _values(setting, by_area and prompted), kind)
    alone = {parameter.name: parameter.default for parameter in ADMINISTRATION_ONLY_PARAMETERS}
    specification = Specification(
        name=setting.service_class,
        territory=_areas(scale) if by_area else _territory(_one_size(int(scale["people_pool"]))),
        citizens=citizens,
        services=(ServiceSpecification(service.name, service.kind, service.parameters, service.reference, alone),),
        events=_gaps(scale, days),
        start=start or _START,
        days=days,
    )
    simulation = Simulation(specification, seed=setting.seed, log=True).run()
    log = simulation.records.log or [(np.empty(0, np.int64),) * 5]
    day, citizen, _, tasks, _ = (np.concatenate([part[column] for part in log]) for column in range(5))
    before = (seen_from - specification.start).days if seen_from is not None else 0
    seen = day >= before
    citizen = citizen[seen]
    return History(
        person=np.unique(citizen, return_inverse=True)[1].astype(np.int64),
        day=day[seen].astype(np.int64) - before,
        tasks=tasks[seen].astype(np.int64),
        horizon=days - before,
        start=start if seen_from is None else seen_from,
        zone=np.searchsorted(simulation.zone_start, citizen, side="right") - 1 if by_area else None,
        decile=deciles(scale) if by_area else None,
        by_month=bool(scale.get("reporters_by_month", False)),
    )


def _values(setting: Setting, repaired: bool) -> dict[str, Value]:
    """Return the values of parameters for a simulation in which needs are repaired within the norm's delay."""
    values = values_of(setting)
    if repaired:
        norm = next(parameter.default for parameter in SERVICE_PARAMETERS if parameter.name == "norm_delay")
        values.setdefault("need_lifetime", values.get("norm_delay", norm))
    if "need_deprivation_slope" in setting.scale:
        values["need_deprivation_slope"] = float(setting.scale["need_deprivation_slope"])
    return values


def _gaps(scale: Mapping[str, Any], days: int) -> tuple[Event, ...]:
    """Return the days with less to do as events that multiply prompts, and those with nothing to do as outages."""
    return tuple(
        Event("holidays", first, last - first + 1, size=share) if share else Event("outage", first, last - first + 1)
        for first, last, share in supply_gaps(scale, days)
    )


def _one_size(people: int) -> NDArray[np.int64]:
    """Return zones of about one size for so many people."""
    zones = max(1, round(people / _ZONE))
    return np.diff(np.linspace(0, people, zones + 1).round()).astype(np.int64)


def deciles(scale: Mapping[str, Any]) -> NDArray[np.int64]:
    """Return the deprivation decile of each area, 1 the most deprived, as many areas of each as possible; or 0."""
    if "education_by_decile" not in scale:
        return np.zeros(int(scale["areas"]), np.int64)
    return np.arange(int(scale["areas"])) * 10 // int(scale["areas"]) + 1


def _areas(scale: Mapping[str, Any]) -> Territory:
    """Return areas with their sizes, their deprivation, and people with the education of their decile."""
    place = _territory(_sizes(scale))
    if "education_by_decile" not in scale:
        return place
    decile = deciles(scale)
    education = np.asarray(scale["education_by_decile"], np.float64)
    shares, _ = zone_group_shares(place.groups, None, education[decile - 1])
    return replace(place, deprivation=np.asarray((10.5 - decile) / 10.0), group_shares=shares)


def _sizes(scale: Mapping[str, Any]) -> NDArray[np.int64]:
    """Return the inhabitants of each area: lognormal, one area at the middle of each part of equal chance.

    Large and small areas lie among each other, so that size goes with no decile.
    """
    areas, spread = int(scale["areas"]), float(scale.get("area_people_log_sd", 0.0))
    place = np.argsort(np.argsort(np.arange(areas) * _GOLDEN % 1.0))
    relative = np.array([math.exp(spread * normal_quantile((rank + 0.5) / areas)) for rank in place])
    return np.rint(float(scale["area_people"]) * relative / relative.mean()).astype(np.int64)


def _territory(population: NDArray[np.int64]) -> Territory:
    """Return zones of the national mix, each near the ones beside it."""
    zones = len(population)
    near = (np.arange(zones)[:, None] + np.array([0, 1, -1])[None, :]) % zones
    unknown = np.full(zones, np.nan)
    return Territory(
        title=f"{population.sum()} people",
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
