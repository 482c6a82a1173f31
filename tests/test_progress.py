"""What is said of how far a run is: the day, the time left, and in a log a line now and then, which shows life."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from rich.console import Console
from rich.progress import Progress

from entraide.experiments.conduct import Workload
from entraide.progress import PACE_SECONDS, LinesTold, ProgressBar, shown_progress

FRANCE = 68_952_941


@pytest.fixture(autouse=True)
def compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entraide.experiments.compiled.kernels_are_compiled", lambda: True)


@pytest.fixture
def bar() -> Iterator[Progress]:
    with Progress(console=Console(file=io.StringIO()), disable=True) as shown:
        yield shown


def described(bar: Progress) -> str:
    (task,) = bar.tasks
    return task.description


@pytest.mark.parametrize(
    ("language", "drawn", "day", "days"),
    [
        (
            "en",
            "Drawing 68,952,941 people",
            "Simulating, day 120 of 365",
            "Simulating, 120 of 1,460 days in 4 replicates",
        ),
        (
            "fr",
            "Tirage de 68 952 941 habitants",
            "Simulation, jour 120 sur 365",
            "Simulation, 120 jours sur 1 460 en 4 simulations",
        ),
    ],
)
def test_the_bar_says_the_day_where_there_are_few_replicates(
    bar: Progress, language: str, drawn: str, day: str, days: str
) -> None:
    for replicates, expected in ((1, day), (4, days), (5, day.partition(",")[0])):
        shown = ProgressBar(bar, language)
        shown.expect(Workload(replicates, 365, FRANCE))
        shown.stage("replicates")
        assert bar.tasks[-1].description.replace("\u202f", " ") == drawn
        shown.progress(120, 365 * replicates)
        assert bar.tasks[-1].description.replace("\u202f", " ") == expected
        shown.stage("writing")
        assert "120" not in bar.tasks[-1].description
        bar.remove_task(bar.tasks[-1].id)


def test_few_people_are_drawn_too_soon_to_be_told(bar: Progress) -> None:
    shown = ProgressBar(bar, "en")
    shown.expect(Workload(1, 365, 1_600))
    shown.stage("replicates")
    assert described(bar) == "Simulating"


def test_days_of_an_earlier_sitting_say_nothing_of_the_time_left() -> None:
    clock = [0.0]
    bar = Progress(
        console=Console(file=io.StringIO()), disable=True, get_time=lambda: clock[0], speed_estimate_period=PACE_SECONDS
    )
    shown = ProgressBar(bar, "en")
    shown.expect(Workload(1, 365, FRANCE, kept=300))
    shown.stage("replicates")
    assert described(bar) == "Reading what was kept of 68,952,941 people"
    for day in range(301, 311):
        clock[0] += 40.0
        shown.progress(day, 365)
    (task,) = bar.tasks
    # 55 days of 40 seconds.
    assert task.time_remaining == pytest.approx(2200, abs=1)


def lines(capsys: pytest.CaptureFixture[str], bar: Progress, seconds_per_day: float) -> list[str]:
    """Return the lines that a year of one replicate leaves in a log."""
    clock = [0.0]
    shown = LinesTold(bar, "en", lambda: clock[0])
    shown.expect(Workload(1, 365, FRANCE))
    shown.stage("replicates")
    for day in range(1, 366):
        clock[0] += seconds_per_day
        shown.progress(day, 365)
    return capsys.readouterr().err.splitlines()


def test_a_log_has_a_line_for_each_tenth_at_most_one_a_minute_and_none_of_a_short_run(
    capsys: pytest.CaptureFixture[str], bar: Progress
) -> None:
    told = {pace: lines(capsys, bar, pace) for pace in (0.16, 0.5, 10.0)}
    print(told)
    assert told[0.16] == []
    # Three minutes: one line in each of them.
    assert 2 <= len(told[0.5]) <= 3
    assert len(told[10.0]) == 10
    assert told[10.0][0] == "entraide: Simulating, day 37 of 365: 10%, about 55 min left"
    left = [int(found[1]) for line in told[10.0] if (found := re.search(r"about (\d+) min left", line))]
    assert left == sorted(left, reverse=True)
    assert told[10.0][-1] == "entraide: Simulating, day 365 of 365: 100%"


def test_nothing_but_lines_is_written_where_no_terminal_is(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_progress("fr") as shown:
        assert isinstance(shown, LinesTold)
        shown.expect(Workload(1, 365, FRANCE))
        shown.stage("replicates")
        for day in range(1, 366):
            shown.progress(day, 365)
    assert capsys.readouterr().err == ""
