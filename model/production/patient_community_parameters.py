"""What only a patient community has: hours for an answer and correction by peers."""

from __future__ import annotations

from ..parameters import LeverNote, Parameter

__all__ = ["PATIENT_COMMUNITY_PARAMETERS"]

PATIENT_COMMUNITY_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="answer_hours",
        default=24,
        unit="h",
        bounds=(1.0, 336.0),
        kind="norm",
        scope="service",
        production=("patient-community",),
        label_en="Hours granted for an answer",
        label_fr="Heures accordées pour une réponse",
        help_en="Hours after a question is asked within which somebody must have answered. More: a laxer norm.",
        help_fr=(
            "Heures après une question pour que quelqu'un y ait répondu. Plus elles sont nombreuses : norme "
            "moins exigeante."
        ),
        source="assumption: a norm is a decision of the administration; one day is a starting point",
    ),
    Parameter(
        name="reread_share",
        default=0.5,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        production=("patient-community",),
        label_en="Spare answers that reread",
        label_fr="Réponses de reste qui relisent",
        help_en=(
            "Share of the answers not needed for an open question that comment on a recent answer, and correct "
            "it if it is wrong. More: fewer errors stay."
        ),
        help_fr=(
            "Part des réponses dont aucune question ouverte n'a besoin et qui commentent une réponse récente, "
            "et la corrigent si elle est fausse. Plus elle est grande : moins d'erreurs demeurent."
        ),
        source="assumption: every second one",
        lever=LeverNote(
            chapter="aggregation",
            moves="answers that comment on earlier ones",
            phase="production",
            cost="none",
            idle="no answer is left over once open questions are answered",
        ),
    ),
    Parameter(
        name="reread_days",
        default=7,
        unit="d",
        bounds=(1.0, 90.0),
        scan=(2.0, 30.0),
        kind="assumption",
        scope="service",
        production=("patient-community",),
        label_en="Days for which an answer is read again",
        label_fr="Jours pendant lesquels une réponse est relue",
        help_en=(
            "Days after an answer in which others still read and correct it; then it counts as right or wrong "
            "for good. More: more errors are found."
        ),
        help_fr=(
            "Jours après une réponse pendant lesquels d'autres la lisent et la corrigent ; ensuite elle compte "
            "pour juste ou fausse. Plus ils sont nombreux : davantage d'erreurs sont trouvées."
        ),
        source="assumption: a thread leaves the first page within a week",
    ),
)
