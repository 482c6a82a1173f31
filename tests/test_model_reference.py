"""The committed pages on schedule, state and events are those that the engine gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from entraide.model.columns import CITIZEN_COLUMNS, INVOLVEMENT_COLUMNS
from entraide.model.phases import PHASES
from entraide.model.reference import PAGES, main, schedule_page, state_page


@pytest.mark.parametrize("name", sorted(PAGES))
def test_committed_page_is_up_to_date(repository: Path, name: str) -> None:
    committed = (repository / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert committed == PAGES[name](), "refresh it: python -m entraide.model.reference docs/reference"


def test_pages_hold_every_phase_and_column() -> None:
    schedule, state = schedule_page(), state_page()
    assert len(PHASES) == 11
    for number, phase in enumerate(PHASES, start=1):
        assert f"| {number} | {phase.name} |" in schedule
    for column in (*CITIZEN_COLUMNS, *INVOLVEMENT_COLUMNS):
        assert state.count(f"| `{column.name}` |") == 1


def test_pages_are_written_to_a_folder(tmp_path: Path) -> None:
    assert main([str(tmp_path)]) == 0
    assert (tmp_path / "state.md").read_text(encoding="utf-8") == state_page()
