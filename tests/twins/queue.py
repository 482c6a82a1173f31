"""The twin of the queue: every task is an object that waits, is answered, lapses, or is done by staff."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entraide.model.random_numbers import Stream

from .quality import accuracy_of_all, known_adversaries
from .stocks import Given, Setting, in_proportion, last_resort_order, ring

__all__ = ["QueueTwin"]


@dataclass
class Task:
    """One task that waits."""

    zone: int
    born: int
    answers: int = 0


class QueueTwin:
    """Tasks by zone, and what is known of the answers that open tasks hold: how many, how good, how many hostile."""

    has_agents = False

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        zones = setting.zones
        self.tasks: list[Task] = []
        self.cohort: dict[int, list[int]] = {}
        self.relieved: dict[int, list[int]] = {}
        self.held_answers = [0] * zones
        self.held_shift = [0.0] * zones
        self.held_wrong = [0.0] * zones
        self.received: dict[int, list[int]] = {}
        self.used: dict[int, list[int]] = {}

    @property
    def ages(self) -> int:
        """Days for which a need lives, today included."""
        return int(self.setting.service.need_lifetime) + 1

    @property
    def per_task(self) -> int:
        """Contributions that close a task: its answers, each in so many parts."""
        return int(self.setting.service.answers_per_task) * int(self.setting.service.task_parts)

    def _by_day(self) -> dict[int, list[int]]:
        held: dict[int, list[int]] = defaultdict(lambda: [0] * self.setting.zones)
        for task in self.tasks:
            held[task.born][task.zone] += 1
        return held

    def _let_go(self, zone: int, answers: int) -> None:
        """Answers leave with the mean quality of those held."""
        if answers == 0:
            return
        kept = (self.held_answers[zone] - answers) / self.held_answers[zone]
        self.held_shift[zone] = self.held_shift[zone] * kept
        self.held_wrong[zone] = self.held_wrong[zone] * kept
        self.held_answers[zone] -= answers

    def arrive(self, arisen: list[int]) -> None:
        """Tasks older than a need's life lapse, new ones come in."""
        day, account = self.setting.day, self.setting.account
        too_old = [task for task in self.tasks if day - task.born >= self.ages]
        self.tasks = [task for task in self.tasks if day - task.born < self.ages]
        for zone, new in enumerate(arisen):
            gone = [task for task in too_old if task.zone == zone]
            self._let_go(zone, sum(task.answers for task in gone))
            account.add("lapsed", zone, len(gone))
            account.add("arisen", zone, new)
            self.tasks += [Task(zone, day) for _ in range(new)]
        self.cohort[day] = list(arisen)
        self.relieved[day] = [0] * self.setting.zones
        self.received[day] = [0] * self.setting.zones
        self.used[day] = [0] * self.setting.zones

    def _answer(self, tasks: list[Task], answers: int) -> tuple[int, int]:
        """Give answers to tasks, each completed before the next is begun; return (answers used, tasks closed)."""
        per_task = self.per_task
        used = closed = 0
        for task in sorted(tasks, key=lambda task: (task.born, -task.answers)):
            step = min(answers - used, per_task - task.answers)
            task.answers += step
            used += step
            if task.answers == per_task:
                self.tasks.remove(task)
                closed += 1
            if used == answers:
                break
        return used, closed

    def produce(self, given: Given) -> None:
        """Today's answers close tasks; some of the closed are wrong."""
        setting, service = self.setting, self.setting.service
        day, zones, account = setting.day, setting.zones, setting.account
        per_task = self.per_task
        total = sum(given.tasks)
        if total == 0:
            return
        used, closed = [0] * zones, [0] * zones
        if service.pooled:
            gold = int(total * service.gold_share)
            left = total - gold
            for born in sorted({task.born for task in self.tasks}):
                open_now = [task for task in self.tasks if task.born == born]
                wanted = [sum(per_task - task.answers for task in open_now if task.zone == z) for z in range(zones)]
                if left == 0:
                    break
                pool = min(left, sum(wanted))
                for z, answers in enumerate(in_proportion(pool, wanted)):
                    if answers:
                        done = self._answer([task for task in open_now if task.zone == z], answers)
                        used[z] += done[0]
                        closed[z] += done[1]
                left -= pool
            needed = gold + sum(used)
            self.received[day], self.used[day] = [total] * zones, [needed] * zones
            for z, wasted in enumerate(in_proportion(total - needed, given.tasks)):
                account.add("tasks_wasted", z, wasted)
            shift = 0.0
            for one in given.shift:
                shift = shift + one
            mean_shift, mean_wrong = [shift / total] * zones, [sum(given.wrong) / total] * zones
        else:
            mean_shift, mean_wrong = [0.0] * zones, [0.0] * zones
            for z, tasks in enumerate(given.tasks):
                gold = int(tasks * service.gold_share)
                if tasks - gold:
                    used[z], closed[z] = self._answer([t for t in self.tasks if t.zone == z], tasks - gold)
                self.received[day][z], self.used[day][z] = tasks, used[z] + gold
                account.add("tasks_wasted", z, tasks - used[z] - gold)
                mean_shift[z], mean_wrong[z] = given.shift[z] / max(1, tasks), given.wrong[z] / max(1, tasks)
        known = 0.0
        if service.aggregation == "weighted":
            known = known_adversaries(service.gold_share, int(service.answers_per_task), setting.tasks_per_person)
        for z in range(zones):
            account.add("delivered_by_citizens", z, closed[z])
            account.add("closed", z, closed[z])
            account.add("observed", z, closed[z])
            self.held_answers[z] += used[z]
            self.held_shift[z] = self.held_shift[z] + used[z] * mean_shift[z]
            self.held_wrong[z] = self.held_wrong[z] + used[z] * mean_wrong[z]
            if closed[z]:
                right = accuracy_of_all(
                    setting.nodes,
                    int(service.answers_per_task),
                    self.held_shift[z] / self.held_answers[z],
                    self.held_wrong[z] / self.held_answers[z],
                    setting.people.adversary_accuracy,
                    known,
                )
                wrong = setting.chance.binomial(closed[z], 1.0 - right, Stream.QUALITY, setting.j, z, day)
                put_right = setting.chance.binomial(wrong, setting.checking, Stream.CHECKING, setting.j, z, day)
                account.add("errors", z, wrong - put_right)
                account.add("observed_wrong", z, wrong)
                self._let_go(z, closed[z] * per_task)

    def _staff(self, capacity: int, youngest: int, error: float) -> None:
        setting = self.setting
        done = [0] * setting.zones
        orphaned: list[Task] = []
        for born, shares in last_resort_order(self._by_day(), setting.day, youngest, capacity, setting.floor_first):
            for z, number in enumerate(shares):
                ready = [task for task in self.tasks if task.zone == z and task.born == born]
                for task in sorted(ready, key=lambda task: task.answers)[:number]:
                    self.tasks.remove(task)
                    orphaned.append(task)
                done[z] += number
        # Answers are let go in the order in which days stand in the column, so that rounding is the same.
        for task in sorted(orphaned, key=lambda task: task.born % self.ages):
            self._let_go(task.zone, task.answers)
        for z, number in enumerate(done):
            setting.account.add("delivered_by_staff", z, number)
            setting.account.add("closed", z, number)
            wrong = setting.chance.binomial(number, error, Stream.STAFF_QUALITY, setting.j, z, setting.day)
            setting.account.add("errors", z, wrong)

    def backstop(self, capacity: int, youngest: int) -> None:
        """The administration in last resort."""
        self._staff(capacity, youngest, self.setting.service.backstop_error)

    def staff_only(self, capacity: int, detection: float, lag: int, error: float) -> None:
        """The administration alone: tasks need no finding."""
        self._staff(capacity, lag, error)

    def settle(self) -> None:
        """Count the cohort whose delay ends today."""
        born = self.setting.day - int(self.setting.service.norm_delay)
        for z in range(self.setting.zones):
            if born >= 0:
                late = sum(task.zone == z and task.born == born for task in self.tasks)
                self.setting.account.add("due", z, self.cohort[born][z])
                self.setting.account.add("in_time", z, self.cohort[born][z] - self.relieved[born][z] - late)

    def withdraw(self, wanted: list[int]) -> list[int]:
        """Let the oldest tasks of each zone go, done by somebody else; return how many went."""
        gone = []
        for z, number in enumerate(wanted):
            here = sorted((t for t in self.tasks if t.zone == z), key=lambda task: (task.born, task.answers))[:number]
            for task in here:
                self.tasks.remove(task)
                self.relieved[task.born][z] += 1
                self.setting.account.add("withdrawn", z, 1)
            gone.append(here)
        # Answers leave with a day's last task, in the order in which days stand in the column.
        for task in sorted((t for here in gone for t in here), key=lambda task: task.born % self.ages):
            self._let_go(task.zone, task.answers)
        return [len(here) for here in gone]

    def waiting(self) -> list[int]:
        """Return the open tasks by zone."""
        return [sum(task.zone == z for task in self.tasks) for z in range(self.setting.zones)]

    def used_in_time(self, past: int) -> list[float]:
        """Return by zone the share of a day's answers that were needed."""
        pairs = zip(self.used[past], self.received[past], strict=True)
        return [used / max(1, received) for used, received in pairs]

    def columns(self) -> dict[str, NDArray[np.generic]]:
        """Return the engine's columns as this twin would fill them."""
        day, zones = self.setting.day, self.setting.zones
        answers: dict[int, list[int]] = defaultdict(lambda: [0] * zones)
        for task in self.tasks:
            answers[task.born][task.zone] += task.answers
        days = int(self.setting.service.acknowledgement_delay) + 1
        return {
            "tasks_open": ring(self._by_day(), day, self.ages, zones),
            "answers_open": ring(answers, day, self.ages, zones),
            "cohort": ring(self.cohort, day, self.ages, zones),
            "relieved": ring(self.relieved, day, self.ages, zones),
            "held_answers": np.array(self.held_answers),
            "held_shift": np.array(self.held_shift),
            "held_wrong": np.array(self.held_wrong),
            "received": ring(self.received, day, days, zones),
            "used": ring(self.used, day, days, zones),
        }
