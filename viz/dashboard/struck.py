"""Whom an event of a design strikes: from the ages and diplomas that a reader chooses to groups of the model."""

from __future__ import annotations

from collections.abc import Sequence

from entraide.scenarios.scenario import Scenario
from entraide.scenarios.with_event import able_groups, with_event

from .design import PlannedEvent

__all__ = ["groups_named", "parts_of_groups", "with_planned"]

# Groups are named "age|diploma".
_BETWEEN = "|"


def parts_of_groups(scenario: Scenario) -> tuple[tuple[str, ...], ...]:
    """Return the ages and the diplomas by which the groups of a scenario are named; one part where not by both."""
    named = [name.split(_BETWEEN) for name in able_groups(scenario)]
    most = max(map(len, named), default=0)
    return tuple(tuple(dict.fromkeys(parts[place] for parts in named if place < len(parts))) for place in range(most))


def groups_named(scenario: Scenario, parts: Sequence[str]) -> tuple[str, ...]:
    """Return the groups of the ages and of the diplomas named; where none of one sort is named, all of that sort.

    A part that there is not is returned as it is, so that whoever uses the groups can refuse it.
    """
    sorts = parts_of_groups(scenario)
    wanted = [[part for part in sort if part in parts] for sort in sorts]
    unknown = tuple(part for part in parts if not any(part in sort for sort in sorts))
    if not any(wanted):
        return unknown
    found = tuple(
        name
        for name in able_groups(scenario)
        if all(not chosen or part in chosen for part, chosen in zip(name.split(_BETWEEN), wanted, strict=False))
    )
    return (*found, *unknown)


def with_planned(scenario: Scenario, event: PlannedEvent) -> Scenario:
    """Return a scenario with an event of a design.

    Raises
    ------
    InputError : it is outside the calendar, or strikes what there is not.
    """
    return with_event(
        scenario,
        event.kind,
        (event.start - scenario.start).days,
        event.days,
        event.size,
        services=event.services,
        zones=event.zones,
        groups=groups_named(scenario, event.groups) if event.groups else (),
    )
