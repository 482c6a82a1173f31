"""The model for Mesa's ``batch_run``: keyword arguments in, measures of each day and of the whole run out."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from entraide.model.errors import InputError
from entraide.model.mesa_model import CivicModel
from entraide.model.parameters import Value
from entraide.scenarios.changing import with_changes
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.scenario import Scenario

from ..batch.one_run import Work, measured
from ..batch.outputs import Column, measured_columns
from ..elsewhere import elsewhere
from ..measures import years_begun
from ..runner import check_numbers

__all__ = ["ServiceModel"]


class ServiceModel(CivicModel):
    """A scenario with some values changed, as a Mesa model; one step is one day.

    Values that nothing states are the presets of the services' classes. ``batch_run`` repeats equal arguments
    ``iterations`` times without telling the model so, and would get the same run each time: leave ``iterations`` at 1
    and vary ``replicate``. Replicates of one number meet the same chance whatever the other arguments are, so that
    differences are paired.

    Parameters
    ----------
    scenario : name of a scenario of the package, or path of a scenario file.
    territory : another one than the scenario's, as ``--territory``: "department:35", "Rhône", "zones.csv", ...
    days : days to simulate instead of the scenario's.
    seed, replicate : fix every random number.
    changes : values by key as ``--set``, e.g. ``acknowledgement_rate=0.9``; a key with a dot by ``**{"key": value}``.

    Attributes
    ----------
    datacollector : one row a day, ``service.measure`` of the day, and in the last row ``run.NAME``, what the whole run
        measured, None before: ``run.service.continuity`` (1 where the norm was broken),
        ``run.service.continuity_margin``, ``run.cost`` (EUR a year), ...

    Raises
    ------
    InputError : unknown scenario, territory or key; a value or a number that cannot be used.
    """

    def __init__(
        self,
        scenario: str = "urban-reports",
        territory: str | None = None,
        days: int | None = None,
        seed: int = 0,
        replicate: int = 0,
        **changes: Value,
    ) -> None:
        check_numbers(seed=seed)
        if isinstance(replicate, bool) or not isinstance(replicate, int | np.integer) or replicate < 0:
            raise InputError("cannot be used", where="replicate", value=replicate, allowed="a whole number from 0 on")
        loaded = _loaded(str(scenario), territory, days)
        self.scenario = with_changes(loaded, changes) if changes else loaded
        super().__init__(
            self.scenario.specification(),
            rng=int(seed),
            replicate=int(replicate),
            reporters={f"run.{each.name}": _reader(each.name) for each in self._columns()},
        )
        self._of_the_run: dict[str, float] = {}

    def of_the_run(self) -> dict[str, float]:
        """Return what the whole run measured, by column; empty before its last day."""
        specification = self.simulation.specification
        if not self._of_the_run and self.simulation.day == specification.days:
            work = Work(self.scenario, several_years=self._several_years)
            self._of_the_run = measured(work, self.simulation.outcome(), specification)
        return self._of_the_run

    @property
    def _several_years(self) -> bool:
        return years_begun(self.scenario.days) > 1

    def _columns(self) -> tuple[Column, ...]:
        return measured_columns((self.scenario,), several_years=self._several_years)


@lru_cache(maxsize=8)
def _loaded(name: str, territory: str | None, days: int | None) -> Scenario:
    scenario = load_scenario(name, days=days)
    return scenario if territory is None else elsewhere(scenario, territory)


def _reader(name: str) -> Callable[[Any], float | None]:
    def read(model: ServiceModel) -> float | None:
        return model.of_the_run().get(name)

    return read
