"""What the first page says about files of one's own, in English and in French."""

from __future__ import annotations

from collections.abc import Mapping

from ..words import say_from

__all__ = ["EXAMPLES", "UPLOAD_WORDS", "word"]

# Small files to fill in, as spreadsheets of each language write them. Places and people are invented.
EXAMPLES: Mapping[str, Mapping[str, str]] = {
    "zones": {
        "en": "code,name,population,lon,lat\nA1,North quarter,4200,-2.75,48.10\nA2,Centre,8100,-2.74,48.09\n",
        "fr": "code;nom;population;longitude;latitude\nA1;Quartier nord;4200;-2,75;48,10\nA2;Centre;8100;-2,74;48,09\n",
    },
    "contributions": {
        "en": "user,date,tasks,zone\n1,2024-03-01,2,A1\n1,2024-03-18,1,A1\n2,2024-03-18,1,A2\n",
        "fr": "qui;date;tâches;zone\n1;2024-03-01;2;A1\n1;2024-03-18;1;A1\n2;2024-03-18;1;A2\n",
    },
}

UPLOAD_WORDS: Mapping[str, Mapping[str, str]] = {
    "safe": {
        "en": "Files stay on the server for as long as this page is open, in a folder that only it reads, and are "
        "removed when you leave. They are not in the address: whoever you send it to needs the file too.",
        "fr": "Les fichiers restent sur le serveur tant que cette page est ouverte, dans un dossier qu'elle seule lit, "
        "et sont effacés quand vous partez. Ils ne sont pas dans l'adresse\u202f: la personne à qui vous l'envoyez a "
        "besoin du fichier aussi.",
    },
    "zones": {"en": "A territory: zones as a CSV file", "fr": "Un territoire\u202f: des zones en fichier CSV"},
    "zones_help": {
        "en": "Columns code, name and population; if you have them lon, lat, area_km2, department, intercommunality, "
        "deprivation and shares by age or diploma. Columns are separated by commas or semicolons. At most {most}.",
        "fr": "Colonnes code, nom et population\u202f; si vous les avez longitude, latitude, surface_km2, département, "
        "intercommunalité, défavorisation et les parts par âge (part:0-14…) ou diplôme. Colonnes séparées par des "
        "points-virgules ou des virgules. Au plus {most}.",
    },
    "zones_taken": {
        "en": "{file}: {zones}. The service “{title}” is now simulated there.",
        "fr": "{file}\u202f: {zones}. Le service «\u202f{title}\u202f» y est désormais simulé.",
    },
    "zones_again": {
        "en": "Simulate this service in {file}",
        "fr": "Simuler ce service dans {file}",
    },
    "scenario": {"en": "A scenario: a TOML file", "fr": "Un scénario\u202f: un fichier TOML"},
    "scenario_help": {
        "en": "As the page “Export” gives it, or as “entraide scenarios new” writes it. It may be based on a scenario "
        "of the list, and names no other file. At most {most}.",
        "fr": "Tel que le donne la page «\u202fExporter\u202f», ou que l'écrit «\u202fentraide scenarios new\u202f». "
        "Il peut reposer sur un scénario de la liste et ne désigne aucun autre fichier. Au plus {most}.",
    },
    "scenario_taken": {
        "en": "{file} is in the list, and chosen.",
        "fr": "{file} est dans la liste, et choisi.",
    },
    "contributions": {
        "en": "Your contributions: a CSV file, to see whether they can be used",
        "fr": "Vos contributions\u202f: un fichier CSV, pour savoir s'il est utilisable",
    },
    "contributions_help": {
        "en": "One line for each contribution, with who (a number will do) and when; if you have them tasks and zone. "
        "Names that are understood: who, user, volunteer or contributor; when, date or day. Dates are safest as "
        "2024-03-31. At most {most}. The file is read, described here, and removed at once.",
        "fr": "Une ligne par contribution, avec qui (un numéro suffit) et quand\u202f; si vous les avez tâches et "
        "zone. Noms compris\u202f: qui, utilisateur, bénévole, usager ou contributeur\u202f; quand, date ou jour. La "
        "date la plus sûre s'écrit 2024-03-31. Au plus {most}. Le fichier est lu, décrit ici et aussitôt effacé.",
    },
    "example": {"en": "An example to fill in (CSV)", "fr": "Un modèle à remplir (CSV)"},
    "zones_example_name": {"en": "zones.csv", "fr": "zones.csv"},
    "contributions_example_name": {"en": "contributions.csv", "fr": "contributions.csv"},
    "contributions_next": {
        "en": "It can be used. Fitting people's behaviour to it takes some minutes, from a terminal, where the file "
        "stays with you:",
        "fr": "Il est utilisable. Ajuster les comportements à vos données prend quelques minutes, depuis un terminal, "
        "où le fichier reste chez vous\u202f:",
    },
    "contributions_then": {
        "en": "Bring along here the file scenario.toml that it writes.",
        "fr": "Apportez ensuite ici le fichier scenario.toml qu'elle écrit.",
    },
    "reading": {"en": "Reading the file…", "fr": "Lecture du fichier…"},
    "too_large": {"en": "This file is larger than {most}.", "fr": "Ce fichier dépasse {most}."},
    "unreadable": {"en": "The browser could not read this file.", "fr": "Le navigateur n'a pas pu lire ce fichier."},
    "refused": {"en": "This file cannot be used. ", "fr": "Fichier inutilisable. "},
    "refused_in_english": {"en": "This file cannot be used. ", "fr": "Fichier inutilisable (message en anglais). "},
    "megabytes": {"en": "{count} MB", "fr": "{count}\u202fMo"},
    "kilobytes": {"en": "{count} kB", "fr": "{count}\u202fko"},
}


def word(key: str, language: str, /, **values: str) -> str:
    """Return a text about files of one's own, with the values put in."""
    return say_from(UPLOAD_WORDS, key, language, **values)
