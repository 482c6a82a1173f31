"""Ruff and mypy find nothing, and every function is annotated but the compiled ones.

Mypy reads the built wheel, where the packages have their real names. It cannot make an exception for functions
under our own decorators, so the rule that the others are annotated is read here.
"""

from __future__ import annotations

import ast
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from house import REPOSITORY, ROOMS, project_files

# Numba infers the types of what they decorate.
COMPILING_DECORATORS = {"kernel", "helper"}


def unannotated(source: str) -> list[str]:
    """Return the functions, with their line, that lack an annotation and are not compiled."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        decorators = {ast.unparse(d.func if isinstance(d, ast.Call) else d).split(".")[-1] for d in node.decorator_list}
        if decorators & COMPILING_DECORATORS:
            continue
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        arguments += [argument for argument in (node.args.vararg, node.args.kwarg) if argument is not None]
        missing = [a.arg for a in arguments if a.annotation is None and a.arg not in ("self", "cls")]
        missing += ["return"] if node.returns is None else []
        if missing:
            found.append(f"{node.lineno}: {node.name} lacks {', '.join(missing)}")
    return found


def test_every_function_that_is_not_compiled_is_annotated() -> None:
    names = [name for name in project_files() if name.parts[0] in ROOMS and name.suffix == ".py"]
    faults = {
        name.as_posix(): lines
        for name in names
        if (lines := unannotated((REPOSITORY / name).read_text(encoding="utf-8")))
    }
    print(f"{len(names)} files")
    assert len(names) >= 7
    assert faults == {}


@pytest.mark.parametrize(
    "source",
    [
        "def f(x):\n    return x",
        "def f(x: int):\n    return x",
        "def f(*rest) -> int:\n    return 1",
        "@other\ndef f(x):\n    return x",
        "class A:\n    def f(self, *, x) -> int:\n        return x",
    ],
)
def test_a_planted_function_without_annotations_is_caught(source: str) -> None:
    assert len(unannotated(source)) == 1


@pytest.mark.parametrize(
    "source",
    ["@kernel\ndef f(x):\n    return x", "@compilation.helper\ndef f(x):\n    return x", "def f() -> None: ..."],
)
def test_compiled_functions_are_exempt(source: str) -> None:
    assert unannotated(source) == []


def _tool(name: str) -> list[str]:
    """Return the command of a checker; skip, loudly, where it is not installed."""
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"{name} is not installed: pip install '.[test]'")
    return [sys.executable, "-m", name]


def _finish(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def _mypy(repository: Path, packages: Path, folder: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    command = [*_tool("mypy"), "-p", "entraide", "--config-file", str(repository / "pyproject.toml")]
    command += ["--cache-dir", str(cache)]
    return _finish(command, folder, MYPYPATH=str(packages))


def test_ruff_finds_nothing(repository: Path) -> None:
    finished = _finish([*_tool("ruff"), "check", "--output-format=concise", "."], repository)
    assert finished.returncode == 0, finished.stdout


def test_ruff_finds_a_planted_fault(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text("import os\nimport numpy as np\nnp.random.seed(1)\n", encoding="utf-8")
    command = [*_tool("ruff"), "check", "--config", str(repository / "pyproject.toml"), "--output-format=concise", "."]
    finished = _finish(command, tmp_path)
    assert finished.returncode == 1
    assert "F401" in finished.stdout
    assert "NPY002" in finished.stdout


@pytest.mark.slow
def test_mypy_finds_nothing(repository: Path, unpacked_wheel: Path, tmp_path: Path) -> None:
    finished = _mypy(repository, unpacked_wheel, tmp_path, repository / ".mypy_cache")
    print(finished.stdout.splitlines()[-1:])
    assert finished.returncode == 0, finished.stdout + finished.stderr


def test_mypy_finds_planted_faults(repository: Path, tmp_path: Path) -> None:
    """The configuration is strict: half an annotation and a wrong return are both refused."""
    package = tmp_path / "packages" / "entraide"
    package.mkdir(parents=True)
    (package / "py.typed").touch()
    (package / "__init__.py").write_text(
        "def half(x: int, y):\n    return x\n\n\ndef wrong(x: int) -> str:\n    return x + 1\n", encoding="utf-8"
    )
    finished = _mypy(repository, package.parent, tmp_path, tmp_path / "cache")
    assert finished.returncode == 1
    assert "no-untyped-def" in finished.stdout
    assert "return-value" in finished.stdout
