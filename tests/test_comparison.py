"""Comparison: verdicts that a reader could draw from the band, how many replicates tell, costs beside effects."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from entraide.experiments.comparison import RELATIONS, Comparison, compare, compare_many
from entraide.experiments.pairing import Pairs, ReplicateSet, enough_pairs
from entraide.experiments.verdicts import (
    COST,
    MOST_PAIRS,
    VERDICTS,
    Measure,
    chance_to_tell,
    judge,
    smallest_number,
)
from entraide.model.errors import InputError
from entraide.model.intervals import Interval, MeanEstimate
from entraide.model.paired_proportions import PairedTable

EVENT = Measure("continuity")
MEAN = Measure("share", kind="mean", smallest_difference=0.02, lower_is_better=False)
NAN = math.nan


def _design(name: str, keys: range | list[int] | None = None, **values: object) -> ReplicateSet:
    series = {measure: np.asarray(numbers, np.float64) for measure, numbers in values.items()}
    length = len(next(iter(series.values())))
    return ReplicateSet(name, tuple(range(length) if keys is None else keys), series)


def _band(low: float, high: float) -> Interval:
    return Interval(low, high, 0.95, "t")


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (-0.01, 0.015, "no_difference_that_matters"),
        (-0.02, 0.02, "no_difference_that_matters"),
        (0.005, 0.015, "no_difference_that_matters"),  # excludes 0, and yet too small to matter
        (-0.03, 0.01, "cannot_tell"),
        (-0.10, 0.30, "cannot_tell"),
        (0.0, 0.10, "cannot_tell"),
        (-0.10, -0.03, "better"),
        (-0.10, -0.005, "better"),  # partly within the smallest difference: still better
        (0.005, 0.10, "worse"),
    ],
)
def test_the_rule(low: float, high: float, verdict: str) -> None:
    assert judge(_band(low, high), 0.02) == verdict
    swapped = {"better": "worse", "worse": "better"}.get(verdict, verdict)
    assert judge(_band(low, high), 0.02, lower_is_better=False) == swapped
    assert judge(_band(-high, -low), 0.02) == swapped
    assert judge(None, 0.02) == "cannot_tell"


@given(st.floats(-1, 1), st.floats(0, 1), st.floats(0, 0.5))
def test_the_rule_leaves_no_band_without_a_verdict(low: float, width: float, smallest: float) -> None:
    assert judge(_band(low, low + width), smallest) in VERDICTS


def test_events_are_compared_pair_by_pair() -> None:
    before = [1] * 15 + [0] * 5
    after = [0] * 12 + [1] * 3 + [0] * 5
    found = compare(_design("today", continuity=before), _design("thanks", continuity=after), [EVENT])
    (difference,) = found.differences
    assert (found.baseline, found.candidate, found.unpaired, found.effects) == ("today", "thanks", 0, ())
    assert (difference.baseline, difference.candidate) == (0.75, 0.15)
    assert difference.difference == pytest.approx(-0.6)
    assert difference.improvement == pytest.approx(0.6)
    assert difference.verdict == "better"
    assert difference.table is not None
    assert (difference.table.both, difference.table.first_only, difference.table.second_only) == (3, 0, 12)
    assert difference.band is not None
    assert difference.band.high < 0.0
    assert difference.excludes_zero
    assert difference.p_value == difference.adjusted_p_value < 0.001
    assert (difference.pairs, difference.without_value, difference.family) == (20, 0, 1)
    assert (difference.enough_pairs, difference.beyond_reach) == (None, False)
    back = compare(_design("thanks", continuity=after), _design("today", continuity=before), [EVENT])
    assert back.of("continuity").verdict == "worse"
    with pytest.raises(KeyError):
        found.of("quality")


def test_means_are_compared_pair_by_pair() -> None:
    before = np.array([0.70, 0.60, 0.80, 0.75, 0.65])
    after = before + np.array([0.10, 0.12, 0.08, 0.11, 0.09])
    found = compare(_design("a", share=before), _design("b", share=after), [MEAN]).of("share")
    theirs = stats.ttest_rel(after, before)
    limits = theirs.confidence_interval(0.95)
    assert found.band is not None
    assert (found.band.low, found.band.high) == pytest.approx((limits.low, limits.high), abs=1e-9)
    assert found.p_value == pytest.approx(theirs.pvalue, abs=1e-12)
    assert found.spread == pytest.approx(np.std(after - before, ddof=1))
    assert found.verdict == "better"
    assert found.table is None
    # Control: taken as two separate samples, the same figures would tell nothing.
    assert stats.ttest_ind(after, before).pvalue > 0.05


def test_a_lever_without_any_effect_on_the_same_random_numbers_is_told_at_once() -> None:
    same = np.random.default_rng(1).uniform(size=20)
    found = compare(_design("a", share=same), _design("b", share=same), [MEAN]).of("share")
    assert (found.verdict, found.difference, found.p_value) == ("no_difference_that_matters", 0.0, 1.0)
    assert found.band == Interval(0.0, 0.0, 0.95, "t")


def test_no_event_in_twenty_replicates_of_either_design_is_no_proof_of_equality() -> None:
    nothing = _design("a", continuity=[0] * 20), _design("b", continuity=[0] * 20)
    found = compare(*nothing, [EVENT]).of("continuity")
    assert found.verdict == "cannot_tell"
    # By hand: z^2/(n + z^2) <= .02 from n = 188.2 on.
    assert found.enough_pairs == 189
    many = _design("a", continuity=[0] * 189), _design("b", continuity=[0] * 189)
    assert compare(*many, [EVENT]).of("continuity").verdict == "no_difference_that_matters"
    fewer = _design("a", continuity=[0] * 188), _design("b", continuity=[0] * 188)
    almost = compare(*fewer, [EVENT]).of("continuity")
    assert (almost.verdict, almost.enough_pairs) == ("cannot_tell", 189)


def test_too_few_replicates_to_say_anything() -> None:
    one = compare(_design("a", share=[0.5], continuity=[0]), _design("b", share=[0.9], continuity=[1]), [MEAN, EVENT])
    share, event = one.differences
    assert (share.verdict, share.band, share.enough_pairs, share.beyond_reach) == ("cannot_tell", None, None, False)
    assert share.difference == pytest.approx(0.4)
    assert (share.p_value, share.adjusted_p_value) == (1.0, 1.0)
    assert event.verdict == "cannot_tell"
    assert event.band is not None
    assert event.enough_pairs is not None
    unknown = compare(_design("a", share=[NAN, NAN]), _design("b", share=[0.9, 0.8]), [MEAN]).of("share")
    assert (unknown.baseline, unknown.candidate, unknown.difference, unknown.band) == (None, None, None, None)
    assert (unknown.verdict, unknown.pairs, unknown.without_value) == ("cannot_tell", 0, 2)
    assert (unknown.improvement, unknown.excludes_zero) == (None, False)


def test_replicates_are_paired_by_their_random_numbers_whatever_their_order() -> None:
    before = _design("a", keys=[1, 2, 3, 4], share=[0.1, 0.2, 0.3, 0.4])
    after = _design("b", keys=[4, 9, 3, 2], share=[0.5, 0.9, 0.4, NAN])
    found = compare(before, after, [MEAN])
    assert found.unpaired == 2
    share = found.of("share")
    assert (share.pairs, share.without_value) == (2, 1)
    assert share.difference == pytest.approx(0.1)
    with pytest.raises(InputError, match="same random numbers"):
        compare(before, _design("c", keys=[7, 8], share=[0.5, 0.9]), [MEAN])
    with pytest.raises(InputError, match="did you mean 'share'"):
        compare(before, after, [Measure("shares", kind="mean")])
    with pytest.raises(ValueError):
        _design("d", keys=[1, 1], share=[0.5, 0.9])
    with pytest.raises(ValueError):
        ReplicateSet("e", (1, 2), {"share": np.zeros(3)})


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "median"},
        {"smallest_difference": -0.1},
        {"smallest_difference": math.inf},
        {"kind": "event", "relative": True},
    ],
)
def test_measures_that_make_no_sense_are_refused(fields: Mapping[str, object]) -> None:
    with pytest.raises(ValueError):
        Measure("x", **fields)  # type: ignore[arg-type]


def test_the_smallest_difference_of_a_cost_is_a_share_of_what_is_spent_today() -> None:
    spent = np.array([1000.0, 1010.0, 990.0])
    found = compare(_design("a", cost=spent), _design("b", cost=spent + 15.0), [COST]).of("cost")
    assert found.smallest_difference == pytest.approx(20.0)
    assert found.verdict == "no_difference_that_matters"
    dearer = compare(_design("a", cost=spent), _design("b", cost=spent + 25.0), [COST]).of("cost")
    assert dearer.verdict == "worse"
    free = compare(_design("a", cost=[0.0, 0.0]), _design("b", cost=[5.0, 5.0]), [COST]).of("cost")
    assert (free.smallest_difference, free.verdict) == (0.0, "worse")


def test_the_chance_to_tell_by_hand() -> None:
    # Half-width 1.96, error 1, difference 0: outside with .05, inside 3 with P(|z| < 1.04).
    expected = 2 * stats.norm.sf(1.96) + (stats.norm.cdf(1.04) - stats.norm.cdf(-1.04))
    assert chance_to_tell(1.96, 1.0, 0.0, 3.0) == pytest.approx(expected, abs=1e-12)
    assert chance_to_tell(1.96, 1.0, 1.96 + 0.8416, 0.0) == pytest.approx(0.8, abs=1e-3)
    assert chance_to_tell(0.5, 1.0, 0.7, 1.0) == 1.0
    assert chance_to_tell(0.6, 0.0, 0.5, 1.0) == 0.0
    assert chance_to_tell(0.6, 0.0, 0.3, 1.0) == 1.0
    assert smallest_number(lambda n: n / 100, 3) == (80, False)
    assert smallest_number(lambda n: 1.0, 3) == (3, False)
    assert smallest_number(lambda n: 0.0, 3) == (None, True)
    assert smallest_number(lambda n: float(n >= MOST_PAIRS), 3) == (MOST_PAIRS, False)
    assert smallest_number(lambda n: 1.0, MOST_PAIRS + 1) == (None, True)


def test_what_no_number_of_replicates_would_tell_is_said() -> None:
    exact = Measure("continuity", smallest_difference=0.0)
    found = compare(_design("a", continuity=[0, 1] * 5), _design("b", continuity=[0, 1] * 5), [exact]).of("continuity")
    assert (found.verdict, found.enough_pairs, found.beyond_reach) == ("cannot_tell", None, True)


def _simulated_pairs(rng: np.random.Generator, pairs: int, law: tuple[float, float, float]) -> tuple[ReplicateSet, ...]:
    """Draw events of two designs; ``law`` is the chance of both, of the baseline's only, of the candidate's only."""
    cell = rng.choice(4, size=pairs, p=[*law, 1.0 - sum(law)])
    return _design("a", continuity=np.isin(cell, (0, 1))), _design("b", continuity=np.isin(cell, (0, 2)))


@pytest.mark.parametrize("law", [(0.10, 0.20, 0.10), (0.30, 0.10, 0.02), (0.20, 0.004, 0.004)])
def test_the_number_of_replicates_said_to_tell_does_tell_four_times_in_five(law: tuple[float, float, float]) -> None:
    """Written before the run, 400 comparisons of each: .72-.93 with that number, under .60 with a third of it."""
    rng = np.random.default_rng(5)
    # Two pairs are known, in which the shares are exactly those of the law.
    table = PairedTable(law[0], law[2], law[1], 1.0 - sum(law)).scaled(2)
    estimate = MeanEstimate(table.difference, None, None, 2, 0)
    enough, beyond = enough_pairs(Pairs(np.empty(0), np.empty(0), 0, table, estimate, 1.0), 0.02, 0.95)
    assert enough is not None
    assert not beyond

    def told(pairs: int) -> float:
        verdicts = [compare(*_simulated_pairs(rng, pairs, law), [EVENT]).of("continuity").verdict for _ in range(400)]
        return float(np.mean([verdict != "cannot_tell" for verdict in verdicts]))

    share, fewer = told(enough), told(max(2, enough // 3))
    print(f"law {law}: {enough} pairs tell in {share:.3f}, a third of them in {fewer:.3f}")
    assert 0.72 <= share <= 0.93
    assert fewer < 0.60


def test_the_number_of_replicates_said_to_tell_holds_for_means_too() -> None:
    """Written before the run, 1,000 comparisons: .75-.87."""
    rng = np.random.default_rng(6)
    shape = rng.normal(size=10)
    shape = (shape - shape.mean()) / shape.std(ddof=1)
    found = compare(_design("a", share=np.zeros(10)), _design("b", share=0.05 + 0.15 * shape), [MEAN]).of("share")
    assert found.verdict == "cannot_tell"
    assert found.enough_pairs is not None
    told = 0
    for _ in range(1000):
        change = rng.normal(0.05, 0.15, size=found.enough_pairs)
        again = compare(_design("a", share=np.zeros(change.size)), _design("b", share=change), [MEAN]).of("share")
        told += again.verdict != "cannot_tell"
    print(f"{found.enough_pairs} pairs tell in {told / 1000:.3f}")
    assert 0.75 <= told / 1000 <= 0.87


def _priced(effect: float, extra: float, worse: float = 0.0, noise: float = 0.02) -> Comparison:
    rng = np.random.default_rng(21)
    n = 20
    share, other, cost = rng.normal(0.7, 0.1, n), rng.normal(0.2, 0.05, n), rng.normal(1000.0, 50.0, n)
    measures = [MEAN, Measure("error", kind="mean"), COST]
    new = _design(
        "b",
        share=share + effect + rng.normal(0, noise, n),
        error=other + worse,
        cost=cost + extra + rng.normal(0, 10 * (noise > 0), n),
    )
    return compare(_design("a", share=share, error=other, cost=cost), new, measures)


def test_an_effect_stands_beside_its_cost() -> None:
    better_dearer = _priced(0.20, 100.0).effects[0]
    assert (better_dearer.measure, better_dearer.relation, better_dearer.worsens) == ("share", "trade_off", ())
    assert better_dearer.ratio is not None
    assert better_dearer.ratio == pytest.approx(0.20 / 100.0, rel=0.1)
    assert better_dearer.ratio_band is not None
    assert better_dearer.ratio_band.low < better_dearer.ratio < better_dearer.ratio_band.high
    worse_cheaper = _priced(-0.20, -100.0).effects[0]
    assert worse_cheaper.relation == "trade_off"
    assert worse_cheaper.ratio is not None
    assert worse_cheaper.ratio > 0.0


def test_better_and_cheaper_dominates_and_says_what_it_worsens() -> None:
    found = _priced(0.20, -100.0)
    assert (found.effects[0].relation, found.effects[0].ratio, found.effects[0].worsens) == ("dominates", None, ())
    assert _priced(-0.20, 100.0).effects[0].relation == "is_dominated"
    harmful = _priced(0.20, -100.0, worse=0.10)
    assert (harmful.effects[0].relation, harmful.effects[0].worsens) == ("dominates", ("error",))
    assert harmful.effects[1].relation == "trade_off"
    assert harmful.effects[1].worsens == ()


def test_no_ratio_unless_both_bands_exclude_zero() -> None:
    no_effect, no_cost = _priced(0.0, 100.0, noise=0.05).effects[0], _priced(0.20, 0.0).effects[0]
    for effect in (no_effect, no_cost):
        assert (effect.relation, effect.ratio, effect.ratio_band) == ("undecided", None, None)
    for effect, extra in [(0.2, 100.0), (0.2, -100.0), (-0.2, 100.0), (0.0, 0.0)]:
        for found in _priced(effect, extra).effects:
            assert found.relation in RELATIONS


def test_the_ratio_of_an_event_to_its_cost_covers_the_truth() -> None:
    """Probability down from .6 to .2 for 100 more. Written before the run, 400 comparisons of 40: .92-.99 covered."""
    rng = np.random.default_rng(22)
    told = covered = 0
    for _ in range(400):
        draw = rng.uniform(size=40)
        cost = rng.normal(1000.0, 50.0, 40)
        today = _design("a", continuity=draw < 0.6, cost=cost)
        found = compare(
            today, _design("b", continuity=draw < 0.2, cost=cost + rng.normal(100, 20, 40)), [EVENT, COST]
        ).effects[0]
        if found.ratio_band is not None:
            told += 1
            covered += found.ratio_band.holds(0.4 / 100.0)
    print(f"{told} of 400 told, coverage {covered / told:.3f}")
    assert told == 400
    assert 0.92 <= covered / told <= 0.99


def test_impossible_comparisons_are_refused() -> None:
    design = _design("a", cost=[1.0, 2.0], continuity=[0, 1])
    with pytest.raises(ValueError):
        compare(design, design, [EVENT, EVENT])
    with pytest.raises(ValueError):
        compare(design, design, [EVENT], cost="continuity")
    with pytest.raises(ValueError):
        compare(design, design, [Measure("cost", kind="mean", lower_is_better=False)])
    with pytest.raises(ValueError):
        compare(_design("a", continuity=[0.5]), _design("b", continuity=[1]), [EVENT])
    assert compare_many(design, [], [EVENT]) == ()
