"""Phase 2: who hears of a service, from the media, from neighbours or from outreach; and who forgets it.

``P(unaware -> aware) = 1 - exp(-(a_j media W**omega acc + a_w min(nb/deg, 1) + outreach))``. The devoted hear first.
"""

from __future__ import annotations

from .arithmetic import exponential
from .attention import ceiling_code, passes
from .compilation import helper, kernel
from .neighbours import DEGREE
from .population import log_value
from .random_numbers import philox, uniform

__all__ = [
    "ACTIVE",
    "AWARE",
    "DEPARTED",
    "MEDIATED",
    "NOT_ADMITTED",
    "SETTLED",
    "UNAWARE",
    "UNDECIDED",
    "hear_of_services",
    "hearing_hazard",
    "start_awareness",
]

# Digital capability of who is digitally excluded and has a mediator close by (assumption: half of full capability).
MEDIATED = 0.5

# Stages of a citizen in a service. UNDECIDED: has contributed, and drop-out after it is not yet drawn. From DEPARTED on
# nobody is prompted: left for good; SETTLED: contributed once and for good; NOT_ADMITTED: may not take part.
UNAWARE, AWARE, UNDECIDED, ACTIVE, DEPARTED, SETTLED, NOT_ADMITTED = 0, 1, 2, 3, 4, 5, 6


@helper
def accessibility(digital, service):
    """Return how well the offered channels reach a person: ``dig + (1 - dig) off``; mediators reach the excluded."""
    offline = service.offline_access
    if digital <= 0.0:
        offline = max(offline, service.mediation * MEDIATED)
    return digital + (1.0 - digital) * offline


@helper
def media_hazard(citizens, i, service, shared):
    """Return the daily hazard of hearing from the media on an ordinary day."""
    digital = float(citizens[i].digital) / 255.0
    devoted = exponential(shared.launch_devotion_exponent * log_value(citizens[i].log_devotion))
    return service.awareness_rate * service.awareness_normaliser * devoted * accessibility(digital, service)


@helper
def active_neighbours(pushed, deflate):
    """Return the recent contributions per neighbour, at most 1."""
    return min(1.0, float(pushed) * deflate / DEGREE)


@helper
def hearing_hazard(citizens, involvement, j, i, service, shared, deflate):
    """Return the hazard of hearing on an ordinary day, from the media and from neighbours."""
    social = shared.word_of_mouth * active_neighbours(involvement[j, i].neighbours_active, deflate)
    return media_hazard(citizens, i, service, shared) + social


@kernel
def start_awareness(citizens, involvement, threshold, j, zone_start, services, shared, key, admission_key):
    """Draw who is admitted, who is aware on day 0, and set everybody's first ceiling; return the number of aware."""
    service = services[j]
    s = shared[0]
    aware = 0
    for i in range(zone_start[0], zone_start[zone_start.shape[0] - 1]):
        involvement[j, i].efficacy = 32768
        involvement[j, i].last = -1
        if citizens[i].eligible == 0:
            continue
        if service.admitted_share < 1.0 and uniform(admission_key, i, 0, 0) >= service.admitted_share:
            involvement[j, i].stage = NOT_ADMITTED
            continue
        digital = float(citizens[i].digital) / 255.0
        devoted = exponential(s.launch_devotion_exponent * log_value(citizens[i].log_devotion))
        share = service.initial_awareness * service.awareness_normaliser * devoted * accessibility(digital, service)
        if uniform(key, i, 0, j) < share:
            involvement[j, i].stage = AWARE
            # Looked at on the first day, when the exact chance of a prompt sets the ceiling.
            threshold[j, i] = 65535
            aware += 1
        else:
            threshold[j, i] = ceiling_code(media_hazard(citizens, i, service, s))
    return aware


@kernel
def hear_of_services(
    citizens, involvement, threshold, j, candidates, zone_start, services, shared, media, outreach, deflate, day, key
):
    """Decide exactly who of the unaware candidates hears today; return the number of newly aware.

    Shapes: ``candidates`` int32, ascending citizen numbers; ``media`` and ``outreach`` float64[zones of the chunk].
    ``deflate`` turns pushed contributions into today's.
    """
    service = services[j]
    s = shared[0]
    heard = 0
    z = 0
    for c in range(candidates.shape[0]):
        i = candidates[c]
        if involvement[j, i].stage != UNAWARE or citizens[i].eligible == 0:
            continue
        while i >= zone_start[z + 1]:
            z += 1
        steady = media_hazard(citizens, i, service, s)
        social = s.word_of_mouth * active_neighbours(involvement[j, i].neighbours_active, deflate)
        chance = 1.0 - exponential(-(steady * media[z] + social + outreach[z]))
        word, _ = philox(i, day, key)
        if passes(word, chance):
            involvement[j, i].stage = AWARE
            involvement[j, i].last = day
            involvement[j, i].refreshed = day
            threshold[j, i] = 65535
            heard += 1
        else:
            threshold[j, i] = ceiling_code(steady + social)
    return heard
