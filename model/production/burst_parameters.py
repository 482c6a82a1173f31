"""Parameters of the kind burst alone: one project that a shock calls for, and who is able to do it."""

from __future__ import annotations

from ..parameters import Parameter

__all__ = ["BURST_PARAMETERS"]

_KIND = ("burst",)

BURST_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="project_hours",
        default=75.0,
        unit="h per 1000 inhabitants",
        bounds=(0.0, 1000000.0),
        scan=(40.0, 150.0),
        kind="assumption",
        scope="service",
        production=_KIND,
        label_en="Work that the shock calls for",
        label_fr="Travail à faire après le choc",
        help_en="Hours of work per 1,000 inhabitants, done right at the first try. More: more people must come.",
        help_fr=(
            "Heures de travail pour 1 000 habitants, si tout est bien fait du premier coup. Plus elles sont "
            "nombreuses : plus de bras sont nécessaires."
        ),
        source=(
            "assumption: Polihale 2009, work valued at 200,000 USD, 90,000 of it machines to grade the road (Honolulu "
            "Advertiser): the rest at 22 USD an hour is 5,000 hours, on an island of 67,000"
        ),
    ),
    Parameter(
        name="project_day",
        default=20,
        unit="d",
        bounds=(0.0, 1094.0),
        kind="assumption",
        scope="service",
        production=_KIND,
        label_en="Day of the shock",
        label_fr="Jour du choc",
        help_en="Day of the simulation on which the work arises, 0 being the first. More: a longer quiet before.",
        help_fr=(
            "Jour de la simulation où le travail apparaît, 0 étant le premier. Plus il est grand : un calme plus long "
            "avant le choc."
        ),
        source="assumption: a few quiet weeks first, so that the burst is seen against them",
    ),
    Parameter(
        name="damaged_share",
        default=0.6,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.3, 1.0),
        kind="assumption",
        scope="service",
        production=_KIND,
        label_en="Zones that the shock strikes",
        label_fr="Zones touchées par le choc",
        help_en="Chance that a zone has a section to repair. More: the same work is spread over more sections.",
        help_fr=(
            "Probabilité qu'une zone ait un tronçon à réparer. Plus elle est grande : le même travail est réparti sur "
            "plus de tronçons."
        ),
        source="assumption: three communes in five, damage differing from one to the next",
    ),
    Parameter(
        name="skilled_work",
        default=0.25,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.1, 0.5),
        kind="assumption",
        scope="service",
        production=_KIND,
        label_en="Work that needs a skill",
        label_fr="Travail qui demande un métier",
        help_en="Share of the hours that only masons, drivers or welders can do. More: willing hands alone do not do.",
        help_fr=(
            "Part des heures que seuls maçons, conducteurs d'engins ou soudeurs peuvent faire. Plus elle est grande : "
            "la bonne volonté ne suffit plus."
        ),
        source="assumption: bridges, walls and machines against clearing and carrying",
    ),
    Parameter(
        name="skilled_people",
        default=0.2,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.08, 0.35),
        kind="assumption",
        scope="service",
        production=_KIND,
        label_en="Hours given by skilled people",
        label_fr="Heures données par des gens de métier",
        help_en="Share of the hours given that come from people with the skill. More: skilled work is done sooner.",
        help_fr=(
            "Part des heures données par des personnes du métier. Plus elle est grande : le travail qualifié avance "
            "plus vite."
        ),
        source="assumption: above the 7% of jobs that are in building, since such people come first to such work",
    ),
)
