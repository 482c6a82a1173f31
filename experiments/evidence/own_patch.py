"""A scenario to run with the behaviour that was fitted: a packaged scenario, the fitted values, how good the fit is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from entraide.model.errors import InputError, nearest_name
from entraide.model.parameters import Value
from entraide.model.service_classes import preset_of
from entraide.scenarios.declarations import CITIZENS, SERVICE
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.reading import shipped_names
from entraide.scenarios.scenario import Scenario
from entraide.scenarios.schema import CURRENT_SCHEMA_VERSION

from .ensembles import ensemble_of
from .own_calibration import describes, goodness
from .own_fit import OwnFit

__all__ = ["BASES", "check_base", "scenario_patch"]

# The packaged scenario that is nearest to what people of a class do.
BASES: Mapping[str, str] = MappingProxyType(
    {
        "online-micro-task": "species-id",
        "online-micro-task-loyal": "species-id",
        "knowledge-commons": "local-encyclopedia",
        "tiny-one-shot": "local-encyclopedia",
        "crisis": "storm-path",
        "field-observation": "mutual-trust",
        "urban-report": "urban-reports",
        "hands-on": "shore-survey",
        "responder": "cardiac-alert",
        "giving": "local-funding",
    }
)
# A run shows the title on the screen, in the report and in the dashboard, and the limits in the latter two.
_CARD: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "title": "{title}, with the behaviour of your contributors ({verdict})",
            "good": "{count} of {all} figures of your data reproduced",
            "poor": "{count} of {all} figures of your data reproduced: conclude nothing from how people behave",
            "limits": "Behaviour was fitted to your contributions: the model reproduces {count} of {all} of their "
            "figures. {judgement} Values are those of the nearest draw, one among several that would do. Place, needs, "
            "costs and norms are those of {base}.",
            "good limits": "Vary these values over the ranges in the file before you conclude.",
            "poor limits": "The class chosen does not describe your contributors well: conclude nothing that rests on "
            "how they behave.",
        },
        "fr": {
            "title": "{title}, avec vos contributeurs ({verdict})",
            "good": "chiffres de vos données reproduits : {count} sur {all}",
            "poor": "chiffres de vos données reproduits : {count} sur {all} ; ne concluez rien qui repose sur les "
            "comportements",
            "limits": "Les comportements ont été ajustés sur vos contributions : le modèle reproduit {count} de leurs "
            "{all} chiffres. {judgement} Les valeurs sont celles du tirage le plus proche, alors que d'autres "
            "conviendraient aussi. Le territoire, les besoins, les coûts et les normes restent ceux de {base}.",
            "good limits": "Avant de conclure, faites varier ces valeurs dans les plages indiquées dans le fichier.",
            "poor limits": "La classe choisie décrit mal vos contributeurs : ne concluez rien qui repose sur leurs "
            "comportements.",
        },
    }
)


def scenario_patch(fit: OwnFit, base: str | None = None, service: str | None = None) -> str:
    """Return the text of a scenario file: its base, the class, and the values of the draw nearest to the data.

    Parameters
    ----------
    base : a packaged scenario; None takes that of the class.
    service : which of its services people contribute to; None: the first one.

    Raises
    ------
    InputError : no such scenario, or no such service in it.
    """
    scenario, chosen = check_base(fit.service_class, base, service)
    return "\n".join(_lines(fit, scenario, chosen)) + "\n"


def check_base(service_class: str, base: str | None = None, service: str | None = None) -> tuple[Scenario, str]:
    """Return the scenario to start from and the service of it that people contribute to.

    Raises
    ------
    InputError : no such packaged scenario, or no such service in it.
    """
    name = BASES[service_class] if base is None else base
    if name not in shipped_names():
        raise InputError(
            "is not a scenario of the package",
            where="--base",
            value=name,
            allowed=", ".join(shipped_names()),
            nearest=nearest_name(name, shipped_names()),
        )
    scenario = load_scenario(name)
    if service is not None and service not in scenario.service_names:
        raise InputError(
            "unknown service",
            where="--service",
            value=service,
            allowed=", ".join(scenario.service_names),
            nearest=nearest_name(service, scenario.service_names),
        )
    return scenario, scenario.service_names[0] if service is None else service


def _lines(fit: OwnFit, scenario: Scenario, service: str) -> Iterator[str]:
    base = scenario.name
    yield "# Written by entraide calibrate. People behave as in the draw that is nearest to the contributions given;"
    yield "# behind each value stands the range of 80 % of the weighted draws: vary it before you conclude."
    yield f"# What this file does not say is as in {base}: place, needs, costs and norms are not yours until you change"
    yield "# them. Check it with: entraide scenarios check FILE"
    yield f"schema_version = {CURRENT_SCHEMA_VERSION}"
    yield f"base = {json.dumps(base)}"
    for language in _CARD:
        yield ""
        yield f"[card.{language}]"
        for section, text in _card(fit, scenario, language).items():
            yield f"{section} = {json.dumps(text, ensure_ascii=False)}"
    preset = preset_of(fit.service_class)
    # What the class's draws give is stated even where it is the preset's: a run would draw it else.
    drawn = ensemble_of(fit.service_class).of_any_service[0]
    fitted = {name: value for name, value in fit.best.items() if name in drawn or preset.get(name) != value}
    citizens = {name: value for name, value in fitted.items() if name in CITIZENS}
    if citizens:
        yield ""
        yield "[citizens]"
        yield from _values(citizens, fit)
    yield ""
    yield f"[services.{service}]"
    yield f"class = {json.dumps(fit.service_class)}"
    yield from _values({name: value for name, value in fitted.items() if name in SERVICE}, fit)


def _card(fit: OwnFit, scenario: Scenario, language: str) -> Mapping[str, str]:
    """Return what the card says that the base's does not: how many figures are reproduced, and what follows."""
    words, found = _CARD[language], goodness(fit)
    key = "good" if describes(found) else "poor"
    counts = {"count": sum(each.reproduced for each in found), "all": len(found)}
    verdict = words[key].format(**counts)
    limits = words["limits"].format(judgement=words[f"{key} limits"], base=scenario.name, **counts)
    return {
        "title": words["title"].format(title=scenario.title[language], verdict=verdict),
        "question": scenario.question[language],
        "limits": f"{limits} {scenario.card[language]['limits']}",
    }


def _values(values: Mapping[str, Value], fit: OwnFit) -> Iterator[str]:
    ranges, held = fit.parameters(), fit.held()
    for name, value in values.items():
        written = json.dumps(float(f"{value:.4g}") if isinstance(value, float) else value)
        remark = f"  # {ranges[name][0]:.3g} to {ranges[name][2]:.3g}" if name in ranges else ""
        if name in held:
            remark = "  # held, not fitted"
        yield f"{name} = {written}{remark}"
