"""The page that says what was found when the model was held against the evidence.

Refresh the committed page, and what is kept for the dashboard beside it, with
``python -m entraide.experiments.evidence.table docs/reference/evidence_table.md``.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence

from .case import load_cases
from .case_schema import ROLES
from .evaluate import CaseResult, TargetResult, evaluate
from .found import CASES_FILE, FOUND_FOLDER, cases_text
from .reference import table_lines, write_page
from .summary import placed_targets, summarise

__all__ = ["HEADER", "SEEDS", "evidence_table_page"]

SEEDS = 20
HEADER = ("Figure", "Observed", "Simulated, mean ± sd", "80 % of draws", "Accepted", "Verdict", "Unit", "Why this role")
_COMMAND = "python -m entraide.experiments.evidence.table docs/reference/evidence_table.md"
_TITLES = {
    "fit": "Fitted: parameters of the class were fitted to these figures",
    "out-of-sample": "Out of sample: nothing was fitted to these figures",
    "check-of-input": "Checks of input: the model was given these figures; never counted as success",
}

_UNFITTED = "†: nothing was fitted; the class has no fitted ensemble, and its starting values stood."


def evidence_table_page(results: Sequence[CaseResult], seeds: int) -> str:
    """Return the page in Markdown for cases that were evaluated over so many seeds."""
    return "\n".join([*_head(results, seeds), *_tables(results), *_not_run(results)]) + "\n"


def _head(results: Sequence[CaseResult], seeds: int) -> Iterator[str]:
    summary = summarise(results)
    yield "# Evidence: what was found"
    yield ""
    yield f"Written by `{_COMMAND}`: {len(results)} cases, {seeds} seeds each. Do not change it by hand."
    yield "How cases are judged, and how to write one: [evidence.md](evidence.md)."
    yield ""
    yield from table_lines(
        ("Figures", "Met", "Of"),
        (
            (name, str(count.met), str(count.all))
            for name, count in (
                ("starred: must hold", summary.required),
                ("others, fitted", summary.fit),
                ("others, out of sample", summary.out_of_sample),
                ("out of sample, starred or not", summary.unfitted_to),
                ("checks of input, starred or not: never counted", summary.check_of_input),
            )
        ),
    )
    yield ""
    yield (
        f"Figures of cases that were not run: {summary.not_run}, counted as missed. Figures whose range over the draws "
        f"is wider than three bands: {summary.wide}. Classes judged by their preset, without a fitted ensemble: "
        f"{', '.join(summary.unfitted) or 'none'}."
    )


def _tables(results: Sequence[CaseResult]) -> Iterator[str]:
    for role in ROLES:
        rows = [_row(result, found) for result, found in placed_targets(results, role)]
        if rows:
            yield from ("", f"## {_TITLES[role]}", "")
            if role == "fit" and any("†" in row[0] for row in rows):
                yield from (_UNFITTED, "")
            yield from table_lines(HEADER, rows)


def _row(result: CaseResult, found: TargetResult) -> tuple[str, ...]:
    target, (low, high) = found.target, found.central
    has_value = bool(len(found.known))
    accepted = f"{target.low:.3g} to {target.high:.3g}"
    if target.judged == "range":
        accepted = f"observed inside, width up to {target.high - target.low:.3g}"
    unfitted = target.role == "fit" and not (result.fitted or result.not_run)
    return (
        f"{result.case.id} `{target.name}`{' *' if target.required else ''}{' †' if unfitted else ''}",
        f"{target.value:.3g}",
        _with_spread(found.mean, found.sd) if has_value else "",
        f"{low:.3g} to {high:.3g}" if has_value else "",
        accepted,
        "not run" if result.not_run else "met" if found.passed else "missed",
        target.unit,
        target.reason,
    )


def _with_spread(mean: float, sd: float) -> str:
    return f"{mean:.3g}" + (f" ± {sd:.2g}" if math.isfinite(sd) else "")


def _not_run(results: Sequence[CaseResult]) -> Iterator[str]:
    rows = [(result.case.id, result.not_run["en"], result.not_run["fr"]) for result in results if result.not_run]
    if rows:
        yield from ("", "## Not run", "")
        yield from table_lines(("Case", "Why", "Pourquoi"), rows)


if __name__ == "__main__":
    _results = evaluate(load_cases(), seeds=SEEDS)
    if sys.argv[1:]:
        (FOUND_FOLDER / CASES_FILE).write_text(cases_text(_results, SEEDS), encoding="utf-8", newline="\n")
    raise SystemExit(write_page(evidence_table_page(_results, SEEDS), sys.argv[1:]))
