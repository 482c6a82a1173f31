"""Stress as a JSON document: what ``--json`` prints and what ``stress.json`` holds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from entraide.experiments.aftermath import MEANWHILE, Aftermath
from entraide.experiments.comparison import Difference
from entraide.experiments.provenance import code_hash, package_version
from entraide.experiments.stress import Stress, Struck, Trial
from entraide.model.event_kinds import event_kind
from entraide.model.intervals import Interval, MeanEstimate
from entraide.scenarios.hashing import scenario_hash
from entraide.viz.stress_sentences import overview_sentence, stress_sentences

__all__ = ["stress_document"]

LANGUAGES = ("en", "fr")


def stress_document(found: Stress) -> dict[str, Any]:
    """Return events tried as a JSON document, which holds nothing that a second computation would change."""
    request, result = found.plan.request, found.baseline
    told = {language: stress_sentences(found, language) for language in LANGUAGES}
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
                "overview": {language: overview_sentence(service, language) for language in LANGUAGES},
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
        "following": {found.measure.name: _difference(found) for found in struck.following.differences},
        "year": {found.measure.name: _difference(found) for found in struck.comparison.differences},
    }


def _aftermath(after: Aftermath) -> dict[str, Any]:
    return {
        "replicates": after.replicates,
        "norm_broken": after.fell,
        "recovery_known": after.known,
        "not_recovered": after.not_recovered,
        "not_recovered_interval": _interval(after.not_recovered_interval),
        "days_to_recover": list(after.days_to_recover),
        "median_days_to_recover": after.median_days,
        "lowest": _mean(after.lowest),
        "resilience_loss": _mean(after.loss),
        "backstop_share": _mean(after.backstop),
    }


def _interval(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [interval.low, interval.high]


def _mean(estimate: MeanEstimate) -> dict[str, Any]:
    return {"mean": estimate.value, "interval": _interval(estimate.interval), "replicates": estimate.replicates}


def _difference(found: Difference) -> dict[str, Any]:
    return {
        "unit": "event" if found.measure.kind == "event" else found.measure.unit,
        "baseline": found.baseline,
        "candidate": found.candidate,
        "difference": found.difference,
        "band": _interval(found.band),
        "smallest_difference": found.smallest_difference,
        "verdict": found.verdict,
        "p_value": found.p_value,
        "adjusted_p_value": found.adjusted_p_value,
        "family": found.family,
        "pairs": found.pairs,
        "enough_pairs": found.enough_pairs,
    }
