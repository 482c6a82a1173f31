"""The contract of a production kind: how contributions become delivered service.

A kind is a small strategy. The simulation calls its methods once a day, in the order of the phases; a kind keeps
its state in the columns it declares, so that snapshots and resume know all of it. Every kind passes the same contract
test: what is delivered never exceeds what is due or supplied, ledgers are exact, and without contributions the
administration's service is what is left.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import InitVar, dataclass, field, fields
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..columns import Column
from ..compilation import kernel
from ..parameters import Value
from ..production_names import BESIDE
from ..territory import Territory
from ..totals import total

__all__ = ["MOST_PROMPTING", "Contributions", "DayAccount", "Handover", "ProductionKind", "ServiceDay", "column_sizes"]

# Needs are felt at most this many times as strongly as at the norm, however neglected the place.
MOST_PROMPTING = 4.0


@dataclass
class Contributions:
    """What citizens gave one service on one day, by zone and one by one.

    Shapes: one entry per zone: ``people`` int64 contributions; ``tasks`` int64; ``seconds`` int64; ``shift`` float64,
    sum over tasks of the accuracy shift in logits; ``wrong`` int64, tasks by adversaries; ``newcomers`` int64, people
    who contributed for the first time. One entry per contribution, in order of citizens: ``zone_of`` and ``tasks_of``,
    int32.
    """

    people: NDArray[np.int64]
    tasks: NDArray[np.int64]
    seconds: NDArray[np.int64]
    shift: NDArray[np.float64]
    wrong: NDArray[np.int64]
    newcomers: NDArray[np.int64]
    zone_of: NDArray[np.int32]
    tasks_of: NDArray[np.int32]


@dataclass(frozen=True)
class Handover:
    """What an initiative beside the public service hands over on one day, and what it would relieve by itself.

    Shapes, by zone: ``tasks`` int64, ``shift`` float64 and ``wrong`` int64, handed over, as in Contributions;
    ``relief`` int64, tasks that relieve an open need if one is left.
    """

    tasks: NDArray[np.int64]
    shift: NDArray[np.float64]
    wrong: NDArray[np.int64]
    relief: NDArray[np.int64]


@dataclass
class DayAccount:
    """What one day did to one service, by zone: int64 counts that the ledgers add up.

    ``arisen``, ``delivered_by_citizens``, ``delivered_by_staff``, ``lapsed``, ``withdrawn`` are needs; ``due`` and
    ``in_time`` the cohort whose delay ends today; ``tasks_wasted`` contributions that were of no use; ``closed`` units
    subject to the error norm, ``errors`` those of them that are wrong; ``visits`` units of paid work by agents;
    ``observed`` contributions whose quality the administration sees, before any check stops them, ``observed_wrong``
    those of them that are wrong.
    """

    arisen: NDArray[np.int64] = field(init=False)
    delivered_by_citizens: NDArray[np.int64] = field(init=False)
    delivered_by_staff: NDArray[np.int64] = field(init=False)
    lapsed: NDArray[np.int64] = field(init=False)
    withdrawn: NDArray[np.int64] = field(init=False)
    due: NDArray[np.int64] = field(init=False)
    in_time: NDArray[np.int64] = field(init=False)
    tasks_wasted: NDArray[np.int64] = field(init=False)
    closed: NDArray[np.int64] = field(init=False)
    errors: NDArray[np.int64] = field(init=False)
    visits: NDArray[np.int64] = field(init=False)
    observed: NDArray[np.int64] = field(init=False)
    observed_wrong: NDArray[np.int64] = field(init=False)
    zones: InitVar[int]

    def __post_init__(self, zones: int) -> None:
        # One table, so that its rows are added up at once.
        self._table = np.zeros((len(_COUNTS), zones), np.int64)
        self.__dict__.update(zip(_COUNTS, self._table, strict=True))

    def totals(self) -> dict[str, int]:
        """Return every count over all zones, by name."""
        return dict(zip(_COUNTS, self._table.sum(axis=1).tolist(), strict=True))


_COUNTS = tuple(count.name for count in fields(DayAccount))


@dataclass
class ServiceDay:
    """What a kind is given to do its day's work for one service.

    Attributes
    ----------
    day : day number. ``working_day``: Monday to Friday. ``working_days_before``: how many of them went before.
    date : the day's date.
    parameters : the service's record. ``shared``: the citizens' record.
    own : values of the parameters that belong to this production kind alone, by name.
    tables : what the kind's ``prepare`` returned.
    territory : the zones. ``population``: inhabitants of the territory.
    state : the kind's columns of this service, by name.
    account : filled by the kind. ``mean_needs``: float64[Z], needs of an ordinary day; ``demand``: float64[Z], factor
        of season, weekday and surges on them today.
    prompt_factor : float64[Z], how strongly needs prompt today; a kind whose needs prompt on the very day writes it
        in ``arrive``, the others return it from ``pull``.
    members : int64[Z], people who contributed once and for good (a passive contribution), still there.
    floor_first : bool[Z], zones that the last resort serves before the others; None: all alike.
    checking : share of contributions that the administration checks today.
    tasks_per_person : mean tasks per contributor so far.
    nodes : float64[NODES], task difficulties. ``keys``: uint32[streams], of this service.
    aware : people who know the service. ``handed``: what the kind's phases of the same day hand to one another; nothing
        of it outlives the day, so that it is no state.
    """

    day: int
    date: date
    working_day: bool
    working_days_before: int
    parameters: Any
    shared: Any
    own: Mapping[str, Value]
    tables: Any
    territory: Territory
    state: dict[str, NDArray[Any]]
    account: DayAccount
    mean_needs: NDArray[np.float64]
    demand: NDArray[np.float64]
    prompt_factor: NDArray[np.float64]
    members: NDArray[np.int64]
    population: int
    nodes: NDArray[np.float64]
    keys: NDArray[np.uint32]
    floor_first: NDArray[np.bool_] | None = None
    checking: float = 0.0
    tasks_per_person: float = 0.0
    aware: int = 0
    handed: dict[str, Any] = field(default_factory=dict)

    def allowance(self, per_100000: float, units_before: int) -> int:
        """Return today's whole units of a capacity per 100,000 inhabitants, so that fractions are not lost.

        ``units_before``: days on which the capacity was there before today.
        """
        a_day = per_100000 * self.population / 100_000.0
        return int(a_day * (units_before + 1)) - int(a_day * units_before)


@kernel
def _prompt_by_need(waiting, population, each, delay, most, prompting):
    """Fill ``prompting`` float64[Z] with open needs over those that would be open if each lasted the norm's delay.

    ``each``: needs of a person and day.
    """
    for z in range(waiting.shape[0]):
        prompting[z] = min(most, waiting[z] / max(1e-9, each * population[z] * delay))


class ProductionKind(ABC):
    """One way in which contributions become service. ``columns`` uses the shapes "zone", "age x zone", "day x zone".

    "age x zone" is a ring over days of arising, as long as a need lives; "day x zone" a ring over days of contributing,
    as long as the acknowledgement takes. A kind with other shapes names and sizes them in ``shapes``.
    """

    name: str
    columns: tuple[Column, ...]
    # Whether agents of the administration stand by to finish what citizens begin.
    has_agents = False
    # Whether what citizens give can be right or wrong: where it cannot, adversaries have nothing to give.
    judged = True
    # Whether what is delivered can be wrong at all: where it cannot, the error norm has no meaning.
    has_quality_norm = True
    # Whether staff of the last resort stand by every day and night, and are paid for it whether or not there is work.
    stands_by = False
    # Whether the administration alone produces on Saturdays and Sundays too, as a power plant does.
    every_day = False

    @property
    def public(self) -> bool:
        """Tell whether the administration answers for it; initiatives beside it have no needs, norms or checks."""
        return self.name not in BESIDE

    def prepare(self, parameters: Any, own: Mapping[str, Value], territory: Territory, start: date, days: int) -> Any:
        """Return what depends on parameters, places and calendar alone; handed back every day as ``tables``.

        Raises
        ------
        InputError : the territory lacks what this kind needs, such as areas and points.
        """
        return None

    def shapes(self, parameters: Any, own: Mapping[str, Value], territory: Territory) -> dict[str, tuple[int, ...]]:
        """Return the sizes of the shapes that only this kind's columns use."""
        return {}

    def begin(self, today: ServiceDay) -> None:  # noqa: B027 - most kinds begin with nothing
        """Fill the columns before the first day; they are zero where a kind says nothing."""

    @abstractmethod
    def arrive(self, today: ServiceDay, arisen: NDArray[np.int64]) -> None:
        """Phase 1: take in new needs, let go of those that lived too long (account: arisen, lapsed)."""

    @abstractmethod
    def produce(self, today: ServiceDay, given: Contributions) -> None:
        """Phases 6-7: use contributions (account: delivered_by_citizens, tasks_wasted, closed, errors, visits)."""

    @abstractmethod
    def backstop(self, today: ServiceDay, capacity: int, youngest: int) -> None:
        """Phase 8: the administration produces needs at least ``youngest`` days old (account: delivered_by_staff)."""

    @abstractmethod
    def staff_only(self, today: ServiceDay, capacity: int, detection: float, lag: int, error: float) -> None:
        """The administration alone: find needs, then produce those at least ``lag`` days old."""

    @abstractmethod
    def settle(self, today: ServiceDay) -> None:
        """End of day: count the cohort whose delay ends today (account: due, in_time)."""

    @abstractmethod
    def waiting(self, state: dict[str, NDArray[Any]]) -> NDArray[np.int64]:
        """Return open needs by zone."""

    def pull(self, today: ServiceDay) -> NDArray[np.float64]:
        """Return by zone how strongly needs prompt tomorrow, 1 at the norm; the end of the administration's day.

        Where the need itself prompts: open needs over the number open, in a zone of mean need, when each lasts the
        norm's delay; who lives where more is needed meets more of it. Elsewhere 1 as long as something waits.
        """
        waiting = self.waiting(today.state)
        if today.parameters["need_prompted"]:
            each = float(today.parameters["needs_rate"]) / 1000.0 / 365.0
            prompting = np.empty(len(waiting))
            delay = float(today.parameters["norm_delay"])
            _prompt_by_need(waiting, today.territory.population, each, delay, MOST_PROMPTING, prompting)
            return prompting
        if today.parameters["pooled"]:
            return np.full(len(waiting), 1.0 if total(waiting) > 0 else 0.0)
        return (waiting > 0).astype(np.float64)

    def withdraw(self, today: ServiceDay, wanted: NDArray[np.int64]) -> None:  # noqa: B027 - most needs wait for nobody else
        """Let go of up to ``wanted`` int64[Z] open needs that somebody else relieved (account: withdrawn).

        They stay due and are not in time: nobody answers for them. A kind that says nothing lets none go.
        """

    def hand_over(self, today: ServiceDay, given: Contributions) -> Handover:
        """Return what an initiative beside the public service hands over to it, and what it would relieve by itself.

        Raises
        ------
        LookupError : a public service hands nothing over.
        """
        raise LookupError(f"a {self.name} service hands nothing over")

    def note_use(self, today: ServiceDay, of_use: NDArray[np.int64]) -> None:  # noqa: B027 - of initiatives only
        """Keep, by zone, how many of an initiative's tasks of today were handed over or relieved a need."""

    def bearing_on_trust(self, own: Mapping[str, Value]) -> tuple[float, float]:
        """Return how far what contributors are told counts for, and against, their trust in the administration."""
        return 1.0, 0.0

    def publish(self, today: ServiceDay, activity: float) -> NDArray[np.float64]:
        """Return by zone the share of people whom everybody sees taking part, mostly 0-1.

        ``activity``: contributions per inhabitant of the last 30 days over the whole territory.
        """
        return np.full(today.territory.zones, min(1.0, activity))

    def costs(self, today: ServiceDay) -> Mapping[str, float]:
        """Return what this kind's own levers cost today beside the costs of every service, in EUR by daily measure.

        Called at the end of the administration's day, not when it works alone.
        """
        return {}

    def costs_alone(self, today: ServiceDay) -> Mapping[str, float]:
        """Return what this kind costs today beside staff when the administration works alone, in EUR by measure."""
        return {}

    @abstractmethod
    def used_in_time(self, today: ServiceDay, past_day: int) -> NDArray[np.float64]:
        """Return by zone the share of what was contributed on ``past_day`` that has been used by now."""


def column_sizes(
    kind: ProductionKind, parameters: Any, own: Mapping[str, Value], territory: Territory
) -> dict[str, tuple[int, ...]]:
    """Return the array dimensions of each shape that a kind's columns may have."""
    return {
        "zone": (territory.zones,),
        "age x zone": (int(parameters["need_lifetime"]) + 1, territory.zones),
        "day x zone": (int(parameters["acknowledgement_delay"]) + 1, territory.zones),
        **kind.shapes(parameters, own, territory),
    }
