"""Which designs no other dominates, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from entraide.experiments.analysis.front import Front, FrontDesign

from .locales import check_language, joined, localised, money, number
from .wording import risk_name, span_text

__all__ = ["front_sentences"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "members": "{count} of {all} designs are dominated by none: for each, less risk costs more, or one risk falls "
        "as another rises. The cheapest first:",
        "only": "One design of {all} is dominated by none:",
        "design": "{name}: broken {risks}; {cost} a year.",
        "risk": "{risk} {count}",
        "dominated": "Dominated: {name}, by {by}.",
        "chance": "Counts are of {span} for each design, all on the same chance. A design that is dominated by a year "
        "or two, or by a few euros, may not be so in other years: compare the two.",
    },
    "fr": {
        "members": "{count} dispositifs sur {all} ne sont dominés par aucun : pour chacun, moins de risque coûte plus "
        "cher, ou un risque baisse quand un autre monte. Du moins cher au plus cher :",
        "only": "Un seul dispositif sur {all} n'est dominé par aucun :",
        "design": "{name} : ruptures, {risks} ; {cost} par an.",
        "risk": "{risk} {count}",
        "dominated": "Dominé : {name}, par {by}.",
        "chance": "Comptes sur {span} pour chaque dispositif, toutes avec le même hasard. Un dispositif dominé d'une "
        "année ou deux, ou de quelques euros, peut ne pas l'être sur d'autres années : comparez les deux.",
    },
}


def front_sentences(front: Front, language: str = "en") -> tuple[str, ...]:
    """Return the designs of the front, then those that are dominated, and what chance has to do with it."""
    words = _WORDS[check_language(language)]
    members, everything = front.members, number(len(front.designs), language)
    head = words["only" if len(members) == 1 else "members"]
    told = [head.format(count=number(len(members), language), all=everything)]
    told += [_design(each, words, language) for each in members]
    told += [
        words["dominated"].format(name=each.name, by=joined(each.dominated_by, language))
        for each in front.designs
        if not each.nondominated
    ]
    told.append(words["chance"].format(span=span_text(front.replicates, front.days, language)))
    return tuple(localised(text, language) for text in told)


def _design(each: FrontDesign, words: Mapping[str, str], language: str) -> str:
    risks = ", ".join(
        words["risk"].format(risk=risk_name(risk, language), count=number(count, language))
        for risk, count in each.broken.items()
    )
    return words["design"].format(name=each.name, risks=risks, cost=money(each.cost, language))
