"""The cost of a service in words."""

from __future__ import annotations

import numpy as np

from entraide.experiments.results import Result
from entraide.model.intervals import MeanEstimate
from entraide.scenarios.declarations import SERVICE
from entraide.scenarios.territories import place_name

from .locales import check_language, localised, money, percent
from .wording import ENDING

__all__ = ["LARGE_PART", "cost_sentence", "fixed_cost_note"]

# assumption: a part of the cost from which on a comparison of costs may turn on it.
LARGE_PART = 0.2
_DAYS_PER_YEAR = 365.0

_FIXED_NOTE = {
    "en": "Of this, {amount} a year ({share}) is the platform: a fixed amount, stated for {card}, that does not follow "
    "the number of inhabitants. Before you compare costs for {place}, state its own (“{label}”).",
    "fr": "Dont {amount} par an ({share}) pour la plateforme : un montant fixe, indiqué pour le territoire suivant : "
    "{card}, et qui ne suit pas le nombre d'habitants. Avant de comparer des coûts, indiquez celui qui vaut pour "
    "{place} (« {label} »).",
}


def cost_sentence(cost: MeanEstimate, language: str = "en", over: str = "", rests_on: str = "") -> str:
    """Say what the service costs in a year.

    Parameters
    ----------
    over : what it is a mean of, in words, "mean of 20 simulated years"; left out when empty.
    rests_on : end of the sentence; "for these assumed values" when empty.
    """
    end = rests_on or ENDING[check_language(language)]
    english = language == "en"
    if cost.value is None:
        return ("The cost has no value, " if english else "Le coût n'a pas pu être calculé, ") + end + "."
    mean = money(cost.value, language)
    spread = ""
    if cost.interval is not None:
        low, high = money(cost.interval.low, language), money(cost.interval.high, language)
        if low != high:
            spread = f" (between {low} and {high})" if english else f" (entre {low} et {high})"
    start = "The service costs" if english else "Le service coûte"
    a_year = "a year" if english else "par an"
    return f"{start} {mean} {a_year}{spread}{f', {over}' if over else ''}, {end}."


def fixed_cost_note(result: Result, language: str = "en") -> str:
    """Warn that the fixed cost of the platform was stated for another territory than the one that is simulated.

    "" where the territory is the scenario's own, where the cost was stated anew, or where it is a small part.
    """
    check_language(language)
    scenario, total = result.scenario, result.cost().value
    stated = any(key.rpartition(".")[2] == "platform_cost" for key in scenario.changes)
    if not scenario.card_written_for or stated or not total:
        return ""
    days = result.specification.days
    platform = float(np.mean([each.daily["cost_platform"].sum() for each in result.outcomes])) * _DAYS_PER_YEAR / days
    if platform < LARGE_PART * total:
        return ""
    parameter = SERVICE["platform_cost"]
    return localised(_FIXED_NOTE[language], language).format(
        amount=money(platform, language),
        share=percent(platform / total, language),
        card=localised(place_name(scenario.card_written_for, language), language),
        place=localised(place_name(result.specification.territory.title, language), language),
        label=localised(parameter.label_en if language == "en" else parameter.label_fr, language),
    )
