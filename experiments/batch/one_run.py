"""What a worker does: some runs of one scenario, each a record of one setting and replicate, whatever goes wrong."""

from __future__ import annotations

import math
import pickle
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from entraide.model.errors import UserFacingError
from entraide.model.parameters import Value
from entraide.model.records import Outcome
from entraide.model.risk import RISKS
from entraide.model.simulation import Simulation
from entraide.model.specification import Specification
from entraide.scenarios.changing import with_changes
from entraide.scenarios.drawn import with_drawn
from entraide.scenarios.hashing import specification_hash
from entraide.scenarios.scenario import Scenario

from ..draws import Draw
from ..margins import replicate_margins
from ..measures import headline_events, replicate_measures, yearly_cost, years_begun

if TYPE_CHECKING:
    from .panel import PanelRows

__all__ = ["STAGES", "Order", "Record", "Work", "measured", "run_chunk"]

# Where a run can fail, in order; "worker": the process that ran it died.
STAGES = ("setting", "population", "simulation", "measures", "worker")


@dataclass(frozen=True)
class Work:
    """What the runs of one scenario have in common.

    Attributes
    ----------
    draws : of parameters, that replicates take in turn; empty: none.
    measures : names of the secondary measures that are kept.
    several_years : names of measures end in their year.
    panel, panel_every : citizens whose state is kept, and how often: "month" or "day".
    """

    scenario: Scenario
    draws: tuple[Draw, ...] = ()
    seed: int = 0
    measures: tuple[str, ...] = ()
    several_years: bool = False
    panel: int = 0
    panel_every: str = "month"


@dataclass(frozen=True)
class Order:
    """The runs of one setting that a worker is asked for."""

    setting: int
    changes: Mapping[str, Value]
    replicates: tuple[int, ...]


@dataclass(frozen=True)
class Record:
    """One run: finished, with what it measured, or failed, with stage and message."""

    setting: int
    replicate: int
    scenario_hash: str = ""
    status: str = "done"
    stage: str = ""
    message: str = ""
    values: Mapping[str, float] = field(default_factory=dict)
    panel: PanelRows | None = None

    @classmethod
    def failed(cls, setting: int, replicate: int, stage: str, message: str, scenario_hash: str = "") -> Record:
        """Return the record of a run that failed."""
        return cls(setting, replicate, scenario_hash, "failed", stage, " ".join(message.split()))


def run_chunk(work: bytes, orders: Sequence[Order]) -> tuple[list[Record], float]:
    """Run what was ordered, one after the other, and return the records with the seconds that they took.

    Parameters
    ----------
    work : a pickled ``Work``. The scenario is read once for all chunks that a worker gets of it.
    """
    started = time.perf_counter()
    known = _unpacked(work)
    records = []
    for order in orders:
        setting: Scenario | UserFacingError
        try:
            setting = with_changes(known.scenario, order.changes)
        except UserFacingError as fault:
            setting = fault
        records += [_one(known, setting, order.setting, number) for number in order.replicates]
    return records, time.perf_counter() - started


@lru_cache(maxsize=4)
def _unpacked(work: bytes) -> Work:
    found: Work = pickle.loads(work)
    return found


def _one(work: Work, setting: Scenario | UserFacingError, number: int, replicate: int) -> Record:
    stage, fingerprint = STAGES[0], ""
    try:
        if isinstance(setting, UserFacingError):
            raise setting
        specification = _specification(work, setting, replicate)
        fingerprint = specification_hash(specification)
        stage = "population"
        simulation = Simulation(specification, seed=work.seed, replicate=replicate)
        stage = "simulation"
        panel = None
        if work.panel:
            from .panel import Panel

            panel = Panel(simulation, work.panel, work.panel_every)
        outcome = simulation.run(progress=None if panel is None else panel.hear).outcome()
        stage = "measures"
        values = measured(work, outcome, specification)
        rows = None if panel is None else panel.rows(number)
    except MemoryError:
        return Record.failed(number, replicate, stage, "not enough memory", fingerprint)
    except UserFacingError as fault:
        return Record.failed(number, replicate, stage, str(fault), fingerprint)
    except Exception as fault:
        # One run in a hundred thousand must not end the others, whatever its fault is.
        return Record.failed(number, replicate, stage, f"{type(fault).__name__}: {fault}", fingerprint)
    return Record(number, replicate, fingerprint, values=values, panel=rows)


def _specification(work: Work, setting: Scenario, replicate: int) -> Specification:
    if not work.draws:
        return setting.specification()
    draw = work.draws[replicate % len(work.draws)]
    return with_drawn(setting, draw.services, draw.citizens).specification()


def measured(work: Work, outcome: Outcome, specification: Specification) -> dict[str, float]:
    """Return what a run measured, by column; what has no value is left out."""
    values: dict[str, float | None] = {"cost": yearly_cost(outcome, specification)}
    for place, service in enumerate(specification.services):
        values[f"{service.name}.cost"] = yearly_cost(outcome, specification, place)
        for year in range(years_begun(specification.days)):
            ending = f".year{year + 1}" if work.several_years else ""
            found: dict[str, float | None] = {}
            if work.measures:
                every = replicate_measures(outcome, specification, place, year)
                found = {name: every[name] for name in work.measures}
                events: Mapping[str, float | None] = {risk: every[risk] for risk in RISKS}
            else:
                told = headline_events(outcome, specification, place, year)
                events = {risk: None if event is None else float(event) for risk, event in told.items()}
            if service.public:
                margins = replicate_margins(outcome, specification, place, year)
                found |= {**events, **{f"{risk}_margin": margins[risk] for risk in RISKS}}
            values |= {f"{service.name}.{name}{ending}": value for name, value in found.items()}
    return {name: float(value) for name, value in values.items() if value is not None and not math.isnan(value)}
