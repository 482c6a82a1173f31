"""Classes of service: starting values of the parameters that contribution histories were fitted to.

A class describes a family of projects, not one project: each value is the middle of a range, and the ranges
are as wide as the projects differ. ``SERVICE_CLASSES`` holds values only; ``SERVICE_CLASS_SOURCES`` says where
they come from and how wide the ranges of that first fit were. What all known projects leave open is wider, and is held
by the classes' ensembles (docs/reference/calibration.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .parameters import Value

__all__ = ["SERVICE_CLASSES", "SERVICE_CLASS_SOURCES"]

# People stop for lack of time, not from having had enough: longer than any session that time allows.
_NOT_BINDING = 400.0


def _online(**changes: Value) -> Mapping[str, Value]:
    """Return a preset for work done at a screen, when the platform or habit prompts."""
    preset: dict[str, Value] = {
        "prompt_rate": 0.65,
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
    return MappingProxyType(preset | changes)


def _in_the_field(**changes: Value) -> Mapping[str, Value]:
    """Return a preset for work done on the spot, when the need itself prompts."""
    return _online(**({"prompt_fading": 0.0, "need_prompted": True, "on_site": True} | changes))


SERVICE_CLASSES: Mapping[str, Mapping[str, Value]] = MappingProxyType(
    {
        "online-micro-task": _online(drop_out_first=0.75, session_tasks=16.0, minutes_per_task=0.3),
        "online-micro-task-loyal": _online(
            drop_out_first=0.55,
            session_tasks=16.0,
            session_tasks_log_sd=0.5,
            departure_rate=0.10,
            minutes_per_task=0.3,
        ),
        "knowledge-commons": _online(drop_out_first=0.33, prompt_rate=0.63, departure_rate=0.16, minutes_per_task=15.0),
        "tiny-one-shot": _online(
            drop_out_first=0.80, prompt_rate=0.37, session_tasks=0.85, departure_rate=0.22, minutes_per_task=10.0
        ),
        "crisis": _online(drop_out_first=0.83, prompt_rate=1.45, minutes_per_task=15.0),
        "field-observation": _in_the_field(
            drop_out_first=0.30,
            prompt_rate=0.60,
            prompt_fading=0.3,
            need_prompted=False,
            departure_rate=0.054,
            minutes_per_task=30.0,
        ),
        "urban-report": _in_the_field(drop_out_first=0.67, prompt_rate=0.03, session_tasks=0.18, minutes_per_task=3.0),
        "hands-on": _in_the_field(
            drop_out_first=0.09,
            prompt_rate=0.04,
            departure_rate=0.25,
            minutes_per_task=60.0,
            by_appointment=True,
            intercept_acceptance=0.8,
            satiation_per_task=0.1,
        ),
        "responder": _in_the_field(
            drop_out_first=0.30, prompt_rate=0.01, session_tasks=0.0, departure_rate=0.165, minutes_per_task=20.0
        ),
        "giving": _online(
            drop_out_first=0.30, prompt_rate=0.01, prompt_fading=0.0, session_tasks=0.0, minutes_per_task=5.0
        ),
    }
)

SERVICE_CLASS_SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "online-micro-task": (
            "first fit, on the mean of seven Zooniverse projects (Sauermann & Franzoni 2015): drop-out .7 to .85; "
            "acceptance and satiation are assumptions"
        ),
        "online-micro-task-loyal": (
            "first fit, on Snapshot Serengeti's 44,048 volunteers: drop-out .50 to .60, prompts .4 to .8, tasks 10 to "
            "40, departures .06 to .20; acceptance and satiation are assumptions"
        ),
        "knowledge-commons": (
            "first fit, on the histories of OpenAddresses, Nightscout and the OSM community index: drop-out .25 to "
            ".45, prompts .45 to .8, departures .08 to .25; acceptance and satiation are assumptions"
        ),
        "tiny-one-shot": (
            "first fit, on the history of free-programming-books (3,423 people): drop-out .6 to .88, prompts .3 to .5, "
            "tasks .7 to 1.7, departures .16 to .28; acceptance and satiation are assumptions"
        ),
        "crisis": (
            "first fit, on the history of opencovid19-fr (61 people only): drop-out .7 to .9, prompts .9 to 1.5; a "
            "project that ends, so its needs must end as well; acceptance and satiation are assumptions"
        ),
        "field-observation": (
            "first fit, on bumblebee records of Sweden in GBIF (949 people): drop-out .25 to .38, prompts .4 to .8 "
            "times the season, departures .05 to .10; acceptance and satiation are assumptions"
        ),
        "urban-report": (
            "first fit, on Boston 311 (76 % report once), FixMyStreet (first report fixed: second one 57 % likelier) "
            "and reports per person: drop-out .5 to .75, prompts .006 to .055, tasks .05 to .7; acceptance and "
            "satiation are assumptions"
        ),
        "hands-on": (
            "first fit, on hands-on projects (Parrish et al. 2019: 86 % go on after the first survey, 54 % active one "
            "year later): drop-out .03 to .18, departures .1 to .27; acceptance and satiation are assumptions"
        ),
        "responder": (
            "assumption: no contribution history was fitted; drop-out .30 is a starting value, prompts come from "
            "incidents nearby, minutes are a call-out and the way there"
        ),
        "giving": (
            "assumption: drop-out .30 is a starting value, prompts stand for about four appeals a year, minutes are "
            "those of one gift"
        ),
    }
)
