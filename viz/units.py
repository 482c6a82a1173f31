"""Units of parameters as a reader of English or of French writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from entraide.model.parameters import Parameter, Value
from entraide.model.unit_words import UNITS

from .locales import check_language, number, percent, significant

__all__ = ["counted_unit", "is_share", "unit_text", "value_text", "written_number"]

# What is counted, in the plural -> one of it.
_ONE_OF: Mapping[str, Mapping[str, str]] = {
    "en": {
        **{f"{one}s": one for one in ("answer", "part", "day", "hour", "item", "minute", "task", "zone")},
        "people": "person",
    },
    "fr": {
        f"{one}s": one for one in ("part", "réponse", "jour", "heure", "fiche", "minute", "personne", "tâche", "zone")
    },
}


def is_share(parameter: Parameter) -> bool:
    """Tell whether a parameter is a part of a whole, best read in per cent."""
    return parameter.unit == "1" and parameter.bounds == (0.0, 1.0) and isinstance(parameter.default, float)


def unit_text(parameter: Parameter, language: str) -> str:
    """Return the unit in words, "" for a pure number; shares are shown in per cent."""
    if is_share(parameter):
        return "%"
    return UNITS[parameter.unit][check_language(language)]


def written_number(value: float, language: str) -> str:
    """Write a number with the digits that it has, up to six significant ones."""
    return number(value, language) if float(value).is_integer() else significant(value, language, 6)


def value_text(parameter: Parameter, value: Value, language: str) -> str:
    """Write a value with its unit: "50 %", "2 minutes", "1 minute"."""
    if isinstance(value, bool):
        yes, no = ("yes", "no") if check_language(language) == "en" else ("oui", "non")
        return yes if value else no
    if isinstance(value, str):
        return value
    if is_share(parameter):
        # 100 x 0.55 is a hair over 55.
        return percent(value, language, 0 if round(100.0 * value, 6).is_integer() else 1)
    unit = counted_unit(unit_text(parameter, language), float(value), language)
    if language == "en" and unit.startswith("€"):
        # As everywhere in English, the sign stands first: "€2,000 per year".
        return f"€{written_number(value, language)}{unit[1:]}"
    return f"{written_number(value, language)} {unit}".strip()


def counted_unit(unit: str, value: float, language: str) -> str:
    """Return a unit as it follows a number: in the singular after one, in French after whatever is less than two."""
    if not (abs(value) < 2.0 if language == "fr" else value == 1.0):
        return unit
    one_of = _ONE_OF[language]
    return re.sub(rf"\b({'|'.join(one_of)})\b", lambda word: one_of[word[1]], unit, count=1)
