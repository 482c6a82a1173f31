"""Parameters of the kind flow alone: panels on roofs, sun and clouds, what a neighbourhood can use."""

from __future__ import annotations

from ..parameters import LeverNote, Parameter

__all__ = ["FLOW_PARAMETERS"]

_KIND = ("flow",)

FLOW_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="roof_power",
        default=5.0,
        unit="kW",
        bounds=(0.0, 100.0),
        scan=(3.0, 7.0),
        kind="assumption",
        scope="service",
        production=_KIND,
        label_en="Panels on one roof",
        label_fr="Panneaux par toit",
        help_en="Peak power of the panels on one roof. More: each adoption yields more electricity.",
        help_fr="Puissance crête des panneaux d'un toit. Plus elle est grande : chaque adoption produit davantage.",
        source="Enedis, June 2023: 1,629 MW on 325,939 roofs of households and firms that use their own output",
    ),
    Parameter(
        name="sun_yield",
        default=1400.0,
        unit="kWh/kW/year",
        bounds=(0.0, 3000.0),
        scan=(1100.0, 1500.0),
        kind="assumption",
        scope="service",
        production=_KIND,
        label_en="What the sun gives in a year",
        label_fr="Ce que donne le soleil en un an",
        help_en="Electricity that one kW of panels makes in a mean year. More: the same roofs cover more demand.",
        help_fr=(
            "Électricité que produit un kW de panneaux en une année moyenne. Plus elle est grande : les mêmes toits "
            "couvrent une plus grande part de la demande."
        ),
        source="Corsica: a plant of 5 MW makes about 7,000 MWh a year (Corsica Sole, in France 3 Corse 2019)",
    ),
    Parameter(
        name="sun_season",
        default=0.5,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.4, 0.6),
        kind="assumption",
        scope="service",
        production=_KIND,
        label_en="Summer against winter sun",
        label_fr="Soleil d'été et soleil d'hiver",
        help_en=(
            "Share by which output on the longest day exceeds, and on the shortest falls under, the mean of the year. "
            "More: less in winter, more in summer."
        ),
        help_fr=(
            "Part dont la production du jour le plus long dépasse la moyenne de l'année, et dont celle du plus court "
            "lui est inférieure. Plus elle est grande : moins en hiver, plus en été."
        ),
        source=(
            "assumption: a third in December of what June gives; farther north it is a quarter (load of 5.2% in "
            "January, 20.8% in August 2016, RTE for Auvergne-Rhône-Alpes, in Enviscope)"
        ),
    ),
    Parameter(
        name="cloud_swing",
        default=0.9,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.6, 1.0),
        kind="assumption",
        scope="service",
        production=_KIND,
        label_en="Swing between cloud and sun",
        label_fr="Écart entre nuages et soleil",
        help_en="Most that a day's output can lie over or under its season's. More: weather matters more.",
        help_fr=(
            "Écart maximal de la production d'un jour à celle de la saison. Plus il est grand : la météo compte "
            "davantage."
        ),
        source="assumption: with three days of memory, a standard deviation of three tenths of the mean",
    ),
    Parameter(
        name="cloud_days",
        default=3,
        unit="d",
        bounds=(1.0, 30.0),
        scan=(1.0, 7.0),
        kind="assumption",
        scope="service",
        production=_KIND,
        label_en="Days that weather lasts",
        label_fr="Durée d'un type de temps",
        help_en="Days over which the state of the sky is remembered. More: cloud lasts longer, but swings less.",
        help_fr=(
            "Jours sur lesquels l'état du ciel se prolonge. Plus elle est grande : les nuages durent davantage, mais "
            "l'écart est moindre."
        ),
        source="assumption: a front passes in about three days",
    ),
    Parameter(
        name="roofs_at_start",
        default=4.8,
        unit="per 1000 inhabitants",
        bounds=(0.0, 500.0),
        scan=(2.0, 40.0),
        kind="assumption",
        scope="service",
        production=_KIND,
        label_en="Roofs with panels at the start",
        label_fr="Toits équipés au départ",
        help_en="Roofs of residents that carry panels on the first day. More: more output and more examples to see.",
        help_fr=(
            "Toits d'habitants déjà équipés le premier jour. Plus ils sont nombreux : plus de production et plus "
            "d'exemples sous les yeux."
        ),
        source="Enedis, June 2023: 325,939 roofs that use their own output, for 68 million inhabitants",
    ),
    Parameter(
        name="public_roofs",
        default=0.0,
        unit="per 1000 inhabitants",
        bounds=(0.0, 100.0),
        kind="lever",
        scope="service",
        production=_KIND,
        label_en="Panels on public roofs",
        label_fr="Panneaux sur les toits publics",
        help_en=(
            "Roofs of schools and town halls that the administration fits in every zone before the start. More: more "
            "output, and an example that everybody sees."
        ),
        help_fr=(
            "Toits d'écoles et de mairies équipés par l'administration dans chaque zone avant le départ. Plus ils sont "
            "nombreux : plus de production, et un exemple que chacun voit."
        ),
        source="assumption: none before a lever is moved",
        lever=LeverNote(
            chapter="visibility",
            moves="roofs that produce, and the share of roofs that neighbours see with panels",
            phase="production",
            cost="public_roofs x inhabitants / 1000 x public_roof_cost",
            idle="as an example, when conditional_strength = 0",
        ),
    ),
    Parameter(
        name="public_roof_cost",
        default=600.0,
        unit="EUR/year",
        bounds=(0.0, 1000000.0),
        scan=(300.0, 1000.0),
        kind="assumption",
        scope="service",
        production=_KIND,
        label_en="Cost of one public roof",
        label_fr="Coût d'un toit public",
        help_en="Panels, works and upkeep of one public roof, spread over its life. More: a more expensive example.",
        help_fr=(
            "Panneaux, travaux et entretien d'un toit public, étalés sur sa durée de vie. Plus il est grand : un "
            "exemple plus cher."
        ),
        source="assumption: 10,000 EUR for 5 kW over twenty years, and upkeep",
    ),
    Parameter(
        name="daylight_share",
        default=0.4,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.3, 0.6),
        kind="assumption",
        scope="service",
        production=_KIND,
        label_en="Demand while the sun shines",
        label_fr="Demande aux heures de soleil",
        help_en=(
            "Share of a day's demand that falls in sunny hours, water heaters moved to noon included. More: less of "
            "the output is surplus."
        ),
        help_fr=(
            "Part de la demande du jour située aux heures de soleil, chauffe-eau déplacés à midi compris. Plus elle "
            "est grande : moins de production en surplus."
        ),
        source="assumption: ten hours of twenty-four, with evening peaks outside them",
    ),
    Parameter(
        name="surplus_shared",
        default=0.0,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        production=_KIND,
        label_en="Surplus shared between zones",
        label_fr="Surplus partagé entre zones",
        help_en=(
            "Share of what a zone's roofs make beyond its own use that an energy community gives to other zones; the "
            "rest is lost. More: less is lost."
        ),
        help_fr=(
            "Part du surplus des toits d'une zone qu'une communauté d'énergie donne aux autres zones ; le reste est "
            "perdu. Plus elle est grande : moins de pertes."
        ),
        source="assumption: no energy community before a lever is moved",
        lever=LeverNote(
            chapter="aggregation",
            moves="surplus that serves other zones",
            phase="production",
            cost="units shared x sharing_unit_cost",
            idle="when no zone has a surplus",
        ),
    ),
    Parameter(
        name="sharing_unit_cost",
        default=0.3,
        unit="EUR",
        bounds=(0.0, 1000.0),
        scan=(0.1, 0.6),
        kind="assumption",
        scope="service",
        production=_KIND,
        label_en="Cost of one unit shared",
        label_fr="Coût d'une unité partagée",
        help_en="Meters, accounts and use of the network for one unit of surplus shared. More: more expensive sharing.",
        help_fr=(
            "Comptage, gestion et usage du réseau pour une unité de surplus partagée. Plus il est grand : partage plus "
            "cher."
        ),
        source="assumption: three cents per kWh",
    ),
    Parameter(
        name="unit_energy",
        default=10.0,
        unit="kWh",
        bounds=(0.1, 10000.0),
        kind="assumption",
        scope="service",
        production=_KIND,
        label_en="Electricity in one unit",
        label_fr="Électricité d'une unité",
        help_en="What one unit of demand stands for. More: needs and costs are counted in larger lumps.",
        help_fr=(
            "Ce que représente une unité de demande. Plus elle est grande : besoins et coûts sont comptés par lots "
            "plus gros."
        ),
        source="assumption: a convention, a little over half of what a household uses in a day",
    ),
)
