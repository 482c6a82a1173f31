"""Questions of people concerned, answered by their peers and reread by others (a forum of patients).

A question is due some hours after it is asked. Peers answer the newest question first, as a forum shows them; staff
answer what has waited longest. Questions and answers fall at uniform moments of their days, independent of each other,
and the two moments of one day are put in order, since an answer follows its question. With T the difference of two
uniform moments (triangular on -1 to 1) and h the hours granted over 24, an answer on the k-th day after is in time with
the chance P(k + T <= h), and one on the same day with P(T <= h | T > 0) = 1 - (1 - h)^2 for h up to 1.
Answers that no open question needs may reread answers of the last days; a wrong one is then put right with the chance
of a right answer. What is still wrong when it is some days old counts as an error.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..arithmetic import exponential
from ..columns import Column
from ..compilation import kernel
from ..errors import InputError
from ..parameters import Value
from ..quality import aggregated_accuracy
from ..random_numbers import Stream, binomial, uniform
from ..territory import Territory
from .cohorts import share_out, start_cohort, take_oldest, total_by_zone
from .contract import Contributions, ProductionKind, ServiceDay

__all__ = ["PatientCommunity", "chance_in_time"]

_COLUMNS = (
    Column("open", "int32", "age x zone", "questions", 0, 2**31 - 1, "without an answer, by day of asking"),
    Column("cohort", "int32", "age x zone", "questions", 0, 2**31 - 1, "asked on the day"),
    Column("on_time", "int32", "age x zone", "questions", 0, 2**31 - 1, "of those, answered within the hours granted"),
    Column("answers", "int32", "reread x zone", "answers", 0, 2**31 - 1, "given by peers on the day"),
    Column("mistakes", "int32", "reread x zone", "answers", 0, 2**31 - 1, "of those, wrong and not corrected"),
    Column("received", "int32", "day x zone", "tasks", 0, 2**31 - 1, "contributions of the day"),
    Column("used", "int32", "day x zone", "tasks", 0, 2**31 - 1, "contributions of the day that were of use"),
)


def chance_in_time(hours: int, age: int) -> float:
    """Return the chance that an answer given ``age`` days after the day of its question is within ``hours``."""
    left = hours / 24.0 - age
    if age == 0:
        return 1.0 if left >= 1.0 else 1.0 - (1.0 - left) * (1.0 - left)
    if left >= 1.0:
        return 1.0
    if left >= 0.0:
        return 1.0 - 0.5 * (1.0 - left) * (1.0 - left)
    return 0.5 * (1.0 + left) * (1.0 + left) if left > -1.0 else 0.0


@kernel
def _answer(tasks, together, in_time, day, keys, unanswered, on_time, answered):
    """Answer the newest questions first, in the own zone or, ``together``, wherever they were asked.

    Shapes: ``tasks`` int64[Z]; ``in_time`` float64[A], chance by age; ``answered`` int64[Z] is added to.
    """
    rows = unanswered.shape[0]
    zones = tasks.shape[0]
    asked = np.empty(zones, np.int64)
    shares = np.empty(zones, np.int64)
    left = tasks.copy()
    pool = tasks.sum()
    for age in range(min(rows, day + 1)):
        row = (day - age) % rows
        total = 0
        for z in range(zones):
            asked[z] = unanswered[row, z]
            shares[z] = 0 if together else min(left[z], asked[z])
            total += asked[z]
        if together and total > 0:
            share_out(min(pool, total), asked, uniform(keys[Stream.ASSIGNMENT], zones, day, age), shares)
        for z in range(zones):
            if shares[z] > 0:
                unanswered[row, z] -= shares[z]
                on_time[row, z] += binomial(shares[z], in_time[age], keys[Stream.CLOCK], z * rows + row, day)
                answered[z] += shares[z]
                left[z] -= shares[z]
                pool -= shares[z]


@kernel
def _judge(answered, accuracy, checking, day, keys, answers, mistakes, observed_wrong):
    """Draw how many of today's answers are wrong and pass the moderators, who put right what they check.

    Shapes: ``answered`` int64[Z], ``accuracy`` float64[Z]; ``observed_wrong`` int64[Z] is added to.
    """
    row = day % answers.shape[0]
    for z in range(answered.shape[0]):
        wrong = binomial(answered[z], 1.0 - accuracy[z], keys[Stream.QUALITY], z, day)
        stopped = binomial(wrong, checking, keys[Stream.CHECKING], z, day)
        answers[row, z] = answered[z]
        mistakes[row, z] = wrong - stopped
        observed_wrong[z] += wrong


@kernel
def _reread(spare, share, together, accuracy, day, keys, answers, mistakes, used):
    """Let spare answers reread recent ones and put wrong ones right; ``used`` int64[Z] is added to.

    A recent answer is read again by at least one of m rereaders among n answers with the chance 1 - exp(-m / n).
    """
    rows = answers.shape[0]
    zones = spare.shape[0]
    rereads = np.empty(zones, np.int64)
    recent = np.zeros(zones, np.int64)
    all_rereads = 0
    all_recent = 0
    for z in range(zones):
        rereads[z] = binomial(spare[z], share, keys[Stream.PAIRING], z, day)
        for row in range(rows):
            recent[z] += answers[row, z]
        all_rereads += rereads[z]
        all_recent += recent[z]
    for z in range(zones):
        readers = all_rereads if together else rereads[z]
        read = all_recent if together else recent[z]
        if readers == 0 or read == 0:
            continue
        used[z] += rereads[z]
        chance = (1.0 - exponential(-readers / read)) * accuracy[z]
        for row in range(rows):
            mistakes[row, z] -= binomial(mistakes[row, z], chance, keys[Stream.CORRECTION], z * rows + row, day)


@kernel
def _clock_staff(before, unanswered, in_time, day, key, on_time):
    """Draw which of the answers that staff gave today were in time; ``before`` int32[A, Z] open questions."""
    rows = before.shape[0]
    zones = before.shape[1]
    for row in range(rows):
        for z in range(zones):
            done = before[row, z] - unanswered[row, z]
            if done > 0:
                on_time[row, z] += binomial(done, in_time[(day - row) % rows], key, (zones + z) * rows + row, day)


@kernel
def _staff_errors(done, error, day, key, errors):
    """Draw how many answers of staff are wrong; ``errors`` int64[Z] is added to."""
    for z in range(done.shape[0]):
        errors[z] += binomial(done[z], error, key, z, day)


class PatientCommunity(ProductionKind):
    """Questions answered by peers; see the module."""

    name = "patient-community"
    columns = _COLUMNS

    def prepare(
        self, parameters: Any, own: Mapping[str, Value], territory: Territory, start: date, days: int
    ) -> NDArray[np.float64]:
        """Return the chance that an answer is in time, by days since the question.

        Raises
        ------
        InputError : a question lapses before it is due.
        """
        hours, lifetime = int(own["answer_hours"]), int(parameters["need_lifetime"])
        if lifetime <= _last_day(hours):
            raise InputError(
                "must be longer than the hours granted for an answer",
                where="need_lifetime",
                value=lifetime,
                allowed=f"over {_last_day(hours)} days, since answer_hours is {hours}",
            )
        return np.array([chance_in_time(hours, age) for age in range(lifetime + 1)])

    def shapes(self, parameters: Any, own: Mapping[str, Value], territory: Territory) -> dict[str, tuple[int, ...]]:
        return {"reread x zone": (int(own["reread_days"]) + 1, territory.zones)}

    def arrive(self, today: ServiceDay, arisen: NDArray[np.int64]) -> None:
        state, account, day = today.state, today.account, today.day
        account.arisen += arisen
        start_cohort(state["open"], day, arisen, account.lapsed)
        state["cohort"][day % len(state["cohort"])] = arisen
        for name in ("on_time", "answers", "mistakes", "received", "used"):
            state[name][day % len(state[name])] = 0

    def produce(self, today: ServiceDay, given: Contributions) -> None:
        state, account, parameters = today.state, today.account, today.parameters
        zones, day, keys = len(given.tasks), today.day, today.keys
        total = int(given.tasks.sum())
        if total == 0:
            return
        together = bool(parameters["pooled"])
        answered = np.zeros(zones, np.int64)
        _answer(given.tasks, together, today.tables, day, keys, state["open"], state["on_time"], answered)
        accuracy = _accuracy(today, given, together)
        account.delivered_by_citizens += answered
        account.observed += answered
        _judge(
            answered, accuracy, today.checking, day, keys, state["answers"], state["mistakes"], account.observed_wrong
        )
        spare = given.tasks - answered
        if together:
            # Who answers and who rereads is no matter of place: both are shared out by what people gave.
            spare = np.diff(np.cumsum(given.tasks) * (total - int(answered.sum())) // total, prepend=0)
        used = given.tasks - spare
        _reread(
            spare, float(today.own["reread_share"]), together, accuracy, day, keys, state["answers"],
            state["mistakes"], used,
        )  # fmt: skip
        account.tasks_wasted += given.tasks - used
        slot = day % len(state["received"])
        state["received"][slot] = total if together else given.tasks
        state["used"][slot] = used.sum() if together else used

    def backstop(self, today: ServiceDay, capacity: int, youngest: int) -> None:
        self._staff_work(today, capacity, youngest, float(today.parameters["backstop_error"]))

    def staff_only(self, today: ServiceDay, capacity: int, detection: float, lag: int, error: float) -> None:
        """Answer the oldest questions first; they are asked of staff, so that none has to be found."""
        self._staff_work(today, capacity, lag, error)

    def _staff_work(self, today: ServiceDay, capacity: int, youngest: int, error: float) -> None:
        state, account, day = today.state, today.account, today.day
        done = np.zeros(len(account.due), np.int64)
        before = state["open"].copy()
        if take_oldest(state["open"], day, youngest, capacity, done) == 0:
            return
        _clock_staff(before, state["open"], today.tables, day, today.keys[Stream.CLOCK], state["on_time"])
        account.delivered_by_staff += done
        account.closed += done
        _staff_errors(done, error, day, today.keys[Stream.STAFF_QUALITY], account.errors)

    def settle(self, today: ServiceDay) -> None:
        """Judge questions when their hours are over for sure, answers when they are reread no more."""
        state, account = today.state, today.account
        asked = today.day - _last_day(int(today.own["answer_hours"]))
        if asked >= 0:
            account.due += state["cohort"][asked % len(state["cohort"])]
            account.in_time += state["on_time"][asked % len(state["on_time"])]
        answered = today.day - int(today.own["reread_days"])
        if answered >= 0:
            account.closed += state["answers"][answered % len(state["answers"])]
            account.errors += state["mistakes"][answered % len(state["mistakes"])]

    def waiting(self, state: dict[str, NDArray[Any]]) -> NDArray[np.int64]:
        total = np.zeros(state["open"].shape[1], np.int64)
        total_by_zone(state["open"], total)
        return total

    def pull(self, today: ServiceDay) -> NDArray[np.float64]:
        """A forum is read whether or not a question is left from the day before: questions come every day."""
        if today.parameters["need_prompted"]:
            return super().pull(today)
        return np.ones(len(today.mean_needs))

    def used_in_time(self, today: ServiceDay, past_day: int) -> NDArray[np.float64]:
        slot = past_day % len(today.state["received"])
        received = today.state["received"][slot]
        return np.asarray(today.state["used"][slot] / np.maximum(1, received), np.float64)


def _last_day(hours: int) -> int:
    """Return the last day, after that of a question, on which its hours may end."""
    return math.ceil(hours / 24)


def _accuracy(today: ServiceDay, given: Contributions, together: bool) -> NDArray[np.float64]:
    """Return by zone the chance that an answer of today is right, adversaries included."""
    harm = float(today.shared["adversary_accuracy"])
    nodes = today.nodes
    if together:
        total = int(given.tasks.sum())
        shift, wrong = float(given.shift.sum()) / total, int(given.wrong.sum()) / total
        one = aggregated_accuracy(nodes, 0, len(nodes), 1, shift, wrong, harm, 0.0)
        return np.full(len(given.tasks), one)
    some = np.maximum(1, given.tasks)
    shifts, shares = given.shift / some, given.wrong / some
    return np.array(
        [
            aggregated_accuracy(nodes, 0, len(nodes), 1, float(shifts[z]), float(shares[z]), harm, 0.0)
            for z in range(len(some))
        ]
    )
