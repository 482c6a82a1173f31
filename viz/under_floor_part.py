"""The part of a report that names who lives under the floor: the places, the largest first, and the departments.

It is bounded whatever the territory: what it leaves out is counted, and stands in the tables beside the report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from entraide.experiments.results import Result
from entraide.experiments.under_floor import (
    ALONE,
    JOINED,
    AreaUnderFloor,
    DepartmentCounts,
    department_counts,
    judge,
)
from entraide.scenarios.communes import department_names, intercommunality_seats
from entraide.scenarios.outlines import DEPARTMENTS, packaged_codes

from .locales import check_language, counted, joined, localised, mean_share, number, percent
from .map_choice import drawn_by_department
from .report_page import heading, paragraph, table
from .wording import quoted, years_noun

__all__ = ["MOST_AREAS", "MOST_DEPARTMENTS", "called", "under_floor_part"]

MOST_AREAS, MOST_DEPARTMENTS = 20, 15

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Places under the floor",
        "year": "{title} (year {number})",
        "nobody_one": "In this one {year}, nobody lives where the service is under the floor of {floor}.",
        "nobody": "In none of the {years} does anybody live where the service is under the floor of {floor}.",
        "one": "In this one {year}, {people} ({share} of the population) live under the floor of {floor}: {places}.",
        "several": "On average over {years}, {people} ({share} of the population) live under the floor of {floor}. It "
        "happens somewhere in {count} of them, to {places}.",
        "chance": "With the same mean service everywhere, chance alone would put {share} there.",
        "which": "Which places these are would change in part from one simulation to the next: where little falls due, "
        "chance counts for much.",
        "shown": "The table shows the first {shown}. There are {more} more, with {people} in all; the whole list is "
        "in {file}, with the codes of all places.",
        "all_shown": "The codes of all these places are in {file}.",
        "file": "tables/under_floor.parquet",
        "page": "the table “Places under the floor”, on the Export page",
        "named": "Small places that are judged together stand on one line; an intercommunality is named after its most "
        "populous commune.",
        "caption": "Places under the floor, the most populated first",
        "caption_several": "Places under the floor, those with most people on average first",
        "pool_intercommunality": "small places of the intercommunality {name}",
        "pool_department": "small places of the department {name}",
        "pool_territory": "small places of several departments",
        "place": "Place",
        "department": "Department",
        "count": "Places in it",
        "people": "Inhabitants",
        "due": "Needs due",
        "due_mean": "Needs due, on average",
        "in_time": "Met in time",
        "in_time_then": "Met in time, in the simulations where it is under the floor",
        "how_often": "Under the floor",
        "of": "{count} of {replicates}",
        "departments": "Inhabitants under the floor, by department",
        "under": "Under the floor",
        "share": "Share",
        "by_chance": "By chance alone",
        "mapped": "On the map",
        "yes": "yes",
        "no": "no outline",
        "all": "Whole territory",
        "unknown": "unknown",
        "departments_file": "tables/departments.parquet",
        "departments_page": "the table “Department by department”, on the Export page",
        "departments_note": "All departments are in {file}. People where nothing fell due are in no share.",
    },
    "fr": {
        "title": "Lieux sous le plancher",
        "year": "{title} (année {number})",
        "nobody_one": "Dans cette seule {year}, personne ne vit là où le service est sous le plancher de {floor}.",
        "nobody": "Dans aucune des {years}, personne ne vit là où le service est sous le plancher de {floor}.",
        "one": "Dans cette seule {year}, {people} ({share} de la population) vivent sous le plancher de "
        "{floor}\u202f: {places}.",
        "several": "En moyenne sur {years}, {people} ({share} de la population) vivent sous le plancher de {floor}. "
        "Cela arrive quelque part dans {count} d'entre elles, à {places}.",
        "chance": "Si le service moyen était le même partout, le seul hasard y mettrait {share}.",
        "which": "D'une simulation à l'autre, ces lieux ne seraient pas tout à fait les mêmes\u202f: là où peu de "
        "choses arrivent à échéance, le hasard compte pour beaucoup.",
        "shown": "Le tableau montre les {shown} premiers. Il y en a {more} de plus, qui comptent en tout "
        "{people}\u202f; la liste complète est dans {file}, avec les codes de tous les lieux.",
        "all_shown": "Les codes de tous ces lieux sont dans {file}.",
        "file": "tables/under_floor.parquet",
        "page": "le tableau «\u202fLieux sous le plancher\u202f», à la page «\u202fExporter\u202f»",
        "named": "Les petits lieux jugés ensemble tiennent sur une ligne\u202f; une intercommunalité porte le nom de "
        "sa commune la plus peuplée.",
        "caption": "Lieux sous le plancher, les plus peuplés d'abord",
        "caption_several": "Lieux sous le plancher, d'abord ceux qui comptent en moyenne le plus d'habitants",
        "pool_intercommunality": "petits lieux de l'intercommunalité {name}",
        "pool_department": "petits lieux du département {name}",
        "pool_territory": "petits lieux de plusieurs départements",
        "place": "Lieu",
        "department": "Département",
        "count": "Lieux réunis",
        "people": "Habitants",
        "due": "Besoins échus",
        "due_mean": "Besoins échus, en moyenne",
        "in_time": "Satisfaits à temps",
        "in_time_then": "Satisfaits à temps, dans les simulations où le lieu est sous le plancher",
        "how_often": "Sous le plancher",
        "of": "{count} sur {replicates}",
        "departments": "Habitants sous le plancher, par département",
        "under": "Sous le plancher",
        "share": "Part",
        "by_chance": "Par le seul hasard",
        "mapped": "Sur la carte",
        "yes": "oui",
        "no": "sans contour",
        "all": "Ensemble du territoire",
        "unknown": "inconnu",
        "departments_file": "tables/departments.parquet",
        "departments_page": "le tableau «\u202fDépartement par département\u202f», à la page «\u202fExporter\u202f»",
        "departments_note": "Tous les départements sont dans {file}. Les habitants des lieux où "
        "rien n'est arrivé à échéance n'entrent dans aucune part.",
    },
}


# Phrases in the singular and in the plural.
_FORMS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "en": {
        "inhabitants": ("inhabitant", "inhabitants"),
        "alone": ("{count} place judged by itself", "{count} places judged by themselves"),
        "pooled": ("{count} group of small places ({zones} in all)", "{count} groups of small places ({zones} in all)"),
        "joined": ("{name} with {count} small neighbour", "{name} with {count} small neighbours"),
        "others": ("{count} other department", "{count} other departments"),
    },
    "fr": {
        "inhabitants": ("habitant", "habitants"),
        "alone": ("{count} lieu jugé seul", "{count} lieux jugés seuls"),
        "pooled": (
            "{count} groupe de petits lieux ({zones} en tout)",
            "{count} groupes de petits lieux ({zones} en tout)",
        ),
        "joined": ("{name} et {count} petit voisin", "{name} et {count} petits voisins"),
        "others": ("{count} autre département", "{count} autres départements"),
    },
}


@dataclass(frozen=True)
class _Line:
    """One place over all replicates in which it is under the floor: means, and in how many."""

    area: AreaUnderFloor
    people: float
    due: float
    level: float
    count: int


def under_floor_part(result: Result, service: str, year: int, language: str, *, on_a_page: bool = False) -> str:
    """Return who lives under the floor of one service in one year, in words and two tables.

    Parameters
    ----------
    on_a_page : of the dashboard, beside which there is no folder with files.
    """
    words = _WORDS[check_language(language)]
    place = result.place_of(service)
    specifications = [result.specification_of(outcome) for outcome in result.outcomes]
    found = [judge(o, s, place, year).listed() for o, s in zip(result.outcomes, specifications, strict=True)]
    counts = department_counts(result.outcomes, specifications, place, year)
    title = words["title"]
    if result.years > 1:
        title = words["year"].format(title=title, number=year + 1)
    parts = [heading(3, title), paragraph(_told(result, place, year, found, counts, language))]
    if any(found):
        parts.append(_area_table(result, found, language, words["page" if on_a_page else "file"]))
    if len(set(counts.codes)) > 1:
        parts.append(
            _department_table(result, counts, language, words["departments_page" if on_a_page else "departments_file"])
        )
    return "".join(parts)


def _inhabitants(people: float, language: str) -> str:
    return counted(round(people), *_FORMS[language]["inhabitants"], language)


def _told(
    result: Result,
    place: int,
    year: int,
    found: Sequence[Sequence[AreaUnderFloor]],
    counts: DepartmentCounts,
    language: str,
) -> str:
    """Say how many people live under the floor, in how many places, and what chance alone would give."""
    words = _WORDS[language]
    floor = percent(float(result.specification.services[place].parameters["norm_zone_floor"]), language)
    days = min(365, result.specification.days - 365 * year)
    noun = years_noun(days, language)
    years = counted(result.replicates, *noun, language)
    one = result.replicates == 1
    judged = float(counts.judged.sum())
    chance = ""
    if counts.by_chance is not None and judged:
        chance = " " + words["chance"].format(share=mean_share(float(counts.by_chance.sum()) / judged, language))
    if not any(found):
        told = words["nobody_one" if one else "nobody"].format(year=noun[0], years=years, floor=floor)
        return told + chance
    lines = _lines(found)
    alone = sum(line.area.judged in (ALONE, JOINED) for line in lines)
    pools = [line.area for line in lines if line.area.judged not in (ALONE, JOINED)]
    kinds = []
    if alone:
        kinds.append(_plural("alone", alone, language))
    if pools:
        zones = number(sum(len(area.zones) for area in pools), language)
        kinds.append(_plural("pooled", len(pools), language).replace("{zones}", zones))
    people = float(counts.under.sum())
    told = words["one" if one else "several"].format(
        year=noun[0],
        years=years,
        people=_inhabitants(people, language),
        share=mean_share(people / judged, language),
        floor=floor,
        count=number(sum(map(bool, found)), language),
        places=joined(kinds, language),
    )
    return f"{told}{chance} {words['which']}"


def _plural(key: str, count: int, language: str) -> str:
    singular, plural = _FORMS[language][key]
    return counted(count, "", "", language).strip().join((plural if count > 1 else singular).split("{count}"))


def _lines(found: Sequence[Sequence[AreaUnderFloor]]) -> list[_Line]:
    """Return one line for each place, whatever the number of replicates in which it is under the floor."""
    by_place: dict[tuple[bool, str, str], list[AreaUnderFloor]] = {}
    for areas in found:
        for area in areas:
            alone = area.judged in (ALONE, JOINED)
            by_place.setdefault((alone, "" if alone else area.judged, area.code), []).append(area)
    lines = [
        _Line(
            area=max(areas, key=lambda each: len(each.zones)),
            people=float(np.mean([area.population for area in areas])),
            due=float(np.mean([area.due for area in areas])),
            level=sum(area.in_time for area in areas) / sum(area.due for area in areas),
            count=len(areas),
        )
        for areas in by_place.values()
    ]
    return sorted(lines, key=lambda line: (-line.people * line.count, line.area.code))


def _area_table(result: Result, found: Sequence[Sequence[AreaUnderFloor]], language: str, file: str) -> str:
    words, lines, one = _WORDS[language], _lines(found), result.replicates == 1
    rows = []
    for line in lines[:MOST_AREAS]:
        row = [
            called(line.area, language),
            _departments(line.area.departments, language),
            number(len(line.area.zones), language),
            number(line.people, language),
            number(line.due, language, 0 if one else 1),
            percent(line.level, language, 1),
        ]
        if not one:
            count, replicates = number(line.count, language), number(result.replicates, language)
            row.append(words["of"].format(count=count, replicates=replicates))
        rows.append(row)
    due, met = ("due", "in_time") if one else ("due_mean", "in_time_then")
    names = ("place", "department", "count", "people", due, met, "how_often")
    head = [words[name] for name in names][: len(rows[0])]
    left = lines[MOST_AREAS:]
    told = words["all_shown"].format(file=file)
    if left:
        people = sum(line.people * line.count for line in left) / result.replicates
        told = words["shown"].format(
            shown=number(MOST_AREAS, language),
            more=number(len(left), language),
            people=_inhabitants(people, language),
            file=file,
        )
    return paragraph(f"{told} {words['named']}") + table(
        words["caption" if one else "caption_several"], head, rows, numbers=range(2, len(head))
    )


def called(area: AreaUnderFloor, language: str) -> str:
    """Return how a line of the list names an area."""
    words = _WORDS[language]
    if area.judged == ALONE:
        return localised(area.name or area.code, language)
    if area.judged == JOINED:
        beside = len(area.zones) - 1
        return localised(_plural("joined", beside, language).replace("{name}", area.name or area.code), language)
    names = intercommunality_seats() if area.judged == "intercommunality" else department_names()
    text = words[f"pool_{area.judged}"]
    told = localised(text.format(name=quoted(names.get(area.code, area.code), language)), language)
    return told[:1].upper() + told[1:]


def _departments(codes: Sequence[str], language: str) -> str:
    names = department_names()
    known = [localised(names.get(code, code), language) for code in codes]
    return ", ".join(known[:3]) + ("…" if len(known) > 3 else "")


def _department_table(result: Result, counts: DepartmentCounts, language: str, file: str) -> str:
    """Return the departments with most people under the floor, and all that no map shows, beside the whole."""
    words, names = _WORDS[language], department_names()
    outlined = packaged_codes(DEPARTMENTS) if drawn_by_department(result.specification.territory) else frozenset()
    order = [int(row) for row in np.lexsort((np.array(counts.codes), -counts.under))]
    largest = [row for row in order if counts.under[row] > 0][:MOST_DEPARTMENTS]
    # On a map of departments, what has no outline would be nowhere.
    hidden = [row for row in order if outlined and counts.codes[row] not in outlined]
    shown = [*largest, *(row for row in hidden if row not in largest)]
    others = [row for row in order if row not in shown]

    def line(label: str, rows: Sequence[int], mapped: str) -> list[str]:
        picked = {name: float(values[list(rows)].sum()) for name, values in counts.columns().items()}
        cells = [label, number(picked["population"], language), number(picked["under"], language)]
        cells.append(_share(picked["under"], picked["judged"], language))
        if counts.by_chance is not None:
            cells.append(_share(picked["by_chance"], picked["judged"], language))
        cells.append(_share(picked["in_time"], picked["due"], language))
        return [*cells, mapped] if outlined else cells

    rows = [
        line(
            localised(names.get(counts.codes[row], counts.codes[row]) or words["unknown"], language),
            [row],
            words["yes" if counts.codes[row] in outlined else "no"],
        )
        for row in shown
    ]
    if not rows:
        return ""
    if others:
        rows.append(line(_plural("others", len(others), language), others, words["yes"]))
    rows.append(line(words["all"], order, ""))
    head = [words[name] for name in ("department", "people", "under", "share", "by_chance", "in_time", "mapped")]
    if counts.by_chance is None:
        head.remove(words["by_chance"])
    head = head[: len(rows[0])]
    numbers = range(1, len(head) - bool(outlined))
    return paragraph(words["departments_note"].format(file=file)) + table(
        words["departments"], head, rows, numbers=numbers
    )


def _share(part: float, whole: float, language: str) -> str:
    return mean_share(part / whole if whole else None, language)
