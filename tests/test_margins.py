"""A margin says by how much what the event says yes or no to; draws are taken so that any number stands for all."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.experiments.evidence.ensembles import ensemble_of
from entraide.experiments.margins import continuity_level, universality_level
from entraide.experiments.spanning import _ranks, spanning_order
from entraide.model.risk import continuity_years

DAYS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=60)


@given(DAYS, st.integers(1, 20), st.floats(0.01, 1.0))
def test_a_shortfall_happens_exactly_where_the_norm_is_above_the_level_held(
    days: list[tuple[int, int]], shortfall_days: int, norm: float
) -> None:
    due, in_time = np.array([max(day) for day in days]), np.array([min(day) for day in days])
    (year,) = continuity_years(due, in_time, norm, shortfall_days)
    level = continuity_level(due, in_time, shortfall_days)
    assert (level is None) == (year.event is None)
    if level is not None:
        assert (level - norm < 0.0) == year.event


@given(
    st.lists(st.tuples(st.floats(0, 1), st.integers(1, 50)), min_size=1, max_size=20),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_too_many_people_live_under_the_floor_exactly_where_it_is_above_the_level_held(
    areas: list[tuple[float, int]], floor: float, accepted: float
) -> None:
    level, people = np.array([area[0] for area in areas]), np.array([area[1] for area in areas])
    held = universality_level(level, people, accepted)
    assert held is not None
    broken = people[level < floor].sum() / people.sum() > accepted
    assert (held - floor < 0.0) == broken


def test_nothing_due_has_no_level() -> None:
    assert continuity_level(np.zeros(30, np.int64), np.zeros(30, np.int64), 14) is None
    assert universality_level(np.full(3, math.nan), np.array([5, 5, 5]), 0.05) is None


def energy(points: np.ndarray, taken: list[int]) -> float:
    """Return the energy distance of some points to all of them, less what does not depend on which."""
    apart = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    return float(2.0 * apart[taken].mean() - apart[np.ix_(taken, taken)].mean())


@pytest.mark.parametrize("name", ["urban-report", "hands-on", "online-micro-task"])
def test_any_number_of_draws_stands_for_the_ensemble(name: str) -> None:
    draws = ensemble_of(name).draws
    order = spanning_order(draws)
    assert sorted(order) == list(range(len(draws)))
    points = _ranks(draws)
    generator = np.random.default_rng(5)
    for count in (2, 5, 10, 15):
        own = energy(points, list(order[:count]))
        others = [energy(points, list(generator.permutation(len(draws))[:count])) for _ in range(400)]
        better = float(np.mean([own <= other for other in others]))
        print(f"{name}, {count} of {len(draws)}: nearer to the ensemble than {better:.0%} of random choices")
        assert better > 0.9


def test_equal_draws_are_taken_in_their_order() -> None:
    assert spanning_order([{"prompt_rate": 0.1}] * 5) == (0, 1, 2, 3, 4)
