"""What levers cost beyond the work itself: reminders, training, channels, forms, recognition, the legal frame.

Costs of design are those of going beyond the scenario's own values, whose cost its platform holds already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .arithmetic import logarithm

if TYPE_CHECKING:
    from .simulation import Simulation

__all__ = ["book_contributors", "book_reminders", "book_yearly_costs", "design_cost", "platform_cost", "yearly_costs"]

# Minutes under which a form cannot be made shorter.
_LEAST_FRICTION = 0.05
_LOG_TWO = 0.6931471805599453


def _beyond(parameters: Any, reference: Any, name: str) -> float:
    return max(0.0, float(parameters[name]) - float(reference[name]))


def _halvings(parameters: Any, reference: Any, name: str) -> float:
    """Return how many times a friction was halved against the scenario's own."""
    before = max(_LEAST_FRICTION, float(reference[name]))
    after = max(_LEAST_FRICTION, float(parameters[name]))
    return max(0.0, float(logarithm(before / after)) / _LOG_TWO)


def design_cost(parameters: Any, reference: Any, inhabitants: int) -> float:
    """Return EUR per year of channels, forms, maps, recognition and openness beyond the scenario's own.

    ``parameters`` and ``reference`` hold a value for every parameter of the service, with and without levers.
    """
    hundred_thousands = inhabitants / 100_000.0
    cost = _beyond(parameters, reference, "phone_offered") * float(parameters["phone_cost"]) * hundred_thousands
    cost += _beyond(parameters, reference, "desk_offered") * float(parameters["desk_cost"]) * hundred_thousands
    simpler = _halvings(parameters, reference, "app_friction")
    if parameters["phone_offered"]:
        simpler += _halvings(parameters, reference, "phone_friction")
    if parameters["desk_offered"]:
        simpler += _halvings(parameters, reference, "desk_friction")
    cost += simpler * float(parameters["friction_cost"])
    for lever, unit in (
        ("fun", "fun_cost"),
        ("need_shown", "map_cost"),
        ("reputation_visibility", "recognition_cost"),
        ("badges", "recognition_cost"),
        ("one_click", "one_click_cost"),
        ("variety", "variety_cost"),
        ("openness", "openness_cost"),
    ):
        cost += _beyond(parameters, reference, lever) * float(parameters[unit])
    return cost


def platform_cost(services: Any, j: int, shared: Any) -> float:
    """Return EUR per year of a service's platform; on shared tools, services pay the common part once together.

    ``services``: the records of all of them. ``shared``: the citizens' record.
    """
    cost = float(services[j]["platform_cost"])
    # Who has no platform has no costs to share.
    platforms = int((services["platform_cost"] > 0.0).sum())
    if shared["shared_tools"] > 0.0 and platforms > 1:
        cost *= 1.0 - float(shared["shared_cost_share"]) * (1.0 - 1.0 / platforms)
    return cost


def yearly_costs(simulation: Simulation, j: int) -> dict[str, float]:
    """Return what levers of a service cost in EUR per year, by daily measure."""
    service, shared = simulation.service_records[j], simulation.citizen_record[0]
    design = simulation.design_cost[j] + float(service["media_campaign"]) * float(service["campaign_unit_cost"]) * (
        simulation.inhabitants
    )
    teaching = float(service["mediation"]) * float(service["mediation_unit_cost"]) * simulation.excluded
    teaching += float(service["acculturation_staff"]) * float(service["staff_training_cost"])
    if j == 0:
        # One effort for all services.
        effort = float(shared["acculturation_citizens"]) * float(shared["acculturation_unit_cost"])
        teaching += effort * simulation.inhabitants
    return {"cost_design": design, "cost_training": teaching, "cost_legal": float(service["legal_fixed_cost"])}


def book_yearly_costs(simulation: Simulation, j: int) -> None:
    """Book a day's part of what levers cost by the year."""
    for measure, euros in simulation.yearly_costs[j].items():
        simulation.records.add(measure, simulation.day, j, euros / 365.0)


def book_contributors(simulation: Simulation, j: int, contributions: int, newcomers: int) -> None:
    """Book what each contribution and each newcomer costs."""
    service, day, records = simulation.service_records[j], simulation.day, simulation.records
    training = newcomers * float(service["training"]) * float(service["training_unit_cost"])
    records.add("cost_training", day, j, training)
    records.add("cost_legal", day, j, newcomers * float(service["insurance_unit_cost"]))
    if service["scheduled_rate"] > 0.0:
        records.add("cost_reminders", day, j, contributions * float(service["rota_unit_cost"]))


def book_reminders(simulation: Simulation, j: int, prompted: int, reminded: int) -> None:
    """Book reminders: those to the silent, and among the other prompts those beyond what would be without a boost."""
    service = simulation.service_records[j]
    sent = float(reminded)
    if service["prompt_boost"] > 1.0:
        sent += (prompted - reminded) * (1.0 - 1.0 / float(service["prompt_boost"]))
    simulation.records.add("cost_reminders", simulation.day, j, sent * float(service["reminder_unit_cost"]))
