"""A scenario to run with the behaviour that was fitted: a packaged scenario with the fitted values."""

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
_TITLES = {"en": "{title}, with the behaviour of your contributors", "fr": "{title}, avec vos contributeurs"}


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
    titles = {language: _TITLES[language].format(title=scenario.title[language]) for language in _TITLES}
    return "\n".join(_lines(fit, scenario.name, chosen, titles, scenario.question)) + "\n"


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


def _lines(
    fit: OwnFit, base: str, service: str, titles: Mapping[str, str], questions: Mapping[str, str]
) -> Iterator[str]:
    yield "# Written by entraide calibrate. People behave as in the draw that is nearest to the contributions given;"
    yield "# behind each value stands the range of 80 % of the weighted draws: vary it before you conclude."
    yield f"# What this file does not say is as in {base}: place, needs, costs and norms are not yours until you change"
    yield "# them. Check it with: entraide scenarios check FILE"
    yield f"schema_version = {CURRENT_SCHEMA_VERSION}"
    yield f"base = {json.dumps(base)}"
    for language, title in titles.items():
        yield ""
        yield f"[card.{language}]"
        yield f"title = {json.dumps(title, ensure_ascii=False)}"
        yield f"question = {json.dumps(questions[language], ensure_ascii=False)}"
    preset = preset_of(fit.service_class)
    fitted = {name: value for name, value in fit.best.items() if preset.get(name) != value}
    citizens = {name: value for name, value in fitted.items() if name in CITIZENS}
    if citizens:
        yield ""
        yield "[citizens]"
        yield from _values(citizens, fit)
    yield ""
    yield f"[services.{service}]"
    yield f"class = {json.dumps(fit.service_class)}"
    yield from _values({name: value for name, value in fitted.items() if name in SERVICE}, fit)


def _values(values: Mapping[str, Value], fit: OwnFit) -> Iterator[str]:
    ranges = fit.parameters()
    for name, value in values.items():
        written = json.dumps(float(f"{value:.4g}") if isinstance(value, float) else value)
        remark = f"  # {ranges[name][0]:.3g} to {ranges[name][2]:.3g}" if name in ranges else ""
        yield f"{name} = {written}{remark}"
