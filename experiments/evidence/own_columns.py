"""A user's table of contributions, as text: how it is encoded and separated, and which column holds what."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from entraide.model.errors import InputError, Words, nearest_name
from entraide.scenarios.text_table import SIGNATURES

__all__ = ["COLUMN_ROLES", "LARGEST_FILE", "TextColumns", "read_columns", "shape_of"]

LARGEST_FILE = 500_000_000  # bytes
SEPARATORS = MappingProxyType({",": "commas", ";": "semicolons", "\t": "tabulations"})
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

# Usual names in English and French, the most telling first: where a table has two of them, the first one is taken.
# Compared without accents, capitals, spaces and signs.
COLUMN_ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "user": (
            *(
                "user",
                "who",
                "userid",
                "username",
                "contributor",
                "contributorid",
                "volunteer",
                "volunteerid",
                "observer",
            ),
            *("observerid", "author", "authorid", "participant", "participantid", "member", "memberid", "person"),
            *("personid", "donor", "donorid", "account", "editor", "utilisateur", "idutilisateur", "utilisateurid"),
            *(
                "qui",
                "usager",
                "idusager",
                "contributeur",
                "idcontributeur",
                "contributeurid",
                "benevole",
                "idbenevole",
            ),
            *("observateur", "idobservateur", "auteur", "idauteur", "membre", "idmembre", "personne", "idpersonne"),
            *("donateur", "compte", "pseudo", "identifiant", "useremail", "email", "courriel"),
        ),
        "date": (
            *("date", "when", "day", "contributiondate", "dateofcontribution", "datetime", "timestamp", "createdat"),
            *("createdon", "creationdate", "datecreated", "eventdate", "observedon", "observationdate", "reportdate"),
            *(
                "commitdate",
                "submittedat",
                "time",
                "quand",
                "jour",
                "datecontribution",
                "datedecontribution",
                "dateheure",
            ),
            *("horodatage", "datecreation", "datedecreation", "creele", "dateobservation", "datesignalement", "heure"),
        ),
        "tasks": (
            *("tasks", "task", "taskcount", "numberoftasks", "contributions", "count", "number", "quantity", "n"),
            *("classifications", "edits", "records", "reports", "commits", "taches", "tache", "nombredetaches"),
            *("nbtaches", "nombre", "nb", "nbcontributions", "nombredecontributions", "quantite", "saisies"),
            "signalements",
        ),
        "zone": (
            *("zone", "zonecode", "area", "areacode", "district", "municipality", "place", "postcode", "zipcode"),
            *("region", "commune", "codecommune", "insee", "codeinsee", "codezone", "quartier", "secteur"),
            *("codepostal", "lieu", "canton", "departement"),
        ),
    }
)
REQUIRED_ROLES = ("user", "date")
# The name that a French message proposes, and others that are understood.
_FRENCH: Mapping[str, str] = MappingProxyType({"user": "qui", "date": "date", "tasks": "tâches", "zone": "zone"})
_FRENCH_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "user": "qui, utilisateur, usager, contributeur, bénévole, auteur, personne, pseudo ou identifiant",
        "date": "date, quand, jour, horodatage ou date de contribution",
    }
)
_SAVE_AS: Words = {
    "en": 'Save the table as "CSV UTF-8"',
    "fr": "Enregistrez le tableau au format «\u202fCSV UTF-8\u202f»",
}
# Where no column has a usual name, the one whose name begins so is taken: "date de dépôt", "date_submitted".
_BEGINS = MappingProxyType({"date": "date"})


# A date, with a time or without, or a number of at most seven digits and two decimals: nobody's telephone or card.
_HARMLESS = re.compile(
    r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}([T ]\s*\d{1,2}[:h]\d{2}(:\d{2}([.,]\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
    r"|(19|20)\d{6}|[+-]?\d{0,7}([.,]\d{0,2})?"
)


@dataclass(frozen=True)
class TextColumns:
    """The cells that matter, as text, stripped; rows that are empty all over are left out.

    Attributes
    ----------
    where : the file's name, for messages.
    encoding, separator : as the file was read: "UTF-8" or "Latin-1"; one of SEPARATORS.
    names : role -> the column's name in the file, for the roles that are there.
    lines : for each row, the line of the file on which it ends (the header is on line 1).
    cells : role -> one text per row.
    misshapen : places in ``lines`` of rows whose number of cells is not that of the header.
    """

    where: str
    encoding: str
    separator: str
    names: Mapping[str, str]
    lines: list[int]
    cells: Mapping[str, list[str]]
    misshapen: frozenset[int]


def shape_of(text: str) -> str:
    """Return a cell for a message: as it is when it looks like a date, a short number or nothing, else its shape.

    A cell of the wrong column may be somebody's name, address or telephone: letters are shown as "x", digits as "9".
    """
    short = text[:40]
    if _HARMLESS.fullmatch(short):
        return short
    return re.sub(r"[^\W\d_]", "x", re.sub(r"\d", "9", short))


def read_columns(data: bytes, where: str, chosen: Mapping[str, str] | None = None) -> TextColumns:
    """Read the columns user, date and, where they are there, tasks and zone.

    Parameters
    ----------
    data : the file's bytes.
    where : the file's name, for messages.
    chosen : role -> name of a column, where the user says it; other roles are guessed from COLUMN_ROLES.

    Raises
    ------
    InputError : too large, empty, another kind of file; no header, a column that is missing or there twice; no row; a
        quotation mark that is not closed.
    """
    text, encoding = _decoded(data, where)
    separator = _separator(text, where)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: list[int] = []
    misshapen: set[int] = set()
    header: list[str] = []
    places: dict[str, int] = {}
    cells: dict[str, list[str]] = {}
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if not header:
                header = [cell.strip() for cell in row]
                places = _places(header, where, reader.line_num, chosen or {})
                cells = {role: [] for role in places}
                continue
            if len(row) != len(header) and any(cell.strip() for cell in row[len(header) :]) | (len(row) < len(header)):
                misshapen.add(len(lines))
            lines.append(reader.line_num)
            for role, place in places.items():
                cells[role].append(row[place].strip() if place < len(row) else "")
    except csv.Error as error:
        remedy: Words = {
            "en": 'Look for a quotation mark that is not closed; inside a quoted text, double it ("")',
            "fr": "Cherchez un guillemet qui n'est pas fermé\u202f; à l'intérieur d'un texte, doublez-le (\"\")",
        }
        # The text of a line may name somebody: only its number is told.
        what = {"en": f"cannot be read ({error})", "fr": "lecture impossible"}
        raise InputError(what, where=_at_line(where, reader.line_num), remedy=remedy) from None
    if not lines:
        what = {
            "en": "the file has a header and no row below it",
            "fr": "le fichier a un en-tête et aucune ligne en dessous",
        }
        remedy = {
            "en": "Write one line for each contribution, or for each person and day with the number of tasks",
            "fr": "Une ligne par contribution, ou par personne et par jour avec le nombre de tâches",
        }
        raise InputError(what, where=where, remedy=remedy)
    names = {role: header[place] for role, place in places.items()}
    return TextColumns(where, encoding, separator, names, lines, cells, frozenset(misshapen))


def _decoded(data: bytes, where: str) -> tuple[str, str]:
    if len(data) > LARGEST_FILE:
        raise InputError(
            {"en": "the file is too large", "fr": "le fichier est trop gros"},
            where=where,
            value=f"{len(data) / 1e6:.0f} MB",
            allowed=f"{LARGEST_FILE // 1_000_000} MB",
            remedy={
                "en": "Keep the columns user and date only, or add up each person's tasks of a day in one line",
                "fr": "Ne gardez que la personne et la date, ou réunissez les tâches d'une personne par jour",
            },
        )
    for signature, kind in SIGNATURES.items():
        if data.startswith(signature) and signature not in _UTF_16:
            what = {"en": f"the file is {kind['en']}", "fr": f"le fichier est {kind['fr']}"}
            raise InputError(what, where=where, remedy=_SAVE_AS)
    try:
        text, encoding = (
            (data.decode("utf-16"), "UTF-16") if data.startswith(_UTF_16) else (data.decode("utf-8-sig"), "UTF-8")
        )
    except UnicodeDecodeError:
        # Every byte has a meaning in Latin-1; Windows adds signs where Latin-1 has none.
        text, encoding = data.decode("cp1252", errors="replace"), "Latin-1"
    if "\0" in text:
        what = {"en": "the file is not a text table", "fr": "le fichier n'est pas un tableau en texte"}
        raise InputError(what, where=where, remedy=_SAVE_AS)
    if not text.strip():
        raise InputError(
            {"en": "the file is empty", "fr": "le fichier est vide"},
            where=where,
            remedy={
                "en": "Write a header such as user,date and one line each",
                "fr": "Écrivez un en-tête tel que qui;date, puis une ligne par contribution",
            },
        )
    return text, encoding


def _separator(text: str, where: str) -> str:
    start = len(text) - len(text.lstrip())
    line = text[start : start + 10_000].splitlines()[0]
    counts = {separator: line.count(separator) for separator in SEPARATORS}
    best = max(counts, key=lambda separator: counts[separator])
    if counts[best] == 0:
        raise InputError(
            {
                "en": "the first line is not a header of several columns",
                "fr": "la première ligne n'est pas un en-tête de plusieurs colonnes",
            },
            where=_at_line(where, 1),
            value=shape_of(line),
            allowed={
                "en": "at least two columns, user and date, separated by commas, semicolons or tabulations",
                "fr": "au moins deux colonnes, qui et date, séparées par virgules, points-virgules ou tabulations",
            },
            remedy={
                "en": 'Write a first line such as user,date and save the table as "CSV UTF-8"',
                "fr": "Écrivez une première ligne telle que qui;date et enregistrez au format «\u202fCSV UTF-8\u202f»",
            },
        )
    return best


def _plain(name: str) -> str:
    """Return a name without accents, capitals, spaces and signs."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in decomposed if sign.isalnum())


def _places(header: list[str], where: str, line: int, chosen: Mapping[str, str]) -> dict[str, int]:
    """Return the place of each role's column."""
    here = _at_line(where, line)
    places: dict[str, int] = {}
    for role, name in chosen.items():
        same = [place for place, column in enumerate(header) if column == name] or [
            place for place, column in enumerate(header) if _plain(column) == _plain(name)
        ]
        if len(same) != 1:
            raise InputError(
                {"en": "two columns have this name", "fr": "deux colonnes ont ce nom"}
                if same
                else {"en": "no column has this name", "fr": "aucune colonne n'a ce nom"},
                where=f"--{role}-column",
                value=name,
                allowed=_shown(header),
                nearest=None if same else nearest_name(name, header),
            )
        places[role] = same[0]
    plain = [_plain(column) for column in header]
    for role, usual in COLUMN_ROLES.items():
        if role in places:
            continue
        found = next((name for name in usual if name in plain), None)
        if found is not None and plain.index(found) not in places.values():
            if plain.count(found) > 1:
                remedy = {
                    "en": f"Name the right one {role} and the other differently, or say it: --{role}-column NAME",
                    "fr": f"Nommez la bonne {_FRENCH[role]} et l'autre autrement, ou en ligne de commande "
                    f"--{role}-column NOM",
                }
                what = {"en": "two columns have the same name", "fr": "deux colonnes ont le même nom"}
                raise InputError(what, where=here, value=found, remedy=remedy)
            places[role] = plain.index(found)
        elif role in REQUIRED_ROLES:
            alike = _alike(role, plain, places)
            if len(alike) == 1:
                places[role] = alike[0]
                continue
            if alike:
                raise InputError(
                    {
                        "en": "several columns may be the date of a contribution",
                        "fr": "plusieurs colonnes peuvent être la date d'une contribution",
                    },
                    where=here,
                    value=_shown([header[place] for place in alike]),
                    remedy=_rename(role),
                )
            raise InputError(
                {
                    "en": f"no column looks like {'the person' if role == 'user' else 'the date'} of a contribution",
                    "fr": f"aucune colonne ne semble être {'la personne' if role == 'user' else 'la date'} d'une "
                    "contribution",
                },
                where=here,
                value=_shown(header),
                allowed={
                    "en": f"a column named {role}, or {', '.join(usual[1:4])}, ...",
                    "fr": f"une colonne nommée {_FRENCH_NAMES[role]}",
                },
                remedy=_rename(role),
            )
    if len(set(places.values())) < len(places):
        twice = ", ".join(f"--{role}-column {header[place]}" for role, place in places.items())
        what = {"en": "one column cannot be two things", "fr": "une colonne ne peut être deux choses"}
        raise InputError(what, where=here, value=twice)
    return places


def _rename(role: str) -> Words:
    """Return what to do where a role's column is not recognised: on a page, a file is all that can be changed."""
    return {
        "en": f"Name it {role} in the file, or from a terminal say which one it is: --{role}-column NAME",
        "fr": f"Dans le fichier, nommez-la {_FRENCH[role]}\u202f; ou en ligne de commande\u202f: --{role}-column NOM",
    }


def _at_line(where: str, number: int) -> Words:
    return {"en": f"{where}, line {number}", "fr": f"{where}, ligne {number}"}


def _alike(role: str, plain: list[str], places: Mapping[str, int]) -> list[int]:
    """Return the places of the columns that begin as a role's name does and that are nothing else."""
    begins, taken = _BEGINS.get(role), set(places.values())
    return [place for place, name in enumerate(plain) if begins and name.startswith(begins) and place not in taken]


def _shown(header: list[str]) -> str:
    # Where the header is missing, its cells are the first person's.
    if any(re.search(r"\d{3}|@", column) for column in header):
        return ", ".join(shape_of(column) for column in header)[:200]
    return ", ".join(header)[:200]
