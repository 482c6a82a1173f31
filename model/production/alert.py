"""An incident alerts the people around it; the first on the scene is one of them, or the ambulance.

Incidents are due at once: somebody able to act must be there within the target. The dispatcher alerts the platform for
a share of them; then each of its people within the radius is prompted, wherever they live. Who answers sets out for one
of the incidents in reach; some never get there, some are not trained, and from some number on they are too many. The
ambulance drives to every incident, with a clock of its own: the fewer crews stand by, and the thinner the population,
the longer it takes. Nothing is left for the next day.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..arithmetic import exponential, logarithm, normal_quantile
from ..columns import Column
from ..compilation import kernel
from ..parameters import Value
from ..quality import aggregated_accuracy
from ..random_numbers import Stream, uniform
from ..territory import Territory
from .alert_reach import Reach, densities, prepare_reach
from .contract import Contributions, ProductionKind, ServiceDay

__all__ = ["Alert"]

_COLUMNS = (
    Column("incidents", "int64", "zone", "incidents", 0, 2**62, "incidents of the day"),
    Column("answered", "int32", "day x zone", "people", 0, 2**31 - 1, "people of the zone who set out on the day"),
    Column("useful", "int32", "day x zone", "people", 0, 2**31 - 1, "of those, needed and there before the ambulance"),
)
# Minutes that stand for never.
NEVER = 1.0e9
# Inhabitants per km2 at which the ambulance takes its median time.
_REFERENCE_DENSITY = 1000.0


@dataclass(frozen=True)
class _Tables:
    """What does not change: who is in reach of whom, and the ambulance's median minutes on the road by zone."""

    reach: Reach
    road: NDArray[np.float64]


@kernel
def _send_alerts(arisen, share, day, key, first, activated, calls):
    """Draw for which incidents the platform is alerted.

    Shapes: ``first`` int64[Z + 1], number of each zone's first incident, and ``activated`` uint8[incidents] are filled;
    ``calls`` int64[Z] is added to.
    """
    n = 0
    for z in range(arisen.shape[0]):
        first[z] = n
        for k in range(arisen[z]):
            activated[n] = uniform(key, z, day, k) < share
            calls[z] += activated[n]
            n += 1
    first[arisen.shape[0]] = n


@kernel
def _reach_people(calls, start, home, hazard, factor):
    """Fill ``factor`` float64[Z] with the hazard of being alerted, by zone of residence."""
    for z in range(factor.shape[0]):
        factor[z] = 0.0
    for z in range(calls.shape[0]):
        if calls[z] > 0:
            for p in range(start[z], start[z + 1]):
                factor[home[p]] += calls[z] * hazard[p]


@kernel
def _set_out(
    zone_of, tasks, shift, wrong, calls, first, activated, home_start, pair, incident_zone, hazard, kilometres,
    arrival_share, trained_share, dispatch, mobilisation, minutes_per_km, adversary_accuracy, nodes, day, keys,
    incident, minute, mistaken,
):  # fmt: skip
    """Send each who answers to an incident in reach.

    Shapes, one entry per contribution: ``incident`` int64, number of the incident, -1 for none; ``minute`` float64,
    when somebody trained is there, NEVER otherwise; ``mistaken`` uint8, acts wrongly. ``zone_of`` is ascending.
    """
    before = -1
    k = 0
    accuracy = total = 0.0
    for c in range(zone_of.shape[0]):
        h = zone_of[c]
        if h != before:
            before = h
            k = 0
            accuracy = aggregated_accuracy(
                nodes, 0, nodes.shape[0], 1, shift[h] / tasks[h], wrong[h] / tasks[h], adversary_accuracy, 0.0
            )
            total = 0.0
            for e in range(home_start[h], home_start[h + 1]):
                total += calls[incident_zone[pair[e]]] * hazard[pair[e]]
        incident[c] = -1
        minute[c] = NEVER
        mistaken[c] = uniform(keys[Stream.QUALITY], h, day, k) >= accuracy
        if total > 0.0:
            place = uniform(keys[Stream.ASSIGNMENT], h, day, k) * total
            chosen = -1
            for e in range(home_start[h], home_start[h + 1]):
                p = pair[e]
                weight = calls[incident_zone[p]] * hazard[p]
                if weight > 0.0:
                    chosen = p
                    if place < weight:
                        break
                    place -= weight
            z = incident_zone[chosen]
            nth = min(calls[z] - 1, np.int64(place / hazard[chosen]))
            n = first[z]
            while activated[n] == 0 or nth > 0:
                nth -= activated[n]
                n += 1
            incident[c] = n
            arrives = uniform(keys[Stream.ARRIVAL], h, day, 3 * k) < arrival_share
            trained = uniform(keys[Stream.ARRIVAL], h, day, 3 * k + 1) < trained_share
            if arrives and trained:
                distance = kilometres[chosen] * math.sqrt(uniform(keys[Stream.ARRIVAL], h, day, 3 * k + 2))
                minute[c] = dispatch + mobilisation + distance * minutes_per_km
        k += 1


@kernel
def _gather(
    order, zone_of, tasks_of, incident, minute, mistaken, most_useful, earliest, earliest_mistaken, needed, answered,
    wasted, observed, observed_wrong,
):  # fmt: skip
    """See who is needed at each incident: the first few trained people.

    Shapes: ``order`` contributions by incident, then minute; ``earliest`` float64 and ``earliest_mistaken`` uint8, one
    entry per incident; ``needed`` uint8, one per contribution. ``answered`` int32[Z], ``wasted``,
    ``observed`` and ``observed_wrong`` int64[Z] are added to by zone of residence.
    """
    at = -1
    there = 0
    for o in range(order.shape[0]):
        c = order[o]
        n = incident[c]
        if n != at:
            at = n
            there = 0
        h = zone_of[c]
        answered[h] += 1
        wasted[h] += tasks_of[c] - 1
        if minute[c] >= NEVER:
            wasted[h] += 1
            continue
        if there == 0:
            earliest[n] = minute[c]
            earliest_mistaken[n] = mistaken[c]
        there += 1
        if there > most_useful:
            wasted[h] += 1
            continue
        needed[c] = 1
        observed[h] += 1
        observed_wrong[h] += mistaken[c]


@kernel
def _drive(first, road, dispatch, squeeze, spread, capacity, day, key, clock):
    """Fill ``clock`` float64[incidents] with the minute at which the ambulance is there, NEVER where none is free.

    The first incident of every zone comes before the second of any, so that more capacity serves more of the same.
    """
    for n in range(clock.shape[0]):
        clock[n] = NEVER
    left = capacity
    k = 0
    found = True
    while found and left > 0:
        found = False
        for z in range(road.shape[0]):
            n = first[z] + k
            if n < first[z + 1] and left > 0:
                found = True
                left -= 1
                luck = exponential(spread * normal_quantile(uniform(key, z, day, k)))
                clock[n] = dispatch + road[z] * squeeze * luck
        k += 1


@kernel
def _close(
    first, clock, earliest, earliest_mistaken, target, error, day, key, by_citizens, by_staff, lapsed, closed, errors,
    in_time,
):  # fmt: skip
    """Count who was first at each incident, and whether in time; the last six int64[Z] are added to."""
    for z in range(first.shape[0] - 1):
        for n in range(first[z], first[z + 1]):
            if earliest[n] < clock[n]:
                by_citizens[z] += 1
                errors[z] += earliest_mistaken[n]
            elif clock[n] < NEVER:
                by_staff[z] += 1
                errors[z] += uniform(key, z, day, n - first[z]) < error
            else:
                lapsed[z] += 1
                continue
            closed[z] += 1
            in_time[z] += min(earliest[n], clock[n]) <= target


@kernel
def _count_useful(zone_of, incident, minute, needed, clock, useful):
    """Add to ``useful`` int32[Z] those who were needed and came before the ambulance, by zone of residence."""
    for c in range(zone_of.shape[0]):
        if needed[c] and minute[c] < clock[incident[c]]:
            useful[zone_of[c]] += 1


class Alert(ProductionKind):
    """Alerts to people nearby against the ambulance's clock; see the module."""

    name = "alert"
    stands_by = True
    columns = _COLUMNS

    def prepare(self, parameters: Any, own: Mapping[str, Value], territory: Territory, start: date, days: int) -> Any:
        gradient = float(own["ambulance_density_exponent"])
        scale = [exponential(-gradient * logarithm(d / _REFERENCE_DENSITY)) for d in densities(territory).tolist()]
        return _Tables(prepare_reach(own, territory), float(own["ambulance_minutes"]) * np.array(scale))

    def arrive(self, today: ServiceDay, arisen: NDArray[np.int64]) -> None:
        state, handed, reach = today.state, today.handed, today.tables.reach
        today.account.arisen += arisen
        state["incidents"][:] = arisen
        ring = today.day % len(state["answered"])
        state["answered"][ring] = 0
        state["useful"][ring] = 0
        incidents = int(arisen.sum())
        handed["first"] = np.empty(len(arisen) + 1, np.int64)
        handed["activated"] = np.empty(incidents, np.uint8)
        handed["calls"] = np.zeros(len(arisen), np.int64)
        handed["earliest"] = np.full(incidents, NEVER)
        handed["earliest_mistaken"] = np.zeros(incidents, np.uint8)
        handed["in_time"] = np.zeros(len(arisen), np.int64)
        _send_alerts(
            arisen, float(today.own["activation_share"]), today.day, today.keys[Stream.INCIDENT], handed["first"],
            handed["activated"], handed["calls"],
        )  # fmt: skip
        _reach_people(handed["calls"], reach.start, reach.home, reach.hazard, today.prompt_factor)

    def produce(self, today: ServiceDay, given: Contributions) -> None:
        handed, own, account, reach = today.handed, today.own, today.account, today.tables.reach
        people = len(given.zone_of)
        incident, minute = np.empty(people, np.int64), np.empty(people)
        mistaken, needed = np.empty(people, np.uint8), np.zeros(people, np.uint8)
        _set_out(
            given.zone_of, given.tasks, given.shift, given.wrong, handed["calls"], handed["first"],
            handed["activated"], reach.home_start, reach.pair, reach.incident, reach.hazard, reach.kilometres,
            float(own["arrival_share"]), float(own["trained_share"]), float(own["dispatch_minutes"]),
            float(own["mobilisation_minutes"]), 60.0 / float(own["responder_speed"]),
            float(today.shared["adversary_accuracy"]), today.nodes, today.day, today.keys, incident, minute, mistaken,
        )  # fmt: skip
        answered = today.state["answered"][today.day % len(today.state["answered"])]
        order = np.lexsort((np.arange(people), minute, incident))
        _gather(
            order, given.zone_of, given.tasks_of, incident, minute, mistaken, int(own["useful_arrivals"]),
            handed["earliest"], handed["earliest_mistaken"], needed, answered, account.tasks_wasted,
            account.observed, account.observed_wrong,
        )  # fmt: skip
        handed["people"] = (given.zone_of, incident, minute, needed)

    def backstop(self, today: ServiceDay, capacity: int, youngest: int) -> None:
        clock = self._drive(today, capacity, float(today.parameters["backstop_error"]))
        ring = today.day % len(today.state["useful"])
        _count_useful(*today.handed["people"], clock, today.state["useful"][ring])

    def staff_only(self, today: ServiceDay, capacity: int, detection: float, lag: int, error: float) -> None:
        # Somebody calls at once whether or not there is a platform: neither detection nor a lag in days applies.
        self._drive(today, capacity, error)

    def _drive(self, today: ServiceDay, capacity: int, error: float) -> NDArray[np.float64]:
        """Send the ambulances, count who was first, and return the ambulance's clock by incident."""
        handed, own, account = today.handed, today.own, today.account
        clock = np.empty(len(handed["activated"]))
        usual = float(own["ambulance_reference"]) * today.population / 100_000.0
        squeeze = math.sqrt(usual / capacity) if capacity > 0 else NEVER
        _drive(
            handed["first"], today.tables.road, float(own["dispatch_minutes"]), squeeze,
            float(own["ambulance_log_sd"]), capacity, today.day, today.keys[Stream.CLOCK], clock,
        )  # fmt: skip
        _close(
            handed["first"], clock, handed["earliest"], handed["earliest_mistaken"], float(own["target_minutes"]),
            error, today.day, today.keys[Stream.STAFF_QUALITY], account.delivered_by_citizens,
            account.delivered_by_staff, account.lapsed, account.closed, account.errors, handed["in_time"],
        )  # fmt: skip
        return clock

    def settle(self, today: ServiceDay) -> None:
        today.account.due += today.state["incidents"]
        today.account.in_time += today.handed["in_time"]

    def waiting(self, state: dict[str, NDArray[Any]]) -> NDArray[np.int64]:
        return np.zeros(len(state["incidents"]), np.int64)

    def pull(self, today: ServiceDay) -> NDArray[np.float64]:
        return np.zeros(len(today.account.due))

    def costs(self, today: ServiceDay) -> Mapping[str, float]:
        beyond = max(0.0, float(today.own["trained_share"]) - float(today.own["trained_already"]))
        return {"cost_platform": beyond * today.aware * float(today.own["training_cost"]) / 365.0}

    def used_in_time(self, today: ServiceDay, past_day: int) -> NDArray[np.float64]:
        ring = past_day % len(today.state["answered"])
        answered = today.state["answered"][ring]
        return np.asarray(today.state["useful"][ring] / np.maximum(1, answered), np.float64)
