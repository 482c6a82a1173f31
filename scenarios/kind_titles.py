"""What the kinds of service are called, in words: their names in scenario files say nothing to most readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

__all__ = ["KIND_TITLES", "kinds_in_words"]

KIND_TITLES: Mapping[str, Mapping[str, str]] = {
    "flow": {"en": "production at people's homes", "fr": "production chez l'habitant"},
    "burst": {"en": "works after a shock", "fr": "chantier après un choc"},
    "queue": {"en": "requests in a queue", "fr": "file de demandes"},
    "report-and-repair": {"en": "reports and repairs", "fr": "signalements et réparations"},
    "stock": {"en": "common stock of knowledge", "fr": "fonds commun de connaissances"},
    "patient-community": {"en": "community of patients", "fr": "communauté de patients"},
    "alert": {"en": "alert of people nearby", "fr": "alerte de personnes proches"},
    "coverage": {"en": "coverage of an area", "fr": "couverture d'un territoire"},
    "match": {"en": "offers that meet needs", "fr": "mise en relation d'offres et de besoins"},
    "threshold": {"en": "goals to be reached", "fr": "objectifs à atteindre"},
    "parallel-initiative": {"en": "initiative beside the service", "fr": "initiative parallèle au service"},
}


def kinds_in_words(kinds: Iterable[str], language: str) -> str:
    """Return kinds as a list of quoted titles."""
    opening, closing = ("“", "”") if language == "en" else ("«\u202f", "\u202f»")
    return ", ".join(f"{opening}{KIND_TITLES[kind][language]}{closing}" for kind in kinds)
