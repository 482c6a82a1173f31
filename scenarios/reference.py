"""The page of reference for parameters and classes of service, written from their declarations.

Refresh the committed page with ``python -m entraide.scenarios.reference docs/reference/parameters.md``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from entraide.model.parameters import KINDS, Parameter, Value
from entraide.model.service_classes import SERVICE_CLASS_SOURCES, SERVICE_CLASSES

from .declarations import ADMINISTRATION_ONLY, CITIZENS, SERVICE

__all__ = ["parameters_page"]

_SCOPES: tuple[tuple[str, str, Mapping[str, Parameter]], ...] = (
    ("Citizens", "`[citizens]`, one value for all", CITIZENS),
    ("Service", "`[services.NAME]`, one value for each service", SERVICE),
    ("Administration only", "`[services.NAME.administration_only]`, how staff alone would do it", ADMINISTRATION_ONLY),
)
_KIND_WORDS = {
    "norm": ("Norms", "what the administration demands"),
    "lever": ("Levers", "how the service is designed"),
    "assumption": ("Assumptions", "what is unknown about the world; scanned, never chosen"),
    "constant": ("Constants", "conventions"),
}
_INTRODUCTION = """\
# Parameters

Written by `python -m entraide.scenarios.reference` from the declarations: change these, not this page.

A value is taken from the last of these that has one: the default below, the class of service, the base scenario, the
scenario file, the changes (`--set key=value`). *Scan* is the range over which an assumption is varied.
A source that begins with "assumption" means that no figure stands behind the number."""


def parameters_page() -> str:
    """Return the page in Markdown: English tables, the classes of service, then the words in French."""
    return "\n".join([_INTRODUCTION, *_english(), *_classes(), *_french()]) + "\n"


def _english() -> Iterator[str]:
    for title, place, parameters in _SCOPES:
        yield from ("", f"## {title}", "", f"In a scenario file: {place}.")
        for kind in KINDS:
            chosen = [parameter for parameter in parameters.values() if parameter.kind == kind]
            if chosen:
                words, meaning = _KIND_WORDS[kind]
                yield from ("", f"### {title}: {words.lower()}", "", f"{words} are {meaning}.", "")
                header = ("Key", "What it is", "Default", "Unit", "Allowed", "Scan", "Source")
                yield from _table(header, (_row(parameter) for parameter in chosen))


def _row(parameter: Parameter) -> tuple[str, ...]:
    low_high = parameter.bounds
    allowed = parameter.allowed() if low_high is None else f"{low_high[0]:g} to {low_high[1]:g}"
    scan = "" if parameter.scan is None else f"{parameter.scan[0]:g} to {parameter.scan[1]:g}"
    return (
        f"`{parameter.name}`",
        f"**{parameter.label_en}.** {parameter.help_en}",
        _shown(parameter.default),
        "" if parameter.unit == "1" else parameter.unit,
        allowed,
        scan,
        parameter.source,
    )


def _classes() -> Iterator[str]:
    yield from ("", "## Classes of service", "")
    yield "A class gives starting values; it stands for a family of projects, not for one."
    keys = list(dict.fromkeys(key for preset in SERVICE_CLASSES.values() for key in preset))
    yield ""
    yield from _table(
        ("Key", *SERVICE_CLASSES),
        ((f"`{key}`", *(_shown(preset.get(key, "")) for preset in SERVICE_CLASSES.values())) for key in keys),
    )
    yield ""
    yield from _table(("Class", "Source"), ((name, SERVICE_CLASS_SOURCES[name]) for name in SERVICE_CLASSES))


def _french() -> Iterator[str]:
    yield from ("", "## Les mêmes en français")
    for title, parameters in (
        ("Citoyens", CITIZENS),
        ("Service", SERVICE),
        ("Administration seule", ADMINISTRATION_ONLY),
    ):
        yield from ("", f"### {title}", "")
        rows = ((f"`{each.name}`", f"**{each.label_fr}.** {each.help_fr}") for each in parameters.values())
        yield from _table(("Clé", "Ce que c'est"), rows)


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def _shown(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)


def main(arguments: list[str]) -> int:
    """Write the page to the file named, or to standard output."""
    if arguments:
        Path(arguments[0]).write_text(parameters_page(), encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(parameters_page())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
