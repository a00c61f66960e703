"""Reading starts here: ``create_app`` puts the rooms together."""

import os
import secrets
import string
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from service.actions.clock import utc_now
from service.actions.limits import Limiter
from service.actions.work import Clock
from service.config import Settings, read_settings
from service.domain.access.limits import limits_of
from service.domain.audit.chain import AuditKeys
from service.formats.catalogue_files import shipped_catalogues
from service.store.database import Database
from service.web import assets, cds_hooks, docs, errors, figures, metrics, not_let_in, openapi, smart
from service.web.current import House
from service.web.fhir import documents as fhir_documents
from service.web.fhir import imports as fhir_imports
from service.web.fhir import items as fhir_items
from service.web.fhir import lists as fhir_lists
from service.web.fhir import metadata as fhir_metadata
from service.web.fhir import patients as fhir_patients
from service.web.fhir import provenances as fhir_provenances
from service.web.fhir import questionnaires as fhir_questionnaires
from service.web.fhir import smart_configuration as fhir_smart_configuration
from service.web.pages import (
    administration,
    alike,
    batches,
    categories,
    checklists,
    clients,
    codes,
    cookies,
    erasing,
    guidance,
    guidance_drafts,
    guidance_statements,
    history,
    intake_by_link,
    intake_forms,
    intake_links,
    items,
    keys,
    log_in,
    patient_data,
    patient_records,
    patients,
    sign_offs,
    staff,
    worklist,
)
from service.web.pages import errors as page_errors
from service.web.pages.blueprint import csrf
from service.web.read_first import read_first

_ID_SIGNS = frozenset(string.ascii_letters + string.digits + "-_.")
_MOST_ID_LENGTH = 64
# Nothing is ever fetched from elsewhere, and no script or style stands inside a page.
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

_PAGES = (
    log_in,
    administration,
    guidance,
    guidance_drafts,
    guidance_statements,
    staff,
    keys,
    clients,
    worklist,
    codes,
    patients,
    patient_records,
    erasing,
    patient_data,
    items,
    alike,
    history,
    categories,
    checklists,
    sign_offs,
    batches,
    intake_links,
    intake_by_link,
    intake_forms,
)

_FHIR = (
    fhir_metadata,
    fhir_smart_configuration,
    fhir_patients,
    fhir_items,
    fhir_lists,
    fhir_provenances,
    fhir_documents,
    fhir_questionnaires,
    fhir_imports,
)


class _Application(Flask):
    """Flask without views that are coroutines, and so without a look at each function whether it is one."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is."""
        return func


def create_app(
    settings: Settings | None = None, *, database: Database | None = None, clock: Clock = utc_now
) -> Flask:
    """The WSGI application.

    Without ``settings`` the environment is read. Raises ConfigurationError where that is not enough to start.
    """
    settings = settings or read_settings(os.environ)
    app = _Application(__name__, static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=settings.body_limit, MAX_FORM_MEMORY_SIZE=settings.body_limit)
    house = _house(settings, database or Database(settings.database_url), clock)
    app.extensions["house"] = house
    if settings.proxies:
        # Whom a proxy speaks for and how it was reached; never under which name or path.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    figures.register(app, house.database)
    _surround_requests(app)
    _add_api(app)
    _add_pages(app, settings)
    return app


def _house(settings: Settings, database: Database, clock: Clock) -> House:
    keys = AuditKeys(settings.audit_keys)
    limits = limits_of(settings.calls_per_minute, settings.failures_per_minute)
    return House(settings, database, keys, clock, limits, Limiter(database), shipped_catalogues())


def _surround_requests(app: Flask) -> None:
    """What is done before and after every request, in this order."""
    app.before_request(_name_request)
    app.before_request(read_first)
    app.before_request(Database.begin_request)
    app.teardown_request(lambda _error: Database.end_request())
    app.after_request(_add_headers)


def _add_api(app: Flask) -> None:
    openapi.register(app)
    # After the API, which brings handlers of its own: every error is a problem document.
    errors.register(app)
    not_let_in.register(app)
    for part in (assets, docs, metrics):
        app.register_blueprint(part.blueprint)
    for face in _FHIR:
        app.register_blueprint(face.routes)
    for part in (smart, cds_hooks):
        app.register_blueprint(part.blueprint)


def _add_pages(app: Flask, settings: Settings) -> None:
    cookies.configure(app, settings)
    csrf.init_app(app)
    page_errors.register(app)
    for part in _PAGES:
        app.register_blueprint(part.pages)


def _name_request() -> None:
    """Take the caller's request id where it is harmless, else make one."""
    sent = request.headers.get("X-Request-Id", "")
    harmless = 0 < len(sent) <= _MOST_ID_LENGTH and set(sent) <= _ID_SIGNS
    g.request_id = sent if harmless else secrets.token_hex(8)


def _add_headers(response: Response) -> Response:
    given = {name.lower() for name, _ in response.headers}
    added = [(name, value) for name, value in _HEADERS.items() if name.lower() not in given]
    added.append(("X-Request-Id", g.get("request_id", "")))
    if "cache-control" not in given:
        # Only files that are everybody's say that they may be kept.
        added.append(("Cache-Control", "no-store"))
    if request.is_secure:
        added.append(("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))
    response.headers.extend(added)
    return response
