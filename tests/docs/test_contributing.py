"""The contributors' guide: its tree, its way through the code, its exercise and what it names are there."""

import ast
import re
import subprocess

import pytest

from tests.docs.markdown import ROOT, blocks, read, table

GUIDE = "docs/contributing.md"
ROOMS = {"service", "migrations", "seed", "requirements", "tests", "benchmarks", "deploy", "docs"}
WAY = table(GUIDE, "A list, from the wire to the paper and back")


def test_the_tree_lists_the_folders_that_are_there() -> None:
    tree = next(block.text for block in blocks(GUIDE) if "service/" in block.text)
    top = set(re.findall(r"^(\w+)/ ", tree, re.MULTILINE))
    inside = set(re.findall(r"^  ([\w.]+)/? ", tree, re.MULTILINE))

    assert top == ROOMS
    assert all((ROOT / folder).is_dir() for folder in top)
    assert inside == {
        path.name
        for path in (ROOT / "service").iterdir()
        if not path.name.startswith("_") and (path.is_file() or any(path.glob("*.py")))
    }


def test_the_tree_names_every_folder_of_the_project() -> None:
    kept = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}

    assert kept - {"var", "dist", "node_modules"} == ROOMS


@pytest.mark.parametrize("step", WAY, ids=[step["what happens"] for step in WAY])
def test_each_step_of_the_way_is_in_the_file_that_the_guide_names(step: dict[str, str]) -> None:
    tree = ast.parse((ROOT / step["file"]).read_text("utf-8"))
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}

    named = set(re.findall(r"\w+", step["function or class"]))

    assert named
    assert named <= defined


def test_each_file_that_the_guide_names_is_there() -> None:
    folder = ""
    for named in re.findall(r"`([\w./]+)`", read(GUIDE)):
        if re.match(rf"({'|'.join(ROOMS)}|\.ci)/", named):
            folder = named.rpartition("/")[0]
            assert (ROOT / named).exists(), named
        elif re.fullmatch(r"\w+\.py", named):
            assert (ROOT / folder / named).exists(), (
                f"{named}, in the folder of the file that is named before"
            )


PATCHES = [block.text for block in blocks(GUIDE) if block.language == "diff"]


@pytest.mark.parametrize("patch", PATCHES, ids=[patch.split()[1] for patch in PATCHES])
def test_each_patch_of_the_exercise_fits_the_code_as_it_is(patch: str) -> None:
    command = ["git", "apply", "--check", "--recount", "-"]

    fits = subprocess.run(command, cwd=ROOT, input=patch, capture_output=True, text=True, check=False)

    assert fits.returncode == 0, fits.stderr
