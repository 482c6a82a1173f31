"""Three small islands for tests of whole runs: 1,600 people, so that a replicate takes a tenth of a second."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

__all__ = ["COMMAND", "command", "hear_interruptions", "islands_file"]

# Île-de-Sein, Île-Molène and Ouessant: what the command needs to go through every phase.
_SCENARIO = """\
schema_version = 1
base = "{base}"

[territory]
communes = ["29155", "29083", "29084"]

[time]
start = 2025-01-01
days = {days}
"""

# The same as the installed `entraide`, for the package that these tests import.
COMMAND = (sys.executable, "-c", "from entraide.command_line import main; main()")


def islands_file(
    folder: Path, *, name: str = "islands", days: int = 40, base: str = "urban-reports", more: str = ""
) -> Path:
    """Write a scenario on the islands and return its path; ``more`` is added at its end."""
    path = folder / f"{name}.toml"
    path.write_text(_SCENARIO.format(base=base, days=days) + more, encoding="utf-8")
    return path


def hear_interruptions() -> None:
    """Let a process that starts hear Ctrl-C; what a shell starts in the background inherits deafness to it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def command(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``entraide`` in a process of its own, as a user would, and return what it printed."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=cwd,
        env={**os.environ, "COLUMNS": "100", **environment},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=300,
    )
