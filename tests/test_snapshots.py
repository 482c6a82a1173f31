"""Stopping and going on gives the bits of a run that never stopped."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from entraide.model import simulation as engine
from entraide.model.errors import InputError, MachineError
from entraide.model.simulation import Simulation
from entraide.model.snapshots import fork, load_snapshot, save_snapshot
from entraide.model.specification import Specification
from entraide.model.workers import Workers
from entraide.scenarios.loader import load_scenario

ISLANDS = """schema_version = 1
base = "urban-reports"
[territory]
communes = ["29155", "29083", "29082", "29178"]
"""

CONTINUE = """
import json, sys
from pathlib import Path
import numpy as np
from entraide.model import simulation as engine
engine.CHUNK = 400
from entraide.model.snapshots import load_snapshot, save_snapshot
from entraide.model.workers import Workers
from entraide.scenarios.loader import load_scenario
folder = Path(sys.argv[1])
with Workers(2) as workers:
    specification = load_scenario(folder / "islands.toml").specification()
    simulation = load_snapshot(specification, folder / "day100.npz", workers=workers)
    simulation.run()
save_snapshot(simulation, folder / "resumed.npz")
print(json.dumps({"computed": simulation.days_computed, "day": simulation.day}))
"""


@pytest.fixture
def islands(tmp_path: Path) -> Specification:
    (tmp_path / "islands.toml").write_text(ISLANDS, encoding="utf-8")
    return load_scenario(tmp_path / "islands.toml").specification()


def test_resume_on_day_100_in_a_new_process_on_other_threads_equals_the_straight_run(
    islands: Specification, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "CHUNK", 400)
    straight = Simulation(islands, seed=11, log=True, zone_daily=True).run()
    first = Simulation(islands, seed=11, log=True, zone_daily=True).run(100)
    # The past is in the snapshot alone: nothing of the first hundred days is left to copy from.
    save_snapshot(first, tmp_path / "day100.npz")
    del first
    told = subprocess.run(
        [sys.executable, "-c", CONTINUE, str(tmp_path)], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert json.loads(told.stdout) == {"computed": 265, "day": 365}
    save_snapshot(straight, tmp_path / "straight.npz")
    with np.load(tmp_path / "straight.npz") as a, np.load(tmp_path / "resumed.npz") as b:
        assert sorted(a.files) == sorted(b.files)
        for name in a.files:
            assert a[name].tobytes() == b[name].tobytes(), name
        assert int(a["records.daily"].sum()) > 0


def test_a_fork_shares_the_past_and_may_differ_after(islands: Specification, tmp_path: Path) -> None:
    save_snapshot(Simulation(islands, seed=2).run(60), tmp_path / "policy.npz")
    same = fork(islands, tmp_path / "policy.npz").run()
    service = islands.services[0]
    changed_service = replace(service, parameters={**service.parameters, "backstop_capacity": 50.0})
    changed = fork(replace(islands, services=(changed_service,)), tmp_path / "policy.npz").run()
    staff = [s.records.series("delivered_by_staff", 0) for s in (same, changed)]
    assert (staff[0][:60] == staff[1][:60]).all()
    assert staff[1][60:].sum() > staff[0][60:].sum()
    assert (same.records.daily == Simulation(islands, seed=2).run().records.daily).all()


@pytest.mark.parametrize("days", [45, 400])
def test_a_fork_may_end_sooner_or_later(islands: Specification, tmp_path: Path, days: int) -> None:
    """Records of another length share the days that both have; 400 days reach into a second year."""
    save_snapshot(Simulation(islands, seed=2).run(40), tmp_path / "day40.npz")
    other = replace(islands, days=days)
    assert days != islands.days
    forked, straight = fork(other, tmp_path / "day40.npz").run(), Simulation(other, seed=2).run()
    assert np.array_equal(forked.records.daily, straight.records.daily)
    assert np.array_equal(forked.involvement, straight.involvement)


def test_a_snapshot_of_another_scenario_is_refused(islands: Specification, tmp_path: Path) -> None:
    save_snapshot(Simulation(islands).run(3), tmp_path / "day3.npz")
    with pytest.raises(InputError, match="belongs to another scenario"):
        load_snapshot(replace(islands, days=200), tmp_path / "day3.npz")
    with pytest.raises(InputError, match="belongs to another scenario"):
        fork(replace(islands, start=islands.start.replace(year=2024)), tmp_path / "day3.npz")


def test_a_damaged_snapshot_is_refused(islands: Specification, tmp_path: Path) -> None:
    path = save_snapshot(Simulation(islands).run(3), tmp_path / "day3.npz")
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(InputError, match="not a readable snapshot"):
        load_snapshot(islands, path)


def test_a_snapshot_appears_whole_or_not_at_all(islands: Specification, tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="cannot be written"):
        save_snapshot(Simulation(islands).run(1), tmp_path / "no such folder" / "day.npz")
    assert list(tmp_path.glob("**/.*.part")) == []


def test_threads_do_not_move_a_bit(islands: Specification, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = Simulation(islands, seed=5).run(90)
    monkeypatch.setattr(engine, "CHUNK", 400)
    with Workers(2) as workers:
        together = Simulation(islands, seed=5, workers=workers).run(90)
    assert len(together.chunks) > 1
    assert (alone.citizens == together.citizens).all()
    assert (alone.involvement == together.involvement).all()
    assert np.array_equal(alone.records.daily, together.records.daily)
