"""Numbers move only on purpose."""

from __future__ import annotations

import json

import pytest
from baseline_figures import FOLDER, figures, names


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
