"""The first page says of which territory a scenario's card speaks, whatever was brought along or chosen since."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from entraide.scenarios.loader import load_scenario
from entraide.scenarios.scenario import Scenario
from entraide.viz.dashboard.design import Design
from entraide.viz.dashboard.pages.choose import written_for_text
from entraide.viz.dashboard.uploads import Uploads
from entraide.viz.dashboard.worlds import world_of

ZONES = b"code,name,population\nA1,North,800\nA2,South,1200\n"
OWN = {"en": "It is the one that the scenario was written for.",
       "fr": "C'est celui pour lequel le scénario a été écrit."}  # fmt: skip


@pytest.fixture
def uploads() -> Iterator[Uploads]:
    found = Uploads()
    yield found
    found.close()


def told(declared: Scenario, territory: str, language: str) -> str:
    said = written_for_text(world_of(Design(declared.path.stem, territory), declared), language)
    print(said)
    return said


@pytest.mark.parametrize("language", ["en", "fr"])
def test_zones_of_ones_own_are_not_what_a_card_was_written_for(uploads: Uploads, language: str) -> None:
    shipped = load_scenario("urban-reports")
    assert told(shipped, "", language) == OWN[language]
    assert "Finistère" in told(shipped, "department:35", language)
    assert told(shipped, "department:29", language) == OWN[language]
    uploads.take_zones("zones2.csv", ZONES)
    placed = uploads.scenarios[uploads.place_in_zones(shipped)]
    for territory in ("", "department:35"):
        said = told(placed, territory, language)
        assert "Finistère" in said
        assert "zones2" not in said
    assert told(placed, "department:29", language) == OWN[language]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_scenario_that_was_exported_still_knows(uploads: Uploads, language: str) -> None:
    text = (
        'schema_version = 1\nbase = "urban-reports"\n\n[territory]\ncommunes = "department:35"\n'
        'card_written_for = "Finistère (277 communes)"\n'
    )
    brought = uploads.scenarios[uploads.take_scenario("mine.toml", text.encode())]
    assert "Finistère" in told(brought, "", language)
    assert "Ille" not in told(brought, "", language)
