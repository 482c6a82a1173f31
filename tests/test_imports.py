"""Arrows point downwards, packages stay in their rooms, and nobody imports a room by its folder's name."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from house import REPOSITORY, project_files
from import_rules import ONLY_IN, THIRD_PARTY, imports, violations
from islands import islands_file

PYTHON_FILES = [name.as_posix() for name in project_files() if name.suffix == ".py"]
NOTEBOOKS = [name.as_posix() for name in project_files() if name.suffix == ".ipynb"]
PAGES = [name.as_posix() for name in project_files() if name.suffix == ".md"]

# Heavy packages that a script which only simulates must not wait for. (Numba itself loads scipy where it is found.)
HEAVY = ("pandas", "pyarrow", "matplotlib", "solara", "mesa", "pydantic", "typer", "rich")


def _code_of_notebook(text: str) -> list[str]:
    """Return the code cells, without the lines that are commands of the notebook (% and !)."""
    cells = ["".join(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    return [re.sub(r"^\s*[%!].*$", "", cell, flags=re.MULTILINE) for cell in cells]


def _code_of_page(text: str) -> list[str]:
    """Return the Python blocks of a page; each must parse (a session with prompts is marked ``pycon``)."""
    return re.findall(r"^```python\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def test_python_files_keep_the_import_rules() -> None:
    print(f"{len(PYTHON_FILES)} Python files")
    assert any(name.startswith("model/") for name in PYTHON_FILES)
    found = [
        fault for name in PYTHON_FILES for fault in violations((REPOSITORY / name).read_text(encoding="utf-8"), name)
    ]
    assert found == []


def test_notebooks_and_pages_keep_the_import_rules() -> None:
    found = []
    for name, reader in [*((n, _code_of_notebook) for n in NOTEBOOKS), *((n, _code_of_page) for n in PAGES)]:
        for code in reader((REPOSITORY / name).read_text(encoding="utf-8")):
            found += violations(code, name)
    print(f"{len(NOTEBOOKS)} notebooks, {len(PAGES)} pages")
    assert found == []


PLANTED = [
    ("model/day.py", "import pandas"),
    ("model/day.py", "import pandas as table"),
    ("model/day.py", "def later():\n    from pydantic import BaseModel"),
    ("model/day.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from entraide.scenarios import loader"),
    ("model/day.py", "from ..scenarios import loader"),
    ("model/day.py", "from .. import viz"),
    ("model/day.py", "from .. import run"),
    ("model/day.py", "import mesa"),
    ("model/day.py", "from numpy.random import default_rng"),
    ("model/day.py", "from numpy import random"),
    ("model/day.py", "import numpy as np\nx = np.random.default_rng(1)"),
    ("model/day.py", "import random"),
    ("model/intervals.py", "import pandas"),
    ("model/riskless.py", "from numpy.random import Philox"),
    ("model/day.py", "import importlib\nimportlib.import_module('entraide.viz.report')"),
    ("model/production/queue.py", "from ...experiments.runner import run"),
    ("model/production/queue.py", "from ... import run"),
    ("scenarios/loader.py", "from entraide.experiments import runner"),
    ("scenarios/loader.py", "import entraide"),
    ("scenarios/loader.py", "import mesa"),
    ("experiments/runner.py", "from entraide.viz.report import write"),
    ("experiments/runner.py", "import matplotlib.pyplot"),
    ("viz/report.py", "from entraide.command_line import main"),
    ("viz/report.py", "import plotly"),
    ("api/command_line.py", "import click"),
    ("tests/test_any.py", "import model"),
    ("tests/test_any.py", "from scenarios import loader"),
    ("tests/test_any.py", "from viz.report import write"),
    ("notebooks/first_run.ipynb", "import experiments.runner"),
]


@pytest.mark.parametrize(("path", "source"), PLANTED)
def test_a_planted_fault_is_caught(path: str, source: str) -> None:
    assert len(violations(source, path)) >= 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("model/day.py", "from __future__ import annotations\nimport math\nimport numpy as np\nimport numba as nb"),
        ("model/day.py", "from . import errors\nfrom .random_numbers import uniform\nfrom .production import queue"),
        ("model/production/queue.py", "from ..errors import InputError\nfrom .contract import Production"),
        ("model/intervals.py", "import numpy as np\nnp.random.Generator(np.random.Philox(key=1))"),
        ("model/mesa_model.py", "import mesa\nfrom mesa.datacollection import DataCollector"),
        ("scenarios/loader.py", "from entraide.model.errors import InputError\nimport pydantic\nimport tomllib"),
        ("viz/report.py", "from entraide.experiments import results\nfrom entraide.model import risk"),
        ("api/__init__.py", "from importlib import import_module\nimport_module('.experiments.runner', __name__)"),
        ("api/command_line.py", "import typer\nfrom entraide.viz import report\nfrom . import run"),
        ("tests/test_any.py", "import entraide as en\nfrom entraide.model import risk\nimport pandas"),
        ("experiments/runner.py", "random = 3\nimport numpy as np\nnp.random.default_rng(1)"),
    ],
)
def test_what_is_allowed_passes(path: str, source: str) -> None:
    assert violations(source, path) == []


def test_a_planted_notebook_and_page_are_read() -> None:
    notebook = {"cells": [{"cell_type": "code", "source": ["%matplotlib inline\n", "import model\n"]}]}
    assert len(violations(_code_of_notebook(json.dumps(notebook))[0], "notebooks/a.ipynb")) == 1
    assert len(violations(_code_of_page("Text.\n\n```python\nimport model\n```\n")[0], "docs/a.md")) == 1


def test_importing_the_model_loads_nothing_heavy(run_elsewhere) -> None:
    program = (
        "import sys, pkgutil, importlib, entraide.model\n"
        "names = [m.name for m in pkgutil.walk_packages(entraide.model.__path__, 'entraide.model.')]\n"
        "names = [name for name in names if name != 'entraide.model.mesa_model']\n"
        "[importlib.import_module(name) for name in names]\n"
        f"print(len(names), *[name for name in {HEAVY!r} if name in sys.modules])"
    )
    finished = run_elsewhere("-c", program)
    assert finished.returncode == 0, finished.stderr
    count, *heavy = finished.stdout.split()
    print(f"{count} modules of the model imported")
    assert int(count) >= 4
    assert heavy == []


def test_importing_entraide_alone_loads_nothing_heavy(run_elsewhere) -> None:
    program = f"import sys, entraide; print(*[n for n in (*{HEAVY!r}, 'numpy', 'numba') if n in sys.modules])"
    finished = run_elsewhere("-c", program)
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.split() == []


# Set where the command prints the verdict: what is loaded by then.
_AT_THE_VERDICT = """
import sys
import entraide.commands_run as room
from entraide.command_line import main
def told(*_, **__):
    print(*sorted({name.partition(".")[0] for name in sys.modules}))
room.show_verdict = told
sys.argv = ["entraide", "run", sys.argv[1], "--replicates", "1", "--no-report", "--out", sys.argv[2]]
main()
"""


@pytest.mark.slow
def test_no_table_and_no_plot_is_loaded_before_the_verdict(tmp_path: Path) -> None:
    """From the command to the verdict: what draws or writes comes after it, and the negative control sees it.

    On the package that is installed here: a wheel just unpacked would compile every kernel first.
    """
    islands = islands_file(tmp_path, days=5)

    def run(program: str, out: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", program, str(islands), str(tmp_path / out)]
        return subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
        )

    finished = run(_AT_THE_VERDICT, "out")
    assert finished.returncode == 0, finished.stderr
    loaded = finished.stdout.splitlines()[0].split()
    assert {"entraide", "numba", "numpy", "typer"} <= set(loaded)
    late = {"pandas", "pyarrow", "matplotlib", "PIL", "solara", "mesa", "networkx", "optuna", "polars"}
    assert not late & set(loaded)
    planted = "import pandas" + _AT_THE_VERDICT
    finished = run(planted, "planted")
    assert "pandas" in finished.stdout.splitlines()[0].split()


def test_reading_a_scenario_compiles_nothing(run_elsewhere) -> None:
    """Parameters of production kinds are read without the kinds themselves."""
    program = "import sys, entraide.scenarios.loader; print(*[n for n in sys.modules if n == 'numba'])"
    finished = run_elsewhere("-c", program)
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.split() == []


def test_every_package_that_is_imported_is_declared(repository: Path) -> None:
    """Every third-party name that the rooms may import is a dependency or comes with one that is named here."""
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    texts = project["dependencies"] + [text for extra in project["optional-dependencies"].values() for text in extra]
    declared = {re.split(r"[\[<>=!~; ]", text, maxsplit=1)[0].lower() for text in texts}
    comes_with = {"reacton": "solara", "pydantic_core": "pydantic", "SALib": "salib", "distributed": "dask"}
    for allowed in (*THIRD_PARTY.values(), ONLY_IN.keys()):
        assert {comes_with.get(name, name) for name in allowed} <= declared


def test_tests_stay_a_plain_folder(repository: Path) -> None:
    """With an ``__init__`` in tests/, pytest would put the root on the path and ``import model`` would work."""
    assert not (repository / "tests" / "__init__.py").exists()
    assert not (repository / "entraide").exists(), "a root folder of that name shadows the installed package"


def test_relative_names_are_resolved() -> None:
    assert [name for _, name in imports("from ..errors import InputError", "model/production/queue.py")] == [
        "entraide.model.errors.InputError"
    ]
    assert [name for _, name in imports("from . import run", "api/command_line.py")] == ["entraide.run"]
