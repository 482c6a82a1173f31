"""Chunks hold whole zones; workers take them where it pays."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from islands import islands_file

import entraide.model.simulation as engine
from entraide.model import chunks
from entraide.model.simulation import Simulation
from entraide.model.workers import Workers
from entraide.scenarios.loader import load_scenario


@given(st.lists(st.integers(1, 500), max_size=60), st.integers(1, 900))
def test_every_zone_is_in_one_chunk_and_all_but_the_last_are_full(people: list[int], size: int) -> None:
    ranges = chunks.chunk_zones(np.array(people, np.int64), size)
    assert [zone for first, last in ranges for zone in range(first, last)] == list(range(len(people)))
    assert all(sum(people[first:last]) >= size for first, last in ranges[:-1])


class _Counted(Executor):
    """Runs parts one after the other and counts those that are handed over."""

    def __init__(self) -> None:
        self.handed = 0

    def map(self, fn: Callable[..., Any], *parts: Iterable[Any], **_: Any) -> Iterator[Any]:
        for part in zip(*parts, strict=True):
            self.handed += 1
            yield fn(*part)


def test_few_people_are_looked_at_without_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    specification = load_scenario(islands_file(tmp_path, days=3)).specification()
    monkeypatch.setattr(engine, "CHUNK", 1)
    workers = _Counted()
    simulation = Simulation(specification, workers=workers)
    simulation.chunks = [(0, 1)] * 263

    def handed(listed: int | None) -> int:
        workers.handed = 0
        assert simulation.each_chunk(lambda chunk: chunk, listed) == list(range(263))
        return workers.handed

    assert handed(10) == 0
    assert handed(None) == handed(100_000) == 263


def test_workers_give_every_part_once_in_order_and_the_caller_takes_part() -> None:
    seen: list[tuple[int, str]] = []

    def work(number: int) -> int:
        seen.append((number, threading.current_thread().name))
        time.sleep(0.001)
        return number * number

    with Workers(3) as workers:
        assert list(workers.map(work, range(200))) == [number * number for number in range(200)]
        assert list(workers.map(work, [])) == []
        assert workers.submit(work, 7).result() == 49
    parts, threads = zip(*seen[:200], strict=True)
    print(f"parts by thread: { {name: threads.count(name) for name in set(threads)} }")
    assert sorted(parts) == list(range(200))
    assert threading.current_thread().name in threads
    assert len(set(threads)) == 3


@pytest.mark.parametrize("faulty", [0, 1, 50, 199])
def test_a_fault_in_a_part_is_told_and_parts_not_begun_are_left(faulty: int) -> None:
    done: list[int] = []

    def work(number: int) -> None:
        if number == faulty:
            raise ArithmeticError(str(number))
        time.sleep(0.001)
        done.append(number)

    with Workers(2) as workers, pytest.raises(ArithmeticError, match=f"^{faulty}$"):
        workers.map(work, range(200))
    assert max(done, default=0) <= faulty + 2


def test_people_of_a_chunk_live_their_day_in_one_go_where_there_are_workers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four phases are handed over once a day; what each took is still told, and all of it is in the day's time."""
    monkeypatch.setattr(engine, "CHUNK", 400)
    specification = load_scenario(islands_file(tmp_path, days=20)).specification()
    workers = _Counted()
    simulation = Simulation(specification, workers=workers)
    workers.handed = 0
    started = time.perf_counter()
    simulation.run()
    taken = time.perf_counter() - started
    chunks_of_people = len(simulation.chunks)
    assert chunks_of_people > 1
    assert workers.handed == 20 * chunks_of_people
    assert min(simulation.phase_seconds.values()) > 0.0
    assert 0.3 * taken < sum(simulation.phase_seconds.values()) <= taken
