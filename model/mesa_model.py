"""The model as Mesa users know it: step it, collect from it, put it in SolaraViz.

The only file that imports Mesa. It uses what is the same in Mesa 3.3 to 4: the constructor's ``rng``, ``step()``,
``running`` and ``DataCollector``. There is no Python object per citizen; the state is in ``simulation``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import mesa

from .records import DAILY_MEASURES
from .simulation import Simulation
from .specification import Specification

__all__ = ["CivicModel"]


class CivicModel(mesa.Model):
    """A participatory public service as a Mesa model; one step is one day.

    Parameters
    ----------
    specification : what to simulate, e.g. ``load_scenario("urban-reports").specification()``.
    rng : seed; with ``replicate`` it fixes every random number.
    replicate : number of the replicate.
    reporters : more to collect each day, by column.

    Attributes
    ----------
    simulation : the engine's state. ``datacollector``: one row a day, ``service.measure`` columns.
    """

    def __init__(
        self,
        specification: Specification,
        rng: int = 0,
        replicate: int = 0,
        reporters: Mapping[str, Callable[[Any], Any]] | None = None,
    ) -> None:
        super().__init__(rng=rng)
        self.simulation = Simulation(specification, seed=rng, replicate=replicate)
        collected: dict[str, Callable[[Any], Any]] = {"date": lambda model: model.date}
        for j, service in enumerate(specification.services):
            for measure in DAILY_MEASURES:
                collected[f"{service.name}.{measure.name}"] = _reader(measure.name, j)
        self.datacollector = mesa.DataCollector(model_reporters={**collected, **(reporters or {})})
        self.running = True

    def __repr__(self) -> str:
        """Say in a line what is simulated and how far it is."""
        done, specification = self.simulation.day, self.simulation.specification
        given = sum(
            float(self.simulation.records.series("contributions", j)[:done].sum())
            for j in range(len(specification.services))
        )
        return f"CivicModel {specification.name}: day {done} of {specification.days}, {given:,.0f} contributions so far"

    __str__ = __repr__

    @property
    def date(self) -> date:
        """The last day simulated (the day before the start, before the first step)."""
        return self.simulation.specification.start + timedelta(days=self.simulation.day - 1)

    def step(self) -> None:
        """Simulate one day and collect it; ``running`` turns False after the last."""
        self.simulation.step()
        self.datacollector.collect(self)
        self.running = self.simulation.day < self.simulation.specification.days


def _reader(measure: str, service: int) -> Callable[[CivicModel], float]:
    def read(model: CivicModel) -> float:
        return float(model.simulation.records.series(measure, service)[model.simulation.day - 1])

    return read
