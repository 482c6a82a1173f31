"""The verdict of a run as text, for all of its services."""

from __future__ import annotations

from entraide.experiments.results import Result
from entraide.viz.resting_words import change_caveats, parameter_notes
from entraide.viz.sentences import verdict, verdict_text

__all__ = ["whole_verdict"]


def whole_verdict(result: Result, language: str = "en") -> str:
    """Return the verdict in sentences: the first service with the cost and the administration alone, then the others.

    Where replicates draw their parameters, it ends by saying from where.

    Raises
    ------
    InputError : an unknown language.
    """
    parts = [verdict_text(result, language)]
    for service in (each.name for each in result.public_services[1:]):
        lines: list[str] = []
        for year in range(result.years):
            found = verdict(result, language, service=service, year=year)
            for risk, sentence in found.risks.items():
                lines += [sentence, *(f"  {detail}" for detail in found.details[risk])]
        parts.append("\n".join(lines))
    notes = (*parameter_notes(result, language), *change_caveats(result.scenario.changes, language))
    if notes:
        parts.append("\n".join(notes))
    return "\n\n".join(parts)
