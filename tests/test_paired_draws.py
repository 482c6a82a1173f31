"""Designs that are compared meet the same draws of parameters, and bands of their difference are over these as well."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from french_words import english_words, faults_of_french, left_over
from islands import islands_file
from numpy.typing import NDArray
from typer.testing import CliRunner

import entraide as en
from entraide.command_line import application
from entraide.documents import comparison_document
from entraide.experiments import runs
from entraide.experiments.comparison import compare
from entraide.experiments.draws import Draws, draws_for, draws_taken
from entraide.experiments.evidence.ensembles import ENSEMBLES_FOLDER, ensemble_of
from entraide.experiments.output import Request
from entraide.experiments.paired_runs import PairedRuns
from entraide.experiments.pairing import ReplicateSet, pair
from entraide.experiments.result_comparison import compare_results
from entraide.experiments.results import Result
from entraide.experiments.stress import stress
from entraide.experiments.stress_folder import StressFolder
from entraide.experiments.stress_plans import stress_plan
from entraide.experiments.verdicts import Measure
from entraide.experiments.what_helps import plan_of, try_measures
from entraide.experiments.what_helps_folder import WhatHelpsFolder
from entraide.model.errors import InputError
from entraide.model.parameters import Value
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.scenario import Scenario
from entraide.viz.comparison_sentences import comparison_sentences
from entraide.viz.locales import LANGUAGES
from entraide.viz.pair_words import pair_notes
from entraide.viz.report import write_comparison_report
from entraide.viz.sentences import risk_sentence

BUSY: Mapping[str, Value] = {"needs_rate": 600.0, "repair_capacity": 400.0, "initial_awareness": 0.5}
THANKS: Mapping[str, Value] = {**BUSY, "acknowledgement_rate": 0.9}
REPLICATES = 6
OPEN = {"en": "over what the data leave open for", "fr": "compte tenu de ce que les données laissent incertain pour"}
ASSUMED = {"en": "assumed values", "fr": "valeurs supposées"}


def scenario(folder: Path, changes: Mapping[str, Value] = BUSY, *, days: int = 40, more: str = "") -> Scenario:
    return load_scenario(islands_file(folder, days=days, more=more), changes)


def request(what: Scenario, replicates: int = REPLICATES, parameters: str = "ensemble") -> Request:
    return Request(what, replicates, counterfactual=False, draws=draws_for(what, replicates, parameters))


def alone(what: Scenario, parameters: str = "ensemble", replicates: int = REPLICATES) -> Result:
    return runs.run(what, replicates=replicates, parameters=parameters, counterfactual=False)


def same_bits(first: Result, second: Result) -> bool:
    return all(
        np.array_equal(one.daily[name], other.daily[name])
        for one, other in zip(first.outcomes, second.outcomes, strict=True)
        for name in one.daily
    )


def contributions(result: Result) -> NDArray[np.float64]:
    return np.array([outcome.daily["contributions"].sum() for outcome in result.outcomes], np.float64)


def test_an_arm_of_a_comparison_is_the_run_alone_bit_for_bit(tmp_path: Path) -> None:
    before, after = scenario(tmp_path), scenario(tmp_path, THANKS)
    pairs = PairedRuns.create(tmp_path / "pair", request(before), request(after))
    (compared, *_) = pairs.carry_out(runs.Conduct())
    assert same_bits(compared.baseline, alone(before))
    assert same_bits(compared.candidate, alone(after))
    assert not same_bits(compared.baseline, alone(before, "preset"))
    assert compared.baseline.draws == compared.candidate.draws
    assert (
        compared.baseline.provenance["parameters_from"]
        == compared.candidate.provenance["parameters_from"]
        == "ensemble"
    )


def test_events_and_measures_meet_the_draws_of_the_scenario_as_it_is(tmp_path: Path) -> None:
    what = scenario(tmp_path, days=60)
    blow = stress_plan(what, events=["outage"], replicates=REPLICATES)
    struck = stress(blow, StressFolder.create(tmp_path / "stress", blow).path)
    assert same_bits(struck.baseline, alone(what))
    (trial,) = blow.trials
    assert same_bits(runs.load_result(tmp_path / "stress" / trial.place), alone(blow.request_of(trial).scenario))
    plan = plan_of(what, measures=["telephone"], replicates=REPLICATES)
    tried = try_measures(plan, WhatHelpsFolder.create(tmp_path / "helps", plan).path)
    assert same_bits(tried.baseline, struck.baseline)
    (measure,) = plan.candidates
    assert same_bits(runs.load_result(tmp_path / "helps" / measure.place), alone(plan.request_of(measure).scenario))


def test_a_scenario_compared_with_itself_differs_nowhere(tmp_path: Path) -> None:
    what = scenario(tmp_path)
    found = compare_results(alone(what, replicates=12), alone(what, replicates=12))
    for difference in found.comparison.differences:
        assert difference.difference in (0.0, None)
        assert difference.verdict in ("no_difference_that_matters", "cannot_tell")
    assert (contributions(found.baseline) == contributions(found.candidate)).all()


def test_draws_shifted_between_two_designs_are_seen_and_refused(tmp_path: Path) -> None:
    """The control: what the pairs rest on."""
    what = scenario(tmp_path)
    asked = request(what)
    assert asked.draws is not None
    shifted = replace(asked.draws, draws=(*asked.draws.draws[1:], asked.draws.draws[0]))
    one, other = (runs.carry_out(replace(asked, draws=draws), None, runs.Conduct()) for draws in (asked.draws, shifted))
    spread = float((contributions(other) - contributions(one)).std())
    print(f"contributions of a replicate differ by {spread:.1f} (standard deviation)")
    assert spread > 0.0
    with pytest.raises(InputError, match="not pairs"):
        compare_results(one, other)


def test_what_a_design_states_wins_over_the_draws_that_both_share(tmp_path: Path) -> None:
    free, fixed = scenario(tmp_path), scenario(tmp_path, {**BUSY, "drop_out_first": 0.5})
    compared = compare_results(alone(free), alone(fixed))
    assert compared.candidate.draws == compared.baseline.draws
    assert {each.services[0].parameters["drop_out_first"] for each in compared.candidate.specifications} == {0.5}
    assert len({each.services[0].parameters["drop_out_first"] for each in compared.baseline.specifications}) > 1
    for language in LANGUAGES:
        assert all(ASSUMED[language] in text for text in comparison_sentences(compared, language).values())
        assert any("drop_out_first" in note for note in pair_notes((compared.baseline, compared.candidate), language))


def test_scenarios_that_share_a_class_share_its_draws() -> None:
    alone_, among = (draws_for(load_scenario(name), 20) for name in ("species-id", "three-services"))
    assert alone_ is not None
    assert among is not None
    same = [a.services["photographs"] == b.services["species"] for a, b in zip(alone_.draws, among.draws, strict=True)]
    print(f"{sum(same)} of {len(same)} draws of online micro-tasks are alike but for those of citizens")
    assert all(same)
    assert alone_.paired_with(among)
    assert among.paired_with(alone_)
    other = draws_for(load_scenario("three-services"), 24)
    assert other is not None
    assert not among.paired_with(other), "replicates take other draws when there are more of them"


def test_all_ensembles_have_as_many_draws() -> None:
    """Else replicates of two scenarios of different classes would not take their draws in step."""
    assert len({len(ensemble_of(path.stem).draws) for path in ENSEMBLES_FOLDER.glob("*.json")}) == 1


def test_few_replicates_take_a_draw_each_and_more_take_two_or_more_of_each() -> None:
    assert [draws_taken(count) for count in (1, 4, 9, 10, 11, 20)] == [1, 4, 9, 5, 5, 10]


@pytest.mark.parametrize(("begun", "asked"), [("ensemble", "preset"), ("preset", "ensemble")])
def test_a_folder_is_not_gone_on_with_by_the_other_choice(tmp_path: Path, begun: str, asked: str) -> None:
    what = scenario(tmp_path, days=20)
    said = rf"parameters from the {begun}, not from the {asked}"
    first, second = (stress_plan(what, events=["outage"], replicates=2, parameters=each) for each in (begun, asked))
    StressFolder.create(tmp_path / "stress", first)
    with pytest.raises(InputError, match=said):
        StressFolder.create(tmp_path / "stress", second)
    measures = [plan_of(what, measures=["telephone"], replicates=2, parameters=each) for each in (begun, asked)]
    WhatHelpsFolder.create(tmp_path / "helps", measures[0])
    with pytest.raises(InputError, match=said):
        WhatHelpsFolder.create(tmp_path / "helps", measures[1])
    sides = [request(what, 2, each) for each in (begun, asked)]
    PairedRuns.create(tmp_path / "pair", sides[0], sides[0])
    with pytest.raises(InputError, match=said):
        PairedRuns.create(tmp_path / "pair", sides[1], sides[1])
    with pytest.raises(
        InputError, match=f"first run takes its parameters from the {begun}, the second from the {asked}"
    ):
        PairedRuns.create(tmp_path / "mixed", *sides)
    assert not (tmp_path / "mixed").exists()
    runs.run(what, replicates=2, parameters=begun, counterfactual=False, folder=tmp_path / "run")
    with pytest.raises(InputError, match=f"parameters of the {begun}, not of the {asked}"):
        runs.run(what, replicates=2, parameters=asked, counterfactual=False, folder=tmp_path / "run")


def test_going_on_with_events_keeps_the_draws_that_they_began_with(tmp_path: Path) -> None:
    plan = stress_plan(scenario(tmp_path, days=30), events=["outage"], replicates=4)
    straight = stress(plan, StressFolder.create(tmp_path / "straight", plan).path)
    StressFolder.create(tmp_path / "stopped", plan)
    begun = StressFolder.open(tmp_path / "stopped")
    assert begun.plan.request.draws == plan.request.draws
    assert same_bits(begun.carry_out(runs.Conduct()).baseline, straight.baseline)


@pytest.mark.long
def test_every_command_takes_the_option_and_says_what_was_taken(tmp_path: Path) -> None:
    path = str(islands_file(tmp_path, days=30))
    common = ("--replicates", "4", "--json")
    commands = {
        "compare": ("compare", path, "--set", "acknowledgement_rate=0.9", "--no-report", *common),
        "stress": ("stress", path, "--events", "outage", *common),
        "helps": ("run", path, "--what-helps", "--set", "initial_awareness=0.5", "--no-report", *common),
    }
    for name, words in commands.items():
        for source in ("ensemble", "preset"):
            options = () if source == "ensemble" else ("--parameters", source)
            finished = CliRunner().invoke(application, [*words, *options, "--out", str(tmp_path / f"{name}-{source}")])
            assert finished.exit_code == 0, finished.output
            document = json.loads(finished.stdout)
            assert document["parameters"] == source
            assert set(document["parameters_told"]) == set(LANGUAGES)
            assert ("draws" in document) == (source == "ensemble")
            folder = tmp_path / f"{name}-{source}" / "baseline"
            about = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
            assert about["parameters_from"] == source
            assert f"--parameters {source}" in about["command"]
    refused = CliRunner().invoke(
        application, ["compare", str(tmp_path / "stress-preset" / "baseline"), path, "--parameters", "ensemble"]
    )
    assert refused.exit_code == 2
    assert "parameters from the preset, not from the ensemble" in refused.output.replace("\n", " ")
    words = ["compare", str(tmp_path / "stress-ensemble" / "baseline"), path, "--json", "--no-report"]
    like = CliRunner().invoke(application, [*words, "--out", str(tmp_path / "like")])
    assert like.exit_code == 0, like.output
    assert json.loads(like.stdout)["parameters"] == "ensemble"


@pytest.mark.long
def test_a_comparison_says_in_both_languages_what_it_rests_on(tmp_path: Path) -> None:
    drawn = compare_results(alone(scenario(tmp_path), replicates=10), alone(scenario(tmp_path, THANKS), replicates=10))
    preset = compare_results(*(alone(scenario(tmp_path, each), "preset", 4) for each in (BUSY, THANKS)))
    page = write_comparison_report(drawn, tmp_path / "page").read_text(encoding="utf-8")
    document = comparison_document(drawn)
    assert document["draws"]["candidate"]["of_replicate"] == document["draws"]["baseline"]["of_replicate"]
    for language in LANGUAGES:
        sentences = comparison_sentences(drawn, language)
        assert all(OPEN[language] in text and ASSUMED[language] not in text for text in sentences.values())
        assert all(ASSUMED[language] in text for text in comparison_sentences(preset, language).values())
        notes = pair_notes((drawn.baseline, drawn.candidate), language)
        assert ("take the same draw" if language == "en" else "prennent le même tirage") in notes[0]
        assert notes[0] in unescape(page)
        typical = pair_notes((preset.baseline, preset.candidate), language)
        assert ("most typical draw" if language == "en" else "tirage le plus typique") in typical[0]
        for text in (*notes, *typical):
            assert left_over(text) == []
            if language == "fr":
                assert faults_of_french(text) == []
                assert english_words(text) == []
    verdict = en.Comparison(drawn).verdict()
    assert "take the same draw" in verdict


MEAN = Measure("share", kind="mean", lower_is_better=False, smallest_difference=0.001, unit="share")
EVENT = Measure("continuity")
EXPERIMENTS = 600


def designs(
    generator: np.random.Generator, share: float, draws: int, each: int, *, told: bool
) -> tuple[ReplicateSet, ReplicateSet]:
    """Return two designs without a difference on average, a share of whose spread lies between draws."""
    numbers = np.arange(draws * each) % draws
    between = generator.normal(0.0, np.sqrt(share), draws)[numbers]
    gaps = between + generator.normal(0.0, np.sqrt(1.0 - share), draws * each)
    zeros = np.zeros(draws * each)
    # Both events are as likely, and one of the two happens where the difference is large.
    events = (gaps > 0.8).astype(float), (gaps < -0.8).astype(float)
    keys = tuple(range(draws * each))
    known = {"draws": numbers, "most_draws": 24} if told else {}
    return (
        ReplicateSet("a", keys, {"share": zeros, "continuity": events[0]}, **known),  # type: ignore[arg-type]
        ReplicateSet("b", keys, {"share": gaps, "continuity": events[1]}, **known),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("measure", [MEAN, EVENT], ids=["mean", "event"])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.9])
def test_bands_of_differences_hold_the_truth_over_draws(measure: Measure, share: float) -> None:
    generator = np.random.default_rng(8)
    held = 0
    for _ in range(EXPERIMENTS):
        band = pair(*designs(generator, share, 10, 2, told=True), measure).band(0.95)
        assert band is not None
        held += band.holds(0.0)
    print(f"{measure.name}, share {share}: the band holds the truth in {held / EXPERIMENTS:.3f}")
    assert 0.92 <= held / EXPERIMENTS <= 1.0


def test_pairs_counted_as_if_none_were_alike_claim_too_much() -> None:
    """The control: without the draws a band at 95 % misses the truth far more often than it says."""
    generator = np.random.default_rng(8)
    missed = [not pair(*designs(generator, 0.9, 10, 2, told=False), MEAN).band(0.95).holds(0.0)  # type: ignore[union-attr]
              for _ in range(EXPERIMENTS)]  # fmt: skip
    print(f"missed in {np.mean(missed):.3f}")
    assert np.mean(missed) > 0.1


def test_p_values_agree_with_bands() -> None:
    generator = np.random.default_rng(3)
    for _ in range(100):
        before, after = designs(generator, 0.6, 10, 2, told=True)
        for measure in (MEAN, EVENT):
            found = pair(before, after, measure)
            band = found.band(0.95)
            assert band is not None
            assert (found.p_value < 0.05) == (not band.holds(0.0))


def test_no_number_of_simulations_tells_what_ignorance_hides() -> None:
    """A difference that varies with the draw alone is known no better by more than the draws that there are."""
    numbers = np.arange(48) % 24
    gaps = np.random.default_rng(2).normal(0.05, 1.0, 24)[numbers]
    keys = tuple(range(48))
    one, other = (
        ReplicateSet(name, keys, {"share": values}, numbers, 24) for name, values in (("a", np.zeros(48)), ("b", gaps))
    )
    found = compare(one, other, [MEAN], cost=None).of("share")
    assert found.verdict == "cannot_tell"
    assert found.beyond_reach
    plain = compare(*(replace(each, draws=None) for each in (one, other)), [MEAN], cost=None).of("share")
    assert not plain.beyond_reach, "by chance alone some number would tell"


def test_draws_are_read_back_as_pairs(tmp_path: Path) -> None:
    draws = draws_for(scenario(tmp_path), 12)
    assert draws is not None
    assert Draws.from_document(json.loads(json.dumps(draws.document()))).paired_with(draws)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_service_without_a_quality_norm_is_compared_as_it_is_told(language: str) -> None:
    """ "No value" would read as a fault of the runs."""
    without, along = (
        alone(load_scenario("rooftop-solar", {"public_roofs": roofs}, days=10), "preset", replicates=2)
        for roofs in (0.0, 10.0)
    )
    sentences = comparison_sentences(compare_results(without, along), language)
    assert sentences["quality"] == risk_sentence(without.risks()["quality"], language)
