"""What ``.ci/run`` does is what the README says, and it can start anywhere."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

from house import copy_sources

TEST_COMMAND = "python3 -m venv .venv && .venv/bin/pip install '.[test]' && .venv/bin/pytest"
RUN_COMMAND = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/entraide run"


def _blocks(text: str) -> list[str]:
    """Return the shell blocks of a page."""
    return [block.strip() for block in re.findall(r"^```bash\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)]


def _print_test_command(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [root / ".ci" / "run", "--print-test-command"],
        cwd=root.parent,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def test_the_readme_starts_with_the_two_commands(repository: Path) -> None:
    assert _blocks((repository / "README.md").read_text(encoding="utf-8"))[:2] == [RUN_COMMAND, TEST_COMMAND]


def test_the_checks_run_the_readme_s_test_command(repository: Path) -> None:
    finished = _print_test_command(repository)
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.strip() == TEST_COMMAND


def test_a_readme_without_the_command_or_with_two_is_refused(tmp_path: Path) -> None:
    root = copy_sources(tmp_path / "copy")
    readme = root / "README.md"
    text = readme.read_text(encoding="utf-8")
    for planted in (text.replace(".venv/bin/pytest", ".venv/bin/true"), f"{text}\n{TEST_COMMAND}\n"):
        readme.write_text(planted, encoding="utf-8")
        finished = _print_test_command(root)
        assert finished.returncode == 1
        assert "exactly one line" in finished.stderr


def test_the_script_is_executable_and_stops_at_the_first_error(repository: Path) -> None:
    script = repository / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "\nset -euo pipefail\n" in script.read_text(encoding="utf-8")
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0


def test_the_checks_run_the_slow_tests_as_well_and_on_demand_the_long_ones(repository: Path) -> None:
    script = (repository / ".ci" / "run").read_text(encoding="utf-8")
    start, end = script.index("more=--run-slow"), script.index('stage "tests,')
    command = next(line for line in script.splitlines() if line.startswith("PYTEST_ADDOPTS="))
    for long, option in ((0, "--run-slow"), (1, "--run-long")):
        planted = f"long={long} test_command='echo told: $PYTEST_ADDOPTS'\n{script[start:end]}\n{command}"
        told = subprocess.run(["bash", "-c", planted], capture_output=True, text=True, check=True).stdout
        assert told.startswith("told: ")
        assert option in told.split()


def test_every_declared_python_version_is_checked(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    prefix = "Programming Language :: Python :: 3."
    declared = [line.removeprefix(prefix) for line in project["classifiers"] if line.startswith(prefix)]
    versions = " ".join(f"3.{minor}" for minor in declared)
    assert f"for version in {versions}; do" in (repository / ".ci" / "run").read_text(encoding="utf-8")
    assert project["requires-python"] == f">=3.{declared[0]}"


def test_a_stage_that_fails_fails_the_run_and_is_named_wherever_it_runs(repository: Path, tmp_path: Path) -> None:
    """Failures are kept in a file, since some stages run in a process of their own."""
    script = (repository / ".ci" / "run").read_text(encoding="utf-8")
    start, end = script.index('times="$temporary/times"'), script.index("loud() {")
    told = script[script.index("printf '\\nTime of each stage") :].replace("${#skipped[@]}", "0")
    parts = f"temporary={tmp_path} started=$SECONDS\n{script[start:end]}\n"
    for planted, code in (("true", 0), ("false", 1)):
        beside = f'beside() {{ stage "beside"; {planted} || failed; stage_done; }}\nbeside & wait $!\n'
        (tmp_path / "failures").unlink(missing_ok=True)
        ran = subprocess.run(
            ["bash", "-c", f"set -euo pipefail\n{parts}{beside}{told}"], capture_output=True, text=True, check=False
        )
        print(ran.stdout, ran.stderr)
        assert ran.returncode == code
        assert ("FAILED: beside" in ran.stdout.splitlines()[-1]) == (code == 1)
        assert "s  beside" in ran.stdout
