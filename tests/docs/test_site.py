"""The built documentation: each page is in its navigation once, each link leads somewhere, no host is asked.

Links to other hosts are listed here, since they cannot be followed without a connection.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

import pytest

from tests.built_site import built_site, read_page
from tests.docs.markdown import documents, name_of

PAGES = [str(Path(name_of(document)).with_suffix(".html")) for document in documents()]
# The theme names its makers; the documentation itself leads to no other host.
ELSEWHERE = {"https://www.sphinx-doc.org/", "https://pradyunsg.me", "https://github.com/pradyunsg/furo"}


@pytest.fixture(scope="module")
def site() -> Path:
    return built_site()


def _within(page: str, address: str) -> str:
    """The path from the root of the site that an address on a page leads to."""
    path = unquote(urlsplit(address).path)
    return normpath(Path(page).parent / path) if path else page


def test_the_pages_that_are_built_are_those_of_the_documentation(site: Path) -> None:
    built = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}

    assert built == {*PAGES, "index.html", "search.html"}


def test_the_first_address_leads_to_the_readme(site: Path) -> None:
    assert "README.html" in read_page(site / "index.html").links


def test_each_page_has_the_navigation_with_each_page_once(site: Path) -> None:
    # The page that is read stands there under "#", and the README above the list, as the site's name.
    expected = Counter({name: 1 for name in PAGES if name != "README.html"})
    for page in PAGES:
        named = Counter(_within(page, address) for address in read_page(site / page).navigation)
        assert named == expected, page


def test_each_link_and_anchor_leads_somewhere(site: Path) -> None:
    assert [fault for page in (*PAGES, "search.html") for fault in _leading_nowhere(site, page)] == []


def _leading_nowhere(site: Path, page: str) -> Iterator[tuple[str, str]]:
    found = read_page(site / page)
    for address in [*found.links, *found.navigation]:
        target = site / _within(page, address)
        anchor = unquote(urlsplit(address).fragment)
        if urlsplit(address).scheme:
            continue
        if not target.is_file() or (
            anchor and target.suffix == ".html" and anchor not in read_page(target).anchors
        ):
            yield page, address


def test_a_page_loads_only_what_was_built_with_it(site: Path) -> None:
    for page in (*PAGES, "index.html", "search.html"):
        loaded = [address for address in read_page(site / page).loaded if not address.startswith("data:")]
        assert [address for address in loaded if urlsplit(address).scheme or urlsplit(address).netloc] == []
        assert [address for address in loaded if not (site / _within(page, address)).is_file()] == [], page


def test_no_style_sheet_loads_anything_from_another_host(site: Path) -> None:
    sheets = list(site.rglob("*.css"))
    assert sheets
    for sheet in sheets:
        text = sheet.read_text("utf-8")
        loaded = [
            *re.findall(r"url\(\s*[\"']?([^\"')]+)", text),
            *re.findall(r"@import\s+[\"']([^\"']+)", text),
        ]
        assert [address for address in loaded if not address.startswith("data:")] == [], sheet.name


def test_the_links_to_other_hosts_are_known(site: Path) -> None:
    assert set(_elsewhere(site)) == ELSEWHERE


def _elsewhere(site: Path) -> Iterator[str]:
    for page in PAGES:
        yield from (address for address in read_page(site / page).links if urlsplit(address).scheme)
