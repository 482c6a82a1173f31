"""Model cards say what scenario files, read as plain TOML, say: norms, people, texts, in both languages."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

import pytest
from house import REPOSITORY
from site_reading import BOTH, SPACES, part, tables

from entraide.scenarios.declarations import SERVICE
from entraide.scenarios.lever_sense import UNREAD
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.reading import shipped_names


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((REPOSITORY / "scenarios" / "files" / f"{name}.toml").read_text(encoding="utf-8"))


def _card(name: str, language: str) -> str:
    text = part(f"cards {language}")
    start = text.index(f"(card-{language}-{name})=")
    end = text.find("\n(card-", start + 1)
    return text[start : end if end > 0 else len(text)]


@BOTH
def test_a_card_shows_the_norms_of_its_service(language: str) -> None:
    """Of the default scenario, word for word."""
    norms = tables(_card("urban-reports", language))[0][1][3].split("<br>")
    assert (
        norms
        == {
            "en": [
                "Error that the norm accepts: 10%",
                "Share to deliver in time: 80%",
                "Delay that the norm grants: 14 days",
                "Floor in every zone: 60%",
                "Days under the norm that break continuity: 14 days",
                "Population that may live under the floor: 5%",
            ],
            "fr": [
                "Erreur admise par la norme : 10 %",
                "Part à rendre dans les délais : 80 %",
                "Délai accordé par la norme : 14 jours",
                "Plancher dans chaque zone : 60 %",
                "Jours sous la norme qui rompent la continuité : 14 jours",
                "Population tolérée sous le plancher : 5 %",
            ],
        }[language]
    )


@BOTH
@pytest.mark.parametrize("name", shipped_names())
def test_norms_of_a_card_are_norms_that_the_kind_reads_with_the_files_own_values(name: str, language: str) -> None:
    label = "label_fr" if language == "fr" else "label_en"
    norms = {getattr(each, label).translate(SPACES): each for each in SERVICE.values() if each.kind == "norm"}
    services = _file(name).get("services", {})
    for shown, service in zip(tables(_card(name, language))[0][1:], load_scenario(name).services, strict=True):
        assert f"(`{service.kind}`)" in shown[1]
        if not service.public:
            assert shown[3] == "-"
            continue
        stated = {}
        for line in shown[3].split("<br>"):
            title, _, value = line.rpartition(":")
            stated[norms[title.strip()].name] = value.strip()
        for key, value in stated.items():
            number = float(re.sub(r"[^\d.]", "", value.replace(",", ".")))
            assert number * (0.01 if "%" in value else 1.0) == pytest.approx(service.parameters[key])
            assert SERVICE[key].production in ((), (service.kind,)), f"{name}: {key} belongs to another kind"
        assert {"norm_error", "norm_share_in_time"} <= set(stated)
        # What the file itself states is on the card, unless the kind does not read it.
        own = {key for key in services.get(service.name, {}) if key in SERVICE and SERVICE[key].kind == "norm"}
        assert own - set(stated) == {key for key in own if (service.kind, key) in UNREAD}


@BOTH
def test_a_delay_that_is_of_another_kind_is_on_no_card(language: str) -> None:
    minutes = {"en": "Target minutes", "fr": "Délai visé en minutes"}[language]
    hours = {"en": "24 hours", "fr": "24 heures"}[language]
    assert [name for name in shipped_names() if minutes in _card(name, language)] == ["cardiac-alert", "three-services"]
    assert [name for name in shipped_names() if hours in _card(name, language).partition("**")[0]] == []
    assert not re.search(r"\b1 (jours|days|heures|hours)", part(f"cards {language}"))
    assert not re.search(r"\d[,.]0 ?%(?! \[)", "".join(row[3] for row in _all_services(language)))


def _all_services(language: str) -> list[list[str]]:
    return [row for name in shipped_names() for row in tables(_card(name, language))[0][1:]]


# Of the national census; the last is a territory of several communes.
PEOPLE = {"urban-reports": (933_455, "department:29"), "storm-path": (50_440, "intercommunality:242900074")}


@BOTH
def test_a_card_says_how_many_live_in_its_place(language: str) -> None:
    words = {"en": "inhabitants", "fr": "habitants"}[language]
    for name, (people, place) in PEOPLE.items():
        grouped = f"{people:,}".replace(",", "," if language == "en" else " ")
        assert re.search(rf"`{place}` ?: {grouped} {words}, 365 ", _card(name, language)), name
    for name in shipped_names():
        territory = load_scenario(name).territory()
        people = int(territory.population.sum())
        grouped = f"{people:,}".replace(",", "," if language == "en" else " ")
        assert f": {grouped} {words}, " in _card(name, language), name
        assert people > 10_000


@BOTH
def test_the_list_of_cards_leads_to_each_of_them_once(language: str) -> None:
    text = part(f"cards {language}")
    head = text[: text.index("(card-")]
    links = re.findall(rf"\[([^\]]+)\]\(#card-{language}-([a-z-]+)\)", head)
    assert sorted(name for _, name in links) == sorted(shipped_names())
    for title, name in links:
        assert title == _file(name)["card"][language]["title"].translate(SPACES) or "card" not in _file(name)
        assert f"(card-{language}-{name})=\n\n### {title}\n" in text


@BOTH
def test_a_card_says_what_its_file_says(language: str) -> None:
    from site_markdown import prose

    for name in shipped_names():
        own, text = _file(name), _card(name, language)
        for section in ("what_it_is", "limits", "sources"):
            assert prose(own["card"][language][section].strip()).translate(SPACES) in text, f"{name}: {section}"
        for service in own["services"].values():
            source = service["administration_only"]["source"][language].strip()
            source = source.removeprefix({"en": "assumption:", "fr": "hypothèse :"}[language]).strip()
            assert prose(source).translate(SPACES) in text, name
