"""Measures weighed against a scenario, and applied to it.

A measure is nothing but changes of levers under a name: a run knows them as if they had been given by ``--set``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from entraide.model.errors import InputError, nearest_name, text_in
from entraide.model.parameters import Value

from .changing import with_changes
from .kind_titles import kinds_in_words
from .lever_sense import platforms
from .measures import Measure, Move, Words, measures_of
from .scenario import Scenario

__all__ = ["Proposal", "facts_of", "no_sense", "proposals", "propose", "with_measures"]


@dataclass(frozen=True)
class Proposal:
    """A measure in a scenario: what it would change there, or why it makes no sense.

    Attributes
    ----------
    changes : value by key, as in ``--set``; empty where it is refused.
    moved : (value there, value with the measure) by key.
    reason : why it is refused, by language; None where it makes sense.
    """

    measure: Measure
    changes: Mapping[str, Value]
    moved: Mapping[str, tuple[Value, Value]]
    reason: Words | None


def facts_of(scenario: Scenario) -> Mapping[str, Value]:
    """Return what conditions may ask about a scenario as a whole, by FACTS; those of a service are added to each.

    Raises
    ------
    InputError : the territory cannot be loaded.
    """
    territory = scenario.territory()
    groups = territory.groups
    shares = np.asarray(groups.share if territory.group_shares is None else territory.group_shares, np.float64)
    people = np.asarray(territory.population, np.float64)
    present = shares if shares.ndim == 1 else people @ shares / people.sum()
    able = present * np.asarray(groups.can_contribute, np.float64)
    excluded = float((able * groups.digital_exclusion).sum() / able.sum()) if able.sum() > 0 else 0.0
    return {
        "digitally_excluded": excluded,
        "zones": territory.zones,
        "services": platforms(scenario.services),
        "deprivation_known": int(territory.deprivation is not None),
    }


def proposals(scenario: Scenario) -> tuple[Proposal, ...]:
    """Weigh every measure at hand against a scenario."""
    facts = facts_of(scenario)
    return tuple(_proposal(measure, scenario, facts) for measure in measures_of(scenario).values())


def propose(scenario: Scenario, name: str) -> Proposal:
    """Weigh one measure against a scenario.

    Raises
    ------
    InputError : no measure of that name.
    """
    known = measures_of(scenario)
    if name not in known:
        raise InputError(
            {"en": "unknown measure", "fr": "mesure inconnue"},
            where="--measure",
            value=name,
            nearest=nearest_name(name, known),
            remedy={
                "en": f"`entraide scenarios measures {scenario.name}` lists those that make sense",
                "fr": f"`entraide scenarios measures {scenario.name}` donne celles qui ont un sens",
            },
        )
    return _proposal(known[name], scenario, facts_of(scenario))


def no_sense(reason: Words) -> Words:
    """Return the fault of what makes no sense in a scenario, for a reason."""
    return {"en": f"makes no sense here: {reason['en']}", "fr": f"n'a pas de sens ici\u202f: {reason['fr']}"}


def with_measures(scenario: Scenario, names: Iterable[str]) -> Scenario:
    """Return a scenario with named measures applied as changes, one after the other.

    Raises
    ------
    InputError : an unknown measure, or one that is refused here, with the reason.
    """
    for name in names:
        proposal = propose(scenario, name)
        if proposal.reason is not None:
            raise InputError(
                no_sense(proposal.reason),
                where=f"--measure {name}",
                remedy={
                    "en": f"`entraide scenarios measures {scenario.name}` lists those that do",
                    "fr": f"`entraide scenarios measures {scenario.name}` donne celles qui en ont un",
                },
            )
        scenario = with_changes(scenario, proposal.changes)
    return scenario


def _proposal(measure: Measure, scenario: Scenario, facts: Mapping[str, Value]) -> Proposal:
    moved: dict[str, tuple[Value, Value]] = {}
    reasons: list[Words] = []
    for service in scenario.services:
        present = {**scenario.citizens, **service.parameters}
        own: dict[str, Value] = {
            "kind": service.kind,
            # Whoever works by appointment goes there too, even in a class fitted on work done online.
            "pooled_on_site": bool(present["pooled"]) and bool(present["on_site"] or present["by_appointment"]),
        }
        reason = _refusal(measure, service.kind, present, {**facts, **own, **present})
        if reason is None:
            prefix = f"{service.name}." if len(scenario.services) > 1 else ""
            for move, values in _moved(measure, present):
                key = move.parameter.name
                moved[key if move.parameter.scope == "citizens" else f"{prefix}{key}"] = values
        else:
            reasons.append(reason)
    if not moved:
        return Proposal(measure, {}, {}, reasons[0])
    changes = {key: new for key, (_, new) in moved.items()}
    try:
        with_changes(scenario, changes)
    except InputError as fault:
        return Proposal(measure, {}, {}, _contradiction(fault))
    return Proposal(measure, changes, moved, None)


def _contradiction(fault: InputError) -> Words:
    told = {}
    for language in ("en", "fr"):
        what, where, remedy = (text_in(fault.texts[part], language) for part in ("what", "where", "remedy"))
        told[language] = f"{where}, {what} ({remedy})" if remedy else f"{where}, {what}"
    return {"en": f"cannot be set here: {told['en']}", "fr": f"impossible ici\u202f: {told['fr']}"}


def _refusal(measure: Measure, kind: str, present: Mapping[str, Value], known: Mapping[str, Value]) -> Words | None:
    """Return why a measure makes no sense for a service of a kind, None where it does.

    Parameters
    ----------
    present : values of the parameters.
    known : the same, and the facts.
    """
    if measure.kinds and kind not in measure.kinds:
        return _elsewhere(measure.kinds, kind)
    for move in measure.moves:
        note = move.parameter.lever
        kinds = move.parameter.production or (() if note is None else note.kinds)
        if kinds and kind not in kinds:
            return _elsewhere(kinds, kind)
    for test in measure.needs:
        if not test.holds(known[test.of]):
            return test.otherwise
    if measure.idle_when and all(known[key] == value for key, value in measure.idle_when.items()):
        values = _listed(measure.idle_when.items())
        return {
            "en": f"its mechanism is off here: {values}",
            "fr": f"son mécanisme est coupé ici\u202f: {values}",
        }
    if not _moved(measure, present):
        return _nothing_moves(measure, present)
    return None


def _elsewhere(kinds: Sequence[str], kind: str) -> Words:
    listed, this = ({each: kinds_in_words(names, each) for each in ("en", "fr")} for names in (kinds, (kind,)))
    return {
        "en": f"made for services of the kind {listed['en']}; this one is {this['en']}",
        "fr": f"faite pour les services de type {listed['fr']}\u202f; celui-ci est de type {this['fr']}",
    }


def _moved(measure: Measure, present: Mapping[str, Value]) -> list[tuple[Move, tuple[Value, Value]]]:
    """Return the levers that the measure moves, each with the value there and the one asked for."""
    found = []
    for move in measure.moves:
        there = present[move.parameter.name]
        asked = move.value_from(there)
        if asked != there:
            found.append((move, (there, asked)))
    return found


def _nothing_moves(measure: Measure, present: Mapping[str, Value]) -> Words:
    there = {move.parameter.name: present[move.parameter.name] for move in measure.moves}
    values = _listed(there.items())
    if all(move.rule == "times" and there[move.parameter.name] == 0 for move in measure.moves):
        return {"en": f"there is nothing to multiply: {values}", "fr": f"il n'y a rien à multiplier\u202f: {values}"}
    return {"en": f"already so: {values}", "fr": f"c'est déjà le cas\u202f: {values}"}


def _listed(values: Iterable[tuple[str, Value]]) -> str:
    return ", ".join(_texts(values))


def _texts(values: Iterable[tuple[str, Value]]) -> Iterator[str]:
    for key, value in values:
        shown = str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else value
        yield f"{key} = {shown}"
