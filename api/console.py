"""How commands speak: results on standard output, everything else on standard error, faults in one line."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import typer

from entraide.model.errors import UserFacingError

__all__ = ["INTERRUPTED", "print_text", "say", "told_in_one_line"]

INTERRUPTED = 130

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


def say(text: str) -> None:
    """Write a line on standard error: it is read by people, never by programs."""
    print(text, file=sys.stderr, flush=True)


def print_text(text: str = "") -> None:
    """Write to standard output, wrapped at words where that is a terminal."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, soft_wrap=not sys.stdout.isatty())
    console.print(text)


def told_in_one_line(command: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """Turn faults that a user can meet into one line on standard error and an exit code."""

    @functools.wraps(command)
    def wrapped(*arguments: Arguments.args, **options: Arguments.kwargs) -> Answer:
        try:
            return command(*arguments, **options)
        except UserFacingError as fault:
            say(f"entraide: {' '.join(str(fault).split())}")
            raise typer.Exit(fault.exit_code) from None
        except KeyboardInterrupt:
            say("entraide: interrupted.")
            raise typer.Exit(INTERRUPTED) from None
        except MemoryError:
            say("entraide: not enough memory. Choose a smaller territory, or --threads 1.")
            raise typer.Exit(1) from None
        except BrokenPipeError:
            # Whoever reads has gone (`| head`): keep Python from complaining once more when it closes the stream.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(1) from None

    return wrapped
