"""Stopping and going on: the whole state of a replicate on disk, and back, with the same bits.

Every array of the registry is saved, with the records so far and the contributions that await feedback. A snapshot
names the specification and seed it belongs to and refuses any other.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .arithmetic import exponential
from .errors import InputError, MachineError
from .fingerprint import common_past_hash, specification_hash
from .prompts import raise_ceilings
from .records import ZoneDays
from .simulation import Simulation
from .snapshot_file import NOT_READABLE, SnapshotArchive, WatchedFile
from .specification import Specification

__all__ = ["fork", "load_snapshot", "save_snapshot", "snapshot_day"]

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


def save_snapshot(simulation: Simulation, path: Path, *, look: Callable[[], None] | None = None) -> Path:
    """Write the state of a simulation between two days; the file appears whole or not at all.

    Nothing of the state is copied but what grows from day to day: a file is written array by array, in pieces.

    Parameters
    ----------
    look : called before each piece; what it raises ends the writing, and a file that was there before stays.

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
        "zones_handed_over": simulation.records.hand_over is not None,
    }
    path = Path(path)
    # Hidden, and named as unfinished files of a run are, so that they are removed with them.
    partial = path.with_name(f".{path.name}.{uuid.uuid4().hex}.part")
    try:
        try:
            with WatchedFile(partial, look) as file:
                np.savez(file, about=np.array(json.dumps(about)), **arrays)  # type: ignore[arg-type]
                # Before it takes the older one's name: a power cut then leaves one of the two.
                os.fsync(file.fileno())
            os.replace(partial, path)
        except OSError as error:
            raise MachineError(
                f"the snapshot cannot be written: {error.strerror or error}",
                where=str(path),
                remedy="free some space or choose another folder",
            ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return path


def snapshot_day(path: Path) -> int:
    """Return the number of days that were simulated when a snapshot was made; its state is not read.

    Raises
    ------
    InputError : no snapshot there, or a damaged one.
    """
    try:
        with SnapshotArchive(path) as saved:
            return int(json.loads(str(saved.read("about")))["day"])
    except NOT_READABLE as error:
        raise _not_readable(path) from error


def load_snapshot(
    specification: Specification,
    path: Path,
    *,
    workers: Executor | None = None,
    zone_daily: ZoneDays | None = None,
) -> Simulation:
    """Return the simulation that a snapshot holds, ready to go on from its day.

    Parameters
    ----------
    zone_daily : given the daily accounts by zone from the block of the snapshot's day on, where the simulation that was
        saved handed them over.

    Raises
    ------
    InputError : no snapshot there, a damaged one, or one of another scenario.
    """
    return _restore(specification, Path(path), workers, zone_daily, common_only=False)


def fork(specification: Specification, path: Path, *, workers: Executor | None = None) -> Simulation:
    """Return the simulation of a snapshot, going on under another specification from the snapshot's day.

    Territory, services, citizens' parameters, answers per task and start must be the same, since the past already used
    them; levers, events to come and length may differ. State that a lever sizes (how long a need lives, how long
    feedback takes) must keep its size. Events dated before the snapshot do not strike again.

    Raises
    ------
    InputError : the other specification differs in what the past already fixed.
    """
    simulation = _restore(specification, Path(path), workers, None, common_only=True)
    if simulation.alone is None:
        # Levers may have raised the chances of hearing or of being prompted over the ceilings of the past.
        past = exponential(-simulation.neighbour_rate * (max(0, simulation.day - 1) % simulation.restating))
        for j in range(simulation.services):
            raise_ceilings(
                simulation.citizens, simulation.involvement, simulation.threshold, j, simulation.service_records,
                simulation.citizen_record, simulation.fading, past, simulation.day,
            )  # fmt: skip
    return simulation


def _restore(
    specification: Specification,
    path: Path,
    workers: Executor | None,
    zone_daily: ZoneDays | None,
    common_only: bool,
) -> Simulation:
    try:
        with SnapshotArchive(path) as saved:
            about = json.loads(str(saved.read("about")))
            _check_belongs(about, specification, path, common_only)
            simulation = _empty(about, saved, specification, path, workers, zone_daily)
            _fill(simulation, saved, path)
    except NOT_READABLE as error:
        raise _not_readable(path) from error
    simulation.day = int(about["day"])
    if simulation.day < specification.days:
        simulation.begin_day()
    return simulation


def _not_readable(path: Path, why: str = "") -> InputError:
    return InputError(f"is not a readable snapshot{why}", where=str(path), remedy="start the run again without it")


def _check_belongs(about: Mapping[str, Any], specification: Specification, path: Path, common_only: bool) -> None:
    """Refuse a snapshot of another version or of another scenario."""
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


def _empty(
    about: Mapping[str, Any],
    saved: SnapshotArchive,
    specification: Specification,
    path: Path,
    workers: Executor | None,
    zone_daily: ZoneDays | None,
) -> Simulation:
    """Return a simulation with room for what was saved."""
    kept = "records.zone_daily" in saved.names
    if about.get("zones_handed_over", False) != (zone_daily is not None):
        raise InputError(
            "holds the daily accounts by zone of a few days only: the others are in the folder of its run"
            if zone_daily is None
            else "belongs to a run that does not write daily accounts by zone as it goes",
            where=str(path),
            remedy="go on with the run it belongs to: entraide resume FOLDER",
        )
    return Simulation(
        specification,
        seed=about["seed"],
        replicate=about["replicate"],
        workers=workers,
        feedbacks=about["feedbacks"],
        removed=about["removed"],
        alone=about["alone"],
        zone_daily=kept if zone_daily is None else zone_daily,
        log="log.0" in saved.names,
        empty=True,
    )


def _fill(simulation: Simulation, saved: SnapshotArchive, path: Path) -> None:
    """Read the state into a simulation that is empty."""
    missing = sorted(name for name, _ in _arrays(simulation) if name not in saved.names)
    if missing:
        raise _not_readable(path, f": {missing[0]} is missing")
    for name, array in _arrays(simulation):
        _read_into(array, saved, name, path)
    for j in range(simulation.services):
        sizes = saved.read(f"awaiting.{j}.sizes")
        citizens, zones = (saved.read(f"awaiting.{j}.{name}") for name in ("citizens", "zones"))
        ends = np.cumsum(sizes)[:-1]
        simulation.awaiting[j] = (
            list(zip(np.split(citizens, ends), np.split(zones, ends), strict=True)) if len(sizes) else []
        )
    if simulation.records.log is not None:
        columns = tuple(saved.read(f"log.{k}") for k in range(5))
        simulation.records.log = [columns] if len(columns[0]) else []


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


def _read_into(target: NDArray[Any], saved: SnapshotArchive, name: str, path: Path) -> None:
    """Read a saved array into its place; records of a longer or shorter run share their first days."""
    shape = saved.shape(name)
    if shape == target.shape:
        saved.read_into(name, target)
        return
    if name.startswith("records.") and target.ndim == len(shape):
        common = tuple(slice(0, min(a, b)) for a, b in zip(target.shape, shape, strict=True))
        target[common] = saved.read(name)[common]
        return
    raise InputError(
        f"was made with another size of {name}",
        where=str(path),
        value=shape,
        allowed=str(target.shape),
        remedy="keep need_lifetime and acknowledgement_delay as they were before the fork",
    )
