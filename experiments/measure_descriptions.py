"""The secondary measures: what each is called, the risk it belongs to, its unit and its meaning in both languages."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["MEASURES", "MeasureDescription"]


@dataclass(frozen=True)
class MeasureDescription:
    """A secondary measure: its name, the risk it belongs to ("" for none), its unit, and its meaning in words.

    ``lower_is_better`` is None where neither direction is better in itself.
    """

    name: str
    risk: str
    unit: str
    label_en: str
    label_fr: str
    lower_is_better: bool | None = None


MEASURES: tuple[MeasureDescription, ...] = (
    MeasureDescription(
        "share_in_time", "continuity", "share", "needs served in time", "besoins satisfaits à temps", False
    ),
    MeasureDescription(
        "share_of_days_short", "continuity", "share", "days under the norm", "jours sous la norme", True
    ),
    MeasureDescription(
        "mean_shortfall", "continuity", "d", "mean length of a shortfall", "durée moyenne d'une défaillance", True
    ),
    MeasureDescription(
        "long_shortfall",
        "continuity",
        "d",
        "length of a long shortfall (95 % are shorter)",
        "durée d'une longue défaillance (95 % sont plus courtes)",
        True,
    ),
    MeasureDescription(
        "expected_shortfall",
        "continuity",
        "share",
        "distance under the norm on the worst 5 % of days",
        "écart à la norme les 5 % de jours les pires",
        True,
    ),
    MeasureDescription(
        "lowest_after_event",
        "continuity",
        "share",
        "lowest service in time after the year's first event",
        "plus bas niveau de service à temps après le premier événement de l'année",
        False,
    ),
    MeasureDescription(
        "days_to_recover",
        "continuity",
        "d",
        "days from the event until, after the lowest point, the norm is held for two weeks",
        "jours entre l'événement et le retour à la norme pour deux semaines, après le plus bas",
        True,
    ),
    MeasureDescription(
        "not_recovered",
        "continuity",
        "share",
        "of simulated years, those in which service was under the norm to the end",
        "part des années simulées où le service est resté sous la norme jusqu'à la fin",
        True,
    ),
    MeasureDescription(
        "recovery_open",
        "continuity",
        "share",
        "of simulated years, those in which the norm is held again at the end, for less than two weeks",
        "part des années simulées où la norme est de nouveau tenue à la fin, depuis moins de deux semaines",
        True,
    ),
    MeasureDescription(
        "resilience_loss",
        "continuity",
        "d",
        "service lost after the event, in days of service at the norm",
        "service perdu après l'événement, en jours de service à la norme",
        True,
    ),
    MeasureDescription(
        "backstop_share",
        "continuity",
        "share",
        "share of the service that staff deliver in last resort",
        "part du service rendue par les agents en dernier recours",
        True,
    ),
    MeasureDescription(
        "bus_factor",
        "continuity",
        "people",
        "people who make half of all contributions (whole run)",
        "personnes qui font la moitié des contributions (toute la durée)",
        False,
    ),
    MeasureDescription(
        "effective_contributors",
        "continuity",
        "people",
        "equal contributors that would be as concentrated (whole run)",
        "contributeurs égaux qui donneraient la même concentration (toute la durée)",
        False,
    ),
    MeasureDescription("error", "quality", "share", "error after aggregation", "erreurs après agrégation", True),
    MeasureDescription("wasted_share", "quality", "share", "tasks of no use", "tâches qui n'ont servi à rien", True),
    MeasureDescription(
        "error_on_hardest_tenth",
        "quality",
        "share",
        "expected error on the hardest tenth of tasks",
        "taux d'erreur attendu sur le dixième de tâches le plus difficile",
        True,
    ),
    MeasureDescription(
        "places_and_months_over_norm",
        "quality",
        "share",
        "of places and months, those with more errors than the norm accepts",
        "part des lieux et des mois où les erreurs dépassent la norme",
        True,
    ),
    MeasureDescription(
        "places_and_months_over_norm_by_chance",
        "quality",
        "share",
        "the same if errors were equally likely everywhere: what chance alone gives",
        "la même si les erreurs étaient partout aussi probables : ce que donne le seul hasard",
    ),
    MeasureDescription(
        "high_error",
        "quality",
        "share",
        "error in a bad place and month (95 % have less)",
        "taux d'erreur d'un mauvais lieu et d'un mauvais mois (95 % en ont moins)",
        True,
    ),
    MeasureDescription(
        "share_under_floor",
        "universality",
        "share",
        "people living under the floor",
        "habitants sous le plancher de service",
        True,
    ),
    MeasureDescription(
        "share_under_floor_by_chance",
        "universality",
        "share",
        "the same if all areas had the mean service: what chance alone gives",
        "la même si toutes les zones avaient le service moyen : ce que donne le seul hasard",
    ),
    MeasureDescription(
        "worst_tenth",
        "universality",
        "share",
        "service of the worst-served tenth of people",
        "service du dixième d'habitants le moins bien servi",
        False,
    ),
    MeasureDescription(
        "worst_tenth_by_chance",
        "universality",
        "share",
        "the same if all areas had the mean service: what chance alone gives",
        "le même si toutes les zones avaient le service moyen : ce que donne le seul hasard",
    ),
    MeasureDescription(
        "gini_of_service",
        "universality",
        "1",
        "inequality of service between people (Gini)",
        "inégalité de service entre habitants (Gini)",
        True,
    ),
    MeasureDescription(
        "theil_of_service",
        "universality",
        "1",
        "inequality of service between people (Theil)",
        "inégalité de service entre habitants (Theil)",
        True,
    ),
    MeasureDescription(
        "participation_of_the_excluded",
        "universality",
        "1",
        "contributors per head among the digitally excluded, over those among the others (whole run)",
        "contributeurs par personne chez les exclus du numérique, rapportés aux autres (toute la durée)",
        False,
    ),
    MeasureDescription(
        "concentration_by_deprivation",
        "universality",
        "1",
        "concentration of unmet need; below 0, deprived areas bear more of it",
        "concentration des besoins non satisfaits ; au-dessous de 0, les zones défavorisées en portent plus",
    ),
    MeasureDescription("contributions", "", "contributions", "contributions", "contributions"),
    MeasureDescription(
        "newcomers", "", "people", "people who contributed for the first time", "nouveaux contributeurs"
    ),
    MeasureDescription("hours", "", "h", "hours given", "heures données"),
    MeasureDescription(
        "share_by_busiest_tenth",
        "",
        "share",
        "contributions by the most active tenth (whole run)",
        "contributions du dixième le plus actif (toute la durée)",
    ),
    MeasureDescription(
        "gini_of_contributions",
        "",
        "1",
        "inequality between contributors (Gini, whole run)",
        "inégalité entre contributeurs (Gini, toute la durée)",
    ),
    MeasureDescription(
        "aware_share", "", "share", "people aware of the service at the end", "habitants au courant à la fin", False
    ),
    MeasureDescription("cost", "", "EUR", "cost per year", "coût par an", True),
)
