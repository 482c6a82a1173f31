"""What a release hands out: one version, archives that hold what they must, extras in use, words that stay true."""

from __future__ import annotations

import ast
import importlib
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from house import REPOSITORY, copy_sources, project_files
from newcomers_walk import stated_sentences, the_commands

from entraide.experiments.output import OUTPUT_FOLDER
from entraide.viz.dashboard.uploads import LIMITS
from entraide.viz.serve import DEFAULT_PORT, HOST, PROMISED, prepare_solara


@pytest.fixture(scope="module")
def release() -> ModuleType:
    return _of_checks("check_release")


def _of_checks(name: str) -> ModuleType:
    """Return a module of .ci/, which is no package."""
    folder = str(REPOSITORY / ".ci")
    sys.path.insert(0, folder)
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(folder)


def _project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def test_every_extra_is_used_in_an_environment_of_its_own(release: ModuleType, tmp_path: Path) -> None:
    assert release.missing_smoke() == set()
    text = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(
        text.replace("\noffline = [", '\nplanted = ["numpy"]\noffline = ['), encoding="utf-8"
    )
    assert release.missing_smoke(tmp_path) == {"planted"}


def test_the_site_that_tests_build_whole_needs_no_more_than_the_extra_docs_brings() -> None:
    """The extra alone builds a page of each sort (check_release.py), tests the whole site: with the same packages."""
    extras = _project()["optional-dependencies"]
    assert {*extras["docs"]} - {*extras["test"]} == set()


def test_environments_are_filled_from_where_pip_would_fill_them() -> None:
    settings = (
        ":env:.cert='/certificates.pem'\n:env:.find-links='/wheels'\nglobal.constraint='/pinned.txt'\n"
        "global.extra-index-url='https://one.example/simple https://two.example/simple'\nglobal.find-links='/wheels'\n"
        ":env:.index-url='https://first.example/simple'\nglobal.index-url='https://unheard.example/simple'\n"
        "install.trusted-host='first.example'\nglobal.timeout='9'\n"
    )
    told_to_uv = _of_checks("installer").told_to_uv
    options, variables = told_to_uv(settings)
    assert sorted(option.removeprefix("--") for option in options) == [
        "allow-insecure-host=first.example",
        "constraint=/pinned.txt",
        "default-index=https://first.example/simple",
        "find-links=/wheels",
        "index-strategy=unsafe-best-match",
        "index=https://one.example/simple",
        "index=https://two.example/simple",
    ]
    assert variables["SSL_CERT_FILE"] == "/certificates.pem"
    # A list over several lines of a file, and nothing but what lies at hand.
    options, _ = told_to_uv("global.find-links='\\n/wheels\\n/more'\nglobal.no-index='true'\n")
    assert [option.rpartition("=")[2] for option in options[1:]] == ["/wheels", "/more", "--no-index"]


def test_what_pip_is_told_is_heard_however_quiet_it_is(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The checks tell pip to be quiet; it is asked all the same, and uv fails here where it looks nowhere else."""
    monkeypatch.setenv("PIP_QUIET", "2")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    installer = _of_checks("installer")
    assert not installer._uv(["pip", "install", "--dry-run", "--python", sys.executable, "no-such-project-of-ours"])
    # uv breaks its lines at the width of a console.
    said = " ".join(capfd.readouterr().out.split())
    print(said)
    assert "no-such-project-of-ours was not found in the provided package locations" in said


@pytest.mark.slow
@pytest.mark.parametrize("uv", ["works", "fails"])
def test_an_environment_is_filled_with_uv_and_without(uv: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project without dependencies, so that nothing is asked of an index but to build it."""
    installer = _of_checks("installer")
    (tmp_path / "planted.py").write_text("VALUE = 1\n", encoding="utf-8")
    wheel = tmp_path / "planted-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.write(tmp_path / "planted.py", "planted.py")
        archive.writestr("planted-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: planted\nVersion: 1\n")
        archive.writestr("planted-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr("planted-1.dist-info/RECORD", "planted.py,,\n")
    done = []
    with_uv = installer._uv

    def watched(*arguments: object, **more: object) -> bool:
        done.append(uv == "works" and with_uv(*arguments, **more))
        return bool(done[-1])

    monkeypatch.setattr(installer, "_uv", watched)
    installer.fresh_environment(sys.executable, tmp_path / "environment")
    installer.install(tmp_path / "environment", wheel)
    environment = tmp_path / "environment"
    program = "import planted, pip; assert planted.VALUE"
    subprocess.run([environment / "bin" / "python", "-c", program], check=True, cwd=environment)
    assert done == [uv == "works"] * 2


def test_the_version_stands_in_one_place_and_the_citation_follows() -> None:
    citation = yaml.safe_load((REPOSITORY / "CITATION.cff").read_text(encoding="utf-8"))
    project = _project()
    assert citation["version"] == project["version"]
    assert citation["license"] == project["license"]
    assert {"cff-version", "message", "title", "authors", "type"} <= set(citation)
    written = re.compile(rf"""version\s*=\s*["']{re.escape(project["version"])}["']""")
    places = [str(name) for name in project_files(REPOSITORY) if name.suffix in (".py", ".toml") and written.search(
        (REPOSITORY / name).read_text(encoding="utf-8"))]  # fmt: skip
    assert places == ["pyproject.toml"]


def test_the_source_archive_holds_what_a_release_is_read_and_built_from(tmp_path: Path) -> None:
    sources = copy_sources(tmp_path / "sources")
    subprocess.run(
        [sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", tmp_path, sources],
        check=True, capture_output=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as held:
        names = {name.partition("/")[2] for name in held.getnames()}
    wanted = {
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "CITATION.cff",
        "SECURITY.md",
        "CONTRIBUTING.md",
        "constraints.txt",
    }
    assert wanted <= names
    modules = {str(name) for name in project_files(REPOSITORY) if name.parts[0] in ("model", "scenarios", "api")}
    assert modules <= names


def test_twine_finds_nothing_to_say(wheel: Path) -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "twine", "check", "--strict", wheel], capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr


# Modules whose functions start another program, and words of others that do.
_STARTING = {"subprocess", "multiprocessing", "webbrowser", "pty"}
_STARTING_WORDS = re.compile(
    r"ProcessPoolExecutor|exec[lv]p?e?|spawn[lv]p?e?|posix_spawnp?|fork|popen|system|startfile"
)


def programs(source: str) -> set[str]:
    """Return the words that a source text starts programs by: the program's, or that of the function that starts it.

    "git" for ``subprocess.run(["git", ...])``, "dask" for ``[sys.executable, "-m", "dask", ...]``, "webbrowser.open"
    for that function called or handed on; a name imported from such a module cannot be followed: "from subprocess".
    """
    found = set()
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in _STARTING:
            found.add(f"from {node.module}")
        elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith("subprocess.") and node.args:
            words = [each.value for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant)]
            named = [word for word in words if isinstance(word, str) and not word.startswith("-")]
            found.add(named[0] if named else ast.unparse(node.func))
        elif isinstance(node, ast.Attribute):
            name = ast.unparse(node)
            if name.startswith(("webbrowser.", "multiprocessing.")):
                found.add(name)
            elif _STARTING_WORDS.fullmatch(node.attr) and not name.startswith("platform."):
                found.add(node.attr)
    return found


def _rooms_sources() -> dict[str, str]:
    rooms = ("model", "scenarios", "experiments", "viz", "api")
    names = [name for name in project_files(REPOSITORY) if name.suffix == ".py" and name.parts[0] in rooms]
    return {str(name): (REPOSITORY / name).read_text(encoding="utf-8") for name in names}


def test_the_security_notes_name_every_program_that_is_started() -> None:
    text = (REPOSITORY / "SECURITY.md").read_text(encoding="utf-8")
    started = {name: programs(source) for name, source in _rooms_sources().items()}
    words = set().union(*started.values())
    print({name: found for name, found in started.items() if found})
    assert {"git", "dask", "webbrowser.open", "ProcessPoolExecutor"} <= words
    named = " ".join(re.findall(r"`([^`]+)`", text)).split()
    assert words - set(named) == set()
    # The guard sees what nobody has named.
    for planted, word in {
        'subprocess.run(["curl", "-s", address])': "curl",
        "subprocess.Popen(command)": "subprocess.Popen",
        "from subprocess import run": "from subprocess",
        "os.execvp(program, words)": "execvp",
        "threading.Timer(1, webbrowser.open_new_tab, [address])": "webbrowser.open_new_tab",
    }.items():
        assert programs(planted) == {word}
        assert word not in named


def test_the_security_notes_state_what_the_program_does(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (REPOSITORY / "SECURITY.md").read_text(encoding="utf-8")
    assert f"on `{HOST}` only, port {DEFAULT_PORT}" in text
    assert f"under `{OUTPUT_FOLDER}/`" in text
    for size in LIMITS.values():
        assert f"{size / 1e6:g} MB" in text
    for name in ("SOLARA_KERNEL_CULL_TIMEOUT", "SOLARA_HOME"):
        monkeypatch.delenv(name, raising=False)
    # What somebody has set beats what is a matter of taste, and no promise.
    for name in PROMISED:
        monkeypatch.setenv(name, "1")
    prepare_solara()
    assert f"{os.environ['SOLARA_KERNEL_CULL_TIMEOUT'].removesuffix('m')} minutes" in text
    assert {os.environ[name] for name in PROMISED} == {"False", "none"}
    assert Path(os.environ["SOLARA_HOME"]).is_dir()
    code = "".join(_rooms_sources().values())
    read = set(re.findall(r'"(ENTRAIDE_[A-Z_]+)"', code))
    print(sorted(read))
    assert len(read) >= 3
    assert {name for name in read if f"`{name}`" not in text} == set()
    # What is called "not carried out" and "without pickled objects" there.
    assert not re.search(r"allow_pickle=True|\beval\(|\bexec\(|\bos\.system\(|shell=True", code)


def test_the_walk_reads_the_readme_and_notices_what_it_lacks() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert [command.rpartition("/")[2] for command in the_commands(readme)] == ["entraide run", "pytest"]
    assert any(part.startswith("Continuity is broken in") for part in stated_sentences(readme))
    with pytest.raises(ValueError, match="two commands"):
        the_commands(readme.replace("&& .venv/bin/pytest", "&& pytest"))


@pytest.mark.long
def test_a_newcomer_gets_there() -> None:
    finished = subprocess.run(
        [sys.executable, REPOSITORY / "tests" / "newcomers_walk.py"], capture_output=True, text=True, check=False
    )
    print(finished.stdout)
    assert finished.returncode == 0, finished.stdout + finished.stderr
