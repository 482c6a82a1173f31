"""The search for designs that no other dominates: the same seed the same front, killed and gone on with too."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from planted_studies import factor

from entraide.experiments.analysis.pareto import ParetoSet, pareto_search
from entraide.model.errors import InputError

LEVERS = [factor(number, "lever") for number in range(3)]
NAMES = ("risk", "cost")


def _formula(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """ZDT1 (Zitzler, Deb & Thiele 2000): the front is risk = 1 - sqrt(cost), where levers two and three are 0."""
    away = 1.0 + 4.5 * places[:, 1:].sum(axis=1)
    cost = places[:, 0]
    return np.column_stack([away * (1.0 - np.sqrt(cost / away)), cost])


class _Killed(Exception):
    pass


def _search(log: Path | None = None, kill_at: int = 0, seed: int = 1, generations: int = 12) -> ParetoSet:
    calls = 0

    def evaluate(places: NDArray[np.float64]) -> NDArray[np.float64]:
        nonlocal calls
        calls += 1
        if calls == kill_at:
            raise _Killed
        return _formula(places)

    return pareto_search(LEVERS, NAMES, evaluate, population=20, generations=generations, seed=seed, log=log)


def test_no_member_is_dominated_by_any_evaluated_design() -> None:
    found = _search()
    table = np.array([each.objectives for each in found.evaluated])
    for each in found.members:
        row = np.array(each.objectives)
        assert not ((table <= row).all(axis=1) & (table < row).any(axis=1)).any()
    assert [each.objectives[1] for each in found.members] == sorted(each.objectives[1] for each in found.members)


def test_the_search_comes_nearer_to_the_known_front_than_chance() -> None:
    """Mean distance in risk of the members to the front, over 3 seeds, beside as many designs drawn at random."""
    distances = {}
    for seed in range(3):
        found = _search(seed=seed)
        random = np.random.default_rng(seed).random((len(found.evaluated), 3))
        table = _formula(random)
        kept = [not ((table <= row).all(axis=1) & (table < row).any(axis=1)).any() for row in table]
        searched = np.mean([risk - (1.0 - np.sqrt(cost)) for risk, cost in (each.objectives for each in found.members)])
        distances[seed] = (searched, float(np.mean([r - (1.0 - np.sqrt(c)) for r, c in table[kept]])))
    print({seed: tuple(round(float(each), 3) for each in both) for seed, both in distances.items()})
    assert all(searched < drawn for searched, drawn in distances.values())


def test_the_same_seed_gives_the_same_front_and_another_seed_another_way() -> None:
    first, second = _search(), _search()
    assert (first.members, first.evaluated) == (second.members, second.evaluated)
    assert first.evaluated != _search(seed=2).evaluated


@pytest.mark.parametrize("kill_at", [1, 4, 9])
def test_killed_and_gone_on_with_equals_straight(tmp_path: Path, kill_at: int) -> None:
    """Also where the kill came in the middle of a line of the log."""
    straight, log = _search(), tmp_path / "search.jsonl"
    with pytest.raises(_Killed):
        _search(log, kill_at)
    if kill_at > 1:
        log.write_bytes(log.read_bytes()[:-9])
    found = _search(log)
    print(f"{found.simulated} of {len(found.evaluated)} simulated after the kill")
    assert (found.members, found.evaluated) == (straight.members, straight.evaluated)
    assert (found.simulated < straight.simulated) == (kill_at > 1)
    again = _search(log)
    assert (again.simulated, again.members) == (0, straight.members)


def test_a_longer_search_goes_on_from_a_shorter_one(tmp_path: Path) -> None:
    log = tmp_path / "search.jsonl"
    short = _search(log, generations=5)
    found = _search(log, generations=12)
    assert found.members == _search().members
    assert found.simulated == len(found.evaluated) - len(short.evaluated)


def test_designs_that_cannot_be_simulated_are_no_members_and_the_search_goes_on(tmp_path: Path) -> None:
    def half(places: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.where(places[:, :1] < 0.5, np.inf, _formula(places))

    log = tmp_path / "search.jsonl"
    found = [pareto_search(LEVERS, NAMES, half, population=20, generations=8, seed=1, log=log) for _ in range(2)]
    assert found[0].members
    assert found[0].members == found[1].members
    assert min(each.places[0] for each in found[0].members) >= 0.5
    assert any(np.isinf(each.objectives).all() for each in found[0].evaluated)
    table = np.array([each.objectives for each in found[0].members])
    assert not ((table[:, None] <= table).all(axis=2) & (table[:, None] < table).any(axis=2)).any()


def test_levers_with_levels_are_searched_as_levels() -> None:
    levers = [factor(0, "lever", levels=(False, True)), factor(1, "lever")]
    found = pareto_search(levers, NAMES, lambda places: _formula(np.hstack([places, places[:, :1]])), seed=3)
    values = {each.changes[levers[0].key] for each in found.evaluated}
    assert values <= {False, True}


def test_the_log_of_another_search_is_refused(tmp_path: Path) -> None:
    log = tmp_path / "search.jsonl"
    _search(log, generations=1)
    with pytest.raises(InputError, match="holds another search"):
        pareto_search(LEVERS, ("other", "cost"), _formula, log=log)
    with pytest.raises(InputError, match="no levers"):
        pareto_search([], NAMES, _formula)
    with pytest.raises(InputError, match="--search"):
        pareto_search(LEVERS, NAMES, _formula, population=2)
