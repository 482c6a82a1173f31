"""Results as JSON documents: what ``--json`` prints and what ``verdict.json`` holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from entraide.experiments.counterfactual import AdministrationAlone, Counterfactual
from entraide.experiments.measures import MEASURES
from entraide.experiments.result_comparison import ResultComparison
from entraide.experiments.results import Result, RiskResult
from entraide.model.event_kinds import event_kind
from entraide.model.intervals import MeanEstimate
from entraide.model.specification import Event
from entraide.viz.sentences import Verdict, comparison_sentences, comparison_verdict, verdict
from entraide.viz.title_words import card_note, run_title

from .design_documents import ends
from .ignorance_document import ignorance_document, pairs_document, spread_documents

__all__ = ["comparison_document", "run_document"]

LANGUAGES = ("en", "fr")
_CURRENCY = "EUR per year"


def run_document(result: Result, language: str | None = None) -> dict[str, Any]:
    """Return a run as a JSON document.

    ``language`` adds to each part its ``sentence``; ``sentences`` always holds it in every language.
    """
    service = result.service_names[0]
    told = _told(result, service, 0)
    document: dict[str, Any] = {
        "scenario": result.scenario.name,
        "title": {each: run_title(result, each) for each in LANGUAGES},
        "card_note": _card_note(result),
        "territory": result.specification.territory.title,
        "population": result.population,
        "zones": result.zones,
        "start": result.specification.start.isoformat(),
        "days": result.specification.days,
        "replicates": result.replicates,
        "seed": result.seed,
        **ignorance_document(result),
        "service": service,
        "risks": _risks(result, service, 0, language),
        "cost": {
            **_estimate(result.cost(), _CURRENCY),
            **_sentences({each: found.cost for each, found in told.items()}, language),
        },
        "counterfactual": _counterfactual(result.counterfactual, told, service, language),
        "measures": _measures(result, service, 0),
    }
    if len(result.service_names) > 1 or result.years > 1:
        document["by_service_and_year"] = [
            {
                "service": name,
                "year": year,
                "risks": _risks(result, name, year, language),
                "measures": _measures(result, name, year),
            }
            for name in result.service_names
            for year in range(result.years)
        ]
    return document


def _card_note(result: Result) -> dict[str, str] | None:
    """Say for which place the card was written, where another one is simulated."""
    return {each: card_note(result, each) for each in LANGUAGES} if result.scenario.card_written_for else None


def _told(result: Result, service: str, year: int) -> dict[str, Verdict]:
    return {language: verdict(result, language, service=service, year=year) for language in LANGUAGES}


def _sentences(sentences: dict[str, str], language: str | None) -> dict[str, Any]:
    return {**({} if language is None else {"sentence": sentences[language]}), "sentences": sentences}


def _risks(result: Result, service: str, year: int, language: str | None) -> dict[str, Any]:
    told = _told(result, service, year)
    spreads = spread_documents(result, service, year)
    return {
        name: {
            **_risk(risk, {each: found.risks[name] for each, found in told.items()}, language),
            **({"ignorance": spreads[name]} if name in spreads else {}),
        }
        for name, risk in result.risks(service, year).items()
    }


def _risk(risk: RiskResult, sentences: dict[str, str], language: str | None) -> dict[str, Any]:
    return {
        "event": _event(risk),
        "count": risk.count,
        "replicates": risk.replicates,
        "without_value": risk.headline.without_value,
        "probability": risk.probability,
        "interval": ends(risk.interval),
        "norm": dict(risk.norms),
        **_sentences(sentences, language),
    }


def _event(risk: RiskResult) -> dict[str, Any]:
    """Return what counts as the event: a quantity, a side of a bound, and how long."""
    norms, year = risk.norms, {"year": risk.headline.year, "days": risk.headline.days}
    if risk.risk == "continuity":
        return {
            "quantity": "share of needs served in time over 7 days",
            "side": "under",
            "bound": norms["norm_share_in_time"],
            "consecutive_days": int(norms["shortfall_days"]),
            **year,
        }
    if risk.risk == "quality":
        return {"quantity": "error over the year", "side": "over", "bound": norms["norm_error"], **year}
    return {
        "quantity": "share of people in areas whose service is under the floor",
        "side": "over",
        "bound": norms["norm_population_share"],
        "floor": norms["norm_zone_floor"],
        **year,
    }


def _estimate(estimate: MeanEstimate, unit: str) -> dict[str, Any]:
    return {
        "value": estimate.value,
        "interval": ends(estimate.interval),
        "unit": unit,
        "replicates": estimate.replicates,
    }


def _measures(result: Result, service: str, year: int) -> dict[str, Any]:
    found = result.measures(service, year)
    return {
        description.name: {
            **_estimate(found[description.name].estimate, description.unit),
            "label": {"en": description.label_en, "fr": description.label_fr},
        }
        for description in MEASURES
    }


def _counterfactual(
    counterfactual: Counterfactual | None, told: dict[str, Verdict], service: str, language: str | None
) -> dict[str, Any] | None:
    if counterfactual is None:
        return None
    return {
        alone.question: _alone(alone, {each: sentence(told[each]) for each in told}, service, language)
        for alone, sentence in (
            (counterfactual.same_budget, lambda found: found.same_budget),
            (counterfactual.same_norm, lambda found: found.same_norm),
        )
    }


def _alone(alone: AdministrationAlone, sentences: dict[str, str], service: str, language: str | None) -> dict[str, Any]:
    return {
        "staff": alone.staff,
        "reachable": alone.reachable,
        "norms_kept": alone.kept,
        "replicate_years": alone.replicate_years,
        "risks": {
            name: {
                "count": risk.count,
                "replicates": risk.replicates,
                "probability": risk.probability,
                "interval": ends(risk.interval),
            }
            for name, risk in alone.risks(service).items()
        },
        "cost": _estimate(alone.cost(), _CURRENCY),
        **_sentences(sentences, language),
    }


def comparison_document(compared: ResultComparison, language: str | None = None) -> dict[str, Any]:
    """Return a comparison as a JSON document."""
    comparison = compared.comparison
    differences: dict[str, Any] = {
        found.measure.name: {
            "unit": found.measure.unit,
            "baseline": found.baseline,
            "candidate": found.candidate,
            "difference": found.difference,
            "band": ends(found.band),
            "smallest_difference": found.smallest_difference,
            "verdict": found.verdict,
            "p_value": found.p_value,
            "pairs": found.pairs,
            "without_value": found.without_value,
            "enough_pairs": found.enough_pairs,
            "beyond_reach": found.beyond_reach,
        }
        for found in comparison.differences
    }
    effects: dict[str, Mapping[str, Any]] = {
        effect.measure: {
            "relation_to_cost": effect.relation,
            "improvement_per_euro": effect.ratio,
            "band": ends(effect.ratio_band),
            "worsens": list(effect.worsens),
        }
        for effect in comparison.effects
    }
    sentences = {each: dict(comparison_sentences(compared, each)) for each in LANGUAGES}
    return {
        "baseline": comparison.baseline,
        "candidate": comparison.candidate,
        "service": compared.service,
        "year": compared.year,
        "level": comparison.level,
        "unpaired": comparison.unpaired,
        **pairs_document(compared.baseline, compared.candidate),
        "moved": {key: list(values) for key, values in compared.moved.items()},
        "events": {
            side: [_happening(event, compared.baseline.specification.start) for event in events]
            for side, events in zip(("baseline_alone", "candidate_alone"), compared.events, strict=True)
        },
        "differences": differences,
        "effects": effects,
        **({} if language is None else {"verdict": comparison_verdict(compared, language)}),
        "sentences": sentences,
        "verdicts": {each: comparison_verdict(compared, each) for each in LANGUAGES},
    }


def _happening(event: Event, start: date) -> dict[str, Any]:
    return {
        "kind": event.kind,
        "date": str(start + timedelta(days=event.day)),
        "days": event.days,
        "size": None if event_kind(event.kind).bounds is None else event.size,
        "services": list(event.services),
        "zones": list(event.zones),
        "groups": list(event.groups),
    }
