"""Every fault that a study file can have is told in the user's words: one file for each, with what to expect."""

from __future__ import annotations

from pathlib import Path

import pytest

from entraide.experiments.batch.study import load_study
from entraide.model.errors import InputError

FOLDER = Path(__file__).parent / "bad_studies"
FILES = sorted(FOLDER.glob("*.toml"))
MARK = "# expect: "


def test_there_are_files() -> None:
    assert len(FILES) >= 45


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_fault_is_told(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith(MARK), "the first line says what to expect"
    with pytest.raises(InputError) as caught:
        load_study(path)
    told = str(caught.value)
    assert first.removeprefix(MARK) in told
    assert path.name in told, "the message names the file"
    assert "\n" not in told, "one line"
    assert "pydantic" not in told
    assert caught.value.exit_code == 2
    assert caught.value.__cause__ is None
