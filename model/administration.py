"""Phase 7: the administration's day: last resort, norm, checking, trust, cost, and what citizens see tomorrow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from .compilation import kernel
from .demand import is_working_day
from .evaluation import evaluate
from .feedback import moved_down, moved_up
from .lever_costs import book_yearly_costs
from .totals import total_of_series

if TYPE_CHECKING:
    from .production.contract import ServiceDay
    from .simulation import Simulation

__all__ = ["checking_share", "friction_factor", "run_administration"]

NEED_HALF_LIFE = 7.0
ERROR_HALF_LIFE = 30.0
WINDOW = 7


def checking_share(service: Any, trust: float) -> float:
    """Return the share of contributions checked: the less trust, the more checks."""
    return float(service["checking_max"]) * (1.0 - trust)


def friction_factor(service: Any, trust: float) -> float:
    """Return the factor by which checking lengthens access: distrust costs friction."""
    return 1.0 + float(service["checking_friction"]) * checking_share(service, trust)


def _keep(half_life: float) -> float:
    return float(2.0 ** (-1.0 / half_life))


def run_administration(simulation: Simulation) -> None:
    """Produce in last resort, settle the cohort that falls due, and update what each side knows of the other."""
    for j in range(simulation.services):
        today = simulation.service_day(j)
        zone = simulation.zone_state
        if simulation.alone is None:
            youngest = int(today.parameters["backstop_lag"])
            if not zone["forecast_short"][j]:
                youngest += int(today.parameters["backstop_wait"])
            evaluate(simulation, j)
            size = float(today.parameters["backstop_capacity"]) * float(zone["backstop_scale"][j])
            capacity = today.allowance(size, simulation.day)
            simulation.kinds[j].backstop(today, capacity, youngest)
        else:
            _work_alone(simulation, j, today)
        simulation.kinds[j].settle(today)
        totals = today.account.totals()
        _see_norm(simulation, j, today, totals)
        # Costs first: today's checks were made with the trust that the day began with.
        _book_costs(simulation, j, today, totals)
        _see_errors(simulation, j, totals)


def _work_alone(simulation: Simulation, j: int, today: ServiceDay) -> None:
    """Do the day's work without citizens, as the scenario says the administration would."""
    assert simulation.alone is not None
    staff = simulation.specification.services[j].administration_only
    size = simulation.alone * simulation.timeline.budget_left(j, simulation.day)
    capacity = 0
    if simulation.kinds[j].stands_by or simulation.kinds[j].every_day:
        capacity = today.allowance(float(staff["staff_capacity"]) * size, simulation.day)
    elif is_working_day(simulation.specification.start + timedelta(days=simulation.day)):
        # Capacity is stated per calendar day; staff work five days in seven.
        capacity = today.allowance(float(staff["staff_capacity"]) * size * 7.0 / 5.0, today.working_days_before)
    detection = 1.0 - (1.0 - float(staff["detection_share"])) ** size
    simulation.kinds[j].staff_only(today, capacity, detection, int(staff["staff_lag"]), float(staff["staff_error"]))


@kernel
def _feel_need(due, in_time, keep, need):
    """Let the unmet need of each zone where needs fell due today follow the share missed.

    Shapes: ``due`` and ``in_time`` int64[Z]; ``need`` float64[Z] is changed. ``keep``: what a day leaves of the past.
    """
    for z in range(due.shape[0]):
        if due[z] > 0:
            need[z] = keep * need[z] + (1.0 - keep) * (1.0 - in_time[z] / due[z])


def _see_norm(simulation: Simulation, j: int, today: ServiceDay, totals: Mapping[str, int]) -> None:
    """Compare the last seven days with the norm; let the need be felt where it is."""
    day, zone, account = simulation.day, simulation.zone_state, today.account
    service = simulation.service_records[j]
    simulation.records.add("due", day, j, totals["due"])
    simulation.records.add("in_time", day, j, totals["in_time"])
    recent = slice(max(0, day + 1 - WINDOW), day + 1)
    due = total_of_series(simulation.records.series("due", j)[recent])
    in_time = total_of_series(simulation.records.series("in_time", j)[recent])
    zone["forecast_short"][j] = due > 0 and in_time < float(service["norm_share_in_time"]) * due
    if not simulation.feedbacks:
        return
    _feel_need(account.due, account.in_time, _keep(NEED_HALF_LIFE), zone["need"][j])
    zone["prompt_factor"][j] = simulation.kinds[j].pull(today)


def _see_errors(simulation: Simulation, j: int, totals: Mapping[str, int]) -> None:
    """Move the administration's trust by what it sees of citizens' work, and with trust the checks.

    It sees the errors in what they give, and, as far as it judges by the service, whether the norm is missed.
    """
    zone, service = simulation.zone_state, simulation.service_records[j]
    if not simulation.feedbacks:
        return
    taught = float(service["staff_trust_step"]) * float(simulation.staff_acculturated[j][simulation.day])
    if taught > 0.0 and simulation.alone is None:
        zone["administration_trust"][j] = moved_up(float(zone["administration_trust"][j]), taught)
    observed = totals["observed"]
    step = float(service["administration_trust_step"])
    ratio = float(simulation.citizen_record[0]["disappointment_ratio"])
    trust = float(zone["administration_trust"][j])
    missed = float(service["trust_on_delivery"]) if zone["forecast_short"][j] else 0.0
    if observed > 0:
        keep = _keep(ERROR_HALF_LIFE)
        error = totals["observed_wrong"] / observed
        zone["measured_error"][j] = keep * zone["measured_error"][j] + (1.0 - keep) * error
        if zone["measured_error"][j] <= float(service["norm_error"]):
            trust = moved_up(trust, step * (1.0 - missed))
        else:
            trust = moved_down(trust, step, ratio)
    zone["administration_trust"][j] = moved_down(trust, step * missed, ratio)


def _book_costs(simulation: Simulation, j: int, today: ServiceDay, totals: Mapping[str, int]) -> None:
    """Book the day's cost of one service by kind of cost."""
    day, records = simulation.day, simulation.records
    service, kind = today.parameters, simulation.kinds[j]
    if not kind.public:
        # An initiative is not the administration's to pay: only what articulating it costs, and what is done for it.
        if simulation.alone is None:
            for measure, euros in kind.costs(today).items():
                records.add(measure, day, j, euros)
            contacts = simulation.today.contacts[j] * float(service["outreach_cost"]) * simulation.inhabitants
            records.add("cost_outreach", day, j, contacts)
            book_yearly_costs(simulation, j)
        return
    if simulation.alone is not None:
        staff = simulation.specification.services[j].administration_only
        size = simulation.alone * simulation.timeline.budget_left(j, day)
        capacity = float(staff["staff_capacity"]) * size * simulation.inhabitants / 100_000.0
        records.add("cost_repair", day, j, capacity * float(staff["staff_unit_cost"]))
        records.add("cost_platform", day, j, float(staff["fixed_cost"]) / 365.0)
        for measure, euros in kind.costs_alone(today).items():
            records.add(measure, day, j, euros)
        return
    tasks = float(records.series("tasks", j)[day]) + float(records.series("hostile_tasks", j)[day])
    records.add("cost_platform", day, j, simulation.platform_cost[j] / 365.0)
    contacts = simulation.today.contacts[j] * float(service["outreach_cost"]) * simulation.inhabitants
    records.add("cost_outreach", day, j, contacts)
    book_yearly_costs(simulation, j)
    records.add("cost_checking", day, j, today.checking * tasks * float(service["checking_unit_cost"]))
    units: float = totals["delivered_by_staff"]
    if kind.stands_by:
        crews = float(service["backstop_capacity"]) * float(simulation.zone_state["backstop_scale"][j])
        units = crews * simulation.inhabitants / 100_000.0
    records.add("cost_backstop", day, j, units * float(service["backstop_unit_cost"]))
    for measure, euros in kind.costs(today).items():
        records.add(measure, day, j, euros)
    if kind.has_agents and simulation.working_day[day]:
        # Agents are paid whether or not there is work, as the staff of the administration alone are.
        agents = float(service["repair_capacity"]) * simulation.inhabitants / 100_000.0
        records.add("cost_repair", day, j, agents * float(service["repair_unit_cost"]))
