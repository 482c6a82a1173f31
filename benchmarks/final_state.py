"""One number for everything that a run leaves: equal when, and only when, every byte of its state is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entraide.model.simulation import Simulation

__all__ = ["state_hash"]


def _arrays(simulation: Simulation) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield every array of the state, and those of its records, with a name."""
    yield "citizens", simulation.citizens
    yield "involvement", simulation.involvement
    yield "threshold", simulation.threshold
    yield from ((f"zone.{name}", array) for name, array in simulation.zone_state.items())
    for j, state in enumerate(simulation.kind_state):
        yield from ((f"kind.{j}.{name}", array) for name, array in state.items())
    for name, array in vars(simulation.records).items():
        if isinstance(array, np.ndarray):
            yield f"records.{name}", array
    for j, waiting in enumerate(simulation.awaiting):
        for k, columns in enumerate(waiting):
            yield from ((f"awaiting.{j}.{k}.{c}", column) for c, column in enumerate(columns))


def state_hash(simulation: Simulation) -> str:
    """Return the SHA-256, in hexadecimal, of the state and the records: names, types, shapes and bytes."""
    digest = hashlib.sha256()
    for name, array in _arrays(simulation):
        digest.update(f"{name} {array.dtype.str} {array.shape}\n".encode())
        digest.update(np.ascontiguousarray(array).reshape(-1).view(np.uint8).data)
    return digest.hexdigest()
