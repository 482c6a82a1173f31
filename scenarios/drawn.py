"""A scenario with values of an ensemble's draw: they hold where neither the file nor a change states a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from entraide.model.parameters import Value

from .changes import route_changes
from .resolution import check_together, resolve_citizens, resolve_services
from .scenario import Scenario

__all__ = ["Stated", "stated_values", "with_drawn"]


@dataclass(frozen=True)
class Stated:
    """A value that a draw would have given, and that the scenario or a change gives instead.

    Attributes
    ----------
    service : name of the service, "" for a parameter of all citizens.
    parameter : its name.
    value : the value that holds.
    by : "scenario" (the file or one of its bases) or "change" (``--set``, a measure, ``changes``).
    """

    service: str
    parameter: str
    value: Value
    by: str


def with_drawn(
    scenario: Scenario, services: Mapping[str, Mapping[str, Value]], citizens: Mapping[str, Value]
) -> Scenario:
    """Return a scenario whose parameters take drawn values where nothing states them.

    Parameters
    ----------
    services : values by service and parameter.
    citizens : values by parameter, for all citizens.

    Raises
    ------
    InputError : a drawn value and a stated one contradict each other.
    """
    routed = route_changes(scenario.changes, scenario.service_names)
    of_citizens = resolve_citizens(scenario.tables, routed, citizens)
    of_services = resolve_services(scenario.tables, routed, services)
    check_together(of_citizens, of_services, routed, scenario.path.name)
    return replace(scenario, citizens=of_citizens, services=of_services)


def stated_values(
    scenario: Scenario, services: Mapping[str, Iterable[str]], citizens: Iterable[str]
) -> tuple[Stated, ...]:
    """Return which of the parameters that a draw would give are stated, service by service, those of citizens last.

    Parameters
    ----------
    services : names of parameters by service.
    citizens : names of parameters of all citizens.
    """
    routed = route_changes(scenario.changes, scenario.service_names)
    moved = {(service, change.parameter.name) for change in routed for service in change.services or ("",)}
    values = {service.name: service.parameters for service in scenario.services}
    asked = [(service, name) for service, names in services.items() for name in names]
    asked += [("", name) for name in citizens]
    found = []
    for service, name in asked:
        table = scenario.tables["services"][service] if service else scenario.tables.get("citizens", {})
        if (service, name) not in moved and name not in table:
            continue
        value = (values[service] if service else scenario.citizens)[name]
        found.append(Stated(service, name, value, "change" if (service, name) in moved else "scenario"))
    return tuple(found)
