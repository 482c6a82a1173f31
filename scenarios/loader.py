"""Loads a scenario: file, bases and changes become one fixed, checked object."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from entraide.model.errors import InputError, Text, Words, nearest_name
from entraide.model.fault_words import UNKNOWN_SERVICE
from entraide.model.parameters import Value
from entraide.model.specification import Event

from .changes import laid_over, parse_changes
from .fixed_mapping import fixed
from .measures import check_measures
from .reading import ReadScenario, read_scenario
from .resolution import check_together, resolve_citizens, resolve_services
from .rows import row_statements
from .run_size import USUAL_REPLICATES
from .scenario import Scenario, TerritoryRequest, territory_of
from .schema import CARD_SECTIONS, LANGUAGES, MOST_DAYS, in_both_languages

__all__ = ["load_scenario", "parse_changes"]


def load_scenario(
    name_or_path: str | os.PathLike[str],
    changes: Mapping[str, Value] | None = None,
    days: int | None = None,
    own_changes: bool = True,
) -> Scenario:
    """Load a scenario.

    Parameters
    ----------
    name_or_path : name of a scenario of the package, or path to a TOML file.
    changes : values by key: ``parameter`` (of citizens, or of the only service), ``service.parameter``,
        ``administration_only.parameter``.
    days : number of days instead of the file's. Events that begin later are then left out.
    own_changes : whether what the file itself moves in its table ``[changes]`` is moved; ``changes`` come on top.

    Raises
    ------
    InputError : anything in the file, its bases or the changes that cannot be used.
    """
    read = read_scenario(name_or_path)
    tables = read.tables
    moved = tables.get("changes", {}) if own_changes else {}
    routed = laid_over(moved, changes or {}, tuple(tables["services"]), read.label)
    citizens = resolve_citizens(tables, routed)
    services = resolve_services(tables, routed)
    check_together(citizens, services, routed, read.label)
    check_measures(tables.get("measures", {}), read.label, own=True)
    request = _territory_request(read.tables["territory"], read.territory_folder)
    start = _as_date(tables["time"]["start"])
    file_days = int(tables["time"]["days"])
    events = _events(read, start, file_days, request)
    kept = file_days if days is None else _checked_days(days)
    card = {language: tables["card"][language] for language in LANGUAGES}
    return Scenario(
        name=read.path.stem,
        path=read.path,
        title=fixed({language: card[language]["title"].strip() for language in LANGUAGES}),
        question=fixed({language: card[language]["question"].strip() for language in LANGUAGES}),
        card=fixed(
            {
                language: {section: card[language][section].strip() for section in CARD_SECTIONS}
                for language in LANGUAGES
            }
        ),
        request=request,
        start=start,
        days=kept,
        citizens=citizens,
        services=services,
        administration_sources=fixed(
            {
                name: {language: text.strip() for language, text in in_both_languages(table["source"]).items()}
                for name, service in tables["services"].items()
                for table in [service["administration_only"]]
            }
        ),
        events=tuple(event for event in events if event.day < kept),
        rows=row_statements(tables),
        tables=fixed(tables),
        changes=fixed({change.key: change.value for change in routed}),
        card_written_for=_card_written_for(read, request),
        replicates=int(tables.get("run", {}).get("replicates", USUAL_REPLICATES)),
    )


def _card_written_for(read: ReadScenario, request: TerritoryRequest) -> str:
    """Return the title of the territory that the card speaks of, "" where it is the one asked for."""
    if read.card_territory is None:
        return str(read.tables["territory"].get("card_written_for", ""))
    table, folder = read.card_territory
    written_for = _territory_request(table, folder)
    if written_for == request:
        return ""
    return str(table.get("card_written_for", "")) or territory_of(written_for, read.label).title


def _territory_request(table: Mapping[str, Any], folder: Path) -> TerritoryRequest:
    communes = table.get("communes")
    return TerritoryRequest(
        communes=tuple(communes) if isinstance(communes, list) else communes,
        file=table.get("file", ""),
        outline=table.get("outline", ""),
        base_folder=folder,
    )


def _as_date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _checked_days(days: object) -> int:
    if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= MOST_DAYS:
        raise InputError(
            {"en": "cannot be simulated", "fr": "ne peut être simulé"},
            where="days",
            value=days,
            allowed={"en": f"1 to {MOST_DAYS} days", "fr": f"de 1 à {MOST_DAYS} jours"},
        )
    return days


def _events(read: ReadScenario, start: date, days: int, request: TerritoryRequest) -> tuple[Event, ...]:
    """Return the events of a file, checked against its own calendar, services and zones."""
    events = []
    for number, table in enumerate(read.tables.get("events", ()), start=1):
        where = f"{read.label}: events[number {number}]"
        day = (_as_date(table["date"]) - start).days
        if not 0 <= day < days:
            last = date.fromordinal(start.toordinal() + days - 1)
            raise InputError(
                {"en": "is outside the calendar", "fr": "est hors du calendrier"},
                where=f"{where}.date",
                value=str(table["date"]),
                allowed={"en": f"{start} to {last}", "fr": f"du {start} au {last}"},
                remedy={"en": "Move the event, or change [time]", "fr": "Déplacer l'événement, ou changer [time]"},
            )
        hit = tuple(table.get("services", ()))
        _check_known(hit, tuple(read.tables["services"]), UNKNOWN_SERVICE, f"{where}.services")
        zones = tuple(table.get("zones", ()))
        if zones:
            _check_known(
                zones,
                territory_of(request, read.label).codes,
                {"en": "unknown zone", "fr": "zone inconnue"},
                f"{where}.zones",
            )
        groups = tuple(table.get("groups", ()))
        if groups:
            known = territory_of(request, read.label).groups
            able = tuple(name for name, may in zip(known.names, known.can_contribute, strict=True) if may)
            unknown = {"en": "unknown social group", "fr": "groupe social inconnu"}
            _check_known(groups, able, unknown, f"{where}.groups", most=len(able))
        size = float(table.get("size", 1.0))
        events.append(Event(table["kind"], day, int(table.get("days", 1)), size, hit, zones, groups))
    return tuple(sorted(events, key=lambda event: event.day))


def _check_known(given: tuple[str, ...], known: tuple[str, ...], what: Words, where: str, most: int = 12) -> None:
    for name in given:
        if name not in known:
            some = ", ".join(known[:3])
            few: Text = ", ".join(known)
            if len(known) > most:
                few = {"en": f"{len(known)} of them, e.g. {some}", "fr": f"il y en a {len(known)}, par exemple {some}"}
            raise InputError(what, where=where, value=name, allowed=few, nearest=nearest_name(name, known))
