"""What the machine can do at most: bytes moved, hashes and logistics computed, cache lines fetched from afar.

Work may be held up by any of these: a triad over arrays far larger than the last cache (McCalpin's STREAM), the
engine's own hash and logistic on data that never leave the first cache, and lines of memory read in ascending order at
places that no prefetcher guesses, which is how people who are looked at lie among those who are not. Lines waited for
one after the other are no limit of the machine, but what code gets that does not know its next place early enough.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np
from measurement import timed
from numpy.typing import NDArray

from entraide.model.arithmetic import logistic
from entraide.model.compilation import kernel
from entraide.model.random_numbers import philox

__all__ = ["LIMITS", "LINE", "last_level_cache", "machine_limits"]

# Bytes of a cache line.
LINE = 64
BLOCK = 1024
# What each limit is counted in, per second.
LIMITS = {
    "bandwidth": "bytes of a triad",
    "hash": "hashes compared with 16 bits",
    "hash and logistic": "hashes compared with a logistic",
    "lines": "cache lines, far apart",
    "lines in turn": "the same, each waited for before the next",
}
# STREAM asks for four times the last cache; this many times, over three arrays.
_TIMES_CACHE = 12
_CACHE_WHERE_NOT_TOLD = 32 << 20
# Citizens between two who are looked at in a day, about: 750 records of 35 bytes.
_GAP_LINES = 400
_PASSES = 20
_REPEATS = 8_000


@kernel
def triad(result, left, right, factor):
    """Set ``result`` to left + factor x right; float64 arrays of one length. 24 bytes an element."""
    for i in range(result.shape[0]):
        result[i] = left[i] + factor * right[i]


@kernel
def hash_and_compare(ceilings, repeats, day, key):
    """Hash and compare with each of 1,024 ceilings (uint16), some times over; return how many lay under."""
    hit = np.empty(ceilings.shape[0], np.uint8)
    count = 0
    high = np.uint32(day)
    for block in range(repeats):
        base = np.uint32(block * ceilings.shape[0])
        for k in range(ceilings.shape[0]):
            word, _ = philox(base + np.uint32(k), high, key)
            hit[k] = (word >> np.uint32(16)) < ceilings[k]
        for k in range(ceilings.shape[0]):
            count += hit[k]
    return count


@kernel
def hash_and_logistic(utilities, repeats, day, key):
    """Hash and compare with the logistic of each of 1,024 utilities (float64); return how many lay under."""
    count = 0
    high = np.uint32(day)
    for block in range(repeats):
        base = np.uint32(block * utilities.shape[0])
        for k in range(utilities.shape[0]):
            word, _ = philox(base + np.uint32(k), high, key)
            count += float(word) * 2.3283064365386963e-10 < logistic(utilities[k])
    return count


@kernel
def fetch_lines(memory, places):
    """Return the sum of one byte of each line named; ``memory`` uint8[lines, 64], ``places`` int64, ascending."""
    total = 0
    for c in range(places.shape[0]):
        total += memory[places[c], 0]
    return total


@kernel
def fetch_in_turn(memory, places):
    """Do the same, but that each place is known only once the line before it has come; ``memory`` holds ones."""
    total = 0
    ahead = 0
    for c in range(places.shape[0]):
        value = np.int64(memory[places[c] + ahead, 0])
        ahead = value - 1
        total += value
    return total


def last_level_cache() -> int:
    """Return the bytes of the largest cache, as far as the system tells."""
    names = [name for name in getattr(os, "sysconf_names", ()) if name.endswith("CACHE_SIZE")]
    return max([int(os.sysconf(name)) for name in names] or [0]) or _CACHE_WHERE_NOT_TOLD


def _rate(work: Callable[[int], Any], amount: float, threads: int) -> float:
    """Return the amount per second that some threads do together, each its share of ``work``.

    One thread is timed by its processor time, so that other work on the machine does not count.
    """
    if threads == 1:
        return amount / timed(partial(work, 0)).cpu
    with ThreadPoolExecutor(threads) as workers:
        list(workers.map(abs, range(threads)))
        return amount * threads / timed(lambda: list(workers.map(work, range(threads)))).wall


class _Materials:
    """The arrays that the loops run over; touched once, so that no page is new when time is taken."""

    def __init__(self, cache: int, repeats: int, threads: int) -> None:
        rng = np.random.default_rng(1)
        elements = cache * _TIMES_CACHE // 24
        self.bytes, self.repeats, self.threads = elements * 24, repeats, threads
        self.left, self.right, self.result = (np.full(elements, value) for value in (1.0, 2.0, 0.0))
        self.ceilings = rng.integers(0, 200, BLOCK).astype(np.uint16)
        self.utilities = rng.normal(-2.0, 1.0, BLOCK)
        self.memory = np.ones((cache * _TIMES_CACHE // LINE, LINE), np.uint8)
        self._rng = rng

    def share(self, array: NDArray[Any], thread: int, threads: int) -> NDArray[Any]:
        """Return the part of an array that one of some threads works on."""
        size = len(array) // threads
        return array[thread * size : (thread + 1) * size]

    def places(self) -> NDArray[np.int64]:
        """Return new places in one thread's share of the lines, so that no line was fetched just before."""
        lines = len(self.memory) // self.threads
        passes = [np.cumsum(self._rng.integers(1, 2 * _GAP_LINES, lines // _GAP_LINES)) for _ in range(_PASSES)]
        return np.concatenate([places[places < lines] for places in passes])


def _mean_length(arrays: Sequence[NDArray[Any]]) -> float:
    return sum(map(len, arrays)) / len(arrays)


def _rates(materials: _Materials, threads: int) -> dict[str, float]:
    """Return every limit, measured once on some threads."""
    own = partial(materials.share, threads=threads)

    def move(thread: int) -> None:
        triad(own(materials.result, thread), own(materials.left, thread), own(materials.right, thread), 3.0)

    def fetch(thread: int, how: Callable[..., int], places: list[NDArray[np.int64]]) -> None:
        how(materials.share(materials.memory, thread, materials.threads), places[thread])

    decided = BLOCK * materials.repeats
    key = np.uint32(12345)
    places, others = ([materials.places() for _ in range(threads)] for _ in range(2))
    return {
        "bandwidth": _rate(move, materials.bytes / threads, threads),
        "hash": _rate(lambda t: hash_and_compare(materials.ceilings, materials.repeats, t, key), decided, threads),
        "hash and logistic": _rate(
            lambda t: hash_and_logistic(materials.utilities, materials.repeats, t, key), decided, threads
        ),
        "lines": _rate(partial(fetch, how=fetch_lines, places=places), _mean_length(places), threads),
        "lines in turn": _rate(partial(fetch, how=fetch_in_turn, places=others), _mean_length(others), threads),
    }


def machine_limits(threads: tuple[int, ...], rounds: int, cache: int | None = None) -> dict[int, dict[str, float]]:
    """Return, for each number of threads, the most per second of each limit over some rounds.

    The most, not the median: a limit is what the machine can do when nothing else runs.
    """
    materials = _Materials(cache or last_level_cache(), _REPEATS if cache is None else _REPEATS // 100, max(threads))
    for number in threads:
        _rates(materials, number)
    measured: dict[int, list[dict[str, float]]] = {number: [] for number in threads}
    for _ in range(rounds):
        for number in threads:
            measured[number].append(_rates(materials, number))
    return {number: {name: max(row[name] for row in rows) for name in LIMITS} for number, rows in measured.items()}
