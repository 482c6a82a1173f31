"""Where and how to move one parameter so that it acts: a scenario whose service reads it, and what goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from scenario_files import another_value

from entraide.model.parameters import Parameter, Value
from entraide.scenarios.declarations import SERVICE
from entraide.scenarios.lever_sense import UNREAD
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.reading import shipped_names
from entraide.scenarios.scenario import Scenario

__all__ = ["a_scenario_of", "change_that_acts", "kinds_that_read"]

# Levers that do nothing by themselves: what else must be set.
WITHOUT_WHICH_IT_DOES_NOTHING: Mapping[str, Mapping[str, Value]] = {
    "reward_rate": {"reward_medium": "credit"},
    "credit_offers": {"reward_medium": "credit"},
    "credit_lifetime": {"reward_medium": "credit"},
    "phone_friction": {"phone_offered": True},
    "desk_friction": {"desk_offered": True},
    "outreach_focus": {"outreach": 0.001},
}


def kinds_that_read(parameter: Parameter) -> tuple[str, ...]:
    """Return the production kinds to which a parameter of services is confined; none: any kind reads it."""
    return (*parameter.production, *(parameter.lever.kinds if parameter.lever else ()))


@cache
def _shipped() -> tuple[Scenario, ...]:
    return tuple(load_scenario(name) for name in shipped_names())


@cache
def a_scenario_of(kinds: tuple[str, ...], unread: str = "") -> tuple[str, str]:
    """Return a scenario and its service of one of the kinds named (none: any) that reads the parameter ``unread``.

    The default scenario goes first, then those with one service only.
    """
    order = sorted(_shipped(), key=lambda scenario: (scenario.name != "urban-reports", len(scenario.services)))
    for scenario in order:
        for service in scenario.services:
            if (not kinds or service.kind in kinds) and (service.kind, unread) not in UNREAD:
                return scenario.name, service.name
    raise AssertionError(f"no scenario has a service of kind {kinds}")


def change_that_acts(key: str) -> tuple[str, str, dict[str, Value]]:
    """Return a scenario, its service, and changes that move the service's parameter ``key`` so that it acts."""
    parameter = SERVICE[key]
    name, service = a_scenario_of(kinds_that_read(parameter), key)
    scenario = load_scenario(name)
    base = next(each for each in scenario.services if each.name == service).parameters
    moved = {key: another_value(parameter, base[key]), **WITHOUT_WHICH_IT_DOES_NOTHING.get(key, {})}
    prefix = f"{service}." if len(scenario.services) > 1 else ""
    return name, service, {f"{prefix}{lever}": value for lever, value in moved.items()}
