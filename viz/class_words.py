"""Names of the classes of service, as a sentence needs them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .locales import check_language, joined

__all__ = ["class_name", "class_names", "class_title"]

# In French with the article that a sentence needs after "pour".
_NAMES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "online-micro-task": "online micro-tasks",
        "online-micro-task-loyal": "online micro-tasks of a loyal public",
        "knowledge-commons": "knowledge commons",
        "tiny-one-shot": "tiny one-shot tasks",
        "crisis": "crisis projects",
        "field-observation": "field observation",
        "urban-report": "urban reports",
        "hands-on": "hands-on work by appointment",
        "responder": "first responders",
        "giving": "giving",
    },
    "fr": {
        "online-micro-task": "les micro-tâches en ligne",
        "online-micro-task-loyal": "les micro-tâches en ligne d'un public fidèle",
        "knowledge-commons": "les communs de la connaissance",
        "tiny-one-shot": "les menues tâches sans lendemain",
        "crisis": "les projets de crise",
        "field-observation": "l'observation de terrain",
        "urban-report": "les signalements urbains",
        "hands-on": "les travaux sur rendez-vous",
        "responder": "les secouristes alertés",
        "giving": "les dons",
    },
}


def class_name(service_class: str, language: str) -> str:
    """Return the name of a class, in French with its article."""
    return _NAMES[check_language(language)][service_class]


def class_title(service_class: str, language: str) -> str:
    """Return the name of a class as it stands by itself: in French without its article."""
    name = class_name(service_class, language)
    return name if language == "en" else name.removeprefix("les ").removeprefix("l'")


def class_names(classes: Iterable[str], language: str) -> str:
    """Return the names of classes as a list, each once."""
    return joined([class_name(each, language) for each in dict.fromkeys(classes)], language)
