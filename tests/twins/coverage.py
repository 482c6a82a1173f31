"""The twin of coverage: every thing to be known is listed by zone with what the map says of it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from entraide.model.random_numbers import Stream

from .figures import exponential
from .stocks import Given, Setting, ring

__all__ = ["CoverageTwin"]

# In the order in which a place on the list is looked up.
RIGHT, WRONG, OUTDATED = "right", "wrong", "outdated"


class Lookers:
    """How those who look at one zone on one day fare, when a thing is as hard for one as for the other."""

    def __init__(self, setting: Setting, shift: float, hostile: float) -> None:
        powers = [0.0, 0.0, 0.0]
        for node in setting.nodes:
            honest = 1.0 / (1.0 + exponential(-(node + shift)))
            one = (1.0 - hostile) * honest + hostile * setting.people.adversary_accuracy
            for k, power in enumerate((one, one * one, one * one * one)):
                powers[k] = powers[k] + power
        once, twice, thrice = (power / len(setting.nodes) for power in powers)
        self.right = once
        split = once - twice
        self.contradict = {
            RIGHT: _given(split, once, 1.0 - once),
            WRONG: _given(split, 1.0 - once, once),
        }
        self.agree_again = {
            RIGHT: _given(once - 2.0 * twice + thrice, split, 1.0 - once),
            WRONG: _given(twice - thrice, split, once),
        }


def _given(both: float, condition: float, otherwise: float) -> float:
    return otherwise if condition <= 1e-12 else min(1.0, max(0.0, both / condition))


class CoverageTwin:
    """Things on a map, observations of each day, second looks that are owed."""

    has_agents = False

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        assert setting.place is not None
        service = setting.service
        known, mistaken = _Rounding(), _Rounding()
        self.things: list[list[str]] = []
        for inhabitants in setting.place.population:
            number = max(1, math.floor(service.units_to_know / 1000.0 * int(inhabitants) + 0.5))
            shown = known.next(service.initial_coverage, number)
            wrong = mistaken.next(service.initial_map_error, shown)
            self.things.append([RIGHT] * (shown - wrong) + [WRONG] * wrong + [OUTDATED] * (number - shown))
        self.owed = [0] * setting.zones
        self.received: dict[int, list[int]] = {}
        self.useful: dict[int, list[int]] = {}

    def _turn(self, zone: int, old: str, new: str) -> None:
        self.things[zone].remove(old)
        self.things[zone].append(new)

    def _count(self, zone: int, state: str) -> int:
        return self.things[zone].count(state)

    def _anything(self, zone: int, index: int, stream: Stream) -> str:
        """Return the state of a thing drawn from all things of the zone."""
        listed = sorted(self.things[zone], key=(RIGHT, WRONG, OUTDATED).index)
        aim = self.setting.chance.uniform(stream, self.setting.j, zone, self.setting.day, index) * len(listed)
        return listed[int(aim)]

    def _happens(self, chance: float, stream: Stream, zone: int, index: int) -> bool:
        return self.setting.chance.uniform(stream, self.setting.j, zone, self.setting.day, index) < chance

    def arrive(self, arisen: list[int]) -> None:
        """The world changes; on the first day, all that is not on the map is a need."""
        setting = self.setting
        for zone, changes in enumerate(arisen):
            if setting.day == 0:
                setting.account.add("arisen", zone, self._count(zone, OUTDATED))
            for k in range(changes):
                met = self._anything(zone, k, Stream.CHANGE)
                if met != OUTDATED:
                    self._turn(zone, met, OUTDATED)
                    setting.account.add("arisen", zone, 1)
        self.received[setting.day] = [0] * setting.zones
        self.useful[setting.day] = [0] * setting.zones

    def produce(self, given: Given) -> None:
        """Each observation is a second look that was owed, an update, or a verification."""
        self.received[self.setting.day] = list(given.tasks)
        for zone, number in enumerate(given.tasks):
            if number:
                lookers = Lookers(self.setting, given.shift[zone] / number, given.wrong[zone] / number)
                for k in range(number):
                    self._look(zone, k, lookers)

    def _look(self, zone: int, k: int, lookers: Lookers) -> None:
        setting, account = self.setting, self.setting.account
        if self.owed[zone]:
            self.owed[zone] -= 1
            self.useful[setting.day][zone] += 1
            return
        met = self._anything(zone, k, Stream.REPORT_TARGET)
        if self._count(zone, OUTDATED) and self._happens(setting.service.routing, Stream.ASSIGNMENT, zone, k):
            met = OUTDATED
        account.add("observed", zone, 1)
        if met == OUTDATED:
            mistaken = not self._happens(lookers.right, Stream.QUALITY, zone, k)
            account.add("observed_wrong", zone, int(mistaken))
            if mistaken and self._happens(setting.checking, Stream.CHECKING, zone, k):
                account.add("tasks_wasted", zone, 1)
                return
            self._turn(zone, OUTDATED, WRONG if mistaken else RIGHT)
            account.add("delivered_by_citizens", zone, 1)
            self.useful[setting.day][zone] += 1
            return
        other = WRONG if met == RIGHT else RIGHT
        contradicts = self._happens(lookers.contradict[met], Stream.QUALITY, zone, k)
        seen = other if contradicts else met
        account.add("observed_wrong", zone, int(seen == WRONG))
        accepted = contradicts
        if seen == WRONG and contradicts and self._happens(setting.checking, Stream.CHECKING, zone, k):
            accepted = False
        if accepted and self._happens(setting.service.second_look, Stream.PAIRING, zone, k):
            self.owed[zone] += 1
            accepted = self._happens(lookers.agree_again[met], Stream.CORRECTION, zone, k)
        if accepted:
            self._turn(zone, met, other)
        if accepted and seen == RIGHT:
            self.useful[setting.day][zone] += 1
        else:
            account.add("tasks_wasted", zone, 1)

    def _tour(self, capacity: int, leave: list[int]) -> list[int]:
        """Return visits by zone, each to where the largest share is out of date by then; ties: the first zone.

        Zones that are under the floor come before all others, where that is promised.
        """
        open_units = [self._count(zone, OUTDATED) for zone in range(self.setting.zones)]
        visits = [0] * self.setting.zones
        for _ in range(capacity):
            shares = [
                held / len(self.things[zone]) if held > leave[zone] else 0.0 for zone, held in enumerate(open_units)
            ]
            promised = [share if zone in self.setting.floor_first else 0.0 for zone, share in enumerate(shares)]
            shares = promised if any(promised) else shares
            worst = shares.index(max(shares))
            if shares[worst] == 0.0:
                break
            open_units[worst] -= 1
            visits[worst] += 1
        return visits

    def backstop(self, capacity: int, youngest: int) -> None:
        """Surveyors bring zones back to the norm."""
        setting = self.setting
        allowed = 1.0 - setting.service.norm_share_in_time
        leave = [math.floor(allowed * len(things) + 1e-9) for things in self.things]
        for zone, visits in enumerate(self._tour(capacity, leave)):
            wrong = setting.chance.binomial(
                visits, setting.service.backstop_error, Stream.STAFF_QUALITY, setting.j, zone, setting.day
            )
            for k in range(visits):
                self._turn(zone, OUTDATED, WRONG if k < wrong else RIGHT)
            setting.account.add("delivered_by_staff", zone, visits)

    def staff_only(self, capacity: int, detection: float, lag: int, error: float) -> None:
        """Surveyors alone: what they see replaces what was shown."""
        for zone, visits in enumerate(self._tour(capacity, [0] * self.setting.zones)):
            for k in range(visits):
                met = self._anything(zone, k, Stream.REPORT_TARGET)
                if self._count(zone, OUTDATED) and self._happens(detection, Stream.STAFF_DETECTION, zone, k):
                    met = OUTDATED
                self.setting.account.add("delivered_by_staff", zone, int(met == OUTDATED))
                self._turn(zone, met, WRONG if self._happens(error, Stream.STAFF_QUALITY, zone, k) else RIGHT)

    def settle(self) -> None:
        """Every thing is due every day."""
        for zone, things in enumerate(self.things):
            shown = len(things) - things.count(OUTDATED)
            for name, amount in (
                ("due", len(things)), ("in_time", shown), ("closed", shown), ("errors", things.count(WRONG)),
            ):  # fmt: skip
                self.setting.account.add(name, zone, amount)

    def waiting(self) -> list[int]:
        """Return what is out of date by zone."""
        return [self._count(zone, OUTDATED) for zone in range(self.setting.zones)]

    def pull(self) -> list[float] | None:
        """Return by zone how strongly what is out of date prompts where needs prompt: 1 as much as the norm allows."""
        if not self.setting.service.need_prompted:
            return None
        allowed = 1.0 - self.setting.service.norm_share_in_time
        return [
            min(4.0, self._count(zone, OUTDATED) / max(1e-9, allowed * len(things)))
            for zone, things in enumerate(self.things)
        ]

    def used_in_time(self, past: int) -> list[float]:
        """Return by zone the share of a day's observations that were of use."""
        return [
            useful / max(1, received) for useful, received in zip(self.useful[past], self.received[past], strict=True)
        ]

    def columns(self) -> dict[str, NDArray[np.generic]]:
        """Return the engine's columns as this twin would fill them."""
        day, zones = self.setting.day, self.setting.zones
        days = int(self.setting.service.acknowledgement_delay) + 1
        stated = {
            state: np.array([self._count(zone, state) for zone in range(zones)]) for state in (RIGHT, WRONG, OUTDATED)
        }
        return stated | {
            "owed_looks": np.array(self.owed),
            "received": ring(self.received, day, days, zones),
            "useful": ring(self.useful, day, days, zones),
        }


class _Rounding:
    """Shares of numbers, rounded so that their running sum is the rounded running sum."""

    def __init__(self) -> None:
        self.seen = self.given = 0

    def next(self, share: float, number: int) -> int:
        """Return the next number's part."""
        self.seen += number
        part = math.floor(share * self.seen + 0.5) - self.given
        self.given += part
        return part
