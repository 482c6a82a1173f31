"""What helps as a JSON document: what ``--json`` prints and what ``what-helps.json`` holds."""

from __future__ import annotations

from typing import Any

from entraide.experiments.comparison import Difference
from entraide.experiments.provenance import code_hash, package_version
from entraide.experiments.what_helps import BEHIND, ServiceRanking, Tried, WhatHelps
from entraide.model.risk import RISKS
from entraide.scenarios.hashing import scenario_hash
from entraide.viz.what_helps_sentences import counts_only_sentence, what_helps_sentences

__all__ = ["what_helps_document"]

LANGUAGES = ("en", "fr")


def what_helps_document(found: WhatHelps) -> dict[str, Any]:
    """Return measures tried as a JSON document, which holds nothing that a second computation would change."""
    request, result = found.plan.request, found.baseline
    told = {language: what_helps_sentences(found, language) for language in LANGUAGES}
    return {
        "scenario": request.scenario.name,
        "title": dict(request.scenario.title),
        "scenario_hash": scenario_hash(request.scenario),
        "changes": dict(request.scenario.changes),
        "territory": result.specification.territory.title,
        "population": result.population,
        "days": request.scenario.days,
        "replicates": request.replicates,
        "seed": request.seed,
        "version": package_version(),
        "code_hash": code_hash(),
        "counts_only": {language: counts_only_sentence(found, language) for language in LANGUAGES}
        if counts_only_sentence(found)
        else None,
        "measures": [
            {
                "name": each.name,
                "category": each.category,
                "prevents": list(each.prevents),
                "title": dict(each.title),
                "changes": dict(each.changes),
            }
            for each in found.plan.candidates
        ],
        "refused": [
            {"name": each.name, "title": dict(each.title), "reason": dict(each.reason)} for each in found.plan.refused
        ],
        "services": [
            {
                "service": ranking.service,
                "title": dict(ranking.title),
                "year": ranking.year,
                "risks": {
                    risk: {
                        "behind": BEHIND[risk],
                        "ranking": _ranking(ranking, risk),
                        "sentences": {language: told[language][ranking.service][risk] for language in LANGUAGES},
                    }
                    for risk in RISKS
                },
            }
            for ranking in found.rankings
        ],
    }


def _ranking(ranking: ServiceRanking, risk: str) -> list[dict[str, Any]]:
    return [_tried(tried, risk, place) for place, tried in enumerate(ranking.ranked(risk), 1)]


def _tried(tried: Tried, risk: str, rank: int) -> dict[str, Any]:
    effect = next(effect for effect in tried.comparison.effects if effect.measure == risk)
    return {
        "rank": rank,
        "measure": tried.candidate.name,
        "verdict": tried.verdict(risk),
        "event": _difference(tried.comparison.of(risk)),
        "mean": _difference(tried.comparison.of(BEHIND[risk])),
        "cost": _difference(tried.comparison.of("cost")),
        "side_effects": dict(tried.side_effects(risk)),
        "dominates": tried.dominates(risk),
        "improvement_per_euro": effect.ratio,
        "enough_pairs": tried.enough_pairs(risk),
    }


def _difference(found: Difference) -> dict[str, Any]:
    return {
        "name": found.measure.name,
        "unit": "event" if found.measure.kind == "event" else found.measure.unit,
        "baseline": found.baseline,
        "candidate": found.candidate,
        "difference": found.difference,
        "band": None if found.band is None else [found.band.low, found.band.high],
        "smallest_difference": found.smallest_difference,
        "verdict": found.verdict,
        "p_value": found.p_value,
        "adjusted_p_value": found.adjusted_p_value,
        "family": found.family,
        "pairs": found.pairs,
        "enough_pairs": found.enough_pairs,
        "beyond_reach": found.beyond_reach,
    }
