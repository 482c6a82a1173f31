"""Inequality: hand-computed cases, exact splits, and no index where the data cannot carry one."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from entraide.model.errors import InputError
from entraide.model.risk import (
    bus_factor,
    bus_factor_from_lorenz,
    concentration_index,
    effective_contributors,
    effective_contributors_from_lorenz,
    gini,
    gini_from_lorenz,
    lorenz_curve,
    participation_ratio,
    theil,
)

COUNTS = st.lists(st.integers(0, 50), min_size=1, max_size=40)
ENTRIES = st.lists(
    st.tuples(st.integers(0, 50), st.integers(1, 30), st.integers(0, 4), st.integers(0, 10)), min_size=1, max_size=30
)


def _gini_by_pairs(values: np.ndarray) -> float:
    """Return the definition itself: mean absolute difference of all pairs, over twice the mean."""
    return float(np.abs(values[:, None] - values[None, :]).mean() / (2.0 * values.mean()))


def test_indices_by_hand() -> None:
    assert gini([1, 1, 1, 1]) == 0.0
    assert gini([0, 0, 0, 1]) == 0.75
    assert gini([1, 3]) == pytest.approx(0.25)
    equal, one = theil([2, 2, 2]), theil([0, 0, 0, 5])
    assert equal is not None
    assert one is not None
    assert (equal.total, equal.between, equal.within) == (0.0, 0.0, 0.0)
    assert one.total == pytest.approx(math.log(4))
    split = theil([1, 1, 3, 3], groups=["a", "a", "b", "b"])
    assert split is not None
    assert split.total == split.between == pytest.approx(0.25 * math.log(0.5) + 0.75 * math.log(1.5))
    assert split.within == pytest.approx(0.0, abs=1e-15)
    np.testing.assert_allclose(lorenz_curve([0, 1, 3], points=4), [0, 0, 0.25, 1])


def test_nothing_to_share_gives_no_index() -> None:
    for values in ([], [0, 0, 0]):
        assert gini(values) is None
        assert theil(values) is None
        assert lorenz_curve(values) is None
        assert bus_factor(values) is None
        assert effective_contributors(values) is None
        assert concentration_index(values, np.zeros(len(values))) is None
    assert gini([3.0], [0.0]) is None
    assert theil([3.0], [0.0]) is None
    for curve in ([], [0.0], np.zeros(101), np.full(101, np.nan)):
        assert gini_from_lorenz(curve) is None
        assert bus_factor_from_lorenz(curve, 10) is None
        assert effective_contributors_from_lorenz(curve, 10) is None
    assert effective_contributors_from_lorenz(np.linspace(0, 1, 101), 0) is None


@pytest.mark.parametrize("values", [[-1.0, 2.0], [math.nan], [math.inf], [[1.0]]])
def test_amounts_that_cannot_be_shared_are_refused(values: list[float]) -> None:
    for index in (gini, theil, lorenz_curve, bus_factor, effective_contributors):
        with pytest.raises(ValueError):
            index(values)


@given(COUNTS)
def test_gini_is_its_definition_zeros_included(values: list[int]) -> None:
    assume(sum(values) > 0)
    index = gini(values)
    assert index is not None
    assert index == pytest.approx(_gini_by_pairs(np.array(values, float)), abs=1e-12)
    assert 0.0 <= index <= 1.0 - 1.0 / len(values) + 1e-12
    more_zeros = gini([*values, 0])
    assert more_zeros is not None
    assert more_zeros >= index - 1e-12


@given(ENTRIES)
def test_an_entry_that_stands_for_many_counts_as_many(entries: list[tuple[int, int, int, int]]) -> None:
    values, people, groups, deprived = (np.array(column) for column in zip(*entries, strict=True))
    assume((values * people).sum() > 0)
    spread = np.repeat(values, people)
    assert gini(values, people) == pytest.approx(gini(spread), abs=1e-9)
    one, many = theil(values, people, groups), theil(spread, groups=np.repeat(groups, people))
    assert one is not None
    assert many is not None
    assert (one.total, one.between) == pytest.approx((many.total, many.between), abs=1e-9)
    assert concentration_index(values, deprived / 10, people) == pytest.approx(
        concentration_index(spread, np.repeat(deprived / 10, people)), abs=1e-9
    )


@given(ENTRIES, st.randoms())
def test_order_changes_nothing_and_theil_splits_exactly(
    entries: list[tuple[int, int, int, int]], random: object
) -> None:
    shuffled = list(entries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    results = []
    for rows in (entries, shuffled):
        values, people, groups, deprived = (np.array(column) for column in zip(*rows, strict=True))
        assume((values * people).sum() > 0)
        split = theil(values, people, groups)
        assert split is not None
        assert min(split.total, split.between, split.within) >= 0.0
        assert split.total == pytest.approx(split.between + split.within, abs=1e-12)
        results.append(
            (gini(values, people), split.total, split.between, concentration_index(values, deprived, people))
        )
    assert results[0] == pytest.approx(results[1], abs=1e-12)


def test_the_concentration_index_is_positive_when_the_well_off_get_more() -> None:
    deprivation = np.array([0.9, 0.5, 0.1])
    assert concentration_index([1, 1, 1], deprivation) == pytest.approx(0.0, abs=1e-15)
    # By hand: ranks 1/6, 3/6, 5/6; 2/3 * (0*1/6 + 1*3/6 + 2*5/6) - 1 = 4/9.
    assert concentration_index([0, 1, 2], deprivation) == pytest.approx(4 / 9)
    assert concentration_index([2, 1, 0], deprivation) == pytest.approx(-4 / 9)
    # Where all are equally deprived there is nothing to concentrate along.
    assert concentration_index([0, 1, 2], [0.5, 0.5, 0.5]) == pytest.approx(0.0, abs=1e-15)


def test_no_concentration_index_without_deprivation_and_the_reason_is_told() -> None:
    with pytest.raises(InputError, match="deprivation") as told:
        concentration_index([1, 2], None)
    assert told.value.remedy
    with pytest.raises(ValueError):
        concentration_index([1, 2], [0.1, math.nan])


def test_bus_factor_and_effective_contributors_by_hand() -> None:
    gifts = [50, 30, 10, 5, 5, 0, 0]
    assert bus_factor(gifts) == 1
    assert bus_factor(gifts, 0.8) == 2
    assert bus_factor(gifts, 1.0) == 5
    assert bus_factor([1, 1, 1, 1]) == 2
    assert effective_contributors([1, 1, 1, 1]) == 4.0
    assert effective_contributors(gifts) == pytest.approx(1 / (0.25 + 0.09 + 0.01 + 0.0025 + 0.0025))
    with pytest.raises(ValueError):
        bus_factor(gifts, 0.0)


@given(st.lists(st.integers(1, 500), min_size=100, max_size=400))
def test_what_is_read_off_a_lorenz_curve_bounds_the_truth(values: list[int]) -> None:
    curve = lorenz_curve(values)
    assert curve is not None
    assert curve[0] == 0.0
    assert curve[-1] == pytest.approx(1.0)
    assert (np.diff(curve) >= -1e-12).all()
    assert (np.diff(curve, 2) >= -1e-9).all()
    truth, read = gini(values), gini_from_lorenz(curve)
    effective, bound = effective_contributors(values), effective_contributors_from_lorenz(curve, len(values))
    key, most = bus_factor(values), bus_factor_from_lorenz(curve, len(values))
    assert truth is not None
    assert read is not None
    assert read <= truth + 1e-9
    assert truth - read < 0.02
    assert effective is not None
    assert bound is not None
    assert effective <= bound + 1e-6
    assert key is not None
    assert most is not None
    assert key <= most + 1.0


def test_participation_of_the_digitally_excluded() -> None:
    assert participation_ratio(1, 100, 10, 200) == pytest.approx(0.2)
    assert participation_ratio(0, 100, 10, 200) == 0.0
    for counts in [(0, 0, 10, 200), (1, 100, 0, 200), (1, 100, 0, 0)]:
        assert participation_ratio(*counts) is None
    with pytest.raises(ValueError):
        participation_ratio(101, 100, 1, 2)
