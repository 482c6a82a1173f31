"""`entraide sensitivity` and `entraide robust` on real sweeps of small islands: what they print, write and refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from small_studies import write_study
from typer.testing import CliRunner

from entraide.command_line import application

RUNNER = CliRunner()
LEVERS = """
[factors.levers]
repair_capacity = { low = 8.0, high = 40.0 }
"""
ASSUMED = """
[factors.assumptions]
needs_rate = { low = 20.0, high = 60.0 }
prompt_rate = {}
"""


def _run(*words: str) -> str:
    told = RUNNER.invoke(application, [*words, "--workers", "2"])
    assert told.exit_code == 0, told.output
    return told.stdout


@pytest.fixture(scope="module")
def crossed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three designs under 24 sets of assumptions."""
    folder = tmp_path_factory.mktemp("crossed")
    design = '[design]\nkind = "latin-hypercube"\ndesigns = 3\nassumptions = 24\n'
    path = write_study(folder, factors=LEVERS + ASSUMED, design=design, replicates=1, head='parameters = "preset"')
    _run("sweep", str(path), "--out", str(folder / "out"))
    return folder / "out"


@pytest.mark.slow
def test_a_study_is_swept_and_then_explained(tmp_path: Path) -> None:
    design = '[design]\nkind = "sobol"\nsamples = 8\n'
    study = write_study(tmp_path, factors=LEVERS + ASSUMED, design=design, replicates=1, head='parameters = "preset"')
    out = tmp_path / "out"
    document = json.loads(_run("sensitivity", str(study), "--out", str(out), "--json", "--no-figures"))
    assert [each["output"] for each in document["outputs"]][-1] == "cost"
    assert {each["kind"] for each in document["outputs"][0]["factors"]} == {"lever", "assumption"}
    assert all(set(each["sentences"]) == {"en", "fr"} for each in document["outputs"])
    # The folder is read again, without a run, for another output.
    told = _run("sensitivity", str(out), "--output", "share_in_time", "--lang", "fr", "--out", str(tmp_path / "again"))
    assert "Leviers" in told
    assert "Hypothèses" in told
    table = pq.read_table(tmp_path / "again" / "sensitivity.parquet")
    assert table.schema.field("value").metadata[b"unit"] == b"see unit"
    assert set(table.column("index").to_pylist()) == {"first", "total"}
    pd.testing.assert_frame_equal(
        table.to_pandas()[["factor", "value"]], pd.read_csv(tmp_path / "again" / "sensitivity.csv")[["factor", "value"]]
    )
    assert (tmp_path / "again" / "sobol-reports-share-in-time.svg").exists()


@pytest.mark.slow
@pytest.mark.parametrize(("language", "word"), [("en", "Not dominated"), ("fr", "Non dominés")])
def test_designs_are_judged(crossed: Path, tmp_path: Path, language: str, word: str) -> None:
    told = _run("robust", str(crossed), "--lang", language, "--out", str(tmp_path), "--price", "20000")
    assert word in told
    files = {path.name for path in tmp_path.iterdir()}
    assert {"designs.csv", "breaking.parquet", "information.csv", "norms-held.svg", "risks-and-cost.png"} <= files
    designs = pd.read_parquet(tmp_path / "designs.parquet")
    assert len(designs) == 3
    # More agents cost more: the frame is that of the runs.
    ordered = designs.sort_values("repair_capacity")
    assert ordered["cost"].is_monotonic_increasing
    assert ((ordered["all_held_low"] <= ordered["all_held"]) & (ordered["all_held"] <= ordered["all_held_high"])).all()


@pytest.mark.long
def test_a_search_goes_on_where_it_was_and_ends_with_a_front(tmp_path: Path) -> None:
    design = '[design]\nkind = "latin-hypercube"\ndesigns = 2\nassumptions = 4\n'
    levers = LEVERS + "backstop_capacity = { low = 0.0, high = 4.0 }\n"
    study = write_study(tmp_path, factors=levers + ASSUMED, design=design, replicates=1, head='parameters = "preset"')
    words = ("robust", str(study), "--population", "4", "--json", "--no-figures", "--out")
    once = json.loads(_run(*words, str(tmp_path / "once"), "--search", "3"))
    first = json.loads(_run(*words, str(tmp_path / "twice"), "--search", "2"))
    then = json.loads(_run(*words, str(tmp_path / "twice"), "--search", "3"))
    print(first["search"]["simulated"], then["search"]["simulated"], once["search"]["simulated"])
    assert then["search"]["front"] == once["search"]["front"]
    assert first["search"]["simulated"] + then["search"]["simulated"] == once["search"]["simulated"]
    assert then["search"]["objectives"] == ["continuity", "quality", "universality", "cost"]
    # What the front is judged on is what it was searched by.
    front = {tuple(each["changes"].values()): each["objectives"] for each in once["search"]["front"]}
    for each in once["designs"]:
        known = front[tuple(each["changes"].values())]
        assert [*each["probability_broken"].values(), each["cost"]] == pytest.approx(known)


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        (("sensitivity", "first-levers"), "gives no sensitivity indices (given: 'factorial'). allowed: sobol, morris"),
        (("sensitivity", "sobol-defaut"), "did you mean 'sobol-default'?"),
        (("robust", "robust-levers", "--holds-in", "80"), "--holds-in: is not a share (given: 80.0)"),
        (("sensitivity", "sobol-default", "--output", "costs"), "--output: unknown output (given: 'costs')"),
        (("sensitivity", "sobol-default", "--scenario", "urban-report"), "did you mean 'urban-reports'?"),
        (("robust", "robust-levers", "--scenario", "urban-report"), "did you mean 'urban-reports'?"),
        (("robust", "robust-levers", "--reference", "11"), "no such design (given: 11). allowed: 1 to 10"),
        (("robust", "robust-levers", "--price", "-1"), "--price: must be over 0"),
        (("robust", "morris-screening", "--search", "2"), "no levers to search"),
        (("robust", "sobol-default"), "were not simulated under the same assumptions"),
    ],
)
def test_a_mistake_is_told_before_anything_is_run(tmp_path: Path, words: tuple[str, ...], phrase: str) -> None:
    told = RUNNER.invoke(application, [*words, "--out", str(tmp_path / "out")])
    assert told.exit_code == 2
    assert phrase in told.stderr.replace("\n", " ")
    assert len(told.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.long
def test_a_mistake_about_a_folder_is_told(crossed: Path, tmp_path: Path) -> None:
    for words, phrase in (
        (("sensitivity", str(crossed)), "latin-hypercube"),
        (("robust", str(crossed), "--reference", "9"), "--reference: no such design (given: 9). allowed: 1 to 3"),
        (("robust", str(crossed), "--search", "2"), "needs a study, not the folder of a sweep"),
        (("robust", str(crossed), "--days", "30"), "--days: cannot be given with the folder of a sweep"),
        (("robust", str(crossed), "--scenario", "islnd"), "did you mean 'island'?"),
        (("robust", str(tmp_path)), "holds no sweep"),
    ):
        told = RUNNER.invoke(application, list(words))
        assert told.exit_code == 2, told.output
        assert phrase in told.stderr.replace("\n", " "), told.stderr


@pytest.mark.parametrize("more", [(), ("--search", "2")])
@pytest.mark.parametrize(("language", "word"), [("en", "interrupted"), ("fr", "interrompu")])
def test_a_study_that_is_stopped_while_it_is_swept_says_where_its_runs_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, word: str, more: tuple[str, ...]
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    design = '[design]\nkind = "latin-hypercube"\ndesigns = 2\nassumptions = 2\n'
    study = write_study(tmp_path, factors=LEVERS + ASSUMED, design=design, replicates=1, head='parameters = "preset"')
    monkeypatch.setattr("entraide.experiments.batch.sweep._Sitting.run", stop)
    out = tmp_path / "out"
    told = RUNNER.invoke(application, ["robust", str(study), "--out", str(out), "--lang", language, *more])
    print(told.stderr)
    assert told.exit_code == 130
    assert word in told.stderr
    assert (f"--out {out}" if more else f"entraide resume {out}") in told.stderr.replace("\n", " ")
    assert len(told.stderr.strip().splitlines()) == 1
