"""The page on evidence: how to write a case, and what a case may name, written from the declarations.

Refresh the committed page with ``python -m entraide.experiments.evidence.reference docs/reference/evidence.md``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from entraide.model.service_classes import SERVICE_CLASS_SOURCES

from .case import load_cases
from .case_schema import CaseTables, TargetTables
from .registry import HARNESS_NAMES, all_harnesses, all_metrics
from .scale_values import allowed_values

__all__ = ["evidence_page", "table_lines", "write_page"]

_INTRODUCTION = """\
# Evidence

Written by `python -m entraide.experiments.evidence.reference` from the declarations: change these, not this page.

`entraide evidence` holds the model against data on real contributions and published studies: each *case* is one
observed project or one published figure, and observed and simulated figures are computed by the same code. It ends with
code 1 if a figure that must hold does not. What was found is in [evidence_table.md](evidence_table.md); what each
metric means is in [metrics.md](metrics.md).

```bash
entraide evidence                                   # all cases of the project, 20 simulations each
entraide evidence --required                        # only cases with figures that must hold, in less than a minute
entraide evidence --ids C4,P5 --seeds 5             # C4 stands for C4a and C4b
entraide evidence --cases my-cases --json           # your own folder; one JSON list, a row for each figure
```

```python
import entraide as en

found = en.evidence(ids=["C4"], seeds=5)
print(found.verdict())
found.frame()
```

## How to write a case

A case is one TOML file in any folder. It needs no code.

```toml
id = "our-map"
title = { en = "Our map of benches", fr = "Notre carte des bancs" }   # or one text for both
source = "our own log, 2021 to 2024"
class = "knowledge-commons"
harness = "service"

[scale]                                     # what an observer knows beforehand
days = 1200
launch = 2021-01-04
conditioned_on_arrivals = "arrivals.csv"    # only where arrivals are taken as given

[[targets]]
metric = "survival_30"
value = 0.31                                # observed
low = 0.24                                  # the band accepted
high = 0.38
required = true
role = "out-of-sample"
reason = "nothing was fitted to this project"
```

Beside it, `arrivals.csv` says who came when; here 12 people in the week from 4 January, then 9 in one day:

```text
date,count,days
2021-01-04,12,7
2021-01-11,9,1
```

- **Inputs are not outcomes.** `[scale]` takes the keys of the harness only, listed below. Arrivals, contributors,
  volume or anything that is a metric is refused there: given to the simulation, it would prove nothing.
- **Arrivals may be taken as given**, by a file beside the case with a column `date` or `day` and, optionally, `count`
  (people) and `days` (over how many days they are spread). The case then says so, and targets about arrivals are
  refused: what remains to be explained is what people do after they came.
- **A class is a distribution over projects.** Each seed takes one draw of the class's ensemble, so the spread of the
  simulated figures holds both chance and what is not known of the class.
- **Roles**: *fit*, parameters were fitted to the figure; *out-of-sample*, nothing was; *check-of-input*, the model was
  given the figure, which is shown and never counted as success.
- **Verdict**: by default the mean over the seeds must lie in the band. With `judged = "range"` the observed figure must
  lie in the central 80 % of the draws, and that range must be no wider than the band: for one project among those
  that the class stands for. A figure without a value in half of the seeds is never met.
- A case that nothing in the model can be held against says so with `not_modelled = { en = "...", fr = "..." }`. It
  is not run, and counts as missed.
"""


def evidence_page() -> str:
    """Return the page in Markdown."""
    return "\n".join([_INTRODUCTION, *_keys(), *_harnesses(), *_classes(), *_metrics(), *_cases()]) + "\n"


def _keys() -> Iterator[str]:
    for title, table in (("the file", CaseTables), ("`[[targets]]`", TargetTables)):
        yield from (f"### Keys of {title}", "")
        yield from table_lines(
            ("Key", "Needed"),
            (
                (f"`{field.alias or name}`", "yes" if field.is_required() else "no")
                for name, field in table.model_fields.items()
            ),
        )
        yield ""


def _harnesses() -> Iterator[str]:
    yield from ("## Harnesses and their inputs", "")
    yield "A harness is a thin protocol that calls the kernels of the simulation."
    found = all_harnesses()
    for name in dict.fromkeys((*HARNESS_NAMES, *found)):
        yield from ("", f"### {name}", "")
        if name not in found:
            yield "Not there yet: its cases are not run."
            continue
        yield f"Returns: {found[name].form.__name__}."
        yield ""
        inputs = ((f"`{key}`", what, allowed_values(key)) for key, what in found[name].scale.items())
        yield from table_lines(("Input", "What it is", "Allowed"), inputs)
    yield ""


def _classes() -> Iterator[str]:
    yield from ("## Classes of service", "")
    yield from table_lines(("Class", "Source"), SERVICE_CLASS_SOURCES.items())
    yield ""


def _metrics() -> Iterator[str]:
    yield from ("## Metrics", "", "Words in braces stand for whole numbers: `survival_30`.", "")
    yield from table_lines(
        ("Metric", "Read from", "Unit"),
        ((f"`{pattern}`", metric.form.__name__, metric.unit) for pattern, metric in sorted(all_metrics().items())),
    )
    yield ""


def _cases() -> Iterator[str]:
    yield from ("## Cases of the project", "")
    yield from table_lines(
        ("Case", "English", "Français", "Class", "Harness", "Arrivals given", "Targets", "Source"),
        (
            (
                case.id,
                case.title["en"],
                case.title["fr"],
                case.service_class,
                case.harness,
                "yes" if case.conditioned else "",
                str(len(case.targets)),
                case.source,
            )
            for case in load_cases()
        ),
    )


def table_lines(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table in Markdown."""
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def write_page(page: str, arguments: Sequence[str]) -> int:
    """Write a page to the file named, or to standard output; return the exit code."""
    if arguments:
        Path(arguments[0]).write_text(page, encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(page)
    return 0


if __name__ == "__main__":
    raise SystemExit(write_page(evidence_page(), sys.argv[1:]))
