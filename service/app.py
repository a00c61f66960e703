"""Reading starts here: ``create_app`` puts the rooms together."""

import os
from collections.abc import Callable
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from service.actions.clock import utc_now
from service.actions.door import Clock
from service.actions.limits import Limiter
from service.config import Settings, read_settings
from service.domain.access.limits import limits_of
from service.domain.audit.chain import AuditKeys
from service.formats.catalogue_files import shipped_catalogues
from service.store.database import Database
from service.web import (
    around_requests,
    assets,
    cds_hooks,
    docs,
    errors,
    figures,
    metrics,
    not_let_in,
    openapi,
    smart,
)
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
    item_questions,
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
    item_questions,
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
    around_requests.register(app)
    _add_api(app)
    _add_pages(app, settings)
    return app


def _house(settings: Settings, database: Database, clock: Clock) -> House:
    keys = AuditKeys(settings.audit_keys)
    limits = limits_of(settings.calls_per_minute, settings.failures_per_minute)
    return House(settings, database, keys, clock, limits, Limiter(database), shipped_catalogues())


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
