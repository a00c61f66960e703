"""The Containerfile, as far as it can be looked at without an engine: what an image is made of."""

import re
import shlex
import shutil
from fnmatch import fnmatch
from pathlib import Path

from tests.docs.markdown import ROOT
from tests.packaging.releases import build_wheel, difference, kept, packed, program_in

TEXT = (ROOT / "deploy" / "Containerfile").read_text("utf-8")


def instructions() -> list[tuple[str, list[str]]]:
    """Each instruction of the Containerfile: its word and what follows."""
    lines = [line for line in TEXT.splitlines() if not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [(line.split()[0], shlex.split(line)[1:]) for line in joined.splitlines() if line.strip()]


def last_stage() -> list[tuple[str, list[str]]]:
    """What the image itself is made by, without the stage that builds."""
    found = instructions()
    return found[max(place for place, (word, _) in enumerate(found) if word == "FROM") :]


def copied() -> list[str]:
    """What of the project's folder the image is built from."""
    return [
        source
        for word, rest in instructions()
        if word == "COPY" and not rest[0].startswith("--from")
        for source in rest[:-1]
    ]


def let_in(name: str) -> bool:
    """Whether .dockerignore lets a file go to who builds: of its lines, the last one that fits decides."""
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    verdict = True
    for line in (line for line in lines if line and not line.startswith("#")):
        pattern = line.removeprefix("!").removeprefix("**/")
        parts = [pattern in name.split("/") if line.startswith("**/") else fnmatch(name, pattern)]
        if any(parts) or name.startswith(f"{pattern}/"):
            verdict = line.startswith("!")
    return verdict


def test_the_image_runs_the_console_command_and_not_as_root() -> None:
    said = dict(last_stage())

    assert said["USER"] == ["10001:10001"]
    assert (said["ENTRYPOINT"], said["CMD"]) == (["[medication-checklist]"], ["[serve]"])
    assert said["VOLUME"] == said["WORKDIR"] == [said["RUN"][-1]] == ["/var/lib/medication-checklist"]
    assert "/healthz" in " ".join(said["HEALTHCHECK"])


def test_the_image_has_nothing_in_it_that_builds_or_that_is_not_pinned() -> None:
    installs = [" ".join(rest) for word, rest in instructions() if word == "RUN" and "install" in rest]
    from_index = [command for line in installs for command in line.split("&&") if "-r " in command]

    assert len(from_index) == 2
    for command in from_index:
        assert "--require-hashes --no-deps --only-binary :all:" in command
    assert not any("pip" in part for word, rest in last_stage() if word == "RUN" for part in rest)
    assert "://" not in re.sub(r"http://127\.0\.0\.1", "", TEXT)


def test_what_is_copied_passes_the_gate_and_nothing_else_of_the_folder_does() -> None:
    files = kept()
    needed = {
        name for name in files for source in copied() if name == source or name.startswith(f"{source}/")
    }

    assert {name for name in files if let_in(name)} == needed
    assert not any(map(let_in, ("var/demo.env", ".git/config", "checklist.pdf", "service/__pycache__/a.pyc")))


def test_what_the_image_copies_is_enough_for_the_whole_wheel(tmp_path: Path) -> None:
    context = tmp_path / "context"
    for source in copied():
        place = context / source
        place.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, place, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / source, place)

    wheel = build_wheel(context, tmp_path / "dist")

    assert difference(program_in(wheel), packed(kept())) == []
