"""How many simulations a run makes: the scenario says, 20 otherwise; the user has the last word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from islands import command, islands_file

import entraide as en
from entraide.scenarios.loader import load_scenario


@pytest.fixture
def three(tmp_path: Path) -> Path:
    return islands_file(tmp_path, name="three", days=12, more="[run]\nreplicates = 3\n")


def test_twenty_unless_the_file_or_its_base_says_otherwise(tmp_path: Path, three: Path) -> None:
    assert load_scenario("urban-reports").replicates == 20
    assert load_scenario("france-reports").replicates == 1
    assert load_scenario(islands_file(tmp_path, name="child", base=three.name)).replicates == 3


def test_all_of_france_is_everybody_under_the_values_of_the_department() -> None:
    country, department = load_scenario("france-reports"), load_scenario("urban-reports")
    territory = country.territory()
    assert (territory.zones, territory.inhabitants) == (34_957, 68_952_941)
    own = country.services[0].parameters
    assert {name for name, value in department.services[0].parameters.items() if own[name] != value} == {
        "platform_cost"
    }
    assert country.citizens == department.citizens


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "expected"),
    [([], 3), (["--replicates", "2"], 2), (["--quick"], 3)],
)
def test_the_command_makes_as_many_as_the_scenario_says(
    tmp_path: Path, three: Path, options: list[str], expected: int
) -> None:
    done = command("run", str(three), "--json", "--no-report", "--out", "out", *options, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["replicates"] == expected


@pytest.mark.long
def test_python_and_comparisons_make_as_many(tmp_path: Path, three: Path) -> None:
    assert en.run(three, counterfactual=False).result.replicates == 3
    assert en.run(three, replicates=2, counterfactual=False).result.replicates == 2
    two = islands_file(tmp_path, name="two", days=12, more="[run]\nreplicates = 2\n")
    done = command("compare", str(three), str(two), "--json", "--no-report", "--out", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    stored = [json.loads(path.read_text())["replicates"] for path in (tmp_path / "out").glob("*/run.json")]
    assert stored == [2, 2]


@pytest.mark.long
def test_a_scenario_that_makes_few_says_how_to_ask_for_a_probability(tmp_path: Path, three: Path) -> None:
    done = command("run", str(three), "--no-report", "--out", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert " --replicates 20\n      a probability, from 20 replicates: this takes about 20 times as long" in done.stdout
    usual = islands_file(tmp_path, name="usual", days=12)
    told = command("run", str(usual), "--no-report", "--out", "usual", "--quick", cwd=tmp_path).stdout
    assert "a probability, from 20 replicates\n" in told
    assert "--replicates" not in told
