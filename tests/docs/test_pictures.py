"""The pictures: those that the command makes are kept, each is shown in a document, and all are small."""

from docs.make_pictures import PICTURE, made_pictures
from tests.docs.markdown import documents, links

MOST_BYTES = 6_000_000


def test_the_pictures_that_the_command_makes_are_those_that_are_kept() -> None:
    assert {path.name for path in PICTURE.parent.iterdir()} == made_pictures(), "run `make pictures`"


def test_each_picture_is_shown_in_a_document() -> None:
    shown = {
        (document.parent / link).name
        for document in documents()
        for link in links(document.read_text("utf-8"))
        if link.endswith(".png")
    }

    assert shown == made_pictures()


def test_the_pictures_are_small_together() -> None:
    assert sum(path.stat().st_size for path in PICTURE.parent.iterdir()) < MOST_BYTES
