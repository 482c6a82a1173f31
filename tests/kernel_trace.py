"""Which kernels of the model a harness calls, counted in a process that does not compile them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["calls"]

_PROGRAM = """
import importlib, json, sys
from collections import Counter
from entraide.experiments.evidence.harness import HARNESSES, Setting

module, harness, service_class, scale, draw, traced = json.loads(sys.stdin.read())
counted = Counter()

def spy(name, function):
    def call(*arguments):
        counted[name] += 1
        return function(*arguments)
    return call

importlib.import_module(module)
for place, name in traced:
    where = importlib.import_module(place)
    assert getattr(where, name).py_func.__module__.startswith("entraide.model."), f"{name} is not the model's"
    setattr(where, name, spy(name, getattr(where, name)))
HARNESSES[harness].simulate(Setting(service_class, scale, draw, seed=3))
print(json.dumps(counted))
"""


def calls(
    harness: str,
    service_class: str,
    scale: Mapping[str, Any],
    traced: Iterable[tuple[str, str]],
    draw: Mapping[str, Any] | None = None,
) -> dict[str, int]:
    """Return how often each kernel was called by name, from the module named beside it, in one simulation."""
    module = "entraide.experiments.evidence.harness_" + {
        "votes": "votes",
        "cooperation-game": "game",
        "mailing": "mailing",
        "price-question": "price",
    }.get(harness, "badges")
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        input=json.dumps([module, harness, service_class, scale, draw or {}, list(traced)]),
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    counted: dict[str, int] = json.loads(done.stdout)
    return counted
