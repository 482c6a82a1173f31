"""The twin of the stock: every item in demand is an object that is missing, wrong or right."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entraide.model.random_numbers import Stream

from .figures import exponential
from .quality import accuracy_of_all
from .stocks import Given, Setting, in_proportion, last_resort_order, ring, sampled_shares

__all__ = ["StockTwin"]

MISSING, WRONG, RIGHT = "missing", "wrong", "right"


@dataclass
class Item:
    """One item in demand; ``since`` is the day from which it has been missing or wrong."""

    zone: int
    state: str
    since: int = 0


class StockTwin:
    """An encyclopedia, item by item."""

    has_agents = False

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.items: list[Item] = []
        self.received: dict[int, list[int]] = {}
        self.useful: dict[int, list[int]] = {}

    @property
    def ages(self) -> int:
        """Ages that are told apart, in days; what has waited longer counts as that old."""
        return int(self.setting.service.need_lifetime) + 1

    def _here(self, zone: int, state: str) -> list[Item]:
        found = [item for item in self.items if item.zone == zone and item.state == state]
        return sorted(found, key=lambda item: self._born(item))

    def _born(self, item: Item) -> int:
        return max(item.since, self.setting.day - self.ages + 1)

    def _by_day(self, state: str) -> dict[int, list[int]]:
        held: dict[int, list[int]] = defaultdict(lambda: [0] * self.setting.zones)
        for item in self.items:
            if item.state == state:
                held[self._born(item)][item.zone] += 1
        return held

    def _draw(self, number: int, chance: float, stream: Stream, index: int) -> int:
        return self.setting.chance.binomial(number, chance, stream, self.setting.j, index, self.setting.day)

    def _spoil(self, zone: int, number: int) -> None:
        """Right items become wrong today: a need arises."""
        for item in self._here(zone, RIGHT)[:number]:
            item.state, item.since = WRONG, self.setting.day
            self.setting.account.add("arisen", zone, 1)

    def _begin(self) -> None:
        assert self.setting.place is not None
        service = self.setting.service
        for zone, people in enumerate(self.setting.place.population):
            topics = service.topics_per_zone + math.floor(service.topics_per_inhabitants / 1000.0 * int(people) + 0.5)
            written = math.floor(topics * service.coverage_at_start + 0.5)
            for number in range(topics):
                self.items.append(Item(zone, RIGHT if number < written else MISSING))
            self.setting.account.add("arisen", zone, topics - written)

    def arrive(self, arisen: list[int]) -> None:
        """New topics are asked for; some right items are overtaken by events."""
        day = self.setting.day
        if day == 0:
            self._begin()
        overtaken = 1.0 - 2.0 ** (-1.0 / self.setting.service.ageing_half_life)
        for zone, new in enumerate(arisen):
            self.items += [Item(zone, MISSING, day) for _ in range(new)]
            self.setting.account.add("arisen", zone, new)
            self._spoil(zone, self._draw(len(self._here(zone, RIGHT)), overtaken, Stream.CHANGE, zone))
        self.received[day] = [0] * self.setting.zones
        self.useful[day] = [0] * self.setting.zones

    def produce(self, given: Given) -> None:
        """Contributors write and review, strangers and adversaries vandalise, reviewers undo what they see."""
        setting, service = self.setting, self.setting.service
        zones, account = setting.zones, setting.account
        harm = 1.0 - setting.people.adversary_accuracy
        strikes = [self._draw(given.wrong[z], harm, Stream.DAMAGE, 2 * zones + z) for z in range(zones)]
        texts, reviews, texts_away, reviews_away = [0] * zones, [0] * zones, 0, 0
        for z in range(zones):
            honest = given.tasks[z] - strikes[z]
            reviews[z] = self._draw(honest, service.review_share, Stream.ASSIGNMENT, 3 * z)
            texts[z] = honest - reviews[z]
            if service.pooled:
                away = 1.0 - service.home_share
                leave = self._draw(texts[z], away, Stream.ASSIGNMENT, 3 * z + 1)
                texts[z], texts_away = texts[z] - leave, texts_away + leave
                leave = self._draw(reviews[z], away, Stream.ASSIGNMENT, 3 * z + 2)
                reviews[z], reviews_away = reviews[z] - leave, reviews_away + leave
        self._send(texts, reviews, texts_away, reviews_away)
        shifts = [given.shift[z] / max(1, given.tasks[z]) for z in range(zones)]
        if service.pooled:
            everything = 0.0
            for shift in given.shift:
                everything = everything + shift
            shifts = [everything / max(1, sum(given.tasks))] * zones
        useful, published = [0] * zones, [0] * zones
        for z in range(zones):
            right = accuracy_of_all(setting.nodes, 1, shifts[z], 0.0, 0.0, 0.0)
            idle, used, published[z] = self._write(z, texts[z], right)
            reviews[z] += idle
            useful[z] = used + self._review(z, reviews[z], right)
        self._vandalise(strikes, reviews, published)
        if service.pooled:
            self.received[setting.day] = [sum(given.tasks)] * zones
            self.useful[setting.day] = [sum(useful)] * zones
            wasted = in_proportion(sum(given.tasks) - sum(useful), given.tasks) if sum(given.tasks) else [0] * zones
        else:
            self.received[setting.day], self.useful[setting.day] = list(given.tasks), useful
            wasted = [tasks - used for tasks, used in zip(given.tasks, useful, strict=True)]
        for z, number in enumerate(wasted):
            account.add("tasks_wasted", z, number)

    def _send(self, texts: list[int], reviews: list[int], texts_away: int, reviews_away: int) -> None:
        """Contributions about other places go where something is missing, reviews where something is to read."""
        setting = self.setting
        zones = range(setting.zones)
        absent = [len(self._here(z, MISSING)) for z in zones]
        present = [len(self._here(z, WRONG)) + len(self._here(z, RIGHT)) for z in zones]
        start = [
            setting.chance.uniform(Stream.ASSIGNMENT, setting.j, 3 * setting.zones, setting.day, k) for k in (0, 1)
        ]
        if sum(absent) == 0:
            reviews_away += texts_away
        else:
            for z, more in enumerate(sampled_shares(texts_away, absent, start[0])):
                texts[z] += more
        if sum(present):
            for z, more in enumerate(sampled_shares(reviews_away, present, start[1])):
                reviews[z] += more

    def _write(self, z: int, writers: int, right: float) -> tuple[int, int, int]:
        """Return (writers with nothing to write, texts that are right, texts that appear)."""
        account = self.setting.account
        topics = self._here(z, MISSING)[:writers]
        mistaken = self._draw(len(topics), 1.0 - right, Stream.QUALITY, z)
        stopped = self._draw(mistaken, self.setting.checking, Stream.CHECKING, z)
        good = len(topics) - mistaken
        for number, item in enumerate(topics):
            if number < good:
                item.state = RIGHT
            elif number < good + mistaken - stopped:
                item.state = WRONG
        account.add("observed", z, len(topics))
        account.add("observed_wrong", z, mistaken)
        account.add("delivered_by_citizens", z, good)
        return writers - len(topics), good, len(topics) - stopped

    def _review(self, z: int, reviewers: int, right: float) -> int:
        """Return how many reviews were of use."""
        false, true = self._here(z, WRONG), self._here(z, RIGHT)
        if reviewers == 0 or not false + true:
            return 0
        focus = self.setting.service.review_focus
        weight = focus * len(false) + len(true)
        met = 1.0 - exponential(-reviewers * focus / weight) if weight > 0.0 else 0.0
        opened = min(reviewers, self._draw(len(false), met, Stream.CORRECTION, z))
        failed = self._draw(opened, 1.0 - right, Stream.QUALITY, self.setting.zones + z)
        for item in false[: opened - failed]:
            item.state = RIGHT
        self.setting.account.add("observed", z, opened)
        self.setting.account.add("observed_wrong", z, failed)
        self.setting.account.add("delivered_by_citizens", z, opened - failed)
        return reviewers - failed

    def _vandalise(self, strikes: list[int], reviews: list[int], published: list[int]) -> None:
        setting, service, zones = self.setting, self.setting.service, self.setting.zones
        damage = []
        for z in range(zones):
            setting.account.add("observed", z, strikes[z])
            setting.account.add("observed_wrong", z, strikes[z])
            passed = strikes[z] - self._draw(strikes[z], setting.checking, Stream.CHECKING, zones + z)
            good = len(self._here(z, RIGHT))
            damage.append(min(good, passed + self._draw(good, service.vandalism_rate, Stream.DAMAGE, z)))
        changes = [a + b for a, b in zip(damage, published, strict=True)]
        for z in range(zones):
            if damage[z] == 0:
                continue
            readers, read = (sum(reviews), sum(changes)) if service.pooled else (reviews[z], changes[z])
            seen = 1.0 - exponential(-service.patrol_reach * readers / read)
            self._spoil(z, damage[z] - self._draw(damage[z], seen, Stream.DAMAGE, zones + z))

    def _staff(self, capacity: int, repairs: int, youngest: int, error: float) -> None:
        setting = self.setting
        done = [0] * setting.zones
        for state in (WRONG, MISSING):
            most = repairs if state == WRONG else capacity - sum(done)
            for born, shares in last_resort_order(
                self._by_day(state), setting.day, youngest, most, setting.floor_first
            ):
                for z, number in enumerate(shares):
                    for item in [item for item in self._here(z, state) if self._born(item) == born][:number]:
                        item.state = RIGHT
                    done[z] += number
        for z, number in enumerate(done):
            setting.account.add("delivered_by_staff", z, number)
            self._spoil(z, self._draw(number, error, Stream.STAFF_QUALITY, z))

    def backstop(self, capacity: int, youngest: int) -> None:
        """Staff repair, then write."""
        self._staff(capacity, capacity, youngest, self.setting.service.backstop_error)

    def staff_only(self, capacity: int, detection: float, lag: int, error: float) -> None:
        """Staff repair what they notice, then write."""
        noticed = 0
        for z in range(self.setting.zones):
            noticed += self._draw(len(self._here(z, WRONG)), detection, Stream.STAFF_DETECTION, z)
        self._staff(capacity, min(capacity, noticed), lag, error)

    def settle(self) -> None:
        """Every item is due every day."""
        for item in self.items:
            self.setting.account.add("due", item.zone, 1)
            self.setting.account.add("in_time", item.zone, int(item.state == RIGHT))
            self.setting.account.add("closed", item.zone, int(item.state != MISSING))
            self.setting.account.add("errors", item.zone, int(item.state == WRONG))

    def waiting(self) -> list[int]:
        """Return the items missing or wrong by zone."""
        return [len(self._here(z, MISSING)) + len(self._here(z, WRONG)) for z in range(self.setting.zones)]

    def used_in_time(self, past: int) -> list[float]:
        """Return by zone the share of a day's contributions that were of use."""
        pairs = zip(self.useful[past], self.received[past], strict=True)
        return [useful / max(1, received) for useful, received in pairs]

    def columns(self) -> dict[str, NDArray[np.generic]]:
        """Return the engine's columns as this twin would fill them."""
        day, zones = self.setting.day, self.setting.zones
        days = int(self.setting.service.acknowledgement_delay) + 1
        return {
            "missing": ring(self._by_day(MISSING), day, self.ages, zones),
            "wrong": ring(self._by_day(WRONG), day, self.ages, zones),
            "right": np.array([len(self._here(z, RIGHT)) for z in range(zones)]),
            "received": ring(self.received, day, days, zones),
            "useful": ring(self.useful, day, days, zones),
        }
