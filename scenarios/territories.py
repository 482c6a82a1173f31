"""Territories: communes of France or a user's own zones, made ready for the model."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from entraide.model.errors import InputError, Words, nearest_name
from entraide.model.territory import GroupTable, Territory

from .communes import commune_table, select_communes
from .groups import national_groups, zone_group_shares
from .nearest import nearest_zones
from .outlines import check_outline, outline_features, packaged_outline
from .place_search import TerritoryChoice, find_territories
from .zone_file import ZoneTable, parse_zones

__all__ = ["TerritoryChoice", "find_territories", "load_territory", "outline_features", "place_name", "territory_title"]

# English ending of a title -> French.
INTERCOMMUNALITY = {" and its intercommunality": " et son intercommunalité"}
_A_CSV_FILE: Words = {"en": "name a CSV file", "fr": "nommer un fichier CSV"}


def load_territory(
    communes: str | Sequence[str] | None = None,
    *,
    file: str | os.PathLike[str] | None = None,
    outline: str | os.PathLike[str] | None = None,
    base_folder: str | os.PathLike[str] | None = None,
) -> Territory:
    """Return a territory; its zones are in the order of their codes.

    Parameters
    ----------
    communes : "all", "department:29", "region:53", "intercommunality:200069193" or a list of INSEE codes. Communes
        without inhabitants are not zones.
    file : instead, a CSV file of zones; its columns are described in :mod:`entraide.scenarios.zone_file`.
    outline : a GeoJSON file with the zones' outlines; otherwise a packaged one, where there is one.
    base_folder : folder from which ``file`` and ``outline`` are looked up; the current one by default.

    Raises
    ------
    InputError : both or neither of ``communes`` and ``file``; an unknown place; any fault of a file.
    """
    if (communes is None) == (file is None):
        what = "needs communes or a file" if communes is None else "cannot have both communes and a file"
        remedy = 'write communes = "department:29", or file = "zones.csv"'
        raise InputError(what, where="territory", remedy=remedy)
    folder = Path(base_folder) if base_folder is not None else Path(os.curdir)
    groups = national_groups()
    if communes is not None:
        territory = _from_communes(communes, groups)
    else:
        assert file is not None
        territory = _from_zones(parse_zones(_read(folder / file, str(file)), str(file)), Path(file).stem, groups)
    if outline is None:
        return territory
    # Joined to a folder, so that no file of a user passes for a packaged one.
    path = os.path.join(folder, outline)
    check_outline(Path(path), str(outline), territory.codes)
    return replace(territory, outline=path)


def territory_title(territory: Territory, language: str) -> str:
    """Return the title in "en" or "fr": "Finistère (277 communes)", "France (34,957 communes)"."""
    _, bracket, count = territory.title.rpartition(" (")
    if language != "fr" or not bracket:
        return territory.title
    return f"{place_name(territory.title, language)} ({count.replace(',', chr(0x202F))}"


def place_name(title: str, language: str) -> str:
    """Return the name in a territory's title, without the count of its zones: "Finistère"."""
    name = title.rpartition(" (")[0] or title
    for english, french in INTERCOMMUNALITY.items() if language == "fr" else ():
        if name.endswith(english):
            name = name.removesuffix(english) + french
    return name


def _title(name: str, zones: int, noun: str) -> str:
    return f"{name} ({zones:,} {noun}{'' if zones == 1 else 's'})"


def _from_communes(communes: str | Sequence[str], groups: GroupTable) -> Territory:
    rows, name = select_communes(communes)
    table = commune_table()

    def text(column: NDArray[np.str_]) -> tuple[str, ...]:
        return tuple(column[rows].tolist())

    codes, department, intercommunality = text(table.code), text(table.department), text(table.intercommunality)
    longitude, latitude = table.longitude[rows], table.latitude[rows]
    return Territory(
        title=_title(name, len(rows), "commune"),
        codes=codes,
        names=text(table.name),
        population=table.population[rows],
        intercommunality=intercommunality,
        department=department,
        area_km2=table.area_km2[rows],
        longitude=longitude,
        latitude=latitude,
        deprivation=None,
        group_shares=None,
        near=nearest_zones(longitude, latitude, intercommunality, department),
        groups=groups,
        outline=packaged_outline(codes, department),
    )


def _from_zones(zones: ZoneTable, name: str, groups: GroupTable) -> Territory:
    shares, assumption = zone_group_shares(groups, zones.age_shares, zones.diploma_shares)
    return Territory(
        title=_title(name, len(zones.codes), "zone"),
        codes=zones.codes,
        names=zones.names,
        population=zones.population,
        intercommunality=zones.intercommunality,
        department=zones.department,
        area_km2=zones.area_km2,
        longitude=zones.longitude,
        latitude=zones.latitude,
        deprivation=zones.deprivation,
        group_shares=shares,
        near=nearest_zones(zones.longitude, zones.latitude, zones.intercommunality, zones.department),
        groups=replace(groups, assumption=assumption),
        outline=packaged_outline(zones.codes, zones.department) if _are_communes(zones) else "",
    )


def _are_communes(zones: ZoneTable) -> bool:
    """Tell whether the zones are French communes by code and name: other countries number theirs alike."""
    table = commune_table()
    official = dict(zip(table.code.tolist(), table.name.tolist(), strict=True))
    pairs = zip(zones.codes, zones.names, strict=True)
    return all(official.get(code, "").casefold() == name.casefold() for code, name in pairs)


def _read(path: Path, where: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        beside = [each.name for each in path.parent.glob("*.csv")] if path.parent.is_dir() else []
        raise InputError(
            {"en": "there is no such file", "fr": "il n'y a pas de tel fichier"},
            where="territory.file",
            value=where,
            nearest=nearest_name(path.name, beside),
            remedy={
                "en": "the path is relative to the scenario file",
                "fr": "le chemin part du fichier de scénario",
            },
        ) from None
    except IsADirectoryError:
        raise InputError(
            {"en": "is a folder", "fr": "est un dossier"}, where="territory.file", value=where, remedy=_A_CSV_FILE
        ) from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where="territory.file", value=where) from None
