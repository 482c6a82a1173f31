"""Notebooks as they are stored: valid, without outputs, free of model logic, one question each, predictions first.

What they compute is tested in test_notebooks_run.py, how they are copied in test_notebooks_command.py.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from french_words import english_words, faults_of_french
from notebook_log import LOG, simulated_log
from notebook_reading import (
    ENGLISH,
    FOLDER,
    FRENCH,
    NOTEBOOKS,
    PREDICTION,
    assigned,
    code_cells,
    prose,
    read,
    simulations,
    tagged,
    used,
)

import entraide as en

NAMES = [path.name for path in NOTEBOOKS]
# What a notebook may import: the public names, and what shows them.
ALLOWED = {"entraide", "pandas", "matplotlib", "datetime"}
WORDS = {
    "en": ("## Exercise", "## Predict first", "## What to keep"),
    "fr": ("## Exercice", "## Prédire d'abord", "## À retenir"),
}


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


def unpredicted(cells: list[ast.Module]) -> list[str]:
    """Return the simulations that no prediction precedes, and the predictions that nothing is set beside.

    Each needs a prediction of its own, written in a cell after the simulation before it. Comparing two runs simulates
    nothing. What stands under an ``if`` is for readers to switch on.
    """
    waiting: list[str] = []
    kept: set[str] = set()
    found = []
    for number, tree in enumerate(cells, start=1):
        unasked = ast.Module([each for each in tree.body if not isinstance(each, ast.If)], [])
        if set(simulations(unasked)) - {"en.compare"}:
            if not waiting:
                found.append(f"code cell {number} simulates before anything was predicted")
            waiting = []
        kept -= used(tree)
        new = {name for name in assigned(tree) if PREDICTION.match(name)}
        waiting += sorted(new)
        kept |= new
    return found + [f"{name} is never set beside a result" for name in sorted(kept)]


def test_there_are_seven_and_the_first_three_in_french() -> None:
    print(*NAMES, sep="\n")
    assert [path.name[:3] for path in ENGLISH] == [f"0{number}_" for number in range(1, 8)]
    assert [path.name[:3] for path in FRENCH] == ["01_", "02_", "03_"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_notebooks_are_valid_and_stored_without_outputs(path: Path) -> None:
    import nbformat

    notebook = read(path)
    nbformat.validate(notebook)
    print(f"{len(notebook.cells)} cells")
    assert notebook.metadata.kernelspec.name == "python3"
    stored = [cell.id for cell, _ in code_cells(notebook) if cell.outputs or cell.execution_count is not None]
    assert stored == []
    assert {key for cell in notebook.cells for key in cell.metadata} <= {"tags", "jupyter"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_notebooks_hold_no_model_logic(path: Path) -> None:
    faults = {cell.id: found for cell, tree in code_cells(read(path)) if (found := logic(tree))}
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
    notebook = read(path)
    text = prose(notebook)
    assert text.count("**Question.**") == 1
    assert all(heading in text for heading in WORDS["fr" if path in FRENCH else "en"])
    assert text.count("<details><summary><b>Solution</b>") == text.count("</details>") == 1
    (solution,) = tagged(notebook, "solution")
    assert solution.metadata.jupyter.source_hidden


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_every_simulation_is_predicted_and_every_prediction_is_compared(path: Path) -> None:
    assert unpredicted([tree for _, tree in code_cells(read(path))]) == []


def test_a_planted_simulation_without_prediction_is_caught() -> None:
    cells = ["a = en.run(town)", "prediction = 3", "b = en.calibrate(log)", "c = en.run(town)", "prediction_of_c = 4"]
    found = unpredicted([ast.parse(cell) for cell in cells])
    print(found)
    assert len(found) == 4


def in_shape(tree: ast.Module) -> str:
    """Return code without its texts and without the language that it asks for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            node.args = [each for each in node.args if not (isinstance(each, ast.Constant) and each.value == "fr")]
            node.keywords = [each for each in node.keywords if each.arg != "language"]
        if isinstance(node, ast.JoinedStr):
            node.values = [each for each in node.values if isinstance(each, ast.FormattedValue)]
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.unparse(tree)


@pytest.mark.parametrize("path", FRENCH, ids=[path.name for path in FRENCH])
def test_french_notebooks_compute_what_the_english_ones_do(path: Path) -> None:
    (english,) = (each for each in ENGLISH if each.name[:3] == path.name[:3])
    here, there = ({cell.id: in_shape(tree) for cell, tree in code_cells(read(each))} for each in (path, english))
    assert here == there
    assert [cell.id for cell in read(path).cells] == [cell.id for cell in read(english).cells]


def test_another_number_in_a_french_notebook_is_caught() -> None:
    here, there = (in_shape(ast.parse(f'en.run("{name}", replicates={count})')) for name, count in (("a", 2), ("b", 3)))
    assert here != there
    assert in_shape(ast.parse('run.verdict("fr")')) == in_shape(ast.parse("run.verdict()"))


@pytest.mark.parametrize("path", FRENCH, ids=[path.name for path in FRENCH])
def test_french_notebooks_are_in_french_with_its_typography(path: Path) -> None:
    # Code and marks are no text; a letter stands for code, as typography goes on around it.
    text = re.sub(r"`[^`]*`", "x", prose(read(path)))
    text = re.sub(r"[ \n]*<[^>]*>[ \n]*|\]\([^)]*\)|\*\*|\*", " ", text)
    text = re.sub(r"[ \n]+", " ", text)
    print(faults_of_french(text), english_words(text))
    assert faults_of_french(text) == []
    assert english_words(text) == []
    # No decimal point, and no number of four digits without its space.
    assert re.findall(r"\d\.\d|\b\d{4,}\b", text) == []


def test_the_scenario_of_the_notebooks_is_the_default_one_in_a_small_place() -> None:
    small, default = en.load_scenario(FOLDER / "douarnenez.toml"), en.load_scenario("urban-reports")
    place = small.territory()
    print(f"{place.title}: {place.inhabitants} inhabitants")
    assert place.inhabitants < 30_000
    assert (small.citizens, small.services, small.days) == (default.citizens, default.services, default.days)
    assert all(small.card[language] != default.card[language] for language in ("en", "fr"))


def test_the_log_that_is_calibrated_on_is_what_its_world_gives() -> None:
    """After a change that moves results: `python tests/notebook_log.py`, and look at the fifth notebook again."""
    stored = LOG.read_text(encoding="utf-8")
    print(stored.count("\n"), "lines")
    assert 1000 < stored.count("\n") < 2000
    assert stored == simulated_log()
