"""What the dashboard says, in English and in French."""

from __future__ import annotations

from collections.abc import Mapping

from ..locales import check_language, number
from .shell_words import SHELL_WORDS

__all__ = ["LANGUAGE_NAMES", "WORDS", "duration", "say", "say_from"]

LANGUAGE_NAMES: Mapping[str, str] = {"fr": "Français", "en": "English"}

WORDS: Mapping[str, Mapping[str, str]] = {
    **SHELL_WORDS,
    "tagline": {
        "en": "Try a participatory public service before deploying it",
        "fr": "Essayer un service public participatif avant de le déployer",
    },
    "languages": {"en": "Language", "fr": "Langue"},
    "dark": {"en": "Dark mode", "fr": "Mode sombre"},
    "skip": {"en": "Go to the page's content", "fr": "Aller au contenu de la page"},
    "settings": {"en": "Settings", "fr": "Réglages"},
    "choose": {"en": "Service", "fr": "Service"},
    "scenario": {"en": "Scenario", "fr": "Scénario"},
    "place": {
        "en": "{territory}: {people}; {days} from {start}.",
        "fr": "{territory}\u202f: {people}\u202f; {days} à partir du {start}.",
    },
    "faults": {
        "en": "These scenario files cannot be used:",
        "fr": "Ces fichiers de scénario sont inutilisables (messages en anglais)\u202f:",
    },
    "more": {"en": "More about this scenario", "fr": "En savoir plus sur ce scénario"},
    "today": {"en": "At the start: {value}", "fr": "Au départ\u202f: {value}"},
    "reset": {"en": "Back to the start value", "fr": "Revenir à la valeur de départ"},
    "reset_one": {"en": "{label}: back to the start value", "fr": "{label}\u202f: revenir à la valeur de départ"},
    "slider": {"en": "{label}, slider", "fr": "{label}, curseur"},
    "allowed": {
        "en": "“{text}” cannot be used here. Allowed: {low} to {high}{whole}. {now} stays in force.",
        "fr": "«\u202f{text}\u202f» est inutilisable ici. Valeurs admises\u202f: de {low} à {high}{whole}. La valeur "
        "en vigueur reste {now}.",
    },
    "whole": {"en": ", whole numbers only", "fr": ", en nombres entiers"},
    "simulate": {"en": "Simulations", "fr": "Simulations"},
    "replicates": {"en": "Number of simulations", "fr": "Nombre de simulations"},
    "replicates_4": {"en": "4: a quick look, no probability", "fr": "4\u202f: aperçu, sans probabilité"},
    "replicates_20": {"en": "20: probabilities", "fr": "20\u202f: probabilités"},
    "replicates_100": {"en": "100: finer probabilities", "fr": "100\u202f: probabilités plus fines"},
    "replicates_help": {
        "en": "Each one draws anew who sees what, who answers and when. It takes many to tell how sure a verdict is.",
        "fr": "Chacune tire au sort qui voit quoi, qui répond et quand. Il en faut beaucoup pour savoir si un verdict "
        "est sûr.",
    },
    "replicates_few": {
        "en": "{few} are too few to separate what is not known from chance: choose {least} for that.",
        "fr": "{few} ne suffisent pas à distinguer ce que l'on ignore du hasard\u202f: choisissez-en {least}.",
    },
    "parameters": {"en": "What is known of people", "fr": "Ce que l'on sait des citoyens"},
    "parameters_ensemble": {"en": "All that the data leave open", "fr": "Tout ce que les données laissent incertain"},
    "parameters_ensemble_help": {
        "en": "Simulations differ in how people take part, within what comparable services have shown. The verdict "
        "separates what is not known from chance.",
        "fr": "D'une simulation à l'autre, la participation varie dans les limites de ce que des services comparables "
        "ont montré. Le verdict distingue ce que l'on ignore du hasard.",
    },
    "parameters_idle": {
        "en": "There is nothing to choose here: either answer would give the same verdict.",
        "fr": "Il n'y a donc rien à choisir ici\u202f: le verdict serait le même.",
    },
    "parameters_preset": {"en": "The most typical draw", "fr": "Le tirage le plus typique"},
    "parameters_preset_help": {
        "en": "One set of values for how people take part, the most typical. Simulations differ by chance alone: the "
        "verdict looks surer than it is.",
        "fr": "Un seul jeu de valeurs pour la participation, le plus typique. Les simulations ne diffèrent "
        "que par le hasard\u202f: le verdict paraît plus sûr qu'il ne l'est.",
    },
    "ignorance_help": {
        "en": "What is not known, better data would tell, a pilot for instance; chance stays, however much is known.",
        "fr": "Ce que l'on ignore, de meilleures données le diraient, celles d'un projet pilote par exemple\u202f; le "
        "hasard demeure, quoi que l'on sache.",
    },
    "ignorance_more": {"en": "In figures, risk by risk", "fr": "En chiffres, risque par risque"},
    "run": {"en": "Simulate", "fr": "Simuler"},
    "stop": {"en": "Stop", "fr": "Arrêter"},
    "stage_baseline": {"en": "Simulating the starting settings", "fr": "Simulation des réglages de départ"},
    "stage_chosen_baseline": {"en": "Simulating the baseline", "fr": "Simulation de la référence"},
    "stage_design": {"en": "Simulating your design", "fr": "Simulation de votre dispositif"},
    "stage_administration_alone": {
        "en": "Asking what the administration alone would do",
        "fr": "Calcul de ce que ferait l'administration seule",
    },
    "progress": {"en": "{stage}: {share}{left}", "fr": "{stage}\u202f: {share}{left}"},
    "left": {"en": ", about {time} left", "fr": ", encore {time} environ"},
    "correct": {
        "en": "First correct on the page “Design”: {labels}.",
        "fr": "Corrigez d'abord, à la page «\u202fConcevoir\u202f»\u202f: {labels}.",
    },
    "stopping": {"en": "Stopping…", "fr": "Arrêt en cours…"},
    "stopped": {"en": "Stopped before the end: no results.", "fr": "Arrêté avant la fin\u202f: pas de résultats."},
    "done_stale": {
        "en": "The settings have changed since the last results.",
        "fr": "Les réglages ont changé depuis les derniers résultats.",
    },
    "under_way": {
        "en": "This is being simulated: the results will stand here.",
        "fr": "Simulation en cours\u202f: les résultats s'afficheront ici.",
    },
    "done": {"en": "Done. The results are ready.", "fr": "Terminé. Les résultats sont prêts."},
    "failed": {
        "en": "The program failed. Whoever started it finds the details in its terminal.",
        "fr": "Le programme a échoué. Le détail est dans le terminal où il a été lancé.",
    },
    "no_figures": {"en": "The figures could not be drawn.", "fr": "Les figures n'ont pas pu être tracées."},
    "refused": {"en": "This cannot be simulated. ", "fr": "Simulation impossible. "},
    "refused_in_english": {"en": "This cannot be simulated. ", "fr": "Simulation impossible (message en anglais). "},
    "verdict": {"en": "Verdict", "fr": "Verdict"},
    "nothing_yet": {
        "en": "Nothing is simulated yet. Press “Simulate”: the verdict will stand here.",
        "fr": "Rien n'est encore simulé. Appuyez sur «\u202fSimuler\u202f»\u202f: le verdict s'affichera ici.",
    },
    "will_show": {
        "en": "It answers three questions about the service: will it go on (continuity), will it be right (quality), "
        "will everybody be served (universality)? With what it costs, and with what the administration alone would do, "
        "for the same money or for the same norms.",
        "fr": "Il répond à trois questions sur le service\u202f: tiendra-t-il dans la durée (continuité), sera-t-il "
        "juste (qualité), servira-t-il tout le monde (égalité)\u202f? Avec ce qu'il coûte, et ce que ferait "
        "l'administration seule, à budget égal ou à normes égales.",
    },
    "norms": {"en": "The norms that this service is held to", "fr": "Les normes que ce service doit tenir"},
    "stale": {
        "en": "The settings have changed since: this verdict is about the earlier ones. Simulate again to renew it.",
        "fr": "Les réglages ont changé depuis\u202f: ce verdict porte sur les précédents. Simulez à nouveau.",
    },
    "simulated_place": {
        "en": "Simulated place: {place}, {people} inhabitants.",
        "fr": "Territoire simulé\u202f: {place}, {people} habitants.",
    },
    "as_it_is": {"en": "The starting settings", "fr": "Les réglages de départ"},
    "your_design": {"en": "Your design", "fr": "Votre dispositif"},
    "instead": {"en": "{label}: {new} instead of {old}", "fr": "{label}\u202f: {new} au lieu de {old}"},
    "name_today": {"en": "the starting settings", "fr": "les réglages de départ"},
    "name_baseline": {"en": "the baseline", "fr": "la référence"},
    "row_baseline": {"en": "Baseline chosen", "fr": "Référence choisie"},
    "measures": {"en": "Inequality and all other measures", "fr": "Inégalités et toutes les autres mesures"},
    "measures_help": {
        "en": "Who lives under the floor, how contributions and service are spread, depth and length of shortfalls, "
        "and the cost by kind.",
        "fr": "Qui vit sous le plancher, comment se répartissent contributions et service, profondeur et durée des "
        "insuffisances, et coût par nature.",
    },
    "measures_more": {"en": "In figures, measure by measure", "fr": "En chiffres, mesure par mesure"},
    "people": {"en": "Who contributes, and why", "fr": "Qui contribue, et pourquoi"},
    "name_design": {"en": "your design", "fr": "votre dispositif"},
    "of": {"en": "{count} of {all}", "fr": "{count} sur {all}"},
    "years_continuity": {"en": "{years} in which continuity is broken", "fr": "{years} où la continuité est rompue"},
    "years_quality": {
        "en": "{years} in which the quality norm is broken",
        "fr": "{years} où la norme de qualité est enfreinte",
    },
    "years_universality": {"en": "{years} in which universality is broken", "fr": "{years} où l'égalité est rompue"},
    "chance_continuity": {
        "en": "estimated probability that continuity is broken, {interval}",
        "fr": "probabilité estimée que la continuité soit rompue, {interval}",
    },
    "chance_quality": {
        "en": "estimated probability that the quality norm is broken, {interval}",
        "fr": "probabilité estimée que la norme de qualité soit enfreinte, {interval}",
    },
    "chance_universality": {
        "en": "estimated probability that universality is broken, {interval}",
        "fr": "probabilité estimée que l'égalité soit rompue, {interval}",
    },
    "no_value": {"en": "no value", "fr": "aucune valeur"},
    "no_norm": {"en": "no norm", "fr": "sans norme"},
    "compared": {"en": "Against the starting settings", "fr": "Par rapport aux réglages de départ"},
    "compared_baseline": {"en": "Against the baseline", "fr": "Par rapport à la référence"},
    "cost": {"en": "Cost", "fr": "Coût"},
    "alone": {"en": "The administration alone", "fr": "L'administration seule"},
    "beside": {"en": "Side by side", "fr": "Côte à côte"},
    "beside_help": {
        "en": "How often each norm is broken in the year, and the mean cost; {years} of each.",
        "fr": "Combien de fois chaque norme est rompue dans l'année, et coût moyen\u202f; {years} de chaque.",
    },
    "take_table": {"en": "Download the table (CSV)", "fr": "Télécharger le tableau (CSV)"},
    "take_table_help": {
        "en": "All that stands on this page as numbers, a row for each difference, for a spreadsheet.",
        "fr": "Tout ce que cette page chiffre, une ligne par écart, pour un tableur (noms des colonnes en anglais).",
    },
    "beside_draws": {
        "en": "Two equal figures may have intervals of different widths: where simulations of one draw are alike, they "
        "count for less.",
        "fr": "Deux chiffres égaux peuvent avoir des intervalles de largeurs différentes\u202f: là où les simulations "
        "d'un même tirage se ressemblent, elles comptent pour moins.",
    },
    "column_design": {"en": "What is simulated", "fr": "Ce qui est simulé"},
    "column_cost": {"en": "Cost a year", "fr": "Coût par an"},
    "row_today": {"en": "Starting settings", "fr": "Réglages de départ"},
    "row_same_budget": {"en": "Administration alone, same budget", "fr": "Administration seule, même budget"},
    "row_same_norm": {"en": "Administration alone, same norms", "fr": "Administration seule, mêmes normes"},
    "figures": {"en": "Figures", "fr": "Figures"},
    "drawing": {"en": "Drawing the figures…", "fr": "Tracé des figures…"},
    "limits": {"en": "What this cannot tell", "fr": "Ce que cela ne peut pas dire"},
    "origin": {"en": "Where these figures come from", "fr": "D'où viennent ces chiffres"},
    "origin_same": {"en": "The same from a terminal:", "fr": "La même chose depuis un terminal\u202f:"},
    "origin_file": {
        "en": "The same from a terminal, in a folder with the file {name} and those that it names, which the page "
        "Export gives:",
        "fr": "La même chose depuis un terminal, dans un dossier où se trouvent le fichier {name} et ceux qu'il "
        "désigne, à prendre à la page «\u202fExporter\u202f»\u202f:",
    },
    "origin_text": {
        "en": "Entraide {version}, scenario {scenario}, {years}, seed {seed}, computed in {time}. {same}",
        "fr": "Entraide {version}, scénario {scenario}, {years}, graine {seed}, calculé en {time}. {same}",
    },
    "copy": {"en": "Copy", "fr": "Copier"},
    "copied": {"en": "Copied.", "fr": "Copié."},
    "marked": {
        "en": "The browser does not allow it: the text is marked, copy it with the keyboard.",
        "fr": "Le navigateur ne le permet pas\u202f: le texte est sélectionné, copiez-le au clavier.",
    },
    "making": {"en": "Being made…", "fr": "En préparation…"},
    "not_made": {
        "en": "The file could not be made. Whoever started the program finds the details in its terminal.",
        "fr": "Le fichier n'a pas pu être préparé. Le détail est dans le terminal où le programme a été lancé.",
    },
    "gauge": {
        "en": "Bar: interval; diamond: probability; hollow diamond: starting settings.",
        "fr": "Barre\u202f: intervalle\u202f; losange\u202f: probabilité\u202f; losange creux\u202f: réglages de "
        "départ.",
    },
    "gauge_baseline": {
        "en": "Bar: interval; diamond: probability; hollow diamond: the baseline.",
        "fr": "Barre\u202f: intervalle\u202f; losange\u202f: probabilité\u202f; losange creux\u202f: la référence.",
    },
    "gauge_alone": {
        "en": "Bar: interval; diamond: probability.",
        "fr": "Barre\u202f: intervalle\u202f; losange\u202f: probabilité.",
    },
    "squares": {
        "en": "A square for each simulation; crossed: broken.",
        "fr": "Un carré par simulation\u202f; barré\u202f: rupture.",
    },
}


def say(key: str, language: str, /, **values: str) -> str:
    """Return a text, with the values put in."""
    return say_from(WORDS, key, language, **values)


def say_from(words: Mapping[str, Mapping[str, str]], key: str, language: str, /, **values: str) -> str:
    """Return a text of a page that has words of its own, with the values put in."""
    text = words[key][check_language(language)]
    return text.format(**values) if values else text


def duration(seconds: float, language: str) -> str:
    """Write a time to wait, roughly: "20 s", "3 min"."""
    if seconds < 55:
        rounded = max(1, round(seconds)) if seconds < 10 else 5 * round(seconds / 5)
        return f"{number(rounded, language)}\u00a0s"
    return f"{number(max(1, round(seconds / 60)), language)}\u00a0min"
