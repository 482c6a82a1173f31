"""The twin of the burst: every section of every shock is an object with hours of two sorts left to do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entraide.model.random_numbers import Stream

from .figures import logarithm
from .quality import accuracy_of_all
from .stocks import Given, Setting, in_proportion, ring

__all__ = ["BurstTwin"]


@dataclass
class Section:
    """What arose in one zone on one day."""

    zone: int
    born: int
    hours: int
    skilled: int
    ordinary: int


class BurstTwin:
    """Sections that are worked on, oldest first, and what was given and of use on each day."""

    has_agents = False

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.sections: list[Section] = []
        self.received: dict[int, list[int]] = {}
        self.used: dict[int, list[int]] = {}
        self.prompt_factor = [0.0] * setting.zones

    def _project(self) -> list[int]:
        setting, weights = self.setting, []
        for z in range(setting.zones):
            struck = setting.chance.uniform(Stream.DAMAGE, setting.j, z, 0, 0) < setting.service.damaged_share
            force = -1000.0 * logarithm(setting.chance.uniform(Stream.DAMAGE, setting.j, z, 0, 1))
            weights.append(1 + int(force) if struck else 0)
        if not any(weights):
            weights = [1] * setting.zones
        return in_proportion(int(setting.service.project_hours * setting.population / 1000.0), weights)

    def arrive(self, arisen: list[int]) -> None:
        """Let go of work that waited too long; take in what arises, and on its day the project."""
        day, account, service = self.setting.day, self.setting.account, self.setting.service
        for section in self.sections:
            if day - section.born == service.need_lifetime + 1:
                account.add("lapsed", section.zone, section.skilled + section.ordinary)
                section.skilled = section.ordinary = 0
        hours = list(arisen)
        if day == service.project_day:
            hours = [a + b for a, b in zip(hours, self._project(), strict=True)]
        for zone, work in enumerate(hours):
            account.add("arisen", zone, work)
            skilled = int(work * service.skilled_work + 0.5)
            self.sections.append(Section(zone, day, work, skilled, work - skilled))
        self.received[day] = [0] * self.setting.zones
        self.used[day] = [0] * self.setting.zones
        self.prompt_factor = self.pull()

    def _days(self, youngest: int) -> list[int]:
        return sorted({s.born for s in self.sections if self.setting.day - s.born >= youngest})

    def _work(self, born: int, sort: str, hands: int, done: list[int]) -> int:
        """Do up to ``hands`` hours of one sort of one day's sections, in proportion; return the hands left."""
        sections = sorted((s for s in self.sections if s.born == born), key=lambda s: s.zone)
        held = [getattr(section, sort) for section in sections]
        amount = min(hands, sum(held))
        if amount > 0:
            for section, share in zip(sections, in_proportion(amount, held), strict=True):
                setattr(section, sort, getattr(section, sort) - share)
                done[section.zone] += share
        return hands - amount

    def produce(self, given: Given) -> None:
        """Let the day's people work: what is right counts, what is wrong has to be done again."""
        setting, service = self.setting, self.setting.service
        waiting = self.waiting()
        skilled, ordinary, faulty = ([0] * setting.zones for _ in range(3))
        for z, hours in enumerate(given.tasks):
            if not hours or not (sum(waiting) if service.pooled else waiting[z]):
                continue
            right_share = accuracy_of_all(
                setting.nodes, 1, given.shift[z] / hours, given.wrong[z] / hours, setting.people.adversary_accuracy, 0.0
            )
            wrong = setting.chance.binomial(hours, 1.0 - right_share, Stream.QUALITY, setting.j, z, setting.day)
            seen = setting.chance.binomial(wrong, setting.checking, Stream.CHECKING, setting.j, z, setting.day)
            faulty[z] = wrong - seen
            setting.account.add("observed", z, hours)
            setting.account.add("observed_wrong", z, wrong)
            right = hours - faulty[z]
            skilled[z] = setting.chance.binomial(
                right, service.skilled_people, Stream.ASSIGNMENT, setting.j, z, setting.day
            )
            ordinary[z] = right - skilled[z]
        done = [0] * setting.zones
        useful = self._together(skilled, ordinary, done) if service.pooled else self._apart(skilled, ordinary, done)
        for z, spoiling in enumerate(list(faulty)):
            if skilled[z] + ordinary[z]:
                busy = useful[z] / (skilled[z] + ordinary[z])
                number = setting.zones + z
                faulty[z] = setting.chance.binomial(spoiling, busy, Stream.QUALITY, setting.j, number, setting.day)
        for z in range(setting.zones):
            setting.account.add("delivered_by_citizens", z, done[z])
            setting.account.add("closed", z, useful[z] + faulty[z])
            setting.account.add("errors", z, faulty[z])
            setting.account.add("tasks_wasted", z, given.tasks[z] - useful[z])
        self.received[setting.day], self.used[setting.day] = list(given.tasks), useful

    def _together(self, skilled: list[int], ordinary: list[int], done: list[int]) -> list[int]:
        """Work wherever there is work; who finds none is turned away, zones in proportion."""
        experts, helpers = sum(skilled), sum(ordinary)
        for born in self._days(0):
            experts = self._work(born, "skilled", experts, done)
            helpers = self._work(born, "ordinary", helpers, done)
        for born in self._days(0):
            experts = self._work(born, "ordinary", experts, done)
        right = [a + b for a, b in zip(skilled, ordinary, strict=True)]
        idle = in_proportion(experts + helpers, right) if sum(right) else [0] * len(right)
        return [a - b for a, b in zip(right, idle, strict=True)]

    def _apart(self, skilled: list[int], ordinary: list[int], done: list[int]) -> list[int]:
        """Work in one's own zone only."""
        for z in range(self.setting.zones):
            mine = sorted((s for s in self.sections if s.zone == z), key=lambda s: s.born)
            experts, helpers = skilled[z], ordinary[z]
            for section in mine:
                step = min(experts, section.skilled)
                section.skilled, experts = section.skilled - step, experts - step
                other = min(helpers, section.ordinary)
                section.ordinary, helpers = section.ordinary - other, helpers - other
                done[z] += step + other
            for section in mine:
                step = min(experts, section.ordinary)
                section.ordinary, experts = section.ordinary - step, experts - step
                done[z] += step
        return list(done)

    def _staff(self, hands: int, youngest: int, error: float) -> None:
        setting = self.setting
        done = [0] * setting.zones
        for zones in (setting.floor_first, range(setting.zones)):
            here = [s for s in self.sections if s.zone in zones and setting.day - s.born >= youngest]
            for section in sorted(here, key=lambda s: (s.born, s.hours, s.zone)):
                for sort in ("skilled", "ordinary"):
                    step = min(hands, getattr(section, sort))
                    setattr(section, sort, getattr(section, sort) - step)
                    hands -= step
                    done[section.zone] += step
        for z, hours in enumerate(done):
            setting.account.add("delivered_by_staff", z, hours)
            setting.account.add("closed", z, hours)
            wrong = setting.chance.binomial(hours, error, Stream.STAFF_QUALITY, setting.j, z, setting.day)
            setting.account.add("errors", z, wrong)

    def backstop(self, capacity: int, youngest: int) -> None:
        """Staff, all of them skilled, on work that is old enough."""
        self._staff(capacity, youngest, self.setting.service.backstop_error)

    def staff_only(self, capacity: int, detection: float, lag: int, error: float) -> None:
        """The administration alone."""
        self._staff(capacity, lag, error)

    def settle(self) -> None:
        """Count the sections whose delay ends today: in time are those with nothing left to do."""
        for section in self.sections:
            if section.born == self.setting.day - int(self.setting.service.norm_delay):
                finished = section.skilled + section.ordinary == 0
                self.setting.account.add("due", section.zone, section.hours)
                self.setting.account.add("in_time", section.zone, section.hours if finished else 0)

    def waiting(self) -> list[int]:
        """Return the hours left by zone."""
        left = [0] * self.setting.zones
        for section in self.sections:
            left[section.zone] += section.skilled + section.ordinary
        return left

    def pull(self) -> list[float]:
        """Return by zone 1 where there is work for its people, else 0."""
        waiting = self.waiting()
        if self.setting.service.pooled:
            return [float(any(waiting))] * len(waiting)
        return [float(hours > 0) for hours in waiting]

    def used_in_time(self, past: int) -> list[float]:
        """Return the share of a day's hours that were of use."""
        return [used / max(1, got) for used, got in zip(self.used[past], self.received[past], strict=True)]

    def columns(self) -> dict[str, NDArray[np.generic]]:
        """Return the engine's columns as this twin would fill them."""
        day, zones, service = self.setting.day, self.setting.zones, self.setting.service
        ages, days = int(service.need_lifetime) + 1, int(service.acknowledgement_delay) + 1

        def of(sort: str) -> NDArray[np.int64]:
            by_day: dict[int, list[int]] = {}
            for section in self.sections:
                by_day.setdefault(section.born, [0] * zones)[section.zone] = getattr(section, sort)
            return ring(by_day, day, ages, zones)

        return {
            "ordinary_left": of("ordinary"),
            "skilled_left": of("skilled"),
            "cohort": of("hours"),
            "received": ring(self.received, day, days, zones),
            "used": ring(self.used, day, days, zones),
        }
