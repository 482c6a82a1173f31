"""Which module may import what: the rules, and the reading of a source text against them."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import PurePosixPath

from house import PACKAGE_OF_ROOM, ROOMS

__all__ = ["ONLY_IN", "STATISTICS", "THIRD_PARTY", "imports", "violations"]

# The third-party packages of each room.
THIRD_PARTY = {
    "model": {"numpy", "numba"},
    "scenarios": {"numpy", "pydantic", "pydantic_core"},
    "experiments": {
        *("numpy", "numba", "pandas", "pyarrow", "pydantic", "pydantic_core"),
        *("optuna", "lifetimes", "scipy", "scoringrules", "ema_workbench", "xarray"),
        # The laboratory's extra: see decision 70.
        *("SALib", "ema_workbench", "loky", "dask", "distributed", "pymoo"),
    },
    "viz": {"numpy", "pandas", "matplotlib", "solara", "reacton", "ipyvuetify"},
    "api": {"numpy", "pandas", "matplotlib", "typer", "rich"},
}

# Packages that a room may import in these files only.
ONLY_IN = {"mesa": {"model/mesa_model.py"}}

# Where the model may use numpy's generators: statistics on finished results, under a seed that is given to them.
STATISTICS = ("model/intervals.py", "model/risk/")


def _package_of(path: PurePosixPath) -> str:
    """Return the dotted package that holds a file of a room."""
    return ".".join([PACKAGE_OF_ROOM[path.parts[0]], *path.parts[1:-1]])


def _literal_import(node: ast.Call) -> str | None:
    """Return the name in ``import_module("name")`` or ``__import__("name")``."""
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called not in ("import_module", "__import__") or not node.args:
        return None
    first = node.args[0]
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def imports(source: str, path: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the absolute dotted name of everything that a source text imports, wherever it stands.

    ``from a import b`` yields "a.b": b may be a module. Relative names are resolved for a file of a room.
    """
    place = PurePosixPath(path)
    for node in ast.walk(ast.parse(source, path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level and place.parts[0] in ROOMS:
                parts = _package_of(place).split(".")
                base = ".".join(parts[: len(parts) - node.level + 1] + ([base] if base else []))
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and (name := _literal_import(node)):
            if name.startswith(".") and place.parts[0] in ROOMS:
                level = len(name) - len(name.lstrip("."))
                parts = _package_of(place).split(".")
                name = ".".join([*parts[: len(parts) - level + 1], name.lstrip(".")])
            yield node.lineno, name


def _room_of(name: str) -> str | None:
    """Return the room of an ``entraide`` name, None for any other package."""
    parts = name.split(".")
    if parts[0] != "entraide":
        return None
    return parts[1] if len(parts) > 1 and parts[1] in ROOMS and parts[1] != "api" else "api"


def violations(source: str, path: str) -> list[str]:
    """Return what a source text breaks of the import rules, as sentences that start with file and line.

    Parameters
    ----------
    source : Python text.
    path : its place in the repository, with forward slashes; outside the rooms only the shadowing rule holds.
    """
    room = PurePosixPath(path).parts[0]
    found = []
    for line, name in imports(source, path):
        top = name.split(".")[0]
        where = f"{path}:{line}"
        if top in ROOMS:
            found.append(f"{where}: imports {name!r} as a top-level name; say entraide.* or a relative name")
        if room not in ROOMS:
            continue
        other = _room_of(name)
        if other is not None:
            if ROOMS.index(other) > ROOMS.index(room):
                found.append(f"{where}: {room} imports {name!r} of the higher room {other}")
        elif top in ONLY_IN:
            if path not in ONLY_IN[top]:
                found.append(f"{where}: {top} may be imported in {', '.join(sorted(ONLY_IN[top]))} only")
        elif top not in sys.stdlib_module_names and top not in THIRD_PARTY[room] and top not in ROOMS:
            found.append(f"{where}: {top} is not among the packages of {room}: {', '.join(sorted(THIRD_PARTY[room]))}")
        if room == "model" and not path.startswith(STATISTICS) and (top == "random" or name.startswith("numpy.random")):
            found.append(f"{where}: the model draws from its own counter-based numbers only")
    if room == "model" and not path.startswith(STATISTICS):
        found += [f"{path}:{line}: the model draws from its own counter-based numbers only" for line in _draws(source)]
    return found


def _draws(source: str) -> Iterator[int]:
    """Yield the lines that reach numpy's generators through an attribute."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("np.random", "numpy.random"):
            yield node.lineno
