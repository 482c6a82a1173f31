"""Where a figure comes from, in the reader's words: the line that stands under it wherever it is taken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from entraide.experiments.results import Result
from entraide.scenarios.declarations import ALL
from entraide.scenarios.territories import territory_title

from .locales import check_language, counted, day_text, localised, number
from .report_design import parameter_value
from .wording import colon, semicolon, span_text

__all__ = ["MOST_CHANGES", "origin_note"]

# More would take a figure's room; the fingerprint tells the rest apart.
MOST_CHANGES = 4

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "seed": "seed {seed}",
        "ensemble": "what data leave open is drawn anew for each",
        "preset": "the scenario's own values",
        "changed": "changed: {changes}",
        "more": "and {count} more",
        "mark": "scenario {name}, fingerprint {mark}",
    },
    "fr": {
        "seed": "graine {seed}",
        "ensemble": "ce que les données laissent incertain, tiré pour chacune",
        "preset": "valeurs du scénario",
        "changed": "modifié\u202f: {changes}",
        "more": "et {count} de plus",
        "mark": "scénario {name}, empreinte {mark}",
    },
}
_PEOPLE = {"en": ("inhabitant", "inhabitants"), "fr": ("habitant", "habitants")}


def origin_note(result: Result, language: str, *, changes: bool = True) -> str:
    """Return which place, scenario, simulations, version and day a figure comes from.

    Parameters
    ----------
    changes : also name what was changed in the scenario.
    """
    words, known, scenario = _WORDS[check_language(language)], result.provenance, result.scenario
    territory = result.specification.territory
    place = localised(territory_title(territory, language), language)
    people = counted(territory.inhabitants, *_PEOPLE[language], language)
    # A card's title speaks of the card's place: elsewhere the services say what was simulated.
    title = localised(scenario.title[language], language)
    if scenario.card_written_for:
        title = ", ".join(localised(each.title.get(language) or each.name, language) for each in scenario.services)
    years = span_text(result.replicates, result.specification.days, language)
    version, day = str(known.get("version", "")), _day(str(known.get("started", "")), language)
    mark = str(known.get("scenario_hash", ""))[:12]
    parts = [
        f"{place}, {people}",
        title,
        f"{years}, {words['seed'].format(seed=result.seed)}, {words.get(result.parameters_from, '')}".rstrip(", "),
        words["changed"].format(changes=_changes(scenario.changes, language)) if changes and scenario.changes else "",
        ", ".join(part for part in (f"Entraide {version}".strip(), day) if part),
        words["mark"].format(name=scenario.name, mark=mark) if mark else "",
    ]
    return " · ".join(part for part in parts if part)


def _changes(changes: Mapping[str, object], language: str) -> str:
    """Name what was changed, with the values."""
    told = []
    for key, value in list(changes.items())[:MOST_CHANGES]:
        parameter = ALL.get(key.rpartition(".")[2])
        if parameter is None or not isinstance(value, (bool, int, float, str)):
            told.append(f"{key}{colon(language)} {value}")
            continue
        label = localised(parameter.label_en if language == "en" else parameter.label_fr, language)
        told.append(f"{label}{colon(language)} {parameter_value(parameter, value, language)}")
    more = len(changes) - len(told)
    if more:
        told.append(_WORDS[language]["more"].format(count=number(more, language)))
    return f"{semicolon(language)} ".join(told)


def _day(moment: str, language: str) -> str:
    """Return the day of a time as the provenance writes it, "" where there is none."""
    try:
        return day_text(datetime.fromisoformat(moment).date(), language)
    except ValueError:
        return ""
