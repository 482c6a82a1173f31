"""Designs under assumptions: who holds, what breaks them, what is worth knowing, in studies where that is planted."""

from __future__ import annotations

import warnings
from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray
from planted_studies import crossed, factor, planted

from entraide.experiments.analysis.designs import design_runs
from entraide.experiments.analysis.discovery import breaking_box
from entraide.experiments.analysis.information import value_of_information
from entraide.experiments.analysis.paired import compare_designs
from entraide.experiments.analysis.robust_study import robust_study
from entraide.experiments.analysis.robustness import nondominated, robustness_of
from entraide.experiments.analysis.study_runs import StudyRuns
from entraide.experiments.batch.factors import Factor
from entraide.experiments.batch.study_schema import Factorial, OneAtATime, Sobol
from entraide.experiments.verdicts import COST
from entraide.model.errors import InputError
from entraide.model.intervals import holm

LEVER = factor(0, "lever", levels=(0.0, 0.5, 1.0))
ASSUMED = (factor(0), factor(1), factor(2))


def _world(points: NDArray[np.float64], _: int) -> Mapping[str, NDArray[np.float64]]:
    """More of the lever costs more; continuity breaks where the first assumption is over .4, .7, never with all."""
    level, first = np.minimum(2, (points[:, 0] * 3).astype(int)), points[:, 1]
    margin = np.array([0.4, 0.7, 1.1])[level] - first
    quiet = np.zeros(len(points))
    return {
        "continuity": (margin < 0).astype(float),
        "continuity_margin": margin,
        "quality": quiet,
        "quality_margin": quiet + 0.05,
        "universality": quiet,
        "universality_margin": quiet + 0.1,
        "cost": 1e5 * (1.0 + level),
    }


@pytest.fixture(scope="module")
def runs() -> StudyRuns:
    return planted([LEVER, *ASSUMED], crossed(3, 300), _world)


def test_shares_held_are_those_planted(runs: StudyRuns) -> None:
    """Latin hypercube points of 300 states: shares of .4, .7 and 1, each within .01; intervals are Wilson's."""
    found = robustness_of(design_runs(runs), holds_in=0.65)
    by_cost = sorted(found.designs, key=lambda each: each.cost)
    shares = [each.held["continuity"].share for each in by_cost]
    print(shares, [each.held["all"].interval for each in by_cost])
    assert shares == pytest.approx([0.4, 0.7, 1.0], abs=0.01)
    assert [each.holds for each in by_cost] == [False, True, True]
    assert [each.held["quality"].share for each in by_cost] == [1.0] * 3
    for each in by_cost:
        assert each.held["all"].interval is not None
        assert each.held["all"].interval.holds(each.held["all"].share or 0.0)
    assert found.cheapest is by_cost[1]
    assert found.safest is by_cost[2]
    assert found.cheapest_of_all is by_cost[0]
    assert all(each.nondominated for each in by_cost)


def test_the_best_has_no_regret(runs: StudyRuns) -> None:
    """Where the cheaper design breaks, the dear one is the only option: no regret there, one step of cost elsewhere."""
    found = robustness_of(design_runs(runs), holds_in=0.65)
    cheap, middle, dear = sorted(found.designs, key=lambda each: each.cost)
    assert (dear.risk_regret["continuity"].most, dear.risk_regret["continuity"].mean) == (0.0, 0.0)
    assert cheap.risk_regret["continuity"].most == 1.0
    assert cheap.risk_regret["continuity"].mean == pytest.approx(0.6, abs=0.01)
    assert cheap.cost_regret is None
    assert middle.cost_regret is not None
    assert dear.cost_regret is not None
    assert (middle.cost_regret.most, dear.cost_regret.most) == (0.0, 1e5)
    assert dear.cost_regret.mean == pytest.approx(0.7e5, rel=0.02)
    assert found.minimax_risk["continuity"] is dear


def test_a_state_in_which_nothing_fell_due_counts_for_nothing_and_warns_of_nothing() -> None:
    """In a small place some states have no need that falls due: continuity has no value there, whatever the design."""

    def some_without(points: NDArray[np.float64], replicate: int) -> Mapping[str, NDArray[np.float64]]:
        found = dict(_world(points, replicate))
        empty = points[:, 2] < 0.1
        for name in ("continuity", "continuity_margin"):
            found[name] = np.where(empty, np.nan, found[name])
        return found

    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        found = robustness_of(design_runs(planted([LEVER, *ASSUMED], crossed(3, 300), some_without)), 0.65)
    assert {each.held["continuity"].states for each in found.designs} == {270}
    assert {each.held["all"].states for each in found.designs} == {300}
    most = [each.risk_regret["continuity"].most for each in found.designs]
    assert sorted(most) == [0.0, 1.0, 1.0]


@pytest.mark.long
def test_discovery_finds_the_planted_region_and_says_why(runs: StudyRuns) -> None:
    """The cheapest breaks where the first assumption is over .4: band .05 around it, coverage and density over .9."""
    found = robust_study(runs, holds_in=0.65)
    whole = next(each for each in found.breaking if each.design is found.robustness.cheapest_of_all).found["all"]
    print(whole)
    assert whole.box is not None
    assert [bound.factor.key for bound in whole.box.bounds] == [ASSUMED[0].key]
    (bound,) = whole.box.bounds
    assert bound.high is None
    assert bound.low == pytest.approx(0.4, abs=0.05)
    assert min(whole.box.coverage, whole.box.density, whole.box.checked_density) > 0.9
    never = next(each for each in found.breaking if each.design is found.robustness.safest).found["all"]
    assert (never.broken, never.reason) == (0, "never")


@pytest.mark.slow
def test_two_restrictions_are_found_together_and_the_idle_one_is_left_out() -> None:
    generator = np.random.default_rng(3)
    points = generator.random((250, 4))
    broken = (points[:, 0] > 0.5) & (points[:, 2] < 0.6)
    broken ^= generator.random(250) < 0.05
    box = breaking_box([factor(number) for number in range(4)], points, broken).box
    print(box)
    assert box is not None
    bounds = {bound.factor.key: (bound.low, bound.high) for bound in box.bounds}
    assert set(bounds) == {factor(0).key, factor(2).key}
    assert bounds[factor(0).key][0] == pytest.approx(0.5, abs=0.1)
    assert bounds[factor(2).key][1] == pytest.approx(0.6, abs=0.1)
    assert box.checked_density > 0.75


@pytest.mark.long
def test_random_labels_have_no_box_of_use() -> None:
    """The negative control: shuffled labels are told a box once in a hundred studies; at most 2 of 30 here."""
    generator = np.random.default_rng(11)
    points = generator.random((160, 5))
    told = [
        breaking_box([factor(n) for n in range(5)], points, generator.random(160) < 0.35, seed=seed).box is not None
        for seed in range(30)
    ]
    print(f"{sum(told)} boxes in {len(told)} studies of random labels")
    assert sum(told) <= 2


def test_levels_are_told_as_levels() -> None:
    generator = np.random.default_rng(5)
    levels = factor(0, levels=("low", "middle", "high"))
    points = np.column_stack([(generator.integers(0, 3, 200) + 0.5) / 3.0, generator.random(200)])
    box = breaking_box([levels, factor(1)], points, points[:, 0] > 0.5).box
    assert box is not None
    assert [bound.levels for bound in box.bounds] == [("high",)] or box.bounds[0].levels == ("high",)


def test_an_assumption_that_is_left_alone_has_no_place_in_a_box() -> None:
    """One assumption at a time: what breaks where the first is left alone does not break under the low end of it."""

    def alone(points: NDArray[np.float64], _: int) -> Mapping[str, NDArray[np.float64]]:
        broken = np.isnan(points[:, 0]).astype(float)
        quiet = np.zeros(len(points))
        found = {"continuity": broken, "quality": quiet, "universality": quiet, "cost": quiet + 1.0}
        return found | {f"{risk}_margin": 0.1 - found[risk] for risk in ("continuity", "quality", "universality")}

    runs = planted([factor(n) for n in range(5)], OneAtATime(kind="one-at-a-time", levels=12), alone)
    (breaking,) = robust_study(runs).breaking
    assert (breaking.found["all"].broken, breaking.found["all"].states) == (49, 61)
    assert breaking.found["all"].box is None


@pytest.mark.slow
def test_a_box_does_not_end_within_a_level_or_a_whole_number() -> None:
    """A hypercube takes many places of one level: what breaks at random within it is no restriction of it."""
    generator = np.random.default_rng(5)
    levels = factor(0, levels=("low", "middle", "high"))
    whole = Factor("tasks", "assumption", "1", {"en": "", "fr": ""}, low=1.0, high=4.0, whole=True)
    for seed in range(10):
        points = generator.random((300, 2))
        broken = (points[:, 0] * 3.0 >= 2.0) & (points[:, 1] * 4.0 < 3.0) & (generator.random(300) < 0.8)
        box = breaking_box([levels, whole], points, broken, seed).box
        assert box is not None
        bounds = {bound.factor.key: bound for bound in box.bounds}
        assert bounds[levels.key].levels == ("high",)
        assert (bounds["tasks"].low, bounds["tasks"].high) == (None, 3.0)
        inside = (points[:, 0] * 3.0 >= 2.0) & (points[:, 1] * 4.0 < 3.0)
        assert box.mass == pytest.approx(inside.mean()), "all places of a value are in the box, or none"
        assert box.coverage == 1.0


def test_holm_by_hand() -> None:
    """Holm 1979, by hand: .005 x 4, .01 x 3, .03 x 2, then .04, never under the one before."""
    steps = holm([0.01, 0.04, 0.03, 0.005])
    assert [step.adjusted_p_value for step in steps] == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert [step.rejected for step in steps] == [True, False, False, True]


def test_family_wise_error_over_planted_nulls() -> None:
    """Ten designs that do nothing, 300 studies: a verdict in at most 5 % and its error, .081; without Holm far more."""
    generator = np.random.default_rng(17)
    studies, wrong, unadjusted = 300, 0, 0
    levers = [factor(0, "lever", levels=tuple(float(n) for n in range(11)))]

    def nothing(points: NDArray[np.float64], _: int) -> Mapping[str, NDArray[np.float64]]:
        noise = generator.normal(0.0, 1.0, len(points))
        return {
            "continuity": np.zeros(len(points)),
            "continuity_margin": noise,
            "quality": noise * np.nan,
            "universality": noise * np.nan,
            "cost": 100.0 + noise,
        }

    designs = design_runs(planted(levers, Factorial(kind="factorial"), nothing, replicates=12))
    for _ in range(studies):
        values = 100.0 + generator.normal(0.0, 1.0, (11, 1, 12))
        object.__setattr__(designs, "values", lambda measure, table=values: table)
        found = compare_designs(designs, measures=(COST,))
        differences = [each.of("cost") for each in found.comparisons]
        wrong += any(each.verdict in ("better", "worse") for each in differences)
        unadjusted += any(each.p_value < 0.05 for each in differences)
    print(f"{wrong} of {studies} families told a difference; {unadjusted} would have without Holm")
    assert wrong / studies <= 0.05 + 2.5 * np.sqrt(0.05 * 0.95 / studies)
    assert unadjusted / studies > 0.2


def test_a_planted_difference_is_told_and_an_idle_design_is_not(runs: StudyRuns) -> None:
    found = compare_designs(design_runs(runs))
    verdicts = {
        (found.reference.changes[LEVER.key], design.changes[LEVER.key]): each.of("continuity").verdict
        for design, each in zip(found.designs, found.comparisons, strict=True)
    }
    print(verdicts)
    assert all(verdict == ("better" if new > old else "worse") for (old, new), verdict in verdicts.items())
    assert {each.of("quality").verdict for each in found.comparisons} == {"no_difference_that_matters"}


def test_information_is_worth_nothing_where_it_changes_no_choice() -> None:
    """One design is better by .1 everywhere: nothing is worth knowing, whatever losses do."""
    points = np.random.default_rng(1).random((200, 3))
    loss = np.stack([points[:, 0], points[:, 0] + 0.1, 0.5 + points[:, 0]])
    found = value_of_information(loss, ASSUMED, points, "any", "event")
    assert found is not None
    assert found.best == 0
    assert [each.value for each in found.worth] == [0.0, 0.0, 0.0]
    assert found.everything == 0.0
    assert found.most is None


def test_information_on_the_assumption_that_decides_is_worth_what_it_is() -> None:
    """Loss .4 or x with x uniform: knowing x is worth .4 - E min(.4, x) = .08. Band .015; noise of .3 in each loss."""
    generator = np.random.default_rng(2)
    points = generator.random((400, 3))
    loss = np.stack([np.full(400, 0.4), points[:, 0]]) + generator.normal(0.0, 0.3, (2, 400))
    found = value_of_information(loss, ASSUMED, points, "any", "event")
    assert found is not None
    print(found.worth)
    assert found.worth[0].factor is ASSUMED[0]
    assert found.most is found.worth[0]
    assert found.worth[0].value == pytest.approx(0.08, abs=0.03)
    assert not any(each.surely for each in found.worth[1:])
    clean = value_of_information(np.stack([np.full(400, 0.4), points[:, 0]]), ASSUMED, points, "any", "event")
    assert clean is not None
    assert clean.worth[0].value == pytest.approx(0.08, abs=0.015)


@pytest.mark.long
def test_pure_noise_is_worth_no_more_than_chance() -> None:
    """Forty studies of noise, three assumptions each: something is surely worth knowing in at most 5 of them."""
    generator = np.random.default_rng(23)
    told = 0
    for seed in range(40):
        points = generator.random((80, 3))
        found = value_of_information(generator.normal(0.0, 1.0, (4, 80)), ASSUMED, points, "any", "event", seed)
        assert found is not None
        told += found.most is not None
    print(f"{told} of 40 studies of noise name an assumption")
    assert told <= 5


@pytest.mark.slow
def test_nothing_is_worth_more_than_knowing_everything() -> None:
    """Rare breaks in small samples, where the bare regression says so: 20 studies of five designs, 80 states."""
    generator = np.random.default_rng(31)
    for seed in range(20):
        points = generator.random((80, 3))
        loss = (generator.random((5, 80)) < 0.05 + 0.1 * points[:, 0]).astype(float)
        found = value_of_information(loss, ASSUMED, points, "any", "event", seed)
        assert found is not None
        assert all(0.0 <= each.low <= each.value <= each.high <= found.everything for each in found.worth)


def test_no_member_of_a_front_is_dominated() -> None:
    table = np.random.default_rng(4).random((200, 3)).round(1)
    kept = nondominated(table)
    for row in table[kept]:
        assert not ((table <= row).all(axis=1) & (table < row).any(axis=1)).any()
    for row in table[~kept]:
        assert ((table <= row).all(axis=1) & (table < row).any(axis=1)).any()


def test_a_design_of_which_much_is_missing_is_left_out(runs: StudyRuns) -> None:
    """Half of a sweep is there: of three designs, in order, one is whole, and the others are not judged on less."""
    half = StudyRuns(runs.study, runs.scenario, runs.table.slice(0, 450), {})
    found = design_runs(half)
    assert [len(found.designs), found.incomplete] == [1, 2]
    assert not np.isnan(found.cost).any()
    with pytest.raises(InputError, match="no design is finished yet"):
        design_runs(StudyRuns(runs.study, runs.scenario, runs.table.slice(0, 100), {}))


def test_designs_that_were_not_crossed_are_refused_with_what_to_do() -> None:
    levers = [factor(0, "lever"), factor(0)]
    points = planted(levers, Sobol(kind="sobol", samples=8), lambda points, _: {"cost": points[:, 0]})
    with pytest.raises(InputError, match="latin-hypercube"):
        design_runs(points)
    crossed_runs = planted([LEVER, *ASSUMED], crossed(3, 4), _world)
    with pytest.raises(InputError, match="no such design"):
        compare_designs(design_runs(crossed_runs), reference=9)
    with pytest.raises(InputError, match="--holds-in"):
        robust_study(crossed_runs, holds_in=80.0)
