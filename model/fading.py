"""What fades, brought up to date when somebody is looked at.

Nothing is swept daily for the sake of fading: every fading quantity has a closed form over the days since it was last
touched, read from a table of the share left.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .arithmetic import exponential, fraction_code, fraction_value
from .awareness import ACTIVE, DEPARTED, UNDECIDED
from .compilation import helper, kernel
from .random_numbers import uniform

__all__ = ["FADING", "acculturation", "decay_table", "refresh_citizen", "refresh_involvement"]

# Rows of the decay table, and the citizens' parameter that holds each half-life.
SATIATION, HABIT, EFFICACY, TRUST, FATIGUE, CROWDING, AWARENESS = 0, 1, 2, 3, 4, 5, 6
# One more row: the trust, by day, of who had the level of the first day and was never told anything; one half unless
# citizens are acculturated. The distance to it fades with the half-life of trust, however seldom somebody is looked at.
TRUST_LEVEL = 7
FADING = (
    "satiation_days",
    "habit_half_life",
    "efficacy_half_life",
    "trust_half_life",
    "fatigue_half_life",
    "crowding_half_life",
    "awareness_half_life",
)
_LOG_TWO = 0.6931471805599453


@kernel
def fill_share_left(rate, share):
    """Fill ``share``, float64[days], with what is left after 0, 1, 2, ... days at a rate per day."""
    for day in range(share.shape[0]):
        share[day] = exponential(-rate * day)


def _share_left(rate: float, days: int) -> NDArray[np.float64]:
    share = np.empty(days + 2)
    fill_share_left(rate, share)
    return share


def decay_table(citizens_parameters: NDArray[np.void], days: int) -> NDArray[np.float64]:
    """Return the share left after 0, 1, 2, ... days of each fading quantity.

    Shapes: float64[len(FADING) + 1, days + 2]. The last row is the trust that everybody moves towards, by day.
    Satiation is given as an e-folding time, the others as half-lives.
    """
    table = np.empty((len(FADING) + 1, days + 2))
    for row, name in enumerate(FADING):
        rate = (1.0 if name == "satiation_days" else _LOG_TWO) / float(citizens_parameters[0][name])
        fill_share_left(rate, table[row])
    table[TRUST_LEVEL] = _trust_level(citizens_parameters[0], days)
    return table


def _trust_level(shared: Any, days: int) -> NDArray[np.float64]:
    """Return the trust that follows a level rising as ``1 - exp(-rate day)``, from the level of the first day on.

    Solves ``x' = -fading (x - level)`` for ``level = 0.5 + rise (1 - exp(-rate day))``.
    """
    rise = float(shared["acculturation_trust"]) * float(shared["acculturation_citizens"])
    fading = _LOG_TWO / float(shared["trust_half_life"])
    rate = _LOG_TWO / float(shared["acculturation_half_life"])
    if abs(fading - rate) < 1e-6 * fading:
        # Two equal rates divide by zero; a millionth apart they tell the same trust.
        rate = fading * (1.0 + 1e-6)
    lag = fading / (fading - rate)
    return np.asarray(0.5 + rise * (1.0 - lag * _share_left(rate, days) + (lag - 1.0) * _share_left(fading, days)))


def acculturation(shared: Any, effort: str | float, days: int) -> NDArray[np.float64]:
    """Return by day how far an effort of acculturation has taken hold, 0-1; float64[days + 2].

    ``effort``: 0-1, or the name of the citizens' parameter that holds it.
    """
    full = float(shared[effort]) if isinstance(effort, str) else effort
    rate = _LOG_TWO / float(shared["acculturation_half_life"])
    return full * (1.0 - _share_left(rate, days))


@helper
def refresh_citizen(citizens, i, decay, day):
    """Let trust, crowding-out and fatigue of a citizen fade to today."""
    elapsed = day - citizens[i].touched
    if elapsed > 0:
        trust = fraction_value(citizens[i].trust)
        before = decay[TRUST_LEVEL, citizens[i].touched]
        citizens[i].trust = fraction_code(decay[TRUST_LEVEL, day] + (trust - before) * decay[TRUST, elapsed])
        citizens[i].crowding = fraction_code(fraction_value(citizens[i].crowding) * decay[CROWDING, elapsed])
        citizens[i].fatigue = np.float32(float(citizens[i].fatigue) * decay[FATIGUE, elapsed])
        citizens[i].touched = day


@helper
def refresh_involvement(involvement, threshold, j, i, service, decay, day, key):
    """Let satiation, habit and efficacy fade to today, and the background drop-out run; return whether still there.

    The background rate has no memory, so it may be drawn whenever somebody is looked at, over the days since.
    """
    stage = involvement[j, i].stage
    if stage >= DEPARTED:
        return False
    if stage != UNDECIDED and stage != ACTIVE:
        return True
    elapsed = day - involvement[j, i].refreshed
    if elapsed > 0:
        involvement[j, i].satiation = np.float32(float(involvement[j, i].satiation) * decay[SATIATION, elapsed])
        involvement[j, i].habit = fraction_code(fraction_value(involvement[j, i].habit) * decay[HABIT, elapsed])
        efficacy = fraction_value(involvement[j, i].efficacy)
        involvement[j, i].efficacy = fraction_code(0.5 + (efficacy - 0.5) * decay[EFFICACY, elapsed])
        involvement[j, i].refreshed = day
        stays = exponential(-service.departure_rate * elapsed / 365.0)
        if uniform(key, i, day, 1) >= stays:
            involvement[j, i].stage = DEPARTED
            threshold[j, i] = 0
            return False
    return True
