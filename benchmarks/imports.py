"""What importing costs a command, by package, in imports of NumPy and Numba, which no simulation does without."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any

from measurement import load_average

__all__ = ["BUDGETS", "imports", "imports_of"]

# By command: the most that importing may cost, in imports of NumPy and Numba of the same run. Room for a third more
# than was measured when they were set.
BUDGETS: dict[str, tuple[tuple[str, ...], float]] = {
    "entraide --help": (("--help",), 0.8),
    "entraide scenarios list": (("scenarios", "list"), 2.0),
    "entraide run --quick": (("run", "{islands}", "--quick", "--no-report", "--out", "{out}"), 8.0),
}
# Three islands for a month: what is imported does not depend on the size.
_ISLANDS = """\
schema_version = 1
base = "urban-reports"
[territory]
communes = ["29155", "29083", "29084"]
[time]
start = 2025-01-01
days = 30
"""
_COMMAND = "from entraide.command_line import main; main()"
_LINE = re.compile(r"import time:\s*(\d+) \|\s*\d+ \|\s*(\S+)")
# Packages told apart in the table; the standard library and the rest are one.
_SHOWN = 6


def imports_of(program: str, arguments: tuple[str, ...] = ()) -> Counter[str]:
    """Return the microseconds that a program spends on the modules of each top-level package.

    Raises
    ------
    RuntimeError : it did not end well.
    """
    finished = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", program, *arguments], capture_output=True, text=True, check=False
    )
    if finished.returncode != 0:
        raise RuntimeError(f"{' '.join(arguments)} ended with {finished.returncode}:\n{finished.stderr[-2000:]}")
    spent: Counter[str] = Counter()
    for line in finished.stderr.splitlines():
        if found := _LINE.match(line):
            package = found[2].partition(".")[0]
            spent["standard library" if package.lstrip("_") in sys.stdlib_module_names else package] += int(found[1])
    return spent


def imports(rounds: int) -> dict[str, Any]:
    """Return for each command the median milliseconds of importing, in all and by package, and its budget."""
    with tempfile.TemporaryDirectory() as folder:
        islands = Path(folder) / "islands.toml"
        islands.write_text(_ISLANDS, encoding="utf-8")
        bases: list[float] = []
        taken: dict[str, list[Counter[str]]] = {name: [] for name in BUDGETS}
        for turn in range(rounds + 1):
            base = sum(imports_of("import numpy, numba").values()) / 1000.0
            places = {"islands": str(islands), "out": str(Path(folder) / f"out-{turn}")}
            found = {
                name: imports_of(_COMMAND, tuple(each.format(**places) for each in arguments))
                for name, (arguments, _) in BUDGETS.items()
            }
            # The first turn fills the caches of bytecode and kernels.
            if turn:
                bases.append(base)
                for name, spent in found.items():
                    taken[name].append(spent)
    rows = []
    for name, turns in taken.items():
        whole = [sum(spent.values()) / 1000.0 for spent in turns]
        by_package = {package: median(spent[package] / 1000.0 for spent in turns) for package in set().union(*turns)}
        rows.append(
            {
                "command": name,
                "milliseconds": median(whole),
                "in_bases": median(each / base for each, base in zip(whole, bases, strict=True)),
                "budget": BUDGETS[name][1],
                "packages": dict(sorted(by_package.items(), key=lambda item: -item[1])[:_SHOWN]),
            }
        )
    return {"base_milliseconds": median(bases), "rows": rows, "load_average": load_average()}
