"""Slow and long tests are left out unless asked for, and a forbidden skip is a failure, wherever it happens."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from house import REPOSITORY

PLANTED = {
    "test_planted": """
import pytest

def test_short():
    assert 1 + 1 == 2

@pytest.mark.slow
def test_slow():
    assert 2 + 1 == 3

@pytest.mark.long
def test_long():
    assert 2 + 2 == 4

@pytest.mark.xfail(reason="known", strict=True)
def test_known_fault():
    assert 1 + 1 == 3
"""
}

# Each place where a skip can happen, in a file of its own.
SKIPS = {
    "test_body": "import pytest\ndef test_a():\n    pytest.skip('chromium is missing')\n",
    "test_marker": "import pytest\n@pytest.mark.skipif(True, reason='no chromium')\ndef test_a():\n    assert 0\n",
    "test_fixture": "import pytest\n@pytest.fixture\ndef browser():\n    pytest.skip('chromium is missing')\n"
    "def test_a(browser):\n    assert 0\n",
    "test_module": "import pytest\npytest.skip('chromium is missing', allow_module_level=True)\n",
    "test_import": "import pytest\npytest.importorskip('chromium_of_no_package')\ndef test_a():\n    assert 0\n",
}

Counts = dict[str, int]


@pytest.fixture
def counts(tmp_path: Path) -> Callable[..., Counts]:
    """Run pytest on planted files, with this folder's conftest and this project's configuration."""
    for name in ("conftest.py", "house.py"):
        shutil.copy(REPOSITORY / "tests" / name, tmp_path)

    def run(sources: dict[str, str], *arguments: str, **environment: str) -> Counts:
        for name, source in sources.items():
            (tmp_path / f"{name}.py").write_text(source, encoding="utf-8")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("ENTRAIDE_", "PYTEST_"))}
        command = [sys.executable, "-m", "pytest", "-c", str(REPOSITORY / "pyproject.toml"), "--rootdir", str(tmp_path)]
        finished = subprocess.run(
            [*command, "-n0", "-p", "no:cacheprovider", *(arguments or ["."])],
            cwd=tmp_path,
            env={**inherited, **environment},
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        summary = finished.stdout.rstrip().splitlines()[-1]
        return {word.rstrip("s"): int(number) for number, word in re.findall(r"(\d+) ([a-z]+)", summary)}

    return run


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], {"passed": 1, "deselected": 2, "xfailed": 1}),
        (["test_planted.py"], {"passed": 2, "deselected": 1, "xfailed": 1}),
        (["--run-slow", "."], {"passed": 2, "deselected": 1, "xfailed": 1}),
        (["--run-long", "."], {"passed": 3, "xfailed": 1}),
        (["-m", "slow", "."], {"passed": 1, "deselected": 3}),
        (["-m", "long", "."], {"passed": 1, "deselected": 3}),
        (["-m", "slow or long", "."], {"passed": 2, "deselected": 2}),
        (["test_planted.py::test_long"], {"passed": 1}),
    ],
)
def test_slow_and_long_tests_run_when_asked_for(
    counts: Callable[..., Counts], arguments: list[str], expected: Counts
) -> None:
    assert counts(PLANTED, *arguments, ENTRAIDE_NO_SKIP="1").items() >= expected.items()


@pytest.mark.slow
def test_a_skip_fails_where_skips_are_forbidden(counts: Callable[..., Counts]) -> None:
    arguments = ["--continue-on-collection-errors", "."]
    allowed = counts(SKIPS, *arguments)
    forbidden = counts(SKIPS, *arguments, ENTRAIDE_NO_SKIP="1")
    excused = counts(SKIPS, *arguments, ENTRAIDE_NO_SKIP="1", ENTRAIDE_MAY_SKIP="other,chromium")
    print(allowed, forbidden, excused)
    assert allowed == {"skipped": len(SKIPS)}
    assert forbidden == {"failed": 1, "error": len(SKIPS) - 1}  # pytest calls a fault before the body an error
    assert excused == {"skipped": len(SKIPS)}
