"""How commands speak: results on standard output, everything else on standard error, faults in one line."""

from __future__ import annotations

import functools
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import ParamSpec, TypeVar

import typer

from entraide.model.errors import UserFacingError

__all__ = ["INTERRUPTED", "print_json", "print_table", "print_text", "say", "told_in_one_line"]

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


def print_json(document: object) -> None:
    """Write one JSON document to standard output; a number that is not finite is refused."""
    print(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))


def print_table(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table to standard output; wide where nobody sets the width, so that a pipe gets whole names."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title) if title else None, title_justify="left", box=SIMPLE_HEAD)
    for place, name in enumerate(header):
        table.add_column(name, no_wrap=place == 0, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console(highlight=False, width=None if sys.stdout.isatty() else 160).print(table)


def told_in_one_line(command: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """Turn faults that a user can meet into one line on standard error and an exit code."""

    @functools.wraps(command)
    def wrapped(*arguments: Arguments.args, **options: Arguments.kwargs) -> Answer:
        try:
            return command(*arguments, **options)
        except UserFacingError as fault:
            say(f"entraide: {_one_line(fault, str(options.get('language', 'en')))}")
            raise typer.Exit(fault.exit_code) from None
        except KeyboardInterrupt:
            french = str(options.get("language", "en")) == "fr"
            say("entraide\u202f: interrompu." if french else "entraide: interrupted.")
            raise typer.Exit(INTERRUPTED) from None
        except MemoryError:
            say("entraide: not enough memory. Choose a smaller territory, or --threads 1.")
            raise typer.Exit(1) from None
        except BrokenPipeError:
            # Whoever reads has gone (`| head`): keep Python from complaining once more when it closes the stream.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(1) from None

    return wrapped


def _one_line(fault: UserFacingError, language: str) -> str:
    """Return a fault in one line, with the typography of the language in which it can be told."""
    from entraide.viz.locales import localised

    told = fault.told(language)
    # Not split(): it would take the narrow spaces of French for breaks.
    told = re.sub(r"[ \t\r\n\f\v]+", " ", told).strip()
    return localised(told, language) if fault.is_told_in(language) else told
