"""Numbers move only on purpose."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from baseline_figures import FOLDER, figures, names
from baseline_history import untold
from house import REPOSITORY


@pytest.mark.parametrize("name", names())
def test_figures_are_those_of_the_baseline(name: str) -> None:
    expected = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    moved = {key: (expected.get(key), value) for key, value in figures(name).items() if expected.get(key) != value}
    assert not moved, (
        f"these figures moved (before, now): {moved}. On purpose? Run python tests/baseline_figures.py and tag a line "
        "of CHANGELOG.md with RESULTS and the reason"
    )


def test_the_baseline_sees_a_changed_assumption_and_a_changed_seed() -> None:
    name = names()[0]
    assert figures(name, changes={"effort_weight": 1.01}) != figures(name)
    assert figures(name, seed=8) != figures(name)


def test_figures_do_not_move_without_a_line_that_says_so() -> None:
    """In the files as they are, and in the last commit; without a history there is nothing to compare with."""
    figures_moved = untold(REPOSITORY)
    assert not figures_moved, (
        f"{len(figures_moved)} figures moved and no line of CHANGELOG.md that was added with them holds **RESULTS**: "
        f"{figures_moved[:5]}"
    )


def test_a_move_without_a_line_is_seen(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        named = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.org"]
        subprocess.run(["git", *named, *arguments], cwd=tmp_path, check=True, capture_output=True)

    baseline, changelog = tmp_path / "tests" / "baseline" / "one.json", tmp_path / "CHANGELOG.md"
    baseline.parent.mkdir(parents=True)
    assert untold(tmp_path) == []
    git("init", "-q")
    for text, changes in (('{"tasks": 1}', "# Changes\n"), ('{"tasks": 1, "people": 2}', "# Changes\n- People.\n")):
        baseline.write_text(text, encoding="utf-8")
        changelog.write_text(changes, encoding="utf-8")
        git("add", ".")
        git("commit", "-q", "-m", "state")
    assert untold(tmp_path) == [], "a figure that is new moves none"
    baseline.write_text('{"tasks": 3, "people": 2}', encoding="utf-8")
    assert untold(tmp_path) == ["tests/baseline/one.json: tasks"]
    git("commit", "-q", "-a", "-m", "moved")
    assert untold(tmp_path) == ["tests/baseline/one.json: tasks"]
    changelog.write_text("# Changes\n- **RESULTS** Tasks.\n- People.\n", encoding="utf-8")
    git("commit", "-q", "-a", "--amend", "-m", "moved, and told")
    assert untold(tmp_path) == []
