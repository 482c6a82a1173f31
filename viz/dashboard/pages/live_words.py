"""What the page on a simulation under way says, in English and in French."""

from __future__ import annotations

from collections.abc import Mapping

from ..words import say_from

__all__ = ["LIVE_WORDS", "word"]

LIVE_WORDS: Mapping[str, Mapping[str, str]] = {
    "what": {
        "en": "One simulation, day by day: what citizens do, what waits, who has heard of the service. It is the "
        "first of the simulations that the verdict counts; another one would go differently.",
        "fr": "Une simulation, jour après jour\u202f: ce que font les citoyens, ce qui attend, qui connaît le "
        "service. C'est la première des simulations que compte le verdict\u202f; une autre se déroulerait autrement.",
    },
    "alone": {
        "en": "One simulation proves nothing: look at the verdict to decide.",
        "fr": "Une seule simulation ne prouve rien\u202f: pour décider, lisez le verdict.",
    },
    "whole": {"en": "Territory: {place}, {people}.", "fr": "Territoire\u202f: {place}, {people}."},
    "sampled": {
        "en": "Only a part is watched, so that days follow each other fast: {zones} of {of}, taken whole, {people}. "
        "Its figures are not those of the whole territory.",
        "fr": "Seule une partie est suivie, pour que les jours s'enchaînent vite\u202f: {zones} sur {of}, pris en "
        "entier, {people}. Ses chiffres ne sont pas ceux du territoire entier.",
    },
    "speed": {"en": "Speed", "fr": "Vitesse"},
    "speed_1": {"en": "one day a second", "fr": "un jour par seconde"},
    "speed_7": {"en": "a week a second", "fr": "une semaine par seconde"},
    "speed_30": {"en": "a month a second", "fr": "un mois par seconde"},
    "speed_0": {"en": "as fast as it can", "fr": "aussi vite que possible"},
    "service": {"en": "Service shown", "fr": "Service affiché"},
    "start": {"en": "Start", "fr": "Démarrer"},
    "go_on": {"en": "Go on", "fr": "Reprendre"},
    "watch_again": {"en": "Watch it again", "fr": "Revoir depuis le début"},
    "events": {"en": "In grey on the curves: {events}.", "fr": "En gris sur les courbes\u202f: {events}."},
    "pause": {"en": "Pause", "fr": "Pause"},
    "one_day": {"en": "One day", "fr": "Un jour"},
    "again": {"en": "From the beginning", "fr": "Recommencer"},
    "preparing": {"en": "Drawing the inhabitants…", "fr": "Tirage des habitants…"},
    "buttons": {"en": "Steer the simulation", "fr": "Conduire la simulation"},
    "idle": {
        "en": "Nothing runs yet. “Start” lets days follow each other, “One day” takes one step.",
        "fr": "Rien ne se déroule encore. «\u202fDémarrer\u202f» enchaîne les jours, «\u202fUn jour\u202f» avance d'un "
        "pas.",
    },
    "day": {
        "en": "Day {day} of {days}, {date}: {contributions} so far.",
        "fr": "Jour {day} sur {days}, le {date}\u202f: {contributions} jusqu'ici.",
    },
    "finished": {"en": "All days are over.", "fr": "Tous les jours sont passés."},
    "changed": {
        "en": "The settings have changed: this simulation is of the earlier ones. “From the beginning” takes the new "
        "ones.",
        "fr": "Les réglages ont changé\u202f: cette simulation porte sur les précédents. «\u202fRecommencer\u202f» "
        "prend les nouveaux.",
    },
    "contributions": {"en": "Contributions a day", "fr": "Contributions par jour"},
    "waiting": {"en": "Needs waiting at the end of the day", "fr": "Besoins en attente en fin de journée"},
    "aware": {"en": "People who know the service", "fr": "Personnes qui connaissent le service"},
    "line": {
        "en": "{title}: {last} on the last day, at most {top}.",
        "fr": "{title}\u202f: {last} le dernier jour, {top} au plus.",
    },
    "zones": {"en": "Needs met in time, place by place", "fr": "Besoins satisfaits à temps, lieu par lieu"},
    "zones_help": {
        "en": "Since the beginning. On the map, a ring is as large as its place has inhabitants, and filled by the "
        "share met in time.",
        "fr": "Depuis le début. Sur la carte, le cercle grandit avec la population du lieu, et se remplit de la "
        "part satisfaite à temps.",
    },
    "zones_lowest": {
        "en": "Places with the lowest share: {count}.",
        "fr": "Lieux où la part est la plus faible\u202f: {count}.",
    },
    "zones_map": {
        "en": "Map of {count}: share of needs met in time, {share} in all. The table beside names places.",
        "fr": "Carte de {count}\u202f: part des besoins satisfaits à temps, {share} en tout. Le tableau voisin nomme "
        "les lieux.",
    },
    "column_zone": {"en": "Place", "fr": "Lieu"},
    "column_people": {"en": "Inhabitants", "fr": "Habitants"},
    "column_share": {"en": "Met in time", "fr": "À temps"},
    "column_due": {"en": "Needs due", "fr": "Besoins échus"},
    "column_given": {"en": "Contributions", "fr": "Contributions"},
    "nothing_due": {"en": "none due yet", "fr": "aucun échu"},
    "refused": {"en": "This cannot be watched. ", "fr": "Suivi impossible. "},
}


def word(key: str, language: str, /, **values: str) -> str:
    """Return a text of the page, with the values put in."""
    return say_from(LIVE_WORDS, key, language, **values)
