"""What a replicate leaves behind: the daily measures, the yearly accounts by zone, the distributions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "DAILY_MEASURES",
    "GROUP_MEASURES",
    "MONTHLY_MEASURES",
    "MONTHS_PER_YEAR",
    "ZONE_DAYS",
    "ZONE_MEASURES",
    "Measure",
    "Outcome",
    "Records",
    "ZoneDays",
]

YEAR = 365

# Days of daily accounts by zone that are held in memory where finished ones are handed over.
ZONE_DAYS = 32

# Given the first day of some days and their accounts by zone, int32[ZONE_MEASURES, days, S, Z]: valid during the call.
ZoneDays = Callable[[int, NDArray[np.int32]], None]


@dataclass(frozen=True)
class Measure:
    """One recorded series: name, unit and meaning. ``stock`` is a level at the end of the day, not a flow."""

    name: str
    unit: str
    meaning: str
    stock: bool = False


DAILY_MEASURES: tuple[Measure, ...] = (
    Measure("arisen", "needs", "needs that arose"),
    Measure("due", "needs", "needs whose delay ended today"),
    Measure("in_time", "needs", "of those, delivered by then"),
    Measure("delivered_by_citizens", "needs", "needs delivered thanks to citizens"),
    Measure("delivered_by_staff", "needs", "needs delivered by the administration in last resort"),
    Measure("lapsed", "needs", "needs that lived too long"),
    Measure("withdrawn", "needs", "needs relieved outside the service"),
    Measure("waiting", "needs", "needs open at the end of the day", stock=True),
    Measure("prompted", "people", "people prompted"),
    Measure("contributions", "contributions", "contributions, one per person and day"),
    Measure("newcomers", "people", "people who contributed for the first time"),
    Measure("departures", "people", "people seen to have left for good"),
    Measure("tasks", "tasks", "tasks contributed"),
    Measure("tasks_wasted", "tasks", "of those, of no use"),
    Measure("seconds", "s", "time given, travel and access included"),
    Measure("seconds_wasted", "s", "of that, spent on tasks of no use"),
    Measure("accuracy_shift", "logit x tasks", "sum over tasks of the contributors' accuracy shift"),
    Measure("wrong_on_purpose", "tasks", "tasks by adversaries"),
    Measure("hostile_tasks", "tasks", "tasks of a hostile campaign, beside those contributed"),
    Measure("closed", "units", "units subject to the error norm"),
    Measure("errors", "units", "of those, wrong"),
    Measure("aware", "people", "people aware of the service", stock=True),
    Measure("acknowledged", "contributions", "contributions acknowledged"),
    Measure("pleased", "contributions", "contributions used in time and acknowledged"),
    Measure("credits_issued", "credit-minutes", "time credits earned"),
    Measure("credits_spent", "credit-minutes", "time credits spent, in all services"),
    Measure("credits_expired", "credit-minutes", "time credits that expired, in all services"),
    Measure("cash_paid", "EUR", "cash paid to contributors"),
    Measure("administration_trust", "1", "the administration's trust in citizens", stock=True),
    Measure("checking", "share", "share of contributions checked", stock=True),
    Measure("need", "share", "unmet need, mean over inhabitants", stock=True),
    Measure("cost_platform", "EUR", "platform"),
    Measure("cost_outreach", "EUR", "outreach"),
    Measure("cost_checking", "EUR", "checking contributions"),
    Measure("cost_feedback", "EUR", "telling contributors what became of their work"),
    Measure("cost_reminders", "EUR", "reminders and the coordination of a rota"),
    Measure("cost_review", "EUR", "moderation and reviews by experts"),
    Measure("cost_training", "EUR", "training, mediation and acculturation"),
    Measure("cost_design", "EUR", "channels, forms, maps, recognition, openness, evaluation beyond the scenario's own"),
    Measure("cost_legal", "EUR", "legal frame: insurance and fixed cost"),
    Measure("cost_rewards", "EUR", "cash paid and credits honoured"),
    Measure("cost_backstop", "EUR", "the administration producing in last resort"),
    Measure("cost_repair", "EUR", "agents, at work or not"),
    Measure("cost_grants", "EUR", "money that the administration adds to what citizens fund"),
)

ZONE_MEASURES: tuple[Measure, ...] = (
    Measure("due", "needs", "needs whose delay ended in the year"),
    Measure("in_time", "needs", "of those, delivered by then"),
    Measure("contributions", "contributions", "contributions by residents"),
    Measure("tasks", "tasks", "tasks contributed by residents"),
)

MONTHS_PER_YEAR = 12

# Counted by zone and calendar month begun: units subject to the error norm, and those of them that are wrong.
MONTHLY_MEASURES = ("closed", "errors")

# Counted by service and social group at the end: people old enough, those of them who ever contributed, their
# contributions, and the digitally excluded among the first two.
GROUP_MEASURES = ("people", "contributors", "contributions", "excluded_people", "excluded_contributors")


@dataclass
class Outcome:
    """One finished replicate.

    Shapes: T days, S services, Y years begun, Z zones, G groups.

    Attributes
    ----------
    daily : measure -> float64[T, S].
    zone_year : measure of ZONE_MEASURES -> int64[Y, S, Z].
    zone_month : "closed", "errors" -> int32[M, S, Z], by calendar month begun.
    groups : measure of GROUP_MEASURES -> int64[S, G].
    lorenz : float64[S, 101], share of contributions by the least active k % of contributors.
    contribution_counts : per service, int64 contributions of each contributor, ascending.
    motives : float64[S, 4], sums over contributions of altruism, pleasure, reputation, currency in logits.
    totals : "credits_held" credit-minutes; "lapsed_contributors", silent for long but not known to have left.
    zone_daily : measure -> int32[T, S, Z], when asked for and not handed over while the replicate ran.
    log : columns of the contribution log, when asked for: citizen, service, day, tasks, seconds.
    """

    replicate: int
    daily: Mapping[str, NDArray[np.float64]]
    zone_year: Mapping[str, NDArray[np.int64]]
    zone_month: Mapping[str, NDArray[np.int32]]
    groups: Mapping[str, NDArray[np.int64]]
    lorenz: NDArray[np.float64]
    contribution_counts: tuple[NDArray[np.int64], ...]
    motives: NDArray[np.float64]
    totals: Mapping[str, int]
    zone_daily: Mapping[str, NDArray[np.int32]] | None = None
    log: Mapping[str, NDArray[Any]] | None = None

    def cost(self) -> NDArray[np.float64]:
        """Return the cost of each day and service in EUR; float64[T, S]."""
        return np.sum([series for name, series in self.daily.items() if name.startswith("cost_")], axis=0)


@dataclass
class Records:
    """The series of a running replicate; every array belongs to snapshots.

    Attributes
    ----------
    zone_daily : int32[ZONE_MEASURES, D, S, Z], the daily accounts by zone of D days: all of them, or ZONE_DAYS where
        ``hand_over`` is given the finished ones; None where they are not kept.
    hand_over : given daily accounts by zone, ZONE_DAYS at a time, and the last days at the end.
    """

    daily: NDArray[np.float64]
    zone_year: NDArray[np.int64]
    zone_month: NDArray[np.int32]
    month_of_day: NDArray[np.int64]
    motives: NDArray[np.float64]
    zone_daily: NDArray[np.int32] | None
    log: list[tuple[NDArray[Any], ...]] | None = field(default=None)
    hand_over: ZoneDays | None = None

    @classmethod
    def start(
        cls, first: date, days: int, services: int, zones: int, zone_daily: bool | ZoneDays, log: bool
    ) -> Records:
        """Return empty records for a run of some days from a date on."""
        hand_over = None if isinstance(zone_daily, bool) else zone_daily
        held = days if hand_over is None else ZONE_DAYS
        dates = [first + timedelta(days=day) for day in range(days)]
        months = np.array([12 * (d.year - first.year) + d.month - first.month for d in dates])
        return cls(
            daily=np.zeros((len(DAILY_MEASURES), days, services)),
            zone_year=np.zeros((len(ZONE_MEASURES), (days + YEAR - 1) // YEAR, services, zones), np.int64),
            zone_month=np.zeros((len(MONTHLY_MEASURES), int(months[-1]) + 1, services, zones), np.int32),
            month_of_day=months,
            motives=np.zeros((services, 4)),
            zone_daily=np.zeros((len(ZONE_MEASURES), held, services, zones), np.int32) if zone_daily else None,
            log=[] if log else None,
            hand_over=hand_over,
        )

    def add(self, measure: str, day: int, service: int, amount: float) -> None:
        """Add to a measure of a day."""
        self.daily[_ROW[measure], day, service] += amount

    def series(self, measure: str, service: int) -> NDArray[np.float64]:
        """Return the whole series of a measure, as a view."""
        return self.daily[_ROW[measure], :, service]

    def add_zones(self, measure: str, day: int, service: int, counts: NDArray[Any]) -> None:
        """Add a day's counts by zone to the year's account, and to the daily one when kept."""
        row = _ZONE_ROW[measure]
        self.zone_year[row, day // YEAR, service] += counts
        if self.zone_daily is not None:
            self.zone_daily[row, day % self.zone_daily.shape[1], service] += counts.astype(np.int32)

    def end_day(self, done: int) -> None:
        """Hand over daily accounts by zone where the days ``done`` so far end a block, or the run."""
        if self.hand_over is None or self.zone_daily is None:
            return
        days = self.daily.shape[1]
        if done % ZONE_DAYS == 0 or done == days:
            first = (done - 1) // ZONE_DAYS * ZONE_DAYS
            self.hand_over(first, self.zone_daily[:, : done - first])
            self.zone_daily[...] = 0

    def add_zone_month(self, day: int, service: int, *counts: NDArray[Any]) -> None:
        """Add a day's counts by zone, one array for each of MONTHLY_MEASURES, to the month's account."""
        for row, count in enumerate(counts):
            month = self.zone_month[row, self.month_of_day[day], service]
            np.add(month, count, out=month, casting="unsafe")


_ROW = {measure.name: row for row, measure in enumerate(DAILY_MEASURES)}
_ZONE_ROW = {measure.name: row for row, measure in enumerate(ZONE_MEASURES)}
