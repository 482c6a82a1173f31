"""A Dask cluster of this machine: its scheduler and workers as commands of their own.

A script then needs no main guard, which ``distributed.LocalCluster`` asks for, and Ctrl-C, which goes to all processes
of a terminal, reaches the one that keeps the records alone.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from entraide.model.errors import MachineError

__all__ = ["DaskHere"]

# Seconds after which the cluster ends when nobody asks it for anything: who began it was killed.
_IDLE_SECONDS = 60
# Seconds for which its start is waited for, and for which it may take to end.
_START_SECONDS, _END_SECONDS = 60.0, 5.0
# Without a dashboard too, scheduler and workers answer questions on their state: on every network, unless told where.
_THIS_MACHINE = ["--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0", "--no-dashboard"]


class DaskHere:
    """A cluster that begins with this object, and ends with ``close``.

    Parameters
    ----------
    processes : workers, of one thread each.
    environment : variables of the workers, beside those of this process.

    Raises
    ------
    MachineError : it does not begin.
    """

    def __init__(self, processes: int, environment: Mapping[str, str]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="entraide-dask-", ignore_cleanup_errors=True)
        self.scheduler_file = Path(self._folder.name) / "scheduler.json"
        where = ["--scheduler-file", str(self.scheduler_file)]
        self._commands: list[subprocess.Popen[bytes]] = []
        self._begin(
            ["scheduler", "--port", "0", *_THIS_MACHINE],
            [*where, "--idle-timeout", f"{_IDLE_SECONDS} seconds"],
            {},
        )
        until = time.monotonic() + _START_SECONDS
        while not self.scheduler_file.exists():
            if time.monotonic() > until or self._commands[0].poll() is not None:
                self.close()
                raise MachineError("Dask does not start on this machine", where="--dask", remedy="Use --workers")
            time.sleep(0.05)
        # The simulator checks memory itself; Dask would pause or kill a worker that is nearly there.
        self._begin(
            [*f"worker --nworkers {processes} --nthreads 1 --memory-limit 0".split(), *_THIS_MACHINE],
            [*where, "--death-timeout", str(_IDLE_SECONDS), "--local-directory", self._folder.name],
            environment,
        )

    def _begin(self, words: list[str], options: list[str], environment: Mapping[str, str]) -> None:
        self._commands.append(
            subprocess.Popen(
                [sys.executable, "-m", "dask", *words, *options],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                # A scheduler is told in no other way where to keep its locks; it leaves them behind.
                env={**os.environ, **environment, "DASK_TEMPORARY_DIRECTORY": self._folder.name},
                start_new_session=True,
            )
        )

    def close(self) -> None:
        """End workers and scheduler."""
        for command in reversed(self._commands):
            command.terminate()
        for command in self._commands:
            try:
                command.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                # Its workers are in its session: none is left at work.
                with suppress(OSError):
                    if os.name != "nt":
                        os.killpg(command.pid, signal.SIGKILL)
                command.kill()
                command.wait()
        self._folder.cleanup()
