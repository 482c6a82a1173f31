"""What the page on events says, in English and in French."""

from __future__ import annotations

from collections.abc import Mapping

from ..words import say_from

__all__ = ["STRESS_WORDS", "word"]

STRESS_WORDS: Mapping[str, Mapping[str, str]] = {
    "strike": {"en": "Stress test", "fr": "Éprouver"},
    "stage": {"en": "Trying the events one by one", "fr": "Essai des événements, un par un"},
    "timeline": {"en": "Events on the timeline", "fr": "Événements sur le calendrier"},
    "timeline_help": {
        "en": "What may happen to the service, and when. Events stay in the design: once they are here, the verdict, "
        "the comparison and the measures are simulated with them too.",
        "fr": "Ce qui peut arriver au service, et quand. Les événements font partie du dispositif\u202f: une fois "
        "placés ici, ils comptent aussi dans le verdict, la comparaison et les mesures.",
    },
    "none": {
        "en": "No event yet. Add one below; or press “Stress test” as it is: each kind of event that makes sense here "
        "is then tried in turn, from {date} on.",
        "fr": "Aucun événement pour l'instant. Ajoutez-en un ci-dessous\u202f; ou appuyez sur «\u202fÉprouver\u202f» "
        "sans en ajouter\u202f: chaque type d'événement qui a un sens ici est alors essayé tour à tour, à partir du "
        "{date}.",
    },
    "timeline_alternative": {
        "en": "Timeline from {first} to {last}: {list}.",
        "fr": "Calendrier du {first} au {last}\u202f: {list}.",
    },
    "kind": {"en": "Kind of event to add", "fr": "Type d'événement à ajouter"},
    "add": {"en": "Add this event", "fr": "Ajouter cet événement"},
    "full": {
        "en": "There are {most} events, which is the most: remove one to add another.",
        "fr": "Il y a {most} événements, le maximum\u202f: retirez-en un pour en ajouter un autre.",
    },
    "refused": {
        "en": "Events that make no sense here, and why",
        "fr": "Événements sans objet ici, et pourquoi",
    },
    "date": {"en": "First day", "fr": "Premier jour"},
    "days": {"en": "How long it lasts", "fr": "Durée"},
    "past_end": {
        "en": "The simulation ends on {last}: {days} of this event come after it and do not count.",
        "fr": "La simulation s'arrête le {last}\u202f: pour cet événement, {days} au-delà ne comptent pas.",
    },
    "unit_days": {"en": "days", "fr": "jours"},
    "earlier": {"en": "A week earlier", "fr": "Une semaine plus tôt"},
    "later": {"en": "A week later", "fr": "Une semaine plus tard"},
    "remove": {"en": "Remove", "fr": "Retirer"},
    "of_event": {"en": "{what}: event {place}, {label}", "fr": "{what}\u202f: événement {place}, {label}"},
    "strikes": {"en": "Where and whom it strikes", "fr": "Où et qui il frappe"},
    "everywhere": {"en": "everywhere, everybody", "fr": "partout, tout le monde"},
    "services": {"en": "Services (none ticked: all)", "fr": "Services (rien de coché\u202f: tous)"},
    "zones": {"en": "Places (none chosen: everywhere)", "fr": "Lieux (aucun choisi\u202f: partout)"},
    "zones_find": {"en": "Find a place", "fr": "Chercher un lieu"},
    "zones_help": {
        "en": "By its name or code; then press it to add it.",
        "fr": "Par son nom ou son code\u202f; appuyez ensuite dessus pour l'ajouter.",
    },
    "zones_none": {"en": "No such place here.", "fr": "Aucun lieu de ce nom ici."},
    "zone_off": {"en": "{name} ×", "fr": "{name} ×"},
    "zone_off_one": {"en": "Take {name} out", "fr": "Retirer {name}"},
    "ages": {"en": "Ages (none ticked: all)", "fr": "Âges (rien de coché\u202f: tous)"},
    "diplomas": {"en": "Diplomas (none ticked: all)", "fr": "Diplômes (rien de coché\u202f: tous)"},
    "count_zones": {"en": "places: {list}", "fr": "lieux\u202f: {list}"},
    "count_services": {"en": "services: {list}", "fr": "services\u202f: {list}"},
    "count_groups": {"en": "people: {list}", "fr": "personnes\u202f: {list}"},
    "more": {"en": "{count} more", "fr": "{count} autres"},
    "more_one": {"en": "1 more", "fr": "1 autre"},
    "not_a_date": {
        "en": "This date cannot be used. Allowed: {low} to {high}. The event stays as it was.",
        "fr": "Cette date est inutilisable. Dates admises\u202f: du {low} au {high}. L'événement reste tel qu'il "
        "était.",
    },
    "not_a_number": {
        "en": "“{text}” cannot be used here. Allowed: {low} to {high}. The event stays as it was.",
        "fr": "«\u202f{text}\u202f» est inutilisable ici. Valeurs admises\u202f: de {low} à {high}. L'événement reste "
        "tel qu'il était.",
    },
    "will_show": {
        "en": "You will see for each event whether the norm is broken, how low the service falls, how many days pass "
        "until it is back where it would be without the event, and what it costs, beside the same days without it.",
        "fr": "Vous verrez pour chaque événement si la norme est rompue, jusqu'où le service descend, combien de jours "
        "il lui faut pour revenir là où il en serait sans l'événement, et ce qu'il en coûte, à côté des "
        "mêmes jours sans lui.",
    },
    "tried_on": {
        "en": "{count} tried on {what}: {years} of each, on the same chance as without it.",
        "fr": "{count} sur {what}\u202f: {years} de chacun, avec les mêmes hasards que sans lui.",
    },
    "event": {"en": "event", "fr": "événement essayé"},
    "events": {"en": "events", "fr": "événements essayés"},
    "the_design": {"en": "the design that was worked on", "fr": "le dispositif en cours"},
    "today": {"en": "the starting settings", "fr": "les réglages de départ"},
    "untested": {
        "en": "Nothing falls due after these events: what they break cannot be told on those days. Choose other dates.",
        "fr": "Rien n'arrive à échéance après ces événements\u202f: à ces dates, on ne peut pas dire ce qui cède. "
        "Choisissez-en d'autres.",
    },
    "stale": {
        "en": "The design or its events have changed since. What follows is about them as they were.",
        "fr": "Le dispositif ou ses événements ont changé depuis. Ce qui suit porte sur eux tels qu'ils étaient.",
    },
    "together": {"en": "All events together", "fr": "Tous les événements ensemble"},
    "breaks": {"en": "What breaks, and how long it lasts", "fr": "Ce qui cède, et combien de temps cela dure"},
    "service": {"en": "Service: {title}", "fr": "Service\u202f: {title}"},
}


def word(key: str, language: str, /, **values: str) -> str:
    """Return a text of the page, with the values put in."""
    return say_from(STRESS_WORDS, key, language, **values)
