"""What the page on measures says, in English and in French."""

from __future__ import annotations

from collections.abc import Mapping

from ..words import say_from

__all__ = ["HELP_WORDS", "word"]

HELP_WORDS: Mapping[str, Mapping[str, str]] = {
    "try": {"en": "Try each measure", "fr": "Essayer chaque mesure"},
    "stage": {"en": "Trying the measures one by one", "fr": "Essai des mesures, une par une"},
    "nothing_yet": {
        "en": "Nothing was tried yet. “Try each measure” simulates the design that is worked on as it is, then with "
        "one measure of prevention at a time, on the same chance. It takes as long as some ten to thirty verdicts.",
        "fr": "Rien n'a encore été essayé. «\u202fEssayer chaque mesure\u202f» simule le dispositif en cours tel quel, "
        "puis avec une seule mesure de prévention à la fois, avec les mêmes hasards. Cela prend le temps de dix à "
        "trente verdicts.",
    },
    "will_show": {
        "en": "For each risk you will see which measure helps most, what it costs or saves, what it does to the two "
        "other risks, and you can put it into your design.",
        "fr": "Pour chaque risque, vous verrez quelle mesure aide le plus, ce qu'elle coûte ou fait gagner, ce qu'elle "
        "fait aux deux autres risques, et vous pourrez la mettre dans votre dispositif.",
    },
    "tried_on": {
        "en": "{count} measures, each tried alone on {what}: {years} of each, on the same chance.",
        "fr": "{count} mesures, chacune essayée seule sur {what}\u202f: {years} de chacune, avec les mêmes hasards.",
    },
    "the_design": {"en": "the design that was worked on", "fr": "le dispositif en cours"},
    "today": {"en": "the starting settings", "fr": "les réglages de départ"},
    "put": {"en": "Put it into my design", "fr": "La mettre dans mon dispositif"},
    "put_one": {"en": "Put “{name}” into my design", "fr": "Mettre «\u202f{name}\u202f» dans mon dispositif"},
    "held": {"en": "In your design", "fr": "Dans votre dispositif"},
    "action": {"en": "your design", "fr": "votre dispositif"},
    "refused": {
        "en": "Measures that make no sense here ({count}), and why",
        "fr": "Mesures sans objet ici ({count}), et pourquoi",
    },
    "stale": {
        "en": "Your design has changed since these measures were tried. What follows is about the design as it was "
        "then: measures put together may do more or less than each alone, so try again.",
        "fr": "Votre dispositif a changé depuis cet essai. Ce qui suit porte sur le dispositif d'alors\u202f: réunies, "
        "des mesures peuvent faire plus ou moins que chacune seule\u202f; refaites l'essai.",
    },
    "others": {
        "en": "Other measures against this risk: {count}",
        "fr": "Autres mesures contre ce risque\u202f: {count}",
    },
    "changes": {"en": "What it changes", "fr": "Ce qu'elle change"},
    "instead": {"en": "{label}: {new} instead of {old}", "fr": "{label}\u202f: {new} au lieu de {old}"},
    "service": {"en": "Service: {title}", "fr": "Service\u202f: {title}"},
}


def word(key: str, language: str, /, **values: str) -> str:
    """Return a text of the page, with the values put in."""
    return say_from(HELP_WORDS, key, language, **values)
