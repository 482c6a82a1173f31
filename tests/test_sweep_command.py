"""What `entraide sweep` says: in both languages, as JSON, and by its exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_studies import write_study
from typer.testing import CliRunner

from entraide.command_line import application
from entraide.commands_sweep import SOME_FAILED
from entraide.experiments.batch.study import shipped_studies

RUNNER = CliRunner()


@pytest.mark.parametrize(("language", "word"), [("en", "question"), ("fr", "hypothèses")])
def test_the_studies_of_the_package_are_listed_in_both_languages(language: str, word: str) -> None:
    told = RUNNER.invoke(application, ["sweep", "--list", "--lang", language])
    assert told.exit_code == 0
    assert word in told.output
    assert all(name in told.output for name in shipped_studies())


def test_the_list_can_be_read_by_programs() -> None:
    listed = json.loads(RUNNER.invoke(application, ["sweep", "--list", "--json"]).stdout)
    assert [each["name"] for each in listed] == list(shipped_studies())
    assert all(set(each["question"]) == {"en", "fr"} for each in listed)


@pytest.mark.slow
def test_failed_runs_are_told_and_the_exit_code_says_so(tmp_path: Path) -> None:
    factors = "[factors.assumptions]\nshare_free_riders = [0.2, 0.6]\nshare_conditional = [0.3, 0.6]\n"
    path, out = write_study(tmp_path, factors=factors, replicates=1), tmp_path / "out"
    told = RUNNER.invoke(application, ["sweep", str(path), "--out", str(out), "--json", "--workers", "1"])
    document = json.loads(told.stdout)
    assert told.exit_code == SOME_FAILED
    assert (document["runs"], document["failed"]) == (4, 1)
    assert document["first_failure"]["stage"] == "setting"
    assert {"name": "cost", "unit": "EUR", "description": "cost of all services, per year"} in document["columns"]
    again = RUNNER.invoke(application, ["resume", str(out), "--lang", "fr", "--workers", "1"])
    assert again.exit_code == SOME_FAILED
    assert "4 simulations de 4 réglages" in again.output
    assert "1 simulations sur 4 ont échoué" in again.output.replace("\n", " ")
    assert "Une simulation courte montre" in again.output.replace("\n", " "), "days are told that are no year"
    assert f"entraide resume {out}" in again.output.replace("\n", "")


@pytest.mark.parametrize(
    ("options", "phrase"),
    [
        (["--workers", "0"], "--workers: cannot be used (given: 0). allowed: a whole number from 1 to 1024"),
        (["--dask", "2", "--workers", "2"], "--dask: cannot be given together with --workers"),
        (["--cluster", "tcp://127.0.0.1:9"], "--cluster: no Dask cluster with workers answers there"),
        (["--days", "0"], "days: is out of bounds (given: 0)"),
    ],
)
def test_a_bad_option_is_told_in_one_line_and_leaves_no_folder(tmp_path: Path, options: list[str], phrase: str) -> None:
    out = tmp_path / "out"
    told = RUNNER.invoke(application, ["sweep", str(write_study(tmp_path)), "--out", str(out), *options])
    assert told.exit_code == 2
    assert phrase in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1
    assert not out.exists()


def test_a_study_that_nobody_knows_gets_the_nearest_name() -> None:
    told = RUNNER.invoke(application, ["sweep", "sobol-defaut"])
    assert told.exit_code == 2
    assert "did you mean 'sobol-default'?" in told.stderr


def test_workers_are_for_sweeps_only(tmp_path: Path) -> None:
    told = RUNNER.invoke(application, ["resume", str(tmp_path), "--dask", "2"])
    assert told.exit_code == 2
    assert "--dask: is for the folder of a sweep" in told.stderr
