"""Runs replicates side by side, in threads of this process.

Kernels release Python's lock, so replicates in threads share the cores without a second process: the same call works
in a script without a guard, in a notebook and from standard input. Results depend on the seed and on each replicate's
number, never on the number of threads.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Executor, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, nullcontext

import numpy as np

from entraide.model.errors import InputError
from entraide.model.memory import available_memory, check_memory, estimated_bytes
from entraide.model.records import Outcome
from entraide.model.simulation import Simulation
from entraide.model.specification import Specification
from entraide.scenarios.run_size import MOST_REPLICATES

__all__ = [
    "LARGEST_SEED",
    "MOST_REPLICATES",
    "MOST_THREADS",
    "Cancelled",
    "Progress",
    "check_numbers",
    "cores_at_hand",
    "fitting",
    "run_replicates",
    "run_some",
]

MOST_THREADS = 1024
LARGEST_SEED = 2**63 - 1
# Of the free memory: the rest is for tables, figures and whatever else runs.
MEMORY_SHARE = 0.8

# Told the days simulated so far, over all replicates, and the days there are to simulate.
Progress = Callable[[int, int], None]


class Cancelled(Exception):
    """The run was asked to stop; what was finished was handed to ``done``."""


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
    for name, value, low, high, remedy in (
        ("replicates", replicates, 1, MOST_REPLICATES, "20 are enough for a first answer"),
        ("seed", seed, 0, LARGEST_SEED, "Any whole number from 0 on will do"),
        ("threads", threads, 1, MOST_THREADS, f"This machine has {cores_at_hand()} cores"),
    ):
        if name == "threads" and value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | np.integer) or not low <= int(value) <= high:
            allowed = f"a whole number from {low} to {high}"
            raise InputError("cannot be used", where=f"--{name}", value=value, allowed=allowed, remedy=remedy)


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
) -> list[Outcome]:
    """Run the replicates of some ``numbers``; see ``run_replicates``.

    ``draws``: what is simulated instead with each draw of parameters; replicate r takes number r modulo their count.

    ``done`` is given each outcome as soon as it is finished, on the thread that ran it, one at a time; what it
    returns stands in the list (it may store the heavy parts and return the rest).
    """
    numbers = tuple(numbers)
    threads = cores_at_hand() if threads is None else threads
    side_by_side = max(1, min(threads, len(numbers)))
    if alone is None:
        side_by_side = fitting(specification, side_by_side)
        check_memory(specification, side_by_side)
    stop = threading.Event() if cancel is None else cancel
    lock = threading.Lock()
    days_done = 0

    def hear(_: int) -> None:
        nonlocal days_done
        if stop.is_set():
            raise Cancelled
        if progress is not None:
            with lock:
                days_done += 1
                progress(days_done, specification.days * len(numbers))

    def one(number: int, workers: Executor | None) -> Outcome:
        if stop.is_set():
            raise Cancelled
        simulation = Simulation(
            draws[number % len(draws)] if draws else specification,
            seed=seed,
            replicate=number,
            workers=workers,
            alone=alone,
            zone_daily=zone_daily,
            log=log,
        )
        outcome = simulation.run(progress=hear).outcome()
        if done is None:
            return outcome
        with lock:
            return done(outcome)

    if side_by_side == 1:
        with _workers(threads) as workers:
            return [one(number, workers) for number in numbers]
    return _in_threads(one, numbers, side_by_side, threads // side_by_side, stop)


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
    return ThreadPoolExecutor(threads, thread_name_prefix="entraide-chunk") if threads > 1 else nullcontext()


def _in_threads(
    one: Callable[[int, Executor | None], Outcome],
    numbers: Sequence[int],
    side_by_side: int,
    threads_each: int,
    stop: threading.Event,
) -> list[Outcome]:
    """Run replicates side by side; on the first fault, or an interruption, the others stop within a day."""

    def with_workers(number: int) -> Outcome:
        with _workers(threads_each) as workers:
            return one(number, workers)

    with ThreadPoolExecutor(side_by_side, thread_name_prefix="entraide-replicate") as pool:
        futures = [pool.submit(with_workers, number) for number in numbers]
        try:
            finished, _ = wait(futures, return_when=FIRST_EXCEPTION)
            # The first real fault is told, rather than the cancellations that follow it.
            faults = [future.exception() for future in finished if future.exception() is not None]
            for fault in sorted(filter(None, faults), key=lambda each: isinstance(each, Cancelled)):
                raise fault
        except BaseException:
            stop.set()
            for future in futures:
                future.cancel()
            raise
    return [future.result() for future in futures]
