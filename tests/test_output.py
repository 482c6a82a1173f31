"""The folder of a run: read back with the same bits, never half-written, gone on with, and silent about who ran it."""

from __future__ import annotations

import errno
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from islands import COMMAND, command, hear_interruptions, islands_file
from test_runner import same_bits
from typer.testing import CliRunner
from typer.testing import Result as CliResult

from entraide.command_line import application
from entraide.experiments import runs
from entraide.experiments.files import storage_fault, write_json, write_whole
from entraide.experiments.output import Request, RunFolder, next_folder
from entraide.experiments.replicate_file import load_replicate, save_replicate
from entraide.experiments.results import Result
from entraide.experiments.runner import run_replicates
from entraide.experiments.scenario_copy import load_copy, toml_text
from entraide.model.errors import InputError, MachineError
from entraide.reporting import write_verdict
from entraide.scenarios.hashing import scenario_hash
from entraide.scenarios.loader import load_scenario

# What a finished run's folder holds that does not tell the time.
TIMELESS = ("verdict.json", "scenario.toml", "run.json")


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A finished run with everything that can be asked for."""
    folder = tmp_path_factory.mktemp("straight")
    scenario = load_scenario(islands_file(folder), {"acknowledgement_rate": 0.7})
    out = folder / "out"
    result = runs.run(scenario, replicates=3, seed=5, zone_daily=True, log=True, own_file=True, folder=out)
    return out, result


def test_a_replicate_is_read_back_with_the_same_bits(tmp_path: Path) -> None:
    specification = load_scenario(islands_file(tmp_path)).specification()
    (outcome,) = run_replicates(specification, replicates=1, seed=9, log=True)
    path = save_replicate(outcome, tmp_path / "one.npz")
    back = load_replicate(path, heavy=True)
    assert back is not None
    assert same_bits([outcome], [back])
    light = load_replicate(path)
    assert light is not None
    assert light.log is None
    assert light.zone_daily is None
    assert [path.name for path in tmp_path.glob("*.npz")] == ["one.npz"]


def test_a_damaged_replicate_counts_as_missing(tmp_path: Path) -> None:
    specification = load_scenario(islands_file(tmp_path)).specification()
    (outcome,) = run_replicates(specification, replicates=1)
    path = save_replicate(outcome, tmp_path / "one.npz")
    whole = path.read_bytes()
    for length in (0, 1, 100, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        assert load_replicate(path) is None, length
    path.write_bytes(whole[: len(whole) // 2] + bytes(64) + whole[len(whole) // 2 + 64 :])
    assert load_replicate(path) is None
    assert load_replicate(tmp_path / "none.npz") is None


def test_a_file_that_cannot_be_finished_leaves_nothing_behind(tmp_path: Path) -> None:
    def fail(target: Path) -> None:
        target.write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(MachineError, match="the disk is full"):
        write_whole(tmp_path / "table", fail)
    with pytest.raises(ValueError, match="JSON"):
        write_json(tmp_path / "numbers.json", {"value": float("nan")})
    assert list(tmp_path.iterdir()) == []


def test_faults_of_storage_are_told_with_a_remedy() -> None:
    full = storage_fault(OSError(errno.ENOSPC, "x"), Path("a"))
    in_the_way = storage_fault(OSError(errno.ENOTDIR, "x"), Path("a"))
    refused = storage_fault(OSError(errno.EROFS, os.strerror(errno.EROFS)), Path("a"))
    assert [fault.exit_code for fault in (full, in_the_way, refused)] == [1, 2, 1]
    assert all("--out" in fault.remedy for fault in (full, in_the_way, refused))
    assert "read-only file system" in str(refused)


def test_a_finished_run_is_read_back_without_simulating(straight: tuple[Path, Result]) -> None:
    folder, result = straight
    back = runs.load_result(folder)
    assert same_bits(result.outcomes, back.outcomes)
    assert back.cost() == result.cost()
    assert back.provenance == result.provenance
    assert result.counterfactual is not None
    assert back.counterfactual is not None
    for question in ("same_budget", "same_norm"):
        mine, theirs = getattr(result.counterfactual, question), getattr(back.counterfactual, question)
        assert same_bits(mine.outcomes, theirs.outcomes)
        assert (mine.staff, mine.kept, mine.reachable) == (theirs.staff, theirs.kept, theirs.reachable)


def test_tables_hold_what_was_simulated_with_units_and_meanings(straight: tuple[Path, Result]) -> None:
    folder, result = straight
    tables = {path.stem: pq.read_table(path) for path in sorted((folder / "tables").glob("*.parquet"))}
    print({name: table.shape for name, table in tables.items()})
    assert set(tables) == {
        "contributions", "daily", "distribution", "draws", "groups", "margins", "measures", "motives", "under_floor",
        "zone_daily", "zones",
    }  # fmt: skip
    for name, table in tables.items():
        for field in table.schema:
            assert field.metadata, (name, field.name)
            assert field.metadata[b"description"], (name, field.name)
            assert b"unit" in field.metadata
    frames = {name: table.to_pandas() for name, table in tables.items()}
    daily = frames["daily"]
    assert len(daily) == 3 * 40
    assert daily["date"].iloc[0].isoformat() == "2025-01-01"
    for outcome in result.outcomes:
        mine = daily[daily["replicate"] == outcome.replicate]
        assert (mine["contributions"].to_numpy() == outcome.daily["contributions"][:, 0]).all()
    # The same contributions, told day by day, zone by zone and one by one.
    total = daily["contributions"].sum()
    assert total > 0
    assert frames["zones"]["contributions"].sum() == total
    assert frames["zone_daily"]["contributions"].sum() == total
    assert len(frames["contributions"]) == total
    assert frames["contributions"]["tasks"].sum() == daily["tasks"].sum()
    assert frames["contributions"]["minutes"].sum() * 60 == pytest.approx(daily["seconds"].sum())
    assert frames["groups"]["contributions"].sum() == total
    assert not frames["contributions"].duplicated(["replicate", "citizen", "service", "day"]).any()
    measures = frames["measures"].set_index(["replicate", "measure"])["value"]
    assert measures[1, "contributions"] == result.outcomes[1].daily["contributions"].sum()


def test_provenance_names_everything_but_the_person(straight: tuple[Path, Result]) -> None:
    folder, result = straight
    text = (folder / "provenance.json").read_text(encoding="utf-8")
    about = json.loads(text)
    assert about["scenario_hash"] == scenario_hash(result.scenario)
    assert about["parameters"]["services"]["reports"]["parameters"]["acknowledgement_rate"] == 0.7
    assert about["parameters"]["services"]["reports"]["reference"]["acknowledgement_rate"] == 0.5
    assert about["changes"] == {"acknowledgement_rate": 0.7}
    assert (about["seed"], about["replicates"], about["status"]) == (5, 3, "complete")
    assert set(about["versions"]) >= {"python", "numpy", "numba", "mesa"}
    assert about["command"] == (
        "entraide run scenario.toml --replicates 3 --seed 5 --days 40 --set acknowledgement_rate=0.7 "
        "--parameters ensemble --zones-daily --contribution-log"
    )
    everything = "".join(
        path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.suffix in (".json", ".toml")
    )
    for secret in (str(Path.home()), str(folder), os.path.dirname(runs.__file__)):
        assert secret not in everything


def test_the_command_of_the_provenance_gives_the_same_results(straight: tuple[Path, Result], tmp_path: Path) -> None:
    folder, result = straight
    scenario = load_scenario(folder / "scenario.toml", {"acknowledgement_rate": 0.7}, 40)
    again = runs.run(scenario, replicates=3, seed=5, zone_daily=True, log=True, folder=tmp_path / "again")
    assert same_bits(result.outcomes, again.outcomes)


def test_the_copy_of_a_scenario_is_the_scenario(tmp_path: Path) -> None:
    """Bases, events, several languages, awkward texts: all must come back from the copy."""
    more = (
        '[card.en]\ntitle = "A \\"quoted\\" title\\nwith \\\\ and \\t"\n'
        "[services.reports]\nneeds_rate = 1e-3\nphone_offered = true\n"
        '[[events]]\nkind = "outage"\ndate = 2025-01-10\ndays = 3\n'
        '[[events]]\nkind = "demand_surge"\ndate = 2025-01-20\ndays = 5\nsize = 2.5\nzones = ["29155"]\n'
    )
    path = islands_file(tmp_path, more=more)
    for changes in ({}, {"fun": 1.5, "drop_out_first": 0.5, "phone_offered": False}):
        scenario = load_scenario(path, changes, 30)
        folder = tmp_path / f"copy-{len(changes)}"
        RunFolder.create(folder, Request(scenario))
        back = load_copy(folder, scenario.name, changes, 30)
        assert scenario_hash(back) == scenario_hash(scenario)
        assert (back.name, back.title, back.card, back.events) == (
            scenario.name,
            scenario.title,
            scenario.card,
            scenario.events,
        )
    assert toml_text({"a": {"b c": [1, 2.5, True, "x\x7f"]}}) == '\n[a]\n"b c" = [1, 2.5, true, "x\\u007f"]\n'


def test_own_zones_travel_with_the_run(tmp_path: Path) -> None:
    zones = tmp_path / "zones.csv"
    zones.write_text("code,name,population\na,North,400\nb,South,300\n", encoding="utf-8")
    path = tmp_path / "own.toml"
    path.write_text(
        'schema_version = 1\nbase = "urban-reports"\n[territory]\nfile = "zones.csv"\n[time]\n'
        "start = 2025-01-01\ndays = 20\n",
        encoding="utf-8",
    )
    out = tmp_path / "out"
    result = runs.run(load_scenario(path), replicates=1, folder=out, own_file=True)
    zones.unlink()
    path.unlink()
    assert same_bits(result.outcomes, runs.load_result(out).outcomes)
    assert (out / "zones.csv").exists()


def inside(*arguments: str) -> CliResult:
    """Run the command in this process, without a second start of Python."""
    return CliRunner().invoke(application, list(arguments))


# Stopping and going on -------------------------------------------------------------------------------------------


def timeless(folder: Path) -> dict[str, bytes]:
    """Return the files of a finished run that must not depend on when and how it was computed."""
    paths = [folder / name for name in TIMELESS] + sorted((folder / "tables").glob("*.parquet"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def start_and_stop(arguments: list[str], out: Path, kept: Path, send: int, cwd: Path) -> tuple[int, str]:
    """Start the command into ``out``, stop it by a signal once ``kept`` holds a replicate; return exit code and stderr.

    On a busy machine the command may be done before it is looked at: then it is started again.
    """
    for _ in range(5):
        process = subprocess.Popen(
            [*COMMAND, *arguments, "--out", str(out)],
            cwd=cwd,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=hear_interruptions,
        )
        deadline = time.monotonic() + 200
        while not list((kept / "replicates").glob("[0-9]*.npz")):
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.005)
        process.send_signal(send)
        printed, said = process.communicate(timeout=60)
        if not printed:
            return process.returncode, said
        shutil.rmtree(out)
    raise AssertionError("five times the command had printed its result before it was stopped")


@pytest.mark.parametrize(
    "send",
    [pytest.param(signal.SIGINT, marks=pytest.mark.long), pytest.param(signal.SIGKILL, marks=pytest.mark.slow)],
)
def test_a_run_that_was_stopped_goes_on_to_the_same_bits(tmp_path: Path, send: signal.Signals) -> None:
    path = islands_file(tmp_path, days=200)
    options = ["--replicates", "12", "--seed", "4", "--threads", "2"]
    out = tmp_path / "stopped"
    code, said = start_and_stop(["run", str(path), *options], out, out, send, tmp_path)
    kept = len(list((out / "replicates").glob("[0-9]*.npz")))
    print(f"signal {send.name}: exit code {code}, {kept} of 12 replicates kept; {said!r}")
    assert 1 <= kept < 12
    assert not (out / "verdict.json").exists()
    assert not (out / "provenance.json").exists()
    assert not (out / "tables").exists()
    assert not (out / "report.html").exists()
    status = json.loads((out / "status.json").read_text())
    if send == signal.SIGINT:
        assert code == 130
        assert status["status"] == "interrupted"
        assert status["replicates_done"] == kept
        assert re.fullmatch(
            rf"(entraide: stopping\. .*\n)?entraide: interrupted\. {kept} of 12 replicates (is|are) kept in {out}"
            r"(, and (an unfinished one|2 unfinished ones) at days? \d+( to \d+)? of 200)?"
            rf"\. Go on with: entraide resume {out}\n",
            said,
        )
    else:
        assert status["status"] == "running"
        # What is left when the process is killed in the middle of a file: now and then it is, here always.
        (out / "replicates" / ".0011.npz.0123456789abcdef.part").write_bytes(b"half of a replicate")
    with pytest.raises(InputError, match="this run is not finished"):
        runs.load_result(out)
    before = {file.name: file.stat().st_mtime_ns for file in (out / "replicates").glob("[0-9]*.npz")}
    if send == signal.SIGINT:
        resumed = command("resume", str(out), "--threads", "1", cwd=tmp_path)
        assert resumed.returncode == 0, resumed.stderr
        assert (out / "report.html").exists()
    else:
        runs.resume(out, runs.Conduct(threads=1, finish=write_verdict))
    after = {file.name: file.stat().st_mtime_ns for file in (out / "replicates").glob("[0-9]*.npz")}
    assert len(after) == 12
    assert all(after[name] == before[name] for name in before)
    plain = tmp_path / "plain"
    conduct = runs.Conduct(finish=write_verdict)
    runs.run(load_scenario(path), replicates=12, seed=4, own_file=True, folder=plain, conduct=conduct)
    assert timeless(out) == timeless(plain)
    assert not list(out.rglob("*.part"))


@pytest.mark.long
def test_a_comparison_that_was_stopped_goes_on_to_the_same_bits(tmp_path: Path) -> None:
    path = islands_file(tmp_path, days=150)
    arguments = ["compare", str(path), "--set", "fun=1.5", "--replicates", "8", "--no-report"]
    out = tmp_path / "stopped"
    code, said = start_and_stop(arguments, out, out / "baseline", signal.SIGINT, tmp_path)
    assert code == 130
    assert f"Go on with: entraide resume {out}" in said
    assert not (out / "comparison.json").exists()
    plain = tmp_path / "plain"
    for done in (inside("resume", str(out), "--no-report"), inside(*arguments, "--out", str(plain))):
        assert done.exit_code == 0, done.stderr
    assert (out / "comparison.json").read_bytes() == (plain / "comparison.json").read_bytes()
    for side in ("baseline", "changed"):
        assert timeless(out / side) == timeless(plain / side)


def test_a_damaged_replicate_of_a_finished_run_is_computed_again(tmp_path: Path) -> None:
    scenario = load_scenario(islands_file(tmp_path))
    out = tmp_path / "out"
    result = runs.run(scenario, replicates=2, folder=out)
    (out / "replicates" / "0001.npz").write_bytes(b"not a replicate")
    with pytest.raises(InputError, match=r"missing or damaged.*entraide resume"):
        runs.load_result(out)
    assert same_bits(result.outcomes, runs.resume(out).outcomes)
    assert same_bits(result.outcomes, runs.load_result(out).outcomes)


def test_a_folder_is_never_written_over(tmp_path: Path) -> None:
    path = islands_file(tmp_path)
    out = tmp_path / "out"
    runs.run(load_scenario(path), replicates=1, folder=out)
    for other, words in (
        ((load_scenario(path, {"fun": 1.5}), 1, 0), "other changes"),
        ((load_scenario(path), 2, 0), "other replicates"),
        ((load_scenario(path), 1, 1), "other seed"),
        ((load_scenario(path, days=39), 1, 0), "other"),
    ):
        with pytest.raises(InputError, match=words) as caught:
            runs.run(other[0], replicates=other[1], seed=other[2], folder=out)
        assert "Choose another folder" in str(caught.value)
    occupied = tmp_path / "occupied"
    occupied.mkdir()
    (occupied / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="holds no run"):
        runs.run(load_scenario(path), replicates=1, folder=occupied)
    assert [file.name for file in occupied.iterdir()] == ["thesis.txt"]


def test_the_same_run_asked_again_is_read_back(tmp_path: Path) -> None:
    scenario = load_scenario(islands_file(tmp_path))
    out = tmp_path / "out"
    first = runs.run(scenario, replicates=2, folder=out)
    heard: list[int] = []
    conduct = runs.Conduct(progress=lambda done, total: heard.append(done))
    second = runs.run(scenario, replicates=2, folder=out, conduct=conduct)
    assert same_bits(first.outcomes, second.outcomes)
    assert heard == []


def test_replicates_of_two_versions_are_never_put_together(tmp_path: Path) -> None:
    scenario = load_scenario(islands_file(tmp_path))
    out = tmp_path / "out"
    runs.run(scenario, replicates=1, folder=out)
    document = json.loads((out / "run.json").read_text())
    (out / "run.json").write_text(json.dumps({**document, "code_hash": "0" * 64}))
    (out / "status.json").write_text(json.dumps({"status": "interrupted", "seconds": 1.0, "started": ""}))
    with pytest.raises(InputError, match="another version of the simulator"):
        runs.resume(out)
    with pytest.raises(InputError, match="another version of the simulator"):
        runs.run(scenario, replicates=1, folder=out)


def test_an_altered_scenario_is_noticed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    runs.run(load_scenario(islands_file(tmp_path)), replicates=1, folder=out)
    copy = out / "scenario.toml"
    copy.write_text(
        copy.read_text(encoding="utf-8").replace("needs_rate = 30.0", "needs_rate = 31.0"), encoding="utf-8"
    )
    with pytest.raises(InputError, match="no longer gives the values"):
        runs.load_result(out)


def test_folders_without_a_name_are_numbered(tmp_path: Path) -> None:
    names = []
    for _ in range(3):
        names.append(next_folder("urban reports/é", tmp_path).name)
    assert names == ["urban-reports-é-1", "urban-reports-é-2", "urban-reports-é-3"]
    assert all((tmp_path / name).is_dir() for name in names)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(InputError, match="a file stands where a folder is needed"):
        next_folder("urban", tmp_path / "file")


# Machines that fail -----------------------------------------------------------------------------------------------


def limited(bytes_per_file: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_per_file, bytes_per_file))


@pytest.mark.long
def test_a_full_disk_is_one_line_and_nothing_looks_finished(tmp_path: Path) -> None:
    """A real file system of 150 kB where one can be mounted; elsewhere a limit on the size of files."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=150k", "tmpfs", str(disk)]
    mounted = shutil.which("mount") and subprocess.run(mounting, capture_output=True, check=False).returncode == 0
    path = islands_file(tmp_path, days=200)
    out = disk / "out"
    arguments = ["run", str(path), "--replicates", "16", "--out", str(out)]
    try:
        finished = subprocess.run(
            [*COMMAND, *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=200,
            preexec_fn=None if mounted else limited(20_000),
        )
        kept = list((out / "replicates").glob("[0-9]*.npz"))
        print(f"mounted: {bool(mounted)}; {len(kept)} replicates kept; {finished.stderr!r}")
        assert finished.returncode == 1
        assert finished.stdout == ""
        assert finished.stderr.count("\n") == 1
        assert ("the disk is full" if mounted else "file too large") in finished.stderr
        assert "--out" in finished.stderr
        assert all(load_replicate(file) is not None for file in kept)
        assert not list(out.rglob("*.part"))
        assert not (out / "verdict.json").exists()
        assert json.loads((out / "status.json").read_text())["status"] in ("running", "failed")
        if mounted:
            assert subprocess.run(["mount", "-o", "remount,size=50m", str(disk)], check=False).returncode == 0
            assert runs.resume(out).replicates == 16
    finally:
        if mounted:
            subprocess.run(["umount", str(disk)], check=True)


def test_places_that_cannot_be_written_are_one_line(tmp_path: Path) -> None:
    path = islands_file(tmp_path)
    file = tmp_path / "file"
    file.write_text("mine")
    cases = [(file, 2), (file / "out", 2)]
    if sys.platform == "linux":
        # The kernel's own folder refuses files from anybody, root included.
        cases.append((Path("/proc/entraide"), 1))
    for out, code in cases:
        finished = inside("run", str(path), "--quick", "--out", str(out))
        print(finished.stderr)
        assert finished.exit_code == code
        assert finished.stdout == ""
        assert finished.stderr.count("\n") == 1
        assert "Choose another folder with --out" in finished.stderr
    assert file.read_text() == "mine"


def test_measures_of_a_read_back_run_are_the_same(straight: tuple[Path, Result]) -> None:
    folder, result = straight
    back = runs.load_result(folder)
    for name, values in result.values().items():
        assert np.array_equal(values, back.values()[name], equal_nan=True), name
    assert isinstance(pq.read_table(folder / "tables" / "measures.parquet").to_pandas(), pd.DataFrame)
