"""What is known of a place, kept up to date by people who look: cartography, inventories, surveillance.

Each zone has a number of units to be known (places, paths, hydrants). A unit is shown as up to date, rightly or
wrongly, or it is out of date: never mapped, or overtaken by a change. Observations meet units at random, unless the
platform shows people where to look. One that meets something out of date brings it up to date; one that meets what is
shown verifies it, and where it contradicts, the map changes at once or after a second look by somebody else. All who
look at a unit share its difficulty: what one person took wrongly, the next one is likelier to take wrongly too.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..arithmetic import logistic
from ..columns import Column
from ..compilation import helper, kernel
from ..parameters import Value
from ..random_numbers import Stream, binomial, uniform
from ..territory import Territory
from .contract import MOST_PROMPTING, Contributions, ProductionKind, ServiceDay

__all__ = ["Coverage"]

_MANY = 2**62
_COLUMNS = (
    Column("right", "int64", "zone", "units", 0, _MANY, "units shown as up to date that are right"),
    Column("wrong", "int64", "zone", "units", 0, _MANY, "units shown as up to date that are wrong"),
    Column("outdated", "int64", "zone", "units", 0, _MANY, "units never mapped or overtaken by a change"),
    Column("owed_looks", "int64", "zone", "observations", 0, _MANY, "second looks that coming observations give"),
    Column("received", "int64", "day x zone", "observations", 0, _MANY, "observations of the day"),
    Column("useful", "int64", "day x zone", "observations", 0, _MANY, "of those, the ones that were of use"),
)


@helper
def _accuracies(nodes, shift, wrong_share, adversary_accuracy):
    """Return E[a], E[a^2] and E[a^3] over difficulties, ``a`` the chance that one observation of a unit is right."""
    first = 0.0
    second = 0.0
    third = 0.0
    for k in range(nodes.shape[0]):
        accuracy = (1.0 - wrong_share) * logistic(nodes[k] + shift) + wrong_share * adversary_accuracy
        first += accuracy
        second += accuracy * accuracy
        third += accuracy * accuracy * accuracy
    return first / nodes.shape[0], second / nodes.shape[0], third / nodes.shape[0]


@helper
def _ratio(part, whole, otherwise):
    """Return a conditional chance, kept in 0-1; ``otherwise`` where the condition hardly ever holds."""
    if whole <= 1e-12:
        return otherwise
    return min(1.0, max(0.0, part / whole))


@kernel
def _change(changes, right, wrong, outdated, day, key, overtaken):
    """Let ``changes`` int64[Z] of the world hit units at random; ``overtaken`` int64[Z]: what was up to date till now.

    A change of what is out of date already makes no new need.
    """
    for z in range(changes.shape[0]):
        units = right[z] + wrong[z] + outdated[z]
        for k in range(changes[z]):
            place = uniform(key, z, day, k) * units
            if place >= right[z] + wrong[z]:
                continue
            if place < right[z]:
                right[z] -= 1
            else:
                wrong[z] -= 1
            outdated[z] += 1
            overtaken[z] += 1


@kernel
def _observe(
    tasks, shift, hostile, routing, second_look, checking, adversary_accuracy, nodes, right, wrong, outdated, owed,
    useful, day, keys, updated, wasted, observed, observed_wrong,
):  # fmt: skip
    """Let today's observations meet units, one after the other.

    Shapes: ``tasks`` int64[Z], ``shift`` float64[Z] and ``hostile`` int64[Z] of contract.Contributions; ``useful``
    int64[Z] of today; ``updated``, ``wasted``, ``observed`` and ``observed_wrong`` int64[Z] are added to.
    """
    for z in range(tasks.shape[0]):
        number = tasks[z]
        if number == 0:
            continue
        a, a2, a3 = _accuracies(nodes, shift[z] / number, hostile[z] / number, adversary_accuracy)
        # What is shown right was easier than the average unit, what is shown wrong harder.
        contradicts_right = _ratio(a - a2, a, 1.0 - a)
        contradicts_wrong = _ratio(a - a2, 1.0 - a, a)
        wrong_again = _ratio(a - 2.0 * a2 + a3, a - a2, 1.0 - a)
        right_again = _ratio(a2 - a3, a - a2, a)
        units = right[z] + wrong[z] + outdated[z]
        for k in range(number):
            if owed[z] > 0:
                owed[z] -= 1
                useful[z] += 1
                continue
            place = uniform(keys[Stream.REPORT_TARGET], z, day, k) * units
            if outdated[z] > 0 and uniform(keys[Stream.ASSIGNMENT], z, day, k) < routing:
                place = 1.0 * units
            quality = uniform(keys[Stream.QUALITY], z, day, k)
            observed[z] += 1
            if place >= right[z] + wrong[z]:
                mistaken = quality >= a
                observed_wrong[z] += mistaken
                if mistaken and uniform(keys[Stream.CHECKING], z, day, k) < checking:
                    wasted[z] += 1
                    continue
                outdated[z] -= 1
                updated[z] += 1
                useful[z] += 1
                if mistaken:
                    wrong[z] += 1
                else:
                    right[z] += 1
                continue
            shown_right = place < right[z]
            contradicts = quality < (contradicts_right if shown_right else contradicts_wrong)
            mistaken = contradicts == shown_right
            observed_wrong[z] += mistaken
            if not contradicts or (mistaken and uniform(keys[Stream.CHECKING], z, day, k) < checking):
                wasted[z] += 1
                continue
            confirmed = True
            if uniform(keys[Stream.PAIRING], z, day, k) < second_look:
                owed[z] += 1
                again = wrong_again if shown_right else right_again
                confirmed = uniform(keys[Stream.CORRECTION], z, day, k) < again
            if shown_right:
                wasted[z] += 1
                if confirmed:
                    right[z] -= 1
                    wrong[z] += 1
            elif confirmed:
                useful[z] += 1
                wrong[z] -= 1
                right[z] += 1
            else:
                wasted[z] += 1


@helper
def _above(held, floor, units, level):
    """Return how many of a zone's units out of date, beyond ``floor``, stand above a ``level`` of their share."""
    highest_left = np.int64(math.floor(level * units))
    while highest_left / units > level:
        highest_left -= 1
    while (highest_left + 1) / units <= level:
        highest_left += 1
    return max(0, held - max(floor, highest_left))


@kernel
def _plan_visits(outdated, units, floor, chosen, capacity, planned):
    """Send up to ``capacity`` visits, each to the chosen zone whose share out of date is highest by then.

    Zones are lowered to ``floor`` int64[Z] units out of date at most; ``chosen`` bool[Z]; equal shares: the first zone.
    ``planned`` int64[Z] visits are counted as done and added to. Returns how many were planned.
    """
    low = 0.0
    high = 1.0
    for _ in range(40):
        level = 0.5 * (low + high)
        needed = 0
        for z in range(units.shape[0]):
            if chosen[z]:
                needed += _above(outdated[z] - planned[z], floor[z], units[z], level)
        if needed <= capacity:
            high = level
        else:
            low = level
    left = capacity
    for z in range(units.shape[0]):
        if chosen[z]:
            visits = _above(outdated[z] - planned[z], floor[z], units[z], high)
            planned[z] += visits
            left -= visits
    # What is left goes to zones that stand at one and the same share.
    while left > 0:
        worst = -1
        share = 0.0
        for z in range(units.shape[0]):
            held = outdated[z] - planned[z]
            if chosen[z] and held > floor[z] and held / units[z] > share:
                worst = z
                share = held / units[z]
        if worst < 0:
            break
        planned[worst] += 1
        left -= 1
    return capacity - left


@kernel
def _survey(planned, detection, error, right, wrong, outdated, day, keys, updated):
    """Let staff survey: a visit meets what is out of date with chance ``detection``, else any unit of the zone.

    What staff see replaces what was shown. ``planned`` int64[Z]; ``updated`` int64[Z] is added to.
    """
    for z in range(planned.shape[0]):
        units = right[z] + wrong[z] + outdated[z]
        for k in range(planned[z]):
            place = uniform(keys[Stream.REPORT_TARGET], z, day, k) * units
            if outdated[z] > 0 and uniform(keys[Stream.STAFF_DETECTION], z, day, k) < detection:
                place = 1.0 * units
            if place >= right[z] + wrong[z]:
                outdated[z] -= 1
                updated[z] += 1
            elif place < right[z]:
                right[z] -= 1
            else:
                wrong[z] -= 1
            if uniform(keys[Stream.STAFF_QUALITY], z, day, k) < error:
                wrong[z] += 1
            else:
                right[z] += 1


@kernel
def _enter_survey(done, error, right, wrong, outdated, day, key):
    """Enter what the last resort brought up to date, ``done`` int64[Z] units, some of them wrongly."""
    for z in range(done.shape[0]):
        if done[z] > 0:
            mistaken = binomial(done[z], error, key, z, day)
            outdated[z] -= done[z]
            wrong[z] += mistaken
            right[z] += done[z] - mistaken


def _shared_out(share: float, held: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a share of what each zone holds, in whole numbers whose running sums are rounded sums."""
    sums = np.floor(share * np.cumsum(held) + 0.5).astype(np.int64)
    return np.diff(sums, prepend=0)


class Coverage(ProductionKind):
    """Units that are kept up to date; see the module."""

    name = "coverage"
    columns = _COLUMNS

    def prepare(
        self, parameters: Any, own: Mapping[str, Value], territory: Territory, start: date, days: int
    ) -> NDArray[np.int64]:
        """Return the units of each zone, one at least; int64[Z]."""
        units = np.floor(float(own["units_to_know"]) / 1000.0 * territory.population + 0.5)
        return np.maximum(1, units.astype(np.int64))

    def begin(self, today: ServiceDay) -> None:
        """Fill the map as it is on the first day, alike everywhere but for rounding."""
        state, own = today.state, today.own
        shown = _shared_out(float(own["initial_coverage"]), today.tables)
        state["wrong"][:] = _shared_out(float(own["initial_map_error"]), shown)
        state["right"][:] = shown - state["wrong"]
        state["outdated"][:] = today.tables - shown

    def arrive(self, today: ServiceDay, arisen: NDArray[np.int64]) -> None:
        """Let the world change; the first day also counts what had never been mapped."""
        state, account = today.state, today.account
        if today.day == 0:
            account.arisen += state["outdated"]
        _change(
            arisen, state["right"], state["wrong"], state["outdated"], today.day, today.keys[Stream.CHANGE],
            account.arisen,
        )  # fmt: skip
        slot = today.day % len(state["received"])
        state["received"][slot] = 0
        state["useful"][slot] = 0

    def produce(self, today: ServiceDay, given: Contributions) -> None:
        state, account, own = today.state, today.account, today.own
        slot = today.day % len(state["received"])
        state["received"][slot] = given.tasks
        _observe(
            given.tasks, given.shift, given.wrong, float(own["routing"]), float(own["second_look"]), today.checking,
            float(today.shared["adversary_accuracy"]), today.nodes, state["right"], state["wrong"], state["outdated"],
            state["owed_looks"], state["useful"][slot], today.day, today.keys, account.delivered_by_citizens,
            account.tasks_wasted, account.observed, account.observed_wrong,
        )  # fmt: skip

    def backstop(self, today: ServiceDay, capacity: int, youngest: int) -> None:
        """Survey the zones that are under the norm, the most outdated first, until they hold it; age plays no part."""
        state = today.state
        floor = np.floor((1.0 - float(today.parameters["norm_share_in_time"])) * today.tables + 1e-9).astype(np.int64)
        done = self._visits(today, floor, capacity)
        error = float(today.parameters["backstop_error"])
        _enter_survey(
            done, error, state["right"], state["wrong"], state["outdated"], today.day, today.keys[Stream.STAFF_QUALITY]
        )
        today.account.delivered_by_staff += done

    def staff_only(self, today: ServiceDay, capacity: int, detection: float, lag: int, error: float) -> None:
        """Survey the most outdated zones first; ``detection`` is how well staff know where to look in a zone."""
        state = today.state
        planned = self._visits(today, np.zeros_like(today.tables), capacity)
        _survey(
            planned, detection, error, state["right"], state["wrong"], state["outdated"], today.day, today.keys,
            today.account.delivered_by_staff,
        )  # fmt: skip

    def _visits(self, today: ServiceDay, floor: NDArray[np.int64], capacity: int) -> NDArray[np.int64]:
        """Return the visits by zone, zones that come first served before the others."""
        planned = np.zeros_like(today.tables)
        outdated, everywhere = today.state["outdated"], np.ones(len(planned), np.bool_)
        if today.floor_first is not None:
            capacity -= _plan_visits(outdated, today.tables, floor, today.floor_first, capacity, planned)
        _plan_visits(outdated, today.tables, floor, everywhere, capacity, planned)
        return planned

    def settle(self, today: ServiceDay) -> None:
        """Count every unit as due today, and what is shown: in time, rightly or wrongly."""
        state, account = today.state, today.account
        shown = state["right"] + state["wrong"]
        account.due += shown + state["outdated"]
        account.in_time += shown
        account.closed += shown
        account.errors += state["wrong"]

    def waiting(self, state: dict[str, NDArray[Any]]) -> NDArray[np.int64]:
        return np.array(state["outdated"], np.int64)

    def pull(self, today: ServiceDay) -> NDArray[np.float64]:
        """Where the need itself prompts: what is out of date over what the norm allows. Elsewhere as for all kinds."""
        if not today.parameters["need_prompted"]:
            return super().pull(today)
        allowed = (1.0 - float(today.parameters["norm_share_in_time"])) * today.tables
        return np.asarray(np.minimum(MOST_PROMPTING, today.state["outdated"] / np.maximum(1e-9, allowed)))

    def used_in_time(self, today: ServiceDay, past_day: int) -> NDArray[np.float64]:
        slot = past_day % len(today.state["received"])
        received = today.state["received"][slot]
        return np.asarray(today.state["useful"][slot] / np.maximum(1, received), np.float64)
