"""What was done to a design, so that it can be undone and done again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

__all__ = ["MOST_STEPS", "History"]

State = TypeVar("State")

# The steps that can be undone: a bound on what one open page holds.
MOST_STEPS = 100


@dataclass(frozen=True)
class History(Generic[State]):
    """States in the order in which they were reached; fixed: each act returns another history.

    Attributes
    ----------
    start : the state in which everything began.
    present : the state now.
    past : earlier states, the latest last; at most MOST_STEPS.
    future : states that were undone, the one to be done again first last.
    """

    start: State
    present: State
    past: tuple[State, ...] = ()
    future: tuple[State, ...] = ()

    @classmethod
    def begin(cls, state: State) -> History[State]:
        """Return a history in which nothing was done yet."""
        return cls(state, state)

    @property
    def can_undo(self) -> bool:
        """Tell whether there is something to undo."""
        return bool(self.past)

    @property
    def can_redo(self) -> bool:
        """Tell whether something was undone and can be done again."""
        return bool(self.future)

    def do(self, state: State) -> History[State]:
        """Go on to a state; what was undone is forgotten. The present state again changes nothing."""
        if state == self.present:
            return self
        return replace(self, present=state, past=(*self.past, self.present)[-MOST_STEPS:], future=())

    def undo(self) -> History[State]:
        """Return to the state before; nothing happens where there is none."""
        if not self.past:
            return self
        return replace(self, present=self.past[-1], past=self.past[:-1], future=(*self.future, self.present))

    def redo(self) -> History[State]:
        """Do again what was undone last; nothing happens where there is nothing."""
        if not self.future:
            return self
        return replace(self, present=self.future[-1], past=(*self.past, self.present), future=self.future[:-1])

    def reset(self) -> History[State]:
        """Return to the start; this can be undone like any other step."""
        return self.do(self.start)

    def visit(self, state: State) -> History[State]:
        """Follow somebody who went back or forward in the browser: the neighbours are steps undone and done again."""
        if state == self.present:
            return self
        if self.past and state == self.past[-1]:
            return self.undo()
        if self.future and state == self.future[-1]:
            return self.redo()
        return self.do(state)
