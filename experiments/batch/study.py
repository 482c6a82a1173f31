"""A study: scenarios x factors x replicates, read from a TOML file and checked before anything is run."""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entraide.model.errors import InputError, UserFacingError, nearest_name
from entraide.scenarios.changing import with_changes
from entraide.scenarios.hashing import scenario_hash
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.reading import FILES_FOLDER, shipped_names
from entraide.scenarios.scenario import Scenario

from ..draws import Draws, draws_for
from ..elsewhere import elsewhere
from ..scenario_copy import SCENARIO_FILE
from .factors import Factor, read_factors
from .sampling import count_points, points_of, problem_of
from .settings import Settings
from .study_schema import MOST_RUNS, Design, Outputs, StudyTables, validate_study

__all__ = ["STUDIES_FOLDER", "Study", "find_study", "load_study", "shipped_studies"]

STUDIES_FOLDER = Path(__file__).resolve().parent.parent / "studies"
# Settings tried before anything is run: what contradicts itself everywhere is a mistake of the file.
_TRIED = 60
_WRITTEN = (
    "Studies are written in TOML (key = value, text between quotation marks), not in YAML or JSON: the researcher's "
    "guide shows one, and `entraide sweep --list` names those of the package"
)


@dataclass(frozen=True)
class Study:
    """A study as loaded: checked, and fixed from then on.

    Attributes
    ----------
    name : of the study.
    question : what it is to answer, by language.
    scenarios : loaded, with the study's number of days, in its territory where it names one.
    factors : levers first, then assumptions, in the order of the file.
    design : kind of design with its numbers.
    replicates : of each setting.
    seed : fixes chance in every run, and the design's points.
    days : of every run; None: each scenario's own.
    parameters : where values come from that nothing states: "ensemble" or "preset".
    outputs : what is kept of each run.
    path : the file; None for a study made in Python.
    """

    name: str
    question: Mapping[str, str]
    scenarios: tuple[Scenario, ...]
    factors: tuple[Factor, ...]
    design: Design
    replicates: int
    seed: int
    days: int | None
    parameters: str
    outputs: Outputs
    path: Path | None = None

    @property
    def scenario_names(self) -> tuple[str, ...]:
        """Names of the scenarios, in order."""
        return tuple(each.name for each in self.scenarios)

    @property
    def levers(self) -> tuple[Factor, ...]:
        """The factors that the administration decides."""
        return tuple(each for each in self.factors if each.kind == "lever")

    @property
    def assumptions(self) -> tuple[Factor, ...]:
        """The factors that nobody knows."""
        return tuple(each for each in self.factors if each.kind == "assumption")

    @property
    def runs(self) -> int:
        """Settings x replicates."""
        return len(self.scenarios) * count_points(self.design, self.factors) * self.replicates

    @cached_property
    def points(self) -> NDArray[np.float64]:
        """Points of the design, float64[points, factors] in [0, 1], in SALib's order; NaN: left as it is.

        Raises
        ------
        InputError, MachineError : as ``sampling.points_of``.
        """
        return points_of(self.design, self.factors, self.seed)

    def settings(self) -> Settings:
        """Return every setting: number, scenario name, changes."""
        return Settings(self.scenario_names, self.factors, self.points)

    def problem(self) -> dict[str, Any]:
        """Return the factors as SALib's problem, over the unit cube that ``points`` lie in."""
        return problem_of(self.factors)

    def draws(self) -> tuple[Draws | None, ...]:
        """Return by scenario the draws of parameters that replicates take in turn; None with the preset."""
        return tuple(draws_for(each, self.replicates, self.parameters) for each in self.scenarios)

    def document(self) -> dict[str, Any]:
        """Return the study as a JSON document; equal documents and points give equal results."""
        return {
            "name": self.name,
            "question": dict(self.question),
            "scenarios": [
                {"name": each.name, "hash": scenario_hash(each), "days": each.days} for each in self.scenarios
            ],
            "factors": [
                {
                    "key": each.key,
                    "kind": each.kind,
                    "unit": each.unit,
                    "label": dict(each.label),
                    "low": each.low,
                    "high": each.high,
                    "levels": list(each.levels),
                    "whole": each.whole,
                }
                for each in self.factors
            ],
            "design": self.design.model_dump(),
            "replicates": self.replicates,
            "seed": self.seed,
            "days": self.days,
            "parameters": self.parameters,
            "outputs": self.outputs.model_dump(),
        }

    def hash(self) -> str:
        """Return the SHA-256, in hexadecimal, of what moves the results of the study."""
        moving = {key: value for key, value in self.document().items() if key not in ("name", "question")}
        digest = hashlib.sha256(json.dumps(moving, sort_keys=True).encode())
        digest.update(np.ascontiguousarray(self.points).tobytes())
        return digest.hexdigest()


def shipped_studies() -> tuple[str, ...]:
    """Return the names of the studies that come with the package, in alphabetical order."""
    return tuple(sorted(path.stem for path in STUDIES_FOLDER.glob("*.toml")))


def find_study(name_or_path: str | os.PathLike[str]) -> Path:
    """Return the file of a study: one of the package by its name, or a path.

    Raises
    ------
    InputError : no such study; says the nearest name.
    """
    text, names = os.fspath(name_or_path), shipped_studies()
    if text in names:
        return STUDIES_FOLDER / f"{text}.toml"
    path = Path(text).expanduser()
    if path.is_file():
        return path
    if path.is_dir():
        raise InputError("is a folder, not a study file", where=text)
    is_path = path.suffix == ".toml" or len(path.parts) > 1
    raise InputError(
        "no such study file" if is_path else "unknown study",
        value=text,
        allowed="" if is_path else f"{', '.join(names)}, or a path to a .toml file",
        nearest=nearest_name(path.stem, names),
        remedy="`entraide sweep --list` lists the studies of the package",
    )


def load_study(
    name_or_path: str | os.PathLike[str], *, replicates: int | None = None, days: int | None = None
) -> Study:
    """Load a study, and check all that can be checked without running it.

    Parameters
    ----------
    name_or_path : name of a study of the package, or path to a TOML file; scenarios named by a path are looked for from
        the file's folder.
    replicates, days : instead of the file's.

    Raises
    ------
    InputError : anything in the file that cannot be used.
    """
    path = find_study(name_or_path)
    label = path.name if path.parent == STUDIES_FOLDER else str(path)
    tables = _parse(path, label)
    for key, value in (("replicates", replicates), ("days", days)):
        if value is not None:
            tables[key] = value
    found = validate_study(tables, label)
    scenarios = tuple(_scenario(name, path.resolve().parent, found, label) for name in found.scenarios)
    names = [each.name for each in scenarios]
    if len(set(names)) < len(names):
        raise InputError("names a scenario twice", where=f"{label}: scenarios", value=names, remedy="Keep one of them")
    factors = read_factors(found.factors, scenarios, _open_ranges(scenarios), label)
    study = Study(
        name=found.name,
        question={"en": found.question.en, "fr": found.question.fr},
        scenarios=scenarios,
        factors=factors,
        design=found.design,
        replicates=found.replicates,
        seed=found.seed,
        days=found.days,
        parameters=found.parameters,
        outputs=found.outputs,
        path=path,
    )
    _check_size(study, label)
    _check_some_settings(study, label)
    return study


def _parse(path: Path, label: str) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"is not valid TOML: {error}", where=label, remedy=_WRITTEN) from None
    except UnicodeDecodeError as error:
        raise InputError(
            f"is not UTF-8 text (byte {error.start})", where=label, remedy="Save the file with the encoding UTF-8"
        ) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=label) from None


def _scenario(name: str, folder: Path, asked: StudyTables, label: str) -> Scenario:
    where = f"{label}: scenarios"
    names = shipped_names()
    path = FILES_FOLDER / f"{name}.toml" if name in names else folder / Path(name).expanduser()
    if not path.is_file():
        raise InputError(
            "unknown scenario",
            where=where,
            value=name,
            allowed=f"{', '.join(names)}, or a .toml file relative to this one",
            nearest=nearest_name(Path(name).stem, names),
            remedy="`entraide scenarios list` tells what each is about",
        )
    scenario = load_scenario(name if name in names else path, days=asked.days)
    if asked.territory is not None:
        # A file of zones is looked for beside the study, as its scenarios are.
        own_zones = asked.territory.lower().endswith(".csv")
        territory = str(folder / Path(asked.territory).expanduser()) if own_zones else asked.territory
        scenario = _elsewhere(scenario, territory, f"{label}: territory")
    if path.name == SCENARIO_FILE:
        # A copy in a folder of its own bears the folder's name, as in the folder of a sweep.
        scenario = replace(scenario, name=path.resolve().parent.name)
    # A territory that cannot be loaded is told now.
    scenario.specification()
    return scenario


def _elsewhere(scenario: Scenario, territory: str, where: str) -> Scenario:
    try:
        return elsewhere(scenario, territory)
    except InputError as fault:
        raise InputError(
            fault.what, where=where, value=fault.value, allowed=fault.allowed, remedy=fault.remedy
        ) from None


def _open_ranges(scenarios: Sequence[Scenario]) -> dict[str, tuple[float, float]]:
    """Return by parameter the range that the ensembles of the services' classes span."""
    from ..evidence.ensembles import ensemble_of

    classes = {str(table["class"]) for each in scenarios for table in each.tables["services"].values()}
    values: dict[str, list[float]] = {}
    for ensemble in (ensemble_of(name) for name in sorted(classes)):
        for draw in ensemble.of_any_service if ensemble.fitted else ():
            for name, value in draw.items():
                if not isinstance(value, bool | str):
                    values.setdefault(name, []).append(float(value))
    return {name: (min(known), max(known)) for name, known in values.items() if min(known) < max(known)}


def _check_size(study: Study, label: str) -> None:
    if study.runs > MOST_RUNS:
        raise InputError(
            "asks for too many runs",
            where=f"{label}: design",
            value=study.runs,
            allowed=f"at most {MOST_RUNS}, settings x replicates",
            remedy="Vary fewer factors, or take a design that samples: latin-hypercube, morris, sobol",
        )


def _check_some_settings(study: Study, label: str) -> None:
    """Refuse a study of which no setting can be simulated; one that contradicts itself becomes a failed row."""
    try:
        settings = study.settings()
    except InputError as fault:
        raise InputError(
            fault.what, where=f"{label}: {fault.where}", value=fault.value, allowed=fault.allowed, remedy=fault.remedy
        ) from None
    first: UserFacingError | None = None
    scenarios = {each.name: each for each in study.scenarios}
    for number in np.unique(np.linspace(0, len(settings) - 1, _TRIED).astype(np.int64)):
        setting = settings[int(number)]
        try:
            with_changes(scenarios[setting.scenario], setting.changes)
            return
        except UserFacingError as fault:
            first = first or fault
    assert first is not None
    raise InputError(
        f"no setting can be simulated. The first: {first}",
        where=f"{label}: factors",
        remedy="Change ranges or levels so that they agree with the scenario",
    )
