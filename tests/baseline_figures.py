"""The figures that must not move unless on purpose.

Refresh with ``python tests/baseline_figures.py`` and say why in CHANGELOG.md, in a line tagged RESULTS.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import numpy as np

from entraide.model.simulation import Simulation
from entraide.scenarios.catalogue import list_scenarios
from entraide.scenarios.loader import load_scenario

FOLDER = Path(__file__).parent / "baseline"
# Four islands: small enough for every test run, with every phase of the day at work.
COMMUNES = ("29155", "29083", "29082", "29178")
DAYS, SEED = 150, 7
# Enough needs and people at work for a phase that goes wrong to show.
BUSIER = {"needs_rate": 400.0, "initial_awareness": 0.3}


def names() -> list[str]:
    """Return the shipped scenarios."""
    return [scenario.name for scenario in list_scenarios()]


def figures(name: str, seed: int = SEED, changes: dict[str, float] | None = None) -> dict[str, float]:
    """Return the totals of every daily measure of a scenario on the islands; counts whole, the rest to 5 digits."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "islands.toml"
        communes = ", ".join(f'"{code}"' for code in COMMUNES)
        path.write_text(
            f'schema_version = 1\nbase = "{name}"\n[territory]\ncommunes = [{communes}]\n', encoding="utf-8"
        )
        first, *others = load_scenario(path).service_names
        busier = {f"{first}.{key}" if others else key: value for key, value in BUSIER.items()}
        specification = load_scenario(path, changes={**busier, **(changes or {})}, days=DAYS).specification()
    outcome = Simulation(specification, seed=seed).run().outcome()
    totals = {measure: float(series.sum()) for measure, series in outcome.daily.items()}
    totals["gini_like_half_of_contributors"] = float(outcome.lorenz[0][50])
    totals["worst_zone_in_time"] = float(np.min(outcome.zone_year["in_time"][0, 0]))
    return {name: value if value.is_integer() else float(f"{value:.5g}") for name, value in totals.items()}


def main() -> None:
    """Write the baseline of every shipped scenario."""
    FOLDER.mkdir(exist_ok=True)
    for name in names():
        text = json.dumps(figures(name), indent=2, sort_keys=True)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
