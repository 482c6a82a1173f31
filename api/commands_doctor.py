"""The commands about this machine: doctor and dashboard."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Annotated

import typer

from .console import print_text, told_in_one_line
from .options import LanguageName

__all__ = ["dashboard", "doctor"]

_OLDEST_PYTHON = (3, 11)
# Memory of the default scenario with two replicates side by side, and room for the rest.
_ENOUGH_MEMORY = 1_000_000_000
# Three small islands, 1,700 people: enough to go through every phase in a second.
_TRIAL_COMMUNES = ("29155", "29083", "29082")
_TRIAL_DAYS = 60
# How often the garbage collector looks, as this Python came: ``main`` has most commands look rarely.
_USUAL_LOOKS = gc.get_threshold()


@dataclass(frozen=True)
class Finding:
    """What one check found.

    Attributes
    ----------
    name : of the check.
    state : "ok", "note" (works, but ...) or "fault" (does not work).
    text : what was found, and the remedy.
    """

    name: str
    state: str
    text: str


@told_in_one_line
def dashboard(
    port: Annotated[
        int, typer.Option("--port", metavar="NUMBER", help="Port to listen on; 0 takes a free one.")
    ] = 8765,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open the page in a browser.")] = False,
    language: Annotated[
        LanguageName | None,
        typer.Option("--lang", show_default="that of the browser", help="Language in which the page opens."),
    ] = None,
) -> None:
    """Start the dashboard, in English and French, until Ctrl-C."""
    from entraide.viz.serve import serve

    # A server lives for days, and gives back what readers leave.
    gc.set_threshold(*_USUAL_LOOKS)
    # Stopping it is how it ends, not an interruption of something unfinished.
    with suppress(KeyboardInterrupt):
        serve(port, not no_open, print_text, "" if language is None else language.value)


@told_in_one_line
def doctor() -> None:
    """Check that this machine can run simulations, with a trial of about one second."""
    checks: tuple[Callable[[], Finding], ...] = (
        _python, _packages, _kernels, _cores, _memory, _offline, _trial,
    )  # fmt: skip
    faults = 0
    for check in checks:
        try:
            finding = check()
        except Exception as error:
            finding = Finding(check.__name__.strip("_"), "fault", f"{type(error).__name__}: {error}")
        faults += finding.state == "fault"
        mark = {"ok": "ok   ", "note": "note ", "fault": "FAULT"}[finding.state]
        print_text(f"{mark}  {finding.name}: {finding.text}")
    print_text("Everything works." if not faults else f"{faults} fault{'s' if faults > 1 else ''}: see above.")
    if faults:
        raise typer.Exit(1)


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < _OLDEST_PYTHON:
        return Finding("Python", "fault", f"{found} is too old. Install 3.11 or later.")
    return Finding("Python", "ok", found)


def _packages() -> Finding:
    from importlib.metadata import PackageNotFoundError, requires, version

    missing, found = [], []
    for requirement in requires("entraide") or ():
        if "extra ==" in requirement:
            continue
        name = requirement.split(";")[0]
        for mark in "<>=!~[ ":
            name = name.split(mark)[0]
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        return Finding("Packages", "fault", f"missing: {', '.join(missing)}. Run: pip install {' '.join(missing)}")
    return Finding("Packages", "ok", f"entraide {version('entraide')}; {', '.join(found)}")


def _kernels() -> Finding:
    from entraide.experiments.compiled import kernel_folder, kernels_are_compiled

    folder = kernel_folder()
    name = "Folder of compiled kernels"
    if folder is None:
        return Finding(
            name,
            "note",
            "none can be written, so that each start compiles again (about 20 s). Set NUMBA_CACHE_DIR to a folder that "
            "can be written.",
        )
    state = "holds kernels" if kernels_are_compiled() else "empty: the first run compiles (about 20 s)"
    return Finding(name, "ok", f"can be written, {state}")


def _cores() -> Finding:
    from entraide.experiments.runner import cores_at_hand

    cores = cores_at_hand()
    return Finding("Cores", "ok" if cores > 1 else "note", f"{cores}; replicates run on as many")


def _memory() -> Finding:
    from entraide.model.memory import available_memory

    free = available_memory()
    if free is None:
        return Finding("Memory", "note", "this system does not tell how much is free")
    text = f"{free / 1e9:.1f} GB free"
    if free < _ENOUGH_MEMORY:
        return Finding("Memory", "note", f"{text}: choose small territories, or --threads 1")
    return Finding("Memory", "ok", text)


def _offline() -> Finding:
    from entraide.viz.page_assets import assets_folder

    if assets_folder() is None:
        text = "the dashboard's pages need the internet. For use without it: pip install 'entraide[offline]'"
        return Finding("Dashboard offline", "note", text)
    return Finding("Dashboard offline", "ok", "its pages fetch nothing from outside")


def _trial() -> Finding:
    """Run three islands on one thread and on two: the results must be the same, bit for bit."""
    from entraide.experiments.runner import run_replicates
    from entraide.scenarios.loader import load_scenario
    from entraide.scenarios.scenario import TerritoryRequest

    loaded = load_scenario("urban-reports", days=_TRIAL_DAYS)
    scenario = replace(loaded, request=TerritoryRequest(communes=_TRIAL_COMMUNES))
    specification = scenario.specification()
    began = time.perf_counter()
    first, second = (run_replicates(specification, replicates=2, threads=threads) for threads in (1, 2))
    seconds = time.perf_counter() - began
    same = all(
        (here.daily[name] == there.daily[name]).all()
        for here, there in zip(first, second, strict=True)
        for name in here.daily
    )
    arisen = sum(float(outcome.daily["arisen"].sum()) for outcome in first)
    if not same or arisen <= 0:
        return Finding("Trial", "fault", "two runs of the same thing differ. Please report it with this output.")
    people = specification.territory.inhabitants
    return Finding("Trial", "ok", f"{people} people, {_TRIAL_DAYS} days, 4 runs in {seconds:.1f} s, the same bits")
