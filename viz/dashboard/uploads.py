"""Files that a reader brings along: looked at, kept in a folder of their own, gone with the page.

Nothing in a file is ever carried out, no archive is opened, and no name in it is taken for a path: a scenario may name
scenarios of the package and the zone file that was brought along, nothing else.
"""

from __future__ import annotations

import json
import re
import tempfile
import tomllib
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from entraide.experiments.evidence.own_data import OwnData, read_contributions
from entraide.model.errors import InputError, UserFacingError, Words
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.reading import FILES_FOLDER, shipped_names
from entraide.scenarios.scenario import Scenario
from entraide.scenarios.zone_file import parse_zones

from .design import ON_OWN_ZONES

__all__ = ["LIMITS", "MOST_PEOPLE", "MOST_SCENARIOS", "Uploads", "safe_name"]

# Bytes of a file that are taken: all communes of France as zones, a card in two languages, some 200,000 contributions.
LIMITS: Mapping[str, int] = {"zones": 4_000_000, "scenario": 200_000, "contributions": 8_000_000}
# Beyond it, a simulation on a shared server would leave no room for others.
MOST_PEOPLE = 15_000_000
MOST_SCENARIOS = 12
# Tables within tables: no scenario has more, and a file may hold thousands.
_DEEPEST = 8

# What a file begins with that is no text: archives, workbooks, pictures, programs.
_NO_TEXT = (
    b"PK",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x28\xb5\x2f\xfd",
    b"%PDF",
    b"\x7fELF",
    b"MZ",
)

_TOO_LARGE: Words = {"en": "the file is too large", "fr": "le fichier est trop gros"}
_EMPTY: Words = {"en": "the file is empty", "fr": "le fichier est vide"}
_IS_NO_TEXT: Words = {
    "en": "the file is an archive, a workbook or a program, not a text",
    "fr": "le fichier est une archive, un classeur ou un programme, non un texte",
}
_SAVE: Words = {
    "en": "Save the table as CSV (UTF-8), and bring that file along, not in an archive",
    "fr": "Enregistrez le tableau en CSV (UTF-8) et apportez ce fichier, sans l'archiver",
}
_NOT_UTF8: Words = {"en": "the file is not UTF-8 text", "fr": "le fichier n'est pas du texte UTF-8"}
_NOT_TOML: Words = {"en": "the file is not valid TOML", "fr": "le fichier n'est pas du TOML valable"}
_TOO_DEEP: Words = {"en": "the tables are nested too deep", "fr": "les tables sont imbriquées trop profondément"}
_PATH: Words = {
    "en": "names another file, and none is read but what you bring along",
    "fr": "désigne un autre fichier\u202f; aucun n'est lu en dehors de ceux que vous apportez",
}
_PATH_REMEDY: Words = {
    "en": "For zones of your own, bring along their CSV file first and name it as it is called, without a folder",
    "fr": "Pour vos propres zones, apportez d'abord leur fichier CSV et désignez-le par son nom, sans dossier",
}
_BASE_REMEDY: Words = {"en": "Name a scenario of the package", "fr": "Désignez un scénario fourni"}
_MANY: Words = {"en": "too many files were brought along", "fr": "trop de fichiers ont été apportés"}
_MANY_REMEDY: Words = {"en": "Open the page anew to begin afresh", "fr": "Rouvrez la page pour repartir à zéro"}
_PEOPLE: Words = {
    "en": "more people live there than this server can simulate",
    "fr": "il y a là plus d'habitants que ce serveur ne peut en simuler",
}


def safe_name(name: object, suffix: str, otherwise: str = "file") -> str:
    """Return a name of letters, digits, hyphens and underscores for a file: no folder, nothing hidden, nothing long.

    Parameters
    ----------
    name : as the browser sends it: it may be anything.
    suffix : with its dot; takes the place of the name's own.
    otherwise : the name where nothing is left of it.
    """
    last = re.split(r"[\\/]", str(name)[:400])[-1]
    plain = unicodedata.normalize("NFKD", last.rpartition(".")[0] or last).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:40].strip("-").lower()
    return f"{stem or otherwise}{suffix}"


class Uploads:
    """What one open page has brought along.

    Attributes
    ----------
    scenarios : scenarios that can be chosen, by name.
    zones : name of the zone file, "" before there is one.
    """

    def __init__(self) -> None:
        self.scenarios: dict[str, Scenario] = {}
        self.zones = ""
        # What scenarios on zones of one's own are based on, by name.
        self._bases: dict[str, str] = {}
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    @property
    def folder(self) -> Path:
        """The folder of this page, made when it is first needed; nobody else may look into it."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="entraide-page-", ignore_cleanup_errors=True)
        return Path(self._folder.name)

    @property
    def has_folder(self) -> bool:
        """Whether a folder was made and not yet removed."""
        return self._folder is not None

    def close(self) -> None:
        """Remove everything."""
        self.scenarios, self.zones, self._bases = {}, "", {}
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def told(self, fault: UserFacingError, language: str) -> str:
        """Return a message without the folder in which the file is kept."""
        text = fault.told(language)
        return text if self._folder is None else text.replace(f"{self.folder}/", "").replace(str(self.folder), "")

    def take_zones(self, name: object, data: bytes) -> int:
        """Take a territory: a CSV file of zones; the one taken before is forgotten. Return how many zones it has.

        Raises
        ------
        InputError : the file is no such table; nothing is kept of it.
        """
        file = safe_name(name, ".csv", "zones")
        _check(data, "zones", file)
        table = parse_zones(data, file)
        people = int(table.population.sum())
        if people > MOST_PEOPLE:
            raise InputError(_PEOPLE, where=file, value=people, allowed=f"{MOST_PEOPLE:,}")
        for each in [key for key, scenario in self.scenarios.items() if scenario.request.file]:
            del self.scenarios[each]
        (self.folder / file).write_bytes(data)
        self.zones = file
        return len(table.codes)

    def bring_zones(self, name: object, data: bytes, scenario: Scenario) -> tuple[int, str]:
        """Take a territory and put a scenario on it; return how many zones it has, and the name of the scenario.

        Raises
        ------
        InputError : as ``take_zones`` and ``place_in_zones``; all is then as it was, the zones taken before too.
        """
        before = dict(self.scenarios), self.zones, dict(self._bases)
        files = {path: path.read_bytes() for path in self.folder.glob("*.csv")}
        try:
            return self.take_zones(name, data), self.place_in_zones(scenario)
        except InputError:
            self.scenarios, self.zones, self._bases = before
            for path, content in files.items():
                path.write_bytes(content)
            raise

    def place_in_zones(self, scenario: Scenario) -> str:
        """Put a scenario on the zones that were brought along, and return the name under which it is offered.

        Raises
        ------
        InputError : the scenario cannot be used there: an event names a zone that there is not.
        """
        stem = scenario.path.stem
        base = stem if scenario.path.parent == FILES_FOLDER else str(scenario.path)
        # A scenario that was put on other zones before is put on these from where it came.
        base = self._bases.get(stem, base)
        name = stem if stem in self._bases else f"{stem}{ON_OWN_ZONES}"
        text = f"schema_version = 1\nbase = {json.dumps(base)}\n\n[territory]\nfile = {json.dumps(self.zones)}\n"
        self._keep(name, text.encode())
        self._bases[name] = base
        return name

    def take_scenario(self, name: object, data: bytes) -> str:
        """Take a scenario, and return the name under which it is offered.

        Raises
        ------
        InputError : it cannot be used, or names files of its own; nothing is kept of it.
        """
        file = safe_name(name, ".toml", "scenario")
        _check(data, "scenario", file)
        self._check_tables(_tables(data, file), file)
        stem = file.removesuffix(".toml")
        return self._keep(f"own-{stem}" if stem in shipped_names() else stem, data)

    def _check_tables(self, tables: Mapping[str, Any], file: str) -> None:
        """Refuse whatever names a file that was not brought along."""
        base = tables.get("base")
        if base is not None and base not in shipped_names():
            allowed = ", ".join(shipped_names())
            raise InputError(_PATH, where=f"{file}: base", allowed=allowed, remedy=_BASE_REMEDY)
        territory = tables.get("territory")
        if isinstance(territory, Mapping):
            for key in ("file", "outline"):
                if key in territory and not (key == "file" and self.zones and territory[key] == self.zones):
                    raise InputError(_PATH, where=f"{file}: territory.{key}", remedy=_PATH_REMEDY)

    def _keep(self, stem: str, data: bytes) -> str:
        if len(self.scenarios) >= MOST_SCENARIOS and stem not in self.scenarios:
            raise InputError(_MANY, allowed=str(MOST_SCENARIOS), remedy=_MANY_REMEDY)
        path = self.folder / f"{stem}.toml"
        before = path.read_bytes() if path.exists() else None
        path.write_bytes(data)
        try:
            scenario = load_scenario(path)
            people = scenario.territory().inhabitants
            if people > MOST_PEOPLE and scenario.request.file:
                raise InputError(_PEOPLE, where=path.name, value=people, allowed=f"{MOST_PEOPLE:,}")
        except (InputError, RecursionError, ValueError) as fault:
            path.unlink() if before is None else path.write_bytes(before)
            if isinstance(fault, InputError):
                raise
            raise InputError(_NOT_TOML, where=path.name) from None
        self.scenarios[stem] = scenario
        return stem

    def look_at_contributions(self, name: object, data: bytes) -> tuple[str, OwnData]:
        """Read a file of contributions, keep nothing of it on disk, and return its name and how it was read.

        Raises
        ------
        InputError : it is no such table.
        """
        file = safe_name(name, ".csv", "contributions")
        _check(data, "contributions", file)
        with tempfile.TemporaryDirectory(prefix="looked-at-", dir=self.folder) as folder:
            path = Path(folder) / file
            path.write_bytes(data)
            return file, read_contributions(path)


def _check(data: bytes, kind: str, file: str) -> None:
    """Refuse what is too large, empty or no text, before anything is read of it."""
    if len(data) > LIMITS[kind]:
        megabytes = f"{LIMITS[kind] / 1e6:g} MB"
        raise InputError(_TOO_LARGE, where=file, allowed=megabytes)
    if not data.strip():
        raise InputError(_EMPTY, where=file)
    # UTF-16 has bytes of zero too; whoever reads the table says how to save it.
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff")) and kind != "scenario"
    if data.startswith(_NO_TEXT) or (b"\x00" in data[:4096] and not utf16):
        raise InputError(_IS_NO_TEXT, where=file, remedy="" if kind == "scenario" else _SAVE)


def _tables(data: bytes, file: str) -> Mapping[str, Any]:
    """Return what a TOML file says, if it is nested no deeper than a scenario is."""
    try:
        tables = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError(_NOT_UTF8, where=file) from None
    except tomllib.TOMLDecodeError as fault:
        remedy = {"en": f"At {fault}", "fr": f"Message du lecteur, en anglais\u202f: {fault}"}
        raise InputError(_NOT_TOML, where=file, remedy={key: text[:300] for key, text in remedy.items()}) from None
    except (RecursionError, ValueError):
        raise InputError(_TOO_DEEP, where=file) from None
    level: list[Any] = [tables]
    for _ in range(_DEEPEST):
        level = [below for each in level for below in _below(each)]
    if level:
        raise InputError(_TOO_DEEP, where=file, allowed=str(_DEEPEST))
    return tables


def _below(value: Any) -> list[Any]:
    children = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [each for each in children if isinstance(each, (Mapping, list))]
