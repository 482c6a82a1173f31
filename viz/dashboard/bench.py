"""Where a request is carried out: runs that were made before are used again, and how far it is can be told."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from entraide.experiments.conduct import Conduct
from entraide.experiments.results import Result
from entraide.experiments.runs import run
from entraide.scenarios.scenario import Scenario

from .design import Design
from .store import Store
from .worlds import content_digest, is_own, with_levers, world_of

__all__ = ["Bench", "Computation", "Progress", "Request"]


@dataclass(frozen=True)
class Request:
    """What is to be computed.

    Attributes
    ----------
    kind : name of the computation ("verdict", "preview", ...).
    design : of what; ``Design.alone`` where other variants do not matter, so that equal questions are equal requests.
    options : more that the computation needs, by name.
    """

    kind: str
    design: Design
    options: tuple[tuple[str, str], ...] = ()

    def key(self, declared: Scenario) -> str:
        """Return a fingerprint: two requests with the same one have the same answer.

        Parameters
        ----------
        declared : the scenario that the design names, as its file says.
        """
        return _hash(content_digest(declared), repr(self))


@dataclass(frozen=True)
class Progress:
    """How far a request is.

    Attributes
    ----------
    stage : what is being done, a word of its computation; "waiting" while others are served first.
    share : of all its work, 0 to 1.
    seconds : since it began.
    place : how many requests of others and of one's own are served before; 0 once it is under way.
    """

    stage: str
    share: float
    seconds: float
    place: int = 0

    @property
    def seconds_left(self) -> float | None:
        """Return the time left if the pace holds; None while it is too early to tell."""
        return None if self.share < 0.05 or self.seconds < 1.0 else self.seconds * (1.0 / self.share - 1.0)


class Bench:
    """Carries out one request on threads that belong to no page.

    Attributes
    ----------
    request, declared : what is asked, and the scenario that its design names.
    cancel : once set, whatever is simulated stops within a simulated day.
    threads : cores to use in all; None for all.
    """

    def __init__(
        self,
        request: Request,
        declared: Scenario,
        store: Store,
        person: str = "",
        cancel: threading.Event | None = None,
        threads: int | None = None,
    ) -> None:
        self.request, self.declared, self.threads = request, declared, threads
        self.cancel = threading.Event() if cancel is None else cancel
        self._store, self._person = store, person
        self._stages: Mapping[str, float] = {}
        self._began = time.monotonic()
        self._stage, self._share = "", 0.0

    @property
    def design(self) -> Design:
        """The design of the request."""
        return self.request.design

    @property
    def progress(self) -> Progress:
        """How far the request is now."""
        return Progress(self._stage, self._share, time.monotonic() - self._began)

    def world(self) -> Scenario:
        """Return the service as it is today in the world of the design.

        Raises
        ------
        InputError : the design contradicts itself.
        """
        return world_of(self.design, self.declared)

    def variant(self, place: int) -> Scenario:
        """Return the world with the levers of one of the design's variants.

        Raises
        ------
        InputError : the design contradicts itself.
        """
        return with_levers(self.world(), self.design.variants[place])

    def plan(self, stages: Mapping[str, float]) -> None:
        """Say what there is to do, in order, each with its share of the time."""
        self._stages = {name: weight for name, weight in stages.items() if weight > 0}
        self._stage = next(iter(self._stages), "")

    def tell(self, stage: str, share: float) -> None:
        """Tell how far a stage is, 0 to 1; a stage that was not planned is passed over."""
        if stage not in self._stages:
            return
        names = list(self._stages)
        before = sum(self._stages[name] for name in names[: names.index(stage)])
        done = (before + self._stages[stage] * min(1.0, share)) / sum(self._stages.values())
        self._stage, self._share = stage, max(done, self._share)

    def conduct(self, stage: str) -> Conduct:
        """Return how an experiment is carried out as one stage: cores, progress, and how to stop it."""
        current = stage

        def begin(name: str) -> None:
            nonlocal current
            current = stage if name == "replicates" else name
            self.tell(current, 0.0)

        def hear(done: int, total: int) -> None:
            self.tell(current, done / total if total else 1.0)

        return Conduct(threads=self.threads, progress=hear, stage=begin, cancel=self.cancel)

    def knows(self, scenario: Scenario, *, counterfactual: bool = False, replicates: int | None = None) -> bool:
        """Tell whether a run was made before and is still held."""
        return self._find(scenario, counterfactual, replicates or self.design.replicates) is not None

    def run(
        self, stage: str, scenario: Scenario, *, counterfactual: bool = False, replicates: int | None = None
    ) -> Result:
        """Return a run of a scenario, from the store where it was made before.

        Parameters
        ----------
        counterfactual : with what the administration alone would do.
        replicates : instead of the design's.

        Raises
        ------
        InputError, MachineError, Cancelled : as ``experiments.runs.run``.
        """
        count = replicates or self.design.replicates
        found = self._find(scenario, counterfactual, count)
        if found is None:
            found = run(
                scenario,
                replicates=count,
                seed=self.design.seed,
                counterfactual=counterfactual,
                parameters=self.design.parameters,
                own_file=is_own(self.design, scenario),
                conduct=self.conduct(stage),
            )
            self._store.put(self._key(scenario, counterfactual, count), found, self._person)
        self.tell(stage, 1.0)
        return found

    def _find(self, scenario: Scenario, counterfactual: bool, replicates: int) -> Result | None:
        # A run with the administration alone beside it says all that one without it does.
        for beside in (True,) if counterfactual else (False, True):
            found: Result | None = self._store.get(self._key(scenario, beside, replicates), self._person)
            if found is not None:
                return found
        return None

    def _key(self, scenario: Scenario, counterfactual: bool, replicates: int) -> str:
        asked = (scenario.request, scenario.days, scenario.events, sorted(scenario.changes.items()), counterfactual)
        return _hash(content_digest(self.declared), repr((asked, replicates, self.design.seed, self.design.parameters)))


# What carries out a kind of request.
Computation = Callable[[Bench], object]


def _hash(*texts: str) -> str:
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()
