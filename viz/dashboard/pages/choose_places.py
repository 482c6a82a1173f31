"""What the search for a territory finds: places by name, and communes by their codes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from entraide.model.errors import InputError
from entraide.scenarios.communes import commune_table, select_communes
from entraide.scenarios.place_search import find_territories

from ...locales import counted, joined, number
from ..address_reading import territory_text
from .choose_words import word

__all__ = ["Found", "places_found"]

_MOST_FOUND = 8
_MOST_NAMED = 3
# More would be no message but a list.
_MOST_FAULTS = 5
_CODE = re.compile(r"(\d{2}|2[ABab])\d{3}")
_COMMUNES = {"en": ("commune", "communes"), "fr": ("commune", "communes")}
_PEOPLE = {"en": ("inhabitant", "inhabitants"), "fr": ("habitant", "habitants")}


@dataclass(frozen=True)
class Found:
    """What a text may mean.

    Attributes
    ----------
    places : what an address says of each place, and its name with its size.
    fault : what in the text cannot be used, "" where nothing is.
    """

    places: tuple[tuple[str, str], ...]
    fault: str = ""


def places_found(text: str, language: str) -> Found:
    """Return the places that a text may mean: a name, or codes of communes with any signs between them."""
    parts = [part for part in re.split(r"[,;\s]+", text) if part]
    all_codes = bool(parts) and all(re.fullmatch(r"[0-9A-Za-z]*\d[0-9A-Za-z]*", part) for part in parts)
    if all_codes and (len(parts) > 1 or _CODE.fullmatch(parts[0])):
        return _by_codes([part.upper() for part in parts], language)
    return Found(
        tuple(
            (
                place.selector,
                word(
                    "take_through" if place.through else "take",
                    language,
                    name=place.name,
                    through=place.through,
                    communes=counted(place.communes, *_COMMUNES[language], language),
                    people=counted(place.inhabitants, *_PEOPLE[language], language),
                ),
            )
            for place in find_territories(text[:80], language=language, limit=_MOST_FOUND)
        )
    )


def _by_codes(given: list[str], language: str) -> Found:
    """Return one place of all communes whose codes there are, named, and say which codes there are not."""
    known = set(commune_table().code.tolist())
    codes = list(dict.fromkeys(code for code in given if code in known))
    unknown = list(dict.fromkeys(code for code in given if code not in known))
    fault = ""
    if unknown:
        shown = ", ".join(code[:12] for code in unknown[:_MOST_FAULTS])
        if len(unknown) > _MOST_FAULTS:
            shown += "…"
        fault = word("codes_unknown" if len(unknown) > 1 else "code_unknown", language, codes=shown)
    if not codes:
        return Found((), fault)
    try:
        selector = territory_text(",".join(codes))
    except (ValueError, InputError):
        return Found((), fault or word("codes_many", language))
    rows, _ = select_communes(codes)
    table = commune_table()
    largest = rows[(-table.population[rows]).argsort(kind="stable")]
    names = [str(table.name[row]) for row in largest[:_MOST_NAMED]]
    more = len(rows) - len(names)
    told = joined([*names, word("others", language, count=number(more, language))] if more else names, language)
    people = counted(int(table.population[rows].sum()), *_PEOPLE[language], language)
    label = word("take_codes", language, names=told, count=number(len(rows), language), people=people)
    if len(rows) == 1:
        label = word("take_code", language, names=told, people=people)
    return Found(((selector, label),), fault)
