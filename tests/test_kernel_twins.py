"""Kernels and helpers against their twins one by one, at values that a lived world would rarely reach."""

from __future__ import annotations

import math
from datetime import date
from statistics import NormalDist
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_worlds import citizens, service, territory
from strategies import SAME_EACH_TIME, people_changes, service_changes
from twins import choice, figures, hearing, society
from twins.chance import Chance
from twins.people import Person, Tie

from entraide.model import arithmetic
from entraide.model.columns import CITIZEN_COLUMNS, INVOLVEMENT_COLUMNS, record_type
from entraide.model.currency import spend_credits
from entraide.model.decisions import session_tasks
from entraide.model.demand import calendar_factors, daily_needs
from entraide.model.drop_out import drop_out_chance
from entraide.model.fading import FADING, decay_table
from entraide.model.feedback import drifted, moved_down, moved_up
from entraide.model.motives import badge_gap
from entraide.model.packing import fading_table, pack_citizens, pack_services
from entraide.model.parameters import Value
from entraide.model.prompts import prompt_rate
from entraide.model.random_numbers import stream_keys

KIND = "queue"


def _person(generator: np.random.Generator) -> Person:
    """Return somebody with any value in any column."""
    code = lambda most: int(generator.integers(0, most + 1))  # noqa: E731
    score = lambda: int(generator.integers(-9_000, 9_000))  # noqa: E731
    person = Person(0, 0, 0, 1, code(2), code(1), score(), score(), score(), score(), *(code(255) for _ in range(5)))
    person.trust, person.crowding = code(65535), code(65535)
    person.fatigue, person.credits, person.reputation = figures.single(generator.gamma(1.0)), code(500), code(200_000)
    tie = Tie(code(3), 0, -1, 0, figures.single(generator.gamma(1.0)), code(65535), code(65535), code(65535))
    tie.times = code(400) if tie.stage > 1 else 0
    tie.neighbours_active = figures.single(generator.gamma(2.0))
    person.ties = [tie]
    return person


def _stored(person: Person) -> tuple[np.ndarray, np.ndarray]:
    """Return the person as the engine stores one: a row of citizens and a row of involvement."""
    own, tie = np.zeros(1, record_type(CITIZEN_COLUMNS)), np.zeros((1, 1), record_type(INVOLVEMENT_COLUMNS))
    for name in own.dtype.names or ():
        own[name] = getattr(person, name)
    for name in tie.dtype.names or ():
        tie[name] = getattr(person.ties[0], name)
    return own, tie


@settings(SAME_EACH_TIME, max_examples=150)
@given(changes=service_changes(), people=people_changes(), seed=st.integers(0, 2**32), elapsed=st.integers(1, 1095))
def test_chances_of_one_person_are_the_twins(
    changes: dict[str, Value], people: dict[str, Value], seed: int, elapsed: int
) -> None:
    """Prompt hazard, drop-out chance and tasks of a session, for anybody, under any parameters."""
    generator = np.random.default_rng(seed)
    person, values, told = _person(generator), citizens(**people), service("any", KIND, **changes)
    own, tie = _stored(person)
    shared = pack_citizens(values)
    record = pack_services([told], shared)
    plain, parameters = SimpleNamespace(**values), SimpleNamespace(**told.parameters)
    fading = fading_table(record, 1095)
    found = prompt_rate(own, tie, 0, 0, record[0], shared[0], fading, elapsed, 1.0)
    assert found == hearing.prompt_hazard(person, 0, plain, parameters, elapsed)
    if person.ties[0].times:
        theirs = drop_out_chance(
            parameters.drop_out_first,
            float(person.ties[0].times),
            person.devotion,
            figures.fraction(person.ties[0].efficacy),
            person.fatigue,
            shared[0],
        )
        drawn = Chance(seed, 0)
        left = choice.leaves_for_good(person, 0, plain, parameters, drawn, 5)
        u = Chance(seed, 0).uniform(choice.Stream.DROP_OUT, 0, 0, 5, 0)
        assert left == (u < theirs)
        assert 0.0 <= theirs <= 1.0
    u, spare = float(generator.random()), float(generator.gamma(1.0) * 60)
    tasks = session_tasks(
        -figures.logarithm(u),
        person.session_length / 2048.0,
        person.devotion,
        spare,
        parameters.minutes_per_task,
        record[0],
    )
    assert tasks == choice.session(person, parameters, spare, parameters.minutes_per_task, u)
    assert 1 <= tasks <= 400


@settings(SAME_EACH_TIME, max_examples=150)
@given(
    held=st.lists(st.lists(st.integers(0, 300), min_size=1, max_size=12), min_size=1, max_size=4),
    offers=st.floats(0.0, 3_000.0),
    lifetime=st.sampled_from((0, 1, 2, 30)),
    rate=st.sampled_from((0.0, 0.3, 1.0)),
    size=st.sampled_from((1, 60, 6000)),
    seed=st.integers(0, 2**32),
    day=st.integers(0, 1094),
)
def test_spending_is_the_twins_and_no_credit_is_lost(
    held: list[list[int]], offers: float, lifetime: int, rate: float, size: int, seed: int, day: int
) -> None:
    values = citizens(credit_spending_rate=rate, credit_spending_size=size)
    numbers = iter(range(10_000))
    people = [[Person(next(numbers), z, *([0] * 13), credits=one) for one in zone] for z, zone in enumerate(held)]
    rows = np.zeros(sum(map(len, held)), record_type(CITIZEN_COLUMNS))
    rows["credits"] = [one for zone in held for one in zone]
    bounds = np.concatenate([[0], np.cumsum([len(zone) for zone in held])]).astype(np.int64)
    spendability = np.linspace(0.1, 1.0, len(held))
    before = spendability.tolist()
    attempts, spent, expired = spend_credits(
        rows, bounds, np.full(len(held), offers), spendability, 0.9, lifetime, pack_citizens(values), day,
        stream_keys(seed, 0, 1),
    )  # fmt: skip
    plain = SimpleNamespace(**values)
    told = [
        society.spend_in_zone(zone, offers, old, 0.9, lifetime, plain, Chance(seed, 0), day)
        for zone, old in zip(people, before, strict=True)
    ]
    assert spendability.tolist() == [one[0] for one in told]
    assert (spent, expired) == (sum(one[1] for one in told), sum(one[2] for one in told))
    assert rows["credits"].tolist() == [person.credits for zone in people for person in zone]
    assert rows["credits"].sum() + spent + expired == sum(map(sum, held))
    assert 0 <= attempts <= len(rows)
    assert ((spendability >= 0.0) & (spendability <= 1.0)).all()
    assert offers > 0.0 or spent == 0


@pytest.mark.parametrize("reputation", [0, 1, 2, 3, 9, 10, 29, 30, 31, 99_999, 100_000, 2**31 - 1])
def test_the_gap_before_the_next_badge_is_the_twins(reputation: int) -> None:
    badges = [badge for badge in choice._BADGES if badge > reputation]
    assert badge_gap(reputation) == (badges[0] - reputation if badges else 2**31 - 1)


@settings(SAME_EACH_TIME, max_examples=300)
@given(value=st.floats(0, 1), step=st.floats(0, 0.6), ratio=st.floats(1, 3))
def test_what_lies_between_0_and_1_stays_there(value: float, step: float, ratio: float) -> None:
    assert value <= moved_up(value, step) <= 1.0 + 1e-15
    if ratio * step < 1.0:
        assert 0.0 <= moved_down(value, step, ratio) <= value


def test_cooperation_drifts_by_one_step_and_stays_a_type() -> None:
    shared = pack_citizens(citizens(drift_pleased=0.3, drift_disappointed=0.6))[0]
    up = [drifted(kind, True, draw, shared) for kind in (0, 1, 2) for draw in (0.29, 0.31)]
    down = [drifted(kind, False, draw, shared) for kind in (0, 1, 2) for draw in (0.59, 0.61)]
    assert up == [1, 0, 2, 1, 2, 2]
    assert down == [0, 0, 0, 1, 1, 2]


def test_what_fades_halves_in_its_half_life_and_satiation_in_its_time() -> None:
    """Every half-life of its own: 10, 20, 30, ... days, so that two rows cannot stand for one another."""
    values = citizens(**{name: 10.0 * (k + 1) for k, name in enumerate(FADING)})
    table = decay_table(pack_citizens(values), 200)
    for k, name in enumerate(FADING):
        expected = math.exp(-1.0) if name == "satiation_days" else 0.5
        assert table[k, 10 * (k + 1)] == pytest.approx(expected, rel=1e-12), name
        if name != "satiation_days":
            assert table[k].tolist() == [figures.share_left(10.0 * (k + 1), day) for day in range(202)]
        assert table[k, 0] == 1.0
        assert (np.diff(table[k]) < 0).all()


@settings(SAME_EACH_TIME, max_examples=60)
@given(
    changes=service_changes(),
    poor=st.none() | st.lists(st.floats(0, 1), min_size=4, max_size=4),
    year=st.integers(2020, 2030),
)
def test_needs_of_a_day_are_the_twins(changes: dict[str, Value], poor: list[float] | None, year: int) -> None:
    place, told = territory(deprivation=poor), service("any", KIND, **changes)
    record, plain = pack_services([told], pack_citizens(citizens()))[0], SimpleNamespace(**told.parameters)
    assert daily_needs(record, place).tolist() == society.mean_needs(place, plain)
    factors = calendar_factors(record, date(year, 1, 1), 400)
    assert factors.tolist() == [society.calendar_factor(plain, date(year, 1, 1), day) for day in range(400)]
    assert daily_needs(record, place).sum() == pytest.approx(plain.needs_rate / 365_000.0 * place.inhabitants, rel=1e-9)
    # A week's mean is the season in its middle: weekends take what weekdays leave.
    middles = np.arange(0, 364, 7) + 4 - plain.season_peak_day
    season = 1.0 + plain.season_amplitude * np.cos(math.tau * middles / 365)
    assert factors[:364].reshape(52, 7).mean(axis=1) == pytest.approx(season, abs=0.02 * max(1.0, plain.weekend_factor))


def test_polynomials_are_the_functions_they_stand_for() -> None:
    """Exponential and logarithm to 2e-15, cosine to 1e-14, quantile to 2e-14 (AS 241), against the C library."""
    for x in np.concatenate([np.linspace(-699, 699, 4001), np.linspace(-1e-6, 1e-6, 101)]).tolist():
        assert figures.exponential(x) == pytest.approx(math.exp(x), rel=2e-15)
    for x in np.concatenate([np.geomspace(1e-300, 1e300, 4001), np.linspace(0.99, 1.01, 401)]).tolist():
        assert figures.logarithm(x) == pytest.approx(math.log(x), rel=2e-15, abs=1e-17)
    for turn in np.linspace(-3, 3, 2401).tolist():
        assert figures.cosine_of_turn(turn) == pytest.approx(math.cos(math.tau * turn), abs=1e-14)
    law = NormalDist()
    for p in np.concatenate([np.linspace(1e-4, 1 - 1e-4, 999), np.geomspace(1.2e-10, 0.01, 200)]).tolist():
        assert figures.normal_quantile(p) == pytest.approx(law.inv_cdf(p), rel=1e-13, abs=1e-14)
    for n in (0, 1, 2, 10, 127, 128, 129, 1000, 10**6):
        assert figures.log_factorial(n) == pytest.approx(math.lgamma(n + 1), rel=1e-13, abs=1e-15)
        assert figures.log_factorial(n) == arithmetic.log_factorial(n)
    assert figures.exponential(-701.0) == 0.0
    assert figures.exponential(1e4) == figures.exponential(700.0)


@settings(SAME_EACH_TIME, max_examples=400)
@given(x=st.floats(-800, 800), value=st.floats(-2, 2), code=st.integers(0, 65535))
def test_compiled_and_plain_arithmetic_agree_to_the_bit(x: float, value: float, code: int) -> None:
    assert arithmetic.exponential(x) == figures.exponential(x)
    assert arithmetic.logarithm(abs(x) + 1e-300) == figures.logarithm(abs(x) + 1e-300)
    assert arithmetic.cosine_of_turn(x) == figures.cosine_of_turn(x)
    p = (code + 0.5) / 65536
    assert arithmetic.normal_quantile(p) == figures.normal_quantile(p)
    assert int(arithmetic.fraction_code(value)) == figures.to_fraction(value)
    assert arithmetic.fraction_value(code) == figures.fraction(code)
    assert int(arithmetic.fraction_code(figures.fraction(code))) == code
