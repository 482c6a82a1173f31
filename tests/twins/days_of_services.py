"""What services do on a day with what people give: checks, production, administration, credits."""

from __future__ import annotations

from entraide.model.random_numbers import Stream

from .choice import Contribution
from .figures import exponential
from .happenings import come_beside
from .society import spend_in_zone
from .stocks import Given, is_public
from .world_state import WorldState

__all__ = ["DaysOfServices"]


class DaysOfServices(WorldState):
    """The phases of a day that services and the administration live."""

    def _given(self, acts: list[Contribution]) -> Given:
        given = Given(
            *([0] * self.zones for _ in range(3)),
            [0.0] * self.zones,
            [0] * self.zones,
            [0] * self.zones,
            [(act.zone, act.tasks) for act in acts],
        )
        for act in acts:
            given.people[act.zone] += 1
            given.tasks[act.zone] += act.tasks
            given.seconds[act.zone] += act.seconds
            given.shift[act.zone] = given.shift[act.zone] + act.shift * act.tasks
            given.wrong[act.zone] += act.wrong * act.tasks
            given.newcomers[act.zone] += act.first
        return given

    def _beside(self, given: list[Given]) -> None:
        """Initiatives hand over to the first service and relieve its needs before it begins its day."""
        public = [j for j, kind in enumerate(self.kinds) if is_public(kind)]
        for kind, own in zip(self.kinds, given, strict=True):
            if is_public(kind) or not public:
                continue
            first = given[public[0]]
            found = kind.hand_over(own)
            tries = [each[3] for each in found]
            relieved = getattr(self.kinds[public[0]], "withdraw", lambda wanted: [0] * self.zones)(tries)
            for z, (tasks, shift, wrong, _) in enumerate(found):
                kind.of_use[self.day][z] = tasks + relieved[z]
                first.tasks[z] += tasks
                first.shift[z] = first.shift[z] + shift
                first.wrong[z] += wrong
                if tasks:
                    first.each.append((z, tasks))

    def _production(self) -> None:
        everything = [self._given([act for act in self.acts if act.service == j]) for j in range(len(self.services))]
        if self.alone is None:
            self._beside(everything)
        for j, service in enumerate(self.services):
            acts = [act for act in self.acts if act.service == j]
            given = everything[j]
            shift = 0.0
            for one in given.shift:
                shift = shift + one
            ordinary_tasks, ordinary_seconds, ordinary_wrong = list(given.tasks), list(given.seconds), sum(given.wrong)
            ordinary_people, handed = list(given.people), given.each[len(acts) :]
            means = [self.happenings.hostile(service.name, zone, self.day) for zone in range(self.zones)]
            if not getattr(self.kinds[j], "judged", True):
                means = [0.0] * self.zones
            self._note(j, "hostile_tasks", come_beside(acts, given, means, self.chance, self.day))
            given.each += handed
            self.tasks_so_far[j] += sum(act.tasks for act in acts)
            setting, seconds = self.settings[j], sum(ordinary_seconds)
            setting.checking, setting.aware = self.offices[j].checking(), self.aware[j]
            setting.tasks_per_person = self.tasks_so_far[j] / max(1, self.contributors_so_far[j])
            for name, amount in (
                ("contributions", len(acts)),
                ("tasks", sum(ordinary_tasks)),
                ("seconds", seconds),
                ("accuracy_shift", shift),
                ("wrong_on_purpose", ordinary_wrong),
            ):
                self._note(j, name, amount)
            self.by_zone[self.day][j].update(contributions=ordinary_people, tasks=ordinary_tasks)
            if service.once_for_all:
                leaving = 1.0 - exponential(-service.departure_rate / 365.0)
                for z, members in enumerate(self.members[j]):
                    gone = self.chance.binomial(members, leaving, Stream.PASSIVE, j, z, self.day)
                    self.members[j][z] += given.newcomers[z] - gone
            if self.alone is not None:
                continue
            tasks_given = list(given.tasks)
            self._moderate(j, given)
            self.kinds[j].produce(given)
            self._review(j)
            wasted = setting.account.of("tasks_wasted")
            in_vain = [ordinary_seconds[z] * wasted[z] // tasks_given[z] for z in range(self.zones) if tasks_given[z]]
            self._note(j, "seconds_wasted", sum(in_vain))
            new = sum(given.newcomers)
            self._note(j, "cost_training", new * service.training * service.training_unit_cost)
            self._note(j, "cost_legal", new * service.insurance_unit_cost)
            if service.scheduled_rate > 0.0:
                self._note(j, "cost_reminders", len(acts) * service.rota_unit_cost)
            if service.reward_rate > 0 and service.reward_medium == "cash":
                self._note(j, "cash_paid", seconds / 3600.0 * service.reward_rate)
                self._note(j, "cost_rewards", seconds / 3600.0 * service.reward_rate)
            if service.reward_rate > 0 and service.reward_medium == "credit":
                self._note(j, "credits_issued", sum((act.seconds + 30) // 60 for act in acts))

    def _moderate(self, j: int, given: Given) -> None:
        """Moderators stop hostile contributions, and a few of the others by mistake."""
        service, account = self.services[j], self.settings[j].account
        if service.moderation <= 0.0:
            return
        self._note(j, "cost_review", service.moderation * sum(given.tasks) * service.moderation_unit_cost)
        for z, tasks in enumerate(given.tasks):
            mistakes = service.moderation * service.moderation_mistakes
            hostile = self.chance.binomial(given.wrong[z], service.moderation, Stream.MODERATION, j, z, self.day)
            others = self.chance.binomial(
                tasks - given.wrong[z], mistakes, Stream.MODERATION, j, self.zones + z, self.day
            )
            if hostile + others:
                left = tasks - hostile - others
                given.shift[z] = given.shift[z] * (left / tasks)
                given.tasks[z], given.wrong[z] = left, given.wrong[z] - hostile
                account.add("tasks_wasted", z, hostile + others)

    def _review(self, j: int) -> None:
        """Experts look at a share of what was closed, and correct the errors that they find."""
        service, account = self.services[j], self.settings[j].account
        if service.expert_review <= 0.0:
            return
        seen = service.expert_review * account.total("closed")
        self._note(j, "cost_review", seen * service.review_unit_cost)
        found = min(1.0, service.expert_review * service.review_lift) * (1.0 - service.backstop_error)
        for z, errors in enumerate(list(account.of("errors"))):
            corrected = self.chance.binomial(errors, found, Stream.REVIEW, j, z, self.day)
            account.add("errors", z, -corrected)

    def _administration(self) -> None:
        for j, office in enumerate(self.offices):
            history = [(int(day[j].get("due", 0)), int(day[j].get("in_time", 0))) for day in self.daily[:-1]]
            for name, amount in office.day(self.kinds[j], history, self.daily[self.day][j]).items():
                self._note(j, name, amount)

    def _currency(self) -> None:
        paying = [s for s in self.services if s.reward_medium == "credit" and s.reward_rate > 0]
        if not paying or not self.feedbacks:
            return
        keep = float(2.0 ** (-1.0 / self.people.spendability_half_life))
        offers = 0.0
        for service in paying:
            offers = offers + service.credit_offers
        lifetime = max(service.credit_lifetime for service in paying)
        spent = expired = 0
        for z, size in enumerate(self.place.population):
            here = [person for person in self.citizens if person.zone == z]
            self.spendability[z], more_spent, more_expired = spend_in_zone(
                here,
                offers / 1000.0 * int(size),
                self.spendability[z],
                keep,
                lifetime,
                self.people,
                self.chance,
                self.day,
            )
            spent, expired = spent + more_spent, expired + more_expired
        j = self.services.index(paying[0])
        self._note(j, "credits_spent", spent)
        self._note(j, "credits_expired", expired)
        self._note(j, "cost_rewards", spent / 60.0 * paying[0].credit_unit_cost)
