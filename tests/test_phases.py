"""The schedule tells the truth: eleven phases in their order, each changing what it declares and nothing else."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from small_worlds import WORLDS, placed, service, world

from entraide.model import phases
from entraide.model.columns import (
    CITIZEN_COLUMNS,
    DRAWN_ONCE,
    INVOLVEMENT_COLUMNS,
    OF_ITS_KIND,
    THRESHOLD_COLUMN,
    ZONE_COLUMNS,
    Column,
)
from entraide.model.phases import PHASES, Phase
from entraide.model.production import PRODUCTION_KINDS
from entraide.model.simulation import Simulation
from entraide.model.specification import Event

KIND_COLUMNS = "kind columns"
ORDER = (
    "demand", "awareness", "prompts", "drop-out", "contributions", "production", "administration", "currency",
    "feedback", "social", "record",
)  # fmt: skip


def columns_of(simulation: Simulation) -> dict[str, NDArray[np.generic]]:
    """Return the value of every column, by name; those of production kinds under one name each."""
    columns = {column.name: simulation.citizens[column.name] for column in CITIZEN_COLUMNS}
    columns |= {column.name: simulation.involvement[column.name] for column in INVOLVEMENT_COLUMNS}
    columns |= {column.name: simulation.zone_state[column.name] for column in ZONE_COLUMNS}
    columns[THRESHOLD_COLUMN.name] = simulation.threshold
    for j, state in enumerate(simulation.kind_state):
        columns |= {f"{KIND_COLUMNS} {j} {name}": column for name, column in state.items()}
    return {name: column.copy() for name, column in columns.items()}


def _changes(simulation: Simulation, days: int) -> dict[str, set[str]]:
    """Live some days; return by phase the columns whose bits changed while it ran."""
    changed: dict[str, set[str]] = defaultdict(set)

    def watch(phase: Phase) -> Phase:
        def run(watched: Simulation) -> None:
            before = columns_of(watched)
            phase.run(watched)
            after = columns_of(watched)
            moved = {name for name in before if before[name].tobytes() != after[name].tobytes()}
            changed[phase.name] |= {KIND_COLUMNS if name.startswith(KIND_COLUMNS) else name for name in moved}

        return replace(phase, run=run, begin_chunks=None)

    watched_phases = tuple(watch(phase) for phase in PHASES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("entraide.model.simulation.PHASES", watched_phases)
        simulation.run(until=days)
    return changed


def _rich_simulation() -> Simulation:
    """Return a world where everything happens: credits, cash, shocks, outages, forgetting, drift, lapses."""
    rivals = WORLDS["rivals"]()
    paid, online = rivals.services
    in_zone = service("field", "queue", preset="field-observation", initial_awareness=0.5, answers_per_task=2,
                      needs_rate=2000.0, need_lifetime=15, norm_delay=6, acknowledgement_delay=4, prompt_rate=0.5,
                      drop_out_first=0.3)  # fmt: skip
    events = (
        Event("trust_shock", 12, 1, 0.5),
        Event("trust_shock", 41, 1, 0.2),
        Event("outage", 20, 3),
        Event("loss_of_contributors", 60, 1, 0.2),
    )
    alarm = WORLDS["alarms"]().services[0]
    services, place = (paid, online, in_zone, alarm), placed(rivals.territory)
    return Simulation(replace(rivals, territory=place, services=services, events=events, days=90), seed=2)


def test_there_are_eleven_phases_in_their_order_each_with_its_reason() -> None:
    assert tuple(phase.name for phase in PHASES) == ORDER
    for phase in PHASES:
        assert phase.why.endswith("."), phase.name
        assert len(set(phase.writes)) == len(phase.writes)
        assert len(set(phase.reads)) == len(phase.reads)


def test_phases_name_columns_that_exist() -> None:
    known = {c.name for c in (*CITIZEN_COLUMNS, *INVOLVEMENT_COLUMNS, *ZONE_COLUMNS, THRESHOLD_COLUMN)}
    for phase in PHASES:
        assert set(phase.reads) | set(phase.writes) <= known | {KIND_COLUMNS}, phase.name


def test_each_phase_changes_what_it_declares_and_nothing_else() -> None:
    """Over ninety days of a rich world: no column moves undeclared, and no declaration is empty."""
    changed = _changes(_rich_simulation(), 90)
    for phase in PHASES:
        print(f"{phase.name}: {', '.join(sorted(changed[phase.name])) or 'nothing'}")
        assert changed[phase.name] <= set(phase.writes), phase.name
    elsewhere = {"production": {"members"}, "administration": {"backstop_scale"}}
    idle = {phase.name: set(phase.writes) - changed[phase.name] - elsewhere.get(phase.name, set()) for phase in PHASES}
    assert {name: columns for name, columns in idle.items() if columns} == {}


@pytest.mark.parametrize("name", WORLDS)
def test_no_world_has_a_phase_that_changes_more_than_it_declares(name: str) -> None:
    changed = _changes(Simulation(WORLDS[name](), seed=2), 40)
    undeclared = {phase.name: changed[phase.name] - set(phase.writes) for phase in PHASES}
    assert {phase: columns for phase, columns in undeclared.items() if columns} == {}
    if name == "provident":  # the one world with both: members who gave once and for all, and evaluations
        assert "members" in changed["production"]
        assert "backstop_scale" in changed["administration"]


def test_columns_that_are_drawn_once_never_move() -> None:
    changed = set().union(*_changes(_rich_simulation(), 40).values())
    static = {column.name for column in CITIZEN_COLUMNS if column.static}
    assert len(static) >= 10
    assert changed & static == set()


def test_a_column_says_drawn_once_exactly_when_no_phase_writes_it() -> None:
    """The rules of the page of the state: what moves has a rule of its own, or is of a production kind."""
    own = (*CITIZEN_COLUMNS, *INVOLVEMENT_COLUMNS, *ZONE_COLUMNS, THRESHOLD_COLUMN)
    written = {name for phase in PHASES for name in phase.writes}
    assert {column.name for column in own if column.rule != DRAWN_ONCE} == written - {KIND_COLUMNS}
    assert [column.name for column in own if column.rule == OF_ITS_KIND] == []
    of_kinds = [column for kind in PRODUCTION_KINDS.values() for column in kind.columns]
    assert [column.name for column in of_kinds if column.rule == DRAWN_ONCE] == []


def test_a_column_that_lies_about_its_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="trust: the rule 'drawn once'"):
        Column("trust", "uint16", "citizen", "1/65535", 0, 1, "trust", rule=DRAWN_ONCE)
    with pytest.raises(ValueError, match="group: the rule 'moves'"):
        Column("group", "uint8", "citizen", "index", 0, 254, "group", rule="moves", static=True)


def test_an_undeclared_write_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A record phase that moves trust is seen, though it says that it writes nothing."""

    def meddle(simulation: Simulation) -> None:
        simulation.citizens["trust"] += 1

    last = replace(PHASES[-1], run=meddle)
    monkeypatch.setattr(phases, "PHASES", (*PHASES[:-1], last))
    monkeypatch.setitem(_changes.__globals__, "PHASES", (*PHASES[:-1], last))
    small = world(service("reports", "report-and-repair"), days=2)
    assert _changes(Simulation(small), 2)["record"] == {"trust"}


@pytest.mark.parametrize("until", [0, 1, 7])
def test_a_simulation_stops_where_it_is_told_and_not_later(until: int) -> None:
    simulation = Simulation(world(service("reports", "report-and-repair"), days=7))
    heard: list[int] = []
    simulation.run(until=until, progress=heard.append)
    assert simulation.day == simulation.days_computed == until
    assert heard == list(range(1, until + 1))
    simulation.run()
    with pytest.raises(ValueError, match="ends after 7 days"):
        simulation.step()
