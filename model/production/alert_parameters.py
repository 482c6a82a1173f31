"""Parameters of alerts: who is alerted and helps, how fast, and the ambulance's clock."""

from __future__ import annotations

from ..parameters import LeverNote, Parameter

__all__ = ["ALERT_PARAMETERS"]

ALERT_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="target_minutes",
        default=10.0,
        unit="min",
        bounds=(1.0, 120.0),
        kind="norm",
        scope="service",
        production=("alert",),
        label_en="Target minutes",
        label_fr="Délai visé en minutes",
        help_en="Minutes from the call within which somebody able to act must be on the scene. More: a laxer norm.",
        help_fr=(
            "Minutes après l'appel au bout desquelles quelqu'un qui sait agir doit être sur place. Plus il est "
            "grand : norme moins exigeante."
        ),
        source=(
            "assumption: a norm is a decision; survival falls by about a tenth with each minute without cardiac massage"
        ),
    ),
    Parameter(
        name="alert_radius_km",
        default=0.8,
        unit="km",
        bounds=(0.05, 20.0),
        kind="lever",
        scope="service",
        production=("alert",),
        label_en="Alert radius",
        label_fr="Rayon d'alerte",
        help_en=(
            "People within that distance of an incident, as the crow flies, are alerted. More: more helpers, farther "
            "away, and everybody is alerted more often."
        ),
        help_fr=(
            "Les personnes situées à cette distance de l'incident, à vol d'oiseau, sont alertées. Plus il est grand : "
            "plus d'aides, plus loin, et chacun est alerté plus souvent."
        ),
        source="ten minutes on foot (SAUV Life); 1.8 km in Copenhagen (Andelius et al. 2020)",
        lever=LeverNote(
            chapter="visibility",
            moves="prompts, by who lives within reach",
            phase="demand",
            cost="none; it tires people where prompt_burden > 0",
            idle="when nobody knows the service",
        ),
    ),
    Parameter(
        name="activation_share",
        default=0.575,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        production=("alert",),
        label_en="Incidents for which the alert is sent",
        label_fr="Incidents pour lesquels l'alerte est déclenchée",
        help_en=(
            "Share of eligible incidents for which the dispatcher alerts the platform. More: more incidents reach "
            "citizens."
        ),
        help_fr=(
            "Part des incidents éligibles pour lesquels le régulateur déclenche la plateforme. Plus elle est grande : "
            "plus d'incidents parviennent aux citoyens."
        ),
        source=(
            "57.5% of eligible cases, 13 to 100% by dispatcher (medRxiv 2024); moving it costs nothing here: assumption"
        ),
        lever=LeverNote(
            chapter="acculturation",
            moves="incidents that citizens hear of",
            phase="demand",
            cost="none",
            idle="when nobody knows the service",
        ),
    ),
    Parameter(
        name="trained_share",
        default=0.5,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        production=("alert",),
        label_en="Volunteers who are trained",
        label_fr="Volontaires formés",
        help_en=(
            "Share of volunteers who can act when they arrive; the others count for nothing. More: more arrivals "
            "help, at the cost of training those beyond the share trained already."
        ),
        help_fr=(
            "Part des volontaires qui savent agir une fois sur place ; les autres ne comptent pas. Plus elle est "
            "grande : plus d'arrivées sont utiles, moyennant la formation de ceux qui dépassent la part déjà formée."
        ),
        source=(
            "about one person in two has had some first-aid training (Fédération française de cardiologie); that "
            "volunteers are like others is an assumption"
        ),
        lever=LeverNote(
            chapter="means",
            moves="whether who arrives can act",
            phase="production",
            cost="max(0, trained_share - trained_already) x people aware x training_cost a year",
            idle="when nobody answers",
        ),
    ),
    Parameter(
        name="trained_already",
        default=0.5,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.3, 0.8),
        kind="assumption",
        scope="service",
        production=("alert",),
        label_en="Volunteers trained beforehand",
        label_fr="Volontaires déjà formés",
        help_en=(
            "Share of volunteers whom somebody else has trained, at no cost to the service. More: training is cheaper."
        ),
        help_fr=(
            "Part des volontaires formés par ailleurs, sans frais pour le service. Plus elle est grande : former "
            "coûte moins cher."
        ),
        source="assumption: as many as in the whole population",
    ),
    Parameter(
        name="training_cost",
        default=20.0,
        unit="EUR/year",
        bounds=(0.0, 10000.0),
        scan=(10.0, 60.0),
        kind="assumption",
        scope="service",
        production=("alert",),
        label_en="Cost of keeping a volunteer trained",
        label_fr="Coût du maintien d'un volontaire formé",
        help_en="Yearly cost per volunteer trained by the service. More: training is more expensive.",
        help_fr="Coût annuel par volontaire que le service forme. Plus il est grand : former coûte plus cher.",
        source="assumption: a course of EUR 60 renewed every three years",
    ),
    Parameter(
        name="arrival_share",
        default=0.7,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.5, 0.9),
        kind="assumption",
        scope="service",
        production=("alert",),
        label_en="People who set out and arrive",
        label_fr="Personnes parties qui arrivent",
        help_en="Share of those who set out who really reach the scene. More: fewer are lost on the way.",
        help_fr=(
            "Part de ceux qui partent et atteignent réellement les lieux. Plus elle est grande : moins se perdent en "
            "route."
        ),
        source="70% of those who went arrived (PulsePoint survey, Critical Care)",
    ),
    Parameter(
        name="useful_arrivals",
        default=2,
        unit="people",
        bounds=(1.0, 20.0),
        scan=(1.0, 4.0),
        kind="assumption",
        scope="service",
        production=("alert",),
        label_en="People needed at an incident",
        label_fr="Personnes nécessaires sur un incident",
        help_en=(
            "Trained people who are of use at one incident; those who come after them are one too many. More: fewer "
            "arrivals are wasted."
        ),
        help_fr=(
            "Personnes formées utiles sur un même incident ; qui arrive ensuite est de trop. Plus il est grand : "
            "moins d'arrivées sont perdues."
        ),
        source="assumption: one for the massage, one for the defibrillator",
    ),
    Parameter(
        name="dispatch_minutes",
        default=2.5,
        unit="min",
        bounds=(0.0, 60.0),
        scan=(1.5, 4.0),
        kind="assumption",
        scope="service",
        production=("alert",),
        label_en="Minutes to handle the call",
        label_fr="Minutes de traitement de l'appel",
        help_en="Minutes from the call until crews and people are alerted. More: everybody is later.",
        help_fr=(
            "Minutes entre l'appel et l'alerte donnée aux équipages comme aux citoyens. Plus il est grand : tous "
            "arrivent plus tard."
        ),
        source="2 min 28 s in France in 2022 (question 15548 to the National Assembly)",
    ),
    Parameter(
        name="mobilisation_minutes",
        default=1.5,
        unit="min",
        bounds=(0.0, 60.0),
        scan=(0.5, 3.0),
        kind="assumption",
        scope="service",
        production=("alert",),
        label_en="Minutes to set out",
        label_fr="Minutes pour se mettre en route",
        help_en="Minutes from the alert until a person who answers is on the way. More: citizens are later.",
        help_fr=(
            "Minutes entre l'alerte et le départ de la personne qui répond. Plus il est grand : les citoyens arrivent "
            "plus tard."
        ),
        source="assumption: reading the alert, accepting it and leaving the house",
    ),
    Parameter(
        name="responder_speed",
        default=10.0,
        unit="km/h",
        bounds=(1.0, 80.0),
        scan=(6.0, 14.0),
        kind="assumption",
        scope="service",
        production=("alert",),
        label_en="Speed of those who answer",
        label_fr="Vitesse de ceux qui répondent",
        help_en="Kilometres per hour as the crow flies, detours included. More: citizens arrive sooner.",
        help_fr=(
            "Kilomètres à l'heure à vol d'oiseau, détours compris. Plus elle est grande : les citoyens arrivent plus "
            "tôt."
        ),
        source=(
            "set so that with the radius of Copenhagen and an ambulance of seven minutes, which is an assumption, "
            "somebody in Amiens is there before it in 35 to 42% of alerts, as observed (Andelius et al. 2020, 2023)"
        ),
    ),
    Parameter(
        name="core_share",
        default=0.7,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.4, 0.9),
        kind="assumption",
        scope="service",
        production=("alert",),
        label_en="People who live in the built-up core",
        label_fr="Habitants du bourg",
        help_en=(
            "Share of a zone's people, and of its incidents, in its built-up core; the others are spread over its "
            "whole area. More: in villages people live nearer to one another."
        ),
        help_fr=(
            "Part des habitants d'une zone, et de ses incidents, situés dans le bourg ; les autres sont répartis sur "
            "toute sa surface. Plus elle est grande : dans les villages on vit plus près les uns des autres."
        ),
        source="assumption: most inhabitants of a rural commune live in the village, some in hamlets",
    ),
    Parameter(
        name="core_density",
        default=1500.0,
        unit="people/km2",
        bounds=(50.0, 50000.0),
        scan=(700.0, 3000.0),
        kind="assumption",
        scope="service",
        production=("alert",),
        label_en="Density of the built-up core",
        label_fr="Densité du bourg",
        help_en=(
            "Inhabitants per square kilometre of the built-up core; denser zones are built up throughout. More: "
            "smaller villages, where people live nearer to one another."
        ),
        help_fr=(
            "Habitants au kilomètre carré dans le bourg ; les zones plus denses sont bâties partout. Plus elle est "
            "grande : des bourgs plus ramassés, où l'on vit plus près les uns des autres."
        ),
        source="assumption: detached houses on plots of about 1,000 square metres, with streets",
    ),
    Parameter(
        name="ambulance_minutes",
        default=10.0,
        unit="min",
        bounds=(0.5, 240.0),
        scan=(7.0, 13.0),
        kind="assumption",
        scope="service",
        production=("alert",),
        label_en="Ambulance's minutes on the road",
        label_fr="Minutes de route de l'ambulance",
        help_en=(
            "Median minutes from the dispatch to the scene where 1,000 people live on a square kilometre, with the "
            "usual number of crews. More: the ambulance is later."
        ),
        help_fr=(
            "Minutes médianes entre le départ et l'arrivée là où vivent 1 000 habitants au kilomètre carré, avec le "
            "nombre habituel d'équipages. Plus il est grand : l'ambulance arrive plus tard."
        ),
        source=(
            "set so that the mean over France is near the 12 min 24 s on the road of 2022 (question 15548 to the "
            "National Assembly), with under 10 minutes in all in Paris (Que Choisir 2017)"
        ),
    ),
    Parameter(
        name="ambulance_density_exponent",
        default=0.1,
        unit="1",
        bounds=(0.0, 1.5),
        scan=(0.05, 0.2),
        kind="assumption",
        scope="service",
        production=("alert",),
        label_en="Effect of density on the ambulance",
        label_fr="Effet de la densité sur l'ambulance",
        help_en="Exponent by which minutes on the road rise as density falls. More: the countryside waits longer.",
        help_fr=(
            "Exposant selon lequel les minutes de route augmentent quand la densité baisse. Plus il est grand : la "
            "campagne attend davantage."
        ),
        source="assumption: Paris under 10 minutes in all and rural departments 15 to 17",
    ),
    Parameter(
        name="ambulance_log_sd",
        default=0.35,
        unit="1",
        bounds=(0.0, 2.0),
        scan=(0.2, 0.6),
        kind="assumption",
        scope="service",
        production=("alert",),
        label_en="Spread of the ambulance's minutes",
        label_fr="Dispersion des minutes de l'ambulance",
        help_en=(
            "Standard deviation of the logarithm of minutes on the road at one place. More: some ambulances are very "
            "quick, some very late."
        ),
        help_fr=(
            "Écart-type du logarithme des minutes de route en un même lieu. Plus il est grand : certaines ambulances "
            "sont très rapides, d'autres très tardives."
        ),
        source="assumption: two ambulances in three within a factor of 1.4 of the median",
    ),
    Parameter(
        name="ambulance_reference",
        default=240.0,
        unit="per 100000 inhabitants per day",
        bounds=(1.0, 100000.0),
        scan=(150.0, 400.0),
        kind="assumption",
        scope="service",
        production=("alert",),
        label_en="Ambulance hours at which the clock holds",
        label_fr="Heures d'ambulance auxquelles vaut cette horloge",
        help_en=(
            "Hours of crews on duty, per 100,000 inhabitants and day, with which the ambulance takes its usual time; "
            "with fewer, distances grow as the inverse square root. More: the same crews are farther away."
        ),
        help_fr=(
            "Heures d'équipage de garde, pour 100 000 habitants et par jour, avec lesquelles l'ambulance met son "
            "temps habituel ; avec moins, les distances croissent comme l'inverse de la racine carrée. Plus il est "
            "grand : les mêmes équipages sont plus loin."
        ),
        source=(
            "square-root law of Kolesar & Blum 1973; ten crews round the clock per 100,000 inhabitants are an "
            "assumption"
        ),
    ),
)
