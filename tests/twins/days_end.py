"""What a day leaves behind: what contributors are told, what neighbours see, what is recorded."""

from __future__ import annotations

from .hearing import (
    ceiling,
)
from .people import DEPARTED, UNAWARE
from .society import tell, witnesses
from .stocks import is_public
from .world_state import WorldState

__all__ = ["DaysEnd"]


class DaysEnd(WorldState):
    """The phases that end a day."""

    def _feedback(self) -> None:
        for j, service in enumerate(self.services):
            self.told_on[j][self.day] = [act for act in self.acts if act.service == j]
            past = self.day - service.acknowledgement_delay
            if past < 0 or not self.feedbacks or not self.told_on[j][past]:
                continue
            shares = self.kinds[j].used_in_time(past)
            told = pleased = 0
            for act in self.told_on[j][past]:
                person = self.citizens[act.citizen]
                was_there = person.ties[j].stage < DEPARTED
                outcome = tell(
                    person,
                    j,
                    shares[act.zone],
                    self.people,
                    service,
                    self.chance,
                    self.day,
                    self.offices[j].checking() * service.checking_annoyance,
                    *getattr(self.kinds[j], "bearing_on_trust", lambda: (1.0, 0.0))(),
                )
                told, pleased = told + outcome[0], pleased + outcome[1]
                if was_there and person.ties[j].stage == DEPARTED:
                    self.aware[j] -= 1
                    self._note(j, "departures", 1)
            self._note(j, "acknowledged", told)
            self._note(j, "pleased", pleased)
            if is_public(self.kinds[j]):
                self._note(j, "cost_feedback", told * service.feedback_unit_cost * (1.0 + service.impact_shown))

    def _social(self) -> None:
        if not self.feedbacks:
            return
        worth = self._worth(1.0)
        for j in range(len(self.services)):
            for act in [act for act in self.acts if act.service == j]:
                for other in witnesses(self.citizens[act.citizen], self.people.far_neighbours, self.place, self.chance):
                    person = self.citizens[other]
                    if person.eligible:
                        person.see(j, worth)
                        if person.ties[j].stage == UNAWARE:
                            hazard = self._ordinary_hazard(person, j, 1.0 / worth)
                            person.ties[j].threshold = max(person.ties[j].threshold, ceiling(hazard))
            recent = sum(int(day[j]["contributions"]) for day in self.daily[-30:])
            activity = min(1.0, recent / self.inhabitants)
            own = getattr(self.kinds[j], "publish", None)
            self.published[j] = own(activity) if own else [activity] * self.zones

    def _record(self) -> None:
        for j, office in enumerate(self.offices):
            account = self.settings[j].account
            for name in ("arisen", "delivered_by_citizens", "delivered_by_staff", "lapsed", "withdrawn",
                         "tasks_wasted", "closed", "errors"):  # fmt: skip
                self._note(j, name, account.total(name))
            need = 0.0
            for share, size in zip(office.need, self.place.population, strict=True):
                need = need + share * int(size)
            self._note(j, "need", need / self.inhabitants)
            self._note(j, "waiting", sum(self.kinds[j].waiting()))
            self._note(j, "aware", self.aware[j])
            self._note(j, "administration_trust", office.trust)
            self._note(j, "checking", office.checking())
            for name in ("due", "in_time", "closed", "errors"):
                self.by_zone[self.day][j][name] = account.of(name)
