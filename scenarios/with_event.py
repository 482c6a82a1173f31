"""One more event on top of a scenario that is loaded already: nothing is read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from entraide.model.errors import InputError
from entraide.model.event_kinds import event_kind
from entraide.model.specification import Event

from .fixed_mapping import fixed
from .scenario import Scenario

__all__ = ["with_event"]


def with_event(scenario: Scenario, kind: str, day: int, days: int, size: float) -> Scenario:
    """Return a scenario with one more event that strikes everywhere it can; a copy of it in a folder holds it too.

    Raises
    ------
    InputError : a size out of bounds, or a day outside the calendar.
    """
    declared = event_kind(kind)
    if declared.bounds is not None and not declared.bounds[0] <= size <= declared.bounds[1]:
        low, high = declared.bounds
        raise InputError("is out of bounds", where=f"size of {kind}", value=size, allowed=f"{low:g} to {high:g}")
    if not 0 <= day < scenario.days:
        last = scenario.start + timedelta(days=scenario.days - 1)
        raise InputError(
            "is outside the calendar",
            where=f"date of {kind}",
            value=str(scenario.start + timedelta(days=day)),
            allowed=f"{scenario.start} to {last}",
        )
    table: dict[str, Any] = {"kind": kind, "date": scenario.start + timedelta(days=day)}
    if "days" in declared.accepts:
        table["days"] = days
    if declared.bounds is not None:
        table["size"] = float(size)
    event = Event(kind, day, int(table.get("days", 1)), float(table.get("size", 1.0)))
    return replace(
        scenario,
        events=tuple(sorted((*scenario.events, event), key=lambda each: each.day)),
        tables=fixed({**scenario.tables, "events": [*scenario.tables.get("events", ()), table]}),
    )
