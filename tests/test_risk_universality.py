"""Universality: pooling that loses nobody, shares of people rather than of zones, and what chance alone would give."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from entraide.model.risk import (
    LEAST_DUE,
    Areas,
    chance_only,
    pool_zones,
    universality_year,
    unmet_need_by_group,
    unmet_need_by_zone,
)

ZONES = st.lists(
    st.tuples(
        st.integers(0, 80),  # due
        st.integers(0, 80),  # in time, cut to due
        st.integers(1, 5000),  # people
        st.sampled_from(["", "A", "B", "C"]),
        st.sampled_from(["", "29", "22"]),
    ),
    min_size=1,
    max_size=25,
)
Zone = tuple[int, int, int, str, str]


def _columns(zones: list[Zone]) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[str], list[str]]:
    due, in_time, people, near, far = (list(column) for column in zip(*zones, strict=True))
    return np.array(due), np.minimum(due, in_time), np.array(people), near, far


def _alone(count: int) -> Areas:
    return Areas(np.arange(count), count, np.zeros(count, bool))


def _groups(areas: Areas) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(areas.label == area).tolist()) for area in range(areas.count)}


def test_pooling_goes_from_intercommunality_to_department_to_all() -> None:
    #         alone  A small     B small  C small  elsewhere
    due = np.array([40, 20, 15, 10, 10, 12, 9, 21])
    near = ["A", "A", "A", "B", "B", "C", "D", "E"]
    far = ["29", "29", "29", "29", "29", "29", "22", "35"]
    areas = pool_zones(due, np.full(8, 100), near, far)
    assert _groups(areas) == {
        frozenset({0}),  # enough needs: stands alone, also beside small neighbours
        frozenset({1, 2}),  # 35 needs in the intercommunality
        frozenset({3, 4, 5}),  # 20 and 12: only the department has enough, 32
        frozenset({6, 7}),  # 9 and 21: only all together have enough, 30
    }
    assert areas.pooled.tolist() == [False, True, True, True, True, True, True, True]
    assert areas.total(due).sum() == due.sum()
    assert LEAST_DUE == 30


def test_what_cannot_stand_even_together_joins_its_smallest_neighbour() -> None:
    due = np.array([90, 50, 5, 40, 3])
    near = ["A", "A", "A", "B", ""]
    far = ["29", "29", "29", "29", "22"]
    areas = pool_zones(due, np.full(5, 100), near, far)
    # 5 joins the smaller of its own intercommunality; 3 has no name in common with anyone and joins the smallest.
    assert _groups(areas) == {frozenset({0}), frozenset({1, 2}), frozenset({3, 4})}
    alone = pool_zones([3, 4], [1, 1], ["A", "B"], ["29", "22"])
    assert _groups(alone) == {frozenset({0, 1})}
    assert pool_zones([], [], [], []).count == 0


def test_unknown_names_are_not_a_place() -> None:
    areas = pool_zones([20, 20, 20, 20], [1, 1, 1, 1], ["", "", "A", "A"], ["", "", "29", "29"])
    assert _groups(areas) == {frozenset({0, 1}), frozenset({2, 3})}
    apart = pool_zones([20, 20, 20, 20], [1, 1, 1, 1], ["", "", "", ""], ["29", "22", "29", "22"])
    assert _groups(apart) == {frozenset({0, 2}), frozenset({1, 3})}


def test_exactly_enough_needs_are_enough() -> None:
    areas = pool_zones([30, 29, 1, 30], [1, 1, 1, 1], ["A"] * 4, ["29"] * 4)
    assert _groups(areas) == {frozenset({0}), frozenset({1, 2}), frozenset({3})}


@pytest.mark.parametrize(
    ("due", "people", "names", "minimum"),
    [([1], [1, 1], [""], 30), ([-1], [1], [""], 30), ([1], [1], ["", ""], 30), ([1], [1], [""], 0)],
)
def test_impossible_zones_are_refused(due: list[int], people: list[int], names: list[str], minimum: int) -> None:
    with pytest.raises(ValueError):
        pool_zones(due, people, names, names, minimum)


@given(ZONES)
def test_pooling_keeps_everybody_and_every_area_is_large_enough_when_one_can_be(zones: list[Zone]) -> None:
    due, in_time, people, near, far = _columns(zones)
    areas = pool_zones(due, people, near, far)
    assert set(areas.label.tolist()) == set(range(areas.count))
    for values in (due, in_time, people):
        assert areas.total(values).sum() == values.sum()
    assert (areas.total(due) >= LEAST_DUE).all() or areas.count == 1
    assert (areas.pooled == np.array([np.sum(areas.label == label) > 1 for label in areas.label])).all()


@settings(deadline=None)
@given(ZONES, st.randoms(), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_the_order_of_zones_changes_nothing(zones: list[Zone], random: object, floor: float, accepted: float) -> None:
    # Between equal areas the first zone decides which one a left-over joins: people are told apart here.
    zones = [(due, served, 10_000 * place + people, a, b) for place, (due, served, people, a, b) in enumerate(zones)]
    shuffled = list(zones)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    results = []
    for rows in (zones, shuffled):
        due, in_time, people, near, far = _columns(rows)
        areas = pool_zones(due, people, near, far)
        results.append(universality_year(due, in_time, people, areas, floor=floor, population_share=accepted, draws=20))
    first, second = results
    assert (first.event, first.population_under_floor, first.areas) == (
        second.event,
        second.population_under_floor,
        second.areas,
    )
    assert first.chance == second.chance
    if first.worst_tenth is not None:
        assert first.worst_tenth == pytest.approx(second.worst_tenth, abs=1e-12)


def test_a_year_by_hand() -> None:
    due, in_time, people = np.array([100, 50, 40, 0]), np.array([90, 29, 24, 0]), np.array([700, 60, 240, 1000])
    areas = _alone(4)
    year = universality_year(due, in_time, people, areas, floor=0.60, population_share=0.05)
    # .9, .58 and exactly .6: one zone is under the floor, with 60 of the 1,000 people who have a value.
    assert year.event is True
    assert year.share_under_floor == 0.06
    assert (year.population_under_floor, year.population, year.population_without_value) == (60, 2000, 1000)
    assert year.mean_service == 143 / 190
    assert year.worst_tenth == pytest.approx((60 * 0.58 + 40 * 0.6) / 100)
    assert (year.areas, year.pooled_population_share) == (3, 0.0)
    # Control: counting zones instead of people would call a third of the territory under the floor.
    assert np.mean(in_time[:3] / due[:3] < 0.6) == pytest.approx(1 / 3)
    accepted = universality_year(due, in_time, people, areas, floor=0.60, population_share=0.06)
    assert accepted.event is False


def test_a_year_in_which_nothing_falls_due_has_no_universality() -> None:
    year = universality_year([0, 0], [0, 0], [10, 20], _alone(2), floor=0.6)
    assert (year.event, year.share_under_floor, year.mean_service, year.worst_tenth) == (None, None, None, None)
    assert (year.gini_of_service, year.theil_of_service, year.chance, year.areas) == (None, None, None, 0)
    assert (year.population, year.population_without_value) == (30, 30)


def test_a_service_that_fails_everywhere_is_no_division_by_zero() -> None:
    year = universality_year([40, 40], [0, 0], [10, 20], _alone(2), floor=0.6)
    assert (year.event, year.share_under_floor, year.worst_tenth) == (True, 1.0, 0.0)
    assert (year.gini_of_service, year.theil_of_service) == (None, None)
    assert year.chance is not None
    assert (year.chance.share_under_floor, year.chance.event_probability) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("due", "in_time", "people", "floor", "accepted"),
    [([1], [2], [1], 0.6, 0.05), ([1], [1], [1, 1], 0.6, 0.05), ([1], [1], [1], 1.6, 0.05), ([1], [1], [1], 0.6, -1)],
)
def test_impossible_years_are_refused(
    due: list[int], in_time: list[int], people: list[int], floor: float, accepted: float
) -> None:
    with pytest.raises(ValueError):
        universality_year(due, in_time, people, _alone(1), floor=floor, population_share=accepted)


@given(ZONES, st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_higher_floor_never_lowers_the_risk_and_the_worst_tenth_is_no_better_than_the_mean(
    zones: list[Zone], one: float, two: float
) -> None:
    due, in_time, people, near, far = _columns(zones)
    areas = pool_zones(due, people, near, far)
    low, high = (
        universality_year(due, in_time, people, areas, floor=floor, with_chance=False) for floor in sorted((one, two))
    )
    assert low.chance is None
    assert low.population_under_floor <= high.population_under_floor
    if low.share_under_floor is not None:
        level = areas.total(in_time) / np.maximum(1, areas.total(due))
        valued = areas.total(due) > 0
        assert low.worst_tenth is not None
        assert level[valued].min() - 1e-12 <= low.worst_tenth
        assert low.worst_tenth <= np.average(level[valued], weights=areas.total(people)[valued]) + 1e-12
        assert 0.0 <= low.share_under_floor <= 1.0


def test_chance_alone_by_exact_enumeration() -> None:
    """Three areas of 5, 8 and 12 needs with the same service: every outcome is counted, against the formula."""
    due, in_time, people = [5, 8, 12], [4, 6, 9], [100, 300, 600]
    mean = 19 / 25
    found = chance_only(due, in_time, people, floor=0.6, population_share=0.25, draws=20_000, seed=4)
    assert found is not None
    share = event = tenth = 0.0
    for served in itertools.product(range(6), range(9), range(13)):
        chance = math.prod(stats.binom.pmf(k, n, mean) for k, n in zip(served, due, strict=True))
        level = [k / n for k, n in zip(served, due, strict=True)]
        under = sum(p for p, y in zip(people, level, strict=True) if y < 0.6) / 1000
        share += chance * under
        event += chance * (under > 0.25)
        # A tenth is 100 people: the worst area alone holds them.
        tenth += chance * min(level)
    print(f"share {share:.4f}, event {event:.4f} against {found.event_probability:.4f}, tenth {tenth:.4f}")
    assert found.mean_service == mean
    assert found.share_under_floor == pytest.approx(share, abs=1e-10)
    assert found.event_probability == pytest.approx(event, abs=4 * 0.5 / math.sqrt(20_000))
    assert found.worst_tenth == pytest.approx(tenth, abs=0.005)


def test_chance_alone_is_repeatable_and_silent_without_needs() -> None:
    arguments = ([30, 40], [20, 30], [10, 20])
    one, two = (chance_only(*arguments, floor=0.7, population_share=0.5, seed=s) for s in (1, 1))
    assert one == two
    assert chance_only([0], [0], [10], floor=0.6, population_share=0.05) is None
    assert chance_only([], [], [], floor=0.6, population_share=0.05) is None
    perfect = chance_only([30, 40], [30, 40], [10, 20], floor=0.7, population_share=0.05)
    assert perfect is not None
    assert (perfect.share_under_floor, perfect.event_probability, perfect.worst_tenth) == (0.0, 0.0, 1.0)
    for due, floor, draws in [([1, 2], 0.6, 10), ([1], 1.5, 10), ([1], 0.6, 0)]:
        with pytest.raises(ValueError):
            chance_only(due, [1], [1], floor=floor, population_share=0.05, draws=draws)


def test_where_all_have_the_same_service_what_is_seen_is_what_chance_gives() -> None:
    """A territory of many villages and a few towns, all served with probability .75, 300 years.

    Written before the run: the mean share under a floor of .60 agrees with the chance-only figure within a tenth of
    itself, the frequency of the event within .06, the worst tenth within .01. Two controls must fail the band of the
    share: a figure that gives every area the mean number of needs (it ignores that small places are small), and one
    that ignores how many people live in each.
    """
    rng = np.random.default_rng(8)
    due = np.concatenate((rng.integers(30, 60, 200), rng.integers(300, 3000, 20)))
    people = np.concatenate((rng.integers(300, 900, 200), rng.integers(5_000, 60_000, 20)))
    floor, accepted, years = 0.60, 0.002, 300
    seen_share, seen_event, seen_tenth, told = [], [], [], []
    for number in range(years):
        in_time = rng.binomial(due, 0.75)
        year = universality_year(
            due, in_time, people, _alone(220), floor=floor, population_share=accepted, draws=100, seed=number
        )
        assert year.chance is not None
        seen_share.append(year.share_under_floor)
        seen_event.append(year.event)
        seen_tenth.append(year.worst_tenth)
        told.append((year.chance.share_under_floor, year.chance.event_probability, year.chance.worst_tenth))
    share, event, tenth = np.mean(told, axis=0)
    n = round(float(due.mean()))
    same_size = stats.binom.cdf(math.ceil(floor * n) - 1, n, 0.75)
    by_zone = np.mean([stats.binom.cdf(math.ceil(floor * int(k)) - 1, int(k), 0.75) for k in due])
    print(
        f"{years} years, 220 areas: share {np.mean(seen_share):.4f} told {share:.4f}; event {np.mean(seen_event):.3f} "
        f"told {event:.3f}; tenth {np.mean(seen_tenth):.4f} told {tenth:.4f}; controls {same_size:.5f}, {by_zone:.4f}"
    )
    assert 0.1 < np.mean(seen_event) < 0.9
    assert abs(np.mean(seen_share) / share - 1.0) < 0.10
    assert abs(np.mean(seen_event) - event) < 0.06
    assert abs(np.mean(seen_tenth) - tenth) < 0.01
    assert not abs(np.mean(seen_share) / max(same_size, 1e-12) - 1.0) < 0.10
    assert not abs(np.mean(seen_share) / by_zone - 1.0) < 0.10


def test_real_inequality_stands_out_from_chance() -> None:
    """Half of the zones are served with probability .9, half with .5: far more than chance would put under .60."""
    rng = np.random.default_rng(9)
    due, people = np.full(100, 60), np.full(100, 1000)
    in_time = rng.binomial(due, np.where(np.arange(100) < 50, 0.9, 0.5))
    groups = ["A"] * 50 + ["B"] * 50
    year = universality_year(due, in_time, people, _alone(100), floor=0.6, groups=groups)
    assert year.chance is not None
    assert year.theil_of_service is not None
    print(f"under the floor {year.share_under_floor:.3f}, by chance {year.chance.share_under_floor:.4f}")
    assert year.share_under_floor is not None
    assert year.share_under_floor > 0.40
    assert year.chance.share_under_floor < 0.05
    assert year.worst_tenth is not None
    assert year.worst_tenth < year.chance.worst_tenth - 0.05
    assert year.theil_of_service.between > 5 * year.theil_of_service.within


def test_unmet_need_by_zone_and_group() -> None:
    unmet, share = unmet_need_by_zone([10, 0, 4], [7, 0, 4])
    assert unmet.tolist() == [3, 0, 0]
    np.testing.assert_array_equal(share, [0.3, math.nan, 0.0])
    local = unmet_need_by_group([10, 20], np.array([[0.5, 0.5], [0.1, 0.9]]), [0.3, 0.7])
    assert local.unmet.tolist() == [7.0, 23.0]
    assert local.assumption == ""
    national = unmet_need_by_group([10, 20], None, [0.3, 0.7])
    assert national.unmet.tolist() == [9.0, 21.0]
    assert national.assumption.startswith("assumption")
    for due, in_time in [([1], [2]), ([1], [1, 1])]:
        with pytest.raises(ValueError):
            unmet_need_by_zone(due, in_time)
    for needs, shares in [([-1.0], None), ([1.0], np.ones((2, 2)))]:
        with pytest.raises(ValueError):
            unmet_need_by_group(needs, shares, [0.3, 0.7])
