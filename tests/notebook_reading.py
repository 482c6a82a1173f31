"""Notebooks as the tests read them: their cells, what these do, and how they are executed in a folder of a user."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from house import REPOSITORY

from entraide.notebook_files import copy_notebooks

# Read when a notebook is: it compiles a grammar of its own when it is imported, and every test process collects this.
if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = [
    "ENGLISH",
    "FOLDER",
    "FRENCH",
    "NOTEBOOKS",
    "PREDICTION",
    "assigned",
    "cell_of",
    "code_cells",
    "execute",
    "prose",
    "read",
    "shown",
    "simulations",
    "tagged",
    "used",
]

FOLDER = REPOSITORY / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
FRENCH = [path for path in NOTEBOOKS if path.name.endswith(".fr.ipynb")]
ENGLISH = [path for path in NOTEBOOKS if path not in FRENCH]

# Names of what readers predict, and of what simulates.
PREDICTION = re.compile(r"^prediction")
SIMULATES = {"run", "compare", "calibrate", "what_helps", "stress", "sweep"}
# Only so that a notebook that hangs ends at all.
GIVE_UP = 600


def read(path: Path) -> NotebookNode:
    """Read a notebook from its file."""
    import nbformat

    return nbformat.read(path, as_version=4)


def code_cells(notebook: NotebookNode) -> list[tuple[NotebookNode, ast.Module]]:
    """Return the code cells, parsed without the lines that are commands of the notebook (% and !)."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [(cell, ast.parse(re.sub(r"^\s*[%!].*$", "", cell.source, flags=re.MULTILINE))) for cell in cells]


def tagged(notebook: NotebookNode, tag: str) -> list[NotebookNode]:
    """Return the cells with a tag."""
    return [cell for cell in notebook.cells if tag in cell.metadata.get("tags", [])]


def cell_of(notebook: NotebookNode, name: str) -> NotebookNode:
    """Return the cell with that id."""
    (found,) = (cell for cell in notebook.cells if cell.id == name)
    return found


def prose(notebook: NotebookNode) -> str:
    """Return all that is to be read, without code."""
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def assigned(tree: ast.Module) -> set[str]:
    """Return the names that a cell gives a value to."""
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def used(tree: ast.Module) -> set[str]:
    """Return the names that a cell reads."""
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


def simulations(tree: ast.Module) -> Iterator[str]:
    """Yield the calls of the package that simulate something, as they are written: "en.run"."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SIMULATES:
            yield ast.unparse(node.func)


def execute(path: Path, folder: Path, *, smaller: dict[str, str] | None = None, **predictions: str) -> NotebookNode:
    """Execute a notebook in a fresh kernel, in a folder to which it was copied as a user copies it.

    Parameters
    ----------
    smaller : texts to replace in code, so that it takes less time.
    predictions : by name, what a reader would have written.
    """
    from nbclient import NotebookClient

    copy_notebooks(folder, "fr" if path in FRENCH else "en")
    notebook = read(folder / path.name)
    for name, value in predictions.items():
        (cell,) = (cell for cell, tree in code_cells(notebook) if name in assigned(tree))
        cell.source = f"{name} = {value}"
    for cell, _ in code_cells(notebook):
        for before, after in (smaller or {}).items():
            cell.source = cell.source.replace(before, after)
    resources = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, timeout=GIVE_UP, kernel_name="python3", resources=resources)
    return client.execute()


def shown(cell: NotebookNode) -> str:
    """Return the text that a cell printed or showed; of a figure, its text alternative."""
    return "".join(
        output.text if output.output_type == "stream" else output.get("data", {}).get("text/plain", "")
        for output in cell.outputs
    )
