"""The reference of the command line, as Typer writes it from the commands themselves."""

from __future__ import annotations

import re

import typer
from typer.cli import get_docs_for_click

from entraide.command_line import application

__all__ = ["command_line"]


def command_line() -> str:
    """Return every command with its arguments and options, in Markdown; headings begin at the second level."""
    command = typer.main.get_command(application)
    text = get_docs_for_click(obj=command, ctx=typer.Context(command), name="entraide", indent=1)
    # Words in brackets after an option are not links.
    return re.sub(r"\[(required|default: [^\]]*)\]", r"\\[\1\\]", text)
