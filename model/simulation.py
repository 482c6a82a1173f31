"""One replicate: the state of a territory and the loop over its days."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from .administration import checking_share, friction_factor
from .arithmetic import exponential, logarithm
from .attention_keys import attention_keys
from .awareness import start_awareness
from .chunks import chunk_zones, worth_workers
from .columns import (
    CITIZEN_COLUMNS,
    INVOLVEMENT_COLUMNS,
    ZONE_COLUMNS,
    allocate,
    record_type,
)
from .demand import calendar_factors, daily_needs, is_working_day
from .events import Timeline
from .fading import AWARENESS, acculturation, decay_table
from .hearing import hearing_by_zone
from .lever_costs import design_cost, platform_cost, yearly_costs
from .memory import check_memory
from .outcomes import collect_outcome
from .packing import fading_table, own_parameters, pack_citizens, pack_services
from .phases import PHASES
from .population import draw_population
from .production import PRODUCTION_KINDS
from .production.contract import DayAccount, ProductionKind, ServiceDay, column_sizes
from .quality import difficulty_nodes
from .random_numbers import Stream, stream_keys, uniform
from .records import Outcome, Records, ZoneDays
from .specification import Specification
from .together import run_phases

__all__ = ["Simulation", "Today"]

Result = TypeVar("Result")

# Citizens per chunk of work: whole zones, fixed by the territory alone, so that results do not depend on threads.
CHUNK = 262_144

# What neighbours did is counted in units of a past day, which double every half-life. After so many half-lives it is
# restated in units of today: a 32-bit float holds 128 of them.
_RESTATED_AFTER = 64.0


@dataclass
class Today:
    """What one day hands from phase to phase; nothing of it outlives the day."""

    candidates: list[list[NDArray[np.int32]]] = field(default_factory=list)
    prompted: list[list[NDArray[np.int32]]] = field(default_factory=list)
    acts: list[tuple[NDArray[Any], ...]] = field(default_factory=list)
    handed: dict[int, dict[str, Any]] = field(default_factory=dict)
    services: dict[int, ServiceDay] = field(default_factory=dict)
    contacts: list[float] = field(default_factory=list)


class Simulation:
    """A running replicate.

    Parameters
    ----------
    specification : what to simulate.
    seed, replicate : what fixes every random number.
    workers : runs chunks of one day side by side; None: one after the other. Results do not depend on it.
    feedbacks : False freezes all that citizens see of others and of the service; for experiments on draws.
    removed : permanent numbers of citizens who never take part; for the same experiments.
    alone : None with citizens; a number runs the administration alone with that many times its stated staff.
    zone_daily : True keeps daily accounts by zone; a function is given them instead, ZONE_DAYS days at a time.
    log : keep every contribution.
    empty : allocate without drawing anybody; a snapshot fills the state.

    Raises
    ------
    MachineError : the territory does not fit in memory.
    """

    def __init__(
        self,
        specification: Specification,
        *,
        seed: int = 0,
        replicate: int = 0,
        workers: Executor | None = None,
        feedbacks: bool = True,
        removed: Iterable[int] = (),
        alone: float | None = None,
        zone_daily: bool | ZoneDays = False,
        log: bool = False,
        empty: bool = False,
    ) -> None:
        territory = specification.territory
        self.specification, self.seed, self.replicate = specification, seed, replicate
        self.workers, self.feedbacks, self.alone = workers, feedbacks, alone
        self.removed = tuple(sorted(removed))
        self.services, self.zones = len(specification.services), territory.zones
        self.inhabitants = territory.inhabitants
        self.timeline = Timeline(specification)
        self.keys = stream_keys(seed, replicate, self.services)
        self.citizen_record = pack_citizens(specification.citizens)
        self.service_records = pack_services(specification.services, self.citizen_record)
        self.kinds: list[ProductionKind] = [PRODUCTION_KINDS[s.kind] for s in specification.services]
        self.zone_start = np.concatenate([[0], np.cumsum(territory.population)]).astype(np.int64)
        self.chunks = chunk_zones(territory.population, CHUNK) if alone is None else []
        self._prepare_tables()
        self.attention_keys = attention_keys(self.kinds, self.service_records, self.keys)
        if alone is None:
            check_memory(specification)
        self._allocate()
        self.records = Records.start(
            specification.start, specification.days, self.services, self.zones, zone_daily, log
        )
        self.awaiting: list[list[tuple[NDArray[np.int32], NDArray[np.int32]]]] = [[] for _ in range(self.services)]
        self.tasks_so_far = np.zeros(self.services, np.int64)
        self.contributors_so_far = np.zeros(self.services, np.int64)
        self.day = 0
        self.days_computed = 0
        self.phase_seconds = dict.fromkeys((phase.name for phase in PHASES), 0.0)
        self._scratch = threading.local()
        self.today = Today()
        if alone is None and not empty:
            self._draw_people()
        self.begin_day()

    def _prepare_tables(self) -> None:
        """Compute what depends on parameters and the calendar alone."""
        days = self.specification.days
        self.decay = decay_table(self.citizen_record, days)
        self.forgetting = self.decay[AWARENESS]
        shared = self.citizen_record[0]
        # Full acculturation doubles the chance of hearing of a service from the media.
        self.acculturated = acculturation(shared, "acculturation_citizens", days)
        self.staff_acculturated = [
            acculturation(shared, float(s["acculturation_staff"]), days) for s in self.service_records
        ]
        self.design_cost = [
            design_cost(s.parameters, s.reference, self.inhabitants) for s in self.specification.services
        ]
        self.platform_cost = [platform_cost(self.service_records, j, shared) for j in range(self.services)]
        self.fading = fading_table(self.service_records, days)
        half_life = float(self.citizen_record[0]["neighbour_half_life"])
        self.neighbour_rate = 0.6931471805599453 / half_life
        self.restating = int(_RESTATED_AFTER * half_life)
        territory, start = self.specification.territory, self.specification.start
        self.own = [own_parameters(service) for service in self.specification.services]
        self.kind_tables = [
            kind.prepare(self.service_records[j], self.own[j], territory, start, days)
            for j, kind in enumerate(self.kinds)
        ]
        self.mean_needs = np.array(
            [
                daily_needs(s, territory) * (1.0 if kind.public else 0.0)
                for s, kind in zip(self.service_records, self.kinds, strict=True)
            ]
        )
        self.calendar = np.array([calendar_factors(s, start, days) for s in self.service_records])
        self.nodes = [
            difficulty_nodes(float(s["accuracy_alpha"]), float(s["accuracy_beta"])) for s in self.service_records
        ]
        peak_share = float(self.citizen_record[0]["media_peak_share"])
        peak = float(self.citizen_record[0]["media_peak_factor"])
        self.media = np.array(
            [
                [peak if uniform(self.keys[Stream.MEDIA, j], 0, t, 0) < peak_share else 1.0 for t in range(days)]
                for j in range(self.services)
            ]
        )
        self.hearing = np.array(
            [hearing_by_zone(s, territory, self.keys[Stream.MEDIA, j]) for j, s in enumerate(self.service_records)]
        )
        working = [is_working_day(start + timedelta(days=t)) for t in range(days)]
        self.working_day = working
        self.working_days_before = np.concatenate([[0], np.cumsum(working)])

    def _allocate(self) -> None:
        territory = self.specification.territory
        people = self.inhabitants if self.alone is None else 0
        sizes: dict[str, tuple[int, ...]] = {
            "zone": (self.zones,),
            "service x zone": (self.services, self.zones),
            "service": (self.services,),
        }
        self.citizens = np.zeros(people, record_type(CITIZEN_COLUMNS))
        self.involvement = np.zeros((self.services, people), record_type(INVOLVEMENT_COLUMNS))
        self.threshold = np.zeros((self.services, people), np.uint16)
        self.zone_state = allocate(ZONE_COLUMNS, sizes)
        self.kind_state: list[dict[str, NDArray[Any]]] = []
        for j, kind in enumerate(self.kinds):
            record = self.service_records[j]
            self.kind_state.append(allocate(kind.columns, column_sizes(kind, record, self.own[j], territory)))
            self.zone_state["need"][j] = 1.0 - float(record["norm_share_in_time"])
            self.zone_state["prompt_factor"][j] = 1.0
            # Nobody checks an initiative that is not the administration's.
            trust = float(record["administration_trust_start"]) if kind.public else 1.0
            self.zone_state["administration_trust"][j] = trust
            self.zone_state["measured_error"][j] = float(record["norm_error"])
        self.zone_state["spendability"][:] = 1.0
        self.zone_state["backstop_scale"][:] = 1.0

    def _draw_people(self) -> None:
        groups = self.specification.territory.groups
        shares = self.specification.territory.group_shares
        cumulative = np.cumsum(groups.share[None, :] if shares is None else shares, axis=1)
        log_devotion = np.array([logarithm(float(d)) if d > 0 else 0.0 for d in groups.devotion])

        def draw(chunk: int) -> None:
            draw_population(
                self.citizens, self.chunks[chunk][0], self.chunk_bounds(chunk), cumulative,
                groups.can_contribute.astype(np.uint8), groups.digital_exclusion, log_devotion, self.citizen_record,
                self.keys[:, 0],
            )  # fmt: skip

        self.each_chunk(draw)
        self.citizens["eligible"][list(self.removed)] = 0
        for j in range(self.services):

            def start(chunk: int, j: int = j) -> int:
                aware: int = start_awareness(
                    self.citizens, self.involvement, self.threshold, j, self.chunk_bounds(chunk),
                    self.service_records, self.citizen_record, self.keys[Stream.INITIAL_AWARENESS, 0],
                    self.keys[Stream.ADMISSION, j],
                )  # fmt: skip
                return aware

            self.zone_state["aware"][j] = sum(self.each_chunk(start))

    # What phases ask of the simulation -----------------------------------------------------------------------------

    def each_chunk(self, work: Callable[[int], Result], listed: int | None = None) -> list[Result]:
        """Return ``work`` of every chunk, in order, side by side where there are workers and it pays.

        Parameters
        ----------
        listed : people whom the work looks at, over all chunks; None: everybody.
        """
        chunks = range(len(self.chunks))
        if self.workers is None or not worth_workers(listed, len(chunks)):
            return [work(chunk) for chunk in chunks]
        return list(self.workers.map(work, chunks))

    def chunk_zones(self, chunk: int) -> slice:
        """Return the zones of a chunk."""
        return slice(*self.chunks[chunk])

    def chunk_bounds(self, chunk: int) -> NDArray[np.int64]:
        """Return the bounds of the zones of a chunk, in citizens' numbers."""
        first, last = self.chunks[chunk]
        return self.zone_start[first : last + 1]

    def scratch(self, name: str, chunk: int) -> NDArray[np.int32]:
        """Return this thread's working space, large enough for any chunk."""
        buffer = getattr(self._scratch, name, None)
        if buffer is None:
            largest = max(int(self.zone_start[b] - self.zone_start[a]) for a, b in self.chunks)
            buffer = np.empty(largest, np.int32)
            setattr(self._scratch, name, buffer)
        return buffer

    def open_factor(self, service: int) -> NDArray[np.float64]:
        """Return by zone the factor of today's events on prompts: 0 during an outage of the platform."""
        return self.timeline.prompting(service, self.day)

    def demand_factors(self, service: int) -> NDArray[np.float64]:
        """Return by zone the factor on needs today: season, weekday and surges."""
        return float(self.calendar[service, self.day]) * self.timeline.demand(service, self.day)

    def service_today(self, service: int) -> Any:
        """Return a service's record of parameters as today's budget leaves it."""
        return self.timeline.cut(self.service_records[service], service, self.day)

    def checking(self, service: int) -> float:
        """Return the share of contributions checked today."""
        trust = float(self.zone_state["administration_trust"][service])
        return checking_share(self.service_records[service], trust)

    def friction(self) -> NDArray[np.float64]:
        """Return by service the factor of today's checks on access."""
        return np.array(
            [
                friction_factor(self.service_records[j], float(self.zone_state["administration_trust"][j]))
                for j in range(self.services)
            ]
        )

    def floor_first(self, service: int) -> NDArray[np.bool_] | None:
        """Return the zones that the last resort serves first: those whose recent service is under the floor."""
        record = self.service_records[service]
        if not record["guaranteed_floor"]:
            return None
        return np.asarray(self.zone_state["need"][service] > 1.0 - float(record["norm_zone_floor"]))

    @cached_property
    def excluded(self) -> int:
        """Number of people old enough to contribute who are digitally excluded; both are drawn once."""
        return int(((self.citizens["digital"] == 0) & (self.citizens["eligible"] > 0)).sum())

    @cached_property
    def yearly_costs(self) -> list[dict[str, float]]:
        """What levers cost in EUR per year, by service and daily measure: the same on all days."""
        return [yearly_costs(self, j) for j in range(self.services)]

    def service_day(self, service: int) -> ServiceDay:
        """Return what a production kind is given today; what moves within the day is brought up to date."""
        today = self.today.services.get(service)
        if today is None:
            today = self.today.services[service] = self._begin_service_day(service)
        today.floor_first = self.floor_first(service)
        today.checking = self.checking(service)
        today.tasks_per_person = float(self.tasks_so_far[service]) / max(1, int(self.contributors_so_far[service]))
        today.aware = int(self.zone_state["aware"][service])
        return today

    def _begin_service_day(self, service: int) -> ServiceDay:
        return ServiceDay(
            day=self.day,
            date=self.specification.start + timedelta(days=self.day),
            working_day=self.working_day[self.day],
            working_days_before=int(self.working_days_before[self.day]),
            parameters=self.service_today(service),
            shared=self.citizen_record[0],
            own=self.own[service],
            tables=self.kind_tables[service],
            territory=self.specification.territory,
            state=self.kind_state[service],
            account=self.accounts[service],
            mean_needs=self.mean_needs[service],
            demand=self.demand_factors(service),
            prompt_factor=self.zone_state["prompt_factor"][service],
            members=self.zone_state["members"][service],
            population=self.inhabitants,
            nodes=self.nodes[service],
            keys=self.keys[:, service],
            handed=self.today.handed.setdefault(service, {}),
        )

    # The loop ------------------------------------------------------------------------------------------------------

    def begin_day(self) -> None:
        """Set what is true of the whole day."""
        since = self.day % self.restating
        self.worth = exponential(self.neighbour_rate * since)
        self.deflate = exponential(-self.neighbour_rate * since)
        self.accounts = [DayAccount(self.zones) for _ in range(self.services)]
        self.today = Today()

    def step(self) -> None:
        """Simulate one day: the eleven phases, in order."""
        if self.day >= self.specification.days:
            raise ValueError(f"the simulation ends after {self.specification.days} days")
        if self.day > 0 and self.day % self.restating == 0:
            self.involvement["neighbours_active"] *= np.float32(exponential(-self.neighbour_rate * self.restating))
        self.begin_day()
        run_phases(self, PHASES)
        self.day += 1
        self.days_computed += 1
        self.records.end_day(self.day)

    def run(self, until: int | None = None, progress: Callable[[int], None] | None = None) -> Simulation:
        """Simulate up to day ``until`` (default: to the end); ``progress`` hears the number of days done."""
        last = self.specification.days if until is None else min(until, self.specification.days)
        while self.day < last:
            self.step()
            if progress is not None:
                progress(self.day)
        return self

    def outcome(self) -> Outcome:
        """Return what the replicate leaves behind."""
        return collect_outcome(self)
