"""Changes on top of a scenario that is loaded already: nothing is read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from entraide.model.parameters import Value

from .changes import laid_over, route_changes
from .fixed_mapping import fixed
from .resolution import check_together, resolve_citizens, resolve_services
from .scenario import Scenario

__all__ = ["merged_changes", "with_changes"]


def merged_changes(scenario: Scenario, changes: Mapping[str, Value]) -> Mapping[str, Value]:
    """Return a scenario's changes with others on top: one of the same parameter and service replaces, however written.

    Raises
    ------
    InputError : unknown key or value that cannot be used.
    """
    return {change.key: change.value for change in laid_over(scenario.changes, changes, scenario.service_names)}


def with_changes(scenario: Scenario, changes: Mapping[str, Value]) -> Scenario:
    """Return a scenario with more changes on top of its own.

    Raises
    ------
    InputError : unknown key, value that cannot be used, or values that contradict each other.
    """
    merged = merged_changes(scenario, changes)
    routed = route_changes(merged, scenario.service_names)
    citizens = resolve_citizens(scenario.tables, routed)
    services = resolve_services(scenario.tables, routed)
    check_together(citizens, services, routed, scenario.path.name)
    return replace(
        scenario,
        citizens=citizens,
        services=services,
        changes=fixed({change.key: change.value for change in routed}),
    )
