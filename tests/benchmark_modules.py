"""The modules of benchmarks/, which are no package: imported as its script imports them, then forgotten."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType

from house import REPOSITORY

__all__ = ["BENCHMARKS", "imported_benchmarks"]

BENCHMARKS = REPOSITORY / "benchmarks"


@contextmanager
def imported_benchmarks() -> Iterator[Mapping[str, ModuleType]]:
    """Give the modules by name (``engine``, ``peers.rule``), but those that the processes of peers import."""
    before = list(sys.path)
    sys.path.insert(0, str(BENCHMARKS))
    names = [path.stem for path in BENCHMARKS.glob("*.py")]
    names += [f"peers.{name}" for name in ("c_loop", "comparison", "registry", "rule", "worker")]
    try:
        yield {name: importlib.import_module(name) for name in names}
    finally:
        sys.path[:] = before
        for name in [name for name in sys.modules if name in names or name.split(".")[0] == "peers"]:
            del sys.modules[name]
