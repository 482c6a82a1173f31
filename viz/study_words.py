"""Words of a study: its factors, outputs and designs, as a reader of English or of French meets them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from entraide.experiments.analysis.designs import Design
from entraide.experiments.analysis.study_runs import StudyRuns
from entraide.experiments.batch.factors import Factor
from entraide.experiments.measures import MEASURES
from entraide.model.parameters import Value
from entraide.model.risk import RISKS
from entraide.scenarios.declarations import ALL
from entraide.scenarios.territories import territory_title

from .locales import check_language, counted, joined, localised, number, percent, points, significant
from .locales import money as money_text
from .units import unit_text, value_text
from .wording import risk_name, span_text

__all__ = [
    "amount",
    "design_name",
    "design_text",
    "design_values",
    "factor_name",
    "factor_value",
    "levers_in_order",
    "output_name",
    "provenance_of",
    "range_text",
    "spread_amount",
    "study_origin",
]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "margin": "margin to the norm of {risk}",
        "event": "broken norm of {risk}",
        "cost": "cost a year",
        "design": "design {number}",
        "seed": "seed {seed}",
        "study": "study {name}, {mark}",
        "as_is": "the scenario as it is",
        "range": "{low} to {high}",
        "any": "some broken norm",
        "loss": "cost and price of broken norms",
    },
    "fr": {
        "margin": "marge par rapport à la norme de {risk}",
        "event": "norme de {risk} rompue",
        "cost": "coût par an",
        "design": "dispositif {number}",
        "seed": "graine {seed}",
        "study": "étude {name}, {mark}",
        "as_is": "le scénario tel quel",
        "range": "{low} à {high}",
        "any": "une norme rompue au moins",
        "loss": "coût et prix des normes rompues",
    },
}
_LABELS: Mapping[str, Mapping[str, str]] = {each.name: {"en": each.label_en, "fr": each.label_fr} for each in MEASURES}


def factor_name(factor: Factor, language: str) -> str:
    """Return what a factor is called, in words."""
    return localised(factor.label[check_language(language)], language)


def factor_value(factor: Factor, value: Value, language: str) -> str:
    """Write a value of a factor with its unit, in three figures."""
    if isinstance(value, float) and not float(value).is_integer():
        value = float(f"{value:.3g}")
    return value_text(ALL[factor.key.split(".")[-1]], value, language)


def range_text(factor: Factor, language: str) -> str:
    """Return the range of a factor, or its levels."""
    if factor.levels:
        return ", ".join(factor_value(factor, level, language) for level in factor.levels)
    low, high = (factor_value(factor, end, language) for end in factor.ends())
    unit = unit_text(ALL[factor.key.split(".")[-1]], language)
    # The unit is said once: "12 to 22 per 1,000 inhabitants".
    return _WORDS[check_language(language)]["range"].format(low=low.removesuffix(f" {unit}"), high=high)


def output_name(output: str, language: str) -> str:
    """Return what an output is called: that of a column of the runs, of a risk, of a loss."""
    words = _WORDS[check_language(language)]
    name = re.sub(r"\.year\d+$", "", output).split(".")[-1]
    if name in words:
        return words[name]
    if name in RISKS:
        return words["event"].format(risk=risk_name(name, language))
    if name.removesuffix("_margin") in RISKS:
        return (
            words["margin"]
            .format(risk=risk_name(name.removesuffix("_margin"), language))
            .replace("de égalité", "d'égalité")
        )
    return localised(_LABELS[name][language], language) if name in _LABELS else output


def amount(value: float, unit: str, language: str) -> str:
    """Write a value of an output in its unit."""
    if unit == "share":
        return percent(value, language, 1) if 0.0 <= value <= 1.0 else f"{number(100.0 * value, language, 1)} %"
    if unit in ("EUR", "EUR/year"):
        return money_text(value, language)
    return significant(value, language) + ("" if unit in ("1", "event", "") else f" {unit}")


def spread_amount(value: float, unit: str, language: str) -> str:
    """Write the size of a difference or of an effect: shares in points."""
    if unit in ("share", "event"):
        return points(value, language, 1)
    return amount(value, unit, language)


def design_name(design: Design, language: str) -> str:
    """Return "design 3"."""
    return _WORDS[check_language(language)]["design"].format(number=design.number)


def design_text(design: Design, factors: tuple[Factor, ...], language: str) -> str:
    """Return the levers of a design with their values."""
    known = {each.key: each for each in factors}
    told = [
        f"{factor_name(known[key], language)} {factor_value(known[key], value, language)}"
        for key, value in design.changes.items()
    ]
    return joined(told, language) if told else _WORDS[check_language(language)]["as_is"]


def levers_in_order(factors: tuple[Factor, ...], language: str) -> str:
    """Return the names of levers in the order in which ``design_values`` writes their values."""
    return " · ".join(factor_name(each, language) for each in factors if each.kind == "lever")


def design_values(design: Design, factors: tuple[Factor, ...], language: str) -> str:
    """Return the values of a design's levers alone, without units; the scenario's own are told as such."""
    if not design.changes:
        return _WORDS[check_language(language)]["as_is"]
    told = []
    for each in factors:
        if each.kind == "lever":
            unit = unit_text(ALL[each.key.split(".")[-1]], language)
            value = design.changes.get(each.key)
            told.append("–" if value is None else factor_value(each, value, language).removesuffix(f" {unit}"))
    return " · ".join(told)


def study_origin(runs: StudyRuns, language: str) -> str:
    """Return which place, study, simulations and version a figure comes from, in the reader's words."""
    words, study, scenario = _WORDS[check_language(language)], runs.study, runs.scenario
    territory = scenario.territory()
    people = {"en": ("inhabitant", "inhabitants"), "fr": ("habitant", "habitants")}[language]
    version, mark = (runs.about.get(f"entraide.{each}", "") for each in ("version", "study_hash"))
    parts = [
        f"{localised(territory_title(territory, language), language)}, "
        + counted(territory.inhabitants, *people, language),
        localised(scenario.title[language], language),
        f"{span_text(runs.finished, scenario.days, language)}, {words['seed'].format(seed=study.seed)}",
        f"Entraide {version}".strip(),
        words["study"].format(name=study.name, mark=mark[:12]).rstrip(" ,"),
    ]
    return " · ".join(parts)


def provenance_of(runs: StudyRuns) -> str:
    """Return in one line where a figure of a study comes from, by the names that files and commands have."""
    study, about = runs.study, runs.about
    parts = [
        f"entraide {about.get('entraide.version', '')}".strip(),
        f"study {study.name}",
        runs.scenario.name,
        study.design.kind,
        f"parameters {study.parameters}",
        f"seed {study.seed}",
        f"{runs.finished} × {runs.scenario.days} d",
        about.get("entraide.study_hash", "")[:12],
    ]
    return " · ".join(part for part in parts if part)
