"""Options, markers and fixtures that every test shares.

Environment
-----------
ENTRAIDE_NO_SKIP : "1" turns every skip into a failure: whoever sets it promises that the tools are there.
ENTRAIDE_MAY_SKIP : words, separated by commas; a skip whose reason holds one of them stays a skip all the same.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import zipfile
from collections.abc import Generator
from pathlib import Path

import pytest
from house import REPOSITORY, build_wheel, copy_sources

pytest.register_assert_rewrite("production_contract")  # where tests are, and no name of a test module

NO_SKIP = "ENTRAIDE_NO_SKIP"
MAY_SKIP = "ENTRAIDE_MAY_SKIP"
# Files that take longest begin first, so that no process waits for the other in the end; a browser beside one without.
# Where nothing is compiled yet, notebooks compile the kernels while the site is built and types are checked, which need
# none: begun at once in both processes, they would be compiled twice. By then whoever came as a newcomer has left, and
# the dashboard does not wait for a processor.
FIRST = (
    "test_site", "test_notebooks_run", "test_static", "test_dashboard_tasks", "test_dashboard", "test_sweep",
    "test_dashboard_last", "test_benchmarks", "test_dashboard_around", "test_calibrate",
    "test_dashboard_designs_visit", "test_planted_faults", "test_twin_worlds", "test_contract_stock",
    "test_sweep_kills", "test_calibration", "test_forecast", "test_report", "test_command_line", "test_output",
    "test_api", "test_kind_kit", "test_rows",
)  # fmt: skip


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--run-slow", action="store_true", help="also run the tests marked slow")
    parser.addoption("--run-long", action="store_true", help="also run the tests marked slow or long")


def _left_out(config: pytest.Config) -> tuple[str, ...]:
    """Return the marks that are left out: what is asked for by option, by marker or by name runs."""
    files = [argument.partition("[")[0] for argument in config.args]
    if config.getoption("--run-long") or "long" in config.getoption("-m") or any("::" in name for name in files):
        return ()
    named = bool(files) and all(name.endswith(".py") for name in files)
    slow = config.getoption("--run-slow") or "slow" in config.getoption("-m") or named
    return ("long",) if slow else ("slow", "long")


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Let the garbage collector alone while tests are collected, and keep it off what then lives to the end.

    It would look through 8,000 tests and all imported modules again and again: a tenth of the collection, and one part
    in thirty of the tests.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the slow and the long tests, unless they are asked for; the longest files first."""
    items.sort(key=lambda item: FIRST.index(item.path.stem) if item.path.stem in FIRST else len(FIRST))
    marks = _left_out(config)
    out = [item for item in items if any(item.get_closest_marker(mark) for mark in marks)]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in set(out)]


def pytest_report_header(config: pytest.Config) -> str:
    skips = "a skip is a failure" if os.environ.get(NO_SKIP) == "1" else f"skips allowed ({NO_SKIP}=1 forbids them)"
    left_out = " and ".join(_left_out(config))
    return f"entraide: {f'{left_out} tests left out (--run-slow, --run-long)' if left_out else 'every test'}; {skips}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell how long processes worked on the tests that run by default, and on the others."""
    seconds = dict.fromkeys(("default", "slow", "long"), 0.0)
    for outcome in ("passed", "failed", "error", ""):
        for report in terminalreporter.stats.get(outcome, []):
            if isinstance(report, pytest.TestReport):
                mark = next((mark for mark in ("long", "slow") if mark in report.keywords), "default")
                seconds[mark] += report.duration
    told = ", ".join(f"{spent:.0f} s on {mark} tests" for mark, spent in seconds.items() if spent)
    terminalreporter.write_line(f"entraide: processes worked {told}" if told else "entraide: no test was run")


def _must_fail(reason: str) -> bool:
    """Tell whether a skip for this reason counts as a failure."""
    if os.environ.get(NO_SKIP) != "1":
        return False
    words = [word.strip() for word in os.environ.get(MAY_SKIP, "").split(",")]
    return not any(word and word in reason for word in words)


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn the report of a skip into the report of a failure, where skips are forbidden."""
    if report.outcome != "skipped" or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if _must_fail(reason):
        report.outcome = "failed"
        report.longrepr = f"{reason}\n{NO_SKIP}=1: this skip is a failure."


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.fixture(scope="session")
def repository() -> Path:
    """Root of the checkout that holds these tests."""
    return REPOSITORY


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the sources: a stale build folder cannot hide a file left out."""
    folder = tmp_path_factory.mktemp("wheel")
    return build_wheel(copy_sources(folder / "sources"), folder / "dist")


@pytest.fixture(scope="session")
def unpacked_wheel(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the wheel's files, as an installation would."""
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture
def run_elsewhere(unpacked_wheel: Path, tmp_path: Path):
    """Run Python on the unpacked wheel, from a folder outside the checkout; returns the finished process."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(unpacked_wheel)}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )

    return run
