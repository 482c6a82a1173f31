"""A whole run: replicates, the administration alone, and, where a folder is given, everything on disk."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from entraide.model.errors import InputError
from entraide.model.records import Outcome
from entraide.scenarios.scenario import Scenario

from .conduct import STAGES, Conduct, Workload
from .counterfactual import Counterfactual, administration_alone
from .draws import draws_for
from .files import read_json, remove_unfinished, write_json
from .keeping import RunKeeping
from .output import Request, RunFolder
from .parameters_from import DEFAULT_PARAMETERS
from .provenance import command_text, provenance, utc_now
from .replicate_file import load_replicate
from .results import Result
from .runner import Cancelled, check_numbers, cores_at_hand, run_some

__all__ = ["STAGES", "Conduct", "Workload", "carry_out", "load_result", "resume", "run"]

# The search for the same norm takes about this many replicates of the administration alone. It only sets the pace of
# the progress bar.
_SEARCH_RUNS = 12
_SEARCH_RUNS_PER_REPLICATE = 3


def run(
    scenario: Scenario,
    *,
    replicates: int = 20,
    seed: int = 0,
    counterfactual: bool = True,
    zone_daily: bool = False,
    log: bool = False,
    own_file: bool = False,
    parameters: str = DEFAULT_PARAMETERS,
    ensembles: Path | None = None,
    folder: Path | None = None,
    conduct: Conduct | None = None,
) -> Result:
    """Run a scenario.

    Parameters
    ----------
    parameters : "ensemble": each replicate takes one draw of the ensembles of the services' classes, but for what the
        scenario and its changes state; "preset": all have the values of the scenario and of its services' classes.
    ensembles : folder of ensembles instead of those of the package.
    folder : where to store replicates as they finish, and tables at the end; None keeps everything in memory.

    Raises
    ------
    InputError : numbers, territory or folder that cannot be used.
    MachineError : not enough memory, or the folder cannot be written.
    Cancelled : asked to stop; finished replicates stay in the folder.
    """
    conduct = conduct or Conduct()
    check_numbers(replicates=replicates, seed=seed)
    conduct.check()
    if folder is None and zone_daily:
        raise InputError(
            "daily accounts by zone are written to a folder only",
            where="out",
            remedy="Give a folder with out=",
        )
    draws = draws_for(scenario, int(replicates), parameters, ensembles)
    request = Request(scenario, int(replicates), int(seed), counterfactual, zone_daily, log, own_file, draws)
    # Every mistake is told before a folder is made.
    request.specifications()
    return carry_out(request, None if folder is None else RunFolder.create(folder, request), conduct)


def resume(path: Path, conduct: Conduct | None = None) -> Result:
    """Go on with a run from what its folder holds, and finish it; a finished run is read back.

    Raises
    ------
    InputError : no run was begun there, or another version of the simulator began it.
    """
    conduct = conduct or Conduct()
    conduct.check()
    folder = RunFolder.open(path)
    return carry_out(folder.request, folder, conduct)


def load_result(path: Path) -> Result:
    """Read back a finished run; nothing is simulated.

    Raises
    ------
    InputError : no run was begun there, it is not finished, or a file is missing.
    """
    folder = RunFolder.open(path)
    remedy = f"Finish it first: entraide resume {path}"
    if not folder.complete:
        raise InputError("this run is not finished", where=str(path), remedy=remedy)
    stored = folder.stored()
    counterfactual = folder.stored_counterfactual() if folder.request.counterfactual else None
    if len(stored) < folder.request.replicates or (counterfactual is None) == folder.request.counterfactual:
        folder.set_status("interrupted", replicates_done=len(stored))
        raise InputError("files of this run are missing or damaged", where=str(path), remedy=remedy)
    return _result(folder.request, stored, counterfactual, read_json(path / "provenance.json"))


def carry_out(request: Request, folder: RunFolder | None, conduct: Conduct) -> Result:
    """Run what was asked, or what of it a folder does not hold yet; None keeps everything in memory.

    Raises
    ------
    InputError, MachineError, Cancelled : as ``run``.
    """
    if folder is None:
        return _compute(request, None, None, {}, conduct, _Clock())
    if folder.complete:
        result = load_result(folder.path)
        if conduct.told is not None:
            conduct.told(result)
        return result
    folder.check_same_code()
    remove_unfinished(folder.path)
    clock = _Clock(float(folder.status["seconds"]), folder.status["started"])
    folder.set_status("running", started=clock.started)
    keeping = RunKeeping(folder, conduct.snapshot_minutes, conduct.notice)

    def note(status: str, **more: str) -> None:
        done = sum(folder.replicate_path(number).exists() for number in range(request.replicates))
        until = {str(number): day for number, day in sorted(keeping.until.items())}
        folder.set_status(status, replicates_done=done, kept_until=until, seconds=round(clock.seconds(), 3), **more)

    try:
        days = request.scenario.days
        specification = request.scenario.specification()
        stored = {
            number: outcome for number, outcome in folder.stored().items() if keeping.whole(number, specification, days)
        }
        keeping.clear(stored)
        result = _compute(request, folder, keeping, stored, conduct, clock)
        keeping.clear(stored)
        if conduct.told is not None:
            conduct.told(result)
        conduct.begin("writing")
        _write(result, folder)
        if conduct.finish is not None:
            conduct.finish(result, folder.path)
    except (KeyboardInterrupt, Cancelled):
        note("interrupted")
        raise
    except BaseException:
        # The fault itself is what the user must hear of: a full disk refuses the status as well.
        with suppress(Exception):
            note("failed")
        raise
    note("complete", finished=utc_now())
    return result


class _Clock:
    """Seconds of computing over all sittings of a run, and when the first one began."""

    def __init__(self, before: float = 0.0, started: str = "") -> None:
        self.before, self.started, self.origin = before, started or utc_now(), time.monotonic()

    def seconds(self) -> float:
        return self.before + time.monotonic() - self.origin


def _compute(
    request: Request,
    folder: RunFolder | None,
    keeping: RunKeeping | None,
    stored: Mapping[int, Outcome],
    conduct: Conduct,
    clock: _Clock,
) -> Result:
    outcomes = _replicates(request, keeping, stored, conduct)
    counterfactual = _administration(request, folder, outcomes, conduct)
    flags = (("--zones-daily", request.zone_daily), ("--contribution-log", request.log))
    about = provenance(
        request.scenario,
        seed=request.seed,
        replicates=request.replicates,
        threads=cores_at_hand() if conduct.threads is None else conduct.threads,
        command=command_text(
            request.scenario,
            replicates=request.replicates,
            seed=request.seed,
            own_file=request.own_file,
            options=(f"--parameters {request.parameters_from}", *(flag for flag, asked in flags if asked)),
        ),
        started=clock.started,
        duration=clock.seconds(),
        status="complete",
        draws=request.draws,
    )
    return _result(request, outcomes, counterfactual, about)


def _replicates(
    request: Request, keeping: RunKeeping | None, stored: Mapping[int, Outcome], conduct: Conduct
) -> dict[int, Outcome]:
    specification = request.scenario.specification()
    if conduct.workload is not None:
        kept = 0 if keeping is None else sum(keeping.until.values())
        people = specification.territory.inhabitants
        conduct.workload(Workload(request.replicates, specification.days, people, kept))
    conduct.begin("replicates")
    before = len(stored) * request.scenario.days

    def hear(done: int, total: int) -> None:
        if conduct.progress is not None:
            conduct.progress(before + done, before + total)

    missing = [number for number in range(request.replicates) if number not in stored]
    fresh = run_some(
        specification,
        missing,
        seed=request.seed,
        threads=conduct.threads,
        log=request.log,
        progress=hear,
        cancel=conduct.cancel,
        done=None if keeping is None else keeping.store,
        draws=request.specifications(),
        keeping=keeping,
    )
    everything = {**stored, **{outcome.replicate: outcome for outcome in fresh}}
    return dict(sorted(everything.items()))


def _administration(
    request: Request, folder: RunFolder | None, outcomes: Mapping[int, Outcome], conduct: Conduct
) -> Counterfactual | None:
    if not request.counterfactual:
        return None
    if folder is not None and (stored := folder.stored_counterfactual()) is not None:
        return stored
    conduct.begin("administration_alone")
    specification, draws = request.scenario.specification(), request.specifications()
    expected = (_SEARCH_RUNS + _SEARCH_RUNS_PER_REPLICATE * request.replicates) * specification.days
    days_before = 0

    def hear(done: int, _: int) -> None:
        if conduct.progress is not None:
            conduct.progress(min(days_before + done, expected - 1), expected)

    def run_alone(size: float, numbers: Sequence[int]) -> list[Outcome]:
        nonlocal days_before
        # Without citizens a run is Python between small arrays: it holds the lock, and more threads only wait for it.
        found = run_some(
            specification,
            numbers,
            seed=request.seed,
            threads=1,
            alone=size,
            progress=hear,
            cancel=conduct.cancel,
            draws=draws,
        )
        days_before += len(numbers) * specification.days
        return found

    counterfactual = administration_alone(specification, tuple(outcomes.values()), run_alone, draws)
    if conduct.progress is not None:
        conduct.progress(expected, expected)
    if folder is not None:
        folder.store_counterfactual(counterfactual)
    return counterfactual


def _result(
    request: Request,
    outcomes: Mapping[int, Outcome],
    counterfactual: Counterfactual | None,
    about: Mapping[str, Any],
) -> Result:
    return Result(
        request.scenario.specification(),
        tuple(outcomes.values()),
        specifications=request.specifications(),
        scenario=request.scenario,
        seed=request.seed,
        counterfactual=counterfactual,
        draws=request.draws,
        provenance=about,
    )


def _write(result: Result, folder: RunFolder) -> None:
    """Write tables and provenance; the status follows and says that all is there."""
    # Loading the library of tables takes longer than a replicate of a small territory: only when there is a folder.
    from .contribution_log import contribution_rows
    from .tables import write_in_parts, write_tables

    tables, request, about = folder.path / "tables", folder.request, {"entraide.seed": str(result.seed)}
    write_tables(result, tables)
    numbers = range(request.replicates)
    if request.zone_daily:
        from .zone_blocks import ZoneBlocks

        blocks = ZoneBlocks(folder.path / "replicates", request.seed)
        days = (part for number in numbers for part in blocks.rows(number, result.specification))
        write_in_parts(tables / "zone_daily.parquet", days, about)
    if request.log:
        wholes = (load_replicate(folder.replicate_path(number), heavy=True) for number in numbers)
        rows = (
            part for whole in wholes if whole is not None for part in contribution_rows(whole, result.specification)
        )
        write_in_parts(tables / "contributions.parquet", rows, about)
    write_json(folder.path / "provenance.json", result.provenance)
