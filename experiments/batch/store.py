"""The folder of a sweep: what was asked, records as they are finished, and one table at the end.

``sweep.json`` says what was asked, ``points.npy`` and ``settings.parquet`` what is varied, ``scenarios/`` holds a copy
of each scenario. Finished runs come in ``parts/``; ``runs.parquet`` takes their place when all are there. Each file
gets its name in one step, after its bytes are on the disk: what has a name is whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from entraide.model.errors import InputError

from ..files import make_folder, read_json, storage_fault, write_json, write_text, write_whole
from ..provenance import code_hash, package_version
from ..scenario_copy import load_copy, write_copy
from .factors import Factor
from .lock import locked
from .outputs import schema_of
from .settings import Settings
from .settings_table import settings_table
from .study import Study
from .study_schema import StudyTables
from .study_text import study_text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FORMAT", "REQUEST_FILE", "Store", "write_parquet"]

FORMAT = 1
REQUEST_FILE = "sweep.json"
_POINTS, _SETTINGS, _RUNS, _PARTS, _PANEL = "points.npy", "settings.parquet", "runs.parquet", "parts", "panel"
_OWN_NAMES = ("lock", "scenarios", "study.toml", _POINTS, _SETTINGS, _PARTS)
# Names that a part and its panel have while they are written begin with a dot: nothing reads them.
_PART = "part-{:07d}.parquet"


class Store:
    """A sweep's folder; made by ``create`` or found by ``open``. Reading needs no lock, writing does."""

    def __init__(self, path: Path, study: Study, request: Mapping[str, Any]) -> None:
        self.path, self.study, self.request = path, study, request
        self.first_alike = study.settings().first_alike()

    @classmethod
    def create(cls, path: Path, study: Study, command: str = "") -> Store:
        """Make the folder of a new sweep, or return that of the same sweep where it was begun there before.

        Raises
        ------
        InputError : the folder holds another sweep, or other files.
        MachineError : it cannot be written.
        """
        request = {
            "format": FORMAT,
            "version": package_version(),
            "code_hash": code_hash(),
            "study_hash": study.hash(),
            "command": command,
            "study": study.document(),
        }
        if (path / REQUEST_FILE).exists():
            return cls._begun_before(path, request)
        # A sweep that was killed while it made its folder left no request, and nothing but these.
        if path.is_dir() and any(each.name not in _OWN_NAMES and each.suffix != ".part" for each in path.iterdir()):
            raise InputError(
                "the folder is not empty and holds no sweep",
                where="--out",
                value=str(path),
                remedy="Choose another folder: nothing is written over",
            )
        with locked(path):
            if (path / REQUEST_FILE).exists():
                # Another process was quicker: its sweep is not written over.
                return cls._begun_before(path, request)
            make_folder(path / _PARTS)
            for scenario in study.scenarios:
                write_copy(scenario, make_folder(path / "scenarios" / scenario.name))
            write_text(path / "study.toml", study_text(study))
            _write_points(path / _POINTS, study.points)
            write_parquet(path / _SETTINGS, [settings_table(study)])
            # The request is written last: a folder that has it has all the rest.
            write_json(path / REQUEST_FILE, request)
        # Runs are made from the copies from the first one on: workers elsewhere find the zones there as well.
        return cls.open(path)

    @classmethod
    def _begun_before(cls, path: Path, request: Mapping[str, Any]) -> Store:
        there = cls.open(path)
        if there.request["study_hash"] != request["study_hash"]:
            raise InputError(
                "the folder holds another sweep",
                where="--out",
                value=str(path),
                remedy=f"Choose another folder, or go on with that sweep: entraide resume {path}",
            )
        return there

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Store:
        """Return the store in a folder.

        Raises
        ------
        InputError : no sweep was begun there, another version of the package wrote it, or a file was altered.
        """
        path = Path(path)
        if not (path / REQUEST_FILE).exists():
            raise InputError("holds no sweep", where=str(path), remedy="Begin one: entraide sweep STUDY --out FOLDER")
        request = read_json(path / REQUEST_FILE)
        version = request.get("format") if isinstance(request, dict) else None
        if version != FORMAT:
            newer = isinstance(version, int) and version > FORMAT
            raise InputError(
                f"this store has format {version}, and this version of entraide reads format {FORMAT}",
                where=str(path),
                remedy="Install a newer entraide"
                if newer
                else "Run the study again into a new folder; runs.parquet, where it is there, is still a plain table",
            )
        try:
            study, begun = _study_of(path, request["study"]), request["study_hash"]
            points = np.load(path / _POINTS, allow_pickle=False)
        except (KeyError, TypeError, ValueError, OSError, EOFError):
            raise _altered(path) from None
        study.__dict__["points"] = points
        if study.hash() != begun:
            raise InputError(
                "a scenario or the design was altered since the sweep began",
                where=str(path),
                remedy="Run the study again into a new folder: runs of two studies are not put together",
            )
        return cls(path, study, request)

    def check_same_code(self) -> None:
        """Refuse to add runs of another version of the simulator.

        Raises
        ------
        InputError : the simulator's source differs from that which began the sweep.
        """
        if self.request.get("code_hash") != code_hash():
            raise InputError(
                "another version of the simulator began this sweep",
                where=str(self.path),
                value=self.request.get("version"),
                remedy="Run it again into a new folder: runs of two versions are not put together",
            )

    # What is there -------------------------------------------------------------------------------------------------

    @property
    def runs_path(self) -> Path:
        """The table of all runs; it is there once the sweep is finished."""
        return self.path / _RUNS

    @property
    def complete(self) -> bool:
        """Whether all runs are there, failed ones included."""
        return self.runs_path.exists()

    @property
    def parts(self) -> list[Path]:
        """The files of finished runs, in the order in which they were written."""
        return sorted((self.path / _PARTS).glob("part-*.parquet"))

    @property
    def status(self) -> Mapping[str, Any]:
        """What ``status.json`` says; empty before anything was run."""
        path = self.path / "status.json"
        return read_json(path) if path.exists() else {}

    def set_status(self, status: str, **more: Any) -> None:
        """Write the status, with whatever else is known."""
        write_json(self.path / "status.json", {**self.status, "status": status, **more})

    def part_path(self, number: int) -> Path:
        """Return the file of a part."""
        return self.path / _PARTS / _PART.format(number)

    def panel_path(self, number: int) -> Path:
        """Return the file of the panel of a part's runs."""
        return self.path / _PANEL / _PART.format(number)

    def about(self) -> dict[str, str]:
        """Return where the runs come from, for a table's metadata: the same in every sitting."""
        return {
            "entraide.study": self.study.name,
            "entraide.study_hash": str(self.request["study_hash"]),
            "entraide.version": str(self.request["version"]),
            "entraide.code_hash": str(self.request["code_hash"]),
            "entraide.seed": str(self.study.seed),
        }

    def schema(self, *, whole: bool) -> pa.Schema:
        """Return the schema of a part, or of the whole table, with units and descriptions."""
        return schema_of(self.study, self.about(), whole=whole)

    def settings(self) -> Settings:
        """Return every setting: number, scenario name, changes."""
        return self.study.settings()

    def settings_frame(self) -> pd.DataFrame:
        """Return the settings as a table: ``setting``, ``scenario``, and a column for each factor."""
        return settings_table(self.study).to_pandas()

    def table(self) -> pa.Table:
        """Return what is there so far as an Arrow table, one row for each setting and replicate, in their order."""
        from .gathering import whole_tables

        try:
            if not self.complete:
                return pa.concat_tables([self.schema(whole=True).empty_table(), *whole_tables(self)])
        except FileNotFoundError:
            # The sweep was finished meanwhile: its parts have become the whole table.
            if not self.complete:
                raise
        return self.finished_runs()

    def finished_runs(self, columns: list[str] | None = None) -> pa.Table:
        """Return columns of the whole table of a finished sweep; None: all.

        Raises
        ------
        InputError : the table was altered or cut.
        """
        try:
            return pq.read_table(self.runs_path, columns=columns)
        except (OSError, pa.ArrowException):
            raise _altered(self.runs_path) from None

    def first_failure(self) -> dict[str, str]:
        """Return stage and message of the first run that failed; both empty where none did."""
        found = self.table().select(["status", "stage", "message"])
        failed = found.filter(pc.equal(found.column("status"), "failed")).slice(0, 1).to_pylist()
        return {key: failed[0][key] if failed else "" for key in ("stage", "message")}

    def runs(self) -> pd.DataFrame:
        """Return what is there so far as a table, one row for each setting and replicate, in their order.

        Columns: ``setting``, ``scenario``, one for each factor under its key, ``draw``, ``replicate``,
        ``scenario_hash``, ``status``, ``stage``, ``message``, then ``cost`` and ``SERVICE.MEASURE``. ``table`` holds
        the same with units and descriptions.
        """
        return self.table().to_pandas()


def _altered(path: Path) -> InputError:
    return InputError("was altered, or is not whole", where=str(path), remedy="Run the study again into a new folder")


def write_parquet(path: Path, tables: Sequence[pa.Table] | Iterator[pa.Table]) -> Path:
    """Write tables of one schema as one file, a row group each; it has its name when its bytes are on the disk.

    Raises
    ------
    MachineError : it cannot be written; nothing of it is left behind.
    """

    def fill(stream: BinaryIO) -> None:
        writer = None
        try:
            for table in tables:
                if writer is None:
                    writer = pq.ParquetWriter(stream, table.schema, compression="zstd")
                writer.write_table(table)
                _pause()
        finally:
            if writer is not None:
                writer.close()

    return _write_durably(path, fill)


def _pause() -> None:
    """Wait inside a write for as long as a test of kills asks for."""
    seconds = os.environ.get("ENTRAIDE_PAUSE_IN_WRITE")
    if seconds:
        import time

        time.sleep(float(seconds))


def _write_durably(path: Path, fill: Any) -> Path:
    def write(target: Path) -> None:
        with target.open("wb") as stream:
            fill(stream)
            stream.flush()
            os.fsync(stream.fileno())

    write_whole(path, write)
    if os.name != "nt":
        try:
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as error:
            raise storage_fault(error, path) from None
    return path


def _write_points(path: Path, points: NDArray[np.float64]) -> None:
    _write_durably(path, lambda stream: np.save(stream, points, allow_pickle=False))


def _study_of(path: Path, document: Mapping[str, Any]) -> Study:
    """Return the study that a store holds.

    Raises
    ------
    KeyError, TypeError, ValueError : the document was altered.
    """
    factors = tuple(Factor(**{**each, "levels": tuple(each["levels"])}) for each in document["factors"])
    scenarios = tuple(
        load_copy(path / "scenarios" / each["name"], each["name"], {}, each["days"]) for each in document["scenarios"]
    )
    shape = StudyTables.model_validate(
        {
            "schema_version": 1,
            **{key: document[key] for key in ("name", "question", "design", "outputs")},
            "scenarios": [each.name for each in scenarios],
            "factors": {},
        }
    )
    return Study(
        name=document["name"],
        question=document["question"],
        scenarios=scenarios,
        factors=factors,
        design=shape.design,
        replicates=int(document["replicates"]),
        seed=int(document["seed"]),
        days=document["days"],
        parameters=document["parameters"],
        outputs=shape.outputs,
    )
