"""Parts of a territory that are worked on side by side: which zones, and when it pays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["ChunkWork", "chunk_zones", "worth_workers"]

# People listed from which on workers pay (decision 14): to wake them, and, for each chunk, to call a kernel while
# another thread holds Python's lock.
_WORTH_WORKERS = 2_500
_WORTH_WORKERS_PER_CHUNK = 80


@dataclass(frozen=True)
class ChunkWork:
    """A day's phase whose people meet nobody of another chunk.

    Attributes
    ----------
    of_chunk : does it in one chunk; chunks may be worked on side by side.
    of_all : is given what ``of_chunk`` returned for every chunk, in order.
    listed : tells how many people ``of_chunk`` looks at, over all chunks; None: everybody.
    """

    of_chunk: Callable[[int], Any]
    of_all: Callable[[list[Any]], None]
    listed: Callable[[], int | None] = lambda: None


def chunk_zones(population: NDArray[np.int64], size: int) -> list[tuple[int, int]]:
    """Return ranges of zones, the second number not included, with about ``size`` citizens each.

    Shapes: ``population`` int64[zones], inhabitants.
    """
    chunks, first, people = [], 0, 0
    for z, inhabitants in enumerate(population):
        people += int(inhabitants)
        if people >= size:
            chunks.append((first, z + 1))
            first, people = z + 1, 0
    if first < len(population):
        chunks.append((first, len(population)))
    return chunks


def worth_workers(listed: int | None, chunks: int) -> bool:
    """Tell whether workers pay for so many people listed over all chunks; None: everybody is looked at."""
    return chunks > 1 and (listed is None or listed >= _WORTH_WORKERS + _WORTH_WORKERS_PER_CHUNK * chunks)
