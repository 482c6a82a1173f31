"""Words that sentences, figures and the report share: names of risks, counts of years, intervals, assumptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from entraide.model.intervals import Interval
from entraide.model.risk.calendar import DAYS_PER_YEAR

from .locales import NARROW_SPACE, check_language, counted, joined, number, percent

__all__ = [
    "ADMINISTRATION_ALONE",
    "ENDING",
    "MOTIVES",
    "PARTICIPATORY",
    "RISK_NAMES",
    "assumption_text",
    "between",
    "colon",
    "cost_kinds",
    "in_years",
    "left_out_text",
    "mean_text",
    "period_noun",
    "quoted",
    "risk_label",
    "risk_name",
    "semicolon",
    "span_text",
    "together_text",
    "years_noun",
]

RISK_NAMES: Mapping[str, Mapping[str, str]] = {
    "en": {"continuity": "continuity", "quality": "quality", "universality": "universality"},
    # The words of French officials: universality is the equality of users before the service.
    "fr": {"continuity": "continuité", "quality": "qualité", "universality": "égalité"},
}
# "Continuity 75 %" would read as good.
_RISKS_AT_LENGTH: Mapping[str, Mapping[str, str]] = {
    "en": {
        "continuity": "risk that continuity is broken",
        "quality": "risk that quality is broken",
        "universality": "risk that universality is broken",
    },
    "fr": {
        "continuity": "risque de rupture de la continuité",
        "quality": "risque de rupture de la qualité",
        "universality": "risque de rupture de l'égalité",
    },
}
_RISKS_SHORT: Mapping[str, Mapping[str, str]] = {
    "en": {"continuity": "continuity broken", "quality": "quality broken", "universality": "universality broken"},
    "fr": {
        "continuity": "rupture de la continuité",
        "quality": "rupture de la qualité",
        "universality": "rupture de l'égalité",
    },
}
ENDING = {"en": "for these assumed values", "fr": "pour ces valeurs supposées"}
PARTICIPATORY = {"en": "participatory service", "fr": "service participatif"}
ADMINISTRATION_ALONE: Mapping[str, Mapping[str, str]] = {
    "en": {
        "same_budget": "administration alone, same budget",
        "same_norm": "administration alone, same norm",
    },
    "fr": {
        "same_budget": "administration seule, même budget",
        "same_norm": "administration seule, même norme",
    },
}
MOTIVES: Mapping[str, tuple[str, str, str, str]] = {
    "en": ("altruism", "pleasure", "reputation", "currency (credits, money)"),
    "fr": ("altruisme", "plaisir", "réputation", "monnaie (crédits, argent)"),
}
_COSTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "cost_platform": "platform",
        "cost_outreach": "outreach",
        "cost_checking": "checking",
        "cost_feedback": "telling people what became of it",
        "cost_reminders": "reminders and rota",
        "cost_review": "moderation and review",
        "cost_training": "training and mediation",
        "cost_design": "better tools and channels",
        "cost_legal": "legal frame",
        "cost_rewards": "rewards",
        "cost_backstop": "last resort",
        "cost_repair": "agents",
        "cost_grants": "grants",
    },
    "fr": {
        "cost_platform": "plateforme",
        "cost_outreach": "information du public",
        "cost_checking": "contrôle",
        "cost_feedback": "retour aux contributeurs",
        "cost_reminders": "relances et tour de rôle",
        "cost_review": "modération et relecture",
        "cost_training": "formation et médiation",
        "cost_design": "outils et canaux améliorés",
        "cost_legal": "cadre juridique",
        "cost_rewards": "récompenses",
        "cost_backstop": "dernier recours",
        "cost_repair": "agents",
        "cost_grants": "subventions",
    },
}
# The administration alone has its cost in two of these records.
_COSTS_ALONE: Mapping[str, Mapping[str, str]] = {
    "en": {"cost_platform": "fixed cost", "cost_repair": "staff"},
    "fr": {"cost_platform": "coût fixe", "cost_repair": "personnel"},
}
_ASSUMPTIONS_FR = {
    "assumption: national mix": "hypothèse\u202f: composition nationale",
    "assumption: national mix of diplomas within each age band": (
        "hypothèse\u202f: composition nationale des diplômes dans chaque tranche d'âge"
    ),
    "assumption: national mix of ages within each diploma": (
        "hypothèse\u202f: composition nationale des âges pour chaque diplôme"
    ),
}


def risk_name(risk: str, language: str, capital: bool = False) -> str:
    """Return the name of a risk, in the words of those who answer for the service."""
    name = RISK_NAMES[check_language(language)][risk]
    return name.capitalize() if capital else name


def risk_label(risk: str, language: str, *, short: bool = False) -> str:
    """Return a risk as what may happen, for heads of rows whose values are probabilities or counts of it.

    Parameters
    ----------
    short : where there is little room.
    """
    return (_RISKS_SHORT if short else _RISKS_AT_LENGTH)[check_language(language)][risk]


def cost_kinds(language: str, alone: bool = False) -> Mapping[str, str]:
    """Return the names of the kinds of cost by record, in the order in which they are shown."""
    return (_COSTS_ALONE if alone else _COSTS)[check_language(language)]


def assumption_text(assumption: str, language: str) -> str:
    """Return what is assumed about social groups, in the reader's language; "" when nothing is."""
    if check_language(language) == "en" or not assumption:
        return assumption
    return _ASSUMPTIONS_FR.get(assumption, _ASSUMPTIONS_FR["assumption: national mix"])


def years_noun(days: int, language: str) -> tuple[str, str]:
    """Return "simulated year" in singular and plural; shorter runs say how long they are."""
    if check_language(language) == "en":
        if days >= DAYS_PER_YEAR:
            return "simulated year", "simulated years"
        length = counted(days, "day", "days", "en")
        return f"simulated period of {length}", f"simulated periods of {length}"
    if days >= DAYS_PER_YEAR:
        return "année simulée", "années simulées"
    length = counted(days, "jour", "jours", "fr")
    return f"période simulée de {length}", f"périodes simulées de {length}"


def span_text(replicates: int, days: int, language: str) -> str:
    """Return "20 simulated years", "1 simulated period of 60 days", "4 simulations of 2 years"."""
    if days <= DAYS_PER_YEAR:
        return counted(replicates, *years_noun(days, language), language)
    english = check_language(language) == "en"
    years, left = divmod(days, DAYS_PER_YEAR)
    if left:
        length = counted(days, *(("day", "days") if english else ("jour", "jours")), language)
    else:
        length = counted(years, *(("year", "years") if english else ("an", "ans")), language)
    of = f"of {length}" if english else f"de {length}"
    return counted(replicates, f"simulation {of}", f"simulations {of}", language)


def together_text(replicates: int, days: int, language: str) -> str:
    """Return "over 20 simulated years together", "in this one simulated year"."""
    singular = years_noun(days, language)[0]
    years = span_text(replicates, days, language)
    if check_language(language) == "en":
        return f"in this one {singular}" if replicates == 1 else f"over {years} together"
    return f"dans cette seule {singular}" if replicates == 1 else f"sur {years} ensemble"


def mean_text(replicates: int, days: int, language: str, *, by_year: bool = False) -> str:
    """Return what a mean over a run is of: "mean of 20 simulated years", "in the one simulated year".

    Parameters
    ----------
    by_year : what was counted over some days is told as if for a year.
    """
    english = check_language(language) == "en"
    if replicates > 1:
        return ("mean of " if english else "moyenne de ") + span_text(replicates, days, language)
    if not by_year:
        told = span_text(1, days, language).partition(" ")[2]
        return f"in the one {told}" if english else f"dans la seule {told}"
    single = "in a single simulation" if english else "dans une seule simulation"
    if days == DAYS_PER_YEAR:
        return single
    length = counted(days, "day", "days", "en") if english else counted(days, "jour", "jours", "fr")
    return f"{single} of {length}" if english else f"{single} de {length}"


def left_out_text(names: Sequence[str], language: str) -> str:
    """Say which departments no map shows, since they have no outline."""
    listed = joined(names, language)
    if check_language(language) == "en":
        return f"Not on the map, for want of an outline, but in the report's table: {listed}."
    return f"Hors de la carte, faute de contour, mais dans le tableau du rapport{NARROW_SPACE}: {listed}."


def in_years(count: int, replicates: int, days: int, language: str, runs: int = 0) -> str:
    """Return "in 3 of 20 simulated years", "in none of 20 simulated years".

    Of one year this is "in the only simulated year", whether it happened or not: the sentence around must tell.

    Parameters
    ----------
    days : of one simulation.
    runs : simulations that the years come from, told where each lasts longer than a year:
        "in 3 of 8 simulated years (4 simulations of 2 years)".
    """
    singular, plural = years_noun(days, language)
    of = number(replicates, language)
    if runs and days > DAYS_PER_YEAR:
        where = in_years(count, replicates, days, language)
        if language == "fr" and 0 < count < replicates:
            where = f"dans {number(count, 'fr')} des {of} {plural}"
        return f"{where} ({span_text(runs, days, language)})"
    if check_language(language) == "en":
        if replicates == 1:
            return f"in the only {singular}"
        if count == 0:
            return f"in none of {of} {plural}"
        return f"in all {of} {plural}" if count == replicates else f"in {number(count, 'en')} of {of} {plural}"
    if replicates == 1:
        return f"dans la seule {singular}"
    if count == 0:
        return f"dans aucune des {of} {plural}"
    if count == replicates:
        return f"dans les {of} {plural}"
    few = counted(count, singular, plural, "fr")
    return f"dans {few.replace('1 ', 'une ', 1) if count == 1 else few} sur {of}"


def period_noun(days: int, language: str) -> str:
    """Return "the year", or "the period" for shorter runs."""
    if check_language(language) == "en":
        return "the year" if days >= DAYS_PER_YEAR else "the period"
    return "l'année" if days >= DAYS_PER_YEAR else "la période"


def between(interval: Interval | None, language: str) -> str:
    """Return "between 5 % and 36 %" for an interval of shares, "" without one."""
    if interval is None:
        return ""
    low, high = percent(interval.low, language), percent(interval.high, language)
    return f"between {low} and {high}" if check_language(language) == "en" else f"entre {low} et {high}"


def colon(language: str) -> str:
    """Return a colon with the space that its language puts before it."""
    return ":" if check_language(language) == "en" else f"{NARROW_SPACE}:"


def quoted(name: str, language: str) -> str:
    """Return a name between the quotation marks of its language."""
    return f"“{name}”" if check_language(language) == "en" else f"«\u202f{name}\u202f»"


def semicolon(language: str) -> str:
    """Return a semicolon with the space that its language puts before it."""
    return ";" if check_language(language) == "en" else f"{NARROW_SPACE};"
