"""Arrays of a snapshot, read from its file straight into their place.

The file is NumPy's: a zip archive of ``.npy`` members that are not compressed, so that a state of several gigabytes is
never held twice. What is read is checked against the archive's checksums.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["NOT_READABLE", "SnapshotArchive", "WatchedFile"]

# What reading a file that is no snapshot, or a damaged one, can raise.
NOT_READABLE = (
    OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, zipfile.BadZipFile,
)  # fmt: skip

_PIECE = 4 * 1024 * 1024


class WatchedFile(io.FileIO):
    """A file to be written that asks before each piece whether to go on.

    Parameters
    ----------
    look : called before each piece; what it raises ends the writing.
    """

    def __init__(self, path: Path, look: Callable[[], None] | None = None) -> None:
        super().__init__(path, "wb")
        self._look = look

    def write(self, piece: Any) -> int:
        """Write the whole of a piece; return its bytes."""
        if self._look is not None:
            self._look()
        left = memoryview(piece).cast("B")
        size = len(left)
        # A system writes at most 2 GB at once, and less where a disk is nearly full.
        while left:
            left = left[super().write(left) or 0 :]
        return size


class SnapshotArchive:
    """The arrays of a file, by name; to be used in a ``with`` block.

    Raises
    ------
    one of NOT_READABLE : from every method too, where the file is damaged or is none.
    """

    def __init__(self, path: Path) -> None:
        self._archive = zipfile.ZipFile(path)
        self.names = frozenset(name.removesuffix(".npy") for name in self._archive.namelist())

    def __enter__(self) -> SnapshotArchive:
        return self

    def __exit__(self, *fault: object) -> None:
        self._archive.close()

    def read(self, name: str) -> NDArray[Any]:
        """Return an array in memory of its own."""
        with self._archive.open(f"{name}.npy") as stream:
            array: NDArray[Any] = np.lib.format.read_array(stream, allow_pickle=False)
            _check_ended(stream)
        return array

    def shape(self, name: str) -> tuple[int, ...]:
        """Return the shape of an array without reading it."""
        with self._archive.open(f"{name}.npy") as stream:
            return _header(stream)[0]

    def read_into(self, name: str, target: NDArray[Any]) -> None:
        """Fill an array of the same shape and type."""
        with self._archive.open(f"{name}.npy") as stream:
            shape, kind = _header(stream)
            if shape != target.shape or kind != target.dtype or not target.flags.c_contiguous:
                raise ValueError(f"{name} is {kind}{shape}, not {target.dtype}{target.shape}")
            room = target.reshape(-1).view(np.uint8).data
            for start in range(0, len(room), _PIECE):
                piece = room[start : start + _PIECE]
                if stream.readinto(piece) != len(piece):  # type: ignore[attr-defined]
                    raise EOFError(name)
            _check_ended(stream)


def _header(stream: IO[bytes]) -> tuple[tuple[int, ...], np.dtype[Any]]:
    """Return the shape and type that follow in a member."""
    version = np.lib.format.read_magic(stream)
    read = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}[version]
    shape, by_column, kind = read(stream)
    if (by_column and len(shape) > 1) or kind.hasobject:
        raise ValueError("not written by a snapshot")
    return shape, kind


def _check_ended(stream: IO[bytes]) -> None:
    """Refuse a member that is longer than its array; reading to its end is what checks its sum."""
    if stream.read(1):
        raise ValueError("longer than its array")
