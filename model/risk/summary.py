"""Over replicates: the probability of each risk's headline event, and means of everything else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from ..intervals import Interval, MeanEstimate, mean_over_replicates, wilson_interval

__all__ = ["RISKS", "RiskEvent", "summarise_event", "summarise_mean"]

RISKS = ("continuity", "quality", "universality")


@dataclass(frozen=True)
class RiskEvent:
    """How often a risk's headline event happened in one year, over replicates.

    Years of one replicate depend on each other, so each year of the horizon has its own figures and its interval
    counts replicates, never replicate-years.

    Attributes
    ----------
    risk : "continuity", "quality" or "universality".
    service : name of the service.
    year : 0 for the first 365 days, 1 for the next, ...
    days : days of that year that were simulated; under 365 the event had less time to happen.
    norms : the norms that define the event, by parameter name.
    count : replicates with the event.
    replicates : replicates in which the risk has a value.
    without_value : replicates in which it has none (nothing due, nothing closed); left out, and counted here.
    probability : count / replicates; None without a replicate.
    interval : Wilson's, over replicates; None without a replicate.
    """

    risk: str
    service: str
    year: int
    days: int
    norms: Mapping[str, float]
    count: int
    replicates: int
    without_value: int
    probability: float | None
    interval: Interval | None


def summarise_event(
    risk: str,
    service: str,
    events: Iterable[bool | None],
    *,
    norms: Mapping[str, float],
    year: int = 0,
    days: int = 365,
    level: float = 0.95,
) -> RiskEvent:
    """Summarise one headline event of one year over replicates.

    Parameters
    ----------
    events : one entry per replicate; None where the risk has no value.

    Raises
    ------
    ValueError : an unknown risk, or a level outside 0-1.
    """
    if risk not in RISKS:
        raise ValueError(f"the risks are {', '.join(RISKS)}, not {risk!r}")
    all_events = list(events)
    known = [bool(event) for event in all_events if event is not None]
    count, replicates = sum(known), len(known)
    return RiskEvent(
        risk=risk,
        service=service,
        year=year,
        days=days,
        norms=dict(norms),
        count=count,
        replicates=replicates,
        without_value=len(all_events) - replicates,
        probability=count / replicates if replicates else None,
        interval=wilson_interval(count, replicates, level),
    )


def summarise_mean(values: Iterable[float | None], level: float = 0.95) -> MeanEstimate:
    """Summarise a measure over replicates; None (or NaN) where it has no value in that replicate.

    Raises
    ------
    ValueError : an infinite value, or a level outside 0-1.
    """
    series = np.array([np.nan if value is None else float(value) for value in values], np.float64)
    return mean_over_replicates(series, level)
