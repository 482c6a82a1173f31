"""Calibration on a user's own contributions as JSON: what ``--json`` prints; no person in it."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from entraide.experiments.evidence.forecast import FORECASTERS, QUANTITIES, ForecastCheck
from entraide.experiments.evidence.metrics import find_metric
from entraide.experiments.evidence.months import MONTH
from entraide.experiments.evidence.own_calibration import Calibration
from entraide.experiments.evidence.own_data import OwnData
from entraide.experiments.provenance import code_hash, package_version
from entraide.viz.calibration_sentences import calibration_sentences, forecast_sentences, reading_sentences

__all__ = ["calibration_document", "ensemble_document"]

LANGUAGES = ("en", "fr")


def calibration_document(found: Calibration) -> dict[str, Any]:
    """Return a calibration as a JSON document."""
    fit, held = found.fit, found.fit.held()
    return {
        "class": fit.service_class,
        "data": _data(found.data),
        "metrics": {
            name: {"value": _plain(value), "unit": find_metric(name).metric.unit}
            for name, value in found.metrics.items()
        },
        "goodness": [
            {name: _plain(value) if isinstance(value, float) else value for name, value in asdict(each).items()}
            for each in found.goodness
        ],
        "fit": {
            "draws_tried": fit.tried,
            "draws_kept": len(fit.draws),
            "effective_draws": fit.effective,
            "sharpness": fit.sharpness,
            "class_fitted": found.class_fitted,
            "best": dict(fit.best),
            "parameters": {
                name: {"low": low, "median": middle, "high": high, "held": name in held}
                for name, (low, middle, high) in fit.parameters().items()
            },
        },
        "forecast": None if found.forecast is None else _forecast(found.forecast),
        "sentences": {
            language: [
                *reading_sentences(found.data, language),
                *calibration_sentences(found, language),
                *forecast_sentences(found, language),
            ]
            for language in LANGUAGES
        },
        "version": package_version(),
        "code_hash": code_hash(),
    }


def ensemble_document(found: Calibration) -> dict[str, Any]:
    """Return the fitted ensemble in the form of the package's own ensembles, with weights."""
    fit = found.fit
    return {
        "class": fit.service_class,
        "draws": [dict(draw) for draw in fit.draws],
        "weights": [float(weight) for weight in fit.weights],
        "provenance": {
            "fitted_to": "one history of contributions",
            "people": found.data.history.people,
            "days": found.data.history.horizon,
            "metrics": list(fit.metrics),
            "draws_tried": fit.tried,
            "version": package_version(),
        },
    }


def _data(data: OwnData) -> dict[str, Any]:
    return {
        "people": data.history.people,
        "rows": data.rows,
        "contributions": int(data.history.tasks.sum()),
        "first": data.first.isoformat(),
        "last": data.last.isoformat(),
        "days": data.history.horizon,
        "columns": dict(data.columns),
        "encoding": data.encoding,
        "dates": asdict(data.dates),
        "bad_rows": [{"fault": each.fault, "count": each.count, "lines": list(each.lines)} for each in data.bad],
    }


def _forecast(checked: ForecastCheck) -> dict[str, Any]:
    after = checked.cut.after
    return {
        "known_days": checked.cut.known.horizon,
        "known_people": checked.cut.known.people,
        "months": checked.cut.months,
        "days_of_a_month": MONTH,
        "happened": {
            quantity: {
                "by_month": [float(each) for each in getattr(after, quantity)[0, :-1]],
                "total": float(getattr(after, quantity)[0, -1]),
            }
            for quantity in QUANTITIES
        },
        "scores": {
            name: {
                quantity: {**asdict(scores), "skill": _plain(checked.skill(name, quantity))}
                for quantity, scores in checked.scores[name].items()
            }
            for name in FORECASTERS
            if name in checked.scores
        },
    }


def _plain(value: float) -> float | None:
    return value if math.isfinite(value) else None
