"""Reads a scenario file: finds it, parses it, brings it to the current version and lays it over its base."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from entraide.model.errors import InputError, Words, nearest_name
from entraide.model.fault_words import NO_WHOLE_NUMBER

from .schema import CURRENT_SCHEMA_VERSION
from .validation import validate_tables

__all__ = [
    "FILES_FOLDER",
    "MIGRATIONS",
    "Migration",
    "ReadScenario",
    "find",
    "migrate",
    "read_scenario",
    "shipped_names",
]

FILES_FOLDER = Path(__file__).resolve().parent / "files"

Tables = dict[str, Any]
Migration = Callable[[Tables], Tables]
# MIGRATIONS[n] turns the tables of a file of version n into tables of version n + 1.
MIGRATIONS: Mapping[int, Migration] = {}
_LISTED: Words = {
    "en": "`entraide scenarios list` names those of the package",
    "fr": "`entraide scenarios list --lang fr` nomme ceux du paquet",
}
_WRITTEN: Words = {
    "en": "Scenarios are written in TOML (key = value, text between quotation marks), not in YAML or JSON: "
    "`entraide scenarios new NAME` writes one to begin with",
    "fr": "Un scénario s'écrit en TOML (clé = valeur, le texte entre guillemets droits), non en YAML ni en JSON\u202f: "
    "`entraide scenarios new NOM` en écrit un pour commencer",
}
_AS_UTF_8: Words = {
    "en": "Save the file with the encoding UTF-8", "fr": "Enregistrer le fichier dans l'encodage UTF-8",
}  # fmt: skip


@dataclass(frozen=True)
class ReadScenario:
    """What a file and its bases say together.

    Attributes
    ----------
    path : the file.
    label : the file as messages name it.
    tables : merged tables, without ``base``.
    territory_folder : folder of the file that holds the territory in force; its paths are relative to it.
    card_territory : the territory table, with its folder, that the title was written for, where a file replaces the
        territory of its base but not the title; else None.
    """

    path: Path
    label: str
    tables: Mapping[str, Any]
    territory_folder: Path
    card_territory: tuple[Mapping[str, Any], Path] | None = None


def shipped_names() -> tuple[str, ...]:
    """Return the names of the scenarios that come with the package, in alphabetical order."""
    return tuple(sorted(path.stem for path in FILES_FOLDER.glob("*.toml")))


def find(name_or_path: str | os.PathLike[str]) -> Path:
    """Return the file of a scenario.

    Parameters
    ----------
    name_or_path : the name of a scenario of the package, or a path to a TOML file.

    Raises
    ------
    InputError : no such scenario; says the nearest name.
    """
    text = os.fspath(name_or_path)
    names = shipped_names()
    if text in names:
        return FILES_FOLDER / f"{text}.toml"
    if not text.strip():
        raise InputError(
            {"en": "the name of the scenario is empty", "fr": "le nom du scénario est vide"},
            allowed=_names_or_file(names),
        )
    path = Path(text).expanduser()
    if path.is_file():
        return path
    if path.is_dir():
        raise InputError(
            {"en": "is a folder, not a scenario file", "fr": "est un dossier, non un fichier de scénario"},
            where=text,
            remedy=_LISTED,
        )
    if path.suffix == ".toml" or len(path.parts) > 1:
        raise InputError(
            {"en": "no such scenario file", "fr": "il n'y a pas de tel fichier de scénario"},
            value=text,
            nearest=nearest_name(path.stem, names),
            remedy=_LISTED,
        )
    raise InputError(
        {"en": "unknown scenario", "fr": "scénario inconnu"},
        value=text,
        allowed=_names_or_file(names),
        nearest=nearest_name(text, names),
    )


def _names_or_file(names: Sequence[str]) -> Words:
    listed = ", ".join(names)
    return {"en": f"{listed}, or a path to a .toml file", "fr": f"{listed}, ou le chemin d'un fichier .toml"}


def read_scenario(name_or_path: str | os.PathLike[str]) -> ReadScenario:
    """Read a scenario with its bases and check its shape.

    Raises
    ------
    InputError : the file cannot be found or read, is not TOML, has no or an unknown version, an unknown base, a
        base that leads back to itself, or a fault of shape.
    """
    return _read(find(name_or_path), ())


def migrate(
    tables: Tables,
    version: int,
    migrations: Mapping[int, Migration] = MIGRATIONS,
    current: int = CURRENT_SCHEMA_VERSION,
) -> Tables:
    """Return tables of an older version as tables of the current one, step by step."""
    for step in range(version, current):
        tables = {**migrations[step](tables), "schema_version": step + 1}
    return tables


def _read(path: Path, below: tuple[Path, ...]) -> ReadScenario:
    """Read one file; ``below`` are the files that are based on it, the user's own first."""
    label = path.name if path.parent == FILES_FOLDER else str(path)
    trail = (*below, path.resolve())
    if path.resolve() in below:
        chain = " -> ".join(step.name for step in trail)
        what = {"en": "the base leads back to the file itself", "fr": "la base ramène au fichier lui-même"}
        raise InputError(what, where=f"{label}: base", value=chain)
    tables = _parse(path, label)
    tables = migrate(tables, _version(tables, label))
    folder = path.resolve().parent
    base = tables.pop("base", None)
    card_territory = None
    if base is not None:
        foundation = _read(_find_base(base, folder, label), trail)
        if not _titled(tables):
            card_territory = foundation.card_territory
            if card_territory is None and "territory" in tables:
                card_territory = (foundation.tables["territory"], foundation.territory_folder)
        if "territory" not in tables:
            folder = foundation.territory_folder
        tables = _lay_over(foundation.tables, tables)
    validate_tables(tables, label)
    return ReadScenario(path, label, tables, folder, card_territory)


def _titled(tables: Mapping[str, Any]) -> bool:
    """Tell whether a file, not validated yet, has a title of its own in some language."""
    card = tables.get("card")
    return isinstance(card, Mapping) and any(isinstance(own, Mapping) and "title" in own for own in card.values())


def _parse(path: Path, label: str) -> Tables:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            {"en": f"is not valid TOML: {error}", "fr": f"n'est pas du TOML valide\u202f: {error}"},
            where=label,
            remedy=_WRITTEN,
        ) from None
    except UnicodeDecodeError as error:
        raise InputError(
            {
                "en": f"is not UTF-8 text (byte {error.start})",
                "fr": f"n'est pas du texte en UTF-8 (octet {error.start})",
            },
            where=label,
            remedy=_AS_UTF_8,
        ) from None
    except OSError as error:
        raise InputError(
            {"en": f"cannot be read: {error.strerror}", "fr": f"ne peut être lu\u202f: {error.strerror}"}, where=label
        ) from None


def _version(tables: Tables, label: str) -> int:
    """Return the version that a file declares."""
    where = f"{label}: schema_version"
    if "schema_version" not in tables:
        begin = {
            "en": f"Begin the file with schema_version = {CURRENT_SCHEMA_VERSION}",
            "fr": f"Commencer le fichier par schema_version = {CURRENT_SCHEMA_VERSION}",
        }
        what = {"en": "schema_version is missing", "fr": "schema_version manque"}
        raise InputError(what, where=label, remedy=begin)
    version = tables["schema_version"]
    allowed = ", ".join(str(number) for number in range(1, CURRENT_SCHEMA_VERSION + 1))
    if isinstance(version, bool) or not isinstance(version, int):
        raise InputError(NO_WHOLE_NUMBER, where=where, value=version, allowed=allowed)
    unknown = {"en": "unknown schema version", "fr": "version de schéma inconnue"}
    if version > CURRENT_SCHEMA_VERSION:
        newer = {
            "en": "The file was written for a newer entraide: install it, or lower the version by hand",
            "fr": "Le fichier a été écrit pour un entraide plus récent\u202f: l'installer, ou baisser la version à la "
            "main",
        }
        raise InputError(unknown, where=where, value=version, allowed=allowed, remedy=newer)
    if version < 1:
        raise InputError(unknown, where=where, value=version, allowed=allowed)
    return version


def _find_base(base: object, folder: Path, label: str) -> Path:
    where = f"{label}: base"
    if not isinstance(base, str) or not base.strip():
        what = {
            "en": "must be text: the name of a scenario or a path",
            "fr": "doit être un texte\u202f: le nom d'un scénario ou un chemin",
        }
        raise InputError(what, where=where, value=base)
    names = shipped_names()
    if base in names:
        return FILES_FOLDER / f"{base}.toml"
    path = folder / Path(base).expanduser()
    if path.suffix == ".toml" and path.is_file():
        return path
    raise InputError(
        {"en": "unknown base", "fr": "base inconnue"},
        where=where,
        value=base,
        allowed={
            "en": f"{', '.join(names)}, or a .toml file relative to this one",
            "fr": f"{', '.join(names)}, ou un fichier .toml, dont le chemin part de celui-ci",
        },
        nearest=nearest_name(Path(base).stem, names),
    )


def _lay_over(foundation: Mapping[str, Any], patch: Mapping[str, Any], at_top: bool = True) -> Tables:
    """Return ``foundation`` changed by ``patch``: tables merge, all else is replaced.

    A territory is replaced as a whole: a file of zones must not meet the base's commune codes.
    """
    merged = dict(foundation)
    for key, value in patch.items():
        below = merged.get(key)
        if isinstance(below, Mapping) and isinstance(value, Mapping) and not (at_top and key == "territory"):
            merged[key] = _lay_over(below, value, at_top=False)
        else:
            merged[key] = value
    return merged
