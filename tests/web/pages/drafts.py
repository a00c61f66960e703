"""A draft of guidance as an administrator makes it by the pages, from a made-up leaflet."""

import re

from werkzeug.test import TestResponse

from tests.web.pages.conftest import Browser

GUIDANCE = "/administration/guidance"
NEW = f"{GUIDANCE}/drafts/new"
LEAFLET = (
    "Examplinib is a medicine for certain people.\n\n"
    "Examplinib may interact with other medicines. "
    "Tell your doctor about every medicine you take before starting treatment.\n"
)
NAMES = {"treatment_name": "Examplinib", "title": "Examplinib: a leaflet", "language": "en"}
TELL = {"text": "Tell your doctor about every medicine you take.", "section": "tell", "cites": "2.2"}


def begin(administrator: Browser, text: str = LEAFLET, **names: str) -> str:
    """The address of a new draft."""
    fields = {**NAMES, **names, "-text": text}
    made = administrator.send(administrator.get(NEW), NEW, fields)
    assert made.status_code == 303, made.get_data(as_text=True)
    return str(made.location)


def add(administrator: Browser, draft: str, **fields: str) -> TestResponse:
    """Add a statement to a draft; the answer leads on."""
    address = f"{draft}/statements"
    return administrator.send(administrator.get(address), address, {**TELL, **fields})


def review_all_one_by_one(administrator: Browser, draft: str) -> int:
    """Confirm every statement that is left, each on its own page; how many there were."""
    page, number = administrator.get(draft), 0
    while found := re.search(r'href="([^"]+/review)"', page.get_data(as_text=True)):
        administrator.send(administrator.get(found[1]), found[1])
        page, number = administrator.get(draft), number + 1
    return number


def publish(administrator: Browser, draft: str) -> TestResponse:
    """Publish a draft; the answer leads to the version."""
    address = f"{draft}/publish"
    return administrator.send(administrator.get(address), address)
