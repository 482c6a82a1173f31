"""A figure without a value says what its case lacks, and the days said to be needed are those that the metrics need."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from case_writing import write_case
from typer.testing import CliRunner

from entraide.command_line import application
from entraide.experiments.evidence.case import load_case
from entraide.experiments.evidence.metrics import find_metric
from entraide.experiments.evidence.observations import History
from entraide.experiments.evidence.without_value import DAYS_NEEDED, Lack, lack_of

OURS = {"service_class": "urban-report", "arrivals": "day,count,days\n0,20,40\n"}
NAMES = {
    "{days}_{days}": "90_30",
    "{days}": "45",
    "{times}": "3",
}


def busy(horizon: int) -> History:
    """Return 800 people who come every day from an arrival on, every other one of them on the first day."""
    arrivals = np.where(np.arange(800) % 2, 0, np.arange(800) % horizon)
    rows = [np.arange(first, horizon) for first in arrivals]
    person = np.repeat(np.arange(800), [len(days) for days in rows])
    day = np.concatenate(rows)
    return History(person, day, np.ones(len(day), np.int64), horizon)


@pytest.mark.parametrize("pattern", DAYS_NEEDED)
def test_one_day_less_than_said_is_too_few_and_as_many_as_said_is_enough(pattern: str) -> None:
    name = pattern
    for words, numbers in NAMES.items():
        name = name.replace(words, numbers)
    metric = find_metric(name)
    needed = DAYS_NEEDED[pattern](*metric.numbers)
    enough, short = metric(busy(needed)), metric(busy(needed - 1))
    print(f"{name}: {needed} days, {enough:.3f}; a day less, {short}")
    assert math.isfinite(enough)
    assert math.isnan(short)


@pytest.mark.parametrize(
    ("metric", "scale", "lack"),
    [
        ("survival_90", "days = 100\npeople_pool = 500", Lack("days", 121, 100)),
        (
            "survival_90",
            "days = 400\npeople_pool = 500\nlaunch = 2024-01-01\nobserved_from = 2024-12-01",
            Lack("days", 121, 65),
        ),
        ("survival_90", "days = 400\npeople_pool = 500", Lack("unknown")),
        ("month_share_11_2", "days = 400\npeople_pool = 500", Lack("launch")),
        ("reporters_decile_ratio", "days = 400\nareas = 20\narea_people = 50", Lack("deciles")),
        ("gini", "days = 400\npeople_pool = 500", Lack("unknown")),
    ],
)
def test_what_a_case_lacks_is_told_from_its_inputs(tmp_path: Path, metric: str, scale: str, lack: Lack) -> None:
    case = load_case(write_case(tmp_path, scale, metric, **OURS))
    assert lack_of(case, case.targets[0]) == lack


@pytest.mark.parametrize(
    ("language", "title", "why"),
    [
        ("en", "Missed for want of a value", "needs 121 days observed, the case has 100"),
        ("fr", "Manqués faute de valeur", "demande 121 jours observés, le cas n'en a que 100"),
    ],
)
def test_the_command_says_why_a_figure_has_no_value(tmp_path: Path, language: str, title: str, why: str) -> None:
    path = write_case(tmp_path, 'days = 100\nconditioned_on_arrivals = "arrivals.csv"', "survival_90", **OURS)
    arguments = ["evidence", "--cases", str(path), "--seeds", "2", "--lang", language]
    printed = CliRunner().invoke(application, arguments).stdout
    print(printed)
    assert title in printed
    assert f"X1 survival_90   {why}" in printed.replace("\u2019", "'").replace("\u00a0", " ").replace("\u202f", " ")
