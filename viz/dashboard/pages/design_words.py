"""What the page on the design says, in English and in French."""

from __future__ import annotations

from collections.abc import Mapping

from ..words import say_from

__all__ = ["DESIGN_WORDS", "word"]

DESIGN_WORDS: Mapping[str, Mapping[str, str]] = {
    "norms": {"en": "Norms and means of the administration", "fr": "Normes et moyens de l'administration"},
    "norms_help": {
        "en": "The administration sets the norms. They hold for every design and for the starting settings, which are "
        "judged anew when one moves.",
        "fr": "L'administration fixe les normes. Elles valent pour tous les dispositifs comme pour les réglages de "
        "départ, qui sont jugés à nouveau quand l'une d'elles change.",
    },
    "budget": {"en": "What staff can do by themselves", "fr": "Ce que les agents peuvent faire eux-mêmes"},
    "budget_help": {
        "en": "The budget of the last resort: capacities of staff, and when they step in. These belong to the design.",
        "fr": "Le budget du dernier recours\u202f: capacités des agents, et moment où ils interviennent. Elles font "
        "partie du dispositif.",
    },
    "levers": {"en": "Levers", "fr": "Leviers"},
    "key_levers": {"en": "What decides most here", "fr": "Ce qui compte le plus ici"},
    "key_levers_help": {
        "en": "The mark under each slider is its value at the start: what the scenario supposes, not a service that "
        "exists. While a slider moves, a preview is made.",
        "fr": "Le repère sous chaque curseur marque sa valeur de départ\u202f: ce que suppose le scénario, et non un "
        "service qui existe. Un aperçu se calcule quand un curseur bouge.",
    },
    "chapters_help": {
        "en": "All other levers, by chapter. A design may move as many as it likes; each costs what it says.",
        "fr": "Tous les autres leviers, par chapitre. Un dispositif peut en déplacer autant qu'il veut\u202f; chacun "
        "coûte ce qu'il indique.",
    },
    "assumptions": {"en": "Assumptions about the world", "fr": "Hypothèses sur le monde"},
    "assumptions_help": {
        "en": "Nobody decides these: they are what is taken to be true of people and of costs. Moving one changes what "
        "the starting settings give as well, so the baseline is simulated again too.",
        "fr": "Personne n'en décide\u202f: c'est ce que l'on tient pour vrai des citoyens et des coûts. En modifier "
        "une change aussi ce que donnent les réglages de départ\u202f: la référence est donc recalculée elle aussi.",
    },
    "assumptions_moved": {
        "en": "An assumption was moved: the baseline is recomputed with it.",
        "fr": "Une hypothèse a été modifiée\u202f: la référence est recalculée avec elle.",
    },
    "assumptions_find": {"en": "Find an assumption", "fr": "Chercher une hypothèse"},
    "assumptions_find_help": {
        "en": "By a word of its name, e.g. “minutes”. Without a word, those moved are shown.",
        "fr": "Par un mot de son nom, par exemple «\u202fminutes\u202f». Sans mot, celles qui ont été modifiées.",
    },
    "assumptions_none": {"en": "No assumption was changed.", "fr": "Aucune n'a été modifiée."},
    "assumptions_count": {
        "en": "Assumptions shown: {shown} of {all}.",
        "fr": "Hypothèses affichées\u202f: {shown} sur {all}.",
    },
    "preview": {"en": "Preview", "fr": "Aperçu"},
    "preview_help": {
        "en": "{years} of each, no probability; press Simulate for a verdict.",
        "fr": "{years} de chaque, sans probabilité\u202f; pour un verdict, appuyez sur «\u202fSimuler\u202f».",
    },
    "preview_zones": {
        "en": "In {zones} places of {all}, whole ones, for speed: figures of the whole territory will differ.",
        "fr": "Dans {zones} lieux sur {all}, entiers, pour aller vite\u202f: les chiffres de tout le territoire "
        "différeront.",
    },
    "preview_none": {
        "en": "Move a slider to see which way things go.",
        "fr": "Déplacez un curseur pour voir dans quel sens vont les choses.",
    },
    "preview_running": {"en": "A preview is being made…", "fr": "Aperçu en cours de calcul…"},
    "preview_waiting": {"en": "Preview: {others} before yours.", "fr": "Aperçu\u202f: {others} avant le vôtre."},
    "preview_old": {
        "en": "The design has changed since this preview.",
        "fr": "Le dispositif a changé depuis cet aperçu.",
    },
    "preview_now": {"en": "Preview this design", "fr": "Voir un aperçu de ce dispositif"},
    "preview_before": {"en": "start", "fr": "départ"},
    "preview_after": {"en": "design", "fr": "dispositif"},
    "preview_what": {"en": "Years broken", "fr": "Années de rupture"},
    "preview_cost": {"en": "Cost a year", "fr": "Coût par an"},
    "back_to_today": {"en": "All levers back to the start", "fr": "Remettre tous les leviers à leur valeur de départ"},
    "moved_here": {"en": "{count} moved", "fr": "{count} déplacés"},
    "moved_one": {"en": "1 moved", "fr": "1 déplacé"},
    "of_service": {"en": "Service: {title}", "fr": "Service\u202f: {title}"},
    "price": {"en": "{label}: {value}.", "fr": "{label}\u202f: {value}."},
    "costs_nothing": {"en": "Costs nothing by itself.", "fr": "Ne coûte rien par lui-même."},
    "source": {"en": "Source of the default: {source}.", "fr": "Source de la valeur par défaut\u202f: {source}."},
    "assumed": {"en": "The default is an assumption.", "fr": "La valeur par défaut est une hypothèse."},
    "chapter_visibility": {"en": "Visibility", "fr": "Visibilité"},
    "chapter_unit tasks": {"en": "Unit tasks", "fr": "Tâches unitaires"},
    "chapter_means": {"en": "Means given to people", "fr": "Moyens donnés aux citoyens"},
    "chapter_aggregation": {"en": "Aggregation of contributions", "fr": "Agrégation des contributions"},
    "chapter_trust": {"en": "Trust", "fr": "Confiance"},
    "chapter_altruism": {"en": "Altruism", "fr": "Altruisme"},
    "chapter_least effort": {"en": "Least effort", "fr": "Moindre effort"},
    "chapter_pleasure": {"en": "Pleasure", "fr": "Plaisir"},
    "chapter_social currency": {"en": "Social currencies", "fr": "Monnaies sociales"},
    "chapter_prevention": {"en": "Prevention", "fr": "Prévention"},
    "chapter_acculturation": {"en": "Acculturation", "fr": "Acculturation"},
    "chapter_shared tools": {"en": "Shared tools", "fr": "Outils communs"},
    "chapter_legal frame": {"en": "Legal frame", "fr": "Cadre juridique"},
    "chapter_integration": {"en": "Integration of initiatives", "fr": "Articulation avec les initiatives"},
    "chapter_last resort": {"en": "Last resort", "fr": "Dernier recours"},
}


def word(key: str, language: str, /, **values: str) -> str:
    """Return a text of the page, with the values put in."""
    return say_from(DESIGN_WORDS, key, language, **values)
