"""Runs whose replicates draw their parameters: what is ignorance, what chance, what is stated, what is said."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import numpy as np
import pytest
from french_words import english_words, faults_of_french, left_over
from islands import islands_file

from entraide import python_api
from entraide.documents import run_document
from entraide.experiments import runs
from entraide.experiments.draws import draws_for
from entraide.experiments.ignorance import risk_spreads
from entraide.experiments.parameters_from import DEFAULT_PARAMETERS
from entraide.experiments.result_comparison import compare_results
from entraide.experiments.results import Result
from entraide.model.errors import InputError
from entraide.model.parameters import Value
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.scenario import Scenario
from entraide.verdict_text import whole_verdict
from entraide.viz.draws_figure import margins_by_draw
from entraide.viz.ignorance_part import ignorance_part
from entraide.viz.locales import LANGUAGES
from entraide.viz.sentences import verdict

# Needs enough that a margin is not a matter of one need, and agents for all that is reported.
BUSY: Mapping[str, Value] = {
    "needs_rate": 600.0,
    "repair_capacity": 400.0,
    "backstop_capacity": 0.0,
    "initial_awareness": 0.5,
}
ASSUMED = {"en": "assumed values", "fr": "valeurs supposées"}
OF_ALONE = {
    "en": "that the scenario assumes for the administration alone",
    "fr": "que le scénario prête à l'administration seule",
}
OPEN = {
    "en": "over what the data leave open for urban reports",
    "fr": "laissent incertain pour les signalements urbains",
}


def scenario(folder: Path, changes: Mapping[str, Value] = BUSY, *, days: int = 120, more: str = "") -> Scenario:
    return load_scenario(islands_file(folder, days=days, more=more), changes)


def ensemble(folder: Path, draws: Sequence[Mapping[str, Value]], name: str = "urban-report") -> Path:
    """Write an ensemble and return its folder."""
    (folder / f"{name}.json").write_text(json.dumps({"class": name, "draws": list(draws), "provenance": {}}))
    return folder


def of_file(folder: Path) -> Scenario:
    """Return a scenario of a file of its own that states nothing of what was fitted."""
    text = Path(load_scenario("urban-reports").path).read_text(encoding="utf-8")
    kept = text[: text.index("# What this scenario proves")].replace('"department:29"', '["29155", "29083", "29084"]')
    path = folder / "unstated.toml"
    path.write_text(kept.replace("days = 365", "days = 60"), encoding="utf-8")
    return load_scenario(path, BUSY)


def same_bits(first: Result, second: Result) -> bool:
    return all(
        np.array_equal(one.daily[name], other.daily[name])
        for one, other in zip(first.outcomes, second.outcomes, strict=True)
        for name in one.daily
    )


@pytest.mark.slow
def test_equal_draws_leave_no_ignorance(tmp_path: Path) -> None:
    folder = ensemble(tmp_path, [{"session_tasks": 0.5, "exposure_log_sd": 1.0}] * 24)
    result = runs.run(scenario(tmp_path), replicates=40, parameters="ensemble", ensembles=folder, counterfactual=False)
    found = risk_spreads(result)["continuity"].margin
    print(found)
    assert found is not None
    assert found.interval is not None
    assert found.share is not None
    assert found.within > 0.0
    assert found.interval.holds(0.0)
    assert found.share < 0.5


@pytest.mark.long
def test_draws_that_differ_strongly_leave_little_to_chance(tmp_path: Path) -> None:
    # Prompts so rare that places differ by chance where sessions are short.
    same: Mapping[str, Value] = {
        "exposure_log_sd": 0.4, "prompt_rate": 0.01, "drop_out_first": 0.67, "efficacy_drop_out": 0.75,
    }  # fmt: skip
    draws = [{**same, "session_tasks": 0.02 if place % 2 else 12.0} for place in range(24)]
    folder = ensemble(tmp_path, draws)
    result = runs.run(
        scenario(tmp_path, days=365), replicates=24, parameters="ensemble", ensembles=folder, counterfactual=False
    )
    found = risk_spreads(result)["universality"].margin
    print(found)
    assert found is not None
    assert found.interval is not None
    assert found.share is not None
    assert found.share > 0.8
    assert found.interval.low > 0.5
    assert risk_spreads(result)["universality"].strongest is None, "two different draws tell nothing of a parameter"


def test_a_stated_value_wins_and_is_named(tmp_path: Path) -> None:
    folder = ensemble(tmp_path, [{"session_tasks": 0.1 * place, "exposure_log_sd": 1.1} for place in range(1, 25)])
    free = draws_for(scenario(tmp_path), 8, "ensemble", folder)
    assert free is not None
    assert len(free.draws) == 8
    used = [each.services[0].parameters["session_tasks"] for each in free.specifications(scenario(tmp_path))]
    assert len(set(used)) == 8
    assert all(each.citizens["exposure_log_sd"] == 1.1 for each in free.specifications(scenario(tmp_path)))
    assert all(
        each.services[0].reference["session_tasks"] == each.services[0].parameters["session_tasks"]
        for each in free.specifications(scenario(tmp_path))
    ), "an assumption is believed on both sides"
    by_change = scenario(tmp_path, {**BUSY, "session_tasks": 0.33})
    by_file = scenario(tmp_path, more="\n[services.reports]\nsession_tasks = 0.33\n")
    for stated, by in ((by_change, "change"), (by_file, "scenario")):
        values = [each.services[0].parameters["session_tasks"] for each in free.specifications(stated)]
        assert values == [0.33] * 8
        (found,) = free.stated(stated)
        assert (found.service, found.parameter, found.value, found.by) == ("reports", "session_tasks", 0.33, by)
        assert not free.calibrated(stated)
    of_all = scenario(tmp_path, {**BUSY, "exposure_log_sd": 0.5})
    assert [each.citizens["exposure_log_sd"] for each in free.specifications(of_all)] == [0.5] * 8


@pytest.mark.slow
def test_where_everything_is_stated_no_ensemble_is_claimed(tmp_path: Path) -> None:
    """The same simulations as with the preset, and the same sentences; one value left open is an ensemble again."""
    folder = ensemble(tmp_path, [{"session_tasks": 0.1 * place, "exposure_log_sd": 1.1} for place in range(1, 25)])
    stated: Mapping[str, Value] = {**BUSY, "session_tasks": 0.33, "exposure_log_sd": 0.5}
    what = scenario(tmp_path, stated, days=40)
    drawn = runs.run(what, replicates=10, parameters="ensemble", ensembles=folder, folder=tmp_path / "out")
    preset = runs.run(what, replicates=10, parameters="preset")
    assert same_bits(drawn, preset)
    assert drawn.draws is not None
    assert drawn.draws.fixed
    assert not drawn.draws.calibrated(what)
    assert runs.load_result(tmp_path / "out").draws == drawn.draws
    document = run_document(drawn)
    json.dumps(document, allow_nan=False)
    assert document["draws"]["rests_on_data_only"] is False
    for language, fixed in (("en", "nothing is drawn"), ("fr", "rien n'est tiré")):
        assert verdict(drawn, language) == verdict(preset, language)
        text, page = whole_verdict(drawn, language), ignorance_part(drawn, language)
        assert fixed in text
        assert escape(fixed) in page
        assert faults_of_french(text.rsplit("\n\n", 1)[1]) == [] or language == "en"
    moved = runs.run(scenario(tmp_path, {**stated, "repair_capacity": 300.0}, days=40), replicates=10, ensembles=folder)
    assert compare_results(drawn, moved).comparison.differences
    open_again = draws_for(scenario(tmp_path, {**BUSY, "session_tasks": 0.33}), 10, "ensemble", folder)
    assert open_again is not None
    assert not open_again.fixed


def test_going_on_gives_the_bits_of_a_straight_run_on_any_threads(tmp_path: Path) -> None:
    what = scenario(tmp_path, days=40)
    straight = runs.run(what, replicates=6, parameters="ensemble", folder=tmp_path / "straight")
    preset = runs.run(what, replicates=6, parameters="preset", counterfactual=False)
    assert not same_bits(straight, preset)
    folder = tmp_path / "stopped"
    runs.run(what, replicates=6, parameters="ensemble", folder=folder, conduct=runs.Conduct(threads=1))
    for number in (1, 4):
        (folder / "replicates" / f"{number:04d}.npz").unlink()
    status = json.loads((folder / "status.json").read_text())
    (folder / "status.json").write_text(json.dumps({**status, "status": "interrupted"}))
    resumed = runs.resume(folder, runs.Conduct(threads=2))
    assert same_bits(straight, resumed)
    assert resumed.draws == straight.draws
    for name in ("measures", "draws", "margins"):
        tables = [(tmp_path / place / "tables" / f"{name}.parquet").read_bytes() for place in ("straight", "stopped")]
        assert tables[0] == tables[1], name
    back = runs.load_result(folder)
    assert whole_verdict(back) == whole_verdict(straight)
    assert straight.provenance["parameters_from"] == "ensemble"
    assert "--parameters ensemble" in straight.provenance["command"]
    assert len(straight.provenance["draws"]["values"]) == 6
    with pytest.raises(InputError, match="parameters of the ensemble, not of the preset"):
        runs.run(what, replicates=6, parameters="preset", folder=folder)


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verdict_says_what_it_rests_on(tmp_path: Path, language: str) -> None:
    free = runs.run(of_file(tmp_path), replicates=10, parameters="ensemble")
    preset = runs.run(of_file(tmp_path), replicates=10, parameters="preset", counterfactual=False)
    said = verdict(free, language)
    for sentence in (*said.risks.values(), said.cost):
        assert OPEN[language] in sentence
        assert ASSUMED[language] not in sentence
    for sentence in (said.same_budget, said.same_norm):
        assert ASSUMED[language] not in sentence
        assert sentence.endswith(f"{OF_ALONE[language]}."), "its figures are the scenario's in any case"
    for sentence in (*verdict(preset, language).risks.values(), verdict(preset, language).cost):
        assert sentence.endswith(f"{ASSUMED[language]}.")
    fitted = load_scenario(of_file(tmp_path).path, {**BUSY, "drop_out_first": 0.5})
    moved = runs.run(fitted, replicates=10, parameters="ensemble")
    for sentence in verdict(moved, language).sentences():
        assert ASSUMED[language] in sentence
    text = whole_verdict(moved, language)
    assert ("drop_out_first = 0.5 (by you)" if language == "en" else "drop_out_first = 0,5 (par vous)") in text


def test_ignorance_is_told_in_every_place_and_in_both_languages(tmp_path: Path) -> None:
    result = runs.run(of_file(tmp_path), replicates=12, parameters="ensemble", folder=tmp_path / "out")
    document = run_document(result)
    json.dumps(document, allow_nan=False)
    assert document["parameters"] == "ensemble"
    assert document["draws"]["of_replicate"] == [0, 1, 2, 3, 4, 5] * 2
    assert document["draws"]["rests_on_data_only"] is True
    share = document["risks"]["continuity"]["ignorance"]["margin"]["ignorance_share"]
    assert 0.0 <= share <= 1.0
    spread = python_api.Run(result).spreads()["continuity"].margin
    assert spread is not None
    assert spread.share == share
    for language in LANGUAGES:
        text, page = whole_verdict(result, language), ignorance_part(result, language)
        picture = margins_by_draw(result, language=language)
        assert picture is not None
        told = [text, picture.caption, picture.alternative, *document["draws"]["notes"][language]]
        assert ("If the parameters were known" if language == "en" else "Si les paramètres étaient connus") in text
        assert ("If the parameters were known" if language == "en" else "Si les paramètres étaient connus") in page
        # Details stand indented under the sentence of their risk.
        for each in (line.strip() for words in told for line in words.splitlines()):
            assert left_over(each) == []
            if language == "fr":
                assert faults_of_french(each) == []
                assert english_words(each) == []
    events, margins = result.values()["continuity"], result.margins()["continuity"]
    assert ((margins < 0.0) == (events == 1.0)).all()


def test_a_class_without_an_ensemble_keeps_its_preset_and_says_so(tmp_path: Path) -> None:
    empty = tmp_path / "none"
    empty.mkdir()
    what = scenario(tmp_path, days=40)
    drawn = runs.run(what, replicates=4, parameters="ensemble", ensembles=empty, counterfactual=False)
    assert same_bits(drawn, runs.run(what, replicates=4, parameters="preset", counterfactual=False))
    for language, words in (("en", "Nothing was fitted to data"), ("fr", "Rien n'a été ajusté")):
        text = whole_verdict(drawn, language)
        assert words in text
        assert ASSUMED[language] in text


def test_services_of_several_classes_share_their_citizens() -> None:
    what = load_scenario("three-services")
    draws = draws_for(what, 20, "ensemble")
    assert draws is not None
    assert set(draws.sizes) == {"reports", "species"}
    assert {name: set(left) for name, left in draws.unused.items()} == {
        "species": {"prompt_floor_active", "drop_out_devotion_exponent"}
    }
    assert all(set(draw.citizens) == {"efficacy_drop_out", "exposure_log_sd"} for draw in draws.draws)
    assert not draws.calibrated(what)
    assert not draws.stated(what), "the package's scenarios state nothing of what was fitted"
    two = draws_for(load_scenario("beside-or-articulated"), 20, "ensemble")
    assert two is not None
    assert all(draw.services["reports"] == draw.services["network"] for draw in two.draws)


def test_the_default_is_one_switch_and_other_words_are_refused(tmp_path: Path) -> None:
    assert DEFAULT_PARAMETERS == "ensemble"
    what = scenario(tmp_path, days=20)
    assert runs.run(what, replicates=1, counterfactual=False).parameters_from == "ensemble"
    assert runs.run(what, replicates=1, parameters="preset", counterfactual=False).draws is None
    with pytest.raises(InputError, match="ensemble"):
        runs.run(what, replicates=1, parameters="ensembel")


def test_runs_with_other_draws_are_not_compared(tmp_path: Path) -> None:
    what = scenario(tmp_path, days=20)
    preset = runs.run(what, replicates=4, parameters="preset", counterfactual=False)
    drawn = runs.run(what, replicates=4, parameters="ensemble", counterfactual=False)
    with pytest.raises(InputError, match="parameters"):
        compare_results(preset, drawn)
    moved = scenario(tmp_path, {**BUSY, "acknowledgement_rate": 0.9}, days=20)
    both = compare_results(drawn, runs.run(moved, replicates=4, parameters="ensemble", counterfactual=False))
    assert set(both.moved) == {"acknowledgement_rate"}
