"""What people do on a day: they hear, are prompted, leave, and answer."""

from __future__ import annotations

from entraide.model.random_numbers import Stream

from .choice import Surroundings, answer, leave_traces, leaves_for_good
from .figures import exponential, share_left, single
from .hearing import (
    can_be_prompted,
    can_hear,
    ceiling,
    forgets,
    hearing_chance,
    highest_hazard,
    is_looked_at,
    prompt_hazard,
)
from .people import ACTIVE, AWARE, DEPARTED, UNAWARE, UNDECIDED, Person, feel_today, look_after
from .world_state import WorldState

__all__ = ["DaysOfPeople"]


class DaysOfPeople(WorldState):
    """The phases of a day that people live."""

    def _awareness(self) -> list[list[tuple[Person, int]]]:
        everywhere = []
        for j, service in enumerate(self.services):
            looked_at, outreach = [], self._outreach(j)
            media_by_zone = [self._media(j, zone) for zone in range(self.zones)]
            for person in self.citizens:
                media = media_by_zone[person.zone]
                factor = self._open_factor(j, person.zone)
                word = self.chance.words(Stream.ATTENTION, self._prompted_with(j), person.number, self.day)[0]
                tie = person.ties[j]
                # What neighbours tell is told no less where the media tell little.
                strongest = max(1.0, media, factor)
                if not is_looked_at(tie.threshold, word, strongest, outreach[person.zone]):
                    continue
                looked_at.append((person, word))
                if not can_hear(person, j):
                    continue
                worth_today = self._worth(-1.0)
                here = outreach[person.zone]
                if word < hearing_chance(person, j, self.people, service, media, here, worth_today) * 2.0**32:
                    tie.stage, tie.last, tie.refreshed, tie.threshold = AWARE, self.day, self.day, 65535
                    self.aware[j] += 1
                else:
                    tie.threshold = ceiling(self._ordinary_hazard(person, j, worth_today))
            everywhere.append(looked_at)
        return everywhere

    def _prompts(self, looked_at: list[list[tuple[Person, int]]]) -> list[list[Person]]:
        everywhere = []
        for j, service in enumerate(self.services):
            prompted, reminded = [], 0
            for person, word in looked_at[j]:
                if not can_be_prompted(person, j, self.day):
                    continue
                tie = person.ties[j]
                if tie.stage == AWARE:
                    forgotten = forgets(person, j, self.people, self.chance, self.day)
                    tie.refreshed = self.day
                    if forgotten:
                        tie.stage = UNAWARE
                        tie.threshold = ceiling(self._ordinary_hazard(person, j, self._worth(-1.0)))
                        self.aware[j] -= 1
                        continue
                hazard = prompt_hazard(person, j, self.people, service, self.day - tie.last)
                tie.threshold = ceiling(highest_hazard(person, j, self.people, service, self.day - tie.last))
                factor = self._open_factor(j, person.zone)
                if word < (1.0 - exponential(-hazard * factor)) * 2.0**32:
                    prompted.append(person)
                    if tie.stage != AWARE and self.day - tie.last >= 30:
                        luck = self.chance.uniform(Stream.FORGETTING, j, person.number, self.day, 1)
                        reminded += luck * hazard < service.reminder_rate
            self._note(j, "prompted", len(prompted))
            others = len(prompted) - reminded
            boosted = others * (1.0 - 1.0 / service.prompt_boost) if service.prompt_boost > 1.0 else 0.0
            sent = float(reminded) + boosted
            self._note(j, "cost_reminders", sent * service.reminder_unit_cost)
            everywhere.append(prompted)
        return everywhere

    def _drop_out(self, prompted: list[list[Person]]) -> dict[int, list[int]]:
        """Return by citizen the services that prompted them and that they have not left."""
        staying: dict[int, list[int]] = {}
        for j, service in enumerate(self.services):
            for person in prompted[j]:
                feel_today(person, self.people, self.day)
                if service.prompt_burden > 0.0:
                    gone = 1.0 - share_left(self.people.fatigue_half_life, 1)
                    load = gone * service.prompt_burden / self.people.fatigue_threshold
                    person.fatigue = single(person.fatigue + load)
                tie = person.ties[j]
                there = look_after(person, j, self.people, service, self.chance, self.day)
                if there and tie.stage == UNDECIDED:
                    there = not leaves_for_good(person, j, self.people, service, self.chance, self.day)
                    tie.stage = ACTIVE if there else DEPARTED
                    tie.threshold = tie.threshold if there else 0
                if there:
                    staying.setdefault(person.number, []).append(j)
                else:
                    self.aware[j] -= 1
                    self._note(j, "departures", 1)
        return staying

    def _contributions(self, prompting: dict[int, list[int]]) -> None:
        around = Surroundings(
            need=[office.need for office in self.offices],
            friction=[office.friction() for office in self.offices],
            published=self.published,
            spendability=self.spendability,
            outside=[self.happenings.rival(zone, self.day) for zone in range(self.zones)],
            worth_today=self._worth(-1.0),
        )
        self.acts = []
        given = [[0.0] * 4 for _ in self.services]
        for number in sorted(prompting):
            person = self.citizens[number]
            act = answer(person, prompting[number], self.people, self.services, around, self.chance, self.day)
            if act is None:
                continue
            self.acts.append(act)
            given[act.service] = [a + b for a, b in zip(given[act.service], act.motives, strict=True)]
            if person.ties[act.service].times == 0:
                self._note(act.service, "newcomers", 1)
                self.contributors_so_far[act.service] += 1
            leave_traces(person, act, self.people, self.services[act.service], self.day)
        self.motives = [[a + b for a, b in zip(*pair, strict=True)] for pair in zip(self.motives, given, strict=True)]
