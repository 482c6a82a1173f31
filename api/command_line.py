"""The ``entraide`` command."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["application", "main"]

application = typer.Typer(no_args_is_help=True, add_completion=False)


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
    """Simulate a participatory public service."""


def main() -> None:
    """Run the command line."""
    application()
