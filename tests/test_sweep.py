"""A sweep makes every run of its study, the same by whoever makes it, and a run that fails does not stop it."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import psutil
import pytest
from ports import listening
from small_studies import DAYS, same_runs, write_study

import entraide as en
from entraide.experiments.batch.dispatch import Dispatch
from entraide.experiments.batch.executors import DaskPool, LocalPool, is_no_cancelled_wait
from entraide.experiments.batch.one_run import Order, run_chunk
from entraide.experiments.batch.settings import Settings
from entraide.experiments.batch.store import Store
from entraide.experiments.batch.study import load_study
from entraide.experiments.batch.sweep import begin_sweep, carry_out
from entraide.experiments.conduct import Conduct
from entraide.experiments.runs import run
from entraide.model.errors import InputError
from entraide.scenarios.loader import load_scenario

PANEL = "[outputs]\npanel = 40\n"


def _sweep(folder: Path, out: str, begin: Callable[[], Any] | None = None, **more: Any) -> Store:
    store = begin_sweep(load_study(write_study(folder, **more)), folder / out)
    carry_out(store, begin)
    return store


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Eight settings, two replicates, a panel, by two processes."""
    return _sweep(
        tmp_path_factory.mktemp("usual"), "out", lambda: LocalPool(2), design=f'[design]\nkind = "factorial"\n{PANEL}'
    )


def test_a_row_holds_what_a_run_of_the_same_scenario_seed_and_replicate_measures(usual: Store) -> None:
    runs = usual.runs()
    setting = usual.settings()[5]
    path = usual.path.parent / "island.toml"
    result = run(load_scenario(path, setting.changes, DAYS), replicates=2, seed=0, counterfactual=False)
    rows = runs[runs["setting"] == 5].reset_index(drop=True)
    assert rows["draw"].tolist() == [0, 1]
    np.testing.assert_array_equal(rows["cost"], result.costs())
    for name, values in result.values("reports").items():
        np.testing.assert_array_equal(rows[f"reports.{name}"], values, err_msg=name)
    for risk, values in result.margins("reports").items():
        np.testing.assert_array_equal(rows[f"reports.{risk}_margin"], values, err_msg=risk)


def test_a_loaded_study_keeps_its_own_numbers(tmp_path: Path) -> None:
    study = load_study(write_study(tmp_path))
    for given in ({"days": 30}, {"replicates": 1}):
        with pytest.raises(InputError, match="cannot be given with a loaded study"):
            en.sweep(study, tmp_path / "out", **given)
    assert not (tmp_path / "out").exists()


@pytest.mark.long
def test_one_process_gives_the_same_bits_as_two(usual: Store, tmp_path: Path) -> None:
    one = _sweep(tmp_path, "out", lambda: LocalPool(1), design=f'[design]\nkind = "factorial"\n{PANEL}')
    same_runs(usual.path, one.path)
    panels = [pd.read_parquet(store.path / "panel.parquet") for store in (usual, one)]
    pd.testing.assert_frame_equal(*panels, check_exact=True)


@pytest.mark.long
def test_dask_here_listens_on_this_machine_only_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    pool = DaskPool(processes=2)
    try:
        assert pool.submit(abs, -1).result() == 1
        at = listening(os.getpid())
    finally:
        pool.close()
    print(sorted(at))
    # A scheduler and two workers, each with its answers on its state.
    assert len(at) >= 6
    assert {address for address, _ in at} == {"127.0.0.1"}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.long
def test_dask_gives_the_same_bits(usual: Store, tmp_path: Path) -> None:
    dask = _sweep(tmp_path, "out", lambda: DaskPool(processes=2), design=f'[design]\nkind = "factorial"\n{PANEL}')
    same_runs(usual.path, dask.path)
    panels = [pd.read_parquet(store.path / "panel.parquet") for store in (usual, dask)]
    pd.testing.assert_frame_equal(*panels, check_exact=True)


def test_a_panel_follows_the_same_people_in_every_setting(usual: Store) -> None:
    panel = pd.read_parquet(usual.path / "panel.parquet")
    # Ends of January and of the run, in the middle of February.
    assert sorted(panel["day"].unique()) == [30, DAYS - 1]
    assert len(panel) == 8 * 2 * 40 * 2
    people = panel.groupby(["setting", "replicate"])["citizen"].unique()
    assert all(np.array_equal(each, people.iloc[0]) for each in people)
    assert panel["zone"].nunique() >= 3, "at equal distances, so that no zone of some size is left out"
    assert panel.groupby(["replicate", "citizen"])["group"].nunique().max() == 1, "the same person in every setting"
    history = panel.sort_values("day").groupby(["setting", "replicate", "citizen"])["contributions"]
    assert (history.last() >= history.first()).all()


@pytest.mark.slow
def test_a_run_that_fails_is_a_row_with_stage_and_message_and_the_others_go_on(tmp_path: Path) -> None:
    """Free riders and conditional cooperators cannot be more than all people together: one setting of four."""
    factors = "[factors.assumptions]\nshare_free_riders = [0.2, 0.6]\nshare_conditional = [0.3, 0.6]\n"
    store = _sweep(tmp_path, "out", factors=factors)
    runs = store.runs()
    failed = runs[runs["status"] == "failed"]
    assert runs.groupby("setting")["status"].first().tolist() == ["done", "done", "done", "failed"]
    assert set(failed["stage"]) == {"setting"}
    assert all("add up to 1.2" in message for message in failed["message"])
    assert failed["cost"].isna().all()
    assert runs[runs["status"] == "done"]["cost"].notna().all()


def _die(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class _Deadly(LocalPool):
    """Real processes, of which one dies whenever it is given setting 3."""

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        orders: list[Order] = arguments[1] if function is run_chunk else []
        deadly = any(order.setting == 3 for order in orders)
        return super().submit(_die if deadly else function, *arguments)


@pytest.mark.long
def test_a_run_that_kills_its_worker_is_tried_three_times_and_costs_no_other_run(usual: Store, tmp_path: Path) -> None:
    store = _sweep(tmp_path, "out", lambda: _Deadly(2))
    runs = store.runs()
    failed = runs[runs["status"] == "failed"]
    assert failed["setting"].tolist() == [3, 3]
    assert set(failed["stage"]) == {"worker"}
    assert all("died, three times" in message for message in failed["message"])
    # Tried again by workers that live, they are there, and the table is the usual one.
    carry_out(Store.open(store.path), lambda: LocalPool(2))
    same = [each.runs() for each in (usual, Store.open(store.path))]
    pd.testing.assert_frame_equal(*same, check_exact=True)


@pytest.mark.long
def test_settings_that_are_alike_are_run_once_and_have_a_row_each(tmp_path: Path) -> None:
    store = begin_sweep(
        load_study(
            write_study(
                tmp_path,
                factors="[factors.levers]\nphone_offered = {}\n",
                design='[design]\nkind = "latin-hypercube"\npoints = 6\n',
                replicates=1,
            )
        ),
        tmp_path / "out",
    )
    end = carry_out(store)
    runs = store.runs()
    assert (end.made, end.runs, len(runs)) == (2, 6, 6)
    assert runs.groupby("phone_offered")["scenario_hash"].nunique().tolist() == [1, 1]
    assert runs["scenario_hash"].nunique() == 2


@pytest.mark.long
def test_progress_counts_every_run_once(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    store = begin_sweep(load_study(write_study(tmp_path, replicates=1)), tmp_path / "out")
    carry_out(store, lambda: LocalPool(2), Conduct(progress=lambda done, total: heard.append((done, total))))
    assert heard[0] == (0, 8)
    assert heard[-1] == (8, 8)
    assert heard == sorted(heard)


def test_a_hundred_thousand_runs_are_handed_out_once_each_in_chunks_of_one_scenario() -> None:
    points = np.full((25_000, 0), 0.0)
    done = np.zeros(100_000, np.bool_)
    done[::7] = True
    settings = Settings(("a", "b"), (), points)
    dispatch = Dispatch(settings, 2, done.copy())
    given: list[int] = []
    for chunk in dispatch.firsts():
        given += chunk.codes
    dispatch.heard(2, 0.02)
    sizes = []
    while (chunk := dispatch.next(2, 0)) is not None:
        assert len({dispatch.scenario_of(code) for code in chunk.codes}) == 1
        given += chunk.codes
        sizes.append(len(chunk.codes))
        dispatch.heard(len(chunk.codes), 0.01 * len(chunk.codes))
    assert sorted(given) == np.flatnonzero(~done).tolist()
    # Half a second of work or more in each, but for the last of each scenario.
    assert sorted(sizes)[2] >= 50


COMMAND = [sys.executable, "-c", "from entraide.command_line import main; main()"]


@pytest.mark.long
def test_a_cluster_that_nothing_was_left_for_ends_with_the_command(usual: Store, tmp_path: Path) -> None:
    told = subprocess.run(
        [*COMMAND, "resume", str(usual.path), "--dask", "1"],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stderr
    left = [each.info["cmdline"] for each in psutil.process_iter(["cmdline"])]
    assert not [words for words in left if any(str(tmp_path) in word for word in words or ())]


@pytest.mark.parametrize(
    "who", [pytest.param("--workers", marks=pytest.mark.slow), pytest.param("--dask", marks=pytest.mark.long)]
)
def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(tmp_path: Path, who: str) -> None:
    path, out = write_study(tmp_path, replicates=40), tmp_path / "out"
    with subprocess.Popen(
        [*COMMAND, "sweep", str(path), "--out", str(out), who, "2"],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler) and None,
    ) as process:
        while not list(out.glob("parts/part-*.parquet")):
            assert process.poll() is None
        workers = psutil.Process(process.pid).children(recursive=True)
        os.killpg(process.pid, signal.SIGINT)
        told = process.communicate(timeout=60)[1]
    print(told)
    assert process.returncode == 130
    assert f"runs are kept in {out}. Go on with: entraide resume {out}" in told
    assert "Traceback" not in told
    psutil.wait_procs(workers, timeout=20)
    assert not [each for each in workers if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]
    kept = Store.open(out)
    assert 0 < len(kept.runs()) < 320
    assert f"{len(kept.runs())} of 320" in told
    assert kept.status["status"] == "interrupted"


SCRIPT = """
import entraide as en
store = en.sweep({study!r}, {out!r}, workers=2, replicates=1)
print(len(store.runs()), en.load_sweep({out!r}).complete)
"""


@pytest.mark.long
@pytest.mark.parametrize("way", ["script", "stdin"])
def test_python_needs_no_main_guard(tmp_path: Path, way: str) -> None:
    text = SCRIPT.format(study=str(write_study(tmp_path)), out=str(tmp_path / "out"))
    (tmp_path / "mine.py").write_text(text, encoding="utf-8")
    finished = subprocess.run(
        [sys.executable, str(tmp_path / "mine.py") if way == "script" else "-"],
        input=text if way == "stdin" else "",
        capture_output=True,
        text=True,
        check=False,
    )
    print(finished.stderr)
    assert finished.stdout.strip() == "8 True"


MISSING = "import sys; sys.modules[{package!r}] = None\nfrom entraide.command_line import main\nmain()"


@pytest.mark.long
@pytest.mark.parametrize(
    ("package", "design", "option"),
    [
        ("loky", '[design]\nkind = "factorial"\n', []),
        ("SALib", '[design]\nkind = "sobol"\nsamples = 4\n', []),
        ("distributed", '[design]\nkind = "factorial"\n', ["--dask", "2"]),
    ],
)
def test_a_missing_package_is_told_in_one_line_and_leaves_nothing(
    tmp_path: Path, package: str, design: str, option: list[str]
) -> None:
    path, out = write_study(tmp_path, design=design), tmp_path / "out"
    told = subprocess.run(
        [sys.executable, "-c", MISSING.format(package=package), "sweep", str(path), "--out", str(out), *option],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1
    assert f"the package {package} is missing" in told.stderr
    assert "pip install 'entraide[batch]'" in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1
    assert not out.exists()


def test_only_the_slip_of_dask_after_ctrl_c_is_kept_from_the_screen() -> None:
    def record(fault: BaseException, text: str) -> logging.LogRecord:
        return logging.LogRecord("tornado.application", logging.ERROR, "", 0, text, (), (type(fault), fault, None))

    slip = "Exception in callback functools.partial(<function sync.<locals>.cancel at 0x1>)"
    assert not is_no_cancelled_wait(record(NameError("future"), slip))
    assert is_no_cancelled_wait(record(ValueError("else"), slip))
    assert is_no_cancelled_wait(record(NameError("future"), "Exception in callback of something else"))
