"""Fresh environments in seconds: uv where it works, looking wherever pip looks on this machine; else pip.

What users type is pip, and is tried word for word by the README's commands. Here many environments are filled one after
the other only to use what is in them, and pip takes a minute or two for each: half of it to compile modules that nobody
imports, a third to decide on versions.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

__all__ = ["fresh_environment", "install", "told_to_uv"]

_OPTIONS = {
    "index-url": "--default-index",
    "extra-index-url": "--index",
    "find-links": "--find-links",
    "constraint": "--constraint",
    "trusted-host": "--allow-insecure-host",
}


def told_to_uv(settings: str) -> tuple[list[str], dict[str, str]]:
    """Return the options and variables with which uv looks where pip looks.

    Parameters
    ----------
    settings : what ``pip config list`` prints.
    """
    # All indices count, as they do for pip: by default uv stops at the first that knows a name.
    options, variables = ["--index-strategy", "unsafe-best-match"], {"UV_HTTP_TIMEOUT": "180"}
    for name, text in re.findall(r"^(?:global|install|:env:)\.([\w-]+)='(.*)'$", settings, re.M):
        for value in text.split():
            pair = [_OPTIONS.get(name, ""), value]
            if pair[0] and pair not in [options[place : place + 2] for place in range(0, len(options), 2)]:
                options += pair
        if name == "cert":
            variables["SSL_CERT_FILE"] = text
    return options, variables


def fresh_environment(interpreter: str | Path, environment: Path) -> None:
    """Make an environment that has pip.

    Raises
    ------
    subprocess.CalledProcessError : neither uv nor venv could.
    """
    if not _uv(["venv", "--seed", "--python", str(interpreter), str(environment)], pip_options=False):
        subprocess.run([str(interpreter), "-m", "venv", str(environment)], check=True, stdin=subprocess.DEVNULL)


def install(environment: Path, *what: str | Path) -> None:
    """Install requirements or archives into an environment.

    Raises
    ------
    subprocess.CalledProcessError : neither uv nor pip could.
    """
    python, wanted = str(environment / "bin" / "python"), [str(each) for each in what]
    if not _uv(["pip", "install", "--python", python, *wanted]):
        subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True, stdin=subprocess.DEVNULL)


def _uv(words: Sequence[str], pip_options: bool = True) -> bool:
    """Tell whether uv did it; what it says of a failure is printed."""
    listed = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True)
    options, variables = told_to_uv(listed.stdout)
    if not pip_options:
        options = list(_without(options, "--constraint"))
    finished = subprocess.run(
        [sys.executable, "-m", "uv", *words, "--quiet", *options],
        env={**os.environ, **variables}, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    if finished.returncode:
        print(f"uv could not, pip is asked: {finished.stderr.strip()[-2000:]}", flush=True)
    return finished.returncode == 0


def _without(options: Sequence[str], name: str) -> Iterable[str]:
    """Yield options and their values but those of one name, which ``uv venv`` does not know."""
    for place in range(0, len(options), 2):
        if options[place] != name:
            yield from options[place : place + 2]
