"""Code in pages and in README runs as it is shown, in a small world; what is long is only parsed."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from page_code import (
    Block,
    blocks,
    check_command,
    commands_of,
    pages_with_code,
    small_command,
    small_python,
    tables_shown,
    write_world,
)
from typer.testing import CliRunner

import entraide as en
from entraide.command_line import application
from entraide.experiments.evidence.own_data import parse_contributions
from entraide.scenarios.zone_file import parse_zones

PAGES = pages_with_code()
# These begin a server, wait for somebody, or take minutes whatever the world.
LONG = ("sweep", "sensitivity", "robust")
NOT_RUN = ("dashboard", "resume", "doctor", "evidence")


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what pages speak of, in which the code runs."""
    write_world(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _commands() -> list[tuple[str, list[str]]]:
    """Return every command of every page once, with the first page that shows it."""
    found: dict[tuple[str, ...], str] = {}
    for page in PAGES:
        for block in blocks(page):
            if block.language == "bash":
                for arguments in commands_of(block):
                    found.setdefault(tuple(arguments), page)
    return [(page, list(arguments)) for arguments, page in found.items()]


COMMANDS = _commands()


def test_every_command_is_taken_by_its_parser() -> None:
    print(f"{len(COMMANDS)} commands on {len(PAGES)} pages")
    assert len(COMMANDS) > 40
    for page, arguments in COMMANDS:
        try:
            check_command(arguments)
        except ValueError as fault:
            pytest.fail(f"{page}: entraide {' '.join(arguments)}: {fault}")


@pytest.mark.parametrize("line", ["entraide rum", "entraide run --replicate 3", "entraide run --replicates many"])
def test_a_planted_command_is_refused(line: str) -> None:
    (arguments,) = commands_of(Block("a page", "bash", line))
    with pytest.raises(ValueError, match=r"rum|--replicate"):
        check_command(arguments)


def test_a_line_that_is_no_command_is_refused() -> None:
    with pytest.raises(AssertionError, match="curl"):
        commands_of(Block("a page", "bash", "curl example.org"))


def test_tables_that_pages_show_are_read_as_they_stand() -> None:
    """Zones and contributions, in English and in French: separators, decimal signs and names of columns."""
    kinds = set()
    for page, table in tables_shown():
        of_zones, rows = table.startswith("code"), len(table.splitlines()) - 1
        print(page, table.partition("\n")[0])
        kinds.add((of_zones, "/fr/" in page))
        if of_zones:
            zones = parse_zones(table.encode(), page)
            assert zones.deprivation is not None
            assert (len(zones.names), zones.deprivation.tolist()) == (rows, [0.62, 0.35, 0.18])
        else:
            own = parse_contributions(table.encode(), page)
            assert (own.rows, own.bad, int(own.history.tasks.sum())) == (rows, (), 4)
    assert len(kinds) == 4


def _place_of(arguments: list[str]) -> str:
    """Return the territory that a command names, unless it is the small world's own file."""
    place = arguments[arguments.index("--territory") + 1] if "--territory" in arguments else ""
    return "" if place in ("zones.csv", "29046,29232", "intercommunality:242900645") else place


def _run(page: str, arguments: list[str]) -> None:
    """Run a command in the small world, and what must be there before it."""
    runner = CliRunner()
    for new in {"harbour-watch.toml", "veille-du-port.toml"} & set(arguments):
        runner.invoke(application, ["scenarios", "new", new.removesuffix(".toml")])
    for fitted in {"fitted/scenario.toml", "ajuste/scenario.toml"} & set(arguments):
        words = ["calibrate", "contributions.csv", "--class", "knowledge-commons", "--out", fitted.partition("/")[0]]
        runner.invoke(application, small_command(words))
    started = time.process_time()
    finished = runner.invoke(application, small_command(arguments))
    print(f"{time.process_time() - started:5.1f} s  entraide {' '.join(small_command(arguments))}")
    # With one seed a figure that must hold may be missed by chance alone, and the command ends with 1.
    allowed = (0, 1) if arguments[0] == "evidence" else (0,)
    assert isinstance(finished.exception, SystemExit | None), repr(finished.exception)
    assert finished.exit_code in allowed, f"{page}: {finished.output[-2000:]}\n{finished.exception!r}"


def _short() -> list[tuple[str, list[str]]]:
    """Return the commands that take a second in the small world; of the same in two languages, the first shown."""
    found: dict[tuple[str, ...], tuple[str, list[str]]] = {}
    for page, arguments in COMMANDS:
        long = {"--help", "--check", "--forecast", "--what-helps"} & set(arguments)
        if arguments[0] not in (*LONG, *NOT_RUN) and not _place_of(arguments) and not long:
            small = tuple(word for word in small_command(arguments) if word not in ("--lang", "fr"))
            found.setdefault(small, (page, arguments))
    return list(found.values())


@pytest.mark.slow
def test_commands_run(world: Path) -> None:
    """All but the long ones and those on a large territory, each in the small world."""
    chosen = _short()
    for page, arguments in chosen:
        _run(page, arguments)
        shutil.rmtree(world / "entraide-out", ignore_errors=True)
    print(f"{len(chosen)} of {len(COMMANDS)} commands")
    assert len(chosen) > 20


@pytest.mark.long
def test_long_commands_run(world: Path) -> None:
    """Large territories, forecasts, measures tried alone, studies with fewer days; no search over generations."""
    chosen = [
        (page, arguments)
        for page, arguments in COMMANDS
        if _place_of(arguments)
        or {"--forecast", "--what-helps", "--ids"} & set(arguments)
        or (arguments[0] in LONG and not {"--list", "--search"} & set(arguments))
    ]
    for page, arguments in chosen:
        _run(page, arguments)
        # Two pages may name one folder for two studies.
        for folder in (each for each in world.iterdir() if each.is_dir()):
            shutil.rmtree(folder)
    print(f"{len(chosen)} of {len(COMMANDS)} commands")
    assert len(chosen) > 8


@pytest.mark.long
def test_the_study_of_the_researchers_guide_is_carried_out(world: Path) -> None:
    _run("docs/how-to/researcher.md", ["sweep", "my-study.toml", "--out", "my-study"])
    runs = en.to_xarray(str(world / "my-study"))
    assert dict(runs.sizes) == {"setting": 4, "replicate": 1}
    assert set(runs["status"].values.ravel()) == {"done"}
    assert en.load_study(world / "my-study.toml").replicates == 20


def _python(page: str) -> str:
    return small_python("\n".join(block.text for block in blocks(page) if block.language == "python"))


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in PAGES if _python(page)])
def test_python_blocks_run(page: str, world: Path) -> None:
    """The blocks of one page, one after the other, as a reader would type them."""
    started = time.process_time()
    try:
        exec(compile(_python(page), page, "exec"), {"__name__": "page"})
    finally:
        plt.close("all")
    print(f"{time.process_time() - started:5.1f} s  {page}")


def test_a_planted_block_that_fails_is_noticed(world: Path) -> None:
    with pytest.raises(AttributeError, match="runn"):
        exec(compile(small_python('import entraide as en\nen.runn("urban-reports")\n'), "planted", "exec"), {})
