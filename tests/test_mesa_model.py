"""Mesa users step the model, collect from it and reset it; the numbers are the engine's."""

from __future__ import annotations

from pathlib import Path

import mesa

from entraide.model.mesa_model import CivicModel
from entraide.model.simulation import Simulation
from entraide.scenarios.loader import load_scenario

ISLANDS = 'schema_version = 1\nbase = "urban-reports"\n[territory]\ncommunes = ["29155", "29083"]\n[time]\ndays = 40\n'


def test_mesa_steps_collects_and_stops(tmp_path: Path) -> None:
    (tmp_path / "islands.toml").write_text(ISLANDS, encoding="utf-8")
    specification = load_scenario(tmp_path / "islands.toml").specification()
    model = CivicModel(specification, rng=4)
    assert isinstance(model, mesa.Model)
    while model.running:
        model.step()
    frame = model.datacollector.get_model_vars_dataframe()
    engine = Simulation(specification, seed=4).run()
    assert len(frame) == 40
    assert frame["reports.contributions"].tolist() == engine.records.series("contributions", 0).tolist()
    assert frame["reports.contributions"].sum() > 0
    assert frame["date"].iloc[-1].isoformat() == "2025-02-09"


def test_a_model_says_in_a_line_how_far_it_is(tmp_path: Path) -> None:
    (tmp_path / "islands.toml").write_text(ISLANDS, encoding="utf-8")
    model = CivicModel(load_scenario(tmp_path / "islands.toml").specification(), rng=4)
    assert str(model) == "CivicModel islands: day 0 of 40, 0 contributions so far"
    for _ in range(30):
        model.step()
    given = model.datacollector.get_model_vars_dataframe()["reports.contributions"].sum()
    assert given > 0
    assert repr(model) == str(model) == f"CivicModel islands: day 30 of 40, {given:,.0f} contributions so far"


def test_another_seed_is_another_run(tmp_path: Path) -> None:
    (tmp_path / "islands.toml").write_text(ISLANDS, encoding="utf-8")
    specification = load_scenario(tmp_path / "islands.toml").specification()
    series = []
    for seed in (1, 1, 2):
        model = CivicModel(specification, rng=seed)
        for _ in range(20):
            model.step()
        series.append(model.datacollector.get_model_vars_dataframe()["reports.arisen"].tolist())
    assert series[0] == series[1]
    assert series[0] != series[2]
