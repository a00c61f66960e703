"""The built documentation in a browser, from its folder: read at two widths, and searched, without a host."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.built_site import built_site

WIDTHS = (390, 1280)
# One with tables and examples, one with pictures.
READ = ("docs/cds-hooks.html", "docs/users/nurse.html")
CONTENT = "article[role=main]"


@pytest.fixture(scope="module")
def site() -> Path:
    return built_site()


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    opened = browser.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    opened.close()
    assert [url for url in asked if not url.startswith((site.as_uri(), "data:"))] == []


def test_no_page_scrolls_sideways_or_asks_another_host(page: Page, site: Path) -> None:
    for path in sorted({*site.rglob("*.html")} - {site / "index.html"}):
        page.goto(path.as_uri())
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path.name, width)


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_a_page_and_around_it(page: Page, site: Path, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((site / name).as_uri())
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_a_word_is_found_from_the_folder_without_a_server(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.wait_for_url("**/README.html")
    page.get_by_role("textbox", name="Search").fill("withdrawn")
    page.keyboard.press("Enter")
    expect(page.locator("ul.search a").first).to_be_visible()


def test_on_paper_there_is_the_page_and_nothing_around_it(page: Page, site: Path) -> None:
    page.goto((site / READ[0]).as_uri())
    page.emulate_media(media="print")

    expect(page.locator(CONTENT)).to_be_visible()
    for around in (".skip-to-content", ".sidebar-drawer", ".toc-drawer", ".bottom-of-page"):
        expect(page.locator(around)).to_be_hidden()
