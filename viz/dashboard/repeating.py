"""The same again elsewhere: the scenario file, the command and the Python lines that give a verdict's numbers."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from entraide.experiments.scenario_copy import write_copy
from entraide.model.parameters import Value
from entraide.scenarios.reading import FILES_FOLDER
from entraide.scenarios.scenario import Scenario

from .computing import Answer
from .design import Changes
from .worlds import command_of, spoken_in, with_levers, world_of

__all__ = ["SCENARIO_NAME", "command_text", "needs_file", "python_text", "scenario_files"]

SCENARIO_NAME = "scenario.toml"


def needs_file(answer: Answer) -> bool:
    """Tell whether the scenario must be at hand as a file: it does not come with the package as it is simulated."""
    return answer.declared.path.parent != FILES_FOLDER or bool(answer.design.events)


def _world(answer: Answer) -> Scenario:
    return with_levers(world_of(answer.design, answer.declared), answer.design.levers)


def scenario_files(answer: Answer) -> Mapping[str, bytes]:
    """Return the design as a scenario file, and the zone files that it names, by name.

    A lever's cost is told against the values before it was moved, so what was moved stands in a table of its own.

    Raises
    ------
    MachineError : there is no room for temporary files.
    """
    with tempfile.TemporaryDirectory(prefix="entraide-") as folder:
        write_copy(_world(answer), Path(folder), with_changes=True)
        return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}


def command_text(answer: Answer, language: str) -> str:
    """Return the command that computes the same, in the folder where the scenario file is where it needs one.

    Raises
    ------
    InputError : the design contradicts itself.
    """
    if not needs_file(answer):
        return command_of(answer.design, answer.declared, language)
    design, world = answer.design, _world(answer)
    words = ["entraide", "run", SCENARIO_NAME, "--replicates", str(design.replicates), "--seed", str(design.seed)]
    return " ".join([*words, "--days", str(world.days), "--parameters", design.parameters, *spoken_in(language)])


def python_text(answer: Answer, language: str) -> str:
    """Return the Python lines that compute the same, its baseline where there is one, and say both.

    Raises
    ------
    InputError : the design contradicts itself.
    """
    design, declared, own = answer.design, answer.declared, needs_file(answer)
    world = world_of(design, declared)
    shared: dict[str, object] = {"replicates": design.replicates, "seed": design.seed, "parameters": design.parameters}
    lines = ["import entraide as en", "", *_options(shared)]

    def scenario(levers: Changes, *, as_it_stands: bool) -> str:
        changes, name = with_levers(world, levers).changes, json.dumps(SCENARIO_NAME if own else declared.name)
        if own and as_it_stands:
            return f"{name}, days={world.days}"
        if own:
            loaded = f"{name}, changes={_changes(changes)}, days={world.days}, own_changes=False"
            return f"en.load_scenario({loaded})"
        place = f", territory={json.dumps(design.territory, ensure_ascii=False)}" if design.territory else ""
        return f"{name}, changes={_changes(changes)}, days={world.days}{place}"

    lines.append(f"design = en.run({scenario(design.levers, as_it_stands=True)}, **options)")
    lines.append(f"print(design.verdict({json.dumps(language)}))")
    if answer.compares:
        lines.append(f"baseline = en.run({scenario(design.baseline_levers, as_it_stands=False)}, **options)")
        lines.append(f"print(en.compare(baseline, design).verdict({json.dumps(language)}))")
    return "\n".join(lines) + "\n"


def _options(shared: Mapping[str, object]) -> list[str]:
    return ["options = {", *(f"    {json.dumps(key)}: {_literal(value)}," for key, value in shared.items()), "}"]


def _changes(changes: Mapping[str, Value]) -> str:
    return "{" + ", ".join(f"{json.dumps(key)}: {_literal(value)}" for key, value in changes.items()) + "}"


def _literal(value: object) -> str:
    """Return a value as Python writes it; text in double quotes, whatever is in it escaped."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
