"""How a command tries designs one after the other, and what it says of any of them."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from .console import INTERRUPTED, print_text, say
from .interruption import say_notice

if TYPE_CHECKING:
    from entraide.experiments.designs import DesignFolder
    from entraide.experiments.stress import Stress
    from entraide.experiments.what_helps import WhatHelps

__all__ = ["carried_out", "interruption_told", "print_title", "words_for_designs"]

Found = TypeVar("Found")

_WORDS = {
    "en": {"as_it_is": "as it is", "next": "Next:", "more": "probabilities, from 20 replicates"},
    "fr": {"as_it_is": "tel quel", "next": "Ensuite :", "more": "des probabilités, avec 20 simulations"},
}


def words_for_designs(words: Mapping[str, str], language: str) -> dict[str, str]:
    """Return a command's own words and those that all who try designs share, with the spaces of the language."""
    from entraide.viz.locales import localised

    return {key: localised(text, language) for key, text in {**_WORDS[language], **words}.items()}


def carried_out(
    tried: DesignFolder[Any, Any, Found], threads: int | None, language: str, label: Callable[[Any], str]
) -> Found:
    """Try the designs of a folder with a progress bar that names each; ``label`` names one."""
    from entraide.experiments.runs import Conduct

    from .progress import shown_progress

    colon = ":" if language == "en" else "\u202f:"
    with interruption_told(tried.path), shown_progress(language) as bar:

        def announce(step: int, steps: int, design: Any) -> None:
            title = _WORDS[language]["as_it_is"] if design is None else label(design)
            bar.name(f"{step + 1}/{steps} {title}{colon} ")

        conduct = Conduct(threads, bar.progress, bar.stage, notice=partial(say_notice, language))
        return tried.carry_out(conduct, announce)


@contextmanager
def interruption_told(folder: Path) -> Iterator[None]:
    """Say how to go on in a folder when what is done in the block is interrupted."""
    try:
        yield
    except KeyboardInterrupt:
        command = f"entraide resume {shlex.quote(str(folder))}"
        say(f"entraide: interrupted. What is done is kept in {folder}. Go on with: {command}")
        raise typer.Exit(INTERRUPTED) from None


def print_title(found: Stress | WhatHelps, words: Mapping[str, str], language: str) -> None:
    """Print what was tried and where, and where parameters come from, then an empty line.

    Parameters
    ----------
    words : "title", and "title_one" for one design, with places for ``title``, ``place``, ``people``, ``count`` and
        ``replicates``, which brings its noun.
    """
    from entraide.scenarios.territories import territory_title
    from entraide.viz.locales import counted, localised, number
    from entraide.viz.pair_words import pair_notes

    request = found.plan.request
    designs = len(found.plan.designs)
    noun = ("replicate", "replicates") if language == "en" else ("simulation", "simulations")
    print_text(
        words["title_one" if designs == 1 else "title"].format(
            title=localised(request.scenario.title[language], language),
            place=territory_title(found.baseline.specification.territory, language),
            people=number(found.baseline.population, language),
            count=number(designs, language),
            replicates=counted(request.replicates, *noun, language),
        )
    )
    print_text()
    for note in pair_notes((found.baseline,), language):
        print_text(note)
    print_text()
