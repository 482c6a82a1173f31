"""The folder of a run: what was asked, each replicate as soon as it is done, and the tables at the end.

``status.json`` says "running", "interrupted", "failed" or "complete". Verdict, provenance and tables are written only
when all replicates are there, and each file gets its name in one step: nothing half-written looks finished.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from entraide.model.errors import InputError, Words
from entraide.model.fault_words import NOT_WRITTEN_OVER
from entraide.model.records import Outcome
from entraide.model.specification import Specification
from entraide.scenarios.hashing import scenario_hash
from entraide.scenarios.scenario import Scenario

from .counterfactual import AdministrationAlone, Counterfactual
from .draws import Draws
from .files import make_folder, read_json, storage_fault, write_json
from .parameters_from import parameters_from
from .provenance import code_hash, package_version
from .replicate_file import load_replicate, save_replicate, without_heavy_parts
from .scenario_copy import load_copy, write_copy

__all__ = ["OUTPUT_FOLDER", "Request", "RunFolder", "next_folder", "refuse_other_parameters"]

# Where runs go when no folder is named.
OUTPUT_FOLDER = "entraide-out"
FORMAT = 1
_A_RUN: Words = {"en": "Give the folder of a run", "fr": "Donner le dossier d'une simulation"}
_NAMED: Words = {"en": "Give the folder that a run named", "fr": "Donner le dossier qu'une simulation a nommé"}
_AGAIN: Words = {"en": "Run the scenario again", "fr": "Simuler de nouveau le scénario"}
_NEW_FOLDER: Words = {"en": "Run it again into a new folder", "fr": "Le simuler de nouveau dans un autre dossier"}
_NOT_TOGETHER: Words = {
    "en": "Run it again into a new folder: replicates of two versions are not put together",
    "fr": "La refaire dans un autre dossier\u202f: on ne réunit pas des simulations de deux versions",
}
_QUESTIONS = ("same_budget", "same_norm")


@dataclass(frozen=True)
class Request:
    """What a run was asked to compute.

    Attributes
    ----------
    own_file : the scenario is the user's own file, not one of the package.
    draws : draws of parameters that replicates take in turn; None: all have the values of the scenario.
    """

    scenario: Scenario
    replicates: int = 20
    seed: int = 0
    counterfactual: bool = True
    zone_daily: bool = False
    log: bool = False
    own_file: bool = False
    draws: Draws | None = None

    @property
    def parameters_from(self) -> str:
        """Where values come from that nothing states: one of PARAMETERS."""
        return parameters_from(self.draws)

    def specifications(self) -> tuple[Specification, ...]:
        """Return what is simulated with each draw of parameters; empty where there are none.

        Raises
        ------
        InputError : the territory cannot be loaded, or a drawn value contradicts a stated one.
        """
        if self.draws is None:
            self.scenario.specification()
            return ()
        return self.draws.specifications(self.scenario)

    def document(self) -> Mapping[str, Any]:
        """Return the request as a JSON document; equal documents give equal results."""
        return {
            "format": FORMAT,
            "version": package_version(),
            "code_hash": code_hash(),
            "scenario": self.scenario.name,
            "scenario_hash": scenario_hash(self.scenario),
            "own_file": self.own_file,
            "changes": dict(self.scenario.changes),
            "days": self.scenario.days,
            "replicates": self.replicates,
            "seed": self.seed,
            "counterfactual": self.counterfactual,
            "zone_daily": self.zone_daily,
            "contribution_log": self.log,
            "draws": None if self.draws is None else self.draws.document(),
        }


def next_folder(name: str, parent: Path | None = None) -> Path:
    """Make and return ``parent``/name-1, or the first number that is free; ``parent`` is OUTPUT_FOLDER by default.

    It is made here, so that two runs that start at once do not take the same.

    Raises
    ------
    InputError : a file stands in the way.
    MachineError : it cannot be made.
    """
    base = make_folder(Path(OUTPUT_FOLDER) if parent is None else parent)
    stem = re.sub(r"[^\w-]+", "-", name).strip("-") or "run"
    for number in count(1):
        folder = base / f"{stem}-{number}"
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        except OSError as error:
            raise storage_fault(error, folder) from None
        return folder
    raise AssertionError("numbers do not end")


class RunFolder:
    """A run's folder; made by ``create`` or found by ``open``."""

    def __init__(self, path: Path, request: Request, status: Mapping[str, Any]) -> None:
        self.path, self.request = path, request
        self._status = dict(status)

    @classmethod
    def create(cls, path: Path, request: Request) -> RunFolder:
        """Make the folder of a new run, or return that of the same run when it was begun there before.

        Raises
        ------
        InputError : the folder holds another run, or other files; a file stands in its place.
        MachineError : it cannot be written.
        """
        document = request.document()
        if path.is_dir() and any(path.iterdir()):
            if not (path / "run.json").exists():
                raise InputError(
                    {
                        "en": "the folder is not empty and holds no run",
                        "fr": "le dossier n'est pas vide et ne contient pas de simulation",
                    },
                    where="--out",
                    value=str(path),
                    remedy=NOT_WRITTEN_OVER,
                )
            different = _differences(read_json(path / "run.json"), document)
            if different:
                raise InputError(
                    {
                        "en": f"the folder holds another run ({', '.join(different)})",
                        "fr": f"le dossier contient une autre simulation ({', '.join(different)})",
                    },
                    where="--out",
                    value=str(path),
                    remedy=NOT_WRITTEN_OVER,
                )
            return cls.open(path)
        make_folder(path / "replicates")
        write_copy(request.scenario, path)
        folder = cls(path, request, {"status": "running", "replicates_done": 0, "started": "", "seconds": 0.0})
        folder.set_status("running")
        # Last: a folder with this file can be resumed.
        write_json(path / "run.json", document)
        return folder

    @classmethod
    def open(cls, path: Path) -> RunFolder:
        """Return the folder of a run that was begun.

        Raises
        ------
        InputError : no run was begun there, its files were altered, or another version of the simulator began it.
        """
        if not path.is_dir():
            raise InputError(
                {"en": "no such folder", "fr": "il n'y a pas de tel dossier"}, value=str(path), remedy=_A_RUN
            )
        if not (path / "run.json").exists():
            raise InputError(
                {"en": "is not the folder of a run", "fr": "n'est pas le dossier d'une simulation"},
                value=str(path),
                remedy=_NAMED,
            )
        document = read_json(path / "run.json")
        try:
            scenario = load_copy(path, document["scenario"], document["changes"], document["days"])
            request = Request(
                scenario=scenario,
                replicates=document["replicates"],
                seed=document["seed"],
                counterfactual=document["counterfactual"],
                zone_daily=document["zone_daily"],
                log=document["contribution_log"],
                own_file=document["own_file"],
                draws=Draws.from_document(document["draws"]) if document.get("draws") else None,
            )
        except (KeyError, TypeError):
            raise InputError(
                {"en": "was altered", "fr": "a été modifié"}, where=str(path / "run.json"), remedy=_AGAIN
            ) from None
        if scenario_hash(scenario) != document["scenario_hash"]:
            raise InputError(
                {
                    "en": "the scenario no longer gives the values that the run began with: the file was altered, or "
                    "this version has other defaults",
                    "fr": "le scénario ne donne plus les valeurs du début de la simulation\u202f: le fichier a été "
                    "modifié, ou cette version a d'autres valeurs de départ",
                },
                where=str(path / "scenario.toml"),
                remedy=_NEW_FOLDER,
            )
        return cls(path, request, read_json(path / "status.json"))

    @property
    def status(self) -> Mapping[str, Any]:
        """What ``status.json`` says."""
        return dict(self._status)

    @property
    def complete(self) -> bool:
        """Whether the run is finished and its tables are written."""
        return self._status.get("status") == "complete"

    def check_same_code(self) -> None:
        """Refuse to add replicates of another version of the simulator.

        Raises
        ------
        InputError : the simulator's source differs from that which began the run.
        """
        document = read_json(self.path / "run.json")
        if document["code_hash"] != code_hash():
            raise InputError(
                {
                    "en": "another version of the simulator began this run",
                    "fr": "une autre version du simulateur a commencé cette simulation",
                },
                where=str(self.path),
                value=document["version"],
                remedy=_NOT_TOGETHER,
            )

    def set_status(self, status: str, **more: Any) -> None:
        """Write the status, with whatever else is known; "complete" is written last of all files."""
        self._status = {**self._status, "status": status, "replicates": self.request.replicates, **more}
        write_json(self.path / "status.json", self._status)

    def replicate_path(self, number: int) -> Path:
        """Return the file of a replicate."""
        return self.path / "replicates" / f"{number:04d}.npz"

    def snapshot_path(self, number: int) -> Path:
        """Return the file that holds an unfinished replicate."""
        return self.path / "snapshots" / f"{number:04d}.npz"

    def store(self, outcome: Outcome) -> Outcome:
        """Write a finished replicate and return it without its heavy parts."""
        save_replicate(outcome, self.replicate_path(outcome.replicate))
        return without_heavy_parts(outcome)

    def stored(self) -> dict[int, Outcome]:
        """Return the replicates that are there and whole, by number."""
        found = {number: load_replicate(self.replicate_path(number)) for number in range(self.request.replicates)}
        return {number: outcome for number, outcome in found.items() if outcome is not None}

    def store_counterfactual(self, counterfactual: Counterfactual) -> None:
        """Write the administration alone; its summary comes last and says that the rest is there."""
        folder = make_folder(self.path / "administration-alone")
        summary: dict[str, Any] = {}
        for question in _QUESTIONS:
            alone: AdministrationAlone = getattr(counterfactual, question)
            for outcome in alone.outcomes:
                save_replicate(outcome, folder / f"{question}-{outcome.replicate:04d}.npz")
            summary[question] = {
                "staff": alone.staff,
                "reachable": alone.reachable,
                "kept": alone.kept,
                "replicate_years": alone.replicate_years,
            }
        write_json(folder / "summary.json", summary)

    def stored_counterfactual(self) -> Counterfactual | None:
        """Return the administration alone; None where it is not there in whole."""
        folder = self.path / "administration-alone"
        if not (folder / "summary.json").exists():
            return None
        summary = read_json(folder / "summary.json")
        found = {}
        for question in _QUESTIONS:
            numbers = range(self.request.replicates)
            outcomes = [load_replicate(folder / f"{question}-{number:04d}.npz") for number in numbers]
            whole = tuple(outcome for outcome in outcomes if outcome is not None)
            if len(whole) < len(outcomes):
                return None
            specification = self.request.scenario.specification()
            draws = self.request.specifications()
            found[question] = AdministrationAlone(
                specification, whole, specifications=draws, question=question, **summary[question]
            )
        return Counterfactual(**found)


def refuse_other_parameters(path: Path, request: Request) -> None:
    """Refuse to go on in the folder of a run whose parameters come from elsewhere; one that holds none is left alone.

    Raises
    ------
    InputError : says where they come from.
    """
    if not (path / "run.json").exists():
        return
    there = RunFolder.open(path).request.parameters_from
    if there != request.parameters_from:
        raise InputError(
            {
                "en": f"what was begun there takes its parameters from the {there}, not from the "
                f"{request.parameters_from}",
                "fr": f"ce qui y a été commencé tire ses paramètres de «\u202f{there}\u202f», non de "
                f"«\u202f{request.parameters_from}\u202f»",
            },
            where="--parameters",
            value=request.parameters_from,
            allowed=there,
            remedy={
                "en": f"Choose another folder, or go on as it was begun: entraide resume {path.parent}",
                "fr": f"Choisissez un autre dossier, ou reprenez-le tel quel\u202f: entraide resume {path.parent}",
            },
        )


def _differences(there: Mapping[str, Any], asked: Mapping[str, Any]) -> list[str]:
    """Return what two requests differ in, in words."""
    keys = [key for key in asked if there.get(key) != asked[key]]
    if "code_hash" in keys:
        return ["of another version of the simulator"]
    words = {"scenario_hash": "values", "zone_daily": "--zones-daily", "contribution_log": "--contribution-log"}
    words["draws"] = "draws of parameters"
    told = ["other " + words.get(key, key) for key in keys if not (key == "scenario_hash" and "changes" in keys)]
    first, second = (parameters_from(document.get("draws")) for document in (there, asked))
    if first != second:
        told = [each for each in told if each != "other draws of parameters"]
        told.append(f"parameters of the {first}, not of the {second}")
    return told
