"""Continuity: how likely, how long and how deep the service falls under its norm, and whether it comes back.

The series behind every figure is Y, the share of needs falling due in the last seven days that were served in time.
**A day without a value** (nothing due in its window) neither begins, lengthens nor ends a shortfall: silence is no
evidence of failure, and no evidence of recovery either. Such days are counted and left out of every share of days.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .calendar import DAYS_PER_YEAR, year_slices
from .tails import tail_mean

__all__ = [
    "ContinuityYear",
    "Episode",
    "Recovery",
    "after_event",
    "continuity_years",
    "dependence_on_backstop",
    "episodes",
    "windowed_share",
]


@dataclass(frozen=True)
class Episode:
    """A stretch of days on which the share in time stays under the norm.

    Attributes
    ----------
    start, end : first and last short day.
    length : short days; days without a value in between are not counted.
    deepest : largest distance under the norm, as a share.
    loss : days of service at the norm that were lost: sum of (norm - share) / norm.
    unfinished : still short on the last day with a value, so that ``length`` is a lower bound.
    """

    start: int
    end: int
    length: int
    deepest: float
    loss: float
    unfinished: bool


@dataclass(frozen=True)
class ContinuityYear:
    """Continuity in one year of one replicate. None: no value.

    Attributes
    ----------
    event : the headline event: a shortfall of at least D consecutive days. None when fewer than D days have a value.
    days, days_with_value, days_short : days simulated, with something due in their window, and under the norm.
    share_of_days_short : of the days with a value.
    episode_lengths : lengths of the episodes that begin in the year, in whole (days).
    mean_length, long_length : their mean and 95 % quantile.
    mean_depth : mean distance under the norm on short days, as a share.
    deepest : largest distance under the norm.
    expected_shortfall : mean distance under the norm on the worst 5 % of the days with a value (0 where not short).
    loss : days of service at the norm that were lost.
    """

    event: bool | None
    days: int
    days_with_value: int
    days_short: int
    share_of_days_short: float | None
    episode_lengths: tuple[int, ...]
    mean_length: float | None
    long_length: float | None
    mean_depth: float | None
    deepest: float | None
    expected_shortfall: float | None
    loss: float


@dataclass(frozen=True)
class Recovery:
    """What follows an event day (an outage, a cut, a loss of contributors). None: no value.

    Attributes
    ----------
    before : share in time on the last day with a value before the event.
    fell : the norm was broken within reach of the event.
    lowest, lowest_day : lowest share from the event to the end, and the first day on it. When it never fell: within
        reach of the event.
    recovered : after the lowest point the norm was held for the asked number of days. True when it never fell; None
        when it is held at the end, but for too few days to tell, or when no day within reach of the event has a value.
    days_to_recover : from the event to the first day of that hold; 0 when it never fell.
    loss : resilience loss, in days of service at the norm, from the event to recovery or to the end.
    """

    before: float | None
    fell: bool
    lowest: float | None
    lowest_day: int | None
    recovered: bool | None
    days_to_recover: int | None
    loss: float

    @property
    def still_open(self) -> bool:
        """Tell whether it fell and holds the norm again at the end, for too few days to count as recovered.

        Such an outcome is censored: it is no recovery, and no proof that there was none.
        """
        return self.fell and self.recovered is None


def _check_norm(norm: float, days: int) -> None:
    if not 0.0 <= norm <= 1.0:
        raise ValueError(f"the norm is a share, 0-1, not {norm!r}")
    if days < 1:
        raise ValueError(f"a duration is at least one day, not {days!r}")


def windowed_share(due: ArrayLike, in_time: ArrayLike, window: int = 7) -> NDArray[np.float64]:
    """Return Y, the share served in time of what fell due in the last ``window`` days; NaN when nothing did.

    Parameters
    ----------
    due, in_time : int64[T, ...], needs that fall due each day, and those of them served by then.
    window : days, that day included; the first days of a run have a shorter one.

    Returns
    -------
    float64[T, ...], in 0-1 or NaN.

    Raises
    ------
    ValueError : shapes that differ, a window under one day, or more served than due.
    """
    asked, served = np.asarray(due), np.asarray(in_time)
    if asked.shape != served.shape or asked.ndim < 1:
        raise ValueError(f"due and in_time need the same shape with days first, not {asked.shape} and {served.shape}")
    if window < 1:
        raise ValueError(f"a window is at least one day, not {window!r}")
    if (served < 0).any() or (served > asked).any():
        raise ValueError("on some day more was served in time than fell due, or a count is negative")

    def moving_sum(counts: NDArray[np.generic]) -> NDArray[np.float64]:
        total = np.cumsum(counts, axis=0)
        shifted = np.zeros_like(total)
        shifted[window:] = total[:-window]
        return (total - shifted).astype(np.float64)

    asked_sum, served_sum = moving_sum(asked), moving_sum(served)
    share = np.full(asked.shape, np.nan)
    np.divide(served_sum, asked_sum, out=share, where=asked_sum > 0)
    return share


def episodes(share: ArrayLike, norm: float) -> tuple[Episode, ...]:
    """Return the stretches of consecutive days with a value on which ``share`` is under ``norm``, in order.

    Raises
    ------
    ValueError : a norm outside 0-1, or a series that is not one-dimensional.
    """
    _check_norm(norm, 1)
    series = np.asarray(share, np.float64)
    if series.ndim != 1:
        raise ValueError(f"one series of days is needed, not an array of shape {series.shape}")
    known = np.flatnonzero(~np.isnan(series))
    short = series[known] < norm
    edges = np.flatnonzero(np.diff(np.concatenate(([False], short, [False])).astype(np.int8)))
    found = []
    for first, stop in zip(edges[::2], edges[1::2], strict=True):
        gaps = norm - series[known[first:stop]]
        found.append(
            Episode(
                start=int(known[first]),
                end=int(known[stop - 1]),
                length=int(stop - first),
                deepest=float(gaps.max()),
                loss=math.fsum(gaps) / norm,
                unfinished=bool(stop == known.size),
            )
        )
    return tuple(found)


def _years_of_event(share: NDArray[np.float64], found: Sequence[Episode], days: int) -> set[int]:
    """Charge each long enough episode to the year of its D-th short day and to each year that holds D of them."""
    charged: set[int] = set()
    for episode in found:
        if episode.length < days:
            continue
        inside = np.arange(episode.start, episode.end + 1)
        inside = inside[~np.isnan(share[inside])]
        charged.add(int(inside[days - 1]) // DAYS_PER_YEAR)
        years, counts = np.unique(inside // DAYS_PER_YEAR, return_counts=True)
        charged.update(int(year) for year in years[counts >= days])
    return charged


def continuity_years(
    due: ArrayLike, in_time: ArrayLike, norm: float, shortfall_days: int = 14, window: int = 7
) -> tuple[ContinuityYear, ...]:
    """Return continuity in each year of 365 days that was started, for one service of one replicate.

    Parameters
    ----------
    due, in_time : int64[T].
    norm : y*, share that must be served in time, 0-1.
    shortfall_days : D, consecutive short days that make the event.
    window : days over which the share is taken.

    Raises
    ------
    ValueError : see ``windowed_share``; a norm outside 0-1, or D under one day.
    """
    _check_norm(norm, shortfall_days)
    share = windowed_share(due, in_time, window)
    if share.ndim != 1:
        raise ValueError(f"one series of days is needed, not an array of shape {share.shape}")
    found = episodes(share, norm)
    charged = _years_of_event(share, found, shortfall_days)
    years = []
    for year, span in enumerate(year_slices(share.size)):
        known = share[span][~np.isnan(share[span])]
        gaps = np.maximum(0.0, norm - known)
        short = gaps[known < norm]
        lengths = tuple(episode.length for episode in found if span.start <= episode.start < span.stop)
        event = True if year in charged else (False if known.size >= shortfall_days else None)
        years.append(
            ContinuityYear(
                event=event,
                days=span.stop - span.start,
                days_with_value=int(known.size),
                days_short=int(short.size),
                share_of_days_short=short.size / known.size if known.size else None,
                episode_lengths=lengths,
                mean_length=sum(lengths) / len(lengths) if lengths else None,
                long_length=float(np.quantile(lengths, 0.95)) if lengths else None,
                mean_depth=math.fsum(short) / short.size if short.size else None,
                deepest=float(gaps.max()) if known.size else None,
                expected_shortfall=tail_mean(-gaps, gaps, share=0.05),
                loss=math.fsum(short) / norm if short.size else 0.0,
            )
        )
    return tuple(years)


def after_event(
    share: ArrayLike,
    norm: float,
    day: int,
    *,
    event_days: int = 1,
    delay: int = 14,
    window: int = 7,
    hold: int = 14,
) -> Recovery:
    """Follow the service after an event.

    What an event prevents falls due only ``delay`` days later and stays in the window after that, so a fall under
    the norm belongs to the event when it begins within ``event_days + delay + window + hold`` days of it.

    Recovery is sought after the lowest point that follows the event, to the end of the series: it begins with the
    first stretch of ``hold`` held days after the last day on that lowest share. A dip that ends before the event bites
    is therefore no recovery, nor is a norm held between two falls that are equally deep.

    Parameters
    ----------
    share : float64[T], Y of ``windowed_share``.
    norm : y*, 0-1.
    day, event_days : first day of the event and how long it lasts.
    delay, window : of the service.
    hold : days with a value on which the norm must be held without a break to count as recovered.

    Raises
    ------
    ValueError : a day outside the series, a norm outside 0-1, or a duration that is not positive.
    """
    _check_norm(norm, min(event_days, window, hold))
    series = np.asarray(share, np.float64)
    if series.ndim != 1 or not 0 <= day < series.size:
        raise ValueError(f"the event's day {day!r} lies outside the series of shape {series.shape}")
    known = np.flatnonzero(~np.isnan(series))
    earlier, later = known[known < day], known[known >= day]
    before = float(series[earlier[-1]]) if earlier.size else None
    if not later.size:
        return Recovery(before, False, None, None, None, None, 0.0)
    short = series[later] < norm
    reach = day + event_days + delay + window + hold
    falls = np.flatnonzero(short & (later < reach))
    if not falls.size:
        watched = later[later < reach]
        if not watched.size:
            return Recovery(before, False, None, None, None, None, 0.0)
        lowest_day = int(watched[np.argmin(series[watched])])
        return Recovery(before, False, float(series[lowest_day]), lowest_day, True, 0, 0.0)
    values = series[later]
    deepest = np.flatnonzero(values == values.min())
    # Length of the run of held days that ends on each day: the first run long enough after the lowest is recovery.
    held, start = 0, None
    for place in range(int(deepest[-1]) + 1, later.size):
        held = 0 if short[place] else held + 1
        if held == hold:
            start = place - hold + 1
            break
    until = start if start is not None else later.size
    loss = math.fsum(np.maximum(0.0, norm - values[:until])) / norm
    recovered = True if start is not None else (None if held > 0 else False)
    return Recovery(
        before=before,
        fell=True,
        lowest=float(values[deepest[0]]),
        lowest_day=int(later[deepest[0]]),
        recovered=recovered,
        days_to_recover=int(later[start]) - day if start is not None else None,
        loss=loss,
    )


def dependence_on_backstop(delivered_by_citizens: ArrayLike, delivered_by_staff: ArrayLike) -> float | None:
    """Return the share of all that was delivered which staff delivered in last resort; None when nothing was.

    Raises
    ------
    ValueError : a negative count.
    """
    citizens, staff = float(np.sum(delivered_by_citizens)), float(np.sum(delivered_by_staff))
    if citizens < 0 or staff < 0:
        raise ValueError("a delivered count is negative")
    return staff / (citizens + staff) if citizens + staff > 0 else None
