"""A scenario as loaded: everything that a run, a page or a report needs to know about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from entraide.model.errors import InputError
from entraide.model.parameters import Value
from entraide.model.specification import Event, ServiceSpecification, Specification
from entraide.model.territory import Territory

from .rows import RowStatement
from .run_size import USUAL_REPLICATES
from .territories import load_territory

__all__ = ["Scenario", "TerritoryRequest", "territory_of"]


@dataclass(frozen=True)
class TerritoryRequest:
    """Which zones a scenario asks for: ``communes`` or ``file``.

    Attributes
    ----------
    communes : "all", "region:53", "department:29", "intercommunality:<EPCI code>", or commune codes; None with a file.
    file, outline : paths as written in the scenario file, "" when there is none.
    base_folder : folder to which these paths are relative.
    """

    communes: str | tuple[str, ...] | None
    file: str = ""
    outline: str = ""
    base_folder: Path = Path()


@dataclass(frozen=True)
class Scenario:
    """A scenario: read, checked and resolved; fixed from then on.

    Attributes
    ----------
    name : name of the file without its suffix.
    path : the file.
    title, question : texts by language.
    card : sections by language: what_it_is, how_it_works, things_to_notice, things_to_try, limits, sources.
    request : the territory asked for.
    start, days : calendar.
    replicates : simulations that a run makes unless it is asked for another number.
    citizens : a value for every parameter of scope "citizens".
    services : the services, each with a value for every one of its parameters.
    administration_sources : by service and language, where the figures of the administration alone come from.
    events : what happens within the calendar, in order of day.
    rows : what the scenario states of the rows of the founding report.
    tables : merged tables of the file and its bases, before changes.
    changes : the changes asked for, in the parameters' types.
    card_written_for : title of the territory that title and card speak of, where another one is simulated; else "".
    """

    name: str
    path: Path
    title: Mapping[str, str]
    question: Mapping[str, str]
    card: Mapping[str, Mapping[str, str]]
    request: TerritoryRequest
    start: date
    days: int
    citizens: Mapping[str, Value]
    services: tuple[ServiceSpecification, ...]
    administration_sources: Mapping[str, Mapping[str, str]]
    events: tuple[Event, ...]
    rows: tuple[RowStatement, ...]
    tables: Mapping[str, Any]
    changes: Mapping[str, Value]
    card_written_for: str = ""
    replicates: int = USUAL_REPLICATES

    @property
    def service_names(self) -> tuple[str, ...]:
        """Names of the services, in the order of the file."""
        return tuple(service.name for service in self.services)

    def territory(self) -> Territory:
        """Return the zones, read from their files when these have changed.

        Raises
        ------
        InputError : an unknown commune, or a file that cannot be used.
        """
        return territory_of(self.request, self.path.name)

    def specification(self) -> Specification:
        """Return what the simulator computes.

        Raises
        ------
        InputError : the territory cannot be loaded.
        """
        return Specification(
            name=self.name,
            territory=self.territory(),
            citizens=self.citizens,
            services=self.services,
            events=self.events,
            start=self.start,
            days=self.days,
        )


def territory_of(request: TerritoryRequest, label: str) -> Territory:
    """Return the zones that are asked for.

    Raises
    ------
    InputError : they cannot be loaded; ``label`` names the scenario file in the message.
    """
    stamps = []
    for written in (request.file, request.outline):
        path = request.base_folder / written
        stamps.append((path.stat().st_mtime_ns, path.stat().st_size) if written and path.is_file() else None)
    try:
        return _load(request, tuple(stamps))
    except InputError as fault:
        raise fault.within(label) from None


@lru_cache(maxsize=4)
def _load(request: TerritoryRequest, stamps: tuple[tuple[int, int] | None, ...]) -> Territory:
    """Load a territory; ``stamps`` tell one state of the files from another."""
    return load_territory(
        communes=request.communes,
        file=request.file or None,
        outline=request.outline or None,
        base_folder=request.base_folder,
    )
