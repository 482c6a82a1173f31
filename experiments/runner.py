"""Runs replicates side by side, in threads of this process.

Kernels release Python's lock, so replicates in threads share the cores without a second process: the same call works
in a script without a guard, in a notebook and from standard input. Results depend on the seed and on each replicate's
number, never on the number of threads.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Executor, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol

import numpy as np

from entraide.model.errors import InputError, MachineError, Words
from entraide.model.memory import available_memory, check_memory, estimated_bytes
from entraide.model.records import Outcome, ZoneDays
from entraide.model.simulation import Simulation
from entraide.model.specification import Specification
from entraide.model.workers import Workers
from entraide.scenarios.run_size import MOST_REPLICATES

__all__ = [
    "LARGEST_SEED",
    "MOST_REPLICATES",
    "MOST_THREADS",
    "Cancelled",
    "Keeping",
    "Progress",
    "check_numbers",
    "cores_at_hand",
    "fitting",
    "run_replicates",
    "run_some",
]

MOST_THREADS = 1024
LARGEST_SEED = 2**63 - 1
_ENOUGH: Words = {"en": "20 are enough for a first answer", "fr": "20 suffisent à une première réponse"}
_ANY_SEED: Words = {
    "en": "Any whole number from 0 on will do",
    "fr": "N'importe quel nombre entier convient, à partir de 0",
}
# Of the free memory: the rest is for tables, figures and whatever else runs.
MEMORY_SHARE = 0.8

# Seconds between two looks for an interruption, where one does not end an endless wait.
_LOOK = 0.5 if os.name == "nt" else None

# Told the days simulated so far, over all replicates, and the days there are to simulate.
Progress = Callable[[int, int], None]


class Cancelled(Exception):
    """The run was asked to stop; what was finished was handed to ``done``."""


class Keeping(Protocol):
    """What keeps unfinished replicates, so that a run that stops between two days goes on from there."""

    @property
    def until(self) -> Mapping[int, int]:
        """The days that are kept of each unfinished replicate, by its number."""

    def zone_daily(self, number: int, specification: Specification) -> bool | ZoneDays:
        """Return what takes a replicate's daily accounts by zone."""

    def restored(
        self, number: int, specification: Specification, zone_daily: bool | ZoneDays, workers: Executor | None
    ) -> Simulation | None:
        """Return a replicate as it was kept; None where it begins."""

    def begun(self, number: int) -> None:
        """Hear that the days of a replicate begin."""

    def between_days(self, simulation: Simulation, stopping: bool) -> None:
        """Keep a replicate if it is time to, or if the run stops."""

    def stopping(self) -> None:
        """Hear that the run was interrupted, and that unfinished replicates will now be kept."""

    def give_up(self) -> None:
        """Keep nothing any more, and end what is being written."""


def cores_at_hand() -> int:
    """Return the cores that this process may use."""
    try:
        return max(1, len(os.sched_getaffinity(0)))
    except AttributeError:
        return max(1, os.cpu_count() or 1)


def check_numbers(*, replicates: object = 1, seed: object = 0, threads: object = None) -> None:
    """Refuse numbers that cannot be used.

    Raises
    ------
    InputError : not a whole number, or out of bounds.
    """
    cores = cores_at_hand()
    for name, value, low, high, remedy in (
        ("replicates", replicates, 1, MOST_REPLICATES, _ENOUGH),
        ("seed", seed, 0, LARGEST_SEED, _ANY_SEED),
        (
            "threads",
            threads,
            1,
            MOST_THREADS,
            {"en": f"This machine has {cores} cores", "fr": f"Cette machine a {cores} cœurs"},
        ),
    ):
        if name == "threads" and value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | np.integer) or not low <= int(value) <= high:
            allowed = {"en": f"a whole number from {low} to {high}", "fr": f"un nombre entier de {low} à {high}"}
            raise InputError(
                {"en": "cannot be used", "fr": "valeur impossible"},
                where=f"--{name}",
                value=value,
                allowed=allowed,
                remedy=remedy,
            )


def run_replicates(
    specification: Specification,
    *,
    replicates: int = 20,
    seed: int = 0,
    threads: int | None = None,
    alone: float | None = None,
    zone_daily: bool = False,
    log: bool = False,
    progress: Progress | None = None,
    first: int = 0,
    cancel: threading.Event | None = None,
) -> list[Outcome]:
    """Run replicates ``first``, ``first`` + 1, ... and return their outcomes in that order.

    Parameters
    ----------
    threads : cores used in all; None: all that this process may use.
    alone : None with citizens; a number runs the administration alone with that many times its stated staff.
    progress : told the days simulated so far and those to simulate, over all replicates.
    cancel : once set, the run stops within a simulated day.

    Raises
    ------
    InputError : numbers that cannot be used.
    MachineError : not enough memory.
    Cancelled : ``cancel`` was set.
    """
    check_numbers(replicates=replicates, seed=seed, threads=threads)
    return run_some(
        specification,
        range(first, first + replicates),
        seed=seed,
        threads=threads,
        alone=alone,
        zone_daily=zone_daily,
        log=log,
        progress=progress,
        cancel=cancel,
    )


def run_some(
    specification: Specification,
    numbers: Iterable[int],
    *,
    seed: int = 0,
    threads: int | None = None,
    alone: float | None = None,
    zone_daily: bool = False,
    log: bool = False,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
    done: Callable[[Outcome], Outcome] | None = None,
    draws: Sequence[Specification] = (),
    keeping: Keeping | None = None,
) -> list[Outcome]:
    """Run the replicates of some ``numbers``; see ``run_replicates``.

    ``draws``: what is simulated instead with each draw of parameters; replicate r takes number r modulo their count.

    ``done`` is given each outcome as soon as it is finished, on the thread that ran it, one at a time; what it
    returns stands in the list (it may store the heavy parts and return the rest).

    ``keeping`` gives back replicates that were kept, keeps those that are stopped, and takes daily accounts by zone in
    the place of ``zone_daily``. The days that it kept count as done from the start.

    Replicates run on threads of their own, so that an interruption, which the calling thread hears, never meets one in
    the middle of a day.
    """
    numbers = tuple(numbers)
    threads = cores_at_hand() if threads is None else threads
    side_by_side = max(1, min(threads, len(numbers)))
    if alone is None:
        side_by_side = fitting(specification, side_by_side)
        check_memory(specification, side_by_side)
    stop = threading.Event() if cancel is None else cancel
    lock = threading.Lock()
    kept = {} if keeping is None else dict(keeping.until)
    days_done = sum(kept.get(number, 0) for number in numbers)

    def hear(simulation: Simulation) -> None:
        nonlocal days_done
        # What ends today is finished rather than kept.
        if simulation.day < specification.days:
            stopping = stop.is_set()
            if keeping is not None:
                keeping.between_days(simulation, stopping)
                # A stop that came while a periodic snapshot was written finds this day kept.
                if stop.is_set() and not stopping:
                    keeping.between_days(simulation, True)
            if stop.is_set():
                raise Cancelled
        if progress is not None:
            with lock:
                days_done += 1
                progress(days_done, specification.days * len(numbers))

    def begun(number: int, workers: Executor | None) -> Simulation:
        nonlocal days_done
        what = draws[number % len(draws)] if draws else specification
        accounts = zone_daily if keeping is None else keeping.zone_daily(number, what)
        simulation = None if keeping is None else keeping.restored(number, what, accounts, workers)
        if simulation is None:
            simulation = Simulation(
                what,
                seed=seed,
                replicate=number,
                workers=_Stoppable(workers, stop),
                alone=alone,
                zone_daily=accounts,
                log=log,
            )
            simulation.workers = workers
        if keeping is not None:
            keeping.begun(number)
        with lock:
            days_done += simulation.day - kept.get(number, 0)
        return simulation

    def one(number: int, workers: Executor | None) -> Outcome:
        if stop.is_set():
            raise Cancelled
        simulation = begun(number, workers)
        outcome = simulation.run(progress=lambda _: hear(simulation)).outcome()
        if done is None:
            return outcome
        with lock:
            return done(outcome)

    return _in_threads(one, numbers, side_by_side, threads // side_by_side, stop, keeping)


class _Stoppable(Executor):
    """Draws people part by part, and ends between two parts when the run is stopped: a country takes a minute."""

    def __init__(self, workers: Executor | None, stop: threading.Event) -> None:
        self._workers, self._stop = workers, stop

    def map(self, fn: Callable[..., Any], *parts: Iterable[Any], **how: Any) -> Iterator[Any]:
        """Return what ``fn`` gives for each part, in order."""

        def unless_stopped(*part: Any) -> Any:
            if self._stop.is_set():
                raise Cancelled
            return fn(*part)

        return (
            map(unless_stopped, *parts) if self._workers is None else self._workers.map(unless_stopped, *parts, **how)
        )


def fitting(specification: Specification, side_by_side: int, available: int | None = None) -> int:
    """Return how many replicates fit in memory at once, at least one and at most as many as asked.

    Cores that are then left over work on the parts of each replicate.
    """
    free = available_memory() if available is None else available
    if free is None:
        return side_by_side
    return max(1, min(side_by_side, int(MEMORY_SHARE * free / estimated_bytes(specification))))


def _workers(threads: int) -> AbstractContextManager[Executor | None]:
    """Return threads for the chunks of one replicate; none where one thread is all there is."""
    return Workers(threads) if threads > 1 else nullcontext()


def _in_threads(
    one: Callable[[int, Executor | None], Outcome],
    numbers: Sequence[int],
    side_by_side: int,
    threads_each: int,
    stop: threading.Event,
    keeping: Keeping | None,
) -> list[Outcome]:
    """Run replicates side by side; on the first fault, or an interruption, the others stop within a day."""

    def with_workers(number: int) -> Outcome:
        with _workers(threads_each) as workers:
            return one(number, workers)

    def give_up() -> None:
        if keeping is not None:
            keeping.give_up()

    futures: list[Future[Outcome]] = []
    with ThreadPoolExecutor(side_by_side, thread_name_prefix="entraide-replicate") as pool:
        try:
            futures.extend(pool.submit(with_workers, number) for number in numbers)
            finished = _first_finished(futures)
            # The first real fault is told, rather than the cancellations that follow it.
            faults = [future.exception() for future in finished if future.exception() is not None]
            for fault in sorted(filter(None, faults), key=lambda each: isinstance(each, Cancelled)):
                raise fault
        except BaseException as fault:
            # Where the disk is the fault, there is no room for the days of the others either.
            if isinstance(fault, MachineError):
                give_up()
            stop.set()
            if keeping is not None and isinstance(fault, KeyboardInterrupt):
                keeping.stopping()
            for future in futures:
                future.cancel()
            _wait_until_all_stopped(futures, give_up)
            raise
    return [future.result() for future in futures]


def _first_finished(futures: Sequence[Future[Outcome]]) -> set[Future[Outcome]]:
    """Return the finished replicates, once one of them failed or none is left."""
    while True:
        finished, left = wait(futures, timeout=_LOOK, return_when=FIRST_EXCEPTION)
        if not left or any(future.exception() is not None for future in finished):
            return finished


def _wait_until_all_stopped(futures: Sequence[Future[Outcome]], give_up: Callable[[], None]) -> None:
    """Wait for what is being kept; another interruption ends that too."""
    while True:
        try:
            while wait(futures, timeout=_LOOK).not_done:
                pass
            return
        except KeyboardInterrupt:
            give_up()
