"""What the scenarios state of the report's rows: measured over 20 seeds, and failing when the mechanism is off."""

from __future__ import annotations

import json

import pytest
from house import REPOSITORY

from entraide.experiments.row_measures import measure_names
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
from entraide.experiments.stress import default_day
from entraide.model.event_kinds import event_kind
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.rows import ROWS, RowStatement
from entraide.scenarios.with_event import with_event

EVERY = statements()
EACH = pytest.mark.parametrize(("scenario", "number"), [each[:2] for each in EVERY], ids=lambda part: str(part))


@pytest.mark.long
@EACH
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
