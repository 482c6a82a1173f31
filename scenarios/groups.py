"""Social groups, age band x diploma, from national tables: how many people, how excluded, how devoted."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from importlib.resources import files

import numpy as np
from numpy.typing import ArrayLike, NDArray

from entraide.model.territory import GroupTable

from .raking import rake

__all__ = ["AGE_BANDS", "CHILDREN", "DIPLOMAS", "NATIONAL_MIX", "national_groups", "zone_group_shares"]

CHILDREN = "0-14"
ADULT_BANDS = ("15-24", "25-39", "40-59", "60-74", "75+")
AGE_BANDS = (CHILDREN, *ADULT_BANDS)
DIPLOMAS = ("none or brevet", "CAP-BEP", "baccalaureat", "higher education")

NATIONAL_MIX = "assumption: national mix"
DIPLOMAS_ASSUMED = "assumption: national mix of diplomas within each age band"
AGES_ASSUMED = "assumption: national mix of ages within each diploma"

# Rows of the table "age" in each band.
CENSUS_AGES: Mapping[str, tuple[str, ...]] = {
    CHILDREN: ("00-04", "05-09", "10-14"),
    "15-24": ("15-19", "20-24"),
    "25-39": ("25-29", "30-34", "35-39"),
    "40-59": ("40-44", "45-49", "50-54", "55-59"),
    "60-74": ("60-64", "65-69", "70-74"),
    "75+": ("75-79", "80-84", "85-89", "90+"),
}
# Row of the table "diploma_by_age" that stands for each census age; the others are assumed, below.
SURVEY_AGES: Mapping[str, str] = {
    "25-29": "25-34",
    "30-34": "25-34",
    "35-39": "35-44",
    "40-44": "35-44",
    "45-49": "45-54",
    "50-54": "45-54",
    "55-59": "55-64",
    "60-64": "55-64",
}
# assumption: diplomas, in the order of DIPLOMAS, where the survey of ages 25-64 is silent. Those of 15-24 are still
# being earned; those of 65 and over go on with the fall from younger to older of the survey. They are seeds only:
# raking moves them to the census margin.
ASSUMED_DIPLOMAS: Mapping[str, tuple[float, float, float, float]] = {
    "15-24": (0.45, 0.12, 0.29, 0.14),
    "65-74": (0.36, 0.30, 0.13, 0.21),
    "75+": (0.55, 0.20, 0.11, 0.14),
}
# Row of the table "digital_exclusion" for each band; the file's label of the third starts at 45.
EXCLUSION_ROWS = ("15-24", "25-39", "45-59", "60-74", "75+")
# assumption: exclusion where no figure is given, between the neighbours that have one.
ASSUMED_EXCLUSION_BREVET = 0.20
ASSUMED_EXCLUSION_TWO_YEARS = 0.05
ASSUMED_EXCLUSION_BACCALAUREAT_TO_CAP = 0.5


def national_groups() -> GroupTable:
    """Return the 21 national groups: children under 15, and five age bands crossed with four diplomas.

    Children cannot contribute; their exclusion (0) and devotion (1) are never used.

    *Shares.* Ages over all inhabitants; diplomas among people of 15 and over; the joint table is the raking to these
    margins of a seed, the diplomas by age of the labour force survey (ages 25-64, its last ages standing for 60-64
    too) and assumed diplomas elsewhere. The diploma margin is published for those who have left school; it is used
    for all of 15 and over, because the file has no schooling by age. The margins are of 2018 and 2020, the survey
    of 2023.

    *Digital exclusion.* The cells meet both margins exactly, without interaction of age and diploma beyond them. By
    age: 2, 4, 9, 24 and 62 %. By diploma the published figures are of narrower categories than ours: 42 % holds for
    the CEP at most (four fifths of "none or brevet") and 3 % for bac+3 (two thirds of "higher education"); 20 % for
    the brevet and 5 % for bac+2 are assumed, hence about 37.5 % and 3.7 % for our groups. No figure exists for the two
    middle diplomas: the baccalaureat is assumed to be half as excluded as CAP-BEP, and their level is what the
    ages' total leaves. *Conflict*: the ages (2021) imply 16.0 % of people of 15 and over; the figure published for
    2019 is 17 %. The ages are kept: they are one survey, and the more recent.

    *Devotion.* Proportional to the share who volunteer in associations (a proxy: devotion is not measured), a factor
    of age times a factor of diploma, fitted so that both margins hold relative to the mean, which is 1. By age: 22 %
    under 35, 20 % at 50-64, 31 % from 65 on; 21 % at 35-49 is assumed. By diploma: 15 % up to CAP-BEP, 31 % above
    bac+2; the baccalaureat and bac+2 are assumed to lie evenly between.

    Source
    ------
    data/national_social.csv, each row with its own: INSEE RP2018, RP2020, enquête Emploi 2023, Insee Première 1953;
    France Bénévolat/IFOP 2019; Recherches & Solidarités 2019. The crossing is an assumption, "national mix".
    """
    figures = _national_figures()
    adults = _adults(figures)
    children = sum(figures["age", age] for age in CENSUS_AGES[CHILDREN])
    persons = np.concatenate([[children], adults.ravel()])
    names = (CHILDREN, *(f"{age}|{diploma}" for age in ADULT_BANDS for diploma in DIPLOMAS))
    return GroupTable(
        names=names,
        share=persons / persons.sum(),
        can_contribute=np.array([name != CHILDREN for name in names]),
        digital_exclusion=np.concatenate([[0.0], _digital_exclusion(figures, adults).ravel()]),
        devotion=np.concatenate([[1.0], _devotion(figures, adults).ravel()]),
        assumption=NATIONAL_MIX,
    )


def zone_group_shares(
    groups: GroupTable, age_shares: ArrayLike | None, diploma_shares: ArrayLike | None
) -> tuple[NDArray[np.float64] | None, str]:
    """Return the shares of the groups in each zone, and what they assume.

    Parameters
    ----------
    groups : the national groups; what the zones do not say is taken from them.
    age_shares : Z x 6, shares of AGE_BANDS among all inhabitants, or None.
    diploma_shares : Z x 4, shares of DIPLOMAS among inhabitants of 15 and over, or None.

    Returns
    -------
    float64[Z, 21], rows sum to 1, or None without any local share; and the assumption to print, "" with both.
    """
    if age_shares is None and diploma_shares is None:
        return None, groups.assumption
    national = groups.share[1:].reshape(len(ADULT_BANDS), len(DIPLOMAS))
    margins: list[tuple[tuple[int, ...], ArrayLike]] = []
    zones = len(np.asarray(age_shares if age_shares is not None else diploma_shares))
    children = np.full(zones, groups.share[0])
    if age_shares is not None:
        ages = _rows_to_one(age_shares)
        children = ages[:, 0]
        margins.append(((0, 1), ages[:, 1:]))
    if diploma_shares is not None:
        adults = 1.0 - children if age_shares is None else ages[:, 1:].sum(axis=1)
        margins.append(((0, 2), _rows_to_one(diploma_shares) * adults[:, np.newaxis]))
    table = rake(np.broadcast_to(national, (zones, *national.shape)), margins, tolerance=1e-9 / zones)
    shares = _rows_to_one(np.concatenate([children[:, np.newaxis], table.reshape(zones, -1)], axis=1))
    if diploma_shares is None:
        return shares, DIPLOMAS_ASSUMED
    return shares, AGES_ASSUMED if age_shares is None else ""


def _rows_to_one(shares: ArrayLike) -> NDArray[np.float64]:
    rows = np.asarray(shares, dtype=np.float64)
    return rows / rows.sum(axis=1, keepdims=True)


def _national_figures() -> dict[tuple[str, str], float]:
    """Read the packaged national figures: (table, group) -> value; a share is between 0 and 1."""
    text = (files(__package__) / "data" / "national_social.csv").read_text(encoding="utf-8")
    figures = {}
    for row in csv.DictReader(text.splitlines()):
        scale = 0.01 if row["unit"].startswith("percent") else 1.0
        figures[row["table"], row["group"]] = float(row["value"]) * scale
    return figures


def _survey_diplomas(figures: Mapping[tuple[str, str], float], age: str) -> NDArray[np.float64]:
    """Return the diplomas at one age of the survey, in the order of DIPLOMAS; the undetermined are spread evenly."""
    names = ("none or brevet", "CAP BEP", "baccalaureat", "bac+2", "above bac+2")
    rates = [figures["diploma_by_age", f"{age}|{name}"] for name in names]
    diplomas = np.array([*rates[:3], rates[3] + rates[4]])
    return np.asarray(diplomas / diplomas.sum())


def _seed_diplomas(figures: Mapping[tuple[str, str], float], census_age: str) -> NDArray[np.float64]:
    if census_age in SURVEY_AGES:
        return _survey_diplomas(figures, SURVEY_AGES[census_age])
    if census_age in CENSUS_AGES["15-24"]:
        return np.array(ASSUMED_DIPLOMAS["15-24"])
    return np.array(ASSUMED_DIPLOMAS["75+" if census_age in CENSUS_AGES["75+"] else "65-74"])


def _adults(figures: Mapping[tuple[str, str], float]) -> NDArray[np.float64]:
    """Return people of 15 and over by age band and diploma. Shape 5 x 4; unit persons."""
    seed = np.zeros((len(ADULT_BANDS), len(DIPLOMAS)))
    for band, age in enumerate(ADULT_BANDS):
        for census_age in CENSUS_AGES[age]:
            seed[band] += figures["age", census_age] * _seed_diplomas(figures, census_age)
    margin = "diploma_15plus_not_in_school"
    lowest = figures[margin, "none or CEP"] + figures[margin, "brevet"]
    others = [figures[margin, name] for name in ("CAP BEP", "baccalaureat", "higher education")]
    diplomas = np.array([lowest, *others])
    persons = seed.sum(axis=1)
    return rake(seed, [((0,), persons), ((1,), diplomas / diplomas.sum() * persons.sum())])


def _digital_exclusion(figures: Mapping[tuple[str, str], float], adults: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share excluded by age band and diploma, 5 x 4: see :func:`national_groups`."""
    by_age = adults.sum(axis=1) * [figures["digital_exclusion", row] for row in EXCLUSION_ROWS]
    persons = adults.sum(axis=0)
    margin = "diploma_15plus_not_in_school"
    primary = figures[margin, "none or CEP"] / (figures[margin, "none or CEP"] + figures[margin, "brevet"])
    lowest = primary * figures["digital_exclusion", "CEP at most"] + (1 - primary) * ASSUMED_EXCLUSION_BREVET
    two_years = _share_with_two_years(figures)
    highest = two_years * ASSUMED_EXCLUSION_TWO_YEARS + (1 - two_years) * figures["digital_exclusion", "bac+3"]
    left = by_age.sum() - persons[0] * lowest - persons[3] * highest
    vocational = left / (persons[1] + ASSUMED_EXCLUSION_BACCALAUREAT_TO_CAP * persons[2])
    rates = np.array([lowest, vocational, ASSUMED_EXCLUSION_BACCALAUREAT_TO_CAP * vocational, highest])
    by_diploma = persons * rates
    seed = np.stack([adults, adults], axis=2)
    excluded_or_not = rake(
        seed,
        [
            ((0, 1), adults),
            ((0, 2), np.stack([by_age, adults.sum(axis=1) - by_age], axis=1)),
            ((1, 2), np.stack([by_diploma, persons - by_diploma], axis=1)),
        ],
    )
    return np.clip(excluded_or_not[:, :, 0] / excluded_or_not.sum(axis=2), 0.0, 1.0)


def _share_with_two_years(figures: Mapping[tuple[str, str], float]) -> float:
    """Return the share of bac+2 among higher diplomas at ages 25-64, taken for all ages."""
    two_years = longer = 0.0
    for census_age, age in SURVEY_AGES.items():
        persons = figures["age", census_age]
        two_years += persons * figures["diploma_by_age", f"{age}|bac+2"]
        longer += persons * figures["diploma_by_age", f"{age}|above bac+2"]
    return two_years / (two_years + longer)


def _volunteers_at(figures: Mapping[tuple[str, str], float], census_age: str) -> float:
    under_35, from_50, from_65 = (figures["volunteering_associations", row] for row in ("under 35", "50-64", "65+"))
    if census_age in ("15-19", "20-24", "25-29", "30-34"):
        return under_35
    if census_age in ("35-39", "40-44", "45-49"):
        return (under_35 + from_50) / 2
    return from_50 if census_age in ("50-54", "55-59", "60-64") else from_65


def _devotion(figures: Mapping[tuple[str, str], float], adults: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the devotion by age band and diploma, 5 x 4, mean 1 over people: see :func:`national_groups`."""
    by_age = np.array(
        [sum(figures["age", age] * _volunteers_at(figures, age) for age in CENSUS_AGES[band]) for band in ADULT_BANDS]
    )
    low = figures["volunteering_associations", "none to BEP"]
    high = figures["volunteering_associations", "above bac+2"]
    two_years = _share_with_two_years(figures)
    step = (high - low) / 3
    rates = np.array([low, low, low + step, two_years * (low + 2 * step) + (1 - two_years) * high])
    by_diploma = adults.sum(axis=0) * rates
    volunteers = rake(adults, [((0,), by_age / by_age.sum()), ((1,), by_diploma / by_diploma.sum())])
    return np.asarray(volunteers / (adults / adults.sum()))
