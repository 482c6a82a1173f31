"""A sweep that is killed, however and whenever, loses nothing that was written and runs none of it twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import psutil
import pyarrow.parquet as pq
import pytest
from small_studies import same_runs, write_study

from entraide.experiments.batch.executors import LocalPool
from entraide.experiments.batch.store import Store
from entraide.experiments.batch.study import load_study
from entraide.experiments.batch.sweep import begin_sweep, carry_out

pytestmark = pytest.mark.slow

COMMAND = [sys.executable, "-c", "from entraide.command_line import main; main()"]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of 64 runs, a second or two of two cores."""
    return write_study(tmp_path_factory.mktemp("kills"), replicates=8)


@pytest.fixture(scope="module")
def uninterrupted(study: Path) -> Path:
    """The same study, never killed."""
    return _uninterrupted(study)


def _uninterrupted(study: Path) -> Path:
    store = begin_sweep(load_study(study), study.parent / "uninterrupted")
    carry_out(store, lambda: LocalPool(1))
    return store.path


def _begun(folder: Path, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*COMMAND, "resume", str(folder), "--workers", "2"],
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )


def _written(folder: Path) -> Counter[tuple[int, int]]:
    """Return how often each run stands in the files that are there."""
    found: Counter[tuple[int, int]] = Counter()
    for path in (folder / "parts").glob("part-*.parquet"):
        keys = pq.read_table(path, columns=["setting", "replicate"])
        found.update(zip(*(keys.column(name).to_pylist() for name in ("setting", "replicate")), strict=True))
    return found


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _killed_again_and_again(place: Path, kills: int, seconds: float, **size: int) -> None:
    study, folder = write_study(place, **size), place / "out"
    uninterrupted = _uninterrupted(study)
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    begin_sweep(load_study(study), folder)
    before: Counter[tuple[int, int]] = Counter()
    made = 0
    while made < kills and not Store.open(folder).complete:
        process = _begun(folder)
        parts = len(list((folder / "parts").glob("part-*")))
        # In every third case from the start of the process on, else from its first records on.
        while made % 3 and process.poll() is None and len(list((folder / "parts").glob("part-*"))) == parts:
            time.sleep(0.02)
        time.sleep(chance.uniform(0.0, seconds))
        _kill_group(process)
        made += 1
        if Store.open(folder).complete:
            break
        written = _written(folder)
        assert max(written.values(), default=1) == 1, "nothing was run twice"
        assert before.keys() <= written.keys(), "nothing that was written is lost"
        print(f"kill {made}: {len(written)} of {Store.open(folder).study.runs} runs are written")
        before = written
    assert made == kills
    assert before, "some kill came in the middle of the runs"
    carry_out(Store.open(folder), lambda: LocalPool(2))
    assert not list(folder.rglob("*.part"))
    same_runs(uninterrupted, folder)


@pytest.mark.long
def test_three_kills_at_random_moments(tmp_path: Path) -> None:
    _killed_again_and_again(tmp_path, 3, 1.0, replicates=20)


@pytest.mark.long
def test_twenty_kills_at_random_moments(tmp_path: Path) -> None:
    """The same, with runs enough that twenty kills come before the end."""
    _killed_again_and_again(tmp_path, 20, 4.0, replicates=50, days=365)


def test_a_kill_inside_a_write_leaves_nothing_that_could_be_taken_for_finished(
    study: Path, tmp_path: Path, uninterrupted: Path
) -> None:
    folder = tmp_path / "out"
    begin_sweep(load_study(study), folder)
    process = _begun(folder, ENTRAIDE_PAUSE_IN_WRITE="60")
    while not (unfinished := list((folder / "parts").glob(".*.part"))) or unfinished[0].stat().st_size == 0:
        assert process.poll() is None
        time.sleep(0.02)
    _kill_group(process)
    half = list((folder / "parts").iterdir())
    print([(path.name, path.stat().st_size) for path in half])
    assert half == unfinished
    assert len(Store.open(folder).runs()) == 0
    carry_out(Store.open(folder), lambda: LocalPool(1))
    assert not list(folder.rglob("*.part"))
    same_runs(uninterrupted, folder)


def test_a_killed_worker_does_not_end_the_sweep(study: Path, tmp_path: Path, uninterrupted: Path) -> None:
    folder = tmp_path / "out"
    begin_sweep(load_study(study), folder)
    process = _begun(folder)
    while not list((folder / "parts").glob("part-*")):
        assert process.poll() is None
        time.sleep(0.02)
    workers = [each for each in psutil.Process(process.pid).children() if "popen_loky" in " ".join(each.cmdline())]
    assert workers
    workers[0].kill()
    assert sum(_written(folder).values()) < load_study(study).runs // 2, "it was killed in the middle of its work"
    assert process.wait(timeout=120) == 0
    assert set(Store.open(folder).runs()["status"]) == {"done"}
    same_runs(uninterrupted, folder)


@pytest.mark.long
def test_workers_end_when_the_process_that_keeps_the_records_is_killed(study: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    begin_sweep(load_study(study), folder)
    process = _begun(folder)
    while not list((folder / "parts").glob("part-*")):
        assert process.poll() is None
        time.sleep(0.02)
    children = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.wait()
    _, left = psutil.wait_procs(children, timeout=20)
    assert not [each for each in left if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]
