"""Harness ``badge-question``: people about to earn a badge, and the same people were there none; how fast each goes.

A twin simulation on the same random numbers would not do: once one contribution differs, all that follows does, and
who earned a badge is who was busy, whatever they thought of it. So chances are set side by side, not what came of them:
prompts and spare time are the same in both worlds, and the pace of the last tasks goes with the chance of answering.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from entraide.model.arithmetic import logistic
from entraide.model.compilation import kernel
from entraide.model.errors import InputError
from entraide.model.histories import wait_for_first
from entraide.model.motives import belonging, reputation_value
from entraide.model.population import log_value
from entraide.model.random_numbers import Stream

from .harness import Setting, harness
from .observations import PriceAnswers
from .people import draw_people, effort_of_asking, own_motives

__all__ = ["BADGE_SCALE", "simulate_badges"]

BADGE_SCALE: Mapping[str, str] = {
    "people": "people who are about to earn the badge",
    "last_tasks": "tasks before the badge over which the pace is looked at; 10 where not said",
}
# People drawn for each who earns a badge; those who would come first do, as in histories.
_DRAWN_PER_PERSON = 8
# Half of the need is unmet where the intercept of the decision is calibrated.
_NEED = 0.5


@harness("badge-question", PriceAnswers, BADGE_SCALE)
def simulate_badges(setting: Setting) -> PriceAnswers:
    """Return the pace of each person over the last tasks, without the badge (price 0) and with it (price 1).

    The pace is in answers for each prompt that finds the time.

    Raises
    ------
    InputError : nobody, or no task before the badge.
    """
    number, last = int(setting.scale["people"]), int(setting.scale.get("last_tasks", 10))
    for name, value in (("people", number), ("last_tasks", last)):
        if value < 1:
            raise InputError("is too few", where=name, value=value, allowed="1 or more")
    people = draw_people(setting, _DRAWN_PER_PERSON * number)
    waiting = np.empty(len(people.citizens))
    wait_for_first(people.citizens, people.services, people.shared, people.keys[Stream.ARRIVAL, 0], waiting)
    earners = np.ascontiguousarray(people.citizens[np.argsort(waiting, kind="stable")[:number]])
    pace = np.empty((2, number))
    pace_before_badge(earners, people.services, people.shared, effort_of_asking(people), last, pace)
    return PriceAnswers(price=np.repeat([0.0, 1.0], number), answer=pace.ravel())


@kernel
def pace_before_badge(citizens, services, shared_record, effort_felt, last, pace):
    """Fill in the pace over the ``last`` tasks before a badge, without it and with it; ``pace`` float64[2, N].

    Each task waits for a prompt that is answered, so the pace is the number of tasks over the sum of the waits.
    """
    service = services[0]
    shared = shared_record[0]
    for i in range(citizens.shape[0]):
        utility = (
            service.intercept
            + log_value(citizens[i].log_devotion)
            + own_motives(citizens, i, service, shared, _NEED)
            + belonging(citizens[i].cooperation, 0.0, 0.0, shared)
            - shared.effort_weight * effort_felt
        )
        seen = reputation_value(service.reputation_visibility, 0.0, 0.0, shared.badge_bonus, shared.badge_scale)
        wait = 0.0
        for gap in range(1, last + 1):
            nearing = reputation_value(
                service.reputation_visibility, 1.0, float(gap), shared.badge_bonus, shared.badge_scale
            )
            pull = shared.reputation_weight * (float(citizens[i].reputation_motive) / 32.0) * (nearing - seen)
            wait += 1.0 / logistic(utility + pull)
        pace[0, i] = logistic(utility)
        pace[1, i] = last / wait
