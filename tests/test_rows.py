"""What the scenarios state of the report's rows: measured over 20 seeds, and failing when the mechanism is off."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from french_words import english_words, faults_of_french, left_over
from house import REPOSITORY
from typer.testing import CliRunner

from entraide.command_line import application
from entraide.experiments.row_measures import measure_names, measure_unit
from entraide.experiments.row_places import measured_on
from entraide.experiments.rows import (
    MOST_LEFT_OVER,
    Effect,
    coverage,
    measure_row,
    rows_page,
    statements,
    stored_effects,
)
from entraide.experiments.runner import run_replicates
from entraide.experiments.stress_plans import default_day
from entraide.model.errors import InputError
from entraide.model.event_kinds import event_kind
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.rows import ROWS, RowStatement
from entraide.scenarios.with_event import with_event
from entraide.viz.locales import MINUS
from entraide.viz.row_tables import effect_text, row_header, row_lines, row_note

EVERY = statements()
EACH = pytest.mark.parametrize(("scenario", "number"), [each[:2] for each in EVERY], ids=lambda part: str(part))
# One stands for all of them in each run: over 20 seeds it holds, and fails without its mechanism.
SHORT = {("shared-rides", 0)}
MEASURED = pytest.mark.parametrize(
    ("scenario", "number"),
    [
        pytest.param(
            *each[:2], marks=pytest.mark.slow if each[:2] in SHORT else pytest.mark.long, id=f"{each[0]}-{each[1]}"
        )
        for each in EVERY
    ],
)


def test_the_one_that_stands_for_all_is_there() -> None:
    assert {each[:2] for each in EVERY} >= SHORT
    assert {load_scenario(scenario).rows[number].row for scenario, number in SHORT} == {"R8"}


@MEASURED
def test_a_statement_holds_and_fails_without_its_mechanism(scenario: str, number: int) -> None:
    found = measure_row(scenario, number)
    statement = found.statement
    print(f"{statement.row} {statement.claim['en']}")
    print(f"{found.on}, band {statement.low} to {statement.high}; without the mechanism {found.off}")
    assert found.on.holds(statement), "the statement does not hold"
    assert not found.off.holds(statement), "the statement holds without its mechanism: it proves nothing"
    assert found.left_over <= MOST_LEFT_OVER, "most of the effect is left without its mechanism"
    stored = stored_effects()[f"{scenario}-{number}"]
    assert found.on.low is not None
    assert found.on.high is not None
    assert stored.on.value is not None
    assert found.on.low - 1e-4 <= stored.on.value <= found.on.high + 1e-4, "measure again: entraide.experiments.rows"


@EACH
def test_a_stored_effect_belongs_to_its_statement_and_holds(scenario: str, number: int) -> None:
    stored = stored_effects()
    assert f"{scenario}-{number}" in stored, "not measured since it was written: python -m entraide.experiments.rows"
    found = stored[f"{scenario}-{number}"]
    print(f"{found.statement.row}: {found.on}, without the mechanism {found.off}")
    assert found.holds


@EACH
def test_a_statement_can_be_simulated_as_written(scenario: str, number: int) -> None:
    """Keys and values of what is moved and of the switch are allowed, in both worlds; the claim says two things."""
    statement = load_scenario(scenario).rows[number]
    for changes in (statement.moved, statement.switch, {**statement.moved, **statement.switch}):
        loaded = load_scenario(scenario, changes, statement.days)
        for kind, size in statement.events.items():
            assert with_event(loaded, kind, default_day(loaded.days), event_kind(kind).days, size).events
    assert statement.claim["en"] != statement.claim["fr"]
    assert len(statement.source) > len("assumption"), "an assumption says what it assumes"


def test_measures_have_names_of_their_own() -> None:
    specification = load_scenario("species-id", days=20).specification()
    names = measure_names(run_replicates(specification, replicates=1)[0], specification)
    assert {statement.measure for *_, statement in EVERY} <= set(names)


def test_the_page_is_what_the_figures_say() -> None:
    page = REPOSITORY / "docs" / "reference" / "coverage.md"
    assert page.read_text(encoding="utf-8") == rows_page(), "python -m entraide.experiments.rows"


def test_the_table_has_every_row_once_and_can_be_written_as_json() -> None:
    table = json.loads(json.dumps(coverage()))
    assert [entry["row"] for entry in table] == list(ROWS)
    for entry in table:
        assert {"row", "scenarios", "switch", "tests", "effect", "interval", "card"} <= set(entry)


def test_bands_and_intervals_judge() -> None:
    statement = RowStatement("R1", {}, "x", "difference", {"a": 1}, {"b": 0}, 0.1, 0.3, "assumption: a test")
    assert Effect(0.2, 0.15, 0.25).holds(statement)
    assert not Effect(0.2, -0.01, 0.41).holds(statement), "cannot be told from no effect"
    assert not Effect(0.4, 0.35, 0.45).holds(statement), "outside the band"
    assert not Effect(None, None, None).holds(statement)


def test_every_row_of_the_report_is_stated_and_measured() -> None:
    """A row lacks nothing: scenario, switch, test, effect with its interval, and a card."""
    for entry in coverage():
        assert entry["scenarios"], f"{entry['row']} {entry['title']['en']}: no scenario states it"
        assert entry["switch"]
        assert entry["tests"]
        assert entry["effect"] is not None
        assert entry["interval"] is not None
        assert set(entry["card"]) == set(entry["scenarios"])
        assert all(told["holds"] for told in entry["statements"])


def test_every_effect_says_where_it_was_measured() -> None:
    """The territory is that of the run: what is told of a statement on its scenario's own territory is another."""
    told = [(entry, each) for entry in coverage() for each in entry["statements"]]
    elsewhere = [each for _, each in told if not each["measured_on"]["own"]]
    print(f"{len(elsewhere)} of {len(told)} statements are measured elsewhere than on their scenario's own territory")
    assert len(told) == len(EVERY)
    assert 0 < len(elsewhere) < len(told)
    page = rows_page()
    for _, each in told:
        place = each["measured_on"]
        assert place["title"]["en"] in page
        assert set(place) == {"territory", "title", "inhabitants", "own", "days"}
    scenario, _, statement = next(each for each in EVERY if each[2].territory)
    own = measured_on(scenario, replace(statement, territory=""))
    assert own["own"]
    assert own["title"] != measured_on(scenario, statement)["title"]
    assert own["inhabitants"] == load_scenario(scenario).territory().inhabitants


@pytest.mark.parametrize(
    ("kind", "unit", "value", "interval", "english", "french"),
    [
        ("difference", "share", -0.184, (-0.192, -0.176), "−18.4 points [−19.2, −17.6]",
         "−18,4 points [−19,2\u202f; −17,6]"),
        ("difference", "share", 0.01, None, "+1.0 point", "+1,0 point"),
        ("difference", "share", -4e-4, (-6e-4, 1e-5), "0 points [−0.1, 0]", "0 point [−0,1\u202f; 0]"),
        ("difference", "EUR", -16101.0, (-17000.0, -15000.0), "−€16,101 a year [−€17,000, −€15,000]",
         "−16\u202f101\u202f€ par an [−17\u202f000\u202f€\u202f; −15\u202f000\u202f€]"),
        ("difference", "1", 0.649, (0.617, 0.68), "+0.649 [+0.617, +0.68]", "+0,649 [+0,617\u202f; +0,68]"),
        ("ratio", "EUR", 0.79, (0.7, 0.9), "× 0.79 [0.7, 0.9]", "× 0,79 [0,7\u202f; 0,9]"),
        ("level", "share", 0.6856, (0.645, 0.726), "68.6% [64.5%, 72.6%]",
         "68,6\u202f% [64,5\u202f%\u202f; 72,6\u202f%]"),
        ("level", "share", 1.0, (None, None), "100%", "100\u202f%"),
        ("difference", "share", None, None, "-", "-"),
    ],
)  # fmt: skip
def test_an_effect_has_its_unit_and_its_direction(
    kind: str, unit: str, value: float | None, interval: tuple[float | None, ...] | None, english: str, french: str
) -> None:
    assert effect_text(kind, unit, value, interval, "en") == english.replace("−", MINUS)
    assert effect_text(kind, unit, value, interval, "fr") == french.replace("−", MINUS)


def test_the_unit_of_an_unknown_measure_is_refused() -> None:
    assert {measure_unit(statement.measure) for *_, statement in EVERY} >= {"share", "EUR", "1"}
    with pytest.raises(InputError, match="did you mean 'acceptance'"):
        measure_unit("aceptance")


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_command_says_where_of_what_and_in_which_direction(language: str) -> None:
    lines = row_lines(coverage(), language)
    assert {len(line) for line in lines} == {len(row_header(language))}
    alert = next(line for line in lines if line[5].startswith("share_in_time: with activation_share = 0,") or
                 line[5].startswith("share_in_time\u202f: avec activation_share = 0,"))  # fmt: skip
    assert alert[3].startswith("Amiens (1 commune), 180 ")
    assert ("minus without" if language == "en" else "moins sans") in alert[5]
    note = row_note(20, language)
    assert "20 simulations" in note
    assert left_over(note) == []
    if language == "fr":
        assert faults_of_french(note) == []
        assert english_words(note) == []
    done = CliRunner().invoke(application, ["scenarios", "rows", "--lang", language])
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith(note)
    assert ("; " in "".join(line[6] for line in lines)) == (language == "fr")
