"""The starting values of a class are the most typical draw of its ensemble, and a scenario runs with them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from entraide.experiments.draws import draws_for
from entraide.experiments.evidence.ensembles import ENSEMBLES_FOLDER, OF_THE_CASE, ensemble_of
from entraide.experiments.evidence.presets import PRESETS_FILE, class_presets, presets_text
from entraide.model.service_classes import SERVICE_CLASS_CITIZENS, SERVICE_CLASS_SOURCES, SERVICE_CLASSES, preset_of
from entraide.scenarios.catalogue import list_scenarios
from entraide.scenarios.loader import load_scenario

FITTED = sorted(class_presets())
# The greatest share of draws that may lie on one side of a starting value: a typical draw is nowhere extreme in many.
_EXTREME = 0.9


def test_the_committed_values_are_those_of_the_ensembles() -> None:
    assert PRESETS_FILE.read_text(encoding="utf-8") == presets_text(), (
        "an ensemble moved: python -m entraide.experiments.evidence.presets, then see CONTRIBUTING.md"
    )


@pytest.mark.parametrize("name", FITTED)
def test_a_class_is_one_draw_whole(name: str) -> None:
    drawn = dict(class_presets()[name]["service"]) | dict(class_presets()[name]["citizens"])
    assert drawn in [dict(draw) for draw in ensemble_of(name).of_any_service]
    assert {key: preset_of(name)[key] for key in drawn} == drawn
    assert not OF_THE_CASE & set(preset_of(name))


def test_steered_values_are_of_no_class() -> None:
    common = ensemble_of("urban-report").common
    assert common
    assert not set(common) & set(preset_of("urban-report"))


def test_few_starting_values_lie_at_the_edge_of_their_draws() -> None:
    """Negative control: the farthest draws do, which an order that begins with extremes would take."""

    def at_an_edge(draw: dict[str, float], name: str) -> list[bool]:
        draws = ensemble_of(name).of_any_service
        ranks = [np.mean([float(each[key]) < float(value) for each in draws]) for key, value in draw.items()]
        return [rank > _EXTREME or rank < 1.0 - _EXTREME for rank in ranks]

    taken = [edge for name in FITTED for edge in at_an_edge({**class_presets()[name]["service"]}, name)]
    edges = []
    for name in FITTED:
        draws = ensemble_of(name).of_any_service
        edges += at_an_edge(max(draws, key=lambda draw: sum(at_an_edge(dict(draw), name))), name)
    print(
        f"{np.mean(taken):.2f} of {len(taken)} starting values among the outer fifth of the draws, {np.mean(edges):.2f}"
    )
    assert np.mean(taken) <= 0.2
    assert np.mean(edges) > 0.3


def test_another_ensemble_moves_the_values_and_the_text(tmp_path: Path) -> None:
    shutil.copytree(ENSEMBLES_FOLDER, tmp_path / "ensembles")
    path = tmp_path / "ensembles" / "hands-on.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["draws"] = [{**draw, "prompt_rate": 2.0 * draw["prompt_rate"]} for draw in document["draws"]]
    path.write_text(json.dumps(document), encoding="utf-8")
    assert presets_text(tmp_path / "ensembles") != presets_text()


@pytest.mark.parametrize("name", FITTED)
def test_sources_say_how_far_the_draws_spread(name: str) -> None:
    for key, (low, high) in class_presets()[name]["spread"].items():
        assert f"{key} {low:g} to {high:g}" in SERVICE_CLASS_SOURCES[name]


def test_citizens_follow_the_class_of_the_first_service() -> None:
    funding, services = load_scenario("local-funding"), load_scenario("three-services")
    assert funding.citizens["crowding_cash"] == SERVICE_CLASS_CITIZENS["giving"]["crowding_cash"]
    assert services.citizens["exposure_log_sd"] == SERVICE_CLASS_CITIZENS["urban-report"]["exposure_log_sd"]
    # The second and third services are of classes that say more of citizens; the first one decides.
    assert (
        services.citizens["drop_out_devotion_exponent"]
        != SERVICE_CLASS_CITIZENS["field-observation"]["drop_out_devotion_exponent"]
    )
    assert load_scenario("local-funding", {"crowding_cash": 0.2}).citizens["crowding_cash"] == 0.2


@pytest.mark.parametrize("name", [scenario.name for scenario in list_scenarios()])
def test_a_preset_run_is_a_run_of_the_first_draw(name: str) -> None:
    """The verdict for the starting values is that of one draw of the ensemble, for the classes that have one."""
    scenario = load_scenario(name)
    draws = draws_for(scenario, 1, "ensemble")
    assert draws is not None
    if len(set(draws.classes.values())) > 1 or not draws.draws:
        return
    (first,) = draws.specifications(scenario)
    assert dict(first.citizens) == dict(scenario.citizens)
    assert [dict(each.parameters) for each in first.services] == [dict(each.parameters) for each in scenario.services]


def test_classes_without_an_ensemble_say_so() -> None:
    assert {
        name for name in SERVICE_CLASSES if "assumption: no contribution history" in SERVICE_CLASS_SOURCES[name]
    } == {"responder"}
