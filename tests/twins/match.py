"""The twin of match: every need of the day is an object that looks for one of the offers, which are objects too."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from entraide.model.random_numbers import Stream

from .figures import exponential, logarithm
from .quality import accuracy_of_all
from .society import mean_needs
from .stocks import Given, Setting, last_resort_order, ring

__all__ = ["MatchTwin"]


@dataclass
class Offer:
    """One offer of some places."""

    zone: int
    places: int
    useful: bool = False


@dataclass
class Need:
    """One need of today."""

    zone: int
    asked: bool = False
    seen: bool = False
    served: bool = False


@dataclass
class Board:
    """The offers with places left that the tool sees in one zone; the last takes the place of one that is full."""

    offers: list[Offer] = field(default_factory=list)

    def take(self, draw: float, log_unfit: float) -> Offer | None:
        """Return the offer that suits a need, if any does."""
        if not self.offers:
            return None
        chance = 1.0 - exponential(len(self.offers) * log_unfit)
        if draw >= chance:
            return None
        place = min(len(self.offers) - 1, math.floor(draw / chance * len(self.offers)))
        offer = self.offers[place]
        offer.places -= 1
        if offer.places == 0:
            self.offers[place] = self.offers[-1]
            self.offers.pop()
        return offer


class MatchTwin:
    """Needs and offers of one day, and what people remember of earlier ones."""

    has_agents = False

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.success = [setting.service.asking_start] * setting.zones
        self.needs: list[Need] = []
        self.offers_seen = [0] * setting.zones
        self.received: dict[int, list[int]] = {}
        self.used: dict[int, list[int]] = {}

    def _draw(self, stream: Stream, zone: int, step: int, k: int) -> float:
        setting = self.setting
        number = zone + setting.zones * (step + 16 * (k // 65_536))
        return setting.chance.uniform(stream, setting.j, number, setting.day, k % 65_536)

    def _here(self, zone: int) -> list[Need]:
        return [need for need in self.needs if need.zone == zone]

    def arrive(self, arisen: list[int]) -> None:
        """Needs arise; some are expressed, and the tool sees some of those."""
        setting, service = self.setting, self.setting.service
        self.needs = []
        for zone, number in enumerate(arisen):
            setting.account.add("arisen", zone, number)
            share = service.asking_least + (1.0 - service.asking_least) * self.success[zone]
            for k in range(number):
                need = Need(zone, asked=self._draw(Stream.ASKING, zone, 0, k) < share)
                need.seen = need.asked and self._draw(Stream.SEEING, zone, 0, k) < service.matching_visibility
                self.needs.append(need)
        self.offers_seen = [0] * setting.zones
        self.received[setting.day] = [0] * setting.zones
        self.used[setting.day] = [0] * setting.zones

    def produce(self, given: Given) -> None:
        """Every zone looks among its own offers, then nearby."""
        setting, service = self.setting, self.setting.service
        boards = [Board() for _ in range(setting.zones)]
        offers = [Offer(zone, tasks) for zone, tasks in given.each]
        for offer in offers:
            made = self.received[setting.day][offer.zone]
            if self._draw(Stream.SEEING, offer.zone, 1, made) < service.matching_visibility:
                boards[offer.zone].offers.append(offer)
                self.offers_seen[offer.zone] += 1
            self.received[setting.day][offer.zone] += 1
        kept = []
        for zone, tasks in enumerate(given.tasks):
            shift, wrong = (given.shift[zone] / tasks, given.wrong[zone] / tasks) if tasks else (0.0, 0.0)
            kept.append(
                accuracy_of_all(setting.nodes, 1, shift, wrong, setting.people.adversary_accuracy, 0.0)
                if tasks
                else 0.0
            )
        order = [(turn + setting.day) % setting.zones for turn in range(setting.zones)]
        in_vain = self._look_at_home(order, boards, kept)
        self._look_nearby(order, boards, kept, in_vain)
        for offer in offers:
            setting.account.add("tasks_wasted", offer.zone, offer.places)
            self.used[setting.day][offer.zone] += offer.useful

    def _look_at_home(self, order: list[int], boards: list[Board], kept: list[float]) -> dict[int, list[Need]]:
        """Return by zone the needs that find nothing at home."""
        log_unfit = logarithm(max(1e-300, 1.0 - self.setting.service.compatibility))
        in_vain: dict[int, list[Need]] = {}
        for zone in order:
            in_vain[zone] = []
            for k, need in enumerate(need for need in self._here(zone) if need.seen):
                offer = boards[zone].take(self._draw(Stream.PAIRING, zone, 0, k), log_unfit)
                if offer is None:
                    in_vain[zone].append(need)
                else:
                    self._meet(need, offer, kept[offer.zone], 0, k)
        return in_vain

    def _look_nearby(
        self, order: list[int], boards: list[Board], kept: list[float], in_vain: dict[int, list[Need]]
    ) -> None:
        setting, service = self.setting, self.setting.service
        assert setting.place is not None
        fit = service.compatibility * service.neighbour_compatibility
        log_unfit = logarithm(max(1e-300, 1.0 - fit))
        for zone in order:
            around = [int(other) for other in setting.place.near[zone]][1 : 1 + service.matching_reach]
            for k, need in enumerate(in_vain[zone]):
                for step, other in enumerate(around, start=1):
                    if other == zone:
                        continue
                    offer = boards[other].take(self._draw(Stream.PAIRING, zone, step, k), log_unfit)
                    if offer is not None:
                        self._meet(need, offer, kept[other], step, k)
                        break

    def _meet(self, need: Need, offer: Offer, kept: float, step: int, k: int) -> None:
        """A pair holds, or fails; of those that would fail, checks find some in time for the need to go elsewhere."""
        account, zone = self.setting.account, need.zone
        account.add("observed", zone, 1)
        if self._draw(Stream.FAILURE, zone, step, k) < kept:
            offer.useful = True
        else:
            account.add("observed_wrong", zone, 1)
            account.add("tasks_wasted", offer.zone, 1)
            if self._draw(Stream.CHECKING, zone, step, k) < self.setting.checking:
                return
            account.add("errors", zone, 1)
        need.served = True
        account.add("delivered_by_citizens", zone, 1)
        account.add("closed", zone, 1)

    def _send_staff(self, candidates: list[list[Need]], capacity: int, error: float, first: list[int]) -> None:
        setting = self.setting
        counts = {setting.day: [len(here) for here in candidates]}
        taken = [shares for _, shares in last_resort_order(counts, setting.day, 0, capacity, first)]
        for zone, here in enumerate(candidates):
            number = sum(shares[zone] for shares in taken)
            for need in here[:number]:
                need.served = True
            setting.account.add("delivered_by_staff", zone, number)
            setting.account.add("closed", zone, number)
            wrong = setting.chance.binomial(number, error, Stream.STAFF_QUALITY, setting.j, zone, setting.day)
            setting.account.add("errors", zone, wrong)

    def backstop(self, capacity: int, youngest: int) -> None:
        """Transport by the administration, on the day or not at all, for who asked."""
        if youngest == 0:
            asking = [[n for n in self._here(z) if n.asked and not n.served] for z in range(self.setting.zones)]
            self._send_staff(asking, capacity, self.setting.service.backstop_error, self.setting.floor_first)

    def staff_only(self, capacity: int, detection: float, lag: int, error: float) -> None:
        """The administration alone serves those who reach it; whoever did not ask a neighbour comes first here."""
        if lag > 0:
            return
        setting, known = self.setting, []
        for zone in range(setting.zones):
            here = sorted(self._here(zone), key=lambda need: need.asked)
            reached = setting.chance.binomial(
                len(here), detection, Stream.STAFF_DETECTION, setting.j, zone, setting.day
            )
            known.append(here[:reached])
        self._send_staff(known, capacity, error, [])

    def settle(self) -> None:
        """The day is over: what is not served is lost, and people remember."""
        keep = 2.0 ** (-1.0 / self.setting.service.asking_half_life)
        account = self.setting.account
        for zone in range(self.setting.zones):
            here = self._here(zone)
            account.add("due", zone, len(here))
            account.add("in_time", zone, sum(need.served for need in here))
            account.add("lapsed", zone, sum(not need.served for need in here))
            asked = [need for need in here if need.asked]
            if asked:
                missed = sum(not need.served for need in asked) / len(asked)
                self.success[zone] = keep * self.success[zone] + (1.0 - keep) * (1.0 - missed)

    def waiting(self) -> list[int]:
        """Nothing outlives its day."""
        return [0] * self.setting.zones

    def pull(self) -> list[float]:
        """Return how strongly needs prompt tomorrow."""
        assert self.setting.place is not None
        means = mean_needs(self.setting.place, self.setting.service)
        if not self.setting.service.need_prompted:
            return [1.0] * self.setting.zones
        seen = [sum(need.seen for need in self._here(zone)) for zone in range(self.setting.zones)]
        return [min(4.0, number / max(1e-9, mean)) for number, mean in zip(seen, means, strict=True)]

    def costs(self) -> dict[str, float]:
        """Return what the registry costs today."""
        entries = sum(need.seen for need in self.needs) + sum(self.offers_seen)
        return {"cost_platform": entries * self.setting.service.matching_unit_cost}

    def used_in_time(self, past: int) -> list[float]:
        """Return the share of a day's offers that served somebody."""
        return [used / max(1, made) for used, made in zip(self.used[past], self.received[past], strict=True)]

    def columns(self) -> dict[str, NDArray[np.generic]]:
        """Return the engine's columns as this twin would fill them."""
        zones, day = self.setting.zones, self.setting.day
        days = int(self.setting.service.acknowledgement_delay) + 1

        def count(what: str) -> NDArray[np.generic]:
            tests = {
                "cohort": lambda need: True,
                "asked": lambda need: need.asked,
                "seen": lambda need: need.seen,
                "still_asking": lambda need: need.asked and not need.served,
            }
            return np.array([sum(tests[what](need) for need in self._here(zone)) for zone in range(zones)])

        return {
            **{name: count(name) for name in ("cohort", "asked", "seen", "still_asking")},
            "unserved": np.zeros(zones, np.int64),
            "offers_seen": np.array(self.offers_seen),
            "success": np.array(self.success),
            "received": ring(self.received, day, days, zones),
            "used": ring(self.used, day, days, zones),
        }
