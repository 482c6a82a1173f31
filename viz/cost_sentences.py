"""The cost of a service in words."""

from __future__ import annotations

from entraide.model.intervals import MeanEstimate

from .locales import check_language, money
from .wording import ENDING

__all__ = ["cost_sentence"]


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
