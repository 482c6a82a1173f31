"""A stock of knowledge: items written, reviewed, vandalised, repaired and overtaken by events (an encyclopedia).

Every item in demand is due every day and in time while it is present and right. New topics are missing until somebody
writes them; a right item becomes wrong with age or by vandalism. Contributors write what is missing or review what is
there. A reviewer sees the day's changes, where vandalism may be undone the same day, and opens one item: a wrong one is
opened more readily than a right one, since readers flag it, and is then put right with the chance of a right answer.
A need that waits, missing or wrong, never lapses: from the last row of the ring on it stays in that row.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..arithmetic import exponential
from ..columns import Column
from ..compilation import kernel
from ..quality import aggregated_accuracy
from ..random_numbers import Stream, binomial, uniform
from .cohorts import share_out, take_for_last_resort, total_by_zone
from .contract import Contributions, ProductionKind, ServiceDay

__all__ = ["Stock"]

_COLUMNS = (
    Column("missing", "int32", "age x zone", "items", 0, 2**31 - 1, "not written, by day on which the need arose"),
    Column("wrong", "int32", "age x zone", "items", 0, 2**31 - 1, "present and wrong, by day on which the need arose"),
    Column("right", "int64", "zone", "items", 0, 2**62, "present and right"),
    Column("received", "int32", "day x zone", "tasks", 0, 2**31 - 1, "contributions of the day"),
    Column("useful", "int32", "day x zone", "tasks", 0, 2**31 - 1, "contributions of the day that were of use"),
)


@kernel
def _grow_older(stock, day):
    """Empty today's row of ``stock`` int32[A, Z]; what it still held joins the oldest row."""
    rows = stock.shape[0]
    for z in range(stock.shape[1]):
        stock[(day + 1) % rows, z] += stock[day % rows, z]
        stock[day % rows, z] = 0


@kernel
def _overtake(right, chance, day, key, wrong, arisen):
    """Let right items be overtaken by events with ``chance``; ``right`` int64[Z] is lowered, ``arisen`` added to."""
    row = day % wrong.shape[0]
    for z in range(right.shape[0]):
        aged = binomial(right[z], chance, key, z, day)
        right[z] -= aged
        wrong[row, z] += aged
        arisen[z] += aged


@kernel
def _split(tasks, hostile, adversary_accuracy, review_share, away, day, keys, strikes, writes, reviews, leaving):
    """Say what the contributions of each zone are: strikes by adversaries, texts, reviews.

    Shapes: int64[Z]; ``leaving`` int64[2, Z] is how many of the texts and reviews are about other zones.
    """
    for z in range(tasks.shape[0]):
        number = 2 * tasks.shape[0] + z
        strikes[z] = binomial(hostile[z], 1.0 - adversary_accuracy, keys[Stream.DAMAGE], number, day)
        honest = tasks[z] - strikes[z]
        reviews[z] = binomial(honest, review_share, keys[Stream.ASSIGNMENT], 3 * z, day)
        writes[z] = honest - reviews[z]
        leaving[0, z] = binomial(writes[z], away, keys[Stream.ASSIGNMENT], 3 * z + 1, day)
        leaving[1, z] = binomial(reviews[z], away, keys[Stream.ASSIGNMENT], 3 * z + 2, day)
        writes[z] -= leaving[0, z]
        reviews[z] -= leaving[1, z]


@kernel
def _send(leaving, absent, present, day, key, writes, reviews):
    """Send the texts and reviews about other zones to where items are missing, and to where they are.

    Shapes: ``absent`` and ``present`` int64[Z] items; texts without any missing item become reviews, and reviews
    without any item are lost.
    """
    texts = 0
    checks = 0
    missing = 0
    items = 0
    zones = absent.shape[0]
    for z in range(zones):
        texts += leaving[0, z]
        checks += leaving[1, z]
        missing += absent[z]
        items += present[z]
    if missing > 0:
        share_out(texts, absent, uniform(key, 3 * zones, day, 0), writes)
    else:
        checks += texts
    if items > 0:
        share_out(checks, present, uniform(key, 3 * zones, day, 1), reviews)


@kernel
def _write(
    writes, reviews, mean_shift, nodes, checking, day, keys, missing, wrong, right, published, delivered, useful,
    observed, observed_wrong,
):  # fmt: skip
    """Write missing items, oldest first; where nothing is missing, writers review.

    Shapes: ``writes`` and ``reviews`` int64[Z], ``mean_shift`` float64[Z] of the accuracy. The other arrays int64[Z]
    are added to, ``published`` by items that appear.
    """
    rows = missing.shape[0]
    for z in range(writes.shape[0]):
        absent = 0
        for row in range(rows):
            absent += missing[row, z]
        written = min(writes[z], absent)
        reviews[z] += writes[z] - written
        if written == 0:
            continue
        accuracy = aggregated_accuracy(nodes, 0, nodes.shape[0], 1, mean_shift[z], 0.0, 0.0, 0.0)
        mistaken = binomial(written, 1.0 - accuracy, keys[Stream.QUALITY], z, day)
        appearing_wrong = mistaken - binomial(mistaken, checking, keys[Stream.CHECKING], z, day)
        good = written - mistaken
        observed[z] += written
        observed_wrong[z] += mistaken
        published[z] += good + appearing_wrong
        delivered[z] += good
        useful[z] += good
        right[z] += good
        age = min(rows - 1, day)
        while good + appearing_wrong > 0:
            row = (day - age) % rows
            step = min(good, np.int64(missing[row, z]))
            missing[row, z] -= step
            good -= step
            step = min(appearing_wrong, np.int64(missing[row, z]))
            missing[row, z] -= step
            wrong[row, z] += step
            appearing_wrong -= step
            age -= 1


@kernel
def _review(reviews, mean_shift, focus, nodes, day, keys, wrong, right, delivered, useful, observed, observed_wrong):
    """Let each review open one item, a wrong one ``focus`` times as readily as a right one; repair oldest first.

    A wrong item is opened by at least one of the day's reviews with the chance ``1 - exp(-reviews x its weight)``.
    """
    rows = wrong.shape[0]
    for z in range(reviews.shape[0]):
        false = 0
        for row in range(rows):
            false += wrong[row, z]
        if reviews[z] == 0 or false + right[z] == 0:
            continue
        weight = focus * false + right[z]
        chance = 1.0 - exponential(-reviews[z] * focus / weight) if weight > 0.0 else 0.0
        opened = min(reviews[z], binomial(false, chance, keys[Stream.CORRECTION], z, day))
        accuracy = aggregated_accuracy(nodes, 0, nodes.shape[0], 1, mean_shift[z], 0.0, 0.0, 0.0)
        failed = binomial(opened, 1.0 - accuracy, keys[Stream.QUALITY], reviews.shape[0] + z, day)
        fixed = opened - failed
        observed[z] += opened
        observed_wrong[z] += failed
        useful[z] += reviews[z] - failed
        delivered[z] += fixed
        right[z] += fixed
        age = min(rows - 1, day)
        while fixed > 0:
            row = (day - age) % rows
            step = min(fixed, np.int64(wrong[row, z]))
            wrong[row, z] -= step
            fixed -= step
            age -= 1


@kernel
def _vandalise(
    strikes, rate, reviews, published, reach, together, checking, day, keys, wrong, right, arisen, observed,
    observed_wrong,
):  # fmt: skip
    """Let right items be vandalised by strangers and adversaries, and reviewers undo what they see the same day.

    A review looks at ``reach`` of the day's changes: each is seen with ``1 - exp(-reach x reviews / changes)``, over
    the whole territory where people work ``together``. ``strikes``, ``reviews``, ``published`` int64[Z].
    """
    zones = right.shape[0]
    damage = np.empty(zones, np.int64)
    all_reviews = 0
    all_changes = 0
    for z in range(zones):
        harmful = strikes[z] - binomial(strikes[z], checking, keys[Stream.CHECKING], zones + z, day)
        damage[z] = min(right[z], binomial(right[z], rate, keys[Stream.DAMAGE], z, day) + harmful)
        observed[z] += strikes[z]
        observed_wrong[z] += strikes[z]
        all_reviews += reviews[z]
        all_changes += published[z] + damage[z]
    for z in range(zones):
        if damage[z] == 0:
            continue
        looks = all_reviews if together else reviews[z]
        changes = all_changes if together else published[z] + damage[z]
        seen = 1.0 - exponential(-reach * looks / changes)
        lasting = damage[z] - binomial(damage[z], seen, keys[Stream.DAMAGE], zones + z, day)
        right[z] -= lasting
        wrong[day % wrong.shape[0], z] += lasting
        arisen[z] += lasting


@kernel
def _count_found(wrong, detection, day, key):
    """Return how many wrong items staff notice today when nobody tells them."""
    found = 0
    for z in range(wrong.shape[1]):
        false = 0
        for row in range(wrong.shape[0]):
            false += wrong[row, z]
        found += binomial(false, detection, key, z, day)
    return found


@kernel
def _hand_in(done, error, day, key, wrong, right, arisen):
    """Put what staff did, int64[Z], in its place; what they got wrong is a need again."""
    for z in range(done.shape[0]):
        mistaken = binomial(done[z], error, key, z, day)
        right[z] += done[z] - mistaken
        wrong[day % wrong.shape[0], z] += mistaken
        arisen[z] += mistaken


class Stock(ProductionKind):
    """A stock of knowledge; see the module."""

    name = "stock"
    columns = _COLUMNS

    def begin(self, today: ServiceDay) -> None:
        """Some topics exist, the same number everywhere and more where more people live; a part of them is written."""
        own, state = today.own, today.state
        by_size = float(own["topics_per_inhabitants"]) / 1000.0 * today.territory.population
        topics = int(own["topics_per_zone"]) + np.floor(by_size + 0.5).astype(np.int64)
        state["right"][:] = np.floor(topics * float(own["coverage_at_start"]) + 0.5).astype(np.int64)
        state["missing"][0] = topics - state["right"]
        today.account.arisen += topics - state["right"]

    def arrive(self, today: ServiceDay, arisen: NDArray[np.int64]) -> None:
        state, account = today.state, today.account
        if today.day > 0:
            _grow_older(state["missing"], today.day)
            _grow_older(state["wrong"], today.day)
        state["missing"][today.day % len(state["missing"])] += arisen.astype(np.int32)
        account.arisen += arisen
        chance = 1.0 - 2.0 ** (-1.0 / float(today.own["ageing_half_life"]))
        _overtake(state["right"], chance, today.day, today.keys[Stream.CHANGE], state["wrong"], account.arisen)
        slot = today.day % len(state["received"])
        state["received"][slot] = 0
        state["useful"][slot] = 0

    def produce(self, today: ServiceDay, given: Contributions) -> None:
        state, account, own = today.state, today.account, today.own
        zones, day, keys = len(given.tasks), today.day, today.keys
        strikes, writes, reviews, published, useful, absent, present = (np.zeros(zones, np.int64) for _ in range(7))
        leaving = np.zeros((2, zones), np.int64)
        together = bool(today.parameters["pooled"])
        away = 1.0 - float(own["home_share"]) if together else 0.0
        _split(
            given.tasks, given.wrong, float(today.shared["adversary_accuracy"]), float(own["review_share"]), away, day,
            keys, strikes, writes, reviews, leaving,
        )  # fmt: skip
        total_by_zone(state["missing"], absent)
        total_by_zone(state["wrong"], present)
        present += state["right"]
        _send(leaving, absent, present, day, keys[Stream.ASSIGNMENT], writes, reviews)
        total = int(given.tasks.sum())
        mean_shift = given.shift / np.maximum(1, given.tasks)
        if together:
            mean_shift = np.full(zones, float(given.shift.sum()) / max(1, total))
        _write(
            writes, reviews, mean_shift, today.nodes, today.checking, day, keys, state["missing"], state["wrong"],
            state["right"], published, account.delivered_by_citizens, useful, account.observed, account.observed_wrong,
        )  # fmt: skip
        _review(
            reviews, mean_shift, float(own["review_focus"]), today.nodes, day, keys, state["wrong"], state["right"],
            account.delivered_by_citizens, useful, account.observed, account.observed_wrong,
        )  # fmt: skip
        _vandalise(
            strikes, float(own["vandalism_rate"]), reviews, published, float(own["patrol_reach"]), together,
            today.checking, day, keys, state["wrong"], state["right"], account.arisen, account.observed,
            account.observed_wrong,
        )  # fmt: skip
        slot = day % len(state["received"])
        if together:
            state["received"][slot] = total
            state["useful"][slot] = useful.sum()
            # Waste is booked where the contributors live, in proportion to what they gave.
            wasted = np.cumsum(given.tasks) * (total - int(useful.sum())) // max(1, total)
            account.tasks_wasted += np.diff(wasted, prepend=0)
        else:
            state["received"][slot] = given.tasks
            state["useful"][slot] = useful
            account.tasks_wasted += given.tasks - useful

    def backstop(self, today: ServiceDay, capacity: int, youngest: int) -> None:
        """Put wrong items right first, then write missing ones."""
        self._staff_work(today, capacity, capacity, youngest, float(today.parameters["backstop_error"]))

    def staff_only(self, today: ServiceDay, capacity: int, detection: float, lag: int, error: float) -> None:
        """Write what is missing, and put right what staff notice to be wrong; nobody else can edit, or vandalise."""
        found = int(_count_found(today.state["wrong"], detection, today.day, today.keys[Stream.STAFF_DETECTION]))
        self._staff_work(today, capacity, min(capacity, found), lag, error)

    def _staff_work(self, today: ServiceDay, capacity: int, repairs: int, youngest: int, error: float) -> None:
        state, account = today.state, today.account
        done = np.zeros(len(account.due), np.int64)
        first = today.floor_first
        repaired = take_for_last_resort(state["wrong"], today.day, youngest, repairs, done, first)
        take_for_last_resort(state["missing"], today.day, youngest, capacity - repaired, done, first)
        account.delivered_by_staff += done
        key = today.keys[Stream.STAFF_QUALITY]
        _hand_in(done, error, today.day, key, state["wrong"], state["right"], account.arisen)

    def settle(self, today: ServiceDay) -> None:
        """Every item in demand is due today; those present are subject to the norm of error."""
        state, account = today.state, today.account
        total_by_zone(state["wrong"], account.errors)
        account.closed += account.errors + state["right"]
        account.due += self.waiting(state) + state["right"]
        account.in_time += state["right"]

    def waiting(self, state: dict[str, NDArray[Any]]) -> NDArray[np.int64]:
        missing = np.zeros(len(state["right"]), np.int64)
        wrong = np.zeros_like(missing)
        total_by_zone(state["missing"], missing)
        total_by_zone(state["wrong"], wrong)
        return missing + wrong

    def used_in_time(self, today: ServiceDay, past_day: int) -> NDArray[np.float64]:
        slot = past_day % len(today.state["received"])
        received = today.state["received"][slot]
        return np.asarray(today.state["useful"][slot] / np.maximum(1, received), np.float64)
