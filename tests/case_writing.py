"""A small case with one figure, written as a user would."""

from __future__ import annotations

from pathlib import Path


def write_case(
    folder: Path,
    scale: str,
    metric: str = "gini",
    *,
    service_class: str = "knowledge-commons",
    arrivals: str = "day,count\n0,30\n5,20\n",
) -> Path:
    """Write ``X1.toml``, with arrivals.csv beside it, and return its path."""
    path = folder / "X1.toml"
    path.write_text(
        f'id = "X1"\ntitle = "A project"\nsource = "made up"\nclass = "{service_class}"\nharness = "service"\n\n'
        f'[scale]\n{scale}\n\n[[targets]]\nmetric = "{metric}"\nvalue = 0.5\nlow = 0.4\nhigh = 0.6\n',
        encoding="utf-8",
    )
    (folder / "arrivals.csv").write_text(arrivals, encoding="utf-8")
    return path
