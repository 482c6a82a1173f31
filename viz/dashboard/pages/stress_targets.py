"""Whom an event strikes, in words: services, places, ages and diplomas."""

from __future__ import annotations

from collections.abc import Sequence

from entraide.experiments.trials import Trial
from entraide.model.event_kinds import event_kind
from entraide.model.specification import Event
from entraide.scenarios.scenario import Scenario

from ...event_sentences import event_text
from ...locales import localised, number
from ...people_figures import group_name
from ..design import PlannedEvent
from ..struck import groups_named
from .stress_words import word

__all__ = ["places_matching", "planned_text", "service_title", "targets_text", "zone_name"]

_MOST_NAMED = 4
_MOST_FOUND = 8


def zone_name(code: str, scenario: Scenario) -> str:
    """Return the name of a zone; the code itself where there is no such zone."""
    territory = scenario.territory()
    return territory.names[territory.codes.index(code)] if code in territory.codes else code


def service_title(name: str, scenario: Scenario, language: str) -> str:
    """Return the title of a service; the name itself where there is no such service."""
    found = next((each for each in scenario.services if each.name == name), None)
    return name if found is None else localised(found.title.get(language) or name, language)


def places_matching(text: str, scenario: Scenario, without: Sequence[str]) -> list[tuple[str, str]]:
    """Return code and name of the places that a text may mean, those whose name begins with it first."""
    wanted = text.strip().casefold()
    territory = scenario.territory()
    found = [
        (not name.casefold().startswith(wanted), name, code)
        for name, code in zip(territory.names, territory.codes, strict=True)
        if code not in without and (wanted in name.casefold() or wanted == code.casefold())
    ]
    return [(code, name) for _, name, code in sorted(found)[:_MOST_FOUND]]


def targets_text(event: Trial | PlannedEvent, scenario: Scenario, language: str) -> str:
    """Say which services, places and people an event strikes; "" where it strikes all of them."""
    groups = groups_named(scenario, event.groups) if isinstance(event, PlannedEvent) else event.groups
    named = {
        "services": [service_title(name, scenario, language) for name in event.services],
        "zones": [zone_name(code, scenario) for code in event.zones],
        "groups": [_crossed(name, language) for name in groups],
    }
    if isinstance(event, PlannedEvent) and event.groups:
        named["groups"] = [group_name(part, language) for part in event.groups]
    mark = "; " if language == "en" else "\u202f; "
    return mark.join(
        word(f"count_{key}", language, list=_some(names, language)) for key, names in named.items() if names
    )


def planned_text(event: PlannedEvent, scenario: Scenario, language: str) -> str:
    """Write an event of a design: kind, size, how long, when, and whom it strikes where that is not everybody."""
    accepts = event_kind(event.kind).accepts
    day = (event.start - scenario.start).days
    alone = Event(event.kind, day, event.days if "days" in accepts else 1, event.size)
    told = localised(event_text(alone, scenario.start, language), language)
    targets = targets_text(event, scenario, language)
    return f"{told} ({targets})" if targets else told


def _crossed(name: str, language: str) -> str:
    """Return the name of a group of an age and a diploma: "aged 75+ (no diploma)"."""
    first, *rest = (group_name(part, language) for part in name.split("|"))
    return f"{first} ({', '.join(rest)})" if rest else first


def _some(names: Sequence[str], language: str) -> str:
    left = len(names) - _MOST_NAMED
    shown = list(names[:_MOST_NAMED])
    if left > 0:
        shown.append(word("more_one" if left == 1 else "more", language, count=number(left, language)))
    return ", ".join(shown)
