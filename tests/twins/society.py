"""What people do to one another: who sees whom, what credits buy, what they are told, when the demand arises."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

from entraide.model.random_numbers import Stream
from entraide.model.territory import Territory

from .chance import Chance
from .figures import cosine_of_turn, fraction, to_fraction
from .people import Person, feel_today, look_after

__all__ = ["calendar_factor", "mean_needs", "spend_in_zone", "tell", "witnesses"]


def witnesses(person: Person, far: int, place: Territory, chance: Chance) -> list[int]:
    """Return the numbers of those who see what a person does: 8 - far beside them on the zone's ring, far elsewhere.

    Places on the ring are 1, -1, 2, -2, ... steps away; who is oneself is nobody.
    """
    starts = [sum(int(size) for size in place.population[:z]) for z in range(place.zones + 1)]
    first, size = starts[person.zone], int(place.population[person.zone])
    seen = []
    for slot in range(8):
        if slot < 8 - far:
            steps = (slot // 2 + 1) * (1 if slot % 2 == 0 else -1)
            other = first + (person.number - first + steps) % size
        else:
            # The slot stands where other draws have the day.
            which, who = chance.words(Stream.NEIGHBOUR, 0, person.number, slot)
            zone = int(place.near[person.zone][which * place.near.shape[1] // 2**32])
            other = starts[zone] + who * int(place.population[zone]) // 2**32
        if other != person.number:
            seen.append(other)
    return seen


def spend_in_zone(
    people_here: list[Person],
    offers: float,
    spendability: float,
    keep: float,
    lifetime: int,
    people: SimpleNamespace,
    chance: Chance,
    day: int,
) -> tuple[float, int, int]:
    """Let the holders of one zone spend; return (spendability, credits spent, credits expired).

    Each holder's credits expire with chance 1 / lifetime; of those left, some try to spend one purse; attempts are
    served with the chance that offers cover what is asked.
    """
    expired = spent = served = 0
    trying = []
    for person in people_here:
        if person.credits <= 0:
            continue
        if lifetime > 0 and chance.uniform(Stream.CREDIT_EXPIRY, 0, person.number, day) * lifetime < 1.0:
            expired += person.credits
            person.credits = 0
        elif chance.uniform(Stream.SPENDING, 0, person.number, day) < people.credit_spending_rate:
            trying.append((person, min(people.credit_spending_size, person.credits)))
    if not trying:
        return spendability, 0, expired
    covered = min(1.0, offers / sum(asked for _, asked in trying))
    for person, asked in trying:
        if chance.uniform(Stream.SPENDING_SERVED, 0, person.number, day) < covered:
            person.credits -= asked
            spent += asked
            served += 1
    return keep * spendability + (1.0 - keep) * served / len(trying), spent, expired


def tell(
    person: Person,
    j: int,
    used_share: float,
    people: SimpleNamespace,
    service: SimpleNamespace,
    chance: Chance,
    day: int,
    offence: float,
    towards: float,
    against: float,
) -> tuple[bool, bool]:
    """Tell a contributor what became of it, or stay silent; return (acknowledged, pleased).

    ``offence``: chance of being checked and hurt by it. ``towards`` and ``against``: how far what is told counts for,
    and against, trust in the administration.
    """
    told = chance.uniform(Stream.ACKNOWLEDGEMENT, j, person.number, day) < service.acknowledgement_rate
    used = chance.uniform(Stream.OUTCOME, j, person.number, day) < used_share
    pleased = told and used
    if offence and chance.uniform(Stream.OUTCOME, j, person.number, day, 1) < offence:
        pleased = False

    spared = 0.5 * service.openness

    def moved(value: float, up: float, down: float) -> float:
        loss = people.disappointment_ratio * (1.0 - spared) * down * value
        return value + up * (1.0 - value) if pleased else value - loss

    feel_today(person, people, day)
    step = people.trust_step * towards
    trust = moved(fraction(person.trust), step, step)
    person.trust = to_fraction(trust - against * people.trust_step * trust)
    luck = chance.uniform(Stream.DRIFT, j, person.number, day)
    if pleased and luck < people.drift_pleased:
        person.cooperation = min(2, person.cooperation + 1)
    if not pleased and luck < people.drift_disappointed:
        person.cooperation = max(0, person.cooperation - 1)
    if look_after(person, j, people, service, chance, day):
        shown = min(1.0, people.efficacy_step * (1.0 + service.impact_shown))
        efficacy = fraction(person.ties[j].efficacy)
        person.ties[j].efficacy = to_fraction(moved(efficacy, shown, people.efficacy_step))
    return told, pleased


def mean_needs(place: Territory, service: SimpleNamespace) -> list[float]:
    """Return the needs of an ordinary day by zone: more where people are poorer, as many in all."""
    sizes = [float(size) for size in place.population]
    weights = [1.0] * place.zones
    if place.deprivation is not None:
        inhabitants = weighted = 0.0
        for size, poor in zip(sizes, place.deprivation, strict=True):
            inhabitants, weighted = inhabitants + size, weighted + size * float(poor)
        mean = weighted / inhabitants
        weights = [max(0.0, 1.0 + service.need_deprivation_slope * (float(poor) - mean)) for poor in place.deprivation]
        total = 0.0
        for weight, size in zip(weights, sizes, strict=True):
            total = total + weight * size
        weights = [weight / (total / inhabitants) for weight in weights]
    a_day = service.needs_rate / 1000.0 / 365.0
    return [a_day * size * weight for size, weight in zip(sizes, weights, strict=True)]


def calendar_factor(service: SimpleNamespace, start: date, day: int) -> float:
    """Return the factor of season and weekday; a week's factors of weekdays have mean 1."""
    today = start + timedelta(days=day)
    ordinary = 7.0 / (5.0 + 2.0 * service.weekend_factor)
    turn = (today.timetuple().tm_yday - service.season_peak_day) / 365.0
    season = 1.0 + service.season_amplitude * cosine_of_turn(turn)
    return season * ordinary * (service.weekend_factor if today.weekday() >= 5 else 1.0)
