"""Bytes of state per citizen: what the registry says, what numpy allocates, what the process grows by.

Run as a program it measures itself, in a process of its own, and prints one line of JSON.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import Any

from engine import one_replicate, specification, warm_up
from measurement import load_average

from entraide.model.memory import bytes_per_citizen
from entraide.model.simulation import Simulation
from entraide.model.specification import Specification

__all__ = ["Growth", "bytes_measured", "resident_bytes"]

DAYS = 30


def resident_bytes() -> int | None:
    """Return the memory that this process holds now, or None where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return None
    return pages * int(os.sysconf("SC_PAGE_SIZE"))


class Growth:
    """By how much the process grows, at most: told from one day to the next. Units: bytes."""

    def __init__(self) -> None:
        gc.collect()
        self._before = resident_bytes()
        self._largest = self._before or 0

    def look(self, day: int) -> None:
        """Look at the process at the end of a day."""
        self._largest = max(self._largest, resident_bytes() or 0)

    @property
    def largest(self) -> int | None:
        """The largest growth seen; None where the system does not tell."""
        return None if self._before is None else self._largest - self._before


def _allocated(what: Specification) -> tuple[int, int]:
    """Return the bytes that Python and numpy hold for a drawn population, and the most held while it runs."""
    tracemalloc.start()
    try:
        simulation = Simulation(what)
        held, _ = tracemalloc.get_traced_memory()
        simulation.run()
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return held, most


def _measure(size: int, services: int) -> dict[str, Any]:
    what = specification(size, DAYS, services)
    warm_up()
    one_replicate(specification(5_000, DAYS, services))
    people = what.territory.inhabitants
    growth = Growth()
    one_replicate(what, progress=growth.look)
    held, most = _allocated(what)
    return {
        "inhabitants": people,
        "services": services,
        "registry": bytes_per_citizen(services),
        "allocated": held / people,
        "allocated_at_most": most / people,
        "resident_at_most": None if growth.largest is None else growth.largest / people,
    }


def bytes_measured(size: int) -> dict[str, Any]:
    """Return bytes per citizen with one and with two services, each measured in a fresh process."""
    rows = []
    for services in (1, 2):
        command = [sys.executable, str(Path(__file__).resolve()), str(size), str(services)]
        finished = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=True)
        rows.append(json.loads(finished.stdout))
    return {
        "rows": rows,
        "each_further_service": {name: rows[1][name] - rows[0][name] for name in ("registry", "allocated")},
        "load_average": load_average(),
    }


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]), int(sys.argv[2]))))
