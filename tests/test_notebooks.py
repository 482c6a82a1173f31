"""Notebooks: valid, stored without outputs, free of model logic, and executed from top to bottom with what they teach.

Each asks the reader for a prediction before anything is simulated, keeps it and sets it beside the result.
"""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from house import REPOSITORY
from nbclient import NotebookClient
from nbformat import NotebookNode

import entraide as en

FOLDER = REPOSITORY / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
NAMES = [path.name for path in NOTEBOOKS]

# What a notebook may import: the public names, and what shows them.
ALLOWED = {"entraide", "pandas", "matplotlib"}
# Names of what readers predict, and of what simulates.
PREDICTION = re.compile(r"^prediction")
SIMULATES = {"run", "compare"}
# Only so that a notebook that hangs ends at all.
GIVE_UP = 600


def _read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def _code(notebook: NotebookNode) -> list[tuple[NotebookNode, ast.Module]]:
    """Return the code cells, parsed without the lines that are commands of the notebook (% and !)."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [(cell, ast.parse(re.sub(r"^\s*[%!].*$", "", cell.source, flags=re.MULTILINE))) for cell in cells]


def _tagged(notebook: NotebookNode, tag: str) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if tag in cell.metadata.get("tags", [])]


def logic(tree: ast.Module) -> list[str]:
    """Return what makes a cell more than a use of the package: definitions, loops, and imports of anything else."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While)):
            found.append(type(node).__name__)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or "."]
            found += [name for name in names if name.split(".")[0] not in ALLOWED or name.startswith("entraide.")]
    return found


def _assigned(tree: ast.Module) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def _used(tree: ast.Module) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


def _simulations(tree: ast.Module) -> Iterator[str]:
    """Yield the calls of ``en.run`` and ``en.compare``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SIMULATES:
            yield ast.unparse(node.func)


def unpredicted(cells: list[ast.Module]) -> list[str]:
    """Return the runs that no prediction precedes, and the predictions that nothing is set beside.

    Each run needs a prediction of its own, written in a cell after the run before it.
    """
    waiting: list[str] = []
    kept: set[str] = set()
    found = []
    for number, tree in enumerate(cells, start=1):
        if "en.run" in _simulations(tree):
            if not waiting:
                found.append(f"code cell {number} runs before anything was predicted")
            waiting = []
        kept -= _used(tree)
        new = {name for name in _assigned(tree) if PREDICTION.match(name)}
        waiting += sorted(new)
        kept |= new
    return found + [f"{name} is never set beside a result" for name in sorted(kept)]


def _execute(path: Path, folder: Path, **predictions: str) -> NotebookNode:
    """Execute a notebook in a copy of its folder, with other predictions where they are given."""
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    notebook = _read(path)
    for name, value in predictions.items():
        (cell,) = (cell for cell, tree in _code(notebook) if name in _assigned(tree))
        cell.source = f"{name} = {value}"
    client = NotebookClient(notebook, timeout=GIVE_UP, kernel_name="python3", resources={"metadata": {"path": folder}})
    return client.execute()


def _shown(cell: NotebookNode) -> str:
    """Return the text that a cell printed or showed."""
    return "".join(
        output.text if output.output_type == "stream" else output.get("data", {}).get("text/plain", "")
        for output in cell.outputs
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_notebooks_are_valid_and_stored_without_outputs(path: Path) -> None:
    notebook = _read(path)
    nbformat.validate(notebook)
    print(f"{len(notebook.cells)} cells")
    assert notebook.metadata.kernelspec.name == "python3"
    stored = [cell.id for cell, _ in _code(notebook) if cell.outputs or cell.execution_count is not None]
    assert stored == []
    assert {key for cell in notebook.cells for key in cell.metadata} <= {"tags", "jupyter"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_notebooks_hold_no_model_logic(path: Path) -> None:
    faults = {cell.id: found for cell, tree in _code(_read(path)) if (found := logic(tree))}
    assert faults == {}


@pytest.mark.parametrize(
    "source",
    [
        "def decide(x):\n    return x",
        "class Citizen:\n    pass",
        "decide = lambda x: x > 0.5",
        "for day in range(365):\n    print(day)",
        "import numpy as np",
        "from entraide.model.simulation import Simulation",
        "import entraide.model.decisions",
    ],
)
def test_planted_logic_is_caught(source: str) -> None:
    assert len(logic(ast.parse(source))) == 1


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_notebooks_ask_one_question_and_have_an_exercise_with_its_solution(path: Path) -> None:
    notebook = _read(path)
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert text.count("**Question.**") == 1
    assert "## Exercise" in text
    assert "Solution" in text
    assert len(_tagged(notebook, "solution")) == 1


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_every_run_is_predicted_and_every_prediction_is_compared(path: Path) -> None:
    assert unpredicted([tree for _, tree in _code(_read(path))]) == []


def test_a_planted_run_without_prediction_is_caught() -> None:
    cells = ["a = en.run(town)", "prediction = 3", "b = en.run(town)", "prediction_of_c = 4"]
    found = unpredicted([ast.parse(cell) for cell in cells])
    print(found)
    assert len(found) == 3


def test_the_scenario_of_the_notebooks_is_the_default_one_in_a_small_place() -> None:
    small, default = en.load_scenario(FOLDER / "douarnenez.toml"), en.load_scenario("urban-reports")
    place = small.territory()
    print(f"{place.title}: {place.inhabitants} inhabitants")
    assert place.inhabitants < 30_000
    assert (small.citizens, small.services, small.days) == (default.citizens, default.services, default.days)
    assert all(small.card[language] != default.card[language] for language in ("en", "fr"))


def test_the_first_run_keeps_the_prediction_and_sets_it_beside_the_result(tmp_path: Path) -> None:
    path = FOLDER / "01_first_run.ipynb"
    predicted = '{"continuity": 11, "quality": 13, "universality": 17}'
    notebook = _execute(path, tmp_path / "notebooks", prediction=predicted, prediction_with_outreach="19")
    (comparison,) = _tagged(notebook, "comparison")
    rows = {line.split()[0]: [int(word) for word in line.split()[1:]] for line in _shown(comparison).splitlines()[1:]}
    print(_shown(comparison))
    assert {risk: row[0] for risk, row in rows.items()} == {"continuity": 11, "quality": 13, "universality": 17}
    assert all(0 <= simulated <= 20 for _, simulated, _ in rows.values())
    assert all(difference == simulated - guess for guess, simulated, difference in rows.values())
    (solution,) = _tagged(notebook, "solution")
    print(_shown(solution))
    assert "you predicted 19" in _shown(solution)
    assert f"{rows['continuity'][1]} years out of 20 today" in _shown(solution)
    assert any("image/png" in output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", []))
    # The lesson that the text draws: kept on average, broken in more than a quarter of the years, and outreach helps.
    (lesson,) = (cell for cell in notebook.cells if cell.id == "why")
    mean, norm, _, years = (float(re.findall(r"(\d+)", line)[0]) for line in _shown(lesson).splitlines())
    assert mean > norm
    assert years >= 5
    assert "Continuity: better." in _shown(solution)
