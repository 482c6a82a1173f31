"""A panel: the state of the same citizens at the end of each month or day, for who studies single histories.

Citizens are taken at equal distances by their permanent numbers, so that a panel holds people of all zones, the same in
every setting and replicate of a territory. What fades is brought up to date only when it is used, so it is not shown:
the columns hold what is exact on every day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from entraide.model.simulation import Simulation

__all__ = ["PANEL_COLUMNS", "STAGE_WORDS", "Panel", "PanelRows", "panel_table"]

# The stages of involvement, in the order of their numbers in the state.
STAGE_WORDS = ("unaware", "aware", "undecided", "active", "departed", "settled", "not admitted")
# Name -> type, unit, meaning.
PANEL_COLUMNS: dict[str, tuple[pa.DataType, str, str]] = {
    "setting": (pa.int32(), "", "number of the setting"),
    "replicate": (pa.int32(), "", "number of the replicate"),
    "citizen": (pa.int64(), "", "permanent number of the citizen; the same person in every setting and replicate"),
    "zone": (pa.string(), "", "official code of the zone"),
    "group": (pa.string(), "", "age band and diploma"),
    "service": (pa.string(), "", "name of the service"),
    "day": (pa.int32(), "d", "day of the simulation at whose end this is the state, 0 is the first"),
    "stage": (
        pa.string(),
        "",
        "unaware, aware, undecided (contributed, and may leave), active, departed, settled once for all, not admitted",
    ),
    "contributions": (pa.int64(), "contributions", "contributions so far, one per day"),
    "last": (pa.int32(), "d", "day of the last contribution, or of becoming aware; -1: neither"),
    "skill": (pa.float64(), "share", "skill"),
    "tasks": (pa.int64(), "tasks", "tasks contributed so far, in all services"),
    "credits": (pa.float64(), "h", "time credits held"),
}


@dataclass(frozen=True)
class PanelRows:
    """The panel of one run, by column."""

    columns: dict[str, NDArray[np.generic]]

    def __len__(self) -> int:
        return len(self.columns["day"])


class Panel:
    """Looks at some citizens of a simulation while it runs.

    Parameters
    ----------
    people : citizens, at most as many as there are.
    every : "month" or "day".
    """

    def __init__(self, simulation: Simulation, people: int, every: str) -> None:
        self._simulation, self._every = simulation, every
        inhabitants = simulation.inhabitants
        count = min(people, inhabitants)
        self._citizens = np.arange(count, dtype=np.int64) * inhabitants // count
        self._seen: list[dict[str, NDArray[np.generic]]] = []

    def hear(self, days: int) -> None:
        """Hear that so many days are simulated, and look if a month or the run ends with the last of them."""
        specification = self._simulation.specification
        if self._every == "month" and days < specification.days:
            last = specification.start + timedelta(days=days - 1)
            if last.month == (last + timedelta(days=1)).month:
                return
        for place in range(len(specification.services)):
            ties = self._simulation.involvement[place][self._citizens]
            people = self._simulation.citizens[self._citizens]
            self._seen.append(
                {
                    "citizen": self._citizens,
                    "service": np.full(len(people), place, np.int32),
                    "day": np.full(len(people), days - 1, np.int32),
                    "stage": ties["stage"].astype(np.int32),
                    "contributions": ties["times"].astype(np.int64),
                    "last": ties["last"].astype(np.int32),
                    "skill": ties["skill"] / 65535.0,
                    "tasks": people["reputation"].astype(np.int64),
                    "credits": people["credits"] / 60.0,
                    "group": people["group"].astype(np.int32),
                }
            )

    def rows(self, setting: int) -> PanelRows:
        """Return what was seen, by service and citizen within each day."""
        specification = self._simulation.specification
        territory = specification.territory
        joined = {name: np.concatenate([each[name] for each in self._seen]) for name in self._seen[0]}
        zone = np.searchsorted(self._simulation.zone_start, joined["citizen"], side="right") - 1
        joined["zone"] = np.array(territory.codes)[zone]
        joined["group"] = np.array(territory.groups.names)[joined["group"].astype(np.int64)]
        joined["service"] = np.array([each.name for each in specification.services])[joined["service"].astype(np.int64)]
        joined["stage"] = np.array(STAGE_WORDS)[joined["stage"].astype(np.int64)]
        joined["setting"] = np.full(len(zone), setting, np.int32)
        joined["replicate"] = np.full(len(zone), self._simulation.replicate, np.int32)
        return PanelRows(joined)


def panel_schema(about: dict[Any, Any]) -> pa.Schema:
    """Return the schema of a panel, with units and descriptions."""
    fields = [
        pa.field(name, kind, metadata={"unit": unit, "description": meaning})
        for name, (kind, unit, meaning) in PANEL_COLUMNS.items()
    ]
    return pa.schema(fields, metadata=about)


def panel_table(panels: Sequence[PanelRows], about: dict[str, str]) -> pa.Table:
    """Return the panels of some runs as one table."""
    schema = panel_schema(about)
    arrays = [pa.array(np.concatenate([each.columns[field.name] for each in panels]), field.type) for field in schema]
    return pa.table(arrays, schema=schema)
