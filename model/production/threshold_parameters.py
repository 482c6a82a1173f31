"""What the production kind "threshold" alone needs: gifts, goals, and what the administration adds to a campaign."""

from __future__ import annotations

from ..parameters import LeverNote, Parameter

__all__ = ["THRESHOLD_PARAMETERS"]

THRESHOLD_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="unit_gift",
        default=60.0,
        unit="EUR",
        bounds=(1.0, 100000.0),
        scan=(30.0, 90.0),
        kind="assumption",
        scope="service",
        production=("threshold",),
        label_en="One gift",
        label_fr="Un don",
        help_en="Money that one task stands for; people who give more give several. More: fewer people reach a goal.",
        help_fr=(
            "Somme que représente une tâche\u202f; qui donne plus en donne plusieurs. Plus il est grand\u202f: "
            "moins de personnes suffisent à l'objectif."
        ),
        source=(
            "62 to 63 EUR a gift in France in 2016, 58 to 91 EUR in 2018 (Financement participatif France, "
            "barometers); rounded"
        ),
    ),
    Parameter(
        name="goal_mean",
        default=4700.0,
        unit="EUR",
        bounds=(10.0, 10000000.0),
        scan=(2000.0, 10000.0),
        kind="assumption",
        scope="service",
        production=("threshold",),
        label_en="Mean goal of a campaign",
        label_fr="Objectif moyen d'une campagne",
        help_en="Mean sum that a campaign asks for. More: fewer campaigns are funded.",
        help_fr="Somme moyenne demandée par une campagne. Plus il est grand\u202f: moins de campagnes aboutissent.",
        source=(
            "74 donors at 63.40 EUR each for a French project with rewards in 2016 (Financement participatif "
            "France, barometer): 4,690 EUR collected, taken as the goal"
        ),
    ),
    Parameter(
        name="goal_log_sd",
        default=0.8,
        unit="1",
        bounds=(0.0, 3.0),
        scan=(0.4, 1.4),
        kind="assumption",
        scope="service",
        production=("threshold",),
        label_en="Spread of goals",
        label_fr="Dispersion des objectifs",
        help_en="Standard deviation of the logarithm of goals. More: many small campaigns, a few very large ones.",
        help_fr=(
            "Écart-type du logarithme des objectifs. Plus elle est grande\u202f: beaucoup de petites campagnes, "
            "quelques très grandes."
        ),
        source="assumption: two campaigns in three ask for between 45% and 220% of the median",
    ),
    Parameter(
        name="progress_pull",
        default=3.0,
        unit="1",
        bounds=(0.0, 100.0),
        scan=(0.0, 10.0),
        kind="assumption",
        scope="service",
        production=("threshold",),
        label_en="Preference for campaigns ahead",
        label_fr="Préférence pour les campagnes avancées",
        help_en=(
            "How many times likelier again a campaign near its goal is to be backed than one at nothing. More: "
            "gifts gather on few campaigns."
        ),
        help_fr=(
            "Combien de fois plus une campagne proche de son objectif est choisie qu'une campagne à zéro. Plus "
            "elle est grande\u202f: les dons se concentrent sur peu de campagnes."
        ),
        source=(
            "assumption: four times as likely; the sign is observed on crowdfunding platforms, where projects that "
            "start weakly mostly stay there"
        ),
    ),
    Parameter(
        name="progress_weight",
        default=3.6,
        unit="1",
        bounds=(0.0, 20.0),
        scan=(1.0, 7.0),
        kind="assumption",
        scope="service",
        production=("threshold",),
        label_en="Weight of progress among what others do",
        label_fr="Poids de l'avancement dans ce que font les autres",
        help_en=(
            "How many times as much a share of the goal reached counts, for who gives when others give, as the same "
            "share of people who take part. More: a good start draws more gifts."
        ),
        help_fr=(
            "Combien de fois plus une part d'objectif atteinte compte, pour qui donne quand les autres donnent, que la "
            "même part de participants. Plus il est grand\u202f: un bon départ attire plus de dons."
        ),
        source=(
            "List & Lucking-Reiley 2002: 57 points more of the goal raised the share who gave from 3.7% to 8.2%, 1.5 "
            "logits for a whole goal on average over all asked; over .55 who follow others x 1.5 x .5, the defaults of "
            "these. Support also rises towards the goal on Kickstarter (Kuppuswamy & Bayus 2017)"
        ),
    ),
    Parameter(
        name="progress_shown",
        default=0.5,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        production=("threshold",),
        label_en="Progress shown",
        label_fr="Avancement affiché",
        help_en=(
            "How much everybody sees of how far the campaigns of the zone are. More: who gives only when others give "
            "follows a good start sooner."
        ),
        help_fr=(
            "À quel point chacun voit où en sont les campagnes de sa zone. Plus il est grand\u202f: qui donne quand "
            "les autres donnent suit plus vite un bon départ."
        ),
        source="assumption: a figure on a page that half of those asked look at",
        lever=LeverNote(
            chapter="visibility",
            moves="published participation, which conditional cooperators follow",
            phase="social",
            cost="none: the platform knows it",
            idle="conditional_strength = 0, or progress_weight = 0",
        ),
    ),
    Parameter(
        name="seed_share",
        default=0.0,
        unit="1",
        bounds=(0.0, 0.9),
        kind="lever",
        scope="service",
        production=("threshold",),
        label_en="Pledged first by the administration",
        label_fr="Première promesse de l'administration",
        help_en=(
            "Share of each goal that the administration pledges on the first day, and pays if the campaign is "
            "funded. More: more campaigns are funded, at a cost."
        ),
        help_fr=(
            "Part de chaque objectif promise dès le premier jour par l'administration, et versée si la campagne "
            "aboutit. Plus elle est grande\u202f: plus de campagnes aboutissent, à un coût."
        ),
        source=(
            "assumption: none before a lever is moved; seed money of 67% instead of 10% of a goal raised the share "
            "of people who gave from 3.7% to 8.2% (List & Lucking-Reiley 2002)"
        ),
        lever=LeverNote(
            chapter="prevention",
            moves="what is pledged to a campaign on its first day",
            phase="demand",
            cost="seed_share x goal of each campaign that people fund",
            idle="no campaign opens",
        ),
    ),
    Parameter(
        name="undelivered_share",
        default=0.09,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.05, 0.15),
        kind="assumption",
        scope="service",
        production=("threshold",),
        label_en="Funded projects that fail",
        label_fr="Projets financés qui échouent",
        help_en="Share of the campaigns funded by people whose project is never delivered. More: lower quality.",
        help_fr=(
            "Part des campagnes financées par les habitants dont le projet ne voit jamais le jour. Plus elle est "
            "grande\u202f: qualité moindre."
        ),
        source=(
            "9% of 65,326 funded projects on Kickstarter failed to deliver (Mollick 2015, Kickstarter Fulfillment "
            "Report)"
        ),
    ),
)
