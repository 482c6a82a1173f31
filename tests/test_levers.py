"""Levers: each says what it moves, where, at what cost; it is refused where it would do nothing."""

from __future__ import annotations

import pytest
from house import REPOSITORY

from entraide.model.errors import InputError
from entraide.model.parameters import CHAPTERS, Parameter
from entraide.model.phases import PHASES
from entraide.model.production_names import KIND_NAMES
from entraide.scenarios.declarations import ALL
from entraide.scenarios.lever_table import levers, levers_page
from entraide.scenarios.loader import load_scenario

EVERY = [parameter for parameter in ALL.values() if parameter.kind == "lever"]
EACH = pytest.mark.parametrize("lever", EVERY, ids=lambda lever: lever.name)


@EACH
def test_a_lever_says_what_it_does(lever: Parameter) -> None:
    note = lever.lever
    assert note is not None, "every lever has a note: chapter, what it moves, phase, cost, when it is idle"
    assert note.chapter in CHAPTERS
    assert note.phase in {phase.name for phase in PHASES}
    assert note.moves
    assert note.cost
    assert note.idle
    assert set(note.kinds) <= set(KIND_NAMES)
    assert bool(note.kinds) == bool(note.elsewhere_en), "a lever of some kinds only says why not elsewhere"


def test_only_levers_have_notes() -> None:
    assert all(parameter.lever is None for parameter in ALL.values() if parameter.kind != "lever")


def test_the_page_is_up_to_date() -> None:
    page = REPOSITORY / "docs" / "reference" / "levers.md"
    assert page.read_text(encoding="utf-8") == levers_page(), "python -m entraide.scenarios.lever_table"
    print(f"{len(levers())} levers")
    assert len(levers()) == len(EVERY)


@pytest.mark.parametrize(
    ("scenario", "changes", "reason"),
    [
        ("urban-reports", {"answers_per_task": 5}, "only tasks of a queue are closed by several answers"),
        ("species-id", {"repair_capacity": 3.0}, "only reports are followed by repairs of agents"),
        ("urban-reports", {"phone_friction": 1.0}, "no telephone is offered"),
        ("urban-reports", {"shared_tools": True}, "one service only has a platform"),
        ("urban-reports", {"outreach_focus": 1.0}, "there is no outreach to direct"),
        ("urban-reports", {"backstop_capacity": 0.0, "evaluation_days": 30}, "there is no last resort to enlarge"),
        ("species-id", {"acculturation_staff": 1.0}, "staff's trust changes nothing where nothing is checked"),
    ],
)
def test_a_lever_that_would_do_nothing_is_refused_with_the_reason(
    scenario: str, changes: dict[str, float], reason: str
) -> None:
    with pytest.raises(InputError, match=reason):
        load_scenario(scenario, changes)


def test_a_lever_that_acts_is_taken() -> None:
    load_scenario("urban-reports", {"phone_offered": True, "phone_friction": 1.0})
    load_scenario("urban-reports", {"outreach": 0.001, "outreach_focus": 1.0})
    load_scenario("species-id", {"answers_per_task": 9})
