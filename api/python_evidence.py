"""Evidence from Python: the model against data on real contributions."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from entraide.experiments.evidence.case import load_cases
from entraide.experiments.evidence.evaluate import CaseResult, evaluate
from entraide.experiments.evidence.summary import Summary, evidence_rows, summarise
from entraide.model.parameters import Value

from .told import Told

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Evidence", "evidence"]


class Evidence:
    """Cases held against the simulation."""

    def __init__(self, results: Sequence[CaseResult], seeds: int) -> None:
        self.results = tuple(results)
        self.seeds = seeds

    def __repr__(self) -> str:
        from entraide.viz.locales import counted

        required = self.summary.must_hold
        cases = counted(len(self.results), "case", "cases", "en")
        targets = counted(required.all, "required target", "required targets", "en")
        return f"<Evidence: {cases}, {required.met} of {targets} met>"

    def __str__(self) -> str:
        return self.verdict()

    @property
    def summary(self) -> Summary:
        """Return the counts of targets met, by role."""
        return summarise(self.results)

    @property
    def passed(self) -> bool:
        """Return whether every required target is met."""
        return self.summary.passed

    def verdict(self, language: str = "en") -> str:
        """Return the counts, and what they mean for who has to decide, in two lines."""
        from entraide.viz.evidence_sentences import count_sentence, meaning_sentence

        return Told(f"{count_sentence(self.summary, language)}\n{meaning_sentence(self.summary, language, self.seeds)}")

    def rows(self) -> list[dict[str, Any]]:
        """Return what ``entraide evidence --json`` prints: one row for each target."""
        return evidence_rows(self.results)

    def frame(self) -> pd.DataFrame:
        """Return one row for each target."""
        import pandas as pd

        return pd.json_normalize(self.rows(), sep="_")


def evidence(
    cases: str | os.PathLike[str] | None = None,
    ids: Sequence[str] | None = None,
    seeds: int = 20,
    seed: int = 0,
    threads: int | None = None,
    changes: Mapping[str, Value] | None = None,
    progress: bool | Callable[[int, int], None] = False,
) -> Evidence:
    """Hold the model against data on real contributions.

    Parameters
    ----------
    cases : folder of case files, or one file; None: those of the project.
    ids : only these cases; "C4" also takes "C4a", "C4b".
    seeds, seed : simulations of each case, the first one with ``seed``; each takes its own draw of the class.
    changes : parameters that take these values in every draw: what is left when a mechanism is off.

    The other parameters are those of ``run``.

    Raises
    ------
    InputError : anything in the cases or the arguments that cannot be used, said in one line.
    """
    chosen = load_cases(cases, ids)

    from .progress import shown_progress

    with shown_progress() if progress is True else nullcontext() as bar:
        if bar is not None:
            bar.stage("replicates")
        told = bar.progress if bar is not None else progress if callable(progress) else None
        found = evaluate(chosen, seeds=seeds, first=seed, threads=threads, changes=changes, progress=told)
        return Evidence(found, seeds)
