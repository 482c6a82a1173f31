"""Calibration on a user's own contributions, in words: how they were read, how good the fit is, what it cannot say."""

from __future__ import annotations

from collections.abc import Mapping

from entraide.experiments.evidence.forecast import QUANTITIES, ForecastCheck
from entraide.experiments.evidence.months import MONTH
from entraide.experiments.evidence.own_calibration import Calibration, describes
from entraide.experiments.evidence.own_data import OwnData

from .locales import check_language, counted, day_text, joined, localised, number, percent

__all__ = ["calibration_sentences", "figure_name", "forecast_sentences", "forecaster_name", "reading_sentences"]

# Ranges over draws that are worth fewer are rough, and the reader is told.
_FEW_DRAWS = 10.0

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "data": "{people} made {tasks} from {first} to {last}.",
        "columns": "Columns: {columns}.",
        "year first": "Dates were read with the year first.",
        "day first": "Dates were read with the day first: the day is over 12 in {rows}.",
        "month first": "Dates were read with the month first: the day is over 12 in {rows}.",
        "as given": "Dates were read as {format}.",
        "skipped": "Left out because they cannot be used: {skipped} of {rows}.",
        "good": "Fitted as {name}, the model reproduces {count} of {all} figures of your data.",
        "missed": "Not reproduced: {names}.",
        "usable": "The scenario can be used with this behaviour, varied over the ranges written in it.",
        "poor": "This class does not describe your contributors well: try another one, or draw no conclusion that "
        "rests on how they behave.",
        "few draws": "Ranges are rough: the weighted ensemble ({kept}) is worth {worth} draws of equal weight (Kish's "
        "effective number).",
        "preset": "No ensemble has been fitted for this class: the search began from its starting values.",
        "unknown": "Contributions do not show how readily people accept when asked, so they do not fix what a lever "
        "changes: results on levers still rest on assumptions.",
        "forecast": "Forecast check: fitted on what was known on {day}, then {months} forecast.",
        "contributions": "Contributions: the model said {middle}, with 80% between {low} and {high}; {happened} came.",
        "active": "People who contributed: the model said {middle}, with 80% between {low} and {high}; {happened} did.",
        "inside": "What happened lies inside.",
        "outside": "What happened lies outside.",
        "best": "Month by month, the smallest error is that {best}; the model's is {skill} {direction} than that of "
        "the naive forecast.",
        "smaller": "smaller",
        "larger": "larger",
    },
    "fr": {
        "data": "{tasks} de {people}, du {first} au {last}.",
        "columns": "Colonnes : {columns}.",
        "year first": "Les dates ont été lues en commençant par l'année.",
        "day first": "Les dates ont été lues en commençant par le jour : il dépasse 12 dans {rows}.",
        "month first": "Les dates ont été lues en commençant par le mois : le jour dépasse 12 dans {rows}.",
        "as given": "Les dates ont été lues selon {format}.",
        "skipped": "Laissées de côté, faute d'être utilisables : {skipped} sur {rows}.",
        "good": "Ajusté comme {name}, le modèle reproduit {count} des {all} chiffres de vos données.",
        "missed": "Ne sont pas reproduits : {names}.",
        "usable": "Le scénario peut servir avec ces comportements, à faire varier dans les plages qui y sont écrites.",
        "poor": "Cette classe décrit mal vos contributeurs : essayez-en une autre, ou ne concluez rien qui repose sur "
        "leurs comportements.",
        "few draws": "Les plages sont approximatives : l'ensemble pondéré ({kept}) ne vaut que {worth} tirages de même "
        "poids (effectif équivalent de Kish).",
        "preset": "Aucun ensemble n'a été ajusté pour cette classe : la recherche est partie de ses valeurs initiales.",
        "unknown": "Les contributions ne montrent pas avec quelle facilité on accepte quand on est sollicité ; elles "
        "ne fixent donc pas ce que change un levier : ce qu'on en dit repose encore sur des hypothèses.",
        "forecast": "Épreuve de prévision : ajusté sur ce qu'on savait le {day}, puis {months} à prévoir.",
        "contributions": "Contributions : le modèle annonçait {middle}, à 80 % entre {low} et {high} ; il y en a eu "
        "{happened}.",
        "active": "Contributeurs : le modèle en annonçait {middle}, à 80 % entre {low} et {high} ; il y en a eu "
        "{happened}.",
        "inside": "Ce qui est arrivé est dans la plage.",
        "outside": "Ce qui est arrivé est hors de la plage.",
        "best": "Mois par mois, la plus petite erreur est celle {best} ; celle du modèle est {skill} plus {direction} "
        "que celle de la prévision naïve.",
        "smaller": "petite",
        "larger": "grande",
    },
}

_FIGURES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "gini": "inequality between contributors (Gini)",
        "top_share_10": "share of the busiest tenth",
        "once_only_share": "people with one contribution only",
        "one_day_share": "people active on one day only",
        "survival_1": "people who came back at all",
        "survival_7": "still there after 7 days",
        "survival_30": "still there after 30 days",
        "survival_90": "still there after 90 days",
        "survival_365": "still there after one year",
        "burstiness": "bursts between active days",
        "median_gap": "median gap between active days",
        "median_tasks": "median contributions of a person",
        "mean_tasks": "mean contributions of a person",
        "mean_active_days": "mean active days of a person",
        "spike_days": "days with a peak",
        "later_activity_ratio": "activity beyond the second year, over that of the second",
    },
    "fr": {
        "gini": "l'inégalité entre contributeurs (Gini)",
        "top_share_10": "la part du dixième le plus actif",
        "once_only_share": "les personnes à une seule contribution",
        "one_day_share": "les personnes actives un seul jour",
        "survival_1": "les personnes revenues au moins une fois",
        "survival_7": "encore là après 7 jours",
        "survival_30": "encore là après 30 jours",
        "survival_90": "encore là après 90 jours",
        "survival_365": "encore là après un an",
        "burstiness": "les à-coups entre jours actifs",
        "median_gap": "l'écart médian entre jours actifs",
        "median_tasks": "les contributions d'une personne (médiane)",
        "mean_tasks": "les contributions d'une personne (moyenne)",
        "mean_active_days": "les jours actifs d'une personne (moyenne)",
        "spike_days": "les jours de pointe",
        "later_activity_ratio": "l'activité au-delà de la deuxième année, rapportée à celle de la deuxième",
    },
}
_FORECASTERS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "model": "the model",
        "bg_nbd": "BG/NBD, the standard of repeat buying",
        "naive": "the naive forecast",
        "model_plain": "the model, level not corrected",
        "bg_nbd_level": "BG/NBD, level corrected",
    },
    "fr": {
        "model": "le modèle",
        "bg_nbd": "BG/NBD, la référence du réachat",
        "naive": "la prévision naïve",
        "model_plain": "le modèle, niveau non corrigé",
        "bg_nbd_level": "BG/NBD, niveau corrigé",
    },
}
# After "that" and "celle": French joins the article to the preposition.
_OF: Mapping[str, Mapping[str, str]] = {
    "en": {"model": "of the model", "bg_nbd": "of BG/NBD", "naive": "of the naive forecast"},
    "fr": {"model": "du modèle", "bg_nbd": "de BG/NBD", "naive": "de la prévision naïve"},
}
_ROLES: Mapping[str, Mapping[str, str]] = {
    "en": {"user": "person", "date": "date", "tasks": "tasks", "zone": "zone"},
    "fr": {"user": "personne", "date": "date", "tasks": "tâches", "zone": "zone"},
}
_NOUNS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "en": {
        "people": ("person", "people"),
        "tasks": ("contribution", "contributions"),
        "rows": ("row", "rows"),
        "months": ("month", "months"),
        "draws": ("draw", "draws"),
    },
    "fr": {
        "people": ("personne", "personnes"),
        "tasks": ("contribution", "contributions"),
        "rows": ("ligne", "lignes"),
        "months": ("mois", "mois"),
        "draws": ("tirage", "tirages"),
    },
}


def figure_name(metric: str, language: str) -> str:
    """Return what a metric is called in a sentence."""
    return _FIGURES[check_language(language)][metric]


def forecaster_name(forecaster: str, language: str) -> str:
    """Return what a forecaster is called in a sentence."""
    return _FORECASTERS[check_language(language)][forecaster]


def _count(value: float, noun: str, language: str) -> str:
    return counted(value, *_NOUNS[language][noun], language)


def reading_sentences(data: OwnData, language: str = "en") -> tuple[str, ...]:
    """Say what was read and how it was understood, for the reader to confirm."""
    words = _WORDS[check_language(language)]
    history = data.history
    columns = ", ".join(f"{_ROLES[language][role]} = {name}" for role, name in data.columns.items())
    found = [
        words["data"].format(
            people=_count(history.people, "people", language),
            tasks=_count(int(history.tasks.sum()), "tasks", language),
            first=day_text(data.first, language),
            last=day_text(data.last, language),
        ),
        words["columns"].format(columns=columns),
        words[data.dates.order].format(rows=_count(data.dates.deciding, "rows", language), format=data.dates.format),
    ]
    if data.skipped:
        found.append(
            words["skipped"].format(skipped=number(data.skipped, language), rows=_count(data.rows, "rows", language))
        )
    return tuple(localised(sentence, language) for sentence in found)


def calibration_sentences(found: Calibration, language: str = "en") -> tuple[str, ...]:
    """Say how good the fit is and what it is good for."""
    words = _WORDS[check_language(language)]
    reproduced = sum(each.reproduced for each in found.goodness)
    sentences = [
        words["good"].format(
            name=found.fit.service_class, count=number(reproduced, language), all=number(len(found.goodness), language)
        )
    ]
    missed = [figure_name(each.metric, language) for each in found.goodness if not each.reproduced]
    if missed:
        sentences.append(words["missed"].format(names=joined(missed, language)))
    sentences.append(words["usable" if describes(found.goodness) else "poor"])
    if found.fit.effective < _FEW_DRAWS:
        kept = _count(len(found.fit.draws), "draws", language)
        sentences.append(words["few draws"].format(kept=kept, worth=number(found.fit.effective, language, 1)))
    if not found.class_fitted:
        sentences.append(words["preset"])
    sentences.append(words["unknown"])
    return tuple(localised(sentence, language) for sentence in sentences)


def forecast_sentences(found: Calibration, language: str = "en") -> tuple[str, ...]:
    """Say how the forecast of the rest of the history fared; nothing where it was not asked for."""
    words = _WORDS[check_language(language)]
    checked = found.forecast
    if checked is None:
        return ()
    start = found.data.first.toordinal() + checked.cut.known.horizon - 1
    sentences = [
        words["forecast"].format(
            day=day_text(type(found.data.first).fromordinal(start), language),
            months=f"{_count(checked.cut.months, 'months', language)}"
            + (f" of {MONTH} days" if language == "en" else f" de {MONTH} jours"),
        )
    ]
    for quantity in QUANTITIES:
        scores = checked.scores["model"][quantity]
        said = words[quantity].format(
            middle=number(scores.total_median, language),
            low=number(scores.total_low, language),
            high=number(scores.total_high, language),
            happened=number(float(getattr(checked.cut.after, quantity)[0, -1]), language),
        )
        where = words["inside" if scores.total_covered else "outside"]
        sentences.append(f"{said} {where} {_best(checked, quantity, language)}")
    return tuple(localised(sentence, language) for sentence in sentences)


def _best(checked: ForecastCheck, quantity: str, language: str) -> str:
    rivals = [name for name in ("model", "bg_nbd", "naive") if name in checked.scores]
    best = min(rivals, key=lambda name: checked.scores[name][quantity].crps)
    skill = checked.skill("model", quantity)
    words = _WORDS[language]
    return words["best"].format(
        best=_OF[language][best],
        skill=percent(abs(skill), language),
        direction=words["smaller" if skill >= 0 else "larger"],
    )
