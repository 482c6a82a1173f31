"""One more event on top of a scenario that is loaded already: nothing is read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from entraide.model.errors import InputError, Words, nearest_name
from entraide.model.event_kinds import EventKind, event_kind
from entraide.model.fault_words import OUT_OF_BOUNDS, UNKNOWN_SERVICE
from entraide.model.specification import Event

from .fixed_mapping import fixed
from .scenario import Scenario

__all__ = ["able_groups", "with_event"]

_UNKNOWN: dict[str, Words] = {
    "services": UNKNOWN_SERVICE,
    "zones": {"en": "unknown zone", "fr": "zone inconnue"},
    "groups": {"en": "unknown social group", "fr": "groupe social inconnu"},
}


def with_event(
    scenario: Scenario,
    kind: str,
    day: int,
    days: int,
    size: float,
    *,
    services: Sequence[str] = (),
    zones: Sequence[str] = (),
    groups: Sequence[str] = (),
) -> Scenario:
    """Return a scenario with one more event; a copy of it in a folder holds it too.

    Parameters
    ----------
    day : first day, 0 is the start of the simulation.
    days, size : how long it lasts, and how strong it is in the unit of its kind.
    services, zones, groups : names and codes of those that it strikes; empty: all.

    Raises
    ------
    InputError : a size out of bounds, a day outside the calendar, an unknown service, zone or group, or one that
        this kind has no use for.
    """
    declared = event_kind(kind)
    where: Words = {"en": f"event {kind}", "fr": f"événement {kind}"}
    if declared.bounds is not None and not declared.bounds[0] <= size <= declared.bounds[1]:
        low, high = declared.bounds
        raise InputError(
            OUT_OF_BOUNDS,
            where={"en": f"size of {kind}", "fr": f"taille de {kind}"},
            value=size,
            allowed={"en": f"{low:g} to {high:g}", "fr": f"de {low:g} à {high:g}"},
        )
    if not 0 <= day < scenario.days:
        last = scenario.start + timedelta(days=scenario.days - 1)
        raise InputError(
            {"en": "is outside the calendar", "fr": "est hors du calendrier"},
            where={"en": f"date of {kind}", "fr": f"date de {kind}"},
            value=str(scenario.start + timedelta(days=day)),
            allowed={"en": f"{scenario.start} to {last}", "fr": f"du {scenario.start} au {last}"},
        )
    struck = {"services": tuple(services), "zones": tuple(zones), "groups": tuple(groups)}
    _check_struck(scenario, declared, struck, where)
    table: dict[str, Any] = {"kind": kind, "date": scenario.start + timedelta(days=day)}
    if "days" in declared.accepts:
        table["days"] = days
    if declared.bounds is not None:
        table["size"] = float(size)
    table |= {key: list(names) for key, names in struck.items() if names}
    event = Event(kind, day, int(table.get("days", 1)), float(table.get("size", 1.0)), **struck)
    return replace(
        scenario,
        events=tuple(sorted((*scenario.events, event), key=lambda each: each.day)),
        tables=fixed({**scenario.tables, "events": [*scenario.tables.get("events", ()), table]}),
    )


def able_groups(scenario: Scenario) -> tuple[str, ...]:
    """Return the names of the groups that can contribute: those that an event may strike."""
    known = scenario.territory().groups
    return tuple(name for name, able in zip(known.names, known.can_contribute, strict=True) if able)


def _check_struck(scenario: Scenario, declared: EventKind, struck: dict[str, tuple[str, ...]], where: Words) -> None:
    for key, names in struck.items():
        if not names:
            continue
        if key in declared.refuses:
            raise InputError(
                {"en": f"has no use for {key}", "fr": f"n'a que faire de {key}"},
                where=where,
                value=", ".join(names),
                remedy=declared.refuses[key],
            )
        known = {
            "services": lambda: scenario.service_names,
            "zones": lambda: scenario.territory().codes,
            "groups": lambda: able_groups(scenario),
        }[key]()
        for name in names:
            if name not in known:
                few = ", ".join(known) if len(known) <= 20 else f"{', '.join(known[:3])}, …"
                raise InputError(_UNKNOWN[key], where=where, value=name, allowed=few, nearest=nearest_name(name, known))
