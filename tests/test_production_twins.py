"""Production kinds against their twins, over days that no population would make: floods, droughts, staff at work."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kind_lives import same_books_as_the_twin
from production_variants import VARIANTS
from strategies import SAME_EACH_TIME
from twins.kinds import TWINS
from twins.stocks import oldest_first

from entraide.model.production import PRODUCTION_KINDS
from entraide.model.production.cohorts import start_cohort, take_oldest, total_by_zone
from entraide.model.production_names import BESIDE, UNIT_DAY_KINDS


def test_every_kind_has_a_twin_here() -> None:
    assert set(TWINS) == set(VARIANTS) == set(PRODUCTION_KINDS)


@pytest.mark.slow
@pytest.mark.parametrize("kind", TWINS)
def test_a_kind_and_its_twin_keep_the_same_books(kind: str) -> None:
    words, totals = same_books_as_the_twin(kind)
    days, closed, errors, lapsed = (totals[name] for name in ("days", "closed", "errors", "lapsed"))
    print(f"{kind}: {words}; {closed} closed, {errors} wrong, {lapsed} lapsed")
    assert days > 50
    if kind in BESIDE:
        # It has no needs, and closes nothing that could be wrong.
        assert totals["tasks_wasted"] > 50
    elif PRODUCTION_KINDS[kind].has_quality_norm:
        assert min(closed, errors) > 50
    else:
        assert (closed, errors) == (0, 0)
    # Units of a stock or of a map wait for as long as nobody sees to them.
    assert lapsed == 0 if kind in UNIT_DAY_KINDS else lapsed > 50


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
