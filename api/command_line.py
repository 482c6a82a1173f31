"""The ``entraide`` command."""

from __future__ import annotations

import gc
import signal
import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from .commands_break_even import break_even
from .commands_calibrate import calibrate
from .commands_compare import compare
from .commands_doctor import dashboard, doctor
from .commands_evidence import evidence
from .commands_measures import measures
from .commands_notebooks import notebooks
from .commands_robust import robust
from .commands_run import report, resume, run
from .commands_scenarios import parameters, scenarios
from .commands_sensitivity import sensitivity
from .commands_stress import stress
from .commands_sweep import sweep
from .console import INTERRUPTED, say
from .usage import OneLineCommand

__all__ = ["application", "main"]

# Objects made before the garbage collector looks again. A command piles up what it loads, reads and draws, and keeps
# nearly all of it to its end; a server does not: see ``dashboard``.
_MADE_BETWEEN_LOOKS = 100_000

application = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for _command in (
    run,
    compare,
    stress,
    sweep,
    sensitivity,
    robust,
    break_even,
    calibrate,
    evidence,
    resume,
    report,
    parameters,
    notebooks,
    dashboard,
    doctor,
):
    application.command(cls=OneLineCommand)(_command)
scenarios.command("measures")(measures)
application.add_typer(scenarios, name="scenarios")


def _show_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"entraide {version('entraide')}")
        raise typer.Exit


@application.callback(invoke_without_command=True)
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Simulate a participatory public service: continuity, quality, universality, before deployment."""


def _interrupt(number: int, _: object) -> None:
    raise KeyboardInterrupt(f"signal {number}")


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot write a narrow space shows "?" there, rather than ending in a fault.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    gc.set_threshold(_MADE_BETWEEN_LOOKS)
    # Who manages a machine stops a command by this signal: what was simulated is then kept as after Ctrl-C.
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        application()
    except KeyboardInterrupt:
        say("entraide: interrupted.")
        sys.exit(INTERRUPTED)
