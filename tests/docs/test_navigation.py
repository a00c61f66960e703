"""Every page of the documentation stands in the navigation once, under one kind of reader."""

from collections import Counter

import pytest

from docs.site.navigation import MAP, Group, directives, groups, lists_pages, without_folders
from tests.docs.markdown import documents, name_of, read

READERS = ["Users", "Integrators", "Operators", "Contributors", "Reviewers"]


def test_the_map_has_a_list_for_each_kind_of_reader() -> None:
    assert [group.heading for group in groups(MAP, read(MAP))] == READERS


def test_each_page_stands_in_one_list_and_once() -> None:
    names = [name_of(document) for document in documents()]
    listed = Counter(
        page
        for name in names
        if lists_pages(name)
        for group in groups(name, read(name))
        for page in group.pages
    )

    # The README leads to the map; neither stands in a list.
    assert listed == Counter({name: 1 for name in names if name not in ("README.md", MAP)})


def test_a_list_is_found_below_its_heading_with_paths_from_the_root() -> None:
    text = (
        "# Map\n\n[This](no.md).\n\n## One\n\n- [A](a.md): and [B](b.md)\n- [C](../c.md)\n\n## None\n\n- D\n"
    )

    assert groups("docs/README.md", text) == [Group("One", ("docs/a.md", "c.md"))]


@pytest.mark.parametrize(
    ("name", "lists"),
    [("README.md", False), (MAP, True), ("docs/decisions/README.md", True), ("docs/users.md", False)],
)
def test_only_the_first_page_of_a_folder_of_the_documentation_lists_pages(name: str, lists: bool) -> None:
    assert lists_pages(name) == lists


def test_a_list_without_a_heading_has_no_caption() -> None:
    captioned, plain = directives([Group("One", ("docs/a.md",)), Group("", ("docs/b.md",))]).split("```\n\n")

    assert ":caption: One\n\n/docs/a\n" in captioned
    assert "caption" not in plain


def test_of_a_link_to_a_folder_the_name_alone_is_left() -> None:
    text = "[`deploy/`](../deploy), [guide](guide.md) and [elsewhere](https://elsewhere.example/deploy)"

    assert without_folders(text, lambda link: link == "../deploy") == (
        "`deploy/`, [guide](guide.md) and [elsewhere](https://elsewhere.example/deploy)"
    )
