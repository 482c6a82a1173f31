"""The reduced rule in C: built where a compiler is found, in a temporary folder, and called through ctypes."""

from __future__ import annotations

import ctypes
import os
import shlex
import shutil
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from .rule import People, Rule

__all__ = ["FLAGS", "SOURCE", "Model", "NotBuiltError", "build", "compiler"]

SOURCE = Path(__file__).with_suffix(".c")
# With -ffast-math exponentials and logarithms may be computed several at a time: what makes days of many prompts fast.
FLAGS = ("-std=c99", "-O3", "-march=native", "-ffast-math", "-Wall", "-Wextra", "-Werror", "-fPIC")
COMPILERS = ("cc", "gcc", "clang")

_Doubles, _Longs, _Ints = (ctypes.POINTER(kind) for kind in (ctypes.c_double, ctypes.c_int64, ctypes.c_int32))


class NotBuiltError(RuntimeError):
    """The compiler refused; the message is its first line."""


class _Rule(ctypes.Structure):
    _fields_ = [
        (name, ctypes.c_double)
        for name in (
            *("prompt_chance", "minutes", "satiation", "seen_scale", "reward", "intercept", "effort"),
            *("arriving_mean", "waiting_days"),
        )
    ]


class _Territory(ctypes.Structure):
    _fields_ = [
        *((name, ctypes.c_int64) for name in ("citizens", "zones", "prompts")),
        ("random_state", ctypes.c_uint64),
        ("zone", _Ints),
        *((name, _Doubles) for name in ("altruism", "pleasure", "reputation", "currency", "spare_minutes")),
        ("done_by", _Ints),
        *((name, _Longs) for name in ("backlog", "done", "arriving")),
        ("need", _Doubles),
    ]


def compiler() -> list[str] | None:
    """Return the command of the C compiler: the variable CC where it is set, else the first one found; or None."""
    named = shlex.split(os.environ.get("CC", ""))
    if named:
        return named if shutil.which(named[0]) else None
    return next(([name] for name in COMPILERS if shutil.which(name)), None)


def build(source: Path, folder: Path) -> Path:
    """Compile a source file to a shared library in a folder.

    Raises
    ------
    NotBuiltError : there is no compiler, or it refused.
    """
    command = compiler()
    if command is None:
        raise NotBuiltError(f"no C compiler was found ({', '.join(COMPILERS)})")
    target, compiled = folder / f"{source.stem}.so", folder / f"{source.stem}.o"
    # Linked apart, without fast arithmetic: with it the library would make the whole process take the smallest numbers
    # for zero as soon as it is loaded, which other libraries do not survive.
    for step in (
        [*command, *FLAGS, "-c", str(source), "-o", str(compiled)],
        [*command, "-shared", str(compiled), "-o", str(target), "-lm"],
    ):
        finished = subprocess.run(step, capture_output=True, text=True, check=False)
        if finished.returncode != 0:
            break
    if finished.returncode != 0:
        # The place is given as a path, which says nothing to others and may name a person.
        said = [line.replace(str(source.parent) + os.sep, "") for line in finished.stderr.splitlines() if line.strip()]
        raise NotBuiltError(next((line for line in said if "error" in line), said[0] if said else "no reason given"))
    return target


@lru_cache(maxsize=1)
def _library() -> Any:
    """Return the library, built once per process; its file goes at once, what is loaded stays."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        library = ctypes.CDLL(str(build(SOURCE, Path(folder))))
    library.live_one_day.argtypes = [ctypes.POINTER(_Territory), ctypes.POINTER(_Rule)]
    library.live_one_day.restype = None
    return library


class Model:
    """A territory as the arrays that the C loop reads and writes."""

    def __init__(self, rule: Rule, people: People, prompt_chance: float, seed: int) -> None:
        self._live_one_day = _library().live_one_day
        self._rule = _Rule(
            prompt_chance, rule.minutes, rule.satiation, rule.seen_scale, rule.reward, rule.intercept, rule.effort,
            len(people) / rule.zones * rule.tasks_per_day, rule.waiting_days,
        )  # fmt: skip
        # Held here: C has their addresses only.
        self._arrays = {
            **vars(people),
            "done_by": np.zeros(len(people), np.int32),
            **{name: np.zeros(rule.zones, np.int64) for name in ("backlog", "done", "arriving")},
            "need": np.full(rule.zones, rule.first_need),
        }
        kinds = dict(_Territory._fields_)
        self._territory = _Territory(
            citizens=len(people),
            zones=rule.zones,
            random_state=seed,
            **{name: array.ctypes.data_as(kinds[name]) for name, array in self._arrays.items()},
        )

    @property
    def prompts(self) -> int:
        """Prompts so far."""
        return int(self._territory.prompts)

    @property
    def contributions(self) -> int:
        """Acts so far."""
        return int(self._arrays["done_by"].sum())

    def step(self) -> None:
        """Simulate one day."""
        self._live_one_day(ctypes.byref(self._territory), ctypes.byref(self._rule))
