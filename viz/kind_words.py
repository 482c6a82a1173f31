"""What each production kind delivers, in words: the noun phrases that verdict sentences are made of.

Each kind has its own phrases in each language, since grammar differs: what is in time, what is true of a place under
the floor, what is delivered on average, and what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from entraide.experiments.results import RiskResult
from entraide.model.parameters import Value

from .locales import check_language, counted
from .wording import colon

__all__ = [
    "KIND_WORDS",
    "KindWords",
    "has_norm",
    "in_time_text",
    "kind_words",
    "no_quality_norm",
    "of_mean",
    "of_wrong",
]


@dataclass(frozen=True)
class KindWords:
    """Phrases of one kind in one language.

    Attributes
    ----------
    in_time : completes "the share of ...", may hold {delay}, {hours} or {minutes}.
    under_floor : completes "lives where ...", holds {floor}.
    mean : completes "On average {share} of ... ".
    wrong : completes "more than {error} of ...".
    noun : what is due, in the plural.
    """

    in_time: str
    under_floor: str
    mean: str
    wrong: str
    noun: str


_NEEDS = {
    "en": KindWords(
        "needs met within {delay}",
        "fewer than {floor} of needs, the floor, are met in time",
        "needs are met in time",
        "results are wrong",
        "needs",
    ),
    "fr": KindWords(
        "besoins satisfaits en {delay}",
        "moins de {floor} des besoins, le plancher, sont satisfaits à temps",
        "besoins sont satisfaits à temps",
        "résultats sont faux",
        "besoins",
    ),
}
KIND_WORDS: Mapping[str, Mapping[str, KindWords]] = {
    "coverage": {
        "en": KindWords(
            "the area that is shown up to date",
            "less than {floor} of the area, the floor, is shown up to date",
            "the area is shown up to date",
            "what is shown is wrong",
            "units of area",
        ),
        "fr": KindWords(
            "territoire montré à jour",
            "moins de {floor} du territoire, le plancher, est montré à jour",
            "territoire est montré à jour",
            "ce qui est montré est faux",
            "unités de territoire",
        ),
    },
    "alert": {
        "en": KindWords(
            "incidents reached within {minutes}",
            "fewer than {floor} of incidents, the floor, are reached in time",
            "incidents are reached in time",
            "interventions are wrong or harmful",
            "incidents",
        ),
        "fr": KindWords(
            "incidents secourus en {minutes}",
            "moins de {floor} des incidents, le plancher, sont secourus à temps",
            "incidents sont secourus à temps",
            "interventions sont erronées ou dangereuses",
            "incidents",
        ),
    },
    "stock": {
        "en": KindWords(
            "what people look for that is there and right",
            "less than {floor} of what people look for, the floor, is there and right",
            "what people look for is there and right",
            "what is there is wrong or vandalised",
            "items",
        ),
        "fr": KindWords(
            "contenus cherchés qui sont présents et justes",
            "moins de {floor} des contenus cherchés, le plancher, sont présents et justes",
            "contenus cherchés sont présents et justes",
            "contenus présents sont faux ou vandalisés",
            "contenus",
        ),
    },
    "match": {
        "en": KindWords(
            "needs that find an offer on their day",
            "fewer than {floor} of needs, the floor, find an offer on their day",
            "needs find an offer on their day",
            "arrangements fail",
            "needs",
        ),
        "fr": KindWords(
            "besoins qui trouvent une offre le jour même",
            "moins de {floor} des besoins, le plancher, trouvent une offre le jour même",
            "besoins trouvent une offre le jour même",
            "arrangements échouent",
            "besoins",
        ),
    },
    "threshold": {
        "en": KindWords(
            "campaigns funded by their date",
            "fewer than {floor} of campaigns, the floor, are funded by their date",
            "campaigns are funded by their date",
            "funded projects are never delivered",
            "campaigns",
        ),
        "fr": KindWords(
            "collectes qui atteignent leur objectif à temps",
            "moins de {floor} des collectes, le plancher, atteignent leur objectif à temps",
            "collectes atteignent leur objectif à temps",
            "projets financés ne sont jamais réalisés",
            "collectes",
        ),
    },
    "flow": {
        "en": KindWords(
            "demand met without emergency import",
            "less than {floor} of demand, the floor, is met without emergency import",
            "demand is met without emergency import",
            "results are wrong",
            "units of energy",
        ),
        "fr": KindWords(
            "demande couverte sans importation d'urgence",
            "moins de {floor} de la demande, le plancher, est couverte sans importation d'urgence",
            "demande est couverte sans importation d'urgence",
            "résultats sont faux",
            "unités d'énergie",
        ),
    },
    "burst": {
        "en": KindWords(
            "works finished within {delay}",
            "fewer than {floor} of works, the floor, are finished in time",
            "works are finished in time",
            "the work has to be redone",
            "works",
        ),
        "fr": KindWords(
            "travaux achevés en {delay}",
            "moins de {floor} des travaux, le plancher, sont achevés à temps",
            "travaux sont achevés à temps",
            "travaux sont à refaire",
            "travaux",
        ),
    },
    "patient-community": {
        "en": KindWords(
            "questions answered within {hours}",
            "fewer than {floor} of questions, the floor, are answered in time",
            "questions are answered in time",
            "answers stay wrong",
            "questions",
        ),
        "fr": KindWords(
            "questions qui ont une réponse en {hours}",
            "moins de {floor} des questions, le plancher, ont une réponse à temps",
            "questions ont une réponse à temps",
            "réponses restent fausses",
            "questions",
        ),
    },
}
# French joins a share to what it is a share of: "des besoins", "du territoire", "de la demande", "de ce qui".
_OF: Mapping[str, tuple[str, str]] = {
    "coverage": ("du ", "de "),
    "flow": ("de la ", "des "),
    "burst": ("des ", "des "),
}

_NO_QUALITY_NORM = {
    "en": "This service has no quality norm{colon} what it delivers cannot be right or wrong.",
    "fr": "Ce service n'a pas de norme de qualité{colon} ce qu'il fournit ne peut être ni juste ni faux.",
}


def has_norm(risk: RiskResult) -> bool:
    """Tell whether a risk means anything for a service: there are kinds of which nothing can be wrong."""
    if risk.risk != "quality":
        return True
    # Loaded here: the kinds bring their compiled kernels.
    from entraide.model.production import PRODUCTION_KINDS

    kind = PRODUCTION_KINDS.get(risk.kind)
    return kind is None or kind.has_quality_norm


def no_quality_norm(language: str) -> str:
    """Return what is said in place of a value where a service has no quality norm."""
    return _NO_QUALITY_NORM[check_language(language)].format(colon=colon(language))


def kind_words(kind: str, language: str) -> KindWords:
    """Return the phrases of a production kind, those of needs where it has none of its own."""
    return KIND_WORDS.get(kind, _NEEDS)[check_language(language)]


def in_time_text(kind: str, values: Mapping[str, Value], language: str) -> str:
    """Return what is in time, with the delay that a kind is judged by; ``values`` holds the norms by name."""
    day, hour = ("day", "days"), ("hour", "hours")
    if language == "fr":
        day, hour = ("jour", "jours"), ("heure", "heures")
    return kind_words(kind, language).in_time.format(
        delay=counted(float(values["norm_delay"]), *day, language),
        hours=counted(float(values.get("answer_hours", 24.0)), *hour, language),
        minutes=counted(float(values.get("target_minutes", 10.0)), "minute", "minutes", language),
    )


def of_mean(kind: str) -> str:
    """Return the French article before what is delivered on average."""
    return _OF.get(kind, ("des ", "des "))[0]


def of_wrong(kind: str) -> str:
    """Return the French article before what is wrong."""
    return _OF.get(kind, ("des ", "des "))[1]
