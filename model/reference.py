"""The schedule, the state and the events, as tables for the documents, written from what the engine runs.

Refresh the committed pages with ``python -m entraide.model.reference docs/reference``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from .columns import CITIZEN_COLUMNS, INVOLVEMENT_COLUMNS, THRESHOLD_COLUMN, ZONE_COLUMNS, Column
from .event_kinds import events_page
from .phases import PHASES
from .production import PRODUCTION_KINDS
from .random_numbers import Stream
from .records import DAILY_MEASURES, ZONE_MEASURES

__all__ = ["PAGES", "schedule_page", "state_page"]

_WRITTEN = "Written by `python -m entraide.model.reference` from the code: change that, not this page."


def schedule_page() -> str:
    """Return the day's schedule and the streams of random numbers, in Markdown."""
    lines = [
        "# The day, phase by phase",
        "",
        _WRITTEN,
        "",
        "A phase *reads* the columns on which what it does to anything else depends; a column that only moves on from",
        "its own value is among those that it *writes* alone.",
        "",
        "| | phase | who | what happens | reads | writes | why here |",
        "|---|---|---|---|---|---|---|",
    ]
    for number, phase in enumerate(PHASES, start=1):
        reads, writes = ", ".join(phase.reads) or "-", ", ".join(phase.writes) or "-"
        lines.append(f"| {number} | {phase.name} | {phase.who} | {phase.does} | {reads} | {writes} | {phase.why} |")
    lines += ["", "## Streams of random numbers", "", "One per decision; a new one goes at the end.", ""]
    lines += [", ".join(stream.name.lower().replace("_", " ") for stream in Stream)]
    return "\n".join(lines) + "\n"


def _rows(columns: Iterable[Column]) -> list[str]:
    rows = [
        "| column | meaning | type | unit | range | rule | half-life | source |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for c in columns:
        cells = (
            f"`{c.name}`", c.meaning, c.dtype, c.unit, f"{c.low:g} to {c.high:g}", c.rule, c.half_life or "-", c.source
        )  # fmt: skip
        rows.append("| " + " | ".join(cells) + " |")
    return rows


def state_page() -> str:
    """Return the table of the state and of what is recorded, in Markdown."""
    lines = ["# State", "", _WRITTEN, "", "## Per citizen", "", *_rows(CITIZEN_COLUMNS)]
    lines += ["", "## Per citizen and service", "", *_rows((THRESHOLD_COLUMN, *INVOLVEMENT_COLUMNS))]
    lines += ["", "## Per zone and service", "", *_rows(ZONE_COLUMNS)]
    for kind in PRODUCTION_KINDS.values():
        lines += ["", f"## Production kind {kind.name}", "", *_rows(kind.columns)]
    for title, measures in (("Recorded every day", DAILY_MEASURES), ("Recorded by zone and year", ZONE_MEASURES)):
        lines += ["", f"## {title}", "", "| measure | meaning | unit |", "|---|---|---|"]
        lines += [f"| `{m.name}` | {m.meaning} | {m.unit} |" for m in measures]
    return "\n".join(lines) + "\n"


PAGES = {"events.md": events_page, "schedule.md": schedule_page, "state.md": state_page}


def main(arguments: list[str]) -> int:
    """Write the pages into the folder named."""
    folder = Path(arguments[0]) if arguments else Path("docs/reference")
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
