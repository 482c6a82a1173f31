"""Mutation testing: how many small faults in the risk measures and in the decision kernel's twin the tests see.

    python tests/mutation_figures.py                 # all targets of mutation/targets.toml
    python tests/mutation_figures.py risk --each 5   # one target, five mutants of each module

Copies the sources, lets cosmic-ray make one mutant after the other in the copy, and runs the tests that concern the
module, stopping at the first that fails. Mutants are a seeded draw. Writes tests/mutation/figures.json and
tests/mutation/survivors.txt, one difference for each mutant that no test saw. Needs ``pip install cosmic-ray``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from random import Random
from typing import Any

from house import link_package

FOLDER = Path(__file__).parent / "mutation"
TARGETS = FOLDER / "targets.toml"
# How many times longer than the sound copy's tests a mutant's may take before it counts as seen: it does not end.
PATIENCE = 6.0


def plan() -> dict[str, Any]:
    """Return what mutation/targets.toml says."""
    return tomllib.loads(TARGETS.read_text(encoding="utf-8"))


def test_command(tests: list[str], select: str) -> str:
    """Return the command that fails when a test sees the mutant: the nearest tests first, until one fails."""
    command = [sys.executable, "-m", "pytest", "-x", "-n0", "-q", "-p", "no:cacheprovider"]
    return shlex.join([*command, *(f"tests/{name}" for name in tests), *(["-k", select] if select else [])])


def drawn(items: list[Any], each: int, seed: int, without: list[str]) -> tuple[int, list[Any]]:
    """Return how many mutants there are, and those drawn of them; the same ones for the same source and seed."""
    left_out = re.compile("|".join(f"(?:{pattern})$" for pattern in without))
    spec = lambda item: item.mutations[0]  # noqa: E731
    kept = sorted(
        (item for item in items if not left_out.match(spec(item).operator_name)),
        key=lambda item: (spec(item).start_pos, spec(item).operator_name, spec(item).occurrence),
    )
    return len(kept), Random(seed).sample(kept, min(each, len(kept)))


def seconds_when_sound(module: str, command: str) -> float:
    """Return how long the tests of a module take on the sound copy.

    Raises
    ------
    SystemExit : they fail, so that no mutant can be judged.
    """
    began = time.monotonic()
    sound = subprocess.run(shlex.split(command), capture_output=True, text=True, check=False)
    if sound.returncode != 0:
        raise SystemExit(f"the tests of {module} fail on the sound copy: no mutant can be judged:\n{sound.stdout}")
    return time.monotonic() - began


def mutate(sources: Path, module: str, command: str, each: int, told: dict[str, Any]) -> dict[str, Any]:
    """Make the mutants of one module and test each; return the counts and the differences of those not seen."""
    from cosmic_ray.commands import init
    from cosmic_ray.mutating import mutate_and_test
    from cosmic_ray.work_db import WorkDB, use_db

    began = time.monotonic()
    timeout = PATIENCE * seconds_when_sound(module, command)
    with use_db(str(sources.parent / f"{Path(module).stem}.sqlite"), WorkDB.Mode.create) as database:
        init([Path(module)], database, {})
        there, chosen = drawn(list(database.work_items), each, told["draw"]["seed"], told["operators"]["without"])
    survivors, unable = [], 0
    for item in chosen:
        result = mutate_and_test(item.mutations, command, timeout)
        if result.test_outcome is None or result.test_outcome.value == "incompetent":
            unable += 1
        elif result.test_outcome.value == "survived":
            survivors.append(result.diff or "")
    counts = {"mutants": there, "drawn": len(chosen), "unable": unable, "survived": len(survivors)}
    counts["killed"] = counts["drawn"] - unable - counts["survived"]
    print(f"{module}: {counts}, {time.monotonic() - began:.0f} s", flush=True)
    return {**counts, "differences": survivors}


def main() -> None:
    """Test the tests; see the module."""
    told = plan()
    parser = argparse.ArgumentParser(description="Mutation testing of the targets in tests/mutation/targets.toml")
    parser.add_argument("targets", nargs="*", help=f"{', '.join(told['targets'])} or a module; all when none is named")
    parser.add_argument("--each", type=int, default=told["draw"]["each"], help="mutants of a module")
    asked = parser.parse_args()
    try:
        import cosmic_ray  # noqa: F401
    except ImportError:
        raise SystemExit("mutation testing needs cosmic-ray: pip install cosmic-ray") from None
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        sources = link_package(Path(folder))
        os.chdir(sources)
        os.environ["PYTHONPATH"] = str(sources.parent / "packages")
        for target, modules in told["targets"].items():
            for module, tests in modules.items():
                if not asked.targets or target in asked.targets or module in asked.targets:
                    command = test_command(tests, told["select"].get(target, ""))
                    found[module] = mutate(sources, module, command, asked.each, told)
                    write(found)


def write(found: dict[str, dict[str, Any]]) -> None:
    """Write figures and survivors of the modules that were mutated; those of others stay as they are."""
    figures_file, survivors_file = FOLDER / "figures.json", FOLDER / "survivors.txt"
    figures = json.loads(figures_file.read_text(encoding="utf-8")) if figures_file.exists() else {}
    for module, one in found.items():
        figures[module] = {name: one[name] for name in ("mutants", "drawn", "unable", "killed", "survived")}
    figures_file.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    differences = [difference for one in found.values() for difference in one["differences"]]
    survivors_file.write_text("\n".join(differences) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
