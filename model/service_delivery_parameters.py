"""How the administration delivers and pays: repair, last resort, checking, trust and costs."""

from __future__ import annotations

from .parameters import LeverNote, Parameter

__all__ = ["SERVICE_DELIVERY_PARAMETERS"]

SERVICE_DELIVERY_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="duplicate_detection",
        default=0.9,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        label_en="Duplicates recognised",
        label_fr="Doublons reconnus",
        help_en=(
            "Share of repeated reports of one defect that the platform recognises. More: agents travel less for "
            "nothing."
        ),
        help_fr=(
            "Part des signalements répétés d'un même défaut que la plateforme reconnaît. Plus elle est grande : "
            "moins de déplacements inutiles des agents."
        ),
        source="assumption: a map of open reports shown before sending",
        lever=LeverNote(
            "aggregation",
            "visits to places already known",
            "production",
            "none",
            "agents have time for every call",
            kinds=("report-and-repair",),
            elsewhere_en="only reports can be duplicates of one another",
            elsewhere_fr="seuls des signalements peuvent faire double emploi",
        ),
    ),
    Parameter(
        name="repair_capacity",
        default=12.0,
        unit="per 100000 inhabitants per working day",
        bounds=(0.0, 1000000.0),
        kind="lever",
        scope="service",
        label_en="Repairs that agents can make",
        label_fr="Réparations possibles par les agents",
        help_en="Repairs per 100,000 inhabitants and working day. More: shorter queues, at the cost of more agents.",
        help_fr=(
            "Réparations pour 100 000 habitants et par jour ouvré. Plus elle est grande : files plus courtes, "
            "au coût de davantage d'agents."
        ),
        source="assumption: about three quarters of the default needs",
        lever=LeverNote(
            "last resort",
            "repairs that agents can make",
            "production",
            "repair_capacity x repair_unit_cost on each working day",
            "nothing is reported",
            kinds=("report-and-repair",),
            elsewhere_en="only reports are followed by repairs of agents",
            elsewhere_fr="seuls les signalements sont suivis de réparations par des agents",
        ),
    ),
    Parameter(
        name="backstop_capacity",
        default=2.0,
        unit="per 100000 inhabitants per day",
        bounds=(0.0, 1000000.0),
        kind="lever",
        scope="service",
        label_en="Capacity of last resort",
        label_fr="Capacité de dernier recours",
        help_en=(
            "Units per 100,000 inhabitants and day that staff can deliver when citizens do not. More: fewer "
            "shortfalls, at a cost per unit."
        ),
        help_fr=(
            "Unités pour 100 000 habitants et par jour que les agents peuvent produire à défaut des citoyens. "
            "Plus elle est grande : moins de ruptures, à un coût par unité."
        ),
        source="assumption: about a fifth of the default needs",
        lever=LeverNote(
            "last resort",
            "needs that staff deliver in last resort",
            "administration",
            "backstop_unit_cost per unit delivered",
            "nothing waits",
        ),
    ),
    Parameter(
        name="backstop_wait",
        default=10,
        unit="d",
        bounds=(0.0, 365.0),
        kind="lever",
        scope="service",
        label_en="Days before the last resort",
        label_fr="Jours avant le dernier recours",
        help_en="Age of a need at which it goes to staff. More: citizens get more time, delays get longer.",
        help_fr=(
            "Âge d'un besoin auquel il passe aux agents. Plus il est grand : plus de temps aux citoyens, délais "
            "plus longs."
        ),
        source="assumption: within the delay of the norm",
        lever=LeverNote(
            "last resort",
            "age from which needs go to staff",
            "administration",
            "units delivered by staff",
            "backstop_capacity = 0",
        ),
    ),
    Parameter(
        name="backstop_lag",
        default=3,
        unit="d",
        bounds=(0.0, 365.0),
        scan=(1.0, 10.0),
        kind="assumption",
        scope="service",
        label_en="Days that the last resort takes",
        label_fr="Jours que prend le dernier recours",
        help_en="Days between the call to staff and delivery. More: the last resort comes later.",
        help_fr=(
            "Jours entre l'appel aux agents et la livraison. Plus il est grand : le dernier recours vient plus tard."
        ),
        source="assumption: three days",
    ),
    Parameter(
        name="backstop_error",
        default=0.02,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.0, 0.05),
        kind="assumption",
        scope="service",
        label_en="Errors of the last resort",
        label_fr="Erreurs du dernier recours",
        help_en="Share of what staff deliver that is wrong. More: lower quality.",
        help_fr="Part fausse de ce que produisent les agents. Plus elle est grande : qualité moindre.",
        source="assumption: two in a hundred",
    ),
    Parameter(
        name="checking_max",
        default=0.3,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        label_en="Most checking",
        label_fr="Contrôle maximal",
        help_en=(
            "Share of contributions that staff check when they do not trust citizens at all. More: fewer "
            "errors, more friction and cost."
        ),
        help_fr=(
            "Part des contributions contrôlées quand l'administration ne fait aucune confiance. Plus il est "
            "grand : moins d'erreurs, plus de démarches et de coûts."
        ),
        source="assumption: three in ten",
        lever=LeverNote(
            "trust",
            "share of contributions checked, and friction",
            "production",
            "checking x checking_unit_cost per task",
            "administration's trust is full",
        ),
    ),
    Parameter(
        name="checking_friction",
        default=1.0,
        unit="1",
        bounds=(0.0, 10.0),
        scan=(0.0, 3.0),
        kind="assumption",
        scope="service",
        label_en="Friction that checking adds",
        label_fr="Démarches ajoutées par le contrôle",
        help_en=(
            "Friction is multiplied by one plus this times the share checked. More: distrust loses more contributors."
        ),
        help_fr=(
            "Les démarches sont multipliées par un plus ce nombre fois la part contrôlée. Plus il est grand : "
            "la défiance fait perdre plus de contributeurs."
        ),
        source="assumption: full checking doubles friction",
    ),
    Parameter(
        name="checking_annoyance",
        default=0.0,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.0, 0.5),
        kind="assumption",
        scope="service",
        label_en="Checks taken for distrust",
        label_fr="Contrôles ressentis comme une défiance",
        help_en=(
            "Share of the people checked who take it for distrust: whatever became of their work, they are as "
            "disappointed as by a failure. More: distrust loses more contributors."
        ),
        help_fr=(
            "Part des personnes contrôlées qui y voient une marque de défiance : quelle que soit la suite donnée, "
            "elles sont aussi déçues que par un échec. Plus elle est grande : la défiance fait perdre plus de "
            "contributeurs."
        ),
        source=(
            "assumption: 0 unless a scenario says so; sign from Falk & Kosfeld 2006 (The Hidden Costs of Control): "
            "most people do less for whoever controls them"
        ),
    ),
    Parameter(
        name="administration_trust_start",
        default=0.5,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        label_en="Staff's trust at the start",
        label_fr="Confiance initiale des agents",
        help_en=(
            "Trust that the administration gives citizens on the first day, before it has seen their work. More: "
            "less checking at first."
        ),
        help_fr=(
            "Confiance que l'administration accorde aux citoyens le premier jour, avant d'avoir vu leur travail. "
            "Plus elle est grande : moins de contrôle au début."
        ),
        source="assumption: neither trust nor distrust",
        lever=LeverNote(
            chapter="acculturation",
            moves="administration_trust on the first day",
            phase="administration",
            cost="none by itself; fewer checks at checking_unit_cost each",
            idle="checking_max = 0",
        ),
    ),
    Parameter(
        name="administration_trust_step",
        default=0.02,
        unit="1 per day",
        bounds=(0.0, 0.3),
        scan=(0.005, 0.05),
        kind="assumption",
        scope="service",
        label_en="Speed of staff's trust",
        label_fr="Vitesse de la confiance des agents",
        help_en="How far one day's measured quality moves staff's trust. More: staff learn faster, both ways.",
        help_fr=(
            "De combien la qualité mesurée un jour déplace la confiance des agents. Plus elle est grande : ils "
            "apprennent plus vite, dans les deux sens."
        ),
        source="assumption: about a month to move half-way",
    ),
    Parameter(
        name="trust_on_delivery",
        default=0.0,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.0, 1.0),
        kind="assumption",
        scope="service",
        label_en="Staff judge citizens by the service too",
        label_fr="Jugement des citoyens sur le service aussi",
        help_en=(
            "How far a week under the norm lowers staff's trust, even when what citizens give is right. More: too few "
            "contributions breed distrust, as errors do."
        ),
        help_fr=(
            "Mesure dans laquelle une semaine sous la norme réduit la confiance des agents, même quand ce que donnent "
            "les citoyens est juste. Plus elle est grande : trop peu de contributions engendrent la défiance, comme "
            "les erreurs."
        ),
        source="assumption: 0 unless a scenario says so: staff see errors, and what is missing only if they look",
    ),
    Parameter(
        name="platform_cost",
        default=150000.0,
        unit="EUR/year",
        bounds=(0.0, 1000000000.0),
        scan=(50000.0, 400000.0),
        kind="assumption",
        scope="service",
        label_en="Cost of the platform",
        label_fr="Coût de la plateforme",
        help_en="Hosting, upkeep and running team, whatever the use. More: a more expensive service.",
        help_fr="Hébergement, entretien et équipe, quel que soit l'usage. Plus il est grand : service plus cher.",
        source="assumption: two to three people and hosting",
    ),
    Parameter(
        name="outreach_cost",
        default=0.2,
        unit="EUR/contact",
        bounds=(0.0, 1000000000.0),
        scan=(0.05, 1.0),
        kind="assumption",
        scope="service",
        label_en="Cost of one outreach contact",
        label_fr="Coût d'un contact d'information",
        help_en=(
            "Cost of a day of outreach: this, times inhabitants, times the daily chance of being reached. More: "
            "more expensive outreach."
        ),
        help_fr=(
            "Coût d'un jour d'information : ce montant, fois les habitants, fois la probabilité quotidienne "
            "d'être atteint. Plus il est grand : information plus chère."
        ),
        source="assumption: between a leaflet and a letter",
    ),
    Parameter(
        name="checking_unit_cost",
        default=2.0,
        unit="EUR",
        bounds=(0.0, 1000000000.0),
        scan=(1.0, 5.0),
        kind="assumption",
        scope="service",
        label_en="Cost of one check",
        label_fr="Coût d'un contrôle",
        help_en="Staff time for one contribution checked. More: more expensive distrust.",
        help_fr="Temps d'agent pour une contribution contrôlée. Plus il est grand : défiance plus chère.",
        source="assumption: four minutes of staff time",
    ),
    Parameter(
        name="feedback_unit_cost",
        default=0.5,
        unit="EUR",
        bounds=(0.0, 1000000000.0),
        scan=(0.1, 2.0),
        kind="assumption",
        scope="service",
        label_en="Cost of one answer",
        label_fr="Coût d'une réponse",
        help_en="Staff time for one answer to a contributor. More: more expensive acknowledgement.",
        help_fr="Temps d'agent pour une réponse à un contributeur. Plus il est grand : réponse plus chère.",
        source="assumption: one minute of staff time, mostly a template",
    ),
    Parameter(
        name="repair_unit_cost",
        default=60.0,
        unit="EUR",
        bounds=(0.0, 1000000000.0),
        scan=(30.0, 150.0),
        kind="assumption",
        scope="service",
        label_en="Cost of agents, per repair they could make",
        label_fr="Coût des agents, par réparation possible",
        help_en="Staff, travel and material for one repair that agents could make, made or not. More: more expensive.",
        help_fr="Agents, trajet et matériel pour une réparation possible, faite ou non. Plus il est grand : plus cher.",
        source="assumption: one and a half hours with a vehicle",
    ),
    Parameter(
        name="credit_unit_cost",
        default=8.0,
        unit="EUR/h",
        bounds=(0.0, 1000000000.0),
        scan=(2.0, 15.0),
        kind="assumption",
        scope="service",
        label_en="Cost of an hour of credit honoured",
        label_fr="Coût d'une heure de crédit honorée",
        help_en="What the administration pays for each credit hour spent. More: more expensive credits.",
        help_fr=(
            "Ce que paie l'administration pour chaque heure de crédit dépensée. Plus il est grand : crédits plus chers."
        ),
        source="assumption: entries, transport or lessons at marginal cost",
    ),
    Parameter(
        name="backstop_unit_cost",
        default=80.0,
        unit="EUR",
        bounds=(0.0, 1000000.0),
        scan=(40.0, 160.0),
        kind="assumption",
        scope="service",
        label_en="Cost of one unit of last resort",
        label_fr="Coût d'une unité de dernier recours",
        help_en="What one unit delivered by staff in last resort costs. More: a more expensive last resort.",
        help_fr=(
            "Ce que coûte une unité produite par les agents en dernier recours. Plus il est grand : dernier "
            "recours plus cher."
        ),
        source="assumption: a third above planned staff work",
    ),
)
