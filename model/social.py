"""Phase 10: those who contributed are seen by their neighbours.

Activity is pushed by the few who act, never pulled by everybody. What is pushed fades; instead of sweeping it down
each day, a contribution of day t is worth ``2**(t / half-life)`` and readers divide by today's worth. All pushes of one
day have the same worth, so their order cannot matter.
"""

from __future__ import annotations

import numpy as np

from .attention import ceiling_code
from .awareness import UNAWARE, hearing_hazard
from .compilation import kernel
from .neighbours import DEGREE, neighbour

__all__ = ["list_witnesses", "show_activity"]


@kernel
def list_witnesses(actors, zones, far, zone_start, near, key, witnesses):
    """List who sees each contribution: eight people a row; return how many in all.

    Shapes: ``actors`` int32 and ``zones`` int32, one row per contribution; ``zone_start`` int64[Z + 1] of the whole
    territory; ``witnesses`` int32 buffer of eight times the rows.
    """
    count = 0
    for c in range(actors.shape[0]):
        for slot in range(DEGREE):
            other = neighbour(np.int64(actors[c]), slot, far, np.int64(zones[c]), zone_start, near, key)
            if other != actors[c]:
                witnesses[count] = other
                count += 1
    return count


@kernel
def show_activity(citizens, involvement, threshold, j, witnesses, first, last, services, shared, worth):
    """Add one contribution seen to each witness between ``first`` and ``last`` (the owner's range of citizens).

    ``worth`` float64: what a contribution of today counts in units of day 0.
    """
    service = services[j]
    s = shared[0]
    for c in range(witnesses.shape[0]):
        i = witnesses[c]
        if i < first or i >= last or citizens[i].eligible == 0:
            continue
        seen = np.float32(float(involvement[j, i].neighbours_active) + worth)
        involvement[j, i].neighbours_active = seen
        if involvement[j, i].stage == UNAWARE:
            hazard = hearing_hazard(citizens, involvement, j, i, service, s, 1.0 / worth)
            threshold[j, i] = max(threshold[j, i], ceiling_code(hazard))
