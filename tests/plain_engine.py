"""Copies of the model's sources, with a fault planted or run without compiling, in a process of their own.

A copy stands in a folder as ``entraide/model``, before everything else on the path: nothing of the checkout's model is
imported by it. Run without compiling, kernels are plain Python over NumPy scalars; that saves a quarter of a minute of
compiling for each copy.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from house import REPOSITORY

__all__ = ["copy_model", "plant", "run_on_copy"]


def copy_model(folder: Path, *, compiled: bool) -> Path:
    """Copy the model's sources under ``folder`` and return the copy of ``model/``."""
    package = folder / "entraide"
    shutil.copytree(REPOSITORY / "model", package / "model", ignore=shutil.ignore_patterns("__pycache__"))
    (package / "__init__.py").write_text("", encoding="utf-8")
    if not compiled:
        plant(package / "model", "compilation.py", "bool(numba.config.DISABLE_JIT)", "True")
    return package / "model"


def plant(model: Path, file: str, sound: str, faulty: str) -> None:
    """Replace a piece of source that occurs exactly once.

    Raises
    ------
    ValueError : the piece is not there, or more than once: the fault would not be the one meant.
    """
    path = model / file
    text = path.read_text(encoding="utf-8")
    if text.count(sound) != 1:
        raise ValueError(f"{file} holds {text.count(sound)} times: {sound}")
    path.write_text(text.replace(sound, faulty), encoding="utf-8")


def run_on_copy(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the copy in ``folder`` as the package, and the tests' helpers at hand."""
    path = os.pathsep.join([str(folder), str(REPOSITORY / "tests")])
    quiet = {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", **environment}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, **quiet},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
