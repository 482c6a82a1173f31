"""One process per peer, on one thread: it keeps what it has imported and compiled, and times itself."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module

from measurement import Sample, timed

from .registry import PEERS
from .rule import Model, Rule, Totals, draw_people

__all__ = ["one_process", "simulate"]

# Read by the libraries when they are imported, hence set before.
LIMITS = ("POLARS_MAX_THREADS", "NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

# Compiled loops take milliseconds: they are run again, from the start and with other draws, until that much is timed.
LEAST_SECONDS = 0.1
MOST_RUNS = 100


def _limit_threads() -> None:
    os.environ.update(dict.fromkeys(LIMITS, "1"))


@contextmanager
def one_process() -> Iterator[ProcessPoolExecutor]:
    """Give a process whose libraries, imported later, use one thread each."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=_limit_threads) as process:
        yield process


def _days(model: Model, days: int) -> None:
    for _ in range(days):
        model.step()


def simulate(
    name: str, rule: Rule, citizens: int, days: int, prompt_chance: float, seed: int, least: float = LEAST_SECONDS
) -> Sample:
    """Return the time of some days of the rule with one peer, and its totals, over one or more runs.

    People are drawn, and the model is built, before the clock starts. ``wall`` and ``cpu`` are means over runs; the
    result is the :class:`Totals` of all runs. Each run has a seed of its own.
    """
    make = import_module(f".{PEERS[name].module}", __package__).Model
    people = draw_people(rule, citizens)
    runs = prompts = contributions = 0
    wall = cpu = 0.0
    while runs == 0 or (wall < least and runs < MOST_RUNS):
        model: Model = make(rule, people, prompt_chance, seed * MOST_RUNS + runs)
        sample = timed(lambda model=model: _days(model, days))
        wall, cpu, runs = wall + sample.wall, cpu + sample.cpu, runs + 1
        prompts, contributions = prompts + model.prompts, contributions + model.contributions
    return Sample(wall / runs, cpu / runs, Totals(runs * citizens * days, prompts, contributions))
