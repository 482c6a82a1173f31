"""The reference of the command line, as Typer writes it from the commands themselves."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.cli import get_docs_for_click

from entraide.command_line import application

__all__ = ["command_line"]


def _say_whole(group: Any) -> None:
    """Let lists of commands say the whole first sentence of each, where Typer cuts it after 45 letters."""
    for command in group.commands.values():
        command.short_help = (command.help or "").split("\n\n")[0]
        if hasattr(command, "commands"):
            _say_whole(command)


def command_line() -> str:
    """Return every command with its arguments and options, in Markdown; headings begin at the second level."""
    command = typer.main.get_command(application)
    _say_whole(command)
    text = get_docs_for_click(obj=command, ctx=typer.Context(command), name="entraide", indent=1)
    # Words in brackets after an option are not links.
    return re.sub(r"\[(required|default: [^\]]*)\]", r"\\[\1\\]", text)
