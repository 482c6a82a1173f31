"""The page of speed, written from what was measured: ``python benchmarks/page.py docs/reference/speed.md a.json ...``.

Each file is what ``run.py --out`` wrote; a part that several hold is taken from the last.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import printing

__all__ = ["SECTIONS", "main", "page"]

_OPENING = """\
# Speed: how far from the machine, how it grows, a whole country

How long a simulated day takes, what holds it up, and what more people, services or replicates cost. Seconds are those
of the machine named below; ratios, bytes and draws are not. Measure your own:

```bash
.venv/bin/python benchmarks/run.py --only roofline growth parts country laboratory peers --everybody --out speed.json
.venv/bin/python benchmarks/page.py docs/reference/speed.md speed.json
```

What each figure is and how it is taken: [benchmarks/README.md](../../benchmarks/README.md). A guard holds costs and
counts on every change: `benchmarks/guard.py`. Beyond one machine: [decision 68](../decisions/0068-past-one-machine.md).
"""
_BUSY = "**The machine was busy with other work: seconds are too long, and two threads bring less than they would.**"

# Parts of the page in order: title, and what to read in the tables.
SECTIONS: dict[str, tuple[str, str]] = {
    "roofline": (
        "How far each phase is from its limit",
        """\
Every phase of the day moves bytes, draws random numbers and fetches people who lie scattered in memory. Beside its time
stands what each of these would take alone at the machine's best rate, measured in the same run. The longest is the
phase's limit, and *of limit* says how much of the time it explains.

The sweep over everybody (in *awareness*) computes, and hardly reads. All other phases look at about one person in a
thousand, and what they move and draw explains a tenth of their time at most. The last column is no limit but a reading:
the time that the same lines take when each is waited for before the next is asked for. Where it is near the phase's own
time or over it, the phase waits for memory, and to ask for the lines of all who are listed ahead might help. What it
takes to call a kernel, once a phase and chunk of 262,144 people, is in the title. Phases without further figures work
on zones, not on people. One thread is told in processor time, two in wall time.""",
    ),
    "growth": (
        "How cost grows",
        """\
Cost per citizen and day, with the first day and the drawing of the population apart; each figure is the best of several
blocks of days. Few days are timed where a day is long, which is fair as far as days cost the same all year: the second
table says whether they do, for a million people. Python between kernels takes some .15 ms a day, whatever the number
of people, which is half of the cost with 100,000: the cost is flat within two times from there on, and within a fifth
from a million on. Two threads share the people of one replicate by chunks of 262,144: under two chunks there is
nothing to share, and replicates side by side are what keeps both busy.""",
    ),
    "parts": (
        "What would cross the border between machines",
        """\
If a country were split between machines by zones, two things would have to be told from one to the other: who witnesses
a contribution over a far link (a near link stays in its zone), and a few sums a day.""",
    ),
    "country": (
        "A whole country",
        """\
Population drawn, every day lived, accounts by zone and day written to disk, on two threads and on one. The hash is that
of all accounts and of the whole last state: people, zones, production, records. Memory is what the process grew by,
looked at between days. `entraide run france-reports --zones-daily`, the administration alone, tables and report
included, took 110 s from command to end and 4.4 GB at most (as the system counts).""",
    ),
    "laboratory": (
        "Many short runs",
        """\
A study of the laboratory, by each executor, beside the same runs one after the other in one process without a store.
All give the same results. A short study is over before Dask's workers have begun.""",
    ),
    "peers": (
        "Beside other tools",
        """\
The full model, per citizen and day, beside a rule with next to nothing in it (four motives, one service, 100 zones),
written as the users of each tool write it. Under 1, the peer's reduced rule is faster than the full model, which
computes all eleven phases.

- *Full model*: everything that the documents say, population drawn in the time measured.
- *Mesa*: the rule, an object for each citizen, in a fixed order.
- *Polars*: the rule, two queries a day; NumPy draws its random numbers.
- *NumPy*: the rule, an array for each attribute.
- *C*: the rule, loops compiled with fast arithmetic, whose bits differ elsewhere.
- *Numba*: the rule, with this model's random numbers and strict arithmetic; it is not the full model.

With as few prompts as the full model has, it is 35 times as fast as Mesa; the aim of 80 was set where two of three
citizens are prompted a day. All compute the same totals, to five standard errors. The rule, what each leaves out, and
why three chances of a prompt:
[benchmarks/README.md](../../benchmarks/README.md), [decision 65](../decisions/0065-peers.md).""",
    ),
}


def _section(part: str, results: Mapping[str, Any]) -> str:
    title, text = SECTIONS[part]
    about = ", ".join(f"{name} {value}" for name, value in results["machine"].items())
    load, cores = results[part]["load_average"], results["machine"]["cores"]
    # What is measured keeps some of the cores busy by itself.
    busy = f"\n{_BUSY}" if load is not None and load[0] > cores + 0.5 else ""
    tables = [table.markdown() for table in printing.tables(part, results[part])]
    return "\n".join([f"\n## {title}\n", text, f"\nMeasured on: {about}.{busy}", *tables, ""])


def page(measured: Sequence[Mapping[str, Any]]) -> str:
    """Return the page; of each part, the last one measured."""
    last = {part: results for results in measured for part in SECTIONS if part in results}
    return _OPENING + "".join(_section(part, last[part]) for part in SECTIONS if part in last)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page."""
    target, *files = sys.argv[1:] if arguments is None else arguments
    measured = [json.loads(Path(name).read_text(encoding="utf-8")) for name in files]
    Path(target).write_text(page(measured), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
