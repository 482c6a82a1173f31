"""The state of a page: the design, what was done to it, and the address that holds it whole."""

from __future__ import annotations

import string
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entraide.experiments.runs import run
from entraide.model.errors import InputError
from entraide.model.event_kinds import EVENT_KINDS
from entraide.model.parameters import Parameter, Value
from entraide.scenarios.communes import commune_table, department_names
from entraide.scenarios.loader import load_scenario
from entraide.viz.dashboard.address import MOST_CHARACTERS, address, parse, query
from entraide.viz.dashboard.address_reading import KEYS, Trouble
from entraide.viz.dashboard.choices import load_choices
from entraide.viz.dashboard.design import (
    LETTERS,
    PARAMETERS_OFFERED,
    REPLICATES,
    Changes,
    Design,
    PlannedEvent,
    ordered,
)
from entraide.viz.dashboard.history import MOST_STEPS, History
from entraide.viz.dashboard.levers import fields_of
from entraide.viz.dashboard.page_context import PageEntry
from entraide.viz.dashboard.pages.registry import PAGES, computations, page_at
from entraide.viz.dashboard.shell import trouble_text
from entraide.viz.dashboard.worlds import checked, command_of, sampled, value_there, with_levers, world_of
from entraide.viz.locales import LANGUAGES

CHOICES = load_choices()
SERVICES = CHOICES.services
DEPARTMENTS = sorted({str(code) for code in commune_table().department})
COMMUNES = commune_table().code.tolist()


def _values(parameter: Parameter) -> st.SearchStrategy[Value]:
    if isinstance(parameter.default, bool):
        return st.booleans()
    if isinstance(parameter.default, str):
        return st.sampled_from(parameter.choices or ())
    assert parameter.bounds is not None
    low, high = parameter.bounds
    if isinstance(parameter.default, int):
        return st.integers(int(low), int(high))
    return st.floats(low, high, allow_nan=False)


def _changes(scenario: str, kind: str) -> st.SearchStrategy[Changes]:
    fields = fields_of(CHOICES.scenarios[scenario], kind)
    some = st.lists(st.sampled_from(fields), max_size=4, unique_by=lambda field: field.key)
    return some.flatmap(
        lambda chosen: st.fixed_dictionaries({field.key: _values(field.parameter) for field in chosen})
    ).map(ordered)


_EVENTS = st.sampled_from(EVENT_KINDS).flatmap(
    lambda kind: st.builds(
        PlannedEvent,
        st.just(kind.name),
        st.dates(date(2000, 1, 1), date(2060, 1, 1)),
        st.integers(1, 1095),
        st.floats(*(kind.bounds or (0.0, 1.0)), allow_nan=False),
    )
)
_TERRITORIES = st.one_of(
    st.just(""),
    st.just("all"),
    st.sampled_from(DEPARTMENTS).map("department:{}".format),
    st.lists(st.sampled_from(COMMUNES), min_size=1, max_size=5, unique=True).map(",".join),
)


@st.composite
def designs(draw: st.DrawFn) -> Design:
    """Any design of any scenario that is offered."""
    scenario = draw(st.sampled_from(sorted(SERVICES)))
    count = draw(st.integers(1, len(LETTERS)))
    return Design(
        scenario=scenario,
        territory=draw(_TERRITORIES),
        norms=draw(_changes(scenario, "norm")),
        assumptions=draw(_changes(scenario, "assumption")),
        variants=tuple(draw(_changes(scenario, "lever")) for _ in range(count)),
        current=draw(st.integers(0, count - 1)),
        baseline=draw(st.one_of(st.none(), st.integers(0, count - 1))),
        events=tuple(draw(st.lists(_EVENTS, max_size=3))),
        days=draw(st.one_of(st.none(), st.integers(1, 1095))),
        replicates=draw(st.one_of(st.sampled_from(REPLICATES), st.integers(1, 1000))),
        seed=draw(st.integers(0, 2**63 - 1)),
        parameters=draw(st.sampled_from(PARAMETERS_OFFERED)),
    )


@given(designs(), st.sampled_from(LANGUAGES))
@settings(max_examples=150, deadline=None)
def test_an_address_holds_the_whole_design(design: Design, language: str) -> None:
    made = address("design", language, design)
    assert made.startswith("/design?")
    assert parse(made.partition("?")[2], SERVICES) == (design, ())


@given(st.text(max_size=300), st.sampled_from(["", "v=1&", "v=1&s=urban-reports&"]), st.sampled_from(sorted(KEYS)))
@settings(max_examples=300, deadline=None)
def test_whatever_an_address_holds_there_is_a_design_that_can_be_shown(text: str, start: str, key: str) -> None:
    for search in (start + text, f"{start}{key}={text}", f"{start}{key}={text}&{key}={text}"):
        design, troubles = parse(search, SERVICES)
        assert parse(query("en", design), SERVICES) == (design, ())
        assert all(trouble.key in KEYS or trouble.key == "address" for trouble in troubles)


@pytest.mark.parametrize(
    ("search", "troubles"),
    [
        ("v=1&s=../../etc/passwd", {("s", "unknown")}),
        ("v=1&s=urban-reports&t=/etc/passwd", {("t", "value")}),
        ("v=1&s=urban-reports&t=zones.csv", {("t", "value")}),
        ("v=1&s=urban-reports&t=department:99999", {("t", "value")}),
        ("v=1&s=urban-reports&n=norm_delay:-3", {("n", "value")}),
        ("v=1&s=urban-reports&n=app_friction:1", {("n", "unknown")}),
        ("v=1&s=urban-reports&la=app_friction:nan", {("la", "value")}),
        ("v=1&s=urban-reports&la=<script>:1", {("la", "unknown")}),
        ("v=1&s=urban-reports&e=outage@yesterday:1:1.0", {("e", "value")}),
        ("v=1&s=urban-reports&r=1000000000", {("r", "value")}),
        ("v=1&s=urban-reports&on=c", {("on", "value")}),
        ("v=1&s=urban-reports&seed=3&seed=4", {("seed", "twice")}),
        ("v=2&s=urban-reports", {("v", "newer")}),
        ("v=1&t=" + "2" * MOST_CHARACTERS, {("address", "too_long")}),
    ],
)
def test_what_cannot_be_used_is_told_by_its_key_and_never_repeated(search: str, troubles: set[tuple[str, str]]) -> None:
    design, found = parse(search, SERVICES)
    assert {(each.key, each.why) for each in found} == troubles
    assert design.territory == ""
    assert not design.moved
    for each in found:
        for language in LANGUAGES:
            told = trouble_text(each, language)
            assert not any(word in told for word in ("passwd", "script", "zones.csv", "/"))
            assert each.key == "address" or told.startswith(each.key)


@pytest.mark.parametrize("why", ["unknown", "value", "twice", "too_long", "newer"])
def test_every_trouble_has_its_words(why: str) -> None:
    for key in (*KEYS, "address"):
        for name in ("", "norm_delay"):
            assert all(trouble_text(Trouble(key, why, name), language) for language in LANGUAGES)


@pytest.mark.parametrize("search", ["lang=fr&parameters=preset", "parameters=preset", "v=0&parameters=preset"])
def test_an_address_of_before_there_was_a_version_still_opens_what_it_opened(search: str) -> None:
    assert parse(search, SERVICES) == (Design(parameters="preset"), ())


@given(st.lists(st.integers(0, 5), max_size=30), st.integers(0, 40))
def test_undo_then_redo_changes_nothing(states: list[int], back: int) -> None:
    history = History.begin(0)
    for state in states:
        history = history.do(state)
    for _ in range(back):
        history = history.undo()
    if history.can_undo:
        assert history.undo().redo() == history
    if history.can_redo:
        assert history.redo().undo() == history
    assert history.reset().present == history.start == 0


@given(st.lists(st.integers(), max_size=3 * MOST_STEPS))
def test_what_can_be_undone_is_bounded_and_comes_back_in_order(states: list[int]) -> None:
    history, reached = History.begin(-1), [-1]
    for state in states:
        history = history.do(state)
        if state != reached[-1]:
            reached.append(state)
    assert len(history.past) == min(MOST_STEPS, len(reached) - 1)
    seen = [history.present]
    while history.can_undo:
        history = history.undo()
        seen.append(history.present)
    assert seen == reached[::-1][: len(seen)]


def test_going_back_in_the_browser_undoes_and_going_forward_does_again() -> None:
    history = History.begin("a").do("b").do("c")
    back = history.visit("b")
    assert back == history.undo()
    assert back.visit("c") == history
    assert back.visit("d").present == "d"
    assert not back.visit("d").can_redo


def test_a_lever_moves_in_one_design_and_a_norm_in_all() -> None:
    two = Design().move("app_friction", 1.0).copied().move("app_friction", 4.0).move("norm_delay", 7)
    assert two.variants == ((("app_friction", 1.0),), (("app_friction", 4.0),))
    assert two.letter == "B"
    assert two.world == {"norm_delay": 7}
    assert two.work_on(0).moved == {"app_friction": 1.0, "norm_delay": 7}
    assert two.move("norm_delay", None).norms == ()
    assert two.move("app_friction", None).variants[0] == (("app_friction", 1.0),)


@given(designs())
@settings(max_examples=60, deadline=None)
def test_what_does_not_matter_to_a_verdict_is_left_out_of_its_question(design: Design) -> None:
    alone = design.alone()
    assert alone.alone() == alone
    assert alone.levers == design.levers
    assert alone.baseline_levers == design.baseline_levers
    assert alone.moved == design.moved
    assert len(alone.variants) <= 2


@given(designs(), st.data())
@settings(max_examples=60, deadline=None)
def test_taking_a_design_out_leaves_a_design_that_can_be_addressed(design: Design, data: st.DataObject) -> None:
    left = design.without(data.draw(st.integers(0, len(design.variants) - 1)))
    assert len(left.variants) == max(1, len(design.variants) - 1)
    assert parse(query("en", left), SERVICES) == (left, ())


def test_there_are_nine_pages_with_names_in_both_languages() -> None:
    assert len(PAGES) == len({page.path for page in PAGES}) == 9
    assert all(isinstance(page, PageEntry) for page in PAGES)
    for page in PAGES:
        assert set(page.path) <= set(string.ascii_lowercase + "-")
        for words in (page.title, page.lead):
            assert set(words) == set(LANGUAGES)
            assert all(words.values())
    assert page_at("") is page_at("nowhere") is PAGES[0]
    kinds = [page.work.kind for page in PAGES if page.work is not None]
    assert {"verdict", "preview", *kinds} == set(computations())


def test_what_holds_for_all_designs_is_simulated_in_the_baseline_too() -> None:
    declared = CHOICES.scenarios["urban-reports"]
    design = Design().move("norm_delay", 7).move("effort_weight", 1.2).move("app_friction", 1.0)
    world = world_of(design, declared)
    assert value_there(world, "norm_delay") == 7
    assert value_there(world, "effort_weight") == 1.2
    assert value_there(world, "app_friction") == value_there(declared, "app_friction")
    assert value_there(with_levers(world, design.levers), "app_friction") == 1.0
    same = load_scenario("urban-reports", {"norm_delay": 7, "effort_weight": 1.2, "app_friction": 1.0})
    assert with_levers(world, design.levers).specification() == same.specification()


def test_a_design_that_contradicts_itself_is_told_and_its_scenario_shown() -> None:
    declared = CHOICES.scenarios["urban-reports"]
    world, fault = checked(Design().move("reward_rate", 5.0), declared)
    assert world is declared
    assert isinstance(fault, InputError)
    late = PlannedEvent("outage", date(2040, 1, 1))
    assert checked(Design(events=(late,)), declared)[1] is not None
    assert checked(Design(territory="department:35"), declared)[1] is None


def test_a_preview_takes_whole_zones_the_same_for_every_design() -> None:
    declared = CHOICES.scenarios["urban-reports"]
    part, zones = sampled(declared)
    whole, some = declared.territory(), part.territory()
    print(f"{zones} of {whole.zones} zones, {some.inhabitants} of {whole.inhabitants} people")
    assert 1 <= zones < whole.zones
    assert some.inhabitants <= 100_000
    people = dict(zip(whole.codes, whole.population.tolist(), strict=True))
    assert all(people[code] == count for code, count in zip(some.codes, some.population.tolist(), strict=True))
    moved = with_levers(world_of(Design(), declared), (("app_friction", 1.0),))
    assert sampled(moved)[0].request == part.request
    small = world_of(Design(territory="29155,29083,29082"), declared)
    assert sampled(small) == (small, 3)


def test_the_command_of_a_design_computes_the_same() -> None:
    declared = CHOICES.scenarios["urban-reports"]
    design = Design(territory="29155,29083,29082", days=30, replicates=2).move("app_friction", 1.0)
    command = command_of(design, declared, "en")
    print(command)
    for word in ("--territory 29155,29083,29082", "--days 30", "--set app_friction=1.0", "--replicates 2"):
        assert word in command
    own = run(with_levers(world_of(design, declared), design.levers), replicates=2, counterfactual=False)
    again = run(
        world_of(Design(territory=design.territory), load_scenario("urban-reports", {"app_friction": 1.0}, days=30)),
        replicates=2,
        counterfactual=False,
    )
    assert own.values().keys() == again.values().keys()
    assert own.cost() == again.cost()
    assert command_of(Design(events=(PlannedEvent("outage", date(2025, 3, 1)),)), declared, "fr") == ""


def test_every_department_has_a_name_in_the_search() -> None:
    assert set(DEPARTMENTS) <= set(department_names())
