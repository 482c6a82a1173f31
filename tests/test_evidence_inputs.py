"""What a case gives as input is checked before anything is simulated; what fails all the same is told in one line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from case_writing import write_case

from entraide.experiments.evidence.case import ARRIVALS, load_case, load_cases
from entraide.experiments.evidence.evaluate import evaluate
from entraide.experiments.evidence.harness import Harness, Setting
from entraide.experiments.evidence.observations import History
from entraide.experiments.evidence.registry import HARNESSES, all_harnesses
from entraide.experiments.evidence.scale_values import SCALE_VALUES
from entraide.model.errors import InputError


def test_every_input_of_every_harness_says_what_it_may_be() -> None:
    keys = {key for each in all_harnesses().values() for key in each.scale} - {ARRIVALS}
    assert keys == set(SCALE_VALUES)


def test_the_inputs_of_all_cases_of_the_project_are_allowed() -> None:
    for case in load_cases():
        for key, value in case.scale.items():
            assert key == ARRIVALS or SCALE_VALUES[key][1](value), f"{case.id}: {key}"


@pytest.mark.parametrize(
    ("scale", "phrase"),
    [
        (f'days = 90\npeople_pool = 49\n{ARRIVALS} = "arrivals.csv"', "scale: people_pool: is too small (given: 49)"),
        ("days = 90\npeople_pool = 500\nlaunch = 2020-01-01\nobserved_from = 2021-01-01", "is not a day of the case"),
        ("days = 90\npeople_pool = 500\nobserved_from = 2020-02-01", "which needs launch"),
    ],
)
def test_inputs_that_contradict_each_other_are_told(tmp_path: Path, scale: str, phrase: str) -> None:
    with pytest.raises(InputError) as caught:
        evaluate([load_case(write_case(tmp_path, scale))], seeds=1, threads=1)
    assert phrase in str(caught.value)


def test_a_pool_as_large_as_those_who_arrive_is_enough(tmp_path: Path) -> None:
    case = load_case(write_case(tmp_path, f'days = 90\npeople_pool = 50\n{ARRIVALS} = "arrivals.csv"'))
    (result,) = evaluate([case], seeds=1, threads=1)
    assert not result.not_run
    assert case.scale.get("launch") is None or isinstance(case.scale["launch"], date)


def test_a_failure_is_told_in_one_line_without_folders_of_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(setting: Setting) -> History:
        raise RuntimeError(f"it broke\n  File {Path.cwd()}/kernel.py, line 3")

    known = all_harnesses()["service"]
    monkeypatch.setitem(HARNESSES, "service", Harness("service", History, known.scale, fails))
    (result,) = evaluate([load_case(write_case(tmp_path, "days = 90\npeople_pool = 500"))], seeds=1, threads=1)
    assert result.not_run["en"] == "the simulation failed (RuntimeError: it broke)"
    assert result.not_run["fr"] == "la simulation a échoué (RuntimeError: it broke)"
