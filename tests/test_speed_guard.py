"""The benchmarks' own guard: no slow turn in what a citizen-day costs, and proof that planted ones are seen.

No second is asserted: costs are ratios to a yardstick in the same run, counts are equal on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from benchmark_modules import imported_benchmarks

from entraide.model import people
from entraide.model.random_numbers import philox
from entraide.model.simulation import Simulation


@pytest.fixture(scope="module")
def benchmarks() -> Iterator[Mapping[str, ModuleType]]:
    with imported_benchmarks() as modules:
        yield modules


@pytest.fixture(scope="module")
def guard(benchmarks: Mapping[str, ModuleType]) -> ModuleType:
    """The guard, with every kernel compiled."""
    benchmarks["engine"].warm_up()
    return benchmarks["guard"]


@pytest.fixture(scope="module")
def committed(guard: ModuleType) -> dict[str, Any]:
    figures: dict[str, Any] = json.loads(guard.COMMITTED.read_text(encoding="utf-8"))
    return figures


@pytest.fixture(scope="module")
def found(guard: ModuleType) -> dict[str, Any]:
    figures: dict[str, Any] = guard.measured()
    return figures


@pytest.mark.slow
def test_a_citizen_day_costs_what_it_did(guard: ModuleType, found: dict[str, Any], committed: dict[str, Any]) -> None:
    print(found)
    assert guard.judge(found, committed) == [], f"if it is meant: {guard.COMMAND}, and say why in the changelog"


def test_bounds_leave_room_and_hold_the_phases_that_cost(guard: ModuleType, committed: dict[str, Any]) -> None:
    assert {"whole", "awareness", "prompts"} < set(committed["costs"])
    assert all(bound["at_most"] == pytest.approx(guard.MARGIN * bound["measured"], rel=0.01) for bound in
               committed["costs"].values())  # fmt: skip


def _never_lowering(kernel: Callable[..., Any]) -> Callable[..., Any]:
    """Return a kernel that decides as before, and leaves every ceiling at least where it was."""

    def run(citizens: Any, involvement: Any, threshold: Any, j: int, candidates: Any, *rest: Any) -> Any:
        before = threshold[j, candidates]
        result = kernel(citizens, involvement, threshold, j, candidates, *rest)
        threshold[j, candidates] = np.maximum(before, threshold[j, candidates])
        return result

    return run


@pytest.mark.slow
def test_ceilings_that_never_fall_are_seen(
    guard: ModuleType, found: dict[str, Any], committed: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What people do hardly moves, so that no other test would see it: only more of them are looked at."""
    for name in ("hear_of_services", "deliver_prompts"):
        monkeypatch.setattr(people, name, _never_lowering(getattr(people, name)))
    planted = {"counts": {**found["counts"], **guard.people_looked_at()}, "costs": guard.costs(8)}
    said = guard.judge(planted, committed)
    print(*said, sep="\n")
    name = "prompts per contribution"
    assert planted["counts"][name] == pytest.approx(found["counts"][name], rel=guard.COUNTS_WITHIN)
    assert any(sentence.startswith("candidates per citizen-day") for sentence in said)
    assert any(sentence.startswith("prompts: ") for sentence in said)


@pytest.mark.slow
def test_a_sweep_that_is_done_three_times_is_seen(
    guard: ModuleType, found: dict[str, Any], committed: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Same people found, three times the work in one phase."""
    sweep = people.find_candidates

    def thrice(*arguments: Any) -> Any:
        sweep(*arguments)
        sweep(*arguments)
        return sweep(*arguments)

    monkeypatch.setattr(people, "find_candidates", thrice)
    said = guard.judge({**found, "costs": guard.costs(8)}, committed)
    print(*said, sep="\n")
    assert any(sentence.startswith("awareness: ") for sentence in said)


@pytest.mark.slow
def test_a_draw_too_many_is_seen(guard: ModuleType, found: dict[str, Any], committed: dict[str, Any]) -> None:
    """One more draw for each person who is looked at."""
    name = "draws per citizen-day beside the sweep"
    more = found["counts"][name] + found["counts"]["candidates per citizen-day"]
    said = guard.judge({**found, "counts": {**found["counts"], name: more}}, committed)
    print(*said, sep="\n")
    assert [sentence.split(":")[0] for sentence in said] == [name]


def test_the_yardstick_hashes_as_the_model_does(guard: ModuleType) -> None:
    """One block whose ceilings let half of the draws pass, against the model's own hash, one by one."""
    ceilings, far_under = np.full(1024, 32_768, np.uint16), np.full(1024, 100.0)
    under = guard.yardstick(ceilings, far_under, 3, 7, np.uint32(99))
    alone = sum((philox(i, 7, np.uint32(99))[0] >> 16) < 32_768 for i in range(3 * 1024))
    print(under, alone)
    assert under == alone
    assert 1_350 < alone < 1_720


def test_records_have_the_same_type_in_every_simulation(benchmarks: Mapping[str, ModuleType]) -> None:
    """The object, not an equal one: compiled functions compare an equal one field by field, at each call."""
    what = benchmarks["engine"].specification(5_000, 2)
    first, second = Simulation(what), Simulation(what, replicate=1)
    for name in ("citizens", "involvement", "citizen_record", "service_records"):
        assert getattr(first, name).dtype is getattr(second, name).dtype, name
        assert getattr(second, name)[:1].dtype is getattr(second, name).dtype, name
