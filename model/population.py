"""Drawing the citizens: one row per inhabitant, zone after zone, from the groups of each zone.

A citizen's permanent number is the row at birth; every draw is a function of that number, so that removing
somebody moves nobody else's characteristics.
"""

from __future__ import annotations

import math

import numpy as np

from .arithmetic import exponential, logarithm, normal_quantile
from .compilation import helper, kernel
from .random_numbers import Stream, uniform

__all__ = ["CODED_LOG", "coded_log", "draw_population", "log_value", "mean_power"]

# Resolution of logarithms stored in 16 bits: 0.05 % of the value.
CODED_LOG = 2048.0


@helper
def coded_log(value):
    """Return the 16-bit code of a logarithm (or normal score) between -16 and 16."""
    return np.int16(min(32767.0, max(-32767.0, math.floor(value * 2048.0 + 0.5))))


@helper
def log_value(code):
    """Return the logarithm that a 16-bit code stands for."""
    return float(code) / 2048.0


@helper
def _motive_code(key, i):
    """Return the 8-bit code of a citizen's gamma(shape 2, mean 1) weight of one motive."""
    product = uniform(key, i, 0, 0) * uniform(key, i, 0, 1)
    return np.uint8(min(255.0, math.floor(-16.0 * logarithm(product) + 0.5)))


@kernel
def draw_population(
    citizens, first, zone_start, cumulative_shares, can_contribute, exclusion, group_log_devotion, shared, keys
):
    """Fill the columns of the citizens of some zones.

    Shapes: ``citizens`` holds whole columns; ``zone_start`` int64[zones + 1] bounds of the zones to draw;
    ``cumulative_shares`` float64[1 or zones, G], one row for all zones or one per zone counted from ``first``;
    ``keys`` uint32[streams], in the order of Stream.
    """
    s = shared[0]
    devotion_shift = -0.5 * s.devotion_log_sd * s.devotion_log_sd
    exposure_shift = -0.5 * s.exposure_log_sd * s.exposure_log_sd
    log_median_spare = logarithm(s.spare_minutes)
    groups = can_contribute.shape[0]
    for z in range(zone_start.shape[0] - 1):
        shares = cumulative_shares[min(first + z, cumulative_shares.shape[0] - 1)]
        for i in range(zone_start[z], zone_start[z + 1]):
            u = uniform(keys[Stream.GROUP], i, 0, 0)
            g = 0
            while g < groups - 1 and u >= shares[g]:
                g += 1
            citizens[i].group = g
            citizens[i].eligible = can_contribute[g]
            z_devotion = normal_quantile(uniform(keys[Stream.DEVOTION], i, 0, 0))
            citizens[i].log_devotion = coded_log(
                s.devotion_log_sd * z_devotion + devotion_shift + group_log_devotion[g]
            )
            z_spare = normal_quantile(uniform(keys[Stream.SPARE_MINUTES], i, 0, 0))
            citizens[i].log_spare = coded_log(log_median_spare + s.spare_minutes_log_sd * z_spare)
            z_exposure = normal_quantile(uniform(keys[Stream.EXPOSURE], i, 0, 0))
            citizens[i].log_exposure = coded_log(s.exposure_log_sd * z_exposure + exposure_shift)
            citizens[i].session_length = coded_log(normal_quantile(uniform(keys[Stream.SESSION_LENGTH], i, 0, 0)))
            citizens[i].altruism = _motive_code(keys[Stream.ALTRUISM], i)
            citizens[i].pleasure = _motive_code(keys[Stream.PLEASURE], i)
            citizens[i].reputation_motive = _motive_code(keys[Stream.REPUTATION], i)
            citizens[i].currency_motive = _motive_code(keys[Stream.CURRENCY], i)
            kind = uniform(keys[Stream.COOPERATION_TYPE], i, 0, 0)
            if kind < s.share_free_riders:
                citizens[i].cooperation = 0
            elif kind < s.share_free_riders + s.share_conditional:
                citizens[i].cooperation = 1
            else:
                citizens[i].cooperation = 2
            if uniform(keys[Stream.DIGITAL], i, 0, 0) < exclusion[g]:
                citizens[i].digital = 0
            else:
                ease = 1.0 - s.digital_ease_spread * uniform(keys[Stream.DIGITAL], i, 0, 1)
                citizens[i].digital = np.uint8(math.floor(255.0 * ease + 0.5))
            citizens[i].adversary = uniform(keys[Stream.ADVERSARY], i, 0, 0) < s.adversary_share
            citizens[i].trust = 32768
            citizens[i].touched = 0


@helper
def mean_power(log_sd, exponent):
    """Return E[W**exponent] for lognormal W with mean 1."""
    return exponential(0.5 * log_sd * log_sd * exponent * (exponent - 1.0))
