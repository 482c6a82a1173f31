"""Stopping and going on: the whole state of a replicate on disk, and back, with the same bits.

Every array of the registry is saved, with the records so far and the contributions that await feedback. A snapshot
names the specification and seed it belongs to and refuses any other.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .arithmetic import exponential
from .errors import InputError, MachineError
from .fingerprint import common_past_hash, specification_hash
from .prompts import raise_ceilings
from .simulation import Simulation
from .specification import Specification

__all__ = ["fork", "load_snapshot", "save_snapshot"]

FORMAT = 1


def _arrays(simulation: Simulation) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield every array of the state with its name in the snapshot."""
    yield "citizens", simulation.citizens
    yield "involvement", simulation.involvement
    yield "threshold", simulation.threshold
    for name, array in simulation.zone_state.items():
        yield f"zone.{name}", array
    for j, state in enumerate(simulation.kind_state):
        for name, array in state.items():
            yield f"kind.{j}.{name}", array
    yield "records.daily", simulation.records.daily
    yield "records.zone_year", simulation.records.zone_year
    yield "records.zone_month", simulation.records.zone_month
    yield "records.motives", simulation.records.motives
    if simulation.records.zone_daily is not None:
        yield "records.zone_daily", simulation.records.zone_daily
    yield "tasks_so_far", simulation.tasks_so_far
    yield "contributors_so_far", simulation.contributors_so_far


def save_snapshot(simulation: Simulation, path: Path) -> Path:
    """Write the state of a simulation between two days; the file appears whole or not at all.

    Raises
    ------
    MachineError : the file cannot be written.
    """
    arrays = dict(_arrays(simulation))
    for j, waiting in enumerate(simulation.awaiting):
        arrays[f"awaiting.{j}.sizes"] = np.array([len(citizens) for citizens, _ in waiting], np.int64)
        for k, name in enumerate(("citizens", "zones")):
            parts = [row[k] for row in waiting]
            arrays[f"awaiting.{j}.{name}"] = np.concatenate(parts) if parts else np.empty(0, np.int32)
    if simulation.records.log is not None:
        for k in range(5):
            parts = [row[k] for row in simulation.records.log]
            arrays[f"log.{k}"] = np.concatenate(parts) if parts else np.empty(0, np.int64)
    about = {
        "format": FORMAT,
        "fingerprint": specification_hash(simulation.specification),
        "common": common_past_hash(simulation.specification),
        "seed": simulation.seed,
        "replicate": simulation.replicate,
        "day": simulation.day,
        "feedbacks": simulation.feedbacks,
        "removed": list(simulation.removed),
        "alone": simulation.alone,
    }
    path = Path(path)
    partial = path.with_name(path.name + ".partial")
    try:
        with partial.open("wb") as file:
            np.savez(file, about=np.array(json.dumps(about)), **arrays)  # type: ignore[arg-type]
        os.replace(partial, path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise MachineError(
            f"the snapshot cannot be written: {error.strerror or error}",
            where=str(path),
            remedy="free some space or choose another folder",
        ) from error
    return path


def load_snapshot(specification: Specification, path: Path, *, workers: Executor | None = None) -> Simulation:
    """Return the simulation that a snapshot holds, ready to go on from its day.

    Raises
    ------
    InputError : no snapshot there, a damaged one, or one of another scenario.
    """
    return _restore(specification, Path(path), workers, common_only=False)


def fork(specification: Specification, path: Path, *, workers: Executor | None = None) -> Simulation:
    """Return the simulation of a snapshot, going on under another specification from the snapshot's day.

    Territory, services, citizens' parameters, answers per task and start must be the same, since the past already used
    them; levers, events to come and length may differ. State that a lever sizes (how long a need lives, how long
    feedback takes) must keep its size. Events dated before the snapshot do not strike again.

    Raises
    ------
    InputError : the other specification differs in what the past already fixed.
    """
    simulation = _restore(specification, Path(path), workers, common_only=True)
    if simulation.alone is None:
        # Levers may have raised the chances of hearing or of being prompted over the ceilings of the past.
        past = exponential(-simulation.neighbour_rate * (max(0, simulation.day - 1) % simulation.restating))
        for j in range(simulation.services):
            raise_ceilings(
                simulation.citizens, simulation.involvement, simulation.threshold, j, simulation.service_records,
                simulation.citizen_record, simulation.fading, past, simulation.day,
            )  # fmt: skip
    return simulation


def _restore(specification: Specification, path: Path, workers: Executor | None, common_only: bool) -> Simulation:
    try:
        with np.load(path, allow_pickle=False) as saved:
            about = json.loads(str(saved["about"]))
            arrays = {name: saved[name] for name in saved.files if name != "about"}
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise InputError(
            "is not a readable snapshot", where=str(path), remedy="start the run again without it"
        ) from error
    if about["format"] != FORMAT:
        raise InputError("was written by another version", where=str(path), value=about["format"], allowed=str(FORMAT))
    expected = common_past_hash(specification) if common_only else specification_hash(specification)
    if about["common" if common_only else "fingerprint"] != expected:
        raise InputError(
            "belongs to another scenario",
            where=str(path),
            remedy="use the scenario that the snapshot was made with, or start again",
        )
    if common_only:
        _refuse_rewritten_past(specification, int(about["day"]), path)
    has_log, has_zones = "log.0" in arrays, "records.zone_daily" in arrays
    simulation = Simulation(
        specification,
        seed=about["seed"],
        replicate=about["replicate"],
        workers=workers,
        feedbacks=about["feedbacks"],
        removed=about["removed"],
        alone=about["alone"],
        zone_daily=has_zones,
        log=has_log,
        empty=True,
    )
    missing = sorted(name for name, _ in _arrays(simulation) if name not in arrays)
    if missing:
        raise InputError(
            f"is not a readable snapshot: {missing[0]} is missing",
            where=str(path),
            remedy="start the run again without it",
        )
    for name, array in _arrays(simulation):
        _copy_into(array, arrays[name], name, path)
    for j in range(simulation.services):
        ends = np.cumsum(arrays[f"awaiting.{j}.sizes"])[:-1]
        simulation.awaiting[j] = list(
            zip(
                np.split(arrays[f"awaiting.{j}.citizens"], ends),
                np.split(arrays[f"awaiting.{j}.zones"], ends),
                strict=True,
            )
        )
        if len(arrays[f"awaiting.{j}.sizes"]) == 0:
            simulation.awaiting[j] = []
    if has_log and len(arrays["log.0"]):
        simulation.records.log = [tuple(arrays[f"log.{k}"] for k in range(5))]
    simulation.day = int(about["day"])
    if simulation.day < specification.days:
        simulation.begin_day()
    return simulation


def _refuse_rewritten_past(specification: Specification, day: int, path: Path) -> None:
    """Refuse a future that ends before the snapshot, or that would have begun before it."""
    if specification.days <= day:
        raise InputError(
            "is later than the end of the run",
            where=str(path),
            value=f"day {day}",
            allowed=f"a snapshot taken before day {specification.days}",
            remedy="simulate more days",
        )


def _copy_into(target: NDArray[Any], saved: NDArray[Any], name: str, path: Path) -> None:
    """Copy a saved array; records of a longer or shorter run share their first days."""
    if target.shape == saved.shape:
        target[...] = saved
        return
    if name.startswith("records.") and target.ndim == saved.ndim:
        common = tuple(slice(0, min(a, b)) for a, b in zip(target.shape, saved.shape, strict=True))
        target[common] = saved[common]
        return
    raise InputError(
        f"was made with another size of {name}",
        where=str(path),
        value=saved.shape,
        allowed=str(target.shape),
        remedy="keep need_lifetime and acknowledgement_delay as they were before the fork",
    )
