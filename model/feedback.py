"""Phase 9: what became of a contribution, told to who made it.

After the delay of acknowledgement the contributor learns whether the contribution was used in time. Used and
acknowledged raises efficacy and trust; failure, or silence, lowers them more strongly. Who was checked may take the
check for distrust, and is then not pleased whatever became of the work. Cooperation types drift with the outcome.

What an initiative beside the public service tells counts towards trust in the administration only as far as it is
articulated with it, and against that trust as far as it works against it.
"""

from __future__ import annotations

from .arithmetic import fraction_code, fraction_value
from .awareness import DEPARTED
from .compilation import helper, kernel
from .fading import refresh_citizen, refresh_involvement
from .random_numbers import Stream, uniform

# Share of a disappointment that full openness spares (assumption).
OPENNESS_SPARES = 0.5

__all__ = ["drifted", "moved_down", "moved_up", "tell_contributors"]


@helper
def moved_up(value, step):
    """Return a bounded quantity after a success: ``x + a (1 - x)``."""
    return value + step * (1.0 - value)


@helper
def moved_down(value, step, ratio):
    """Return a bounded quantity after a failure: ``x - q a x``."""
    return value - ratio * step * value


@helper
def drifted(cooperation, pleased, draw, shared):
    """Return the cooperation type after an outcome (0 free rider, 1 conditional, 2 unconditional)."""
    if pleased:
        return cooperation + 1 if cooperation < 2 and draw < shared.drift_pleased else cooperation
    return cooperation - 1 if cooperation > 0 and draw < shared.drift_disappointed else cooperation


@kernel
def tell_contributors(
    citizens, involvement, threshold, j, contributors, zones, used_in_time, services, shared, decay, day, keys,
    annoyed, towards, against,
):  # fmt: skip
    """Tell the contributors of one past day what became of their work; return (acknowledged, pleased, left).

    ``left`` counts those found to have dropped out in the meantime.

    Shapes: ``contributors`` int32 and ``zones`` int32, one row per contribution of that day to service ``j``;
    ``used_in_time`` float64[Z], share of that day's work in the zone that was used in time. ``annoyed``: chance that a
    contributor is checked and takes it for distrust. ``towards``: share of an outcome that moves trust in the
    administration (1 for a public service); ``against``: how far each outcome also lowers it (0 for a public service).
    """
    service = services[j]
    s = shared[0]
    ratio = s.disappointment_ratio * (1.0 - OPENNESS_SPARES * service.openness)
    rise = min(1.0, s.efficacy_step * (1.0 + service.impact_shown))
    acknowledged = 0
    pleased_people = 0
    left = 0
    for c in range(contributors.shape[0]):
        i = contributors[c]
        told = uniform(keys[Stream.ACKNOWLEDGEMENT, j], i, day, 0) < service.acknowledgement_rate
        used = uniform(keys[Stream.OUTCOME, j], i, day, 0) < used_in_time[zones[c]]
        acknowledged += told
        offended = uniform(keys[Stream.OUTCOME, j], i, day, 1) < annoyed
        pleased = told and used and not offended
        pleased_people += pleased
        refresh_citizen(citizens, i, decay, day)
        trust = fraction_value(citizens[i].trust)
        if pleased:
            trust = moved_up(trust, s.trust_step * towards)
        else:
            trust = moved_down(trust, s.trust_step * towards, ratio)
        citizens[i].trust = fraction_code(moved_down(trust, s.trust_step, against))
        draw = uniform(keys[Stream.DRIFT, j], i, day, 0)
        citizens[i].cooperation = drifted(citizens[i].cooperation, pleased, draw, s)
        was_there = involvement[j, i].stage < DEPARTED
        if refresh_involvement(involvement, threshold, j, i, service, decay, day, keys[Stream.DROP_OUT, j]):
            efficacy = fraction_value(involvement[j, i].efficacy)
            if pleased:
                involvement[j, i].efficacy = fraction_code(moved_up(efficacy, rise))
            else:
                involvement[j, i].efficacy = fraction_code(moved_down(efficacy, s.efficacy_step, ratio))
        elif was_there:
            left += 1
    return acknowledged, pleased_people, left
