"""Every scenario of the package has a whole card in both languages, and its limits and sources are honest."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from entraide.model.errors import InputError
from entraide.scenarios.catalogue import SECTION_TITLES, list_scenarios, show
from entraide.scenarios.declarations import ALL
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.schema import CARD_SECTIONS, LANGUAGES

NAMES = [summary.name for summary in list_scenarios()]
EACH = pytest.mark.parametrize("name", NAMES)
FRENCH_FAULT = re.compile(r"[^\u202f][;:?!%»]|«[^\u202f]")
# Code keeps its own typography: keys, values, decimal points.
CODE = re.compile(r"[a-z]+_[a-z_]+(?: = (?:\"\w+\"|[\w.]+\w))?|\w+ = \S+|\d\.\d+")


def test_there_are_scenarios() -> None:
    assert {"urban-reports", "species-id"} <= set(NAMES)


@EACH
@pytest.mark.parametrize("language", LANGUAGES)
def test_sections_are_there(name: str, language: str) -> None:
    scenario = load_scenario(name)
    card = scenario.card[language]
    assert tuple(card) == CARD_SECTIONS
    assert 40 <= len(card["what_it_is"]) <= 700
    for section in CARD_SECTIONS:
        assert len(card[section]) >= 40, f"{section} says too little"
    assert 5 <= len(scenario.title[language]) <= 80
    assert scenario.question[language].endswith("?")


@EACH
def test_languages_differ_and_keep_pace(name: str) -> None:
    scenario = load_scenario(name)
    for section in CARD_SECTIONS:
        english, french = scenario.card["en"][section], scenario.card["fr"][section]
        assert english != french
        assert 0.7 <= len(french) / len(english) <= 1.6, f"{section}: one language says more than the other"
    assert scenario.title["en"] != scenario.title["fr"]


@EACH
def test_french_is_set_as_french(name: str) -> None:
    scenario = load_scenario(name)
    texts = [scenario.title["fr"], scenario.question["fr"], *scenario.card["fr"].values()]
    for service in scenario.services:
        texts.append(service.title["fr"])
    for text in texts:
        assert not FRENCH_FAULT.search(CODE.sub("x", text)), text
    for text in scenario.card["en"].values():
        assert "\u202f" not in text


@EACH
@pytest.mark.parametrize("language", LANGUAGES)
def test_parameters_named_in_a_card_exist(name: str, language: str) -> None:
    scenario = load_scenario(name)
    card = " ".join(scenario.card[language].values())
    named = set(re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", card))
    assert named, "things to try name the parameters to move"
    assert named <= set(ALL), named - set(ALL)


@EACH
@pytest.mark.parametrize("language", LANGUAGES)
def test_changes_proposed_in_a_card_can_be_made(name: str, language: str) -> None:
    scenario = load_scenario(name)
    proposed = re.findall(r"\b([a-z_.]+) = \"?([\w.]*\w)\"?", scenario.card[language]["things_to_try"])
    assert len(proposed) >= 3
    for key, text in proposed:
        value = {"true": True, "false": False}.get(text, text)
        load_scenario(name, {key: float(value) if isinstance(value, str) and value[0].isdigit() else value})


@EACH
def test_both_languages_propose_the_same_changes(name: str) -> None:
    card = load_scenario(name).card
    english, french = (re.findall(r"\b([a-z_]+ = \S+\w)", card[each]["things_to_try"]) for each in LANGUAGES)
    assert english == french


@EACH
def test_limits_and_sources_own_up_to_assumptions(name: str) -> None:
    scenario = load_scenario(name)
    assert "assum" in scenario.card["en"]["limits"]
    assert "hypothès" in scenario.card["fr"]["limits"]
    # Runs draw how people take part: a card that says "these assumed values" is true of the preset alone.
    assert "assumed values" not in scenario.card["en"]["limits"]
    assert "valeurs supposées" not in scenario.card["fr"]["limits"]
    for service in scenario.services:
        source = scenario.administration_sources[service.name]
        assert source["en"] != source["fr"]
        assert source["en"].startswith("assumption:") == source["fr"].startswith("hypothèse :")
        for text in source.values():
            assert len(text) >= 40
            assert "\n" not in text


@EACH
@pytest.mark.parametrize("language", LANGUAGES)
def test_card_is_shown_whole(name: str, language: str) -> None:
    scenario = load_scenario(name)
    text = show(name, language)
    places = [
        text.index(f"{SECTION_TITLES[language][section]}\n{scenario.card[language][section]}")
        for section in CARD_SECTIONS
    ]
    assert places == sorted(places)
    assert text.startswith(scenario.title[language])


def test_unknown_language_is_told() -> None:
    with pytest.raises(InputError, match=r"unknown language \(given: 'de'\)\. allowed: en, fr"):
        show("urban-reports", "de")


def test_one_text_of_where_figures_come_from_serves_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    head = 'schema_version = 1\nbase = "urban-reports"\n\n[services.reports.administration_only]\n'
    path.write_text(f'{head}source = " assumption: mine "\n', encoding="utf-8")
    assert load_scenario(path).administration_sources["reports"] == {"en": "assumption: mine", "fr": "assumption: mine"}
    path.write_text(f'{head}source.fr = "hypothèse : la mienne"\n', encoding="utf-8")
    told = load_scenario(path).administration_sources["reports"]
    assert told["fr"] == "hypothèse : la mienne"
    assert told["en"] == load_scenario("urban-reports").administration_sources["reports"]["en"]
