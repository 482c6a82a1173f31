"""Who is looked at today: the one sweep over everybody.

Each citizen keeps, per service, a 16-bit ceiling of today's chance of hearing about the service or of being
prompted. The sweep compares it with the upper half of the citizen's draw of the day; the few who pass are looked at
exactly, with the same draw, by the phases that follow. Nobody who would hear or be prompted is ever missed, since a
ceiling is raised the moment a chance rises.
"""

from __future__ import annotations

import math

import numpy as np

from .compilation import helper, kernel
from .random_numbers import philox

__all__ = ["ceiling_code", "find_candidates", "passes"]

_BLOCK = 1024


@helper
def ceiling_code(chance):
    """Return the 16-bit ceiling of a chance; 0 only for chance 0."""
    if chance <= 0.0:
        return np.uint16(0)
    return np.uint16(min(65535.0, math.floor(chance * 65536.0) + 1.0))


@helper
def passes(word, chance):
    """Return whether a 32-bit draw falls under a chance."""
    return float(word) < chance * 4294967296.0


@kernel
def find_candidates(threshold, zone_start, scale, added, day, key, found):
    """List the citizens whose draw of the day lies under their ceiling, in order; return how many.

    Shapes: ``threshold`` uint16[N] of one service; ``zone_start`` int64[zones + 1] bounds of the zones to sweep;
    ``scale`` float64[zones], factor of the ceilings today; ``added`` float64[zones], chance added to everybody's;
    ``found`` int32 buffer, large enough.
    """
    count = 0
    hit = np.empty(_BLOCK, np.uint8)
    high = np.uint32(day)
    for z in range(zone_start.shape[0] - 1):
        factor = np.uint32(min(65535.0, math.ceil(scale[z] * 256.0)))
        extra = np.uint32(math.ceil(min(1.0, added[z]) * 65536.0))
        if factor == 0 and extra == 0:
            continue
        # A ceiling that is scaled may lose its last bit; one more keeps it a ceiling.
        if factor != 256:
            extra += np.uint32(1)
        for lo in range(zone_start[z], zone_start[z + 1], _BLOCK):
            block = threshold[lo : min(lo + _BLOCK, zone_start[z + 1])]
            base = np.uint32(lo)
            for k in range(block.shape[0]):
                word, _ = philox(base + np.uint32(k), high, key)
                limit = ((np.uint32(block[k]) * factor) >> np.uint32(8)) + extra
                # 65,535 is the largest code: a hazard that large may still be certain after it is scaled down.
                hit[k] = ((word >> np.uint32(16)) < limit) | (limit >= np.uint32(65535)) | (block[k] == 65535)
            for k in range(block.shape[0]):
                if hit[k]:
                    found[count] = lo + k
                    count += 1
    return count
