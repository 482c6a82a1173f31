"""The administration as the twin sees it: last resort, norm, errors, trust, checks, costs."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Protocol

from entraide.model.specification import ServiceSpecification
from entraide.model.territory import Territory

from .figures import logarithm, share_left
from .stocks import Setting, is_public

__all__ = ["Office", "beyond_the_scenario"]


class Kind(Protocol):
    """What the administration asks of a production kind."""

    has_agents: bool

    def backstop(self, capacity: int, youngest: int) -> None: ...
    def staff_only(self, capacity: int, detection: float, lag: int, error: float) -> None: ...
    def settle(self) -> None: ...
    def waiting(self) -> list[int]: ...


def _left_after_a_day(half_life: float) -> float:
    return float(2.0 ** (-1.0 / half_life))


class Office:
    """What the administration knows of one service, and what it lets citizens see of it."""

    def __init__(
        self,
        setting: Setting,
        service: SimpleNamespace,
        means: list[float],
        alone: float | None,
        staff: SimpleNamespace,
        place: Territory,
        feedbacks: bool,
    ) -> None:
        self.setting, self.service, self.means, self.alone, self.staff = setting, service, means, alone, staff
        self.place, self.feedbacks, self.services = place, feedbacks, 1
        self.need = [1.0 - service.norm_share_in_time] * setting.zones
        self.prompt_factor = [1.0] * setting.zones
        self.trust = service.administration_trust_start
        self.measured_error = service.norm_error
        self.forecast_short = False
        self.scale = 1.0
        self.contacts = 0.0
        self.excluded = 0
        self.beyond = 0.0
        self.budget = 1.0

    def checking(self) -> float:
        """The less trust, the more checks."""
        return self.service.checking_max * (1.0 - self.trust)

    def friction(self) -> float:
        """Checks lengthen access."""
        return 1.0 + self.service.checking_friction * self.checking()

    def day(self, kind: Kind, history: list[tuple[int, int]], figures: dict[str, float]) -> dict[str, float]:
        """Do the day's work; return the figures that it adds. ``history``: due and in time of the six days before."""
        setting, service = self.setting, self.service
        if self.alone is None:
            wait = service.backstop_lag + (0 if self.forecast_short else service.backstop_wait)
            self._evaluate(history)
            floor = 1.0 - service.norm_zone_floor
            setting.floor_first = (
                [z for z, need in enumerate(self.need) if need > floor] if service.guaranteed_floor else []
            )
            kind.backstop(setting.allowance(service.backstop_capacity * self.scale, setting.day), wait)
        else:
            capacity = 0
            if getattr(kind, "stands_by", False) or getattr(kind, "every_day", False):
                capacity = setting.allowance(self.staff.staff_capacity * self.alone, setting.day)
            elif setting.working_day:
                # Five days of work make the capacity of seven.
                a_day = self.staff.staff_capacity * (self.alone * self.budget) * 7.0 / 5.0
                capacity = setting.allowance(a_day, setting.working_days_before)
            found = 1.0 - (1.0 - self.staff.detection_share) ** (self.alone * self.budget)
            kind.staff_only(capacity, found, self.staff.staff_lag, self.staff.staff_error)
        kind.settle()
        account = setting.account
        due, in_time = account.of("due"), account.of("in_time")
        week = [*history[-6:], (sum(due), sum(in_time))]
        due_this_week, in_time_this_week = sum(d for d, _ in week), sum(t for _, t in week)
        self.forecast_short = due_this_week > 0 and in_time_this_week < service.norm_share_in_time * due_this_week
        costs = self._costs(kind, figures)
        if self.feedbacks:
            self._let_the_need_be_felt(due, in_time, kind)
            if self.alone is None:
                self._teach_staff()
            self._judge_errors(account.total("observed"), account.total("observed_wrong"))
        return {"due": sum(due), "in_time": sum(in_time)} | costs

    def _evaluate(self, history: list[tuple[int, int]]) -> None:
        """Set the size of the last resort by what was measured since the last evaluation."""
        every = int(self.service.evaluation_days)
        if not every or not self.setting.day or self.setting.day % every:
            return
        due, in_time = (sum(day[k] for day in history[-every:]) for k in (0, 1))
        norm = self.service.norm_share_in_time
        if due and in_time < norm * due:
            self.scale = min(4.0, self.scale * 1.25)
        elif due and in_time >= (norm + 0.1) * due:
            self.scale = max(0.25, self.scale * 0.9)

    def _teach_staff(self) -> None:
        held = 1.0 - share_left(self.setting.people.acculturation_half_life, self.setting.day)
        gain = self.service.staff_trust_step * (self.service.acculturation_staff * held)
        self.trust = self.trust + gain * (1.0 - self.trust)

    def _let_the_need_be_felt(self, due: list[int], in_time: list[int], kind: Kind) -> None:
        keep = _left_after_a_day(7.0)
        waiting, own_pull = kind.waiting(), getattr(kind, "pull", lambda: None)()
        for z in range(len(self.means)):
            if due[z]:
                self.need[z] = keep * self.need[z] + (1.0 - keep) * (1.0 - in_time[z] / due[z])
            if own_pull is not None:
                self.prompt_factor[z] = own_pull[z]
            elif self.service.need_prompted:
                usual = self.service.needs_rate / 1000.0 / 365.0 * float(self.setting.place.population[z])
                self.prompt_factor[z] = min(4.0, waiting[z] / max(1e-9, usual * self.service.norm_delay))
            else:
                open_here = sum(waiting) if self.service.pooled else waiting[z]
                self.prompt_factor[z] = 1.0 if open_here else 0.0

    def _judge_errors(self, closed: int, errors: int) -> None:
        """Trust follows the errors seen; where the service counts too, a norm missed outweighs what is right."""
        step, heavier = self.service.administration_trust_step, self.setting.people.disappointment_ratio
        counts = self.service.trust_on_delivery if self.forecast_short else 0.0
        if closed:
            keep = _left_after_a_day(30.0)
            self.measured_error = keep * self.measured_error + (1.0 - keep) * (errors / closed)
            if self.measured_error <= self.service.norm_error:
                self.trust = self.trust + step * (1.0 - counts) * (1.0 - self.trust)
            else:
                self.trust = self.trust - heavier * step * self.trust
        if counts:
            self.trust = self.trust - heavier * (step * counts) * self.trust

    def _costs_by_the_year(self) -> dict[str, float]:
        """Return the day's part of what levers cost whoever runs the service."""
        setting, service, people = self.setting, self.service, self.setting.people
        campaign = service.media_campaign * service.campaign_unit_cost * setting.population
        teaching = service.mediation * service.mediation_unit_cost * self.excluded
        teaching = teaching + service.acculturation_staff * service.staff_training_cost
        if setting.j == 0:
            effort = people.acculturation_citizens * people.acculturation_unit_cost
            teaching = teaching + effort * setting.population
        evaluates = service.evaluation_days and setting.day and setting.day % service.evaluation_days == 0
        return {
            "cost_outreach": self.contacts * service.outreach_cost * setting.population,
            "cost_design": (service.evaluation_unit_cost if evaluates else 0.0) + (self.beyond + campaign) / 365.0,
            "cost_training": teaching / 365.0,
            "cost_legal": service.legal_fixed_cost / 365.0,
        }

    def _costs(self, kind: Kind, figures: dict[str, float]) -> dict[str, float]:
        setting, service = self.setting, self.service
        if not is_public(kind):
            if self.alone is not None:
                return {}
            own = {"cost_platform": service.integration * service.integration_cost / 365.0}
            return own | self._costs_by_the_year()
        if self.alone is not None:
            capacity = self.staff.staff_capacity * (self.alone * self.budget) * setting.population / 100_000.0
            # Grants are paid alone as well; what other kinds pay for their own levers is not.
            own = getattr(kind, "costs", dict)()
            grants = {name: euros for name, euros in own.items() if name == "cost_grants"}
            return grants | {
                "cost_repair": capacity * self.staff.staff_unit_cost,
                "cost_platform": self.staff.fixed_cost / 365.0,
            }
        account = setting.account
        received = figures.get("tasks", 0) + figures.get("hostile_tasks", 0)
        platform = service.platform_cost
        people = setting.people
        if people.shared_tools and self.services > 1:
            platform = platform * (1.0 - people.shared_cost_share * (1.0 - 1.0 / self.services))
        costs = self._costs_by_the_year() | {
            "cost_platform": platform / 365.0,
            "cost_checking": self.checking() * received * service.checking_unit_cost,
            "cost_backstop": account.total("delivered_by_staff") * service.backstop_unit_cost,
        }
        if getattr(kind, "stands_by", False):
            crews = service.backstop_capacity * self.scale * setting.population / 100_000.0
            costs["cost_backstop"] = crews * service.backstop_unit_cost
        if kind.has_agents and setting.working_day:
            agents = service.repair_capacity * setting.population / 100_000.0
            costs["cost_repair"] = agents * service.repair_unit_cost
        if own := getattr(kind, "costs", None):
            for name, euros in own().items():
                costs[name] = costs.get(name, 0.0) + euros
        return costs


def beyond_the_scenario(told: ServiceSpecification, inhabitants: int) -> float:
    """Return EUR per year of design levers moved beyond the scenario's own values."""
    now, before = told.parameters, told.reference

    def more(name: str) -> float:
        return max(0.0, float(now[name]) - float(before[name]))

    def halved(name: str) -> float:
        shorter = logarithm(max(0.05, float(before[name])) / max(0.05, float(now[name]))) / 0.6931471805599453
        return max(0.0, shorter)

    size = inhabitants / 100_000.0
    cost = more("phone_offered") * float(now["phone_cost"]) * size
    cost = cost + more("desk_offered") * float(now["desk_cost"]) * size
    forms = halved("app_friction")
    forms = forms + (halved("phone_friction") if now["phone_offered"] else 0.0)
    forms = forms + (halved("desk_friction") if now["desk_offered"] else 0.0)
    cost = cost + forms * float(now["friction_cost"])
    prices = {
        "fun": "fun_cost",
        "need_shown": "map_cost",
        "reputation_visibility": "recognition_cost",
        "badges": "recognition_cost",
        "one_click": "one_click_cost",
        "variety": "variety_cost",
        "openness": "openness_cost",
    }
    for lever, price in prices.items():
        cost = cost + more(lever) * float(now[price])
    return cost
