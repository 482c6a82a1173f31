"""A shock calls for one great work that the administration cannot do: residents come, finish it, and go home.

The unit is an hour of work. On the day of the shock the hours of a whole project arise, in sections: one for each zone
struck. Part of them needs a skill. A section falls due one delay later and is in time only if all of its hours are
done: a path with a gap is closed. Wrong work is done again, and counts as error. People are prompted only as long as
work is left. They spread over the sections; staff finish one section before they begin the next.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..arithmetic import logarithm
from ..columns import Column
from ..compilation import kernel
from ..quality import aggregated_accuracy
from ..random_numbers import Stream, binomial, uniform
from .cohorts import start_cohort, total_by_zone
from .contract import Contributions, ProductionKind, ServiceDay

__all__ = ["Burst"]

_COLUMNS = (
    Column("ordinary_left", "int32", "age x zone", "hours", 0, 2**31 - 1, "work for anybody, by day of arising"),
    Column("skilled_left", "int32", "age x zone", "hours", 0, 2**31 - 1, "work for skilled people, by day of arising"),
    Column("cohort", "int32", "age x zone", "hours", 0, 2**31 - 1, "hours that arose on the day"),
    Column("received", "int32", "day x zone", "hours", 0, 2**31 - 1, "hours given on the day by people of the zone"),
    Column("used", "int32", "day x zone", "hours", 0, 2**31 - 1, "hours of the day that were needed and done right"),
)


@kernel
def _damage(hours, struck_share, key, damage):
    """Share ``hours`` between the zones struck, some of them struck harder; ``damage`` int64[Z] adds up to ``hours``.

    Where chance spares every zone, all are struck alike.
    """
    total = 0
    for z in range(damage.shape[0]):
        damage[z] = 0
        if uniform(key, z, 0, 0) < struck_share:
            damage[z] = 1 + np.int64(-1000.0 * logarithm(uniform(key, z, 0, 1)))
        total += damage[z]
    if total == 0:
        for z in range(damage.shape[0]):
            damage[z] = 1
        total = damage.shape[0]
    seen = 0
    given = 0
    for z in range(damage.shape[0]):
        seen += damage[z]
        damage[z] = hours * seen // total - given
        given += damage[z]


@kernel
def _needs_a_skill(hours, share, skilled):
    """Fill ``skilled`` int64[Z] with the part of the ``hours`` int64[Z] that needs a skill, in whole hours."""
    for z in range(hours.shape[0]):
        skilled[z] = np.int64(hours[z] * share + 0.5)


@kernel
def _do_right(
    hours, shift, wrong, checking, adversary_accuracy, nodes, skilled_people, something_left, day, keys, skilled,
    ordinary, faulty, observed, observed_wrong,
):  # fmt: skip
    """Split the hours given in each zone into right ones, skilled or ordinary, and faulty ones; all int64[Z].

    Shapes: ``shift`` float64[Z] and ``wrong`` int64[Z] of contract.Contributions; ``something_left`` bool[Z]: whether
    there is work for people of the zone; ``observed`` and ``observed_wrong`` are added to, before checks. A fault that
    a check sees is put right on the spot.
    """
    for z in range(hours.shape[0]):
        skilled[z] = 0
        ordinary[z] = 0
        faulty[z] = 0
        if hours[z] == 0 or not something_left[z]:
            continue
        accuracy = aggregated_accuracy(
            nodes, 0, nodes.shape[0], 1, shift[z] / hours[z], wrong[z] / hours[z], adversary_accuracy, 0.0
        )
        false = binomial(hours[z], 1.0 - accuracy, keys[Stream.QUALITY], z, day)
        faulty[z] = false - binomial(false, checking, keys[Stream.CHECKING], z, day)
        observed[z] += hours[z]
        observed_wrong[z] += false
        right = hours[z] - faulty[z]
        skilled[z] = binomial(right, skilled_people, keys[Stream.ASSIGNMENT], z, day)
        ordinary[z] = right - skilled[z]


@kernel
def _work_at_home(stock, day, offered, done):
    """Let each zone's hours ``offered`` int64[Z] do its own oldest work; ``offered`` falls, ``done`` int64[Z] rises."""
    rows = stock.shape[0]
    for z in range(offered.shape[0]):
        age = min(rows - 1, day)
        while offered[z] > 0 and age >= 0:
            row = (day - age) % rows
            step = min(offered[z], np.int64(stock[row, z]))
            stock[row, z] -= step
            offered[z] -= step
            done[z] += step
            age -= 1


@kernel
def _work_in_row(row, capacity, done):
    """Do up to ``capacity`` hours of one row int32[Z], zones in proportion; return how many."""
    total = 0
    for z in range(row.shape[0]):
        total += row[z]
    left = min(capacity, total)
    seen = 0
    given = 0
    for z in range(row.shape[0]):
        if left > 0:
            seen += row[z]
            share = left * seen // total - given
            given += share
            row[z] -= share
            done[z] += share
    return left


@kernel
def _work_anywhere(ordinary_left, skilled_left, day, skilled, ordinary, done):
    """Do the oldest work first, wherever it is: ``skilled`` hours where a skill is needed, ``ordinary`` ones elsewhere.

    Skilled hours that find no skilled work are ordinary ones. ``done`` int64[Z] is added to. Returns the hours that
    found nothing to do.
    """
    rows = ordinary_left.shape[0]
    oldest = min(rows - 1, day)
    for age in range(oldest, -1, -1):
        row = (day - age) % rows
        skilled -= _work_in_row(skilled_left[row], skilled, done)
        ordinary -= _work_in_row(ordinary_left[row], ordinary, done)
    for age in range(oldest, -1, -1):
        skilled -= _work_in_row(ordinary_left[(day - age) % rows], skilled, done)
    return skilled + ordinary


@kernel
def _finish_sections(ordinary_left, skilled_left, cohort, day, youngest, capacity, done):
    """Finish section after section, oldest first and of one day the smallest first; return the hours left over.

    The order is that of the hours that arose, int32[A, Z] ``cohort``, whatever has been done since: so more capacity
    never leaves less done anywhere. ``done`` int64[Z] is added to.
    """
    rows = ordinary_left.shape[0]
    for age in range(min(rows - 1, day), youngest - 1, -1):
        row = (day - age) % rows
        if capacity <= 0 or ordinary_left[row].sum() + skilled_left[row].sum() == 0:
            continue
        for z in np.argsort(cohort[row], kind="mergesort"):
            for stock in (skilled_left, ordinary_left):
                step = min(capacity, np.int64(stock[row, z]))
                stock[row, z] -= step
                capacity -= step
                done[z] += step
    return capacity


@kernel
def _faults_at_work(faulty, right, useful, day, key, counted):
    """Fill ``counted`` int64[Z] with the faulty hours of people who found work, as often as right ones did.

    Hours that find nothing to do spoil nothing. Shapes int64[Z]: ``right`` hours, and ``useful`` ones among them.
    """
    zones = faulty.shape[0]
    for z in range(zones):
        counted[z] = faulty[z]
        if right[z] > 0:
            counted[z] = binomial(faulty[z], useful[z] / right[z], key, zones + z, day)


@kernel
def _turn_away(idle, right, useful):
    """Fill ``useful`` int64[Z] with ``right`` int64[Z] less ``idle`` hours in all, zones in proportion."""
    total = 0
    for z in range(right.shape[0]):
        total += right[z]
    seen = 0
    given = 0
    for z in range(right.shape[0]):
        useful[z] = right[z]
        if total > 0:
            seen += right[z]
            share = idle * seen // total - given
            given += share
            useful[z] -= share


@kernel
def _draw_faults(done, error, day, key, errors):
    """Draw how many hours of staff are faulty; ``errors`` int64[Z] is added to."""
    for z in range(done.shape[0]):
        if done[z] > 0:
            errors[z] += binomial(done[z], error, key, z, day)


class Burst(ProductionKind):
    """One great work after a shock; see the module."""

    name = "burst"
    columns = _COLUMNS

    def arrive(self, today: ServiceDay, arisen: NDArray[np.int64]) -> None:
        state, account, own = today.state, today.account, today.own
        hours = arisen.copy()
        if today.day == int(own["project_day"]):
            damage = np.zeros_like(arisen)
            _damage(
                int(float(own["project_hours"]) * today.population / 1000.0),
                float(own["damaged_share"]),
                today.keys[Stream.DAMAGE],
                damage,
            )
            hours += damage
        account.arisen += hours
        skilled = np.zeros_like(hours)
        _needs_a_skill(hours, float(own["skilled_work"]), skilled)
        start_cohort(state["ordinary_left"], today.day, hours - skilled, account.lapsed)
        start_cohort(state["skilled_left"], today.day, skilled, account.lapsed)
        state["cohort"][today.day % len(state["cohort"])] = hours
        ring = today.day % len(state["received"])
        state["received"][ring] = 0
        state["used"][ring] = 0
        today.prompt_factor[:] = self.pull(today)

    def produce(self, today: ServiceDay, given: Contributions) -> None:
        state, account, own = today.state, today.account, today.own
        skilled, ordinary, faulty, useful, spoilt = (np.zeros_like(given.tasks) for _ in range(5))
        _do_right(
            given.tasks, given.shift, given.wrong, today.checking, float(today.shared["adversary_accuracy"]),
            today.nodes, float(own["skilled_people"]), self.pull(today) > 0.0, today.day, today.keys, skilled,
            ordinary, faulty, account.observed, account.observed_wrong,
        )  # fmt: skip
        right = skilled + ordinary
        done = np.zeros_like(right)
        if today.parameters["pooled"]:
            idle = _work_anywhere(
                state["ordinary_left"], state["skilled_left"], today.day, int(skilled.sum()), int(ordinary.sum()), done
            )
            _turn_away(idle, right, useful)
        else:
            _work_at_home(state["skilled_left"], today.day, skilled, done)
            _work_at_home(state["ordinary_left"], today.day, ordinary, done)
            _work_at_home(state["ordinary_left"], today.day, skilled, done)
            useful[:] = done
        _faults_at_work(faulty, right, useful, today.day, today.keys[Stream.QUALITY], spoilt)
        account.delivered_by_citizens += done
        account.closed += useful + spoilt
        account.errors += spoilt
        account.tasks_wasted += given.tasks - useful
        ring = today.day % len(state["received"])
        state["received"][ring] = given.tasks
        state["used"][ring] = useful

    def backstop(self, today: ServiceDay, capacity: int, youngest: int) -> None:
        self._staff_work(today, capacity, youngest, float(today.parameters["backstop_error"]))

    def staff_only(self, today: ServiceDay, capacity: int, detection: float, lag: int, error: float) -> None:
        self._staff_work(today, capacity, lag, error)

    def _staff_work(self, today: ServiceDay, capacity: int, youngest: int, error: float) -> None:
        """Let staff, all of them skilled, work; what they do wrong is done again at the contractor's expense."""
        state, account = today.state, today.account
        done = np.zeros_like(account.due)
        if today.floor_first is not None and today.floor_first.any():
            first = np.flatnonzero(today.floor_first)
            ordinary, skilled, arose = (
                np.ascontiguousarray(state[name][:, first]) for name in ("ordinary_left", "skilled_left", "cohort")
            )
            there = np.zeros(len(first), np.int64)
            capacity = int(_finish_sections(ordinary, skilled, arose, today.day, youngest, capacity, there))
            state["ordinary_left"][:, first], state["skilled_left"][:, first] = ordinary, skilled
            done[first] += there
        _finish_sections(
            state["ordinary_left"], state["skilled_left"], state["cohort"], today.day, youngest, capacity, done
        )
        account.delivered_by_staff += done
        account.closed += done
        _draw_faults(done, error, today.day, today.keys[Stream.STAFF_QUALITY], account.errors)

    def settle(self, today: ServiceDay) -> None:
        past = today.day - int(today.parameters["norm_delay"])
        if past >= 0:
            state = today.state
            row = past % len(state["cohort"])
            left = state["ordinary_left"][row] + state["skilled_left"][row]
            today.account.due += state["cohort"][row]
            today.account.in_time += np.where(left == 0, state["cohort"][row], 0)

    def waiting(self, state: dict[str, NDArray[Any]]) -> NDArray[np.int64]:
        ordinary = np.zeros(state["cohort"].shape[1], np.int64)
        skilled = np.zeros_like(ordinary)
        total_by_zone(state["ordinary_left"], ordinary)
        total_by_zone(state["skilled_left"], skilled)
        return ordinary + skilled

    def pull(self, today: ServiceDay) -> NDArray[np.float64]:
        """Return 1 where work is left that people of the zone may do, else 0: nobody is called to what is finished."""
        waiting = self.waiting(today.state)
        if today.parameters["pooled"]:
            return np.full(len(waiting), 1.0 if int(waiting.sum()) > 0 else 0.0)
        return (waiting > 0).astype(np.float64)

    def used_in_time(self, today: ServiceDay, past_day: int) -> NDArray[np.float64]:
        ring = past_day % len(today.state["received"])
        received = today.state["received"][ring]
        return np.asarray(today.state["used"][ring] / np.maximum(1, received), np.float64)
