"""Every lever of every file of parameters moves something, and costs what its note says: nothing where it says none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from lever_changes import MOVED, WITHOUT_WHICH_IT_DOES_NOTHING, kinds_that_read
from small_worlds import world_of

from entraide.model.outcomes import Outcome
from entraide.model.parameters import Parameter, Value
from entraide.model.simulation import Simulation
from entraide.scenarios.declarations import ALL, SERVICE

LEVERS = {name: each for name, each in ALL.items() if each.kind == "lever"}
OF_SERVICES = sorted(name for name in LEVERS if name in SERVICE)
# Nobody comes: what costs are left is what a service costs whoever comes.
_QUIET = {
    "prompt_rate": 0.0,
    "initial_awareness": 0.0,
    "awareness_rate": 0.0,
}
# What is set in both worlds, beside what lever_changes says, so that a lever acts or costs in a world so small.
_BESIDE: Mapping[str, Mapping[str, Value]] = {
    "aggregation": {"answers_per_task": 5},
    "badges": {"badges": False},
    "credit_lifetime": {"reward_rate": 5.0},
    "credit_offers": {"reward_rate": 5.0},
    "reward_medium": {"reward_rate": 5.0},
}
# Their cost is another parameter's, which the note names, or contributors' work, which has no price.
_NO_MONEY = {"legal_burden", "reward_medium", "gold_share", "second_look"}
# These move nothing among a few hundred people in weeks: only their cases and notes are held here.
_TOO_SMALL_A_WORLD = {"aggregation", "challenge", "progress_shown", "public_roofs"}


def is_free(parameter: Parameter) -> bool:
    """Return whether a lever's note says that it costs nothing by itself."""
    return parameter.lever is not None and parameter.lever.cost.startswith("none")


FREE = {name for name in OF_SERVICES if is_free(SERVICE[name])}


@cache
def _outcome(
    kind: str, quiet: bool, told: tuple[tuple[str, Value], ...], moved: tuple[tuple[str, Value], ...]
) -> Outcome:
    """Simulate a small world of a kind; what is told is so in both worlds, what is moved is beyond the scenario."""
    specification = world_of(kind, **((_QUIET if quiet else {}) | dict(told)))
    if quiet:
        floors = {"prompt_floor_active": 0.0, "prompt_floor_new": 0.0, "word_of_mouth": 0.0}
        specification = replace(specification, citizens={**specification.citizens, **floors})
    *others, service = specification.services
    service = replace(service, parameters={**service.parameters, **dict(moved)})
    return Simulation(replace(specification, services=(*others, service), days=45), seed=4).run().outcome()


def _both(name: str, quiet: bool) -> tuple[Outcome, Outcome]:
    kind = next(iter(kinds_that_read(SERVICE[name])), "report-and-repair")
    told = tuple({**WITHOUT_WHICH_IT_DOES_NOTHING.get(name, {}), **_BESIDE.get(name, {})}.items())
    return _outcome(kind, quiet, told, ()), _outcome(kind, quiet, told, ((name, MOVED[name]),))


def _different(one: Outcome, other: Outcome) -> list[str]:
    return [measure for measure, series in one.daily.items() if not np.array_equal(series, other.daily[measure])]


def missing_cases(levers: Mapping[str, Parameter]) -> list[str]:
    """Return the levers for which tests/lever_changes.py holds no value to move them to."""
    return sorted(set(levers) - set(MOVED))


def test_every_lever_has_a_case() -> None:
    assert missing_cases(LEVERS) == [], "write in MOVED of tests/lever_changes.py to what each of these is moved"
    assert set(MOVED) <= set(LEVERS)
    for name, value in MOVED.items():
        LEVERS[name].check(value)
    planted = {**LEVERS, "poster_wave": replace(LEVERS["outreach"], name="poster_wave")}
    assert missing_cases(planted) == ["poster_wave"]


@pytest.mark.parametrize("name", sorted(set(OF_SERVICES) - _TOO_SMALL_A_WORLD))
def test_a_lever_moves_something(name: str) -> None:
    different = _different(*_both(name, quiet=False))
    print(name, different)
    assert different, "wired to nothing, or its case needs something else to be set"


@pytest.mark.parametrize("name", sorted(FREE))
def test_a_lever_that_is_said_to_cost_nothing_costs_nothing_where_nobody_comes(name: str) -> None:
    different = [measure for measure in _different(*_both(name, quiet=True)) if measure.startswith("cost_")]
    assert different == [], f"{name} costs something, and its note says: {SERVICE[name].lever.cost}"  # type: ignore[union-attr]


@pytest.mark.parametrize("name", sorted(set(OF_SERVICES) - FREE - _NO_MONEY - _TOO_SMALL_A_WORLD))
def test_a_lever_that_is_said_to_cost_something_moves_a_cost(name: str) -> None:
    different = [measure for measure in _different(*_both(name, quiet=False)) if measure.startswith("cost_")]
    print(name, different)
    assert different


def test_a_planted_note_is_seen() -> None:
    """Outreach, told as free: its cost shows where nobody comes."""
    assert "cost_outreach" in _different(*_both("outreach", quiet=True))
