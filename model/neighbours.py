"""A small world without stored links: who sees what a citizen does.

Each citizen is seen by eight others: most stand next to them in the zone's order (a ring, so that neighbours share
neighbours), the rest are anywhere in their own or a nearby zone. Both are functions of the citizen's number.

Source: Watts & Strogatz (1998), with rewiring limited to near zones.
"""

from __future__ import annotations

import numpy as np

from .compilation import helper
from .random_numbers import philox

__all__ = ["DEGREE", "neighbour"]

DEGREE = 8


@helper
def neighbour(i, slot, far, zone, zone_start, near, key):
    """Return the number of the ``slot``-th person who sees citizen ``i`` of ``zone``; may be ``i`` (nobody).

    ``far`` of the eight slots are rewired; ``near`` int32[Z, M] lists the zones they may reach.
    """
    if slot < 8 - far:
        size = zone_start[zone + 1] - zone_start[zone]
        step = slot // 2 + 1
        offset = step if slot % 2 == 0 else -step
        return zone_start[zone] + (i - zone_start[zone] + offset) % size
    word, other = philox(i, slot, key)
    place = near[zone, (np.uint64(word) * np.uint64(near.shape[1])) >> np.uint64(32)]
    size = zone_start[place + 1] - zone_start[place]
    return zone_start[place] + np.int64((np.uint64(other) * np.uint64(size)) >> np.uint64(32))
