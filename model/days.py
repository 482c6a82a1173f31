"""What the other phases of the day do than those of people: hand the right columns to the right kernels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .arithmetic import exponential
from .beside import work_beside
from .compilation import kernel
from .currency import spend_credits
from .demand import draw_needs
from .events import add_hostile, strike_people
from .feedback import tell_contributors
from .given import given_today
from .lever_costs import book_contributors
from .motives import CASH, CREDIT
from .neighbours import DEGREE
from .random_numbers import Stream, binomial
from .screening import moderate, review
from .social import list_witnesses, show_activity
from .totals import total, total_of_series

if TYPE_CHECKING:
    from .simulation import Simulation

__all__ = [
    "count_the_day",
    "give_feedback",
    "let_needs_arise",
    "let_people_spend",
    "produce_service",
    "show_neighbours",
]


def let_needs_arise(simulation: Simulation) -> None:
    """Phase 1."""
    strike_people(simulation)
    for j in range(simulation.services):
        factors = simulation.demand_factors(j)
        arisen = np.empty(simulation.zones, np.int64)
        draw_needs(simulation.mean_needs[j], factors, simulation.day, simulation.keys[Stream.DEMAND, j], arisen)
        today = simulation.service_day(j)
        if simulation.day == 0:
            simulation.kinds[j].begin(today)
        simulation.kinds[j].arrive(today, arisen)


@kernel
def _wasted_seconds(seconds, tasks, wasted):
    """Return the seconds spent on wasted tasks, zone by zone in proportion, in whole seconds."""
    total = 0
    for z in range(seconds.shape[0]):
        if tasks[z] > 0:
            total += seconds[z] * wasted[z] // tasks[z]
    return total


def produce_service(simulation: Simulation) -> None:
    """Phase 6."""
    day, records = simulation.day, simulation.records
    by_service = [given_today(simulation, j) for j in range(simulation.services)]
    if simulation.alone is None:
        work_beside(simulation, by_service)
    for j, given in enumerate(by_service):
        _, _, zones, tasks, seconds, *_ = simulation.today.acts[j]
        simulation.contributors_so_far[j] += records.series("newcomers", j)[day]
        records.add("contributions", day, j, len(zones))
        records.add("tasks", day, j, total(given.tasks))
        records.add("seconds", day, j, total(given.seconds))
        records.add("accuracy_shift", day, j, float(given.shift.sum()))
        records.add("wrong_on_purpose", day, j, total(given.wrong))
        records.add_zones("contributions", day, j, given.people)
        records.add_zones("tasks", day, j, given.tasks)
        # What an initiative handed over was not given by this service's own contributors.
        simulation.tasks_so_far[j] += total(tasks)
        if simulation.service_records[j]["once_for_all"] > 0:
            _count_members(simulation, j, given.newcomers)
        seconds_given = given.seconds.copy()
        hostility = simulation.timeline.hostility(j, day)
        if hostility is not None and simulation.kinds[j].judged:
            key = simulation.keys[Stream.HOSTILITY, j]
            handed_over = given.zone_of[len(zones) :], given.tasks_of[len(zones) :]
            hostile = add_hostile(given, simulation.today.acts[j], hostility, day, key)
            given.zone_of = np.concatenate([given.zone_of, handed_over[0]])
            given.tasks_of = np.concatenate([given.tasks_of, handed_over[1]])
            records.add("hostile_tasks", day, j, hostile)
        if simulation.alone is None:
            tasks_given = given.tasks.copy()
            moderate(simulation, j, given)
            simulation.kinds[j].produce(simulation.service_day(j), given)
            review(simulation, j)
            wasted = simulation.accounts[j].tasks_wasted
            records.add("seconds_wasted", day, j, int(_wasted_seconds(seconds_given, tasks_given, wasted)))
            book_contributors(simulation, j, len(zones), total(given.newcomers))
        service = simulation.service_records[j]
        if service["reward_rate"] > 0 and service["reward_medium"] == CASH:
            paid = float(seconds_given.sum()) / 3600.0 * float(service["reward_rate"])
            records.add("cash_paid", day, j, paid)
            records.add("cost_rewards", day, j, paid)
        if service["reward_rate"] > 0 and service["reward_medium"] == CREDIT:
            records.add("credits_issued", day, j, int(((seconds + 30) // 60).sum()))


@kernel
def _keep_members(members, newcomers, leaving, day, key):
    """Let newcomers in and some of the members of each zone go; shapes int64[Z]."""
    for z in range(members.shape[0]):
        members[z] += newcomers[z] - binomial(members[z], leaving, key, z, day)


def _count_members(simulation: Simulation, j: int, newcomers: np.ndarray) -> None:
    """Count who contributed once and for all: they stay members until they move, or what they gave is worn out."""
    leaving = 1.0 - exponential(-float(simulation.service_records[j]["departure_rate"]) / 365.0)
    key = simulation.keys[Stream.PASSIVE, j]
    _keep_members(simulation.zone_state["members"][j], newcomers, leaving, simulation.day, key)


def let_people_spend(simulation: Simulation) -> None:
    """Phase 8: runs where a service pays in credits; all credits are one currency."""
    paying = [
        j
        for j in range(simulation.services)
        if simulation.service_records[j]["reward_medium"] == CREDIT and simulation.service_records[j]["reward_rate"] > 0
    ]
    if not paying or not simulation.feedbacks:
        return
    day = simulation.day
    offers = sum(float(simulation.service_records[j]["credit_offers"]) for j in paying)
    by_zone = offers / 1000.0 * simulation.specification.territory.population
    lifetime = max(int(simulation.service_records[j]["credit_lifetime"]) for j in paying)
    keep = float(2.0 ** (-1.0 / float(simulation.citizen_record[0]["spendability_half_life"])))

    def spend(chunk: int) -> tuple[int, int, int]:
        zones = simulation.chunk_zones(chunk)
        result: tuple[int, int, int] = spend_credits(
            simulation.citizens, simulation.chunk_bounds(chunk), by_zone[zones],
            simulation.zone_state["spendability"][zones], keep, lifetime, simulation.citizen_record, day,
            simulation.keys,
        )  # fmt: skip
        return result

    results = simulation.each_chunk(spend)
    spent, expired = sum(r[1] for r in results), sum(r[2] for r in results)
    # One currency: what is spent and what expires is booked with the first service that pays in it.
    simulation.records.add("credits_spent", day, paying[0], spent)
    simulation.records.add("credits_expired", day, paying[0], expired)
    unit_cost = float(simulation.service_records[paying[0]]["credit_unit_cost"])
    simulation.records.add("cost_rewards", day, paying[0], spent / 60.0 * unit_cost)


def give_feedback(simulation: Simulation) -> None:
    """Phase 9."""
    day = simulation.day
    for j in range(simulation.services):
        citizens, _, zones = simulation.today.acts[j][:3]
        waiting = simulation.awaiting[j]
        waiting.append((citizens, zones))
        past = day - int(simulation.service_records[j]["acknowledgement_delay"])
        if past < 0 or not simulation.feedbacks:
            continue
        contributors, places = waiting.pop(0)
        if len(contributors) == 0:
            continue
        used = simulation.kinds[j].used_in_time(simulation.service_day(j), past)
        annoyed = simulation.checking(j) * float(simulation.service_records[j]["checking_annoyance"])
        bearing = simulation.kinds[j].bearing_on_trust(simulation.own[j])

        def tell(chunk: int, j: int = j, contributors: np.ndarray = contributors, places: np.ndarray = places,
                 used: np.ndarray = used, annoyed: float = annoyed,
                 bearing: tuple[float, float] = bearing) -> tuple[int, int, int]:  # fmt: skip
            bounds = simulation.chunk_bounds(chunk)
            lo, hi = np.searchsorted(contributors, (bounds[0], bounds[-1]))
            result: tuple[int, int, int] = tell_contributors(
                simulation.citizens, simulation.involvement, simulation.threshold, j, contributors[lo:hi],
                places[lo:hi], used, simulation.service_records, simulation.citizen_record, simulation.decay, day,
                simulation.keys, annoyed, *bearing,
            )  # fmt: skip
            return result

        results = simulation.each_chunk(tell, len(contributors))
        acknowledged = sum(r[0] for r in results)
        left = sum(r[2] for r in results)
        simulation.zone_state["aware"][j] -= left
        simulation.records.add("departures", day, j, left)
        simulation.records.add("acknowledged", day, j, acknowledged)
        simulation.records.add("pleased", day, j, sum(r[1] for r in results))
        if simulation.kinds[j].public:
            shown = 1.0 + float(simulation.service_records[j]["impact_shown"])
            cost = acknowledged * float(simulation.service_records[j]["feedback_unit_cost"]) * shown
            simulation.records.add("cost_feedback", day, j, cost)


def show_neighbours(simulation: Simulation) -> None:
    """Phase 10."""
    if not simulation.feedbacks:
        return
    territory = simulation.specification.territory
    far = int(simulation.citizen_record[0]["far_neighbours"])
    for j in range(simulation.services):
        actors, _, zones = simulation.today.acts[j][:3]
        if len(actors):
            witnesses = np.empty(len(actors) * DEGREE, np.int32)
            count = list_witnesses(
                actors, zones, far, simulation.zone_start, territory.near, simulation.keys[Stream.NEIGHBOUR, 0],
                witnesses,
            )  # fmt: skip
            seen = witnesses[:count]

            def show(chunk: int, j: int = j, seen: np.ndarray = seen) -> None:
                bounds = simulation.chunk_bounds(chunk)
                show_activity(
                    simulation.citizens, simulation.involvement, simulation.threshold, j, seen, bounds[0], bounds[-1],
                    simulation.service_records, simulation.citizen_record, simulation.worth,
                )  # fmt: skip

            simulation.each_chunk(show, count)
        recent = simulation.records.series("contributions", j)[max(0, simulation.day - 29) : simulation.day + 1]
        activity = total_of_series(recent) / simulation.inhabitants
        simulation.zone_state["published"][j] = simulation.kinds[j].publish(simulation.service_day(j), activity)


def count_the_day(simulation: Simulation) -> None:
    """Phase 11."""
    day, records = simulation.day, simulation.records
    population = simulation.specification.territory.population
    for j in range(simulation.services):
        account = simulation.accounts[j]
        totals = account.totals()
        for name in ("arisen", "delivered_by_citizens", "delivered_by_staff", "lapsed", "withdrawn", "tasks_wasted",
                     "closed", "errors"):  # fmt: skip
            records.add(name, day, j, totals[name])
        records.add_zones("due", day, j, account.due)
        records.add_zones("in_time", day, j, account.in_time)
        records.add_zone_month(day, j, account.closed, account.errors)
        records.add("waiting", day, j, total(simulation.kinds[j].waiting(simulation.kind_state[j])))
        records.add("aware", day, j, int(simulation.zone_state["aware"][j]))
        records.add("administration_trust", day, j, float(simulation.zone_state["administration_trust"][j]))
        records.add("checking", day, j, simulation.checking(j))
        need = float((simulation.zone_state["need"][j] * population).sum()) / simulation.inhabitants
        records.add("need", day, j, need)
