"""The twin of alert: incidents, people on their way and ambulances are objects, and everybody's minute is known."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from entraide.model.random_numbers import Stream

from .figures import cosine_of_turn, exponential, logarithm, normal_quantile
from .quality import accuracy_of_all
from .stocks import Given, Setting, ring

__all__ = ["AlertTwin"]

GOLDEN_TURN = 0.3819660112501051
MOST_SHARE = 0.98
ABSENT = math.inf


@dataclass
class Person:
    """Somebody who sets out: home, minute of a useful arrival (infinite for none), and whether they act wrongly."""

    home: int
    tasks: int
    minute: float = ABSENT
    mistaken: bool = False
    needed: bool = False


@dataclass
class Incident:
    """One incident of the day."""

    zone: int
    number: int
    alerted: bool
    people: list[Person] = field(default_factory=list)
    ambulance: float = ABSENT

    @property
    def trained(self) -> list[Person]:
        """Trained people who arrive, earliest first."""
        return sorted((p for p in self.people if p.minute < ABSENT), key=lambda person: person.minute)


def _disk(nodes: int, turned: float) -> list[tuple[float, float]]:
    """Return points of equal area in the unit disk."""
    points = []
    for k in range(nodes):
        distance, turn = math.sqrt((k + 0.5) / nodes), k * GOLDEN_TURN + turned
        points.append((distance * cosine_of_turn(turn), distance * cosine_of_turn(turn - 0.25)))
    return points


class _Map:
    """Where zones lie, and what share of one's people is within the radius of the other's incidents."""

    def __init__(self, setting: Setting) -> None:
        place, self.service = setting.place, setting.service
        assert place is not None
        self.zones = setting.zones
        middle = (min(place.latitude.tolist()) + max(place.latitude.tolist())) / 2.0
        self.points, self.whole, self.core, self.density = [], [], [], []
        for z in range(self.zones):
            area = float(place.area_km2[z])
            self.density.append(int(place.population[z]) / area)
            east = float(place.longitude[z]) * 111.195 * cosine_of_turn(middle / 360.0)
            self.points.append((east, float(place.latitude[z]) * 111.195))
            self.whole.append(math.sqrt(area / math.pi))
            built = min(1.0, self.service.core_share * self.density[z] / self.service.core_density)
            self.core.append(self.whole[z] * math.sqrt(built))
        self.of_incidents, self.of_residents = _disk(30, 0.0), _disk(50, GOLDEN_TURN / 2.0)
        # hazard[z][h] and distance[z][h]: of people of h, for incidents of z.
        self.hazard = [[0.0] * self.zones for _ in range(self.zones)]
        self.distance = [[0.0] * self.zones for _ in range(self.zones)]
        for z in range(self.zones):
            for h in range(self.zones):
                self._compare(z, h)

    def _compare(self, z: int, h: int) -> None:
        radius, in_core = self.service.alert_radius_km, self.service.core_share
        east, north = self.points[h][0] - self.points[z][0], self.points[h][1] - self.points[z][1]
        apart = self.whole[z] + self.whole[h] + radius
        if east * east + north * north >= apart * apart:
            return
        share = mean_square = 0.0
        for disk, part in ((self.core[z], in_core), (self.whole[z], 1.0 - in_core)):
            for other, other_part in ((self.core[h], in_core), (self.whole[h], 1.0 - in_core)):
                near, squares = 0, 0.0
                for x, y in self.of_incidents:
                    for u, v in self.of_residents:
                        across, along = east + other * u - disk * x, north + other * v - disk * y
                        square = across * across + along * along
                        if square < radius * radius:
                            near, squares = near + 1, squares + square
                share = share + part * other_part * (near / 1500.0)
                mean_square = mean_square + part * other_part * (squares / 1500.0)
        if share > 0.0:
            self.hazard[z][h] = -logarithm(1.0 - min(MOST_SHARE, share))
            self.distance[z][h] = min(radius, math.sqrt(2.0 * mean_square / share))


class AlertTwin:
    """The incidents of today; what became of those who set out on past days."""

    has_agents = False
    stands_by = True

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.map = _Map(setting)
        self.incidents: list[Incident] = []
        self.answered: dict[int, list[int]] = {}
        self.useful: dict[int, list[int]] = {}
        # How strongly people of each zone are prompted today.
        self.prompt_factor = [0.0] * setting.zones

    def arrive(self, arisen: list[int]) -> None:
        """Incidents happen; for some the alert is sent."""
        setting = self.setting
        self.incidents = []
        for z, number in enumerate(arisen):
            setting.account.add("arisen", z, number)
            for k in range(number):
                draw = setting.chance.uniform(Stream.INCIDENT, setting.j, z, setting.day, k)
                self.incidents.append(Incident(z, k, draw < setting.service.activation_share))
        self.answered[setting.day] = [0] * setting.zones
        self.useful[setting.day] = [0] * setting.zones
        for h in range(setting.zones):
            factor = 0.0
            for z in range(setting.zones):
                factor = factor + self._calls(z) * self.map.hazard[z][h]
            self.prompt_factor[h] = factor

    def _calls(self, zone: int) -> int:
        return sum(incident.alerted for incident in self.incidents if incident.zone == zone)

    def produce(self, given: Given) -> None:
        """Each who answers sets out; the first trained ones are needed, the others are too many."""
        setting, account = self.setting, self.setting.account
        for h in range(setting.zones):
            mine = [tasks for zone, tasks in given.each if zone == h]
            self.answered[setting.day][h] = len(mine)
            for k, tasks in enumerate(mine):
                shift, wrong = given.shift[h] / given.tasks[h], given.wrong[h] / given.tasks[h]
                person = self._send(h, k, tasks, shift, wrong)
                if person.minute == ABSENT:
                    account.add("tasks_wasted", h, tasks)
        for incident in self.incidents:
            for rank, person in enumerate(incident.trained):
                person.needed = rank < setting.service.useful_arrivals
                account.add("tasks_wasted", person.home, person.tasks - person.needed)
                account.add("observed", person.home, int(person.needed))
                account.add("observed_wrong", person.home, int(person.needed and person.mistaken))

    def _send(self, h: int, k: int, tasks: int, shift: float, wrong: float) -> Person:
        setting, service = self.setting, self.setting.service
        chance, j, day = setting.chance, setting.j, setting.day
        right = accuracy_of_all(setting.nodes, 1, shift, wrong, setting.people.adversary_accuracy, 0.0)
        person = Person(h, tasks, mistaken=chance.uniform(Stream.QUALITY, j, h, day, k) >= right)
        reach = [(z, self._calls(z) * self.map.hazard[z][h]) for z in range(setting.zones)]
        reach = [(z, weight) for z, weight in reach if weight > 0.0]
        if not reach:
            return person
        total = 0.0
        for _, weight in reach:
            total = total + weight
        place = chance.uniform(Stream.ASSIGNMENT, j, h, day, k) * total
        zone = reach[-1][0]
        for z, weight in reach:
            if place < weight:
                zone = z
                break
            place = place - weight
        alerted = [incident for incident in self.incidents if incident.zone == zone and incident.alerted]
        target = alerted[min(len(alerted) - 1, int(place / self.map.hazard[zone][h]))]
        target.people.append(person)
        arrives = chance.uniform(Stream.ARRIVAL, j, h, day, 3 * k) < service.arrival_share
        if arrives and chance.uniform(Stream.ARRIVAL, j, h, day, 3 * k + 1) < service.trained_share:
            root = math.sqrt(chance.uniform(Stream.ARRIVAL, j, h, day, 3 * k + 2))
            on_the_way = self.map.distance[zone][h] * root * (60.0 / service.responder_speed)
            person.minute = service.dispatch_minutes + service.mobilisation_minutes + on_the_way
        return person

    def _drive(self, capacity: int, error: float) -> None:
        """Ambulances go to first incidents of all zones, then to second ones; whoever is first acts."""
        setting, service, account = self.setting, self.setting.service, self.setting.account
        chance, j, day = setting.chance, setting.j, setting.day
        served = sorted(self.incidents, key=lambda incident: (incident.number, incident.zone))[:capacity]
        for incident in served:
            usual = service.ambulance_reference * setting.population / 100_000.0
            road = service.ambulance_minutes * exponential(
                -service.ambulance_density_exponent * logarithm(self.map.density[incident.zone] / 1000.0)
            )
            luck = normal_quantile(chance.uniform(Stream.CLOCK, j, incident.zone, day, incident.number))
            spread = exponential(service.ambulance_log_sd * luck)
            incident.ambulance = service.dispatch_minutes + road * math.sqrt(usual / capacity) * spread
        for incident in self.incidents:
            z = incident.zone
            earliest = incident.trained[0].minute if incident.trained else ABSENT
            if earliest < incident.ambulance:
                account.add("delivered_by_citizens", z, 1)
                account.add("errors", z, int(incident.trained[0].mistaken))
            elif incident.ambulance < ABSENT:
                account.add("delivered_by_staff", z, 1)
                draw = chance.uniform(Stream.STAFF_QUALITY, j, z, day, incident.number)
                account.add("errors", z, int(draw < error))
            else:
                account.add("lapsed", z, 1)
                continue
            account.add("closed", z, 1)

    def backstop(self, capacity: int, youngest: int) -> None:
        """The ambulance, beside citizens."""
        self._drive(capacity, self.setting.service.backstop_error)
        for incident in self.incidents:
            for person in incident.trained:
                if person.needed and person.minute < incident.ambulance:
                    self.useful[self.setting.day][person.home] += 1

    def staff_only(self, capacity: int, detection: float, lag: int, error: float) -> None:
        """The ambulance alone."""
        self._drive(capacity, error)

    def settle(self) -> None:
        """Every incident is due today."""
        for incident in self.incidents:
            first = min([incident.ambulance, *(person.minute for person in incident.trained)])
            self.setting.account.add("due", incident.zone, 1)
            self.setting.account.add("in_time", incident.zone, int(first <= self.setting.service.target_minutes))

    def waiting(self) -> list[int]:
        """Nothing waits overnight."""
        return [0] * self.setting.zones

    def pull(self) -> list[float]:
        """No incident of tomorrow is known today."""
        return [0.0] * self.setting.zones

    def costs(self) -> dict[str, float]:
        """Training those whom nobody else has trained."""
        service = self.setting.service
        beyond = max(0.0, service.trained_share - service.trained_already)
        return {"cost_platform": beyond * self.setting.aware * service.training_cost / 365.0}

    def used_in_time(self, past: int) -> list[float]:
        """Return by zone the share of those who set out that were needed and there before the ambulance."""
        return [useful / max(1, all_) for useful, all_ in zip(self.useful[past], self.answered[past], strict=True)]

    def columns(self) -> dict[str, NDArray[np.generic]]:
        """Return the engine's columns as this twin would fill them."""
        days, zones = int(self.setting.service.acknowledgement_delay) + 1, self.setting.zones
        today = [sum(incident.zone == z for incident in self.incidents) for z in range(zones)]
        return {
            "incidents": np.array(today),
            "answered": ring(self.answered, self.setting.day, days, zones),
            "useful": ring(self.useful, self.setting.day, days, zones),
        }
