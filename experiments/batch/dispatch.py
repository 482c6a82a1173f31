"""Which runs are still to be made, and how they are handed out: in chunks, and more carefully after a worker died."""

from __future__ import annotations

import math
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .one_run import Order
from .settings import Settings

__all__ = ["MOST_ATTEMPTS", "Chunk", "Dispatch"]

# A run whose worker died is tried again twice, the last time with no other run beside it.
MOST_ATTEMPTS = 3
# Seconds of work in a chunk: at least, and where there is plenty left.
LEAST_SECONDS, USUAL_SECONDS = 0.5, 2.0
MOST_RUNS_OF_A_CHUNK = 500


@dataclass(frozen=True)
class Chunk:
    """Some runs of one scenario.

    Attributes
    ----------
    codes : setting x replicates + replicate of each run, in order.
    alone : no other chunk may be at work beside it.
    """

    codes: tuple[int, ...]
    alone: bool = False


class Dispatch:
    """Hands out the runs that are not done.

    Parameters
    ----------
    done : bool[settings x replicates], changed as runs are handed out; settings like an earlier one count as done.
    """

    def __init__(self, settings: Settings, replicates: int, done: NDArray[np.bool_]) -> None:
        self.settings, self.replicates, self._taken = settings, replicates, done
        self.total = int((~done).sum())
        self.left = self.total
        self._next = 0
        self._again: deque[Chunk] = deque()
        self._alone: deque[Chunk] = deque()
        self._attempts: Counter[int] = Counter()
        self._seconds = math.nan

    def scenario_of(self, code: int) -> int:
        """Return the place of a run's scenario."""
        return code // self.replicates // len(self.settings.points)

    def firsts(self) -> Iterator[Chunk]:
        """Yield the first run of each scenario: what it compiles, workers then find compiled."""
        size = len(self.settings.points) * self.replicates
        for scenario in range(len(self.settings.scenarios)):
            open_runs = np.flatnonzero(~self._taken[scenario * size : (scenario + 1) * size])
            if len(open_runs):
                yield self._take((int(open_runs[0]) + scenario * size,))

    def next(self, workers: int, at_work: int) -> Chunk | None:
        """Return the next chunk; None where there is none, or while others are at work beside which it may not be."""
        if self._again:
            return self._again.popleft()
        codes = self._open(self._size(workers))
        if codes:
            return self._take(codes)
        if self._alone and at_work == 0:
            return self._alone.popleft()
        return None

    def heard(self, runs: int, seconds: float) -> None:
        """Hear how long a chunk took: the next ones are sized by it."""
        self.left -= runs
        each = seconds / max(1, runs)
        self._seconds = each if math.isnan(self._seconds) else 0.7 * self._seconds + 0.3 * each

    def died(self, chunk: Chunk) -> tuple[int, ...]:
        """Hear that a worker died at a chunk; return the runs that are given up, the others are handed out again."""
        given_up = []
        for code in chunk.codes:
            self._attempts[code] += 1
            if self._attempts[code] >= MOST_ATTEMPTS:
                given_up.append(code)
            elif self._attempts[code] == MOST_ATTEMPTS - 1:
                # Whatever dies now is at fault itself.
                self._alone.append(Chunk((code,), alone=True))
            else:
                self._again.append(Chunk((code,)))
        self.left -= len(given_up)
        return tuple(given_up)

    def orders(self, chunk: Chunk) -> list[Order]:
        """Return what a worker is told, one order for each setting."""
        found: dict[int, list[int]] = {}
        for code in chunk.codes:
            found.setdefault(code // self.replicates, []).append(code % self.replicates)
        return [Order(number, self.settings[number].changes, tuple(own)) for number, own in found.items()]

    def _size(self, workers: int) -> int:
        """Return how many runs make a chunk: half a second at least, and shorter ones near the end."""
        if math.isnan(self._seconds):
            return 1
        each = max(self._seconds, 1e-4)
        share = self.left // (4 * workers)
        size = max(math.ceil(LEAST_SECONDS / each), min(math.ceil(USUAL_SECONDS / each), share))
        return min(MOST_RUNS_OF_A_CHUNK, size)

    def _open(self, size: int) -> tuple[int, ...]:
        """Return the next runs of one scenario that nobody took yet."""
        codes: list[int] = []
        while self._next < len(self._taken) and len(codes) < size:
            ahead = np.flatnonzero(~self._taken[self._next : self._next + 4096])
            for code in (ahead + self._next).tolist():
                if (codes and self.scenario_of(code) != self.scenario_of(codes[0])) or len(codes) == size:
                    return tuple(codes)
                codes.append(code)
                self._next = code + 1
            if not len(ahead):
                self._next += 4096
        return tuple(codes)

    def _take(self, codes: tuple[int, ...]) -> Chunk:
        self._taken[list(codes)] = True
        return Chunk(codes)
