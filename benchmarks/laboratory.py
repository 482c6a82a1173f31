"""A study of many short runs: what each executor, and the store, add to the runs themselves."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from engine import SEED, communes_up_to
from layout import Table, figure
from measurement import Sample, interleaved, load_average, median, ratio, timed

from entraide.experiments.batch.executors import Pool, pool_of
from entraide.experiments.batch.one_run import Order, Work, run_chunk
from entraide.experiments.batch.store import Store
from entraide.experiments.batch.study import Study, load_study
from entraide.experiments.batch.sweep import begin_sweep, carry_out

__all__ = ["ARMS", "IN_TURN", "LOCAL", "laboratory", "laboratory_tables"]

IN_TURN = "in this process, one after the other, nothing kept"
LOCAL = "two processes (the default)"
# Who carries out the study: workers of this machine, or of a Dask cluster on it.
ARMS: Mapping[str, tuple[int | None, int | None]] = {
    LOCAL: (2, None),
    "two processes of Dask": (None, 2),
    "one process": (1, None),
}
REPLICATES = 4

_STUDY = """\
schema_version = 1
name = "many-runs"
scenarios = ["place.toml"]
replicates = {replicates}
seed = {seed}
days = {days}
parameters = "preset"

[question]
en = "What does a run cost beside itself?"
fr = "Que coûte une simulation en plus d'elle-même ?"

[factors.levers]
acknowledgement_rate = {{ low = 0.1, high = 0.9 }}
app_friction = {{ low = 1.0, high = 10.0 }}

[factors.assumptions]
needs_rate = {{ low = 20.0, high = 40.0 }}

[design]
kind = "latin-hypercube"
points = {points}
"""
_PLACE = """\
schema_version = 1
base = "urban-reports"

[territory]
communes = {codes}
"""


def _study(folder: Path, runs: int, inhabitants: int, days: int) -> Study:
    codes = str(communes_up_to(inhabitants)).replace("'", '"')
    (folder / "place.toml").write_text(_PLACE.format(codes=codes), encoding="utf-8")
    text = _STUDY.format(replicates=REPLICATES, seed=SEED, days=days, points=runs // REPLICATES)
    (folder / "study.toml").write_text(text, encoding="utf-8")
    return load_study(folder / "study.toml")


def _in_turn(study: Study) -> Sample:
    """Run everything in this process, without executor or store; what is timed is the runs."""
    orders = [Order(each.number, each.changes, tuple(range(study.replicates))) for each in study.settings()]
    work = pickle.dumps(Work(study.scenarios[0], seed=study.seed))
    return timed(lambda: run_chunk(work, orders)[0])


def _swept(study: Study, begin: Callable[[], Pool]) -> Sample:
    """Carry out the study into a folder of its own; workers are begun in the time measured."""
    with tempfile.TemporaryDirectory() as folder:
        store = begin_sweep(study, Path(folder) / "sweep")
        sample = timed(partial(carry_out, store, begin))
        return Sample(sample.wall, sample.cpu, Store.open(store.path).runs()["cost"].tolist())


def _started(begin: Callable[[], Pool]) -> Sample:
    """Begin workers, have each answer once, and end them."""

    def once() -> None:
        pool = begin()
        try:
            for answer in [pool.submit(pow, 2, power) for power in range(2 * pool.workers)]:
                answer.result()
        finally:
            pool.close()

    return timed(once)


def laboratory(runs: int, inhabitants: int, days: int, rounds: int) -> dict[str, Any]:
    """Return what a study takes by each executor, beside its runs alone.

    Parameters
    ----------
    runs : in all; a quarter of them are settings. ``inhabitants``, ``days`` : of each run.

    Raises
    ------
    RuntimeError : executors do not give the same results.
    """
    with tempfile.TemporaryDirectory() as folder:
        study = _study(Path(folder), runs, inhabitants, days)
        begins = {arm: partial(pool_of, workers, dask, None, 1) for arm, (workers, dask) in ARMS.items()}
        arms = {arm: partial(_swept, study, begin) for arm, begin in begins.items()}
        samples = interleaved({IN_TURN: partial(_in_turn, study), **arms}, rounds)
        starts = interleaved({arm: partial(_started, begin) for arm, begin in begins.items()}, rounds)
        people = study.scenarios[0].specification().territory.inhabitants
    costs = [record.values["cost"] for record in samples[IN_TURN][0].result]
    if any(sample.result != costs for arm in ARMS for sample in samples[arm]):
        raise RuntimeError("executors do not give the same results")
    alone = samples[IN_TURN]
    return {
        "runs": len(costs),
        "inhabitants": people,
        "days": days,
        "rounds": rounds,
        "run_seconds": median(alone) / len(costs),
        "arms": {
            arm: {
                "seconds": median(samples[arm]),
                "over_default": ratio(samples[arm], samples[LOCAL]),
                "times_as_fast": 1.0 / ratio(samples[arm], alone),
                "start_seconds": median(starts[arm]),
                "cores": _cores(arm),
            }
            for arm in ARMS
        },
        "load_average": load_average(),
    }


def _cores(arm: str) -> int:
    workers, dask = ARMS[arm]
    return workers or dask or 1


def laboratory_tables(row: Mapping[str, Any]) -> Table:
    """Return the table of a study by executor."""
    title = (
        f"A study of {row['runs']:,} runs, {row['inhabitants']:,} citizens x {row['days']} days each, "
        f"{1000 * row['run_seconds']:.1f} ms a run {IN_TURN}"
    )
    columns = (
        "executor",
        "seconds",
        "over the default",
        "times as fast as in turn",
        "beside a run, ms of a core",
        "of it, to begin and end workers, s in all",
    )
    lines = [
        (
            arm,
            f"{each['seconds']:.1f}",
            figure(each["over_default"]),
            figure(each["times_as_fast"]),
            figure(1000 * (each["seconds"] * each["cores"] / row["runs"] - row["run_seconds"])),
            figure(each["start_seconds"]),
        )
        for arm, each in row["arms"].items()
    ]
    return Table(title, columns, lines, row["load_average"])
