"""Ignorance and chance in JSON: where the values of parameters come from, and how the spread of each risk divides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from entraide.experiments.ignorance import Association, risk_spreads
from entraide.experiments.results import Result
from entraide.experiments.variance_components import Components
from entraide.viz.ignorance_sentences import draws_sentence, ignorance_sentences
from entraide.viz.kind_words import has_norm
from entraide.viz.locales import LANGUAGES
from entraide.viz.pair_words import pair_notes
from entraide.viz.resting_words import parameter_notes

from .design_documents import ends

__all__ = ["ignorance_document", "pairs_document", "spread_documents"]


def ignorance_document(result: Result) -> dict[str, Any]:
    """Return where parameters come from: "preset", or "ensemble" with its draws and what is stated instead."""
    draws = result.draws
    if draws is None:
        return {"parameters": "preset"}
    stated = [
        {"service": each.service, "parameter": each.parameter, "value": each.value, "by": each.by}
        for each in draws.stated(result.scenario)
    ]
    return {
        "parameters": "ensemble",
        "draws": {
            **draws.document(),
            "of_replicate": [draws.place_of(outcome.replicate) for outcome in result.outcomes],
            "stated": stated,
            "rests_on_data_only": bool(draws.draws) and draws.calibrated(result.scenario),
            "notes": {language: list(parameter_notes(result, language)) for language in LANGUAGES},
        },
    }


def pairs_document(*results: Result) -> dict[str, Any]:
    """Return where the parameters of runs that are compared come from: "preset", or "ensemble" and each run's draws.

    Parameters
    ----------
    results : the baseline and, where it may differ in what it states, the other design.
    """
    document: dict[str, Any] = {
        "parameters": results[0].parameters_from,
        "parameters_told": {language: list(pair_notes(results, language)) for language in LANGUAGES},
    }
    if results[0].draws is not None:
        sides = zip(("baseline", "candidate"), results, strict=False)
        document["draws"] = {side: ignorance_document(result)["draws"] for side, result in sides}
    return document


def spread_documents(result: Result, service: str, year: int) -> Mapping[str, dict[str, Any]]:
    """Return by risk how its spread divides; empty without draws of parameters."""
    risks, margins = result.risks(service, year), result.margins(service, year)
    return {
        name: {
            "margin": _components(spread.margin),
            "event": _components(spread.event),
            "margins": [None if value != value else float(value) for value in margins[name]],
            "draws_broken": {"always": spread.always, "sometimes": spread.sometimes, "never": spread.never},
            "strongest_parameter": _association(spread.strongest),
            "pilot_helps": spread.pilot_helps,
            "sentences": {
                language: [
                    *ignorance_sentences(spread, language),
                    *filter(None, [draws_sentence(spread, language)]),
                ]
                for language in LANGUAGES
            },
        }
        for name, spread in risk_spreads(result, service, year).items()
        if has_norm(risks[name])
    }


def _components(found: Components | None) -> dict[str, Any] | None:
    """Return the components: standard deviations in shares, and the share of the variance that is ignorance."""
    if found is None:
        return None
    return {
        "by_chance": found.within,
        "by_ignorance": found.between,
        "over_everything": found.total,
        "ignorance_share": found.share,
        "interval": ends(found.interval),
        "method": None if found.interval is None else found.interval.method,
        "estimate_below_zero": found.below_zero,
        "draws": found.groups,
        "replicates": found.replicates,
    }


def _association(found: Association | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "service": found.service,
        "parameter": found.parameter,
        "rank_correlation": found.correlation,
        "p_value": found.p_value,
        "draws": found.draws,
    }
