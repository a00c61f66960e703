"""The README: its commands, its ten lines and its picture."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from docs.make_pictures import PICTURE, picture
from tests.docs.examples import run_examples
from tests.docs.markdown import ROOT, blocks, documents, name_of, read

MOST_BYTES = 300_000
# Of 255, over the whole page: another processor may round a letter's edge otherwise.
MOST_DIFFERENCE = 0.1


def test_the_ten_lines_post_a_list_and_download_its_sheet(demo_folder: Path) -> None:
    # Given the README's lines, ten of them
    lines = next(block for block in blocks("README.md") if block.language == "sh")
    assert lines.text.count("\n") == 10

    # When they are pasted
    examples = run_examples("README.md", demo_folder)

    # Then the post answered 201, and a sheet came
    assert examples[0].printed == "201"
    assert (demo_folder / "checklist.pdf").read_bytes().startswith(b"%PDF-")


def test_the_first_screen_has_the_picture_and_the_two_commands() -> None:
    first_screen = read("README.md").split("\n## ")[0]

    assert PICTURE.relative_to(ROOT).as_posix() in first_screen
    assert "make run" in first_screen
    assert "make test" in first_screen
    assert "What it never does" in first_screen


@pytest.mark.parametrize("document", documents(), ids=name_of)
def test_each_make_target_that_a_document_names_is_there(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    named = set(re.findall(r"(?:`|^)make ([a-z]+)", document.read_text("utf-8"), re.MULTILINE))

    assert named <= targets


def test_the_picture_comes_out_alike_and_is_small_enough_to_load() -> None:
    made = picture()

    assert made == picture()
    assert made.startswith(b"\x89PNG")
    assert len(PICTURE.read_bytes()) < MOST_BYTES


def test_the_picture_shows_the_sheet_as_it_is_now() -> None:
    kept, made = (Image.open(BytesIO(data)).convert("L") for data in (PICTURE.read_bytes(), picture()))

    assert kept.size == made.size, "run `make pictures`"
    assert ImageStat.Stat(ImageChops.difference(kept, made)).mean[0] < MOST_DIFFERENCE, "run `make pictures`"
