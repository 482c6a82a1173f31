"""The Python interface: the same results from a script without a guard, a console, standard input and a notebook."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from html import escape
from pathlib import Path

import pandas as pd
import pytest
from islands import islands_file
from matplotlib.figure import Figure

import entraide as en

# As a user would write it, without a main guard; the islands stand in for Finistère.
PROGRAM = """\
import entraide as en
today = en.run("islands.toml", replicates=3, days=30)
thanks = en.run("islands.toml", replicates=3, days=30, changes={"acknowledgement_rate": 0.9})
compared = en.compare(today, thanks)
assert "Needs served in time" in compared.verdict()
figure = compared.plot()
print("RESULT", round(today.cost().value, 2), round(thanks.cost().value, 2), today.risks()["universality"].count)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("api")
    islands_file(folder, days=60)
    (folder / "study.py").write_text(PROGRAM, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def today(folder: Path) -> en.Run:
    return en.run(folder / "islands.toml", replicates=10, seed=1)


def result_line(text: str) -> str:
    (line,) = [line for line in text.splitlines() if "RESULT" in line]
    return line[line.index("RESULT") :]


@pytest.mark.long
@pytest.mark.parametrize("way", ["script", "standard input", "console"])
def test_it_runs_without_a_main_guard(folder: Path, way: str) -> None:
    arguments = {"script": ["study.py"], "standard input": ["-"], "console": ["-i", "-q"]}[way]
    typed = None if way == "script" else PROGRAM
    finished = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        input=typed,
        stdin=subprocess.DEVNULL if typed is None else None,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    assert "Traceback" not in finished.stderr
    here = en.run(folder / "islands.toml", replicates=3, days=30, threads=1)
    changed = en.run(folder / "islands.toml", replicates=3, days=30, changes={"acknowledgement_rate": 0.9})
    expected = (
        f"RESULT {round(here.cost().value, 2)} {round(changed.cost().value, 2)} {here.risks()['universality'].count}"
    )
    assert result_line(finished.stdout) == expected


@pytest.mark.long
def test_it_runs_in_a_notebook(folder: Path) -> None:
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(PROGRAM + "figure")])
    client = NotebookClient(notebook, timeout=200, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
    client.execute(env=dict(os.environ))
    outputs = notebook.cells[0].outputs
    text = "".join(output["text"] for output in outputs if output["output_type"] == "stream")
    assert result_line(text).startswith("RESULT ")
    assert any("image/png" in output.get("data", {}) for output in outputs)


def test_importing_the_package_loads_nothing_heavy() -> None:
    program = "import entraide, sys; print([m for m in ('numba', 'pandas', 'matplotlib', 'mesa') if m in sys.modules])"
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert finished.stdout == "[]\n"


def test_every_public_name_can_be_had() -> None:
    for name in en.__all__:
        assert getattr(en, name) is not None, name
    assert set(en.__all__) <= set(dir(en))
    with pytest.raises(AttributeError, match="has no attribute 'simulate'"):
        _ = en.simulate


def test_a_run_tells_its_verdict_in_both_languages(today: en.Run) -> None:
    english, french = today.verdict(), today.verdict("fr")
    print(english)
    assert str(today) == english
    assert english.count("\n") == french.count("\n") >= 5
    assert "that the scenario assumes for the administration alone" in english
    assert "que le scénario prête à l'administration seule" in french
    with pytest.raises(en.InputError, match="language"):
        today.verdict("de")


def test_a_run_as_tables(today: en.Run) -> None:
    table = today.table()
    assert isinstance(table, pd.DataFrame)
    assert list(table.index[:3]) == ["continuity", "quality", "universality"]
    for name, risk in today.risks().items():
        assert table.loc[name, "count"] == risk.count
        told = table.loc[name, "value"]
        assert math.isnan(told) if risk.probability is None else told == risk.probability
    shares = table[table["unit"] == "share"]
    assert len(shares) >= 8
    for column in ("low", "high", "value"):
        values = shares[column].dropna()
        assert ((values >= 0) & (values <= 1)).all(), column
    assert table.loc["cost", "value"] == pytest.approx(today.cost().value)
    daily = today.daily()
    assert len(daily) == 10 * 60
    assert daily.groupby("replicate")["contributions"].sum().mean() == pytest.approx(
        table.loc["contributions", "value"]
    )


def test_a_run_as_figure_and_document(today: en.Run, tmp_path: Path) -> None:
    figure = today.plot("fr")
    assert isinstance(figure, Figure)
    figure.savefig(tmp_path / "figure.png")
    assert (tmp_path / "figure.png").stat().st_size > 5_000
    for name in ("service", "activity", "risks", "costs", "map", "shares", "motives", "groups"):
        shown = today.plot("fr", figure=name)._repr_mimebundle_()
        print(name, shown["text/plain"][:80])
        assert len(shown["text/plain"]) > 30
        assert f'alt="{escape(shown["text/plain"])}"' in shown["text/html"]
        assert "<figcaption>" in shown["text/html"]
    with pytest.raises(en.InputError, match=r"unknown figure.*did you mean 'motives'"):
        today.plot(figure="motive")
    document = json.loads(json.dumps(today.to_dict("fr"), allow_nan=False))
    assert document["risks"]["quality"]["sentence"] in today.verdict("fr")
    assert document["replicates"] == 10


@pytest.mark.long
def test_runs_and_comparisons_say_what_they_are_and_write_their_pages(
    folder: Path, today: en.Run, tmp_path: Path
) -> None:
    again = en.compare(today, today)
    assert repr(today).startswith("<Run of ")
    assert f"{today.result.replicates} replicates, seed {today.result.seed}>" in repr(today)
    assert repr(again).startswith("<Comparison of ")
    assert str(again) == again.verdict()
    assert today.provenance["version"] == en.__version__
    assert again.to_dict()["baseline"] == again.compared.comparison.baseline
    for told, name in ((today, "report.html"), (again, "comparison.html")):
        page = told.report(tmp_path / name.removesuffix(".html"), "fr")
        assert page.name == name
        assert "<h1" in page.read_text(encoding="utf-8")


def test_a_verdict_is_text_and_a_notebook_shows_it_in_paragraphs(today: en.Run) -> None:
    told = today.verdict("fr")
    shown = told._repr_html_()
    assert isinstance(told, str)
    assert json.loads(json.dumps(told)) == told
    assert shown.count("<p ") == len(told.strip().splitlines()) - told.splitlines().count("")
    assert escape(told.splitlines()[0]) in shown


def test_a_table_says_in_either_language_what_each_measure_means(today: en.Run) -> None:
    english, french = today.table(), today.table(language="fr")
    assert english.drop(columns="meaning").equals(french.drop(columns="meaning"))
    assert french.loc["share_in_time", "meaning"] == "besoins satisfaits à temps"
    assert french.loc["universality", "meaning"] == "norme rompue\u202f: égalité"
    assert english.loc["universality", "meaning"] == "the norm of universality was broken"


def test_a_comparison_tells_shows_and_tabulates(folder: Path) -> None:
    today, more = (
        en.run(folder / "islands.toml", replicates=10, seed=1, changes=changes, parameters="preset")
        for changes in ({}, {"repair_capacity": 40.0})
    )
    compared = en.compare(today, more)
    print(compared.verdict())
    assert "Needs served in time: better" in compared.verdict()
    assert "Besoins satisfaits à temps\u202f: mieux" in compared.verdict("fr")
    table = compared.table()
    assert table.loc["share_in_time", "difference"] > 0
    assert table.loc["share_in_time", "verdict"] == "better"
    shares = table[table["unit"] == "share"]
    assert (shares["low"] >= -1).all()
    assert (shares["high"] <= 1).all()
    assert isinstance(compared.plot(), Figure)
    # The other way round, the same difference with the other sign.
    back = en.compare(more, today).table()
    assert back.loc["share_in_time", "difference"] == pytest.approx(-table.loc["share_in_time", "difference"])
    assert back.loc["share_in_time", "verdict"] == "worse"


def test_the_same_design_twice_is_no_difference(folder: Path, today: en.Run) -> None:
    again = en.run(folder / "islands.toml", replicates=10, seed=1, threads=1)
    table = en.compare(today, again).table()
    assert (table["difference"].dropna() == 0).all()
    assert set(table["verdict"]) <= {"no_difference_that_matters", "cannot_tell"}


def test_runs_that_do_not_share_chance_are_refused(folder: Path, today: en.Run, tmp_path: Path) -> None:
    other_place = islands_file(tmp_path, days=60)
    other_place.write_text(other_place.read_text().replace('"29084"', '"29082"'))
    other_service = islands_file(tmp_path, name="other", days=60, base="species-id")
    for run, words in (
        (en.run(folder / "islands.toml", replicates=1, seed=2), "different seeds, 1 and 2"),
        (en.run(other_place, replicates=1, seed=1), "different territories"),
        (en.run(folder / "islands.toml", replicates=1, seed=1, days=30), "different calendars"),
        (en.run(other_service, replicates=1, seed=1), "no service in common"),
    ):
        with pytest.raises(en.InputError, match=words):
            en.compare(today, run)
    with pytest.raises(en.InputError, match="must be a run"):
        en.compare(today, "islands.toml")  # type: ignore[arg-type]


def test_a_stored_run_is_loaded_and_its_log_written(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run = en.run(folder / "islands.toml", replicates=2, days=30, out=out, contribution_log=True, report=False)
    back = en.load_run(out)
    assert back.verdict() == run.verdict()
    log = pd.read_parquet(out / "tables" / "contributions.parquet")
    assert len(log) == run.daily()["contributions"].sum()
    assert back.contributions().equals(run.contributions())
    with pytest.raises(en.InputError, match="written to a folder only"):
        en.run(folder / "islands.toml", replicates=1, days=5, zone_daily=True)


def test_a_log_kept_in_memory_is_the_one_that_a_folder_holds(folder: Path, tmp_path: Path) -> None:
    kept = en.run(folder / "islands.toml", replicates=2, days=30, contribution_log=True)
    stored = en.run(
        folder / "islands.toml", replicates=2, days=30, contribution_log=True, out=tmp_path / "out", report=False
    )
    log, other = kept.contributions(), pd.read_parquet(tmp_path / "out" / "tables" / "contributions.parquet")
    print(log.head(), log.dtypes)
    assert len(log) == kept.daily()["contributions"].sum() > 0
    assert list(log.columns) == list(other.columns)
    assert all((log[name].astype(str) == other[name].astype(str)).all() for name in log.columns)
    assert log["date"].iloc[-1].isoformat() == str(other["date"].iloc[-1])
    assert stored.verdict() == kept.verdict()
    with pytest.raises(en.InputError, match=r"no contribution log.*contribution_log=True"):
        en.run(folder / "islands.toml", replicates=1, days=5).contributions()


def test_a_loaded_scenario_can_be_run_but_not_changed(folder: Path) -> None:
    scenario = en.load_scenario(folder / "islands.toml", {"fun": 1.5}, 20)
    run = en.run(scenario, replicates=1)
    assert run.result.scenario.changes == {"fun": 1.5}
    with pytest.raises(en.InputError, match="a loaded scenario is fixed"):
        en.run(scenario, replicates=1, changes={"fun": 1.0})


def test_progress_may_be_a_function(folder: Path) -> None:
    heard: list[tuple[int, int]] = []
    en.run(
        folder / "islands.toml",
        replicates=2,
        days=10,
        counterfactual=False,
        progress=lambda done, total: heard.append((done, total)),
    )
    assert heard[-1] == (20, 20)


def test_without_the_administration_alone_nothing_is_said_of_it(folder: Path) -> None:
    run = en.run(folder / "islands.toml", replicates=1, days=20, counterfactual=False)
    assert run.counterfactual is None
    assert "administration alone" not in run.verdict()
    assert run.to_dict()["counterfactual"] is None


@pytest.mark.slow
def test_services_and_years_are_compared_one_by_one(tmp_path: Path) -> None:
    """The service that was changed is asked about first, in the last year that is complete."""
    second = """
[services.photos]
kind = "queue"
class = "online-micro-task"
title.en = "Photographs"
title.fr = "Photographies"
[services.photos.administration_only]
source = "assumption: for this test"
"""
    path = islands_file(tmp_path, days=731, more=second)
    base, changed = (
        en.run(path, replicates=2, changes=changes, counterfactual=False) for changes in ({}, {"photos.fun": 1.5})
    )
    found = en.compare(base, changed).compared
    assert (found.service, found.year) == ("photos", 1)
    assert dict(found.moved) == {"photos.fun": (1.0, 1.5)}
    first = en.compare(base, changed, service="reports", year=0).compared
    assert (first.service, first.year) == ("reports", 0)
    assert "année 1" in base.verdict("fr")
    assert "Photographies" in base.verdict("fr")
    with pytest.raises(en.InputError, match="did you mean 'photos'"):
        en.compare(base, changed, service="photo")
    with pytest.raises(en.InputError, match="was not simulated"):
        base.risks(year=3)
