"""Phase 3: who is prompted today.

``P(prompt) = 1 - exp(-(p_j tau**-g boost + p0))`` with tau the days since the last session, or since awareness for
who never tried. Where the need itself prompts, p_j is multiplied by the person's exposure and by how many needs are
open in the zone.
"""

from __future__ import annotations

from .arithmetic import exponential
from .attention import ceiling_code, passes
from .awareness import AWARE, DEPARTED, UNAWARE, hearing_hazard
from .compilation import helper, kernel
from .population import log_value
from .random_numbers import philox, uniform

__all__ = ["SILENT_AFTER", "deliver_prompts", "prompt_bound", "prompt_rate", "raise_ceilings"]

# Days without a contribution after which reminders are sent.
SILENT_AFTER = 30


@helper
def prompt_rate(citizens, involvement, j, i, service, shared, fading, elapsed, factor):
    """Return the hazard of a prompt ``elapsed`` days after the last session or awareness.

    ``fading`` float64[services, days]: tau**-g by days elapsed; ``factor`` is the zone's.
    """
    rate = service.prompt_rate * fading[j, elapsed]
    if service.need_prompted > 0.0:
        rate *= exponential(log_value(citizens[i].log_exposure))
    if involvement[j, i].stage == AWARE:
        return (rate + shared.prompt_floor_new) * service.prompt_boost * factor
    planned = service.scheduled_rate
    if elapsed >= SILENT_AFTER:
        planned += service.reminder_rate
    return ((rate + shared.prompt_floor_active) * service.prompt_boost + planned) * factor


@helper
def prompt_bound(citizens, involvement, j, i, service, shared, fading, elapsed):
    """Return a bound of the hazard on this day and all later ones: prompts fade, but reminders are still to come."""
    bound = prompt_rate(citizens, involvement, j, i, service, shared, fading, elapsed, 1.0)
    if involvement[j, i].stage != AWARE and elapsed < SILENT_AFTER:
        bound += service.reminder_rate
    return bound


@kernel
def deliver_prompts(
    citizens, involvement, threshold, j, candidates, zone_start, services, shared, fading, forgetting, factor,
    deflate, day, key,
    forget_key, prompted,
):  # fmt: skip
    """Decide exactly who of the aware candidates is prompted today, and list them in order.

    Who has never tried may have forgotten the service since they were last looked at. Ceilings are set to the
    chance of today, which bounds later days because prompts fade.

    Shapes: ``factor`` float64[zones of the chunk]; ``forgetting`` float64[days], share still aware after so many
    days; ``prompted`` int32 buffer. Returns (number prompted, number who forgot, number reminded after a long silence).
    """
    service = services[j]
    s = shared[0]
    count = 0
    forgot = 0
    silent = 0
    z = 0
    for c in range(candidates.shape[0]):
        i = candidates[c]
        stage = involvement[j, i].stage
        if stage == UNAWARE or stage >= DEPARTED or involvement[j, i].last >= day:
            continue
        if stage == AWARE:
            kept = forgetting[day - involvement[j, i].refreshed]
            involvement[j, i].refreshed = day
            if uniform(forget_key, i, day, 0) >= kept:
                involvement[j, i].stage = UNAWARE
                threshold[j, i] = ceiling_code(hearing_hazard(citizens, involvement, j, i, service, s, deflate))
                forgot += 1
                continue
        while i >= zone_start[z + 1]:
            z += 1
        elapsed = day - involvement[j, i].last
        steady = prompt_rate(citizens, involvement, j, i, service, s, fading, elapsed, 1.0)
        threshold[j, i] = ceiling_code(prompt_bound(citizens, involvement, j, i, service, s, fading, elapsed))
        word, _ = philox(i, day, key)
        if passes(word, 1.0 - exponential(-steady * factor[z])):
            prompted[count] = i
            count += 1
            if stage != AWARE and elapsed >= SILENT_AFTER:
                # Which of the causes of a prompt it was: the reminder, with its share of the hazard.
                silent += uniform(forget_key, i, day, 1) * steady < service.reminder_rate
    return count, forgot, silent


@kernel
def raise_ceilings(citizens, involvement, threshold, j, services, shared, fading, deflate, day):
    """Raise to today's chances the ceilings that were set under other parameters; the others stay as they are.

    ``day`` is the next to be lived, ``deflate`` that of the day before it, which bounds it.
    """
    service = services[j]
    s = shared[0]
    for i in range(citizens.shape[0]):
        stage = involvement[j, i].stage
        if citizens[i].eligible == 0 or stage >= DEPARTED:
            continue
        if stage == UNAWARE:
            hazard = hearing_hazard(citizens, involvement, j, i, service, s, deflate)
        else:
            elapsed = day - involvement[j, i].last
            hazard = prompt_bound(citizens, involvement, j, i, service, s, fading, elapsed)
        threshold[j, i] = max(threshold[j, i], ceiling_code(hazard))
