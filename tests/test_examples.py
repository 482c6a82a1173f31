"""The scripts that researchers copy run as they stand, in a process of their own, and end with what they promise."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from click import Context
from typer.main import get_command

from entraide.command_line import application

EXAMPLES = Path(__file__).resolve().parent.parent / "docs" / "examples"
SCRIPTS = {path.name for path in EXAMPLES.glob("*.py")}


def _run(script: str, folder: Path, *more: str) -> str:
    command = [sys.executable, EXAMPLES / script, folder / "out", "--quick", *more]
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=400)
    print(done.stdout)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_script_is_in_the_list() -> None:
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert {name for name in SCRIPTS if f"[{name}]({name})" in text} == SCRIPTS


@pytest.mark.long
def test_a_sweep(tmp_path: Path) -> None:
    told = _run("sweep.py", tmp_path)
    assert "cost of all services, per year (EUR)" in told
    assert len(pd.read_parquet(tmp_path / "out" / "runs.parquet")) == 8 * 2


@pytest.mark.long
def test_a_sensitivity_study(tmp_path: Path) -> None:
    told = _run("sensitivity.py", tmp_path)
    assert "cost: 12 samples, 0 left out" in told
    assert told.count("  assumption ") == 10


@pytest.mark.long
def test_a_robust_policy(tmp_path: Path) -> None:
    told = _run("robust_search.py", tmp_path)
    assert told.count("sets of assumptions") == 10
    assert "most worth finding out" in told or "breaks" in told


@pytest.mark.long
def test_batch_run_of_mesa(tmp_path: Path) -> None:
    assert "EUR a year more" in _run("mesa_batch_run.py", tmp_path)


@pytest.mark.long
def test_a_search_by_the_ema_workbench(tmp_path: Path) -> None:
    assert "reports__quality_margin" in _run("ema_workbench_search.py", tmp_path)
    assert len(pd.read_csv(tmp_path / "out" / "experiments.csv")) == 4


def test_a_cluster_under_slurm(tmp_path: Path) -> None:
    """The job that SLURM would get asks for a core, and says what a worker runs."""
    told = _run("slurm_cluster.py", tmp_path, "--show")
    for line in ("#SBATCH -p normal", "#SBATCH --cpus-per-task=1", "export NUMBA_NUM_THREADS=1", "--nthreads 1"):
        assert line in told


@pytest.mark.long
def test_the_same_script_on_a_cluster_of_this_machine(tmp_path: Path) -> None:
    assert "done    16" in _run("slurm_cluster.py", tmp_path, "--local")


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_scripts_are_short(name: str) -> None:
    assert len((EXAMPLES / name).read_text(encoding="utf-8").splitlines()) <= 60


def test_commands_that_scripts_name_can_be_given() -> None:
    commands = [
        line.split()[1:]
        for path in EXAMPLES.glob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("entraide ")
    ]
    assert commands
    group = get_command(application)
    for name, *words in commands:
        with Context(group) as context:
            found = group.get_command(context, name)
            assert found is not None, name
            # Reads options as the command line does; one that takes a number and is given a word ends here.
            found.make_context(name, words, parent=context)
