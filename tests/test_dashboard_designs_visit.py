"""The pages on designs, events and measures, visited in a browser: both languages, keyboard, no network, Python API.

One visit is made for all tests (dashboard_designs_visit.py); each test states one thing about what was seen.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from browsers import chromium, own_network
from french_words import english_words, faults_of_french, left_over
from house import REPOSITORY
from test_dashboard import _FILE, SCENARIO

import entraide as en

pytestmark = pytest.mark.long

VISIT = REPOSITORY / "tests" / "dashboard_designs_visit.py"
PAGES = ("compare", "stress", "what_helps")
LANGUAGES = ("en", "fr")
REPLICATES = 4
FRICTION = {"app_friction": 6.0}
THANKS = {**FRICTION, "acknowledgement_rate": 0.9}
DAYS = 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one scenario: three islands, a few weeks."""
    place = tmp_path_factory.mktemp("scenarios")
    text = _FILE.replace("days = 60", f"days = {DAYS}")
    (place / f"{SCENARIO}.toml").write_text(text, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def path(folder: Path) -> Path:
    """Its file."""
    return folder / f"{SCENARIO}.toml"


@pytest.fixture(scope="module")
def seen(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What one visit saw."""
    network = own_network()
    report = tmp_path_factory.mktemp("designs-visit") / "report.json"
    command = [
        sys.executable,
        str(VISIT),
        str(folder),
        SCENARIO,
        chromium("three pages were"),
        str(report),
    ]
    finished = subprocess.run(
        [*network, *command], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=600, check=False
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    document = json.loads(report.read_text(encoding="utf-8"))
    assert document["sealed"] == bool(network)
    print(f"screenshots in {report.parent}")
    return document


def _cells(page: Mapping[str, Any], design: str) -> dict[str, tuple[float, float, float]]:
    """Return difference and band by measure, as the table of a page marks them."""
    return {
        each["measure"]: tuple(float(each[key]) for key in ("value", "low", "high"))  # type: ignore[misc]
        for each in page["marks"]
        if each.get("design") == design
    }


def test_nothing_fails_and_nothing_is_asked_of_the_outside(seen: dict[str, Any]) -> None:
    assert (seen["outside"], seen["failed"], seen["console"], seen["caught"]) == ([], [], [], 0)
    assert "Traceback" not in seen["server"]


def test_axe_finds_nothing_serious(seen: dict[str, Any]) -> None:
    found = {(page, language): seen[page][language]["violations"] for page in PAGES for language in LANGUAGES}
    found["stress", "empty"] = seen["stress"]["empty_violations"]
    if None in found.values():
        pytest.skip("axe-playwright-python is missing: accessibility was NOT checked")
    assert {key: each for key, each in found.items() if each} == {}


@pytest.mark.parametrize("page", PAGES)
def test_both_languages_show_the_same_numbers(seen: dict[str, Any], page: str) -> None:
    marks = [seen[page][language]["marks"] for language in LANGUAGES]
    print(f"{len(marks[0])} numbers")
    assert len(marks[0]) >= 3
    assert marks[0] == marks[1]


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_written_in_the_language_of_the_reader(seen: dict[str, Any], page: str) -> None:
    for language in LANGUAGES:
        lines = [line.replace("<i>Accusés</i>", "NAME") for line in seen[page][language]["text"].splitlines()]
        assert len(lines) > 15
        assert [word for line in lines for word in left_over(line)] == []
    french = [line.replace("<i>Accusés</i>", "NAME") for line in seen[page]["fr"]["text"].splitlines()]
    assert [fault for line in french for fault in faults_of_french(line)] == []
    assert [word for line in french for word in english_words(line)] == []


@pytest.mark.parametrize("page", PAGES)
def test_figures_say_in_words_what_they_show(seen: dict[str, Any], page: str) -> None:
    texts = {language: seen[page][language]["figures"] for language in LANGUAGES}
    assert all(len(text) > 60 for each in texts.values() for text in each)
    assert set(texts["en"]).isdisjoint(texts["fr"])


def test_a_button_that_goes_away_leaves_the_keyboard_where_it_was(seen: dict[str, Any]) -> None:
    """Not at the beginning of the page, and not on a button that took its place: the next press would be for that."""
    found = {(page, act): each for page in PAGES for act, each in seen[page]["focus"].items()}
    print(found)
    assert len(found) == 5
    assert all(each["inside"] for each in found.values())
    assert found["compare", "baseline"]["tag"] != "BUTTON"
    assert not [key for key, each in found.items() if each["text"].startswith(("Remove", "Retirer"))]


def test_what_was_refused_can_always_be_found_and_left_behind(seen: dict[str, Any]) -> None:
    """Nothing is simulated before it is corrected: it must neither be hidden nor outlive a fresh start."""
    print(seen["refused"])
    assert seen["refused"]["still"] == 1
    assert seen["refused"]["label"] in seen["refused"]["status"]
    assert "Concevoir" in seen["refused"]["status"]


def test_an_empty_page_says_what_to_do(seen: dict[str, Any]) -> None:
    assert "Rien n'a encore été comparé" in seen["compare"]["empty"]
    assert "“Stress test” as it is" in seen["stress"]["empty"]
    assert "Nothing was tried yet" in seen["what_helps"]["empty"]


def test_differences_equal_those_of_the_python_api(seen: dict[str, Any], path: Path) -> None:
    runs = {
        name: en.run(path, replicates=REPLICATES, changes=changes, parameters="ensemble")
        for name, changes in (("today", {}), ("A", FRICTION), ("B", THANKS))
    }
    for design in ("A", "B"):
        again = en.compare(runs["today"], runs[design]).compared.comparison
        mine = _cells(seen["compare"]["fr"], design)
        assert {each.measure.name: each.difference for each in again.differences} == {
            name: value for name, (value, _, _) in mine.items()
        }
        for each in again.differences:
            assert each.band is not None
            # Two designs are one family: bands that hold together are no narrower than one alone.
            assert mine[each.measure.name][1] <= each.band.low
            assert mine[each.measure.name][2] >= each.band.high
    # With A as the baseline B alone is left: the same bands too.
    again = en.compare(runs["A"], runs["B"]).compared.comparison
    mine = _cells(seen["compare"]["other"], "B")
    found = {each.measure.name: (each.difference, each.band.low, each.band.high) for each in again.differences}  # type: ignore[union-attr]
    print(found)
    assert mine == found
    assert {each["design"] for each in seen["compare"]["other"]["marks"]} == {"B"}


def test_a_name_is_shown_as_it_was_typed(seen: dict[str, Any]) -> None:
    assert "Dispositif B – <i>Accusés</i>" in seen["compare"]["fr"]["text"]
    assert "Design B – <i>Accusés</i>" in seen["compare"]["en"]["text"]
    assert len(seen["compare"]["removed"]) == 1
    assert "Design A – <i>Accusés</i>" in seen["compare"]["removed"][0]


def test_what_breaks_equals_the_python_api(seen: dict[str, Any], path: Path) -> None:
    again = en.stress(
        path, replicates=REPLICATES, events=["demand_surge"], sizes={"demand_surge": 40.0}, date=date(2025, 1, 21)
    )
    (struck,) = again.found.of().struck
    marks = {each["event"]: each for each in seen["stress"]["en"]["marks"]}
    print(marks)
    assert set(marks) == {"outage", "demand_surge", "together"}
    assert float(marks["demand_surge"]["loss"]) == struck.loss
    assert int(marks["demand_surge"]["fell"]) == struck.after.fell
    days = struck.back.days
    assert marks["demand_surge"]["recovery"] == ("" if days is None else str(days))


def test_events_stand_in_the_address_and_in_words(seen: dict[str, Any]) -> None:
    (events,) = parse_qs(urlsplit(seen["stress"]["address"]).query)["e"]
    assert events.startswith("outage@2025-01-12:7:1.0:z29")
    assert events.endswith("demand_surge@2025-01-21:14:40.0")
    assert "12\u00a0January\u00a02025" in seen["stress"]["timeline"]
    assert "(places: " in seen["stress"]["en"]["text"]
    assert "(lieux\u202f: " in seen["stress"]["fr"]["text"]
    assert "“lots” cannot be used here. Allowed: 0 to 100." in seen["stress"]["fault"]
    assert seen["stress"]["left"] == 1


def test_the_best_measure_does_what_it_does_in_the_python_api(seen: dict[str, Any], path: Path) -> None:
    best = seen["what_helps"]["en"]["marks"][0]
    again = en.what_helps(path, replicates=REPLICATES, days=20, measures=[best["measure"]])
    (tried,) = again.found.of().tried
    effect, cost = (tried.comparison.of(name).difference for name in ("share_in_time", "cost"))
    print(best, effect, cost)
    assert (float(best["effect"]), float(best["cost"])) == (effect, cost)
    assert cost, "a measure that moves nothing would show nothing"


def test_a_measure_can_be_put_into_the_design(seen: dict[str, Any], path: Path) -> None:
    best = seen["what_helps"]["en"]["marks"][0]
    (tried,) = en.what_helps(path, replicates=1, days=2, measures=[best["measure"]]).found.of().tried
    (levers,) = parse_qs(urlsplit(seen["what_helps"]["address"]).query)["la"]
    assert {each.split(":")[0] for each in levers.split(",")} == set(tried.candidate.changes)
    assert "In your design" in seen["what_helps"]["held"]
    assert seen["what_helps"]["spoken"] == f"Put “{tried.candidate.title['en']}” into my design"
