"""The dashboard, visited in a browser: both languages, with the keyboard, without a network, beside the Python API.

One visit is made for all tests (dashboard_visit.py); each test states one thing about what was seen.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from browsers import chromium, own_network
from house import REPOSITORY

import entraide as en
from entraide.viz.dashboard.pages.registry import PAGES
from entraide.viz.locales import NARROW_SPACE

pytestmark = pytest.mark.long

SCENARIO = "three-islands"
VISIT = REPOSITORY / "tests" / "dashboard_visit.py"
RISKS = ("continuity", "quality", "universality")
# What the visitor sets: one value typed, one slider moved one step to the right by the keyboard.
MOVED = {"acknowledgement_rate": 0.9, "app_friction": 2.1}

_CARD = """\
title = "{0}"
question = "{0}?"
what_it_is = "{0}: a territory of fewer than two thousand people, for a few weeks, so that a visit is short."
how_it_works = "{0}"
things_to_notice = "{0}"
things_to_try = "{0}"
limits = "{0}"
sources = "{0}"
"""
_FILE = f"""\
schema_version = 1
base = "urban-reports"
[card.en]
{_CARD.format("Three islands")}
[card.fr]
{_CARD.format("Trois îles")}
[territory]
communes = ["29155", "29083", "29082"]
[time]
start = 2025-01-01
days = 60
"""


@pytest.fixture(scope="module")
def scenario_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one scenario that can be used and one that cannot."""
    folder = tmp_path_factory.mktemp("scenarios")
    (folder / f"{SCENARIO}.toml").write_text(_FILE, encoding="utf-8")
    (folder / "broken.toml").write_text(_FILE.replace("days = 60", "days = 0"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def seen(scenario_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What one visit saw."""
    browser = chromium("the dashboard was")
    network = own_network()
    print("visit in a network of its own" if network else "no network of its own here: the browser refuses the outside")
    report = tmp_path_factory.mktemp("visit") / "report.json"
    command = [sys.executable, str(VISIT), str(scenario_folder), SCENARIO, browser, str(report)]
    finished = subprocess.run(
        [*network, *command], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=900, check=False
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    document = json.loads(report.read_text(encoding="utf-8"))
    assert document["sealed"] == bool(network)
    return document


@pytest.fixture(scope="module")
def design(scenario_folder: Path) -> en.Run:
    """The same design from Python."""
    return en.run(scenario_folder / f"{SCENARIO}.toml", replicates=4, changes=MOVED, parameters="ensemble")


@pytest.fixture(scope="module")
def today(scenario_folder: Path) -> en.Run:
    """Today's service from Python."""
    return en.run(scenario_folder / f"{SCENARIO}.toml", replicates=20, parameters="ensemble")


@pytest.fixture(scope="module")
def typical(scenario_folder: Path) -> en.Run:
    """Today's service from Python, with the most typical draw only."""
    return en.run(scenario_folder / f"{SCENARIO}.toml", replicates=20, parameters="preset")


def test_nothing_is_asked_of_the_outside(seen: dict[str, Any]) -> None:
    print(f"{seen['requests']} requests; in a network of its own: {seen['sealed']}")
    assert seen["requests"] > 10
    assert seen["outside"] == []
    assert seen["asked_outside_by_server"] == 0


def test_nothing_fails_in_the_browser_or_the_server(seen: dict[str, Any]) -> None:
    assert seen["failed"] == []
    assert seen["console"] == []
    assert "Traceback" not in seen["server"]


def test_figures_equal_those_of_the_python_api(seen: dict[str, Any], design: en.Run, today: en.Run) -> None:
    counts = {risk: int(value) for risk, value in seen["fr"]["verdict"]["values"].items()}
    chances = {risk: float(value) for risk, value in seen["en"]["verdict"]["values"].items()}
    print(counts, chances)
    assert counts == {risk: design.risks()[risk].count for risk in RISKS}
    assert chances == {risk: today.risks()[risk].probability for risk in RISKS}
    assert any(0 < chance < 1 for chance in chances.values()), "a scenario in which nothing is uncertain shows little"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_sentences_are_those_of_the_python_api(
    seen: dict[str, Any], design: en.Run, today: en.Run, language: str
) -> None:
    run = design if language == "fr" else today
    lines = [line.strip() for line in run.verdict(language).splitlines()]
    missing = [line for line in lines if line not in seen[language]["verdict"]["text"]]
    print(f"{len(lines)} sentences")
    assert len(lines) >= 6
    assert missing == []


def test_the_choice_of_what_is_known_changes_what_is_said(seen: dict[str, Any], today: en.Run, typical: en.Run) -> None:
    drawn, preset = seen["en"]["verdict"], seen["en"]["typical"]
    chosen = seen["en"]["chosen"]
    assert (chosen["before"], chosen["after"]) == ("ensemble", "preset")
    for risk in RISKS:
        assert "over what the data leave open for urban reports." in drawn["sentences"][risk]
        assert "assumed values" not in drawn["sentences"][risk]
        assert "for these assumed values." in preset["sentences"][risk]
    assert "If the parameters were known" in drawn["text"]
    assert "If the parameters were known" not in preset["text"]
    assert {risk: float(value) for risk, value in preset["values"].items()} == {
        risk: typical.risks()[risk].probability for risk in RISKS
    }
    intervals = {risk: (today.risks()[risk].interval, typical.risks()[risk].interval) for risk in RISKS}
    print(intervals)
    assert any(one != other for one, other in intervals.values())
    assert "10 draws, 2 simulations for each" in drawn["basis"]
    assert "most typical draw" in preset["basis"]
    for words in ("Share that is ignorance", "Values drawn", "Prompts"):
        assert words in drawn["ignorance"]
    assert preset["ignorance"] == ""
    assert [len(seen["en"][each]["figures"]) for each in ("verdict", "typical")] == [6, 5]


def test_a_quick_look_says_that_it_cannot_tell_ignorance_from_chance(seen: dict[str, Any]) -> None:
    few = seen["fr"]["verdict"]
    assert "Trop peu de simulations pour distinguer l'ignorance du hasard" in few["basis"]
    assert "4 tirages, 1 simulation pour chacun" in few["basis"]
    assert "Si les paramètres étaient connus" not in few["text"]
    assert few["ignorance"] == ""
    assert "4 ne suffisent pas à distinguer ce que l'on ignore du hasard" in seen["fr"]["settings"]
    assert "Too few simulations" in seen["switched"]["verdict"]["basis"]
    assert "Too few simulations" not in seen["en"]["verdict"]["basis"]


def _asked(address: str) -> dict[str, str]:
    """Return the language in an address, and where it takes parameters from."""
    pairs = parse_qs(urlsplit(address).query)
    return {name: pairs[name][0] for name in ("lang", "parameters") if name in pairs}


def test_addresses_and_commands_keep_the_choice(seen: dict[str, Any]) -> None:
    chosen, sent = seen["en"]["chosen"], seen["sent"]
    assert _asked(chosen["address"]) == {"lang": "en", "parameters": "preset"}
    assert _asked(chosen["again"]["address"]) == {"lang": "en"}
    assert (sent["fr"], sent["en"]) == ("preset", "preset")
    assert _asked(sent["address"]) == {"lang": "en", "parameters": "preset"}
    for text, parameters in ((seen["en"]["verdict"]["text"], "ensemble"), (seen["en"]["typical"]["text"], "preset")):
        command = next(line for line in text.splitlines() if line.strip().startswith("entraide run"))
        print(command)
        assert f"--parameters {parameters}" in command


def test_a_class_without_data_says_that_values_are_assumed(seen: dict[str, Any]) -> None:
    assert "first responders" in seen["sent"]["assumed"]
    assert "all values are assumed" in seen["sent"]["assumed"]
    assert seen["sent"]["offered"] == 0
    assert seen["sent"]["again"] == "preset"


def test_a_design_stands_beside_today_and_the_administration_alone(seen: dict[str, Any]) -> None:
    rows = {row[0]: row[1:] for row in seen["fr"]["verdict"]["rows"]}
    assert list(rows) == [
        "Réglages de départ",
        "Votre dispositif",
        "Administration seule, même budget",
        "Administration seule, mêmes normes",
    ]
    assert all(len(cells) == 4 and all(cells) for cells in rows.values())
    assert all("Par rapport aux réglages de départ" in text for text in seen["fr"]["verdict"]["sentences"].values())
    # No lever moved: the starting settings are the design, and is not compared with itself.
    assert [row[0] for row in seen["en"]["verdict"]["rows"]] == [
        "Starting settings",
        "Administration alone, same budget",
        "Administration alone, same norms",
    ]
    assert "Against the starting settings" not in seen["en"]["verdict"]["text"]


def test_a_few_simulations_give_no_probability(seen: dict[str, Any]) -> None:
    assert f"{NARROW_SPACE}%, entre" not in seen["fr"]["verdict"]["sentences"]["continuity"]
    assert "sur 4" in seen["fr"]["verdict"]["sentences"]["continuity"]
    assert "estimated probability" in seen["en"]["verdict"]["sentences"]["continuity"]


def test_figures_say_in_words_what_they_show(seen: dict[str, Any]) -> None:
    for language in ("fr", "en"):
        texts = seen[language]["verdict"]["figures"]
        assert all(len(text) > 100 for text in texts)
        assert any("Ouessant" in text for text in texts)
    assert "Margins to the norm by draw of parameters" in seen["en"]["verdict"]["figures"][0]


def test_levers_take_values_from_the_keyboard_and_explain_what_they_refuse(seen: dict[str, Any]) -> None:
    levers = seen["fr"]["levers"]
    assert "ninety" in levers["fault"]
    assert f"de 0 à 100{NARROW_SPACE}%" in levers["fault"]
    assert (levers["typed"], levers["keyboard"]) == ("90", "2,1")


def test_the_page_says_its_language(seen: dict[str, Any]) -> None:
    assert (seen["fr"]["lang"], seen["en"]["lang"]) == ("fr", "en")
    assert "Essayer un service public" in seen["fr"]["title"]
    assert "Try a participatory" in seen["en"]["title"]
    assert "Démarches dans l'application" in seen["fr"]["settings"]
    assert "Friction of the app" in seen["en"]["settings"]


def test_switching_language_keeps_settings_and_verdict(seen: dict[str, Any]) -> None:
    assert _asked(seen["switched"]["address"]) == {"lang": "en"}
    assert seen["switched"]["verdict"]["values"] == seen["fr"]["verdict"]["values"]
    assert "Contributions that get an answer: 90% instead of 50%" in seen["switched"]["verdict"]["text"]


def test_a_verdict_on_earlier_settings_says_so(seen: dict[str, Any]) -> None:
    assert "have changed since" in seen["switched"]["stale"]


def test_a_scenario_file_that_cannot_be_used_is_told_and_not_offered(seen: dict[str, Any]) -> None:
    assert "broken.toml" in seen["fr"]["settings"]
    assert "time.days" in seen["fr"]["settings"]


def test_nobody_sees_the_settings_of_another_visitor(seen: dict[str, Any]) -> None:
    assert seen["fr"]["levers"]["typed"] == "90"
    assert seen["en"]["settings_of_others"] == "50"


def test_a_reader_who_prefers_the_dark_gets_it(seen: dict[str, Any]) -> None:
    red, green, blue = (int(part) for part in seen["en"]["ground"].removeprefix("rgb(").removesuffix(")").split(","))
    assert max(red, green, blue) < 64


def test_closing_the_page_stops_its_simulation(seen: dict[str, Any]) -> None:
    print(f"{seen['busy']} threads while simulating")
    assert seen["busy"] >= 2
    assert seen["idle_after_closing"]


def test_each_of_nine_tasks_opens_from_the_keyboard_with_its_name_in_the_language(seen: dict[str, Any]) -> None:
    names = {language: [each["heading"] for each in seen["pages"][language]] for language in ("fr", "en")}
    print(names)
    assert names == {language: [page.title[language] for page in PAGES] for language in ("fr", "en")}
    for language in ("fr", "en"):
        for each in seen["pages"][language]:
            assert each["marked"] == 1
            assert each["title"].startswith(each["heading"])
            assert len(each["text"]) > 80


def test_axe_finds_nothing_serious_on_any_page_light_or_dark(seen: dict[str, Any]) -> None:
    visited = [*seen["pages"]["fr"], *seen["pages"]["en"]]
    if any(each["violations"] is None for each in visited):
        pytest.skip("axe is missing: pages were NOT looked through (pip install axe-playwright-python)")
    print(f"{len(visited)} looks")
    assert {each["task"]: each["violations"] for each in visited if each["violations"]} == {}
