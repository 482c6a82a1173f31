"""What is free when a class is fitted: few parameters, each with the range in which it is sought.

Histories identify how often people are prompted, how many leave after the first time, how long sessions are and how
fast people drift away; all else is fixed and scanned (docs/decisions/0053-calibration.md).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["FEWEST_STARTS", "FIT_SPACES", "LONGER_SEARCHES", "STARTS", "STEERED", "Range", "Steered"]


@dataclass(frozen=True)
class Range:
    """The range of one free parameter.

    Attributes
    ----------
    log : sought by its logarithm.
    differs : how far projects of the class may differ, as the range of a standard deviation (project_distribution.py);
        None: one value for all projects.
    """

    low: float
    high: float
    log: bool = False
    differs: tuple[float, float] | None = None


@dataclass(frozen=True)
class Steered:
    """A parameter with one value for all draws of a class, fitted after them to the figure that it moves.

    Attributes
    ----------
    parameter : its name.
    case, metric : the target that steers it.
    start, low, high : where it begins, and between what it stays; ``log``: sought by its logarithm.
    gain : how far it goes (its logarithm, where ``log``) for a figure too small by one in natural logarithms.
    """

    parameter: str
    case: str
    metric: str
    start: float
    low: float
    high: float
    gain: float
    log: bool = False

    def scaled(self, value: float) -> float:
        """Return a value as it is sought."""
        return math.log(value) if self.log else value

    def value(self, scaled: float) -> float:
        """Return the value of a place."""
        return math.exp(scaled) if self.log else scaled


_LEAVING = {"drop_out_first": Range(0.02, 0.98), "departure_rate": Range(0.02, 0.5, log=True)}
_PROMPTED = {"prompt_rate": Range(0.05, 8.0, log=True)}
_ONLINE = {
    **_LEAVING,
    **_PROMPTED,
    "session_tasks": Range(0.2, 80.0, log=True),
    # What is left of prompts long after the last session: one value for all classes leaves small projects at an edge.
    "prompt_floor_active": Range(0.0003, 0.03, log=True),
}

FIT_SPACES: Mapping[str, Mapping[str, Range]] = MappingProxyType(
    {
        # Seven projects known by their mean, one by its curve, one by its volume: they differ in how many leave and how
        # often people are prompted. How a launch is heard of is fitted to one launch.
        "online-micro-task": {
            **_ONLINE,
            "drop_out_first": Range(0.02, 0.98, differs=(0.05, 1.5)),
            "prompt_rate": Range(0.05, 8.0, log=True, differs=(0.05, 1.2)),
            "session_tasks_log_sd": Range(0.3, 2.0),
            "session_devotion_exponent": Range(0.0, 1.0),
            "drop_out_devotion_exponent": Range(0.0, 1.5),
            "initial_awareness": Range(0.003, 0.3, log=True),
            "awareness_rate": Range(1e-6, 1e-3, log=True),
        },
        "online-micro-task-loyal": _ONLINE,
        # With prompts that fade as fast as elsewhere, gaps come out burstier and the busiest less busy than they are.
        "knowledge-commons": {
            **_ONLINE,
            "prompt_fading": Range(0.3, 1.1),
            "session_tasks_log_sd": Range(0.3, 2.5),
        },
        "tiny-one-shot": _ONLINE,
        "crisis": _ONLINE,
        # Half are seen once, and who is there after a month is there after a year: who leaves depends on devotion more
        # than elsewhere, and hardly anybody drifts away.
        "field-observation": {
            **_ONLINE,
            "departure_rate": Range(0.005, 0.5, log=True),
            "prompt_fading": Range(0.0, 1.2),
            "drop_out_devotion_exponent": Range(0.0, 1.5),
        },
        "hands-on": {**_LEAVING, "prompt_rate": Range(0.005, 0.5, log=True)},
        "urban-report": {
            "drop_out_first": Range(0.2, 0.95),
            "prompt_rate": Range(0.002, 0.2, log=True),
            "session_tasks": Range(0.02, 1.0, log=True),
            "efficacy_drop_out": Range(0.3, 1.5),
            "exposure_log_sd": Range(0.4, 2.0),
        },
        # Readiness, who cooperates with whom, and what pay crowds out: letters, a game and a referendum tell them.
        "giving": {
            # Letters and donors in a file leave more slowly than contributors to any project of the other classes.
            "drop_out_first": Range(0.002, 0.98),
            "departure_rate": Range(0.001, 0.5, log=True),
            "intercept_acceptance": Range(0.25, 0.95),
            "devotion_log_sd": Range(0.7, 1.5),
            "altruism_weight": Range(0.1, 2.0),
            "conditional_strength": Range(0.5, 5.0),
            "conditional_threshold": Range(0.01, 0.15),
            "free_rider_reluctance": Range(0.5, 5.0),
            "drift_disappointed": Range(0.02, 0.5),
            "drift_pleased": Range(0.005, 0.3),
            "crowding_cash": Range(0.04, 1.0),
        },
        "responder": {"drop_out_first": Range(0.05, 0.9), "prompt_rate": Range(0.005, 0.5, log=True)},
    }
)

# Searches of a class from different places: one alone may end beside the least.
FEWEST_STARTS = 3
# Classes with several answers, seen by refits from other seeds that ended at other ones (decision 53).
STARTS: Mapping[str, int] = MappingProxyType({"field-observation": 8, "giving": 8, "knowledge-commons": 8})
# How many times as long a search is where free parameters are so many that few steps are left for each (decision 53).
LONGER_SEARCHES: Mapping[str, int] = MappingProxyType({"giving": 2})

# What shows only in whole territories, over years: how often people hear of a service, from whom, and where less.
STEERED: Mapping[str, tuple[Steered, ...]] = MappingProxyType(
    {
        "urban-report": (
            Steered("awareness_rate", "C13", "reports_per_area", 1.3e-6, 1e-8, 1e-3, 1.0, log=True),
            Steered("word_of_mouth", "C14", "growth_ratio", 0.036, 0.001, 0.2, 0.7, log=True),
            Steered("hearing_zone_log_sd", "C14", "area_gini_5", 0.65, 0.0, 2.0, 1.5),
            Steered("hearing_deprivation_slope", "C13", "reporters_decile_ratio", 0.41, 0.0, 2.0, -1.0),
        ),
    }
)
