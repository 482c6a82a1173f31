"""What the page that compares designs says, in English and in French."""

from __future__ import annotations

from collections.abc import Mapping

from ..words import say_from

__all__ = ["COMPARE_WORDS", "word"]

COMPARE_WORDS: Mapping[str, Mapping[str, str]] = {
    "compare": {"en": "Compare", "fr": "Comparer"},
    "stage_baseline": {"en": "Simulating the baseline", "fr": "Simulation de la référence"},
    "stage_variant": {"en": "Simulating design {letter}", "fr": "Simulation du dispositif {letter}"},
    "designs": {"en": "Designs", "fr": "Dispositifs"},
    "designs_help": {
        "en": "Up to four. Norms, assumptions and events are the same for all of them; only levers differ.",
        "fr": "Quatre au plus. Normes, hypothèses et événements sont les mêmes pour tous\u202f; seuls les leviers "
        "diffèrent.",
    },
    "letter": {"en": "Design {letter}", "fr": "Dispositif {letter}"},
    "letter_named": {"en": "Design {letter} – {name}", "fr": "Dispositif {letter} – {name}"},
    "short": {"en": "design {letter}", "fr": "dispositif {letter}"},
    "today": {"en": "The starting settings", "fr": "Les réglages de départ"},
    "no_levers": {
        "en": "No lever moved: the same as the starting settings.",
        "fr": "Aucun levier déplacé\u202f: identique aux réglages de départ.",
    },
    "worked_on": {"en": "worked on", "fr": "en cours de travail"},
    "is_baseline": {"en": "baseline", "fr": "référence"},
    "name_field": {"en": "Name of design {letter}", "fr": "Nom du dispositif {letter}"},
    "work_on": {"en": "Work on this one", "fr": "Travailler sur celui-ci"},
    "work_on_one": {"en": "Work on design {letter}", "fr": "Travailler sur le dispositif {letter}"},
    "make_baseline": {"en": "Make it the baseline", "fr": "En faire la référence"},
    "make_baseline_one": {
        "en": "Make design {letter} the baseline",
        "fr": "Faire du dispositif {letter} la référence",
    },
    "make_today": {
        "en": "Make the starting settings the baseline",
        "fr": "Faire des réglages de départ la référence",
    },
    "remove": {"en": "Remove", "fr": "Retirer"},
    "remove_one": {"en": "Remove design {letter}", "fr": "Retirer le dispositif {letter}"},
    "add_name": {"en": "Name of the new design", "fr": "Nom du nouveau dispositif"},
    "add_help": {
        "en": "It starts as a copy of design {letter}; then move its levers on the Design page.",
        "fr": "Il commence comme une copie du dispositif {letter}\u202f; déplacez ensuite ses leviers à la page "
        "«\u202fConcevoir\u202f».",
    },
    "add": {"en": "Add a copy of design {letter}", "fr": "Ajouter une copie du dispositif {letter}"},
    "full": {
        "en": "There are four designs: remove one to add another.",
        "fr": "Il y a quatre dispositifs\u202f: retirez-en un pour en ajouter un autre.",
    },
    "name_help": {"en": "At most {most} characters.", "fr": "{most} caractères au plus."},
    "nothing_yet": {
        "en": "Nothing was compared yet. “Compare” simulates the baseline and each design on the same random numbers, "
        "and shows the difference of each risk, of the cost and of the main measures, with its band.",
        "fr": "Rien n'a encore été comparé. «\u202fComparer\u202f» simule la référence et chaque dispositif avec les "
        "mêmes tirages au sort, et montre l'écart de chaque risque, du coût et des principales mesures, avec son "
        "intervalle.",
    },
    "all_alike": {
        "en": "no design differs from the baseline",
        "fr": "aucun dispositif ne diffère de la référence",
    },
    "all_alike_remedy": {
        "en": "Move a lever on the Design page, or choose another baseline",
        "fr": "Déplacez un levier à la page «\u202fConcevoir\u202f», ou choisissez une autre référence",
    },
    "alike": {
        "en": "{designs}: the same levers as the baseline, so nothing to compare.",
        "fr": "{designs}\u202f: les mêmes leviers que la référence, donc rien à comparer.",
    },
    "stale": {
        "en": "Designs have changed since. What follows is about them as they were; press “Compare” again.",
        "fr": "Des dispositifs ont changé depuis. Ce qui suit porte sur eux tels qu'ils étaient\u202f; appuyez de "
        "nouveau sur «\u202fComparer\u202f».",
    },
    "against": {"en": "Compared with: {baseline}. {years} of each.", "fr": "Référence\u202f: {baseline}. {years} de "
                "chaque."},
    "family": {
        "en": "Bands are wide enough to hold for all designs together, hence wider than on the Verdict page, where one "
        "design stands alone.",
        "fr": "Les intervalles sont assez larges pour valoir pour tous les dispositifs à la fois, donc plus larges "
        "qu'à la page «\u202fVerdict\u202f», où un seul dispositif est en jeu.",
    },
    "year": {"en": "Year compared: {year}.", "fr": "Année comparée\u202f: {year}."},
    "differences": {"en": "Differences from the baseline", "fr": "Écarts à la référence"},
    "service": {"en": "Service: {title}", "fr": "Service\u202f: {title}"},
    "measure": {"en": "measure", "fr": "mesure"},
    "value": {"en": "baseline", "fr": "référence"},
    "table_help": {
        "en": "In each cell: the value, the difference from the baseline with its band, and the verdict. ▲: better "
        "when higher; the others are better when lower, except what agents do in last resort, which is yours to judge.",
        "fr": "Dans chaque case\u202f: la valeur, l'écart à la référence avec son intervalle, et le verdict. ▲\u202f: "
        "mieux quand c'est plus haut\u202f; les autres, quand c'est plus bas, sauf la part rendue par les agents en "
        "dernier recours, dont vous êtes juge.",
    },
    "of": {"en": "broken in {count} of {all}", "fr": "rupture dans {count} sur {all}"},
    "no_value": {"en": "no value", "fr": "sans valeur"},
    "no_difference": {"en": "no difference seen", "fr": "aucun écart observé"},
    "moves": {"en": "What differs from the baseline", "fr": "Ce qui diffère de la référence"},
}  # fmt: skip


def word(key: str, language: str, /, **values: str) -> str:
    """Return a text of the page, with the values put in."""
    return say_from(COMPARE_WORDS, key, language, **values)
