"""What is taken away from the dashboard: tables, figures, report, and what gives the same numbers elsewhere."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from french_words import english_words, faults_of_french
from islands import COMMAND, islands_file

from entraide.experiments.csv_tables import csv_bytes, csv_tables
from entraide.experiments.results import Result
from entraide.experiments.runs import run
from entraide.scenarios.hashing import scenario_hash
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.territories import territory_title
from entraide.viz.dashboard.bench import Bench
from entraide.viz.dashboard.computing import VERDICT, Answer
from entraide.viz.dashboard.design import Design, PlannedEvent
from entraide.viz.dashboard.export_files import figure_bytes, figures_of, report_page_bytes
from entraide.viz.dashboard.pages.export import taken_html
from entraide.viz.dashboard.pages.export_words import EXPORT_WORDS, TABLES
from entraide.viz.dashboard.repeating import command_text, needs_file, python_text, scenario_files
from entraide.viz.dashboard.store import Store
from entraide.viz.locales import LANGUAGES, localised
from entraide.viz.pdf_blocks import Block, Table, blocks_of
from entraide.viz.report import provenance_line
from entraide.viz.report_pdf import report_pdf

LEVERS = (("acknowledgement_rate", 0.9),)
EVENT = PlannedEvent("outage", date(2025, 1, 10), 5, 1.0)


def answer_to(design: Design, file: Path | str) -> Answer:
    """Return what the dashboard answers to a design."""
    answer = VERDICT.compute(Bench(VERDICT.request(design), load_scenario(file), Store()))
    assert isinstance(answer, Answer)
    return answer


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return islands_file(tmp_path_factory.mktemp("islands"))


@pytest.fixture(scope="module")
def result(file: Path) -> Result:
    return run(load_scenario(file), replicates=4, seed=0, own_file=True)


@pytest.fixture(scope="module")
def own(file: Path) -> Answer:
    """A design of a scenario of one's own, with an event."""
    design = Design("islands", norms=(("norm_delay", 21),), variants=(LEVERS,), events=(EVENT,), seed=5)
    return answer_to(design, file)


@pytest.fixture(scope="module")
def shipped() -> Answer:
    """A design of a scenario of the package, in another place."""
    design = Design("urban-reports", "29155,29083", variants=(LEVERS,), days=40, parameters="preset")
    return answer_to(design, "urban-reports")


def numbers_of(answer: Answer) -> dict[str, list[int]]:
    return {risk: [each.count, each.replicates] for risk, each in answer.result.risks().items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_hold_the_results_with_their_units(result: Result, language: str) -> None:
    names = csv_tables(result)
    assert set(names) <= set(TABLES)
    for name in names:
        text = csv_bytes(result, name, language).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=";" if language == "fr" else ","))
        assert len(rows) > 1, name
        assert len({len(row) for row in rows}) == 1, name
    marks = {"sep": ";", "decimal": ","} if language == "fr" else {"sep": ",", "decimal": "."}
    daily = pd.read_csv(io.BytesIO(csv_bytes(result, "daily", language)), encoding="utf-8-sig", **marks)
    first = daily[daily["replicate"] == 0]
    np.testing.assert_allclose(first["seconds [s]"], result.outcomes[0].daily["seconds"][:, 0])
    np.testing.assert_allclose(first["need [share]"], result.outcomes[0].daily["need"][:, 0])
    measures = pd.read_csv(io.BytesIO(csv_bytes(result, "measures", language)), encoding="utf-8-sig", **marks)
    broken = measures[measures["measure"] == "universality"]["value"]
    risk = result.risks()["universality"]
    assert (broken.sum(), broken.notna().sum()) == (risk.count, risk.replicates)
    assert {"unit", "value"} <= set(measures.columns)


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_figures_carry_where_they_come_from(result: Result, kind: str) -> None:
    found = figures_of(result, "fr")
    names = [name for _, name, _ in found]
    print(names)
    assert len(names) == len(set(names)) >= 5
    data = figure_bytes(found[0][2], result, kind, "fr")
    line = provenance_line(result)
    if kind == "png":
        assert data.startswith(b"\x89PNG")
        # PNG keeps in Latin-1 what it can: the figures around the sign for "times" are enough.
        assert f"{result.scenario.name}".encode() in data
    else:
        text = data.decode()
        assert line.replace("&", "&amp;") in text
        assert "<text" in text
        shown = " ".join(re.findall(r"<(?:text|tspan)[^>]*>([^<]*)</", text))
        print(shown)
        # Below the figure, in its language: the place that was simulated, the scenario, and how often.
        territory = territory_title(result.specification.territory, "fr")
        for wanted in (territory, "graine", localised(result.scenario.services[0].title["fr"], "fr"), "simulé"):
            assert wanted in shown


def letters_of_pdf(data: bytes) -> str:
    """Return the letters that a reader of a PDF finds: those in the maps of its fonts."""
    streams = []
    for body in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            streams.append(zlib.decompress(body))
        except zlib.error:
            continue
    letters: dict[int, str] = {}
    for stream in streams:
        if b"beginbfrange" not in stream and b"beginbfchar" not in stream:
            continue
        for low, high, to in re.findall(rb"<(\w{4})> <(\w{4})> <(\w{4})>", stream):
            for step in range(int(high, 16) - int(low, 16) + 1):
                letters[int(low, 16) + step] = chr(int(to, 16) + step)
        for low, high, those in re.findall(rb"<(\w{4})> <(\w{4})>\s*\[(.*?)\]", stream, re.DOTALL):
            for step, to in enumerate(re.findall(rb"<(\w+)>", those)[: int(high, 16) - int(low, 16) + 1]):
                letters[int(low, 16) + step] = bytes.fromhex(to.decode()).decode("utf-16-be")
    return "".join(sorted(set(letters.values())))


@pytest.mark.slow
def test_the_report_for_printing_is_text(result: Result) -> None:
    data = report_pdf(result, "fr")
    print(f"{len(data)} bytes; {letters_of_pdf(data)}")
    assert set("aàâbcdeéèêfghijlmnoôpqrstuûùvxyzÀÉ09%€«»") <= set(letters_of_pdf(data))
    assert data.startswith(b"%PDF")
    # Letters as TrueType with a map to characters: they can be selected, searched and read aloud.
    assert b"/ToUnicode" in data
    assert b"/Type3" not in data
    pages = len(re.findall(rb"/Type /Page\b(?!s)", data))
    print(f"{pages} pages")
    assert pages >= 8


def test_the_report_for_printing_says_all_that_the_page_says(result: Result) -> None:
    from entraide.viz.report_content import run_content

    markup = run_content(result, "fr", {}, provenance_line(result))
    blocks = blocks_of(markup)
    headings = [block.text for block in blocks if isinstance(block, Block) and block.tag == "h2"]
    print(headings)
    for wanted in ("Verdict", "Hypothèses", "Limites", "Provenance"):
        assert wanted in headings
    tables = [block for block in blocks if isinstance(block, Table)]
    assert len(tables) == markup.count("<table")
    assert sum(len(table.rows) for table in tables) == sum(
        part.count("<tr") for part in re.findall(r"<tbody>(.*?)</tbody>", markup, re.DOTALL)
    )
    # Every word of the page outside its list of contents and its foot.
    from html import unescape

    without = re.sub(r"<nav.*?</nav>|<footer.*?</footer>", "", markup, flags=re.DOTALL)
    words = re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", without)))
    kept = "".join(
        block.text
        if isinstance(block, Block)
        else block.caption + "".join(block.head) + "".join("".join(row) for row in block.rows)
        for block in blocks
    )
    assert re.sub(r"\s+", "", kept) == words


@pytest.mark.long
def test_the_page_stands_alone_and_nothing_is_left_behind(result: Result) -> None:
    before = set(Path(tempfile.gettempdir()).glob("entraide-*"))
    text = report_page_bytes(result, "fr").decode()
    assert '<html lang="fr">' in text
    assert "<svg" in text
    assert not re.search(r'(?:src|href)="https?:', text)
    figure_bytes(figures_of(result, "en")[0][2], result, "svg", "en")
    # Others may be making files at the same time: theirs have other names, and none of ours may stay.
    assert len(set(Path(tempfile.gettempdir()).glob("entraide-*")) - before) <= 1


def test_what_is_taken_is_counted_in_a_few_lines(own: Answer) -> None:
    for language in LANGUAGES:
        text = taken_html(own, language)
        for risk, (count, replicates) in numbers_of(own).items():
            assert f'id="export-{risk}" data-broken="{count}" data-all="{replicates}"' in text


def test_the_scenario_file_holds_the_whole_design_and_no_path(own: Answer, tmp_path: Path) -> None:
    files = scenario_files(own)
    assert list(files) == ["scenario.toml"]
    text = files["scenario.toml"].decode()
    assert "outage" in text
    assert str(tempfile.gettempdir()) not in text + command_text(own, "fr") + python_text(own, "fr")
    (tmp_path / "scenario.toml").write_bytes(files["scenario.toml"])
    again = load_scenario(tmp_path / "scenario.toml")
    assert dict(again.changes) == dict(own.result.scenario.changes) != {}
    assert scenario_hash(again) == scenario_hash(replace(own.result.scenario, name=again.name))
    # Without its changes it is the service before them: a lever's cost is counted from there.
    before = load_scenario(tmp_path / "scenario.toml", own_changes=False)
    assert not before.changes
    assert before.services[0].parameters["acknowledgement_rate"] != again.services[0].parameters["acknowledgement_rate"]
    assert again.services[0].reference["acknowledgement_rate"] == before.services[0].parameters["acknowledgement_rate"]


@pytest.mark.parametrize(
    "name", [pytest.param("own", marks=pytest.mark.long), pytest.param("shipped", marks=pytest.mark.long)]
)
def test_what_was_copied_gives_the_same_numbers(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Command and Python lines are started as they stand, in processes of their own, beside the scenario file."""
    answer: Answer = request.getfixturevalue(name)
    assert needs_file(answer) is (name == "own")
    if needs_file(answer):
        for file_name, data in scenario_files(answer).items():
            (tmp_path / file_name).write_bytes(data)
    words = shlex.split(command_text(answer, "fr"))
    assert words[0] == "entraide"
    # The command speaks the language of the page that it was copied from.
    assert words[-2:] == ["--lang", "fr"]
    assert "--lang" not in command_text(answer, "en")
    done = subprocess.run(
        [*COMMAND, *words[1:], "--json", "--out", "out"],
        cwd=tmp_path, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    risks = next(iter(document["services"].values()))["risks"] if "services" in document else document["risks"]
    print(command_text(answer, "fr"), json.dumps(risks)[:300], sep="\n")
    table = pd.read_parquet(tmp_path / "out" / "tables" / "measures.parquet")
    wanted = {measure: values for measure, values in answer.result.values().items() if np.isfinite(values).all()}
    assert {"continuity", "quality", "universality"} & set(wanted)
    for measure, values in wanted.items():
        np.testing.assert_array_equal(table[table["measure"] == measure]["value"].to_numpy(), values, err_msg=measure)

    lines = python_text(answer, "en")
    print(lines)
    (tmp_path / "copied.py").write_text(
        lines
        + "import json\n"
        + "print(json.dumps({risk: [each.count, each.replicates] for risk, each in design.risks().items()}))\n"
        + "print(json.dumps(list(map(float, design.result.outcomes[-1].daily['contributions'][:, 0]))))\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "copied.py"],
        cwd=tmp_path, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300, check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    *_, numbers, series = done.stdout.strip().splitlines()
    assert json.loads(numbers) == numbers_of(answer)
    assert json.loads(series) == answer.result.outcomes[-1].daily["contributions"][:, 0].tolist()


def test_a_hostile_name_does_not_leave_its_quotes(own: Answer) -> None:
    name = 'x"; import os; os.system("reboot") #'
    hostile = replace(own, design=replace(own.design, events=()), declared=replace(own.declared, name=name))
    text = python_text(hostile, "en")
    compile(text, "copied", "exec")
    assert "os.system" not in text


def test_words_are_written_in_both_languages() -> None:
    for key, texts in {**EXPORT_WORDS, **TABLES}.items():
        assert set(texts) == {"en", "fr"}, key
        french = re.sub(r"{\w+}|\(PDF\)", "", texts["fr"])
        assert not faults_of_french(french), (key, faults_of_french(french))
        assert not english_words(french), (key, english_words(french))
