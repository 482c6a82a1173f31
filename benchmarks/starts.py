"""From command to verdict: first and second start of the ``entraide`` command, each in a process of its own.

A first start finds no compiled kernels and no other cache; a second one finds what the first left.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from measurement import Sample, load_average, median, ratio, timed

__all__ = ["COMMANDS", "command", "starts"]

# By name: the arguments after ``entraide``.
COMMANDS: dict[str, tuple[str, ...]] = {"entraide run --quick": ("run", "--quick"), "entraide run": ("run",)}


def command() -> str:
    """Return the installed command of this environment.

    Raises
    ------
    FileNotFoundError : the package is not installed beside this Python.
    """
    found = shutil.which("entraide", path=str(Path(sys.executable).parent)) or shutil.which("entraide")
    if found is None:
        raise FileNotFoundError("the command entraide is not installed: pip install -e .")
    return found


def _kernels(caches: Path) -> set[tuple[Path, int]]:
    """Return the compiled kernels of a cache, each with the time at which it was written."""
    return {(path, path.stat().st_mtime_ns) for path in caches.rglob("*.nbc")}


def _start(arguments: Sequence[str], caches: Path, output: Path) -> int:
    """Run the command to its end and return how many kernels it compiled.

    Raises
    ------
    RuntimeError : it did not end well.
    """
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(caches / "kernels"), "XDG_CACHE_HOME": str(caches / "others")}
    before = _kernels(caches)
    finished = subprocess.run(
        [command(), *arguments, "--out", str(output)],
        env=environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if finished.returncode != 0:
        raise RuntimeError(f"{' '.join(arguments)} ended with {finished.returncode}:\n{finished.stderr[-2000:]}")
    return len(_kernels(caches) - before)


def starts(name: str, arguments: Sequence[str], rounds: int) -> dict[str, Any]:
    """Return the median times of a command, first and second start, and how many kernels each compiled at most.

    Parameters
    ----------
    name, arguments : what to call it, and what stands after ``entraide`` (``--out`` is added).
    rounds : each round has its own empty caches, and one first and one second start.
    """
    taken: dict[str, list[Sample]] = {"first": [], "second": []}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            for start, samples in taken.items():
                samples.append(timed(partial(_start, arguments, Path(folder) / "caches", Path(folder) / start)))
    return {
        "command": name,
        "seconds": {start: median(samples) for start, samples in taken.items()},
        "cpu_seconds": {start: median(samples, "cpu") for start, samples in taken.items()},
        "cpu_over_wall": {start: median(samples, "cpu_over_wall") for start, samples in taken.items()},
        "first_over_second": ratio(taken["first"], taken["second"]),
        "kernels_compiled": {start: max(sample.result for sample in samples) for start, samples in taken.items()},
        "load_average": load_average(),
    }
