"""What must hold of any production kind, whatever it delivers: lives over made-up days, each a statement that can fail.

``test_contract_<kind>.py`` adds what one kind alone promises, such as how much its supply can deliver. A statement
raises ``AssertionError`` with the day, the figure and what was allowed; it returns what was seen, in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from production_days import Bench, Day, days, quiet_day
from production_variants import VARIANTS
from small_worlds import world_of
from strategies import SAME_EACH_TIME
from twins.compare import live_together

from entraide.model.parameters import Value
from entraide.model.production.contract import DayAccount
from entraide.model.production_names import UNIT_DAY_KINDS
from entraide.model.records import DAILY_MEASURES
from entraide.model.service_parameters import SERVICE_PARAMETERS
from entraide.model.simulation import Simulation

__all__ = [
    "LIFE",
    "SMALL",
    "books_balance",
    "columns_hold_all_state",
    "costs_are_finite",
    "nothing_comes_of_nothing",
    "own_parameters_matter",
    "same_books_as_the_twin",
    "staff_wait_for_age",
    "stays_within_bounds",
    "world_as_its_twin",
]

SMALL: Mapping[str, Value] = {"need_lifetime": 8, "norm_delay": 4, "acknowledgement_delay": 3}
LIFE = st.tuples(st.integers(1, 4), st.integers(1, 3)).flatmap(
    lambda size: st.tuples(st.just(size[0]), st.lists(days(size[0]), min_size=14, max_size=22))
)
LONG_LIFE = 200  # days
COUNTS = tuple(entry.name for entry in fields(DayAccount))


# What is there before anybody contributes, and delivers: left out where a life without contributions is looked at.
THERE_ALREADY: Mapping[str, Mapping[str, Value]] = {"flow": {"roofs_at_start": 0.0, "public_roofs": 0.0}}


# Kinds whose citizens deliver nothing in a small world at the defaults, each with the reason.
WITHOUT_DELIVERY: Mapping[str, str] = {
    "parallel-initiative": "what it delivers is booked by the service beside which it works",
    "threshold": "a few hundred people do not fund a campaign that is sized for a town",
}


def _over_lives(
    kind: str, examples: int, statement: Any, *, with_twin: bool = False, without: Mapping[str, Value] | None = None
) -> int:
    """Check a statement on a bench and its story, over any lives and settings; return how many days were lived."""
    lived = []

    @settings(SAME_EACH_TIME, max_examples=examples)
    @given(life=LIFE, variant=VARIANTS.get(kind, st.just({})), seed=st.integers(0, 2**32))
    def check(life: tuple[int, list[Day]], variant: dict[str, Value], seed: int) -> None:
        zones, story = life
        statement(lambda: Bench(kind, zones, {**SMALL, **variant, **(without or {})}, seed, with_twin), story)
        lived.append(len(story))

    check()
    return sum(lived)


def books_balance(kind: str, examples: int = 15) -> str:
    """Needs are conserved, nothing is delivered that is not there, staff do no more than they can."""

    def statement(bench_anew: Any, story: list[Day]) -> None:
        bench = bench_anew()
        balance, given, wasted = np.zeros((3, bench.zones), np.int64)
        for day in story:
            before, account = bench.kind.waiting(bench.state), bench.live(day)
            where = f"on day {bench.day - 1} of {bench.changes}"
            gone = account.delivered_by_citizens + account.delivered_by_staff + account.lapsed + account.withdrawn
            balance += account.arisen - gone
            waiting = bench.kind.waiting(bench.state)
            assert waiting.dtype == np.int64 and waiting.shape == (bench.zones,), f"waiting() is not int64[Z] {where}"  # noqa: PT018
            assert balance.tolist() == waiting.tolist(), (
                f"arisen - delivered - lapsed - withdrawn = {balance.tolist()}, "
                f"but waiting() says {waiting.tolist()} {where}"
            )
            assert (gone <= before + account.arisen).all(), f"more is delivered than waited {where}"
            staff = int(account.delivered_by_staff.sum())
            assert staff <= day.capacity, f"staff deliver {staff} with a capacity of {day.capacity} {where}"
            given += np.array(day.tasks)
            wasted += account.tasks_wasted
            assert (wasted <= given).all(), f"more tasks wasted than were ever given {where}"
            assert (account.errors <= account.closed).all(), f"more errors than units closed {where}"
            assert (account.in_time <= account.due).all(), f"more in time than due {where}"
            if day.alone:
                assert not account.delivered_by_citizens.any(), (
                    f"citizens deliver while the administration is alone {where}"
                )

    return f"the books of {_over_lives(kind, examples, statement)} days balance"


def stays_within_bounds(kind: str, examples: int = 15) -> str:
    """Counts are never negative, columns stay finite and within what they declare, shares within 0-1."""

    def statement(bench_anew: Any, story: list[Day]) -> None:
        bench = bench_anew()
        for day in story:
            account = bench.live(day)
            for name in COUNTS:
                assert getattr(account, name).min() >= 0, f"account.{name} is negative on day {bench.day - 1}"
            for column in bench.kind.columns:
                values = bench.state[column.name]
                assert np.isfinite(values).all(), f"column {column.name} is not finite on day {bench.day - 1}"
                assert values.size == 0 or column.low <= values.min() <= values.max() <= column.high, (
                    f"column {column.name} reaches {values.min()} to {values.max()}, "
                    f"declared {column.low} to {column.high}"
                )
            if bench.day > SMALL["acknowledgement_delay"]:
                shares = bench.used_in_time()
                assert ((shares >= 0.0) & (shares <= 1.0)).all(), (
                    f"used_in_time() returns {shares.tolist()}: shares are 0-1"
                )
            today = bench.today(quiet_day(bench.zones))
            for name, told in (("pull", bench.kind.pull(today)), ("publish", bench.kind.publish(today, 0.1))):
                assert told.shape == (bench.zones,), f"{name}() is not of shape [Z]"
                assert np.isfinite(told).all() and told.min() >= 0.0, f"{name}() returns {told.tolist()}"  # noqa: PT018

    return f"columns, counts and shares of {_over_lives(kind, examples, statement)} days stay within bounds"


def columns_hold_all_state(kind: str, examples: int = 10) -> str:
    """A bench that is given the columns half-way lives on as the one that lived all days: a snapshot can resume."""

    def statement(bench_anew: Any, story: list[Day]) -> None:
        whole, late, cut = bench_anew(), bench_anew(), len(story) // 2
        before = dict(vars(whole.kind))
        for day in story[:cut]:
            whole.live(day)
        for name, column in whole.state.items():
            late.state[name][...] = column
        late.members[:] = whole.members
        late.day, late.working_days, late.tasks_so_far = whole.day, whole.working_days, whole.tasks_so_far
        for day in story[cut:]:
            one, other = whole.live(day), late.live(day)
            for name in COUNTS:
                mine, theirs = getattr(one, name).tolist(), getattr(other, name).tolist()
                assert mine == theirs, (
                    f"{cut} days lived, then resumed from its columns: account.{name} on day {whole.day - 1} is "
                    f"{theirs}, not {mine}; something is remembered outside the columns"
                )
        assert vars(whole.kind) == before, "the kind keeps something on itself: state belongs in columns"

    return f"{_over_lives(kind, examples, statement)} days resume from the columns alone"


def nothing_comes_of_nothing(kind: str, examples: int = 10) -> str:
    """Without contributions citizens deliver nothing and the administration is what is left; without needs, nothing."""
    by_staff = []

    def statement(bench_anew: Any, story: list[Day]) -> None:
        bench, empty = bench_anew(), bench_anew()
        none = quiet_day(bench.zones)
        for day in story:
            left = replace(day, tasks=none.tasks, shift=none.shift, wrong=none.wrong, alone=False)
            account = bench.live(left)
            assert not account.tasks_wasted.any(), "without contributions, tasks are wasted"
            assert not account.visits.any(), "without contributions, agents are paid for visits"
            given = int(account.delivered_by_citizens.sum())
            assert given == 0, f"without contributions citizens deliver {given}"
            by_staff.append(int(account.delivered_by_staff.sum()))
            if kind in UNIT_DAY_KINDS:
                continue
            nothing = empty.live(replace(left, arisen=none.arisen, relief=()))
            for name in ("delivered_by_citizens", "delivered_by_staff", "lapsed", "closed", "due", "in_time"):
                # Works and campaigns of a kind's own may arise all the same.
                assert not getattr(nothing, name).any() or empty.total("arisen"), (
                    f"without needs account.{name} is {getattr(nothing, name).tolist()}"
                )

    lived = _over_lives(kind, examples, statement, without=THERE_ALREADY.get(kind))
    return f"{lived} days without contributions: citizens deliver nothing, staff {sum(by_staff)}"


def costs_are_finite(kind: str, examples: int = 8) -> str:
    """What the kind says that it costs is finite, not negative, and booked under a measure that is recorded."""
    recorded = {measure.name for measure in DAILY_MEASURES}
    sums = []

    def statement(bench_anew: Any, story: list[Day]) -> None:
        bench = bench_anew()
        for day in story:
            bench.live(day)
            today = bench.today(day)
            for told in (bench.kind.costs(today), bench.kind.costs_alone(today)):
                assert set(told) <= recorded, (
                    f"costs are booked under {sorted(set(told) - recorded)}, which nobody records"
                )
                assert all(np.isfinite(euros) and euros >= 0.0 for euros in told.values()), f"costs are {dict(told)}"
                sums.append(sum(told.values()))

    _over_lives(kind, examples, statement)
    return f"own costs are finite, up to {max(sums):.0f} EUR a day"


def same_books_as_the_twin(kind: str, examples: int = 40) -> tuple[str, dict[str, int]]:
    """Kind and twin agree bit for bit: every count, every column, what waits, what is told. Returns totals as well."""
    totals = dict.fromkeys((*COUNTS, "days"), 0)

    def statement(bench_anew: Any, story: list[Day]) -> None:
        bench = bench_anew()
        for day in story:
            account, where = bench.live(day), f"day {bench.day - 1} of {bench.changes}"
            for name in COUNTS:
                mine, theirs = getattr(account, name).tolist(), bench.setting.account.of(name)
                assert mine == theirs, f"account.{name} on {where}: kind {mine}, twin {theirs}"
            told = bench.twin.columns()
            assert set(told) == set(bench.state), (
                f"the twin's columns() gives {sorted(told)}, the kind has {sorted(bench.state)}"
            )
            for name, column in told.items():
                assert np.array_equal(bench.state[name], column), (
                    f"column {name} on {where}: kind {bench.state[name].tolist()}, twin {np.asarray(column).tolist()}"
                )
            mine, theirs = bench.kind.waiting(bench.state).tolist(), bench.twin.waiting()
            assert mine == theirs, f"waiting() on {where}: kind {mine}, twin {theirs}"
            past = bench.day - 1 - int(SMALL["acknowledgement_delay"])
            if past >= 0:
                mine, theirs = bench.used_in_time().tolist(), bench.twin.used_in_time(past)
                assert mine == theirs, f"used_in_time() on {where}: kind {mine}, twin {theirs}"
        for name in COUNTS:
            totals[name] += bench.total(name)
        totals["days"] += len(story)

    lived = _over_lives(kind, examples, statement, with_twin=True)
    return f"{lived} days are the twin's, bit for bit", totals


def world_as_its_twin(kind: str) -> str:
    """A service of the kind among a few hundred people: engine and twin live the same days, and citizens deliver."""
    for days_lived in (40, LONG_LIFE):
        found, engine, twin = live_together(replace(world_of(kind), days=days_lived), 3, days_lived)
        assert not found, "; ".join(found[:3])
        given, delivered = (
            float(engine.records.series(name, engine.services - 1).sum())
            for name in ("contributions", "delivered_by_citizens")
        )
        if delivered > 0 or kind in WITHOUT_DELIVERY:
            break
    assert given > 0, "nobody contributes in a world of the kind, so that it shows nothing"
    assert delivered > 0 or kind in WITHOUT_DELIVERY, (
        f"with its defaults citizens deliver nothing in {twin.day} days: nothing of the kind was at work"
    )
    return (
        f"{twin.inhabitants} people, {given:.0f} contributions and {delivered:.0f} units by citizens in "
        f"{twin.day} days: engine and twin agree"
    )


def _trace(kind: str, changes: Mapping[str, Value], days_lived: int = 24) -> list[Any]:
    """Return all that a kind shows in one life: accounts, columns, costs, what it tells and how it prompts."""
    seen: list[Any] = []
    # A long life of needs, so that delays of any length can be set.
    bench = Bench(kind, 3, {**SMALL, "need_lifetime": 40, **changes}, 5, with_twin=False)
    for t in range(days_lived):
        shift = tuple(0.25 * (t % 3) for _ in range(3))
        tasks = (8, 3, 2 + 5 * (t % 2))
        day = Day((9, 4, 6), tasks, shift, (0, 1, 0), t % 4, 2, checking=0.3, alone=t > 20, relief=(1, 2, 1))
        bench.live(day)
        seen.append([getattr(bench.accounts[-1], name).tolist() for name in COUNTS])
        # Of a ring what it holds, not how long it is: a length that nothing comes of is no effect.
        seen.append(
            [column.sum(axis=0).tolist() if column.ndim > 1 else column.tolist() for column in bench.state.values()]
        )
        today = bench.today(day)
        seen += [dict(bench.kind.costs(today)), dict(bench.kind.costs_alone(today)), bench.prompt_factor.tolist()]
        seen += [bench.kind.pull(today).tolist(), bench.kind.publish(today, 0.1).tolist()]
        seen.append(bench.used_in_time().tolist() if bench.day > 3 else [])
    seen.append(bench.kind.bearing_on_trust(bench.own))
    return seen


def _long_trace(kind: str, changes: Mapping[str, Value]) -> list[Any]:
    """Return the same of a life in which what takes months comes to pass."""
    return _trace(kind, changes, LONG_LIFE)


def _world_trace(kind: str, changes: Mapping[str, Value]) -> bytes:
    """Return every daily figure of a world of the kind: what a parameter costs may be booked by the administration."""
    told = world_of(kind, **changes)
    engine = Simulation(replace(told, days=20), seed=3)
    while engine.day < 20:
        engine.step()
    return engine.records.daily.tobytes()


# Kinds whose last resort does not wait, each with the reason.
AT_ONCE: Mapping[str, str] = {
    "alert": "an ambulance is sent at once",
    "coverage": "what fills a map at the start has no age",
    "flow": "electricity is needed on the day",
}


def staff_wait_for_age(kind: str) -> str:
    """Where nobody contributes, staff with all the capacity there is take no need before it is old enough."""
    if kind in AT_ONCE:
        return f"its last resort does not wait: {AT_ONCE[kind]}"
    youngest, told = 5, []
    for alone in (False, True):
        bench = Bench(kind, 2, {**SMALL, "need_lifetime": 40}, with_twin=False)
        arisen, taken = [], 0
        for t in range(30):
            account = bench.live(quiet_day(2, arisen=10, capacity=1_000, youngest=youngest, alone=alone, detection=1.0))
            arisen.append(int(account.arisen.sum()))
            taken += int(account.delivered_by_staff.sum())
            old = sum(arisen[: max(0, t + 1 - youngest)])
            assert taken <= old, (
                f"staff {'alone ' if alone else ''}have taken {taken} needs by day {t}, of which {old} are "
                f"{youngest} days old or more"
            )
        told.append(taken)
    return f"staff take {told[0]} needs, alone {told[1]}, none younger than {youngest} days"


def own_parameters_matter(kind: str) -> str:
    """Each parameter that belongs to the kind alone moves something, on the bench or among people."""
    own = [parameter for parameter in SERVICE_PARAMETERS if parameter.production == (kind,)]
    contexts: list[Mapping[str, Value]] = [
        {},
        {"pooled": True},
        _all_moved(kind, high=True),
        _all_moved(kind, high=False),
    ]

    def moves(name: str, ends: tuple[Value, ...]) -> bool:
        return any(
            trace(kind, context) != trace(kind, {**context, name: value})
            for trace in (_trace, _world_trace, _long_trace)
            for context in contexts
            for value in ends
        )

    idle = [parameter.name for parameter in own if not moves(parameter.name, _ends(parameter))]
    assert not idle, (
        f"nothing moves with {', '.join(idle)} in {LONG_LIFE} days, from the defaults and from either end of every "
        "scan: is it read?"
    )
    return f"{len(own)} parameters of its own, each moves something"


def _ends(parameter: Any) -> tuple[Value, ...]:
    if isinstance(parameter.default, bool):
        return (not parameter.default,)
    if parameter.choices is not None:
        return tuple(word for word in parameter.choices if word != parameter.default)
    low, high = parameter.scan or parameter.bounds
    return tuple(type(parameter.default)(value) for value in (low, high))


def _all_moved(kind: str, *, high: bool) -> dict[str, Value]:
    """Return every number of the kind's own at one end of what is scanned: mechanisms idle by default are at work."""
    numbers = [p for p in SERVICE_PARAMETERS if p.production == (kind,) and p.bounds is not None]
    return {parameter.name: _ends(parameter)[1 if high else 0] for parameter in numbers}
