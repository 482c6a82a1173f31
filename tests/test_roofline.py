"""What the roofline counts is what the engine does: draws call by call, cache lines one by one, every byte hashed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from benchmark_modules import imported_benchmarks


@pytest.fixture(scope="module")
def benchmarks() -> Iterator[Mapping[str, ModuleType]]:
    with imported_benchmarks() as modules:
        yield modules


@pytest.mark.long
def test_draws_by_rule_are_those_that_the_engine_takes(benchmarks: Mapping[str, ModuleType]) -> None:
    """Every call of the hash, counted without compiling. Rules that may end early count a draw too many, never less."""
    counted = benchmarks["draws"].draws_by_phase(3_000, 25)
    print(counted)
    called, by_rule = counted["called"], counted["by_rule"]
    for name in ("awareness", "prompts", "social"):
        assert by_rule[name] == called[name]
    for name in ("drop-out", "contributions", "feedback"):
        assert called[name] <= by_rule[name] <= 1.2 * called[name] + 5
    assert called["contributions"] > 50
    assert called["demand"] == counted["zones"] * counted["days"]


def test_cache_lines_are_counted_one_by_one(benchmarks: Mapping[str, ModuleType]) -> None:
    """Against a set of the lines that each row lies on, for records longer and shorter than a line, rows repeated."""
    lines_under, line = benchmarks["traffic"].lines_under, benchmarks["machine_limits"].LINE
    rng = np.random.default_rng(3)
    for size in (1, 2, 21, 35, 64, 150):
        array = np.zeros(5_000, np.dtype([("x", f"V{size}")]))
        rows = np.sort(rng.integers(0, len(array), 400))
        start = array.ctypes.data
        alone = {
            at // line for row in rows.tolist() for at in range(start + row * size, start + (row + 1) * size)
        }  # fmt: skip
        assert lines_under(array, rows) == len(alone), f"records of {size} bytes"
    assert lines_under(array, rows[:0]) == 0


def test_watching_changes_nothing(benchmarks: Mapping[str, ModuleType]) -> None:
    engine, traffic, state_hash = benchmarks["engine"], benchmarks["traffic"], benchmarks["final_state"].state_hash
    what = engine.specification(20_000, 12)
    alone, _ = engine.one_replicate(what)
    watcher = traffic.Traffic()
    with traffic.watched(watcher):
        seen, outcome = engine.one_replicate(what)
    assert state_hash(alone) == state_hash(seen)
    assert watcher.days == 12
    assert watcher.contributions == outcome.daily["contributions"].sum()
    assert watcher.prompts == outcome.daily["prompted"].sum()
    assert watcher.touched["awareness"].swept == 12 * what.territory.inhabitants


def test_one_bit_changes_the_hash_of_the_last_state(benchmarks: Mapping[str, ModuleType]) -> None:
    engine, state_hash = benchmarks["engine"], benchmarks["final_state"].state_hash
    simulation, _ = engine.one_replicate(engine.specification(5_000, 12), zone_daily=True)
    before = state_hash(simulation)
    planted: list[tuple[Any, Any]] = [
        (simulation.citizens["trust"], 7),
        (simulation.involvement["habit"], (0, 7)),
        (simulation.threshold, (0, 7)),
        (simulation.zone_state["need"], (0, 0)),
        (next(iter(simulation.kind_state[0].values())), (0, 0)),
        (simulation.records.zone_year, (0, 0, 0, 0)),
    ]
    for array, place in planted:
        kept = array[place].copy()
        array[place] += 1
        assert state_hash(simulation) != before
        array[place] = kept
    assert state_hash(simulation) == before


def test_the_limits_are_measured_on_work_that_is_done(benchmarks: Mapping[str, ModuleType]) -> None:
    """Each loop leaves what its plain twin leaves: no part of what is timed was compiled away."""
    limits = benchmarks["machine_limits"]
    rng = np.random.default_rng(7)
    left, right, result = rng.normal(size=50), rng.normal(size=50), np.zeros(50)
    limits.triad(result, left, right, 3.0)
    np.testing.assert_allclose(result, left + right * 3.0, rtol=1e-15)
    ceilings, utilities = rng.integers(0, 65_536, 64).astype(np.uint16), rng.normal(size=64)
    key = np.uint32(12_345)
    for loop, values in (("hash_and_compare", ceilings), ("hash_and_logistic", utilities)):
        kernel = getattr(limits, loop)
        hits = kernel(values, 3, 5, key)
        print(loop, hits, "of", 3 * len(values))
        assert hits == kernel.py_func(values, 3, 5, key)
        assert 0.2 < hits / (3 * len(values)) < 0.8
    memory, places = np.ones((100, limits.LINE), np.uint8), np.arange(0, 100, 7)
    assert limits.fetch_lines(memory, places) == limits.fetch_in_turn(memory, places) == len(places)


def test_every_limit_is_measured_for_each_number_of_threads(benchmarks: Mapping[str, ModuleType]) -> None:
    limits = benchmarks["machine_limits"]
    measured = limits.machine_limits((1, 2), 2, cache=1 << 18)
    print(measured)
    assert set(measured) == {1, 2}
    for rates in measured.values():
        assert set(rates) == set(limits.LIMITS)
        assert all(0.0 < rate < np.inf for rate in rates.values())
