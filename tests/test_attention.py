"""Nobody who would hear of a service, or be prompted, is ever missed by the sweep that looks at few people only."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from small_worlds import WORLDS, service, territory, world
from strategies import SAME_EACH_TIME, specifications
from twins.chance import philox
from twins.figures import exponential
from twins.hearing import can_be_prompted, can_hear, ceiling, hearing_chance, is_looked_at, prompt_hazard
from twins.judge import digest
from twins.world import TwinWorld

from entraide.model.attention import ceiling_code, find_candidates, passes
from entraide.model.awareness import AWARE, DEPARTED
from entraide.model.parameters import Value
from entraide.model.random_numbers import Stream
from entraide.model.simulation import Simulation
from entraide.model.snapshots import fork, save_snapshot
from entraide.model.specification import Specification


def _would_act_and_is_looked_at(twin: TwinWorld) -> tuple[int, list[tuple[int, int]], int]:
    """Return, for the day about to begin: how many would hear or be prompted, who of them is missed, and all found.

    Chances are computed for everybody from the rules alone, without ceilings; forgetting is left out, since it only
    takes people away.
    """
    acting, missed, found = 0, [], 0
    for j, offered in enumerate(twin.services):
        twin.daily.append([{} for _ in twin.services])  # recruitment counts the thirty days before today
        outreach = twin._outreach(j)
        twin.daily.pop()
        media_by_zone = [twin._media(j, zone) for zone in range(twin.zones)]
        for person in twin.citizens:
            media, factor = media_by_zone[person.zone], twin._open_factor(j, person.zone)
            reached = outreach[person.zone]
            word = twin.chance.words(Stream.ATTENTION, twin._prompted_with(j), person.number, twin.day)[0]
            chance = 0.0
            if can_hear(person, j):
                chance = hearing_chance(person, j, twin.people, offered, media, reached, twin._worth(-1.0))
            elif can_be_prompted(person, j, twin.day):
                hazard = prompt_hazard(person, j, twin.people, offered, twin.day - person.ties[j].last)
                chance = 1.0 - exponential(-hazard * factor)
            seen = is_looked_at(person.ties[j].threshold, word, max(media, factor), reached)
            found += seen
            if word < chance * 2.0**32:
                acting += 1
                if not seen:
                    missed.append((j, person.number))
    return acting, missed, found


@pytest.mark.parametrize("name", ["reports", "photographs", "channels", "troubles", "hamlets"])
def test_nobody_is_missed(name: str) -> None:
    twin = TwinWorld(WORLDS[name](), 9)
    acting = found = 0
    for _ in range(30):
        today, missed, seen = _would_act_and_is_looked_at(twin)
        assert missed == [], f"day {twin.day}"
        acting, found = acting + today, found + seen
        twin.step()
    all_days = 30 * twin.inhabitants * len(twin.services)
    print(f"{name}: {acting} hear or are prompted, {found} are looked at, of {all_days} citizen-days")
    assert 0 < acting <= found < all_days


@settings(SAME_EACH_TIME, max_examples=15)
@given(specification=specifications(days=20, most_people=60), seed=st.integers(0, 2**32))
def test_nobody_is_missed_in_any_small_world(specification: Specification, seed: int) -> None:
    twin = TwinWorld(specification, seed)
    for _ in range(specification.days):
        assert _would_act_and_is_looked_at(twin)[1] == []
        twin.step()


def test_the_search_finds_who_is_missed() -> None:
    """Lower everybody's ceiling to a quarter: within ten days somebody is missed, and the search says so."""
    twin = TwinWorld(WORLDS["reports"](), 9)
    missed = []
    for _ in range(10):
        twin.step()
        for person in twin.citizens:
            person.ties[0].threshold //= 4
        missed += _would_act_and_is_looked_at(twin)[1]
    print(f"{len(missed)} missed")
    assert missed


CHANCES = st.one_of(st.floats(0.0, 1.0), st.floats(0.0, 50.0), st.integers(0, 70_000).map(lambda n: n / 65536))


@settings(SAME_EACH_TIME, max_examples=1_000)
@given(hazard=CHANCES, factor=st.floats(1.0, 100.0), added=st.floats(0.0, 1.0), today=st.floats(0.0, 1.0))
@example(hazard=1.0, factor=1.0, added=0.0, today=1.0)
@example(hazard=65535 / 65536, factor=1.0, added=0.0, today=1.0)
@example(hazard=2.0**-40, factor=1.0, added=0.0, today=1.0)
def test_a_ceiling_scaled_and_raised_stays_a_ceiling(hazard: float, factor: float, added: float, today: float) -> None:
    """The largest draw that leads to something under ``1 - exp(-(today hazard factor + added))`` is looked at."""
    chance = 1.0 - exponential(-(today * hazard * factor + added))
    word = min(2**32 - 1, math.ceil(chance * 2**32) - 1)
    if word < 0:
        return
    assert word < chance * 2**32
    assert is_looked_at(ceiling(hazard), word, factor, added)


@settings(SAME_EACH_TIME, max_examples=60)
@given(
    sizes=st.lists(st.integers(1, 1500), min_size=1, max_size=4),
    scales=st.lists(st.floats(0.0, 300.0), min_size=4, max_size=4),
    added=st.lists(st.one_of(st.just(0.0), st.floats(0.0, 0.1)), min_size=4, max_size=4),
    key=st.integers(0, 2**32 - 1),
    day=st.integers(0, 1094),
    spread=st.sampled_from([1, 50, 3_000, 65_535]),
)
def test_the_sweep_finds_the_same_people_as_the_twin(
    sizes: list[int], scales: list[float], added: list[float], key: int, day: int, spread: int
) -> None:
    zones, people = len(sizes), sum(sizes)
    bounds = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    threshold = np.random.default_rng(key).integers(0, spread + 1, people).astype(np.uint16)
    found = np.empty(people, np.int32)
    scale, extra = np.array(scales[:zones]), np.array(added[:zones])
    count = find_candidates(threshold, bounds, scale, extra, day, np.uint32(key), found)
    expected = [
        i
        for z in range(zones)
        for i in range(bounds[z], bounds[z + 1])
        if is_looked_at(int(threshold[i]), philox(int(i), day, key)[0], scales[z], added[z])
    ]
    assert found[:count].tolist() == expected


@settings(SAME_EACH_TIME, max_examples=500)
@given(chance=CHANCES, word=st.integers(0, 2**32 - 1))
def test_ceilings_and_chances_are_the_twins(chance: float, word: int) -> None:
    assert ceiling_code(chance) == ceiling(chance)
    assert ceiling_code.py_func(chance) == ceiling(chance)
    assert bool(passes(np.uint32(word), chance)) == (word < chance * 2.0**32)
    assert (ceiling(chance) == 0) == (chance == 0.0)
    assert chance == 0.0 or ceiling(chance) == 65535 or ceiling(chance) > chance * 65536.0


@pytest.mark.parametrize("levers", [{"prompt_boost": 8.0}, {"phone_offered": True, "desk_offered": True}, {}])
def test_nobody_is_missed_after_a_fork_to_other_levers(levers: dict[str, Value], tmp_path: Path) -> None:
    """On the first day after the fork, the same people hear and are prompted as if everybody were looked at."""
    quiet = {"initial_awareness": 0.4, "prompt_rate": 0.01, "awareness_rate": 0.02, "needs_rate": 200.0}
    past, future = (
        world(service("reports", "report-and-repair", levers=moved, **quiet), place=territory([900, 2100]), days=30)
        for moved in ({}, levers)
    )
    path = save_snapshot(Simulation(past, seed=6).run(until=12), tmp_path / "day12.npz")
    lives = []
    for look_at_all in (False, True):
        simulation = fork(future, path)
        if look_at_all:
            reachable = (simulation.citizens["eligible"] > 0) & (simulation.involvement["stage"][0] != DEPARTED)
            simulation.threshold[0][reachable] = 65535
        simulation.step()
        heard = (simulation.involvement["stage"][0] == AWARE) & (simulation.involvement["last"][0] == 12)
        found = sum(len(chunk) for chunk in simulation.today.candidates[0])
        lives.append(
            (simulation.records.series("prompted", 0)[12], int(heard.sum()), simulation.today.acts[0][0], found)
        )
    print(f"{levers or 'no change'}: {lives[0][0]} prompted, {lives[0][1]} hear; {lives[0][3]} looked at of 3000")
    assert lives[0][:2] == lives[1][:2]
    assert np.array_equal(lives[0][2], lives[1][2])
    assert lives[0][0] > 0
    assert lives[0][1] > 0
    assert lives[0][3] < 0.6 * lives[1][3]
    if not levers:
        straight = Simulation(past, seed=6).run()
        assert digest(fork(future, path).run()) == digest(straight)
