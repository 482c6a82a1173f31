"""Finding a place by what people type: a name or a code, a commune for its intercommunality, words in any order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from .communes import commune_table, names_of, plain_name

__all__ = ["TerritoryChoice", "find_territories"]

# What intercommunalities are called beside the name of a place: the table has the names of places only.
_LEGAL = frozenset(
    (
        *("cc", "ca", "cu", "cte", "communaute", "communautes", "commune", "communes", "agglomeration", "agglo"),
        *("metropole", "urbaine", "intercommunalite", "epci"),
    )
)
_SMALL = frozenset(("de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "sur", "pays"))


@dataclass(frozen=True)
class TerritoryChoice:
    """A place that can be simulated: what to write in a scenario, and what to show.

    Attributes
    ----------
    through : the commune by which the place was found, "" where its own name or code was.
    """

    selector: str
    name: str
    communes: int
    inhabitants: int
    through: str = ""


def find_territories(text: str, *, language: str = "en", limit: int = 20) -> list[TerritoryChoice]:
    """Return the places whose name or code holds ``text``, best match first: what a search box shows.

    Accents, case, hyphens, the order of words and the legal form of an intercommunality ("Redon Agglomération", "CC du
    Pays de Redon") do not matter. A place is also found by its communes: an intercommunality by any of them, a
    department by those that belong to no intercommunality. Without text: France, its regions, its departments.
    """
    wanted = plain_name(text)
    if not wanted:
        large = (place.choice(language) for place in _places() if not place.selector.startswith("intercommunality"))
        return list(large)[:limit]
    typed = wanted.split()
    words = frozenset(word for word in typed if word not in _LEGAL and word not in _SMALL) or frozenset(typed)
    legal = not _LEGAL.isdisjoint(typed) and not words <= _LEGAL
    ranked = []
    for number, place in enumerate(_places()):
        found = place.match(wanted, words)
        if found is not None:
            rank, member = found
            # Who writes the legal form means an intercommunality.
            other = legal and rank > 0 and not place.selector.startswith("intercommunality")
            ranked.append((rank, other, -place.inhabitants, number, member))
    ranked.sort(key=lambda each: (each[1], *each[:1], *each[2:4]))
    names = commune_table().name
    return [
        replace(_places()[number].choice(language), through="" if member is None else str(names[member]))
        for _, _, _, number, member in ranked[:limit]
    ]


@dataclass(frozen=True)
class _Place:
    """A place with the words by which it is found: its own name and code, and its communes as rows of the table."""

    selector: str
    name: str
    words: tuple[str, str]
    members: tuple[int, ...]
    communes: int
    inhabitants: int

    def match(self, wanted: str, words: frozenset[str]) -> tuple[int, int | None] | None:
        """Return how well a text means the place, 0 best, and the row of the commune that is meant; None: not at all.

        Parameters
        ----------
        wanted : the whole text, plain.
        words : those of its words that tell places apart.
        """
        name, code = self.words
        if wanted in self.words:
            return 0, None
        if name.startswith(wanted) or (len(wanted) >= 4 and code.startswith(wanted)):
            return 1, None
        if wanted in name or _holds(name, words):
            return 2, None
        communes = _commune_names()
        for rank, fits in (
            (3, lambda member: member == wanted),
            (4, lambda member: member.startswith(wanted)),
            (5, lambda member: words <= set(member.split())),
            (6, lambda member: _holds(member, words)),
        ):
            found = next((row for row in self.members if fits(communes[row])), None)
            if found is not None:
                return rank, found
        return None

    def choice(self, language: str) -> TerritoryChoice:
        name = self.name
        if self.selector.startswith("intercommunality"):
            name += " et son intercommunalité" if language == "fr" else " and its intercommunality"
        return TerritoryChoice(self.selector, name, self.communes, self.inhabitants)


def _holds(name: str, words: frozenset[str]) -> bool:
    """Tell whether each of the words begins one of a name, in any order."""
    own = name.split()
    return all(any(each.startswith(word) for each in own) for word in words)


@cache
def _commune_names() -> tuple[str, ...]:
    return tuple(plain_name(name) for name in commune_table().name.tolist())


@cache
def _places() -> tuple[_Place, ...]:
    """Return every place: France, the regions, the departments, the intercommunalities, each by code."""
    table = commune_table()
    alone = table.intercommunality == ""
    places = [_Place("all", "France", ("france", "all"), (), len(table.code), int(table.population.sum()))]
    for kind in ("region", "department", "intercommunality"):
        rows_of: dict[str, list[int]] = {}
        for row, code in enumerate(getattr(table, kind).tolist()):
            rows_of.setdefault(code, []).append(row)
        for code, name in sorted(names_of(kind).items()):
            rows = rows_of[code]
            members = tuple(row for row in rows if kind == "intercommunality" or (kind == "department" and alone[row]))
            inhabitants = int(table.population[rows].sum())
            words = (plain_name(name), plain_name(code))
            places.append(_Place(f"{kind}:{code}", name, words, members, len(rows), inhabitants))
    return tuple(places)
