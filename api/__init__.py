"""Entraide: test a participatory public service before deploying it.

>>> import entraide as en
>>> today = en.run("urban-reports", replicates=20)                               # doctest: +SKIP
>>> thanks = en.run("urban-reports", replicates=20, changes={"acknowledgement_rate": 0.9})  # doctest: +SKIP
>>> print(en.compare(today, thanks).verdict())                                   # doctest: +SKIP

This module stays light: importing any ``entraide.*`` package runs it first, so each name is loaded when it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .experiments.batch.study import load_study
    from .experiments.ecosystem.ema import ema_model
    from .experiments.ecosystem.mesa_batch import ServiceModel
    from .experiments.ecosystem.xarray_export import to_xarray
    from .experiments.thresholds import adversary_harm, break_even
    from .model.errors import InputError, MachineError
    from .model.mesa_model import CivicModel
    from .model.snapshots import fork, load_snapshot, save_snapshot
    from .python_analysis import robust, sensitivity
    from .python_api import Comparison, Run, compare, load_run, run
    from .python_calibration import FittedClass, calibrate
    from .python_evidence import Evidence, evidence
    from .python_pareto import Pareto, pareto
    from .python_stress import Stress, stress
    from .python_sweep import load_sweep, sweep
    from .python_what_helps import WhatHelps, what_helps
    from .scenarios.catalogue import list_scenarios
    from .scenarios.loader import load_scenario

__all__ = [
    "CivicModel",
    "Comparison",
    "Evidence",
    "FittedClass",
    "InputError",
    "MachineError",
    "Pareto",
    "Run",
    "ServiceModel",
    "Stress",
    "WhatHelps",
    "__version__",
    "adversary_harm",
    "break_even",
    "calibrate",
    "compare",
    "ema_model",
    "evidence",
    "fork",
    "list_scenarios",
    "load_run",
    "load_scenario",
    "load_snapshot",
    "load_study",
    "load_sweep",
    "pareto",
    "robust",
    "run",
    "save_snapshot",
    "sensitivity",
    "stress",
    "sweep",
    "to_xarray",
    "what_helps",
]

_WHERE = {
    "CivicModel": "model.mesa_model",
    "Comparison": "python_api",
    "Evidence": "python_evidence",
    "FittedClass": "python_calibration",
    "InputError": "model.errors",
    "MachineError": "model.errors",
    "Pareto": "python_pareto",
    "Run": "python_api",
    "ServiceModel": "experiments.ecosystem.mesa_batch",
    "Stress": "python_stress",
    "WhatHelps": "python_what_helps",
    "adversary_harm": "experiments.thresholds",
    "break_even": "experiments.thresholds",
    "calibrate": "python_calibration",
    "compare": "python_api",
    "ema_model": "experiments.ecosystem.ema",
    "evidence": "python_evidence",
    "fork": "model.snapshots",
    "list_scenarios": "scenarios.catalogue",
    "load_run": "python_api",
    "load_scenario": "scenarios.loader",
    "load_snapshot": "model.snapshots",
    "load_study": "experiments.batch.study",
    "load_sweep": "python_sweep",
    "pareto": "python_pareto",
    "robust": "python_analysis",
    "run": "python_api",
    "save_snapshot": "model.snapshots",
    "sensitivity": "python_analysis",
    "stress": "python_stress",
    "sweep": "python_sweep",
    "to_xarray": "experiments.ecosystem.xarray_export",
    "what_helps": "python_what_helps",
}


def __getattr__(name: str) -> Any:
    """Load a public name from the module that holds it; the version is read from the installed distribution."""
    if name == "__version__":
        from importlib.metadata import version

        return version("entraide")
    if name in _WHERE:
        return getattr(import_module(f"entraide.{_WHERE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Offer the public names, loaded or not."""
    return sorted({*globals(), *__all__})
