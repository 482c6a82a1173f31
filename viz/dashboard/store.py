"""What was computed, kept as long as there is room: by what was asked, never by who asked."""

from __future__ import annotations

import sys
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import numpy as np

__all__ = ["Store", "size_in_bytes"]


@dataclass
class _Entry:
    value: Any
    size: int
    held_by: str


class Store:
    """Answers by key, the one used longest ago let go first; safe between threads.

    An answer is a pure function of its key, so whoever asks the same is given the same. Whose request put it there, or
    used it last, counts for nothing but room: nobody fills the store with their own.

    Parameters
    ----------
    most : entries.
    most_bytes, most_bytes_each : of all, and of what one person used last.
    """

    def __init__(self, most: int = 200, most_bytes: int = 1_000_000_000, most_bytes_each: int = 300_000_000) -> None:
        self.most, self.most_bytes, self.most_bytes_each = most, most_bytes, most_bytes_each
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def bytes(self) -> int:
        """Return the bytes that all entries take."""
        with self._lock:
            return sum(entry.size for entry in self._entries.values())

    def bytes_of(self, person: str) -> int:
        """Return the bytes of what a person used last."""
        with self._lock:
            return self._bytes_of(person)

    def get(self, key: str, person: str = "") -> Any:
        """Return an answer, None where it is not held (any more)."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            self._entries.move_to_end(key)
            if person:
                entry.held_by = person
            return entry.value

    def put(self, key: str, value: Any, person: str = "") -> None:
        """Hold an answer; one that is larger than a person's room is not held."""
        size = size_in_bytes(value)
        with self._lock:
            self._entries.pop(key, None)
            if size > min(self.most_bytes, self.most_bytes_each):
                return
            self._entries[key] = _Entry(value, size, person)
            while self._bytes_of(person) > self.most_bytes_each:
                self._let_go(person)
            while len(self._entries) > self.most or sum(each.size for each in self._entries.values()) > self.most_bytes:
                self._let_go(self._largest_holder())

    def leave(self, person: str) -> None:
        """Forget who used what: of somebody who left, entries are the first to be let go."""
        with self._lock:
            for key in [key for key, entry in self._entries.items() if entry.held_by == person]:
                self._entries[key].held_by = ""
                self._entries.move_to_end(key, last=False)

    def _bytes_of(self, person: str) -> int:
        return sum(entry.size for entry in self._entries.values() if entry.held_by == person)

    def _largest_holder(self) -> str:
        held: dict[str, int] = {}
        for entry in self._entries.values():
            held[entry.held_by] = held.get(entry.held_by, 0) + entry.size
        return "" if "" in held else max(held, key=lambda person: held[person])

    def _let_go(self, person: str) -> None:
        del self._entries[next(key for key, entry in self._entries.items() if entry.held_by == person)]


def size_in_bytes(value: Any, seen: set[int] | None = None) -> int:
    """Return roughly what a value takes in memory: its arrays, texts and containers, each counted once."""
    seen = set() if seen is None else seen
    if id(value) in seen:
        return 0
    seen.add(id(value))
    if isinstance(value, np.ndarray):
        return int(value.nbytes) + 100
    size = sys.getsizeof(value, 64)
    if isinstance(value, Mapping):
        return size + sum(size_in_bytes(key, seen) + size_in_bytes(each, seen) for key, each in value.items())
    if isinstance(value, (list, tuple, set, frozenset)):
        return size + sum(size_in_bytes(each, seen) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return size + sum(size_in_bytes(getattr(value, field.name), seen) for field in fields(value))
    return size
