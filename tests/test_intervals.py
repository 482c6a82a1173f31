"""Intervals: equal to published and reference values, honest in coverage, silent where there is nothing to say."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from entraide.model.distributions import (
    binomial_cumulative,
    normal_cumulative,
    normal_quantile,
    regularized_beta,
    student_quantile,
    student_upper_tail,
)
from entraide.model.intervals import (
    Interval,
    bootstrap_interval,
    fieller_interval,
    holm,
    mean_over_replicates,
    student_p_value,
    wilson_interval,
)

FINITE = st.floats(-1e6, 1e6, allow_nan=False)


def test_student_quantiles_agree_with_scipy() -> None:
    degrees = [1, 2, 3, 4, 5, 9, 19, 49, 99, 999, 100_000]
    chances = [1e-8, 1e-4, 0.001, 0.025, 0.05, 0.3, 0.5, 0.51, 0.9, 0.975, 0.995, 0.9999]
    worst = max(
        abs(student_quantile(p, d) - stats.t.ppf(p, d)) / max(1.0, abs(stats.t.ppf(p, d)))
        for p, d in itertools.product(chances, degrees)
    )
    print(f"{len(degrees) * len(chances)} quantiles, largest relative distance {worst:.1e}")
    assert worst < 1e-6


def test_tails_and_binomial_sums_agree_with_scipy() -> None:
    worst = 0.0
    for d, x in itertools.product([1, 2.5, 7, 30, 1e4], [-40.0, -3.0, -0.1, 0.0, 0.2, 2.0, 8.0]):
        worst = max(worst, abs(student_upper_tail(x, d) - stats.t.sf(x, d)))
    for n, p in itertools.product([1, 5, 30, 1000, 200_000], [0.0, 0.01, 0.3, 0.6, 0.999, 1.0]):
        for k in {-1, 0, int(0.95 * n * p), int(n * p), int(0.6 * n) - 1, n - 1, n}:
            worst = max(worst, abs(binomial_cumulative(k, n, p) - stats.binom.cdf(k, n, p)))
    for a, b, x in itertools.product([0.5, 3.0, 400.0], [0.5, 2.0, 90.0], [0.0, 1e-6, 0.4, 0.9, 1.0]):
        worst = max(worst, abs(regularized_beta(a, b, x) - special.betainc(a, b, x)))
    for x in (-9.0, -1.0, 0.0, 2.0):
        worst = max(worst, abs(normal_cumulative(x) - stats.norm.cdf(x)))
    print(f"largest distance {worst:.1e}")
    assert worst < 1e-8


@pytest.mark.parametrize("probability", [0.0, 1.0, -0.1, math.nan])
def test_a_quantile_outside_the_open_unit_interval_is_refused(probability: float) -> None:
    with pytest.raises(ValueError):
        normal_quantile(probability)
    with pytest.raises(ValueError):
        student_quantile(probability, 3)


def test_wilson_agrees_with_scipy_for_every_count_up_to_sixty() -> None:
    worst = 0.0
    for n in range(1, 61):
        for k in range(n + 1):
            ours = wilson_interval(k, n, 0.9)
            theirs = stats.binomtest(k, n).proportion_ci(0.9, method="wilson")
            assert ours is not None
            worst = max(worst, abs(ours.low - theirs.low), abs(ours.high - theirs.high))
    print(f"largest distance {worst:.1e}")
    assert worst < 1e-12


def test_wilson_at_its_edges() -> None:
    assert wilson_interval(0, 0) is None
    none, every = wilson_interval(0, 20), wilson_interval(20, 20)
    assert none is not None
    assert every is not None
    assert none.low == 0.0
    assert every.high == 1.0
    # By hand: z^2/(n + z^2) with z = 1.959964.
    assert none.high == pytest.approx(3.841459 / 23.841459, abs=1e-6)
    assert every.low == pytest.approx(1.0 - none.high, abs=1e-12)
    for events, replicates in [(3, 2), (-1, 2), (0, -1)]:
        with pytest.raises(ValueError):
            wilson_interval(events, replicates)
    with pytest.raises(ValueError):
        wilson_interval(1, 2, 1.0)


@given(st.integers(1, 500), st.data())
def test_wilson_lies_in_the_unit_interval_holds_the_share_and_grows_with_the_count(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n - 1))
    here, next_one = wilson_interval(k, n), wilson_interval(k + 1, n)
    assert here is not None
    assert next_one is not None
    assert 0.0 <= here.low <= k / n <= here.high <= 1.0
    assert here.low < next_one.low
    assert here.high < next_one.high
    wider = wilson_interval(k, n, 0.99)
    assert wider is not None
    assert wider.low <= here.low
    assert wider.high >= here.high


def _exact_coverage(n: int, shares: np.ndarray, limits: list[tuple[float, float]]) -> np.ndarray:
    chances = stats.binom.pmf(np.arange(n + 1)[:, None], n, shares[None, :])
    low, high = np.array(limits).T
    return (chances * ((low[:, None] <= shares) & (shares <= high[:, None]))).sum(axis=0)


def test_wilson_covers_the_truth_at_twenty_replicates_where_the_simple_interval_does_not() -> None:
    """Written before the run: mean coverage in .94-.97 and never under .83; the simple one falls under .60."""
    shares = np.linspace(0.005, 0.995, 199)
    wilson = [(i.low, i.high) for k in range(21) if (i := wilson_interval(k, 20)) is not None]
    half = [1.96 * math.sqrt(k / 20 * (1 - k / 20) / 20) for k in range(21)]
    simple = [(k / 20 - h, k / 20 + h) for k, h in enumerate(half)]
    ours, theirs = _exact_coverage(20, shares, wilson), _exact_coverage(20, shares, simple)
    print(f"Wilson: mean {ours.mean():.3f}, least {ours.min():.3f}; simple: {theirs.mean():.3f}, {theirs.min():.3f}")
    assert 0.94 <= ours.mean() <= 0.97
    assert ours.min() >= 0.83
    assert theirs.min() < 0.60


def test_a_mean_and_its_t_interval_by_hand() -> None:
    estimate = mean_over_replicates([1.0, 2.0, 3.0, 4.0, 5.0])
    assert estimate.value == 3.0
    assert estimate.standard_deviation == pytest.approx(math.sqrt(2.5))
    assert estimate.interval is not None
    # t(.975, 4) = 2.776445; half-width 2.776445 * 1.581139 / sqrt(5).
    assert estimate.interval.low == pytest.approx(3.0 - 1.963243, abs=1e-6)
    assert estimate.interval.high == pytest.approx(3.0 + 1.963243, abs=1e-6)
    assert estimate.interval.width == pytest.approx(2 * 1.963243, abs=1e-6)
    assert student_p_value(estimate) == pytest.approx(stats.ttest_1samp([1, 2, 3, 4, 5], 0.0).pvalue, abs=1e-12)


def test_a_mean_with_nothing_to_say_says_nothing() -> None:
    empty = mean_over_replicates([])
    assert (empty.value, empty.interval, empty.replicates, empty.without_value) == (None, None, 0, 0)
    unknown = mean_over_replicates([math.nan, math.nan])
    assert (unknown.value, unknown.interval, unknown.replicates, unknown.without_value) == (None, None, 0, 2)
    one = mean_over_replicates([math.nan, 4.0])
    assert (one.value, one.interval, one.standard_deviation, one.replicates, one.without_value) == (4, None, None, 1, 1)
    assert student_p_value(empty) == student_p_value(one) == 1.0
    with pytest.raises(ValueError):
        mean_over_replicates([1.0, math.inf])
    with pytest.raises(ValueError):
        mean_over_replicates([[1.0]])


def test_replicates_that_all_agree_have_an_interval_of_no_width() -> None:
    for value in (0.1, 0.0, -3.0):
        estimate = mean_over_replicates([value] * 7)
        assert estimate.value == value
        assert estimate.interval == Interval(value, value, 0.95, "t")
        assert student_p_value(estimate) == (1.0 if value == 0.0 else 0.0)


@given(st.lists(FINITE, min_size=2, max_size=30), st.randoms())
def test_the_order_of_replicates_changes_nothing(values: list[float], random: object) -> None:
    shuffled = list(values)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = mean_over_replicates(values), mean_over_replicates(shuffled)
    assert first == second
    assert first.interval is not None
    assert first.interval.holds(float(first.value or 0.0))


def test_the_t_interval_covers_the_truth_at_five_replicates_where_the_normal_one_does_not() -> None:
    """Written before the run, 4,000 samples: .939-.961 for ours, under .90 with the normal quantile."""
    rng = np.random.default_rng(20_250_101)
    samples = rng.normal(10.0, 2.0, size=(4000, 5))
    covered = normal = 0
    for sample in samples:
        estimate = mean_over_replicates(sample)
        assert estimate.interval is not None
        assert estimate.value is not None
        assert estimate.standard_deviation is not None
        covered += estimate.interval.holds(10.0)
        normal += abs(estimate.value - 10.0) <= 1.96 * estimate.standard_deviation / math.sqrt(5)
    print(f"4,000 samples: t {covered / 4000:.3f}, normal {normal / 4000:.3f}")
    assert 0.939 <= covered / 4000 <= 0.961
    assert normal / 4000 < 0.90


def test_holm_by_hand() -> None:
    steps = holm([0.01, 0.04, 0.03, 0.005])
    assert [step.adjusted_p_value for step in steps] == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert [step.rejected for step in steps] == [True, False, False, True]
    assert [step.level for step in steps] == pytest.approx([1 - 0.05 / 3, 1 - 0.05 / 4, 1 - 0.05 / 4, 1 - 0.05 / 4])
    assert holm([]) == ()
    assert holm([0.2])[0].level == 0.95
    with pytest.raises(ValueError):
        holm([1.2])


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=12), st.randoms())
def test_holm_is_monotone_stricter_than_nothing_and_blind_to_order(p_values: list[float], random: object) -> None:
    steps = holm(p_values)
    for step in steps:
        assert step.p_value <= step.adjusted_p_value <= 1.0
        assert 0.95 <= step.level <= 1.0 - 0.05 / len(p_values) + 1e-12
        assert step.rejected == (step.adjusted_p_value <= 1.0 - 0.95) or step.adjusted_p_value == pytest.approx(0.05)
    for one, two in itertools.product(steps, repeat=2):
        if one.p_value < two.p_value:
            assert one.adjusted_p_value <= two.adjusted_p_value
    order = list(range(len(p_values)))
    random.shuffle(order)  # type: ignore[attr-defined]
    shuffled = holm([p_values[i] for i in order])
    assert [shuffled[order.index(i)] for i in range(len(order))] == list(steps)


def test_holm_keeps_the_chance_of_any_false_claim_and_no_adjustment_does_not() -> None:
    """Written before the run, 5,000 families of ten with no effect: at most .06 with Holm; over .30 without."""
    rng = np.random.default_rng(7)
    families = rng.uniform(size=(5000, 10))
    adjusted = np.mean([any(step.rejected for step in holm(list(family))) for family in families])
    bare = np.mean((families <= 0.05).any(axis=1))
    print(f"5,000 families: Holm {adjusted:.3f}, bare {bare:.3f}")
    assert adjusted <= 0.06
    assert bare > 0.30


def _mean(entries: list[float]) -> float:
    return math.fsum(entries) / len(entries)


def test_the_bootstrap_is_repeatable_and_silent_without_spread_of_replicates() -> None:
    values = [float(v) for v in np.random.default_rng(1).lognormal(size=30)]
    first, again = (bootstrap_interval(values, _mean, seed=5) for _ in range(2))
    other = bootstrap_interval(values, _mean, seed=6)
    assert first == again
    assert first is not None
    assert other is not None
    assert first != other
    assert first.low < _mean(values) < first.high
    assert bootstrap_interval([3.0], _mean, seed=1) is None
    assert bootstrap_interval([], _mean, seed=1) is None
    assert bootstrap_interval([2.0] * 9, _mean, seed=1) == Interval(2.0, 2.0, 0.95, "bootstrap")
    assert bootstrap_interval(values, lambda _: math.nan, seed=1) is None
    with pytest.raises(ValueError):
        bootstrap_interval(values, _mean, seed=1, resamples=0)


def test_the_bootstrap_resamples_whole_replicates_not_what_lies_within_them() -> None:
    """Ten replicates of 200 alike days each: the band must be that of ten replicates, not of 2,000 days.

    Written before the run, 300 samples: .80-.97 over replicates (percentile bands of ten run short), under .40 over
    days.
    """
    rng = np.random.default_rng(3)
    whole = days = 0
    for _ in range(300):
        levels = rng.normal(size=10)
        replicates = [level + 0.1 * rng.normal(size=200) for level in levels]
        band = bootstrap_interval(replicates, lambda rows: float(np.mean(rows)), seed=1, resamples=200)
        assert band is not None
        whole += band.holds(0.0)
        flat = np.concatenate(replicates)
        days += abs(flat.mean()) <= 1.96 * flat.std() / math.sqrt(flat.size)
    print(f"300 samples: replicates {whole / 300:.3f}, days {days / 300:.3f}")
    assert 0.80 <= whole / 300 <= 0.97
    assert days / 300 < 0.40


def test_fieller_covers_a_ratio_and_refuses_a_denominator_that_may_be_zero() -> None:
    """Written before the run, 2,000 samples of 12 replicates with ratio .5: .935-.965."""
    rng = np.random.default_rng(11)
    told = covered = 0
    for _ in range(2000):
        cost = rng.normal(4.0, 1.5, size=12)
        gain = 2.0 + 0.3 * (cost - 4.0) + rng.normal(0.0, 1.0, size=12)
        band = fieller_interval(gain, cost)
        if band is not None:
            told += 1
            covered += band.holds(0.5)
    print(f"{told} of 2,000 told, coverage {covered / told:.3f}")
    assert told > 1900
    assert 0.935 <= covered / told <= 0.965
    assert fieller_interval([1.0, 1.0, 1.0], [-1.0, 0.0, 1.0]) is None
    assert fieller_interval([1.0], [1.0]) is None
    exact = fieller_interval([2.0, 2.0], [4.0, 4.0])
    assert exact is not None
    assert (exact.low, exact.high) == (0.5, 0.5)
    with pytest.raises(ValueError):
        fieller_interval([1.0, math.nan], [1.0, 2.0])
