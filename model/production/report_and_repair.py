"""Citizens report defects that the administration's agents then repair: the two complement each other.

A defect exists whether or not it is reported; it is due some days after it arose. Reports meet open defects at random:
a first report brings the defect into the agents' queue, a second one is a duplicate. False or misplaced reports that
checking does not stop, and duplicates that nobody notices, cost agents a visit. Agents repair what arose first; a
reporter learns what became of the reports of that day. Which of the reported defects of a zone is repaired first is
kept once by age and once by day of report; the totals of both agree every day.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..columns import Column
from ..compilation import kernel
from ..quality import aggregated_accuracy
from ..random_numbers import Stream, binomial, uniform
from ..totals import total
from .cohorts import start_cohort, take_for_last_resort, take_oldest, total_by_zone, withdraw_oldest
from .contract import Contributions, ProductionKind, ServiceDay

__all__ = ["ReportAndRepair"]

_COLUMNS = (
    Column("unreported", "int32", "age x zone", "defects", 0, 2**31 - 1, "open and unknown, by day of arising"),
    Column("reported", "int32", "age x zone", "defects", 0, 2**31 - 1, "open and known, by day of arising"),
    Column("cohort", "int32", "age x zone", "defects", 0, 2**31 - 1, "defects that arose on the day"),
    Column(
        "relieved", "int32", "age x zone", "defects", 0, 2**31 - 1, "of those, withdrawn: mended outside the service"
    ),
    Column("phantoms", "int64", "zone", "visits", 0, 2**62, "visits owed to false and duplicate reports"),
    Column("received", "int32", "day x zone", "reports", 0, 2**31 - 1, "reports of the day"),
    Column("valid", "int32", "day x zone", "reports", 0, 2**31 - 1, "reports of the day that met a real defect"),
    Column("distinct", "int32", "day x zone", "defects", 0, 2**31 - 1, "defects first reported on the day"),
    Column("unrepaired", "int32", "day x zone", "defects", 0, 2**31 - 1, "of those, not yet repaired"),
    Column("unrepaired_older", "int64", "zone", "defects", 0, 2**62, "known defects reported before the ring"),
)


@kernel
def _open_ring(received, valid, distinct, unrepaired, unrepaired_older, day):
    """Start today's row of the reports; what its old row left unrepaired is remembered in one sum."""
    row = day % received.shape[0]
    for z in range(received.shape[1]):
        unrepaired_older[z] += unrepaired[row, z]
        received[row, z] = 0
        valid[row, z] = 0
        distinct[row, z] = 0
        unrepaired[row, z] = 0


@kernel
def _close_by_report_day(taken, unrepaired, unrepaired_older, day):
    """Mirror repairs in the account by day of report, oldest report first; ``taken`` int64[Z]."""
    rows = unrepaired.shape[0]
    for z in range(taken.shape[0]):
        left = taken[z]
        if left == 0:
            continue
        step = min(left, unrepaired_older[z])
        unrepaired_older[z] -= step
        left -= step
        back = min(rows - 1, day)
        while left > 0 and back >= 0:
            row = (day - back) % rows
            step = min(left, np.int64(unrepaired[row, z]))
            unrepaired[row, z] -= step
            left -= step
            back -= 1


@kernel
def _receive_reports(
    tasks, shift, wrong, checking, duplicate_detection, adversary_accuracy, nodes, unreported, reported, phantoms,
    received, valid, distinct, unrepaired, day, keys, wasted, accepted, errors, observed, observed_wrong,
):  # fmt: skip
    """Let today's reports meet the open defects.

    Shapes: ``tasks`` int64[Z] reports, ``shift`` float64[Z] and ``wrong`` int64[Z] of contract.Contributions;
    ``wasted``, ``accepted`` and ``errors`` int64[Z] are added to: reports of no use, reports that agents act on,
    and those of them that are false; so are ``observed`` and ``observed_wrong``, reports and false ones before checks.
    """
    rows = unreported.shape[0]
    ring = day % received.shape[0]
    for z in range(tasks.shape[0]):
        reports = tasks[z]
        if reports == 0:
            continue
        accuracy = aggregated_accuracy(
            nodes, 0, nodes.shape[0], 1, shift[z] / reports, wrong[z] / reports, adversary_accuracy, 0.0
        )
        false = binomial(reports, 1.0 - accuracy, keys[Stream.QUALITY], z, day)
        stopped = binomial(false, checking, keys[Stream.CHECKING], z, day)
        observed[z] += reports
        observed_wrong[z] += false
        wasted[z] += false
        errors[z] += false - stopped
        accepted[z] += false - stopped
        phantoms[z] += false - stopped
        received[ring, z] += reports
        unknown = 0
        known = 0
        for row in range(rows):
            unknown += unreported[row, z]
            known += reported[row, z]
        for k in range(reports - false):
            if unknown + known == 0:
                wasted[z] += 1
                continue
            valid[ring, z] += 1
            place = uniform(keys[Stream.REPORT_TARGET], z, day, k) * (unknown + known)
            if place < unknown:
                row = 0
                while place >= unreported[row, z]:
                    place -= unreported[row, z]
                    row += 1
                unreported[row, z] -= 1
                reported[row, z] += 1
                distinct[ring, z] += 1
                unrepaired[ring, z] += 1
                unknown -= 1
                known += 1
                accepted[z] += 1
            else:
                wasted[z] += 1
                if uniform(keys[Stream.DUPLICATES], z, day, k) >= duplicate_detection:
                    phantoms[z] += 1
                    accepted[z] += 1


@kernel
def _visit_phantoms(phantoms, visits, visited):
    """Spend ``visits`` on visits that find nothing to do; zones share in proportion; ``visited`` is added to."""
    total = 0
    for z in range(phantoms.shape[0]):
        total += phantoms[z]
    if total == 0:
        return
    seen = 0
    given = 0
    for z in range(phantoms.shape[0]):
        seen += phantoms[z]
        share = visits * seen // total - given
        given += share
        phantoms[z] -= share
        visited[z] += share


@kernel
def _detect(unreported, reported, unrepaired, detection, day, key):
    """Let staff find a share of the unknown defects; they enter today's row of reports."""
    ring = day % unrepaired.shape[0]
    rows = unreported.shape[0]
    for row in range(rows):
        for z in range(unreported.shape[1]):
            if unreported[row, z] > 0:
                found = binomial(unreported[row, z], detection, key, z * rows + row, day)
                unreported[row, z] -= found
                reported[row, z] += found
                unrepaired[ring, z] += found


@kernel
def _settle(cohort, unreported, reported, relieved, due, in_time):
    """Count the cohort of a past day: all of it is due, what is neither open nor relieved was done in time.

    Shapes: integers by zone; ``due`` and ``in_time`` are added to.
    """
    for z in range(cohort.shape[0]):
        due[z] += cohort[z]
        in_time[z] += np.int64(cohort[z]) - unreported[z] - reported[z] - relieved[z]


@kernel
def _draw_errors(done, error, day, key, errors):
    """Draw how many units that staff did are wrong; ``errors`` int64[Z] is added to."""
    for z in range(done.shape[0]):
        if done[z] > 0:
            errors[z] += binomial(done[z], error, key, z, day)


class ReportAndRepair(ProductionKind):
    """Reports by citizens, repairs by agents; see the module."""

    name = "report-and-repair"
    has_agents = True
    columns = _COLUMNS

    def arrive(self, today: ServiceDay, arisen: NDArray[np.int64]) -> None:
        state, account = today.state, today.account
        account.arisen += arisen
        # First, so that what the row of today still held counts as reported longest ago when known defects lapse.
        _open_ring(
            state["received"], state["valid"], state["distinct"], state["unrepaired"], state["unrepaired_older"],
            today.day,
        )  # fmt: skip
        known = state["reported"][today.day % len(state["reported"])].astype(np.int64)
        _close_by_report_day(known, state["unrepaired"], state["unrepaired_older"], today.day)
        nothing = np.zeros_like(arisen)
        start_cohort(state["reported"], today.day, nothing, account.lapsed)
        start_cohort(state["unreported"], today.day, arisen, account.lapsed)
        state["cohort"][today.day % len(state["cohort"])] = arisen
        state["relieved"][today.day % len(state["relieved"])] = 0

    def produce(self, today: ServiceDay, given: Contributions) -> None:
        state, account, parameters = today.state, today.account, today.parameters
        if today.working_day:
            capacity = today.allowance(float(parameters["repair_capacity"]), today.working_days_before)
            account.delivered_by_citizens += self._repair(today, capacity, 1)
        _receive_reports(
            given.tasks, given.shift, given.wrong, today.checking, float(parameters["duplicate_detection"]),
            float(today.shared["adversary_accuracy"]), today.nodes, state["unreported"], state["reported"],
            state["phantoms"], state["received"], state["valid"], state["distinct"], state["unrepaired"], today.day,
            today.keys, account.tasks_wasted, account.closed, account.errors, account.observed, account.observed_wrong,
        )  # fmt: skip

    def _repair(self, today: ServiceDay, capacity: int, youngest: int) -> NDArray[np.int64]:
        """Send agents out: to real and to phantom calls in proportion; return real repairs by zone."""
        state, account = today.state, today.account
        phantoms = total(state["phantoms"])
        known = int(state["reported"].sum(dtype=np.int64))
        visits_to_phantoms = min(phantoms, capacity * phantoms // max(1, phantoms + known))
        if capacity >= phantoms + known:
            visits_to_phantoms = phantoms
        _visit_phantoms(state["phantoms"], visits_to_phantoms, account.visits)
        taken = np.zeros(len(account.due), np.int64)
        take_oldest(state["reported"], today.day, youngest, capacity - visits_to_phantoms, taken)
        _close_by_report_day(taken, state["unrepaired"], state["unrepaired_older"], today.day)
        account.visits += taken
        return taken

    def backstop(self, today: ServiceDay, capacity: int, youngest: int) -> None:
        state, account = today.state, today.account
        taken = np.zeros(len(account.due), np.int64)
        found = take_for_last_resort(state["unreported"], today.day, youngest, capacity, taken, today.floor_first)
        if found < capacity:
            known = np.zeros(len(account.due), np.int64)
            take_for_last_resort(state["reported"], today.day, youngest, capacity - found, known, today.floor_first)
            _close_by_report_day(known, state["unrepaired"], state["unrepaired_older"], today.day)
            taken += known
        account.delivered_by_staff += taken
        account.closed += taken
        error = float(today.parameters["backstop_error"])
        _draw_errors(taken, error, today.day, today.keys[Stream.STAFF_QUALITY], account.errors)

    def staff_only(self, today: ServiceDay, capacity: int, detection: float, lag: int, error: float) -> None:
        state, account = today.state, today.account
        if capacity > 0:
            done = self._repair(today, capacity, lag)
            account.delivered_by_staff += done
            account.closed += done
            _draw_errors(done, error, today.day, today.keys[Stream.STAFF_QUALITY], account.errors)
        _detect(
            state["unreported"], state["reported"], state["unrepaired"], detection, today.day,
            today.keys[Stream.STAFF_DETECTION],
        )  # fmt: skip

    def settle(self, today: ServiceDay) -> None:
        past = today.day - int(today.parameters["norm_delay"])
        if past >= 0:
            state, account = today.state, today.account
            row = past % len(state["cohort"])
            _settle(
                state["cohort"][row], state["unreported"][row], state["reported"][row], state["relieved"][row],
                account.due, account.in_time,
            )  # fmt: skip

    def withdraw(self, today: ServiceDay, wanted: NDArray[np.int64]) -> None:
        # Neighbours mend what nobody has reported first: what they mend is what they do not report.
        state, account = today.state, today.account
        unknown = np.zeros_like(wanted)
        withdraw_oldest(state["unreported"], state["relieved"], today.day, wanted, unknown)
        known = np.zeros_like(wanted)
        withdraw_oldest(state["reported"], state["relieved"], today.day, wanted - unknown, known)
        _close_by_report_day(known, state["unrepaired"], state["unrepaired_older"], today.day)
        account.withdrawn += unknown + known

    def waiting(self, state: dict[str, NDArray[Any]]) -> NDArray[np.int64]:
        unknown = np.zeros(state["unreported"].shape[1], np.int64)
        known = np.zeros_like(unknown)
        total_by_zone(state["unreported"], unknown)
        total_by_zone(state["reported"], known)
        return unknown + known

    def used_in_time(self, today: ServiceDay, past_day: int) -> NDArray[np.float64]:
        state = today.state
        ring = past_day % len(state["received"])
        distinct, unrepaired = state["distinct"][ring], state["unrepaired"][ring]
        # Where all reports of the day met known defects, they share the fate of that day's reports elsewhere.
        elsewhere = 1.0 - total(unrepaired) / max(1, total(distinct))
        repaired = np.where(distinct > 0, 1.0 - unrepaired / np.maximum(1, distinct), elsewhere)
        return np.asarray(repaired * state["valid"][ring] / np.maximum(1, state["received"][ring]), np.float64)
