"""Titles, axes and captions of the figures of a robust study, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["FIGURE_WORDS"]

FIGURE_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "held_title": "Under how many assumptions the norms are held",
        "held_axis": "Share of {states} sets of assumptions",
        "held_key": "● all norms, with interval   C continuity, Q quality, U universality alone   dashed: asked for",
        "break_key": "× norm broken   ○ norms kept   grey: it breaks where all grey parts meet",
        "worth_key": "× what chance alone gives, taken off   hatched: no more than chance gives",
        "regret_key": "○ mean   bar: up to the most",
        "held_caption": "One line for each design, the cheapest on top. Filled circle: all norms held, with its 95 % "
        "interval (Wilson); letters: each norm alone (C continuity, Q quality, U universality). Dashed line: "
        "the share asked for.",
        "all": "all norms",
        "letters": "CQU",
        "front_risk": "Probability that the norm is broken",
        "front_caption": "One mark for each design, by its number. Filled: no other design is at least as good on all "
        "three risks and the cost and better on one; hollow: one is.",
        "break_title": "Where {design} breaks",
        "break_caption": "Each line is an assumption over its whole range. Dots: sets of assumptions under which some "
        "norm is broken (crosses, above) or all are kept (circles, below). Shaded: the part in which the design "
        "breaks, where all shaded parts are met together.",
        "worth_title": "What is worth finding out before choosing",
        "worth_axis": "Points of probability of a broken norm, at most",
        "worth_money": "€ a year, at most",
        "worth_caption": "Bar: by how much knowing the assumption, before choosing a design, would lower the loss on "
        "average, with a 95 % interval (bootstrap). Cross: what the same sum gives where the assumption is shuffled, "
        "so that it says nothing.",
        "diff_title": "Each design against {reference}: {risk}",
        "diff_axis": "Difference in points: design minus {reference}",
        "diff_caption": "Point: difference over the same assumptions and chance. Bar: where the true one lies, "
        "adjusted for the number of designs (Holm). Grey: too small to matter. ▲ ▼ told, hollow circle cannot be told.",
        "regret_title": "Regret of each design",
        "regret_axis": "Points of probability of a broken norm",
        "regret_caption": "How much likelier the design breaks the norm than the best design does under the same "
        "assumptions: mean (circle) and most (bar's end).",
    },
    "fr": {
        "held_title": "Sous combien d'hypothèses les normes sont tenues",
        "held_axis": "Part de {states} jeux d'hypothèses",
        "held_key": "● toutes, avec intervalle   C continuité, Q qualité, É égalité seules   tirets : demandé",
        "break_key": "× norme rompue   ○ normes tenues   gris : il cède là où tous les gris se rejoignent",
        "worth_key": "× ce que donne le seul hasard, déduit   hachuré : pas plus que le hasard",
        "regret_key": "○ moyenne   barre : jusqu'au maximum",
        "held_caption": "Une ligne par dispositif, le moins cher en haut. Cercle plein : toutes les normes tenues, "
        "avec son intervalle à 95 % (Wilson) ; lettres : chaque norme seule (C continuité, Q qualité, É égalité). "
        "Tirets : la part demandée.",
        "all": "toutes les normes",
        "letters": "CQÉ",
        "front_risk": "Probabilité que la norme soit rompue",
        "front_caption": "Une marque par dispositif, à son numéro. Pleine : aucun autre n'est au moins aussi bon sur "
        "les trois risques et le coût, et meilleur sur l'un ; creuse : il y en a un.",
        "break_title": "Où le {design} cède",
        "break_caption": "Chaque ligne est une hypothèse sur tout son intervalle. Marques : jeux d'hypothèses sous "
        "lesquels une norme est rompue (croix, au-dessus) ou toutes sont tenues (cercles, au-dessous). Grisé : la "
        "partie où le dispositif cède, quand toutes les parties grisées sont réunies.",
        "worth_title": "Ce qu'il vaut la peine de mesurer avant de choisir",
        "worth_axis": "Points de probabilité d'une norme rompue, au plus",
        "worth_money": "€ par an, au plus",
        "worth_caption": "Barre : de combien connaître l'hypothèse, avant de choisir un dispositif, abaisserait la "
        "perte en moyenne, avec un intervalle à 95 % (rééchantillonnage). Croix : ce que le même calcul donne quand "
        "l'hypothèse est battue comme des cartes et ne dit plus rien.",
        "diff_title": "Chaque dispositif par rapport au {reference} : {risk}",
        "diff_axis": "Écart en points : dispositif moins {reference}",
        "diff_caption": "Point : écart sous les mêmes hypothèses et les mêmes hasards. Barre : où se trouve le "
        "véritable écart, corrigée pour le nombre de dispositifs (Holm). Gris : trop petit pour compter. ▲ ▼ tranché, "
        "cercle creux : on ne peut pas trancher.",
        "regret_title": "Regret de chaque dispositif",
        "regret_axis": "Points de probabilité d'une norme rompue",
        "regret_caption": "De combien le dispositif risque plus de rompre la norme que le meilleur sous les mêmes "
        "hypothèses : moyenne (cercle) et maximum (bout de la barre).",
    },
}
