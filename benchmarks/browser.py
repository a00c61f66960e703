"""A browser that is running already, and prints pages as PDF."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.databases import MissingError
from service.formats.printout import STYLESHEET

Print = Callable[[str], bytes]
"""Loads the text of a page, which names its style sheet ``sheet.css``, and prints it."""
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_OPTIONS = ("--disable-background-networking", "--disable-sync", "--no-first-run")


@contextmanager
def chromium() -> Iterator[Print]:
    """Chromium, until the block ends. Raises MissingError."""
    path = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if path is None:
        raise MissingError("Chromium is not installed")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- may be missing
    except ImportError:
        raise MissingError("playwright is not installed") from None
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    options = [*_OPTIONS, "--no-sandbox"] if root else [*_OPTIONS]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, sync_playwright() as playwright:
        (Path(folder) / "sheet.css").write_text(STYLESHEET.read_text("utf-8"), "utf-8")
        file = Path(folder) / "sheet.html"
        browser = playwright.chromium.launch(executable_path=path, args=options)

        def print_page(html: str) -> bytes:
            file.write_text(html, "utf-8")
            page = browser.new_page()
            page.goto(file.as_uri())
            pdf = page.pdf(prefer_css_page_size=True, print_background=True)
            page.close()
            return pdf

        yield print_page
        browser.close()
