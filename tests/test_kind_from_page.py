"""The kind of the how-to page, built from its blocks in a copy of the sources, passes the kit that leads to it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from house import project_files
from kind_from_page import PAGE, Block, blocks, build
from kind_kit import CHECKS

pytestmark = pytest.mark.slow

# Quick without compiling; the others are made by the long test.
QUICK = (
    "module", "declared", "parameters", "settings", "books balance", "within bounds", "resumes from its columns",
    "nothing comes of nothing", "costs", "twin", "words",
)  # fmt: skip


def _run(sources: Path, *arguments: str, compiled: bool = False) -> str:
    """Run Python on a copy and return what it printed."""
    environment = {**os.environ, "PYTHONPATH": str(sources.parent / "packages"), "PYTHONDONTWRITEBYTECODE": "1"}
    environment["NUMBA_DISABLE_JIT"] = "0" if compiled else "1"
    done = subprocess.run(
        [sys.executable, *arguments], cwd=sources, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources in which the page was followed to its end."""
    return build(tmp_path_factory.mktemp("page"))


def test_the_kind_of_the_page_passes_the_kit(built: Path) -> None:
    told = _run(built, "tests/kind_kit.py", "loan", *QUICK)
    print(told)
    assert f"loan: {len(QUICK)} of {len(QUICK)} checks hold" in told


def test_after_two_steps_the_kit_names_the_third(tmp_path: Path) -> None:
    told = _run(build(tmp_path, until=2), "tests/kind_kit.py", "loan", *QUICK)
    print(told)
    assert re.search(r"^1 module +ok", told, re.M)
    assert re.search(r"^2 declared +ok +6 columns", told, re.M)
    wanted = (
        "model/production/loan.py reads breakage, loan_days, which nobody declares: write model/production/loan_par"
    )
    assert re.search(rf"^3 parameters +MISSING {re.escape(wanted)}", told, re.M)


def test_the_page_says_how_many_files_and_lines_it_takes(built: Path) -> None:
    """Figures of the page are those of the copy: files by hand, lines added by hand."""
    page = PAGE.read_text(encoding="utf-8")
    put = blocks(page)
    new = {block.path for block in put if not block.side}
    edited = {block.path for block in put if block.side}
    lines = sum(len(block.text.splitlines()) for block in put)
    print(f"{len(new)} new files, {len(edited)} edited, {lines} lines")
    assert f"{len(new)} new files and {len(edited)} edited ones, {lines} lines" in " ".join(page.split())
    assert {str(name) for name in project_files()}.isdisjoint(new), "the page's kind is not part of the project"


def test_a_block_that_has_lost_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "list.py").write_text("one\none\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"2 lines of list\.py begin with 'one'"):
        Block("list.py", "after", "one", "two\n").put(tmp_path)
    with pytest.raises(ValueError, match=r"0 lines of list\.py"):
        Block("list.py", "before", "three", "two\n").put(tmp_path)
    with pytest.raises(ValueError, match="there already"):
        Block("list.py", "", "", "two\n").put(tmp_path)


def test_the_page_shows_the_checks_that_there_are() -> None:
    page = PAGE.read_text(encoding="utf-8")
    shown = re.findall(r"^(\d) ([a-z ]+?) {2,}ok ", page, re.M)
    assert shown == [(str(check.step), check.name) for check in CHECKS if check.step == 4]
    assert f"loan: {len(CHECKS)} of {len(CHECKS)} checks hold" in page


@pytest.mark.long
def test_the_page_followed_to_its_end_lacks_nothing(built: Path) -> None:
    """All checks, compiled, after the commands of the last step; ruff has nothing to say of the new files."""
    commands = re.findall(r"^python (-m entraide\.\S+ \S+)$", PAGE.read_text(encoding="utf-8"), re.M)
    assert len(commands) == 3
    for command in commands:
        assert _run(built, *command.split(), compiled=True) == ""
    told = _run(built, "tests/kind_kit.py", "loan", compiled=True)
    print(told)
    ending = f"loan: {len(CHECKS)} of {len(CHECKS)} checks hold"
    assert ending in told
    assert ending in PAGE.read_text(encoding="utf-8")
    for ruff in (("check",), ("format", "--check")):
        said = _run(built, "-m", "ruff", *ruff, "model", "tests", "viz")
        assert "All checks passed" in said or "already formatted" in said, said
