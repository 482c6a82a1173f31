"""Unit tasks wait by zone and are closed by a number of answers each, oldest first (citizen science, upkeep)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..columns import Column
from ..compilation import kernel
from ..quality import aggregated_accuracy, detection
from ..random_numbers import Stream, binomial
from .cohorts import start_cohort, take_for_last_resort, total_by_zone, withdraw_oldest
from .contract import Contributions, ProductionKind, ServiceDay

__all__ = ["Queue"]

_COLUMNS = (
    Column("tasks_open", "int32", "age x zone", "tasks", 0, 2**31 - 1, "tasks not closed, by day of arising"),
    Column("answers_open", "int32", "age x zone", "answers", 0, 2**31 - 1, "answers that open tasks already have"),
    Column("cohort", "int32", "age x zone", "tasks", 0, 2**31 - 1, "tasks that arose on the day"),
    Column("relieved", "int32", "age x zone", "tasks", 0, 2**31 - 1, "of those, withdrawn: done outside the service"),
    Column("held_answers", "int64", "zone", "answers", 0, 2**62, "answers in open tasks"),
    Column("held_shift", "float64", "zone", "logit", -1e12, 1e12, "sum of accuracy shifts in open tasks"),
    Column("held_wrong", "float64", "zone", "answers", 0, 2**62, "answers by adversaries in open tasks"),
    Column("received", "int32", "day x zone", "tasks", 0, 2**31 - 1, "answers given on the day"),
    Column("used", "int32", "day x zone", "tasks", 0, 2**31 - 1, "answers of the day that were needed"),
)


@kernel
def _gold_answers(tasks, gold_share, useful):
    """Set aside the answers spent on tasks with known answers; the rest is ``useful`` int64[Z]."""
    for z in range(tasks.shape[0]):
        useful[z] = tasks[z] - np.int64(tasks[z] * gold_share)


@kernel
def _answer_own_zone(tasks_open, answers_open, day, per_task, useful, used, closed):
    """Give each zone's answers to its own oldest tasks; add to ``used`` and ``closed`` int64[Z]."""
    rows = tasks_open.shape[0]
    for z in range(useful.shape[0]):
        left = useful[z]
        age = min(rows - 1, day)
        while left > 0 and age >= 0:
            row = (day - age) % rows
            wanted = np.int64(tasks_open[row, z]) * per_task - answers_open[row, z]
            given = min(left, wanted)
            if given > 0:
                have = answers_open[row, z] + given
                done = have // per_task
                tasks_open[row, z] -= done
                answers_open[row, z] = have - done * per_task
                used[z] += given
                closed[z] += done
                left -= given
            age -= 1


@kernel
def _answer_anywhere(tasks_open, answers_open, day, per_task, useful, used, closed):
    """Give ``useful`` answers (a number) to the oldest tasks of the territory; zones share in proportion."""
    rows = tasks_open.shape[0]
    zones = tasks_open.shape[1]
    left = useful
    for age in range(min(rows - 1, day), -1, -1):
        if left <= 0:
            break
        row = (day - age) % rows
        total = 0
        for z in range(zones):
            total += np.int64(tasks_open[row, z]) * per_task - answers_open[row, z]
        if total == 0:
            continue
        pool = min(left, total)
        seen = 0
        shared_out = 0
        for z in range(zones):
            seen += np.int64(tasks_open[row, z]) * per_task - answers_open[row, z]
            given = pool * seen // total - shared_out
            shared_out += given
            if given > 0:
                have = answers_open[row, z] + given
                done = have // per_task
                tasks_open[row, z] -= done
                answers_open[row, z] = have - done * per_task
                used[z] += given
                closed[z] += done
        left -= pool


@kernel
def _judge(
    closed, per_task, answers, useful_used, mean_shift, mean_wrong, held_answers, held_shift, held_wrong, nodes,
    adversary_accuracy, detected, checking, day, keys, observed_wrong, errors,
):  # fmt: skip
    """Draw how many of the closed tasks are wrong, from the accuracy of the answers that each zone holds.

    A task takes ``per_task`` contributions and is decided by ``answers`` votes. A check finds what is wrong, and who
    checks puts it right. Shapes: ``mean_shift`` and ``mean_wrong`` float64[Z], per answer given today;
    ``observed_wrong`` int64[Z], wrong before checks, and ``errors`` int64[Z], left after them, are added to.
    """
    last_shift = -1e300
    last_wrong = -1.0
    accuracy = 0.0
    for z in range(closed.shape[0]):
        held_answers[z] += useful_used[z]
        held_shift[z] += useful_used[z] * mean_shift[z]
        held_wrong[z] += useful_used[z] * mean_wrong[z]
        if closed[z] == 0:
            continue
        shift = held_shift[z] / held_answers[z]
        wrong = held_wrong[z] / held_answers[z]
        if shift != last_shift or wrong != last_wrong:
            accuracy = aggregated_accuracy(
                nodes, 0, nodes.shape[0], answers, shift, wrong, adversary_accuracy, detected
            )
            last_shift = shift
            last_wrong = wrong
        false = binomial(closed[z], 1.0 - accuracy, keys[Stream.QUALITY], z, day)
        observed_wrong[z] += false
        errors[z] += false - binomial(false, checking, keys[Stream.CHECKING], z, day)
        gone = closed[z] * per_task
        kept = (held_answers[z] - gone) / held_answers[z]
        held_shift[z] *= kept
        held_wrong[z] *= kept
        held_answers[z] -= gone


@kernel
def _drop_orphaned_answers(tasks_open, answers_open, held_answers, held_shift, held_wrong):
    """Let go of answers whose task was done by staff or withdrawn: a row holds fewer answers than one task needs."""
    for row in range(tasks_open.shape[0]):
        for z in range(tasks_open.shape[1]):
            gone = answers_open[row, z]
            if gone > 0 and tasks_open[row, z] == 0:
                answers_open[row, z] = 0
                kept = (held_answers[z] - gone) / held_answers[z]
                held_shift[z] *= kept
                held_wrong[z] *= kept
                held_answers[z] -= gone


@kernel
def _lapse_answers(answers_open, day, held_answers, held_shift, held_wrong):
    """Let go of the answers of the tasks that lapse today."""
    row = answers_open[day % answers_open.shape[0]]
    for z in range(row.shape[0]):
        if row[z] > 0 and held_answers[z] > 0:
            kept = (held_answers[z] - row[z]) / held_answers[z]
            held_shift[z] *= kept
            held_wrong[z] *= kept
            held_answers[z] -= row[z]
        row[z] = 0


class Queue(ProductionKind):
    """Tasks that wait by zone; see the module."""

    name = "queue"
    columns = _COLUMNS

    def arrive(self, today: ServiceDay, arisen: NDArray[np.int64]) -> None:
        state, account = today.state, today.account
        account.arisen += arisen
        _lapse_answers(
            state["answers_open"], today.day, state["held_answers"], state["held_shift"], state["held_wrong"]
        )
        start_cohort(state["tasks_open"], today.day, arisen, account.lapsed)
        state["cohort"][today.day % len(state["cohort"])] = arisen
        state["relieved"][today.day % len(state["relieved"])] = 0
        slot = today.day % len(state["received"])
        state["received"][slot] = 0
        state["used"][slot] = 0

    def produce(self, today: ServiceDay, given: Contributions) -> None:
        state, account, parameters = today.state, today.account, today.parameters
        total = int(given.tasks.sum())
        if total == 0:
            return
        answers = int(parameters["answers_per_task"])
        # A task that is split is closed by the parts of all its answers.
        per_task = answers * int(parameters["task_parts"])
        zones = len(given.tasks)
        useful = np.zeros(zones, np.int64)
        used = np.zeros(zones, np.int64)
        closed = np.zeros(zones, np.int64)
        gold_share = float(parameters["gold_share"])
        slot = today.day % len(state["received"])
        if parameters["pooled"]:
            gold = int(total * gold_share)
            _answer_anywhere(
                state["tasks_open"], state["answers_open"], today.day, per_task, total - gold, used, closed
            )
            needed = gold + int(used.sum())
            state["received"][slot] = total
            state["used"][slot] = needed
            # Waste is booked where the contributors live, in proportion to what they gave.
            cumulated = np.cumsum(given.tasks) * (total - needed) // total
            account.tasks_wasted += np.diff(cumulated, prepend=0)
            mean_shift = np.full(zones, float(given.shift.sum()) / total)
            mean_wrong = np.full(zones, int(given.wrong.sum()) / total)
        else:
            _gold_answers(given.tasks, gold_share, useful)
            _answer_own_zone(state["tasks_open"], state["answers_open"], today.day, per_task, useful, used, closed)
            needed_by_zone = used + (given.tasks - useful)
            state["received"][slot] = given.tasks
            state["used"][slot] = needed_by_zone
            account.tasks_wasted += given.tasks - needed_by_zone
            some = np.maximum(1, given.tasks)
            mean_shift = given.shift / some
            mean_wrong = given.wrong / some
        weighted = parameters["aggregation"] > 0.0
        detected = detection(gold_share, answers, today.tasks_per_person) if weighted else 0.0
        account.delivered_by_citizens += closed
        account.closed += closed
        account.observed += closed
        _judge(
            closed, per_task, answers, used, mean_shift, mean_wrong, state["held_answers"], state["held_shift"],
            state["held_wrong"], today.nodes, float(today.shared["adversary_accuracy"]), detected,
            today.checking, today.day, today.keys, account.observed_wrong, account.errors,
        )  # fmt: skip

    def backstop(self, today: ServiceDay, capacity: int, youngest: int) -> None:
        self._staff_work(today, capacity, youngest, float(today.parameters["backstop_error"]))

    def staff_only(self, today: ServiceDay, capacity: int, detection: float, lag: int, error: float) -> None:
        self._staff_work(today, capacity, lag, error)

    def _staff_work(self, today: ServiceDay, capacity: int, youngest: int, error: float) -> None:
        state, account = today.state, today.account
        done = np.zeros(len(account.due), np.int64)
        if take_for_last_resort(state["tasks_open"], today.day, youngest, capacity, done, today.floor_first) == 0:
            return
        _drop_orphaned_answers(
            state["tasks_open"],
            state["answers_open"],
            state["held_answers"],
            state["held_shift"],
            state["held_wrong"],
        )
        account.delivered_by_staff += done
        account.closed += done
        _staff_errors(done, error, today.day, today.keys[Stream.STAFF_QUALITY], account.errors)

    def settle(self, today: ServiceDay) -> None:
        past = today.day - int(today.parameters["norm_delay"])
        if past >= 0:
            row = past % len(today.state["cohort"])
            today.account.due += today.state["cohort"][row]
            done = today.state["cohort"][row] - today.state["tasks_open"][row] - today.state["relieved"][row]
            today.account.in_time += done

    def withdraw(self, today: ServiceDay, wanted: NDArray[np.int64]) -> None:
        state = today.state
        withdraw_oldest(state["tasks_open"], state["relieved"], today.day, wanted, today.account.withdrawn)
        _drop_orphaned_answers(
            state["tasks_open"],
            state["answers_open"],
            state["held_answers"],
            state["held_shift"],
            state["held_wrong"],
        )

    def waiting(self, state: dict[str, NDArray[Any]]) -> NDArray[np.int64]:
        total = np.zeros(state["tasks_open"].shape[1], np.int64)
        total_by_zone(state["tasks_open"], total)
        return total

    def used_in_time(self, today: ServiceDay, past_day: int) -> NDArray[np.float64]:
        slot = past_day % len(today.state["received"])
        received = today.state["received"][slot]
        return np.asarray(today.state["used"][slot] / np.maximum(1, received), np.float64)


@kernel
def _staff_errors(done, error, day, key, errors):
    """Draw how many units that staff did are wrong; ``errors`` int64[Z] is added to."""
    for z in range(done.shape[0]):
        if done[z] > 0:
            errors[z] += binomial(done[z], error, key, z, day)
