"""The command that copies the notebooks of the package."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from .console import print_text, told_in_one_line
from .notebook_files import INDEX, copy_notebooks
from .options import LanguageName

__all__ = ["notebooks"]

_WORDS = {
    "en": {
        "copied": "{count} notebooks copied to {folder}, with what they read:",
        "english": "In English; the first three exist in French: --lang fr",
        "index": "What each asks, how long it takes, what you learn: {index}",
        "next": "Next: {command}",
        "missing": "JupyterLab is not installed here: pip install 'entraide[notebooks]'",
    },
    "fr": {
        "copied": "{count} carnets copiés dans {folder}, avec ce qu'ils lisent\u202f:",
        "english": "Les trois premiers sont en français, les autres en anglais.",
        "index": "La question de chacun, le temps qu'il prend, ce qu'on y apprend\u202f: {index}",
        "next": "Ensuite\u202f: {command}",
        "missing": "JupyterLab n'est pas installé ici\u202f: pip install 'entraide[notebooks]'",
    },
}


@told_in_one_line
def notebooks(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to copy to; made where it is missing.")],
    language: Annotated[
        LanguageName, typer.Option("--lang", help="The first three exist in French too; the others are in English.")
    ] = LanguageName.en,
    force: Annotated[
        bool, typer.Option("--force", help="Write over files of the same names, and what you wrote in them.")
    ] = False,
) -> None:
    """Copy the notebooks for students into a folder: seven questions, each with a prediction and an exercise."""
    from importlib.util import find_spec

    words = _WORDS[language.value]
    copied = copy_notebooks(folder, language.value, force=force)
    found = [path.name for path in copied if path.suffix == ".ipynb"]
    print_text(words["copied"].format(count=len(found), folder=folder))
    for name in found:
        print_text(f"  {name}")
    print_text(words["english"])
    print_text(words["index"].format(index=folder / INDEX[language.value]))
    print_text()
    if find_spec("jupyterlab") is None:
        print_text(words["missing"])
    command = f"jupyter lab {shlex.quote(str(folder / found[0]))}"
    print_text(words["next"].format(command=command))
