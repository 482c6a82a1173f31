"""What stands around the pages of the dashboard, in English and in French."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["SHELL_WORDS"]

SHELL_WORDS: Mapping[str, Mapping[str, str]] = {
    "tasks": {"en": "Tasks", "fr": "Étapes"},
    "steps": {"en": "Changes", "fr": "Modifications"},
    "undo": {"en": "Undo", "fr": "Annuler"},
    "redo": {"en": "Redo", "fr": "Rétablir"},
    "reset_start": {"en": "Start again", "fr": "Tout réinitialiser"},
    "in_hand": {"en": "In hand", "fr": "En cours"},
    "in_hand_design": {"en": "Design {letter} of {count}", "fr": "Dispositif {letter} sur {count}"},
    "in_hand_today": {"en": "the starting settings", "fr": "les réglages de départ"},
    "moved_levers": {"en": "Levers moved: {count}", "fr": "Leviers déplacés\u202f: {count}"},
    "moved_norms": {"en": "Norms moved: {count}", "fr": "Normes déplacées\u202f: {count}"},
    "moved_assumptions": {"en": "Assumptions moved: {count}", "fr": "Hypothèses modifiées\u202f: {count}"},
    "moved_events": {"en": "Events added: {count}", "fr": "Événements ajoutés\u202f: {count}"},
    "compared_with": {"en": "Compared with: {what}", "fr": "Comparé à\u202f: {what}"},
    "design_named": {"en": "design {letter}", "fr": "le dispositif {letter}"},
    "no_service": {"en": "nothing moved", "fr": "rien de modifié"},
    "waiting": {
        "en": "Waiting: {others} before yours",
        "fr": "En attente\u202f: {others} avant la vôtre",
    },
    "let_go": {
        "en": "These results are no longer held: there was no room for them. Simulate again.",
        "fr": "Ces résultats ne sont plus conservés, faute de place. Simulez à nouveau.",
    },
    "begin_again": {"en": "Begin again", "fr": "Recommencer"},
    "coming": {
        "en": "This page is not written yet. {what}",
        "fr": "Cette page n'est pas encore écrite. {what}",
    },
    "address_trouble": {
        "en": "Parts of the address of this page could not be used, and were left out:",
        "fr": "Des éléments de l'adresse de cette page sont inutilisables\u202f; ils ont été ignorés\u202f:",
    },
    "address_key": {"en": "{key} ({what}): {why}", "fr": "{key} ({what})\u202f: {why}"},
    "address_key_of": {"en": "{key} ({what}), {name}: {why}", "fr": "{key} ({what}), {name}\u202f: {why}"},
    "address_whole": {"en": "the whole address: {why}", "fr": "l'adresse entière\u202f: {why}"},
    "address_version": {"en": "version of the address", "fr": "version de l'adresse"},
    "address_language": {"en": "language", "fr": "langue"},
    "address_scenario": {"en": "scenario", "fr": "scénario"},
    "address_territory": {"en": "territory", "fr": "territoire"},
    "address_norms": {"en": "norms", "fr": "normes"},
    "address_assumptions": {"en": "assumptions", "fr": "hypothèses"},
    "address_levers": {"en": "levers", "fr": "leviers"},
    "address_variants": {"en": "designs compared", "fr": "dispositifs comparés"},
    "address_names": {"en": "name of a design", "fr": "nom d'un dispositif"},
    "address_events": {"en": "events", "fr": "événements"},
    "address_days": {"en": "days", "fr": "jours"},
    "address_replicates": {"en": "number of simulations", "fr": "nombre de simulations"},
    "address_seed": {"en": "seed", "fr": "graine"},
    "address_parameters": {"en": "what is known of people", "fr": "ce que l'on sait des citoyens"},
    "why_unknown": {"en": "there is no such thing here", "fr": "rien de tel n'existe ici"},
    "why_zones_gone": {
        "en": "it stood on zones that were brought along, and files brought along go with the page when it is opened "
        "anew. Choose the service, then bring your CSV file of zones along again on the page Choose",
        "fr": "il portait sur des zones apportées, et les fichiers apportés partent avec la page quand on la rouvre. "
        "Choisissez le service, puis apportez à nouveau votre fichier CSV de zones à la page «\u202fChoisir\u202f»",
    },
    "why_file_gone": {
        "en": "no supplied scenario has this name. If you had brought it along, it went with the page when that was "
        "opened anew: bring the TOML file along again whose name follows “s=” in the address",
        "fr": "aucun scénario fourni ne porte ce nom. Si vous l'aviez apporté, il est parti avec la page quand on l'a "
        "rouverte\u202f: apportez à nouveau le fichier TOML dont le nom suit «\u202fs=\u202f» dans l'adresse",
    },
    "why_value": {"en": "the value cannot be used", "fr": "la valeur est inutilisable"},
    "why_twice": {"en": "said twice, the first one holds", "fr": "indiqué deux fois, le premier compte"},
    "why_too_long": {"en": "too long", "fr": "trop longue"},
    "why_newer": {
        "en": "made by a newer version of Entraide; the design could not be read",
        "fr": "créée par une version plus récente d'Entraide\u202f; le dispositif n'a pas pu être lu",
    },
    "contradiction": {
        "en": "This design contradicts itself and cannot be simulated. ",
        "fr": "Ce dispositif se contredit et ne peut être simulé. ",
    },
    "contradiction_in_english": {
        "en": "This design contradicts itself and cannot be simulated. ",
        "fr": "Ce dispositif se contredit et ne peut être simulé (message en anglais). ",
    },
}
