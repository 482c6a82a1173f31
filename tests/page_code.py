"""The code that pages show: where it stands, and the same in a small world, so that it takes seconds."""

from __future__ import annotations

import re
import shlex
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from house import REPOSITORY, project_files
from islands import islands_file
from small_studies import write_study
from typer.main import get_command

from entraide.command_line import application

__all__ = [
    "Block",
    "blocks",
    "check_command",
    "commands_of",
    "pages_with_code",
    "small_command",
    "small_python",
    "study_shown",
    "tables_shown",
    "write_world",
]

# Pages that a reader follows: the README and the site, without decisions and the change log.
_FOLDERS = ("docs/tutorials", "docs/how-to", "docs/explanation", "docs/fr", "docs/reference")
DAYS = 20
_BLOCK = re.compile(r"^```(bash|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)
# Tools that are no command of this project: they set up, or belong to who works on it, and have checks of their own.
_TOOLS = re.compile(r"(\.venv/bin/)?(python3?|pip|pytest|ruff|git|jupyter|sphinx-build)$|\.ci/")
# What this page walks through is carried out, file by file, by tests/test_kind_from_page.py.
_CARRIED_OUT_ELSEWHERE = ("docs/how-to/add-a-production-kind.md",)


class Block(NamedTuple):
    """A block of code: the page, the language, the text."""

    page: str
    language: str
    text: str


def pages_with_code() -> list[str]:
    """Return the pages whose blocks are executed."""
    names = [name.as_posix() for name in project_files() if name.suffix == ".md"]
    chosen = [name for name in names if name == "README.md" or name.startswith(_FOLDERS)]
    return [name for name in chosen if blocks(name) and name not in _CARRIED_OUT_ELSEWHERE]


def blocks(page: str) -> list[Block]:
    """Return the blocks of a page, in order."""
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    return [Block(page, language, code) for language, code in _BLOCK.findall(text)]


def commands_of(block: Block) -> list[list[str]]:
    """Return the ``entraide`` commands of a shell block, as arguments; lines that set up are left out.

    Raises
    ------
    AssertionError : a line is neither.
    """
    found = []
    for line in block.text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        words = shlex.split(line, comments=True)
        if words[0].removeprefix(".venv/bin/") == "entraide":
            found.append(words[1:])
        else:
            assert _TOOLS.match(words[0]), f"{block.page}: {line}"
    return found


def check_command(arguments: list[str]) -> None:
    """Let a command's own parser read its arguments; nothing is carried out.

    Raises
    ------
    ValueError : no such command or option, or a value that it does not take.
    """
    command, rest = get_command(application), list(arguments)
    while hasattr(command, "commands"):
        name = rest.pop(0)
        if name not in command.commands:
            raise ValueError(f"no such command: {name}")
        command = command.commands[name]
    if rest in (["--help"], ["--list"]):
        return
    try:
        command.parse_args(command.context_class(command, info_name=command.name), rest)
    except Exception as fault:
        # Typer carries its own click, whose errors are of no public name.
        if hasattr(fault, "format_message"):
            raise ValueError(fault.format_message()) from None
        raise


def study_shown() -> str:
    """Return the study file that the researcher's guide shows."""
    text = (REPOSITORY / "docs" / "how-to" / "researcher.md").read_text(encoding="utf-8")
    (study,) = re.findall(r"^```toml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return str(study)


def tables_shown() -> list[tuple[str, str]]:
    """Return the tables of zones and of contributions that pages show to be copied, each with its page."""
    names = [name.as_posix() for name in project_files() if name.suffix == ".md" and name.parts[0] == "docs"]
    table = re.compile(r"^```text\n((?:code|user|qui)[,;].*?)^```", re.MULTILINE | re.DOTALL)
    return [(name, text) for name in names for text in table.findall((REPOSITORY / name).read_text(encoding="utf-8"))]


def write_world(folder: Path) -> None:
    """Write what pages speak of into a folder: a small scenario, zones, contributions, a study."""
    islands_file(folder, days=DAYS)
    (folder / "zones.csv").write_text(
        "code,name,population,deprivation\nQ1,Old town,1240,0.62\nQ2,Harbour,810,0.35\nQ3,Hills,1530,0.18\n",
        encoding="utf-8",
    )
    start = date(2021, 1, 4)
    rows = [
        f"p{person},{start + timedelta(days=7 * person + gap)},{1 + gap % 3}"
        for person in range(60)
        for gap in (0, 3, 9, 30, 90, 200)[: 1 + person % 6]
    ]
    (folder / "contributions.csv").write_text("\n".join(["user,date,tasks", *rows]) + "\n", encoding="utf-8")
    write_study(folder, replicates=1, days=10, name="small-study")
    study = study_shown().replace('"urban-reports"', '"islands.toml"')
    (folder / "my-study.toml").write_text(study, encoding="utf-8")


def small_command(arguments: list[str]) -> list[str]:
    """Return a command on the small world: the same options, a small scenario, few simulations and trials."""
    small = ["islands.toml" if word == "urban-reports" and "--base" not in arguments else word for word in arguments]
    name = small[0]
    if name in ("run", "compare", "stress", "break-even") and (len(small) == 1 or small[1].startswith("-")):
        small.insert(1, "islands.toml")
    if name == "run" and "cardiac-alert" in small:
        small += ["--territory", "80021"]
    if name in ("run", "compare", "stress", "break-even"):
        small += [] if "--quick" in small and name != "break-even" else ["--replicates", "2"]
        small += ["--days", str(DAYS)]
    if name in ("run", "compare"):
        small.append("--no-report")  # figures are drawn by tests of their own
    if name in ("sweep", "sensitivity", "robust"):
        small = [word for place, word in enumerate(small) if "--days" not in small[max(0, place - 1) : place + 1]]
        small = [word for place, word in enumerate(small) if "--replicates" not in small[max(0, place - 1) : place + 1]]
        small += ["--days", "3", "--replicates", "1", "--workers", "2"]
        small += [] if name == "sweep" else ["--no-figures"]
    if name == "calibrate":
        small += ["--trials", "0"]
    if name == "evidence" and "--seeds" not in small:
        small += ["--seeds", "1"]
    return small


def small_python(text: str) -> str:
    """Return a block on the small world."""
    for pattern, small in (
        (r'"(urban-reports|notebooks/douarnenez\.toml)"', '"islands.toml"'),
        # Without a name it is the default scenario, with twenty simulations of a department.
        (r"en\.(run|stress|what_helps)\((?=\w+=|\))", r'en.\1("islands.toml", replicates=2, '),
        (r"replicates=\d+, replicates=\d+|replicates=\d+", "replicates=2"),
        (r'("contributions\.csv", "knowledge-commons")', r"\1, trials=0"),
        (r'ids=\["C4", "P5"\]', 'ids=["P5"], seeds=1'),
        (
            r'en\.sweep\("first-levers", "levers", days=30, replicates=2\)',
            'en.sweep("small-study.toml", "small-sweep")',
        ),
        (r"seeds=\d+\)", "seeds=1)"),
    ):
        text = re.sub(pattern, small, text)
    return text
