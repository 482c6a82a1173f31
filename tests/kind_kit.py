"""The test kit of production kinds: what a kind still lacks, in the order of docs/how-to/add-a-production-kind.md.

    python tests/kind_kit.py            # the kinds that there are
    python tests/kind_kit.py loan       # one line for each check: ok, or what is missing, where, and which step tells
    python tests/kind_kit.py loan twin  # this check alone, or several

Ends with code 1 when something is missing or wrong. ``pytest -n0 tests/test_kind_kit.py -k loan`` says the same.
"""

from __future__ import annotations

import ast
import difflib
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

import kind_chance
import kind_lives
import test_parameters
from house import REPOSITORY
from production_variants import VARIANTS
from twins.kinds import TWINS

from entraide.model.errors import InputError
from entraide.model.production import PRODUCTION_KINDS
from entraide.model.production.contract import ProductionKind
from entraide.model.production_names import KIND_NAMES
from entraide.model.service_parameters import SERVICE_PARAMETERS
from entraide.model.unit_words import UNITS

__all__ = ["CHECKS", "Check", "Missing", "known_kinds", "look", "main"]

PAGE = "docs/how-to/add-a-production-kind.md"
OF_ALL = (
    test_parameters.test_words_and_source_are_there,
    test_parameters.test_french_is_set_as_french,
    test_parameters.test_default_is_allowed,
)
OF_NUMBERS = (
    test_parameters.test_help_says_what_more_means,
    test_parameters.test_scan_lies_within_bounds_around_the_default,
)
KINDS_FOLDER = REPOSITORY / "model" / "production"


class Missing(AssertionError):
    """Something that a kind needs is not there; the text says what, and in which file."""


@dataclass(frozen=True)
class Check:
    """One thing that must hold of a kind.

    Attributes
    ----------
    name : of the check. ``step``: number of the page's step that tells how.
    needs : checks without which this one cannot be made.
    look : returns what was seen; raises Missing, AssertionError or whatever the kind raises.
    """

    name: str
    step: int
    needs: tuple[str, ...]
    look: Callable[[str], str]


def file_of(kind: str) -> str:
    """Return the path of a kind's module."""
    return f"model/production/{kind.replace('-', '_')}.py"


def _require(there: bool, what: str) -> None:
    if not there:
        raise Missing(what)


def _text(path: str) -> str:
    file = REPOSITORY / path
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def kinds_in_modules() -> list[str]:
    """Return the ``name = "..."`` of every class in model/production, declared anywhere or not."""
    found = []
    for path in sorted(KINDS_FOLDER.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for line in node.body if isinstance(node, ast.ClassDef) else []:
                match line:
                    case ast.Assign(targets=[ast.Name(id="name")], value=ast.Constant(value=str(name))):
                        found.append(name)
    return found


def known_kinds() -> list[str]:
    """Return every kind of which something is there: a module, a name, a twin, settings."""
    return sorted({*kinds_in_modules(), *KIND_NAMES, *PRODUCTION_KINDS, *TWINS, *VARIANTS})


def module(kind: str) -> str:
    """The module holds a class with the kind's name."""
    path = file_of(kind)
    _require(bool(_text(path)), f"there is no {path}")
    _require(kind in kinds_in_modules(), f'no class in {path} says name = "{kind}"')
    return path


def declared(kind: str) -> str:
    """The kind is in both lists: the light one of names, and the one that brings the code."""
    _require(kind in KIND_NAMES, f'"{kind}" is not in KIND_NAMES of model/production_names.py')
    _require(kind in PRODUCTION_KINDS, "its class is not in PRODUCTION_KINDS of model/production/kinds.py")
    unfinished = sorted(getattr(type(PRODUCTION_KINDS[kind]), "__abstractmethods__", ()))
    _require(not unfinished, f"{file_of(kind)} lacks {', '.join(unfinished)}")
    asked = {name for name in dir(ProductionKind) if not name.startswith("_")} | {"name", "columns"}
    unheard = sorted({name for name in dir(PRODUCTION_KINDS[kind]) if not name.startswith("_")} - asked)
    _require(not unheard, f"{file_of(kind)} has {', '.join(unheard)}, which the engine never asks for: use a leading _")
    for column in PRODUCTION_KINDS[kind].columns:
        _require(bool(column.meaning and column.unit), f"column {column.name} says no meaning or unit")
    return f"{len(PRODUCTION_KINDS[kind].columns)} columns"


def parameters(kind: str) -> str:
    """Parameters of its own are listed, and each moves something."""
    own = [parameter.name for parameter in SERVICE_PARAMETERS if kind in parameter.production]
    path = file_of(kind).replace(".py", "_parameters.py")
    read = set(re.findall(r'own\["(\w+)"\]', _text(file_of(kind))))
    nobody = ", ".join(sorted(read - {parameter.name for parameter in SERVICE_PARAMETERS}))
    _require(not nobody, f"{file_of(kind)} reads {nobody}, which nobody declares: write {path} and list it")
    if not _text(path) and not own:
        return "none of its own"
    _require(
        bool(own), f'{path} is not listed in model/service_parameters.py, or its parameters lack production=("{kind}",)'
    )
    for parameter in (each for each in SERVICE_PARAMETERS if each.production == (kind,)):
        _require(
            parameter.unit in UNITS,
            f'{path}: {parameter.name} has the unit "{parameter.unit}", not in model/unit_words.py',
        )
        for english, french in ((parameter.label_en, parameter.label_fr), (parameter.help_en, parameter.help_fr)):
            _require(french != english, f'{path}: {parameter.name} says "{english}" in both languages')
        number = not isinstance(parameter.default, (bool, str))
        for statement in (*OF_ALL, *(OF_NUMBERS if number else ())):
            try:
                statement(parameter)
            except AssertionError as fault:
                rule = f"{statement.__name__} of tests/test_parameters.py"
                raise Missing(f"{path}: {parameter.name} fails {rule}: {str(fault).splitlines()[0]}") from None
    return kind_lives.own_parameters_matter(kind)


def settings(kind: str) -> str:
    """The settings over which its lives are drawn."""
    _require(kind in VARIANTS, f'VARIANTS of tests/production_variants.py has no "{kind}"')
    return "lives are drawn over settings of its own"


def contract_class(kind: str) -> str:
    """What its supply can deliver at most is stated."""
    path = f"tests/test_contract_{kind.replace('-', '_')}.py"
    _require(f'kind = "{kind}"' in _text(path), f'no class in {path} has kind = "{kind}"')
    command = [sys.executable, "-m", "pytest", "-n0", "-q", "-p", "no:cacheprovider", path]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    told = [line for line in done.stdout.splitlines() if line.startswith("FAILED")][:3]
    _require(done.returncode == 0, " | ".join(told) or done.stdout[-300:])
    return done.stdout.strip().splitlines()[-1]


def twin(kind: str) -> str:
    """A twin of its own, which agrees bit for bit over made-up days."""
    _require(
        kind in TWINS, f'TWINS of tests/twins/kinds.py has no "{kind}": write tests/twins/{kind.replace("-", "_")}.py'
    )
    return kind_lives.same_books_as_the_twin(kind)[0]


def words(kind: str) -> str:
    """What it delivers has words in both languages, and its design page four levers."""
    from entraide.viz.dashboard.levers import LEVERS
    from entraide.viz.kind_words import KIND_WORDS

    usual = ("queue", "report-and-repair", "parallel-initiative")  # needs, in the words of needs
    if kind not in usual:
        _require(kind in KIND_WORDS, f'KIND_WORDS of viz/kind_words.py has no "{kind}"')
        for language in ("en", "fr"):
            phrases = KIND_WORDS[kind].get(language)
            _require(phrases is not None, f'KIND_WORDS["{kind}"] has no "{language}"')
            if language == "fr":
                said = KIND_WORDS[kind]["en"]
                # A single word may well be the same: "interventions".
                same = [n for n, text in vars(phrases).items() if " " in text and text == getattr(said, n)]
                _require(not same, f'KIND_WORDS["{kind}"]: {", ".join(same)} is the same in both languages')
            _require(
                "{floor}" in phrases.under_floor, f'KIND_WORDS["{kind}"]["{language}"].under_floor holds no {{floor}}'
            )
    _require(kind in LEVERS, f'LEVERS of viz/dashboard/levers.py has no "{kind}"')
    declared_levers = {parameter.name for parameter in SERVICE_PARAMETERS if parameter.kind == "lever"}
    for name in LEVERS[kind]:
        nearest = difflib.get_close_matches(name, declared_levers, 1)
        _require(name in declared_levers, f'"{name}" in LEVERS is no lever; nearest: {"".join(nearest)}')
    return "words in both languages, four levers"


def scenario(kind: str) -> str:
    """A scenario file uses it, and something happens in it within 60 days in one small intercommunality."""
    from entraide.experiments.elsewhere import elsewhere
    from entraide.model.simulation import Simulation
    from entraide.scenarios.loader import load_scenario

    folders = (REPOSITORY / "scenarios" / "files", REPOSITORY / "docs" / "examples")
    files = [path for folder in folders for path in sorted(folder.glob("*.toml"))]
    using = [path for path in files if f'kind = "{kind}"' in path.read_text(encoding="utf-8")]
    _require(bool(using), f'no file in scenarios/files or docs/examples has a service with kind = "{kind}"')
    told = elsewhere(load_scenario(str(using[0]), days=60), "intercommunality:242900793").specification()
    engine = Simulation(told, seed=1)
    while engine.day < 60:
        engine.step()
    service = next(number for number, each in enumerate(told.services) if each.kind == kind)
    needs, given = (float(engine.records.series(name, service).sum()) for name in ("arisen", "contributions"))
    name = using[0].relative_to(REPOSITORY)
    _require(needs + given > 0, f"in 60 days of {name} no need arises and nobody contributes")
    return f"{name}: {needs:.0f} needs and {given:.0f} contributions in 60 days"


def pages(kind: str) -> str:
    """The pages written from the code hold its columns and parameters, and the changelog names it."""
    from entraide.model.reference import state_page

    refresh = "refresh with: python -m entraide.model.reference docs/reference"
    _require(
        _text("docs/reference/state.md") == state_page(), f"docs/reference/state.md is not of this code; {refresh}"
    )
    listed = _text("docs/reference/parameters.md")
    missing = [p.name for p in SERVICE_PARAMETERS if kind in p.production and f"`{p.name}`" not in listed]
    refresh = "refresh with: python -m entraide.scenarios.reference docs/reference/parameters.md"
    _require(not missing, f"docs/reference/parameters.md lacks {', '.join(missing)}; {refresh}")
    heard = _text("CHANGELOG.md").lower()
    spoken = kind.replace("-", " ")
    _require(kind in heard or spoken in heard, f"CHANGELOG.md does not name {kind}")
    return "state, parameters and changelog name it"


CHECKS: tuple[Check, ...] = (
    Check("module", 1, (), module),
    Check("declared", 2, ("module",), declared),
    Check("parameters", 3, ("declared",), parameters),
    Check("settings", 4, (), settings),
    Check("streams", 4, ("declared",), kind_chance.streams_are_not_the_engines),
    Check("books balance", 4, ("parameters",), kind_lives.books_balance),
    Check("within bounds", 4, ("parameters",), kind_lives.stays_within_bounds),
    Check("resumes from its columns", 4, ("parameters",), kind_lives.columns_hold_all_state),
    Check("nothing comes of nothing", 4, ("parameters",), kind_lives.nothing_comes_of_nothing),
    Check("staff wait for age", 4, ("parameters",), kind_lives.staff_wait_for_age),
    Check("chance by zone and day", 4, ("parameters",), kind_chance.draws_differ_by_zone_and_day),
    Check("costs", 4, ("parameters",), kind_lives.costs_are_finite),
    Check("contract", 5, ("parameters",), contract_class),
    Check("twin", 6, ("parameters", "settings"), twin),
    Check("a world as its twin", 6, ("twin",), kind_lives.world_as_its_twin),
    Check("words", 7, ("declared",), words),
    Check("scenario", 8, ("parameters",), scenario),
    Check("pages", 9, ("declared",), pages),
)


def look(check: Check, kind: str) -> tuple[bool, str]:
    """Return whether a check holds, and what it saw or what is missing and which step of the page tells how."""
    try:
        return True, check.look(kind)
    except Exception as fault:  # whatever a kind in the making raises is what it lacks
        said = str(fault) if isinstance(fault, (AssertionError, InputError)) else f"{type(fault).__name__}: {fault}"
        return False, f"{said.splitlines()[0] if said else type(fault).__name__} (step {check.step} of {PAGE})"


def main(arguments: list[str]) -> int:
    """Look at one kind and say what is there and what is missing; see the module."""
    if not arguments:
        print(f"which kind? {', '.join(known_kinds())}")
        return 1
    kind, asked, failed = arguments[0], arguments[1:], []
    unknown = sorted(set(asked) - {check.name for check in CHECKS})
    if unknown:
        print(f"no check is called {unknown[0]!r}; there are: {', '.join(check.name for check in CHECKS)}")
        return 1
    checks = [check for check in CHECKS if not asked or check.name in asked]
    for check in checks:
        waits_for = [name for name in check.needs if name in failed]
        holds, said = (False, f"waits for: {', '.join(waits_for)}") if waits_for else look(check, kind)
        state = "ok     " if holds else "wait   " if waits_for else "MISSING"
        print(f"{check.step} {check.name:26}{state} {said}", flush=True)
        failed += [] if holds else [check.name]
    nearest = difflib.get_close_matches(kind, known_kinds(), 1)
    if "module" in failed and nearest:
        print(f"nearest kind that there is: {nearest[0]}")
    print(f"{kind}: {len(checks) - len(failed)} of {len(checks)} checks hold")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
