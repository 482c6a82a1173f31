"""Around the pages of the dashboard, in a browser: undo and back, assumptions, places, previews, hostile addresses.

One visit is made for all tests (dashboard_around.py); each test states one thing about what was seen.
"""

from __future__ import annotations

from typing import Any

import pytest
from browsers import visited
from dashboard_frame import SHORT_PREVIEWS

from entraide.viz.locales import NARROW_SPACE

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What one visit saw."""
    return visited("dashboard_around.py", "what is around the pages was", tmp_path_factory.mktemp("around"))


def test_nothing_fails_and_nothing_is_asked_of_the_outside(seen: dict[str, Any]) -> None:
    assert seen["outside"] == seen["failed"] == seen["console"] == []
    assert seen["asked_outside_by_server"] == 0
    assert "Traceback" not in seen["server"]


def test_undo_redo_start_again_and_going_back_do_what_they_say(seen: dict[str, Any]) -> None:
    high, middle = "acknowledgement_rate:0.9", "acknowledgement_rate:0.7"
    assert seen["history"] == {
        "typed 90": high,
        "typed 70": middle,
        "back": high,
        "redo": middle,
        "undo 1": high,
        "undo 2": "",
        "can undo": "False",
        "start": "",
    }


def test_a_moved_assumption_says_that_the_baseline_is_recomputed(seen: dict[str, Any]) -> None:
    found = seen["assumptions"]
    assert "la référence est recalculée" in found["told"]
    assert "a=effort_weight:1.2" in found["address"]
    assert found["expanded"] == "true"
    assert "Au départ" in found["levers"]
    assert found["violations"] in ([], None), "what axe finds; None where it is not installed"


def test_a_territory_is_found_and_taken(seen: dict[str, Any]) -> None:
    found = seen["territory"]
    assert "t=29155,29083,29082" in found["address"]
    assert "Ouessant" in found["text"]
    assert f"1{NARROW_SPACE}581" in found["text"]


def test_a_preview_is_labelled_and_stands_beside_the_baseline(seen: dict[str, Any]) -> None:
    found = seen["preview"]
    assert found["rows"] == 2
    assert found["text"].startswith("Aperçu")
    assert "sans probabilité" in found["text"]


def test_presses_in_quick_succession_all_count_and_short_previews_are_drawn(seen: dict[str, Any]) -> None:
    # The visit waits for the address that holds all its presses, and for a preview that is fresh.
    assert seen["preview"]["short"] == [2] * SHORT_PREVIEWS


def test_a_hostile_address_is_told_by_its_keys_and_repeated_nowhere(seen: dict[str, Any]) -> None:
    told, page = seen["hostile"]["told"], seen["hostile"]["page"]
    print(told)
    for key in ("t (territoire)", "n (normes), norm_delay", "la (leviers)", "r (nombre de simulations)"):
        assert key in told
    assert "passwd" not in told
    assert "alert(1)" not in page
    assert "Traceback" not in seen["hostile"]["text"]
