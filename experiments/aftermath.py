"""What follows a day in one service: whether it falls under its norm, how low, how long, and whether it recovers.

The same is asked of the replicates without the event, from the same day on: a service that is short anyway does not
owe it to the event.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entraide.model.distributions import normal_quantile
from entraide.model.intervals import Interval, MeanEstimate, wilson_limits
from entraide.model.records import Outcome
from entraide.model.risk import after_event, dependence_on_backstop, windowed_share
from entraide.model.specification import Specification

from .paired_draws import paired_draws
from .results import bounded_mean
from .verdicts import Measure

__all__ = ["AFTERMATH", "MEANWHILE", "Aftermath", "aftermath_series", "not_recovered_interval", "summarise_aftermath"]

# Days after the end of the event over which the dependence on the last resort is told beside those of the event.
MEANWHILE = 30
AFTERMATH: tuple[Measure, ...] = (
    Measure("fell"),
    Measure("not_recovered"),
    Measure("still_open"),
    Measure("lowest_after_event", kind="mean", lower_is_better=False, unit="share"),
    # assumption: half a day of service at the norm is the smallest loss that matters.
    Measure("resilience_loss", kind="mean", smallest_difference=0.5, unit="days"),
    Measure("backstop_meanwhile", kind="mean", unit="share"),
)


@dataclass(frozen=True)
class Aftermath:
    """What followed in the replicates of one design.

    Attributes
    ----------
    replicates : with something due after the day.
    fell : of those, in which the norm was broken within reach of the event.
    not_recovered : in which it is broken to the very end.
    still_open : in which it is held again at the end, for fewer than 14 days: the run ends too soon to tell.
    not_recovered_interval : of the share of replicates not recovered, from the lower end of Wilson's interval when the
        open ones all recover to the upper end when none does; None without a replicate.
    days_to_recover : of the replicates that fell and recovered, ascending: from the first day of the event to the first
        of the 14 days on which, after the lowest point that follows it, the norm is held (``model.risk.after_event``).
    lowest, loss, backstop : mean lowest share in time, resilience loss in days of service at the norm, and share of
        what was delivered by the last resort during the event and MEANWHILE days after.
    """

    replicates: int
    fell: int
    not_recovered: int
    still_open: int
    not_recovered_interval: Interval | None
    days_to_recover: tuple[int, ...]
    lowest: MeanEstimate
    loss: MeanEstimate
    backstop: MeanEstimate

    @property
    def median_days(self) -> float | None:
        """Median days to recover of the replicates that fell and recovered; None without one."""
        return float(np.median(self.days_to_recover)) if self.days_to_recover else None


def not_recovered_interval(
    not_recovered: int, still_open: int, replicates: int, weight: float = 1.0
) -> Interval | None:
    """Return the interval of the share not recovered, when the open ones may turn out either way; None without any.

    Each end is that of Wilson's interval for the outcome of the open replicates that moves it farthest.

    Parameters
    ----------
    weight : for how many a replicate counts; under 1 where those of one draw of parameters are alike.
    """
    if not replicates:
        return None
    z, level = normal_quantile(0.975), 0.95
    low, high = (
        wilson_limits(weight * count, weight * replicates, z) for count in (not_recovered, not_recovered + still_open)
    )
    return Interval(low[0], high[1], level, "wilson, open replicates either way")


def aftermath_series(
    outcomes: Sequence[Outcome], specification: Specification, service: int, day: int, days: int
) -> Mapping[str, NDArray[np.float64]]:
    """Return what followed a day, one value per replicate and NaN where there is none.

    Parameters
    ----------
    service : place of the service in the specification.
    day, days : first day of the event, and how long it lasts.

    Returns
    -------
    The measures of AFTERMATH, and "days_to_recover" of the replicates that fell and recovered.
    """
    parameters = specification.services[service].parameters
    rows = []
    for outcome in outcomes:
        series = {name: outcome.daily[name][:, service] for name in ("due", "in_time")}
        share = windowed_share(series["due"].astype(np.int64), series["in_time"].astype(np.int64))
        found = after_event(
            share,
            float(parameters["norm_share_in_time"]),
            day,
            event_days=days,
            delay=int(parameters["norm_delay"]),
        )
        span = slice(day, day + days + MEANWHILE)
        backstop = dependence_on_backstop(
            outcome.daily["delivered_by_citizens"][span, service], outcome.daily["delivered_by_staff"][span, service]
        )
        told = found.lowest is not None
        rows.append(
            {
                "fell": float(found.fell) if told else None,
                "not_recovered": float(found.recovered is False) if told else None,
                "still_open": float(found.still_open) if told else None,
                "lowest_after_event": found.lowest,
                "resilience_loss": found.loss if told else None,
                "backstop_meanwhile": backstop,
                "days_to_recover": found.days_to_recover if found.fell else None,
            }
        )
    return {
        name: np.array([np.nan if row[name] is None else row[name] for row in rows], np.float64) for name in rows[0]
    }


def summarise_aftermath(series: Mapping[str, NDArray[np.float64]], draws: NDArray[np.int64] | None = None) -> Aftermath:
    """Summarise what ``aftermath_series`` returns over replicates, and over the draw of parameters of each, if any."""
    fell = series["fell"]
    replicates = int((~np.isnan(fell)).sum())
    not_recovered, still_open = (int(np.nansum(series[name])) for name in ("not_recovered", "still_open"))
    weight = 1.0
    known = ~np.isnan(fell)
    if draws is not None and replicates:
        alike = paired_draws(series["not_recovered"][known], draws[known], 0, series["resilience_loss"][known])
        weight = 1.0 if alike is None else alike.effective / replicates
    recovered = series["days_to_recover"][~np.isnan(series["days_to_recover"])]
    return Aftermath(
        replicates=replicates,
        fell=int(np.nansum(fell)),
        not_recovered=not_recovered,
        still_open=still_open,
        not_recovered_interval=not_recovered_interval(not_recovered, still_open, replicates, weight),
        days_to_recover=tuple(int(days) for days in np.sort(recovered)),
        lowest=bounded_mean(series["lowest_after_event"], "share", draws),
        loss=bounded_mean(series["resilience_loss"], "days", draws),
        backstop=bounded_mean(series["backstop_meanwhile"], "share", draws),
    )
