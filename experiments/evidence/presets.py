"""The starting values of every class: the most typical draw of its ensemble.

Refresh the committed values, after an ensemble was fitted anew:

    python -m entraide.experiments.evidence.presets
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

import entraide.model
from entraide.experiments.spanning import spanning_order
from entraide.model.citizen_parameters import CITIZEN_PARAMETERS

from .ensembles import ensemble_of
from .fit_spaces import FIT_SPACES

__all__ = ["PRESETS_FILE", "class_presets", "presets_text"]

PRESETS_FILE = Path(entraide.model.__file__).resolve().parent / "class_presets.json"
_DIGITS = 2


def class_presets(folder: Path | None = None) -> Mapping[str, Mapping[str, Any]]:
    """Return by class: number of the draw taken and of draws, its values by service and citizens, and their spread.

    ``spread`` holds the first and the last decile of the draws, to two digits. Classes without an ensemble are left
    out.

    Parameters
    ----------
    folder : of ensembles, instead of those of the package.

    Raises
    ------
    InputError : an ensemble that cannot be read.
    """
    citizens = {parameter.name for parameter in CITIZEN_PARAMETERS}
    presets: dict[str, Mapping[str, Any]] = {}
    for name in FIT_SPACES:
        ensemble = ensemble_of(name, folder)
        if not ensemble.fitted:
            continue
        draws = ensemble.of_any_service
        place = spanning_order(draws)[0]
        taken = draws[place]
        presets[name] = {
            "draw": place + 1,
            "draws": len(draws),
            "service": {key: value for key, value in taken.items() if key not in citizens},
            "citizens": {key: value for key, value in taken.items() if key in citizens},
            "spread": {key: _deciles([float(draw[key]) for draw in draws]) for key in taken},
        }
    return presets


def presets_text(folder: Path | None = None) -> str:
    """Return the file of starting values as it is committed."""
    return json.dumps(class_presets(folder), indent=1) + "\n"


def _deciles(values: list[float]) -> list[float]:
    return [float(f"{value:.{_DIGITS}g}") for value in np.quantile(values, (0.1, 0.9))]


def main() -> int:
    """Write the file of starting values."""
    PRESETS_FILE.write_text(presets_text(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
