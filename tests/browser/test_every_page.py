"""Every page in every state, in a real browser: what its readers can see, reach and understand."""

from urllib.parse import urlsplit

import pytest
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from service.app import create_app
from service.config import read_settings
from tests.audit_keys import SECRETS
from tests.browser.clinic import Clinic
from tests.browser.states.every import LEAD_ELSEWHERE, STATES
from tests.browser.states.shown import Shown
from tests.browser.visit import Visit


@pytest.fixture(scope="module")
def routes() -> MapAdapter:
    return create_app(read_settings(SECRETS)).url_map.bind("127.0.0.1")


def test_every_page_is_looked_at(routes: MapAdapter) -> None:
    pages = {rule.endpoint for rule in routes.map.iter_rules() if rule.endpoint.startswith("pages_")}

    assert {shown.endpoint for shown in STATES} - {None} | LEAD_ELSEWHERE == pages


@pytest.mark.parametrize("shown", STATES, ids=lambda shown: shown.name)
def test_everybody_can_read_and_use(clinic: Clinic, routes: MapAdapter, shown: Shown) -> None:
    # Given a person's browser
    visit = Visit(clinic.context(shown.who, own=shown.own), clinic.service.base_url)

    # When the page is reached
    shown.reach(visit.page, clinic)

    # Then it is the page that was meant, and nothing is wrong with it
    assert (visit.answers[-1].status, _endpoint(routes, visit)) == (shown.status, shown.endpoint)
    faults = visit.faults(at_fault=shown.at_fault, asks=shown.asks, framed=shown.framed)
    assert not faults, "\n".join(faults)
    visit.page.close()


def _endpoint(routes: MapAdapter, visit: Visit) -> str | None:
    last = visit.answers[-1]
    try:
        endpoint: str = routes.match(urlsplit(last.url).path, last.request.method)[0]
    except HTTPException:
        return None
    return endpoint
