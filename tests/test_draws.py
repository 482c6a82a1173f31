"""Two scenarios with one seed see the same chance: what differs between them is only what the difference moves."""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass, field, replace
from types import FrameType
from typing import Any

import numpy as np
import pytest
from small_worlds import WORLDS
from twins.chance import Chance
from twins.compare import differences
from twins.world import TwinWorld

from entraide.model.random_numbers import Stream
from entraide.model.simulation import Simulation
from entraide.model.specification import Specification

DAYS = 30
Address = tuple[int, int, int, int, int]


@dataclass
class Watched(Chance):
    """Chance that remembers, for each address, which lines of the twin drew there: who asked, called by whom."""

    askers: dict[Address, set[tuple[int, ...]]] = field(default_factory=lambda: defaultdict(set))

    def words(self, stream: Stream, service: int, number: int, day: int, index: int = 0) -> tuple[int, int]:
        frame: FrameType | None = sys._getframe(1)
        lines = []
        while frame is not None and not frame.f_code.co_name.startswith("test_"):
            lines.append(frame.f_lineno)
            frame = frame.f_back
        self.askers[int(stream), service, number, day, index].add(tuple(lines))
        return super().words(stream, service, number, day, index)


def _live(specification: Specification, seed: int, **settings: Any) -> dict[Address, int]:
    """Live some days as engine and twin, which agree; return what was drawn at which address."""
    engine, twin = Simulation(specification, seed=seed, **settings), TwinWorld(specification, seed, **settings)
    twin.chance.drawn = {}
    for _ in range(DAYS):
        engine.step()
        twin.step()
        assert differences(engine, twin) == []
    return twin.chance.drawn


@pytest.mark.parametrize("name", ["photographs", "rivals", "vandals", "troubles"])
def test_no_number_serves_two_decisions(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("twins.world_state.Chance", Watched)
    twin = TwinWorld(WORLDS[name](), 2)
    askers = twin.chance
    assert isinstance(askers, Watched)
    for _ in range(DAYS):
        twin.step()
    streams = {Stream(address[0]).name for address in askers.askers}
    print(f"{name}: {len(askers.askers)} numbers of {len(streams)} streams in {DAYS} days")
    assert len(askers.askers) > 10_000
    assert {address: lines for address, lines in askers.askers.items() if len(lines) > 1} == {}


OFF = {
    "altruism": {"altruism_weight": 0.0},
    "pleasure": {"pleasure_weight": 0.0},
    "reputation": {"reputation_weight": 0.0},
    "rewards": {"currency_weight": 0.0},
    "belonging": {"conditional_strength": 0.0, "free_rider_reluctance": 0.0},
    "habit": {"habit_weight": 0.0},
    "effort": {"effort_weight": 0.0},
    "fatigue": {"fatigue_weight": 0.0},
}


@pytest.mark.slow
def test_every_draw_is_the_same_with_and_without_a_citizen_and_with_each_motive_on_or_off() -> None:
    """Engine and twin agree in each life; wherever two lives draw at the same address, they draw the same number."""
    specification, seed = _with_citizen_0_acting("rivals")
    base = _live(specification, seed)
    lives = {"without citizen 0": _live(specification, seed, removed=(0,))}
    for motive, change in OFF.items():
        changed = replace(specification, citizens={**specification.citizens, **change})
        lives[f"without {motive}"] = _live(changed, seed)
    for life, drawn in lives.items():
        both = base.keys() & drawn.keys()
        print(f"{life}: {len(both)} addresses in both lives, {len(drawn)} in this one, {len(base)} in the other")
        assert 0.9 * len(base) < len(both) <= len(base)
        assert all(base[address] == drawn[address] for address in both)
    # Nobody is tired after a month of this world; each of the other changes leads to another life.
    assert sum(base.keys() != drawn.keys() for drawn in lives.values()) >= 7


def test_citizens_are_born_the_same_without_the_removed_one() -> None:
    specification = WORLDS["rivals"]()
    whole, without = (Simulation(specification, seed=8, removed=removed) for removed in ((), (0,)))
    for name in whole.citizens.dtype.names or ():
        if name != "eligible":
            assert np.array_equal(whole.citizens[name], without.citizens[name]), name
    assert np.array_equal(whole.citizens["eligible"][1:], without.citizens["eligible"][1:])
    assert without.citizens["eligible"][0] == 0


def _others(simulation: Simulation, number: int) -> tuple[bytes, ...]:
    """Return the state of everybody but one."""
    keep = np.arange(simulation.inhabitants) != number
    parts = (simulation.citizens[keep], simulation.involvement[:, keep], simulation.threshold[:, keep])
    return tuple(part.tobytes() for part in parts)


def _first_acts(specification: Specification, seed: int, **settings: Any) -> dict[int, int]:
    """Return by citizen the day of the first contribution."""
    simulation = Simulation(specification, seed=seed, log=True, **settings).run()
    log = simulation.outcome().log
    assert log is not None
    first: dict[int, int] = {}
    for day, citizen in zip(log["day"].tolist(), log["citizen"].tolist(), strict=True):
        first.setdefault(citizen, day)
    return first


def _with_citizen_0_acting(name: str, **settings: Any) -> tuple[Specification, int]:
    """Return a world and the first seed with which citizen 0 contributes in it."""
    specification = WORLDS[name]()
    seed = next(seed for seed in range(60) if 0 in _first_acts(specification, seed, **settings))
    return specification, seed


@pytest.mark.parametrize("name", ["reports", "photographs", "rivals", "channels"])
def test_with_feedbacks_frozen_nobody_else_differs_without_a_citizen(name: str) -> None:
    """Citizen 0, who contributes, is removed; the others live every day as if nothing had happened."""
    specification, seed = _with_citizen_0_acting(name, feedbacks=False)
    whole, without = (Simulation(specification, seed=seed, feedbacks=False, removed=removed) for removed in ((), (0,)))
    acts = 0
    for _ in range(specification.days):
        whole.step()
        without.step()
        assert _others(whole, 0) == _others(without, 0), f"day {whole.day - 1}"
        acts += sum(len(rows[0]) for rows in whole.today.acts)
    own = int(whole.involvement["times"][:, 0].sum())
    print(f"{name}, seed {seed}: {acts} contributions, {own} of them by citizen 0")
    assert own > 0
    assert int(without.involvement["times"][:, 0].sum()) == 0
    assert acts > 5 * own


@pytest.mark.parametrize("name", ["reports", "photographs", "rivals", "channels"])
def test_with_feedbacks_nobody_differs_before_the_citizen_would_have_acted(name: str) -> None:
    specification, seed = _with_citizen_0_acting(name)
    first = _first_acts(specification, seed)
    # Citizen 0, and whoever acts for the first time last of all, so that many days are compared.
    for number in (0, max(first, key=lambda citizen: first[citizen])):
        whole, without = (Simulation(specification, seed=seed, removed=removed) for removed in ((), (number,)))
        same_days = 0
        for _ in range(specification.days):
            whole.step()
            without.step()
            same = _others(whole, number) == _others(without, number)
            if whole.day - 1 < first[number]:
                assert same, f"day {whole.day - 1}, before day {first[number]}"
                for name_of_state in ("need", "prompt_factor", "published", "spendability", "administration_trust"):
                    one, other = whole.zone_state[name_of_state], without.zone_state[name_of_state]
                    assert np.array_equal(one, other), name_of_state
                same_days += 1
        print(f"{name}, seed {seed}: citizen {number} first acts on day {first[number]}; in the end same: {same}")
        assert same_days == first[number]


def test_somebody_differs_after_the_citizen_has_acted() -> None:
    """The comparison above can fail: neighbours of who acted early have seen it."""
    specification, seed = _with_citizen_0_acting("photographs")
    whole, without = (Simulation(specification, seed=seed, removed=removed).run() for removed in ((), (0,)))
    assert _others(whole, 0) != _others(without, 0)
