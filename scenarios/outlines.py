"""Outlines of zones for maps: the packaged ones, or a user's own GeoJSON file."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from entraide.model.errors import InputError, nearest_name
from entraide.model.territory import Territory

from .text_table import LARGEST_FILE, decode_text

__all__ = ["DEPARTMENTS", "FINISTERE", "check_outline", "outline_features", "packaged_codes", "packaged_outline"]

FINISTERE = "finistere_communes.geojson"
DEPARTMENTS = "france_departements.geojson"
PACKAGED = (FINISTERE, DEPARTMENTS)
SHAPES = ("Polygon", "MultiPolygon")
EXPORT = "export as GeoJSON in WGS84 (EPSG:4326), with a property `code` that holds the zone's code"


@cache
def _packaged_text(name: str) -> str:
    return (files(__package__) / "data" / name).read_text(encoding="utf-8")


@cache
def packaged_codes(name: str) -> frozenset[str]:
    """Return the codes that a packaged outline file holds."""
    return frozenset(feature["properties"]["code"] for feature in json.loads(_packaged_text(name))["features"])


def packaged_outline(codes: Iterable[str], departments: Iterable[str]) -> str:
    """Return the packaged file to draw French communes on, "" where there is none.

    The communes themselves where all are in it (Finistère), else the departments that they lie in.
    """
    if packaged_codes(FINISTERE).issuperset(codes):
        return FINISTERE
    return "" if packaged_codes(DEPARTMENTS).isdisjoint(departments) else DEPARTMENTS


def outline_features(territory: Territory) -> dict[str, Any] | None:
    """Return the outlines to draw as a GeoJSON FeatureCollection, None where there are none.

    Each feature has the property ``code``: the code of a zone, or of a department for ``DEPARTMENTS``. Zones without
    an outline are simply not in it.

    Raises
    ------
    InputError : a user's file that has become unreadable since the territory was loaded.
    """
    if not territory.outline:
        return None
    if territory.outline in PACKAGED:
        collection = json.loads(_packaged_text(territory.outline))
    else:
        collection = check_outline(Path(territory.outline), Path(territory.outline).name, territory.codes)
    codes = set(territory.department if territory.outline == DEPARTMENTS else territory.codes)
    features = [feature for feature in collection["features"] if feature["properties"]["code"] in codes]
    return {"type": "FeatureCollection", "features": features} if features else None


def check_outline(path: Path, where: str, codes: Iterable[str]) -> dict[str, Any]:
    """Read a user's GeoJSON file and return it.

    Raises
    ------
    InputError : missing or larger than 50 MB, not JSON, not a FeatureCollection of areas with a text property
        ``code``, coordinates that are not degrees, or no code of any zone.
    """
    collection = _read(path, where)
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        given = collection.get("type") if isinstance(collection, dict) else type(collection).__name__
        raise InputError("is not a FeatureCollection", where=where, value=given, remedy=EXPORT)
    features = collection.get("features")
    if not isinstance(features, list) or not features:
        raise InputError("the FeatureCollection has no features", where=where, remedy=EXPORT)
    found = [_checked_code(feature, f"{where}, feature {number}") for number, feature in enumerate(features, start=1)]
    known = set(codes)
    if known.isdisjoint(found):
        raise InputError(
            "no outline has the code of a zone",
            where=where,
            value=found[0],
            allowed=f"codes such as {min(known)!r}",
            nearest=nearest_name(found[0], known),
            remedy="check that leading zeros are kept",
        )
    return collection


def _read(path: Path, where: str) -> Any:
    try:
        if path.stat().st_size > LARGEST_FILE:
            size = f"{path.stat().st_size / 1e6:.0f} MB"
            allowed = f"{LARGEST_FILE // 1_000_000} MB"
            raise InputError(
                "the file is too large", where=where, value=size, allowed=allowed, remedy="simplify the outlines"
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=where, remedy="check the path") from None
    text = decode_text(data, where, remedy=EXPORT)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"{where}, line {error.lineno}, column {error.colno}"
        raise InputError(f"is not JSON ({error.msg})", where=place, remedy=EXPORT) from None
    except RecursionError:
        raise InputError("is nested too deeply", where=where, remedy=EXPORT) from None


def _checked_code(feature: Any, where: str) -> str:
    """Check one feature and return its code."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict) or "code" not in properties:
        names = sorted(properties) if isinstance(properties, dict) else []
        raise InputError(
            "has no property 'code'",
            where=where,
            value=", ".join(map(str, names))[:200] or None,
            nearest=nearest_name("code", names),
            remedy="name the property that holds the zone's code `code`",
        )
    code = properties["code"]
    if not isinstance(code, str):
        raise InputError("the property 'code' must be text", where=where, value=code, remedy='write it as "01001"')
    geometry = feature.get("geometry")
    shape = geometry.get("type") if isinstance(geometry, dict) else None
    if shape not in SHAPES:
        raise InputError("is not an area", where=where, value=shape, allowed=", ".join(SHAPES), remedy=EXPORT)
    if not _is_well_formed(geometry.get("coordinates"), 3 if shape == "Polygon" else 4):
        raise InputError(f"its coordinates are not those of a {shape}", where=where, remedy=EXPORT)
    for longitude, latitude in _points(geometry["coordinates"], 3 if shape == "Polygon" else 4):
        if not (abs(longitude) <= 180 and abs(latitude) <= 90):
            raise InputError("coordinates are not degrees", where=where, value=(longitude, latitude), remedy=EXPORT)
    return code


def _is_well_formed(coordinates: Any, depth: int) -> bool:
    """Tell whether lists are nested ``depth`` deep around numbers, with at least two numbers in each point."""
    if not isinstance(coordinates, list) or not coordinates:
        return False
    if depth > 1:
        return all(_is_well_formed(inner, depth - 1) for inner in coordinates)
    numbers = [value for value in coordinates if isinstance(value, (int, float)) and not isinstance(value, bool)]
    return len(numbers) == len(coordinates) >= 2 and all(math.isfinite(value) for value in numbers)


def _points(coordinates: list[Any], depth: int) -> Iterator[tuple[float, float]]:
    if depth == 1:
        yield coordinates[0], coordinates[1]
        return
    for inner in coordinates:
        yield from _points(inner, depth - 1)
