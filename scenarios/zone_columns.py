"""The columns of a file of zones, and the names that they have in English and in French spreadsheets."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from .groups import AGE_BANDS, DIPLOMAS

__all__ = ["ACCEPTED", "AGE_COLUMNS", "DIPLOMA_COLUMNS", "OPTIONAL_COLUMNS", "REFUSED", "REQUIRED_COLUMNS", "plain"]

AGE_COLUMNS = tuple(f"share:{age}" for age in AGE_BANDS)
DIPLOMA_COLUMNS = tuple(f"share:{diploma}" for diploma in DIPLOMAS)
REQUIRED_COLUMNS = ("code", "name", "population")
OPTIONAL_COLUMNS = (
    *("area_km2", "lon", "lat", "intercommunality", "department", "deprivation"),
    *AGE_COLUMNS,
    *DIPLOMA_COLUMNS,
)

# Column -> other names under which it is taken, compared without accents, capitals, spaces and signs.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "code": ("insee", "code_insee", "code_commune", "code_zone", "codgeo", "depcom"),
    "name": ("nom", "libellé", "libgeo", "nom_zone", "nom_de_la_zone", "nom_commune", "nom_de_la_commune"),
    "population": (
        *("inhabitants", "habitants", "nombre_habitants", "nombre_d_habitants", "nb_habitants"),
        *("population_municipale", "pop", "pmun"),
    ),
    "area_km2": ("surface_km2", "superficie_km2"),
    "lon": ("longitude", "lng", "long"),
    "lat": ("latitude",),
    "intercommunality": ("epci", "code_epci", "intercommunalité"),
    "department": ("département", "dep", "code_département"),
    "deprivation": ("défavorisation", "indice_de_défavorisation", "précarité"),
    **{f"share:{age}": (f"part:{age}", f"part:{age} ans") for age in AGE_BANDS},
    "share:none or brevet": ("part:sans diplôme ou brevet", "part:aucun ou brevet"),
    "share:CAP-BEP": ("part:CAP-BEP", "part:CAP ou BEP"),
    "share:baccalaureat": ("part:baccalauréat", "part:bac"),
    "share:higher education": ("part:études supérieures", "part:enseignement supérieur", "part:supérieur"),
}
# Names that may mean one of the columns or something else (hectares, metres): refused, with the name to use.
REFUSED: Mapping[str, str] = {
    "area": "area_km2",
    "surface": "area_km2",
    "superficie": "area_km2",
    "x": "lon",
    "y": "lat",
}


def plain(name: str) -> str:
    """Return a column's name without accents, capitals, spaces and signs."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in decomposed if sign.isalnum())


# The same the other way round: plain name -> column.
ACCEPTED: Mapping[str, str] = {plain(other): column for column, others in _NAMES.items() for other in (column, *others)}
