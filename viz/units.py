"""Units of parameters as a reader of English or of French writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from entraide.model.parameters import Parameter, Value

from .locales import check_language, number, percent, significant

__all__ = ["UNITS", "counted_unit", "is_share", "unit_text", "value_text", "written_number"]

# Declared unit -> words in each language; those of countable things are in the plural, as labels of fields.
UNITS: Mapping[str, Mapping[str, str]] = {
    "1": {"en": "", "fr": ""},
    "1 per EUR/h": {"en": "per €/h", "fr": "par €/h"},
    "1 per contribution": {"en": "per contribution", "fr": "par contribution"},
    "1 per day": {"en": "per day", "fr": "par jour"},
    "1 per outcome": {"en": "per outcome", "fr": "par résultat"},
    "1 per task": {"en": "per task", "fr": "par tâche"},
    "1/day": {"en": "per day", "fr": "par jour"},
    "1/year": {"en": "per year", "fr": "par an"},
    "EUR": {"en": "€", "fr": "€"},
    "EUR per unit of capacity": {"en": "€ per unit of capacity", "fr": "€ par unité de capacité"},
    "EUR/contact": {"en": "€ per contact", "fr": "€ par contact"},
    "EUR/h": {"en": "€ per hour", "fr": "€ par heure"},
    "parts": {"en": "parts", "fr": "parts"},
    "per 1000 inhabitants per month": {
        "en": "per 1,000 inhabitants per month",
        "fr": "pour 1\u202f000 habitants et par mois",
    },
    "EUR/year": {"en": "€ per year", "fr": "€ par an"},
    "answers": {"en": "answers", "fr": "réponses"},
    "credit-min per 1000 inhabitants per day": {
        "en": "credit minutes per 1,000 inhabitants per day",
        "fr": "minutes de crédit pour 1\u202f000 habitants et par jour",
    },
    "d": {"en": "days", "fr": "jours"},
    "day of year": {"en": "day of the year", "fr": "jour de l'année"},
    "h": {"en": "hours", "fr": "heures"},
    "items": {"en": "items", "fr": "fiches"},
    "km": {"en": "km", "fr": "km"},
    "km/h": {"en": "km/h", "fr": "km/h"},
    "h per 1000 inhabitants": {"en": "hours per 1,000 inhabitants", "fr": "heures pour 1\u202f000 habitants"},
    "kW": {"en": "kW", "fr": "kW"},
    "kWh": {"en": "kWh", "fr": "kWh"},
    "kWh/kW/year": {"en": "kWh per kW and year", "fr": "kWh par kW et par an"},
    "logit": {"en": "on the scale of choice", "fr": "sur l'échelle des choix"},
    "logit per EUR/h": {"en": "on the scale of choice per €/h", "fr": "sur l'échelle des choix par €/h"},
    "min": {"en": "minutes", "fr": "minutes"},
    "min/day": {"en": "minutes per day", "fr": "minutes par jour"},
    "of 8": {"en": "of 8", "fr": "sur 8"},
    "per 1000 inhabitants": {"en": "per 1,000 inhabitants", "fr": "pour 1\u202f000 habitants"},
    "people": {"en": "people", "fr": "personnes"},
    "people/km2": {"en": "people per km²", "fr": "habitants par km²"},
    "per 1000 inhabitants per year": {
        "en": "per 1,000 inhabitants per year",
        "fr": "pour 1\u202f000 habitants et par an",
    },
    "per 100000 inhabitants per day": {
        "en": "per 100,000 inhabitants per day",
        "fr": "pour 100\u202f000 habitants et par jour",
    },
    "per 100000 inhabitants per working day": {
        "en": "per 100,000 inhabitants per working day",
        "fr": "pour 100\u202f000 habitants et par jour ouvré",
    },
    "tasks": {"en": "tasks", "fr": "tâches"},
    "zones": {"en": "zones", "fr": "zones"},
}
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
