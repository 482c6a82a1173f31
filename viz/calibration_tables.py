"""Calibration on a user's own contributions, as tables: figures and fit, fitted values, scores of the forecasts."""

from __future__ import annotations

from collections.abc import Mapping

from entraide.experiments.evidence.forecast import FORECASTERS, QUANTITIES, ForecastCheck
from entraide.experiments.evidence.metrics import UNITS, find_metric
from entraide.experiments.evidence.own_calibration import Calibration
from entraide.scenarios.declarations import ALL

from .calibration_sentences import figure_name, forecaster_name
from .locales import check_language, number, percent, significant

__all__ = ["Table", "figures_table", "scores_table", "values_table"]

# Caption, header, rows.
Table = tuple[str, tuple[str, ...], list[tuple[str, ...]]]

_WORDS: Mapping[str, Mapping[str, str | tuple[str, ...]]] = {
    "en": {
        "figures": "Your data, and the model fitted to them",
        "figures_header": ("figure", "unit", "your data", "model", "80% of the draws", "reproduced"),
        "yes": "yes",
        "no": "no",
        "not_fitted": "not fitted",
        "held": "held, not fitted",
        "values": "Fitted values",
        "values_header": ("key", "what it is", "nearest draw", "80% of the draws", "starting value"),
        "scores": "Forecast of {quantity}: lower errors are better",
        "contributions": "contributions",
        "active": "people who contributed",
        "scores_header": (
            *("forecast", "error by month (CRPS)", "error by month (pinball)", "months within 80%"),
            *("whole time, 80%", "error of the whole time (CRPS)"),
        ),
    },
    "fr": {
        "figures": "Vos données, et le modèle qui leur est ajusté",
        "figures_header": ("chiffre", "unité", "vos données", "modèle", "80\u202f% des tirages", "reproduit"),
        "yes": "oui",
        "no": "non",
        "not_fitted": "hors ajustement",
        "held": "maintenue fixe, non ajustée",
        "values": "Valeurs ajustées",
        "values_header": ("clé", "ce que c'est", "tirage le plus proche", "80\u202f% des tirages", "valeur initiale"),
        "scores": "Prévision\u202f: {quantity}\u202f; plus l'erreur est petite, mieux c'est",
        "contributions": "contributions",
        "active": "contributeurs",
        "scores_header": (
            *("prévision", "erreur par mois (CRPS)", "erreur par mois (pinball)", "mois dans les 80\u202f%"),
            *("sur toute la durée, à 80\u202f%", "erreur sur toute la durée (CRPS)"),
        ),
    },
}


def _text(language: str, key: str) -> str:
    found = _WORDS[check_language(language)][key]
    assert isinstance(found, str)
    return found


def _header(language: str, key: str) -> tuple[str, ...]:
    found = _WORDS[check_language(language)][key]
    assert isinstance(found, tuple)
    return found


def figures_table(found: Calibration, language: str = "en") -> Table:
    """Return the figures of the data beside those of the fitted model."""
    fitted = {each.metric: each for each in found.goodness}
    rows = []
    for name, value in found.metrics.items():
        unit = find_metric(name).metric.unit
        row = [figure_name(name, language), unit if language == "en" else UNITS[unit], significant(value, language)]
        if name in fitted:
            each = fitted[name]
            low, high = significant(each.low, language), significant(each.high, language)
            row += [significant(each.simulated, language), f"{low} – {high}"]
            row.append(_text(language, "yes" if each.reproduced else "no"))
        else:
            row += ["", "", _text(language, "not_fitted")]
        rows.append(tuple(row))
    return _text(language, "figures"), _header(language, "figures_header"), rows


def values_table(found: Calibration, language: str = "en") -> Table:
    """Return the fitted parameters with their ranges."""
    from entraide.model.service_classes import preset_of

    preset = preset_of(found.fit.service_class)
    held = found.fit.held()
    rows: list[tuple[str, ...]] = []
    for name, (low, _, high) in found.fit.parameters().items():
        if low == high and found.fit.best[name] == preset.get(name):
            continue
        parameter = ALL[name]
        rows.append(
            (
                name,
                parameter.label_en if language == "en" else parameter.label_fr,
                significant(float(found.fit.best[name]), language),
                _text(language, "held")
                if name in held
                else f"{significant(low, language)} – {significant(high, language)}",
                significant(float(preset.get(name, parameter.default)), language),
            )
        )
    return _text(language, "values"), _header(language, "values_header"), rows


def scores_table(checked: ForecastCheck, quantity: str, language: str = "en") -> Table:
    """Return the scores of every forecaster for one of QUANTITIES."""
    if quantity not in QUANTITIES:
        raise ValueError(quantity)
    rows: list[tuple[str, ...]] = []
    for name in FORECASTERS:
        if name not in checked.scores:
            continue
        scores = checked.scores[name][quantity]
        rows.append(
            (
                forecaster_name(name, language),
                significant(scores.crps, language),
                significant(scores.pinball, language),
                percent(scores.coverage, language),
                f"{number(scores.total_low, language)} – {number(scores.total_high, language)}",
                significant(scores.total_crps, language),
            )
        )
    caption = _text(language, "scores").format(quantity=_text(language, quantity))
    return caption, _header(language, "scores_header"), rows
