"""One writer at a time: who works on a store holds a lock that the system takes back when the process ends, however."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from entraide.model.errors import InputError

from ..files import make_folder, storage_fault
from ..provenance import utc_now

__all__ = ["locked"]


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder until the block ends.

    Raises
    ------
    InputError : another process holds it; says which one and since when.
    MachineError : the folder cannot be written.
    """
    path = folder / "lock"
    make_folder(folder)
    try:
        stream = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise storage_fault(error, path) from None
    with stream:
        if not _taken(stream):
            raise InputError(
                {
                    "en": "another process works in this folder: {}, since {}".format(*_holder(path)),
                    "fr": "un autre processus travaille dans ce dossier\u202f: {}, depuis {}".format(*_holder(path)),
                },
                where=str(folder),
                remedy={
                    "en": "Wait until it ends, or stop it and call `entraide resume`",
                    "fr": "Attendez qu'il finisse, ou arrêtez-le puis lancez `entraide resume`",
                },
            )
        try:
            stream.seek(0)
            stream.truncate()
            stream.write(json.dumps({"process": os.getpid(), "since": utc_now()}))
            stream.flush()
        except OSError as error:
            raise storage_fault(error, path) from None
        yield


def _holder(path: Path) -> tuple[str, str]:
    """Return the number of the process that holds the lock, and since when."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return str(held["process"]), str(held["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return "?", "?"


def _taken(stream: IO[str]) -> bool:
    """Take the lock; False where another process has it."""
    if os.name == "nt":
        import msvcrt

        try:
            # Beyond the text, which the other process may want to read.
            stream.seek(1 << 20)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
