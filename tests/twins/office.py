"""The administration as the twin sees it: last resort, norm, errors, trust, checks, costs."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Protocol

from entraide.model.territory import Territory

from .stocks import Setting

__all__ = ["Office"]


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
        self.place, self.feedbacks = place, feedbacks
        self.need = [1.0 - service.norm_share_in_time] * setting.zones
        self.prompt_factor = [1.0] * setting.zones
        self.trust = service.administration_trust_start
        self.measured_error = service.norm_error
        self.forecast_short = False

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
            kind.backstop(setting.allowance(service.backstop_capacity, setting.day), wait)
        else:
            capacity = 0
            if getattr(kind, "stands_by", False):
                capacity = setting.allowance(self.staff.staff_capacity * self.alone, setting.day)
            elif setting.working_day:
                # Five days of work make the capacity of seven.
                a_day = self.staff.staff_capacity * self.alone * 7.0 / 5.0
                capacity = setting.allowance(a_day, setting.working_days_before)
            found = 1.0 - (1.0 - self.staff.detection_share) ** self.alone
            kind.staff_only(capacity, found, self.staff.staff_lag, self.staff.staff_error)
        kind.settle()
        account = setting.account
        due, in_time = account.of("due"), account.of("in_time")
        week = [*history, (sum(due), sum(in_time))]
        due_this_week, in_time_this_week = sum(d for d, _ in week), sum(t for _, t in week)
        self.forecast_short = due_this_week > 0 and in_time_this_week < service.norm_share_in_time * due_this_week
        costs = self._costs(kind, figures)
        if self.feedbacks:
            self._let_the_need_be_felt(due, in_time, kind)
            self._judge_errors(account.total("observed"), account.total("observed_wrong"))
        return {"due": sum(due), "in_time": sum(in_time)} | costs

    def _let_the_need_be_felt(self, due: list[int], in_time: list[int], kind: Kind) -> None:
        keep = _left_after_a_day(7.0)
        waiting, own_pull = kind.waiting(), getattr(kind, "pull", lambda: None)()
        for z, mean in enumerate(self.means):
            if due[z]:
                self.need[z] = keep * self.need[z] + (1.0 - keep) * (1.0 - in_time[z] / due[z])
            if own_pull is not None:
                self.prompt_factor[z] = own_pull[z]
            elif self.service.need_prompted:
                self.prompt_factor[z] = min(4.0, waiting[z] / max(1e-9, mean * self.service.norm_delay))
            else:
                open_here = sum(waiting) if self.service.pooled else waiting[z]
                self.prompt_factor[z] = 1.0 if open_here else 0.0

    def _judge_errors(self, closed: int, errors: int) -> None:
        if closed == 0:
            return
        keep = _left_after_a_day(30.0)
        self.measured_error = keep * self.measured_error + (1.0 - keep) * (errors / closed)
        step = self.service.administration_trust_step
        if self.measured_error <= self.service.norm_error:
            self.trust = self.trust + step * (1.0 - self.trust)
        else:
            self.trust = self.trust - self.setting.people.disappointment_ratio * step * self.trust

    def _costs(self, kind: Kind, figures: dict[str, float]) -> dict[str, float]:
        setting, service = self.setting, self.service
        if self.alone is not None:
            capacity = self.staff.staff_capacity * self.alone * setting.population / 100_000.0
            return {
                "cost_repair": capacity * self.staff.staff_unit_cost,
                "cost_platform": self.staff.fixed_cost / 365.0,
            }
        account = setting.account
        costs = {
            "cost_platform": service.platform_cost / 365.0,
            "cost_outreach": service.outreach * service.outreach_cost * setting.population,
            "cost_checking": self.checking() * figures.get("tasks", 0) * service.checking_unit_cost,
            "cost_backstop": account.total("delivered_by_staff") * service.backstop_unit_cost,
        }
        if getattr(kind, "stands_by", False):
            crews = service.backstop_capacity * setting.population / 100_000.0
            costs["cost_backstop"] = crews * service.backstop_unit_cost
        if hasattr(kind, "own_cost"):
            costs["cost_platform"] = costs["cost_platform"] + kind.own_cost()
        if kind.has_agents and setting.working_day:
            agents = service.repair_capacity * setting.population / 100_000.0
            costs["cost_repair"] = agents * service.repair_unit_cost
        return costs
