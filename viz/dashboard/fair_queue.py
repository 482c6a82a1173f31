"""A queue that is fair between people: each in turn, and each person's own things in the order asked."""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import Generic, TypeVar

from entraide.model.errors import MachineError, Words

__all__ = ["FairQueue"]

Item = TypeVar("Item")

_OWN: Words = {
    "en": "you are waiting for several simulations already",
    "fr": "vous attendez déjà plusieurs simulations",
}
_ALL: Words = {
    "en": "too many people are waiting for a simulation",
    "fr": "trop de personnes attendent une simulation",
}
_STOP: Words = {"en": "Stop one of them first", "fr": "Arrêtez-en une d'abord"}
_LATER: Words = {"en": "Try again in a few minutes", "fr": "Réessayez dans quelques minutes"}


class FairQueue(Generic[Item]):
    """What waits, by person; persons take turns. Not safe between threads: whoever owns it locks.

    Parameters
    ----------
    most_each, most : items that wait, of one person and of all.
    """

    def __init__(self, most_each: int = 4, most: int = 64) -> None:
        self.most_each, self.most = most_each, most
        # The person whose turn is next comes first.
        self._waiting: OrderedDict[str, deque[Item]] = OrderedDict()

    def __len__(self) -> int:
        return sum(len(items) for items in self._waiting.values())

    def put(self, person: str, item: Item) -> None:
        """Let something wait; a person who had nothing waiting comes after all who have.

        Raises
        ------
        MachineError : too much waits already.
        """
        if len(self._waiting.get(person, ())) >= self.most_each:
            raise MachineError(_OWN, remedy=_STOP)
        if len(self) >= self.most:
            raise MachineError(_ALL, remedy=_LATER)
        self._waiting.setdefault(person, deque()).append(item)

    def take(self) -> Item | None:
        """Return what is next, None where nothing waits; its person comes last from now on."""
        if not self._waiting:
            return None
        person, items = next(iter(self._waiting.items()))
        item = items.popleft()
        if items:
            self._waiting.move_to_end(person)
        else:
            del self._waiting[person]
        return item

    def place(self, item: Item) -> int | None:
        """Return how many are taken before an item if nothing more comes; None where it does not wait."""
        rounds = [
            (depth, turn, each) for turn, items in enumerate(self._waiting.values()) for depth, each in enumerate(items)
        ]
        for place, (_, _, each) in enumerate(sorted(rounds, key=lambda found: found[:2])):
            if each is item:
                return place
        return None

    def remove(self, item: Item) -> bool:
        """Take an item out, wherever it stands; tell whether it waited."""
        for person, items in list(self._waiting.items()):
            for each in items:
                if each is item:
                    items.remove(each)
                    if not items:
                        del self._waiting[person]
                    return True
        return False

    def leave(self, person: str) -> tuple[Item, ...]:
        """Take out all that waits for a person, and return it."""
        return tuple(self._waiting.pop(person, ()))
