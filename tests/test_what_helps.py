"""What helps: each measure alone on the same chance, ranked against each risk; killed and resumed it says the same."""

from __future__ import annotations

import json
import re
import threading
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from islands import islands_file
from typer.testing import CliRunner

import entraide as en
from entraide.command_line import application
from entraide.commands_what_helps import write_what_helps
from entraide.experiments.comparison import compare_many
from entraide.experiments.result_comparison import COMPARED, replicate_set
from entraide.experiments.runner import Cancelled
from entraide.experiments.runs import Conduct, load_result
from entraide.experiments.what_helps import BEHIND, Plan, ServiceRanking, Tried, WhatHelps, plan_of, try_measures
from entraide.experiments.what_helps_folder import WhatHelpsFolder
from entraide.experiments.what_helps_table import TABLE_FILE
from entraide.model.errors import InputError
from entraide.model.risk import RISKS
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.scenario import Scenario
from entraide.viz.what_helps_page import write_what_helps_page
from entraide.viz.what_helps_sentences import counts_only_sentence, ranking_sentence
from entraide.viz.what_helps_tables import ranking_header, ranking_rows, rest_sentence

BUSY = {"initial_awareness": 0.5, "prompt_rate": 0.1, "needs_rate": 100.0}
FEW = ("telephone", "backstop-on-call", "badges")
DAYS = 50


def scenario(folder: Path) -> Scenario:
    return load_scenario(islands_file(folder, days=DAYS), BUSY)


def few(plan: Plan) -> Plan:
    """Return a plan of three measures, so that tests are quick."""
    return replace(plan, candidates=tuple(each for each in plan.candidates if each.name in FEW))


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, WhatHelps]:
    """Three measures tried without interruption."""
    folder = tmp_path_factory.mktemp("straight")
    plan = few(plan_of(scenario(folder), replicates=3, seed=4, own_file=True))
    found = WhatHelpsFolder.create(folder / "out", plan).carry_out(Conduct(threads=1))
    write_what_helps(found, folder / "out", report=False)
    return folder / "out", found


def test_each_measure_is_compared_on_the_same_chance_as_one_family(straight: tuple[Path, WhatHelps]) -> None:
    folder, found = straight
    ranking = found.of()
    assert [tried.candidate.name for tried in ranking.tried] == [
        name for name in (each.name for each in found.plan.candidates) if name in FEW
    ]
    results = [load_result(place) for place in WhatHelpsFolder.open(folder).places]
    assert len({result.seed for result in results}) == 1
    again = compare_many(
        replicate_set(results[0], "baseline"),
        [replicate_set(result, tried.candidate.name) for result, tried in zip(results[1:], ranking.tried, strict=True)],
        COMPARED,
    )
    for expected, tried in zip(again, ranking.tried, strict=True):
        for name in ("share_in_time", "cost", *RISKS):
            assert tried.comparison.of(name).difference == expected.of(name).difference
            assert tried.comparison.of(name).adjusted_p_value == expected.of(name).adjusted_p_value
        assert tried.comparison.of("share_in_time").family == len(FEW)
    assert results[0].counterfactual is None
    changed = results[1].scenario.changes
    assert dict(changed) == {**BUSY, **found.plan.candidates[0].changes}, "provenance and resume know it as changes"


def test_help_comes_first_and_harm_last(straight: tuple[Path, WhatHelps]) -> None:
    order = {"better": 0, "worse": 2}
    for risk in RISKS:
        ranked = straight[1].of().ranked(risk)
        places = [order.get(tried.verdict(risk), 1) for tried in ranked]
        assert places == sorted(places)
        assert {tried.candidate.name for tried in ranked} == set(FEW)
        print(risk, [(tried.candidate.name, tried.verdict(risk)) for tried in ranked])


def test_interrupted_and_resumed_it_says_the_same(straight: tuple[Path, WhatHelps], tmp_path: Path) -> None:
    folder, _ = straight
    plan = few(plan_of(scenario(tmp_path), replicates=3, seed=4, own_file=True))
    stop = threading.Event()

    def hear(done: int, total: int) -> None:
        # In the middle of the second measure.
        if done > total * 0.55:
            stop.set()

    with pytest.raises(Cancelled):
        WhatHelpsFolder.create(tmp_path / "out", plan).carry_out(Conduct(threads=1, progress=hear, cancel=stop))
    begun = [place for place in WhatHelpsFolder.open(tmp_path / "out").places if (place / "status.json").exists()]
    statuses = [json.loads((place / "status.json").read_text())["status"] for place in begun]
    print(statuses)
    assert statuses.count("complete") == 2
    assert len(begun) < 1 + len(FEW)
    resumed = WhatHelpsFolder.open(tmp_path / "out").carry_out(Conduct(threads=2))
    write_what_helps(resumed, tmp_path / "out", report=False)
    for name in ("what-helps.json", TABLE_FILE):
        assert (tmp_path / "out" / name).read_bytes() == (folder / name).read_bytes(), name


def test_progress_counts_over_all_runs_and_names_each(tmp_path: Path) -> None:
    plan = few(plan_of(scenario(tmp_path), replicates=2))
    heard: list[tuple[int, int]] = []
    begun: list[tuple[int, int, str | None]] = []
    found = try_measures(
        plan,
        conduct=Conduct(threads=1, progress=lambda done, total: heard.append((done, total))),
        begin=lambda step, steps, candidate: begun.append((step, steps, candidate and candidate.name)),
    )
    assert found.baseline.replicates == 2
    assert {total for _, total in heard} == {4 * 2 * DAYS}
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)
    assert heard[-1] == (4 * 2 * DAYS, 4 * 2 * DAYS)
    assert [step for step, _, _ in begun] == [0, 1, 2, 3]
    assert begun[0][2] is None


def test_the_table_holds_what_the_document_says(straight: tuple[Path, WhatHelps]) -> None:
    folder, _ = straight
    document = json.loads((folder / "what-helps.json").read_text())
    table = pq.read_table(folder / TABLE_FILE)
    assert all(field.metadata[b"description"] for field in table.schema)
    rows = {(row["measure"], row["compared"]): row for row in table.to_pylist()}
    assert len(rows) == len(FEW) * len(COMPARED)
    (service,) = document["services"]
    for risk in RISKS:
        for tried in service["risks"][risk]["ranking"]:
            for part in ("event", "mean", "cost"):
                row = rows[tried["measure"], tried[part]["name"]]
                assert row["difference"] == tried[part]["difference"]
                assert row["verdict"] == tried[part]["verdict"]
                if part != "cost":
                    assert row["rank"] == tried["rank"]
            assert tried["mean"]["name"] == BEHIND[risk]
    assert {each["name"] for each in document["refused"]} >= {"more-answers"}
    assert "time" not in document
    assert "started" not in json.dumps(document), "nothing that another computation would change"


# Words


def tried_with(straight: WhatHelps, risk: str, event: str, mean: str, cost: str, pairs: int = 20) -> Tried:
    """Return a measure whose verdicts were set by hand."""
    tried = straight.of().tried[0]
    verdicts = {risk: event, BEHIND[risk]: mean, "cost": cost}
    differences = tuple(
        replace(each, verdict=verdicts.get(each.measure.name, "no_difference_that_matters"), pairs=pairs)
        for each in tried.comparison.differences
    )
    return replace(tried, comparison=replace(tried.comparison, differences=differences))


def test_event_and_mean_make_one_verdict(straight: tuple[Path, WhatHelps]) -> None:
    for event, mean, expected in (
        ("better", "cannot_tell", "better"),
        ("no_difference_that_matters", "worse", "worse"),
        ("better", "worse", "mixed"),
        ("cannot_tell", "no_difference_that_matters", "cannot_tell"),
        ("no_difference_that_matters", "no_difference_that_matters", "no_difference_that_matters"),
    ):
        assert tried_with(straight[1], "continuity", event, mean, "worse").verdict("continuity") == expected
    counted = tried_with(straight[1], "continuity", "better", "cannot_tell", "better", pairs=4)
    assert counted.verdict("continuity") == "cannot_tell", "with four replicates an event is counted, not judged"
    cheap = tried_with(straight[1], "continuity", "better", "better", "better")
    assert cheap.dominates("continuity")
    assert not cheap.dominates("quality")
    assert cheap.side_effects("quality") == (("continuity", "better"),)


def ranking_of(straight: WhatHelps, *tried: Tried) -> ServiceRanking:
    return replace(straight.of(), tried=tried)


@pytest.mark.parametrize(
    ("language", "best", "dominates", "none", "ending"),
    [
        ("en", "helps most", "better and cheaper", "is shown to help", "for these assumed values."),
        ("fr", "aide le plus", "mieux et moins cher", "on ne peut dire qu'elle aide", "pour ces valeurs supposées."),
    ],
)
def test_sentences_say_what_helps_with_cost_and_side_effects(
    straight: tuple[Path, WhatHelps], language: str, best: str, dominates: str, none: str, ending: str
) -> None:
    found = straight[1]
    helping = tried_with(found, "continuity", "better", "better", "better")
    other = tried_with(found, "continuity", "cannot_tell", "better", "worse")
    text = ranking_sentence(ranking_of(found, helping, other), "continuity", language)
    print(text)
    assert best in text
    assert dominates in text
    assert ending in text
    unclear = tried_with(found, "continuity", "cannot_tell", "cannot_tell", "worse")
    text = ranking_sentence(ranking_of(found, unclear), "continuity", language)
    print(text)
    assert none in text
    assert "  " not in text
    idle = tried_with(found, "quality", *["no_difference_that_matters"] * 2, "worse")
    ranking = ranking_of(found, idle)
    assert ranking_sentence(ranking, "quality", language)
    assert ranking_rows(ranking, "quality", language, all_of_them=False) == []
    assert rest_sentence(ranking, "quality", language)
    assert counts_only_sentence(found, language), "three replicates are counted"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_tables_have_a_cell_for_each_head(straight: tuple[Path, WhatHelps], language: str) -> None:
    for risk in RISKS:
        ranking = straight[1].of()
        rows = ranking_rows(ranking, risk, language)
        assert len(rows) == len(FEW)
        for row in rows:
            assert len(row) == len(ranking_header(ranking, risk, language))
            assert all(row)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_holds_sentences_figures_and_tables_in_both_languages(
    straight: tuple[Path, WhatHelps], language: str, tmp_path: Path
) -> None:
    text = write_what_helps_page(straight[1], tmp_path, language).read_text(encoding="utf-8")
    assert text.count("<svg") == 2 * len(RISKS)
    assert text.count("<table>") == 2 * (len(RISKS) + 1), "one for each risk, one for what was refused"
    for words in ("Telephone line", "Ligne téléphonique", "What helps", "Ce qui aide"):
        assert words.lower() in text.lower()
    assert "http" not in re.sub(r"http://www\.w3\.org/\S*|http-equiv", "", text), "it asks nothing of anybody"


# Faults and the command


def test_a_folder_that_holds_something_is_not_written_over(straight: tuple[Path, WhatHelps], tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(InputError, match="the folder is not empty"):
        WhatHelpsFolder.create(tmp_path, straight[1].plan)
    (straight[0] / "plan.json").replace(straight[0] / "plan.kept")
    (straight[0] / "plan.json").write_text('{"format": 1}')
    with pytest.raises(InputError, match="was altered"):
        WhatHelpsFolder.open(straight[0])
    (straight[0] / "plan.kept").replace(straight[0] / "plan.json")


@pytest.mark.slow
def test_the_command_prints_tables_or_one_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = str(islands_file(tmp_path, days=20))
    common = ("run", path, "--what-helps", "--replicates", "2", "--set", "initial_awareness=0.5", "--no-report")
    finished = CliRunner().invoke(application, [*common, "--out", "out"])
    print(finished.stdout)
    assert finished.exit_code == 0, finished.output
    assert "what helps" in finished.stdout
    assert "Not tried" in finished.stdout
    assert "entraide run " in finished.stdout
    again = CliRunner().invoke(application, ["resume", "out", "--json", "--no-report"])
    assert again.exit_code == 0, again.output
    document = json.loads(again.stdout)
    assert document["replicates"] == 2
    assert document["changes"] == {"initial_awareness": 0.5}
    assert "probability" in document["counts_only"]["en"]
    refused = CliRunner().invoke(application, [*common, "--zones-daily"])
    assert refused.exit_code == 2


def test_a_named_measure_is_a_change_for_run_and_compare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = str(islands_file(tmp_path, days=20))
    options = ("--replicates", "2", "--no-report", "--json")
    ran = CliRunner().invoke(application, ["run", path, "--measure", "telephone", "--out", "run", *options])
    assert ran.exit_code == 0, ran.output
    provenance = json.loads(ran.stdout)["provenance"]
    assert provenance["changes"] == {"phone_offered": True}
    assert "--set phone_offered=true" in provenance["command"]
    both = CliRunner().invoke(
        application, ["compare", path, "--measure", "telephone", "--measure", "acknowledge", "--out", "pair", *options]
    )
    assert both.exit_code == 0, both.output
    assert json.loads(both.stdout)["moved"] == {
        "phone_offered": [False, True],
        "acknowledgement_rate": [0.5, 0.95],
    }
    on_top = CliRunner().invoke(application, ["compare", "run", "--measure", "badges", "--out", "more", *options[2:]])
    assert on_top.exit_code == 0, on_top.output
    assert json.loads(on_top.stdout)["moved"] == {"reputation_visibility": [0.5, 1.0]}


def test_from_python_there_is_a_table_and_the_same_folder(tmp_path: Path) -> None:
    loaded = scenario(tmp_path)
    heard: list[int] = []
    found = en.what_helps(
        loaded, replicates=2, measures=FEW, out=tmp_path / "out", progress=lambda done, _: heard.append(done)
    )
    frame = found.frame()
    assert set(frame["measure"]) == set(FEW)
    assert {"compared", "difference", "low", "high", "verdict", "rank"} <= set(frame.columns)
    assert frame[frame["compared"] == "cost"]["difference"].notna().all()
    assert "Continuity" in str(found)
    assert "Continuité" in found.verdict("fr")
    assert found.to_dict()["replicates"] == 2
    assert (tmp_path / "out" / TABLE_FILE).exists()
    assert heard[-1] == 4 * 2 * DAYS
    assert found.report(tmp_path / "page", "fr").name == "what-helps.html"
    for wrong, told in ((("telefone",), "did you mean 'telephone'"), (("more-answers",), "makes no sense here")):
        with pytest.raises(InputError, match=told):
            en.what_helps(loaded, replicates=2, measures=wrong)


def test_the_list_of_measures_says_what_they_change_and_why_some_are_refused(tmp_path: Path) -> None:
    listed = CliRunner().invoke(application, ["scenarios", "measures", "species-id", "--json"])
    assert listed.exit_code == 0, listed.output
    measures = {each["name"]: each for each in json.loads(listed.stdout)}
    assert measures["more-answers"]["moved"] == {"answers_per_task": [5, 7]}
    assert measures["more-agents"]["makes_sense"] is False
    assert measures["more-agents"]["reason"]["fr"]
    for language, words in (("en", "Refused in"), ("fr", "Refusées dans")):
        shown = CliRunner().invoke(application, ["scenarios", "measures", "urban-reports", "--lang", language])
        assert words in shown.stdout
        assert "telephone" in shown.stdout
