"""The twin of report-and-repair: every defect is an object that is unknown, known, repaired or forgotten."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entraide.model.random_numbers import Stream

from .quality import accuracy_of_all
from .stocks import Given, Setting, in_proportion, last_resort_order, oldest_first, ring

__all__ = ["ReportAndRepairTwin"]


@dataclass
class Defect:
    """One defect that exists."""

    zone: int
    born: int
    known: bool = False


class ReportAndRepairTwin:
    """Defects, calls that find nothing, and what became of the reports of each day."""

    has_agents = True

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.defects: list[Defect] = []
        self.cohort: dict[int, list[int]] = {}
        self.relieved: dict[int, list[int]] = {}
        self.phantoms = [0] * setting.zones
        self.received: dict[int, list[int]] = {}
        self.valid: dict[int, list[int]] = {}
        self.distinct: dict[int, list[int]] = {}
        self.unrepaired: dict[int, list[int]] = {}

    @property
    def ages(self) -> int:
        """Days for which a need lives, today included."""
        return int(self.setting.service.need_lifetime) + 1

    def _by_day(self, known: bool) -> dict[int, list[int]]:
        held: dict[int, list[int]] = defaultdict(lambda: [0] * self.setting.zones)
        for defect in self.defects:
            if defect.known == known:
                held[defect.born][defect.zone] += 1
        return held

    def _remove(self, born: int, shares: list[int], known: bool) -> None:
        """Take defects of one day away; known ones are settled with whoever reported earliest."""
        for z, number in enumerate(shares):
            for _ in range(number):
                self.defects.remove(Defect(z, born, known))
            if known:
                self._settle_with_reporters(z, number)

    def _settle_with_reporters(self, zone: int, number: int) -> None:
        for reported in sorted(self.unrepaired):
            step = min(number, self.unrepaired[reported][zone])
            self.unrepaired[reported][zone] -= step
            number -= step

    def arrive(self, arisen: list[int]) -> None:
        """Defects older than a need's life lapse, new ones arise, unknown."""
        day, account = self.setting.day, self.setting.account
        for defect in [defect for defect in self.defects if day - defect.born >= self.ages]:
            self.defects.remove(defect)
            account.add("lapsed", defect.zone, 1)
            if defect.known:
                self._settle_with_reporters(defect.zone, 1)
        for zone, new in enumerate(arisen):
            account.add("arisen", zone, new)
            self.defects += [Defect(zone, day) for _ in range(new)]
        self.cohort[day] = list(arisen)
        self.relieved[day] = [0] * self.setting.zones
        for table in (self.received, self.valid, self.distinct, self.unrepaired):
            table[day] = [0] * self.setting.zones

    def _send_agents(self, capacity: int, youngest: int) -> list[int]:
        """Agents visit real and phantom calls in proportion; return the repairs by zone."""
        known, phantoms = sum(defect.known for defect in self.defects), sum(self.phantoms)
        in_vain = capacity * phantoms // max(1, phantoms + known)
        if in_vain > phantoms or capacity >= phantoms + known:
            in_vain = phantoms
        if phantoms:
            for z, visits in enumerate(in_proportion(in_vain, self.phantoms)):
                self.phantoms[z] -= visits
                self.setting.account.add("visits", z, visits)
        repaired = [0] * self.setting.zones
        for born, shares in oldest_first(self._by_day(True), self.setting.day, youngest, capacity - in_vain):
            self._remove(born, shares, True)
            repaired = [a + b for a, b in zip(repaired, shares, strict=True)]
        for z, number in enumerate(repaired):
            self.setting.account.add("visits", z, number)
        return repaired

    def produce(self, given: Given) -> None:
        """Agents repair what is known; then today's reports meet what is open."""
        setting = self.setting
        if setting.working_day:
            capacity = setting.allowance(setting.service.repair_capacity, setting.working_days_before)
            for z, number in enumerate(self._send_agents(capacity, 1)):
                setting.account.add("delivered_by_citizens", z, number)
        for z, reports in enumerate(given.tasks):
            if reports:
                self._receive(z, reports, given.shift[z] / reports, given.wrong[z] / reports)

    def _receive(self, z: int, reports: int, shift: float, wrong: float) -> None:
        setting = self.setting
        day, j, chance, account = setting.day, setting.j, setting.chance, setting.account
        right = accuracy_of_all(setting.nodes, 1, shift, wrong, setting.people.adversary_accuracy, 0.0)
        mistaken = chance.binomial(reports, 1.0 - right, Stream.QUALITY, j, z, day)
        passed = mistaken - chance.binomial(mistaken, setting.checking, Stream.CHECKING, j, z, day)
        account.add("observed", z, reports)
        account.add("observed_wrong", z, mistaken)
        account.add("tasks_wasted", z, mistaken)
        account.add("errors", z, passed)
        account.add("closed", z, passed)
        self.phantoms[z] += passed
        self.received[day][z] += reports
        for k in range(reports - mistaken):
            here = [defect for defect in self.defects if defect.zone == z]
            if not here:
                account.add("tasks_wasted", z, 1)
                continue
            self.valid[day][z] += 1
            # Unknown defects come first, in the order in which days of arising stand in the column.
            unknown = sorted((d for d in here if not d.known), key=lambda defect: defect.born % self.ages)
            place = chance.uniform(Stream.REPORT_TARGET, j, z, day, k) * len(here)
            if place < len(unknown):
                unknown[int(place)].known = True
                self.distinct[day][z] += 1
                self.unrepaired[day][z] += 1
                account.add("closed", z, 1)
                continue
            account.add("tasks_wasted", z, 1)
            if chance.uniform(Stream.DUPLICATES, j, z, day, k) >= setting.service.duplicate_detection:
                self.phantoms[z] += 1
                account.add("closed", z, 1)

    def _staff_errors(self, done: list[int], error: float) -> None:
        setting = self.setting
        for z, number in enumerate(done):
            setting.account.add("delivered_by_staff", z, number)
            setting.account.add("closed", z, number)
            wrong = setting.chance.binomial(number, error, Stream.STAFF_QUALITY, setting.j, z, setting.day)
            setting.account.add("errors", z, wrong)

    def backstop(self, capacity: int, youngest: int) -> None:
        """Inspectors of the administration: unknown defects first, then known ones."""
        done = [0] * self.setting.zones
        for known in (False, True):
            for born, shares in last_resort_order(
                self._by_day(known), self.setting.day, youngest, capacity, self.setting.floor_first
            ):
                self._remove(born, shares, known)
                capacity -= sum(shares)
                done = [a + b for a, b in zip(done, shares, strict=True)]
        self._staff_errors(done, self.setting.service.backstop_error)

    def staff_only(self, capacity: int, detection: float, lag: int, error: float) -> None:
        """The administration alone: repair what is known, then find a share of what is not."""
        setting = self.setting
        if capacity > 0:
            self._staff_errors(self._send_agents(capacity, lag), error)
        for born, held in self._by_day(False).items():
            row = born % self.ages
            for z, number in enumerate(held):
                found = setting.chance.binomial(
                    number, detection, Stream.STAFF_DETECTION, setting.j, z * self.ages + row, setting.day
                )
                for _ in range(found):
                    self.defects[self.defects.index(Defect(z, born, False))].known = True
                self.unrepaired[setting.day][z] += found

    def settle(self) -> None:
        """Count the cohort whose delay ends today."""
        born = self.setting.day - int(self.setting.service.norm_delay)
        for z in range(self.setting.zones):
            if born >= 0:
                late = sum(defect.zone == z and defect.born == born for defect in self.defects)
                self.setting.account.add("due", z, self.cohort[born][z])
                self.setting.account.add("in_time", z, self.cohort[born][z] - self.relieved[born][z] - late)

    def withdraw(self, wanted: list[int]) -> list[int]:
        """Neighbours mend the oldest defects of each zone that nobody reported, then known ones; return how many."""
        gone = []
        for z, number in enumerate(wanted):
            here = sorted((d for d in self.defects if d.zone == z), key=lambda defect: (defect.known, defect.born))
            for defect in here[:number]:
                shares = [0] * self.setting.zones
                shares[z] = 1
                self._remove(defect.born, shares, defect.known)
                self.relieved[defect.born][z] += 1
                self.setting.account.add("withdrawn", z, 1)
            gone.append(min(number, len(here)))
        return gone

    def waiting(self) -> list[int]:
        """Return the open defects by zone, known or not."""
        return [sum(defect.zone == z for defect in self.defects) for z in range(self.setting.zones)]

    def used_in_time(self, past: int) -> list[float]:
        """Return by zone the share of a day's reports that were valid, times the share of their defects repaired.

        Where all reports met known defects, they share the fate of that day's first reports elsewhere.
        """
        first, open_still = self.distinct[past], self.unrepaired[past]
        elsewhere = 1.0 - sum(open_still) / max(1, sum(first))
        shares = []
        for z in range(self.setting.zones):
            repaired = 1.0 - open_still[z] / first[z] if first[z] > 0 else elsewhere
            shares.append(repaired * self.valid[past][z] / max(1, self.received[past][z]))
        return shares

    def columns(self) -> dict[str, NDArray[np.generic]]:
        """Return the engine's columns as this twin would fill them."""
        day, zones = self.setting.day, self.setting.zones
        days = int(self.setting.service.acknowledgement_delay) + 1
        older = [counts for reported, counts in self.unrepaired.items() if reported <= day - days]
        return {
            "unreported": ring(self._by_day(False), day, self.ages, zones),
            "reported": ring(self._by_day(True), day, self.ages, zones),
            "cohort": ring(self.cohort, day, self.ages, zones),
            "relieved": ring(self.relieved, day, self.ages, zones),
            "phantoms": np.array(self.phantoms),
            "received": ring(self.received, day, days, zones),
            "valid": ring(self.valid, day, days, zones),
            "distinct": ring(self.distinct, day, days, zones),
            "unrepaired": ring(self.unrepaired, day, days, zones),
            "unrepaired_older": np.array([sum(counts[z] for counts in older) for z in range(zones)]),
        }
