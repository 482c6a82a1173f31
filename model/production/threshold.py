"""Campaigns that raise money until a date, all or nothing (participatory funding of local projects).

A campaign opens with a goal, and with what the administration pledges first. Each contribution backs one of the open
campaigns of its zone, one further ahead being the likelier choice; of campaigns that opened on the same day in the same
zone the gift goes to the one ahead. A campaign is funded as soon as its goal is reached; at its date the others close
and every pledge is given back. What everybody sees of a zone is how far the campaigns are that people back.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..arithmetic import exponential, logarithm, normal_quantile
from ..columns import Column
from ..compilation import helper, kernel
from ..parameters import Value
from ..random_numbers import Stream, binomial, uniform
from ..territory import Territory
from .cohorts import start_cohort, take_for_last_resort, total_by_zone
from .contract import Contributions, ProductionKind, ServiceDay

__all__ = ["Threshold"]

_COLUMNS = (
    Column("open", "int32", "age x zone", "campaigns", 0, 2**31 - 1, "campaigns still open, by day of opening"),
    Column("cohort", "int32", "age x zone", "campaigns", 0, 2**31 - 1, "campaigns that opened on the day"),
    Column("goal", "int64", "age x zone", "gifts", 0, 2**62, "goal of the open campaign that is ahead"),
    Column("first_pledge", "int64", "age x zone", "gifts", 0, 2**62, "of that, what the administration pledged first"),
    Column("pledged", "int64", "age x zone", "gifts", 0, 2**62, "pledged so far to the open campaign that is ahead"),
    Column("backing", "int64", "day x age x zone", "gifts", 0, 2**62, "of that, pledged by people on the day"),
    Column("received", "int64", "day x zone", "gifts", 0, 2**62, "gifts pledged on the day"),
    Column("used", "int64", "day x zone", "gifts", 0, 2**62, "gifts of the day whose campaign is funded"),
    Column("granted", "int64", "zone", "gifts", 0, 2**62, "what the administration paid to campaigns today, in gifts"),
)
_LARGEST_GOAL = 1.0e9


@helper
def _goal_of(key, z, opened, rank, log_mean, spread):
    """Return the goal, in gifts, of the campaign of some rank among those that opened on one day in one zone."""
    draw = uniform(key, z, opened, rank)
    return np.int64(
        max(1.0, math.floor(min(_LARGEST_GOAL, exponential(log_mean + spread * normal_quantile(draw))) + 0.5))
    )


@helper
def _put_ahead(z, row, opened, opened_there, left, goal, first_pledge, pledged, key, log_mean, spread, seed):
    """Set goal and pledges of the campaign that is ahead, now that ``left`` campaigns of a row are open."""
    goal[row, z] = 0
    first_pledge[row, z] = 0
    if left > 0:
        goal[row, z] = _goal_of(key, z, opened, opened_there - left, log_mean, spread)
        first_pledge[row, z] = np.int64(math.floor(seed * goal[row, z]))
    pledged[row, z] = first_pledge[row, z]


@kernel
def _open_campaigns(arisen, day, goal, first_pledge, pledged, key, log_mean, spread, seed):
    """Draw the goals of the campaigns that open today; ``arisen`` int64[Z]."""
    row = day % goal.shape[0]
    for z in range(arisen.shape[0]):
        _put_ahead(z, row, day, arisen[z], arisen[z], goal, first_pledge, pledged, key, log_mean, spread, seed)


@kernel
def _back(
    zone_of, tasks_of, pull, day, open_campaigns, cohort, goal, first_pledge, pledged, backing, received, used, granted,
    keys, log_mean, spread, seed, funded, wasted,
):  # fmt: skip
    """Let each contribution back a campaign of its zone, drawn with weight 1 + pull x progress.

    Shapes: ``zone_of`` and ``tasks_of`` int32[contributions]; int64[Z] added to: ``funded`` campaigns, and ``wasted``
    gifts where no campaign is open any more.
    """
    rows = open_campaigns.shape[0]
    slot = day % received.shape[0]
    seen = np.zeros(open_campaigns.shape[1], np.int64)
    for c in range(zone_of.shape[0]):
        z = zone_of[c]
        gift = np.int64(tasks_of[c])
        received[slot, z] += gift
        total = 0.0
        for row in range(rows):
            if open_campaigns[row, z] > 0:
                total += open_campaigns[row, z] + pull * (pledged[row, z] / goal[row, z])
        if total <= 0.0:
            wasted[z] += gift
            continue
        place = uniform(keys[Stream.BACKING], z, day, seen[z]) * total
        seen[z] += 1
        chosen = -1
        for row in range(rows):
            if open_campaigns[row, z] > 0:
                chosen = row
                place -= open_campaigns[row, z] + pull * (pledged[row, z] / goal[row, z])
                if place < 0.0:
                    break
        pledged[chosen, z] += gift
        backing[slot, chosen, z] += gift
        if pledged[chosen, z] >= goal[chosen, z]:
            funded[z] += 1
            granted[z] += first_pledge[chosen, z]
            open_campaigns[chosen, z] -= 1
            for past in range(backing.shape[0]):
                used[past, z] += backing[past, chosen, z]
                backing[past, chosen, z] = 0
            _put_ahead(
                z, chosen, day - (day - chosen) % rows, np.int64(cohort[chosen, z]),
                np.int64(open_campaigns[chosen, z]), goal, first_pledge, pledged, keys[Stream.GOAL], log_mean, spread,
                seed,
            )  # fmt: skip


@kernel
def _top_up(
    taken, day, open_campaigns, cohort, goal, first_pledge, pledged, backing, used, granted, key, log_mean, spread,
    seed,
):  # fmt: skip
    """Let the administration pay what is missing to campaigns that it funds; ``taken`` int32[A, Z] by row."""
    rows = taken.shape[0]
    for row in range(rows):
        opened = day - (day - row) % rows
        for z in range(taken.shape[1]):
            for k in range(taken[row, z]):
                granted[z] += goal[row, z] - (pledged[row, z] - first_pledge[row, z])
                for past in range(backing.shape[0]):
                    used[past, z] += backing[past, row, z]
                    backing[past, row, z] = 0
                left = np.int64(open_campaigns[row, z]) + taken[row, z] - 1 - k
                _put_ahead(
                    z, row, opened, np.int64(cohort[row, z]), left, goal, first_pledge, pledged, key, log_mean, spread,
                    seed,
                )  # fmt: skip


@kernel
def _draw_failures(funded, undelivered, checking, keys, day, observed_wrong, errors):
    """Draw which of the campaigns that people funded fail, and which of those are put right; int64[Z] are added to."""
    for z in range(funded.shape[0]):
        failing = binomial(funded[z], undelivered, keys[Stream.FAILURE], z, day)
        observed_wrong[z] += failing
        errors[z] += failing - binomial(failing, checking, keys[Stream.CHECKING], z, day)


@kernel
def _staff_errors(done, error, day, key, errors):
    """Draw how many units that staff did are wrong; ``errors`` int64[Z] is added to."""
    for z in range(done.shape[0]):
        if done[z] > 0:
            errors[z] += binomial(done[z], error, key, z, day)


@kernel
def _show_progress(open_campaigns, goal, pledged, pull, counts, activity, published):
    """Fill ``published`` float64[Z]: recent activity, and ``counts`` times the progress of the campaigns open.

    A giver sees the campaign that they are about to back: the mean is weighted as gifts are, by 1 + pull x progress.
    """
    for z in range(published.shape[0]):
        total = 0.0
        seen = 0.0
        for row in range(open_campaigns.shape[0]):
            if open_campaigns[row, z] > 0:
                progress = pledged[row, z] / goal[row, z]
                weight = open_campaigns[row, z] + pull * progress
                total += weight
                seen += weight * progress
        published[z] = activity
        if total > 0.0:
            published[z] += counts * (seen / total)


class Threshold(ProductionKind):
    """Money pledged until a date, all or nothing; see the module."""

    name = "threshold"
    judged = False
    columns = _COLUMNS

    def prepare(self, parameters: Any, own: Mapping[str, Value], territory: Territory, start: Any, days: int) -> Any:
        """Return mean logarithm and spread of goals in gifts, and the share that the administration pledges first."""
        spread = float(own["goal_log_sd"])
        log_mean = logarithm(float(own["goal_mean"]) / float(own["unit_gift"])) - 0.5 * spread * spread
        return float(log_mean), spread, float(own["seed_share"])

    def shapes(self, parameters: Any, own: Mapping[str, Value], territory: Territory) -> dict[str, tuple[int, ...]]:
        days, ages = int(parameters["acknowledgement_delay"]) + 1, int(parameters["need_lifetime"]) + 1
        return {"day x age x zone": (days, ages, territory.zones)}

    def arrive(self, today: ServiceDay, arisen: NDArray[np.int64]) -> None:
        state, account = today.state, today.account
        account.arisen += arisen
        row = today.day % len(state["open"])
        state["backing"][:, row] = 0
        start_cohort(state["open"], today.day, arisen, account.lapsed)
        state["cohort"][row] = arisen
        _open_campaigns(
            arisen, today.day, state["goal"], state["first_pledge"], state["pledged"], today.keys[Stream.GOAL],
            *today.tables,
        )  # fmt: skip
        slot = today.day % len(state["received"])
        state["received"][slot] = 0
        state["used"][slot] = 0
        state["backing"][slot] = 0
        state["granted"][:] = 0

    def produce(self, today: ServiceDay, given: Contributions) -> None:
        state, account, own = today.state, today.account, today.own
        funded = np.zeros(len(account.due), np.int64)
        _back(
            given.zone_of, given.tasks_of, float(own["progress_pull"]), today.day, state["open"], state["cohort"],
            state["goal"], state["first_pledge"], state["pledged"], state["backing"], state["received"], state["used"],
            state["granted"], today.keys, *today.tables, funded, account.tasks_wasted,
        )  # fmt: skip
        account.delivered_by_citizens += funded
        account.closed += funded
        account.observed += funded
        _draw_failures(
            funded, float(own["undelivered_share"]), today.checking, today.keys, today.day, account.observed_wrong,
            account.errors,
        )  # fmt: skip

    def backstop(self, today: ServiceDay, capacity: int, youngest: int) -> None:
        self._pay(today, capacity, youngest, float(today.parameters["backstop_error"]))

    def staff_only(self, today: ServiceDay, capacity: int, detection: float, lag: int, error: float) -> None:
        self._pay(today, capacity, lag, error)

    def _pay(self, today: ServiceDay, capacity: int, youngest: int, error: float) -> None:
        """Let the administration fund the campaigns that close soonest, paying what each of them misses."""
        state, account = today.state, today.account
        done = np.zeros(len(account.due), np.int64)
        before = state["open"].copy()
        if take_for_last_resort(state["open"], today.day, youngest, capacity, done, today.floor_first) == 0:
            return
        _top_up(
            before - state["open"], today.day, state["open"], state["cohort"], state["goal"], state["first_pledge"],
            state["pledged"], state["backing"], state["used"], state["granted"], today.keys[Stream.GOAL],
            *today.tables,
        )  # fmt: skip
        account.delivered_by_staff += done
        account.closed += done
        _staff_errors(done, error, today.day, today.keys[Stream.STAFF_QUALITY], account.errors)

    def settle(self, today: ServiceDay) -> None:
        past = today.day - int(today.parameters["norm_delay"])
        if past < 0:
            return
        state, account = today.state, today.account
        row = past % len(state["cohort"])
        account.due += state["cohort"][row]
        account.in_time += state["cohort"][row] - state["open"][row]
        account.lapsed += state["open"][row]
        for name in ("open", "goal", "first_pledge", "pledged"):
            state[name][row] = 0
        state["backing"][:, row] = 0

    def waiting(self, state: dict[str, NDArray[Any]]) -> NDArray[np.int64]:
        total = np.zeros(state["open"].shape[1], np.int64)
        total_by_zone(state["open"], total)
        return total

    def publish(self, today: ServiceDay, activity: float) -> NDArray[np.float64]:
        """Return what is seen of others' giving; progress counts more than as much activity, so it may exceed 1."""
        own, published = today.own, np.empty(today.territory.zones)
        counts = float(own["progress_shown"]) * float(own["progress_weight"])
        _show_progress(
            today.state["open"], today.state["goal"], today.state["pledged"], float(own["progress_pull"]), counts,
            min(1.0, activity), published,
        )  # fmt: skip
        return published

    def costs(self, today: ServiceDay) -> Mapping[str, float]:
        """What the administration pledged first is paid when a campaign is funded; so is what it adds at the end."""
        return {"cost_grants": int(today.state["granted"].sum()) * float(today.own["unit_gift"])}

    def costs_alone(self, today: ServiceDay) -> Mapping[str, float]:
        """Grants are paid as the last resort pays them: the whole goal, whoever else could have given."""
        return self.costs(today)

    def used_in_time(self, today: ServiceDay, past_day: int) -> NDArray[np.float64]:
        slot = past_day % len(today.state["received"])
        received = today.state["received"][slot]
        return np.asarray(today.state["used"][slot] / np.maximum(1, received), np.float64)
