"""Kinds of events, each declared once: what happens, what its size means, what it may strike, where it comes from.

The schema of scenario files, the messages about faults, the documents and the stress test all read this table.
The committed page is refreshed with the others: ``python -m entraide.model.reference docs/reference``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from . import event_refusals as why
from .errors import Words

__all__ = ["EVENT_KEYS", "EVENT_KINDS", "EventKind", "event_kind", "events_page"]

# What a file may say of an event beside its kind and date, where the kind has a use for it.
EVENT_KEYS = ("days", "size", "services", "zones", "groups")


@dataclass(frozen=True)
class EventKind:
    """One kind of event.

    Attributes
    ----------
    name : key in scenario files.
    label_en, label_fr : its name for people.
    does_en, does_fr : what happens, in one or two sentences.
    size_en, size_fr : what the size means; "" where it has none.
    unit : of the size.
    bounds : inclusive, of the size; None where it has none.
    size : default of the stress test, with ``days``.
    days : how long it lasts in the stress test; 1 for what happens on one day only.
    phase : of the day in which it acts.
    moves : what it moves.
    refuses : keys of EVENT_KEYS that this kind has no use for, each with the reason in both languages.
    source : where the default size and the form come from.
    """

    name: str
    label_en: str
    label_fr: str
    does_en: str
    does_fr: str
    size_en: str
    size_fr: str
    unit: str
    bounds: tuple[float, float] | None
    size: float
    days: int
    phase: str
    moves: str
    source: str
    refuses: Mapping[str, Words] = field(default_factory=dict)

    @property
    def accepts(self) -> tuple[str, ...]:
        """Keys of EVENT_KEYS that this kind has a use for."""
        return tuple(key for key in EVENT_KEYS if key not in self.refuses)


EVENT_KINDS: tuple[EventKind, ...] = (
    EventKind(
        name="outage",
        label_en="Outage of the platform",
        label_fr="Panne de la plateforme",
        does_en="Nobody is prompted, so nobody contributes through the platform. Needs go on arising.",
        does_fr=(
            "Personne n'est sollicité, donc personne ne contribue par la plateforme. Les besoins continuent "
            "d'apparaître."
        ),
        size_en="",
        size_fr="",
        unit="",
        bounds=None,
        size=1.0,
        days=7,
        phase="prompts",
        moves="factor on prompts: 0",
        refuses=MappingProxyType({"size": why.COMPLETE, "groups": why.NOT_PEOPLE}),
        source="assumption: a week, longer than most outages, so that a service that bears it bears the others",
    ),
    EventKind(
        name="demand_surge",
        label_en="Surge of needs",
        label_fr="Afflux de besoins",
        does_en="Needs arise so many times as fast.",
        does_fr="Les besoins apparaissent tant de fois plus vite.",
        size_en="factor on needs",
        size_fr="facteur sur les besoins",
        unit="times",
        bounds=(0.0, 100.0),
        size=3.0,
        days=14,
        phase="demand",
        moves="mean needs of the day",
        refuses=MappingProxyType({"groups": why.IN_PLACES}),
        source="assumption: three times the needs for two weeks, as after a storm",
    ),
    EventKind(
        name="trust_shock",
        label_en="Loss of trust after a scandal",
        label_fr="Perte de confiance après un scandale",
        does_en=(
            "On that day everybody struck loses a share of the trust they have in the administration; it comes back "
            "by itself."
        ),
        does_fr=(
            "Ce jour-là, chacune des personnes touchées perd une part de sa confiance dans l'administration ; elle "
            "revient d'elle-même."
        ),
        size_en="share of trust that is lost",
        size_fr="part de la confiance qui est perdue",
        unit="share",
        bounds=(0.0, 1.0),
        size=0.5,
        days=1,
        phase="demand",
        moves="trust",
        refuses=MappingProxyType(
            {"days": why.ONE_DAY, "services": why.ONE_TRUST}
        ),
        source="assumption: half of the trust",
    ),
    EventKind(
        name="media_peak",
        label_en="Media peak",
        label_fr="Pic médiatique",
        does_en=(
            "The media speak of the service: people who do not know it hear of it so many times as often, on top of "
            "the ordinary peaks. Who knows it already is prompted as before."
        ),
        does_fr=(
            "Les médias parlent du service : ceux qui ne le connaissent pas en entendent parler tant de fois plus "
            "souvent, en plus des pics ordinaires. Ceux qui le connaissent déjà sont sollicités comme avant."
        ),
        size_en="factor on hearing from the media",
        size_fr="facteur sur ce que l'on apprend par les médias",
        unit="times",
        bounds=(1.0, 100.0),
        size=8.0,
        days=7,
        phase="awareness",
        moves="hazard of hearing from the media",
        refuses=MappingProxyType({"groups": why.WHOLE_PLACES}),
        source=(
            "eight times: the height of ordinary peaks in this model; a week is an assumption. That news do not "
            "bring back those who know is an assumption too: no source tells how many they bring back"
        ),
    ),
    EventKind(
        name="holidays",
        label_en="Holidays",
        label_fr="Vacances",
        does_en="People are away or think of other things: prompts are multiplied by the size.",
        does_fr="Les gens sont partis ou pensent à autre chose : les sollicitations sont multipliées par la taille.",
        size_en="factor on prompts",
        size_fr="facteur sur les sollicitations",
        unit="times",
        bounds=(0.0, 1.0),
        size=0.5,
        days=30,
        phase="prompts",
        moves="factor on prompts",
        refuses=MappingProxyType({"groups": why.NOT_PEOPLE}),
        source="assumption: half of the prompts for a month, as in August in France",
    ),
    EventKind(
        name="budget_cut",
        label_en="Budget cut",
        label_fr="Coupe budgétaire",
        does_en=(
            "The last resort, and agents where there are any, lose a share of their capacity, and cost so much less. "
            "The administration alone is cut in the same way."
        ),
        does_fr=(
            "Le dernier recours, et les agents là où il y en a, perdent une part de leur capacité, et coûtent "
            "d'autant moins. L'administration seule subit la même coupe."
        ),
        size_en="share of capacity that is lost",
        size_fr="part de la capacité qui est perdue",
        unit="share",
        bounds=(0.0, 1.0),
        size=0.5,
        days=90,
        phase="administration",
        moves="backstop_capacity, repair_capacity, staff_capacity",
        refuses=MappingProxyType({"zones": why.ONE_POOL, "groups": why.ADMINISTRATION}),
        source="assumption: half of the capacity for a quarter of a year",
    ),
    EventKind(
        name="loss_of_contributors",
        label_en="Loss of key contributors",
        label_fr="Départ des contributeurs clés",
        does_en=(
            "On that day those who have contributed most often, of all who have contributed and are still there, "
            "leave for good. Of two with as many contributions the one with the lower number leaves first."
        ),
        does_fr=(
            "Ce jour-là, parmi tous ceux qui ont contribué et sont encore là, ceux qui ont contribué le plus souvent "
            "partent pour de bon. À nombre égal de contributions, le plus petit numéro part d'abord."
        ),
        size_en="share of contributors who leave",
        size_fr="part des contributeurs qui partent",
        unit="share",
        bounds=(0.0, 1.0),
        size=0.1,
        days=1,
        phase="demand",
        moves="stage: departed",
        refuses=MappingProxyType({"days": why.ONE_DAY}),
        source=(
            "assumption: the most active tenth of those still there; most of all who ever contributed have left before"
        ),
    ),
    EventKind(
        name="adversary_campaign",
        label_en="Campaign of adversaries",
        label_fr="Campagne malveillante",
        does_en=(
            "Beside each contribution come hostile ones, as many as the size says on average, of the same length and "
            "wrong on purpose. They count neither as time given nor as participation. Where nothing that people give "
            "is judged right or wrong, none come."
        ),
        does_fr=(
            "À chaque contribution s'en ajoutent d'hostiles, en moyenne autant que le dit la taille, de même "
            "longueur et fausses à dessein. Elles ne comptent ni comme temps donné ni comme participation. Là où rien "
            "de ce que l'on donne n'est jugé juste ou faux, il n'en vient pas."
        ),
        size_en="hostile contributions for each ordinary one",
        size_fr="contributions hostiles pour chaque contribution ordinaire",
        unit="times",
        bounds=(0.0, 100.0),
        size=1.0,
        days=14,
        phase="production",
        moves="contributions received: hostile_tasks",
        refuses=MappingProxyType({"groups": why.FROM_OUTSIDE}),
        source="assumption: one hostile contribution for each ordinary one, for two weeks",
    ),
    EventKind(
        name="rival_platform",
        label_en="Rival platform",
        label_fr="Plateforme rivale",
        does_en=(
            "Something else calls on the same people: what they would do instead of answering a prompt is worth "
            "more. With a size of 1 somebody who accepts 50 times in 100 accepts 27 times."
        ),
        does_fr=(
            "Autre chose sollicite les mêmes personnes : ce qu'elles feraient au lieu de répondre à une "
            "sollicitation vaut davantage. Avec une taille de 1, qui accepte 50 fois sur 100 n'accepte plus que 27 "
            "fois."
        ),
        size_en="value added to the outside option",
        size_fr="valeur ajoutée à l'autre choix",
        unit="logit",
        bounds=(0.0, 10.0),
        size=1.0,
        days=60,
        phase="contributions",
        moves="outside option",
        refuses=MappingProxyType(
            {
                "services": why.ONE_ALTERNATIVE,
                "groups": why.NOT_PEOPLE,
            }
        ),
        source="assumption: one logit, which lowers an acceptance of .50 to .27, for two months",
    ),
    EventKind(
        name="lockdown",
        label_en="Lockdown",
        label_fr="Confinement",
        does_en=(
            "Services on the spot (parameter on_site) prompt people by the size times as often; online services go "
            "on as before."
        ),
        does_fr=(
            "Les services sur place (paramètre on_site) sollicitent autant de fois moins que le dit la taille ; les "
            "services en ligne continuent comme avant."
        ),
        size_en="factor on prompts of services on the spot",
        size_fr="facteur sur les sollicitations des services sur place",
        unit="times",
        bounds=(0.0, 1.0),
        size=0.25,
        days=55,
        phase="prompts",
        moves="factor on prompts",
        refuses=MappingProxyType(
            {"services": why.ON_SITE, "groups": why.NOT_PEOPLE}
        ),
        source=(
            "France, 17 March to 10 May 2020: 55 days; the Restos du Cœur told France Culture in May 2020 that 20 to "
            "30% of their 73,000 volunteers were still active on the spot. Observers of nature stayed active near "
            "home (Hochachka et al. 2021; Crimmins et al. 2021): try a larger factor there"
        ),
    ),
)  # fmt: skip

_BY_NAME = {kind.name: kind for kind in EVENT_KINDS}


def event_kind(name: str) -> EventKind:
    """Return the declaration of a kind of event.

    Raises
    ------
    KeyError : there is none of this name.
    """
    return _BY_NAME[name]


def events_page() -> str:
    """Return the table of events, in Markdown, in both languages."""
    lines = [
        "# Events",
        "",
        "Written by `python -m entraide.model.reference` from the code: change that, not this page.",
        "",
        "An event has a `kind` and a `date`, and whatever of `days`, `size`, `services`, `zones` and `groups` its kind",
        "has a use for; left out, it strikes everywhere. Before its day no figure differs from a run without it.",
        "",
        "| kind | what happens | size | bounds | in the stress test | may name | moves, in phase | source |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for kind in EVENT_KINDS:
        bounds = "-" if kind.bounds is None else f"{kind.bounds[0]:g} to {kind.bounds[1]:g} {kind.unit}"
        tried = f"{kind.size:g}, " if kind.bounds else ""
        tried += "one day" if kind.days == 1 else f"{kind.days} days"
        accepted = ", ".join(f"`{key}`" for key in kind.accepts if key not in ("days", "size")) or "-"
        cells = (
            f"`{kind.name}`", kind.does_en, kind.size_en or "-", bounds, tried, accepted, f"{kind.moves}, {kind.phase}",
            kind.source,
        )  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    lines += ["", "## What a kind has no use for, and why", "", "| kind | key | reason |", "|---|---|---|"]
    lines += [
        f"| `{kind.name}` | `{key}` | {reason['en']} |" for kind in EVENT_KINDS for key, reason in kind.refuses.items()
    ]
    lines += ["", "## En français", "", "| événement | ce qui arrive | taille |", "|---|---|---|"]
    lines += [f"| {kind.label_fr} (`{kind.name}`) | {kind.does_fr} | {kind.size_fr or '-'} |" for kind in EVENT_KINDS]
    return "\n".join(lines) + "\n"
