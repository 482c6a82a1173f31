"""A study as a file again, with its scenarios in folders beside it: the folder of a sweep can run itself once more."""

from __future__ import annotations

from typing import Any

from entraide.scenarios.loader import load_scenario
from entraide.scenarios.reading import FILES_FOLDER
from entraide.scenarios.scenario import Scenario

from ..scenario_copy import SCENARIO_FILE, toml_text
from .factors import GROUPS, Factor
from .study import Study
from .study_schema import STUDY_SCHEMA_VERSION

__all__ = ["study_text"]


def study_text(study: Study) -> str:
    """Return a study file that gives the same runs, ranges and levels written out.

    Scenarios of the package are called by name, others by their copies in ``scenarios/NAME/``.
    """
    tables: dict[str, Any] = {
        "schema_version": STUDY_SCHEMA_VERSION,
        "name": study.name,
        "scenarios": [_called(each) for each in study.scenarios],
        "replicates": study.replicates,
        "seed": study.seed,
        "parameters": study.parameters,
    }
    if study.days is not None:
        tables["days"] = study.days
    tables["question"] = dict(study.question)
    for group, (kind, _) in GROUPS.items():
        own = {each.key: _entry(each) for each in study.factors if each.kind == kind}
        if own:
            tables.setdefault("factors", {})[group] = own
    tables["design"] = {key: value for key, value in study.design.model_dump().items() if value is not None}
    tables["outputs"] = study.outputs.model_dump()
    return "# The study that was run, every range and level written out.\n" + toml_text(tables)


def _called(scenario: Scenario) -> str:
    """Return the name of a scenario of the package as it stands there, else the path of its copy."""
    own = scenario.path.parent != FILES_FOLDER or scenario.request != load_scenario(scenario.name).request
    return f"scenarios/{scenario.name}/{SCENARIO_FILE}" if own else scenario.name


def _entry(factor: Factor) -> Any:
    if factor.levels:
        return list(factor.levels)
    low, high = (int(end) if factor.whole else end for end in (factor.low, factor.high) if end is not None)
    return {"low": low, "high": high}
