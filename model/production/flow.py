"""Electricity from residents' roofs: adopted once, it flows with the sun, and the grid stands behind it.

A unit of demand arises in a zone and is due on the very day. Roofs make what the season and the day's sky allow; a zone
uses of it what its demand can take while the sun shines; an energy community may give the rest to other zones. What is
still missing comes from the grid, up to its capacity. What then is missing is imported in an emergency: it lapses.

The sky is the same over the whole territory. It is a moving average of independent draws, so that a dull day follows a
dull day more often than not, and yet it is a pure function of the day.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..arithmetic import cosine_of_turn
from ..columns import Column
from ..compilation import kernel
from ..parameters import Value
from ..random_numbers import Stream, uniform
from ..territory import Territory
from .contract import Contributions, ProductionKind, ServiceDay

__all__ = ["Flow"]

# Day of the year with the most sun, 21 June.
_SOLSTICE = 172.0

_COLUMNS = (
    Column("open_demand", "int64", "zone", "units", 0, 2**62, "demand of today that nothing has met yet"),
    Column("made", "int64", "day x zone", "units", 0, 2**62, "output of the zone's roofs on the day"),
    Column("lost", "int64", "day x zone", "units", 0, 2**62, "output of the day that nobody could use"),
    Column("shared", "int64", "zone", "units", 0, 2**62, "units that other zones' roofs gave to the zone today"),
)


@dataclass(frozen=True)
class FlowTables:
    """What does not change: ``sun`` float64[days], kWh per kW on a day of mean sky; int64[Z] roofs, by whose they are.

    ``suitable``: roofs that could carry panels, one for each person who is admitted.
    """

    sun: NDArray[np.float64]
    early: NDArray[np.int64]
    public: NDArray[np.int64]
    suitable: NDArray[np.int64]


@kernel
def _sky(swing, memory, day, key):
    """Return today's output over that of a mean sky: 1 plus a moving average of draws between -swing and swing."""
    total = 0.0
    for back in range(memory):
        total += uniform(key, 0, day + back, 0)
    return 1.0 + swing * (2.0 * (total / memory) - 1.0)


@kernel
def _make(roofs, units_per_roof, day, key, made):
    """Fill ``made`` int64[Z] with whole units; the part of a unit is rounded up or down by chance, so none is lost."""
    for z in range(roofs.shape[0]):
        made[z] = np.int64(math.floor(roofs[z] * units_per_roof + uniform(key, z + 1, day, 1)))


@kernel
def _use_at_home(made, demand, daylight, used, room, surplus):
    """Let each zone use its own roofs' output; all int64[Z].

    ``used`` is what it took, ``room`` what it could still take while the sun shines, ``surplus`` what it left.
    """
    for z in range(made.shape[0]):
        most = np.int64(math.floor(demand[z] * daylight))
        used[z] = min(made[z], most)
        room[z] = most - used[z]
        surplus[z] = made[z] - used[z]


@kernel
def _share_out(amount, held, shares):
    """Fill ``shares`` int64[Z] with ``amount`` in proportion to ``held`` int64[Z], in whole numbers that add up."""
    total = 0
    for z in range(held.shape[0]):
        total += held[z]
    seen = 0
    given = 0
    for z in range(held.shape[0]):
        shares[z] = 0
        if total > 0:
            seen += held[z]
            shares[z] = amount * seen // total - given
            given += shares[z]


class Flow(ProductionKind):
    """Roofs that were adopted once, weather, grid; see the module."""

    name = "flow"
    every_day = True
    has_quality_norm = False
    columns = _COLUMNS

    def prepare(
        self, parameters: Any, own: Mapping[str, Value], territory: Territory, start: date, days: int
    ) -> FlowTables:
        a_day = float(own["sun_yield"]) / 365.0
        sun = np.empty(days)
        for t in range(days):
            turn = ((start + timedelta(days=t)).timetuple().tm_yday - _SOLSTICE) / 365.0
            sun[t] = a_day * (1.0 + float(own["sun_season"]) * cosine_of_turn(turn))
        people = territory.population.astype(np.float64)

        def whole(per_person: float, least: int) -> NDArray[np.int64]:
            return np.maximum(least, np.floor(people * per_person + 0.5).astype(np.int64))

        early = whole(float(own["roofs_at_start"]) / 1000.0, 0)
        public = whole(float(own["public_roofs"]) / 1000.0, 0)
        return FlowTables(sun, early, public, whole(float(parameters["admitted_share"]), 1))

    def arrive(self, today: ServiceDay, arisen: NDArray[np.int64]) -> None:
        today.account.arisen += arisen
        today.state["open_demand"][:] = arisen
        ring = today.day % len(today.state["made"])
        today.state["made"][ring] = 0
        today.state["lost"][ring] = 0
        today.state["shared"][:] = 0

    def _roofs(self, today: ServiceDay) -> NDArray[np.int64]:
        return np.asarray(today.tables.early + today.tables.public + today.members)

    def produce(self, today: ServiceDay, given: Contributions) -> None:
        state, own, zones = today.state, today.own, len(today.account.due)
        sky = _sky(float(own["cloud_swing"]), int(own["cloud_days"]), today.day, today.keys[Stream.WEATHER])
        per_roof = float(own["roof_power"]) * (today.tables.sun[today.day] * sky) / float(own["unit_energy"])
        made, used, room, surplus, gifts, gifted = (np.zeros(zones, np.int64) for _ in range(6))
        _make(self._roofs(today), per_roof, today.day, today.keys[Stream.WEATHER], made)
        _use_at_home(made, state["open_demand"], float(own["daylight_share"]), used, room, surplus)
        pool = int(float(own["surplus_shared"]) * int(surplus.sum()))
        passed_on = min(pool, int(room.sum()))
        _share_out(passed_on, room, gifts)
        _share_out(passed_on, surplus, gifted)
        ring = today.day % len(state["made"])
        state["made"][ring] = made
        state["lost"][ring] = surplus - gifted
        state["shared"][:] = gifts
        state["open_demand"] -= used + gifts
        today.account.delivered_by_citizens += used + gifts

    def backstop(self, today: ServiceDay, capacity: int, youngest: int) -> None:
        # Demand of today can be met today or never: the grid does not wait, whatever age is asked of other needs.
        self._take_from_grid(today, capacity)

    def staff_only(self, today: ServiceDay, capacity: int, detection: float, lag: int, error: float) -> None:
        self._take_from_grid(today, capacity)

    def _take_from_grid(self, today: ServiceDay, capacity: int) -> None:
        demand = today.state["open_demand"]
        for chosen in (today.floor_first, None):
            asked = demand.copy() if chosen is None else np.where(chosen, demand, 0)
            taken = np.zeros(len(demand), np.int64)
            _share_out(min(capacity, int(asked.sum())), asked, taken)
            demand -= taken
            capacity -= int(taken.sum())
            today.account.delivered_by_staff += taken

    def settle(self, today: ServiceDay) -> None:
        account, demand = today.account, today.state["open_demand"]
        account.due += account.arisen
        account.in_time += account.arisen - demand
        account.lapsed += demand
        demand[:] = 0

    def waiting(self, state: dict[str, NDArray[Any]]) -> NDArray[np.int64]:
        return np.array(state["open_demand"], np.int64)

    def pull(self, today: ServiceDay) -> NDArray[np.float64]:
        # A bill comes every month and the sun shines for everybody: the wish to adopt does not hang on a shortage.
        return np.ones(today.territory.zones)

    def publish(self, today: ServiceDay, activity: float) -> NDArray[np.float64]:
        """Return the share of the zone's suitable roofs, and public ones, that are seen with panels."""
        roofs = self._roofs(today)
        return np.asarray(np.minimum(1.0, roofs / (today.tables.suitable + today.tables.public)))

    def costs(self, today: ServiceDay) -> Mapping[str, float]:
        public = int(today.tables.public.sum()) * float(today.own["public_roof_cost"]) / 365.0
        return {"cost_platform": public + int(today.state["shared"].sum()) * float(today.own["sharing_unit_cost"])}

    def used_in_time(self, today: ServiceDay, past_day: int) -> NDArray[np.float64]:
        ring = past_day % len(today.state["made"])
        return np.asarray(1.0 - today.state["lost"][ring] / np.maximum(1, today.state["made"][ring]), np.float64)
