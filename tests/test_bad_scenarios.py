"""Every fault that a scenario file can have is told in the user's words: one file for each, with what to expect."""

from __future__ import annotations

from pathlib import Path

import pytest

from entraide.model.errors import InputError
from entraide.model.production_names import KIND_NAMES
from entraide.scenarios.catalogue import check

FOLDER = Path(__file__).parent / "bad_scenarios"
FILES = sorted(FOLDER.glob("*.toml"))
MARK = "# expect: "


def test_there_are_files() -> None:
    assert len(FILES) >= 30


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_fault_is_told(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith(MARK), "the first line says what to expect"
    with pytest.raises(InputError) as caught:
        check(path)
    told = str(caught.value)
    # The list of kinds grows: the file says where it must stand, whole and in its order.
    assert first.removeprefix(MARK).replace("{kinds}", ", ".join(KIND_NAMES)) in told
    assert path.name in told, "the message names the file"
    assert "\n" not in told, "one line"
    assert "pydantic" not in told
    assert caught.value.exit_code == 2
    assert caught.value.__cause__ is None
