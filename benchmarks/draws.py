"""Random numbers that each phase draws, counted call by call: the model without compiling, a small territory.

Run as a program it counts and prints one line of JSON: ``python benchmarks/draws.py 3000 20``.
Every machine counts alike.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine import SEED, specification
from traffic import Traffic, watched

from entraide.model.random_numbers import philox
from entraide.model.simulation import Simulation

__all__ = ["draws_by_phase"]


def draws_by_phase(inhabitants: int, days: int) -> dict[str, Any]:
    """Return, by phase, the random numbers drawn in a run without compiling, in a process of its own."""
    command = [sys.executable, str(Path(__file__).resolve()), str(inhabitants), str(days)]
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    finished = subprocess.run(
        command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=True, env=environment
    )
    counted: dict[str, Any] = json.loads(finished.stdout)
    return counted


class _Calls:
    """Counts the calls of the hash, by phase."""

    def __init__(self) -> None:
        self.drawn, self._before = 0, 0
        self.by_phase: dict[str, int] = {}

    def count(self, hash_of: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same and counts."""

        def counted(*arguments: Any) -> Any:
            self.drawn += 1
            return hash_of(*arguments)

        return counted

    def before(self, name: str, simulation: Simulation) -> None:
        self._before = self.drawn

    def after(self, name: str, simulation: Simulation) -> None:
        self.by_phase[name] = self.by_phase.get(name, 0) + self.drawn - self._before


def _count(inhabitants: int, days: int) -> dict[str, Any]:
    what = specification(inhabitants, days)
    simulation = Simulation(what, seed=SEED)
    calls, traffic = _Calls(), Traffic()
    counting = calls.count(philox)
    for name, module in list(sys.modules.items()):
        if name.startswith("entraide.model") and getattr(module, "philox", None) is philox:
            vars(module)["philox"] = counting
    with watched(calls), watched(traffic):
        simulation.run()
    return {
        "inhabitants": what.territory.inhabitants,
        "zones": what.territory.zones,
        "days": days,
        "called": calls.by_phase,
        "by_rule": {name: touched.draws + touched.swept for name, touched in traffic.touched.items()},
    }


if __name__ == "__main__":
    print(json.dumps(_count(int(sys.argv[1]), int(sys.argv[2]))))
