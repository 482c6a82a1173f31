"""Citizens as the twin sees them: who they are, what they feel, and how that fades."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace

from entraide.model.random_numbers import Stream
from entraide.model.territory import Territory

from .chance import Chance
from .figures import (
    LN_TWO,
    exponential,
    fade,
    fraction,
    log_code,
    logarithm,
    normal_quantile,
    share_left,
    single,
    to_fraction,
    weight_code,
)

__all__ = [
    "ACTIVE",
    "AWARE",
    "DEPARTED",
    "NOT_ADMITTED",
    "SETTLED",
    "UNAWARE",
    "UNDECIDED",
    "Person",
    "Tie",
    "born",
    "feel_today",
    "look_after",
]

# The five stages of model.md section 2, with "active" split: drop-out after the last time is still to be drawn.
# After departed: settled once and for all, and not admitted.
UNAWARE, AWARE, UNDECIDED, ACTIVE, DEPARTED, SETTLED, NOT_ADMITTED = range(7)


@dataclass
class Tie:
    """One person and one service."""

    stage: int = UNAWARE
    times: int = 0
    last: int = -1
    refreshed: int = 0
    satiation: float = 0.0
    skill: int = 0
    efficacy: int = 32768
    habit: int = 0
    neighbours_active: float = 0.0
    threshold: int = 0


@dataclass
class Person:
    """One inhabitant, with a tie to each service."""

    number: int
    zone: int
    group: int
    eligible: int
    cooperation: int
    adversary: int
    log_devotion: int
    log_spare: int
    log_exposure: int
    session_length: int
    altruism: int
    pleasure: int
    reputation_motive: int
    currency_motive: int
    digital: int
    trust: int = 32768
    crowding: int = 0
    fatigue: float = 0.0
    credits: int = 0
    reputation: int = 0
    touched: int = 0
    ties: list[Tie] = field(default_factory=list)

    @property
    def ease(self) -> float:
        """Digital capability, 0 to 1."""
        return self.digital / 255.0

    @property
    def devotion(self) -> float:
        """Logarithm of devotion."""
        return self.log_devotion / 2048.0

    def see(self, j: int, worth: float) -> None:
        """See one contribution of today, in units of day 0."""
        self.ties[j].neighbours_active = single(self.ties[j].neighbours_active + worth)


def born(number: int, zone: int, place: Territory, people: SimpleNamespace, chance: Chance) -> Person:
    """Return a citizen drawn from the groups of the zone."""

    def draw(stream: Stream, index: int = 0) -> float:
        return chance.uniform(stream, 0, number, 0, index)

    def weight(stream: Stream) -> int:
        return weight_code(draw(stream, 0), draw(stream, 1))

    shares = place.groups.share if place.group_shares is None else place.group_shares[zone]
    aim, group, cumulated = draw(Stream.GROUP), -1, 0.0
    for g, share in enumerate(shares):
        cumulated = cumulated + float(share)
        if aim < cumulated or g == len(shares) - 1:
            group = g
            break
    devotion_of_group = float(place.groups.devotion[group])
    log_of_group = logarithm(devotion_of_group) if devotion_of_group > 0 else 0.0
    sigma = people.devotion_log_sd
    kind = draw(Stream.COOPERATION_TYPE)
    free, conditional = people.share_free_riders, people.share_conditional
    excluded = draw(Stream.DIGITAL) < place.groups.digital_exclusion[group]
    ease = 1.0 - people.digital_ease_spread * draw(Stream.DIGITAL, 1)
    exposure_sd = people.exposure_log_sd
    return Person(
        number=number,
        zone=zone,
        group=group,
        eligible=int(place.groups.can_contribute[group]),
        cooperation=0 if kind < free else 1 if kind < free + conditional else 2,
        adversary=int(draw(Stream.ADVERSARY) < people.adversary_share),
        log_devotion=log_code(sigma * normal_quantile(draw(Stream.DEVOTION)) + -0.5 * sigma * sigma + log_of_group),
        log_spare=log_code(
            logarithm(people.spare_minutes) + people.spare_minutes_log_sd * normal_quantile(draw(Stream.SPARE_MINUTES))
        ),
        log_exposure=log_code(exposure_sd * normal_quantile(draw(Stream.EXPOSURE)) + -0.5 * exposure_sd * exposure_sd),
        session_length=log_code(normal_quantile(draw(Stream.SESSION_LENGTH))),
        altruism=weight(Stream.ALTRUISM),
        pleasure=weight(Stream.PLEASURE),
        reputation_motive=weight(Stream.REPUTATION),
        currency_motive=weight(Stream.CURRENCY),
        digital=0 if excluded else int(255.0 * ease + 0.5),
    )


def level_of_trust(people: SimpleNamespace, day: int) -> float:
    """Return the trust of somebody who was never told anything: it lags behind what acculturation has reached."""
    fading, rate = LN_TWO / people.trust_half_life, LN_TWO / people.acculturation_half_life
    if abs(fading - rate) < 1e-6 * fading:
        rate = fading * (1.0 + 1e-6)
    lag = fading / (fading - rate)
    path = 1.0 - lag * exponential(-rate * day) + (lag - 1.0) * exponential(-fading * day)
    return 0.5 + people.acculturation_trust * people.acculturation_citizens * path


def feel_today(person: Person, people: SimpleNamespace, day: int) -> None:
    """Trust fades to one half, or higher where citizens are acculturated, crowding-out and fatigue to nothing."""
    days = day - person.touched
    if days <= 0:
        return
    then, now = (level_of_trust(people, each) for each in (person.touched, day))
    left = share_left(people.trust_half_life, days)
    person.trust = to_fraction(now + (fraction(person.trust) - then) * left)
    person.crowding = fade(person.crowding, share_left(people.crowding_half_life, days), 0.0)
    person.fatigue = single(person.fatigue * share_left(people.fatigue_half_life, days))
    person.touched = day


def look_after(
    person: Person, j: int, people: SimpleNamespace, service: SimpleNamespace, chance: Chance, day: int
) -> bool:
    """Bring a tie up to date; return whether the person is still there.

    Satiation, habit and efficacy fade; who has contributed may have left at the background rate since last looked at.
    """
    tie = person.ties[j]
    if tie.stage in (DEPARTED, SETTLED, NOT_ADMITTED):
        return False
    days = day - tie.refreshed
    if tie.stage in (UNAWARE, AWARE) or days <= 0:
        return True
    tie.satiation = single(tie.satiation * exponential(-(1.0 / people.satiation_days) * days))
    tie.habit = fade(tie.habit, share_left(people.habit_half_life, days), 0.0)
    tie.efficacy = fade(tie.efficacy, share_left(people.efficacy_half_life, days), 0.5)
    tie.refreshed = day
    if chance.uniform(Stream.DROP_OUT, j, person.number, day, 1) >= exponential(-service.departure_rate * days / 365.0):
        tie.stage, tie.threshold = DEPARTED, 0
        return False
    return True
