"""Why a kind of event has no use for a key: reasons that scenario files, the stress test and the documents give."""

from __future__ import annotations

from .errors import Words

__all__ = [
    "ADMINISTRATION",
    "COMPLETE",
    "FROM_OUTSIDE",
    "IN_PLACES",
    "NOT_PEOPLE",
    "ONE_ALTERNATIVE",
    "ONE_DAY",
    "ONE_POOL",
    "ONE_TRUST",
    "ON_SITE",
    "WHOLE_PLACES",
]

NOT_PEOPLE: Words = {
    "en": "it strikes everybody where it strikes, whatever their social group",
    "fr": "là où il frappe, il frappe tout le monde, quel que soit le groupe social",
}
ONE_DAY: Words = {
    "en": "it happens on one day; what it leaves behind lasts by itself",
    "fr": "il a lieu un jour donné\u202f; ce qu'il laisse derrière lui dure sans lui",
}
ONE_POOL: Words = {
    "en": "the last resort is one pool for the whole territory",
    "fr": "le dernier recours est commun à tout le territoire",
}
COMPLETE: Words = {"en": "an outage is complete", "fr": "une panne est totale"}
IN_PLACES: Words = {
    "en": "needs arise in places, not in social groups",
    "fr": "les besoins naissent en un lieu, non dans un groupe social",
}
ONE_TRUST: Words = {
    "en": "a person has one trust in the administration, not one for each service",
    "fr": "chacun n'a qu'une confiance dans l'administration, non une par service",
}
WHOLE_PLACES: Words = {"en": "the media reach whole places", "fr": "les médias touchent des lieux entiers"}
ADMINISTRATION: Words = {
    "en": "it strikes the administration, not people",
    "fr": "il frappe l'administration, non les personnes",
}
FROM_OUTSIDE: Words = {
    "en": "adversaries come from outside the territory's groups",
    "fr": "les adversaires viennent d'ailleurs que des groupes du territoire",
}
ONE_ALTERNATIVE: Words = {
    "en": "people weigh all services that prompt them against one outside option",
    "fr": "chacun compare tous les services qui le sollicitent à une seule et même autre occupation",
}
ON_SITE: Words = {
    "en": "the parameter on_site of a service says whether it is struck",
    "fr": "le paramètre on_site d'un service dit s'il est frappé",
}
