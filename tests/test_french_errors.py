"""What an analyst can get wrong is told in French where French is asked for, and never with a traceback."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from french_words import english_words, faults_of_french, left_over
from typer.testing import CliRunner

from entraide.command_line import application
from entraide.model.event_kinds import EVENT_KINDS
from entraide.scenarios.reading import shipped_names

EVENT_KIND_NAMES = tuple(kind.name for kind in EVENT_KINDS)
# Command -> words that the message must hold. FOLDER is an empty one, in which "bad.yaml" and "full/" stand.
MISTAKES = (
    (("run", "urban-report"), "scénario inconnu (donné : 'urban-report')"),
    (("run", "urban-report"), "vouliez-vous dire 'urban-reports' ?"),
    (("run", "nowhere.toml"), "il n'y a pas de tel fichier de scénario"),
    (("run", "full"), "est un dossier, non un fichier de scénario"),
    (("run", "bad.yaml"), "Un scénario s'écrit en TOML"),
    (("run", "--set", "fnu=1"), "--set fnu : paramètre inconnu. vouliez-vous dire 'fun' ?"),
    (("run", "--set", "fun=90"), "est hors des bornes (donné : 90). admis : de 0 à 2."),
    (("run", "--set", "acknowledgement_rate=0,9"), "Écrire 0.9, avec un point au lieu de la virgule."),
    (("run", "--set", "fun"), "doit s'écrire clé=valeur"),
    (("run", "--set", "fun=1", "--set", "fun=2"), "est donné deux fois"),
    (("run", "--set", "phone_offered=oui"), "doit être true (oui) ou false (non)"),
    (("run", "three-services", "--set", "acknowledgement_rate=0.9"), "ne dit pas de quel service il s'agit"),
    (("run", "--territory", "29200"), "--territory : aucune commune n'a ce code"),
    (("run", "--territory", "departement:29"), "vouliez-vous dire 'department:29' ?"),
    (("run", "--territory", "department:99"), "--territory : aucun département avec des habitants n'a ce code"),
    (("run", "--territory", "zones.csv"), "--territory : il n'y a pas de tel fichier (donné : 'zones.csv'). Vérifier"),
    (("run", "--replicates", "0"), "un nombre entier de 1 à 100000"),
    (("run", "--quick", "--replicates", "9"), "ne se donne pas avec --replicates"),
    (("run", "--days", "9999"), "ne peut être simulé"),
    (("run", "--out", "full", "--days", "5"), "le dossier n'est pas vide et ne contient pas de simulation"),
    (("report", "nothing"), "il n'y a pas de tel dossier"),
    (("report", "full"), "n'est pas le dossier d'une simulation"),
    (("resume", "nothing"), "il n'y a pas de tel dossier"),
    (("compare", "urban-reports"), "il n'y a rien à quoi comparer"),
    (("stress", "--date", "demain"), "doit être une date, écrite année-mois-jour"),
    (("stress", "--size", "budget_cut"), "doit s'écrire sorte=nombre"),
    (("scenarios", "show", "urban-report"), "scénario inconnu"),
    (("scenarios", "check", "bad.yaml"), "n'est pas du TOML valide"),
    (("scenarios", "new", "Ma ville"), "n'est pas un nom valide"),
    (("scenarios", "new", "urban-reports"), "est le nom d'un scénario du paquet"),
    (("parameters", "acknowledgement_rat"), "paramètre inconnu"),
    (("calibrate", "nothing.csv", "--class", "urban-report"), "il n'y a pas de tel fichier"),
    (("calibrate", "nothing.csv", "--class", "urban-reports"), "classe de services inconnue"),
    (("break-even", "urban-reports", "--service", "roads"), "service inconnu"),
    (("dashboard", "--port", "99999"), "ne peut être un port"),
    (("scenarios", "check", "unknown-key.toml"), "services.reports.nedes : clé inconnue"),
    (("scenarios", "check", "two-faults.toml"), "Et une autre faute dans ce fichier."),
    (("scenarios", "check", "no-table.toml"), "doit être une table : écrire [services]"),
    (("scenarios", "check", "no-text.toml"), "doit être un texte entre guillemets droits"),
    (("scenarios", "check", "bounds.toml"), "est hors des bornes (donné : 2). admis : de 0 à 1."),
    (("scenarios", "check", "event.toml"), "sorte d'événement inconnue"),
    (("scenarios", "check", "date.toml"), "doit être une date, écrite année-mois-jour"),
    (("scenarios", "check", "late.toml"), "est hors du calendrier (donné : '2031-03-01')"),
    (("scenarios", "check", "base.toml"), "base : base inconnue"),
    (("scenarios", "check", "version.toml"), "version de schéma inconnue"),
    (("scenarios", "check", "place.toml"), "territory.communes, n° 1 : aucune commune n'a ce code"),
    (("run", "--snapshot-minutes", "-4"), "0 (jamais), ou des minutes, jusqu'à 10080 (une semaine)"),
    (("calibrate", "nothing.csv", "--check"), "Omettre l'un ou l'autre."),
    (("resume", "full", "--workers", "2"), "ne vaut que pour le dossier d'un balayage (donné : 2). Prendre --threads."),
)
# What a scenario of one's own may have wrong, after its first two lines.
FILES = {
    "unknown-key": "[services.reports]\nnedes = 3",
    "two-faults": "[services.reports]\nnedes = 3\nnede = 4",
    "no-table": "services = 3",
    "no-text": "[card.fr]\ntitle = 3",
    "bounds": "[services.reports]\nnorm_error = 2",
    "date": '[time]\nstart = "demain"',
    "late": '[[events]]\nkind = "outage"\ndate = 2031-03-01\ndays = 2',
    "place": '[territory]\ncommunes = ["29200"]',
    "event": '[[events]]\nkind = "flood"\ndate = 2025-03-01',
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a file that is no scenario and a folder that is no run."""
    (tmp_path / "bad.yaml").write_text("base: urban-reports\n", encoding="utf-8")
    for name, text in FILES.items():
        lines = f'schema_version = 1\nbase = "urban-reports"\n{text}\n'
        (tmp_path / f"{name}.toml").write_text(lines, encoding="utf-8")
    (tmp_path / "base.toml").write_text('schema_version = 1\nbase = "urban-report"\n', encoding="utf-8")
    (tmp_path / "version.toml").write_text('schema_version = 9\nbase = "urban-reports"\n', encoding="utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "something.txt").write_text("something", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("arguments", "told"), MISTAKES, ids=[" ".join(each) for each, _ in MISTAKES])
def test_a_mistake_is_told_in_french(arguments: tuple[str, ...], told: str) -> None:
    result = CliRunner().invoke(application, [*arguments, "--lang", "fr"])
    said = result.stderr.strip()
    plain = said.replace("\u202f", " ").replace("\u00a0", " ")
    print(said)
    assert result.exit_code == 2
    assert told in plain
    assert len(said.splitlines()) == 1
    assert "Traceback" not in said
    assert left_over(said.removeprefix("entraide: ")) == []
    # Names of the package, what was typed and what the reader of TOML says are left as they are.
    sentences = said.removeprefix("entraide: ").partition("TOML valide")
    for name in (*shipped_names(), *arguments, *EVENT_KIND_NAMES, "days\u202f"):
        sentences = tuple(part.replace(name, "") for part in sentences)
    if not sentences[1]:
        assert english_words(sentences[0]) == []
    assert [fault for fault in faults_of_french(sentences[0]) if "'" not in fault] == []


def test_the_same_mistakes_are_told_in_english_by_default(folder: Path) -> None:
    for arguments, told in MISTAKES:
        result = CliRunner().invoke(application, list(arguments))
        assert result.exit_code == 2, arguments
        assert told not in result.stderr.replace("\u202f", " ")
        assert not re.search(r"\u202f| (?:ou|est|dans|donné|admis|une|les|pas) ", result.stderr), result.stderr
