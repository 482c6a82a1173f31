"""What the page on taking results away says, in English and in French."""

from __future__ import annotations

from collections.abc import Mapping

from ..words import say_from

__all__ = ["EXPORT_WORDS", "TABLES", "word"]

EXPORT_WORDS: Mapping[str, Mapping[str, str]] = {
    "nothing": {
        "en": "There is nothing to take away yet: simulate first, with the button beside. Everything here then comes "
        "from that verdict.",
        "fr": "Rien à emporter pour l'instant\u202f: simulez d'abord, avec le bouton ci-contre. Tout ce qui se trouve "
        "ici viendra de ce verdict.",
    },
    "stale": {
        "en": "The settings have changed since: files are those of the earlier ones. Simulate again to renew them.",
        "fr": "Les réglages ont changé depuis\u202f: les fichiers portent sur les précédents. Simulez à nouveau.",
    },
    "what": {"en": "What is taken away", "fr": "Ce que vous emportez"},
    "what_said": {
        "en": "{title}, {years}, seed {seed}.",
        "fr": "{title}, {years}, graine {seed}.",
    },
    "broken": {
        "en": "{risk}: norm broken in {broken} of the {all} simulations in which it can be judged.",
        "fr": "{risk}\u202f: norme rompue {broken} fois sur {all}, là où elle peut être jugée.",
    },
    "made": {
        "en": "Each file is made when you press its button, and kept nowhere.",
        "fr": "Chaque fichier est préparé quand vous appuyez sur son bouton\u202f; rien n'est conservé.",
    },
    "report": {"en": "The report", "fr": "Le rapport"},
    "report_help": {
        "en": "Question, verdict, figures, tables, design, assumptions, limits and where the numbers come from. The "
        "page (HTML) holds both languages and opens in any browser; the PDF is in the language of this page, for "
        "printing and filing.",
        "fr": "Question, verdict, figures, tableaux, dispositif, hypothèses, limites et origine des chiffres. La page "
        "(HTML) contient les deux langues et s'ouvre dans tout navigateur\u202f; le PDF est dans la langue de cette "
        "page, pour imprimer et archiver.",
    },
    "report_html": {"en": "Report as a page (HTML)", "fr": "Rapport en page web (HTML)"},
    "report_pdf": {"en": "Report for printing (PDF)", "fr": "Rapport à imprimer (PDF)"},
    "tables": {"en": "Tables for a spreadsheet", "fr": "Tableaux pour un tableur"},
    "tables_help": {
        "en": "CSV files, one row for each observation, the unit beside each name. Cells are separated by commas, with "
        "a decimal point; the French page separates them by semicolons, with a decimal comma.",
        "fr": "Fichiers CSV, une ligne par observation, l'unité à côté de chaque nom (noms en anglais). Cellules "
        "séparées par des points-virgules, virgule décimale\u202f; la page anglaise les sépare par des virgules, avec "
        "un point décimal.",
    },
    "table": {"en": "Table", "fr": "Tableau"},
    "table_take": {"en": "Download the table (CSV)", "fr": "Télécharger le tableau (CSV)"},
    "figures": {"en": "Figures", "fr": "Figures"},
    "figures_help": {
        "en": "Each figure carries in its footer where it comes from. PNG for a text or a slide, SVG to enlarge or "
        "change it.",
        "fr": "Chaque figure porte en bas l'origine de ses chiffres. PNG pour un texte ou une diapositive, SVG pour "
        "l'agrandir ou la retoucher.",
    },
    "figure": {"en": "Figure", "fr": "Figure"},
    "drawing": {"en": "Drawing the figures…", "fr": "Tracé des figures…"},
    "figure_png": {"en": "Download as an image (PNG)", "fr": "Télécharger en image (PNG)"},
    "figure_svg": {"en": "Download as a drawing (SVG)", "fr": "Télécharger en dessin (SVG)"},
    "again": {"en": "The same numbers elsewhere", "fr": "Les mêmes chiffres ailleurs"},
    "again_help": {
        "en": "With Entraide installed, these give the numbers of the verdict again, to the last digit.",
        "fr": "Avec Entraide installé, ceci redonne les chiffres du verdict, jusqu'à la dernière décimale.",
    },
    "again_file": {
        "en": "Start them in the folder that holds the scenario file, under the name {name}.",
        "fr": "À lancer dans le dossier où se trouve le fichier de scénario, sous le nom {name}.",
    },
    "command": {"en": "From a terminal", "fr": "Depuis un terminal"},
    "python": {"en": "In Python", "fr": "En Python"},
    "scenario": {"en": "The scenario file", "fr": "Le fichier de scénario"},
    "scenario_help": {
        "en": "The whole design in one file: territory, events, norms, levers and assumptions. What you moved stands "
        "in its table [changes], since what a lever costs is counted from the settings at the start. The first page "
        "takes it back.",
        "fr": "Tout le dispositif en un fichier\u202f: territoire, événements, normes, leviers et hypothèses. Ce que "
        "vous avez modifié figure dans sa table [changes], car le coût d'un levier se compte à partir des réglages de "
        "départ. La première page peut le reprendre.",
    },
    "scenario_take": {"en": "Download {name}", "fr": "Télécharger {name}"},
}

TABLES: Mapping[str, Mapping[str, str]] = {
    "measures": {
        "en": "All measures, by simulation and year",
        "fr": "Toutes les mesures, par simulation et par année",
    },
    "daily": {"en": "Day by day", "fr": "Jour par jour"},
    "zones": {"en": "Place by place, by year", "fr": "Lieu par lieu, par année"},
    "groups": {"en": "Who contributes, by age and diploma", "fr": "Qui contribue, par âge et par diplôme"},
    "distribution": {
        "en": "How contributions are spread between contributors",
        "fr": "Répartition des contributions entre contributeurs",
    },
    "motives": {"en": "Why people contribute", "fr": "Pourquoi l'on contribue"},
    "under_floor": {"en": "Places under the floor", "fr": "Lieux sous le plancher"},
    "departments": {"en": "Department by department", "fr": "Département par département"},
    "draws": {"en": "Parameters drawn", "fr": "Paramètres tirés au sort"},
    "margins": {"en": "Margins to the norms", "fr": "Marges par rapport aux normes"},
}


def word(key: str, language: str, /, **values: str) -> str:
    """Return a text of the page, with the values put in."""
    return say_from(EXPORT_WORDS, key, language, **values)
