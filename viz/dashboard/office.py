"""The office that all pages share: takes requests, serves people in turn on background threads, keeps the answers.

An answer is a pure function of its request, so it is kept for everybody. Nothing of a page is kept here but what it
waits for, and that is let go when the page is closed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from entraide.experiments.runner import Cancelled, cores_at_hand
from entraide.model.errors import UserFacingError
from entraide.scenarios.scenario import Scenario

from .bench import Bench, Computation, Progress, Request
from .fair_queue import FairQueue
from .store import Store

__all__ = ["Office", "Ticket"]

# assumption: beyond four cores a second request gains more than the first one loses.
_CORES_EACH = 4


class Ticket:
    """One request of one person: how far it is, how to stop it, what came out.

    Attributes
    ----------
    request, key : what was asked, and its fingerprint.
    answer, fault : what came out, or what the person did wrong; neither where it was stopped.
    answered : whether an answer came out, also once that was let go.
    failure : what the program did wrong.
    finished : set at the end, whatever it was.
    cancel : set it to stop.
    """

    def __init__(self, request: Request, key: str, person: str, declared: Scenario, office: Office) -> None:
        self.request, self.key, self.person, self.declared = request, key, person, declared
        self.answer: object = None
        self._let_go = False
        self.fault: UserFacingError | None = None
        self.failure: BaseException | None = None
        self.finished, self.cancel = threading.Event(), threading.Event()
        self.bench: Bench | None = None
        self._office = office

    @property
    def answered(self) -> bool:
        """Whether an answer came out, also once that was let go."""
        return self._let_go or self.answer is not None

    def let_go(self) -> None:
        """Forget the answer: a page that holds the ticket must not hold what the store has no room for."""
        self._let_go, self.answer = self.answered, None

    @property
    def progress(self) -> Progress:
        """How far it is now: its place in the queue, or the share that is done."""
        if self.bench is not None:
            return self.bench.progress
        place = self._office.place(self)
        return Progress("waiting", 0.0, 0.0, 0 if place is None else place)

    def stop(self) -> None:
        """Stop it, or take it out of the queue."""
        self.cancel.set()
        self._office.withdraw(self)

    def follow(
        self, hear: Callable[[Progress], None], wanted: Callable[[], bool] = lambda: True, every: float = 0.25
    ) -> None:
        """Wait for the end, and tell how far it is from the calling thread only.

        The threads that simulate belong to no page, and must not touch one: the calling thread, which does, looks at
        them from time to time.

        Parameters
        ----------
        hear : told how far it is.
        wanted : whether anybody waits for the answer; asked again and again, and what nobody wants is stopped.
        every : seconds between two looks.
        """
        try:
            while not self.finished.is_set():
                if wanted():
                    hear(self.progress)
                else:
                    self.stop()
                self.finished.wait(every)
        except BaseException:
            # The page could not be told: then nobody will read the answer either.
            self.stop()
            raise
        if self.failure is not None:
            raise self.failure


class Office:
    """Takes requests of many people and serves as many at once as the machine has room for.

    Parameters
    ----------
    computations : what carries out each kind of request.
    slots : requests served at once; None: one for every four cores.
    store : where answers are kept.
    """

    def __init__(
        self, computations: Mapping[str, Computation], slots: int | None = None, store: Store | None = None
    ) -> None:
        self.computations = computations
        self.slots = max(1, cores_at_hand() // _CORES_EACH) if slots is None else slots
        self.store = Store() if store is None else store
        self._threads = max(1, cores_at_hand() // self.slots)
        self._queue: FairQueue[Ticket] = FairQueue()
        self._running: list[Ticket] = []
        self._workers = 0
        self._lock = threading.Lock()

    def ask(self, person: str, request: Request, declared: Scenario) -> Ticket:
        """Take a request; what is known already is answered at once.

        Parameters
        ----------
        person : whose it is: a name that no other page has.
        declared : the scenario that the design names, as its file says.

        Raises
        ------
        MachineError : too much waits already.
        """
        ticket = Ticket(request, request.key(declared), person, declared, self)
        ticket.answer = self.store.get(ticket.key, person)
        if ticket.answer is not None:
            ticket.finished.set()
            return ticket
        with self._lock:
            self._queue.put(person, ticket)
            if self._workers < self.slots:
                self._workers += 1
                threading.Thread(target=self._serve, name="entraide-dashboard", daemon=True).start()
        return ticket

    def place(self, ticket: Ticket) -> int | None:
        """Return how many are served before a request, those under way included; None where it does not wait."""
        with self._lock:
            place = self._queue.place(ticket)
            return None if place is None else place + len(self._running)

    def withdraw(self, ticket: Ticket) -> None:
        """Take a request out of the queue; one that is under way is stopped by its ``cancel``."""
        with self._lock:
            waited = self._queue.remove(ticket)
        if waited:
            ticket.finished.set()

    def leave(self, person: str) -> None:
        """Let go of all that somebody who left was waiting for."""
        with self._lock:
            waiting = self._queue.leave(person)
            running = [ticket for ticket in self._running if ticket.person == person]
        for ticket in (*waiting, *running):
            ticket.cancel.set()
        for ticket in waiting:
            ticket.finished.set()
        self.store.leave(person)

    def answer(self, key: str, person: str = "") -> object:
        """Return an answer by the fingerprint of its request, None where it is not held (any more)."""
        return self.store.get(key, person)

    def _serve(self) -> None:
        """Serve one request after another, and end when none waits: an idle office keeps no thread."""
        while True:
            with self._lock:
                ticket = self._queue.take()
                if ticket is None:
                    self._workers -= 1
                    return
                self._running.append(ticket)
            try:
                self._carry_out(ticket)
            finally:
                with self._lock:
                    self._running.remove(ticket)
                ticket.finished.set()

    def _carry_out(self, ticket: Ticket) -> None:
        if ticket.cancel.is_set():
            return
        # Somebody else may have asked the same in the meantime.
        ticket.answer = self.store.get(ticket.key, ticket.person)
        if ticket.answer is not None:
            return
        ticket.bench = Bench(ticket.request, ticket.declared, self.store, ticket.person, ticket.cancel, self._threads)
        try:
            ticket.answer = self.computations[ticket.request.kind](ticket.bench)
            self.store.put(ticket.key, ticket.answer, ticket.person)
        except Cancelled:
            pass
        except UserFacingError as fault:
            ticket.fault = fault
        except BaseException as fault:
            ticket.failure = fault
