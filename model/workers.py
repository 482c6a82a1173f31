"""Threads that share the parts of one day with the thread that asks for them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from typing import Any

__all__ = ["Workers"]


class Workers(Executor):
    """Some threads, of which the calling one is the first.

    To wake a thread, and to be woken by it, takes as long as a phase of a small territory does: who asks works as well,
    takes whatever part is next, and waits only for parts that others have begun.

    Parameters
    ----------
    threads : in all, 2 or more.
    """

    def __init__(self, threads: int) -> None:
        self._others = threads - 1
        self._pool = ThreadPoolExecutor(self._others, thread_name_prefix="entraide-chunk")

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run one thing on another thread."""
        return self._pool.submit(fn, *args, **kwargs)

    def map(self, fn: Callable[..., Any], *iterables: Iterable[Any], **_: Any) -> Iterator[Any]:
        """Return what ``fn`` gives for each part, in order, once all are done.

        Raises
        ------
        whatever ``fn`` raises; parts that nobody has begun by then are left.
        """
        parts = list(zip(*iterables, strict=False))
        results: list[Any] = [None] * len(parts)
        left = deque(enumerate(parts))

        def take_parts() -> None:
            while part := _next_of(left):
                place, arguments = part
                try:
                    results[place] = fn(*arguments)
                except BaseException:
                    left.clear()
                    raise

        others = [self._pool.submit(take_parts) for _ in range(min(self._others, len(parts) - 1))]
        try:
            take_parts()
        finally:
            begun = [other for other in others if not other.cancel()]
            wait(begun)
        for other in begun:
            other.result()
        return iter(results)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the threads."""
        self._pool.shutdown(wait, cancel_futures=cancel_futures)


def _next_of(left: deque[Any]) -> Any:
    """Take the next part; None where there is none, though there may have been when somebody looked."""
    try:
        return left.popleft()
    except IndexError:
        return None
