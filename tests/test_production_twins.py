"""Production kinds against their twins, over days that no population would make: floods, droughts, staff at work."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from production_days import TWINS, Bench, Day, days
from strategies import SAME_EACH_TIME
from twins.stocks import oldest_first

from entraide.model.parameters import Value
from entraide.model.production import PRODUCTION_KINDS
from entraide.model.production.cohorts import start_cohort, take_oldest, total_by_zone
from entraide.model.production.contract import DayAccount

SMALL = {"need_lifetime": 8, "norm_delay": 4, "acknowledgement_delay": 3}
LIFE = st.tuples(st.integers(1, 4), st.integers(1, 3)).flatmap(
    lambda size: st.tuples(st.just(size[0]), st.lists(days(size[0]), min_size=14, max_size=22))
)
VARIANTS = {
    "queue": st.fixed_dictionaries(
        {
            "answers_per_task": st.integers(1, 6),
            "pooled": st.booleans(),
            "aggregation": st.sampled_from(("majority", "weighted")),
            "gold_share": st.sampled_from((0.0, 0.1, 0.5)),
            "backstop_error": st.sampled_from((0.0, 0.3)),
        }
    ),
    "report-and-repair": st.fixed_dictionaries(
        {
            "duplicate_detection": st.sampled_from((0.0, 0.4, 1.0)),
            "repair_capacity": st.sampled_from((0.0, 5.5, 40.0)),
            "backstop_error": st.sampled_from((0.0, 0.3)),
        }
    ),
    "stock": st.fixed_dictionaries(
        {
            "topics_per_zone": st.integers(0, 30),
            "topics_per_inhabitants": st.sampled_from((0.0, 0.7)),
            "coverage_at_start": st.sampled_from((0.0, 0.6, 1.0)),
            "pooled": st.booleans(),
            "home_share": st.sampled_from((0.0, 0.4, 1.0)),
            "review_share": st.sampled_from((0.0, 0.3, 1.0)),
            "review_focus": st.sampled_from((0.0, 5.0)),
            "patrol_reach": st.sampled_from((0.0, 2.0)),
            "vandalism_rate": st.sampled_from((0.0, 0.1)),
            "ageing_half_life": st.sampled_from((5.0, 1e6)),
            "backstop_error": st.sampled_from((0.0, 0.3)),
        }
    ),
    "patient-community": st.fixed_dictionaries(
        {
            "answer_hours": st.sampled_from((1, 12, 24, 40, 96)),
            "pooled": st.booleans(),
            "reread_share": st.sampled_from((0.0, 0.5, 1.0)),
            "reread_days": st.integers(1, 5),
            "need_prompted": st.booleans(),
            "backstop_error": st.sampled_from((0.0, 0.3)),
        }
    ),
    "alert": st.fixed_dictionaries(
        {
            "alert_radius_km": st.sampled_from((0.4, 1.2, 5.0)),
            "activation_share": st.sampled_from((0.3, 1.0)),
            "trained_share": st.sampled_from((0.5, 1.0)),
            "useful_arrivals": st.integers(1, 3),
            "ambulance_reference": st.sampled_from((20.0, 60.0)),
            "backstop_error": st.sampled_from((0.0, 0.3)),
        }
    ),
    "coverage": st.fixed_dictionaries(
        {
            "units_to_know": st.sampled_from((0.1, 0.5, 2.0)),
            "initial_coverage": st.sampled_from((0.0, 0.35, 1.0)),
            "initial_map_error": st.sampled_from((0.0, 0.2, 1.0)),
            "routing": st.sampled_from((0.0, 0.5, 1.0)),
            "second_look": st.sampled_from((0.0, 0.5, 1.0)),
            "backstop_error": st.sampled_from((0.0, 0.3)),
        }
    ),
    "match": st.fixed_dictionaries(
        {
            "compatibility": st.sampled_from((0.0, 0.05, 0.3, 1.0)),
            "neighbour_compatibility": st.sampled_from((0.0, 0.5, 1.0)),
            "matching_visibility": st.sampled_from((0.0, 0.5, 1.0)),
            "matching_reach": st.integers(0, 3),
            "asking_least": st.sampled_from((0.0, 0.3, 1.0)),
            "asking_half_life": st.sampled_from((1.0, 14.0)),
            "backstop_error": st.sampled_from((0.0, 0.3)),
        }
    ),
    "threshold": st.fixed_dictionaries(
        {
            "goal_mean": st.sampled_from((60.0, 400.0, 4_700.0)),
            "goal_log_sd": st.sampled_from((0.0, 0.8, 2.0)),
            "progress_pull": st.sampled_from((0.0, 3.0)),
            "seed_share": st.sampled_from((0.0, 0.3, 0.9)),
            "undelivered_share": st.sampled_from((0.0, 0.3)),
            "backstop_error": st.sampled_from((0.0, 0.3)),
        }
    ),
    "parallel-initiative": st.fixed_dictionaries(
        {"integration": st.sampled_from((0.0, 0.4, 1.0)), "relief": st.sampled_from((0.0, 0.3, 1.0))}
    ),
    "flow": st.fixed_dictionaries(
        {
            "roofs_at_start": st.sampled_from((0.0, 0.3)),
            "public_roofs": st.sampled_from((0.0, 0.05)),
            "surplus_shared": st.sampled_from((0.0, 0.7)),
            "cloud_swing": st.sampled_from((0.0, 0.9)),
            "cloud_days": st.integers(1, 4),
        }
    ),
    "burst": st.fixed_dictionaries(
        {
            "project_hours": st.sampled_from((0.0, 0.9)),
            "project_day": st.integers(0, 6),
            "damaged_share": st.sampled_from((0.0, 0.6, 1.0)),
            "skilled_work": st.sampled_from((0.0, 0.3, 1.0)),
            "skilled_people": st.sampled_from((0.1, 0.9)),
            "pooled": st.booleans(),
            "backstop_error": st.sampled_from((0.0, 0.3)),
        }
    ),
}
# Kinds that have no needs, and close nothing that could be wrong.
BESIDE = ("parallel-initiative",)
# Kinds whose needs do not end by themselves.
LASTING = ("stock", "coverage")
# Kinds without an error norm, which close nothing.
WITHOUT_ERRORS = ("flow",)


def test_every_kind_has_a_twin_here() -> None:
    assert set(TWINS) == set(VARIANTS) == set(PRODUCTION_KINDS)


@pytest.mark.parametrize("kind", TWINS)
def test_a_kind_and_its_twin_keep_the_same_books(kind: str) -> None:
    lived = []

    @settings(SAME_EACH_TIME, max_examples=40)
    @given(life=LIFE, variant=VARIANTS[kind], seed=st.integers(0, 2**32))
    def check(life: tuple[int, list[Day]], variant: dict[str, Value], seed: int) -> None:
        zones, story = life
        bench = Bench(kind, zones, SMALL | variant, seed)
        for day in story:
            account = bench.live(day)
            assert bench.twin is not None
            for name in (entry.name for entry in fields(DayAccount)):
                assert getattr(account, name).tolist() == bench.setting.account.of(name), (bench.day, name)
            for name, column in bench.twin.columns().items():
                assert np.array_equal(bench.state[name], column), (bench.day, name)
            assert bench.kind.waiting(bench.state).tolist() == bench.twin.waiting()
            past = bench.day - 1 - 3
            if past >= 0:
                assert bench.used_in_time().tolist() == bench.twin.used_in_time(past)
        quality = ("tasks_wasted", "tasks_wasted") if kind in BESIDE else ("closed", "errors")
        lived.append((len(story), *map(bench.total, quality), bench.total("lapsed")))

    check()
    print(f"{kind}: {len(lived)} lives, (days, closed, errors, lapsed) {np.sum(lived, axis=0).tolist()}")
    days_lived, closed, errors, lapsed = np.sum(lived, axis=0).tolist()
    assert days_lived > 50
    assert (closed, errors) == (0, 0) if kind in WITHOUT_ERRORS else min(closed, errors) > 50
    assert lapsed == 0 if kind in LASTING else lapsed > 50


@settings(SAME_EACH_TIME, max_examples=300)
@given(
    rows=st.integers(1, 6),
    zones=st.integers(1, 5),
    day=st.integers(0, 20),
    youngest=st.integers(0, 7),
    capacity=st.integers(0, 60),
    seed=st.integers(0, 2**32),
)
def test_oldest_first_takes_what_the_twin_takes(
    rows: int, zones: int, day: int, youngest: int, capacity: int, seed: int
) -> None:
    stock = np.random.default_rng(seed).integers(0, 9, (rows, zones)).astype(np.int32)
    # Rows of days before the first one hold nothing.
    for age in range(day + 1, rows):
        stock[(day - age) % rows] = 0
    held = {day - age: stock[(day - age) % rows].tolist() for age in range(min(rows, day + 1))}
    before, taken = stock.copy(), np.zeros(zones, np.int64)
    number = take_oldest(stock, day, youngest, capacity, taken)
    expected = oldest_first(held, day, youngest, capacity)
    assert taken.tolist() == np.sum([shares for _, shares in expected], axis=0, initial=0).tolist() or not expected
    for born, shares in expected:
        assert (before - stock)[born % rows].tolist() == shares
    old_enough = sum(sum(counts) for born, counts in held.items() if day - born >= youngest)
    assert number == taken.sum() == (before - stock).sum() == min(capacity, old_enough)
    assert (stock >= 0).all()
    total = np.empty(zones, np.int64)
    total_by_zone(stock, total)
    assert total.tolist() == stock.sum(axis=0).tolist()


def test_a_new_cohort_takes_the_row_of_the_oldest_which_lapses() -> None:
    stock, lapsed = np.array([[5, 1], [2, 3]], np.int32), np.zeros(2, np.int64)
    start_cohort(stock, 2, np.array([7, 8]), lapsed)
    assert stock.tolist() == [[7, 8], [2, 3]]
    assert lapsed.tolist() == [5, 1]
