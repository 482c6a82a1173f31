"""Stress as a JSON document: what ``--json`` prints and what ``stress.json`` holds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from entraide.experiments.aftermath import MEANWHILE, Aftermath
from entraide.experiments.recovery import AWAY, STEADY
from entraide.experiments.stress import Stress, Struck
from entraide.experiments.trials import Trial
from entraide.model.event_kinds import event_kind
from entraide.model.intervals import MeanEstimate
from entraide.viz.stress_overview import overview_sentences
from entraide.viz.stress_sentences import stress_sentences

from .design_documents import difference_document, ends, request_document
from .ignorance_document import pairs_document

__all__ = ["stress_document"]

LANGUAGES = ("en", "fr")


def stress_document(found: Stress) -> dict[str, Any]:
    """Return events tried as a JSON document, which holds nothing that a second computation would change."""
    told = {language: stress_sentences(found, language) for language in LANGUAGES}
    overviews = {language: overview_sentences(found, language) for language in LANGUAGES}
    return {
        **request_document(found.plan.request, found.baseline),
        **pairs_document(found.baseline),
        "events": [_trial(trial, found) for trial in found.plan.trials],
        "refused": [
            {"kind": each.kind, "title": _title(each.kind), "reason": dict(each.reason)} for each in found.plan.refused
        ],
        "days_after_for_the_last_resort": MEANWHILE,
        "services": [
            {
                "service": service.service,
                "title": dict(service.title),
                "year": service.year,
                "norm": service.norm,
                "overview": {language: overviews[language][service.service] for language in LANGUAGES},
                "events": [
                    {
                        **_struck(struck),
                        "sentences": {
                            language: told[language][service.service][struck.trial.kind] for language in LANGUAGES
                        },
                    }
                    for struck in service.struck
                ],
            }
            for service in found.services
        ],
    }


def _title(kind: str) -> dict[str, str]:
    declared = event_kind(kind)
    return {"en": declared.label_en, "fr": declared.label_fr}


def _trial(trial: Trial, found: Stress) -> dict[str, Any]:
    declared = event_kind(trial.kind)
    return {
        "kind": trial.kind,
        "title": _title(trial.kind),
        "date": (found.plan.request.scenario.start + timedelta(days=trial.day)).isoformat(),
        "days": trial.days,
        "size": trial.size if declared.bounds is not None else None,
        "unit": declared.unit or None,
    }


def _struck(struck: Struck) -> dict[str, Any]:
    return {
        "kind": struck.trial.kind,
        "with_event": _aftermath(struck.after),
        "without_event": _aftermath(struck.usual),
        "return_to_what_it_would_be": {
            "days": struck.back.days,
            "low": struck.back.low,
            "high": struck.back.high,
            "within": AWAY,
            "for_days": STEADY,
        },
        "following": {found.measure.name: difference_document(found) for found in struck.following.differences},
        "year": {found.measure.name: difference_document(found) for found in struck.comparison.differences},
    }


def _aftermath(after: Aftermath) -> dict[str, Any]:
    return {
        "replicates": after.replicates,
        "norm_broken": after.fell,
        "not_recovered": after.not_recovered,
        "still_open": after.still_open,
        "not_recovered_interval": ends(after.not_recovered_interval),
        "days_to_recover": list(after.days_to_recover),
        "median_days_to_recover": after.median_days,
        "lowest": _mean(after.lowest),
        "resilience_loss": _mean(after.loss),
        "backstop_share": _mean(after.backstop),
    }


def _mean(estimate: MeanEstimate) -> dict[str, Any]:
    return {"mean": estimate.value, "interval": ends(estimate.interval), "replicates": estimate.replicates}
