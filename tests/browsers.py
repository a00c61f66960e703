"""Real browsers for the whole run; skipped by name where there are none, a failure where CI is set."""

import os
import shutil
from collections.abc import Iterator
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.clinic import Clinic
from tests.browser.firefox import Firefox, installed, running_firefox
from tests.browser.made_up_patients import add_odd_patients, add_patients
from tests.browser.sheet_server import SheetServer, sheet_server
from tests.databases import SqliteOfTests
from tests.running_service import running_service

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
]


def _missing(name: str) -> NoReturn:
    missing = f"{name} is not installed: sh tests/install_browser.sh"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, _NAMES)), None) or _missing("Chromium")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=[*_QUIET, *(["--no-sandbox"] if root else [])]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    path = installed() or _missing("Firefox")
    with running_firefox(path, tmp_path_factory.mktemp("firefox")) as started:
        yield started


@pytest.fixture(scope="session")
def sheets() -> Iterator[SheetServer]:
    with sheet_server() as server:
        yield server


@pytest.fixture(scope="session")
def clinic(
    browser: Browser, sqlite: SqliteOfTests, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Clinic]:
    """One running service for all pages: made-up patients in every state, and people to look at them."""
    database_url = sqlite.database(tmp_path_factory.mktemp("clinic"))
    with running_service(database_url, mode="demo") as service:
        made = Clinic(service, browser)
        add_patients(made)
        add_odd_patients(made)
        yield made
        made.close()
