"""How contributions are answered and made reliable: feedback, difficulty, redundancy and aggregation."""

from __future__ import annotations

from .parameters import LeverNote, Parameter

__all__ = ["SERVICE_QUALITY_PARAMETERS"]

SERVICE_QUALITY_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="acknowledgement_rate",
        default=0.5,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        label_en="Contributions that get an answer",
        label_fr="Contributions qui reçoivent une réponse",
        help_en=(
            "Share of contributions whose author is told what became of them. More: trust and loyalty, at a "
            "cost per answer."
        ),
        help_fr=(
            "Part des contributions dont l'auteur apprend la suite donnée. Plus elle est grande : confiance et "
            "fidélité, à un coût par réponse."
        ),
        source="assumption: every second contribution",
        lever=LeverNote(
            "trust",
            "share of contributors who learn what became of it",
            "feedback",
            "feedback_unit_cost per acknowledgement",
            "efficacy_step = 0 and trust_step = 0",
        ),
    ),
    Parameter(
        name="acknowledgement_delay",
        default=14,
        unit="d",
        bounds=(1.0, 120.0),
        kind="lever",
        scope="service",
        label_en="Days before the answer",
        label_fr="Jours avant la réponse",
        help_en="Days between the contribution and the news of its outcome. More: people wait in doubt for longer.",
        help_fr=(
            "Jours entre la contribution et la nouvelle de ses suites. Plus il est long : chacun reste plus "
            "longtemps dans le doute."
        ),
        source="assumption: two weeks",
        lever=LeverNote(
            "trust",
            "days until contributors learn what became of it",
            "feedback",
            "none",
            "acknowledgement_rate = 0",
        ),
    ),
    Parameter(
        name="accuracy_alpha",
        default=16.5,
        unit="1",
        bounds=(0.5, 1000.0),
        scan=(8.0, 33.0),
        kind="assumption",
        scope="service",
        label_en="Weight of easy tasks",
        label_fr="Poids des tâches faciles",
        help_en=(
            "First shape of the spread of task difficulty (Beta); mean accuracy is alpha over alpha plus beta. "
            "More: tasks are easier."
        ),
        help_fr=(
            "Premier paramètre de la dispersion des difficultés (Bêta) ; l'exactitude moyenne est alpha sur "
            "alpha plus bêta. Plus il est grand : tâches plus faciles."
        ),
        source="fitted on Snapshot Serengeti (Swanson et al. 2016: .90 with 5 answers, .98 with 27)",
    ),
    Parameter(
        name="accuracy_beta",
        default=4.8,
        unit="1",
        bounds=(0.5, 1000.0),
        scan=(2.0, 9.0),
        kind="assumption",
        scope="service",
        label_en="Weight of hard tasks",
        label_fr="Poids des tâches difficiles",
        help_en=(
            "Second shape of the spread of task difficulty (Beta). More: tasks are harder, and further answers "
            "help less."
        ),
        help_fr=(
            "Second paramètre de la dispersion des difficultés (Bêta). Plus il est grand : tâches plus "
            "difficiles, réponses supplémentaires moins utiles."
        ),
        source="fitted on Snapshot Serengeti (Swanson et al. 2016: .90 with 5 answers, .98 with 27)",
    ),
    Parameter(
        name="answers_per_task",
        default=1,
        unit="answers",
        bounds=(1.0, 99.0),
        kind="lever",
        scope="service",
        label_en="Answers per task",
        label_fr="Réponses par tâche",
        help_en="How many people answer the same task before it is closed. More: fewer errors, more work.",
        help_fr=(
            "Combien de personnes répondent à la même tâche avant sa clôture. Plus il est grand : moins "
            "d'erreurs, plus de travail."
        ),
        source="assumption: one answer; online projects use 5 to 40",
        lever=LeverNote(
            "aggregation",
            "answers that close a task",
            "production",
            "none: contributors give them",
            "answers make no error",
            kinds=("queue",),
            elsewhere_en="only tasks of a queue are closed by several answers",
            elsewhere_fr="seules les tâches d'une file se closent par plusieurs réponses",
        ),
    ),
    Parameter(
        name="aggregation",
        default="majority",
        unit="1",
        choices=("majority", "weighted"),
        kind="lever",
        scope="service",
        label_en="How answers are combined",
        label_fr="Combinaison des réponses",
        help_en="Majority counts each answer once; weighted counts the reliable more.",
        help_fr="La majorité compte chaque réponse une fois ; la pondération compte plus les personnes fiables.",
        source="assumption: majority, the simplest rule",
        lever=LeverNote(
            "aggregation",
            "weights of answers",
            "production",
            "none",
            "adversary_share = 0",
            kinds=("queue",),
            elsewhere_en="only answers of a queue are put together by vote",
            elsewhere_fr="seules les réponses d'une file se réunissent par un vote",
        ),
    ),
    Parameter(
        name="gold_share",
        default=0.0,
        unit="1",
        bounds=(0.0, 0.9),
        kind="lever",
        scope="service",
        label_en="Answers spent on known tasks",
        label_fr="Réponses consacrées à des tâches connues",
        help_en=(
            "Share of answers spent on tasks whose answer is known, to learn who is reliable. More: better "
            "weights, less work done."
        ),
        help_fr=(
            "Part des réponses consacrées à des tâches dont la réponse est connue, pour savoir qui est fiable. "
            "Plus elle est grande : meilleure pondération, moins de travail utile."
        ),
        source="assumption: none before a lever is moved",
        lever=LeverNote(
            "aggregation",
            "share of answers that test contributors",
            "production",
            "answers spent on tasks whose answer is known",
            "aggregation = majority",
            kinds=("queue",),
            elsewhere_en="only answers of a queue can be set tasks whose answer is known",
            elsewhere_fr="seule une file peut glisser des tâches dont la réponse est connue",
        ),
    ),
)
