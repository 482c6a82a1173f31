"""Writing files so that nothing half-written can be taken for finished."""

from __future__ import annotations

import errno
import json
import os
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from entraide.model.errors import InputError, MachineError, UserFacingError, Words
from entraide.model.fault_words import NOT_WRITTEN_OVER

__all__ = [
    "make_folder",
    "make_new_folder",
    "read_json",
    "remove_unfinished",
    "storage_fault",
    "write_json",
    "write_text",
    "write_whole",
]

# What a file is called until all of it is written.
_UNFINISHED = ".part"
_ELSEWHERE: Words = {"en": "Choose another folder with --out", "fr": "Choisir un autre dossier avec --out"}
_GO_ON: Words = {
    "en": ". To go on with it: entraide resume", "fr": ". Pour poursuivre ce qui s'y trouve\u202f: entraide resume",
}  # fmt: skip
_MAKE_ROOM: Words = {
    "en": "Make room and go on with `entraide resume`, or choose another folder with --out",
    "fr": "Faire de la place et poursuivre avec `entraide resume`, ou choisir un autre dossier avec --out",
}
_OF_A_RUN: Words = {"en": "Is this the folder of a run?", "fr": "Est-ce le dossier d'une simulation\u202f?"}
_NEW_FOLDER: Words = {
    "en": "Run the scenario again into a new folder", "fr": "Simuler de nouveau le scénario dans un autre dossier",
}  # fmt: skip


def storage_fault(error: OSError, path: Path) -> UserFacingError:
    """Return the error that tells a user why a file or folder could not be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return MachineError(
            {"en": "the disk is full", "fr": "le disque est plein"},
            where=str(path),
            remedy=_MAKE_ROOM,
        )
    if error.errno == errno.EFBIG:
        return MachineError(
            "the file would be larger than the system allows",
            where=str(path),
            remedy="Raise the limit (ulimit -f) and go on with `entraide resume`, or choose another folder with --out",
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return InputError(
            {"en": "a file stands where a folder is needed", "fr": "un fichier se trouve là où il faut un dossier"},
            where=str(path),
            remedy=_ELSEWHERE,
        )
    reason = (error.strerror or str(error)).lower()
    return MachineError(
        {"en": f"cannot be written: {reason}", "fr": f"ne peut être écrit\u202f: {reason}"},
        where=str(path),
        remedy=_ELSEWHERE,
    )


def make_folder(path: Path) -> Path:
    """Make a folder, and those above it, where they are missing.

    Raises
    ------
    InputError : a file stands in the way.
    MachineError : it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_fault(error, path) from None
    return path


def make_new_folder(path: Path, resumed: bool = True) -> Path:
    """Make a folder in which nothing stands yet; ``resumed``: what is begun there can be gone on with.

    Raises
    ------
    InputError : it is not empty, or a file stands in the way.
    MachineError : it cannot be made.
    """
    if path.is_dir() and any(path.iterdir()):
        raise InputError(
            {"en": "the folder is not empty", "fr": "le dossier n'est pas vide"},
            where="--out",
            value=str(path),
            remedy={
                language: f"{text}{_GO_ON[language] if resumed else ''}" for language, text in NOT_WRITTEN_OVER.items()
            },
        )
    return make_folder(path)


def write_whole(path: Path, write: Callable[[Path], None]) -> Path:
    """Let ``write`` fill a temporary file, then give it its name in one step: a reader sees all of it or nothing.

    Raises
    ------
    MachineError : it cannot be written; nothing of it is left behind.
    """
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}{_UNFINISHED}")
    try:
        write(temporary)
        os.replace(temporary, path)
    except OSError as error:
        raise storage_fault(error, path) from None
    finally:
        temporary.unlink(missing_ok=True)
    return path


def remove_unfinished(folder: Path) -> None:
    """Remove the temporary files of a process that was killed while it wrote; none can be read.

    Raises
    ------
    MachineError : one cannot be removed.
    """
    for temporary in folder.rglob(f".*{_UNFINISHED}"):
        try:
            temporary.unlink(missing_ok=True)
        except OSError as error:
            raise storage_fault(error, temporary) from None


def write_json(path: Path, content: Mapping[str, Any]) -> Path:
    """Write a JSON document, keys in the order given; a number that is not finite is refused."""
    text = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    return write_text(path, text)


def write_text(path: Path, text: str) -> Path:
    """Write a text in UTF-8 with the line ends of this project.

    Raises
    ------
    MachineError : it cannot be written; nothing of it is left behind.
    """

    def write(target: Path) -> None:
        target.write_text(text, encoding="utf-8", newline="\n")

    return write_whole(path, write)


def read_json(path: Path) -> Any:
    """Read a JSON document.

    Raises
    ------
    InputError : it is missing or is not JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError({"en": "is missing", "fr": "manque"}, where=str(path), remedy=_OF_A_RUN) from None
    except (OSError, ValueError):
        raise InputError(
            {"en": "cannot be read", "fr": "ne peut être lu"}, where=str(path), remedy=_NEW_FOLDER
        ) from None
