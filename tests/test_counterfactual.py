"""The administration alone: the same needs, the same budget, and the smallest staff that keeps the same norms."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from islands import islands_file

from entraide.experiments.counterfactual import (
    KEPT_SHARE,
    LARGEST_STAFF,
    LAST_STEP,
    AdministrationAlone,
    Counterfactual,
    StaffSearch,
    administration_alone,
    norms_kept,
    size_of_step,
)
from entraide.experiments.measures import yearly_cost
from entraide.experiments.runner import run_some
from entraide.model.records import Outcome
from entraide.model.simulation import Simulation
from entraide.model.specification import Specification
from entraide.scenarios.loader import load_scenario

REPLICATES = 8
SEED = 3


def answered(specification: Specification) -> tuple[list[Outcome], Counterfactual, list[tuple[float, int]]]:
    """Run the islands, ask the administration alone, and note every run that was asked for."""
    outcomes = run_some(specification, range(REPLICATES), seed=SEED)
    asked: list[tuple[float, int]] = []

    def alone(size: float, numbers: list[int]) -> list[Outcome]:
        asked.extend((size, number) for number in numbers)
        return run_some(specification, numbers, seed=SEED, threads=1, alone=size)

    return outcomes, administration_alone(specification, outcomes, alone), asked


def islands(folder: Path, days: int = 60, **changes: float) -> Specification:
    return load_scenario(
        islands_file(folder, days=days), {key.replace("__", "."): v for key, v in changes.items()}
    ).specification()


@pytest.fixture(scope="module")
def found(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Specification, list[Outcome], Counterfactual, list[tuple[float, int]]]:
    specification = islands(tmp_path_factory.mktemp("islands"))
    return specification, *answered(specification)


def test_the_administration_meets_the_very_needs_of_the_replicates(found) -> None:
    _, outcomes, counterfactual, _ = found
    for alone in (counterfactual.same_budget, counterfactual.same_norm):
        assert [outcome.replicate for outcome in alone.outcomes] == list(range(REPLICATES))
        for mine, theirs in zip(outcomes, alone.outcomes, strict=True):
            assert mine.daily["arisen"].sum() > 0
            assert (mine.daily["arisen"] == theirs.daily["arisen"]).all()
            assert theirs.daily["contributions"].sum() == 0


def test_the_same_budget_is_spent_to_the_euro(found) -> None:
    specification, outcomes, counterfactual, _ = found
    budget = sum(yearly_cost(outcome, specification) for outcome in outcomes) / REPLICATES
    spent = counterfactual.same_budget.cost()
    print(f"budget {budget:.2f} EUR a year, spent {spent.value:.2f}, staff x {counterfactual.same_budget.staff:.3f}")
    assert spent.value == pytest.approx(budget, rel=1e-9)
    assert counterfactual.same_budget.reachable


def test_the_same_norm_takes_the_smallest_staff_that_keeps_it(found) -> None:
    """Against every size from a third to three times as large, each asked of every replicate."""
    specification, _, counterfactual, asked = found
    same_norm = counterfactual.same_norm
    assert same_norm.reachable
    needed = KEPT_SHARE * REPLICATES - 1e-9
    assert same_norm.kept >= needed

    def kept(step: int) -> int:
        outcomes = run_some(specification, range(REPLICATES), seed=SEED, threads=1, alone=size_of_step(step))
        return sum(norms_kept(outcome, specification) for outcome in outcomes)

    chosen = next(step for step in range(-LAST_STEP, LAST_STEP + 1) if size_of_step(step) == same_norm.staff)
    below = {step: kept(step) for step in range(chosen - 24, chosen, 3)} | {chosen - 1: kept(chosen - 1)}
    print(f"staff x {same_norm.staff:.3f} keeps {same_norm.kept} of {REPLICATES}; with less staff: {below}")
    print(
        f"{len(asked)} runs of the administration alone; every size and replicate: {(2 * LAST_STEP + 1) * REPLICATES}"
    )
    assert all(count < needed for count in below.values())
    assert len(asked) < 40 * REPLICATES
    assert len(set(asked)) == len(asked)


def test_a_norm_that_no_staff_can_keep_is_said_to_be_out_of_reach(tmp_path: Path) -> None:
    specification = islands(tmp_path, administration_only__detection_share=0.0)
    _, counterfactual, _ = answered(specification)
    same_norm = counterfactual.same_norm
    assert not same_norm.reachable
    assert same_norm.staff == LARGEST_STAFF
    assert same_norm.kept < KEPT_SHARE * REPLICATES
    assert all(outcome.daily["in_time"].sum() == 0 for outcome in same_norm.outcomes)


def test_a_budget_under_the_fixed_cost_pays_no_staff(tmp_path: Path) -> None:
    specification = islands(tmp_path, administration_only__fixed_cost=1e8)
    _, counterfactual, _ = answered(specification)
    same_budget = counterfactual.same_budget
    assert not same_budget.reachable
    assert same_budget.staff == 0.0
    assert same_budget.cost().value == pytest.approx(1e8, rel=1e-9)
    assert all(outcome.daily["delivered_by_staff"].sum() == 0 for outcome in same_budget.outcomes)


def test_both_answers_tell_the_three_risks_over_all_replicates(found) -> None:
    _, _, counterfactual, _ = found
    for alone in (counterfactual.same_budget, counterfactual.same_norm):
        assert isinstance(alone, AdministrationAlone)
        risks = alone.risks()
        assert list(risks) == ["continuity", "quality", "universality"]
        assert all(risk.replicates + risk.headline.without_value == REPLICATES for risk in risks.values())
        kept = sum(not any(alone.values()[risk][row] == 1.0 for risk in risks) for row in range(REPLICATES))
        assert kept == alone.kept


@given(
    st.lists(st.integers(-LAST_STEP - 5, LAST_STEP + 5), min_size=1, max_size=25),
    st.integers(1, 3),
)
@settings(max_examples=150, deadline=None)
def test_the_search_finds_what_asking_everybody_finds(thresholds: list[int], years: int) -> None:
    """Each replicate keeps the norms from its own size of staff on; year by year a little later."""

    def kept(size: float, replicate: int) -> int:
        return sum(size >= size_of_step(thresholds[replicate] + 2 * year) for year in range(years))

    search = StaffSearch(range(len(thresholds)), years, kept)
    needed = len(thresholds) * years - int((1 - KEPT_SHARE) * len(thresholds) * years + 1e-9)
    enough = [
        step
        for step in range(-LAST_STEP, LAST_STEP + 1)
        if sum(kept(size_of_step(step), replicate) for replicate in range(len(thresholds))) >= needed
    ]
    assert search.smallest() == (enough[0] if enough else None)


def test_more_staff_that_does_harm_is_noticed() -> None:
    """A replicate that keeps the norms with little and with much staff, not between, is not believed on its word."""

    def kept(size: float, replicate: int) -> int:
        if replicate == 0:
            return int(size < size_of_step(-150) or size >= size_of_step(40))
        return int(size >= size_of_step(-160 + replicate))

    search = StaffSearch(range(4), 1, kept)
    step = search.smallest()
    assert step is not None
    assert sum(kept(size_of_step(step), replicate) for replicate in range(4)) == 4


def test_a_run_in_which_nothing_falls_due_keeps_no_norm() -> None:
    specification = load_scenario("species-id", days=20).specification()
    outcome = Simulation(specification, alone=64.0).run().outcome()
    assert int(outcome.daily["due"].sum()) == 0
    assert norms_kept(outcome, specification) == 0
