"""The communes of France: reading the packaged table, choosing some of them."""

from __future__ import annotations

import csv
import gzip
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from entraide.model.errors import InputError, Words, nearest_name

__all__ = [
    "REGIONS",
    "Communes",
    "commune_table",
    "department_names",
    "intercommunality_seats",
    "names_of",
    "nearest_selector",
    "plain_name",
    "select_communes",
]

# INSEE codes of the regions; overseas collectivities are their own region and have a department's code.
REGIONS: Mapping[str, str] = {
    "01": "Guadeloupe",
    "02": "Martinique",
    "03": "Guyane",
    "04": "La Réunion",
    "06": "Mayotte",
    "11": "Île-de-France",
    "24": "Centre-Val de Loire",
    "27": "Bourgogne-Franche-Comté",
    "28": "Normandie",
    "32": "Hauts-de-France",
    "44": "Grand Est",
    "52": "Pays de la Loire",
    "53": "Bretagne",
    "75": "Nouvelle-Aquitaine",
    "76": "Occitanie",
    "84": "Auvergne-Rhône-Alpes",
    "93": "Provence-Alpes-Côte d'Azur",
    "94": "Corse",
}
# Those that the packaged outlines, from which the other names are read, do not hold.
COLLECTIVITIES: Mapping[str, str] = {
    "975": "Saint-Pierre-et-Miquelon",
    "977": "Saint-Barthélemy",
    "978": "Saint-Martin",
    "984": "Terres australes et antarctiques françaises",
    "986": "Wallis-et-Futuna",
    "987": "Polynésie française",
    "988": "Nouvelle-Calédonie",
    "989": "Clipperton",
}
KINDS = ("department", "region", "intercommunality")
_TAKE_OUT = {"en": "take it out of the list", "fr": "l'ôter de la liste"}
_NO_FRENCH = {
    "department": "aucun département", "region": "aucune région", "intercommunality": "aucune intercommunalité",
}  # fmt: skip
_FORMS = '"all", "department:29", "region:53", "intercommunality:200069193"'
ALLOWED = {
    "en": f'{_FORMS} or a list of communes such as ["29019"]',
    "fr": f'{_FORMS} ou une liste de communes, comme ["29019"]',
}
WHERE = "territory.communes"
# First digits of the codes of arrondissements, which are not communes -> the commune that they are part of.
ARRONDISSEMENTS: Mapping[str, str] = {"751": "75056", "6938": "69123", "132": "13055"}


@dataclass(frozen=True)
class Communes:
    """Inhabited communes, in the order of their codes.

    Shapes: one entry per commune. Units: inhabitants, km2, degrees (WGS84); NaN where unknown, "" for no
    intercommunality. ``uninhabited`` gives the names, by code, of communes that are left out.
    """

    code: NDArray[np.str_]
    name: NDArray[np.str_]
    department: NDArray[np.str_]
    region: NDArray[np.str_]
    intercommunality: NDArray[np.str_]
    population: NDArray[np.int64]
    area_km2: NDArray[np.float64]
    longitude: NDArray[np.float64]
    latitude: NDArray[np.float64]
    uninhabited: Mapping[str, str]


@cache
def commune_table() -> Communes:
    """Read the packaged communes, once per process. Its arrays are shared: copy before changing one."""
    packed = (files(__package__) / "data" / "france_communes.csv.gz").read_bytes()
    lines = csv.reader(gzip.decompress(packed).decode("utf-8").splitlines())
    heads = next(lines)
    # By column: 35,000 rows are read whenever a simulation begins, and as many containers would be looked through for
    # garbage again and again.
    cells = list(chain.from_iterable(lines))
    assert len(cells) % len(heads) == 0, "each row has a cell for each head"
    columns = {head: cells[place :: len(heads)] for place, head in enumerate(heads)}
    people = np.array([int(each or 0) for each in columns["population"]], dtype=np.int64)
    inhabited = np.flatnonzero(people > 0)
    inhabited = inhabited[np.argsort(np.array(columns["code"])[inhabited], kind="stable")]
    empty = np.flatnonzero(people == 0).tolist()

    def text(column: str) -> NDArray[np.str_]:
        return np.array(columns[column])[inhabited]

    def number(column: str) -> NDArray[np.float64]:
        return np.array([float(each or "nan") for each in columns[column]])[inhabited]

    return Communes(
        code=text("code"),
        name=text("name"),
        department=text("department"),
        region=text("region"),
        intercommunality=text("epci"),
        population=people[inhabited],
        area_km2=number("area_km2"),
        longitude=number("lon"),
        latitude=number("lat"),
        uninhabited={columns["code"][place]: columns["name"][place] for place in empty},
    )


@cache
def department_names() -> Mapping[str, str]:
    """Return the name of each department by code."""
    text = (files(__package__) / "data" / "france_departements.geojson").read_text(encoding="utf-8")
    properties = [feature["properties"] for feature in json.loads(text)["features"]]
    return {**{each["code"]: each["name"] for each in properties}, **COLLECTIVITIES}


@cache
def intercommunality_seats() -> Mapping[str, str]:
    """Return the most populous commune of each intercommunality by code: the table has no other name for it."""
    table = commune_table()
    seats: dict[str, str] = {}
    for index in np.argsort(-table.population, kind="stable"):
        seats.setdefault(str(table.intercommunality[index]), str(table.name[index]))
    seats.pop("", None)
    return seats


@cache
def names_of(kind: str) -> Mapping[str, str]:
    """Return the places of a kind that have inhabitants: code -> name."""
    if kind == "intercommunality":
        return intercommunality_seats()
    codes = np.unique(getattr(commune_table(), kind))
    names = {**department_names(), **REGIONS} if kind == "region" else department_names()
    return {str(code): names[str(code)] for code in codes}


def plain_name(text: str) -> str:
    """Return a name without accents, case, hyphens and apostrophes, for comparing."""
    text = text.replace("œ", "oe").replace("Œ", "Oe")
    letters = (letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in letters).casefold().split())


def _nearest_code(given: str, names: Mapping[str, str]) -> str | None:
    """Return the code that someone who wrote ``given`` meant: a code nearly right, or the place's name."""
    shaped = given.strip().upper()
    for code in (shaped, shaped.zfill(2), shaped.zfill(5)):
        if code in names:
            return code
    if any(letter.isdigit() for letter in shaped):
        # A commune's code begins with its department's: one of another department is not what was meant.
        alike = [code for code in names if len(shaped) != 5 or len(code) != 5 or code[:2] == shaped[:2]]
        return nearest_name(shaped, alike)
    by_name = {plain_name(name): code for code, name in reversed(list(names.items()))}
    name = nearest_name(plain_name(given), by_name)
    return by_name[name] if name else None


def select_communes(communes: str | Sequence[str]) -> tuple[NDArray[np.int64], str]:
    """Return the rows of :func:`commune_table` that are asked for, ascending, and the English name of the place.

    Raises
    ------
    InputError : not one of the forms of ``territory.communes``, an unknown code, a commune without inhabitants or
        one that is listed twice.
    """
    table = commune_table()
    if isinstance(communes, str):
        if communes == "all":
            return np.arange(len(table.code)), "France"
        kind, code = _checked_selector(communes)
        name = names_of(kind)[code]
        rows = np.flatnonzero(getattr(table, kind) == code)
        return rows, f"{name} and its intercommunality" if kind == "intercommunality" else name
    rows = _listed(table, communes)
    largest = rows[np.argsort(-table.population[rows], kind="stable")]
    names = ", ".join(str(name) for name in table.name[largest[:3]])
    return rows, names if len(rows) <= 3 else f"{names}…"


def _checked_selector(selector: str) -> tuple[str, str]:
    kind, colon, code = (part.strip() for part in selector.partition(":"))
    if colon and kind in KINDS:
        names = names_of(kind)
        if code in names:
            return kind, code
        nearest = _nearest_code(code, names)
        raise InputError(
            {
                "en": f"no {kind} with inhabitants has this code",
                "fr": f"{_NO_FRENCH[kind]} avec des habitants n'a ce code",
            },
            where=WHERE,
            value=selector,
            allowed={
                "en": f"the code of {len(names)} places of this kind",
                "fr": f"le code de l'un des {len(names)} lieux de cette sorte",
            },
            nearest=f"{kind}:{nearest}" if nearest else None,
            remedy={
                "en": f"{kind}:{nearest} is that of {names[nearest]}",
                "fr": f"{kind}:{nearest} est celui de {names[nearest]}",
            }
            if nearest
            else {"en": f'write "{kind}:" and its INSEE code', "fr": f'écrire "{kind}:" et son code INSEE'},
        )
    is_file = selector.endswith((".csv", ".CSV"))
    raise InputError(
        {"en": "does not say which communes", "fr": "ne dit pas de quelles communes il s'agit"},
        where=WHERE,
        value=selector,
        allowed=ALLOWED,
        nearest=None if is_file else nearest_selector(kind, code if colon else selector, bool(colon)),
        remedy={
            "en": f'for a file of zones, write file = "{selector}"',
            "fr": f'pour un fichier de zones, écrire file = "{selector}"',
        }
        if is_file
        else "",
    )


def nearest_selector(kind: str, text: str, has_kind: bool) -> str | None:
    """Return the selector that someone meant who wrote ``text``, after a kind and a colon or alone; None for none."""
    if has_kind:
        meant = nearest_name(kind, KINDS)
        code = _nearest_code(text, names_of(meant)) if meant else None
        return f"{meant}:{code}" if code else None
    if len(text.strip()) == 5 and text.strip() in commune_table().code:
        return f'["{text.strip()}"]'
    if plain_name(text) in ("all", "france", "tout", "toute la france"):
        return "all"
    if text.strip().upper() in intercommunality_seats():
        return f"intercommunality:{text.strip()}"
    # Loaded here: the search is built on this module.
    from .place_search import find_territories

    found = find_territories(text, limit=1) if text.strip() else []
    if found:
        return found[0].selector
    code = _nearest_code(text, names_of("department"))
    return f"department:{code}" if code else None


def _listed(table: Communes, codes: Iterable[str]) -> NDArray[np.int64]:
    """Return the rows of the communes in a list, ascending."""
    if not isinstance(codes, Iterable):
        what = {"en": "must be text or a list of texts", "fr": "doit être un texte ou une liste de textes"}
        raise InputError(what, where=WHERE, value=codes, allowed=ALLOWED)
    codes = list(codes)
    if not codes:
        what = {"en": "the list of communes is empty", "fr": "la liste des communes est vide"}
        raise InputError(what, where=WHERE, allowed=ALLOWED)
    rows: set[int] = set()
    for position, code in enumerate(codes, start=1):
        where = {"en": f"{WHERE}, entry {position}", "fr": f"{WHERE}, n°\u202f{position}"}
        if not isinstance(code, str):
            written = str(code).zfill(5)
            remedy = {
                "en": f'write it between quotes, with its leading zero: "{written}"',
                "fr": f'l\'écrire entre guillemets droits, avec son zéro de tête\u202f: "{written}"',
            }
            what = {"en": "the code of a commune is text", "fr": "le code d'une commune est un texte"}
            raise InputError(what, where=where, value=code, remedy=remedy)
        row = int(np.searchsorted(table.code, code))
        if row == len(table.code) or table.code[row] != code:
            raise _unknown_commune(table, code, where)
        if row in rows:
            what = {"en": "this commune is listed twice", "fr": "cette commune figure deux fois dans la liste"}
            remedy = {"en": "remove one of the two", "fr": "ôter l'une des deux"}
            raise InputError(what, where=where, value=code, remedy=remedy)
        rows.add(row)
    return np.array(sorted(rows), dtype=np.int64)


def _unknown_commune(table: Communes, code: str, where: Words) -> InputError:
    if code in table.uninhabited:
        name = table.uninhabited[code]
        return InputError(
            {"en": f"{name} has no inhabitants", "fr": f"{name} n'a pas d'habitants"},
            where=where,
            value=code,
            remedy=_TAKE_OUT,
        )
    names = dict(zip(table.code.tolist(), table.name.tolist(), strict=True))
    part_of = (whole for start, whole in ARRONDISSEMENTS.items() if len(code) == 5 and code.startswith(start))
    nearest = next(part_of, None) or _nearest_code(code, names)
    return InputError(
        {"en": "no commune has this code", "fr": "aucune commune n'a ce code"},
        where=where,
        value=code,
        allowed={
            "en": f"the INSEE codes of {len(names)} inhabited communes (not postal codes)",
            "fr": f"les codes INSEE de {len(names)} communes habitées (et non les codes postaux)",
        },
        nearest=nearest,
        remedy={"en": f"{nearest} is {names[nearest]}", "fr": f"{nearest} est {names[nearest]}"} if nearest else "",
    )
