"""What the dashboard offers and understands, without a browser: levers, typed values, words, units, jobs, ports."""

from __future__ import annotations

import html
import re
import socket
import string
import threading
from itertools import pairwise

import pytest
import solara
from french_words import english_words, faults_of_french, left_over
from solara.server.kernel_context import PageStatus

from entraide.experiments.parameters_from import PARAMETERS
from entraide.experiments.runs import run
from entraide.model.errors import InputError, MachineError
from entraide.model.parameters import Parameter
from entraide.model.unit_words import UNITS
from entraide.scenarios.declarations import ALL
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.scenario import Scenario
from entraide.scenarios.schema import PRODUCTION_KINDS
from entraide.viz.dashboard.address import language_of, parse, query
from entraide.viz.dashboard.basis import basis_html, ignorance_html
from entraide.viz.dashboard.bench import Progress
from entraide.viz.dashboard.choices import SCENARIO_FOLDER, has_draws, load_choices, parameters_taken
from entraide.viz.dashboard.computing import VERDICT, Answer
from entraide.viz.dashboard.design import PARAMETERS_OFFERED, REPLICATES, Design, ordered
from entraide.viz.dashboard.gauges import gauge
from entraide.viz.dashboard.levers import LEVERS, Lever, levers_of, nearest_step, parse_value
from entraide.viz.dashboard.office import Office, Ticket
from entraide.viz.dashboard.pages.choose import card_html
from entraide.viz.dashboard.pages.registry import computations
from entraide.viz.dashboard.parts import ParametersField
from entraide.viz.dashboard.presence import reader_of
from entraide.viz.dashboard.status import status_of
from entraide.viz.dashboard.words import LANGUAGE_NAMES, WORDS, duration, say
from entraide.viz.locales import LANGUAGES
from entraide.viz.serve import serve
from entraide.viz.units import counted_unit, is_share, unit_text, value_text

SHIPPED = load_choices().scenarios
EVERY_LEVER = [(name, lever) for name, scenario in SHIPPED.items() for lever in levers_of(scenario)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_known_of_people_is_no_choice_where_no_data_leave_anything_open(language: str) -> None:
    """Either answer simulates the same there: none can be chosen, and none makes a verdict look out of date."""

    def field(name: str) -> tuple[bool, str, str]:
        shown = solara.component(ParametersField)("preset", SHIPPED[name], language, False, lambda _: None)
        page, _ = solara.render(shown, handle_error=False)
        choice, *notes = getattr(page.children[0], "children", None) or page.children
        return choice.disabled, choice.value, " ".join(note.unsafe_innerHTML for note in notes)

    disabled, marked, told = field("cardiac-alert")
    assert (disabled, marked) == (True, "")
    print(told)
    assert html.unescape(told).endswith(say("parameters_idle", language))
    assert not has_draws(SHIPPED["cardiac-alert"])
    taken = {parameters_taken(word, SHIPPED["cardiac-alert"]) for word in PARAMETERS_OFFERED}
    assert len(taken) == 1

    disabled, marked, told = field("urban-reports")
    assert (disabled, marked) == (False, "preset")
    assert say("parameters_idle", language) not in told
    assert [parameters_taken(word, SHIPPED["urban-reports"]) for word in PARAMETERS_OFFERED] == [*PARAMETERS_OFFERED]


def test_every_kind_of_production_has_four_levers() -> None:
    print(f"{len(SHIPPED)} scenarios, {len(EVERY_LEVER)} levers")
    assert set(LEVERS) == set(PRODUCTION_KINDS)
    assert all(len(names) == 4 for names in LEVERS.values())
    assert all(ALL[name].kind == "lever" for names in LEVERS.values() for name in names)


@pytest.mark.parametrize(("scenario", "lever"), EVERY_LEVER)
def test_a_slider_stays_within_what_is_allowed_and_reaches_beyond_today(scenario: str, lever: Lever) -> None:
    bounds = lever.parameter.bounds
    assert bounds is not None
    assert bounds[0] <= lever.low <= lever.baseline <= lever.high <= bounds[1]
    assert lever.high >= min(bounds[1], 2 * lever.baseline)
    steps = (lever.high - lever.low) / lever.step
    print(f"{scenario}, {lever.key}: {lever.low:g} to {lever.high:g} in {steps:g} steps")
    whole = isinstance(lever.parameter.default, int)
    assert (min(10, bounds[1] - bounds[0]) if whole else 10) <= steps <= 100.5
    places = [nearest_step(lever, lever.low + k * lever.step) for k in range(round(steps) + 1)]
    assert all(lever.parameter.check(place) == place for place in places)
    assert all(low < high for low, high in pairwise(places))
    assert lever.baseline in places


@pytest.mark.parametrize(("scenario", "lever"), EVERY_LEVER)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_page_writes_can_be_typed_back(scenario: str, lever: Lever, language: str) -> None:
    for value in (lever.low, lever.baseline, lever.high, lever.low + lever.step):
        unit = counted_unit(unit_text(lever.parameter, language), value, language)
        written = value_text(lever.parameter, lever.parameter.check(value), language).removesuffix(unit)
        assert parse_value(lever, written, language) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("12500", "en", 12500.0),
        ("12,500", "en", 12500.0),
        ("12,5", "en", 12.5),
        ("12,500", "fr", 12.5),
        ("12\u202f500", "fr", 12500.0),
        (" 12 500,5 ", "fr", 12500.5),
        ("-1", "en", None),
        ("1e9", "en", None),
        ("nan", "en", None),
        ("inf", "en", None),
        ("twelve", "en", None),
        ("", "fr", None),
        ("1,2,3", "en", None),
    ],
)
def test_typed_numbers_are_understood_as_the_language_writes_them(
    text: str, language: str, value: float | None
) -> None:
    capacity = next(lever for _, lever in EVERY_LEVER if lever.key == "repair_capacity")
    assert parse_value(capacity, text, language) == value


@pytest.mark.parametrize(("text", "value"), [("90", 0.9), ("90 %", 0.9), ("0,5", 0.005), ("101", None), ("-1", None)])
def test_shares_are_typed_in_per_cent(text: str, value: float | None) -> None:
    rate = next(lever for _, lever in EVERY_LEVER if lever.key == "acknowledgement_rate")
    assert parse_value(rate, text, "fr") == value


def test_whole_numbers_refuse_parts() -> None:
    answers = next(lever for _, lever in EVERY_LEVER if lever.key == "answers_per_task")
    assert parse_value(answers, "7", "en") == 7
    assert parse_value(answers, "7.5", "en") is None


def test_a_folder_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setenv(SCENARIO_FOLDER, str(tmp_path / "nowhere"))
    choices = load_choices()
    assert set(choices.scenarios) == set(SHIPPED)
    assert SCENARIO_FOLDER in choices.faults[0]


@pytest.mark.parametrize("scenario", SHIPPED.values(), ids=SHIPPED)
def test_the_french_page_names_its_place_in_french(scenario: Scenario) -> None:
    lines = re.findall(r'<p class="help">(.*?)</p>', card_html(scenario, "fr"))
    assert len(lines) == 1
    assert english_words(lines[0]) == []


def _fields(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


@pytest.mark.parametrize("key", WORDS)
def test_every_text_exists_in_both_languages_with_the_same_places(key: str) -> None:
    assert set(WORDS[key]) == set(LANGUAGES) == set(LANGUAGE_NAMES)
    english, french = WORDS[key]["en"], WORDS[key]["fr"]
    assert english.strip()
    assert french.strip()
    assert _fields(english) == _fields(french)
    # French puts a narrow no-break space before these marks, and never an ordinary one or none.
    assert re.findall(r"(?<!\u202f)[;:?!%»]|«(?!\u202f)", french) == []


@pytest.mark.parametrize("count", REPLICATES)
def test_every_number_of_simulations_has_its_words(count: int) -> None:
    assert all(str(count) in say(f"replicates_{count}", language) for language in LANGUAGES)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_unit_has_its_words(name: str, language: str) -> None:
    parameter: Parameter = ALL[name]
    assert parameter.unit in UNITS
    text = value_text(parameter, parameter.default, language)
    assert text
    assert is_share(parameter) == text.endswith("%")


@pytest.mark.parametrize(
    ("search", "preferred", "language"),
    [
        ("lang=fr", (), "fr"),
        ("lang=en", ("fr-FR", "fr"), "en"),
        (None, ("fr-FR", "en"), "fr"),
        (None, ("de", "fr"), "fr"),
        ("lang=de", (), "en"),
        ("lang=../../etc", ("*",), "en"),
        ("", (), "en"),
    ],
)
def test_the_language_is_that_of_the_address_then_that_of_the_reader(
    search: str | None, preferred: tuple[str, ...], language: str
) -> None:
    assert language_of(search, preferred) == language


SERVICES = load_choices().services


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("parameters", PARAMETERS)
def test_an_address_gives_back_what_it_was_made_of(language: str, parameters: str) -> None:
    made = query(language, Design(parameters=parameters))
    assert language_of(made, ("de",)) == language
    assert parse(made, SERVICES) == (Design(parameters=parameters), ())


@pytest.mark.parametrize(
    ("search", "parameters"),
    [(None, "ensemble"), ("lang=fr", "ensemble"), ("parameters=preset", "preset"), ("parameters=../x", "ensemble")],
)
def test_all_that_data_leave_open_is_taken_unless_the_address_says_otherwise(
    search: str | None, parameters: str
) -> None:
    assert set(PARAMETERS_OFFERED) == set(PARAMETERS)
    assert parse(search, SERVICES)[0].parameters == parameters


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "1\u00a0s"), (8.6, "9\u00a0s"), (23.0, "25\u00a0s"), (58.0, "1\u00a0min"), (200.0, "3\u00a0min")],
)
def test_waiting_times_are_round(seconds: float, text: str) -> None:
    assert duration(seconds, "fr") == text


@pytest.fixture(scope="module")
def islands(tmp_path_factory: pytest.TempPathFactory):
    """A scenario of fewer than two thousand people, over a few weeks."""
    scenario = load_scenario("urban-reports", days=45)
    text = scenario.path.read_text(encoding="utf-8").replace('"department:29"', '["29155", "29083", "29082"]')
    path = tmp_path_factory.mktemp("islands") / "islands.toml"
    path.write_text(text, encoding="utf-8")
    return load_scenario(path, days=45)


def _designed(replicates: int, parameters: str = "ensemble", **levers: float) -> Design:
    return Design("islands", variants=(ordered(levers),), replicates=replicates, parameters=parameters)


def _asked(office: Office, scenario: Scenario, design: Design) -> Ticket:
    return office.ask("reader", VERDICT.request(design), scenario)


def _answer(office: Office, scenario: Scenario, design: Design) -> Answer:
    ticket = _asked(office, scenario, design)
    ticket.follow(lambda _: None, every=0.01)
    assert isinstance(ticket.answer, Answer), ticket.fault
    return ticket.answer


def _threads() -> list[str]:
    """Return the threads of the office that are left, once those that ended have had the time to."""
    for thread in threading.enumerate():
        if thread.name.startswith("entraide"):
            thread.join(10)
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("entraide")]


def test_a_job_answers_as_the_experiments_do_and_says_how_far_it_is(islands) -> None:
    heard: list[Progress] = []
    office = Office(computations())
    job = _asked(office, islands, _designed(3, acknowledgement_rate=0.9))
    job.follow(heard.append, every=0.01)
    assert isinstance(job.answer, Answer)
    again = run(
        load_scenario(islands.path, {"acknowledgement_rate": 0.9}, days=45), replicates=3, parameters="ensemble"
    )
    assert job.answer.result.cost() == again.cost()
    assert job.answer.result.values().keys() == again.values().keys()
    assert job.answer.baseline.scenario is islands
    assert job.answer.baseline.counterfactual is None
    assert job.answer.result.counterfactual is not None
    shares = [each.share for each in heard]
    print(f"heard {len(heard)} times: {sorted({each.stage for each in heard})}")
    assert shares == sorted(shares)
    assert shares[0] >= 0.0
    assert shares[-1] <= 1.0


def test_a_baseline_is_simulated_once_for_several_designs(islands) -> None:
    office = Office(computations())
    first = _answer(office, islands, _designed(2))
    assert first.result is first.baseline
    second = _answer(office, islands, _designed(2, app_friction=6.0))
    assert second.baseline is first.baseline
    other_number = _answer(office, islands, _designed(3, app_friction=6.0))
    assert other_number.baseline.replicates == 3


def test_baseline_and_design_take_the_same_draws_and_another_choice_another_baseline(islands) -> None:
    office = Office(computations())
    first = _answer(office, islands, _designed(4, app_friction=6.0))
    assert first.baseline.draws == first.result.draws
    assert len(first.result.specifications) == 4
    same = run(load_scenario(islands.path, {"app_friction": 6.0}, days=45), replicates=4, parameters="ensemble")
    assert first.result.cost() == same.cost()
    preset = _answer(office, islands, _designed(4, "preset", app_friction=6.0))
    assert preset.baseline.draws is None
    assert preset.result.draws is None
    assert preset.result.cost() != same.cost()
    assert _answer(office, islands, _designed(4, app_friction=6.0)) is first


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_verdict_rests_on_is_said_in_both_languages(islands, language: str) -> None:
    words = {
        "en": ("first responders", "assumed", "Too few simulations", "most typical draw"),
        "fr": ("les secouristes alertés", "supposées", "Trop peu de simulations", "tirage le plus typique"),
    }[language]
    alerts = load_scenario("cardiac-alert", days=1)
    runs = {
        "drawn": run(islands, replicates=10, parameters="ensemble", counterfactual=False),
        "few": run(islands, replicates=4, parameters="ensemble", counterfactual=False),
        "preset": run(islands, replicates=10, parameters="preset", counterfactual=False),
        "alerts": run(alerts, replicates=2, parameters="ensemble", counterfactual=False),
    }
    told = {name: basis_html(result, language) for name, result in runs.items()}
    assert words[2] in told["few"]
    assert all(words[2] not in told[name] for name in ("drawn", "preset", "alerts")), "only where more would tell"
    assert words[3] in told["preset"]
    assert words[0] in told["alerts"]
    assert words[1] in told["alerts"]
    several = run(load_scenario("three-services", days=1), replicates=2, parameters="ensemble", counterfactual=False)
    assert words[0] in basis_html(several, language)
    assert "prompt_floor_active" not in basis_html(several, language), "names of parameters are for the details"
    assert {name for name, result in runs.items() if "<table" in ignorance_html(result, language)} == {"drawn"}
    for text in told.values():
        plain = re.sub(r"<[^>]+>", "\n", html.unescape(text)).strip()
        for line in plain.splitlines():
            assert left_over(line) == []
            if language == "fr":
                assert faults_of_french(line) == []
                assert english_words(line) == []


def test_a_job_that_is_cancelled_gives_no_answer_and_leaves_no_thread(islands) -> None:
    job = _asked(Office(computations()), islands, _designed(4))
    job.follow(lambda _: job.stop(), every=0.001)
    assert job.answer is None
    assert job.fault is None
    assert _threads() == []


def test_a_job_that_nobody_waits_for_stops(islands) -> None:
    heard: list[Progress] = []
    job = _asked(Office(computations()), islands, _designed(400))
    job.follow(heard.append, wanted=lambda: len(heard) < 3, every=0.001)
    assert len(heard) == 3
    assert job.answer is None
    assert _threads() == []


def test_a_job_whose_page_cannot_be_told_stops(islands) -> None:
    def hear(_: Progress) -> None:
        raise RuntimeError("no such page")

    job = _asked(Office(computations()), islands, _designed(400))
    with pytest.raises(RuntimeError, match="no such page"):
        job.follow(hear, every=0.001)
    assert job.cancel.is_set()
    assert _threads() == []


class _OpenPage:
    """What the web server keeps of a page, as far as its presence is concerned."""

    def __init__(self) -> None:
        self.closed_event = threading.Event()
        self.page_status = {"a": PageStatus.CONNECTED}


def test_a_page_is_read_until_it_closes_or_stays_without_a_connection() -> None:
    now = 0.0
    page = _OpenPage()
    is_read = reader_of(page, 20.0, lambda: now)  # type: ignore[arg-type]
    now = 500.0
    assert is_read(), "connected, however long ago it was opened"
    page.page_status["a"] = PageStatus.DISCONNECTED
    now = 519.0
    assert is_read(), "a network that drops comes back"
    page.page_status["b"] = PageStatus.CONNECTED
    assert is_read()
    page.page_status["b"] = PageStatus.CLOSED
    now = 540.0
    assert not is_read(), "nobody came back"
    page.page_status["a"] = PageStatus.CONNECTED
    assert is_read()
    page.closed_event.set()
    assert not is_read()


def test_values_that_cannot_go_together_are_told_as_a_fault(islands) -> None:
    job = _asked(Office(computations()), islands, _designed(1, reward_rate=5.0))
    job.follow(lambda _: None, every=0.01)
    assert isinstance(job.fault, InputError)
    assert "reward" in str(job.fault)
    told, aloud = status_of(job, None, running=False, failed=False, language="fr")
    assert told == aloud
    assert told.startswith("Simulation impossible. changement 'reward_rate'\u202f: reward_rate dépasse 0")
    assert "anglais" not in told


def test_a_gauge_draws_a_square_for_each_simulation_or_a_scale(islands) -> None:
    few = run(islands, replicates=3, counterfactual=False).risks()["continuity"]
    many = run(islands, replicates=20, counterfactual=False).risks()["continuity"]
    assert gauge(few, "en").count("<rect") == 3
    assert gauge(few, "en").count("M") == 2 * few.count
    assert "100%" in gauge(many, "en")
    assert "100\u202f%" in gauge(many, "fr")
    assert gauge(many, "fr", many).count("<path") == 2


@pytest.mark.parametrize("port", [-1, 65536, "8765", True])
def test_a_port_that_cannot_be_is_refused(port: object) -> None:
    with pytest.raises(InputError, match="0 to 65535"):
        serve(port, False)  # type: ignore[arg-type]


def test_a_port_in_use_is_told_with_a_remedy() -> None:
    with socket.create_server(("localhost", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(MachineError, match="Try another one"):
            serve(port, False)
