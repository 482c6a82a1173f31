"""Worlds for statements about signs and sizes, run over 20 seeds, and how a statement is judged.

All values that matter are written here or in the test, none is read from a packaged scenario: a scenario may be tuned
without moving these statements. Every band is written before the run that it judges; a comment says what it rests on.
Sizes are printed: ``pytest -s`` or ``pytest -rA`` shows them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from small_worlds import service, world

from entraide.model.intervals import Interval, mean_over_replicates
from entraide.model.parameters import Value
from entraide.model.records import Outcome
from entraide.model.simulation import Simulation
from entraide.model.specification import Event, ServiceSpecification, Specification
from entraide.model.territory import Territory
from entraide.scenarios.territories import load_territory

__all__ = [
    "SEEDS",
    "Replicate",
    "by_citizen",
    "change",
    "contributions",
    "crozon",
    "effect",
    "no_effect",
    "peninsula",
    "photographs",
    "photographs_service",
    "replicates",
    "reports",
    "same",
]

SEEDS = range(1, 21)
# What agrees to the last bit needs no table of seeds: whatever moves anything moves somebody among 6,705 people.
SEEDS_OF_SAMENESS = 5

# Street defects reported by who walks past them; agents could repair a third more than arises. Half of the people know
# the service, defects are many: weeks of these 6,705 people show what years of a large territory would.
_REPORTS: Mapping[str, Value] = {
    "initial_awareness": 0.5,
    "needs_rate": 400.0,
    "repair_capacity": 200.0,
    "backstop_capacity": 10.0,
    "backstop_wait": 7,
    "accuracy_alpha": 45.0,
    "accuracy_beta": 2.4,
    # Somebody meets a defect once in five weeks and reports at most now and then, on any class's values.
    "drop_out_first": 0.67,
    "prompt_rate": 0.03,
    "session_tasks": 0.18,
}

# Photographs classified online: always enough of them, nobody checks single answers, no last resort.
_PHOTOGRAPHS: Mapping[str, Value] = {
    "pooled": True,
    "initial_awareness": 0.5,
    "needs_rate": 30000.0,
    "checking_max": 0.0,
    "backstop_capacity": 0.0,
    # A few minutes at a time, three in four never again, on any class's values.
    "drop_out_first": 0.75,
    "prompt_rate": 0.65,
    "session_tasks": 16.0,
    "session_tasks_log_sd": 1.0,
    "session_devotion_exponent": 0.0,
    "departure_rate": 0.165,
}


@cache
def crozon() -> Territory:
    """Return three communes of the Crozon peninsula in Finistère: 6,705 inhabitants, the national social mix."""
    return load_territory(communes=("29022", "29120", "29280"))


@cache
def peninsula() -> Territory:
    """Return the whole intercommunality of these communes, where a statement needs more people."""
    return load_territory(communes="intercommunality:200066868")


def reports(
    days: int = 180,
    *,
    levers: Mapping[str, Value] | None = None,
    people: Mapping[str, Value] | None = None,
    events: Sequence[Event] = (),
    place: Territory | None = None,
    **assumptions: Value,
) -> Specification:
    """Return the world of reports; ``levers`` are moved after the reference was taken, ``assumptions`` before."""
    only = service("reports", "report-and-repair", levers=levers, **{**_REPORTS, **assumptions})
    return world(only, place=place or crozon(), people=people, events=events, days=days, name="reports")


def photographs_service(
    name: str = "photographs", levers: Mapping[str, Value] | None = None, **assumptions: Value
) -> ServiceSpecification:
    """Return one service of classifying photographs."""
    values = {**_PHOTOGRAPHS, **assumptions}
    return service(name, "queue", preset="online-micro-task", levers=levers, **values)


def photographs(
    days: int = 60,
    *,
    levers: Mapping[str, Value] | None = None,
    people: Mapping[str, Value] | None = None,
    events: Sequence[Event] = (),
    place: Territory | None = None,
    **assumptions: Value,
) -> Specification:
    """Return the world of photographs."""
    only = photographs_service(levers=levers, **assumptions)
    return world(only, place=place or crozon(), people=people, events=events, days=days, name="photographs")


@dataclass(frozen=True)
class Replicate:
    """What is kept of one seed: the outcome, and who the citizens are.

    Shapes: ``eligible`` bool[N], ``digital`` and ``altruism`` uint8[N] codes, ``trust`` float64[N] 0-1 as last
    brought up to date, ``spendability`` float64[Z].
    """

    outcome: Outcome
    eligible: NDArray[np.bool_]
    digital: NDArray[np.uint8]
    altruism: NDArray[np.uint8]
    trust: NDArray[np.float64]
    spendability: NDArray[np.float64]

    def daily(self, measure: str, service: int = 0) -> NDArray[np.float64]:
        """Return the series of a measure."""
        return self.outcome.daily[measure][:, service]


_kept: OrderedDict[str, tuple[Replicate, ...]] = OrderedDict()
_MOST_KEPT = 8


def _fingerprint(specification: Specification) -> str:
    services = [
        (s.name, s.kind, sorted(s.parameters.items()), sorted(s.reference.items())) for s in specification.services
    ]
    groups = specification.territory.groups
    place = (specification.territory.codes, groups.digital_exclusion.tolist())
    return repr((services, sorted(specification.citizens.items()), specification.events, specification.days, place))


def replicates(specification: Specification, seeds: int = len(SEEDS)) -> tuple[Replicate, ...]:
    """Return one replicate for each of the first seeds; the last few worlds are kept: statements share their base."""
    key = _fingerprint(specification)
    known = _kept.setdefault(key, ())
    _kept[key] = known + tuple(_replicate(specification, seed) for seed in SEEDS[len(known) : seeds])
    _kept.move_to_end(key)
    while len(_kept) > _MOST_KEPT:
        _kept.popitem(last=False)
    return _kept[key][:seeds]


def _replicate(specification: Specification, seed: int) -> Replicate:
    simulation = Simulation(specification, seed=seed, log=True, zone_daily=True).run()
    people = simulation.citizens
    return Replicate(
        outcome=simulation.outcome(),
        eligible=people["eligible"] > 0,
        digital=people["digital"].copy(),
        altruism=people["altruism"].copy(),
        trust=people["trust"] / 65535.0,
        spendability=simulation.zone_state["spendability"].copy(),
    )


def contributions(replicate: Replicate, first: int = 0, last: int | None = None) -> float:
    """Return the contributions to the first service from day ``first`` to before day ``last``."""
    return float(replicate.daily("contributions")[first:last].sum())


def by_citizen(replicate: Replicate) -> NDArray[np.int64]:
    """Return how often each citizen contributed, from the log; int64[N]."""
    log = replicate.outcome.log
    assert log is not None
    return np.bincount(log["citizen"], minlength=len(replicate.eligible)).astype(np.int64)


def change(
    base: Specification, moved: Specification, measure: Callable[[Replicate], float], *, relative: bool = True
) -> NDArray[np.float64]:
    """Return the change of a measure between two worlds, seed by seed on the same draws."""
    before = np.array([measure(replicate) for replicate in replicates(base)])
    after = np.array([measure(replicate) for replicate in replicates(moved)])
    return np.asarray((after - before) / before if relative else after - before)


def _interval(statement: str, values: ArrayLike, band: tuple[float, float]) -> tuple[float, Interval]:
    estimate = mean_over_replicates(values)
    assert estimate.value is not None
    assert estimate.interval is not None
    assert estimate.without_value == 0
    interval = estimate.interval
    print(
        f"{statement}: {estimate.value:+.4f} [{interval.low:+.4f}, {interval.high:+.4f}] "
        f"over {estimate.replicates} seeds; band {band[0]:+g} to {band[1]:+g}"
    )
    return estimate.value, interval


def effect(statement: str, values: ArrayLike, band: tuple[float, float], nothing: float = 0.0) -> None:
    """Assert that the mean over seeds lies in its band, and that its interval leaves out ``nothing``."""
    assert not band[0] < nothing < band[1], "a band that holds no effect proves no effect"
    value, interval = _interval(statement, values, band)
    assert not interval.holds(nothing), f"{statement}: cannot be told from nothing"
    assert band[0] <= value <= band[1], f"{statement}: {value:+.4f} is outside {band}"


def no_effect(statement: str, values: ArrayLike, within: float) -> None:
    """Assert that the whole interval over seeds lies closer to zero than ``within``."""
    _, interval = _interval(statement, values, (-within, within))
    assert -within <= interval.low, f"{statement}: an effect cannot be excluded"
    assert interval.high <= within, f"{statement}: an effect cannot be excluded"


def same(base: Specification, moved: Specification, *, but: Sequence[str] = ()) -> None:
    """Assert that two worlds agree bit for bit in every daily measure but some, and in who contributed when."""
    pairs = zip(replicates(base, SEEDS_OF_SAMENESS), replicates(moved, SEEDS_OF_SAMENESS), strict=True)
    for one, other in pairs:
        for name, series in one.outcome.daily.items():
            if name not in but:
                assert np.array_equal(series, other.outcome.daily[name]), f"{name} differs"
        assert one.outcome.log is not None
        assert other.outcome.log is not None
        for name, column in one.outcome.log.items():
            assert np.array_equal(column, other.outcome.log[name]), f"the log's {name} differs"
        assert np.array_equal(one.trust, other.trust), "trust differs"
