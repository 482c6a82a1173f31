"""What outcomes do to citizens: staying, efficacy and trust; and the prompts they meet."""

from __future__ import annotations

from .parameters import Parameter

__all__ = ["CITIZEN_FEEDBACK_PARAMETERS"]

CITIZEN_FEEDBACK_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="exposure_log_sd",
        default=0.8,
        unit="1",
        bounds=(0.0, 3.0),
        scan=(0.4, 1.2),
        kind="assumption",
        scope="citizens",
        label_en="Spread of exposure to needs",
        label_fr="Dispersion de l'exposition aux besoins",
        help_en=(
            "Standard deviation of the logarithm of how often people walk past a need. More: a few people meet "
            "most needs."
        ),
        help_fr=(
            "Écart-type du logarithme de la fréquence à laquelle chacun croise un besoin. Plus il est grand : "
            "quelques personnes croisent la plupart des besoins."
        ),
        source="assumption: the most exposed tenth meet at least eight times as many needs as the least exposed",
    ),
    Parameter(
        name="drop_out_devotion_exponent",
        default=0.35,
        unit="1",
        bounds=(0.0, 2.0),
        scan=(0.2, 0.5),
        kind="assumption",
        scope="citizens",
        label_en="Protection that devotion gives against leaving",
        label_fr="Protection du dévouement contre le départ",
        help_en=(
            "Exponent by which devotion lowers the chance of leaving. More: the devoted stay much longer than others."
        ),
        help_fr=(
            "Exposant par lequel le dévouement réduit le risque de départ. Plus il est grand : les plus dévoués "
            "restent bien plus longtemps."
        ),
        source="fitted on contribution histories (retention ratio and launch cohort of Snapshot Serengeti)",
    ),
    Parameter(
        name="drop_out_settles",
        default=True,
        unit="1",
        kind="constant",
        scope="citizens",
        label_en="The chance of leaving falls with each contribution",
        label_fr="Le risque de départ diminue à chaque contribution",
        help_en=(
            "After the n-th contribution the chance of leaving is divided by n. No: it stays what it was after the "
            "first, as in a model of constant drop-out, which contribution histories contradict."
        ),
        help_fr=(
            "Après la n-ième contribution, le risque de départ est divisé par n. Non\u202f: il reste celui de la "
            "première fois, comme dans un modèle à départ constant, que les historiques de contributions contredisent."
        ),
        source="fitted on contribution histories; a negative control of docs/reference/evidence_table.md turns it off",
    ),
    Parameter(
        name="efficacy_step",
        default=0.3,
        unit="1",
        bounds=(0.0, 0.6),
        scan=(0.1, 0.5),
        kind="assumption",
        scope="citizens",
        label_en="Sense of efficacy gained by a success",
        label_fr="Sentiment d'efficacité gagné par un succès",
        help_en=(
            "Share of the way to full efficacy that one acknowledged success covers. More: results convince faster."
        ),
        help_fr=(
            "Part du chemin vers la pleine efficacité que couvre un succès annoncé. Plus il est grand : les "
            "résultats convainquent plus vite."
        ),
        source="assumption: sign from Sjoberg, Mellon & Peixoto 2017, size assumed",
    ),
    Parameter(
        name="trust_step",
        default=0.15,
        unit="1",
        bounds=(0.0, 0.6),
        scan=(0.05, 0.3),
        kind="assumption",
        scope="citizens",
        label_en="Trust gained by a success",
        label_fr="Confiance gagnée par un succès",
        help_en=(
            "Share of the way to full trust that one acknowledged success covers. More: trust is won, and lost, faster."
        ),
        help_fr=(
            "Part du chemin vers la pleine confiance que couvre un succès annoncé. Plus il est grand : la "
            "confiance se gagne, et se perd, plus vite."
        ),
        source="assumption: trust moves half as fast as the sense of efficacy",
    ),
    Parameter(
        name="disappointment_ratio",
        default=1.5,
        unit="1",
        bounds=(1.0, 3.0),
        scan=(1.0, 3.0),
        kind="assumption",
        scope="citizens",
        label_en="Disappointment against success",
        label_fr="Déception par rapport au succès",
        help_en="How many times more a failure or a silence moves people than a success. More: silence costs more.",
        help_fr=(
            "Combien de fois plus un échec ou un silence marque qu'un succès. Plus il est grand : le silence "
            "coûte plus cher."
        ),
        source="sign from studies of negative experience with services; 1.5 is an assumption",
    ),
    Parameter(
        name="efficacy_drop_out",
        default=0.75,
        unit="1",
        bounds=(0.0, 3.0),
        scan=(0.5, 0.95),
        kind="assumption",
        scope="citizens",
        label_en="Effect of efficacy on staying",
        label_fr="Effet de l'efficacité sur la fidélité",
        help_en="How much the sense of being effective lowers the chance of leaving. More: results keep people.",
        help_fr=(
            "De combien le sentiment d'être efficace réduit le risque de départ. Plus il est grand : les "
            "résultats fidélisent."
        ),
        source="fitted on Sjoberg, Mellon & Peixoto 2017 (first report fixed: second one 57% likelier)",
    ),
    Parameter(
        name="efficacy_half_life",
        default=365.0,
        unit="d",
        bounds=(1.0, 3650.0),
        scan=(90.0, 1460.0),
        kind="assumption",
        scope="citizens",
        label_en="Half-life of the sense of efficacy",
        label_fr="Demi-vie du sentiment d'efficacité",
        help_en=(
            "Days without experience after which half of its distance to the starting level is forgotten. More: "
            "people remember longer."
        ),
        help_fr=(
            "Jours sans expérience au bout desquels la moitié de l'écart au niveau de départ est oubliée. Plus "
            "elle est grande : on se souvient plus longtemps."
        ),
        source="assumption: one year",
    ),
    Parameter(
        name="trust_half_life",
        default=365.0,
        unit="d",
        bounds=(1.0, 3650.0),
        scan=(90.0, 1460.0),
        kind="assumption",
        scope="citizens",
        label_en="Half-life of trust",
        label_fr="Demi-vie de la confiance",
        help_en=(
            "Days without experience after which half of its distance to the starting level is forgotten. More: "
            "gains and scandals last longer."
        ),
        help_fr=(
            "Jours sans expérience au bout desquels la moitié de l'écart au niveau de départ est oubliée. Plus "
            "elle est grande : gains et scandales durent plus longtemps."
        ),
        source="assumption: one year",
    ),
    Parameter(
        name="prompt_floor_active",
        default=0.005,
        unit="1/day",
        bounds=(0.0, 1.0),
        scan=(0.001, 0.01),
        kind="assumption",
        scope="citizens",
        label_en="Least prompts of those who have contributed",
        label_fr="Sollicitations minimales des contributeurs",
        help_en=(
            "Chance per day of a prompt, however long ago the last contribution was. More: old contributors "
            "come back more often."
        ),
        help_fr=(
            "Probabilité par jour d'une sollicitation, aussi ancienne que soit la dernière contribution. Plus "
            "elle est grande : les anciens reviennent plus souvent."
        ),
        source="assumption: fitted jointly with fading on contribution histories, not identified alone",
    ),
    Parameter(
        name="prompt_floor_new",
        default=0.0005,
        unit="1/day",
        bounds=(0.0, 1.0),
        scan=(0.0001, 0.002),
        kind="assumption",
        scope="citizens",
        label_en="Least prompts of those who never contributed",
        label_fr="Sollicitations minimales de qui n'a jamais contribué",
        help_en=(
            "Chance per day of a prompt for an aware person who never tried. More: more of the aware end up trying."
        ),
        help_fr=(
            "Probabilité par jour d'une sollicitation pour une personne informée qui n'a jamais essayé. Plus "
            "elle est grande : davantage finissent par essayer."
        ),
        source="assumption: about a third of the aware try within two years",
    ),
)
