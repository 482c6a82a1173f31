"""What a service owes and to how many: norms and needs."""

from __future__ import annotations

from .parameters import Parameter

__all__ = ["SERVICE_NORM_PARAMETERS"]

SERVICE_NORM_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="norm_error",
        default=0.1,
        unit="1",
        bounds=(0.0, 1.0),
        kind="norm",
        scope="service",
        label_en="Error that the norm accepts",
        label_fr="Erreur admise par la norme",
        help_en="Largest share of wrong results over a year. More: a laxer norm.",
        help_fr="Plus grande part de résultats faux sur un an. Plus elle est grande : norme moins exigeante.",
        source="assumption: a norm is a decision of the administration; one error in ten is a starting point",
    ),
    Parameter(
        name="norm_share_in_time",
        default=0.8,
        unit="1",
        bounds=(0.0, 1.0),
        kind="norm",
        scope="service",
        label_en="Share to deliver in time",
        label_fr="Part à rendre dans les délais",
        help_en="Share of needs that must be met within the delay. More: a stricter norm.",
        help_fr="Part des besoins à satisfaire dans le délai. Plus elle est grande : norme plus exigeante.",
        source="assumption: a norm is a decision of the administration; four needs in five is a starting point",
    ),
    Parameter(
        name="norm_delay",
        default=14,
        unit="d",
        bounds=(1.0, 365.0),
        kind="norm",
        scope="service",
        label_en="Delay that the norm grants",
        label_fr="Délai accordé par la norme",
        help_en="Days after a need arises within which it must be met. More: a laxer norm.",
        help_fr="Jours après l'apparition d'un besoin pour le satisfaire. Plus il est grand : norme moins exigeante.",
        source="assumption: a norm is a decision of the administration; two weeks is a starting point",
    ),
    Parameter(
        name="norm_zone_floor",
        default=0.6,
        unit="1",
        bounds=(0.0, 1.0),
        kind="norm",
        scope="service",
        label_en="Floor in every zone",
        label_fr="Plancher dans chaque zone",
        help_en="Least share in time that every zone must reach over a year. More: a stricter norm of equality.",
        help_fr=(
            "Part minimale dans les délais que chaque zone doit atteindre sur un an. Plus il est grand : "
            "exigence d'égalité plus forte."
        ),
        source="assumption: a norm is a decision of the administration; three quarters of the general norm",
    ),
    Parameter(
        name="shortfall_days",
        default=14,
        unit="d",
        bounds=(1.0, 365.0),
        kind="norm",
        scope="service",
        label_en="Days under the norm that break continuity",
        label_fr="Jours sous la norme qui rompent la continuité",
        help_en=(
            "Continuity is broken when the 7-day share in time stays under the norm for that many days running. "
            "More: a laxer reading."
        ),
        help_fr=(
            "La continuité est rompue quand la part dans les délais sur 7 jours reste sous la norme autant de "
            "jours d'affilée. Plus il est grand : lecture moins sévère."
        ),
        source="assumption: two weeks, as long as the delay itself",
    ),
    Parameter(
        name="norm_population_share",
        default=0.05,
        unit="1",
        bounds=(0.0, 1.0),
        kind="norm",
        scope="service",
        label_en="Population that may live under the floor",
        label_fr="Population tolérée sous le plancher",
        help_en=(
            "Universality is broken when a larger share of people lives in zones under the floor. More: a laxer "
            "reading."
        ),
        help_fr=(
            "L'égalité est rompue quand une plus grande part des habitants vit dans des zones sous le "
            "plancher. Plus elle est grande : lecture moins sévère."
        ),
        source="assumption: one inhabitant in twenty",
    ),
    Parameter(
        name="needs_rate",
        default=40.0,
        unit="per 1000 inhabitants per year",
        bounds=(0.0, 1000000.0),
        scan=(20.0, 80.0),
        kind="assumption",
        scope="service",
        label_en="Needs that arise",
        label_fr="Besoins qui apparaissent",
        help_en=(
            "Units of service needed per 1,000 inhabitants and year, reported or not. More: a heavier load for "
            "the same people."
        ),
        help_fr=(
            "Unités de service nécessaires pour 1 000 habitants et par an, signalées ou non. Plus il est "
            "grand : plus de charge pour autant d'habitants."
        ),
        source=(
            "assumption: above the 27 reports per 1,000 inhabitants of Paris in 2015 (QE 2014-19), since not "
            "every need is reported"
        ),
    ),
    Parameter(
        name="season_amplitude",
        default=0.2,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.0, 0.5),
        kind="assumption",
        scope="service",
        label_en="Swing of the seasons",
        label_fr="Ampleur des saisons",
        help_en="How far needs rise above and fall below their mean over the year. More: heavier peaks.",
        help_fr=(
            "De combien les besoins dépassent leur moyenne, puis passent dessous, au cours de l'année. Plus "
            "elle est grande : des pointes plus fortes."
        ),
        source="assumption: a fifth above and below the mean",
    ),
    Parameter(
        name="season_peak_day",
        default=15,
        unit="day of year",
        bounds=(1.0, 365.0),
        kind="assumption",
        scope="service",
        label_en="Day of the yearly peak",
        label_fr="Jour de la pointe annuelle",
        help_en="Day of the year on which most needs arise. More: the peak comes later in the year.",
        help_fr=(
            "Jour de l'année où apparaissent le plus de besoins. Plus il est grand : la pointe vient plus tard "
            "dans l'année."
        ),
        source="assumption: mid-January, when frost and rain damage roads",
    ),
    Parameter(
        name="weekend_factor",
        default=1.0,
        unit="1",
        bounds=(0.0, 10.0),
        scan=(0.5, 2.0),
        kind="assumption",
        scope="service",
        label_en="Needs at weekends",
        label_fr="Besoins en fin de semaine",
        help_en="Needs that arise on a Saturday or Sunday against a weekday. More: weekends weigh more.",
        help_fr=(
            "Besoins apparus un samedi ou un dimanche, par rapport à un jour de semaine. Plus il est grand : "
            "les fins de semaine pèsent plus."
        ),
        source="assumption: defects know no weekends",
    ),
    Parameter(
        name="need_deprivation_slope",
        default=0.0,
        unit="1",
        bounds=(0.0, 5.0),
        scan=(0.0, 2.0),
        kind="assumption",
        scope="service",
        label_en="Extra need where people are poorer",
        label_fr="Surcroît de besoin là où l'on est plus pauvre",
        help_en=(
            "Needs are multiplied by one plus this times the zone's deprivation above the mean. More: poorer "
            "zones need more."
        ),
        help_fr=(
            "Les besoins sont multipliés par un plus ce nombre fois l'écart de la zone à la précarité moyenne. "
            "Plus il est grand : plus de besoins là où l'on est plus pauvre."
        ),
        source=(
            "assumption: 0, since most territories lack the deprivation column; mySociety 2019 shows that need "
            "is higher in poor areas"
        ),
    ),
    Parameter(
        name="pooled",
        default=False,
        unit="1",
        kind="assumption",
        scope="service",
        label_en="One common pool of tasks",
        label_fr="Tâches mises en commun",
        help_en="Yes: anyone may do any zone's task, as online. No: people serve their own zone.",
        help_fr=(
            "Oui : chacun peut faire la tâche de n'importe quelle zone, comme en ligne. Non : chacun sert sa zone."
        ),
        source="assumption: follows from the kind of service",
    ),
    Parameter(
        name="need_lifetime",
        default=90,
        unit="d",
        bounds=(1.0, 365.0),
        scan=(30.0, 180.0),
        kind="assumption",
        scope="service",
        label_en="Days after which a need lapses",
        label_fr="Jours au bout desquels un besoin s'éteint",
        help_en=(
            "A need still unmet after that many days is counted as lapsed; it must exceed the delay. More: "
            "longer queues."
        ),
        help_fr=(
            "Un besoin encore insatisfait après ce nombre de jours est compté comme éteint ; il doit dépasser "
            "le délai. Plus il est grand : files plus longues."
        ),
        source="assumption: three months; people then do without or arrange otherwise",
    ),
)
