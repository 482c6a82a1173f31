"""What all pages share: a queue that is fair, answers kept as long as there is room, and nothing of one for another."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entraide.model.errors import InputError, MachineError
from entraide.scenarios.loader import load_scenario
from entraide.viz.dashboard.bench import Bench, Request
from entraide.viz.dashboard.computing import VERDICT, Answer, Preview, preview_request
from entraide.viz.dashboard.design import Design
from entraide.viz.dashboard.fair_queue import FairQueue
from entraide.viz.dashboard.office import Office, Ticket
from entraide.viz.dashboard.pages.registry import computations
from entraide.viz.dashboard.store import Store, size_in_bytes
from entraide.viz.locales import LANGUAGES

SCENARIO = load_scenario("urban-reports")
PATIENCE = 60.0


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers()), max_size=40))
def test_people_take_turns_and_each_is_served_in_their_own_order(asked: list[tuple[str, int]]) -> None:
    queue: FairQueue[tuple[str, int, object]] = FairQueue(most_each=100, most=1000)
    items = [(person, number, object()) for person, number in asked]
    for item in items:
        queue.put(item[0], item)
    places = {id(item): queue.place(item) for item in items}
    served = []
    while (item := queue.take()) is not None:
        served.append(item)
    assert {id(item): place for place, item in enumerate(served)} == places
    for person in "abcd":
        assert [item for item in served if item[0] == person] == [item for item in items if item[0] == person]
    # Whoever still waits was never served two times fewer than somebody else.
    for end in range(len(served) + 1):
        waiting = {item[0] for item in served[end:]}
        counts = {person: sum(item[0] == person for item in served[:end]) for person in "abcd"}
        for person in waiting:
            assert counts[person] >= max(counts.values()) - 1


def test_who_asks_much_does_not_keep_others_waiting() -> None:
    queue: FairQueue[str] = FairQueue()
    for number in range(4):
        queue.put("greedy", f"greedy {number}")
    queue.put("modest", "modest")
    assert queue.place("modest") == 1
    assert queue.take() == "greedy 0"
    assert queue.take() == "modest"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_full_queue_refuses_with_the_next_step(language: str) -> None:
    queue: FairQueue[int] = FairQueue(most_each=2, most=3)
    for number in range(2):
        queue.put("a", number)
    with pytest.raises(MachineError) as own:
        queue.put("a", 2)
    queue.put("b", 3)
    with pytest.raises(MachineError) as all_of_them:
        queue.put("c", 4)
    words = {"en": ("Stop one of them", "Try again"), "fr": ("Arrêtez-en une", "Réessayez")}[language]
    assert words[0] in own.value.told(language)
    assert words[1] in all_of_them.value.told(language)
    assert len(queue) == 3


def test_who_leaves_takes_their_place_along() -> None:
    queue: FairQueue[str] = FairQueue()
    items = ["a0", "b1", "a2"]
    for item in items:
        queue.put(item[0], item)
    assert queue.leave("a") == ("a0", "a2")
    assert queue.place(items[1]) == 0
    assert not queue.remove(items[0])
    assert queue.remove(items[1])
    assert queue.take() is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 30), st.integers(1, 90)), max_size=60))
@settings(deadline=None)
def test_the_store_never_holds_more_than_it_may(puts: list[tuple[str, int, int]]) -> None:
    store = Store(most=12, most_bytes=60_000, most_bytes_each=40_000)
    for person, key, thousands in puts:
        store.put(str(key), np.zeros(125 * thousands), person)
        assert len(store) <= 12
        assert store.bytes <= 60_000
        assert all(store.bytes_of(each) <= 40_000 for each in "abc")


def test_the_one_used_longest_ago_is_let_go_first_and_of_whoever_holds_most() -> None:
    store = Store(most=3, most_bytes_each=10**9)
    for key in ("one", "two", "three"):
        store.put(key, key, "a")
    assert store.get("one", "a") == "one"
    store.put("four", "four", "b")
    assert [store.get(key) for key in ("one", "two", "three", "four")] == ["one", None, "three", "four"]
    store.leave("b")
    store.put("five", "five", "a")
    assert store.get("four") is None, "of who left"
    assert store.get("one") == "one"


def test_what_is_larger_than_a_persons_room_is_not_held() -> None:
    store = Store(most_bytes_each=1000)
    store.put("large", np.zeros(1000), "a")
    assert store.get("large") is None
    assert len(store) == 0


def test_a_size_counts_what_is_inside_once() -> None:
    array = np.zeros(1000)
    assert size_in_bytes((array, array)) < 2 * array.nbytes
    assert size_in_bytes({"a": array, "b": [np.zeros(1000)]}) > 2 * array.nbytes


class Gate:
    """A computation that waits until it is let through, and notes whom it served."""

    def __init__(self) -> None:
        self.open, self.began = threading.Event(), threading.Event()
        self.served: list[str] = []

    def __call__(self, bench: Bench) -> str:
        name = dict(bench.request.options)["name"]
        self.served.append(name)
        self.began.set()
        while not self.open.wait(0.01):
            if bench.cancel.is_set():
                from entraide.experiments.runner import Cancelled

                raise Cancelled
        return f"answer to {name}"


def _office(gate: Callable[[Bench], object]) -> Office:
    return Office({"gate": gate}, slots=1)


def _ask(office: Office, person: str, name: str) -> Ticket:
    return office.ask(person, Request("gate", Design(), (("name", name),)), SCENARIO)


def _done(*tickets: Ticket) -> None:
    for ticket in tickets:
        assert ticket.finished.wait(PATIENCE)


def test_requests_of_several_people_are_served_in_turn_and_told_their_place() -> None:
    gate = Gate()
    office = _office(gate)
    first = _ask(office, "a", "a0")
    assert gate.began.wait(PATIENCE)
    later = [_ask(office, person, name) for person, name in (("a", "a1"), ("a", "a2"), ("b", "b0"), ("c", "c0"))]
    assert [ticket.progress.place for ticket in later] == [1, 4, 2, 3]
    assert {ticket.progress.stage for ticket in later} == {"waiting"}
    gate.open.set()
    _done(first, *later)
    assert gate.served == ["a0", "a1", "b0", "c0", "a2"]
    assert [ticket.answer for ticket in later] == [f"answer to {name}" for name in ("a1", "a2", "b0", "c0")]


def test_a_request_that_waits_is_withdrawn_at_once_and_one_under_way_stops() -> None:
    gate = Gate()
    office = _office(gate)
    running, waiting, other = _ask(office, "a", "a0"), _ask(office, "a", "a1"), _ask(office, "b", "b0")
    assert gate.began.wait(PATIENCE)
    waiting.stop()
    assert waiting.finished.is_set()
    assert other.progress.place == 1
    running.stop()
    gate.open.set()
    _done(running, other)
    assert (running.answer, waiting.answer) == (None, None) or running.answer == "answer to a0"
    assert other.answer == "answer to b0"
    assert "a1" not in gate.served


def test_closing_a_page_frees_all_that_it_held() -> None:
    gate = Gate()
    office = _office(gate)
    tickets = [_ask(office, "a", f"a{number}") for number in range(3)]
    other = _ask(office, "b", "b0")
    assert gate.began.wait(PATIENCE)
    office.leave("a")
    _done(*tickets)
    assert [ticket.answer for ticket in tickets] == [None, None, None]
    gate.open.set()
    _done(other)
    assert gate.served == ["a0", "b0"]
    assert office.store.bytes_of("a") == 0


def test_what_was_answered_is_answered_at_once_whoever_asks() -> None:
    gate = Gate()
    gate.open.set()
    office = _office(gate)
    first = _ask(office, "a", "same")
    _done(first)
    again = _ask(office, "b", "same")
    assert again.finished.is_set()
    assert again.answer is first.answer
    assert gate.served == ["same"]


def test_a_fault_of_one_person_is_told_to_them_alone_and_the_office_goes_on() -> None:
    def compute(bench: Bench) -> str:
        name = dict(bench.request.options)["name"]
        if name == "wrong":
            raise InputError("cannot be used")
        if name == "broken":
            raise ZeroDivisionError
        return name

    office = _office(compute)
    wrong, broken, right = (_ask(office, person, person) for person in ("wrong", "broken", "right"))
    _done(wrong, broken, right)
    assert isinstance(wrong.fault, InputError)
    assert isinstance(broken.failure, ZeroDivisionError)
    assert (right.answer, right.fault, right.failure) == ("right", None, None)
    with pytest.raises(ZeroDivisionError):
        broken.follow(lambda _: None, every=0.01)


@pytest.mark.slow
def test_ten_people_who_ask_different_things_at_once_are_each_given_their_own() -> None:
    """Small islands for a few days; the same questions asked alone give the same answers."""
    office = Office(computations())
    where = Design(territory="29155,29083,29082", days=20, replicates=2)
    asked = [where.move("app_friction", 0.5 + person) for person in range(10)]
    tickets: dict[int, Ticket] = {}

    def visit(person: int) -> None:
        tickets[person] = office.ask(str(person), VERDICT.request(asked[person]), SCENARIO)
        tickets[person].follow(lambda _: None, every=0.01)

    visitors = [threading.Thread(target=visit, args=(person,)) for person in range(10)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join(PATIENCE)
    held = {person: office.store.bytes_of(str(person)) for person in range(10)}
    print(f"held for each: {sorted(held.values())} bytes; in all {office.store.bytes}")
    alone = Office(computations())
    for person, ticket in tickets.items():
        assert isinstance(ticket.answer, Answer)
        assert ticket.answer.design.levers == asked[person].levers
        own = alone.ask("alone", VERDICT.request(asked[person]), SCENARIO)
        own.follow(lambda _: None, every=0.01)
        assert isinstance(own.answer, Answer)
        assert own.answer.result.cost() == ticket.answer.result.cost()
    assert len({ticket.answer.result.cost().value for ticket in tickets.values()}) > 1  # type: ignore[attr-defined]


def test_what_a_file_says_in_words_is_never_told_to_who_opened_another_file() -> None:
    """Two files that compute the same but for their titles have answers of their own."""
    from dataclasses import replace

    from entraide.scenarios.fixed_mapping import fixed

    tables = {**SCENARIO.tables, "card": {"en": {"title": "Another"}, "fr": {"title": "Une autre"}}}
    other = replace(SCENARIO, tables=fixed(tables))
    request = VERDICT.request(Design())
    assert request.key(SCENARIO) == request.key(SCENARIO)
    assert request.key(SCENARIO) != request.key(other)


def test_a_preview_says_what_it_is_of() -> None:
    office = Office(computations())
    small = Design(territory="29155,29083,29082", days=20, replicates=100).move("app_friction", 1.0)
    ticket = office.ask("a", preview_request(small), SCENARIO)
    ticket.follow(lambda _: None, every=0.01)
    assert isinstance(ticket.answer, Preview)
    assert (ticket.answer.zones, ticket.answer.of) == (3, 3)
    assert ticket.answer.result.replicates == ticket.answer.baseline.replicates == 4
    assert ticket.answer.result.counterfactual is None
    assert preview_request(small) == preview_request(small.work_on(0))
