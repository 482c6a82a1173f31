"""Live some small worlds with whatever engine is on the path, and say whether it is the twin's life.

    python -m twins.judge DAYS CITIZENS WORLD ...

CITIZENS is the size of a chunk, so that small worlds have several. Prints the engine's file, then for each world
``WORLD agrees DIGEST`` or ``WORLD differs: ...``. Exit code 0 when all agree, 3 when one differs.
"""

from __future__ import annotations

import hashlib
import sys

from small_worlds import WORLDS

from entraide.model import simulation

from .compare import live_together

__all__ = ["digest", "main"]


def digest(engine: simulation.Simulation) -> str:
    """Return a fingerprint of all that a simulation holds."""
    parts = [engine.citizens, engine.involvement, engine.threshold, engine.records.daily, engine.records.zone_year]
    parts += [*engine.zone_state.values(), *(column for kind in engine.kind_state for column in kind.values())]
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part.tobytes())
    return whole.hexdigest()[:16]


def main(arguments: list[str]) -> int:
    """Judge the worlds named; see the module."""
    print(simulation.__file__)
    days, names = int(arguments[0]), arguments[2:]
    simulation.CHUNK = int(arguments[1])
    worst = 0
    for name in names:
        found, engine, _ = live_together(WORLDS[name](), 1, days)
        if found:
            worst = 3
        print(f"{name} differs: {'; '.join(found[:4])}" if found else f"{name} agrees {digest(engine)}")
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
