"""Small worlds for tests: a few zones, a few hundred people, and services set so that much happens in few days.

Zones are fewer than eight, so that NumPy adds their figures one after the other, as plain Python does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from entraide.model.administration_parameters import ADMINISTRATION_ONLY_PARAMETERS
from entraide.model.citizen_parameters import CITIZEN_PARAMETERS
from entraide.model.parameters import Parameter, Value
from entraide.model.production_names import BESIDE
from entraide.model.service_classes import SERVICE_CLASSES
from entraide.model.service_parameters import SERVICE_PARAMETERS
from entraide.model.specification import Event, ServiceSpecification, Specification
from entraide.model.territory import GroupTable, Territory

__all__ = ["START", "WORLDS", "citizens", "groups", "placed", "service", "territory", "world", "world_of"]

START = date(2025, 1, 1)


def groups() -> GroupTable:
    """Return four groups: children, excluded from contributing, and three that differ in devotion and exclusion."""
    return GroupTable(
        names=("children", "young", "working", "old"),
        share=np.array([0.15, 0.2, 0.4, 0.25]),
        can_contribute=np.array([False, True, True, True]),
        digital_exclusion=np.array([0.0, 0.03, 0.12, 0.45]),
        devotion=np.array([1.0, 0.7, 0.95, 1.4]),
    )


def territory(
    population: Sequence[int] = (150, 90, 210, 60),
    deprivation: Sequence[float] | None = None,
    group_shares: Sequence[Sequence[float]] | None = None,
) -> Territory:
    """Return zones on a line, each near the zones that stand beside it."""
    zones = len(population)
    near = [[(z + step) % zones for step in (0, 1, zones - 1)] for z in range(zones)]
    return Territory(
        title=f"{zones} zones",
        codes=tuple(f"z{z}" for z in range(zones)),
        names=tuple(f"Zone {z}" for z in range(zones)),
        population=np.array(population, np.int64),
        intercommunality=("",) * zones,
        department=("",) * zones,
        area_km2=np.full(zones, np.nan),
        longitude=np.full(zones, np.nan),
        latitude=np.full(zones, np.nan),
        deprivation=None if deprivation is None else np.array(deprivation, np.float64),
        group_shares=None if group_shares is None else np.array(group_shares, np.float64),
        near=np.array(near, np.int32),
        groups=groups(),
    )


def placed(place: Territory) -> Territory:
    """Return the same zones with areas and points: about one kilometre apart, each larger than the one before."""
    number = np.arange(place.zones, dtype=np.float64)
    return replace(
        place, area_km2=1.5 + 2.0 * number, longitude=2.3 + 0.014 * number, latitude=48.9 - 0.003 * number * number
    )


def _values(declared: Sequence[Parameter], *layers: Mapping[str, Value]) -> dict[str, Value]:
    """Return a value for every parameter, each in its type and bounds; later layers win."""
    known = {parameter.name for parameter in declared}
    unknown = {name for layer in layers for name in layer} - known
    assert not unknown, f"no such parameter: {sorted(unknown)}"
    values: dict[str, Value] = {}
    for parameter in declared:
        value: object = parameter.default
        for layer in layers:
            value = layer.get(parameter.name, value)
        if isinstance(parameter.default, float) and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        values[parameter.name] = parameter.check(value)
    return values


def citizens(**changes: Value) -> dict[str, Value]:
    """Return the citizens' parameters: the defaults but for the changes."""
    return _values(CITIZEN_PARAMETERS, changes)


def service(
    name: str,
    kind: str,
    *,
    preset: str = "urban-report",
    levers: Mapping[str, Value] | None = None,
    alone: Mapping[str, Value] | None = None,
    **changes: Value,
) -> ServiceSpecification:
    """Return a service of a class with some changes; ``levers`` are moved after the reference was taken."""
    reference = _values(SERVICE_PARAMETERS, SERVICE_CLASSES[preset], changes)
    moved = _values(SERVICE_PARAMETERS, SERVICE_CLASSES[preset], changes, levers or {})
    return ServiceSpecification(name, kind, moved, reference, _values(ADMINISTRATION_ONLY_PARAMETERS, alone or {}))


def world(
    *services: ServiceSpecification,
    place: Territory | None = None,
    people: Mapping[str, Value] | None = None,
    events: Sequence[Event] = (),
    days: int = 60,
    name: str = "small",
) -> Specification:
    """Return a specification; ``people`` holds changes to the citizens' parameters."""
    return Specification(
        name=name,
        territory=place or territory(),
        citizens=citizens(**(people or {})),
        services=services,
        events=tuple(events),
        start=START,
        days=days,
    )


# Rates that make a few hundred people do in weeks what thousands do in a year.
_BUSY = {
    "initial_awareness": 0.4,
    "awareness_rate": 0.004,
    "prompt_rate": 0.12,
    "needs_rate": 3000.0,
    "acknowledgement_delay": 5,
    "norm_delay": 6,
    "need_lifetime": 17,
    "backstop_wait": 3,
    "backstop_lag": 1,
    "backstop_capacity": 250.0,
    "backstop_error": 0.2,
    "repair_capacity": 500.0,
    "departure_rate": 0.9,
}
# What fades slowly by default fades within these few weeks.
_LIVELY = {
    "word_of_mouth": 0.05,
    "awareness_half_life": 40.0,
    "habit_half_life": 20.0,
    "efficacy_half_life": 50.0,
    "trust_half_life": 45.0,
    "crowding_half_life": 30.0,
    "crowding_build_up": 0.2,
    "drift_disappointed": 0.3,
    "drift_pleased": 0.25,
    "skill_gain": 0.08,
    "media_peak_share": 0.1,
    "neighbour_half_life": 9.0,
    "credit_spending_rate": 0.3,
}


def reports() -> Specification:
    """One report-and-repair service, prompted by need, where poorer zones have more needs."""
    place = territory(deprivation=(0.2, 0.9, 0.5, 0.3))
    only = service("reports", "report-and-repair", **(_BUSY | {"need_deprivation_slope": 1.2, "season_amplitude": 0.6}))
    return world(only, place=place, people=_LIVELY, name="reports")


def photographs() -> Specification:
    """One queue open to everybody, with fading prompts, three answers a task, weighted votes and gold tasks."""
    only = service(
        "photographs",
        "queue",
        preset="online-micro-task",
        **(
            _BUSY
            | {
                "pooled": True,
                "prompt_rate": 0.65,
                "needs_rate": 9000.0,
                "answers_per_task": 3,
                "aggregation": "weighted",
                "gold_share": 0.15,
                "challenge_sensitivity": 3.0,
                "session_devotion_exponent": 0.6,
                "weekend_factor": 2.5,
            }
        ),
    )
    return world(only, people=_LIVELY | {"adversary_share": 0.2, "fatigue_drop_out": 0.8}, name="photographs")


def upkeep() -> Specification:
    """One queue that everybody serves in the own zone, by appointment, with travel, two answers a task."""
    only = service(
        "upkeep",
        "queue",
        preset="hands-on",
        **(
            _BUSY
            | {
                "answers_per_task": 2,
                "minutes_per_task": 12.0,
                "travel_minutes": 6.0,
                "needs_rate": 1500.0,
                "gold_share": 0.1,
                "legal_burden": 0.3,
            }
        ),
        levers={"prompt_boost": 2.0, "fun": 1.6},
    )
    shares = ((0.1, 0.2, 0.4, 0.3), (0.2, 0.5, 0.2, 0.1), (0.0, 0.0, 0.3, 0.7), (0.5, 0.1, 0.2, 0.2))
    return world(only, place=territory(group_shares=shares), people=_LIVELY, name="upkeep")


def rivals() -> Specification:
    """Two services for the same people: one pays in credits that lapse and can be spent, the other in cash."""
    paid_in_time = service(
        "reports",
        "report-and-repair",
        **(_BUSY | {"prompt_rate": 0.4, "checking_max": 0.8}),
        levers={
            "reward_medium": "credit",
            "reward_rate": 12.0,
            "credit_offers": 60.0,
            "credit_lifetime": 25,
            "checking_friction": 4.0,
        },
    )
    paid_in_cash = service(
        "photographs",
        "queue",
        preset="online-micro-task",
        **(_BUSY | {"needs_rate": 9000.0, "pooled": True, "answers_per_task": 2, "prompt_rate": 0.9}),
        levers={"reward_medium": "cash", "reward_rate": 9.0, "badges": False},
    )
    return world(
        paid_in_time, paid_in_cash, people=_LIVELY | {"crowding_per_euro": 0.01, "haste_accuracy": 2.0}, name="rivals"
    )


def vandals() -> Specification:
    """Adversaries in numbers, no checks to begin with, few duplicates noticed, an error norm out of reach."""
    only = service(
        "reports",
        "report-and-repair",
        **(
            _BUSY
            | {
                "norm_error": 0.05,
                "duplicate_detection": 0.3,
                "prompt_rate": 0.5,
                "needs_rate": 800.0,
                "repair_capacity": 200.0,
                "administration_trust_step": 0.3,
                "administration_trust_start": 1.0,
                "checking_max": 1.0,
                "acknowledgement_delay": 3,
                "backstop_capacity": 0.0,
                "session_tasks": 3.0,
            }
        ),
    )
    return world(only, people=_LIVELY | {"adversary_share": 0.35}, name="vandals")


def channels() -> Specification:
    """Telephone and desk beside the app, outreach, thanks, and media peaks on half of the days."""
    only = service(
        "reports",
        "report-and-repair",
        **(_BUSY | {"initial_awareness": 0.0}),
        levers={
            "phone_offered": True,
            "desk_offered": True,
            "desk_friction": 4.0,
            "outreach": 0.02,
            "reward_medium": "thanks",
            "reward_rate": 5.0,
            "acknowledgement_rate": 0.9,
        },
    )
    people = _LIVELY | {"media_peak_share": 0.5, "media_peak_factor": 30.0, "digital_ease_spread": 1.0}
    return world(only, people=people, name="channels")


def troubles() -> Specification:
    """Two services struck by outages, surges and shocks of trust, some of them in one zone only."""
    one = service("reports", "report-and-repair", **(_BUSY | {"reputation_visibility": 2.0}))
    two = service(
        "upkeep",
        "queue",
        preset="field-observation",
        **(_BUSY | {"answers_per_task": 1, "minutes_per_task": 4.0, "prompt_boost": 1.5}),
    )
    events = (
        Event("outage", 8, 6),
        Event("demand_surge", 12, 20, 3.0, ("reports",), ("z1", "z3")),
        Event("demand_surge", 20, 5, 0.0, ("upkeep",)),
        Event("trust_shock", 15, 1, 0.6),
        Event("trust_shock", 33, 1, 1.0, (), ("z2",)),
        Event("outage", 40, 3, 1.0, ("upkeep",), ("z0",)),
    )
    return world(one, two, people=_LIVELY | {"far_neighbours": 8}, events=events, name="troubles")


def hamlets() -> Specification:
    """Zones of one to twelve people, two services in credits, everybody a neighbour of everybody."""
    common = _BUSY | {"reward_medium": "credit", "reward_rate": 20.0, "prompt_rate": 0.6, "initial_awareness": 1.0}
    one = service("reports", "report-and-repair", **(common | {"needs_rate": 20000.0, "credit_offers": 0.0}))
    two = service(
        "repairs",
        "queue",
        preset="giving",
        **(common | {"needs_rate": 20000.0, "credit_offers": 8000.0, "answers_per_task": 5}),
    )
    place = territory(population=(1, 12, 2, 7, 1))
    people = _LIVELY | {"share_free_riders": 0.0, "share_conditional": 1.0, "far_neighbours": 0}
    return world(one, two, place=place, people=people, name="hamlets")


def alarms() -> Specification:
    """Two alert services over the same people: incidents by the dozen, few crews, errors, untrained people."""
    common = _BUSY | {
        "prompt_rate": 0.6, "need_prompted": False, "initial_awareness": 0.6, "backstop_capacity": 1500.0,
        "needs_rate": 2500.0, "core_density": 90.0, "ambulance_reference": 2000.0, "minutes_per_task": 8.0,
    }  # fmt: skip
    one = service("hearts", "alert", **common, levers={"trained_share": 0.9}, alone={"staff_capacity": 2500.0})
    two = service("falls", "alert", **(common | {"alert_radius_km": 2.5, "useful_arrivals": 1, "needs_rate": 900.0}))
    return world(one, two, place=placed(territory()), people=_LIVELY | {"adversary_share": 0.2}, name="alarms")


def commons() -> Specification:
    """A stock of knowledge and a forum, moderated, over the same people, some of whom do harm."""
    common = _BUSY | {"need_prompted": False, "prompt_fading": 0.9, "prompt_rate": 0.65, "pooled": True}
    pages = service(
        "pages",
        "stock",
        **(common | {"needs_rate": 400.0, "topics_per_zone": 15, "vandalism_rate": 0.05, "ageing_half_life": 90.0,
                     "minutes_per_task": 10.0, "backstop_capacity": 900.0, "norm_zone_floor": 0.55}),
        levers={"guaranteed_floor": True, "review_share": 0.5},
        alone={"staff_capacity": 600.0},
    )  # fmt: skip
    questions = service(
        "questions",
        "patient-community",
        **(common | {"answer_hours": 40, "reread_days": 3, "admitted_share": 0.7, "backstop_capacity": 300.0}),
        levers={"moderation": 0.6, "reread_share": 0.9},
        alone={"staff_capacity": 500.0},
    )
    return world(pages, questions, people=_LIVELY | {"adversary_share": 0.15}, name="commons")


def provident() -> Specification:
    """Two services on shared tools, with every common lever pulled: prevention, help, smaller tasks, acculturation."""
    levers: dict[str, Value] = {
        "training": 0.4,
        "reminder_rate": 0.1,
        "scheduled_rate": 0.05,
        "minimum_pool": 800.0,
        "pool_outreach": 0.02,
        "outreach": 0.005,
        "outreach_focus": 0.7,
        "guaranteed_floor": True,
        "mediation": 0.6,
        "moderation": 0.7,
        "moderation_mistakes": 0.2,
        "expert_review": 0.3,
        "task_parts": 3,
        "one_click": True,
        "variety": 0.5,
        "impact_shown": 0.8,
        "openness": 0.6,
        "media_campaign": 1.5,
        "evaluation_days": 6,
        "acculturation_staff": 0.9,
        "staff_trust_step": 0.05,
        "insurance_unit_cost": 12.0,
        "legal_fixed_cost": 5000.0,
        "phone_offered": True,
        "app_friction": 0.7,
    }
    busy = _BUSY | {"backstop_capacity": 900.0, "admitted_share": 0.8, "prompt_burden": 15.0, "norm_zone_floor": 0.9}
    one = service("reports", "report-and-repair", **(busy | {"checking_max": 1.0}), levers=levers)
    two = service("upkeep", "queue", preset="hands-on", **(busy | {"minutes_per_task": 20.0}), levers=levers)
    three = service("panels", "queue", preset="hands-on", **(busy | {"once_for_all": True}))
    people = _LIVELY | {"acculturation_citizens": 0.8, "acculturation_half_life": 20.0, "adversary_share": 0.2}
    return world(one, two, three, people=people | {"shared_tools": True}, name="provident")


def misfortunes() -> Specification:
    """One service on the spot, one online, and every kind of event, some in one zone, service or social group."""
    # People are prompted often enough that some contribute several times before contributors are lost.
    often = _BUSY | {"prompt_rate": 0.3}
    one = service("reports", "report-and-repair", **(often | {"repair_capacity": 300.0, "backstop_capacity": 200.0}))
    two = service(
        "upkeep",
        "queue",
        preset="online-micro-task",
        **(often | {"answers_per_task": 3, "minutes_per_task": 2.0, "prompt_boost": 1.5, "reward_medium": "cash",
                    "reward_rate": 5.0}),
    )  # fmt: skip
    names = groups().names
    events = (
        Event("media_peak", 2, 5, 40.0, ("reports",), ("z0", "z2")),
        Event("holidays", 6, 4, 0.3),
        Event("holidays", 8, 3, 0.5, (), ("z1",)),
        Event("adversary_campaign", 5, 6, 1.5, ("reports",)),
        Event("adversary_campaign", 9, 30, 0.7, (), ("z0", "z3")),
        Event("trust_shock", 7, 1, 0.4, (), (), names[1:3]),
        Event("loss_of_contributors", 10, 1, 0.5, ("upkeep",), ("z1", "z2")),
        Event("loss_of_contributors", 13, 1, 0.25),
        Event("loss_of_contributors", 14, 1, 1.0, (), (), names[2:]),
        Event("trust_shock", 14, 1, 0.7, (), ("z3",), names[1:]),
        Event("rival_platform", 11, 9, 1.5, (), ("z3", "z1")),
        Event("rival_platform", 13, 2, 0.5),
        Event("budget_cut", 9, 25, 0.6),
        Event("budget_cut", 15, 5, 0.5, ("reports",)),
        Event("lockdown", 16, 12, 0.2, (), ("z0", "z1")),
        Event("outage", 18, 2),
    )
    return world(one, two, people=_LIVELY | {"far_neighbours": 8}, events=events, name="misfortunes")


def atlas() -> Specification:
    """Two maps that people keep up to date, one on which what is out of date prompts; many errors and checks."""
    common = _BUSY | {
        "units_to_know": 300.0, "initial_coverage": 0.4, "initial_map_error": 0.2, "backstop_capacity": 900.0,
        "prompt_rate": 0.5,
    }  # fmt: skip
    one = service("places", "coverage", **common, levers={"routing": 0.4, "second_look": 0.6, "checking_max": 0.9})
    own = common | {"minutes_per_task": 5.0, "session_tasks": 4.0}
    levers = {"guaranteed_floor": True, "backstop_capacity": 400.0}
    two = service("paths", "coverage", preset="field-observation", levers=levers, **own)
    return world(one, two, people=_LIVELY | {"adversary_share": 0.2}, name="atlas")


def beside() -> Specification:
    """Reports, and two initiatives beside them: one half articulated and hostile, one that works alone."""
    public = service("reports", "report-and-repair", **(_BUSY | {"prompt_rate": 0.3, "checking_annoyance": 0.5}))
    hostile = service(
        "network",
        "parallel-initiative",
        **(_BUSY | {"prompt_rate": 0.5, "opposition": 0.8, "relief": 0.5, "platform_cost": 1000.0}),
        levers={"integration": 0.4},
    )
    alone = service(
        "upkeep",
        "parallel-initiative",
        preset="online-micro-task",
        **(_BUSY | {"relief": 0.9, "minutes_per_task": 2.0}),
    )
    return world(public, hostile, alone, people=_LIVELY | {"adversary_share": 0.2}, name="beside")


def wary() -> Specification:
    """Upkeep by people who resent checks, for staff who judge them by the service as well."""
    only = service(
        "upkeep",
        "queue",
        preset="field-observation",
        **(
            _BUSY
            | {
                "answers_per_task": 1,
                "minutes_per_task": 4.0,
                "checking_max": 1.0,
                "checking_annoyance": 0.7,
                "trust_on_delivery": 0.6,
                "administration_trust_step": 0.1,
                "needs_rate": 2500.0,
            }
        ),
    )
    return world(only, people=_LIVELY, name="wary")


def roofs() -> Specification:
    """Roofs adopted once and for all, by those who have one and by appointment; surplus shared, a grid too small."""
    only = service(
        "power",
        "flow",
        preset="hands-on",
        **(
            _BUSY
            | {
                "need_prompted": False,
                "once_for_all": True,
                "admitted_share": 0.5,
                "minutes_per_task": 45.0,
                "needs_rate": 90000.0,
                "roofs_at_start": 15.0,
                "unit_energy": 2.0,
                "daylight_share": 0.3,
                "backstop_capacity": 15000.0,
            }
        ),
        levers={"surplus_shared": 0.6, "public_roofs": 20.0, "guaranteed_floor": True, "norm_zone_floor": 0.9},
        alone={"staff_capacity": 15000.0},
    )
    return world(only, people=_LIVELY, name="roofs")


def storm() -> Specification:
    """A storm after a quiet week; everybody may help anywhere, until nothing is left to do."""
    only = service(
        "path",
        "burst",
        preset="crisis",
        **(
            _BUSY
            | {
                "needs_rate": 0.0,
                "minutes_per_task": 20.0,
                "by_appointment": True,
                "prompt_rate": 0.9,
                "pooled": True,
                "project_hours": 800.0,
                "project_day": 7,
                "norm_delay": 16,
                "backstop_wait": 8,
                "backstop_capacity": 400.0,
            }
        ),
        levers={"guaranteed_floor": True},
        alone={"staff_capacity": 2000.0},
    )
    return world(only, people=_LIVELY, name="storm")


def uneven() -> Specification:
    """Reports as the ensemble of urban reports has them, heard of unevenly, and less where people are poorer.

    One of its draws and what they share, but for rates that make hundreds hear in weeks where a city takes years.
    """
    ensemble = {
        "drop_out_first": 0.7371,
        "session_tasks": 0.5142,
        "efficacy_drop_out": 1.08,
        "exposure_log_sd": 1.938,
        "word_of_mouth": 0.04527,
        "hearing_zone_log_sd": 0.9111,
        "hearing_deprivation_slope": 0.3429,
    }
    known = {parameter.name for parameter in SERVICE_PARAMETERS}
    own = {name: value for name, value in ensemble.items() if name in known}
    slow = {"initial_awareness": 0.02, "awareness_rate": 0.01, "prompt_rate": 0.3}
    place = territory(deprivation=(0.2, 0.9, 0.5, 0.3))
    people = {name: value for name, value in ensemble.items() if name not in known}
    only = service("reports", "report-and-repair", **(_BUSY | slow | own))
    return world(only, place=place, people=_LIVELY | people, name="uneven")


_BUILDERS = (
    reports, photographs, upkeep, rivals, vandals, channels, troubles, misfortunes, hamlets, alarms, provident,
    atlas, commons, beside, wary,
    roofs, storm, uneven,
)  # fmt: skip
WORLDS: Mapping[str, Callable[[], Specification]] = {build.__name__: build for build in _BUILDERS}


def world_of(kind: str, **changes: Value) -> Specification:
    """Return a world with one service of a kind, where hundreds contribute in weeks; an initiative gets one to join."""
    told = service(kind, kind, **(_BUSY | {"need_prompted": False} | changes), alone={"staff_capacity": 300.0})
    others = [service("reports", "report-and-repair", **_BUSY)] if kind in BESIDE else []
    return world(*others, told, place=placed(territory()), people=_LIVELY, name=kind)
