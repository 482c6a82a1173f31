"""The last pages of the dashboard in a browser, in both languages: watch, evidence, export, and files of one's own.

One visit is made for all tests (dashboard_last_visit.py); each page ends with numbers that the Python API gives too.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from browsers import chromium, own_network
from dashboard_last_visit import HOSTILE, TITLE
from house import REPOSITORY
from islands import islands_file

import entraide as en
from entraide.experiments.evidence.found import found_cases
from entraide.experiments.evidence.summary import summarise
from entraide.viz.dashboard.evidence_part import of_classes

pytestmark = pytest.mark.long

VISIT = REPOSITORY / "tests" / "dashboard_last_visit.py"
LANGUAGES = ("fr", "en")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the islands, for the server to offer."""
    folder = tmp_path_factory.mktemp("scenarios")
    islands_file(folder)
    return folder


@pytest.fixture(scope="module")
def seen(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What one visit saw; the server's temporary files are in a folder of its own."""
    browser, network = chromium("the last three pages were"), own_network()
    report, room = tmp_path_factory.mktemp("visit") / "report.json", tmp_path_factory.mktemp("room")
    command = [*network, sys.executable, str(VISIT), str(folder), "islands", browser, str(report)]
    finished = subprocess.run(
        command, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=900, check=False,
        env={**os.environ, "TMPDIR": str(room)},
    )  # fmt: skip
    assert finished.returncode == 0, finished.stdout + finished.stderr
    document: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    assert document["sealed"] == bool(network)
    return document


@pytest.fixture(scope="module")
def api(folder: Path) -> en.Run:
    """The same from Python."""
    return en.run(folder / "islands.toml", replicates=4)


def test_nothing_goes_wrong_and_nothing_goes_out(seen: dict[str, Any]) -> None:
    assert seen["outside"] == seen["failed"] == seen["console"] == []
    assert seen["asked_outside_by_server"] == 0
    assert "Traceback" not in seen["server"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_serious(seen: dict[str, Any], language: str) -> None:
    found = {name: seen[language][name]["violations"] for name in ("live", "evidence", "export")}
    found["files"] = seen["files"]["violations"]
    if found["live"] is None:
        pytest.skip("axe is missing: the pages were NOT checked for accessibility (pip install axe-playwright-python)")
    assert all(each == [] for each in found.values()), found


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_watched_is_what_the_api_computes(seen: dict[str, Any], api: en.Run, language: str) -> None:
    given = int(api.result.outcomes[0].daily["contributions"].sum())
    print(f"{given} contributions")
    assert int(seen[language]["live"]["contributions"]) == given
    wanted = {"fr": f"Jour 40 sur 40, le 9\u00a0février\u00a02025\u202f: {given} contributions", "en": "Day 40 of 40"}
    assert wanted[language] in seen[language]["live"]["text"]
    assert len(seen[language]["live"]["alternatives"]) == 4
    assert all(len(each) > 20 for each in seen[language]["live"]["alternatives"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_leaves_a_simulation_frees_it(seen: dict[str, Any], language: str) -> None:
    assert seen[language]["left"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_evidence_counts_what_was_found(seen: dict[str, Any], language: str) -> None:
    count = summarise(of_classes(found_cases(), ("urban-report",))).unfitted_to
    assert seen[language]["evidence"]["own"] == [str(count.met), str(count.all)]
    assert seen[language]["evidence"]["cases"] == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_taken_away_is_what_the_api_computes(seen: dict[str, Any], api: en.Run, language: str) -> None:
    export = seen[language]["export"]
    assert export["risks"] == {risk: [each.count, each.replicates] for risk, each in api.risks().items()}
    files = export["files"]
    print(list(files), export["command"], sep="\n")
    assert set(files) == {
        "entraide-measures.csv", f"entraide-three-risks-{language}.svg", "entraide-report.html", "scenario.toml"
    }  # fmt: skip
    separator = {"fr": ";", "en": ","}[language]
    assert files["entraide-measures.csv"].splitlines()[0].count(separator) == 5
    assert f'<html lang="{language}">' in files["entraide-report.html"]
    assert "schema_version = 1" in files["scenario.toml"]
    assert export["command"].startswith("entraide run scenario.toml --replicates 4 --seed 0 --days 40")
    assert export["python"].startswith("import entraide as en")
    if language == "fr":
        assert "simulez d'abord" in export["empty"]


def test_hostile_files_are_refused_and_the_server_lives(seen: dict[str, Any]) -> None:
    for _, name, _ in HOSTILE:
        said = seen["files"]["refused"][name]
        print(f"{name}: {said[:160]}")
        assert re.search(r"inutilisable|dépasse", said)
        assert "Traceback" not in said
    assert seen["files"]["alive"]


def test_names_are_escaped_and_no_path_is_followed(seen: dict[str, Any]) -> None:
    files = seen["files"]
    assert files["hacked"] is None
    assert files["titled"] == f"{TITLE} (title.toml)"
    assert files["kept"] == ["title-own-zones.toml", "title.toml", "x.csv"]
    assert "s=title-own-zones" in files["address"]
    assert "2\u202f000" in files["place"]


def test_contributions_are_described(seen: dict[str, Any]) -> None:
    assert seen["files"]["people"] == "9"
    assert "entraide calibrate mine.csv --class urban-report" in seen["files"]["described"]


def test_files_go_with_the_page(seen: dict[str, Any]) -> None:
    assert seen["files"]["gone"]
