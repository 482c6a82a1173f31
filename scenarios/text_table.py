"""Tables as spreadsheets save them: bytes to rows of text, with an error that names the file and the row."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from entraide.model.errors import InputError, Text, Words, nearest_name, text_in

from .zone_columns import plain

__all__ = ["LARGEST_FILE", "SIGNATURES", "Row", "TextTable", "at_row", "decode_text", "read_table"]

LARGEST_FILE = 50_000_000  # bytes
SAVE_AS: Words = {
    "en": 'save the table as "CSV UTF-8"',
    "fr": "Enregistrez le tableau au format «\u202fCSV UTF-8\u202f»",
}
_UTF_16: Words = {"en": "in UTF-16, not in UTF-8", "fr": "en UTF-16, non en UTF-8"}
SIGNATURES: Mapping[bytes, Words] = {
    b"PK\x03\x04": {
        "en": "a workbook or an archive, not a text table",
        "fr": "un classeur ou une archive, non un tableau en texte",
    },
    b"\xd0\xcf\x11\xe0": {
        "en": "an old workbook, not a text table",
        "fr": "un ancien classeur, non un tableau en texte",
    },
    b"\x1f\x8b": {"en": "compressed", "fr": "compressé"},
    b"\xff\xfe": _UTF_16,
    b"\xfe\xff": _UTF_16,
}


@dataclass(frozen=True)
class Row:
    """One row: its number in the file as a spreadsheet shows it (the header is 1), and its cells by column."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class TextTable:
    """Rows of a file.

    Attributes
    ----------
    columns : in the order of the file, known ones by the names that this program gives them.
    decimal_comma : True for files with semicolons, as French spreadsheets write them.
    given : the names of known columns as the file gives them.
    """

    where: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    decimal_comma: bool
    given: Mapping[str, str]


def at_row(where: str, number: int, column: str = "") -> Words:
    """Return how a message names a row of a file, and a column of it."""
    english = f"{where}, row {number}" + (f", column {column}" if column else "")
    return {"en": english, "fr": f"{where}, ligne {number}" + (f", colonne {column}" if column else "")}


def decode_text(data: bytes, where: str, remedy: Text = SAVE_AS) -> str:
    """Return the text of a UTF-8 file, with or without a byte order mark.

    Raises
    ------
    InputError : larger than LARGEST_FILE, empty, another kind of file, or not UTF-8.
    """
    if len(data) > LARGEST_FILE:
        size = f"{len(data) / 1e6:.0f} MB"
        what = {"en": "the file is too large", "fr": "le fichier est trop gros"}
        raise InputError(what, where=where, value=size, allowed=f"{LARGEST_FILE // 1_000_000} MB")
    for signature, kind in SIGNATURES.items():
        if data.startswith(signature):
            what = {"en": f"the file is {kind['en']}", "fr": f"le fichier est {kind['fr']}"}
            raise InputError(what, where=where, remedy=remedy)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        bytes_there = data[error.start : error.start + 4].hex(" ").upper()
        what = {
            "en": f"the file is not UTF-8: bytes {bytes_there} at line {line}",
            "fr": f"le fichier n'est pas en UTF-8\u202f: octets {bytes_there}, ligne {line}",
        }
        how = {"en": f"save as UTF-8 ({text_in(remedy, 'en')})", "fr": text_in(remedy, "fr")}
        raise InputError(what, where=where, remedy=how) from None
    if not text.strip():
        what = {"en": "the file is empty", "fr": "le fichier est vide"}
        raise InputError(what, where=where, remedy=remedy)
    return text


def read_table(
    data: bytes,
    where: str,
    *,
    required: Sequence[str],
    optional: Sequence[str],
    accepted: Mapping[str, str],
    refused: Mapping[str, str],
    most_rows: int,
) -> TextTable:
    """Read a table of known columns; columns of other names are left aside unless they look like a misspelling.

    Parameters
    ----------
    accepted : names under which known columns are taken too, as ``zone_columns.plain`` writes them -> the column.
    refused : names that may mean a known column or something else -> that column, which the message names.

    Raises
    ------
    InputError : see :func:`decode_text`; also a missing, repeated or misspelled column, columns that are separated by
        something else than a comma or a semicolon, a row with too many or too few cells, no row, too many rows.
    """
    text = decode_text(data, where)
    delimiter = _delimiter(text, where, required)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    header: list[str] = []
    given: Mapping[str, str] = {}
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header, given = _header(cells, where, required, optional, accepted, refused)
                continue
            rows.append(Row(number, _cells(header, cells, delimiter, at_row(where, number))))
            if len(rows) > most_rows:
                raise InputError(
                    {"en": "too many rows", "fr": "trop de lignes"},
                    where=where,
                    allowed={"en": f"{most_rows:,} at most", "fr": f"{most_rows:,} au plus".replace(",", "\u202f")},
                    remedy={"en": "merge zones", "fr": "Réunissez des zones"},
                )
    except csv.Error as error:
        remedy = {
            "en": 'look for a quotation mark that is not closed; inside a quoted name, double it ("")',
            "fr": "Cherchez un guillemet qui n'est pas fermé\u202f; à l'intérieur d'un nom, doublez-le (\"\")",
        }
        what = {"en": f"cannot be read ({error})", "fr": "lecture impossible"}
        raise InputError(what, where=at_row(where, number + 1), remedy=remedy) from None
    if not rows:
        what = {
            "en": "the file has a header and no row below it",
            "fr": "le fichier a un en-tête et aucune ligne en dessous",
        }
        raise InputError(what, where=where, remedy={"en": "write one row per zone", "fr": "Une ligne par zone"})
    return TextTable(where, tuple(header), tuple(rows), delimiter == ";", given)


def _first_line(text: str) -> str:
    return next(line for line in text.splitlines() if line.strip())


def _delimiter(text: str, where: str, required: Sequence[str]) -> str:
    line = _first_line(text)
    counts = {delimiter: line.count(delimiter) for delimiter in ";,\t|"}
    best = max(counts, key=lambda delimiter: counts[delimiter])
    if counts[best] == 0:
        raise InputError(
            {
                "en": "the first line is not a header of several columns",
                "fr": "la première ligne n'est pas un en-tête de plusieurs colonnes",
            },
            where=at_row(where, 1),
            value=line[:60],
            allowed={
                "en": f"at least {', '.join(required)}, separated by commas or semicolons",
                "fr": f"au moins {', '.join(required)}, séparées par des virgules ou des points-virgules",
            },
            remedy=SAVE_AS,
        )
    if best not in ";,":
        raise InputError(
            {
                "en": f"columns are separated by {'a tabulation' if best == chr(9) else 'a vertical bar'}",
                "fr": f"les colonnes sont séparées par une {'tabulation' if best == chr(9) else 'barre verticale'}",
            },
            where=at_row(where, 1),
            allowed={"en": "a comma or a semicolon", "fr": "une virgule ou un point-virgule"},
            remedy=SAVE_AS,
        )
    return best


def _header(
    cells: Sequence[str],
    where: str,
    required: Sequence[str],
    optional: Sequence[str],
    accepted: Mapping[str, str],
    refused: Mapping[str, str],
) -> tuple[list[str], Mapping[str, str]]:
    """Return the columns, known ones in their right spelling, and how the file spells these."""
    place = at_row(where, 1)
    known = {name.casefold(): name for name in (*required, *optional)}
    written = [cell.strip() for cell in cells]
    header = [known.get(cell.casefold(), cell) for cell in written]
    for position, cell in enumerate(written):
        column = accepted.get(plain(cell), "")
        # A column of the right name is the one that is meant, whatever else the file holds.
        if column in known.values() and header[position] not in known.values() and column not in header:
            header[position] = column
        elif column and column in header and header[position] not in known.values():
            other = written[header.index(column)]
            if known.get(other.casefold()) != column:
                raise InputError(
                    {"en": f"two columns may be {column!r}", "fr": f"deux colonnes peuvent être {column!r}"},
                    where=place,
                    value=f"{other}, {cell}",
                    remedy={"en": "remove one of them, or rename it", "fr": "Retirez l'une d'elles, ou renommez-la"},
                )
    for column in header:
        if column and header.count(column) > 1:
            raise InputError(
                {"en": "two columns have the same name", "fr": "deux colonnes ont le même nom"},
                where=place,
                value=column,
                remedy={"en": "remove one of them", "fr": "Retirez l'une d'elles"},
            )
    absent = [name for name in known.values() if name not in header]
    for column in header:
        _refuse_misspelled(column, known, absent, refused, place)
    for name in required:
        if name not in header:
            others = [other for other, column in accepted.items() if column == name][1:]
            raise InputError(
                {"en": f"the column {name!r} is missing", "fr": f"il manque la colonne {name!r}"},
                where=place,
                value=", ".join(written)[:200],
                allowed={
                    "en": f"{', '.join(required)} are required; {', '.join(optional)} are optional",
                    "fr": f"il faut {', '.join(required)}\u202f; {', '.join(optional)} sont facultatives",
                },
                remedy={
                    "en": "add it, or rename the column that holds it",
                    "fr": "Ajoutez-la, ou renommez la colonne qui la contient"
                    + (f" (autres noms compris\u202f: {', '.join(others)})" if others else ""),
                },
            )
    return header, {column: cell for column, cell in zip(header, written, strict=True) if column in known.values()}


def _refuse_misspelled(
    column: str, known: Mapping[str, str], absent: Sequence[str], refused: Mapping[str, str], where: Words
) -> None:
    """Refuse a column that would be left aside although it was probably meant."""
    if column in known.values():
        return
    nearest = nearest_name(column.casefold(), [name.casefold() for name in absent])
    prefix = column.casefold().partition(":")[0]
    is_family = ":" in column and any(name.startswith(f"{prefix}:") for name in known)
    is_misspelled = nearest is not None and _nearly_equal(column.casefold(), nearest)
    meant = refused.get(plain(column))
    if meant in absent:
        nearest = meant
    if is_family or is_misspelled or meant in absent:
        raise InputError(
            {"en": "this column is not known", "fr": "cette colonne n'est pas connue"},
            where=where,
            value=column,
            allowed=", ".join(known.values()),
            nearest=known[nearest.casefold()] if nearest else None,
            remedy={
                "en": "rename it, or remove it if something else was meant",
                "fr": "Renommez-la, ou retirez-la si elle contient autre chose",
            },
        )


def _nearly_equal(one: str, other: str) -> bool:
    """Tell whether two names differ by one letter left out, added or replaced, or two swapped."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 4:
        return False
    if len(one) == len(other):
        different = [index for index in range(len(one)) if one[index] != other[index]]
        return len(different) <= 1 or (len(different) == 2 and sorted(one) == sorted(other))
    short, long = sorted((one, other), key=len)
    return any(long[:index] + long[index + 1 :] == short for index in range(len(long)))


def _cells(header: Sequence[str], cells: Sequence[str], delimiter: str, where: Words) -> dict[str, str]:
    if len(cells) > len(header) and not any(cell.strip() for cell in cells[len(header) :]):
        cells = cells[: len(header)]
    if len(cells) != len(header):
        remedy = {
            "en": "put a name that holds the separator between quotation marks",
            "fr": "Mettez entre guillemets un nom qui contient le séparateur",
        }
        if delimiter == ",":
            remedy["en"] += "; write decimals with a point, or separate the columns with semicolons"
            remedy["fr"] += (
                "\u202f; écrivez les décimales avec un point, ou séparez les colonnes par des points-virgules"
            )
        what = {
            "en": f"the row has {len(cells)} cells, the header {len(header)}",
            "fr": f"la ligne a {len(cells)} cellules, l'en-tête {len(header)}",
        }
        raise InputError(what, where=where, remedy=remedy)
    return {column: cell.strip() for column, cell in zip(header, cells, strict=True) if column}
