"""Which kinds of events make no sense in a scenario, with the reason in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from entraide.model.errors import Words
from entraide.model.production import PRODUCTION_KINDS
from entraide.scenarios.scenario import Scenario

__all__ = ["NOTHING_JUDGED", "Words", "reason_against"]

NOTHING_JUDGED: Words = {
    "en": "nothing that people give is judged right or wrong",
    "fr": "rien de ce que l'on y donne n'est jugé juste ou faux",
}


def reason_against(scenario: Scenario, kind: str) -> Words | None:
    """Return why a kind of event would change nothing in a scenario, whatever its size; None where it may."""
    found = _REFUSALS.get(kind)
    return None if found is None or not found[0](scenario) else found[1]


def _all_online(scenario: Scenario) -> bool:
    return not any(service.parameters["on_site"] for service in scenario.services)


def _nothing_judged(scenario: Scenario) -> bool:
    return not any(PRODUCTION_KINDS[service.kind].judged for service in scenario.services)


def _all_once(scenario: Scenario) -> bool:
    return all(service.parameters["once_for_all"] for service in scenario.services)


def _no_staff(scenario: Scenario) -> bool:
    for service in scenario.services:
        agents = service.parameters["repair_capacity"] if PRODUCTION_KINDS[service.kind].has_agents else 0
        if service.parameters["backstop_capacity"] or agents:
            return False
    return True


def _media_unheard(scenario: Scenario) -> bool:
    return not any(service.parameters["awareness_rate"] for service in scenario.services)


def _trust_unfelt(scenario: Scenario) -> bool:
    return not scenario.citizens["altruism_weight"]


_REFUSALS: Mapping[str, tuple[Callable[[Scenario], bool], Words]] = {
    "lockdown": (
        _all_online,
        {
            "en": "people contribute online, from wherever they are",
            "fr": "on y contribue en ligne, de là où l'on est",
        },
    ),
    "adversary_campaign": (_nothing_judged, NOTHING_JUDGED),
    "loss_of_contributors": (
        _all_once,
        {
            "en": "people contribute once and for all: what they gave stays when they leave",
            "fr": "on y contribue une fois pour toutes\u202f: ce qui est donné reste quand on part",
        },
    ),
    "budget_cut": (
        _no_staff,
        {
            "en": "there is neither a last resort nor agents whose budget could be cut",
            "fr": "il n'y a ni dernier recours ni agents dont le budget puisse être coupé",
        },
    ),
    "media_peak": (
        _media_unheard,
        {
            "en": "people do not hear of the service from the media (awareness_rate = 0)",
            "fr": "on n'y apprend pas l'existence du service par les médias (awareness_rate = 0)",
        },
    ),
    "trust_shock": (
        _trust_unfelt,
        {
            "en": "trust bears on altruism alone, which has no weight (altruism_weight = 0)",
            "fr": "la confiance ne joue que sur l'altruisme, qui n'a aucun poids (altruism_weight = 0)",
        },
    ),
}
