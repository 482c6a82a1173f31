"""How the administration alone would do the work of a service."""

from __future__ import annotations

from .parameters import Parameter

__all__ = ["ADMINISTRATION_ONLY_PARAMETERS"]

ADMINISTRATION_ONLY_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="staff_capacity",
        default=6.0,
        unit="per 100000 inhabitants per day",
        bounds=(0.0, 1000000.0),
        scan=(2.0, 12.0),
        kind="assumption",
        scope="administration_only",
        label_en="Capacity of staff",
        label_fr="Capacité des agents",
        help_en=(
            "Units per 100,000 inhabitants and day that staff can deliver alone. More: shorter delays, at a "
            "cost whether used or not."
        ),
        help_fr=(
            "Unités pour 100 000 habitants et par jour que les agents peuvent produire seuls. Plus elle est "
            "grande : délais plus courts, à un coût même sans emploi."
        ),
        source="assumption: about half of the default needs; each scenario sets its own with a source",
    ),
    Parameter(
        name="detection_share",
        default=0.02,
        unit="1/day",
        bounds=(0.0, 1.0),
        scan=(0.005, 0.1),
        kind="assumption",
        scope="administration_only",
        label_en="Needs that staff find per day",
        label_fr="Besoins trouvés chaque jour par les agents",
        help_en=(
            "Share of the needs not yet known that staff find each day; 1 for work that needs no finding. More: "
            "the administration sees more."
        ),
        help_fr=(
            "Part des besoins encore inconnus que les agents trouvent chaque jour ; 1 pour un travail qui n'est "
            "pas à chercher. Plus elle est grande : l'administration voit mieux."
        ),
        source="assumption: a round of every place about every seven weeks",
    ),
    Parameter(
        name="staff_lag",
        default=5,
        unit="d",
        bounds=(0.0, 365.0),
        scan=(1.0, 15.0),
        kind="assumption",
        scope="administration_only",
        label_en="Days that staff take",
        label_fr="Jours que prennent les agents",
        help_en="Days before staff can have met a need that arises, when capacity is free. More: later delivery.",
        help_fr=(
            "Jours avant que les agents puissent avoir répondu à un besoin qui apparaît, à capacité libre. Plus il est "
            "grand : livraison plus tardive."
        ),
        source="assumption: a working week",
    ),
    Parameter(
        name="staff_unit_cost",
        default=60.0,
        unit="EUR per unit of capacity",
        bounds=(0.0, 1000000.0),
        scan=(30.0, 120.0),
        kind="assumption",
        scope="administration_only",
        label_en="Cost of one unit of capacity",
        label_fr="Coût d'une unité de capacité",
        help_en="What capacity for one unit costs, used or not. More: a more expensive administration.",
        help_fr=(
            "Ce que coûte la capacité d'une unité, employée ou non. Plus il est grand : administration plus chère."
        ),
        source="assumption: one and a half hours with a vehicle, as for a repair",
    ),
    Parameter(
        name="fixed_cost",
        default=0.0,
        unit="EUR/year",
        bounds=(0.0, 1000000000.0),
        scan=(0.0, 200000.0),
        kind="assumption",
        scope="administration_only",
        label_en="Fixed cost of staff work",
        label_fr="Coût fixe du travail des agents",
        help_en="Cost of tools and management that does not depend on volume. More: a more expensive administration.",
        help_fr=(
            "Coût d'outils et d'encadrement indépendant du volume. Plus il est grand : administration plus chère."
        ),
        source="assumption: 0, tools and management exist anyway",
    ),
    Parameter(
        name="staff_error",
        default=0.02,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.0, 0.05),
        kind="assumption",
        scope="administration_only",
        label_en="Errors of staff",
        label_fr="Erreurs des agents",
        help_en="Share of what staff deliver that is wrong. More: lower quality.",
        help_fr="Part fausse de ce que produisent les agents. Plus elle est grande : qualité moindre.",
        source="assumption: two in a hundred",
    ),
)
