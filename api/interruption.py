"""What is said when a run is interrupted, or cannot be kept as it was asked to."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from .console import say

__all__ = ["interruption", "say_finished", "say_notice"]

_WORDS = {
    "en": {
        "notice": "entraide: {text}",
        "finished": "entraide: already finished on {when}: nothing was simulated, what follows is read back.",
        "when": "{day} at {hour}:{minute} UTC",
        "nothing": "entraide: interrupted before anything was done.",
        "interrupted": "entraide: interrupted. {kept}{begun}. Go on with: entraide resume {place}",
        "kept": "{done} of {total} replicates are kept in {folder}",
        "kept_one": "{done} of {total} replicates is kept in {folder}",
        "only_begun": "The simulation is kept at {until} of {days} in {folder}",
        "only_done": "The simulation is kept in {folder}",
        "only_lost": "No day of the simulation is kept in {folder}",
        "begun": ", and {count} unfinished ones at {until} of {days}",
        "begun_one": ", and an unfinished one at {until} of {days}",
        "day": "day {first}",
        "days": "days {first} to {last}",
    },
    "fr": {
        "notice": "entraide : {text}",
        "finished": "entraide : déjà terminé le {when} : rien n'a été simulé, ce qui suit est relu dans le dossier.",
        "when": "{day} à {hour} h {minute} UTC",
        "nothing": "entraide : interrompu avant que rien ne soit fait.",
        "interrupted": "entraide : interrompu. {kept}{begun}. Pour reprendre : entraide resume {place}",
        "kept": "{done} simulations sur {total} sont gardées dans {folder}",
        "kept_one": "{done} simulation sur {total} est gardée dans {folder}",
        "only_begun": "La simulation est gardée {until} sur {days} dans {folder}",
        "only_done": "La simulation est gardée dans {folder}",
        "only_lost": "Aucun jour de la simulation n'est gardé dans {folder}",
        "begun": ", et {count} autres, inachevées, {until} sur {days}",
        "begun_one": ", et une autre, inachevée, {until} sur {days}",
        "day": "au jour {first}",
        "days": "aux jours {first} à {last}",
    },
}


def say_notice(language: str, texts: Mapping[str, str]) -> None:
    """Say on standard error what went otherwise than asked."""
    from entraide.viz.locales import localised

    say(localised(_WORDS[language]["notice"], language).format(text=localised(texts[language], language)))


def say_finished(places: Iterable[Path], language: str) -> None:
    """Say on standard error that all runs were finished before, and when the last one was; nothing where one is not."""
    from entraide.experiments.files import read_json
    from entraide.viz.locales import day_text, localised

    moments = []
    for place in places:
        file = place / "status.json"
        status = read_json(file) if file.exists() else {}
        if status.get("status") != "complete":
            return
        # Folders written before this was noted: their status is the last file that a run writes.
        written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        moments.append(datetime.fromisoformat(status["finished"]) if "finished" in status else written)
    last = max(moments)
    words = _WORDS[language]
    when = words["when"].format(day=day_text(last.date(), language), hour=f"{last:%H}", minute=f"{last:%M}")
    say(localised(words["finished"].format(when=when), language))


def interruption(folder: Path, language: str = "en") -> str:
    """Return what an interruption leaves behind, and how to go on."""
    from entraide.experiments.files import read_json
    from entraide.viz.locales import is_plural, localised, number

    # The name of a folder keeps its own typography.
    words = {key: localised(text, language) for key, text in _WORDS[language].items()}
    if not (folder / "run.json").exists():
        return words["nothing"]
    status = read_json(folder / "status.json")
    done, total, until = status["replicates_done"], status["replicates"], sorted(status.get("kept_until", {}).values())
    where = {"folder": folder, "done": done, "total": total}
    begun = ""
    if until:
        day = words["day" if until[0] == until[-1] else "days"]
        where["until"] = day.format(first=number(until[0], language), last=number(until[-1], language))
        where["days"] = number(read_json(folder / "run.json")["days"], language)
        begun = words["begun_one" if len(until) == 1 else "begun"].format(count=number(len(until), language), **where)
    if total == 1:
        kept, begun = words["only_begun" if until else "only_done" if done else "only_lost"].format(**where), ""
    else:
        kept = words["kept" if is_plural(done, language) else "kept_one"].format(**where)
    return words["interrupted"].format(kept=kept, begun=begun, place=shlex.quote(str(folder)))
