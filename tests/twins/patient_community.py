"""The twin of the patient community: every question, and every answer that peers still read, is an object."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entraide.model.random_numbers import Stream

from .figures import exponential
from .quality import accuracy_of_all
from .stocks import Given, Setting, in_proportion, oldest_first, ring, sampled_shares

__all__ = ["PatientCommunityTwin"]


@dataclass
class Question:
    """One question: open, answered in time, or answered too late."""

    zone: int
    born: int
    open: bool = True
    in_time: bool = False


@dataclass
class Reply:
    """One answer of a peer."""

    zone: int
    born: int
    wrong: bool = False


def in_time(hours: int, days_later: int) -> float:
    """Return P(days later + triangular difference of two moments <= hours / 24); a same-day answer comes after."""
    slack = hours / 24.0 - days_later
    if slack >= 1.0:
        return 1.0
    if slack <= -1.0:
        return 0.0
    if days_later == 0:
        return 1.0 - (1.0 - slack) * (1.0 - slack)
    if slack < 0.0:
        return 0.5 * (1.0 + slack) * (1.0 + slack)
    return 1.0 - 0.5 * (1.0 - slack) * (1.0 - slack)


class PatientCommunityTwin:
    """A forum, question by question."""

    has_agents = False

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.questions: list[Question] = []
        self.replies: list[Reply] = []
        self.received: dict[int, list[int]] = {}
        self.used: dict[int, list[int]] = {}

    @property
    def ages(self) -> int:
        """Days for which a question lives, today included."""
        return int(self.setting.service.need_lifetime) + 1

    def _draw(self, number: int, chance: float, stream: Stream, index: int) -> int:
        return self.setting.chance.binomial(number, chance, stream, self.setting.j, index, self.setting.day)

    def _open(self, born: int, zone: int) -> list[Question]:
        return [q for q in self.questions if q.open and q.born == born and q.zone == zone]

    def _close(self, born: int, zone: int, number: int, by_staff: bool) -> None:
        """Answer questions of one day and zone today; some of the answers are in time."""
        place = self.setting.zones + zone if by_staff else zone
        chance = in_time(self.setting.service.answer_hours, self.setting.day - born)
        early = self._draw(number, chance, Stream.CLOCK, place * self.ages + born % self.ages)
        for count, question in enumerate(self._open(born, zone)[:number]):
            question.open, question.in_time = False, count < early

    def arrive(self, arisen: list[int]) -> None:
        """Questions that nobody answered for too long lapse, new ones are asked."""
        day, account = self.setting.day, self.setting.account
        for question in self.questions:
            if question.open and day - question.born >= self.ages:
                question.open = False
                account.add("lapsed", question.zone, 1)
        for zone, new in enumerate(arisen):
            self.questions += [Question(zone, day) for _ in range(new)]
            account.add("arisen", zone, new)
        self.received[day] = [0] * self.setting.zones
        self.used[day] = [0] * self.setting.zones

    def produce(self, given: Given) -> None:
        """Peers answer the newest questions, then some reread what was answered of late."""
        setting, account, zones = self.setting, self.setting.account, self.setting.zones
        total = sum(given.tasks)
        if total == 0:
            return
        answered = self._answer(given)
        right = self._accuracy(given)
        for z, number in enumerate(answered):
            account.add("delivered_by_citizens", z, number)
            account.add("observed", z, number)
            wrong = self._draw(number, 1.0 - right[z], Stream.QUALITY, z)
            stopped = self._draw(wrong, setting.checking, Stream.CHECKING, z)
            account.add("observed_wrong", z, wrong)
            self.replies += [Reply(z, setting.day, count < wrong - stopped) for count in range(number)]
        if setting.service.pooled:
            spare = in_proportion(total - sum(answered), given.tasks)
        else:
            spare = [tasks - number for tasks, number in zip(given.tasks, answered, strict=True)]
        read = self._reread(spare, right)
        used = [given.tasks[z] - spare[z] + read[z] for z in range(zones)]
        for z in range(zones):
            account.add("tasks_wasted", z, given.tasks[z] - used[z])
        self.received[setting.day] = [total] * zones if setting.service.pooled else list(given.tasks)
        self.used[setting.day] = [sum(used)] * zones if setting.service.pooled else used

    def _answer(self, given: Given) -> list[int]:
        """Return by zone of asking how many questions are answered."""
        setting, zones = self.setting, range(self.setting.zones)
        answered, pool, left = [0 for _ in zones], sum(given.tasks), list(given.tasks)
        for age in range(self.ages):
            born = setting.day - age
            asked = [len(self._open(born, z)) for z in zones]
            if not setting.service.pooled:
                shares = [min(left[z], asked[z]) for z in zones]
            elif sum(asked):
                start = setting.chance.uniform(Stream.ASSIGNMENT, setting.j, setting.zones, setting.day, age)
                shares = sampled_shares(min(pool, sum(asked)), asked, start)
            else:
                continue
            for z in zones:
                self._close(born, z, shares[z], by_staff=False)
                answered[z] += shares[z]
                left[z] -= shares[z]
            pool -= sum(shares)
        return answered

    def _accuracy(self, given: Given) -> list[float]:
        setting, zones = self.setting, self.setting.zones
        shift, tasks, wrong = list(given.shift), list(given.tasks), list(given.wrong)
        if setting.service.pooled:
            everything = 0.0
            for one in given.shift:
                everything = everything + one
            shift, tasks, wrong = [everything] * zones, [sum(given.tasks)] * zones, [sum(given.wrong)] * zones
        harm = setting.people.adversary_accuracy
        return [
            accuracy_of_all(setting.nodes, 1, shift[z] / max(1, tasks[z]), wrong[z] / max(1, tasks[z]), harm, 0.0)
            for z in range(zones)
        ]

    def _reread(self, spare: list[int], right: list[float]) -> list[int]:
        """Return by zone of the reader how many answers reread an earlier one."""
        setting, zones = self.setting, range(self.setting.zones)
        days = setting.service.reread_days + 1
        self.replies = [reply for reply in self.replies if setting.day - reply.born < days]
        readers = [self._draw(spare[z], setting.service.reread_share, Stream.PAIRING, z) for z in zones]
        held = [sum(reply.zone == z for reply in self.replies) for z in zones]
        useful = [0 for _ in zones]
        for z in zones:
            reading, read = (sum(readers), sum(held)) if setting.service.pooled else (readers[z], held[z])
            if not reading or not read:
                continue
            useful[z] = readers[z]
            put_right = (1.0 - exponential(-reading / read)) * right[z]
            for born in range(setting.day - days + 1, setting.day + 1):
                false = [reply for reply in self.replies if reply.wrong and (reply.zone, reply.born) == (z, born)]
                for reply in false[: self._draw(len(false), put_right, Stream.CORRECTION, z * days + born % days)]:
                    reply.wrong = False
        return useful

    def _staff(self, capacity: int, youngest: int, error: float) -> None:
        setting = self.setting
        held = {
            born: [len(self._open(born, z)) for z in range(setting.zones)]
            for born in {question.born for question in self.questions if question.open}
        }
        done = [0] * setting.zones
        for born, shares in oldest_first(held, setting.day, youngest, capacity):
            for z, number in enumerate(shares):
                self._close(born, z, number, by_staff=True)
                done[z] += number
        for z, number in enumerate(done):
            setting.account.add("delivered_by_staff", z, number)
            setting.account.add("closed", z, number)
            setting.account.add("errors", z, self._draw(number, error, Stream.STAFF_QUALITY, z))

    def backstop(self, capacity: int, youngest: int) -> None:
        """Moderators answer what waits."""
        self._staff(capacity, youngest, self.setting.service.backstop_error)

    def staff_only(self, capacity: int, detection: float, lag: int, error: float) -> None:
        """A helpline of the administration alone."""
        self._staff(capacity, lag, error)

    def _last_day(self) -> int:
        return -(-self.setting.service.answer_hours // 24)

    def settle(self) -> None:
        """Count questions whose hours are over, and answers that nobody rereads any more."""
        setting, account = self.setting, self.setting.account
        for question in self.questions:
            if question.born == setting.day - self._last_day():
                account.add("due", question.zone, 1)
                account.add("in_time", question.zone, int(question.in_time))
        for reply in self.replies:
            if reply.born == setting.day - setting.service.reread_days:
                account.add("closed", reply.zone, 1)
                account.add("errors", reply.zone, int(reply.wrong))

    def waiting(self) -> list[int]:
        """Return the open questions by zone."""
        return [sum(q.open and q.zone == z for q in self.questions) for z in range(self.setting.zones)]

    def pull(self) -> list[float] | None:
        """A forum is read every day; None: as needs prompt."""
        return None if self.setting.service.need_prompted else [1.0] * self.setting.zones

    def used_in_time(self, past: int) -> list[float]:
        """Return by zone the share of a day's contributions that were of use."""
        pairs = zip(self.used[past], self.received[past], strict=True)
        return [used / max(1, received) for used, received in pairs]

    def columns(self) -> dict[str, NDArray[np.generic]]:
        """Return the engine's columns as this twin would fill them."""
        day, zones = self.setting.day, self.setting.zones
        kept = int(self.setting.service.acknowledgement_delay) + 1
        read = self.setting.service.reread_days + 1

        def count(what: list[Question] | list[Reply], rows: int) -> NDArray[np.int64]:
            table: dict[int, list[int]] = {}
            for one in what:
                table.setdefault(one.born, [0] * zones)[one.zone] += 1
            return ring(table, day, rows, zones)

        return {
            "open": count([q for q in self.questions if q.open], self.ages),
            "cohort": count(self.questions, self.ages),
            "on_time": count([q for q in self.questions if q.in_time], self.ages),
            "answers": count(self.replies, read),
            "mistakes": count([reply for reply in self.replies if reply.wrong], read),
            "received": ring(self.received, day, kept, zones),
            "used": ring(self.used, day, kept, zones),
        }
