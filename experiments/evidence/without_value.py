"""Why a figure has no value in any simulation, where the inputs of its case tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from .case import Case, Target
from .metrics_launch import LAUNCH_DAYS, SPIKE_WINDOW
from .metrics_returns import COHORT_DAYS, GRACE_DAYS
from .observations import History

__all__ = ["DAYS_NEEDED", "Lack", "lack_of"]

_EIGHT_WEEKS = 56
_TWO_YEARS = 730

# The fewest days observed with which a metric of a history can have a value, from the numbers in its name.
DAYS_NEEDED: Mapping[str, Callable[..., int]] = {
    "survival_{days}": lambda days: days + GRACE_DAYS + 1,
    "survival_ratio_{days}_{days}": lambda days, base: max(days, base) + GRACE_DAYS + 1,
    "cohort_survival_{days}": lambda days: days + GRACE_DAYS + 1,
    "later_survival_{days}": lambda days: COHORT_DAYS + days + GRACE_DAYS + 1,
    "cohort_survival_ratio_{days}": lambda days: COHORT_DAYS + days + GRACE_DAYS + 1,
    "return_after_{times}": lambda times: times + GRACE_DAYS,
    "return_rate_{days}": lambda days: 2 * days,
    "later_activity_ratio": lambda: _TWO_YEARS + 1,
    "spike_days": lambda: SPIKE_WINDOW,
    **{f"{prefix}_{name}": lambda: LAUNCH_DAYS for prefix in ("launch", "launch_volume") for name in (
        "week_share", "half_day")},
    **{f"{prefix}_fifth_to_eighth_week": lambda: _EIGHT_WEEKS for prefix in ("launch", "launch_volume")},
}  # fmt: skip


@dataclass(frozen=True)
class Lack:
    """What a case lacks for one of its figures.

    Attributes
    ----------
    of : "days" observed, the date of the "launch", "deciles" of deprivation, or "unknown".
    needed, given : days; 0 where something else lacks.
    """

    of: Literal["days", "launch", "deciles", "unknown"]
    needed: int = 0
    given: int = 0


def lack_of(case: Case, target: Target) -> Lack:
    """Return what a case lacks for a figure that has no value."""
    metric, scale = target.metric, case.scale
    if metric is None:
        return Lack("unknown")
    pattern = metric.metric.pattern
    if pattern.startswith("month_share") and "launch" not in scale:
        return Lack("launch")
    if pattern.endswith("_decile_ratio") and "areas" in scale and "education_by_decile" not in scale:
        return Lack("deciles")
    if pattern in DAYS_NEEDED and metric.metric.form is History and "days" in scale:
        needed, given = DAYS_NEEDED[pattern](*metric.numbers), _observed(scale)
        if given < needed:
            return Lack("days", needed, given)
    return Lack("unknown")


def _observed(scale: Mapping[str, Any]) -> int:
    """Return the days observed: a service that is older than that was there before."""
    days = int(scale["days"])
    if "observed_from" in scale and "launch" in scale:
        first, seen = (date.fromisoformat(str(scale[key])) for key in ("launch", "observed_from"))
        return days - (seen - first).days
    return days
