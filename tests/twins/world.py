"""A whole world as the twin lives it: the eleven phases of a day, in their order."""

from __future__ import annotations

from datetime import timedelta

from entraide.model.random_numbers import Stream

from .days_end import DaysEnd
from .days_of_people import DaysOfPeople
from .days_of_services import DaysOfServices
from .happenings import lose
from .people import feel_today
from .society import calendar_factor
from .stocks import Account

__all__ = ["TwinWorld"]


class TwinWorld(DaysOfPeople, DaysOfServices, DaysEnd):
    """One replicate, in plain Python. ``step`` lives one day; ``daily`` holds the figures of each day and service."""

    def step(self) -> None:
        """Live one day: the phases in the order of model.md section 3."""
        working = [(self.specification.start + timedelta(days=t)).weekday() < 5 for t in range(self.day + 1)]
        self.daily.append([{} for _ in self.services])
        self.by_zone.append([{} for _ in self.services])
        for setting in self.settings:
            setting.day, setting.working_day = self.day, working[-1]
            setting.working_days_before = sum(working[:-1])
            setting.account = Account(self.zones)
        if self.day and self.day % self._restating == 0:
            self._restate()
        self._demand()
        if self.alone is None:
            looked_at = self._awareness()
            prompted = self._prompts(looked_at)
            self._contributions(self._drop_out(prompted))
        self._production()
        self._administration()
        self._currency()
        self._feedback()
        self._social()
        self._record()
        self.day += 1

    def _demand(self) -> None:
        for service, office, capacities in zip(self.services, self.offices, self.declared, strict=True):
            office.budget = self.happenings.budget(service.name, self.day)
            service.backstop_capacity, service.repair_capacity = (own * office.budget for own in capacities)
        for event in self.happenings.blows(self.day):
            struck = [p for p in self.citizens if self.happenings.is_struck(event, p.zone, p.group)]
            if event.kind == "trust_shock":
                for person in struck:
                    feel_today(person, self.people, self.day)
                    person.trust = person.trust * round((1.0 - event.size) * 65536) // 65536
            elif self.alone is None:
                for j, service in enumerate(self.services):
                    if not event.services or service.name in event.services:
                        gone = lose(struck, j, event.size)
                        self.aware[j] -= gone
                        self._note(j, "departures", gone)
        for j, service in enumerate(self.services):
            season = calendar_factor(service, self.specification.start, self.day)
            arisen = []
            for z, mean in enumerate(self.needs[j]):
                today = mean * (season * self.happenings.surge(service.name, z, self.day))
                arisen.append(self.chance.poisson(today, Stream.DEMAND, j, z, self.day))
            self.kinds[j].arrive(arisen)
            # Needs of a kind that prompts on the very day.
            self.offices[j].prompt_factor = getattr(self.kinds[j], "prompt_factor", self.offices[j].prompt_factor)
