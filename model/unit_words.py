"""Units of parameters, by the name under which they are declared, in words of both languages."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["UNITS"]

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
