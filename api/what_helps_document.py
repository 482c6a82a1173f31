"""What helps as a JSON document: what ``--json`` prints and what ``what-helps.json`` holds."""

from __future__ import annotations

from typing import Any

from entraide.experiments.comparison import Difference
from entraide.experiments.what_helps import BEHIND, ServiceRanking, Tried, WhatHelps
from entraide.model.risk import RISKS
from entraide.viz.what_helps_sentences import counts_only_sentence, what_helps_sentences

from .design_documents import difference_document, request_document
from .ignorance_document import pairs_document

__all__ = ["what_helps_document"]

LANGUAGES = ("en", "fr")


def what_helps_document(found: WhatHelps) -> dict[str, Any]:
    """Return measures tried as a JSON document, which holds nothing that a second computation would change."""
    told = {language: what_helps_sentences(found, language) for language in LANGUAGES}
    return {
        **request_document(found.plan.request, found.baseline),
        **pairs_document(found.baseline),
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
    return {"name": found.measure.name, **difference_document(found), "beyond_reach": found.beyond_reach}
