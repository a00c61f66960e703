"""Every link of the documentation that stays in the project leads somewhere."""

from pathlib import Path

import pytest

from tests.docs.markdown import ROOT, anchors, documents, links, name_of


@pytest.mark.parametrize("document", documents(), ids=name_of)
def test_each_relative_link_resolves(document: Path) -> None:
    for link in links(document.read_text("utf-8")):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        if anchor:
            assert anchor in anchors(target.read_text("utf-8")), link


def test_each_page_can_be_reached_from_the_readme() -> None:
    reached = {ROOT / "README.md"}
    waiting = list(reached)
    while waiting:
        document = waiting.pop()
        found = {
            (document.parent / link.partition("#")[0]).resolve()
            for link in links(document.read_text("utf-8"))
        }
        new = {path for path in found if path.suffix == ".md"} - reached
        reached |= new
        waiting += new

    assert {name_of(document) for document in documents()} == {name_of(document) for document in reached}
