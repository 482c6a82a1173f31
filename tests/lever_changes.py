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

__all__ = ["MOVED", "WITHOUT_WHICH_IT_DOES_NOTHING", "a_scenario_of", "change_that_acts", "kinds_that_read"]

# Levers that do nothing by themselves: what else must be set.
WITHOUT_WHICH_IT_DOES_NOTHING: Mapping[str, Mapping[str, Value]] = {
    "reward_rate": {"reward_medium": "credit"},
    "credit_offers": {"reward_medium": "credit"},
    "credit_lifetime": {"reward_medium": "credit"},
    "phone_friction": {"phone_offered": True},
    "desk_friction": {"desk_offered": True},
    "outreach_focus": {"outreach": 0.001},
}
# Every lever -> a value to move it to, away from where the small worlds of the tests have it.
MOVED: Mapping[str, Value] = {
    "acculturation_citizens": 1.0,
    "shared_tools": True,
    "minutes_per_task": 12.0,
    "legal_burden": 2.0,
    "fun": 2.0,
    "challenge": 1.0,
    "outreach": 0.02,
    "prompt_boost": 3.0,
    "app_friction": 0.5,
    "phone_offered": True,
    "phone_friction": 1.0,
    "desk_offered": True,
    "desk_friction": 2.0,
    "need_shown": 1.0,
    "reputation_visibility": 1.0,
    "badges": True,
    "reward_medium": "cash",
    "reward_rate": 5.0,
    "credit_offers": 50.0,
    "credit_lifetime": 5,
    "acknowledgement_rate": 1.0,
    "acknowledgement_delay": 1,
    "answers_per_task": 5,
    "aggregation": "weighted",
    "gold_share": 0.3,
    "duplicate_detection": 0.2,
    "repair_capacity": 900.0,
    "backstop_capacity": 900.0,
    "backstop_wait": 11,
    "checking_max": 1.0,
    "administration_trust_start": 0.9,
    "training": 1.0,
    "reminder_rate": 0.5,
    "scheduled_rate": 0.5,
    "minimum_pool": 900.0,
    "outreach_focus": 1.0,
    "guaranteed_floor": True,
    "mediation": 1.0,
    "moderation": 1.0,
    "expert_review": 1.0,
    "task_parts": 2,
    "one_click": True,
    "variety": 1.0,
    "impact_shown": 1.0,
    "openness": 1.0,
    "media_campaign": 5.0,
    "evaluation_days": 7,
    "acculturation_staff": 1.0,
    "insurance_unit_cost": 9.0,
    "legal_fixed_cost": 900.0,
    "review_share": 0.9,
    "reread_share": 1.0,
    "alert_radius_km": 3.0,
    "activation_share": 1.0,
    "trained_share": 1.0,
    "routing": 1.0,
    "second_look": 0.5,
    "matching_visibility": 1.0,
    "matching_reach": 3,
    "progress_shown": 1.0,
    "seed_share": 0.5,
    "integration": 1.0,
    "public_roofs": 0.5,
    "surplus_shared": 0.8,
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
