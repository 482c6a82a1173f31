"""Statements about the rows of the report, measured: with the mechanism on, and with its switch turned.

Refresh the stored figures and the page with ``python -m entraide.experiments.rows``; name rows, scenarios or single
statements (``SCENARIO-NUMBER``) to measure those alone.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entraide.model.event_kinds import event_kind
from entraide.model.intervals import Interval, fieller_interval, mean_over_replicates
from entraide.model.parameters import Value
from entraide.model.records import Outcome
from entraide.model.specification import Specification
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.reading import shipped_names
from entraide.scenarios.rows import ROWS, RowStatement
from entraide.scenarios.scenario import Scenario
from entraide.scenarios.with_event import with_event

from .elsewhere import elsewhere
from .row_measures import measure_unit, row_measure
from .row_places import measured_on
from .runner import run_replicates
from .stress_plans import default_day

__all__ = [
    "SEEDS",
    "Effect",
    "RowEffect",
    "coverage",
    "measure_row",
    "rows_page",
    "statements",
    "stored_effects",
    "test_name",
]

SEEDS = 20
# What is left of an effect when its mechanism is off, at most: else it is mostly the effect of something else.
MOST_LEFT_OVER = 0.25
STORED = "row_effects.json"
_NOTHING = {"difference": 0.0, "ratio": 1.0}


@dataclass(frozen=True)
class Effect:
    """A mean over seeds with its 95 % interval; None where there is none."""

    value: float | None
    low: float | None
    high: float | None

    def holds(self, statement: RowStatement) -> bool:
        """Tell whether the mean lies in the statement's band and the interval leaves out "no effect"."""
        if self.value is None or self.low is None or self.high is None:
            return False
        nothing = _NOTHING.get(statement.effect)
        if nothing is not None and self.low <= nothing <= self.high:
            return False
        return statement.low <= self.value <= statement.high


@dataclass(frozen=True)
class RowEffect:
    """One statement of one scenario, measured.

    Attributes
    ----------
    scenario : its name. ``number``: place among the statements of the scenario, from 0.
    statement : what was stated.
    on, off : the effect with the mechanism on, and with the switch turned.
    """

    scenario: str
    number: int
    statement: RowStatement
    on: Effect
    off: Effect

    @property
    def holds(self) -> bool:
        """Tell whether the statement holds, fails without its mechanism, and owes its effect to it."""
        proves = self.on.holds(self.statement) and not self.off.holds(self.statement)
        return proves and self.left_over <= MOST_LEFT_OVER

    @property
    def left_over(self) -> float:
        """The effect without the mechanism over that with it; 0 where there is none, or for a level."""
        nothing = _NOTHING.get(self.statement.effect)
        if nothing is None or self.off.value is None or self.on.value is None:
            return 0.0
        return abs(self.off.value - nothing) / max(1e-12, abs(self.on.value - nothing))


def statements() -> tuple[tuple[str, int, RowStatement], ...]:
    """Return every statement of the package's scenarios: scenario, place in its file, statement."""
    return tuple(
        (name, number, statement)
        for name in shipped_names()
        for number, statement in enumerate(load_scenario(name).rows)
    )


def measure_row(scenario: str, number: int, threads: int | None = None) -> RowEffect:
    """Measure one statement over SEEDS replicates, with its mechanism and without.

    Raises
    ------
    InputError : the statement names something that does not exist.
    """
    statement = load_scenario(scenario).rows[number]
    effects = [_effect(scenario, statement, turned, threads) for turned in ({}, statement.switch)]
    return RowEffect(scenario, number, statement, *effects)


def _effect(scenario: str, statement: RowStatement, switch: Mapping[str, Value], threads: int | None) -> Effect:
    before = _figures(scenario, statement, switch, {}, {}, threads)
    if statement.effect == "level":
        return _mean(before)
    after = _figures(scenario, statement, switch, statement.moved, statement.events, threads)
    if statement.effect == "difference":
        return _mean(after - before)
    if not before.any() or np.isnan(before).any() or np.isnan(after).any():
        return Effect(None, None, None)
    band = fieller_interval(after, before)
    ratio = float(after.mean() / before.mean())
    return Effect(ratio, *(None, None) if band is None else (band.low, band.high))


def _mean(values: NDArray[np.float64]) -> Effect:
    estimate = mean_over_replicates(values)
    band: Interval | None = estimate.interval
    return Effect(estimate.value, *(None, None) if band is None else (band.low, band.high))


def _figures(
    name: str,
    statement: RowStatement,
    switch: Mapping[str, Value],
    moved: Mapping[str, Value],
    events: Mapping[str, float],
    threads: int | None,
) -> NDArray[np.float64]:
    """Return the measure of each replicate under the switch, with what is moved and what happens on top of it."""
    scenario: Scenario = load_scenario(name, {**moved, **switch}, statement.days)
    if statement.territory:
        scenario = elsewhere(scenario, statement.territory)
    for kind, size in events.items():
        scenario = with_event(scenario, kind, default_day(scenario.days), event_kind(kind).days, size)
    specification: Specification = scenario.specification()
    service = scenario.service_names.index(statement.service) if statement.service else 0
    outcomes: list[Outcome] = run_replicates(specification, replicates=SEEDS, threads=threads)
    return np.array([row_measure(statement.measure, each, specification, service) for each in outcomes])


# What is stored -------------------------------------------------------------------------------------------------------


def test_name(scenario: str, number: int, statement: RowStatement) -> str:
    """Return the test that measures a statement anew."""
    return f"tests/test_rows.py::test_a_statement_holds_and_fails_without_its_mechanism[{scenario}-{number}]"


def _key(scenario: str, statement: RowStatement) -> str:
    """Return what a stored figure belongs to: it is worth nothing for another statement."""
    # Statements without events are written as they were before there were any.
    content = {key: value for key, value in asdict(statement).items() if key != "events" or value}
    told = json.dumps(content, sort_keys=True, ensure_ascii=True)
    return f"{scenario}-{statement.row}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"


def stored_effects() -> Mapping[str, RowEffect]:
    """Return the figures that were measured last, by ``scenario-number``; statements without one are left out."""
    file = resources.files("entraide.scenarios") / "data" / STORED
    kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    found = {}
    for scenario, number, statement in statements():
        figures = kept.get(_key(scenario, statement))
        if figures is not None:
            on, off = Effect(**figures["on"]), Effect(**figures["off"])
            found[f"{scenario}-{number}"] = RowEffect(scenario, number, statement, on, off)
    return found


def _rounded(effect: Effect) -> dict[str, float | None]:
    """Return a figure with five significant digits: more are not promised on other machines."""
    return {name: None if value is None else float(f"{value:.5g}") for name, value in asdict(effect).items()}


def coverage() -> list[dict[str, Any]]:
    """Return the coverage table: for each row, the scenarios, switches, tests, effects and cards that prove it."""
    effects, stated = stored_effects(), statements()
    titles = {name: load_scenario(name).title for name in shipped_names()}
    table = []
    for row, (english, french) in ROWS.items():
        found = [each for each in stated if each[2].row == row]
        told = []
        for scenario, number, statement in found:
            measured = effects.get(f"{scenario}-{number}")
            told.append(
                {
                    "scenario": scenario,
                    "claim": dict(statement.claim),
                    "measure": statement.measure,
                    "unit": measure_unit(statement.measure),
                    "effect_kind": statement.effect,
                    "measured_on": measured_on(scenario, statement),
                    "moved": dict(statement.moved),
                    "events": dict(statement.events),
                    "switch": dict(statement.switch),
                    "band": [statement.low, statement.high],
                    "source": statement.source,
                    "test": test_name(scenario, number, statement),
                    "effect": None if measured is None else measured.on.value,
                    "interval": None if measured is None else [measured.on.low, measured.on.high],
                    "effect_without_mechanism": None if measured is None else measured.off.value,
                    "interval_without_mechanism": None if measured is None else [measured.off.low, measured.off.high],
                    "holds": None if measured is None else measured.holds,
                }
            )
        scenarios = list(dict.fromkeys(each["scenario"] for each in told))
        first = told[0] if told else None
        table.append(
            {
                "row": row,
                "title": {"en": english, "fr": french},
                "scenarios": scenarios,
                "switch": None if first is None else first["switch"],
                "tests": [each["test"] for each in told],
                "effect": None if first is None else first["effect"],
                "interval": None if first is None else first["interval"],
                "card": {
                    name: {"title": dict(titles[str(name)]), "command": f"entraide scenarios show {name}"}
                    for name in scenarios
                },
                "statements": told,
            }
        )
    return table


def rows_page() -> str:
    """Return the coverage table as a page in Markdown."""
    lines = [
        "# What is covered",
        "",
        "Written by `python -m entraide.experiments.rows` from the scenarios and what was measured: change these, not "
        "this page.",
        "",
        f"Each statement is measured over {SEEDS} seeds, paired on the same chance, and once more with its mechanism "
        "switched off, where it must fail. The band stands in the scenario's file, before the run that it judges.",
        "",
        "It is measured on the territory in *measured on*, mostly a part of the scenario's own (*its own* is marked), "
        "so that it can be repeated in minutes; elsewhere the effect differs. A difference is with what is moved minus "
        "without it, in the unit of the measure (0.1 of a share is 10 points); a ratio is with it over without it.",
        "",
        "| row | scenario | measured on | statement | measure | moved | effect | band | switch | without the mechanism "
        "|",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in coverage():
        for told in row["statements"]:
            lines.append(
                f"| {row['row']} {row['title']['en']} | `{told['scenario']}` | {_place(told['measured_on'])} | "
                f"{told['claim']['en']} | {told['effect_kind']} of `{told['measure']}`{_unit(told)} | "
                f"{_changes({**told['moved'], **told['events']})} | "
                f"{_figure(told['effect'], told['interval'])} | {told['band'][0]:g} to {told['band'][1]:g} | "
                f"{_changes(told['switch'])} | "
                f"{_figure(told['effect_without_mechanism'], told['interval_without_mechanism'])} |"
            )
    return "\n".join(lines) + "\n"


def _place(measured: Mapping[str, Any]) -> str:
    own = ", its own" if measured["own"] else f", `{measured['territory']}`"
    return f"{measured['title']['en']}{own}, {measured['days']} days"


def _unit(told: Mapping[str, Any]) -> str:
    """Return the unit of an effect; a ratio has none."""
    return "" if told["effect_kind"] == "ratio" or told["unit"] == "1" else f" ({told['unit']})"


def _changes(changes: Mapping[str, Any]) -> str:
    told = (f"`{key} = {str(value).lower() if isinstance(value, bool) else value}`" for key, value in changes.items())
    return ", ".join(told) or "-"


def _figure(value: float | None, interval: Iterable[float | None] | None) -> str:
    if value is None:
        return "no value"
    low, high = interval if interval is not None else (None, None)
    return _written(value) + ("" if low is None or high is None else f" [{_written(low)}, {_written(high)}]")


def _written(value: float) -> str:
    # Four digits: small effects are ratios near one.
    return f"{value:.0f}" if abs(value) >= 1000.0 else f"{value:.4g}"


def main(wanted: list[str]) -> int:
    """Measure the statements named by row, scenario or place (none: every one), store them, write the page."""
    repository = Path(__file__).resolve().parent.parent
    path = repository / "scenarios" / "data" / STORED
    kept = {
        _key(each.scenario, each.statement): {"on": _rounded(each.on), "off": _rounded(each.off)}
        for each in stored_effects().values()
    }
    faults = 0
    for scenario, number, statement in statements():
        if wanted and not {statement.row, scenario, f"{scenario}-{number}"} & set(wanted):
            continue
        found = measure_row(scenario, number)
        kept[_key(scenario, statement)] = {"on": _rounded(found.on), "off": _rounded(found.off)}
        faults += not found.holds
        print(
            f"{'holds' if found.holds else 'FAILS':5} {statement.row:4} {scenario}-{number} {statement.measure}: "
            f"{_figure(found.on.value, (found.on.low, found.on.high))}, band {statement.low:g} to {statement.high:g}; "
            f"without the mechanism {_figure(found.off.value, (found.off.low, found.off.high))}",
            flush=True,
        )
        path.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n")
    page = repository / "docs" / "reference" / "coverage.md"
    page.write_text(rows_page(), encoding="utf-8", newline="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
