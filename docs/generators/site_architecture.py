"""Rooms and arrows, counted from what the modules import: a drawing and two tables.

``python docs/generators/site_architecture.py`` prints them.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(Path(__file__).resolve().parent)]

from house import PACKAGE_OF_ROOM, ROOMS, project_files  # noqa: E402
from import_rules import ONLY_IN, THIRD_PARTY, imports  # noqa: E402
from site_markdown import table  # noqa: E402

__all__ = ["architecture", "arrows", "rooms"]

HOLDS = {
    "model": "the simulator: parameters, population, the day and its kernels, production kinds, administration, risks",
    "scenarios": "scenario files, their schema and loader, territories, measures of prevention",
    "experiments": "runs, stores, comparisons, designs, sensitivity, robustness, calibration, evidence",
    "viz": "figures, sentences, reports, both languages, the dashboard",
    "api": "the public names and the `entraide` command",
}
_WIDTH, _HEIGHT, _GAP, _LEFT = 300, 54, 46, 150
_END = 'text-anchor="end"'


def rooms(root: Path = ROOT) -> dict[str, dict[str, str]]:
    """Return the text of each Python file of each room, by its place in the repository."""
    found: dict[str, dict[str, str]] = {room: {} for room in ROOMS}
    for name in project_files(root):
        if name.suffix == ".py" and name.parts[0] in found:
            found[name.parts[0]][name.as_posix()] = (root / name).read_text(encoding="utf-8")
    return found


def arrows(texts: Mapping[str, Mapping[str, str]]) -> Counter[tuple[str, str]]:
    """Return how many modules of a room import from another room: (importing, imported) -> modules."""
    counted: Counter[tuple[str, str]] = Counter()
    for room, files in texts.items():
        for path, text in files.items():
            parts = (name.split(".") for _, name in imports(text, path) if name.split(".")[0] == "entraide")
            others = {each[1] if len(each) > 1 and each[1] in ROOMS else "api" for each in parts} - {room}
            counted.update((room, other) for other in others)
    return counted


def architecture(root: Path = ROOT) -> str:
    """Return the drawing, as SVG, and the tables, in Markdown."""
    texts = rooms(root)
    counted = arrows(texts)
    return "\n".join([*_drawing(texts, counted), "", *_rooms_table(texts), "", *_arrows_table(counted), ""])


def _lines(files: Mapping[str, str]) -> int:
    return sum(text.count("\n") for text in files.values())


def _drawing(texts: Mapping[str, Mapping[str, str]], counted: Mapping[tuple[str, str], int]) -> Iterator[str]:
    """Draw the rooms from the highest down; every arrow leaves on the right and enters a room below on the right."""
    tops = {room: 10 + place * (_HEIGHT + _GAP) for place, room in enumerate(reversed(ROOMS))}
    height = max(tops.values()) + _HEIGHT + 10
    told = "; ".join(f"{high} imports {low} ({n} modules)" for (high, low), n in sorted(counted.items()))
    yield "```{raw} html"
    label = f"Rooms from top to bottom: {', '.join(reversed(ROOMS))}. {told}."
    yield f'<svg class="rooms" viewBox="0 0 640 {height}" role="img" aria-label="{label}">'
    yield '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    yield '<path d="M0 0 8 4 0 8z" fill="currentColor"/></marker></defs>'
    for room, top in tops.items():
        files = texts[room]
        yield f'<rect x="{_LEFT}" y="{top}" width="{_WIDTH}" height="{_HEIGHT}" rx="6"/>'
        yield f'<text x="{_LEFT + 14}" y="{top + 23}" class="room">{PACKAGE_OF_ROOM[room]}</text>'
        yield f'<text x="{_LEFT + 14}" y="{top + 42}">{room}/: {len(files)} modules, {_lines(files):,} lines</text>'
    yield from _arrows_drawn(tops, counted)
    yield "</svg>"
    yield "```"


def _arrows_drawn(tops: Mapping[str, int], counted: Mapping[tuple[str, str], int]) -> Iterator[str]:
    """Draw every arrow: straight down to the next room, else along a side, each in a lane of its own."""
    lanes = {True: 0, False: 0}
    for high, low in sorted(counted, key=lambda arrow: (_span(*arrow), ROOMS.index(arrow[0]))):
        n, span = counted[high, low], _span(high, low)
        if span == 1:
            x, start, end = _LEFT + _WIDTH // 2, tops[high] + _HEIGHT, tops[low] - 2
            yield f'<path d="M{x} {start}V{end}" marker-end="url(#tip)"/>'
            yield f'<text x="{x + 8}" y="{(start + end) // 2 + 4}">{n}</text>'
            continue
        right = span == 2
        lane = lanes[right]
        lanes[right] += 1
        edge, way = (_LEFT + _WIDTH, 1) if right else (_LEFT, -1)
        x = edge + way * (30 + 44 * lane)
        start, end = tops[high] + _HEIGHT - 8 - 5 * lane, tops[low] + 9 + 8 * lane
        yield f'<path d="M{edge} {start}H{x}V{end}H{edge + 2 * way}" marker-end="url(#tip)"/>'
        # In the gap under the first room, where no arrow ends.
        yield f'<text x="{x + 5 * way}" y="{tops[high] + _HEIGHT + _GAP // 2 + 4}" {"" if right else _END}>{n}</text>'


def _span(high: str, low: str) -> int:
    return ROOMS.index(high) - ROOMS.index(low)


def _rooms_table(texts: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    yield "## Rooms"
    yield ""
    single = {
        room: [name for name, files in ONLY_IN.items() for file in files if file.startswith(room)] for room in ROOMS
    }
    rows = (
        (
            f"`{room}/`",
            f"`{PACKAGE_OF_ROOM[room]}`",
            HOLDS[room],
            len(texts[room]),
            f"{_lines(texts[room]):,}",
            ", ".join(sorted(THIRD_PARTY[room], key=str.lower)) + "".join(f"; {n} in one file" for n in single[room]),
        )
        for room in reversed(ROOMS)
    )
    yield table(("Folder", "Package", "Holds", "Modules", "Lines", "Third-party packages"), rows)


def _arrows_table(counted: Mapping[tuple[str, str], int]) -> Iterator[str]:
    yield "## Arrows"
    yield ""
    yield "How many modules of the room on the left import from the room above the column; – is not allowed."
    yield ""
    heads = ("imports", *(f"`{room}`" for room in ROOMS))
    rows = []
    for place, high in reversed(list(enumerate(ROOMS))):
        cells = [str(counted.get((high, low), 0)) if ROOMS.index(low) < place else "–" for low in ROOMS]
        cells[place] = "own room"
        rows.append((f"`{high}`", *cells))
    yield table(heads, rows)


if __name__ == "__main__":
    print(architecture())
