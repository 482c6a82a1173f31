"""The contract of a production kind: how contributions become delivered service.

A kind is a small strategy. The simulation calls its methods once a day, in the order of the phases; a kind keeps
its state in the columns it declares, so that snapshots and resume know all of it. Every kind passes the same contract
test: what is delivered never exceeds what is due or supplied, ledgers are exact, and without contributions the
administration's service is what is left.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..columns import Column

__all__ = ["Contributions", "DayAccount", "ProductionKind", "ServiceDay"]


@dataclass
class Contributions:
    """What citizens gave one service on one day, by zone.

    Shapes: all arrays have one entry per zone. ``people`` int64 contributions; ``tasks`` int64; ``seconds`` int64;
    ``shift`` float64, sum over tasks of the accuracy shift in logits; ``wrong`` int64, tasks by adversaries.
    """

    people: NDArray[np.int64]
    tasks: NDArray[np.int64]
    seconds: NDArray[np.int64]
    shift: NDArray[np.float64]
    wrong: NDArray[np.int64]


@dataclass
class DayAccount:
    """What one day did to one service, by zone: int64 counts that the ledgers add up.

    ``arisen``, ``delivered_by_citizens``, ``delivered_by_staff``, ``lapsed``, ``withdrawn`` are needs; ``due`` and
    ``in_time`` the cohort whose delay ends today; ``tasks_wasted`` contributions that were of no use; ``closed`` units
    subject to the error norm, ``errors`` those of them that are wrong; ``visits`` units of paid work by agents.
    """

    arisen: NDArray[np.int64]
    delivered_by_citizens: NDArray[np.int64]
    delivered_by_staff: NDArray[np.int64]
    lapsed: NDArray[np.int64]
    withdrawn: NDArray[np.int64]
    due: NDArray[np.int64]
    in_time: NDArray[np.int64]
    tasks_wasted: NDArray[np.int64]
    closed: NDArray[np.int64]
    errors: NDArray[np.int64]
    visits: NDArray[np.int64]

    @classmethod
    def empty(cls, zones: int) -> DayAccount:
        """Return an account of zeros."""
        return cls(*(np.zeros(zones, np.int64) for _ in range(11)))


@dataclass
class ServiceDay:
    """What a kind is given to do its day's work for one service.

    Attributes
    ----------
    day : day number. ``working_day``: Monday to Friday. ``working_days_before``: how many of them went before.
    parameters : the service's record. ``shared``: the citizens' record.
    state : the kind's columns of this service, by name.
    account : filled by the kind. ``mean_needs``: float64[Z], needs of an ordinary day.
    population : inhabitants of the territory.
    checking : share of contributions that the administration checks today.
    tasks_per_person : mean tasks per contributor so far.
    nodes : float64[NODES], task difficulties. ``keys``: uint32[streams], of this service.
    """

    day: int
    working_day: bool
    working_days_before: int
    parameters: Any
    shared: Any
    state: dict[str, NDArray[Any]]
    account: DayAccount
    mean_needs: NDArray[np.float64]
    population: int
    checking: float
    tasks_per_person: float
    nodes: NDArray[np.float64]
    keys: NDArray[np.uint32]

    def allowance(self, per_100000: float, units_before: int) -> int:
        """Return today's whole units of a capacity per 100,000 inhabitants, so that fractions are not lost.

        ``units_before``: days on which the capacity was there before today.
        """
        a_day = per_100000 * self.population / 100_000.0
        return int(a_day * (units_before + 1)) - int(a_day * units_before)


class ProductionKind(ABC):
    """One way in which contributions become service. ``columns`` uses the shapes "zone", "age x zone", "day x zone".

    "age x zone" is a ring over days of arising, as long as a need lives; "day x zone" a ring over days of contributing,
    as long as the acknowledgement takes.
    """

    name: str
    columns: tuple[Column, ...]
    # Whether agents of the administration stand by to finish what citizens begin.
    has_agents = False

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

    @abstractmethod
    def used_in_time(self, today: ServiceDay, past_day: int) -> NDArray[np.float64]:
        """Return by zone the share of what was contributed on ``past_day`` that has been used by now."""
