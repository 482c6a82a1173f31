"""What is counted of people at the end, beside a twin that looks at one citizen after the other."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from islands import islands_file

import entraide.model.simulation as room
from entraide.model.awareness import DEPARTED
from entraide.model.records import GROUP_MEASURES
from entraide.model.simulation import Simulation
from entraide.model.workers import Workers
from entraide.scenarios.loader import load_scenario


def _twin(simulation: Simulation) -> tuple[dict[str, list[list[int]]], list[list[int]], dict[str, int]]:
    groups = len(simulation.specification.territory.groups.names)
    lapse = int(simulation.citizen_record[0]["lapse_days"])
    table = {name: [[0] * groups for _ in range(simulation.services)] for name in GROUP_MEASURES}
    counts: list[list[int]] = [[] for _ in range(simulation.services)]
    silent = 0
    for j in range(simulation.services):
        for person, tie in zip(simulation.citizens, simulation.involvement[j], strict=True):
            group, times = int(person["group"]), int(tie["times"])
            excluded, able = person["digital"] == 0, person["eligible"] > 0
            table["people"][j][group] += bool(able)
            table["excluded_people"][j][group] += bool(able and excluded)
            table["contributors"][j][group] += times > 0
            table["excluded_contributors"][j][group] += bool(times > 0 and excluded)
            table["contributions"][j][group] += times
            silent += bool(times > 0 and simulation.day - int(tie["last"]) > lapse and tie["stage"] < DEPARTED)
            if times > 0:
                counts[j].append(times)
    held = sum(int(person["credits"]) for person in simulation.citizens)
    return table, [sorted(each) for each in counts], {"credits_held": held, "lapsed_contributors": silent}


@pytest.mark.parametrize("chunk", [None, 300])
def test_counts_are_those_of_a_twin_in_one_chunk_and_in_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int | None
) -> None:
    if chunk is not None:
        monkeypatch.setattr(room, "CHUNK", chunk)
    changes = {"reports.initial_awareness": 0.5, "reports.reward_medium": "credit", "reports.reward_rate": 10.0}
    changes["reports.phone_offered"] = True
    path = islands_file(tmp_path, base="three-services", days=230)
    specification = load_scenario(path, changes=changes).specification()
    with Workers(2) as workers:
        simulation = Simulation(specification, seed=3, workers=workers).run()
        assert (len(simulation.chunks) > 1) == (chunk is not None)
        outcome = simulation.outcome()
    table, counts, totals = _twin(simulation)
    for name in GROUP_MEASURES:
        assert outcome.groups[name].tolist() == table[name]
        assert outcome.groups[name].dtype == np.int64
    assert [each.tolist() for each in outcome.contribution_counts] == counts
    assert outcome.totals == totals
    print(totals, {name: int(np.sum(rows)) for name, rows in table.items()})
    assert min(totals.values()) > 0, "nothing lapsed or held: the test would prove nothing"
    assert all(np.sum(table[name]) > 0 for name in GROUP_MEASURES)
