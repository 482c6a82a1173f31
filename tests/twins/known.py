"""Which parameters the twin knows: those that its own text names. It refuses to live a world that moves another."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from entraide.model.administration_parameters import ADMINISTRATION_ONLY_PARAMETERS
from entraide.model.citizen_parameters import CITIZEN_PARAMETERS
from entraide.model.parameters import Parameter
from entraide.model.service_parameters import SERVICE_PARAMETERS
from entraide.model.specification import Specification

__all__ = ["AFTERWARDS", "DECLARED", "refuse_what_is_unknown", "unknown_parameters"]

DECLARED: tuple[Parameter, ...] = (*CITIZEN_PARAMETERS, *SERVICE_PARAMETERS, *ADMINISTRATION_ONLY_PARAMETERS)
# What is asked of a run when it is over, and moves no day of it: two norms of risks, and what a label means.
AFTERWARDS = frozenset({"shortfall_days", "norm_population_share", "lapse_days"})


@cache
def _named() -> frozenset[str]:
    """Return the names that the twin's modules use, this one apart."""
    names: set[str] = set()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        if file.name != Path(__file__).name:
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute):
                    names.add(node.attr)
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    names.add(node.value)
    return frozenset(names)


def unknown_parameters() -> frozenset[str]:
    """Return the declared parameters that bear on a day and of which the twin knows nothing."""
    return frozenset(parameter.name for parameter in DECLARED) - _named() - AFTERWARDS


def _moved(specification: Specification) -> Iterator[str]:
    defaults = {parameter.name: parameter.default for parameter in DECLARED}
    held = [specification.citizens]
    for service in specification.services:
        held += [service.parameters, service.reference, service.administration_only]
    for values in held:
        yield from (name for name, value in values.items() if name in defaults and value != defaults[name])


def refuse_what_is_unknown(specification: Specification) -> None:
    """Raise LookupError when a world moves a parameter that the twin would leave out in silence."""
    left_out = sorted(set(_moved(specification)) & unknown_parameters())
    if left_out:
        raise LookupError(f"the twin knows nothing of {', '.join(left_out)}")
