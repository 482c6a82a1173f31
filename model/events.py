"""What events do: factors of the day, and what strikes people once.

Each question of the day (how strongly are people prompted, how fast do needs arise, ...) has one method, which answers
1 or 0 on a day without an event that bears on it, so that nothing moves before an event's day.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .awareness import ACTIVE, DEPARTED, UNDECIDED
from .compilation import kernel
from .fading import refresh_citizen
from .random_numbers import poisson
from .specification import Event, Specification

if TYPE_CHECKING:
    from .production.contract import Contributions
    from .simulation import Simulation

__all__ = ["Timeline", "add_hostile", "strike_people"]

# Parameters of a service that a budget cut scales.
_CUT = ("backstop_capacity", "repair_capacity")


class Timeline:
    """The events of a specification, asked day by day and service by service."""

    def __init__(self, specification: Specification) -> None:
        self.events = specification.events
        self.zones = specification.territory.zones
        # The factor of most days, handed out as it is: nobody writes to a factor.
        self.ordinary = np.ones(self.zones)
        self.names = [service.name for service in specification.services]
        self.on_site = [bool(service.parameters["on_site"]) for service in specification.services]
        position = {code: z for z, code in enumerate(specification.territory.codes)}
        self.places = [
            np.array([position[code] for code in event.zones], np.int64) if event.zones else np.arange(self.zones)
            for event in self.events
        ]
        groups = specification.territory.groups.names
        self.groups = [
            np.array([not event.groups or name in event.groups for name in groups], np.uint8) for event in self.events
        ]

    def _now(self, kind: str, day: int, service: int | None = None) -> Iterator[tuple[int, Event]]:
        """Yield the events of a kind that bear on a day, and on a service where one is named."""
        for number, event in enumerate(self.events):
            if event.kind != kind or not event.day <= day < event.day + event.days:
                continue
            if service is None or not event.services or self.names[service] in event.services:
                yield number, event

    def _factors(self, kind: str, day: int, service: int, size: float | None = None) -> NDArray[np.float64]:
        """Return by zone the product of the sizes, or of one ``size``, of the events of a kind."""
        factors = self.ordinary
        for number, event in self._now(kind, day, service):
            if factors is self.ordinary:
                factors = self.ordinary.copy()
            factors[self.places[number]] *= event.size if size is None else size
        return factors

    def prompting(self, service: int, day: int) -> NDArray[np.float64]:
        """Return by zone the factor on prompts; float64[Z]."""
        if not self.events:
            return self.ordinary
        factors = self._factors("outage", day, service, 0.0) * self._factors("holidays", day, service)
        return factors * self._factors("lockdown", day, service) if self.on_site[service] else factors

    def demand(self, service: int, day: int) -> NDArray[np.float64]:
        """Return by zone the factor on needs; float64[Z]."""
        return self._factors("demand_surge", day, service)

    def media(self, service: int, day: int) -> NDArray[np.float64]:
        """Return by zone the factor on what the media tell; float64[Z]."""
        return self._factors("media_peak", day, service)

    def outside(self, day: int) -> NDArray[np.float64]:
        """Return by zone what the outside option is worth more, in logits; float64[Z]."""
        more = np.zeros(self.zones)
        for number, event in self._now("rival_platform", day):
            more[self.places[number]] += event.size
        return more

    def hostility(self, service: int, day: int) -> NDArray[np.float64] | None:
        """Return by zone the hostile contributions for each ordinary one, float64[Z]; None without a campaign."""
        more = np.zeros(self.zones)
        found = False
        for number, event in self._now("adversary_campaign", day, service):
            more[self.places[number]] += event.size
            found = True
        return more if found else None

    def budget_left(self, service: int, day: int) -> float:
        """Return the share of the administration's capacity that cuts leave."""
        left = 1.0
        for _, event in self._now("budget_cut", day, service):
            left *= 1.0 - event.size
        return left

    def cut(self, record: Any, service: int, day: int) -> Any:
        """Return a service's record of parameters as it holds today: itself, or a copy with capacities cut."""
        if not self.events:
            return record
        left = self.budget_left(service, day)
        if left == 1.0:
            return record
        reduced = record.copy()
        for name in _CUT:
            reduced[name] = float(record[name]) * left
        return reduced


@kernel
def _lower_trust(citizens, first, last, struck, left, decay, day):
    """Take from each citizen numbered ``first`` to ``last - 1`` of the groups struck a share of today's trust.

    Shapes: ``struck`` uint8[G]; ``left`` share of trust left, in units of 1/65536.
    """
    for i in range(first, last):
        if struck[citizens[i].group] > 0:
            refresh_citizen(citizens, i, decay, day)
            citizens[i].trust = np.uint16(np.int64(citizens[i].trust) * left // 65536)


def strike_people(simulation: Simulation) -> None:
    """Let what happens to people on one day happen: shocks of trust, and the loss of contributors."""
    if simulation.alone is not None:
        return
    for number, event in enumerate(simulation.specification.events):
        if event.day != simulation.day:
            continue
        if event.kind == "trust_shock":
            left = round((1.0 - event.size) * 65536)
            for z in simulation.timeline.places[number]:
                _lower_trust(
                    simulation.citizens, simulation.zone_start[z], simulation.zone_start[z + 1],
                    simulation.timeline.groups[number], left, simulation.decay, simulation.day,
                )  # fmt: skip
        elif event.kind == "loss_of_contributors":
            for j, name in enumerate(simulation.timeline.names):
                if not event.services or name in event.services:
                    _lose_contributors(simulation, j, number, event.size)


def _lose_contributors(simulation: Simulation, j: int, number: int, share: float) -> None:
    """Let the share of contributors leave who contributed most often; of equals the lower number leaves first."""
    start = simulation.zone_start
    places = [np.arange(start[z], start[z + 1]) for z in np.sort(simulation.timeline.places[number])]
    people = np.concatenate(places)
    people = people[simulation.timeline.groups[number][simulation.citizens["group"][people]] > 0]
    stage = simulation.involvement["stage"][j, people]
    people = people[(stage == UNDECIDED) | (stage == ACTIVE)]
    times = simulation.involvement["times"][j, people].astype(np.int64)
    leaving = people[np.argsort(-times, kind="stable")[: int(share * len(people) + 0.5)]]
    simulation.involvement["stage"][j, leaving] = DEPARTED
    simulation.threshold[j, leaving] = 0
    simulation.zone_state["aware"][j] -= len(leaving)
    simulation.records.add("departures", simulation.day, j, len(leaving))


@kernel
def _draw_hostile(citizens, zones, size, day, key, copies):
    """Draw how many hostile contributions come beside each ordinary one.

    Shapes: ``citizens``, ``zones`` int32 and ``copies`` int64, one per contribution; ``size`` float64[Z].
    """
    for c in range(citizens.shape[0]):
        copies[c] = poisson(size[zones[c]], key, citizens[c], day)


def add_hostile(given: Contributions, acts: tuple[NDArray[Any], ...], size: NDArray[np.float64], day: int,
                key: np.uint32) -> int:  # fmt: skip
    """Add hostile contributions to what citizens gave one service; return their tasks.

    Each is as long as the ordinary one it comes beside, by a contributor as able, and wrong on purpose. None is
    anybody's first.

    Parameters
    ----------
    acts : columns of the day's contributions, as ``days.let_people_contribute`` leaves them.
    size : float64[Z], hostile contributions for each ordinary one.
    """
    citizens, _, zones, tasks, seconds, shift = acts[:6]
    copies = np.zeros(len(zones), np.int64)
    _draw_hostile(citizens, zones, size, day, key, copies)
    hostile = np.repeat(np.arange(len(zones)), copies)
    where, many = zones[hostile], tasks[hostile].astype(np.int64)
    # One after the other, so that sums of floats do not depend on how the work is split.
    np.add.at(given.people, where, 1)
    np.add.at(given.tasks, where, many)
    np.add.at(given.seconds, where, seconds[hostile])
    np.add.at(given.shift, where, shift[hostile] * many)
    np.add.at(given.wrong, where, many)
    everything = np.repeat(np.arange(len(zones)), 1 + copies)
    given.zone_of, given.tasks_of = zones[everything], tasks[everything]
    return int(many.sum())
