"""Who runs chunks: processes of this machine or of a Dask cluster, both as executors of ``concurrent.futures``.

Results do not depend on who runs what. Each worker has one Numba thread: it is runs that are shared out.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from contextlib import suppress
from typing import Any, Protocol

from entraide.model.errors import InputError, MachineError

from .dask_here import DaskHere
from .needed import needed

__all__ = ["DaskPool", "LocalPool", "Pool", "is_no_cancelled_wait", "pool_of"]

# One thread each, whatever library asks.
_ONE_THREAD = {"NUMBA_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
# Seconds between two looks whether the process that began a worker is still there.
_LOOK = 0.5
# Seconds for which a lost connection to a cluster is waited for.
_RECONNECT_SECONDS = 30


class Pool(Protocol):
    """Workers of a sweep."""

    @property
    def workers(self) -> int:
        """Return how many chunks are run at once."""

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Hand over a chunk."""

    def died(self, fault: BaseException) -> bool:
        """Tell whether a fault means that a worker died."""

    def restart(self) -> bool:
        """Begin again after a worker died; True if everything that was handed over is lost."""

    def close(self, *, at_once: bool = False) -> None:
        """End the workers; ``at_once``: without waiting for what they are at."""


def pool_of(workers: int | None, dask: int | None, cluster: str | None, usual: int) -> Pool:
    """Return the workers that the options ask for; ``usual`` local ones where none does.

    Raises
    ------
    InputError : two of them at once, or an address that nobody answers at.
    MachineError : a package is missing.
    """
    given = [name for name, value in (("workers", workers), ("dask", dask), ("cluster", cluster)) if value is not None]
    if len(given) > 1:
        raise InputError(
            f"cannot be given together with --{given[0]}", where=f"--{given[1]}", remedy="Keep one of the two"
        )
    if cluster is not None:
        return DaskPool(address=cluster)
    if dask is not None:
        return DaskPool(processes=dask)
    return LocalPool(usual if workers is None else workers)


class LocalPool:
    """Processes of this machine, begun by loky: also from a notebook, a console, or a script without a main guard."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._loky = needed("loky")
        self._executor = self._begin()

    def _begin(self) -> Any:
        return self._loky.ProcessPoolExecutor(
            max_workers=self.workers, env=_ONE_THREAD, initializer=_begin_worker, initargs=(os.getpid(),)
        )

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Hand over a chunk; a pool that broke in between hands back a broken future."""
        try:
            future: Future[Any] = self._executor.submit(function, *arguments)
        except BrokenExecutor as fault:
            future = Future()
            future.set_exception(fault)
        return future

    def died(self, fault: BaseException) -> bool:
        """Tell whether a fault means that a worker died."""
        return isinstance(fault, BrokenExecutor)

    def restart(self) -> bool:
        """Begin again after a worker died: its pool is lost with all that it was at."""
        self.close(at_once=True)
        self._executor = self._begin()
        return True

    def close(self, *, at_once: bool = False) -> None:
        """End the workers."""
        self._executor.shutdown(wait=True, kill_workers=at_once)


def _begin_worker(parent: int) -> None:
    # Ctrl-C goes to all processes of a terminal: the one that keeps the records answers it, and ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if os.name != "nt":
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """End this process when the one that began it is killed: nobody is left to take its results."""
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)


def is_no_cancelled_wait(record: logging.LogRecord) -> bool:
    """Tell whether a message of Dask's loop is another one than that of its own slip after Ctrl-C.

    Who is interrupted before what was asked has begun is waited for by nothing, and Dask cancels this nothing: a
    NameError, with a traceback on the screen of somebody who has only pressed Ctrl-C.
    """
    fault = record.exc_info[1] if record.exc_info else None
    return not (isinstance(fault, NameError) and "sync.<locals>.cancel" in record.getMessage())


class DaskPool:
    """Workers of a Dask cluster: one of this machine, with so many processes, or one that is there already."""

    def __init__(self, processes: int | None = None, address: str | None = None) -> None:
        distributed = needed("distributed")
        self._address = address
        self._cluster: DaskHere | None = None
        # What concerns the user is said by the sweep, in one line.
        for name in [each for each in logging.root.manager.loggerDict if each.split(".")[0] == "distributed"]:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        logging.getLogger("tornado.application").addFilter(is_no_cancelled_wait)
        try:
            if processes is not None:
                self._cluster = DaskHere(processes, _ONE_THREAD)
                self._client = distributed.Client(scheduler_file=str(self._cluster.scheduler_file), timeout="30s")
            else:
                self._client = distributed.Client(address, timeout="5s")
            self._client.wait_for_workers(1, timeout=60)
        except (OSError, TimeoutError, ValueError) as fault:
            self.close(at_once=True)
            raise InputError(
                "no Dask cluster with workers answers there",
                where="--cluster",
                value=address,
                remedy=f"Start one (dask scheduler, dask worker), e.g. tcp://host:8786. {type(fault).__name__}",
            ) from None
        self._executor = self._client.get_executor(pure=False, retries=0)

    @property
    def workers(self) -> int:
        """Return how many chunks are run at once: workers of a cluster come and go.

        Raises
        ------
        MachineError : the cluster is gone.
        """
        self._wait_until_connected()
        try:
            return max(1, sum(self._client.nthreads().values()))
        except (OSError, TimeoutError):
            raise self._gone() from None

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Hand over a chunk.

        Raises
        ------
        MachineError : the cluster is gone.
        """
        self._wait_until_connected()
        future: Future[Any] = self._executor.submit(function, *arguments)
        return future

    def _wait_until_connected(self) -> None:
        until = time.monotonic() + _RECONNECT_SECONDS
        while self._client.status == "connecting" and time.monotonic() < until:
            time.sleep(_LOOK)
        if self._client.status != "running":
            raise self._gone()

    def _gone(self) -> MachineError:
        return MachineError(
            {"en": "the Dask cluster is gone", "fr": "la grappe Dask a disparu"},
            where=str(self._address or "--dask"),
            remedy={
                "en": "What was finished is kept. Start it again, then: entraide resume",
                "fr": "Ce qui était fini est gardé. Relancez-la, puis\u202f: entraide resume",
            },
        )

    def died(self, fault: BaseException) -> bool:
        """Tell whether a fault means that a worker died, or the cluster."""
        # By name: where these classes stand differs from version to version.
        return type(fault).__name__ in ("KilledWorker", "CancelledError", "FutureCancelledError", "CommClosedError")

    def restart(self) -> bool:
        """Do nothing: Dask begins a worker in the place of one that died, and others go on."""
        return False

    def close(self, *, at_once: bool = False) -> None:
        """End what was begun here; a cluster that was there already stays."""
        # What ends is ended by Dask in its own time; that it takes long, or is gone already, is no fault of the sweep.
        with suppress(AttributeError, OSError, TimeoutError, RuntimeError):
            self._client.close(timeout=1 if at_once else 10)
        if self._cluster is not None:
            self._cluster.close()
