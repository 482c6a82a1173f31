"""Where another territory is simulated than the card speaks of, everything that is read says so at its top."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from entraide.experiments.elsewhere import elsewhere
from entraide.experiments.scenario_copy import load_copy, write_copy
from entraide.model.specification import Specification
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.scenario import Scenario
from entraide.viz.report_parts import card_part
from entraide.viz.title_words import card_note, run_title

NARROW = "\u202f"


@dataclass
class Ran:
    """As much of a result as a title needs."""

    scenario: Scenario

    @property
    def specification(self) -> Specification:
        return self.scenario.specification()


@pytest.fixture(scope="module")
def moved() -> Scenario:
    return elsewhere(load_scenario("urban-reports"), "department:35")


def said(scenario: Scenario, language: str) -> tuple[str, str]:
    return run_title(Ran(scenario), language), card_note(Ran(scenario), language)  # type: ignore[arg-type]


def test_another_territory_is_told_in_both_languages(moved: Scenario) -> None:
    title, note = said(moved, "en")
    assert title == "Reports of street defects: Ille-et-Vilaine"
    assert note.startswith("Card written for Finistère (")
    assert note.endswith("; simulated here: Ille-et-Vilaine.")
    title, note = said(moved, "fr")
    assert title == f"Signalement des défauts de voirie{NARROW}: Ille-et-Vilaine"
    assert note.startswith(f"Fiche écrite pour le territoire suivant{NARROW}: Finistère (")
    assert note.endswith(f"{NARROW}; simulé ici{NARROW}: Ille-et-Vilaine.")


def test_a_text_of_the_card_stands_after_the_place_that_it_speaks_of(moved: Scenario) -> None:
    for section in ("what_it_is", "limits"):
        for language, place in (
            ("en", "Written for the scenario&#x27;s own territory, Finistère."),
            ("fr", f"Texte écrit pour le territoire propre au scénario{NARROW}: Finistère."),
        ):
            told = card_part(Ran(moved), section, language)  # type: ignore[arg-type]
            assert 0 < told.index(place) < told.index("Finistère", told.index(place) + len(place))
            here = card_part(Ran(load_scenario("urban-reports")), section, language)  # type: ignore[arg-type]
            assert here.count("<p") == 1, "nothing to say where the card's place is simulated"


def test_on_its_own_territory_a_card_keeps_its_title() -> None:
    own = load_scenario("urban-reports")
    for scenario in (own, elsewhere(own, "department:29"), elsewhere(elsewhere(own, "department:35"), "department:29")):
        assert said(scenario, "fr") == (own.title["fr"], "")


def test_the_copy_of_a_run_still_knows_it(moved: Scenario, tmp_path: Path) -> None:
    write_copy(moved, tmp_path)
    copy = load_copy(tmp_path, moved.name, {}, moved.days)
    assert said(copy, "fr") == said(moved, "fr")


@pytest.mark.parametrize("titled", [False, True])
def test_a_file_that_replaces_the_territory_but_not_the_title(titled: bool, tmp_path: Path) -> None:
    title = '[card.en]\ntitle = "Here"\n[card.fr]\ntitle = "Ici"\n' if titled else ""
    path = tmp_path / "mine.toml"
    path.write_text(
        f'schema_version = 1\nbase = "urban-reports"\n{title}[territory]\ncommunes = "department:35"\n',
        encoding="utf-8",
    )
    expected = ("Here", "") if titled else ("Reports of street defects: Ille-et-Vilaine", said_note())
    assert said(load_scenario(path), "en") == expected


def said_note() -> str:
    title = load_scenario("urban-reports").title["en"]
    return f"Card written for Finistère (“{title}”); simulated here: Ille-et-Vilaine."
