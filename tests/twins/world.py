"""A whole world as the twin lives it: the eleven phases of a day, and comparison with the engine."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from entraide.model.random_numbers import Stream
from entraide.model.specification import Specification

from .alert import AlertTwin
from .burst import BurstTwin
from .chance import Chance
from .choice import Contribution, Surroundings, answer, intercept, leave_traces, leaves_for_good
from .coverage import CoverageTwin
from .figures import LN_TWO, exponential, share_left, single
from .flow import FlowTwin
from .happenings import Happenings, come_beside, lose
from .hearing import (
    can_be_prompted,
    can_hear,
    ceiling,
    forgets,
    hearing_chance,
    highest_hazard,
    inhabitants,
    is_looked_at,
    media_hazard,
    prompt_hazard,
    social_hazard,
)
from .match import MatchTwin
from .office import Office, beyond_the_scenario
from .parallel_initiative import ParallelInitiativeTwin
from .patient_community import PatientCommunityTwin
from .people import ACTIVE, AWARE, DEPARTED, UNAWARE, UNDECIDED, Person, feel_today, look_after
from .quality import difficulties
from .queue import QueueTwin
from .report_and_repair import ReportAndRepairTwin
from .society import calendar_factor, mean_needs, spend_in_zone, tell, witnesses
from .stock import StockTwin
from .stocks import Account, Given, Setting, is_public
from .threshold import ThresholdTwin

__all__ = ["TwinWorld"]

_KINDS = {
    "queue": QueueTwin,
    "report-and-repair": ReportAndRepairTwin,
    "stock": StockTwin,
    "patient-community": PatientCommunityTwin,
    "alert": AlertTwin,
    "flow": FlowTwin,
    "burst": BurstTwin,
    "coverage": CoverageTwin,
    "match": MatchTwin,
    "threshold": ThresholdTwin,
    "parallel-initiative": ParallelInitiativeTwin,
}


class TwinWorld:
    """One replicate, in plain Python. ``step`` lives one day; ``daily`` holds the figures of each day and service."""

    def __init__(
        self,
        specification: Specification,
        seed: int,
        replicate: int = 0,
        feedbacks: bool = True,
        removed: tuple[int, ...] = (),
        alone: float | None = None,
    ) -> None:
        self.specification, self.feedbacks, self.alone = specification, feedbacks, alone
        self.place, self.happenings = specification.territory, Happenings(specification)
        self.chance = Chance(seed, replicate)
        self.people = SimpleNamespace(**specification.citizens)
        self.services = [SimpleNamespace(**service.parameters) for service in specification.services]
        for own, service in zip(self.services, specification.services, strict=True):
            own.name = service.name
            own.intercept = intercept(self.people, SimpleNamespace(**service.reference))
        self.zones, self.day = self.place.zones, 0
        self.inhabitants = sum(int(size) for size in self.place.population)
        self.settings = [
            Setting(
                j,
                self.zones,
                self.inhabitants,
                service,
                self.people,
                self.chance,
                difficulties(service.accuracy_alpha, service.accuracy_beta),
                self.place,
                start=specification.start,
                members=[0] * self.zones,
            )
            for j, service in enumerate(self.services)
        ]
        self.kinds = [
            _KINDS[service.kind](setting)
            for service, setting in zip(specification.services, self.settings, strict=True)
        ]
        self.needs = [
            mean_needs(self.place, service) if is_public(kind) else [0.0] * self.zones
            for service, kind in zip(self.services, self.kinds, strict=True)
        ]
        self.offices = [
            Office(setting, service, means, alone, SimpleNamespace(**told.administration_only), self.place, feedbacks)
            for setting, service, means, told in zip(
                self.settings, self.services, self.needs, specification.services, strict=True
            )
        ]
        self.declared = [(service.backstop_capacity, service.repair_capacity) for service in self.services]
        for kind, office in zip(self.kinds, self.offices, strict=True):
            office.trust = office.trust if is_public(kind) else 1.0
        self.spendability = [1.0] * self.zones
        self.published = [[0.0] * self.zones for _ in self.services]
        self.members = [setting.members for setting in self.settings]
        self.aware = [0] * len(self.services)
        self.tasks_so_far = [0] * len(self.services)
        self.contributors_so_far = [0] * len(self.services)
        self.told_on: list[dict[int, list[Contribution]]] = [{} for _ in self.services]
        self.daily: list[list[dict[str, float]]] = []
        self.by_zone: list[list[dict[str, list[int]]]] = []
        self.motives = [[0.0] * 4 for _ in self.services]
        self.acts: list[Contribution] = []
        self.citizens: list[Person] = []
        if alone is None:
            self.citizens = inhabitants(self.place, self.people, self.services, self.chance, removed)
            for office, told in zip(self.offices, specification.services, strict=True):
                office.services = sum(each.platform_cost > 0.0 for each in self.services)
                office.excluded = sum(person.ease <= 0.0 and person.eligible for person in self.citizens)
                office.beyond = beyond_the_scenario(told, self.inhabitants)
            for j in range(len(self.services)):
                self.aware[j] = sum(person.ties[j].stage == AWARE for person in self.citizens)

    # What is true of a day ------------------------------------------------------------------------------------------

    def _note(self, j: int, name: str, amount: float) -> None:
        today = self.daily[self.day][j]
        today[name] = today.get(name, 0.0) + amount

    def _open_factor(self, j: int, zone: int) -> float:
        """Return how strongly needs prompt in a zone today."""
        service = self.services[j]
        events = self.happenings.prompting(service.name, zone, self.day, service.on_site)
        return self.offices[j].prompt_factor[zone] * events

    def _media(self, j: int, zone: int) -> float:
        peak = self.chance.uniform(Stream.MEDIA, j, 0, self.day) < self.people.media_peak_share
        held = 1.0 - share_left(self.people.acculturation_half_life, self.day)
        taught = self.people.acculturation_citizens * held
        ordinary = self.people.media_peak_factor if peak else 1.0
        louder = 1.0 + self.services[j].media_campaign + taught
        return ordinary * louder * self.happenings.news(self.services[j].name, zone, self.day)

    def _outreach(self, j: int) -> list[float]:
        """Return by zone the chance of being reached: recruitment under the minimum pool, focus on the unmet need."""
        service, office = self.services[j], self.offices[j]
        reached = service.outreach
        recent = sum(day[j].get("contributions", 0) for day in self.daily[-31:-1])
        if service.minimum_pool > 0.0 and 1000.0 * recent < service.minimum_pool * self.inhabitants:
            reached = reached + service.pool_outreach
        office.contacts = reached
        if not service.outreach_focus or not reached:
            return [reached] * self.zones
        total = 0.0
        for need, size in zip(office.need, self.place.population, strict=True):
            total = total + need * int(size)
        mean = total / self.inhabitants
        even = 1.0 - service.outreach_focus
        felt = [need / mean if mean > 0.0 else 1.0 for need in office.need]
        return [min(1.0, reached * (even + service.outreach_focus * here)) for here in felt]

    def _worth(self, sign: float) -> float:
        """Return what a contribution of today counts in units of the day of the last restating, or the inverse."""
        return exponential(sign * (LN_TWO / self.people.neighbour_half_life) * (self.day % self._restating))

    @property
    def _restating(self) -> int:
        """Days after which the neighbours' example is stated in units of today again: 64 half-lives."""
        return int(64.0 * self.people.neighbour_half_life)

    def _restate(self) -> None:
        left = single(exponential(-(LN_TWO / self.people.neighbour_half_life) * self._restating))
        for person in self.citizens:
            for tie in person.ties:
                tie.neighbours_active = single(tie.neighbours_active * left)

    def _ordinary_hazard(self, person: Person, j: int, worth_today: float) -> float:
        """Return the hazard of hearing without peak or outreach; it bounds later days until neighbours act again."""
        social = social_hazard(person, j, self.people, worth_today)
        return media_hazard(person, self.people, self.services[j]) + social

    # The day --------------------------------------------------------------------------------------------------------

    def step(self) -> None:
        """Live one day: the phases in the order of model.md section 3."""
        working = [(self.specification.start + timedelta(days=t)).weekday() < 5 for t in range(self.day + 1)]
        self.daily.append([{} for _ in self.services])
        self.by_zone.append([{} for _ in self.services])
        for setting in self.settings:
            setting.day, setting.working_day = self.day, working[-1]
            setting.working_days_before = sum(working[:-1])
            setting.account = Account(self.zones)
        if self.day and self.day % self._restating == 0:
            self._restate()
        self._demand()
        if self.alone is None:
            looked_at = self._awareness()
            prompted = self._prompts(looked_at)
            self._contributions(self._drop_out(prompted))
        self._production()
        self._administration()
        self._currency()
        self._feedback()
        self._social()
        self._record()
        self.day += 1

    def _demand(self) -> None:
        for service, office, capacities in zip(self.services, self.offices, self.declared, strict=True):
            office.budget = self.happenings.budget(service.name, self.day)
            service.backstop_capacity, service.repair_capacity = (own * office.budget for own in capacities)
        for event in self.happenings.blows(self.day):
            struck = [p for p in self.citizens if self.happenings.is_struck(event, p.zone, p.group)]
            if event.kind == "trust_shock":
                for person in struck:
                    feel_today(person, self.people, self.day)
                    person.trust = person.trust * round((1.0 - event.size) * 65536) // 65536
            elif self.alone is None:
                for j, service in enumerate(self.services):
                    if not event.services or service.name in event.services:
                        gone = lose(struck, j, event.size)
                        self.aware[j] -= gone
                        self._note(j, "departures", gone)
        for j, service in enumerate(self.services):
            season = calendar_factor(service, self.specification.start, self.day)
            arisen = []
            for z, mean in enumerate(self.needs[j]):
                today = mean * (season * self.happenings.surge(service.name, z, self.day))
                arisen.append(self.chance.poisson(today, Stream.DEMAND, j, z, self.day))
            self.kinds[j].arrive(arisen)
            # Needs of a kind that prompts on the very day.
            self.offices[j].prompt_factor = getattr(self.kinds[j], "prompt_factor", self.offices[j].prompt_factor)

    def _prompted_with(self, j: int) -> int:
        """Return the service whose needs a service is prompted by: an initiative's are those of the first public."""
        public = [k for k, kind in enumerate(self.kinds) if is_public(kind)]
        beside = not is_public(self.kinds[j]) and self.services[j].need_prompted
        return public[0] if beside and public else j

    def _awareness(self) -> list[list[tuple[Person, int]]]:
        everywhere = []
        for j, service in enumerate(self.services):
            looked_at, outreach = [], self._outreach(j)
            media_by_zone = [self._media(j, zone) for zone in range(self.zones)]
            for person in self.citizens:
                media = media_by_zone[person.zone]
                factor = self._open_factor(j, person.zone)
                word = self.chance.words(Stream.ATTENTION, self._prompted_with(j), person.number, self.day)[0]
                tie = person.ties[j]
                if not is_looked_at(tie.threshold, word, max(media, factor), outreach[person.zone]):
                    continue
                looked_at.append((person, word))
                if not can_hear(person, j):
                    continue
                worth_today = self._worth(-1.0)
                here = outreach[person.zone]
                if word < hearing_chance(person, j, self.people, service, media, here, worth_today) * 2.0**32:
                    tie.stage, tie.last, tie.refreshed, tie.threshold = AWARE, self.day, self.day, 65535
                    self.aware[j] += 1
                else:
                    tie.threshold = ceiling(self._ordinary_hazard(person, j, worth_today))
            everywhere.append(looked_at)
        return everywhere

    def _prompts(self, looked_at: list[list[tuple[Person, int]]]) -> list[list[Person]]:
        everywhere = []
        for j, service in enumerate(self.services):
            prompted, reminded = [], 0
            for person, word in looked_at[j]:
                if not can_be_prompted(person, j, self.day):
                    continue
                tie = person.ties[j]
                if tie.stage == AWARE:
                    forgotten = forgets(person, j, self.people, self.chance, self.day)
                    tie.refreshed = self.day
                    if forgotten:
                        tie.stage = UNAWARE
                        tie.threshold = ceiling(self._ordinary_hazard(person, j, self._worth(-1.0)))
                        self.aware[j] -= 1
                        continue
                hazard = prompt_hazard(person, j, self.people, service, self.day - tie.last)
                tie.threshold = ceiling(highest_hazard(person, j, self.people, service, self.day - tie.last))
                factor = self._open_factor(j, person.zone)
                if word < (1.0 - exponential(-hazard * factor)) * 2.0**32:
                    prompted.append(person)
                    if tie.stage != AWARE and self.day - tie.last >= 30:
                        luck = self.chance.uniform(Stream.FORGETTING, j, person.number, self.day, 1)
                        reminded += luck * hazard < service.reminder_rate
            self._note(j, "prompted", len(prompted))
            others = len(prompted) - reminded
            boosted = others * (1.0 - 1.0 / service.prompt_boost) if service.prompt_boost > 1.0 else 0.0
            sent = float(reminded) + boosted
            self._note(j, "cost_reminders", sent * service.reminder_unit_cost)
            everywhere.append(prompted)
        return everywhere

    def _drop_out(self, prompted: list[list[Person]]) -> dict[int, list[int]]:
        """Return by citizen the services that prompted them and that they have not left."""
        staying: dict[int, list[int]] = {}
        for j, service in enumerate(self.services):
            for person in prompted[j]:
                feel_today(person, self.people, self.day)
                if service.prompt_burden > 0.0:
                    gone = 1.0 - share_left(self.people.fatigue_half_life, 1)
                    load = gone * service.prompt_burden / self.people.fatigue_threshold
                    person.fatigue = single(person.fatigue + load)
                tie = person.ties[j]
                there = look_after(person, j, self.people, service, self.chance, self.day)
                if there and tie.stage == UNDECIDED:
                    there = not leaves_for_good(person, j, self.people, service, self.chance, self.day)
                    tie.stage = ACTIVE if there else DEPARTED
                    tie.threshold = tie.threshold if there else 0
                if there:
                    staying.setdefault(person.number, []).append(j)
                else:
                    self.aware[j] -= 1
                    self._note(j, "departures", 1)
        return staying

    def _contributions(self, prompting: dict[int, list[int]]) -> None:
        around = Surroundings(
            need=[office.need for office in self.offices],
            friction=[office.friction() for office in self.offices],
            published=self.published,
            spendability=self.spendability,
            outside=[self.happenings.rival(zone, self.day) for zone in range(self.zones)],
            worth_today=self._worth(-1.0),
        )
        self.acts = []
        given = [[0.0] * 4 for _ in self.services]
        for number in sorted(prompting):
            person = self.citizens[number]
            act = answer(person, prompting[number], self.people, self.services, around, self.chance, self.day)
            if act is None:
                continue
            self.acts.append(act)
            given[act.service] = [a + b for a, b in zip(given[act.service], act.motives, strict=True)]
            if person.ties[act.service].times == 0:
                self._note(act.service, "newcomers", 1)
                self.contributors_so_far[act.service] += 1
            leave_traces(person, act, self.people, self.services[act.service], self.day)
        self.motives = [[a + b for a, b in zip(*pair, strict=True)] for pair in zip(self.motives, given, strict=True)]

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
        found = min(1.0, service.expert_review * service.review_lift)
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

    def _feedback(self) -> None:
        for j, service in enumerate(self.services):
            self.told_on[j][self.day] = [act for act in self.acts if act.service == j]
            past = self.day - service.acknowledgement_delay
            if past < 0 or not self.feedbacks or not self.told_on[j][past]:
                continue
            shares = self.kinds[j].used_in_time(past)
            told = pleased = 0
            for act in self.told_on[j][past]:
                person = self.citizens[act.citizen]
                was_there = person.ties[j].stage < DEPARTED
                outcome = tell(
                    person,
                    j,
                    shares[act.zone],
                    self.people,
                    service,
                    self.chance,
                    self.day,
                    self.offices[j].checking() * service.checking_annoyance,
                    *getattr(self.kinds[j], "bearing_on_trust", lambda: (1.0, 0.0))(),
                )
                told, pleased = told + outcome[0], pleased + outcome[1]
                if was_there and person.ties[j].stage == DEPARTED:
                    self.aware[j] -= 1
                    self._note(j, "departures", 1)
            self._note(j, "acknowledged", told)
            self._note(j, "pleased", pleased)
            if is_public(self.kinds[j]):
                self._note(j, "cost_feedback", told * service.feedback_unit_cost * (1.0 + service.impact_shown))

    def _social(self) -> None:
        if not self.feedbacks:
            return
        worth = self._worth(1.0)
        for j in range(len(self.services)):
            for act in [act for act in self.acts if act.service == j]:
                for other in witnesses(self.citizens[act.citizen], self.people.far_neighbours, self.place, self.chance):
                    person = self.citizens[other]
                    if person.eligible:
                        person.see(j, worth)
                        if person.ties[j].stage == UNAWARE:
                            hazard = self._ordinary_hazard(person, j, 1.0 / worth)
                            person.ties[j].threshold = max(person.ties[j].threshold, ceiling(hazard))
            recent = sum(int(day[j]["contributions"]) for day in self.daily[-30:])
            activity = min(1.0, recent / self.inhabitants)
            own = getattr(self.kinds[j], "publish", None)
            self.published[j] = own(activity) if own else [activity] * self.zones

    def _record(self) -> None:
        for j, office in enumerate(self.offices):
            account = self.settings[j].account
            for name in ("arisen", "delivered_by_citizens", "delivered_by_staff", "lapsed", "withdrawn",
                         "tasks_wasted", "closed", "errors"):  # fmt: skip
                self._note(j, name, account.total(name))
            need = 0.0
            for share, size in zip(office.need, self.place.population, strict=True):
                need = need + share * int(size)
            self._note(j, "need", need / self.inhabitants)
            self._note(j, "waiting", sum(self.kinds[j].waiting()))
            self._note(j, "aware", self.aware[j])
            self._note(j, "administration_trust", office.trust)
            self._note(j, "checking", office.checking())
            for name in ("due", "in_time", "closed", "errors"):
                self.by_zone[self.day][j][name] = account.of(name)
