"""A run that is stopped between two days goes on from that day to the bits of one that never stopped."""

from __future__ import annotations

import errno
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from islands import COMMAND, hear_interruptions, islands_file
from test_runner import same_bits
from typer.testing import CliRunner

import entraide as en
from entraide.command_line import application
from entraide.experiments import runs
from entraide.experiments.conduct import Conduct
from entraide.experiments.results import Result
from entraide.experiments.runner import Cancelled
from entraide.experiments.snapshot_minutes import check_snapshot_minutes
from entraide.interruption import interruption
from entraide.model import simulation as engine
from entraide.model import snapshot_file
from entraide.model.errors import InputError
from entraide.model.simulation import Simulation
from entraide.model.snapshots import load_snapshot, save_snapshot, snapshot_day
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.territories import load_territory

DAYS = 200
REPLICATES = 3
SEED = 6
# So often that each day is kept: a snapshot of the islands takes about as long as a day.
ALWAYS = 1e-6

# The command, whose second snapshot stops in the middle, for ever or until it is told to give up.
SLOW = """
import sys, time
from pathlib import Path
from entraide.interruption import interruption
from entraide.model import simulation as engine
from entraide.model import snapshot_file
written = snapshot_file.WatchedFile.write
opened = snapshot_file.WatchedFile.__init__
files = 0
def count(self, *arguments):
    global files
    files += 1
    opened(self, *arguments)
def write(self, piece):
    size = written(self, piece)
    if files > 1 and size > 10_000:
        Path(sys.argv[-1], "in-the-middle").touch()
        while True:
            time.sleep(0.01)
            self._look()
    return size
snapshot_file.WatchedFile.__init__ = count
snapshot_file.WatchedFile.write = write
from entraide.command_line import main
main()
"""


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A run with draws, daily accounts by zone and the log that nothing interrupted."""
    folder = tmp_path_factory.mktemp("straight")
    result = asked(islands_file(folder, days=DAYS), folder / "out", Conduct())
    assert len(result.specifications) > 1
    return folder / "out", result


def asked(scenario_file: Path, out: Path, conduct: Conduct) -> Result:
    """Run what ``options`` ask the command for, but the administration alone."""
    return runs.run(
        load_scenario(scenario_file),
        replicates=REPLICATES,
        seed=SEED,
        zone_daily=True,
        log=True,
        own_file=True,
        counterfactual=False,
        folder=out,
        conduct=conduct,
    )


def options(scenario_file: Path, out: Path, *more: str) -> list[str]:
    """Return the arguments of the command that runs the same as ``asked``."""
    return [
        "run", str(scenario_file), "--replicates", str(REPLICATES), "--seed", str(SEED), "--zones-daily",
        "--contribution-log", "--no-report", *more, "--out", str(out),
    ]  # fmt: skip


def started(command: list[str], cwd: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=hear_interruptions,
    )


def until(process: subprocess.Popen[str], folder: Path, pattern: str, count: int = 1) -> None:
    """Wait until so many files are there."""
    deadline = time.monotonic() + 100
    while len(list(folder.glob(pattern))) < count:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.002)


def same_files(out: Path, straight_out: Path) -> bool:
    """Tell whether all tables are the same, byte for byte, and no snapshot is left."""
    names = [path.name for path in sorted((straight_out / "tables").iterdir())]
    assert len(names) > 8
    assert not (out / "snapshots").exists()
    return all((out / "tables" / name).read_bytes() == (straight_out / "tables" / name).read_bytes() for name in names)


@pytest.mark.parametrize("threads", [pytest.param(1, marks=pytest.mark.long), pytest.param(2, marks=pytest.mark.slow)])
def test_a_process_interrupted_on_any_day_goes_on_to_the_same_bits(
    straight: tuple[Path, Result], tmp_path: Path, threads: int
) -> None:
    """Keeps nothing before it is interrupted, and goes on with another number of threads."""
    straight_out, result = straight
    chance = random.SystemRandom().randrange(10**6)
    draw = random.Random(chance)
    out = tmp_path / "out"
    command = [*COMMAND, *options(islands_file(tmp_path, days=DAYS), out, "--threads", str(threads))]
    process = started(command, tmp_path)
    until(process, out, "replicates/*-zone-daily/*.parquet", draw.randint(1, 12))
    time.sleep(draw.uniform(0.0, 0.02))
    process.send_signal(signal.SIGINT)
    printed, said = process.communicate(timeout=60)
    print(f"seed of the test {chance}: {said!r}")
    assert process.returncode == 130
    assert printed == ""
    kept = json.loads((out / "status.json").read_text())["kept_until"]
    days = sorted(kept.values())
    assert {str(int(path.stem)): snapshot_day(path) for path in (out / "snapshots").glob("*.npz")} == kept
    # None where it was interrupted between two replicates.
    assert len(kept) <= threads
    told = re.search(r"and (?:an|2) unfinished ones? at days? (\d+)(?: to (\d+))? of 200\. Go on with: ", said)
    assert [int(day) for day in (told.groups() if told else ()) if day] == sorted(set(days))
    heard: list[tuple[int, int]] = []
    conduct = Conduct(threads=3 - threads, progress=lambda *told: heard.append(told))
    assert same_bits(runs.resume(out, conduct).outcomes, result.outcomes)
    done = int(re.search(r"(\d) of 3 replicates (?:is|are) kept", said)[1])  # type: ignore[index]
    print(f"{done} replicates and days {days} kept")
    assert heard[0] == (done * DAYS + sum(days) + 1, REPLICATES * DAYS)
    assert same_files(out, straight_out)


@pytest.mark.long
@pytest.mark.parametrize("send", [signal.SIGKILL, signal.SIGINT])
def test_a_process_stopped_while_it_writes_a_snapshot_leaves_the_older_one(
    straight: tuple[Path, Result], tmp_path: Path, send: signal.Signals
) -> None:
    """SIGINT: the second one, since the first makes it wait for the snapshot."""
    straight_out, result = straight
    out = tmp_path / "out"
    every = ("--threads", "1", "--snapshot-minutes", "0.0005")
    program = [sys.executable, "-c", SLOW, *options(islands_file(tmp_path, days=DAYS), out, *every)]
    process = started(program, tmp_path)
    until(process, out, "in-the-middle")
    kept = snapshot_day(out / "snapshots" / "0000.npz")
    assert list(out.rglob(".*.part"))
    process.send_signal(send)
    if send == signal.SIGINT:
        time.sleep(0.3)
        assert process.poll() is None
        process.send_signal(send)
    printed, said = process.communicate(timeout=60)
    print(f"{send.name}: exit code {process.returncode}, kept until day {kept}; {said!r}")
    assert printed == ""
    assert process.returncode == (130 if send == signal.SIGINT else -signal.SIGKILL)
    assert [path.name for path in (out / "snapshots").glob("[!.]*")] == ["0000.npz"]
    if send == signal.SIGINT:
        assert not list(out.rglob(".*.part"))
        assert f"0 of 3 replicates are kept in {out}, and an unfinished one at day {kept} of 200." in said
    assert snapshot_day(out / "snapshots" / "0000.npz") == kept
    assert same_bits(runs.resume(out, Conduct(threads=2)).outcomes, result.outcomes)
    assert same_files(out, straight_out)
    assert not list(out.rglob(".*.part"))


def stopped(tmp_path: Path, conduct: Conduct, at: int = 100) -> Path:
    """Return the folder of a run that was stopped after some days."""
    cancel = threading.Event()

    def hear(done: int, _: int) -> None:
        if done == at:
            cancel.set()

    out = tmp_path / "out"
    with pytest.raises(Cancelled):
        asked(islands_file(tmp_path, days=DAYS), out, replace(conduct, threads=1, progress=hear, cancel=cancel))
    return out


def test_nothing_is_written_where_nobody_asks(straight: tuple[Path, Result], tmp_path: Path) -> None:
    assert not (straight[0] / "snapshots").exists()
    out = stopped(tmp_path, Conduct(snapshot_minutes=0))
    assert not (out / "snapshots").exists()
    assert json.loads((out / "status.json").read_text())["kept_until"] == {}


def test_drawing_people_stops_between_two_parts_of_the_territory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A country takes a minute to draw; nothing is kept of it."""
    cancel = threading.Event()
    drawn: list[int] = []

    def draw(*_: object) -> None:
        drawn.append(1)
        cancel.set()

    monkeypatch.setattr(engine, "draw_population", draw)
    monkeypatch.setattr(engine, "CHUNK", 100)
    out = tmp_path / "out"
    with pytest.raises(Cancelled):
        asked(islands_file(tmp_path), out, Conduct(1, cancel=cancel))
    assert len(drawn) == 1
    assert not (out / "snapshots").exists()


@pytest.mark.parametrize(
    ("done", "total", "until", "english", "french"),
    [
        (
            0,
            1,
            {"0": 120},
            "The simulation is kept at day 120 of 40 in",
            "La simulation est gardée au jour 120 sur 40 dans",
        ),
        (1, 1, {}, "The simulation is kept in", "La simulation est gardée dans"),
        (0, 1, {}, "No day of the simulation is kept in", "Aucun jour de la simulation n'est gardé dans"),
        (1, 3, {}, "1 of 3 replicates is kept in", "1 simulation sur 3 est gardée dans"),
        (
            2,
            9,
            {"3": 7, "2": 9},
            "2 of 9 replicates are kept in OUT, and 2 unfinished ones at days 7 to 9 of 40.",
            "2 simulations sur 9 sont gardées dans OUT, et 2 autres, inachevées, aux jours 7 à 9 sur 40.",
        ),
    ],
)
def test_an_interruption_says_what_is_kept(
    tmp_path: Path, done: int, total: int, until: dict[str, int], english: str, french: str
) -> None:
    (tmp_path / "run.json").write_text(json.dumps({"days": 40}))
    status = {"replicates_done": done, "replicates": total, "kept_until": until}
    (tmp_path / "status.json").write_text(json.dumps(status))
    told = {language: interruption(tmp_path, language).replace(str(tmp_path), "OUT") for language in ("en", "fr")}
    assert told["en"].startswith(f"entraide: interrupted. {english}")
    assert told["fr"].replace("\u202f", " ").startswith(f"entraide : interrompu. {french}")
    assert told["en"].endswith(". Go on with: entraide resume OUT")


def test_a_short_run_writes_no_snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And one that keeps every day goes on to the same results."""
    days: list[int] = []

    def note(simulation: Simulation, path: Path, **how: object) -> Path:
        days.append(simulation.day)
        return path

    monkeypatch.setattr("entraide.experiments.keeping.save_snapshot", note)
    for minutes, expected in ((10.0, []), (ALWAYS, list(range(1, 40)))):
        scenario = load_scenario(islands_file(tmp_path))
        runs.run(scenario, replicates=1, folder=tmp_path / str(minutes), conduct=Conduct(1, snapshot_minutes=minutes))
        assert days == expected


def test_a_full_disk_ends_no_run_and_is_told_once(
    straight: tuple[Path, Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(snapshot_file.WatchedFile, "write", full)
    told: list[dict[str, str]] = []
    conduct = Conduct(1, snapshot_minutes=ALWAYS, notice=lambda texts: told.append(dict(texts)))
    result = asked(islands_file(tmp_path, days=DAYS), tmp_path / "whole", conduct)
    assert same_bits(result.outcomes, straight[1].outcomes)
    assert same_files(tmp_path / "whole", straight[0])
    (texts,) = told
    assert "replicate 0 could not be written: the disk is full. The run goes on" in texts["en"]
    assert "la simulation 0 n'a pas pu être écrit : le disque est plein. La simulation continue" in texts["fr"]
    out = stopped(tmp_path, replace(conduct, snapshot_minutes=10.0))
    assert told[1:] == [
        {
            "en": "replicate 0 could not be kept at day 101: the disk is full. It will go on from day 0.",
            "fr": "la simulation 0 n'a pas pu être gardée au jour 101 : le disque est plein. Elle reprendra au jour 0.",
        }
    ]
    assert not list((out / "snapshots").iterdir())


@pytest.mark.parametrize("lost", ["snapshot", "zones"])
def test_what_was_damaged_is_simulated_again(straight: tuple[Path, Result], tmp_path: Path, lost: str) -> None:
    out = stopped(tmp_path, Conduct())
    path = out / ("snapshots/0000.npz" if lost == "snapshot" else "replicates/0000-zone-daily/0032.parquet")
    path.write_bytes(path.read_bytes()[:-9])
    told: list[str] = []
    again = runs.resume(out, Conduct(notice=lambda texts: told.append(texts["en"])))
    assert same_bits(again.outcomes, straight[1].outcomes)
    assert same_files(out, straight[0])
    assert [text.startswith("the snapshot of replicate 0 cannot be used: ") for text in told] == [True]


def test_daily_accounts_by_zone_are_those_kept_in_memory(straight: tuple[Path, Result]) -> None:
    folder, result = straight
    table = pq.read_table(folder / "tables" / "zone_daily.parquet").to_pandas()
    specification = result.specifications[1 % len(result.specifications)]
    outcome = Simulation(specification, seed=SEED, replicate=1, zone_daily=True).run().outcome()
    assert outcome.zone_daily is not None
    mine = table[table["replicate"] == 1]
    assert (mine["day"].to_numpy().reshape(DAYS, -1) == [[day] * 3 for day in range(DAYS)]).all()
    for name, expected in outcome.zone_daily.items():
        assert (mine[name].to_numpy() == expected[:, 0].ravel()).all(), name
    assert mine["contributions"].sum() > 0


def test_memory_holds_a_few_days_of_accounts_by_zone_however_long_the_run(tmp_path: Path) -> None:
    specification = load_scenario(islands_file(tmp_path, days=1000)).specification()
    handed: list[tuple[int, int]] = []
    simulation = Simulation(specification, zone_daily=lambda first, accounts: handed.append((first, accounts.shape[1])))
    assert simulation.records.zone_daily is not None
    assert simulation.records.zone_daily.shape[1] == 32
    simulation.run()
    assert handed == [(first, min(32, 1000 - first)) for first in range(0, 1000, 32)]
    assert simulation.outcome().zone_daily is None


def test_a_snapshot_of_a_run_that_hands_over_its_zones_is_not_gone_on_with_alone(tmp_path: Path) -> None:
    specification = load_scenario(islands_file(tmp_path)).specification()
    path = save_snapshot(Simulation(specification, zone_daily=lambda *_: None).run(35), tmp_path / "day35.npz")
    with pytest.raises(InputError, match=r"of a few days only.*entraide resume"):
        load_snapshot(specification, path)
    path = save_snapshot(Simulation(specification, zone_daily=True).run(35), tmp_path / "alone.npz")
    with pytest.raises(InputError, match="does not write daily accounts by zone"):
        load_snapshot(specification, path, zone_daily=lambda *_: None)


def test_restoring_holds_a_state_of_200_mb_once(tmp_path: Path) -> None:
    """Nobody is drawn: zeros take the room of people."""
    scenario = load_scenario("urban-reports", days=3).specification()
    specification = replace(scenario, territory=load_territory(communes="region:53"))
    path = save_snapshot(Simulation(specification, empty=True), tmp_path / "brittany.npz")
    state = path.stat().st_size
    assert state > 190e6
    tracemalloc.start()
    try:
        simulation = load_snapshot(specification, path)
        restoring = tracemalloc.get_traced_memory()[1]
        held = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        save_snapshot(simulation, path)
        saving = tracemalloc.get_traced_memory()[1] - held
    finally:
        tracemalloc.stop()
    print(f"state of {state / 1e6:.0f} MB: {restoring / state:.2f} copies to restore, {saving / state:.2f} to save")
    assert 0.9 * state < restoring < 1.3 * state
    assert saving < 0.3 * state


@pytest.mark.parametrize("minutes", [-1, float("nan"), float("inf"), 10_081, True, "ten", None])
def test_times_that_cannot_be_used_are_refused(minutes: object) -> None:
    with pytest.raises(InputError, match=r"--snapshot-minutes: cannot be used.*allowed: 0 \(never\), or minutes up to"):
        check_snapshot_minutes(minutes)
    with pytest.raises(InputError, match="--snapshot-minutes: cannot be used"):
        en.run("urban-reports", snapshot_minutes=minutes)  # type: ignore[arg-type]


def refusals(tmp_path: Path) -> Iterator[list[str]]:
    yield ["run", "urban-reports", "--snapshot-minutes", "-1"]
    yield ["run", "urban-reports", "--what-helps", "--snapshot-minutes", "3", "--out", str(tmp_path / "out")]


def test_the_command_refuses_before_it_makes_a_folder(tmp_path: Path) -> None:
    for arguments in refusals(tmp_path):
        refused = CliRunner().invoke(application, arguments)
        assert refused.exit_code == 2
        assert "entraide: --snapshot-minutes: " in refused.output
        assert list(tmp_path.iterdir()) == []
