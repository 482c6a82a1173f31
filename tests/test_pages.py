"""Links between pages lead somewhere, and every decision is in the index under its number."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from house import REPOSITORY, project_files

# The address in [text](address), without a part after #.
LINK = re.compile(r"\[[^\]\n]*\]\(([^)#\s]+)(?:#[^)\s]*)?\)")


def broken_links(text: str, page: Path) -> list[str]:
    """Return the relative links of a page that lead to no file or folder; addresses on the web are not followed."""
    links = [link for link in LINK.findall(text) if not re.match(r"[a-z]+:", link)]
    return [link for link in links if not (page.parent / link).exists()]


def badly_listed(index: str, names: set[str]) -> list[str]:
    """Return the decision files that are not numbered, or not listed once under their number."""
    faults = []
    for name in sorted(names):
        number = re.match(r"(\d{4})-[a-z0-9-]+\.md$", name)
        if number is None or index.count(f"| [{int(number[1])}]({name}) |") != 1:
            faults.append(name)
    return faults


def out_of_table(index: str) -> list[str]:
    """Return what keeps the rows of decisions from being one table in order: rows outside it, numbers that go back."""
    lines = index.splitlines()
    rows = [place for place, line in enumerate(lines) if re.match(r"\| \[\d+\]\(", line)]
    numbers = [int(re.findall(r"\d+", lines[place])[0]) for place in rows]
    faults = [lines[here] for before, here in pairwise(rows) if here != before + 1]
    faults += [f"{number} after {before}" for before, number in pairwise(numbers) if number <= before]
    if rows and not (rows[0] >= 2 and re.fullmatch(r"[|: -]+", lines[rows[0] - 1]) and lines[rows[0] - 2][:1] == "|"):
        faults.append(f"no head above {lines[rows[0]]}")
    return faults


def test_links_between_pages_lead_somewhere() -> None:
    pages = [REPOSITORY / name for name in project_files() if name.suffix == ".md"]
    faults = {str(page): found for page in pages if (found := broken_links(page.read_text(encoding="utf-8"), page))}
    print(f"{len(pages)} pages, {sum(len(LINK.findall(page.read_text(encoding='utf-8'))) for page in pages)} links")
    assert REPOSITORY / "README.md" in pages
    assert faults == {}


def test_every_decision_is_in_the_index() -> None:
    folder = REPOSITORY / "docs" / "decisions"
    names = {path.name for path in folder.glob("*.md")} - {"README.md"}
    numbers = [name[:4] for name in names]
    print(f"{len(names)} decisions")
    assert len(names) >= 2
    assert badly_listed((folder / "README.md").read_text(encoding="utf-8"), names) == []
    assert out_of_table((folder / "README.md").read_text(encoding="utf-8")) == []
    assert len(set(numbers)) == len(numbers), "two decisions share a number"


def test_planted_faults_are_noticed() -> None:
    page = REPOSITORY / "README.md"
    assert broken_links("[a](missing.md) [b](LICENSE) [c](https://example.org/x) [d](#here)", page) == ["missing.md"]
    index = "| [1](0001-one.md) | One |\n| [3](0002-two.md) | Two |\n"
    assert badly_listed(index, {"0001-one.md", "0002-two.md", "three.md"}) == ["0002-two.md", "three.md"]
    head, rows = "| no. | what |\n|---|---|\n", ("| [1](0001-a.md) | A |\n", "| [3](0003-b.md) | B |\n")
    assert out_of_table(head + "".join(rows)) == []
    assert out_of_table(f"{head}{rows[0]}\n{rows[1]}") == [rows[1].strip()]
    assert out_of_table(head + rows[1] + rows[0]) == ["1 after 3"]
    assert out_of_table("".join(rows)) == [f"no head above {rows[0].strip()}"]
