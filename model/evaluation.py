"""Evaluation: what was measured since the last one sets the size of the last resort until the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .simulation import Simulation

__all__ = ["evaluate"]

# Enlarged by a quarter where the norm is missed, reduced by a tenth where it is exceeded by ten points (assumption).
_LARGER, _SMALLER, _MARGIN = 1.25, 0.9, 0.1
_LEAST, _MOST = 0.25, 4.0


def evaluate(simulation: Simulation, j: int) -> None:
    """Compare the service since the last evaluation with its norm, on the days on which that is done."""
    service, day = simulation.service_records[j], simulation.day
    interval = int(service["evaluation_days"])
    if interval <= 0 or day == 0 or day % interval:
        return
    simulation.records.add("cost_design", day, j, float(service["evaluation_unit_cost"]))
    since = slice(day - interval, day)
    due = float(simulation.records.series("due", j)[since].sum())
    in_time = float(simulation.records.series("in_time", j)[since].sum())
    if due <= 0.0:
        return
    norm, scale = float(service["norm_share_in_time"]), float(simulation.zone_state["backstop_scale"][j])
    if in_time < norm * due:
        scale = min(_MOST, scale * _LARGER)
    elif in_time >= (norm + _MARGIN) * due:
        scale = max(_LEAST, scale * _SMALLER)
    simulation.zone_state["backstop_scale"][j] = scale
