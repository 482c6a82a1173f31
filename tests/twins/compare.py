"""Every column, record and contribution of engine and twin, side by side."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from entraide.model.columns import CITIZEN_COLUMNS, INVOLVEMENT_COLUMNS
from entraide.model.records import DAILY_MEASURES, MONTHLY_MEASURES, ZONE_MEASURES
from entraide.model.simulation import Simulation
from entraide.model.specification import Specification

from .world import TwinWorld

__all__ = ["differences", "live_together"]


def _unlike(name: str, engine: object, twin: object, found: list[str]) -> None:
    """Note the first place at which two arrays differ; two NaN are one value, -0.0 and 0.0 are two."""
    one, other = np.asarray(engine), np.asarray(twin)
    other = other.astype(one.dtype) if one.dtype.kind in "iub" else other.astype(np.float64)
    one = one if one.dtype.kind in "iub" else one.astype(np.float64)
    if one.shape != other.shape:
        found.append(f"{name}: shape {one.shape} and {other.shape}")
        return
    bits = (one.view(np.int64), other.view(np.int64)) if one.dtype == np.float64 else (one, other)
    apart = np.argwhere(bits[0] != bits[1])
    if len(apart):
        place = tuple(int(k) for k in apart[0])
        found.append(f"{name}{list(place)}: engine {one[place]!r}, twin {other[place]!r} ({len(apart)} places)")


def differences(engine: Simulation, twin: TwinWorld) -> list[str]:
    """Return what differs at the end of a day, as text; empty when all bits agree.

    Sums of motives are added up chunk by chunk; the twin knows one chunk, so several may differ in the last digits.
    """
    found: list[str] = []
    if twin.citizens:
        for column in CITIZEN_COLUMNS:
            mine = [getattr(person, column.name) for person in twin.citizens]
            _unlike(column.name, engine.citizens[column.name], mine, found)
        for j in range(len(twin.services)):
            for name in (*(column.name for column in INVOLVEMENT_COLUMNS), "threshold"):
                theirs = engine.threshold[j] if name == "threshold" else engine.involvement[name][j]
                mine = [getattr(person.ties[j], name) for person in twin.citizens]
                _unlike(f"{twin.services[j].name}.{name}", theirs, mine, found)
    zone = engine.zone_state
    _unlike("spendability", zone["spendability"], twin.spendability, found)
    _unlike("published", zone["published"], twin.published, found)
    _unlike("members", zone["members"], twin.members, found)
    _unlike("aware", zone["aware"], twin.aware, found)
    for name, of_office in (
        ("need", "need"),
        ("prompt_factor", "prompt_factor"),
        ("administration_trust", "trust"),
        ("measured_error", "measured_error"),
        ("forecast_short", "forecast_short"),
    ):
        _unlike(name, zone[name], [getattr(office, of_office) for office in twin.offices], found)
    for j, kind in enumerate(twin.kinds):
        columns = kind.columns()
        assert set(columns) == set(engine.kind_state[j])
        for name, mine in columns.items():
            _unlike(f"{twin.services[j].name}.{name}", engine.kind_state[j][name], mine, found)
        acts = [act for act in twin.acts if act.service == j]
        names = ("citizen", "service", "zone", "tasks", "seconds", "shift", "wrong", "first")
        for name, theirs in zip(names, engine.today.acts[j], strict=True):
            _unlike(f"{twin.services[j].name}: contributions, {name}", theirs, [getattr(a, name) for a in acts], found)
        day = twin.day - 1
        for row, measure in enumerate(DAILY_MEASURES):
            mine = twin.daily[day][j].get(measure.name, 0.0)
            _unlike(f"{twin.services[j].name}: {measure.name}", engine.records.daily[row, day, j], mine, found)
        unknown = set(twin.daily[day][j]) - {measure.name for measure in DAILY_MEASURES}
        assert not unknown, unknown
        for row, measure in enumerate(ZONE_MEASURES):
            in_all = [sum(past[j][measure.name][z] for past in twin.by_zone) for z in range(twin.zones)]
            theirs = engine.records.zone_year[row, :, j].sum(axis=0)
            _unlike(f"{twin.services[j].name}: {measure.name} by zone", theirs, in_all, found)
        this_month = (twin.specification.start + timedelta(days=day)).month
        for row, name in enumerate(MONTHLY_MEASURES):
            days = [t for t in range(twin.day) if (twin.specification.start + timedelta(days=t)).month == this_month]
            in_month = [sum(twin.by_zone[t][j][name][z] for t in days) for z in range(twin.zones)]
            theirs = engine.records.zone_month[row, this_month - twin.specification.start.month, j]
            _unlike(f"{twin.services[j].name}: {name} this month", theirs, in_month, found)
    if len(engine.chunks) < 2:
        _unlike("motives", engine.records.motives, twin.motives, found)
    elif not np.allclose(engine.records.motives, twin.motives, rtol=1e-12, atol=1e-12):
        found.append(f"motives: engine {engine.records.motives}, twin {twin.motives}")
    return found


def live_together(
    specification: Specification,
    seed: int,
    days: int | None = None,
    *,
    feedbacks: bool = True,
    removed: tuple[int, ...] = (),
    alone: float | None = None,
) -> tuple[list[str], Simulation, TwinWorld]:
    """Run engine and twin side by side until they differ or time is up; return the differences and both."""
    engine = Simulation(specification, seed=seed, feedbacks=feedbacks, removed=removed, alone=alone)
    twin = TwinWorld(specification, seed, 0, feedbacks, removed, alone)
    found: list[str] = []
    for _ in range(specification.days if days is None else days):
        engine.step()
        twin.step()
        found = differences(engine, twin)
        if found:
            found.insert(0, f"day {twin.day - 1}")
            break
    return found, engine, twin
