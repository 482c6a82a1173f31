"""Quality, thresholds and summaries: counted by hand, and silent where nothing was closed."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from entraide.model.risk import (
    RISKS,
    area_months,
    break_even_from_table,
    break_even_participation,
    hardest_tenth_error,
    quality_years,
    smallest_breaking_share,
    summarise_event,
    summarise_mean,
)
from entraide.model.risk.chance import largest_count_within

NAN = math.nan


def test_the_error_of_a_year_is_that_of_its_units_not_the_mean_of_its_days() -> None:
    closed, errors = np.zeros(365, int), np.zeros(365, int)
    closed[[3, 9]], errors[[3, 9]] = [1, 99], [1, 4]
    (year,) = quality_years(closed, errors, 0.10)
    assert (year.closed, year.errors, year.error, year.event) == (100, 5, 0.05, False)
    assert year.complete_in_time is None
    daily_mean = np.mean(errors[[3, 9]] / closed[[3, 9]])
    assert daily_mean > 0.10  # the control: a mean of days would have broken the norm


@pytest.mark.parametrize(("errors", "event"), [(9, False), (10, False), (11, True)])
def test_the_norm_itself_is_accepted(errors: int, event: bool) -> None:
    (year,) = quality_years([100], [errors], 0.10)
    assert year.event is event


def test_a_year_in_which_nothing_is_closed_has_no_quality() -> None:
    first, second = quality_years([0] * 365 + [4], [0] * 365 + [1], 0.1, [0] * 365 + [5], [0] * 365 + [3])
    assert (first.event, first.error, first.complete_in_time, first.days) == (None, None, None, 365)
    assert (second.event, second.error, second.complete_in_time, second.days) == (True, 0.25, 0.6, 1)


@pytest.mark.parametrize(
    ("closed", "errors", "norm", "due"),
    [([1], [2], 0.1, None), ([1, 1], [1], 0.1, None), ([1], [1], 1.1, None), ([1], [1], 0.1, [1, 1])],
)
def test_impossible_quality_is_refused(closed: list[int], errors: list[int], norm: float, due: object) -> None:
    with pytest.raises(ValueError):
        quality_years(closed, errors, norm, due, due)


def test_area_months_by_hand() -> None:
    found = area_months([[10, 0], [10, 20]], [[0, 0], [3, 2]], 0.10)
    assert (found.area_months, found.without_value) == (3, 1)
    assert found.over_norm == pytest.approx(1 / 3)
    assert found.high_error == pytest.approx(np.quantile([0.0, 0.3, 0.1], 0.95))
    # All had the mean error of 5 in 40: the chance of more than 1 of 10, twice, and of more than 2 of 20.
    expected = (2 * stats.binom.sf(1, 10, 0.125) + stats.binom.sf(2, 20, 0.125)) / 3
    assert found.over_norm_by_chance == pytest.approx(expected, abs=1e-12)
    few = area_months([[10, 0], [10, 20]], [[0, 0], [3, 2]], 0.10, minimum=15)
    assert (few.area_months, few.without_value, few.over_norm) == (1, 3, 0.0)
    empty = area_months([0, 0], [0, 0], 0.1)
    assert (empty.area_months, empty.without_value, empty.over_norm, empty.high_error) == (0, 2, None, None)
    for closed, errors, minimum in [([1], [2], 1), ([1], [1, 1], 1), ([1], [1], 0)]:
        with pytest.raises(ValueError):
            area_months(closed, errors, 0.1, minimum)


def test_small_area_months_break_a_norm_by_chance_as_often_as_told() -> None:
    """Written before the run, 4,000 area-months of 8 units with error .08 everywhere: within 2 points."""
    rng = np.random.default_rng(2)
    closed = np.full((400, 10), 8)
    found = area_months(closed, rng.binomial(8, 0.08, size=closed.shape), 0.10)
    assert found.over_norm is not None
    assert found.over_norm_by_chance is not None
    print(f"over the norm {found.over_norm:.3f}, by chance {found.over_norm_by_chance:.3f}")
    assert found.over_norm > 0.4
    assert abs(found.over_norm - found.over_norm_by_chance) < 0.02


@given(st.integers(1, 2000), st.integers(0, 100), st.booleans())
def test_counts_are_compared_with_a_norm_as_their_share_is(trials: int, hundredths: int, strict: bool) -> None:
    bound = hundredths / 100
    count = largest_count_within(bound, trials, strict=strict)
    fits = [k for k in range(trials + 1) if (k / trials < bound if strict else k / trials <= bound)]
    assert count == (fits[-1] if fits else -1)


def test_the_hardest_tenth_by_hand() -> None:
    difficulty = np.arange(20) / 20
    wrong = np.zeros(20)
    wrong[[0, 18]] = 1
    assert hardest_tenth_error(difficulty, wrong) == 0.5
    assert hardest_tenth_error(np.zeros(20), wrong) == 0.1
    assert hardest_tenth_error([], []) is None


def test_break_even_participation_by_bisection() -> None:
    found = break_even_participation(lambda p: p - 0.137, 0.0, 1.0, 1e-4)
    assert found.status == "found"
    assert found.value is not None
    assert 0.137 <= found.value <= 0.1371
    assert found.low < 0.137 <= found.high == found.value
    never = break_even_participation(lambda _: -1.0, 0.0, 1.0)
    assert (never.value, never.status) == (None, "broken throughout")
    always = break_even_participation(lambda _: 0.0, 0.2, 1.0)
    assert (always.value, always.status) == (0.2, "held throughout")
    with pytest.raises(ValueError):
        break_even_participation(lambda _: NAN, 0.0, 1.0)
    with pytest.raises(ValueError):
        break_even_participation(lambda p: p, 1.0, 0.0)


def test_break_even_participation_from_a_table_is_the_careful_one() -> None:
    found = break_even_from_table([0.3, 0.1, 0.2, 0.4], [0.1, -0.3, -0.1, 0.2])
    assert (found.value, found.low, found.high, found.status, found.monotone) == (
        pytest.approx(0.25),
        0.2,
        0.3,
        "found",
        True,
    )
    wavering = break_even_from_table([0.1, 0.2, 0.3, 0.4], [0.1, -0.1, -0.1, 0.1])
    assert (wavering.value, wavering.monotone) == (pytest.approx(0.35), False)
    assert break_even_from_table([0.1, 0.2], [0.0, 0.1]).status == "held throughout"
    out = break_even_from_table([0.1, 0.2], [-0.2, -0.1])
    assert (out.value, out.status) == (None, "broken throughout")
    assert break_even_from_table([0.1, 0.2, 0.3], [-0.2, NAN, 0.2]).value == pytest.approx(0.2)
    for values, margins in [([], []), ([0.1], [NAN]), ([0.1, 0.1], [0, 1]), ([0.1], [0, 1])]:
        with pytest.raises(ValueError):
            break_even_from_table(values, margins)


def test_the_smallest_share_of_adversaries_that_breaks_the_norm_is_the_first() -> None:
    found = smallest_breaking_share([0.0, 0.01, 0.05, 0.10], [0.05, 0.08, 0.12, 0.30], 0.10)
    assert (found.value, found.low, found.high) == (pytest.approx(0.03), 0.01, 0.05)
    wavering = smallest_breaking_share([0.0, 0.01, 0.05, 0.10], [0.05, 0.15, 0.08, 0.30], 0.10)
    assert (wavering.value, wavering.low, wavering.monotone) == (pytest.approx(0.005), 0.0, False)
    assert smallest_breaking_share([0.0, 0.1], [0.05, 0.10], 0.10).status == "held throughout"
    broken = smallest_breaking_share([0.0, 0.1], [0.2, 0.3], 0.10)
    assert (broken.value, broken.status) == (0.0, "broken throughout")
    assert smallest_breaking_share([0.0, 0.1], [0.2, 0.05], 0.10).value == 0.0


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=20), st.randoms())
def test_the_order_of_a_table_changes_nothing(margins: list[float], random: object) -> None:
    rows = list(zip([i / 100 for i in range(len(margins))], margins, strict=True))
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = [break_even_from_table(*zip(*table, strict=True)) for table in (rows, shuffled)]
    assert found[0] == found[1]
    if found[0].value is not None:
        assert found[0].low <= found[0].value <= found[0].high


def test_the_probability_of_an_event_counts_only_replicates_that_have_a_value() -> None:
    found = summarise_event("continuity", "reports", [True, None, False, False, None], norms={"shortfall_days": 14})
    assert (found.count, found.replicates, found.without_value) == (1, 3, 2)
    assert found.probability == 1 / 3
    assert found.interval is not None
    theirs = stats.binomtest(1, 3).proportion_ci(0.95, method="wilson")
    assert (found.interval.low, found.interval.high) == pytest.approx((theirs.low, theirs.high))
    nothing = summarise_event("quality", "reports", [None, None], norms={"norm_error": 0.1}, year=1, days=20)
    assert (nothing.probability, nothing.interval, nothing.replicates, nothing.without_value) == (None, None, 0, 2)
    assert (nothing.year, nothing.days, dict(nothing.norms)) == (1, 20, {"norm_error": 0.1})
    assert summarise_event("quality", "reports", [], norms={}).probability is None
    with pytest.raises(ValueError, match=", ".join(RISKS)):
        summarise_event("cost", "reports", [True], norms={})


@given(st.lists(st.sampled_from([True, False, None]), max_size=40), st.randoms())
def test_the_order_of_replicates_changes_no_probability(events: list[bool | None], random: object) -> None:
    shuffled = list(events)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = (summarise_event("universality", "s", e, norms={}) for e in (events, shuffled))
    assert first == second
    assert first.replicates + first.without_value == len(events)
    if first.probability is not None:
        assert first.interval is not None
        assert 0.0 <= first.interval.low <= first.probability <= first.interval.high <= 1.0


def test_a_mean_over_replicates_leaves_out_and_counts_those_without_a_value() -> None:
    found = summarise_mean([1.0, None, 3.0, NAN])
    assert (found.value, found.replicates, found.without_value) == (2.0, 2, 2)
    assert found.interval is not None
    assert summarise_mean([None]).value is None
