"""Who sees what a citizen does: eight people, most of them next door, the same ones every day."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from small_worlds import territory
from strategies import SAME_EACH_TIME
from twins.chance import Chance
from twins.people import Person
from twins.society import witnesses

from entraide.model.neighbours import DEGREE, neighbour
from entraide.model.random_numbers import Stream, stream_keys
from entraide.model.social import list_witnesses
from entraide.model.territory import Territory


def _seen_by(place: Territory, numbers: list[int], far: int, seed: int = 4) -> list[list[int]]:
    """Return the witnesses of each citizen, in the kernel's order."""
    start = np.concatenate([[0], np.cumsum(place.population)]).astype(np.int64)
    key = stream_keys(seed, 0, 1)[Stream.NEIGHBOUR, 0]
    seen = []
    for number in numbers:
        zone = int(np.searchsorted(start, number, side="right")) - 1
        buffer = np.empty(DEGREE, np.int32)
        count = list_witnesses(
            np.array([number], np.int32), np.array([zone], np.int32), far, start, place.near, key, buffer
        )
        seen.append(buffer[:count].tolist())
    return seen


@settings(SAME_EACH_TIME, max_examples=80)
@given(population=st.lists(st.integers(1, 60), min_size=1, max_size=6), far=st.integers(0, 8), seed=st.integers(0, 99))
def test_witnesses_are_the_twins(population: list[int], far: int, seed: int) -> None:
    place = territory(population)
    numbers = list(range(0, sum(population), 1 + sum(population) // 12))
    found = _seen_by(place, numbers, far, seed)
    for number, seen in zip(numbers, found, strict=True):
        zone = next(z for z, end in enumerate(np.cumsum(population)) if number < end)
        person = cast(Person, SimpleNamespace(number=number, zone=zone))
        assert seen == witnesses(person, far, place, Chance(seed, 0))
        assert number not in seen
        assert len(seen) <= DEGREE


def test_the_ring_is_shared_between_neighbours_and_closed() -> None:
    """Without far ones: the four on each side, each seeing the other; neighbours share six of their eight."""
    place = territory([40, 30])
    seen = _seen_by(place, list(range(70)), 0)
    assert sorted(seen[0]) == [1, 2, 3, 4, 36, 37, 38, 39]
    assert sorted(seen[40]) == [41, 42, 43, 44, 66, 67, 68, 69]
    for number in range(70):
        assert len(set(seen[number])) == DEGREE
        assert all(number in seen[other] for other in seen[number])
    assert all(len(set(seen[a]) & set(seen[b])) == 6 for a, b in pairwise(range(40)))


def test_a_lonely_person_is_seen_by_nobody_and_a_pair_by_one_another() -> None:
    place = territory([1, 2, 90])
    assert _seen_by(place, [0], 0) == [[]]
    assert set(_seen_by(place, [1], 0)[0]) == {2}


def test_far_neighbours_are_anywhere_in_the_near_zones_and_stay_the_same() -> None:
    """Zones alike, people within a zone alike: chi-square over places, p over one in a million."""
    place = territory([100, 300, 50, 200])
    start = np.concatenate([[0], np.cumsum(place.population)]).astype(np.int64)
    key = stream_keys(9, 0, 1)[Stream.NEIGHBOUR, 0]
    drawn = np.array([[neighbour(i, slot, 8, 1, start, place.near, key) for slot in range(8)] for i in range(100, 400)])
    zones = np.searchsorted(start, drawn.ravel(), side="right") - 1
    counts = np.bincount(zones, minlength=4)
    near = np.bincount(place.near[1], minlength=4)
    print(f"{drawn.size} far links from zone 1 to zones {counts.tolist()}; near list {place.near[1].tolist()}")
    assert not counts[near == 0].any()
    assert stats.chisquare(counts[near > 0], near[near > 0] / near.sum() * drawn.size).pvalue > 1e-6
    inside = drawn.ravel()[zones == 1] - start[1]
    assert stats.chisquare(np.bincount(inside // 30, minlength=10)).pvalue > 1e-6
    again = [[neighbour(i, slot, 8, 1, start, place.near, key) for slot in range(8)] for i in range(100, 400)]
    assert np.array_equal(drawn, again)


@pytest.mark.parametrize("far", [0, 2, 5, 8])
def test_as_many_are_far_as_the_parameter_says(far: int) -> None:
    place = territory([1000, 1000, 1000])
    ring = {1500 + step for step in (-4, -3, -2, -1, 1, 2, 3, 4)}
    seen = _seen_by(place, [1500], far)[0]
    assert len(seen) == DEGREE
    assert len(ring & set(seen)) == DEGREE - far
