"""Where a service is heard of: in some places more than in others, and less where people are poorer if so assumed."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .arithmetic import exponential, normal_quantile
from .random_numbers import uniform
from .territory import Territory

__all__ = ["hearing_by_zone"]

# Apart from the days, which the same stream numbers under 0.
_PLACES = 1


def hearing_by_zone(service: Any, territory: Territory, key: np.uint32) -> NDArray[np.float64]:
    """Return by zone the factor on hearing from the media; its mean over inhabitants is 1.

    Lognormal between zones, times one minus the slope times the zone's deprivation above the mean where it is known.

    Shapes: float64[Z]; exactly 1 everywhere with both parameters at 0.
    """
    spread, slope = float(service["hearing_zone_log_sd"]), float(service["hearing_deprivation_slope"])
    factor = np.ones(territory.zones)
    if spread > 0.0:
        for zone in range(territory.zones):
            factor[zone] = exponential(spread * normal_quantile(uniform(key, zone, 0, _PLACES)))
    if slope > 0.0 and territory.deprivation is not None:
        mean = float((territory.population * territory.deprivation).sum() / territory.inhabitants)
        factor *= np.maximum(0.0, 1.0 - slope * (territory.deprivation - mean))
    if spread == 0.0 and (slope == 0.0 or territory.deprivation is None):
        return factor
    return np.asarray(factor * territory.inhabitants / float((factor * territory.population).sum()))
