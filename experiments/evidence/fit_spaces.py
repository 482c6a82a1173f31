"""What is free when a class is fitted: few parameters, each with the range in which it is sought.

Histories identify how often people are prompted, how many leave after the first time, how long sessions are and how
fast people drift away; all else is fixed and scanned (docs/decisions/0053-calibration.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["FITTED_TOGETHER", "FIT_SPACES", "STANDS_FOR", "Range"]


@dataclass(frozen=True)
class Range:
    """The range of one free parameter; ``log``: sought by its logarithm."""

    low: float
    high: float
    log: bool = False


_LEAVING = {"drop_out_first": Range(0.02, 0.98), "departure_rate": Range(0.02, 0.5, log=True)}
_PROMPTED = {"prompt_rate": Range(0.05, 8.0, log=True)}
_ONLINE = {
    **_LEAVING,
    **_PROMPTED,
    "session_tasks": Range(0.2, 80.0, log=True),
    # What is left of prompts long after the last session: one value for all classes leaves small projects at an edge.
    "prompt_floor_active": Range(0.0003, 0.01, log=True),
}

FIT_SPACES: Mapping[str, Mapping[str, Range]] = MappingProxyType(
    {
        # How a launch is heard of is fitted to one launch; histories do not tell it.
        "online-micro-task": {
            **_ONLINE,
            "initial_awareness": Range(0.003, 0.3, log=True),
            "awareness_rate": Range(1e-6, 1e-3, log=True),
        },
        "online-micro-task-loyal": _ONLINE,
        "knowledge-commons": _ONLINE,
        "tiny-one-shot": _ONLINE,
        "crisis": _ONLINE,
        "field-observation": _ONLINE,
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
            **_LEAVING,
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

# Classes whose cases are several windows on the same people, not several projects. The parameters that some cases tell
# most about are sought first, block after block; then all of them, for all cases at once.
FITTED_TOGETHER: Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]] = MappingProxyType(
    {
        "giving": (
            (
                ("C10",),
                (
                    "conditional_strength",
                    "conditional_threshold",
                    "free_rider_reluctance",
                    "drift_disappointed",
                    "drift_pleased",
                ),
            ),
            (
                ("C11", "C12"),
                (
                    "drop_out_first",
                    "departure_rate",
                    "intercept_acceptance",
                    "devotion_log_sd",
                    "altruism_weight",
                ),
            ),
            (("P8",), ("crowding_cash",)),
        )
    }
)

# Cases that stand for more, or less, than one observed project: P1 is the mean of seven; C1 and C3 are one project.
STANDS_FOR: Mapping[str, float] = MappingProxyType({"P1": 7.0, "C1": 0.5, "C3": 0.5})
