"""Phase 4: who has left for good.

Drop-out after the n-th contribution is drawn when the person is next prompted, with the efficacy and fatigue they
have by then: whether a report was repaired weighs on whether there is a second one. Between prompts the background
rate runs.

``h = min(1, (k/n) W**-theta / E[W W**-theta] exp(-gE (eff - 1/2)) exp(gF max(0, fat - 1)))``. The mean in the
divisor is that of newcomers, who come in proportion to devotion W (mean 1).
"""

from __future__ import annotations

import numpy as np

from .arithmetic import exponential, fraction_value
from .awareness import ACTIVE, DEPARTED, UNDECIDED
from .compilation import helper, kernel
from .fading import FATIGUE, refresh_citizen, refresh_involvement
from .population import log_value
from .random_numbers import uniform

__all__ = ["decide_drop_out", "drop_out_chance"]


@helper
def drop_out_chance(first, times, log_devotion, efficacy, fatigue, shared):
    """Return the chance of leaving after the ``times``-th contribution.

    ``first`` is the drop-out of an average newcomer after the first time; ``shared`` the citizens' parameters.
    """
    theta = shared.drop_out_devotion_exponent
    exponent = (
        -theta * log_devotion
        + 0.5 * shared.devotion_log_sd * shared.devotion_log_sd * theta * (1.0 - theta)
        - shared.efficacy_drop_out * (efficacy - 0.5)
        + shared.fatigue_drop_out * max(0.0, fatigue - 1.0)
    )
    settled = times if shared.drop_out_settles > 0.0 else 1.0
    return min(1.0, first / settled * exponential(exponent))


@kernel
def decide_drop_out(citizens, involvement, threshold, j, prompted, services, shared, decay, day, key, staying):
    """Bring the prompted up to date and list those who are still there; return (how many, how many left).

    Shapes: ``prompted`` int32, ascending; ``staying`` int32 buffer at least as long; ``decay`` of decay_table.
    """
    service = services[j]
    s = shared[0]
    count = 0
    left = 0
    for c in range(prompted.shape[0]):
        i = prompted[c]
        refresh_citizen(citizens, i, decay, day)
        if service.prompt_burden > 0.0:
            load = (1.0 - decay[FATIGUE, 1]) * service.prompt_burden / s.fatigue_threshold
            citizens[i].fatigue = np.float32(float(citizens[i].fatigue) + load)
        if not refresh_involvement(involvement, threshold, j, i, service, decay, day, key):
            left += 1
            continue
        if involvement[j, i].stage == UNDECIDED:
            chance = drop_out_chance(
                service.drop_out_first,
                float(involvement[j, i].times),
                log_value(citizens[i].log_devotion),
                fraction_value(involvement[j, i].efficacy),
                float(citizens[i].fatigue),
                s,
            )
            if uniform(key, i, day, 0) < chance:
                involvement[j, i].stage = DEPARTED
                threshold[j, i] = 0
                left += 1
                continue
            involvement[j, i].stage = ACTIVE
        staying[count] = i
        count += 1
    return count, left
