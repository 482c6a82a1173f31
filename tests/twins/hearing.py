"""Awareness, prompts and who is looked at, one person at a time."""

from __future__ import annotations

import math
from types import SimpleNamespace

from entraide.model.random_numbers import Stream
from entraide.model.territory import Territory

from .chance import Chance
from .figures import exponential, logarithm, normal_quantile, share_left
from .people import AWARE, DEPARTED, NOT_ADMITTED, SETTLED, UNAWARE, Person, Tie, born

__all__ = [
    "active_share",
    "can_be_prompted",
    "can_hear",
    "ceiling",
    "forgets",
    "heard_of_in_zones",
    "hearing_chance",
    "highest_hazard",
    "inhabitants",
    "is_looked_at",
    "media_hazard",
    "prompt_hazard",
    "social_hazard",
]


def ceiling(hazard: float) -> int:
    """Return the 16-bit ceiling of a chance: above it, or all ones for certainty."""
    return 0 if hazard <= 0.0 else min(65535, math.floor(hazard * 65536.0) + 1)


def reach(person: Person, service: SimpleNamespace) -> float:
    """Return acc = dig + (1 - dig) off, off being that of the best of what is offered beside the app alone."""
    off = max(
        service.phone_access if service.phone_offered else 0.0,
        service.desk_access if service.desk_offered else 0.0,
        service.mediation * 0.5 if person.ease <= 0.0 else 0.0,
    )
    return person.ease + (1.0 - person.ease) * off


def relative_devotion(person: Person, people: SimpleNamespace) -> tuple[float, float]:
    """Return 1 / E[W**omega] and W**omega: the devoted hear first, with no more people hearing in all."""
    omega, sigma = people.launch_devotion_exponent, people.devotion_log_sd
    mean = exponential(0.5 * sigma * sigma * omega * (omega - 1.0))
    return 1.0 / mean, exponential(omega * person.devotion)


def media_hazard(person: Person, people: SimpleNamespace, service: SimpleNamespace) -> float:
    """Return the hazard of hearing from the media on an ordinary day."""
    normaliser, devoted = relative_devotion(person, people)
    return service.awareness_rate * normaliser * devoted * reach(person, service)


def heard_of_in_zones(j: int, service: SimpleNamespace, place: Territory, chance: Chance) -> list[float]:
    """Return by zone the factor on the media's hazard; its mean over inhabitants is 1.

    exp(sigma z) [1 - slope (d - dbar)]+, z being a normal score of the place and d its deprivation, where it is known.
    """
    sizes = [int(size) for size in place.population]
    inhabitants, factors = sum(sizes), [1.0] * place.zones
    if service.hearing_zone_log_sd > 0.0:
        # Days of the media are numbered under index 0 of the same stream, places under 1.
        scores = [normal_quantile(chance.uniform(Stream.MEDIA, j, zone, 0, 1)) for zone in range(place.zones)]
        factors = [exponential(service.hearing_zone_log_sd * score) for score in scores]
    poorer = place.deprivation is not None and service.hearing_deprivation_slope > 0.0
    if place.deprivation is not None and poorer:
        weighted = 0.0
        for size, poor in zip(sizes, place.deprivation, strict=True):
            weighted = weighted + size * float(poor)
        above = [float(poor) - weighted / inhabitants for poor in place.deprivation]
        factors = [
            own * max(0.0, 1.0 - service.hearing_deprivation_slope * more)
            for own, more in zip(factors, above, strict=True)
        ]
    if not poorer and service.hearing_zone_log_sd == 0.0:
        return factors
    heard = 0.0
    for own, size in zip(factors, sizes, strict=True):
        heard = heard + own * size
    return [own * inhabitants / heard for own in factors]


def starts_aware(person: Person, j: int, people: SimpleNamespace, service: SimpleNamespace, chance: Chance) -> bool:
    """Return whether somebody knows the service from the start."""
    normaliser, devoted = relative_devotion(person, people)
    share = service.initial_awareness * normaliser * devoted * reach(person, service)
    return chance.uniform(Stream.INITIAL_AWARENESS, 0, person.number, 0, j) < share


def inhabitants(
    place: Territory,
    people: SimpleNamespace,
    services: list[SimpleNamespace],
    chance: Chance,
    removed: tuple[int, ...],
) -> list[Person]:
    """Return the citizens on the eve of the first day; ``removed`` ones never take part."""
    citizens: list[Person] = []
    for zone, size in enumerate(place.population):
        citizens += [born(len(citizens) + k, zone, place, people, chance) for k in range(int(size))]
    for person in citizens:
        if person.number in removed:
            person.eligible = 0
        person.ties = [Tie() for _ in services]
        if not person.eligible:
            continue
        for j, service in enumerate(services):
            tie = person.ties[j]
            if chance.uniform(Stream.ADMISSION, j, person.number, 0) >= service.admitted_share:
                tie.stage = NOT_ADMITTED
            elif starts_aware(person, j, people, service, chance):
                # Certain to be looked at on the first day: only then is the exact chance known.
                tie.stage, tie.threshold = AWARE, 65535
            else:
                tie.threshold = ceiling(media_hazard(person, people, service))
    return citizens


def active_share(seen: float, worth_today: float) -> float:
    """Return min(1, nb / 8): contributions of neighbours, in today's worth, per neighbour."""
    return min(1.0, seen * worth_today / 8)


def social_hazard(person: Person, j: int, people: SimpleNamespace, worth_today: float) -> float:
    """Return the hazard of hearing from neighbours."""
    return people.word_of_mouth * active_share(person.ties[j].neighbours_active, worth_today)


def hearing_chance(
    person: Person,
    j: int,
    people: SimpleNamespace,
    service: SimpleNamespace,
    media: float,
    outreach: float,
    worth_today: float,
) -> float:
    """Return the chance that an unaware person hears of the service today."""
    hazard = media_hazard(person, people, service) * media + social_hazard(person, j, people, worth_today)
    return 1.0 - exponential(-(hazard + outreach))


def prompt_hazard(person: Person, j: int, people: SimpleNamespace, service: SimpleNamespace, elapsed: int) -> float:
    """Return the hazard of a prompt so many days after the last session, or after hearing of the service."""
    rate = service.prompt_rate * exponential(-service.prompt_fading * logarithm(float(elapsed)))
    if service.need_prompted:
        rate = rate * exponential(person.log_exposure / 2048.0)
    if person.ties[j].stage == AWARE:
        return (rate + people.prompt_floor_new) * service.prompt_boost
    asked = service.scheduled_rate + (service.reminder_rate if elapsed >= 30 else 0.0)
    return (rate + people.prompt_floor_active) * service.prompt_boost + asked


def highest_hazard(person: Person, j: int, people: SimpleNamespace, service: SimpleNamespace, elapsed: int) -> float:
    """Return what the hazard of a prompt will not exceed from now on: it fades, but the first reminder may come yet."""
    to_come = 0.0 if person.ties[j].stage == AWARE or elapsed >= 30 else service.reminder_rate
    return prompt_hazard(person, j, people, service, elapsed) + to_come


def forgets(person: Person, j: int, people: SimpleNamespace, chance: Chance, day: int) -> bool:
    """Return whether somebody who never tried has forgotten the service since last looked at."""
    kept = share_left(people.awareness_half_life, day - person.ties[j].refreshed)
    return chance.uniform(Stream.FORGETTING, j, person.number, day) >= kept


def is_looked_at(threshold: int, word: int, strongest: float, outreach: float) -> bool:
    """Return whether the upper half of the draw of the day lies under the ceiling.

    ``strongest`` is the largest factor on the chances behind the ceiling today, ``outreach`` what is added to them.
    Ceilings are multiplied in steps of 1/256, rounded up; a ceiling of 65,535 hides how large the hazard is, so that
    it counts as certainty whatever it is multiplied by.
    """
    factor = min(65535, math.ceil(strongest * 256.0))
    added = math.ceil(min(1.0, outreach) * 65536.0)
    if factor == 0 and added == 0:
        return False
    limit = threshold * factor // 256 + added + (factor != 256)
    return limit >= 65535 or threshold == 65535 or word >> 16 < limit


def can_hear(person: Person, j: int) -> bool:
    """Return whether somebody is unaware of the service and old enough for it."""
    return person.ties[j].stage == UNAWARE and bool(person.eligible)


def can_be_prompted(person: Person, j: int, day: int) -> bool:
    """Return whether somebody knows the service, since before today, and has not left it."""
    tie = person.ties[j]
    return tie.stage not in (UNAWARE, DEPARTED, SETTLED, NOT_ADMITTED) and tie.last < day
