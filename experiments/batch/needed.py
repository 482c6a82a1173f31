"""Packages of the extra ``batch``: loaded when they are used, and missed in one line."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from entraide.model.errors import MachineError

__all__ = ["needed"]


def needed(module: str) -> Any:
    """Return a module of the laboratory's extra.

    Raises
    ------
    MachineError : its package is not installed; says how to install it.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as fault:
        package = module.split(".")[0]
        if fault.name is None or fault.name.split(".")[0] != package:
            raise
        raise MachineError(
            {
                "en": f"the package {package} is missing: studies of many runs need it",
                "fr": f"le paquet {package} manque\u202f: les études de nombreuses simulations en ont besoin",
            },
            remedy={
                "en": "Install it: pip install 'entraide[batch]'",
                "fr": "Installez-le\u202f: pip install 'entraide[batch]'",
            },
        ) from None
