"""Harness ``service``: the history of one project's contributors, by the kernels of the simulation.

With ``conditioned_on_arrivals`` the days of first contributions are given and what happens after them is simulated
(model/histories.py); without, the whole simulation runs and people arrive as the model lets them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from entraide.model.errors import InputError
from entraide.model.histories import Histories, live_histories

from .arrivals import read_arrivals
from .class_values import project_of, values_of
from .harness import Setting, harness
from .observations import History
from .supply import season_of

__all__ = ["EVERY", "SERVICE_SCALE", "histories_of", "simulate_service"]

SERVICE_SCALE: Mapping[str, str] = {
    "days": "days observed",
    "launch": "date of the first day",
    "people_pool": "people who could take part",
    "areas": "whole areas, at most 500",
    "area_people": "mean inhabitants of an area",
    "area_people_log_sd": "log standard deviation of the inhabitants of areas; 0: all of one size",
    "education_by_decile": "ten rows, most deprived areas first: shares of no diploma, CAP-BEP, baccalaureat, higher",
    "need_deprivation_slope": "needs of an area: one plus this times its deprivation above the mean",
    "observed_from": "first date observed, where the service is older",
    "reporters_by_month": "true: a reporter counts once a month and area; false: once a year",
    "acknowledged_share": "share of contributors told what became of their contribution, 0-1",
    "success_share": "share of contributions used in time, 0-1",
    "thinning": "share of rows kept, at random, 0-1",
    "month_factors": "twelve factors on prompts, January to December, mean 1",
    "supply_gaps": "days with nothing to do, or a share of it, as a factor on prompts: [[first, last, share], ...]",
    "conditioned_on_arrivals": "file with the days of first contributions; targets are then about what happens after",
}
# Not an input of cases: a fit looks at every so many-th of those who arrive, where there are many.
EVERY = "every_so_many_arrivals"
# Share of contributions used in time where a case does not observe it (assumption).
_SUCCESS = 0.6
# A stream of its own for what the observer does, apart from those of the model.
_THINNING = 0x7E11


@harness("service", History, SERVICE_SCALE)
def simulate_service(setting: Setting) -> History:
    """Return one simulated history.

    Raises
    ------
    InputError : arrivals that cannot be read, more of them than the pool has, a first day seen outside the days
        simulated, unknown class or parameter.
    """
    scale = setting.scale
    days = int(scale["days"])
    start = _date(scale.get("launch"))
    if "conditioned_on_arrivals" in scale:
        arrivals = read_arrivals(setting.folder / str(scale["conditioned_on_arrivals"]), days, start)
        history = histories_of(setting, arrivals[:: int(scale.get(EVERY, 1))], days, start)
    else:
        from .whole_service import simulate_whole

        seen_from = _date(scale.get("observed_from"))
        if seen_from is not None and (start is None or not start <= seen_from < start + timedelta(days=days)):
            allowed = "a day from launch to the last one, which needs launch" if start is None else f"from {start} on"
            raise InputError("is not a day of the case", where="observed_from", value=str(seen_from), allowed=allowed)
        history = simulate_whole(setting, days, start, seen_from)
    return _thinned(history, float(scale.get("thinning", 1.0)), setting.seed)


def histories_of(setting: Setting, arrivals: NDArray[np.int64], days: int, start: date | None) -> History:
    """Return the simulated history of people who arrive on given days."""
    scale = setting.scale
    citizens, service = project_of(setting.service_class, values_of(setting))
    every = int(scale.get(EVERY, 1))
    if "people_pool" in scale and int(scale["people_pool"]) // every < len(arrivals):
        allowed = f"{len(arrivals) * every} or more: as many arrive"
        raise InputError("is too small", where="people_pool", value=scale["people_pool"], allowed=allowed)
    lived = live_histories(
        citizens,
        service,
        arrivals,
        days,
        seed=setting.seed,
        season=season_of(scale, days, start),
        success=float(scale.get("success_share", _SUCCESS)),
        pool=int(scale["people_pool"]) // every if "people_pool" in scale else None,
    )
    return _history(lived, days, start)


def _history(lived: Histories, days: int, start: date | None) -> History:
    return History(
        person=lived.person.astype(np.int64),
        day=lived.day.astype(np.int64),
        tasks=lived.tasks.astype(np.int64),
        horizon=days,
        start=start,
        success=lived.success.astype(np.bool_),
    )


def _thinned(history: History, share: float, seed: int) -> History:
    """Return what an observer sees who keeps each task with a chance; who loses all of them was never seen."""
    if share >= 1.0:
        return history
    generator = np.random.default_rng([seed, _THINNING])
    tasks = generator.binomial(history.tasks, share)
    kept = tasks > 0
    _, person = np.unique(history.person[kept], return_inverse=True)
    return replace(
        history,
        person=person.astype(np.int64),
        day=history.day[kept],
        tasks=tasks[kept].astype(np.int64),
        zone=None if history.zone is None else history.zone[kept],
        success=None if history.success is None else history.success[kept],
    )


def _date(value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value))
