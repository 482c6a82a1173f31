"""Offers and needs of one day are paired, place by place (idle capacity lent: seats of a car, hours of a time bank).

Two sides must meet. Of the needs of a day only a share is expressed, the more the more often people who asked were
served of late; needs that nobody expresses are due all the same. A contribution is one offer of as many places as it
has tasks. The matching tool sees a share of both sides. One after the other, each need that it sees finds a fit among
the offers with places left in its zone with chance ``1 - (1 - c)^offers``, then, where the tool searches there, among
those of the zones nearby. Pairs of which nobody hears again, because the offer was not kept, are errors. What is not
paired on the day is lost: the place stays empty, the need lapses.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..arithmetic import exponential, logarithm
from ..columns import Column
from ..compilation import helper, kernel
from ..quality import aggregated_accuracy
from ..random_numbers import Stream, binomial, uniform
from .cohorts import take_for_last_resort, take_oldest
from .contract import MOST_PROMPTING, Contributions, ProductionKind, ServiceDay

__all__ = ["Match"]

_COLUMNS = (
    Column("cohort", "int32", "zone", "needs", 0, 2**31 - 1, "needs that arose today"),
    Column("unserved", "int64", "zone", "needs", 0, 2**62, "needs of today not yet served; 0 at the end of the day"),
    Column("asked", "int32", "zone", "needs", 0, 2**31 - 1, "needs of today that were expressed"),
    Column("seen", "int32", "zone", "needs", 0, 2**31 - 1, "of those, needs that the matching tool saw"),
    Column("still_asking", "int32", "zone", "needs", 0, 2**31 - 1, "needs expressed today and not yet served"),
    Column("offers_seen", "int64", "zone", "offers", 0, 2**62, "offers of today that the matching tool saw"),
    Column("success", "float64", "zone", "1", 0, 1, "recent share of the needs expressed that were served"),
    Column("received", "int32", "day x zone", "offers", 0, 2**31 - 1, "offers made on the day"),
    Column("used", "int32", "day x zone", "offers", 0, 2**31 - 1, "offers of the day that served somebody"),
)
# Steps of the search that have draws of their own: the own zone, then the zones nearby.
_STEPS = 16
_DRAWS = 65_536


@helper
def _draw(key, z, zones, step, day, k):
    """Return the number drawn for the ``k``-th need or offer of a zone; beyond 65,536 a new counter begins."""
    return uniform(key, z + zones * (step + _STEPS * (k // _DRAWS)), day, k % _DRAWS)


@kernel
def _express(arisen, success, least, visibility, keys, day, asked, seen):
    """Draw which needs are expressed, and which of those the tool sees; fill ``asked`` and ``seen`` int32[Z]."""
    zones = arisen.shape[0]
    for z in range(zones):
        share = least + (1.0 - least) * success[z]
        asked[z] = 0
        seen[z] = 0
        for k in range(arisen[z]):
            if _draw(keys[Stream.ASKING], z, zones, 0, day, k) < share:
                asked[z] += 1
                if _draw(keys[Stream.SEEING], z, zones, 0, day, k) < visibility:
                    seen[z] += 1


@kernel
def _list_offers(zone_of, visibility, key, day, start, count, listed):
    """List the offers that the tool sees, zone by zone.

    Shapes: ``start`` int64[Z], first place of each zone in ``listed``; ``count`` int64[Z] is filled with how many are
    seen; ``listed`` int64[offers] with their numbers, in the order in which they were made.
    """
    zones = start.shape[0]
    made = np.zeros(zones, np.int64)
    for offer in range(zone_of.shape[0]):
        z = zone_of[offer]
        if _draw(key, z, zones, 1, day, made[z]) < visibility:
            listed[start[z] + count[z]] = offer
            count[z] += 1
        made[z] += 1


@kernel
def _accuracy_by_zone(tasks, shift, wrong, nodes, adversary_accuracy, accuracy):
    """Fill ``accuracy`` float64[Z] with the chance that a place offered in a zone is kept."""
    for z in range(tasks.shape[0]):
        if tasks[z] > 0:
            accuracy[z] = aggregated_accuracy(
                nodes, 0, nodes.shape[0], 1, shift[z] / tasks[z], wrong[z] / tasks[z], adversary_accuracy, 0.0
            )


@helper
def _find(start, count, listed, places, at, log_unfit, draw):
    """Return the offer of zone ``at`` that a need takes, or -1; the offer has one place less, or is full."""
    if count[at] == 0:
        return -1
    chance = 1.0 - exponential(count[at] * log_unfit)
    if draw >= chance:
        return -1
    pick = min(count[at] - 1, np.int64(math.floor(draw / chance * count[at])))
    slot = start[at] + pick
    offer = listed[slot]
    places[offer] -= 1
    if places[offer] == 0:
        count[at] -= 1
        listed[slot] = listed[start[at] + count[at]]
    return offer


@kernel
def _pair(
    seen, near, reach, log_unfit, log_unfit_nearby, start, count, listed, places, zone_of, accuracy, checking, keys,
    day, served, wrong, paired, failed, lost, useful,
):  # fmt: skip
    """Pair what the tool sees: every zone with its own offers first, then with those of the zones nearby.

    Zones take turns at being the first to look elsewhere. Shapes: ``seen`` int32[Z]; ``near`` int32[Z, M];
    ``places`` int64[offers] is lowered; int64[Z] added to by the need's zone: ``served`` pairs that hold as far as
    anybody knows, ``wrong`` those of them that fail, ``paired`` all pairs, ``failed`` those that fail before checks;
    by the offer's zone: ``lost`` places that nobody got; ``useful`` uint8[offers], set where an offer served somebody.
    """
    zones = seen.shape[0]
    looking = np.zeros(zones, np.int64)
    for search in range(2):
        if search == 1 and reach == 0:
            break
        for turn in range(zones):
            z = (turn + day) % zones
            wanted = np.int64(seen[z]) if search == 0 else looking[z]
            for k in range(wanted):
                offer = -1
                step = 0
                if search == 0:
                    draw = _draw(keys[Stream.PAIRING], z, zones, 0, day, k)
                    offer = _find(start, count, listed, places, z, log_unfit, draw)
                else:
                    while offer < 0 and step < reach:
                        step += 1
                        at = near[z, step]
                        if at != z:
                            draw = _draw(keys[Stream.PAIRING], z, zones, step, day, k)
                            offer = _find(start, count, listed, places, at, log_unfit_nearby, draw)
                if offer < 0:
                    looking[z] += 1 - search
                    continue
                paired[z] += 1
                if _draw(keys[Stream.FAILURE], z, zones, step, day, k) < accuracy[zone_of[offer]]:
                    served[z] += 1
                    useful[offer] = 1
                    continue
                failed[z] += 1
                lost[zone_of[offer]] += 1
                if _draw(keys[Stream.CHECKING], z, zones, step, day, k) >= checking:
                    served[z] += 1
                    wrong[z] += 1


@kernel
def _known_to_staff(unserved, detection, day, key, known):
    """Draw which needs reach the administration when it works alone; fill ``known`` int32[1, Z]."""
    for z in range(unserved.shape[0]):
        known[0, z] = binomial(unserved[z], detection, key, z, day)


@kernel
def _staff_errors(done, error, day, key, errors):
    """Draw how many units that staff did are wrong; ``errors`` int64[Z] is added to."""
    for z in range(done.shape[0]):
        if done[z] > 0:
            errors[z] += binomial(done[z], error, key, z, day)


def _log_unfit(compatibility: float) -> float:
    """Return the logarithm of the chance that one offer does not fit one need."""
    return float(logarithm(max(1e-300, 1.0 - compatibility)))


class Match(ProductionKind):
    """Offers and needs paired on the day; see the module."""

    name = "match"
    columns = _COLUMNS

    def begin(self, today: ServiceDay) -> None:
        today.state["success"][:] = float(today.own["asking_start"])

    def arrive(self, today: ServiceDay, arisen: NDArray[np.int64]) -> None:
        state, own = today.state, today.own
        today.account.arisen += arisen
        state["cohort"][:] = arisen
        state["unserved"][:] = arisen
        _express(
            arisen, state["success"], float(own["asking_least"]), float(own["matching_visibility"]), today.keys,
            today.day, state["asked"], state["seen"],
        )  # fmt: skip
        state["still_asking"][:] = state["asked"]
        state["offers_seen"][:] = 0
        slot = today.day % len(state["received"])
        state["received"][slot] = 0
        state["used"][slot] = 0

    def produce(self, today: ServiceDay, given: Contributions) -> None:
        if len(given.zone_of) == 0:
            return
        state, account, own = today.state, today.account, today.own
        zones, near = today.territory.zones, today.territory.near
        made = np.bincount(given.zone_of, minlength=zones).astype(np.int64)
        start = np.cumsum(made) - made
        listed = np.empty(len(given.zone_of), np.int64)
        _list_offers(
            given.zone_of, float(own["matching_visibility"]), today.keys[Stream.SEEING], today.day, start,
            state["offers_seen"], listed,
        )  # fmt: skip
        accuracy = np.zeros(zones)
        adversary_accuracy = float(today.shared["adversary_accuracy"])
        _accuracy_by_zone(given.tasks, given.shift, given.wrong, today.nodes, adversary_accuracy, accuracy)
        compatibility = float(own["compatibility"])
        served, wrong, paired, failed, lost = (np.zeros(zones, np.int64) for _ in range(5))
        places = given.tasks_of.astype(np.int64)
        useful = np.zeros(len(places), np.uint8)
        before = places.copy()
        _pair(
            state["seen"], near, min(int(own["matching_reach"]), near.shape[1] - 1), _log_unfit(compatibility),
            _log_unfit(compatibility * float(own["neighbour_compatibility"])), start, state["offers_seen"].copy(),
            listed, places, given.zone_of, accuracy, today.checking, today.keys, today.day, served, wrong, paired,
            failed, lost, useful,
        )  # fmt: skip
        state["still_asking"] -= served.astype(np.int32)
        state["unserved"] -= served
        account.delivered_by_citizens += served
        account.closed += served
        account.errors += wrong
        account.observed += paired
        account.observed_wrong += failed
        taken = np.zeros(zones, np.int64)
        np.add.at(taken, given.zone_of, before - places)
        account.tasks_wasted += given.tasks - taken + lost
        slot = today.day % len(state["received"])
        state["received"][slot] = made
        state["used"][slot] = np.bincount(given.zone_of[useful > 0], minlength=zones)

    def backstop(self, today: ServiceDay, capacity: int, youngest: int) -> None:
        state, account = today.state, today.account
        if youngest > 0:
            return
        taken = np.zeros(len(account.due), np.int64)
        take_for_last_resort(state["still_asking"].reshape(1, -1), 0, 0, capacity, taken, today.floor_first)
        self._serve(today, taken, float(today.parameters["backstop_error"]))

    def staff_only(self, today: ServiceDay, capacity: int, detection: float, lag: int, error: float) -> None:
        if lag > 0:
            return
        known = np.zeros((1, len(today.account.due)), np.int32)
        _known_to_staff(today.state["unserved"], detection, today.day, today.keys[Stream.STAFF_DETECTION], known)
        taken = np.zeros(len(today.account.due), np.int64)
        take_oldest(known, 0, 0, capacity, taken)
        self._serve(today, taken, error)
        np.minimum(today.state["still_asking"], today.state["unserved"], out=today.state["still_asking"])

    def _serve(self, today: ServiceDay, taken: NDArray[np.int64], error: float) -> None:
        """Book needs that staff serve, and the errors among them."""
        today.state["unserved"] -= taken
        today.account.delivered_by_staff += taken
        today.account.closed += taken
        _staff_errors(taken, error, today.day, today.keys[Stream.STAFF_QUALITY], today.account.errors)

    def settle(self, today: ServiceDay) -> None:
        state, account = today.state, today.account
        account.due += state["cohort"]
        account.in_time += state["cohort"] - state["unserved"]
        account.lapsed += state["unserved"]
        state["unserved"][:] = 0
        keep = float(2.0 ** (-1.0 / float(today.own["asking_half_life"])))
        asked = state["asked"]
        served = 1.0 - state["still_asking"] / np.maximum(1, asked)
        state["success"][:] = np.where(asked > 0, keep * state["success"] + (1.0 - keep) * served, state["success"])

    def waiting(self, state: dict[str, NDArray[Any]]) -> NDArray[np.int64]:
        return state["unserved"].copy()

    def pull(self, today: ServiceDay) -> NDArray[np.float64]:
        """Return 1 where idle capacity arises by itself; else needs seen today over the needs of an ordinary day."""
        if not today.parameters["need_prompted"]:
            return np.ones(len(today.mean_needs))
        return np.asarray(np.minimum(MOST_PROMPTING, today.state["seen"] / np.maximum(1e-9, today.mean_needs)))

    def costs(self, today: ServiceDay) -> Mapping[str, float]:
        """The tool costs something for each offer and each need that it sees."""
        seen = int(today.state["seen"].sum()) + int(today.state["offers_seen"].sum())
        return {"cost_platform": seen * float(today.own["matching_unit_cost"])}

    def used_in_time(self, today: ServiceDay, past_day: int) -> NDArray[np.float64]:
        slot = past_day % len(today.state["received"])
        return np.asarray(today.state["used"][slot] / np.maximum(1, today.state["received"][slot]), np.float64)
