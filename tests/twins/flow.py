"""The twin of the flow: roof by roof and zone by zone, what the sun gives, who uses it, what the grid adds."""

from __future__ import annotations

import math
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from entraide.model.random_numbers import Stream

from .figures import cosine_of_turn
from .stocks import Given, Setting, in_proportion, ring

__all__ = ["FlowTwin"]


def _shared(amount: int, held: list[int]) -> list[int]:
    return in_proportion(amount, held) if sum(held) else [0] * len(held)


class FlowTwin:
    """Demand of the day, and what became of the output of each day."""

    has_agents = False
    every_day = True

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.demand = [0] * setting.zones
        self.gifts = [0] * setting.zones
        self.made: dict[int, list[int]] = {}
        self.lost: dict[int, list[int]] = {}

    def _of_people(self, zone: int, per_person: float) -> int:
        assert self.setting.place is not None
        return int(math.floor(int(self.setting.place.population[zone]) * per_person + 0.5))

    def _public(self, zone: int) -> int:
        return self._of_people(zone, self.setting.service.public_roofs / 1000.0)

    def _roofs(self, zone: int) -> int:
        early = self._of_people(zone, self.setting.service.roofs_at_start / 1000.0)
        return early + self._public(zone) + self.setting.members[zone]

    def _one_roof_today(self) -> float:
        """Return the units that one roof makes today: power, season, sky."""
        setting, service = self.setting, self.setting.service
        day_of_year = (setting.start + timedelta(days=setting.day)).timetuple().tm_yday
        season = 1.0 + service.sun_season * cosine_of_turn((day_of_year - 172.0) / 365.0)
        sun = service.sun_yield / 365.0 * season
        draws = 0.0
        for later in range(service.cloud_days):
            draws = draws + setting.chance.uniform(Stream.WEATHER, setting.j, 0, setting.day + later)
        sky = 1.0 + service.cloud_swing * (2.0 * (draws / service.cloud_days) - 1.0)
        return service.roof_power * (sun * sky) / service.unit_energy

    def arrive(self, arisen: list[int]) -> None:
        """Take in today's demand."""
        for zone, units in enumerate(arisen):
            self.setting.account.add("arisen", zone, units)
        self.demand = list(arisen)
        self.gifts = [0] * self.setting.zones
        self.made[self.setting.day] = [0] * self.setting.zones
        self.lost[self.setting.day] = [0] * self.setting.zones

    def produce(self, given: Given) -> None:
        """Use each roof's output at home, then let the community pass some of the surplus on."""
        setting = self.setting
        one_roof, surplus, room = self._one_roof_today(), [], []
        for z in range(setting.zones):
            luck = setting.chance.uniform(Stream.WEATHER, setting.j, z + 1, setting.day, 1)
            made = int(math.floor(self._roofs(z) * one_roof + luck))
            sunny_demand = int(math.floor(self.demand[z] * setting.service.daylight_share))
            at_home = min(made, sunny_demand)
            self.made[setting.day][z] = made
            surplus.append(made - at_home)
            room.append(sunny_demand - at_home)
            self.demand[z] -= at_home
            setting.account.add("delivered_by_citizens", z, at_home)
        passed_on = min(int(setting.service.surplus_shared * sum(surplus)), sum(room))
        self.gifts = _shared(passed_on, room)
        for z, sent in enumerate(_shared(passed_on, surplus)):
            self.lost[setting.day][z] = surplus[z] - sent
            self.demand[z] -= self.gifts[z]
            setting.account.add("delivered_by_citizens", z, self.gifts[z])

    def _grid(self, capacity: int) -> None:
        for zones in (self.setting.floor_first, range(self.setting.zones)):
            asked = [units if z in zones else 0 for z, units in enumerate(self.demand)]
            for z, units in enumerate(_shared(min(capacity, sum(asked)), asked)):
                self.demand[z] -= units
                capacity -= units
                self.setting.account.add("delivered_by_staff", z, units)

    def backstop(self, capacity: int, youngest: int) -> None:
        """Let the grid meet what it can."""
        self._grid(capacity)

    def staff_only(self, capacity: int, detection: float, lag: int, error: float) -> None:
        """Let the grid alone meet what it can."""
        self._grid(capacity)

    def settle(self) -> None:
        """Count the day's demand as due; what nobody met is imported in an emergency."""
        account = self.setting.account
        for z, missing in enumerate(self.demand):
            account.add("due", z, account.of("arisen")[z])
            account.add("in_time", z, account.of("arisen")[z] - missing)
            account.add("lapsed", z, missing)
        self.demand = [0] * self.setting.zones

    def waiting(self) -> list[int]:
        """Return the demand of today that nothing has met yet."""
        return list(self.demand)

    def pull(self) -> list[float]:
        """Return how strongly each zone's people are prompted tomorrow."""
        return [1.0] * self.setting.zones

    def publish(self, activity: float) -> list[float]:
        """Return the share of roofs that are seen with panels."""
        shares = []
        for z in range(self.setting.zones):
            suitable = max(1, self._of_people(z, self.setting.service.admitted_share))
            shares.append(min(1.0, self._roofs(z) / (suitable + self._public(z))))
        return shares

    def costs(self) -> dict[str, float]:
        """Return what public roofs and sharing cost today."""
        service = self.setting.service
        public = sum(self._public(z) for z in range(self.setting.zones)) * service.public_roof_cost / 365.0
        return {"cost_platform": public + sum(self.gifts) * service.sharing_unit_cost}

    def used_in_time(self, past: int) -> list[float]:
        """Return the share of a day's output that was not lost."""
        pairs = zip(self.lost[past], self.made[past], strict=True)
        return [1.0 - lost / max(1, made) for lost, made in pairs]

    def columns(self) -> dict[str, NDArray[np.generic]]:
        """Return the engine's columns as this twin would fill them."""
        day, zones = self.setting.day, self.setting.zones
        days = int(self.setting.service.acknowledgement_delay) + 1
        return {
            "open_demand": np.array(self.demand),
            "made": ring(self.made, day, days, zones),
            "lost": ring(self.lost, day, days, zones),
            "shared": np.array(self.gifts),
        }
