"""The administration alone in words: the risks with the same budget, the cost of the same norm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from entraide.experiments.counterfactual import KEPT_SHARE, LARGEST_STAFF, AdministrationAlone
from entraide.experiments.results import OutcomeTable
from entraide.model.risk import RISKS

from .kind_words import has_norm
from .locales import check_language, joined, money, number, percent, significant
from .wording import ADMINISTRATION_ALONE, ENDING, between, colon, in_years, semicolon, span_text, years_noun

__all__ = ["alone_name", "same_budget_sentence", "same_norm_sentence"]

# What was simulated instead of what was asked, where that cannot be had: the column must not claim it.
_INSTEAD: Mapping[str, Mapping[str, str]] = {
    "en": {
        "same_budget": "administration alone, no staff (same budget out of reach)",
        "same_norm": "administration alone, {most} times its staff (same norm out of reach)",
    },
    "fr": {
        "same_budget": "administration seule, sans personnel (même budget hors d'atteinte)",
        "same_norm": "administration seule, {most} fois son effectif (même norme hors d'atteinte)",
    },
}

_BREAKS = {"continuity": "continuity", "quality": "the quality norm", "universality": "universality"}
# In French each risk has its own verb: what is broken in how many years, and what in none.
_BROKEN_FR = {
    "continuity": "la continuité {be} rompue",
    "quality": "la norme de qualité {be} enfreinte",
    "universality": "l'égalité {be} rompue",
}
# What no outcome gives a value to.
_UNVALUED: Mapping[str, Mapping[str, str]] = {
    "en": {"continuity": "continuity", "quality": "quality", "universality": "universality"},
    "fr": {"continuity": "la continuité", "quality": "la qualité", "universality": "l'égalité"},
}
_UNMEASURED_FR = ("ne peut être mesurée", "ne peuvent être mesurées")


def alone_name(alone: AdministrationAlone, language: str) -> str:
    """Return the name of the administration alone in tables and figures, true also where the question has no answer."""
    names = ADMINISTRATION_ALONE if alone.reachable else _INSTEAD
    name = names[check_language(language)][alone.question].format(most=number(LARGEST_STAFF, language))
    return name[:1].upper() + name[1:]


def same_budget_sentence(
    alone: AdministrationAlone, language: str = "en", *, service: str | None = None, year: int = 0, rests_on: str = ""
) -> str:
    """Say which risks the administration alone would run with the same money.

    Parameters
    ----------
    rests_on : end of the sentence; "for these assumed values" when empty.
    """
    english = check_language(language) == "en"
    end = rests_on or ENDING[language]
    cost = money(alone.cost().value, language)
    staff = _staff(alone.staff, language)
    if alone.reachable:
        start = (
            f"With the same budget, {cost} a year, the administration alone would have {staff}"
            if english
            else f"Avec le même budget, {cost} par an, l'administration seule aurait {staff}"
        )
    else:
        start = (
            "The same budget does not cover the fixed costs of the administration alone, which would have no staff"
            if english
            else "Le même budget ne couvre pas les coûts fixes de l'administration seule, qui serait sans personnel"
        )
    return f"{start}{colon(language)} {_risks_in_short(alone, service, year, language)}, {end}."


def _risks_in_short(alone: AdministrationAlone, service: str | None, year: int, language: str) -> str:
    """Return "over 20 simulated years it would break continuity in 12 (60 %, ...), the quality norm in none, ..."."""
    risks = alone.risks(service, year)
    days = next(iter(risks.values())).headline.days
    of_all = len(alone.outcomes)
    parts: list[str] = []
    unvalued: list[str] = []
    kept: list[str] = []
    for name, risk in risks.items():
        if not has_norm(risk):
            continue
        if risk.replicates == 0:
            unvalued.append(_UNVALUED[language][name])
            continue
        notes = []
        if risk.probability is not None:
            notes += [percent(risk.probability, language), between(risk.interval, language)]
        if risk.replicates < of_all:
            valued = number(risk.replicates, language)
            notes.append(f"of {valued} with a value" if language == "en" else f"sur {valued} qui ont une valeur")
        told = f" ({', '.join(notes)})" if notes else ""
        if language == "en" and of_all == 1:
            (parts if risk.count else kept).append(_BREAKS[name])
        elif language == "en":
            parts.append(f"{_BREAKS[name]} in {number(risk.count, 'en') if risk.count else 'none'}{told}")
        else:
            parts.append(_broken_in_french(name, risk.count, of_all) + told)
    if of_all == 1:
        return _in_one_year(parts, kept, unvalued, days, language)
    over = span_text(of_all, days, language)
    return _in_one(over, joined(parts, language), unvalued, language)


def _broken_in_french(name: str, count: int, of_all: int) -> str:
    """Return "la continuité serait rompue 12 fois", "l'égalité ne serait jamais rompue"."""
    if of_all == 1:
        return _BROKEN_FR[name].format(be="serait" if count else "ne serait pas")
    if count == 0:
        return _BROKEN_FR[name].format(be="ne serait jamais")
    return f"{_BROKEN_FR[name].format(be='serait')} {number(count, 'fr')} fois"


def _in_one_year(parts: Sequence[str], kept: Sequence[str], unvalued: Sequence[str], days: int, language: str) -> str:
    """Return "in the same simulated year it would break continuity and universality, and keep the quality norm"."""
    several, names = len(unvalued) > 1, joined(unvalued, language)
    year = years_noun(days, language)[0]
    if language == "fr":
        said = [
            joined(parts, "fr"),
            f"{names} {_UNMEASURED_FR[several]}" if unvalued else "",
        ]
        return f"dans la même {year}, " + f"{semicolon('fr')} ".join(filter(None, said))
    acts = [f"break {joined(parts, 'en')}" if parts else "", f"keep {joined(kept, 'en')}" if kept else ""]
    would = " and ".join(filter(None, acts))
    said = [
        f"it would {would}" if would else "",
        f"{names} {'have' if several else 'has'} no value" if unvalued else "",
    ]
    return f"in the same {year} " + "; ".join(filter(None, said))


def _in_one(over: str, broken: str, unvalued: Sequence[str], language: str) -> str:
    """Return what would be broken, then what has no value; either may be empty."""
    several, names = len(unvalued) > 1, joined(unvalued, language)
    if language == "en":
        parts = [f"it would break {broken}" if broken else "", f"{names} {'have' if several else 'has'} no value"]
        start = f"over {over} "
    else:
        parts = [broken, f"{names} {_UNMEASURED_FR[several]}"]
        start = f"sur {over}, "
    said = parts if unvalued else parts[:1]
    return start + f"{semicolon(language)} ".join(filter(None, said))


def same_norm_sentence(
    alone: AdministrationAlone, result: OutcomeTable, language: str = "en", *, rests_on: str = ""
) -> str:
    """Say what it would cost the administration alone to keep the norms; ``rests_on`` as in the same budget."""
    english = check_language(language) == "en"
    end = rests_on or ENDING[language]
    cost, own = alone.cost().value, result.cost().value
    noun = years_noun(alone.specification.days, language)[1]
    years, days, runs = alone.replicate_years, alone.specification.days, len(alone.outcomes)
    share = percent(KEPT_SHARE, language) + (f" of {noun}" if english else f" des {noun}")
    at_least, within = ("in at least ", "in ") if english else ("dans au moins ", "dans ")
    at_least, within = at_least + share, within + share
    if years == 1:
        # A share of one year is that year.
        single = years_noun(days, language)[0]
        at_least = within = f"in that one {single}" if english else f"dans cette seule {single}"
    subject = "the participatory service" if english else "le service participatif"
    beside = f"{subject} {_keeps(_years_kept(result), years, days, language, runs)}"
    if not alone.reachable:
        most = number(LARGEST_STAFF, language)
        start = (
            f"Even with {most} times its stated staff, at {money(cost, language)} a year, the administration alone "
            f"would not keep all norms {within}"
            if english
            else f"Même avec {most} fois l'effectif prévu, pour {money(cost, language)} par an, l'administration seule "
            f"ne tiendrait pas toutes les normes {within}"
        )
        if years > 1:
            kept = _keeps(alone.kept, years, days, language, runs)
            start += f"{colon(language)} {'it' if english else 'elle'} {kept}"
        return f"{start}{semicolon(language)} {beside}, {end}."
    staff = _staff(alone.staff, language)
    start = (
        f"To keep all norms {at_least}, the administration alone would need {staff} and {money(cost, language)} a year"
        if english
        else f"Pour tenir toutes les normes {at_least}, il faudrait à l'administration seule "
        f"{staff} et {money(cost, language)} par an"
    )
    more = ""
    if cost is not None and own is not None and own > 0:
        gap = money(abs(cost - own), language)
        word = ("more" if cost > own else "less") if english else ("de plus" if cost > own else "de moins")
        than = "than the participatory service" if english else "que le service participatif"
        more = f", {gap} {word} {than}" if money(cost, language) != money(own, language) else ""
    return f"{start}{more}{semicolon(language)} {beside}, {end}."


def _years_kept(result: OutcomeTable) -> int:
    """Count the replicate-years in which no headline event happened, as experiments.counterfactual.norms_kept does."""
    kept = 0
    for year in range(result.years):
        tables = [result.values(name, year) for name in result.service_names]
        lost = np.array([table[risk] for table in tables for risk in RISKS]) == 1.0
        if year == 0:
            unjudged = [np.isnan(table["continuity"]) & np.isnan(table["universality"]) for table in tables]
            lost = np.concatenate([lost, unjudged])
        kept += int((~lost.any(axis=0)).sum())
    return kept


def _keeps(kept: int, years: int, days: int, language: str, runs: int) -> str:
    """Return "keeps them in 18 of 20 simulated years"; horizons of several years count each year.

    Of one year alone, which the sentence has named, "keeps them".
    """
    if years == 1:
        words = ("does not keep them", "keeps them") if language == "en" else ("ne les tient pas", "les tient")
        return words[bool(kept)]
    where = in_years(kept, years, days, language, runs)
    if language == "en":
        return f"keeps them {where}"
    return f"les tient {where}" if kept else f"ne les tient {where}"


def _staff(size: float, language: str) -> str:
    times = significant(size, language, 2)
    if language == "en":
        return "its stated staff" if times == "1" else f"{times} times its stated staff"
    return "l'effectif prévu" if times == "1" else f"{times} fois l'effectif prévu"
