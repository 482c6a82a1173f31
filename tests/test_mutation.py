"""Small faults, planted one at a time, are seen: in the risk measures by their tests, in a twin by the engine.

The whole draw is made by ``python tests/mutation_figures.py``; what it found stands in docs/reference/mutation.md.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from house import REPOSITORY, link_package

FOLDER = REPOSITORY / "tests" / "mutation"
MUTANTS = tomllib.loads((FOLDER / "short.toml").read_text(encoding="utf-8"))["mutants"]
OF_TWINS = [mutant for mutant in MUTANTS if mutant["module"].startswith("tests/twins/")]
PAGE = REPOSITORY / "docs" / "reference" / "mutation.md"


def _run(folder: Path, path: list[Path], *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, path)), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.long), pytest.param(2, marks=pytest.mark.slow)])
def test_faults_of_the_risk_measures_are_seen(every: int, tmp_path: Path) -> None:
    """All twelve; in the short form, every second of them."""
    sources = link_package(tmp_path)
    told = _run(sources, [tmp_path / "packages"], "tests/mutation_short.py", str(every))
    print(told)
    assert told.startswith(str(tmp_path)), "the copy is not what was tested"
    assert "sound copy: passes" in told
    lines = [line for line in told.splitlines() if line.startswith("model")]
    assert len(MUTANTS) - len(OF_TWINS) == 12
    assert len(lines) == 12 // every
    assert [line for line in lines if ": seen" not in line] == []


@pytest.mark.slow
@pytest.mark.parametrize("mutant", [None, *OF_TWINS], ids=lambda m: "sound" if m is None else m["faulty"])
def test_a_wrong_twin_disagrees_with_the_engine(mutant: dict[str, str] | None, tmp_path: Path) -> None:
    """The twin is as much under test as the engine: one that could be wrong unseen would prove nothing."""
    for name in ("twins", "small_worlds.py", "mutation_judge.py"):
        source = REPOSITORY / "tests" / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, tmp_path / name)
    if mutant is not None:
        file = tmp_path / mutant["module"].removeprefix("tests/")
        text = file.read_text(encoding="utf-8")
        assert text.count(mutant["sound"]) == 1, "the fault cannot be planted any more: write it anew"
        file.write_text(text.replace(mutant["sound"], mutant["faulty"]), encoding="utf-8")
    told = _run(tmp_path, [tmp_path], "mutation_judge.py", "vandals", "provident", "rivals")
    print(told)
    assert told.startswith(str(tmp_path)), "the copy is not what was judged"
    assert ("differs" in told) == (mutant is not None)


def test_the_page_tells_the_figures_that_were_found() -> None:
    page = PAGE.read_text(encoding="utf-8")
    figures = json.loads((FOLDER / "figures.json").read_text(encoding="utf-8"))
    for module, one in figures.items():
        row = f"| `{module}` | {one['mutants']} | {one['drawn']} | {one['killed']} | {one['survived']} |"
        assert row in page, f"docs/reference/mutation.md should hold: {row}"
    assert f"Of {sum(one['mutants'] for one in figures.values()):,} mutants " in page
    for name in ("drawn", "killed", "survived"):
        assert f" {sum(one[name] for one in figures.values())} {name}" in page
