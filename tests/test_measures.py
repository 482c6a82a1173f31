"""Named measures: what they change, when they are refused and why; one whose mechanism is off moves nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from islands import islands_file
from scenario_files import HEAD, write

from entraide.experiments.runner import run_replicates
from entraide.model.errors import InputError
from entraide.model.parameters import Value
from entraide.model.records import Outcome
from entraide.model.risk import RISKS
from entraide.model.specification import Specification
from entraide.scenarios.changing import with_changes
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.measure_proposals import facts_of, proposals, propose, with_measures
from entraide.scenarios.measure_schema import PREVENTABLE
from entraide.scenarios.measures import Measure, library, read_library
from entraide.scenarios.reading import shipped_names
from entraide.scenarios.scenario import Scenario

OWN = """
[measures.loud]
prevents = ["continuity"]
title = { en = "Loudspeakers", fr = "Haut-parleurs" }
help = { en = "Cars with loudspeakers.", fr = "Des voitures avec haut-parleurs." }
changes = { outreach = { plus = 0.001 }, backstop_wait = { times = 0.5 } }
"""
SECOND_SERVICE = """
[services.photographs]
kind = "queue"
class = "online-micro-task"
title = { en = "Photographs", fr = "Photographies" }
backstop_capacity = 3.0
answers_per_task = 3
[services.photographs.administration_only]
source = "assumption: for a test"
"""
COMPARED_KIND = """
schema_version = 1
[measures.x]
prevents = ["continuity"]
title = { en = "One", fr = "Un" }
help = { en = "One.", fr = "Un." }
changes = { outreach = 0.1 }
needs = [{ of = "kind", more_than = 1, otherwise = { en = "one", fr = "un" } }]
"""
BASES = {"report-and-repair": "urban-reports", "queue": "species-id"}


def reason(scenario: Scenario, name: str) -> str:
    found = propose(scenario, name).reason
    assert found is not None, name
    assert found["fr"]
    return found["en"]


# What a measure changes


def test_the_risks_that_can_be_prevented_are_the_three() -> None:
    assert PREVENTABLE == RISKS


def test_each_measure_has_words_in_both_languages_and_makes_sense_somewhere(tmp_path: Path) -> None:
    found = [load_scenario(name) for name in shipped_names()]
    found.append(load_scenario(write(tmp_path, HEAD + SECOND_SERVICE)))
    sensible = {each.measure.name for one in found for each in proposals(one) if each.reason is None}
    for measure in library().values():
        assert set(measure.title) == set(measure.help) == {"en", "fr"}
        assert measure.title["en"] != measure.title["fr"]
        for text in (measure.title["fr"], measure.help["fr"]):
            assert not any(f" {mark}" in text for mark in ";:?!"), f"{measure.name}: a narrow no-break space is missing"
        assert measure.name in sensible, f"{measure.name} is refused in every scenario of the package"


@pytest.mark.parametrize("risk", RISKS)
def test_each_risk_has_measures(risk: str) -> None:
    against = [measure.name for measure in library().values() if risk in measure.prevents]
    print(risk, len(against), against)
    assert len(against) >= 5


def test_values_are_made_from_those_that_are_there(tmp_path: Path) -> None:
    scenario = load_scenario(write(tmp_path, HEAD + OWN))
    found = propose(scenario, "loud")
    assert dict(found.changes) == {"outreach": 0.001, "backstop_wait": 4}
    assert dict(found.moved) == {"outreach": (0.0, 0.001), "backstop_wait": (7, 4)}
    assert found.measure.own
    moved = with_measures(scenario, ["loud", "loud"])
    assert dict(moved.changes) == {"outreach": 0.002, "backstop_wait": 2}, "the second starts from the first"
    high = with_changes(scenario, {"outreach": 0.9995})
    assert with_measures(high, ["loud"]).services[0].parameters["outreach"] == 1.0, "no further than the bound"


def test_a_measure_is_the_same_as_the_changes_that_it_stands_for() -> None:
    scenario = load_scenario("urban-reports")
    moved = with_measures(scenario, ["acknowledge", "telephone"])
    told = load_scenario("urban-reports", {"acknowledgement_rate": 0.95, "phone_offered": True})
    assert dict(moved.changes) == dict(told.changes)
    assert moved.specification() == told.specification() or moved.services == told.services
    before = load_scenario("urban-reports", {"reports.acknowledgement_rate": 0.1})
    assert dict(with_measures(before, ["acknowledge"]).changes) == {"acknowledgement_rate": 0.95}, "one key, not two"


def test_several_services_are_moved_where_it_makes_sense(tmp_path: Path) -> None:
    scenario = load_scenario(write(tmp_path, HEAD + SECOND_SERVICE))
    assert dict(propose(scenario, "more-answers").changes) == {"photographs.answers_per_task": 5}
    assert dict(propose(scenario, "backstop-on-call").changes) == {
        "reports.backstop_capacity": 2.0,
        "photographs.backstop_capacity": 6.0,
    }


# When it is refused


def test_refusals_say_why(tmp_path: Path) -> None:
    def loaded(**changes: Value) -> Scenario:
        return load_scenario("urban-reports", changes)

    assert (
        reason(loaded(), "more-answers")
        == "made for services of the kind “requests in a queue”; this one is “reports and repairs”"
    )
    assert reason(loaded(phone_offered=True), "telephone") == "already so: phone_offered = true"
    assert reason(loaded(acknowledgement_rate=0.97), "acknowledge") == "already so: acknowledgement_rate = 0.97"
    assert reason(loaded(backstop_capacity=0.0), "backstop-on-call").startswith("there is nothing to multiply")
    assert reason(loaded(need_share=0.0), "need-shown") == "its mechanism is off here: need_share = 0"
    assert "nobody gets an answer" in reason(loaded(acknowledgement_rate=0.0), "acknowledge-sooner")
    one = load_scenario("species-id", {"answers_per_task": 1})
    assert "one answer" in reason(one, "gold-tasks")
    assert "one answer" in reason(one, "weighted-votes")
    assert "no votes to be close" in reason(one, "expert-review")
    assert "on a screen" in reason(one, "telephone")
    for name in ("shore-survey", "storm-path"):
        assert all("go there" in reason(load_scenario(name), measure) for measure in ("telephone", "desk"))
    alert = load_scenario("cardiac-alert")
    assert "at a desk" in reason(alert, "desk")
    assert "no form to skip" in reason(alert, "one-click")
    assert "the alert itself" in reason(alert, "need-shown")
    zones = "code;name;population\n1;Here;900\n"
    (tmp_path / "zones.csv").write_text(zones, encoding="utf-8")
    text = HEAD + OWN + '[[measures.loud.needs]]\nof = "zones"\nmore_than = 1\notherwise = { en = "one", fr = "une" }\n'
    assert reason(load_scenario(write(tmp_path, text + '[territory]\nfile = "zones.csv"\n')), "loud") == "one"


def test_a_refused_or_unknown_measure_is_a_mistake_told_in_one_line() -> None:
    scenario = load_scenario("urban-reports")
    with pytest.raises(InputError, match=r"--measure more-answers: makes no sense here: made for services of the kind"):
        with_measures(scenario, ["more-answers"])
    with pytest.raises(InputError, match=r"unknown measure .*did you mean 'telephone'"):
        with_measures(scenario, ["telefone"])


def test_values_that_contradict_another_are_refused(tmp_path: Path) -> None:
    text = HEAD + OWN.replace("outreach = { plus = 0.001 }, backstop_wait = { times = 0.5 }", "reward_rate = 5.0")
    assert "reward_medium is none" in reason(load_scenario(write(tmp_path, text)), "loud")


def test_excluded_people_are_counted_among_those_old_enough() -> None:
    scenario = load_scenario("urban-reports")
    share = facts_of(scenario)["digitally_excluded"]
    print(f"digitally excluded of those old enough: {share:.3f}")
    assert 0.1 < float(share) < 0.25, "about one in six (INSEE)"


def test_a_library_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    for text, told in (
        ("schema_version = 1\n[measures.x\n", "is not valid TOML"),
        ("schema_version = 1\n[measure.x]\n", "measure: unknown key"),
        ("schema_version = 1\n[measures.x]\nprevents = []\n", "is missing"),
        (COMPARED_KIND, "kind is a word"),
    ):
        path = tmp_path / "library.toml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError) as caught:
            read_library(path)
        assert told in str(caught.value)
        assert "library.toml" in str(caught.value)


# A measure whose mechanism is off


# What the administration does itself, and pays: a measure may well do it in vain.
DONE = (
    "administration_trust",
    "acknowledged",
    "pleased",
    "credits_issued",
    "credits_held",
    "credits_spent",
    "credits_expired",
)


def same_but_for_cost(one: Outcome, other: Outcome) -> list[str]:
    """Return the records in which two outcomes differ, those of cost and of what was done in vain left out."""
    differ = []
    for part in ("daily", "zone_year", "zone_month", "groups"):
        here, there = getattr(one, part), getattr(other, part)
        differ += [
            f"{part}.{name}"
            for name in here
            if not name.startswith("cost_") and name not in DONE and not np.array_equal(here[name], there[name])
        ]
    if not np.array_equal(one.motives, other.motives):
        differ.append("motives")
    return differ


def outcome(specification: Specification) -> Outcome:
    return run_replicates(specification, replicates=1, seed=3, threads=1)[0]


def forced(measure: Measure, scenario: Scenario) -> Scenario:
    """Return a scenario with a measure, asked for or not, and whether or not its levers are refused there."""
    present = {**scenario.citizens, **scenario.services[0].parameters}
    asked = {
        move.parameter.name: (move.parameter.scope, move.value_from(present[move.parameter.name]))
        for move in measure.moves
    }
    people = {name: value for name, (scope, value) in asked.items() if scope == "citizens"}
    design = {name: value for name, (scope, value) in asked.items() if scope == "service"}
    services = tuple(replace(service, parameters={**service.parameters, **design}) for service in scenario.services)
    return replace(scenario, citizens={**scenario.citizens, **people}, services=services)


def islands(folder: Path, measure: Measure) -> Scenario:
    notes = [move.parameter.lever for move in measure.moves]
    kinds = [*measure.kinds, *(kind for note in notes if note is not None for kind in note.kinds)]
    kind = "report-and-repair" if not kinds or "report-and-repair" in kinds else "queue"
    busy: dict[str, Value] = {"initial_awareness": 0.6, "adversary_share": 0.2, "acknowledgement_delay": 4}
    if kind == "report-and-repair":
        busy |= {"prompt_rate": 0.3, "repair_capacity": 100.0, "needs_rate": 300.0}
    if measure.name == "guaranteed-floor":
        # A last resort that cannot do all, and a floor that is missed in some places.
        busy |= {"repair_capacity": 0.0, "backstop_capacity": 60.0, "norm_zone_floor": 0.5, "backstop_wait": 2}
    return load_scenario(islands_file(folder, base=BASES[kind], days=60), busy)


@pytest.mark.parametrize("name", [measure.name for measure in library().values() if measure.idle_when])
def test_a_measure_whose_mechanism_is_off_changes_no_result(name: str, tmp_path: Path) -> None:
    measure = library()[name]
    scenario = islands(tmp_path, measure)
    off = with_changes(scenario, measure.idle_when)
    assert propose(off, name).reason is not None, "it is refused there"
    without, with_it = (outcome(each.specification()) for each in (off, forced(measure, off)))
    assert without.daily["contributions"].sum() > 0
    assert same_but_for_cost(without, with_it) == []
    on = [outcome(each.specification()) for each in (scenario, forced(measure, scenario))]
    moved = same_but_for_cost(*on)
    print(f"{name}: with its mechanism on it moves {len(moved)} records")
    assert moved, "with its mechanism on it moves something"


ACCESS = [measure.name for measure in library().values() if any(t.of == "digitally_excluded" for t in measure.needs)]


@pytest.mark.parametrize("name", ACCESS)
def test_another_way_in_changes_nothing_where_nobody_is_excluded(name: str, tmp_path: Path) -> None:
    scenario = with_changes(islands(tmp_path, library()[name]), {"digital_ease_spread": 0.0})

    def without_exclusion(of: Scenario) -> Specification:
        specification = of.specification()
        groups = specification.territory.groups
        nobody = replace(groups, digital_exclusion=np.zeros_like(groups.digital_exclusion))
        return replace(specification, territory=replace(specification.territory, groups=nobody))

    moved = forced(library()[name], scenario)
    assert same_but_for_cost(outcome(without_exclusion(scenario)), outcome(without_exclusion(moved))) == []
    assert same_but_for_cost(outcome(scenario.specification()), outcome(moved.specification())) != []


# Legal regimes

REGIMES = [measure for measure in library().values() if measure.category == "legal"]


def test_legal_regimes_differ_in_who_may_take_part_in_what_weighs_and_in_cost() -> None:
    scenario = load_scenario("shore-survey")
    found = {}
    for regime in REGIMES:
        values = with_measures(scenario, [regime.name]).services[0].parameters
        found[regime.name] = (
            values["admitted_share"],
            values["legal_burden"] + values["app_friction"] / 100,
            values["legal_fixed_cost"] + values["insurance_unit_cost"] + values["reward_rate"],
        )
    print(found)
    assert len(found) >= 3
    for aspect in zip(*found.values(), strict=True):
        assert len(set(aspect)) == len(found), "each regime has its own"


@pytest.mark.parametrize("name", [regime.name for regime in REGIMES])
def test_a_legal_regime_runs_and_is_paid_for(name: str) -> None:
    scenario = load_scenario("shore-survey", days=60)
    without, with_it = (outcome(each.specification()) for each in (scenario, with_measures(scenario, [name])))
    assert with_it.daily["contributions"].sum() > 0
    assert not np.array_equal(without.daily["contributions"], with_it.daily["contributions"])
    paid = sum(float(with_it.daily[cost].sum()) for cost in ("cost_legal", "cost_rewards"))
    assert (paid > 0) == (name != "legal-common-law")
