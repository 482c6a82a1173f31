"""Every common lever does nothing when its mechanism is off: the same bits in every figure but its cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from small_worlds import WORLDS, groups, service, territory, world

from entraide.model.parameters import Value
from entraide.model.service_engagement_parameters import SERVICE_ENGAGEMENT_PARAMETERS
from entraide.model.service_prevention_parameters import SERVICE_PREVENTION_PARAMETERS
from entraide.model.simulation import Simulation
from entraide.model.specification import Specification


@dataclass(frozen=True)
class Case:
    """A lever moved, and what turns its mechanism off; ``kind`` of the service, ``but`` figures that may differ."""

    moved: Mapping[str, Value]
    off: Mapping[str, Value] = field(default_factory=dict)
    people: Mapping[str, Value] = field(default_factory=dict)
    kind: str = "report-and-repair"
    nobody_excluded: bool = False
    but: tuple[str, ...] = ()


_NOBODY_COMES = {"prompt_rate": 0.0}
_NO_FLOOR = {"prompt_floor_active": 0.0, "prompt_floor_new": 0.0}
CASES: Mapping[str, Case] = {
    "training": Case({"training": 1.0}, people={"skill_accuracy": 0.0, "skill_saving": 0.0}, but=("cost_training",)),
    "reminder_rate": Case({"reminder_rate": 0.5}, off=_NOBODY_COMES, people=_NO_FLOOR),
    "scheduled_rate": Case({"scheduled_rate": 0.5}, off=_NOBODY_COMES, people=_NO_FLOOR),
    "minimum_pool": Case({"minimum_pool": 900.0}, off={"pool_outreach": 0.0}),
    "outreach_focus": Case({"outreach_focus": 1.0}, off={"outreach": 0.0}),
    "guaranteed_floor": Case({"guaranteed_floor": True}, off={"backstop_capacity": 0.0}),
    "mediation": Case({"mediation": 1.0}, people={"digital_ease_spread": 0.0}, nobody_excluded=True),
    "moderation": Case({"moderation": 1.0}, off={"moderation_mistakes": 0.0}, people={"adversary_share": 0.0},
                       but=("cost_review",)),
    "expert_review": Case({"expert_review": 1.0}, off={"accuracy_alpha": 1000.0, "accuracy_beta": 0.5,
                          "answers_per_task": 9}, people={"adversary_share": 0.0}, kind="queue", but=("cost_review",)),
    "one_click": Case({"one_click": True}, off={"app_friction": 0.0}, but=("cost_design",)),
    "variety": Case({"variety": 1.0}, people={"pleasure_weight": 0.0}, but=("cost_design",)),
    "impact_shown": Case({"impact_shown": 1.0}, people={"efficacy_drop_out": 0.0, "need_share": 0.0},
                         but=("cost_feedback",)),
    "openness": Case({"openness": 1.0}, people={"efficacy_step": 0.0, "trust_step": 0.0}, but=("cost_design",)),
    # Who has not tried yet forgets when looked at, and a campaign has more people looked at: nobody forgets here.
    "media_campaign": Case({"media_campaign": 5.0}, off={"awareness_rate": 0.0},
                           people={"awareness_half_life": 36500.0}, but=("cost_design",)),
    "evaluation_days": Case({"evaluation_days": 7}, off={"backstop_capacity": 0.0}, but=("cost_design",)),
    "acculturation_staff": Case({"acculturation_staff": 1.0}, off={"checking_max": 0.0},
                                but=("cost_training", "administration_trust")),
    "insurance_unit_cost": Case({"insurance_unit_cost": 9.0}, but=("cost_legal",)),
    "legal_fixed_cost": Case({"legal_fixed_cost": 900.0}, but=("cost_legal",)),
}  # fmt: skip
# A task cut into parts takes more contributions whatever people feel: no switch makes that nothing.
NEVER_IDLE = {"task_parts"}


def _specification(case: Case, moved: Mapping[str, Value]) -> Specification:
    busy = {
        "initial_awareness": 0.5, "awareness_rate": 0.004, "prompt_rate": 0.2, "needs_rate": 3000.0, "norm_delay": 6,
        "acknowledgement_delay": 5, "need_lifetime": 17, "backstop_wait": 3, "backstop_lag": 1,
        "backstop_capacity": 250.0, "repair_capacity": 500.0, "outreach": 0.01,
    }  # fmt: skip
    only = service("only", case.kind, levers=moved, **{**busy, **case.off})
    place = territory()
    if case.nobody_excluded:
        place = replace(place, groups=replace(groups(), digital_exclusion=np.zeros(4)))
    people = {"adversary_share": 0.1, "word_of_mouth": 0.05, "skill_gain": 0.08, **case.people}
    return world(only, place=place, people=people, days=40)


@pytest.mark.parametrize("name", CASES)
def test_a_lever_does_nothing_when_its_mechanism_is_off(name: str) -> None:
    case = CASES[name]
    plain = Simulation(_specification(case, {}), seed=4).run().outcome()
    moved = Simulation(_specification(case, case.moved), seed=4).run().outcome()
    for measure, series in plain.daily.items():
        if measure not in case.but:
            assert np.array_equal(series, moved.daily[measure]), measure
    assert (plain.contribution_counts[0] == moved.contribution_counts[0]).all()


@pytest.mark.parametrize("name", CASES)
def test_the_same_lever_moves_something_when_its_mechanism_is_on(name: str) -> None:
    """Else the statement above would prove nothing."""
    case = CASES[name]
    on = replace(case, off={}, people={}, nobody_excluded=False)
    plain = Simulation(_specification(on, {}), seed=4).run().outcome()
    moved = Simulation(_specification(on, case.moved), seed=4).run().outcome()
    different = [measure for measure, series in plain.daily.items() if not np.array_equal(series, moved.daily[measure])]
    print(name, different)
    assert different


def test_shared_tools_do_nothing_for_one_service() -> None:
    plain = WORLDS["reports"]()
    shared = replace(plain, citizens={**plain.citizens, "shared_tools": True})
    one, other = (Simulation(each, seed=4).run(until=30) for each in (plain, shared))
    assert np.array_equal(one.records.daily, other.records.daily)


def test_acculturation_of_citizens_does_nothing_where_media_and_altruism_do_not_count() -> None:
    base = Case({}, off={"awareness_rate": 0.0}, people={"altruism_weight": 0.0})
    plain = _specification(base, {})
    taught = replace(plain, citizens={**plain.citizens, "acculturation_citizens": 1.0})
    one, other = (Simulation(each, seed=4).run().outcome() for each in (plain, taught))
    for measure, series in one.daily.items():
        if measure != "cost_training":
            assert np.array_equal(series, other.daily[measure]), measure


def test_every_common_lever_is_here() -> None:
    declared = {
        each.name for each in (*SERVICE_PREVENTION_PARAMETERS, *SERVICE_ENGAGEMENT_PARAMETERS) if each.kind == "lever"
    }
    assert set(CASES) | NEVER_IDLE == declared
