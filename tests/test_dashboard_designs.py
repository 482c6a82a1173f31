"""Designs that are compared and events that strike them: how they are named, kept in an address, and simulated."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from french_words import english_words, faults_of_french, left_over
from islands import islands_file

import entraide as en
from entraide.experiments.comparison import Difference
from entraide.experiments.result_comparison import compare_results
from entraide.experiments.stress import Struck
from entraide.experiments.stress_table import stress_csv, stress_rows
from entraide.experiments.what_helps_table import what_helps_csv, what_helps_rows
from entraide.model.errors import InputError
from entraide.model.event_kinds import event_kind
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.scenario import Scenario
from entraide.scenarios.with_event import able_groups, with_event
from entraide.viz.dashboard.address import parse, query
from entraide.viz.dashboard.design import LONGEST_NAME, Design, PlannedEvent, clean_name
from entraide.viz.dashboard.office import Office
from entraide.viz.dashboard.page_context import Work
from entraide.viz.dashboard.pages import compare_results as compared_html
from entraide.viz.dashboard.pages import stress_results, what_helps
from entraide.viz.dashboard.pages.compare_words import COMPARE_WORDS
from entraide.viz.dashboard.pages.compare_work import COMPARE, DesignsCompared
from entraide.viz.dashboard.pages.registry import computations
from entraide.viz.dashboard.pages.stress_targets import places_matching, targets_text
from entraide.viz.dashboard.pages.stress_timeline import timeline_html
from entraide.viz.dashboard.pages.stress_words import STRESS_WORDS
from entraide.viz.dashboard.pages.stress_work import STRIKE, EventsTried
from entraide.viz.dashboard.pages.what_helps_words import HELP_WORDS
from entraide.viz.dashboard.pages.what_helps_work import TRY, MeasuresTried, holds, with_measure
from entraide.viz.dashboard.reading import READING_WORDS, reading_html
from entraide.viz.dashboard.struck import groups_named, parts_of_groups, with_planned
from entraide.viz.locales import LANGUAGES

DAYS, REPLICATES = 40, 4
FRICTION = (("app_friction", 6.0),)
THANKS = (("acknowledgement_rate", 0.9),)
SERVICES = {"islands": ("urban-reports",)}
# A name as somebody hostile, or careless, would type it.
NAME = "<b>A&co</b>, a+b:=\u202f1"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scenario file of fewer than two thousand people, over a few weeks."""
    return islands_file(tmp_path_factory.mktemp("islands"), days=DAYS)


@pytest.fixture(scope="module")
def islands(path: Path) -> Scenario:
    """The same, loaded."""
    return load_scenario(path)


def _ask(work: Work, design: Design, scenario: Scenario, office: Office | None = None) -> object:
    ticket = (office or Office(computations())).ask("reader", work.request(design), scenario)
    ticket.follow(lambda _: None, every=0.01)
    assert ticket.failure is None, ticket.failure
    if ticket.fault is not None:
        raise ticket.fault
    return ticket.answer


def _plain(text: str) -> list[str]:
    """Return the texts of a piece of HTML, drawings left out."""
    text = re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL)
    return [line.strip() for line in html.unescape(re.sub(r"<[^>]+>", "\n", text)).splitlines() if line.strip()]


def _well_written(text: str, language: str, *names: str) -> None:
    for line in _plain(text):
        for name in names:
            line = line.replace(name, "")
        assert left_over(line) == []
        if language == "fr":
            assert faults_of_french(line) == []
            assert english_words(line) == []


# -- words


@pytest.mark.parametrize("words", [COMPARE_WORDS, STRESS_WORDS, HELP_WORDS, READING_WORDS])
def test_every_text_exists_in_both_languages_with_the_same_places(words: Mapping[str, Mapping[str, str]]) -> None:
    for key, texts in words.items():
        assert set(texts) == set(LANGUAGES), key
        fields = [sorted(re.findall(r"{(\w+)}", texts[language])) for language in LANGUAGES]
        assert fields[0] == fields[1], key
        assert re.findall(r"(?<!\u202f)[;:?!%»]|«(?!\u202f)", texts["fr"]) == [], key


def test_the_words_of_verdicts_are_explained() -> None:
    told = {"en": ("cannot tell", "no difference that matters"), "fr": ("on ne peut pas trancher",)}
    for language, words in told.items():
        text = reading_html(language)
        assert all(word in text for word in words)
        assert "dominates" not in reading_html("en", ("cannot_tell",))


# -- names and addresses


def test_names_stay_with_their_designs() -> None:
    design = Design(variants=(FRICTION, THANKS, ()), current=2).named(1, "Thanks").named(2, "  Bare \n ones ")
    assert [design.name_of(place) for place in range(4)] == ["", "Thanks", "Bare ones", ""]
    assert [design.without(0).name_of(place) for place in range(2)] == ["Thanks", "Bare ones"]
    assert design.without(1).name_of(1) == "Bare ones"
    assert design.copied().name_of(3) == ""
    assert design.named(1, "").named(2, "\u200b").names == ()
    assert len(clean_name("x" * 500)) == LONGEST_NAME


def test_a_name_does_not_change_what_is_simulated() -> None:
    design = Design("islands", variants=(FRICTION, THANKS), current=1)
    named = design.named(0, "A name").work_on(0)
    assert named.alone() != design.alone(), "another design is worked on"
    assert named.work_on(1).alone() == design.alone()
    assert COMPARE.request(named) == COMPARE.request(design)
    assert TRY.request(named.work_on(1)) == TRY.request(design) != TRY.request(named)


def test_names_and_targets_of_events_come_back_from_an_address() -> None:
    event = PlannedEvent("trust_shock", date(2025, 1, 9), 1, 0.8, (), ("29155", "a,b:c+d%"), ("75+", "none or brevet"))
    bare = PlannedEvent("outage", date(2025, 1, 3), 7, 1.0, ("urban-reports",))
    design = Design(
        "islands", variants=(FRICTION, ()), names=("", clean_name(NAME)), current=1, baseline=0, events=(event, bare)
    )
    assert parse(query("fr", design), SERVICES) == (design, ())


def test_an_event_may_name_as_many_places_as_anybody_adds() -> None:
    """The sixty-first place took all events away."""
    event = PlannedEvent("outage", date(2025, 1, 3), 7, 1.0, zones=tuple(f"29{place:03d}" for place in range(120)))
    design = Design("islands", events=(event,))
    assert parse(query("fr", design), SERVICES) == (design, ())


@pytest.mark.parametrize(
    "events",
    ["outage@2025-01-03:7:1.0:x29155", "outage@2025-01-03:7:1.0:z" + "%2B".join(["29155"] * 400), "outage@:::"],
)
def test_targets_that_cannot_be_read_are_told(events: str) -> None:
    design, troubles = parse(f"v=1&s=islands&e={events}", SERVICES)
    assert design.events == ()
    assert [trouble.key for trouble in troubles] == ["e"]


def test_addresses_of_before_there_were_targets_are_still_read() -> None:
    design, troubles = parse("v=1&s=islands&e=outage@2025-01-03:7:1.0", SERVICES)
    assert (design.events, troubles) == ((PlannedEvent("outage", date(2025, 1, 3), 7, 1.0),), ())


# -- comparing


def _same(one: Difference, other: Difference) -> bool:
    keys = ("baseline", "candidate", "difference", "band", "verdict", "p_value", "pairs")
    return all(getattr(one, key) == getattr(other, key) for key in keys)


@pytest.fixture(scope="module")
def two(islands: Scenario) -> DesignsCompared:
    """Two designs against the service as it is today."""
    found = _ask(COMPARE, Design("islands", variants=(FRICTION, (), THANKS), replicates=REPLICATES), islands)
    assert isinstance(found, DesignsCompared)
    return found


@pytest.mark.long
def test_one_design_is_compared_as_the_python_api_does(islands: Scenario, path: Path) -> None:
    found = _ask(COMPARE, Design("islands", variants=(FRICTION,), replicates=REPLICATES), islands)
    assert isinstance(found, DesignsCompared)
    runs = [
        en.run(path, replicates=REPLICATES, parameters="ensemble", changes=changes) for changes in ({}, dict(FRICTION))
    ]
    again = compare_results(runs[0].result, runs[1].result)
    (mine,) = found.services[again.service]
    pairs = list(zip(mine.comparison.differences, again.comparison.differences, strict=True))
    print({each.measure.name: each.difference for each, _ in pairs})
    assert all(_same(one, other) for one, other in pairs)
    assert any(one.difference for one, _ in pairs), "designs that are alike would show nothing"


def test_several_designs_are_one_family(two: DesignsCompared, islands: Scenario) -> None:
    assert two.places == (0, 2), "a design without levers is the service as it is today"
    alone = _ask(COMPARE, Design("islands", variants=(THANKS,), replicates=REPLICATES), islands)
    assert isinstance(alone, DesignsCompared)
    (service,) = two.services
    together = two.services[service][1].comparison
    single = alone.services[service][0].comparison
    wider = 0
    for one, other in zip(together.differences, single.differences, strict=True):
        assert (one.difference, one.family) == (other.difference, 2)
        if one.band is not None and other.band is not None:
            assert one.band.low <= other.band.low
            assert one.band.high >= other.band.high
            wider += one.band != other.band
    assert wider


def test_any_design_can_be_the_baseline(two: DesignsCompared, islands: Scenario) -> None:
    design = replace(two.design, baseline=2)
    found = _ask(COMPARE, design, islands)
    assert isinstance(found, DesignsCompared)
    assert found.places == (0, 1)
    (service,) = found.services
    there, back = two.services[service][1].comparison, found.services[service][1].comparison
    for one, other in zip(there.differences, back.differences, strict=True):
        assert other.difference == pytest.approx(-one.difference), "the same pair, the other way round"


def test_designs_that_do_not_differ_are_told_before_anything_is_simulated(islands: Scenario) -> None:
    with pytest.raises(InputError, match="no design differs") as told:
        _ask(COMPARE, Design("islands", variants=((), ())), islands)
    assert told.value.is_told_in("fr")
    assert "aucun dispositif ne diffère" in told.value.told("fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_differences_says_all_without_colour(two: DesignsCompared, language: str) -> None:
    now = two.design.named(2, NAME)
    (service,) = two.services
    text = compared_html.table_html(two, service, now, language)
    cells = re.findall(r'<td data-design="(\w)" data-measure="(\w+)"', text)
    assert len(cells) == len(set(cells)) == 2 * len(two.services[service][0].comparison.differences)
    assert text.count("<strong>") == len(cells), "a verdict in words in every cell"
    assert NAME not in text
    assert html.escape(clean_name(NAME)) in text
    whole = compared_html.heading_html(two, now, language) + compared_html.designs_html(two, now, language, None)
    _well_written(whole, language, clean_name(NAME))
    assert ("Dispositif B" if language == "fr" else "Design B") in whole, "the one that is like today is named"


def test_figures_are_one_pair_for_each_design(two: DesignsCompared) -> None:
    pictures = compared_html.figures_of(two, "fr")
    assert len(pictures) == 4
    assert len({re.search(r'id="([^"]+)"', each.drawing).group(1) for each in pictures}) == 4  # type: ignore[union-attr]
    assert all('aria-label="' in each.drawing for each in pictures)


# -- events


def test_ages_and_diplomas_are_crossed(islands: Scenario) -> None:
    ages, diplomas = parts_of_groups(islands)
    assert len(able_groups(islands)) == len(ages) * len(diplomas)
    assert groups_named(islands, ages[:2]) == tuple(
        name for name in able_groups(islands) if name.split("|")[0] in ages[:2]
    )
    assert groups_named(islands, (ages[0], diplomas[1])) == (f"{ages[0]}|{diplomas[1]}",)
    assert groups_named(islands, ("nobody",)) == ("nobody",), "whoever uses it can refuse it"


def test_an_event_strikes_only_where_it_is_said_to(islands: Scenario) -> None:
    event = PlannedEvent("demand_surge", islands.start + timedelta(days=10), 10, 20.0, zones=("29155",))
    runs = [
        en.run(scenario, replicates=1).result.outcomes[0].zone_year["due"].sum(axis=(0, 1))
        for scenario in (islands, with_planned(islands, event))
    ]
    codes = islands.territory().codes
    moved = {code for code, one, other in zip(codes, *runs, strict=True) if one != other}
    print(dict(zip(codes, zip(*runs, strict=True), strict=True)))
    assert moved == {"29155"}


@pytest.mark.parametrize(
    ("struck", "words"),
    [
        ({"zones": ("29999",)}, "zone inconnue"),
        ({"services": ("report",)}, "service inconnu"),
        ({"groups": ("75+|higher education",)}, "que faire"),
    ],
)
def test_targets_that_make_no_sense_are_refused_in_both_languages(
    islands: Scenario, struck: dict[str, tuple[str, ...]], words: str
) -> None:
    with pytest.raises(InputError) as told:
        with_event(islands, "outage", 3, 2, 1.0, **struck)
    assert told.value.is_told_in("fr")
    assert words in told.value.told("fr")


@pytest.fixture(scope="module")
def struck(islands: Scenario) -> EventsTried:
    """An outage in one place and a surge everywhere, each alone and both together."""
    events = (
        PlannedEvent("outage", islands.start + timedelta(days=12), 9, 1.0, zones=("29155",)),
        PlannedEvent("demand_surge", islands.start + timedelta(days=20), 14, 40.0),
    )
    found = _ask(STRIKE, Design("islands", variants=(FRICTION,), events=events, replicates=REPLICATES), islands)
    assert isinstance(found, EventsTried)
    return found


def test_events_are_tried_alone_and_together(struck: EventsTried) -> None:
    (service,) = struck.found.services
    assert [each.trial.more == () for each in service.struck] == [True, True, False]
    together = service.struck[-1].trial
    assert [each.kind for each in together.events] == ["outage", "demand_surge"]
    assert (together.day, together.last_day) == (12, 33)
    assert struck.found.baseline.scenario.events == (), "what they strike is the design without events"
    assert struck.found.baseline.scenario.changes == dict(FRICTION)


def test_nothing_moves_before_an_event(struck: EventsTried) -> None:
    (service,) = struck.found.services

    def moved(each: Struck) -> list[int]:
        differs = ~((each.in_time == service.usual) | (np.isnan(each.in_time) & np.isnan(service.usual)))
        return np.flatnonzero(differs.any(axis=0)).tolist()

    days = {each.trial.place: moved(each) for each in service.struck}
    print(days)
    assert all(min(days[each.trial.place], default=DAYS) >= each.trial.day for each in service.struck)
    assert days["events/demand_surge"], "forty times the needs change what is met in time"


def test_without_events_each_kind_is_tried_as_the_command_does(islands: Scenario, path: Path) -> None:
    found = _ask(STRIKE, Design("islands", replicates=2), islands)
    assert isinstance(found, EventsTried)
    again = en.stress(path, replicates=2)
    assert found.found.services == again.found.services
    assert [each.kind for each in found.found.plan.refused] == [each.kind for each in again.found.plan.refused]


def test_one_event_that_was_chosen_is_what_the_python_api_computes(islands: Scenario, path: Path) -> None:
    day = islands.start + timedelta(days=15)
    event = PlannedEvent("trust_shock", day, 1, 0.8)
    found = _ask(STRIKE, Design("islands", events=(event,), replicates=REPLICATES), islands)
    assert isinstance(found, EventsTried)
    again = en.stress(path, replicates=REPLICATES, events=["trust_shock"], sizes={"trust_shock": 0.8}, date=day)
    assert found.found.services == again.found.services


def test_an_event_of_another_year_is_compared_over_its_own_year(path: Path) -> None:
    long = load_scenario(path, days=380)
    surges = [PlannedEvent("demand_surge", long.start + timedelta(days=day), 7, 40.0) for day in (100, 366)]
    found = _ask(STRIKE, Design("islands", events=tuple(surges), replicates=2), long)
    assert isinstance(found, EventsTried)
    early, late, together = found.found.of().struck
    assert [early.year, late.year, together.year] == [0, 1, 0]
    usual = [early.comparison.of("share_in_time").baseline, late.comparison.of("share_in_time").baseline]
    assert usual[0] != usual[1], "each beside its own year without it"
    assert late.comparison.of("share_in_time").family == 1
    assert early.comparison.of("share_in_time").family == 2


def test_an_event_that_makes_no_sense_is_refused(islands: Scenario) -> None:
    kind = event_kind("media_peak")
    event = PlannedEvent(kind.name, islands.start, kind.days, kind.size)
    unheard = (("awareness_rate", 0.0),)
    with pytest.raises(InputError, match="makes no sense here"):
        _ask(STRIKE, Design("islands", assumptions=unheard, events=(event,), replicates=1), islands)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_events_did_is_told_with_places_in_words(struck: EventsTried, language: str) -> None:
    text = stress_results.heading_html(struck, language) + stress_results.events_html(struck, language, None)
    assert "Île-de-Sein" in text or "Île-Molène" in text or "Ouessant" in text
    assert ("Tous les événements ensemble" if language == "fr" else "All events together") in text
    assert re.findall(r'data-event="(\w+)"', text).count("together") == 1
    assert "--date" not in text, "options of a command mean nothing on a page"
    _well_written(text, language)
    pictures = stress_results.figures_of(struck, language)
    assert len(pictures) == 3
    assert all(len(re.search(r'<svg[^>]*aria-label="([^"]+)"', each.drawing).group(1)) > 80 for each in pictures)  # type: ignore[union-attr]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_timeline_says_in_words_what_it_draws(struck: EventsTried, language: str) -> None:
    text = timeline_html(struck.design.events, struck.scenario, language)
    ends = [(float(a), float(b)) for a, b in re.findall(r"margin-left:([\d.]+)%;width:([\d.]+)%", text)]
    assert [round(left) for left, _ in ends] == [30, 50]
    assert all(left + width <= 100.01 for left, width in ends)
    assert ("13 janvier" if language == "fr" else "13\u00a0January") in text.replace("\u00a0", " ") or "13" in text
    outside = replace(struck.design.events[0], start=date(2031, 1, 1))
    assert "margin-left" not in timeline_html((outside,), struck.scenario, language), "outside the calendar: no bar"


def test_places_are_found_by_name_and_code(islands: Scenario) -> None:
    names = dict(places_matching("île", islands, ()))
    assert "Île-de-Sein" in names.values() or "Île-Molène" in names.values()
    code = next(iter(names))
    assert places_matching(code, islands, ()) == [(code, names[code])]
    assert places_matching(code, islands, (code,)) == []
    event = PlannedEvent("trust_shock", islands.start, zones=(code,), groups=("75+",))
    assert targets_text(event, islands, "fr") == f"lieux\u202f: {names[code]}\u202f; personnes\u202f: 75 ans et plus"
    assert targets_text(PlannedEvent("outage", islands.start), islands, "fr") == ""


# -- measures


@pytest.fixture(scope="module")
def measures(path: Path) -> MeasuresTried:
    """All measures that make sense, over very few days: what they are is the same."""
    short = load_scenario(path, days=12)
    found = _ask(TRY, Design("islands", variants=(FRICTION,), replicates=2), short)
    assert isinstance(found, MeasuresTried)
    return found


def test_measures_are_ranked_as_the_python_api_does(measures: MeasuresTried, path: Path) -> None:
    best = measures.found.of().ranked("continuity")[0]
    again = en.what_helps(
        path, replicates=2, days=12, changes=dict(FRICTION), measures=[best.candidate.name], parameters="ensemble"
    )
    (tried,) = again.found.of().tried
    for one, other in zip(best.comparison.differences, tried.comparison.differences, strict=True):
        assert one.difference == other.difference, "alone it does what it does; only the family differs"


def test_a_measure_is_put_into_the_design_and_nowhere_else(measures: MeasuresTried) -> None:
    design = Design("islands", variants=(FRICTION, THANKS), current=1)
    for candidate in measures.found.plan.candidates:
        then = with_measure(design, candidate)
        assert holds(then, candidate), candidate.name
        assert then.variants[0] == FRICTION
        assert dict(then.levers) == {**dict(THANKS), **candidate.changes}
        assert parse(query("fr", then), {"islands": ("reports",)}) == (then, ()), candidate.name
        assert (then.norms, then.assumptions) == ((), ()), f"{candidate.name} would change today's service"
    assert not all(holds(design, candidate) for candidate in measures.found.plan.candidates)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_tried_and_what_makes_no_sense_is_told(measures: MeasuresTried, language: str) -> None:
    text = what_helps.heading_html(measures, language) + what_helps.refused_html(measures, language)
    assert len(re.findall("<li>", text)) == len(measures.found.plan.refused)
    assert str(len(measures.found.plan.candidates)) in text
    pictures = what_helps.figures_of(measures, language)
    assert len(pictures) == 3
    _well_written(what_helps.heading_html(measures, language), language)


# What is taken away


def _rows(written: bytes, language: str) -> list[dict[str, str]]:
    assert written.startswith(b"\xef\xbb\xbf")
    mark = {"en": ",", "fr": ";"}[language]
    return list(csv.DictReader(io.StringIO(written.decode("utf-8-sig")), delimiter=mark))


def _number(text: str, language: str) -> float:
    assert (("," in text) if language == "en" else ("." in text)) is False
    return float(text.replace(",", "."))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_is_taken_away_as_a_table_that_no_spreadsheet_carries_out(
    two: DesignsCompared, language: str
) -> None:
    named = two.design.named(0, "=1+2")
    rows = _rows(compared_html.table_csv(two, named, language), language)
    (family,) = two.services.values()
    assert len(rows) == sum(len(each.comparison.differences) for each in family) == 18
    assert {row["design"] for row in rows[:9]} == {"'=1+2"}
    for row, difference in zip(rows, (found for each in family for found in each.comparison.differences), strict=True):
        assert row["compared"] == difference.measure.name
        assert _number(row["difference"], language) == difference.difference
        assert _number(row["p_value [1]"], language) == pytest.approx(difference.p_value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_events_and_measures_are_taken_away_as_tables(
    struck: EventsTried, measures: MeasuresTried, language: str
) -> None:
    for written, expected in (
        (stress_csv(struck.found, language), stress_rows(struck.found)),
        (what_helps_csv(measures.found, language), what_helps_rows(measures.found)),
    ):
        rows = _rows(written, language)
        print(rows[0])
        assert len(rows) == len(expected) > 0
        for row, each in zip(rows, expected, strict=True):
            assert row["compared"] == each["compared"]
            if each["difference"] is not None:
                assert _number(row["difference"], language) == each["difference"]
    events = {row["event"] for row in _rows(stress_csv(struck.found, language), language)}
    assert events == {"outage", "demand_surge", "outage+demand_surge"}
