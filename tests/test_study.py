"""A study file says what is varied; its settings are those of the published designs, in the order of analyses."""

from __future__ import annotations

import tracemalloc
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from SALib.analyze import sobol as sobol_analysis
from small_studies import write_study

from entraide.experiments.batch.factors import Factor
from entraide.experiments.batch.settings import Settings
from entraide.experiments.batch.store import Store
from entraide.experiments.batch.study import Study, load_study, shipped_studies
from entraide.experiments.batch.study_text import study_text
from entraide.scenarios.changing import with_changes
from entraide.scenarios.declarations import ALL
from entraide.scenarios.hashing import specification_hash

LABEL = {"en": "", "fr": ""}


def _study(folder: Path, **more: object) -> Study:
    return load_study(write_study(folder, **more))  # type: ignore[arg-type]


def test_a_factor_reaches_both_ends_and_shares_out_levels_and_whole_numbers_evenly() -> None:
    places = np.linspace(0.0, 1.0, 10_001)[:-1]
    share = Factor("a", "lever", "1", LABEL, low=0.1, high=0.9)
    assert (share.value(0.0), share.value(0.5), share.value(1.0)) == (0.1, 0.5, 0.9)
    count = Factor("b", "lever", "1", LABEL, low=1.0, high=5.0, whole=True)
    words = Factor("c", "lever", "1", LABEL, levels=("x", "y", "z"))
    for factor, known in ((count, [1, 2, 3, 4, 5]), (words, ["x", "y", "z"])):
        values = [factor.value(float(place)) for place in places]
        shares = [values.count(value) / len(values) for value in known]
        assert values == sorted(values, key=known.index)
        assert max(shares) - min(shares) < 0.001
        assert factor.value(1.0) == known[-1]
        assert [factor.value(place) for place in factor.places(len(known))] == known
    assert [share.value(place) for place in share.places(5)] == [0.1, 0.3, 0.5, 0.7, 0.9]


def test_ranges_that_are_not_written_are_the_declared_ones(tmp_path: Path) -> None:
    study = _study(
        tmp_path,
        factors="[factors.levers]\noutreach = {}\nphone_offered = {}\nreward_medium = {}\n"
        "[factors.assumptions]\neffort_weight = {}\nprompt_rate = {}\nseason_peak_day = {}\n",
    )
    outreach, phone, medium, effort, prompt, day = study.factors
    assert (outreach.low, outreach.high) == ALL["outreach"].bounds
    assert phone.levels == (False, True)
    assert medium.levels == ALL["reward_medium"].choices
    assert (effort.low, effort.high) == ALL["effort_weight"].scan
    # What data leave open of urban reports is narrower than what is thinkable anywhere.
    assert prompt.low is not None
    assert prompt.high is not None
    bounds = ALL["prompt_rate"].bounds
    assert bounds is not None
    assert bounds[0] < prompt.low < prompt.high < bounds[1]
    assert day.whole
    assert [factor.kind for factor in study.factors] == ["lever"] * 3 + ["assumption"] * 3
    assert study.levers + study.assumptions == study.factors
    assert effort.label == {"en": ALL["effort_weight"].label_en, "fr": ALL["effort_weight"].label_fr}


def test_a_factorial_holds_every_combination_once(tmp_path: Path) -> None:
    settings = _study(tmp_path).settings()
    found = {tuple(setting.changes.values()) for setting in settings}
    assert len(settings) == 8
    assert found == {(a, b, c) for a in (0.1, 0.9) for b in (False, True) for c in (0.5, 1.5)}
    assert [setting.number for setting in settings] == list(range(8))
    assert {setting.scenario for setting in settings} == {"island"}


def test_one_at_a_time_begins_with_the_scenario_as_it_is_and_moves_one_factor_in_each_setting(tmp_path: Path) -> None:
    settings = _study(tmp_path, design='[design]\nkind = "one-at-a-time"\nlevels = 3\n').settings()
    assert [dict(setting.changes) for setting in settings] == [
        {},
        {"acknowledgement_rate": 0.1},
        {"acknowledgement_rate": 0.9},
        {"phone_offered": False},
        {"phone_offered": True},
        {"effort_weight": 0.5},
        {"effort_weight": 1.0},
        {"effort_weight": 1.5},
    ]


def test_a_latin_hypercube_takes_every_slice_of_a_range_once(tmp_path: Path) -> None:
    study = _study(tmp_path, design='[design]\nkind = "latin-hypercube"\npoints = 20\n')
    for column in study.points.T:
        assert sorted(np.floor(column * 20).astype(int)) == list(range(20))


def test_a_crossed_hypercube_puts_every_design_under_the_same_assumptions(tmp_path: Path) -> None:
    study = _study(tmp_path, design='[design]\nkind = "latin-hypercube"\ndesigns = 3\nassumptions = 5\n')
    by_design: dict[tuple[float, ...], list[float]] = {}
    for *levers, assumption in study.points.tolist():
        by_design.setdefault(tuple(levers), []).append(assumption)
    assert len(by_design) == 3
    assert len({tuple(own) for own in by_design.values()}) == 1
    assert all(len(set(own)) == 5 for own in by_design.values())


@pytest.mark.parametrize("second_order", [False, True])
def test_sobol_points_give_the_known_indices_of_a_known_function(tmp_path: Path, second_order: bool) -> None:
    """Of x + 2y, whatever z is, a fifth of the variance comes from x. Bands for 512 samples, written before."""
    design = f'[design]\nkind = "sobol"\nsamples = 512\nsecond_order = {str(second_order).lower()}\n'
    factors = "[factors.levers]\noutreach = {}\nopenness = {}\n[factors.assumptions]\nneed_share = {}\n"
    study = _study(tmp_path, design=design, factors=factors)
    values = np.array([[setting.changes[name] for name in study.problem()["names"]] for setting in study.settings()])
    output = values[:, 0] + 2.0 * values[:, 1]
    found = sobol_analysis.analyze(study.problem(), output, calc_second_order=second_order, seed=1)
    print(found["S1"], found["ST"])
    assert len(values) == study.runs // study.replicates == 512 * (8 if second_order else 5)
    assert found["S1"] == pytest.approx([0.2, 0.8, 0.0], abs=0.05)
    assert found["ST"] == pytest.approx([0.2, 0.8, 0.0], abs=0.05)


def test_a_morris_trajectory_moves_one_factor_at_each_step(tmp_path: Path) -> None:
    study = _study(tmp_path, design='[design]\nkind = "morris"\ntrajectories = 6\n')
    for trajectory in study.points.reshape(6, 4, 3):
        moved = [np.flatnonzero(before != after).tolist() for before, after in pairwise(trajectory)]
        assert sorted(moved) == [[0], [1], [2]]


def test_equal_files_give_equal_points_and_another_seed_others(tmp_path: Path) -> None:
    design = '[design]\nkind = "latin-hypercube"\npoints = 12\n'
    first, second = (_study(tmp_path, design=design) for _ in range(2))
    other = _study(tmp_path, design=design, head="seed = 7")
    assert np.array_equal(first.points, second.points)
    assert first.hash() == second.hash() != other.hash()
    assert not np.array_equal(first.points, other.points)


def test_settings_that_are_alike_are_found(tmp_path: Path) -> None:
    factors = "[factors.levers]\nphone_offered = {}\ndesk_offered = {}\n"
    study = _study(tmp_path, design='[design]\nkind = "latin-hypercube"\npoints = 40\n', factors=factors)
    settings = study.settings()
    first = settings.first_alike()
    assert len(set(first.tolist())) == 4
    assert all(settings[number].changes == settings[int(same)].changes for number, same in enumerate(first))


@pytest.mark.slow
def test_the_first_of_those_alike_is_found_whatever_the_factors_and_in_little_memory() -> None:
    factors = (
        Factor("range", "lever", "1", LABEL, low=0.0, high=1e-3),
        Factor("words", "lever", "1", LABEL, levels=(True, 1, "1")),
        Factor("whole", "lever", "1", LABEL, low=1.0, high=3.0, whole=True),
    )
    chance = np.random.default_rng(2)
    points = np.column_stack([chance.integers(0, 4, 2000) / 4.0, chance.random((2000, 2))])
    points[chance.random(points.shape) < 0.2] = np.nan
    settings = Settings(("one", "two"), factors, points)
    seen: dict[str, int] = {}
    by_hand = [seen.setdefault(repr((each.scenario, each.changes)), each.number) for each in settings]
    assert settings.first_alike().tolist() == by_hand
    # Band: a third of the 1,200 bytes a point that text took.
    many = Settings(("one",), tuple(Factor(f"f{n}", "lever", "1", LABEL, 0.0, 1.0) for n in range(8)), np.empty((0, 8)))
    many.points = chance.random((30_000, 8))
    tracemalloc.start()
    assert many.first_alike().tolist() == list(range(30_000))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"{most / 30_000:.0f} bytes a point at most")
    assert most < 400 * 30_000


def test_a_study_with_several_scenarios_has_every_point_in_each(tmp_path: Path) -> None:
    path = write_study(tmp_path)
    (tmp_path / "other.toml").write_text((tmp_path / "island.toml").read_text(encoding="utf-8"), encoding="utf-8")
    text = path.read_text(encoding="utf-8").replace('["island.toml"]', '["island.toml", "other.toml"]')
    path.write_text(text, encoding="utf-8")
    settings = load_study(path).settings()
    assert [setting.scenario for setting in settings] == ["island"] * 8 + ["other"] * 8
    assert [setting.changes for setting in settings[:8]] == [setting.changes for setting in settings[8:]]


def test_the_text_of_a_study_is_that_study(tmp_path: Path) -> None:
    for name in shipped_studies():
        study = load_study(name)
        Store.create(tmp_path / name, study)
        path = tmp_path / name / "study.toml"
        assert path.read_text(encoding="utf-8") == study_text(study)
        again = load_study(path)
        assert again.factors == study.factors
        assert again.runs == study.runs
        assert np.array_equal(again.points, study.points, equal_nan=True)
        here, there = (each.scenarios[0].specification() for each in (study, again))
        assert specification_hash(here) == specification_hash(there)


@pytest.mark.parametrize("name", shipped_studies())
def test_every_shipped_study_can_be_simulated_at_both_ends(name: str) -> None:
    study = load_study(name)
    scenarios = {scenario.name: scenario for scenario in study.scenarios}
    settings = study.settings()
    for number in np.linspace(0, len(settings) - 1, 40).astype(int):
        with_changes(scenarios[settings[int(number)].scenario], settings[int(number)].changes)
    assert study.name == name
    assert study.question["en"] != study.question["fr"]
    # Some two seconds for each of the default scenario, on one core: minutes, not hours.
    place = study.scenarios[0].specification()
    assert study.runs * place.territory.inhabitants * place.days <= 200 * 933_455 * 365


def test_every_kind_of_design_is_shipped() -> None:
    kinds = {load_study(name).design.kind for name in shipped_studies()}
    assert kinds == {"factorial", "one-at-a-time", "latin-hypercube", "sobol", "morris"}
