"""The sentences of a robust study, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["WORDS"]

WORDS: Mapping[str, Mapping[str, Any]] = {
    "en": {
        "holds": "Of {designs}, {held} all norms under at least {share} of {states}: {list}.",
        "holds_all": "All {designs} hold all norms under at least {share} of {states}.",
        "holds_none": "Of {designs}, not one holds all norms under at least {share} of {states}.",
        "hold_one": "one holds",
        "hold_many": "{number} hold",
        "meaning": "(A norm is held where it is kept in at least {kept} of the simulated years.)",
        "cheapest": "The cheapest of these is {design} ({levers}), {cost} a year: it holds all norms under {count} of "
        "{states}, {share}{band}.",
        "safest": "The safest is {design} ({levers}), {cost} a year: it holds all norms under {count} of "
        "{states}, {share}{band}.",
        "cheapest_all": "The cheapest of all is {design} ({levers}), {cost} a year: it holds all norms under {count} "
        "of {states}, {share}{band}.",
        "box": "{design} breaks where {bounds}: {coverage} of the cases in which it breaks lie there, and {density} of "
        "the cases there break ({checked} among those that did not serve to find this; {broken} in all).",
        "risk": "What breaks: {list}.",
        "risk_one": "{risk} in {count} of {states}",
        "risk_where": "{risk} in {count} of {states} (where {bounds}: {coverage} of them, {density} of cases there)",
        "never": "{design} breaks under none of them.",
        "always": "{design} breaks under all of them.",
        "parts": "{design} breaks under {count} of {states}.",
        "few": "{design} breaks under {count} of {states}: too few, or too few others, to say where.",
        "chance": "{design} breaks under {count} of {states}, and no assumption varied here says where better than "
        "chance would.",
        "regret": "Never knowing which is true, {design} would cost at most {most} a year more than the best choice "
        "under each, {mean} on average: the smallest such regret.",
        "pareto": "Not dominated on the three risks and the cost: {list}.",
        "worth": "Most worth finding out before choosing: {factor}. Knowing it would lower the probability of a "
        "broken norm by up to {value} ({low} to {high}; {chance} that chance alone gives are taken off).",
        "worth_money": "At {price} for a year with a broken norm, most worth finding out: {factor}, up to {value} a "
        "year ({low} to {high}; {chance} that chance alone gives are taken off).",
        "worthless": "No assumption is shown to be worth finding out to keep norms: the best choice stays "
        "{design}, or gains are no larger than chance would make them.",
        "worthless_money": "At {price} for a year with a broken norm, no assumption is shown to be worth finding out.",
        "spread": "{design}, {risk}: {share} of the spread of the margin{band} is what is assumed, the rest is chance. "
        "For a mean margin to within {within}: {needed}.",
        "spread_flat": "{design}, {risk}: the margin is the same everywhere.",
        "needed": "{states} of {replicates}",
        "needed_alone": ", or {alone} of each of the present ones",
        "needed_never": "; more simulations of the present ones would not do",
        "needed_now": "what there is is enough",
        "over": "over 100,000 sets of assumptions",
        "better": "Against {reference}: {list}.",
        "better_one": "{risk} better with {designs}",
        "worse_one": "{risk} worse with {designs}",
        "none_told": "Against {reference} no design is shown to be better or worse on any risk.",
        "incomplete": "{count} left out: not simulated under all assumptions, or not yet.",
        "left_out": "{count} failed or are not there yet.",
        "price_range": "{low} to {high}",
        "over_value": "{factor} > {value}",
        "under_value": "{factor} < {value}",
        "between": "{low} < {factor} < {high}",
        "levels": "{factor} is {list}",
        "and": " and ",
        "states_of_draws": ("draw of parameters", "draws of parameters"),
        "states": ("set of assumptions", "sets of assumptions"),
        "designs": ("design", "designs"),
        "runs": ("simulation", "simulations"),
        "header": ("design", "levers", "cost a year", "all norms held", "continuity", "quality", "universality",
                   "cost regret (most)", "not dominated"),
        "yes": "yes",
        "no": "",
        "no_option": "does not hold",
    },
    "fr": {
        "holds": "Sur {designs}, {held} toutes les normes sous au moins {share} des {states} : {list}.",
        "holds_all": "Les {designs} tiennent tous toutes les normes sous au moins {share} des {states}.",
        "holds_none": "Aucun des {designs} ne tient toutes les normes sous au moins {share} des {states}.",
        "hold_one": "un seul tient",
        "hold_many": "{number} tiennent",
        "meaning": "(Une norme est tenue quand elle l'est dans au moins {kept} des années simulées.)",
        "cheapest": "Le moins cher de ceux-là est le {design} ({levers}), {cost} par an : il tient toutes les normes "
        "dans {count} cas sur {states}, {share}{band}.",
        "safest": "Le plus sûr est le {design} ({levers}), {cost} par an : il tient toutes les normes dans {count} cas "
        "sur {states}, {share}{band}.",
        "cheapest_all": "Le moins cher de tous est le {design} ({levers}), {cost} par an : il tient toutes les normes "
        "dans {count} cas sur {states}, {share}{band}.",
        "box": "Le {design} cède là où {bounds} : {coverage} des cas où il cède s'y trouvent, et {density} des cas qui "
        "s'y trouvent cèdent ({checked} parmi ceux qui n'ont pas servi à trouver cette règle ; {broken} en tout).",
        "risk": "Ce qui cède : {list}.",
        "risk_one": "{risk} dans {count} cas sur {states}",
        "risk_where": "{risk} dans {count} cas sur {states} (là où {bounds} : {coverage} d'entre eux, {density} des "
        "cas qui s'y trouvent)",
        "never": "Le {design} ne cède sous aucune des hypothèses essayées.",
        "always": "Le {design} cède sous toutes les hypothèses essayées.",
        "parts": "Le {design} cède dans {count} cas sur {states}.",
        "few": "Le {design} cède dans {count} cas sur {states} : trop peu, ou trop peu d'autres, pour dire où.",
        "chance": "Le {design} cède dans {count} cas sur {states}, et aucune hypothèse que l'on fait varier ici ne dit "
        "où mieux que le hasard.",
        "regret": "Sans jamais savoir laquelle est vraie, le {design} coûterait au plus {most} par an de plus que le "
        "meilleur choix sous chacune, {mean} en moyenne : c'est le plus petit de ces regrets.",
        "pareto": "Non dominés sur les trois risques et le coût : {list}.",
        "worth": "À connaître d'abord avant de choisir : {factor}. Le savoir abaisserait la probabilité d'une norme "
        "rompue de {value} au plus ({low} à {high} ; {chance} que donne le seul hasard sont déduits).",
        "worth_money": "À {price} l'année où une norme est rompue, à connaître d'abord : {factor}, pour {value} par an "
        "au plus ({low} à {high} ; {chance} que donne le seul hasard sont déduits).",
        "worthless": "Rien ne montre qu'il vaille la peine de mesurer l'une des hypothèses pour tenir les normes : "
        "le meilleur choix reste le {design}, ou les gains ne dépassent pas ce que ferait le hasard.",
        "worthless_money": "À {price} l'année où une norme est rompue, rien ne montre qu'il vaille la peine d'en "
        "mesurer une.",
        "spread": "{design}, {risk} : {share} de la dispersion de la marge par rapport à la norme{band} tient aux "
        "hypothèses, le reste au hasard. Pour connaître l'écart moyen à {within} près : {needed}.",
        "spread_flat": "{design}, {risk} : la marge par rapport à la norme est partout la même.",
        "needed": "{states} à {replicates}",
        "needed_alone": ", ou {alone} de chacun des présents",
        "needed_never": " ; simuler davantage les présents n'y suffirait pas",
        "needed_now": "ce qu'il y a suffit",
        "over": "plus de 100 000 jeux d'hypothèses",
        "better": "Par rapport au {reference} : {list}.",
        "better_one": "{risk}, mieux avec {designs}",
        "worse_one": "{risk}, moins bien avec {designs}",
        "none_told": "Par rapport au {reference}, rien ne montre qu'un dispositif soit meilleur ou moins bon sur l'un "
        "des risques.",
        "incomplete": "{count} mis de côté : pas (ou pas encore) simulés sous toutes les hypothèses.",
        "left_out": "{count} ont échoué ou manquent encore.",
        "price_range": "{low} à {high}",
        "over_value": "{factor} > {value}",
        "under_value": "{factor} < {value}",
        "between": "{low} < {factor} < {high}",
        "levels": "{factor} vaut {list}",
        "and": " et ",
        "states_of_draws": ("tirage de paramètres", "tirages de paramètres"),
        "states": ("jeu d'hypothèses", "jeux d'hypothèses"),
        "designs": ("dispositif", "dispositifs"),
        "runs": ("simulation", "simulations"),
        "header": ("dispositif", "leviers", "coût par an", "toutes les normes tenues", "continuité", "qualité",
                   "égalité", "regret de coût (au plus)", "non dominé"),
        "yes": "oui",
        "no": "",
        "no_option": "ne tient pas",
    },
}  # fmt: skip
