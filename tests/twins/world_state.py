"""What a world of the twin holds, and what is true in it on a day."""

from __future__ import annotations

from types import SimpleNamespace

from entraide.model.random_numbers import Stream
from entraide.model.specification import Specification

from .chance import Chance
from .choice import Contribution, intercept
from .figures import LN_TWO, exponential, share_left, single
from .happenings import Happenings
from .hearing import (
    heard_of_in_zones,
    inhabitants,
    media_hazard,
    social_hazard,
)
from .kinds import TWINS
from .known import refuse_what_is_unknown
from .office import Office, beyond_the_scenario
from .people import AWARE, Person
from .quality import difficulties
from .society import mean_needs
from .stocks import Setting, is_public

__all__ = ["WorldState"]


class WorldState:
    """One replicate as it stands; ``daily`` holds the figures of each day and service."""

    def __init__(
        self,
        specification: Specification,
        seed: int,
        replicate: int = 0,
        feedbacks: bool = True,
        removed: tuple[int, ...] = (),
        alone: float | None = None,
    ) -> None:
        self.specification, self.feedbacks, self.alone = specification, feedbacks, alone
        self.place, self.happenings = specification.territory, Happenings(specification)
        self.chance = Chance(seed, replicate)
        self.people = SimpleNamespace(**specification.citizens)
        self.services = [SimpleNamespace(**service.parameters) for service in specification.services]
        for own, service in zip(self.services, specification.services, strict=True):
            own.name = service.name
            own.intercept = intercept(self.people, SimpleNamespace(**service.reference))
        refuse_what_is_unknown(specification)
        self.zones, self.day = self.place.zones, 0
        self.heard_of = [heard_of_in_zones(j, own, self.place, self.chance) for j, own in enumerate(self.services)]
        self.inhabitants = sum(int(size) for size in self.place.population)
        self.settings = [
            Setting(
                j,
                self.zones,
                self.inhabitants,
                service,
                self.people,
                self.chance,
                difficulties(service.accuracy_alpha, service.accuracy_beta),
                self.place,
                start=specification.start,
                members=[0] * self.zones,
            )
            for j, service in enumerate(self.services)
        ]
        self.kinds = [
            TWINS[service.kind](setting) for service, setting in zip(specification.services, self.settings, strict=True)
        ]
        self.needs = [
            mean_needs(self.place, service) if is_public(kind) else [0.0] * self.zones
            for service, kind in zip(self.services, self.kinds, strict=True)
        ]
        self.offices = [
            Office(setting, service, means, alone, SimpleNamespace(**told.administration_only), self.place, feedbacks)
            for setting, service, means, told in zip(
                self.settings, self.services, self.needs, specification.services, strict=True
            )
        ]
        self.declared = [(service.backstop_capacity, service.repair_capacity) for service in self.services]
        for kind, office in zip(self.kinds, self.offices, strict=True):
            office.trust = office.trust if is_public(kind) else 1.0
        self.spendability = [1.0] * self.zones
        self.published = [[0.0] * self.zones for _ in self.services]
        self.members = [setting.members for setting in self.settings]
        self.aware = [0] * len(self.services)
        self.tasks_so_far = [0] * len(self.services)
        self.contributors_so_far = [0] * len(self.services)
        self.told_on: list[dict[int, list[Contribution]]] = [{} for _ in self.services]
        self.daily: list[list[dict[str, float]]] = []
        self.by_zone: list[list[dict[str, list[int]]]] = []
        self.motives = [[0.0] * 4 for _ in self.services]
        self.acts: list[Contribution] = []
        self.citizens: list[Person] = []
        if alone is None:
            self.citizens = inhabitants(self.place, self.people, self.services, self.chance, removed)
            for office, told in zip(self.offices, specification.services, strict=True):
                office.services = sum(each.platform_cost > 0.0 for each in self.services)
                office.excluded = sum(person.ease <= 0.0 and person.eligible for person in self.citizens)
                office.beyond = beyond_the_scenario(told, self.inhabitants)
            for j in range(len(self.services)):
                self.aware[j] = sum(person.ties[j].stage == AWARE for person in self.citizens)

    def _note(self, j: int, name: str, amount: float) -> None:
        today = self.daily[self.day][j]
        today[name] = today.get(name, 0.0) + amount

    def _open_factor(self, j: int, zone: int) -> float:
        """Return how strongly needs prompt in a zone today."""
        service = self.services[j]
        events = self.happenings.prompting(service.name, zone, self.day, service.on_site)
        return self.offices[j].prompt_factor[zone] * events

    def _media(self, j: int, zone: int) -> float:
        peak = self.chance.uniform(Stream.MEDIA, j, 0, self.day) < self.people.media_peak_share
        held = 1.0 - share_left(self.people.acculturation_half_life, self.day)
        taught = self.people.acculturation_citizens * held
        ordinary = self.people.media_peak_factor if peak else 1.0
        louder = 1.0 + self.services[j].media_campaign + taught
        news = self.happenings.news(self.services[j].name, zone, self.day)
        return ordinary * louder * news * self.heard_of[j][zone]

    def _outreach(self, j: int) -> list[float]:
        """Return by zone the chance of being reached: recruitment under the minimum pool, focus on the unmet need."""
        service, office = self.services[j], self.offices[j]
        reached = service.outreach
        recent = sum(day[j].get("contributions", 0) for day in self.daily[-31:-1])
        if service.minimum_pool > 0.0 and 1000.0 * recent < service.minimum_pool * self.inhabitants:
            reached = reached + service.pool_outreach
        office.contacts = reached
        if not service.outreach_focus or not reached:
            return [reached] * self.zones
        total = 0.0
        for need, size in zip(office.need, self.place.population, strict=True):
            total = total + need * int(size)
        mean = total / self.inhabitants
        even = 1.0 - service.outreach_focus
        felt = [need / mean if mean > 0.0 else 1.0 for need in office.need]
        return [min(1.0, reached * (even + service.outreach_focus * here)) for here in felt]

    def _worth(self, sign: float) -> float:
        """Return what a contribution of today counts in units of the day of the last restating, or the inverse."""
        return exponential(sign * (LN_TWO / self.people.neighbour_half_life) * (self.day % self._restating))

    @property
    def _restating(self) -> int:
        """Days after which the neighbours' example is stated in units of today again: 64 half-lives."""
        return int(64.0 * self.people.neighbour_half_life)

    def _restate(self) -> None:
        left = single(exponential(-(LN_TWO / self.people.neighbour_half_life) * self._restating))
        for person in self.citizens:
            for tie in person.ties:
                tie.neighbours_active = single(tie.neighbours_active * left)

    def _ordinary_hazard(self, person: Person, j: int, worth_today: float) -> float:
        """Return the hazard of hearing without peak or outreach; it bounds later days until neighbours act again."""
        social = social_hazard(person, j, self.people, worth_today)
        return media_hazard(person, self.people, self.services[j]) + social

    def _prompted_with(self, j: int) -> int:
        """Return the service whose needs a service is prompted by: an initiative's are those of the first public."""
        public = [k for k, kind in enumerate(self.kinds) if is_public(kind)]
        beside = not is_public(self.kinds[j]) and self.services[j].need_prompted
        return public[0] if beside and public else j
