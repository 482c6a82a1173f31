"""A newcomer's first half hour, word for word from the README, in a copy of the sources as they are handed out.

    python tests/newcomers_walk.py [--without-second-command]

Both commands of the README (of the second, what pytest would run is collected only: running it is what follows), the
verdict in both languages as the pages on reading one quote it, the doctor, which must compile nothing anew, the
notebooks, the first of them executed. Prints each step with its time; the exit code is 0 if all went well.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from house import REPOSITORY, copy_sources

__all__ = ["main", "quoted_sentences", "stated_sentences", "the_commands"]

# Tests that are collected at least, so that a collection that found nothing is not taken for one.
_FEWEST_TESTS = 5_000
# Where somebody else's modules or compiled kernels may lie.
_LEFT_OUT = ("NUMBA_CACHE_DIR", "PYTHONPATH", "VIRTUAL_ENV")
# Compiled kernels that the first command leaves at least.
_FEWEST_KERNELS = 20


def the_commands(readme: str) -> tuple[str, str]:
    """Return the two commands of the README: the one that ends in a run, and the one that ends in pytest.

    Raises
    ------
    ValueError : there is not exactly one of each.
    """
    found = [
        re.findall(rf"^python3 -m venv \.venv && .* && \.venv/bin/{end}$", readme, re.M)
        for end in ("entraide run", "pytest")
    ]
    if [len(each) for each in found] != [1, 1]:
        raise ValueError(f"the README holds {found} instead of its two commands")
    return found[0][0], found[1][0]


def stated_sentences(readme: str) -> list[str]:
    """Return what the README says that the first command prints: parts of sentences, without what it leaves out."""
    block = next(each for each in re.findall(r"```text\n(.*?)```", readme, re.S) if "Continuity is broken" in each)
    lines = re.sub(r"\s+", " ", block).split("...")
    return [part.strip(" .") for part in lines if part.strip(" .")]


def quoted_sentences(page: str) -> list[str]:
    """Return what a page quotes (lines after ">") of what the command prints: parts, without what is left out."""
    quotes = re.findall(r"(?:^> .*\n)+", page, re.M)
    texts = (re.sub(r"\s+", " ", re.sub(r"^> ", "", quote, flags=re.M)) for quote in quotes)
    return [part.strip(" .") for text in texts for part in text.split("...") if part.strip(" .")]


class Walk:
    """The folder that a newcomer has, and what they type in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = copy_sources(folder / "entraide")
        variables = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
        # Kernels that somebody compiled before would hide what a first start takes.
        self.variables = {**variables, "XDG_CACHE_HOME": str(folder / "cache"), "PIP_QUIET": "2"}

    def type(self, command: str, **more: str) -> str:
        """Run a line as a shell does and return what it printed.

        Raises
        ------
        AssertionError : it failed.
        """
        started = time.monotonic()
        finished = subprocess.run(
            ["bash", "-c", command], cwd=self.folder, env={**self.variables, **more}, capture_output=True, text=True,
            stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        print(f"{time.monotonic() - started:5.0f} s  {command}", flush=True)
        said = finished.stdout + finished.stderr
        assert finished.returncode == 0, f"{command} ended with {finished.returncode}:\n{said[-3000:]}"
        assert "Traceback" not in said, said[-3000:]
        return finished.stdout

    def kernels(self) -> set[tuple[str, int]]:
        """Return the compiled kernels that are kept, each with the time at which it was written."""
        return {(str(path), path.stat().st_mtime_ns) for path in self.folder.parent.rglob("*.nbc")}


def walk(folder: Path, second_command: bool) -> None:
    """Do all of it in an empty folder.

    Raises
    ------
    AssertionError : something did not go as the README says.
    """
    here = Walk(folder)
    readme = (here.folder / "README.md").read_text(encoding="utf-8")
    first, second = the_commands(readme)
    said = re.sub(r"\s+", " ", here.type(first))
    missing = [part for part in stated_sentences(readme) if part not in said]
    assert not missing, f"the README states what the command does not print: {missing}"
    (report,) = here.folder.glob("entraide-out/*/report.html")
    assert report.stat().st_size > 100_000
    print(f"         {len(stated_sentences(readme))} parts of the README's verdict were printed")
    for page, language in (("how-to/reading-a-verdict", "en"), ("fr/lire-un-verdict", "fr")):
        quotes = quoted_sentences((here.folder / "docs" / f"{page}.md").read_text(encoding="utf-8"))
        asked = f".venv/bin/entraide run --out '{report.parent}' --lang {language}"  # it is read back, not simulated
        said = re.sub(r"\s+", " ", here.type(asked))
        missing = [part for part in quotes if part not in said]
        assert len(quotes) >= 5, f"{page}.md quotes {len(quotes)} sentences only"
        assert not missing, f"{page}.md quotes what the command does not print: {missing}"
        print(f"         {len(quotes)} sentences that {page}.md quotes were printed")
    compiled = here.kernels()
    here.type(".venv/bin/entraide doctor")
    again = here.kernels() - compiled
    assert len(compiled) > _FEWEST_KERNELS, (
        f"{len(compiled)} kernels were kept: the next start would compile them again"
    )
    assert not again, (
        f"the doctor's trial compiled kernels, the same or others than the first command: {sorted(again)[:3]}"
    )
    print(f"         {len(compiled)} kernels were compiled by the first command, none by the next")
    here.type(".venv/bin/pip install '.[notebooks]' && .venv/bin/entraide notebooks course")
    notebook = min((here.folder / "course").rglob("01_*.ipynb"))
    here.type(
        f".venv/bin/jupyter nbconvert --to notebook --execute '{notebook}' --output '{folder / 'executed.ipynb'}'"
    )
    here.type(".venv/bin/jupyter lab --version")
    assert '"output_type": "error"' not in (folder / "executed.ipynb").read_text(encoding="utf-8")
    if second_command:
        said = here.type(second, PYTEST_ADDOPTS="--collect-only -q -n0")
        collected = int(re.findall(r"(\d+)(?:/\d+)? tests collected", said)[-1])
        print(f"         {collected} tests would run")
        assert collected >= _FEWEST_TESTS


def main(arguments: Sequence[str] | None = None) -> int:
    """Walk in a temporary folder; return the exit code."""
    reader = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    reader.add_argument("--without-second-command", action="store_true", help="where it has been run just before")
    asked = reader.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        try:
            walk(Path(name), not asked.without_second_command)
        except AssertionError as fault:
            print(f"FAILED {fault}", file=sys.stderr)
            return 1
    print(f"A newcomer got there, from a copy of {REPOSITORY.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
