"""What a year says after an event, and which months belong to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from entraide.experiments.measures import months_of, replicate_measures
from entraide.experiments.runner import run_replicates
from entraide.model.errors import InputError
from entraide.model.simulation import Simulation
from entraide.model.snapshots import fork, load_snapshot, save_snapshot
from entraide.model.specification import Event, Specification
from entraide.scenarios.loader import load_scenario

ISLANDS = 'schema_version = 1\nbase = "urban-reports"\n[territory]\ncommunes = ["29155", "29083", "29082", "29178"]\n'


@pytest.fixture
def islands(tmp_path: Path) -> Specification:
    """Four islands with many defects and many who know the service: the norm is held on most days."""
    (tmp_path / "islands.toml").write_text(ISLANDS, encoding="utf-8")
    changes = {"needs_rate": 400.0, "initial_awareness": 0.8, "repair_capacity": 400.0, "prompt_boost": 3.0}
    return load_scenario(tmp_path / "islands.toml", changes=changes).specification()


def test_an_outage_is_followed_by_a_fall_and_a_recovery(islands: Specification) -> None:
    quiet = run_replicates(islands, replicates=1, seed=1)[0]
    struck = replace(islands, events=(Event("outage", 120, days=40),))
    outcome = run_replicates(struck, replicates=1, seed=1)[0]
    before, after = (replicate_measures(o, s, 0, 0) for o, s in ((quiet, islands), (outcome, struck)))
    print({name: after[name] for name in ("lowest_after_event", "days_to_recover", "not_recovered", "resilience_loss")})
    assert before["lowest_after_event"] is None
    assert before["resilience_loss"] is None
    lowest, loss = after["lowest_after_event"], after["resilience_loss"]
    assert lowest is not None
    assert loss is not None
    assert lowest < float(islands.services[0].parameters["norm_share_in_time"])
    assert loss > 0.0


def test_months_of_a_year_are_those_that_its_days_touch(islands: Specification) -> None:
    summer = replace(islands, start=date(2025, 7, 15), days=400)
    assert months_of(summer, slice(0, 365)) == slice(0, 13)
    assert months_of(summer, slice(365, 400)) == slice(12, 14)
    assert months_of(islands, slice(0, 365)) == slice(0, 12)
    outcome = run_replicates(summer, replicates=1, seed=1)[0]
    assert outcome.zone_month["closed"].shape[0] == 14
    assert outcome.zone_month["closed"][12].sum() > 0


def test_a_fork_may_not_end_before_the_snapshot_or_change_who_people_are(
    islands: Specification, tmp_path: Path
) -> None:
    path = save_snapshot(Simulation(islands).run(20), tmp_path / "day20.npz")
    with pytest.raises(InputError, match="later than the end"):
        fork(replace(islands, days=20), path)
    with pytest.raises(InputError, match="another scenario"):
        fork(replace(islands, citizens={**islands.citizens, "neighbour_half_life": 7.0}), path)


def test_an_empty_snapshot_is_refused_in_one_line(islands: Specification, tmp_path: Path) -> None:
    (tmp_path / "empty.npz").write_bytes(b"")
    with pytest.raises(InputError, match="not a readable snapshot"):
        load_snapshot(islands, tmp_path / "empty.npz")
