"""What every harness is: a thin protocol that runs a case on the model's own kernels and returns an observation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from entraide.model.parameters import Value

from .observations import Observation

__all__ = ["HARNESSES", "Harness", "Setting", "harness"]


@dataclass(frozen=True)
class Setting:
    """One simulation that a case asks for.

    Attributes
    ----------
    service_class : name of a class of service (model/service_classes.py).
    scale : the observable inputs of the case; keys of the harness's closed list only.
    draw : values of parameters, of service and of citizens, of one project drawn from the class.
    seed : fixes every random number.
    folder : where files named in ``scale`` lie.
    """

    service_class: str
    scale: Mapping[str, Any]
    draw: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    seed: int = 0
    folder: Path = Path()


@dataclass(frozen=True)
class Harness:
    """A protocol.

    Attributes
    ----------
    name : as cases name it.
    form : what it returns.
    scale : the observable inputs it takes: name, and one sentence with the unit. An outcome is never among them.
    simulate : runs one setting; must call the kernels of the model, never a second formula.
    """

    name: str
    form: type
    scale: Mapping[str, str]
    simulate: Callable[[Setting], Observation]


HARNESSES: dict[str, Harness] = {}


def harness(name: str, form: type, scale: Mapping[str, str]) -> Callable[[Any], Any]:
    """Register a function of a Setting as a harness; the function stays as it is."""

    def register(simulate: Callable[[Setting], Observation]) -> Callable[[Setting], Observation]:
        HARNESSES[name] = Harness(name, form, MappingProxyType(dict(scale)), simulate)
        return simulate

    return register
