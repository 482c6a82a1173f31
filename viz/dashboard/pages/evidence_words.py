"""What the page on evidence says, in English and in French."""

from __future__ import annotations

from collections.abc import Mapping

from ..words import say_from

__all__ = ["CANNOT_SAY", "EVIDENCE_WORDS", "word"]

EVIDENCE_WORDS: Mapping[str, Mapping[str, str]] = {
    "how": {
        "en": "The simulator was held against {cases}: real projects and published studies. For each figure, a band of "
        "acceptable values was written down before it was simulated ({seeds} of each case). Nothing is simulated on "
        "this page.",
        "fr": "Le simulateur a été confronté à {cases}\u202f: des projets réels et des études publiées. Pour chaque "
        "chiffre, une plage de valeurs acceptables a été fixée avant de simuler ({seeds} par cas). Rien n'est simulé "
        "sur cette page.",
    },
    "contents": {"en": "On this page", "fr": "Sur cette page"},
    "contents_own": {"en": "Services of your kind", "fr": "Les services de votre type"},
    "contents_again": {"en": "The same from a terminal", "fr": "La même chose depuis un terminal"},
    "yours": {"en": "Services of your kind: {name}", "fr": "Les services de votre type\u202f: {name}"},
    "all": {"en": "All kinds of service together", "fr": "Tous les types de service ensemble"},
    "no_case": {
        "en": "No real data on this kind of service: what the simulator says of how people take part in it is assumed.",
        "fr": "Aucune donnée réelle sur ce type de service\u202f: ce que le simulateur dit de la participation y est "
        "une hypothèse.",
    },
    "few_cases": {
        "en": "Little data on this kind of service: take what is said of it as an aid to thought.",
        "fr": "Peu de données sur ce type de service\u202f: n'y voyez qu'une aide à la réflexion.",
    },
    "table": {"en": "Case by case", "fr": "Cas par cas"},
    "table_help": {
        "en": "Fitted: the simulator's parameters were set with these figures, so that meeting them proves little. Out "
        "of sample: nothing was fitted to them. Given: it was told these figures; they count for nothing.",
        "fr": "Ajustés\u202f: les paramètres du simulateur ont été réglés sur ces chiffres\u202f; les atteindre prouve "
        "peu. Hors échantillon\u202f: rien n'a été ajusté sur eux. Donnés\u202f: on les lui a fournis\u202f; ils ne "
        "comptent pas.",
    },
    "column_case": {"en": "Case", "fr": "Cas"},
    "column_kind": {"en": "Kind of service", "fr": "Type de service"},
    "column_fit": {"en": "Fitted, met", "fr": "Ajustés, atteints"},
    "column_out": {"en": "Out of sample, met", "fr": "Hors échantillon, atteints"},
    "column_given": {"en": "Given, met", "fr": "Donnés, atteints"},
    "column_missed": {"en": "Missed", "fr": "Manqués"},
    "of": {"en": "{met} of {all}", "fr": "{met} sur {all}"},
    "none": {"en": "–", "fr": "–"},
    "not_run": {"en": "not simulated: {why}", "fr": "non simulé\u202f: {why}"},
    "figures": {"en": "All figures of {name}", "fr": "Tous les chiffres\u202f: {name}"},
    "figures_more": {"en": "Figure by figure", "fr": "Chiffre par chiffre"},
    "source": {"en": "Source: {source}", "fr": "Source (en anglais)\u202f: {source}"},
    "controls": {"en": "Could the simulator fail?", "fr": "Le simulateur pourrait-il échouer\u202f?"},
    "controls_help": {
        "en": "A figure that would be met whatever the simulator did proves nothing. So each mechanism was switched "
        "off in turn: figures that rest on it must then be missed, others must still be met.",
        "fr": "Un chiffre atteint quoi que fasse le simulateur ne prouverait rien. Chaque mécanisme a donc été coupé "
        "tour à tour\u202f: les chiffres qui en dépendent doivent alors être manqués, les autres rester atteints.",
    },
    "controls_said": {
        "en": "{right} of the {all} switches that were tried make their figures fail as they should. "
        "Not so: {in_vain}.",
        "fr": "{right} des {all} coupures essayées font manquer leurs chiffres comme elles le doivent. "
        "L'exception\u202f: {in_vain}.",
    },
    "column_control": {"en": "What is switched off", "fr": "Ce qui est coupé"},
    "column_with": {"en": "With", "fr": "Avec"},
    "column_without": {"en": "Without", "fr": "Sans"},
    "column_band": {"en": "Accepted", "fr": "Accepté"},
    "column_figure": {"en": "Figure", "fr": "Chiffre"},
    "column_must": {"en": "Must be", "fr": "Doit être"},
    "column_is": {"en": "Is", "fr": "Est"},
    "missed": {"en": "missed", "fr": "manqué"},
    "met": {"en": "met", "fr": "atteint"},
    "to": {"en": "{low} to {high}", "fr": "{low} à {high}"},
    "cannot": {"en": "What the simulator cannot say", "fr": "Ce que le simulateur ne peut pas dire"},
    "cannot_missed": {
        "en": "It misses {count} that nothing was fitted to:",
        "fr": "Il manque {count} sur lesquels rien n'a été ajusté\u202f:",
    },
    "again": {
        "en": "The same, simulated anew, from a terminal:",
        "fr": "La même chose, simulée à nouveau, depuis un terminal\u202f:",
    },
}

CANNOT_SAY: Mapping[str, tuple[str, ...]] = {
    "en": (
        "How readily people accept when asked: contributions do not show it, so the effect of a lever rests on an "
        "assumption, and verdicts are to be read with that in mind.",
        "The exact numbers of one place: needs, capacities and costs are those that the scenario states. Designs are "
        "compared; nothing is forecast.",
        "What happens where such a service never takes off: data come from projects that took off, most of them online "
        "and in English-speaking countries.",
        "That people differ as the simulator says: switched off, the figures on inequality are still met.",
        "Who takes part in each neighbourhood: people are drawn from national tables, unless the territory's own "
        "shares are given.",
    ),
    "fr": (
        "Avec quelle facilité on accepte quand on est sollicité\u202f: les contributions ne le montrent pas. L'effet "
        "d'un levier repose donc sur une hypothèse, à garder en tête en lisant un verdict.",
        "Les nombres exacts d'un lieu\u202f: besoins, moyens et coûts sont ceux que le scénario énonce. On compare des "
        "dispositifs, on ne prévoit rien.",
        "Ce qui se passe quand un tel service ne prend jamais\u202f: les données viennent de projets qui ont pris, en "
        "ligne et dans des pays anglophones pour la plupart.",
        "Que les personnes diffèrent comme le dit le simulateur\u202f: sans ces différences, les chiffres sur les "
        "inégalités sont encore atteints.",
        "Qui participe dans chaque quartier\u202f: les habitants sont tirés de tables nationales, sauf si le "
        "territoire apporte ses propres parts.",
    ),
}


def word(key: str, language: str, /, **values: str) -> str:
    """Return a text of the page, with the values put in."""
    return say_from(EVIDENCE_WORDS, key, language, **values)
