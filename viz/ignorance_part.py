"""The part of a report that tells ignorance from chance: where values come from, a table by risk, a table of draws."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import numpy as np

from entraide.experiments.ignorance import RiskSpread, drawn_values, risk_spreads
from entraide.experiments.results import Result, RiskResult
from entraide.experiments.variance_components import Components

from .ignorance_sentences import draws_sentence, ignorance_sentences, parameter_label
from .kind_words import has_norm
from .locales import check_language, joined, number, percent, points, significant
from .report_page import Cell, heading, paragraph, table
from .report_parts import service_title
from .report_words import WORDS
from .resting_words import parameter_notes
from .wording import risk_name

__all__ = ["ignorance_part", "ignorance_title"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Ignorance and chance",
        "risk": "Risk",
        "probability": "Probability, over everything",
        "draws": "Draws: always broken, sometimes, never",
        "chance": "Spread of the margin by chance",
        "all": "Over everything",
        "share": "Share that is ignorance",
        "event": "The same, of broken or not",
        "caption": "What of each risk's spread is ignorance, and what chance",
        "method": "Spread is a standard deviation over simulations; shares are of its square. Estimated by an analysis "
        "of variance with draws as random groups (Searle, Casella & McCulloch 1992); the interval is 95%, rests on few "
        "draws, and is exact only for margins that spread like the normal law. The probability's interval counts "
        "simulations of one draw for as many as they are worth (Kish 1965, with Wilson's interval).",
        "below": "{share} (estimate below zero)",
        "between": "{share} ({low} to {high})",
        "unknown": "cannot be told",
        "values": "Values drawn",
        "parameter": "Parameter",
        "lowest": "Lowest",
        "median": "Middle",
        "highest": "Highest",
        "citizens": "all citizens",
    },
    "fr": {
        "title": "Ignorance et hasard",
        "risk": "Risque",
        "probability": "Probabilité, tout compris",
        "draws": "Tirages\u202f: norme rompue à chaque fois, parfois, jamais",
        "chance": "Dispersion de la marge due au hasard",
        "all": "Tout compris",
        "share": "Part de l'ignorance",
        "event": "De même, pour norme rompue ou non",
        "caption": "Ce qui, dans la dispersion de chaque risque, est ignorance, et ce qui est hasard",
        "method": "La dispersion est un écart type entre simulations\u202f; les parts sont celles de son carré. "
        "Estimées par une analyse de variance où les tirages sont des groupes aléatoires (Searle, Casella et McCulloch "
        "1992)\u202f; l'intervalle, à 95\u202f%, repose sur peu de tirages et n'est exact que pour des marges "
        "dispersées selon la loi normale. L'intervalle de la probabilité compte les simulations d'un même tirage pour "
        "ce qu'elles valent (Kish 1965, avec l'intervalle de Wilson).",
        "below": "{share} (estimation négative)",
        "between": "{share} ({low} à {high})",
        "unknown": "on ne peut le dire",
        "values": "Valeurs tirées",
        "parameter": "Paramètre",
        "lowest": "La plus basse",
        "median": "Médiane",
        "highest": "La plus haute",
        "citizens": "tous les citoyens",
    },
}


def ignorance_title(language: str) -> str:
    """Return the heading of the part."""
    return _WORDS[check_language(language)]["title"]


def ignorance_part(result: Result, language: str) -> str:
    """Return the part; "" where replicates do not draw their parameters."""
    notes = parameter_notes(result, language)
    parts = [paragraph(note) for note in notes]
    if len(result.specifications) == 1:
        # One draw: nothing to compare it with, and its values are all that there is to tell.
        parts.append(_values(result, language))
    elif result.specifications:
        parts += [
            _of_service(result, service.name, year, language)
            for service in result.public_services
            for year in range(result.years)
        ]
        parts += [paragraph(_WORDS[language]["method"], "note"), _values(result, language)]
    return "".join(parts)


def _of_service(result: Result, service: str, year: int, language: str) -> str:
    words = _WORDS[language]
    risks, spreads = result.risks(service, year), risk_spreads(result, service, year)
    shown = {name: risk for name, risk in risks.items() if has_norm(risk)}
    about = []
    if len(result.public_services) > 1:
        about.append(service_title(result.specification.services[result.place_of(service)], language))
    if result.years > 1:
        about.append(WORDS[language]["year"].format(number=year + 1))
    said = ""
    for name in shown:
        sentences = " ".join((*ignorance_sentences(spreads[name], language), draws_sentence(spreads[name], language)))
        if sentences.strip():
            said += f"<p><strong>{escape(risk_name(name, language, capital=True))}.</strong> {escape(sentences)}</p>"
    columns = ("risk", "probability", "draws", "chance", "all", "share", "event")
    caption = f"{words['caption']} ({', '.join(about)})" if about else words["caption"]
    rows = [_row(risk, spreads[name], language) for name, risk in shown.items()]
    title = heading(3, joined(about, language)) if about else ""
    return title + said + table(caption, [words[column] for column in columns], rows, numbers=(3, 4))


def _row(risk: RiskResult, spread: RiskSpread, language: str) -> list[str]:
    unknown = _WORDS[language]["unknown"]
    probability = unknown
    if risk.probability is not None and risk.interval is not None:
        probability = _between(risk.probability, risk.interval.low, risk.interval.high, language)
    margin = spread.margin
    return [
        risk_name(risk.risk, language, capital=True),
        probability,
        ", ".join(number(count, language) for count in (spread.always, spread.sometimes, spread.never)),
        unknown if margin is None else points(margin.within, language, 1),
        unknown if margin is None else points(margin.total, language, 1),
        _share(margin, language),
        _share(spread.event, language),
    ]


def _share(found: Components | None, language: str) -> str:
    if found is None or found.share is None or found.interval is None:
        return _WORDS[language]["unknown"]
    told = _between(found.share, found.interval.low, found.interval.high, language)
    return _WORDS[language]["below"].format(share=told) if found.below_zero else told


def _between(share: float, low: float, high: float, language: str) -> str:
    shown = {name: percent(value, language) for name, value in (("share", share), ("low", low), ("high", high))}
    return _WORDS[language]["between"].format(**shown)


def _values(result: Result, language: str) -> str:
    words = _WORDS[language]
    several = len(result.service_names) > 1
    rows = []
    for (service, name), values in drawn_values(result).items():
        about = f" ({service or words['citizens']})" if several or not service else ""
        label = Cell(
            f'{escape(parameter_label(name, language))}{escape(about)} <span class="key">{escape(name)}</span>'
        )
        middle = (float(np.min(values)), float(np.median(values)), float(np.max(values)))
        rows.append([label, *(significant(value, language) for value in middle)])
    head = [words["parameter"], words["lowest"], words["median"], words["highest"]]
    if len(result.specifications) == 1:
        head, rows = [words["parameter"], WORDS[language]["value"]], [row[:2] for row in rows]
    return table(words["values"], head, rows, numbers=range(1, len(head)))
