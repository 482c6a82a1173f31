"""Raking meets its margins; the national groups are those of the published figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from entraide.scenarios.groups import (
    ADULT_BANDS,
    AGE_BANDS,
    DIPLOMAS,
    NATIONAL_MIX,
    national_groups,
    zone_group_shares,
)
from entraide.scenarios.raking import rake


def _by_age_and_diploma(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the 20 adult groups the shape of a table: ages down, diplomas across."""
    return values[1:].reshape(len(ADULT_BANDS), len(DIPLOMAS))


# --- raking


def test_a_seed_without_preference_gives_independence() -> None:
    table = rake(np.ones((2, 2)), [((0,), [30, 70]), ((1,), [40, 60])])
    np.testing.assert_allclose(table, [[12, 18], [28, 42]], rtol=1e-12)


def test_the_odds_ratio_of_the_seed_is_kept() -> None:
    # By hand: odds ratio 4 and halves in both margins; x^2 / (1/2 - x)^2 = 4, so x = 1/3.
    table = rake([[4, 1], [1, 1]], [((0,), [0.5, 0.5]), ((1,), [0.5, 0.5])])
    np.testing.assert_allclose(table, [[1 / 3, 1 / 6], [1 / 6, 1 / 3]], atol=1e-9)


def test_one_margin_is_a_plain_rescaling() -> None:
    np.testing.assert_allclose(rake([[1, 3], [2, 2]], [((0,), [8, 2])]), [[2, 6], [1, 1]])


def test_a_margin_of_zero_empties_its_cells_without_dividing_by_zero() -> None:
    with np.errstate(all="raise"):
        table = rake([[1, 2], [3, 4], [0, 0]], [((0,), [0, 10, 0]), ((1,), [4, 6])])
    np.testing.assert_allclose(table, [[0, 0], [4, 6], [0, 0]], atol=1e-8)


def test_small_numbers_are_raked_like_large_ones() -> None:
    margins = np.array([3.0, 7.0]), np.array([4.0, 6.0])
    large = rake([[4, 1], [1, 1]], [((0,), margins[0]), ((1,), margins[1])])
    small = rake([[4e-9, 1e-9], [1e-9, 1e-9]], [((0,), margins[0] * 1e-6), ((1,), margins[1] * 1e-6)])
    np.testing.assert_allclose(small * 1e6, large, rtol=1e-8)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 5), st.integers(1, 5), st.integers(1, 4))
def test_margins_of_a_real_table_are_met_along_every_axis(seed: int, rows: int, columns: int, layers: int) -> None:
    random = np.random.default_rng(seed)
    truth = random.gamma(1.0, size=(rows, columns, layers)) + 0.01
    start = random.gamma(1.0, size=truth.shape) + 0.01
    margins = [((0, 1), truth.sum(axis=2)), ((0, 2), truth.sum(axis=1)), ((1, 2), truth.sum(axis=0))]
    table = rake(start, margins)
    for (axes, target), other in zip(margins, (2, 1, 0), strict=True):
        gap = np.abs(table.sum(axis=other) - target).max()
        assert gap <= 1e-10 * truth.sum(), (axes, gap)
    assert (table >= 0).all()


@pytest.mark.parametrize(
    ("seed", "margins", "phrase"),
    [
        ([[1, 1], [0, 0]], [((0,), [1, 1])], "where the seed has none"),
        ([[1, 1], [1, 1]], [((0,), [1, 1]), ((1,), [1, 2])], "different totals"),
        ([[1, 1], [1, 1]], [((0,), [1, 1, 1])], "does not fit"),
        ([[1, -1], [1, 1]], [((0,), [1, 1])], "negative"),
        ([[1, 1], [1, 1]], [((0,), [1, np.nan])], "no number"),
        ([[1, 0], [0, 1]], [((0,), [1, 3]), ((1,), [2, 2])], "no table has these margins"),
    ],
)
def test_impossible_margins_are_refused(seed: list[list[float]], margins: list, phrase: str) -> None:
    with pytest.raises(ValueError, match=phrase):
        rake(seed, margins, most_rounds=200)


# --- the national groups


def test_there_are_21_groups_and_their_shares_sum_to_one() -> None:
    groups = national_groups()
    assert len(groups.names) == len(set(groups.names)) == 21
    assert groups.names[0] == "0-14"
    assert groups.names[4] == "15-24|higher education"
    assert groups.share.sum() == pytest.approx(1.0, abs=1e-12)
    assert (groups.share > 0.002).all()
    assert groups.can_contribute.tolist() == [False] + [True] * 20
    assert groups.assumption == NATIONAL_MIX


def test_ages_are_those_of_the_census_of_2018() -> None:
    groups = national_groups()
    # Persons by hand from the table of five-year ages: 66,732,540 in all.
    persons = np.array([12_005_262, 7_862_281, 12_072_285, 17_501_145, 11_055_646, 6_235_921])
    ages = np.append(groups.share[0], _by_age_and_diploma(groups.share).sum(axis=1))
    print(dict(zip(AGE_BANDS, ages.round(4).tolist(), strict=True)))
    np.testing.assert_allclose(ages, persons / 66_732_540, rtol=1e-8)


def test_diplomas_are_those_of_the_census_of_2020_and_fall_with_age() -> None:
    table = _by_age_and_diploma(national_groups().share)
    diplomas = table.sum(axis=0) / table.sum()
    print(dict(zip(DIPLOMAS, diplomas.round(4).tolist(), strict=True)))
    np.testing.assert_allclose(diplomas, [0.265, 0.244, 0.174, 0.317], atol=1e-8)
    within = table / table.sum(axis=1, keepdims=True)
    print(within.round(3))
    assert (np.diff(within[1:, 0]) > 0).all(), "fewer and fewer without diploma among the younger, from 25 on"
    assert (np.diff(within[1:, 3]) < 0).all()
    # The survey of 2023 at 25-34 and 35-44: 10.7 and 12.9 % none or brevet, 51.7 and 48.1 % higher education.
    assert within[1, 0] == pytest.approx(0.114, abs=0.02)
    assert within[1, 3] == pytest.approx(0.505, abs=0.03)


def test_digital_exclusion_meets_its_margins_by_age_and_by_diploma() -> None:
    groups = national_groups()
    shares, excluded = _by_age_and_diploma(groups.share), _by_age_and_diploma(groups.digital_exclusion)
    by_age = (shares * excluded).sum(axis=1) / shares.sum(axis=1)
    by_diploma = (shares * excluded).sum(axis=0) / shares.sum(axis=0)
    overall = float((shares * excluded).sum() / shares.sum())
    print(f"by age {by_age.round(4)}, by diploma {by_diploma.round(4)}, overall {overall:.4f}")
    np.testing.assert_allclose(by_age, [0.02, 0.04, 0.09, 0.24, 0.62], atol=1e-6)
    # 42 % of those with the CEP at most and 20 % (assumed) of those with the brevet, 21.1 and 5.4 % of people.
    assert by_diploma[0] == pytest.approx((21.1 * 0.42 + 5.4 * 0.20) / 26.5, abs=1e-6)
    assert 0.03 <= by_diploma[3] <= 0.05, "3 % above bac+2, 5 % (assumed) at bac+2"
    assert (np.diff(by_diploma) < 0).all()
    assert overall == pytest.approx(0.17, abs=0.03), "the published 17 % of 2019, within its accepted band"
    assert (groups.digital_exclusion >= 0).all()
    assert (groups.digital_exclusion <= 1).all()
    assert (np.diff(excluded, axis=0) > 0).all(), "exclusion rises with age at every diploma"
    assert (np.diff(excluded, axis=1) < 0).all(), "and falls with diploma at every age"


def test_devotion_follows_volunteering_and_has_mean_one() -> None:
    groups = national_groups()
    shares, devotion = _by_age_and_diploma(groups.share), _by_age_and_diploma(groups.devotion)
    weights = shares / shares.sum()
    by_age = (weights * devotion).sum(axis=1) / weights.sum(axis=1)
    by_diploma = (weights * devotion).sum(axis=0) / weights.sum(axis=0)
    print(f"by age {by_age.round(3)}, by diploma {by_diploma.round(3)}, cells {devotion.round(2).tolist()}")
    assert (weights * devotion).sum() == pytest.approx(1.0, abs=1e-9)
    assert by_age[4] / by_age[0] == pytest.approx(31 / 22, abs=1e-6)
    assert by_diploma[0] == pytest.approx(by_diploma[1], abs=1e-9)
    # 31 % above bac+2 against 15 % would be 2.07; a third of our highest diplomas are bac+2.
    assert 1.85 <= by_diploma[3] / by_diploma[0] <= 31 / 15
    np.testing.assert_allclose(devotion / devotion[0], (devotion[:, :1] / devotion[0, 0]).repeat(4, axis=1), rtol=1e-6)
    assert (groups.devotion > 0).all()


# --- zones with shares of their own


def _shares(count: int) -> st.SearchStrategy[list[list[float]]]:
    row = st.lists(st.integers(0, 50), min_size=count, max_size=count).filter(any)
    return st.lists(row.map(lambda counts: [value / sum(counts) for value in counts]), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(_shares(6))
def test_shares_by_age_are_kept_in_every_zone(ages: list[list[float]]) -> None:
    shares, assumption = zone_group_shares(national_groups(), ages, None)
    assert shares is not None
    np.testing.assert_allclose(shares.sum(axis=1), 1.0, atol=1e-12)
    found = np.column_stack([shares[:, 0], shares[:, 1:].reshape(-1, 5, 4).sum(axis=2)])
    np.testing.assert_allclose(found, ages, atol=1e-9)
    assert "diplomas" in assumption


@settings(max_examples=60, deadline=None)
@given(_shares(4))
def test_shares_by_diploma_are_kept_in_every_zone(diplomas: list[list[float]]) -> None:
    groups = national_groups()
    shares, assumption = zone_group_shares(groups, None, diplomas)
    assert shares is not None
    np.testing.assert_allclose(shares.sum(axis=1), 1.0, atol=1e-12)
    np.testing.assert_allclose(shares[:, 0], groups.share[0], atol=1e-9)
    found = shares[:, 1:].reshape(-1, 5, 4).sum(axis=1) / (1 - groups.share[0])
    np.testing.assert_allclose(found, diplomas, atol=1e-8)
    assert "ages" in assumption


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_both_shares_are_kept_together(data: st.DataObject) -> None:
    ages = data.draw(_shares(6))
    row = st.lists(st.integers(0, 50), min_size=4, max_size=4).filter(any)
    diplomas = [[value / sum(counts) for value in counts] for counts in (data.draw(row) for _ in ages)]
    shares, assumption = zone_group_shares(national_groups(), ages, diplomas)
    assert shares is not None
    np.testing.assert_allclose(shares.sum(axis=1), 1.0, atol=1e-12)
    assert (shares >= 0).all()
    table = shares[:, 1:].reshape(-1, 5, 4)
    np.testing.assert_allclose(np.column_stack([shares[:, 0], table.sum(axis=2)]), ages, atol=1e-7)
    adults = 1 - np.array(ages)[:, :1]
    np.testing.assert_allclose(table.sum(axis=1), np.array(diplomas) * adults, atol=1e-7)
    assert assumption == ""


def test_national_margins_give_the_national_mix_back() -> None:
    groups = national_groups()
    table = _by_age_and_diploma(groups.share)
    ages = [np.append(groups.share[0], table.sum(axis=1))]
    shares, _ = zone_group_shares(groups, ages, [table.sum(axis=0) / table.sum()])
    assert shares is not None
    np.testing.assert_allclose(shares[0], groups.share, atol=1e-9)


def test_without_local_shares_the_national_mix_is_assumed() -> None:
    assert zone_group_shares(national_groups(), None, None) == (None, NATIONAL_MIX)
