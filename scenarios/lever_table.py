"""The table of levers, written from their declarations: what each moves, in which phase, what it costs, whence.

Refresh the committed page with ``python -m entraide.scenarios.lever_table docs/reference/levers.md``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from entraide.model.parameters import CHAPTERS, Parameter

from .declarations import ALL

__all__ = ["levers", "levers_page"]


def levers() -> tuple[Parameter, ...]:
    """Return every lever, by chapter of the founding report, then in the order of declaration."""
    found = [parameter for parameter in ALL.values() if parameter.kind == "lever" and parameter.lever is not None]
    return tuple(sorted(found, key=lambda each: CHAPTERS.index(each.lever.chapter)))  # type: ignore[union-attr]


def levers_page() -> str:
    """Return the page in Markdown."""
    lines = [
        "# Levers",
        "",
        "Written by `python -m entraide.scenarios.lever_table` from the declarations: change these, not this page.",
        "",
        "No lever touches the intercept of decisions, a risk measure or a delivered count. Each does nothing when its "
        "mechanism is off, and is refused, with the reason, where it would do nothing.",
    ]
    for chapter in CHAPTERS:
        chosen = [each for each in levers() if each.lever is not None and each.lever.chapter == chapter]
        if not chosen:
            continue
        lines += [
            "",
            f"## {chapter[:1].upper()}{chapter[1:]}",
            "",
            "| lever | what it is | moves | phase | cost | does nothing when | kinds | source |",
            "|---|---|---|---|---|---|---|---|",
        ]
        for each in chosen:
            note = each.lever
            assert note is not None
            where = ", ".join(note.kinds or each.production) or "all"
            lines.append(
                f"| `{each.name}` | {each.label_en} | {note.moves} | {note.phase} | {note.cost} | {note.idle} | "
                f"{where} | {each.source} |"
            )
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Write the page to the file named."""
    path = Path(arguments[0]) if arguments else Path("docs/reference/levers.md")
    path.write_text(levers_page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
