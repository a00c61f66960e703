"""What a release consists of, built or taken from a folder, and what of the project belongs into it."""

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tests.docs.markdown import ROOT

PACKED_AS = {"service": "service", "migrations": "service/_migrations", "seed": "service/_seed"}
"""The folders that a wheel is made of, and what they are called in it."""
_ALWAYS = (".gitignore", "README.md", "pyproject.toml")
"""What a source archive holds without being told to."""
_MADE = {"__pycache__", "node_modules"}


@dataclass(frozen=True)
class Release:
    """The files of one release: what is installed, and what it is built from."""

    wheel: Path
    sdist: Path


def build(project: Path, folder: Path) -> Release:
    """Build the project into the folder as ``make dist`` does, without asking an index for anything."""
    _build(project, folder)
    return release_in(folder)


def build_wheel(project: Path, folder: Path) -> Path:
    """Build the wheel alone."""
    _build(project, folder, "--target", "wheel")
    (wheel,) = folder.glob("*.whl")
    return wheel


def _build(project: Path, folder: Path, *more: str) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--directory", folder, *more]
    subprocess.run(command, cwd=project, check=True, capture_output=True)


def release_in(folder: Path) -> Release:
    (wheel,) = folder.glob("*.whl")
    (sdist,) = folder.glob("*.tar.gz")
    return Release(wheel, sdist)


def in_wheel(wheel: Path) -> dict[str, bytes]:
    """Each file of a wheel by its name in there."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def program_in(wheel: Path) -> dict[str, bytes]:
    """What a wheel holds but for what describes the wheel itself."""
    return {name: content for name, content in in_wheel(wheel).items() if ".dist-info/" not in name}


def unpacked(sdist: Path, folder: Path) -> Path:
    """The project that a source archive holds, laid out in the folder."""
    with tarfile.open(sdist) as archive:
        if hasattr(tarfile, "data_filter"):  # from Python 3.11.4 on
            archive.extraction_filter = tarfile.data_filter
        archive.extractall(folder)  # noqa: S202 -- our own archive, made a moment before
    (project,) = folder.iterdir()
    return project


def files_of(project: Path) -> dict[str, bytes]:
    """Each file below a folder by its path."""
    return {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in project.rglob("*")
        if path.is_file()
    }


def kept() -> dict[str, bytes]:
    """What git holds of the project; without git, what lies in the folders that a source archive names."""
    names = _in_git() if (ROOT / ".git").exists() and shutil.which("git") else _in_folders()
    return {name: (ROOT / name).read_bytes() for name in names if (ROOT / name).exists()}


def _in_git() -> list[str]:
    # Where a hook runs the tests, git's variables speak of another folder.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return listed.stdout.rstrip("\0").split("\0")


def _in_folders() -> list[str]:
    targets = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]
    named = [ROOT / name for name in (*_ALWAYS, *targets["sdist"]["only-include"])]
    found = [path for one in named for path in ([one] if one.is_file() else one.rglob("*")) if path.is_file()]
    names = [path.relative_to(ROOT).as_posix() for path in found]
    return [name for name in names if not _MADE & set(PurePosixPath(name).parts)]


def packed(files: dict[str, bytes]) -> dict[str, bytes]:
    """What a wheel of these files holds, by the names in there, beside what describes the wheel itself."""
    return {
        PACKED_AS[name.partition("/")[0]] + "/" + name.partition("/")[2]: content
        for name, content in files.items()
        if name.partition("/")[0] in PACKED_AS
    }


def difference(holds: dict[str, bytes], is_to_hold: dict[str, bytes]) -> list[str]:
    """One line for each file that is missing, too many or another one, in the order of their names."""
    said = dict.fromkeys(is_to_hold.keys() - holds.keys(), "is missing")
    said |= dict.fromkeys(holds.keys() - is_to_hold.keys(), "is not kept by git: add it, or take it away")
    both = holds.keys() & is_to_hold.keys()
    said |= {name: "is another one" for name in both if holds[name] != is_to_hold[name]}
    return [f"{name} {said[name]}" for name in sorted(said)]
