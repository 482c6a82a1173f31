"""Ignorance is told from chance: by hand, where the truth is known, and by intervals that hold it as often as said."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import multivariate_normal

from entraide.experiments.variance_components import (
    clustered_mean_interval,
    components_of,
    event_components,
    event_interval,
)

LEVEL = 0.95


def groups_of(draws: int, each: int) -> NDArray[np.int64]:
    """Return the draw of each replicate, as replicates take them in turn."""
    return np.arange(draws * each) % draws


def experiment(generator: np.random.Generator, draws: int, each: int, share: float) -> NDArray[np.float64]:
    """Return values of variance 1 of which a known share lies between draws."""
    between = generator.normal(size=draws) * math.sqrt(share)
    return between[groups_of(draws, each)] + generator.normal(size=draws * each) * math.sqrt(1.0 - share)


def test_components_by_hand() -> None:
    # Means 1, 3, 5 around 3: MSB = 2 * (4 + 0 + 4) / 2 = 8; within each group +-1: MSW = 6 / 3 = 2.
    values = np.array([0.0, 2.0, 4.0, 2.0, 4.0, 6.0])
    found = components_of(values, np.arange(6) % 3)
    assert found is not None
    assert found.raw_share == pytest.approx(3.0 / 5.0)
    assert (found.within**2, found.between**2) == (pytest.approx(2.0), pytest.approx(3.0))
    assert found.total == pytest.approx(math.sqrt(5.0))
    # Unequal groups of 3, 2 and 1: n0 = (6 - 14 / 6) / 2 = 11 / 6, as in Searle, Casella & McCulloch.
    uneven = components_of(np.array([1.0, 2.0, 3.0, 5.0, 7.0, 9.0]), np.array([0, 0, 0, 1, 1, 2]))
    assert uneven is not None
    between, within = (3 * 2.5**2 + 2 * 1.5**2 + 4.5**2) / 2, 4.0 / 3.0
    assert uneven.between**2 == pytest.approx((between - within) / (11 / 6))
    assert uneven.within**2 == pytest.approx(within)


def test_what_cannot_be_told_is_not_told() -> None:
    assert components_of(np.array([1.0, 2.0, 3.0]), np.array([0, 0, 0])) is None
    assert components_of(np.array([1.0, 2.0, 3.0]), np.array([0, 1, 2])) is None
    assert components_of(np.array([1.0, math.nan, 3.0]), np.array([0, 0, 1])) is None
    constant = components_of(np.full(6, 0.1 + 0.2), np.arange(6) % 3)
    assert constant is not None
    assert constant.share is None
    assert constant.interval is None
    assert constant.within == 0.0


def test_a_negative_estimate_is_cut_and_says_so() -> None:
    # Both groups have the same mean, and each holds all of the spread.
    found = components_of(np.array([0.0, 0.0, 2.0, 2.0]), np.array([0, 1, 0, 1]))
    assert found is not None
    assert found.raw_share is not None
    assert found.raw_share < 0.0
    assert found.below_zero
    assert found.share == 0.0
    assert found.between == 0.0
    assert found.interval is not None
    assert found.interval.low == 0.0


@pytest.mark.parametrize(("draws", "each"), [(10, 2), (24, 4)])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.9])
def test_the_interval_of_a_margin_holds_the_truth_as_often_as_it_says(draws: int, each: int, share: float) -> None:
    generator = np.random.default_rng(11)
    held, width, experiments = 0, 0.0, 600
    for _ in range(experiments):
        found = components_of(experiment(generator, draws, each, share), groups_of(draws, each))
        assert found is not None
        assert found.interval is not None
        held += found.interval.holds(share)
        width += found.interval.width / experiments
    print(f"{draws} x {each}, share {share}: held in {held / experiments:.3f}, mean width {width:.2f}")
    # Cut at 0, the interval of no share at all holds it unless it lies wholly above: 0.975.
    assert 0.92 <= held / experiments <= 0.99


@pytest.mark.parametrize("share", [0.0, 0.6])
@pytest.mark.parametrize("probability", [0.2, 0.5])
def test_the_interval_of_an_event_holds_the_truth(share: float, probability: float) -> None:
    draws, each = 10, 2
    edge = NormalDist().inv_cdf(probability)
    both = float(multivariate_normal([0, 0], [[1, share], [share, 1]]).cdf([edge, edge])) if share else probability**2
    truth = (both - probability**2) / (probability - probability**2)
    generator = np.random.default_rng(12)
    held = told = 0
    for _ in range(120):
        events = (experiment(generator, draws, each, share) < edge).astype(np.float64)
        found = event_components(events, groups_of(draws, each))
        if found is None or found.interval is None:
            continue
        told += 1
        # Shares are tried in steps of .05.
        held += found.interval.low - 0.05 <= truth <= found.interval.high + 0.05
    print(
        f"share {share} of the margin, {truth:.2f} of the event at {probability}: held in {held / told:.3f} of {told}"
    )
    assert held / told >= 0.92


@pytest.mark.parametrize("share", [0.0, 0.6, 0.9])
def test_the_interval_of_a_probability_is_over_draws_too(share: float) -> None:
    draws, each, probability, experiments = 24, 4, 0.2, 500
    edge = NormalDist().inv_cdf(probability)
    generator = np.random.default_rng(13)
    groups = groups_of(draws, each)
    held = naive = 0
    for _ in range(experiments):
        margins = experiment(generator, draws, each, share) - edge
        events = (margins < 0.0).astype(np.float64)
        found = event_interval(events, groups, margins)
        alone = event_interval(events, np.arange(draws * each), margins)
        assert found is not None
        assert alone is not None
        held += found.holds(probability)
        naive += abs(float(events.mean()) - probability) <= 1.96 * math.sqrt(probability * 0.8 / (draws * each))
    print(f"share {share}: held in {held / experiments:.3f}; counting replicates alone in {naive / experiments:.3f}")
    assert held / experiments >= 0.91
    if share == 0.9:
        assert naive / experiments < 0.85, "an interval over chance alone must fail here, or the test proves nothing"


def test_draws_count_once_where_nothing_varies() -> None:
    nothing = np.zeros(20)
    found = event_interval(nothing, groups_of(10, 2), np.full(20, 0.2))
    assert found is not None
    assert found.low == 0.0
    assert found.high == pytest.approx(0.2775, abs=1e-3)  # Wilson's for 0 of 10
    assert event_interval(np.full(4, math.nan), groups_of(2, 2), np.full(4, math.nan)) is None


def test_the_interval_of_a_mean_is_that_of_the_means_of_draws() -> None:
    values = np.array([1.0, 2.0, 6.0, 3.0, 4.0, 8.0])
    found = clustered_mean_interval(values, np.arange(6) % 3)
    means = np.array([2.0, 3.0, 7.0])
    half = 4.302653 * means.std(ddof=1) / math.sqrt(3)
    assert found is not None
    assert (found.low, found.high) == (pytest.approx(4.0 - half, abs=1e-5), pytest.approx(4.0 + half, abs=1e-5))
    assert clustered_mean_interval(values, np.arange(6) % 2) is None
