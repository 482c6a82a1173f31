"""Events of a scenario as the twin sees them: what strikes which service and zone on which day."""

from __future__ import annotations

from collections.abc import Sequence

from entraide.model.random_numbers import Stream
from entraide.model.specification import Event, Specification

from .chance import Chance
from .choice import Contribution
from .people import ACTIVE, DEPARTED, UNDECIDED, Person
from .stocks import Given

__all__ = ["Happenings", "come_beside", "lose"]


class Happenings:
    """The events of one specification."""

    def __init__(self, specification: Specification) -> None:
        self.events = specification.events
        self.codes = specification.territory.codes
        self.groups = specification.territory.groups.names

    def _strikes(self, event: Event, kind: str, service: str, zone: int, day: int) -> bool:
        on = event.kind == kind and event.day <= day < event.day + event.days
        return on and (not event.services or service in event.services) and self._is_hit(event, zone)

    def _is_hit(self, event: Event, zone: int) -> bool:
        return not event.zones or self.codes[zone] in event.zones

    def _product(self, kind: str, service: str, zone: int, day: int) -> float:
        factor = 1.0
        for event in self.events:
            if self._strikes(event, kind, service, zone, day):
                factor = factor * event.size
        return factor

    def surge(self, service: str, zone: int, day: int) -> float:
        """Return how many times as fast needs arise."""
        return self._product("demand_surge", service, zone, day)

    def news(self, service: str, zone: int, day: int) -> float:
        """Return how many times as often the media are heard."""
        return self._product("media_peak", service, zone, day)

    def prompting(self, service: str, zone: int, day: int, on_site: bool) -> float:
        """Return how many times as often people are prompted: never during an outage."""
        if any(self._strikes(event, "outage", service, zone, day) for event in self.events):
            return 0.0
        factor = self._product("holidays", service, zone, day)
        return factor * self._product("lockdown", service, zone, day) if on_site else factor

    def rival(self, zone: int, day: int) -> float:
        """Return what the other choice is worth more."""
        more = 0.0
        for event in self.events:
            if self._strikes(event, "rival_platform", "", zone, day):
                more = more + event.size
        return more

    def hostile(self, service: str, zone: int, day: int) -> float:
        """Return the mean number of hostile contributions beside an ordinary one."""
        more = 0.0
        for event in self.events:
            if self._strikes(event, "adversary_campaign", service, zone, day):
                more = more + event.size
        return more

    def budget(self, service: str, day: int) -> float:
        """Return the share of capacity that cuts leave; they know no zones."""
        left = 1.0
        for event in self.events:
            if self._strikes(event, "budget_cut", service, 0, day):
                left = left * (1.0 - event.size)
        return left

    def blows(self, day: int) -> list[Event]:
        """Return what strikes people on that day alone, in the order of the file."""
        once = ("trust_shock", "loss_of_contributors")
        return [event for event in self.events if event.kind in once and event.day == day]

    def is_struck(self, event: Event, zone: int, group: int) -> bool:
        """Return whether an event strikes people of a zone and social group."""
        return self._is_hit(event, zone) and (not event.groups or self.groups[group] in event.groups)


def lose(struck: list[Person], j: int, share: float) -> int:
    """Let those of the struck leave one service who contributed to it most often; return how many."""
    there = [person for person in struck if person.ties[j].stage in (UNDECIDED, ACTIVE)]
    there.sort(key=lambda person: (-person.ties[j].times, person.number))
    leaving = there[: int(share * len(there) + 0.5)]
    for person in leaving:
        person.ties[j].stage, person.ties[j].threshold = DEPARTED, 0
    return len(leaving)


def come_beside(acts: Sequence[Contribution], given: Given, means: Sequence[float], chance: Chance, day: int) -> int:
    """Let hostile contributions come beside the ordinary ones, each like its own; return their tasks.

    ``means`` are the hostile contributions for each ordinary one, by zone.
    """
    hostile = 0
    each: list[tuple[int, int]] = []
    for act in acts:
        copies = chance.poisson(means[act.zone], Stream.HOSTILITY, act.service, act.citizen, day)
        each += [(act.zone, act.tasks)] * (1 + copies)
        for _ in range(copies):
            given.people[act.zone] += 1
            given.tasks[act.zone] += act.tasks
            given.seconds[act.zone] += act.seconds
            given.shift[act.zone] = given.shift[act.zone] + act.shift * act.tasks
            given.wrong[act.zone] += act.tasks
            hostile += act.tasks
    given.each = each
    return hostile
