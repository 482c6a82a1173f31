"""The twin of threshold: every campaign is an object with its goal and the list of its pledges."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from entraide.model.random_numbers import Stream

from .figures import exponential, logarithm, normal_quantile
from .stocks import Given, Setting, last_resort_order, ring

__all__ = ["ThresholdTwin"]


def added_up(values: Iterable[float]) -> float:
    """Add up one after the other, as the engine does."""
    total = 0.0
    for value in values:
        total = total + value
    return total


@dataclass
class Campaign:
    """One open campaign; ``pledges`` holds the day and size of each gift by people."""

    zone: int
    opened: int
    goal: int
    promised: int
    pledges: list[tuple[int, int]] = field(default_factory=list)

    @property
    def raised(self) -> int:
        """All that is pledged."""
        return self.promised + sum(gift for _, gift in self.pledges)

    @property
    def progress(self) -> float:
        """How far the campaign is, 1 at its goal."""
        return self.raised / self.goal


class ThresholdTwin:
    """The open campaigns, in order of opening, and what became of the gifts of each day."""

    has_agents = False
    judged = False

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.campaigns: list[Campaign] = []
        self.cohort: dict[int, list[int]] = {}
        self.received: dict[int, list[int]] = {}
        self.used: dict[int, list[int]] = {}
        self.granted = [0] * setting.zones

    @property
    def ages(self) -> int:
        """Days for which the engine keeps a campaign's place, today included."""
        return int(self.setting.service.need_lifetime) + 1

    def _goal(self, zone: int, rank: int) -> int:
        setting, service = self.setting, self.setting.service
        centre = logarithm(service.goal_mean / service.unit_gift) - 0.5 * service.goal_log_sd * service.goal_log_sd
        draw = setting.chance.uniform(Stream.GOAL, setting.j, zone, setting.day, rank)
        asked = exponential(centre + service.goal_log_sd * normal_quantile(draw))
        return max(1, math.floor(min(1.0e9, asked) + 0.5))

    def arrive(self, arisen: list[int]) -> None:
        """Campaigns open, with what the administration promises."""
        day, zones = self.setting.day, self.setting.zones
        for zone, number in enumerate(arisen):
            self.setting.account.add("arisen", zone, number)
            for rank in range(number):
                goal = self._goal(zone, rank)
                promised = math.floor(self.setting.service.seed_share * goal)
                self.campaigns.append(Campaign(zone, day, goal, promised))
        self.cohort[day] = list(arisen)
        self.received[day] = [0] * zones
        self.used[day] = [0] * zones
        self.granted = [0] * zones

    def _ahead(self, zone: int) -> dict[int, list[Campaign]]:
        """Return the open campaigns of a zone by place of their day in the columns; the first of a day is ahead."""
        rows: dict[int, list[Campaign]] = defaultdict(list)
        for campaign in self.campaigns:
            if campaign.zone == zone:
                rows[campaign.opened % self.ages].append(campaign)
        return dict(sorted(rows.items()))

    def produce(self, given: Given) -> None:
        """Each gift goes to a campaign of its zone, likelier to one further ahead."""
        setting, service = self.setting, self.setting.service
        asked: dict[int, int] = defaultdict(int)
        funded = [0] * setting.zones
        for zone, gift in given.each:
            self.received[setting.day][zone] += gift
            days = list(self._ahead(zone).values())
            if not days:
                setting.account.add("tasks_wasted", zone, gift)
                continue
            weights = [len(same_day) + service.progress_pull * same_day[0].progress for same_day in days]
            total = 0.0
            for weight in weights:
                total = total + weight
            place = setting.chance.uniform(Stream.BACKING, setting.j, zone, setting.day, asked[zone]) * total
            asked[zone] += 1
            chosen = days[-1][0]
            for same_day, weight in zip(days, weights, strict=True):
                place = place - weight
                if place < 0.0:
                    chosen = same_day[0]
                    break
            chosen.pledges.append((setting.day, gift))
            if chosen.raised >= chosen.goal:
                self._end(chosen, True)
                self.granted[zone] += chosen.promised
                funded[zone] += 1
        for zone, number in enumerate(funded):
            self._judge(zone, number)

    def _end(self, campaign: Campaign, funded: bool) -> None:
        """Close a campaign; where it is funded, its pledges have been of use."""
        self.campaigns.remove(campaign)
        for day, gift in campaign.pledges:
            self.used[day][campaign.zone] += gift if funded else 0

    def _judge(self, zone: int, funded: int) -> None:
        setting = self.setting
        account, chance = setting.account, setting.chance
        fail = chance.binomial(funded, setting.service.undelivered_share, Stream.FAILURE, setting.j, zone, setting.day)
        saved = chance.binomial(fail, setting.checking, Stream.CHECKING, setting.j, zone, setting.day)
        for name, number in (
            ("delivered_by_citizens", funded),
            ("closed", funded),
            ("observed", funded),
            ("observed_wrong", fail),
            ("errors", fail - saved),
        ):
            account.add(name, zone, number)

    def _pay(self, capacity: int, youngest: int, error: float) -> None:
        """The administration pays what the oldest campaigns miss."""
        setting = self.setting
        held: dict[int, list[int]] = defaultdict(lambda: [0] * setting.zones)
        for campaign in self.campaigns:
            held[campaign.opened][campaign.zone] += 1
        done = [0] * setting.zones
        for opened, shares in last_resort_order(held, setting.day, youngest, capacity, setting.floor_first):
            for zone, number in enumerate(shares):
                same_day = [c for c in self.campaigns if c.zone == zone and c.opened == opened]
                for campaign in same_day[:number]:
                    self._end(campaign, True)
                    self.granted[zone] += campaign.goal - sum(gift for _, gift in campaign.pledges)
                done[zone] += number
        for zone, number in enumerate(done):
            setting.account.add("delivered_by_staff", zone, number)
            setting.account.add("closed", zone, number)
            wrong = setting.chance.binomial(number, error, Stream.STAFF_QUALITY, setting.j, zone, setting.day)
            setting.account.add("errors", zone, wrong)

    def backstop(self, capacity: int, youngest: int) -> None:
        """Close to their date, the administration adds what is missing."""
        self._pay(capacity, youngest, self.setting.service.backstop_error)

    def staff_only(self, capacity: int, detection: float, lag: int, error: float) -> None:
        """Grants alone; projects apply by themselves, so that nothing has to be found."""
        self._pay(capacity, lag, error)

    def settle(self) -> None:
        """Campaigns whose date is today and that are not funded close, and pledges go back."""
        opened = self.setting.day - int(self.setting.service.norm_delay)
        if opened < 0:
            return
        for zone in range(self.setting.zones):
            late = [c for c in self.campaigns if c.zone == zone and c.opened == opened]
            for campaign in late:
                self._end(campaign, False)
            self.setting.account.add("due", zone, self.cohort[opened][zone])
            self.setting.account.add("in_time", zone, self.cohort[opened][zone] - len(late))
            self.setting.account.add("lapsed", zone, len(late))

    def waiting(self) -> list[int]:
        """Return open campaigns by zone."""
        return [sum(campaign.zone == zone for campaign in self.campaigns) for zone in range(self.setting.zones)]

    def publish(self, activity: float) -> list[float]:
        """Return what everybody sees: recent activity, and the progress of campaigns as those who back them see it."""
        service = self.setting.service
        published = []
        for zone in range(self.setting.zones):
            ahead = [(len(same_day), same_day[0].progress) for same_day in self._ahead(zone).values()]
            weights = [number + service.progress_pull * progress for number, progress in ahead]
            mean = 0.0
            if ahead:
                mean = added_up(w * p for w, (_, p) in zip(weights, ahead, strict=True)) / added_up(weights)
            published.append(activity + service.progress_shown * service.progress_weight * mean)
        return published

    def costs(self) -> dict[str, float]:
        """Return what the administration pays to campaigns today."""
        return {"cost_grants": sum(self.granted) * self.setting.service.unit_gift}

    def used_in_time(self, past: int) -> list[float]:
        """Return the share of a day's gifts whose campaign is funded by now."""
        return [used / max(1, given) for used, given in zip(self.used[past], self.received[past], strict=True)]

    def columns(self) -> dict[str, NDArray[np.generic]]:
        """Return the engine's columns as this twin would fill them."""
        day, zones, ages = self.setting.day, self.setting.zones, self.ages
        days = int(self.setting.service.acknowledgement_delay) + 1
        still = np.zeros((ages, zones), np.int64)
        goal, promised, raised = np.zeros_like(still), np.zeros_like(still), np.zeros_like(still)
        backing = np.zeros((days, ages, zones), np.int64)
        for zone in range(zones):
            for row, same_day in self._ahead(zone).items():
                ahead = same_day[0]
                still[row, zone] = len(same_day)
                goal[row, zone], promised[row, zone], raised[row, zone] = ahead.goal, ahead.promised, ahead.raised
                for given_on, gift in ahead.pledges:
                    if given_on > day - days:
                        backing[given_on % days, row, zone] += gift
        return {
            "open": still,
            "cohort": ring(self.cohort, day, ages, zones),
            "goal": goal,
            "first_pledge": promised,
            "pledged": raised,
            "backing": backing,
            "received": ring(self.received, day, days, zones),
            "used": ring(self.used, day, days, zones),
            "granted": np.array(self.granted),
        }
