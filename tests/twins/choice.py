"""The decision of one prompted person, and what a contribution leaves behind."""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import SimpleNamespace

from entraide.model.random_numbers import Stream

from .chance import Chance
from .figures import exponential, fraction, logarithm, share_left, single, to_fraction
from .hearing import active_share, ceiling, highest_hazard
from .people import AWARE, SETTLED, UNDECIDED, Person

__all__ = ["Contribution", "Surroundings", "answer", "intercept", "leave_traces", "leaves_for_good"]

# Half a decade apart.
_BADGES = [step * 10**power for power in range(5) for step in (1, 3)] + [100_000]
_OUT_OF_REACH = 2**31 - 1


@dataclass
class Surroundings:
    """What people meet today: need and published activity by service and zone, friction; the rest by zone."""

    need: list[list[float]]
    friction: list[float]
    published: list[list[float]]
    spendability: list[float]
    outside: list[float]
    worth_today: float


@dataclass
class Contribution:
    """One contribution: who, to which service, where, how much, how well."""

    citizen: int
    service: int
    zone: int
    tasks: int
    seconds: int
    minutes: float
    shift: float
    wrong: int
    first: int
    motives: tuple[float, float, float, float]


def altruism(need: float, efficacy: float, trust: float, people: SimpleNamespace) -> float:
    """A = [(1 - lambda) + lambda u eff] (1/2 + trust)."""
    return ((1.0 - people.need_share) + people.need_share * need * efficacy) * (0.5 + trust)


def pleasure(satiation: float, skill: float, people: SimpleNamespace, service: SimpleNamespace) -> float:
    """P = fun [nu + (1 - nu) exp(-sat)] flow."""
    apart = service.challenge - skill
    flow = 1.0 / (1.0 + service.challenge_sensitivity * apart * apart)
    left = people.pleasure_floor + (1.0 - people.pleasure_floor) * exponential(-satiation)
    return service.fun * left * flow


def reputation(tasks_so_far: int, people: SimpleNamespace, service: SimpleNamespace) -> float:
    """R = vis [1 + bB exp(-gap / gB)], with badges."""
    if not service.badges:
        return service.reputation_visibility
    gap = min([badge - tasks_so_far for badge in _BADGES if badge > tasks_so_far], default=_OUT_OF_REACH)
    pull = people.badge_bonus * exponential(-float(gap) / people.badge_scale)
    return service.reputation_visibility * (1.0 + pull)


def currency(spendability: float, held: int, people: SimpleNamespace, service: SimpleNamespace) -> float:
    """M = kM r spend / (1 + cred / B0); cash is always spendable and weighs the same for rich and poor."""
    worth = people.reward_sensitivity * service.reward_rate
    if service.reward_medium == "cash":
        return worth
    if service.reward_medium == "credit":
        return worth * spendability / (1.0 + held / people.credit_saturation)
    return 0.0


def own_motives_left(persistent: float, people: SimpleNamespace, service: SimpleNamespace) -> float:
    """Chi = max(0, 1 - kc(medium) [r > 0] - km r - crowd): thanks crowd nothing out."""
    by_medium = {"cash": people.crowding_cash, "credit": people.crowding_credit}
    left = 1.0
    if service.reward_rate > 0.0 and service.reward_medium in by_medium:
        left = left - by_medium[service.reward_medium] - people.crowding_per_euro * service.reward_rate
    return max(0.0, left - persistent)


def cooperation(kind: int, neighbours: float, published: float, people: SimpleNamespace) -> float:
    """S = gS (nbar - n*) for the conditional, -s0 for free riders, 0 for who gives whatever others do."""
    if kind == 2:
        return 0.0
    if kind == 0:
        return -people.free_rider_reluctance
    mixed = people.neighbourhood_share * neighbours + (1.0 - people.neighbourhood_share) * published
    return people.conditional_strength * (mixed - people.conditional_threshold)


def access(ease: float, people: SimpleNamespace, service: SimpleNamespace, friction: float) -> float:
    """Return the minutes of the cheapest channel: f [1 + delta (1 - acc)]."""

    def minutes(entry: float, reached: float) -> float:
        return entry * friction * (1.0 + people.digital_penalty * (1.0 - reached))

    offers = [minutes(service.app_friction, ease)] if ease > 0.0 else [1.0e9]
    if service.phone_offered:
        offers.append(minutes(service.phone_friction, ease + (1.0 - ease) * service.phone_access))
    if service.desk_offered:
        offers.append(minutes(service.desk_friction, ease + (1.0 - ease) * service.desk_access))
    return min(offers)


def intercept(people: SimpleNamespace, reference: SimpleNamespace) -> float:
    """Return beta: what makes a typical contributor accept a prompt as often as the reference says."""
    checked = reference.checking_max * (1.0 - reference.administration_trust_start)
    friction = 1.0 + reference.checking_friction * checked
    way = access(1.0, people, reference, friction) * people.repeat_friction
    minutes = reference.minutes_per_task + way + reference.travel_minutes
    own = (
        people.altruism_weight * altruism(0.5 * reference.need_shown, 0.5, 0.5, people)
        + people.pleasure_weight * pleasure(0.0, 0.0, people, reference)
        + people.reputation_weight * reputation(0, people, reference)
    )
    reward = people.currency_weight * currency(1.0, 0, people, reference)
    effort = people.effort_weight * logarithm(1.0 + minutes / people.effort_scale)
    value = own_motives_left(0.0, people, reference) * own + reward - effort
    accepted = reference.intercept_acceptance
    return logarithm(accepted / (1.0 - accepted)) - (value - reference.legal_burden)


def _gumbel(u: float) -> float:
    return -logarithm(-logarithm(u))


def answer(
    person: Person,
    prompting: list[int],
    people: SimpleNamespace,
    services: list[SimpleNamespace],
    around: Surroundings,
    chance: Chance,
    day: int,
) -> Contribution | None:
    """Return what a person prompted by some services does: at most one contribution."""
    spare_draws = [chance.uniform(Stream.SPARE_TODAY, 0, person.number, day, k) for k in (0, 1)]
    typical = exponential(person.log_spare / 2048.0)
    spare_today = -typical * logarithm(spare_draws[0])
    spare_this_week = -7.0 * typical * logarithm(spare_draws[1])
    best = _gumbel(chance.uniform(Stream.OUTSIDE_OPTION, 0, person.number, day)) + around.outside[person.zone]
    chosen: tuple[int, float, float, float, tuple[float, float, float, float]] | None = None
    for j in prompting:
        service, tie = services[j], person.ties[j]
        initiated = tie.times > 0 or initiate(person, j, people, service)
        skill = fraction(tie.skill)
        task = service.minutes_per_task / service.task_parts * (1.0 - people.skill_saving * skill)
        way = access(ease_with_help(person, j, service, chance), people, service, around.friction[j])
        if initiated:
            way = 0.0 if service.one_click else way * people.repeat_friction
        minutes = task + way + service.travel_minutes
        spare = spare_this_week if service.by_appointment else spare_today
        if spare < minutes:
            continue
        chi = own_motives_left(fraction(person.crowding), people, service)
        felt = around.need[j][person.zone] * service.need_shown
        motives = (
            chi
            * people.altruism_weight
            * (person.altruism / 32.0)
            * altruism(felt, fraction(tie.efficacy), fraction(person.trust), people),
            chi * people.pleasure_weight * (person.pleasure / 32.0) * pleasure(tie.satiation, skill, people, service),
            chi
            * people.reputation_weight
            * (person.reputation_motive / 32.0)
            * reputation(person.reputation, people, service),
            people.currency_weight
            * (person.currency_motive / 32.0)
            * currency(around.spendability[person.zone], person.credits, people, service),
        )
        seen = active_share(tie.neighbours_active, around.worth_today)
        value = intercept_of(service) + person.devotion
        for motive in motives:
            value = value + motive
        value = value + cooperation(person.cooperation, seen, around.published[j][person.zone], people)
        value = value + people.habit_weight * fraction(tie.habit)
        value = value - people.effort_weight * logarithm(1.0 + minutes / people.effort_scale)
        value = value - people.fatigue_weight * max(0.0, person.fatigue - 1.0)
        value = value - service.legal_burden
        tried = value + _gumbel(chance.uniform(Stream.SERVICE_TASTE, j, person.number, day))
        if tried > best:
            best, chosen = tried, (j, minutes, task, spare, motives)
    if chosen is None:
        return None
    j, first, task, spare, motives = chosen
    tasks = session(person, services[j], spare - first, task, chance.uniform(Stream.TASKS, j, person.number, day))
    minutes = first + (tasks - 1) * task if services[j].medium == "time" else first
    pull = motives[0] + motives[1] + motives[2] + motives[3]
    haste = motives[3] / pull if pull > 0.0 else 0.0
    return Contribution(
        citizen=person.number,
        service=j,
        zone=person.zone,
        tasks=tasks,
        seconds=math.floor(minutes * 60.0 + 0.5),
        minutes=minutes,
        shift=people.skill_accuracy * fraction(person.ties[j].skill) - people.haste_accuracy * haste,
        wrong=person.adversary,
        first=int(person.ties[j].times == 0),
        motives=motives,
    )


def intercept_of(service: SimpleNamespace) -> float:
    """Return the calibrated intercept, which the world has put beside the parameters."""
    return float(service.intercept)


def ease_with_help(person: Person, j: int, service: SimpleNamespace, chance: Chance) -> float:
    """Return digital capability, half of the full one for the excluded who have a mediator."""
    if person.ease > 0.0 or chance.uniform(Stream.MEDIATION, j, person.number, 0) >= service.mediation:
        return person.ease
    return 0.5


def initiate(person: Person, j: int, people: SimpleNamespace, service: SimpleNamespace) -> bool:
    """Give a newcomer what training and shared tools give; return whether they know the tools from elsewhere."""
    elsewhere = [tie for other, tie in enumerate(person.ties) if other != j and tie.times and people.shared_tools]
    brought = [to_fraction(people.skill_carried * fraction(tie.skill)) for tie in elsewhere]
    taught = to_fraction(service.training) if service.training > 0.0 else 0
    person.ties[j].skill = max([person.ties[j].skill, taught, *brought])
    return bool(elsewhere)


def session(person: Person, service: SimpleNamespace, spare: float, task: float, u: float) -> int:
    """Return the tasks of a session: L = min(1 + floor(Exp(1) ell_i), 1 + floor((spare - m) / c), 400)."""
    spread = service.session_tasks_log_sd
    score = person.session_length / 2048.0
    own = exponential(spread * score - 0.5 * spread * spread + service.session_devotion_exponent * person.devotion)
    wanted = -logarithm(u) * (service.session_tasks * own)
    if service.medium != "time":
        return min(400, 1 + math.floor(min(400.0, wanted)))
    return min(400, 1 + math.floor(min(400.0, wanted)), 1 + math.floor(min(400.0, spare / task)))


def leave_traces(
    person: Person, act: Contribution, people: SimpleNamespace, service: SimpleNamespace, day: int
) -> None:
    """Habit, skill, satiation, fatigue, pay and the next prompts after one contribution."""
    tie = person.ties[act.service]
    tie.times = min(65535, tie.times + 1)
    if tie.stage == AWARE:
        tie.refreshed = day
    tie.stage, tie.last = UNDECIDED, day
    wear = service.satiation_per_task * (1.0 - service.variety)
    tie.satiation = single(tie.satiation + wear * act.tasks)
    habit = fraction(tie.habit)
    tie.habit = to_fraction(habit + people.habit_gain * (1.0 - habit))
    unskilled = (1.0 - fraction(tie.skill)) * exponential(act.tasks * logarithm(max(1e-300, 1.0 - people.skill_gain)))
    tie.skill = to_fraction(1.0 - unskilled)
    load = (1.0 - share_left(people.fatigue_half_life, 1)) * act.minutes / people.fatigue_threshold
    person.fatigue = single(person.fatigue + load)
    person.reputation = min(2**31 - 1, person.reputation + act.tasks)
    if service.reward_rate > 0.0 and service.reward_medium == "cash":
        crowding = fraction(person.crowding)
        person.crowding = to_fraction(crowding + people.crowding_build_up * (1.0 - crowding))
    if service.reward_rate > 0.0 and service.reward_medium == "credit":
        person.credits += (act.seconds + 30) // 60
    if service.once_for_all:
        tie.stage, tie.threshold = SETTLED, 0
    else:
        tie.threshold = ceiling(highest_hazard(person, act.service, people, service, 1))


def leaves_for_good(
    person: Person, j: int, people: SimpleNamespace, service: SimpleNamespace, chance: Chance, day: int
) -> bool:
    """Return whether the last contribution was the last one: h of model.md section 4."""
    tie = person.ties[j]
    theta, sigma = people.drop_out_devotion_exponent, people.devotion_log_sd
    power = (
        -theta * person.devotion
        + 0.5 * sigma * sigma * theta * (1.0 - theta)
        - people.efficacy_drop_out * (fraction(tie.efficacy) - 0.5)
        + people.fatigue_drop_out * max(0.0, person.fatigue - 1.0)
    )
    times = tie.times if people.drop_out_settles else 1
    hazard = min(1.0, service.drop_out_first / times * exponential(power))
    return chance.uniform(Stream.DROP_OUT, j, person.number, day, 0) < hazard
