"""Verdicts in words: what a run says about the three risks, the cost, and the administration alone.

Written for somebody who decides on a public service. A sentence tells the event, how often it happened, how sure that
is, and ends by saying what it rests on: assumed values, or what data leave open. A probability is never told from a few
replicates, a value never where there is none.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from entraide.experiments.ignorance import risk_spreads
from entraide.experiments.results import OutcomeTable, Result, RiskResult
from entraide.model.risk import LEAST_DUE

from .alone_sentences import same_budget_sentence, same_norm_sentence
from .comparison_sentences import comparison_sentences, comparison_verdict, difference_sentence, effect_sentences
from .cost_sentences import cost_sentence, fixed_cost_note
from .ignorance_sentences import ignorance_sentences
from .kind_words import has_norm, in_time_text, kind_words, no_quality_norm, of_mean, of_wrong
from .locales import check_language, counted, localised, mean_share, number, percent, points
from .resting_words import alone_ending, cost_ending, ending
from .wording import ENDING, between, colon, in_years, mean_text, period_noun, span_text

__all__ = [
    "Verdict",
    "comparison_sentences",
    "comparison_verdict",
    "cost_sentence",
    "difference_sentence",
    "effect_sentences",
    "risk_details",
    "risk_sentence",
    "same_budget_sentence",
    "same_norm_sentence",
    "verdict",
    "verdict_text",
]

# What happens when a norm is broken, and what is true when it never is.
_EVENTS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "en": {
        "continuity": (
            "the share of {in_time} stays under the norm of {share} for {length} or more in a row",
            "the share of {in_time} never stays under the norm of {share} for {length} in a row",
        ),
        "quality": (
            "over {period}, more than {error} of {wrong}, which is above the norm",
            "over {period}, no more than {error} of {wrong}, as the norm asks",
        ),
        "universality": (
            "more than {people} of the population lives where {under_floor}",
            "no more than {people} of the population lives where {under_floor}",
        ),
    },
    "fr": {
        "continuity": (
            "la part {of}{in_time} reste sous la norme de {share} pendant au moins {length} d'affilée",
            "la part {of}{in_time} ne reste jamais {length} d'affilée sous la norme de {share}",
        ),
        "quality": (
            "sur {period}, plus de {error} {of}{wrong}, au-delà de la norme",
            "sur {period}, au plus {error} {of}{wrong}, comme la norme le demande",
        ),
        "universality": (
            "plus de {people} de la population vit là où {under_floor}",
            "au plus {people} de la population vit là où {under_floor}",
        ),
    },
}
_BROKEN: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "en": {
        "continuity": ("Continuity is broken", "Continuity is broken"),
        "quality": ("The quality norm is broken", "The quality norm is broken"),
        "universality": ("Universality is broken", "Universality is broken"),
    },
    "fr": {
        "continuity": ("La continuité est rompue", "La continuité n'est rompue"),
        "quality": ("La norme de qualité est enfreinte", "La norme de qualité n'est enfreinte"),
        "universality": ("L'égalité est rompue", "L'égalité n'est rompue"),
    },
}
_NO_VALUE: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "en": {
        "continuity": ("Continuity has no value", "too little fell due to judge it"),
        "quality": ("Quality has no value", "no result was finished that could be judged"),
        "universality": ("Universality has no value", "nothing fell due anywhere"),
    },
    "fr": {
        "continuity": ("La continuité n'a pas pu être mesurée", "trop peu est arrivé à échéance pour en juger"),
        "quality": ("La qualité n'a pas pu être mesurée", "aucun résultat achevé ne permet d'en juger"),
        "universality": ("L'égalité n'a pas pu être mesurée", "rien n'est arrivé à échéance, nulle part"),
    },
}


@dataclass(frozen=True)
class Verdict:
    """What a run says, sentence by sentence.

    Attributes
    ----------
    risks : one sentence for each risk.
    details : for each risk, what stands beside it; with draws of parameters, what is ignorance and what chance.
    cost : the cost of the service.
    same_budget, same_norm : the administration alone; "" when it was not asked.
    cost_note : what a reader must know before comparing the cost; "" where there is nothing.
    """

    risks: Mapping[str, str]
    details: Mapping[str, tuple[str, ...]]
    cost: str
    same_budget: str
    same_norm: str
    cost_note: str = ""

    def sentences(self) -> tuple[str, ...]:
        """Return the main sentences in their order."""
        return tuple(filter(None, (*self.risks.values(), self.cost, self.same_budget, self.same_norm)))


def verdict(result: Result, language: str = "en", *, service: str | None = None, year: int = 0) -> Verdict:
    """Return what a run says about one service in one year.

    Parameters
    ----------
    service : its name; None: the first one.
    year : 0 for the first 365 days; the cost and the administration's staff are those of the whole run.

    Raises
    ------
    InputError : an unknown language or service, or a year that was not simulated.
    """
    check_language(language)
    risks = result.risks(service, year)
    prefix = _prefix(result, service, year, language)
    alone = result.counterfactual
    spreads = risk_spreads(result, service, year)
    rests_on, of_alone = ending(result, language), alone_ending(result, language)
    over = mean_text(result.replicates, result.specification.days, language, by_year=True)
    beside = {
        name: ignorance_sentences(spreads[name], language) if name in spreads and has_norm(risk) else ()
        for name, risk in risks.items()
    }
    return Verdict(
        risks={
            name: prefix + risk_sentence(risk, language, rests_on, of_several=result.years > 1)
            for name, risk in risks.items()
        },
        details={
            name: (*risk_details(risk, language), *_margin(result, name, service, year, language), *beside[name])
            for name, risk in risks.items()
        },
        cost=cost_sentence(result.cost(), language, over, cost_ending(result, language)),
        same_budget=(
            prefix + same_budget_sentence(alone.same_budget, language, service=service, year=year, rests_on=of_alone)
            if alone
            else ""
        ),
        same_norm=same_norm_sentence(alone.same_norm, result, language, rests_on=of_alone) if alone else "",
        cost_note=fixed_cost_note(result, language),
    )


def verdict_text(result: Result, language: str = "en", *, service: str | None = None) -> str:
    """Return the verdict as text, a sentence on each line, for every year begun."""
    years = [verdict(result, language, service=service, year=year) for year in range(result.years)]
    lines: list[str] = []
    for found in years:
        for risk, sentence in found.risks.items():
            lines += [sentence, *(f"  {detail}" for detail in found.details[risk])]
    note = f"  {years[0].cost_note}" if years[0].cost_note else ""
    lines += [years[0].cost, note, *(found.same_budget for found in years), years[0].same_norm]
    return "\n".join(filter(None, lines))


_MARGIN = {
    "en": {"kept": "The norm is kept by {points}.", "broken": "The norm is missed by {points}."},
    "fr": {"kept": "La norme est tenue à {points} près.", "broken": "La norme est manquée de {points}."},
}


def _margin(result: Result, risk: str, service: str | None, year: int, language: str) -> tuple[str, ...]:
    """Return how far a single simulation stays from its norm: of several, their share that breaks it says more."""
    if result.replicates != 1:
        return ()
    margin = float(result.margins(service, year)[risk][0])
    if math.isnan(margin):
        return ()
    told = _MARGIN[language]["kept" if margin >= 0 else "broken"]
    return (told.format(points=points(abs(margin), language, 1)),)


def _prefix(result: OutcomeTable, service: str | None, year: int, language: str) -> str:
    """Return which service and year a sentence speaks of, where there are several."""
    parts = []
    if len(result.public_services) > 1:
        of_service = result.specification.services[result.place_of(service)]
        parts.append(localised(of_service.title.get(language) or of_service.name, language))
    if result.years > 1:
        parts.append(f"year {year + 1}" if language == "en" else f"année {year + 1}")
    text = ", ".join(parts)
    return text[:1].upper() + text[1:] + (" – " if parts else "")


def risk_sentence(risk: RiskResult, language: str = "en", rests_on: str = "", *, of_several: bool = False) -> str:
    """Say one risk: how often its event happened, how sure that is, and what the event is.

    Parameters
    ----------
    rests_on : end of the sentence; "for these assumed values" when empty.
    of_several : each simulation lasts several years, of which this is one.
    """
    check_language(language)
    headline = risk.headline
    end = rests_on or ENDING[language]
    name = risk.risk
    if not has_norm(risk):
        return no_quality_norm(language)
    if risk.replicates == 0:
        subject, reason = _NO_VALUE[language][name]
        years = span_text(headline.without_value, headline.days, language)
        where = f"in {years}" if language == "en" else f"en {years}"
        return f"{subject}{colon(language)} {where}, {reason}, {end}."
    happened, never = _BROKEN[language][name]
    count = in_years(risk.count, risk.replicates, headline.days, language)
    if of_several and risk.replicates == 1:
        count = "in the only simulation" if language == "en" else "dans la seule simulation"
    certainty = _certainty(risk, language)
    missing = _without_value(risk, language)
    event = _EVENTS[language][name][0 if risk.count else 1].format(**_norms(risk, language))
    subject = happened if risk.count else never
    if not risk.count and risk.replicates == 1:
        subject = subject.replace("n'est ", "n'est pas ") if language == "fr" else subject.replace(" is ", " is not ")
    return f"{subject} {count}{missing}{certainty}{colon(language)} {event}, {end}."


def _norms(risk: RiskResult, language: str) -> dict[str, str]:
    """Write the norms of a risk's event."""
    norms, own = risk.norms, risk.own_norms
    words = kind_words(risk.kind, language)
    if risk.risk == "continuity":
        day = ("day", "days") if language == "en" else ("jour", "jours")
        return {
            "share": percent(norms["norm_share_in_time"], language),
            "length": counted(norms["shortfall_days"], *day, language),
            "in_time": in_time_text(risk.kind, {**norms, **own}, language),
            "of": of_mean(risk.kind),
        }
    if risk.risk == "quality":
        return {
            "error": percent(norms["norm_error"], language),
            "period": period_noun(risk.headline.days, language),
            "wrong": words.wrong,
            "of": of_wrong(risk.kind),
        }
    return {
        "under_floor": words.under_floor.format(floor=percent(norms["norm_zone_floor"], language)),
        "people": percent(norms["norm_population_share"], language),
    }


def _certainty(risk: RiskResult, language: str) -> str:
    """Return the probability with its interval, or that there are too few replicates for one."""
    if risk.replicates == 1 and not risk.headline.without_value:
        return " (one alone tells no probability)" if language == "en" else " (une seule ne dit aucune probabilité)"
    if risk.probability is None:
        return ", too few for a probability" if language == "en" else ", trop peu pour une probabilité"
    start = ", " if language == "en" else ", soit "
    return f"{start}{percent(risk.probability, language)} ({between(risk.interval, language)})"


def _without_value(risk: RiskResult, language: str) -> str:
    """Say how many replicates have no value, "" when all have one."""
    count = risk.headline.without_value
    if not count:
        return ""
    reason = _NO_VALUE[language][risk.risk][1]
    if language == "en":
        return f" ({number(count, 'en')} more {'have' if count > 1 else 'has'} no value: {reason})"
    judged = ("autre n'a pas pu être jugée", "autres n'ont pas pu être jugées")
    return f" ({counted(count, *judged, 'fr')}\u202f: {reason})"


def risk_details(risk: RiskResult, language: str = "en") -> tuple[str, ...]:
    """Return what must stand beside a risk: its size, and for universality what chance alone would give."""
    check_language(language)

    def value(name: str) -> float | None:
        measure = risk.measures.get(name)
        return None if measure is None else measure.estimate.value

    if risk.risk == "continuity":
        return _continuity_details(value("share_in_time"), value("share_of_days_short"), risk, language)
    if risk.risk == "quality":
        error = value("error")
        if error is None:
            return ()
        shown = percent(error, language, 1)
        wrong = kind_words(risk.kind, language).wrong
        said = f"{shown} of {wrong}." if language == "en" else f"{shown} {of_wrong(risk.kind)}{wrong}."
        return (_mean_of(risk, language) + said,)
    return _universality_details(value("share_under_floor"), value("share_under_floor_by_chance"), risk, language)


def _mean_of(risk: RiskResult, language: str) -> str:
    """Return the start of a sentence on a mean over replicates; "" for one replicate, of which there is no mean."""
    if risk.headline.replicates + risk.headline.without_value == 1:
        return ""
    return "On average " if language == "en" else "En moyenne, "


def _continuity_details(in_time: float | None, short: float | None, risk: RiskResult, language: str) -> tuple[str, ...]:
    if in_time is None or short is None:
        return ()
    start, mean = _mean_of(risk, language), kind_words(risk.kind, language).mean
    served, days = mean_share(in_time, language), mean_share(short, language)
    if language == "en":
        return (f"{start}{served} of {mean}, and {days} of days are under the norm.",)
    return (f"{start}{served} {of_mean(risk.kind)}{mean} et {days} des jours sont sous la norme.",)


def _universality_details(
    under: float | None, by_chance: float | None, risk: RiskResult, language: str
) -> tuple[str, ...]:
    english = language == "en"
    period, noun = period_noun(risk.headline.days, language), kind_words(risk.kind, language).noun
    pooling = (
        f"Places with fewer than {LEAST_DUE} {noun} in {period} are judged together with their neighbours: alone, they "
        "would differ by chance."
        if english
        else f"Les lieux qui ont moins de {LEAST_DUE} {noun} dans {period} sont jugés avec leurs voisins\u202f: "
        "seuls, ils différeraient par hasard."
    )
    if under is None:
        return (pooling,)
    people = mean_share(under, language)
    lives = "of the population lives under the floor" if english else "de la population vit sous le plancher"
    sentence = f"{_mean_of(risk, language)}{people} {lives}"
    if by_chance is None:
        return (f"{sentence}.", pooling)
    chance = mean_share(by_chance, language)
    beside = (
        f"; with the same mean service everywhere, chance alone would put {chance} there."
        if english
        else f"\u202f; si le service moyen était le même partout, le seul hasard y mettrait {chance}."
    )
    return (sentence + beside, pooling)
