"""What the evidence amounts to and what the model cannot say, from what is kept of the last complete evaluation."""

from __future__ import annotations

from site_markdown import prose, table

from entraide.experiments.evidence.controls import IN_VAIN
from entraide.experiments.evidence.found import found_cases, found_controls, found_seeds
from entraide.experiments.evidence.summary import Count, placed_targets, summarise
from entraide.viz.dashboard.evidence_part import meaning_of
from entraide.viz.dashboard.pages.evidence_words import CANNOT_SAY
from entraide.viz.evidence_sentences import count_sentence, meaning_sentence
from entraide.viz.locales import localised, number, significant

__all__ = ["cannot_say", "controls", "how_counts_relate", "missed", "not_run", "summary"]

_HEADS = {
    "en": ("Case", "Figure", "Observed", "Accepted", "Simulated", "Fitted?"),
    "fr": ("Cas", "Chiffre", "Observé", "Accepté", "Simulé", "Ajusté\u202f?"),
}
_ROLES = {
    "en": {"fit": "yes", "out-of-sample": "no", "check-of-input": "given"},
    "fr": {"fit": "oui", "out-of-sample": "non", "check-of-input": "donné"},
}
_TO = {"en": "to", "fr": "à"}


def summary(language: str) -> str:
    """Return the counts and what they mean."""
    found = summarise(found_cases())
    return f"{prose(meaning_sentence(found, language))}\n\n{prose(count_sentence(found, language))}"


def cannot_say(language: str) -> str:
    """Return what no figure can mend, as a list."""
    return "\n".join(f"- {prose(line)}" for line in CANNOT_SAY[language])


def missed(language: str) -> str:
    """Return every figure that the model misses, of whatever role, as a table."""
    rows = []
    for result, found in placed_targets(found_cases()):
        if found.passed or result.not_run:
            continue
        target = found.target
        band = f"{significant(target.low, language)} {_TO[language]} {significant(target.high, language)}"
        figure = f"{prose(meaning_of(target, language))} (`{target.name}`)"
        rows.append(
            (
                f"{result.case.id}. {localised(result.case.title[language], language)}",
                figure,
                significant(target.value, language),
                band,
                significant(found.mean, language),
                _ROLES[language][target.role],
            )
        )
    return table(_HEADS[language], rows)


def how_counts_relate(language: str) -> str:
    """Return how many rows the table of what is missed has, and how they make the counts of the summary."""
    found = summarise(found_cases())
    rows = [target for result, target in placed_targets(found_cases()) if not (target.passed or result.not_run)]
    given = sum(each.target.role == "check-of-input" for each in rows)
    every = Count(found.fit.met + found.out_of_sample.met, found.fit.all + found.out_of_sample.all)
    numbers = {
        "rows": len(rows),
        "given": given,
        "counted": len(rows) - given,
        "not_run": found.not_run,
        "missed": every.all - every.met,
        "all": every.all,
        "met": every.met,
    }
    text = {
        "en": "{rows} rows, of which {given} was given and does not count; the other {counted} and the {not_run} "
        "figures of cases not simulated are the {missed} missed of {all} that need not hold ({all} less {met} met).",
        "fr": "{rows} lignes, dont {given} donnée, qui ne compte pas ; les {counted} autres et les {not_run} chiffres "
        "des cas non simulés font les {missed} manqués des {all} qui ne sont pas exigés ({all} moins {met} atteints).",
    }[language]
    return localised(text.format(**numbers), language)


def not_run(language: str) -> str:
    """Return the cases that the model cannot be held against, with the reason."""
    return "\n".join(
        f"- **{result.case.id}. {localised(result.case.title[language], language)}** – "
        f"{prose(localised(result.not_run[language], language))}"
        for result in found_cases()
        if result.not_run
    )


def controls(language: str) -> str:
    """Return how many of the switches that were tried make their figures fail as they should, and which."""
    found = found_controls()
    tried = len(found) + len(IN_VAIN)
    right = sum(control.fails_as_it_should for control in found)
    lines = [f"- {localised(control.control.title[language], language)}" for control in found]
    said = {
        "en": f"{right} of the {tried} switches that were tried make their figures fail as they should "
        f"({number(found_seeds(), 'en')} simulations of each case):",
        "fr": f"{right} des {tried} coupures essayées font manquer leurs chiffres comme elles le doivent "
        f"({number(found_seeds(), 'fr')} simulations par cas)\u202f:",
    }
    return "\n".join([said[language], "", *lines])
