"""Small studies for tests: some 4,000 people, few days, settings that are made in a second or two each dozen."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from entraide.experiments.batch.store import Store

__all__ = ["DAYS", "FACTORS", "same_runs", "write_study", "write_world"]

DAYS = 45
FACTORS = """
[factors.levers]
acknowledgement_rate = [0.1, 0.9]
phone_offered = {}

[factors.assumptions]
effort_weight = { low = 0.5, high = 1.5 }
"""
FACTORIAL = '[design]\nkind = "factorial"\n'


def write_world(folder: Path, name: str = "island", more: str = "") -> Path:
    """Write a scenario of three islands and a port of Finistère, 4,134 people, and return its path."""
    path = folder / f"{name}.toml"
    path.write_text(
        'schema_version = 1\nbase = "urban-reports"\n\n[territory]\ncommunes = ["29155", "29083", "29084", "29040"]\n'
        + more,
        encoding="utf-8",
    )
    return path


def write_study(
    folder: Path,
    *,
    head: str = "",
    factors: str = FACTORS,
    design: str = FACTORIAL,
    replicates: int = 2,
    days: int = DAYS,
    name: str = "study",
) -> Path:
    """Write a study of that scenario, and return its path."""
    world = write_world(folder)
    path = folder / f"{name}.toml"
    path.write_text(
        f'schema_version = 1\nname = "{name}"\nquestion = "Does it hold?"\nscenarios = ["{world.name}"]\n'
        f"replicates = {replicates}\ndays = {days}\n{head}\n{factors}\n{design}",
        encoding="utf-8",
    )
    return path


def same_runs(first: Path, second: Path) -> None:
    """Assert that two finished sweeps hold the same table: same values to the last bit, same names, units and order."""
    tables = [Store.open(folder).table() for folder in (first, second)]
    assert tables[0].schema.equals(tables[1].schema, check_metadata=True)
    pd.testing.assert_frame_equal(*(table.to_pandas() for table in tables), check_exact=True)
