"""How things are timed: arms taken in turn, medians over rounds, and ratios between arms of the same round.

A machine that others share is slow for minutes, then fast. Arms of one round meet about the same weather, so a ratio
within rounds says more than a quotient of two medians.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

__all__ = ["Sample", "cpu_seconds", "interleaved", "load_average", "machine", "median", "ratio", "timed"]

Arm = TypeVar("Arm", bound=Hashable)  # what an arm is known by


@dataclass(frozen=True)
class Sample:
    """One timed piece of work. Units: seconds; ``cpu`` counts all threads, and child processes that have ended."""

    wall: float
    cpu: float
    result: Any = None

    @property
    def cpu_over_wall(self) -> float:
        """Cores kept busy, on average."""
        return self.cpu / self.wall


def cpu_seconds() -> float:
    """Return the processor time used so far by this process and its ended children."""
    times = os.times()
    # The process's own clock is finer than the ticks of os.times, which matters for runs of a tenth of a second.
    return time.process_time() + times.children_user + times.children_system


def timed(work: Callable[[], Any]) -> Sample:
    """Run ``work`` once and return its times with its result; work that returns a sample has timed itself."""
    cpu, wall = cpu_seconds(), time.perf_counter()
    result = work()
    if isinstance(result, Sample):
        return result
    return Sample(time.perf_counter() - wall, cpu_seconds() - cpu, result)


def interleaved(arms: Mapping[Arm, Callable[[], Any]], rounds: int) -> dict[Arm, list[Sample]]:
    """Time every arm once per round, starting each round with another arm; return the samples in order of rounds."""
    names = list(arms)
    samples: dict[Arm, list[Sample]] = {name: [] for name in names}
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            samples[name].append(timed(arms[name]))
    return samples


def median(samples: Sequence[Sample], figure: str = "wall") -> float:
    """Return the median of a figure of the samples: "wall", "cpu" or "cpu_over_wall"."""
    return statistics.median(getattr(sample, figure) for sample in samples)


def ratio(slow: Sequence[Sample], fast: Sequence[Sample], figure: str = "wall") -> float:
    """Return the median over rounds of one arm's time over the other's, in the same round."""
    pairs = zip(slow, fast, strict=True)
    return statistics.median(getattr(one, figure) / getattr(other, figure) for one, other in pairs)


def load_average() -> tuple[float, ...] | None:
    """Return how many processes wanted a core over the last 1, 5 and 15 minutes; None where that is not told."""
    return tuple(round(load, 2) for load in os.getloadavg()) if hasattr(os, "getloadavg") else None


def _processor() -> str:
    """Return the model of the processor where the system tells it, its kind elsewhere."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return platform.machine()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.machine()


def _revision() -> str:
    """Return the revision of the sources, "unknown" outside a repository."""
    try:
        told = subprocess.run(
            ["git", "describe", "--always", "--dirty"],
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return told.stdout.strip()


def machine() -> dict[str, Any]:
    """Return what absolute figures depend on, without the names of people or folders."""
    packages = ("entraide", "numpy", "numba", "mesa", *(["polars"] if find_spec("polars") else []))
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "measured": date.today().isoformat(),
        "revision": _revision(),
        "python": platform.python_version(),
        **{package: version(package) for package in packages},
    }
