"""The notebooks of the package: which there are in a language, and how they are copied."""

from __future__ import annotations

from functools import partial
from importlib.resources import files
from pathlib import Path

from entraide.experiments.files import write_whole
from entraide.model.errors import InputError, MachineError, UserFacingError

__all__ = ["INDEX", "copy_notebooks", "notebook_files"]

# The page that lists the notebooks of a language.
INDEX = {"en": "README.md", "fr": "LISEZMOI.md"}
_NOTEBOOK, _FRENCH = ".ipynb", ".fr.ipynb"
_ELSEWHERE = {"en": "Choose another folder", "fr": "Choisissez un autre dossier"}


def notebook_files(language: str = "en") -> tuple[str, ...]:
    """Return the names of what is copied: notebooks in the language, English ones where there is none, what they read.

    Parameters
    ----------
    language : "en" or "fr".
    """
    names = sorted(entry.name for entry in files("entraide.notebooks").iterdir() if entry.is_file())
    french = {name[:2]: name for name in names if name.endswith(_FRENCH)}
    others = set(INDEX.values()) - {INDEX[language]}
    chosen = []
    for name in names:
        if name in others or name.startswith(("_", ".")):
            continue
        if name.endswith(_NOTEBOOK) and name.endswith(_FRENCH) != (language == "fr" and name[:2] in french):
            continue
        chosen.append(name)
    return tuple(chosen)


def copy_notebooks(folder: Path, language: str = "en", *, force: bool = False) -> tuple[Path, ...]:
    """Copy the notebooks into a folder, which is made where it is missing; return their places.

    Parameters
    ----------
    language : "en" or "fr".
    force : write over files of the same names.

    Raises
    ------
    InputError : a file stands where the folder is to be, or files of these names are there already.
    MachineError : the folder cannot be written.
    """
    names = notebook_files(language)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = [name for name in names if (folder / name).exists() or (folder / name).is_symlink()]
    except OSError as error:
        raise _fault(error, folder) from None
    if there and not force:
        raise InputError(
            {"en": "the folder holds such files already", "fr": "le dossier contient déjà de tels fichiers"},
            where=str(folder),
            value=", ".join(there[:3]) + (", ..." if len(there) > 3 else ""),
            remedy={
                "en": "Choose another folder, or add --force to write over them: what you wrote in them is then lost",
                "fr": "Choisissez un autre dossier, ou ajoutez --force pour les remplacer : ce que vous y avez écrit "
                "sera perdu",
            },
        )
    for name in names:
        content = (files("entraide.notebooks") / name).read_bytes()
        try:
            write_whole(folder / name, partial(_write, content))
        except MachineError as fault:
            # Its next step is that of a run (--out).
            raise (_fault(fault.__context__, folder) if isinstance(fault.__context__, OSError) else fault) from None
    return tuple(folder / name for name in names)


def _write(content: bytes, target: Path) -> None:
    target.write_bytes(content)


def _fault(error: OSError, folder: Path) -> UserFacingError:
    """Return the error that tells why a folder cannot be used."""
    if isinstance(error, (NotADirectoryError, FileExistsError)):
        what = {"en": "a file stands where a folder is needed", "fr": "un fichier occupe la place du dossier"}
        return InputError(what, where=str(folder), remedy=_ELSEWHERE)
    reason = (error.strerror or str(error)).lower()
    what = {"en": f"cannot be written: {reason}", "fr": f"impossible d'y écrire ({reason})"}
    return MachineError(what, where=str(folder), remedy=_ELSEWHERE)
