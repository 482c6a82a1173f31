"""Replicates in threads: the same bits on any number of them, other chance for another seed, a stop within a day."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from islands import islands_file

from entraide.experiments.runner import Cancelled, check_numbers, cores_at_hand, fitting, run_replicates, run_some
from entraide.model.errors import InputError, MachineError
from entraide.model.memory import estimated_bytes
from entraide.model.records import Outcome
from entraide.model.specification import Specification
from entraide.scenarios.loader import load_scenario

DAYS = 60


@pytest.fixture(scope="module")
def islands(tmp_path_factory: pytest.TempPathFactory) -> Specification:
    return load_scenario(islands_file(tmp_path_factory.mktemp("islands"), days=DAYS)).specification()


def arrays(outcome: Outcome) -> dict[str, Any]:
    """Return every array of an outcome by name."""
    held: dict[str, Any] = {"lorenz": outcome.lorenz, "motives": outcome.motives}
    for part in ("daily", "zone_year", "zone_month", "groups", "zone_daily", "log"):
        held.update({f"{part}.{name}": values for name, values in (getattr(outcome, part) or {}).items()})
    held.update({f"counts.{j}": counts for j, counts in enumerate(outcome.contribution_counts)})
    return held


def same_bits(here: Sequence[Outcome], there: Sequence[Outcome]) -> bool:
    """Tell whether two runs agree in every bit of every array."""
    if [outcome.replicate for outcome in here] != [outcome.replicate for outcome in there]:
        return False
    for mine, theirs in zip(map(arrays, here), map(arrays, there), strict=True):
        assert mine.keys() == theirs.keys()
        assert len(mine) > 50
        if any(mine[name].tobytes() != theirs[name].tobytes() for name in mine):
            return False
    return all(mine.totals == theirs.totals for mine, theirs in zip(here, there, strict=True))


def test_threads_and_repetition_change_no_bit_but_the_seed_does(islands: Specification) -> None:
    one = run_replicates(islands, replicates=5, seed=7, threads=1, log=True, zone_daily=True)
    contributions = sum(outcome.daily["contributions"].sum() for outcome in one)
    print(f"{islands.territory.inhabitants} people, {DAYS} days, 5 replicates, {contributions:.0f} contributions")
    assert contributions > 20
    for threads in (2, 3):
        assert same_bits(one, run_replicates(islands, replicates=5, seed=7, threads=threads, log=True, zone_daily=True))
    assert not same_bits(one, run_replicates(islands, replicates=5, seed=8, threads=1, log=True, zone_daily=True))
    assert not same_bits(one[:1], [one[1]])


def test_chunks_of_one_replicate_side_by_side_change_no_bit(
    islands: Specification, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With more threads than replicates, the parts of one replicate share them; small parts here, so that there are."""
    monkeypatch.setattr("entraide.model.simulation.CHUNK", 150)
    one = run_replicates(islands, replicates=1, seed=7, threads=1)
    four = run_replicates(islands, replicates=1, seed=7, threads=4)
    eight = run_replicates(islands, replicates=2, seed=7, threads=8)
    assert same_bits(one, four)
    assert same_bits(one, eight[:1])


def test_a_replicate_is_the_same_in_a_longer_run(islands: Specification) -> None:
    long = run_replicates(islands, replicates=6, seed=2)
    assert same_bits(long[3:6], run_replicates(islands, replicates=3, seed=2, first=3))
    assert same_bits([long[5], long[1]], run_some(islands, [5, 1], seed=2))


def test_progress_counts_every_day_once(islands: Specification) -> None:
    heard: list[tuple[int, int]] = []
    run_replicates(islands, replicates=3, threads=2, progress=lambda done, total: heard.append((done, total)))
    assert heard == [(day, 3 * DAYS) for day in range(1, 3 * DAYS + 1)]


@pytest.mark.parametrize("threads", [1, 2])
def test_a_cancelled_run_stops_within_a_day_of_each_replicate(islands: Specification, threads: int) -> None:
    cancel = threading.Event()
    finished: list[int] = []
    days = 0

    def hear(done: int, total: int) -> None:
        nonlocal days
        days = done
        if done == DAYS + 20:
            cancel.set()

    def note(outcome: Outcome) -> Outcome:
        finished.append(outcome.replicate)
        return outcome

    with pytest.raises(Cancelled):
        run_some(islands, range(6), threads=threads, progress=hear, cancel=cancel, done=note)
    print(f"{threads} threads: {days} days simulated of {6 * DAYS}, finished replicates {finished}")
    assert days <= DAYS + 20 + threads
    assert len(finished) < 6


def test_each_outcome_is_handed_over_when_it_is_finished(islands: Specification) -> None:
    handed: list[int] = []

    def keep_daily_only(outcome: Outcome) -> Outcome:
        handed.append(outcome.replicate)
        assert outcome.log is not None
        return Outcome(**{**vars(outcome), "log": None})

    outcomes = run_some(islands, range(4), threads=2, log=True, done=keep_daily_only)
    assert sorted(handed) == [0, 1, 2, 3]
    assert [outcome.replicate for outcome in outcomes] == [0, 1, 2, 3]
    assert all(outcome.log is None for outcome in outcomes)


def test_the_first_fault_is_told_and_ends_the_run(islands: Specification) -> None:
    def full(outcome: Outcome) -> Outcome:
        raise MachineError("the disk is full")

    days = 0

    def hear(done: int, total: int) -> None:
        nonlocal days
        days = done

    with pytest.raises(MachineError, match="the disk is full"):
        run_some(islands, range(20), threads=2, done=full, progress=hear)
    print(f"{days} days of {20 * DAYS} were simulated before all stopped")
    assert days < 6 * DAYS


@pytest.mark.parametrize(
    "numbers",
    [
        {"replicates": 0}, {"replicates": -3}, {"replicates": 2.5}, {"replicates": True}, {"replicates": 10**9},
        {"seed": -1}, {"seed": 1.5}, {"seed": 2**63}, {"threads": 0}, {"threads": -1}, {"threads": 10**6},
        {"replicates": float("nan")},
    ],
)  # fmt: skip
def test_numbers_that_cannot_be_used_are_refused_with_a_remedy(numbers: dict[str, Any]) -> None:
    with pytest.raises(InputError) as caught:
        check_numbers(**numbers)
    (name,) = numbers
    assert f"--{name}: cannot be used" in str(caught.value)
    assert "allowed: a whole number from" in str(caught.value)
    assert caught.value.remedy


def test_cores_are_those_that_the_process_may_use() -> None:
    assert cores_at_hand() >= 1
    check_numbers(replicates=np.int64(1), seed=0, threads=cores_at_hand())


def test_the_administration_alone_spends_its_staff_whatever_the_seed(islands: Specification) -> None:
    first = run_replicates(islands, replicates=2, seed=1, alone=2.0)
    second = run_replicates(islands, replicates=2, seed=2, alone=2.0)
    costs = {float(outcome.cost().sum()) for outcome in (*first, *second)}
    assert len(costs) == 1
    assert not np.array_equal(first[0].daily["arisen"], second[0].daily["arisen"])


def test_replicates_that_do_not_fit_in_memory_together_run_one_after_the_other(islands: Specification) -> None:
    one = estimated_bytes(islands)
    for room, expected in ((100.0, 8), (5.1, 4), (1.3, 1), (0.01, 1)):
        assert fitting(islands, 8, available=int(room * one)) == expected
