"""What ``entraide compare`` sets side by side: scenarios to simulate, or the folders of runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .chosen import chosen_scenario
from .options import DEFAULT_SOURCE, ParametersFrom, replicates_of

if TYPE_CHECKING:
    from entraide.experiments.output import Request
    from entraide.model.parameters import Value

__all__ = ["Asked", "Moved", "both_sides"]


class Asked:
    """The numbers asked for on the command line; None where nothing was."""

    def __init__(
        self,
        replicates: int | None,
        quick: bool,
        days: int | None,
        seed: int | None,
        territory: str | None,
        parameters: ParametersFrom | None,
    ) -> None:
        from entraide.experiments.runner import check_numbers

        self.given = replicates is not None or quick or days is not None or seed is not None or territory
        self.replicates, self.quick = replicates, quick
        self.days, self.seed, self.territory = days, 0 if seed is None else seed, territory
        self.parameters = None if parameters is None else parameters.value
        check_numbers(replicates=replicates_of(replicates, quick), seed=self.seed)


@dataclass(frozen=True)
class Moved:
    """What was asked to be changed: parameters by key, then named measures on top of them."""

    changes: dict[str, Value]
    measures: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changes or self.measures)


_NOTHING = Moved({})


def both_sides(first: str, second: str | None, moved: Moved, asked: Asked) -> tuple[Request | Path, Request | Path]:
    """Return both sides: what to simulate, or the folder of what was."""
    from entraide.experiments.paired_runs import changed_request, is_run_folder
    from entraide.experiments.runs import load_result
    from entraide.model.errors import InputError

    folders = [None if side is None or not is_run_folder(Path(side)) else Path(side) for side in (first, second)]
    for folder in folders:
        if folder is None:
            continue
        there = load_result(folder).parameters_from
        if asked.parameters not in (None, there):
            raise InputError(
                {
                    "en": f"this run takes its parameters from the {there}, not from the {asked.parameters}",
                    "fr": f"cette simulation tire ses paramètres de «\u202f{there}\u202f», non de "
                    f"«\u202f{asked.parameters}\u202f»",
                },
                where="--parameters",
                value=str(folder),
                remedy={
                    "en": "Leave --parameters out: the other design is then run as this one was",
                    "fr": "Omettez --parameters\u202f: l'autre dispositif est alors simulé comme celle-ci",
                },
            )
    if any(folders) and asked.given:
        raise InputError(
            {
                "en": "a finished run sets replicates, days, territory and seed",
                "fr": "une simulation finie fixe le nombre de simulations, les jours, le territoire et la graine",
            },
            where="compare",
            value=str(next(filter(None, folders))),
            remedy={
                "en": "Leave --replicates, --quick, --days, --territory and --seed out, or give the scenario instead",
                "fr": "Omettre --replicates, --quick, --days, --territory et --seed, ou donner le scénario à la place",
            },
        )
    if second is None:
        if not moved:
            raise InputError(
                {"en": "there is nothing to compare with", "fr": "il n'y a rien à quoi comparer"},
                where="compare",
                remedy={
                    "en": "Add --set key=value, --measure NAME, or a second scenario or folder",
                    "fr": "Ajouter --set clé=valeur, --measure NOM, ou un second scénario ou dossier",
                },
            )
        if folders[0] is not None:
            return folders[0], changed_request(folders[0], moved.changes, moved.measures)
        return _requests((first, _NOTHING), (first, moved), asked)
    if any(folders) and moved:
        raise InputError(
            {"en": "a finished run cannot be changed", "fr": "une simulation finie ne se change pas"},
            where="--set" if moved.changes else "--measure",
            remedy={
                "en": "Give one folder and --set or --measure alone: the changed design is then run and "
                "compared with it",
                "fr": "Donner un dossier et --set ou --measure seuls\u202f: le dispositif modifié est alors simulé "
                "et comparé",
            },
        )
    if folders[0] is not None or folders[1] is not None:
        like = folders[0] or folders[1]
        assert like is not None
        sides = [
            folder if folder is not None else _like(like, text)
            for folder, text in zip(folders, (first, second), strict=True)
        ]
        return sides[0], sides[1]
    return _requests((first, moved), (second, moved), asked)


def _requests(first: tuple[str, Moved], second: tuple[str, Moved], asked: Asked) -> tuple[Request, Request]:
    """Return both sides, with as many replicates each: those of the scenario that makes fewer, unless asked."""
    from entraide.experiments.draws import draws_for
    from entraide.experiments.output import Request

    chosen = [
        chosen_scenario(name, moved.changes, asked.days, asked.territory, moved.measures)
        for name, moved in (first, second)
    ]
    usual = min(scenario.replicates for scenario, _ in chosen)
    replicates = replicates_of(asked.replicates, asked.quick, usual)
    one, other = (
        Request(
            scenario,
            replicates,
            asked.seed,
            own_file=own_file,
            draws=draws_for(scenario, replicates, asked.parameters or DEFAULT_SOURCE.value),
        )
        for scenario, own_file in chosen
    )
    return one, other


def _like(folder: Path, name: str) -> Request:
    """Return a scenario with the replicates, days and seed of a run."""
    from entraide.experiments.draws import draws_for
    from entraide.experiments.output import Request, RunFolder

    there = RunFolder.open(folder).request
    scenario, own_file = chosen_scenario(name, days=there.scenario.days)
    draws = draws_for(scenario, there.replicates, there.parameters_from)
    return Request(scenario, there.replicates, there.seed, own_file=own_file, draws=draws)
