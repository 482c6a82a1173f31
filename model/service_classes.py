"""Classes of service: starting values of the parameters that contribution histories were fitted to.

A class describes a family of projects, not one project. What data leave open for it is held by its ensemble
(docs/reference/calibration.md); its starting values are the most typical draw of that ensemble, whole, since the values
of a draw were fitted together. They are kept in ``class_presets.json``, which
``python -m entraide.experiments.evidence.presets`` writes; what is fitted to nothing stands here.
``SERVICE_CLASS_SOURCES`` says where values come from and how far the draws spread.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .parameters import Value

__all__ = ["SERVICE_CLASSES", "SERVICE_CLASS_CITIZENS", "SERVICE_CLASS_SOURCES", "preset_of"]

# People stop for lack of time, not from having had enough: longer than any session that time allows.
_NOT_BINDING = 400.0
_FITTED: Mapping[str, Mapping[str, Any]] = json.loads(
    (Path(__file__).resolve().parent / "class_presets.json").read_text(encoding="utf-8")
)


def _online(**changes: Value) -> dict[str, Value]:
    """Return what is not fitted of work done at a screen, when the platform or habit prompts."""
    preset: dict[str, Value] = {
        "prompt_fading": 0.9,
        "need_prompted": False,
        "on_site": False,
        "session_tasks": _NOT_BINDING,
        "session_tasks_log_sd": 1.0,
        "departure_rate": 0.165,
        "by_appointment": False,
        "intercept_acceptance": 0.5,
        "satiation_per_task": 0.02,
    }
    return preset | changes


def _in_the_field(**changes: Value) -> dict[str, Value]:
    """Return what is not fitted of work done on the spot, when the need itself prompts."""
    return _online(**({"prompt_fading": 0.0, "need_prompted": True, "on_site": True} | changes))


_NOT_FITTED: Mapping[str, Mapping[str, Value]] = {
    "online-micro-task": _online(minutes_per_task=0.3),
    "online-micro-task-loyal": _online(session_tasks_log_sd=0.5, minutes_per_task=0.3),
    "knowledge-commons": _online(minutes_per_task=15.0),
    "tiny-one-shot": _online(minutes_per_task=10.0),
    "crisis": _online(minutes_per_task=15.0),
    "field-observation": _in_the_field(need_prompted=False, minutes_per_task=30.0),
    "urban-report": _in_the_field(minutes_per_task=3.0),
    "hands-on": _in_the_field(
        minutes_per_task=60.0, by_appointment=True, intercept_acceptance=0.8, satiation_per_task=0.1
    ),
    "responder": _in_the_field(drop_out_first=0.30, prompt_rate=0.01, session_tasks=0.0, minutes_per_task=20.0),
    "giving": _online(prompt_rate=0.01, prompt_fading=0.0, session_tasks=0.0, minutes_per_task=5.0),
}

SERVICE_CLASSES: Mapping[str, Mapping[str, Value]] = MappingProxyType(
    {
        name: MappingProxyType({**values, **_FITTED.get(name, {}).get("service", {})})
        for name, values in _NOT_FITTED.items()
    }
)

# Citizens are the same for all services of a scenario: theirs follow the class of the first one.
SERVICE_CLASS_CITIZENS: Mapping[str, Mapping[str, Value]] = MappingProxyType(
    {name: MappingProxyType(dict(_FITTED.get(name, {}).get("citizens", {}))) for name in _NOT_FITTED}
)


def preset_of(service_class: str) -> Mapping[str, Value]:
    """Return all that a class says, of the service and of citizens.

    Raises
    ------
    KeyError : no such class.
    """
    return {**SERVICE_CLASSES[service_class], **SERVICE_CLASS_CITIZENS[service_class]}


# What each class was fitted to, and what of it nothing was fitted to.
_EVIDENCE: Mapping[str, tuple[str, str]] = {
    "online-micro-task": (
        "the mean of seven Zooniverse projects (Sauermann & Franzoni 2015), Snapshot Serengeti's volunteers and launch "
        "and Snapshots at Sea",
        "acceptance and satiation are assumptions, how people hear of it is the scenario's",
    ),
    "online-micro-task-loyal": (
        "Snapshot Serengeti's 44,048 volunteers alone",
        "acceptance and satiation are assumptions",
    ),
    "knowledge-commons": (
        "the histories of OpenAddresses and Nightscout",
        "acceptance and satiation are assumptions",
    ),
    "tiny-one-shot": (
        "the history of free-programming-books (3,423 people)",
        "acceptance and satiation are assumptions",
    ),
    "crisis": (
        "the history of opencovid19-fr (61 people only)",
        "a project that ends, so its needs must end as well; acceptance and satiation are assumptions",
    ),
    "field-observation": (
        "bumblebee records of Sweden in GBIF (949 people)",
        "acceptance and satiation are assumptions",
    ),
    "urban-report": (
        "Boston 311 (76 % report once) and FixMyStreet (first report fixed: second one 57 % likelier; how unequally "
        "people report)",
        "acceptance, satiation and departures are assumptions, how people hear of it is the scenario's",
    ),
    "hands-on": (
        "hands-on projects (Parrish et al. 2019: 86 % go on after the first survey, 54 % active one year later)",
        "acceptance, satiation and the length of a session are assumptions",
    ),
    "giving": (
        "letters of a charity and to blood donors, a game of contributions and a referendum on pay",
        "prompts stand for about four appeals a year, minutes are those of one gift, both assumptions",
    ),
}


def _sources() -> Iterator[tuple[str, str]]:
    for name in SERVICE_CLASSES:
        if name not in _FITTED:
            yield (
                name,
                "assumption: no contribution history was fitted; drop-out .30 is a starting value, prompts come from "
                "incidents nearby, minutes are a call-out and the way there",
            )
            continue
        fitted, (evidence, assumed) = _FITTED[name], _EVIDENCE[name]
        spread = ", ".join(f"{key} {low:g} to {high:g}" for key, (low, high) in fitted["spread"].items())
        yield (
            name,
            (
                f"fitted to {evidence}: the most typical of {fitted['draws']} draws of what they leave open, number "
                f"{fitted['draw']}; 80 % of the draws have {spread}; {assumed}"
            ),
        )


SERVICE_CLASS_SOURCES: Mapping[str, str] = MappingProxyType(dict(_sources()))
