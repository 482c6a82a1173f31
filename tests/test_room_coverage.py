"""Coverage is measured of what there is: rooms, tests that concern them, and the page that tells the figures."""

from __future__ import annotations

import json

import pytest
from coverage_figures import FOLDER, NOT_TRACED, files_of, plan
from house import PACKAGE_OF_ROOM, REPOSITORY


def test_every_room_is_measured() -> None:
    assert set(plan()["rooms"]) == set(PACKAGE_OF_ROOM)


@pytest.mark.parametrize("room", PACKAGE_OF_ROOM)
def test_every_pattern_of_a_room_finds_a_test(room: str) -> None:
    for pattern in plan()["rooms"][room]:
        assert list((REPOSITORY / "tests").glob(pattern)), (
            f"{pattern} of {room} in tests/lines/rooms.toml finds no test"
        )
    assert len(set(files_of(room))) == len(files_of(room))


def test_what_is_not_traced_is_there() -> None:
    assert all((REPOSITORY / "tests" / name).is_file() for name in NOT_TRACED)


def test_every_room_has_figures_and_its_lines_are_explained() -> None:
    """Rooms with figures are all rooms; the page says of each how many lines are not run."""
    page = (REPOSITORY / "docs" / "reference" / "test_coverage.md").read_text(encoding="utf-8")
    figures = json.loads((FOLDER / "figures.json").read_text(encoding="utf-8"))
    assert set(figures) == set(PACKAGE_OF_ROOM)
    for room, told in figures.items():
        left = sum(len(lines) for lines in told["not_run"].values())
        assert left == told["lines"] - told["run"] > 0
        assert f"**In `{room}`, {left} lines.**" in page


def test_the_page_tells_the_figures_that_were_measured() -> None:
    page = (REPOSITORY / "docs" / "reference" / "test_coverage.md").read_text(encoding="utf-8")
    for room, told in json.loads((FOLDER / "figures.json").read_text(encoding="utf-8")).items():
        row = f"| `{room}` | {told['lines']} | {told['run']} | {100.0 * told['run'] / told['lines']:.1f} % |"
        assert row in page, f"docs/reference/test_coverage.md should hold: {row}"
