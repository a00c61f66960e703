"""Applications for the tests: each is built once, and furnished anew for each test that has it.

A test that adds an address of its own, or needs two applications at once, builds another with ``create_app``.
"""

from dataclasses import replace
from threading import Event
from typing import Any

from flask import Flask

from service.actions.clock import utc_now
from service.actions.door import Clock
from service.actions.limits import Limiter
from service.app import create_app
from service.config import Settings
from service.store.database import Database

_CHANGED_BY_TESTS = ("view_functions", "after_request_funcs", "config", "extensions")
_built: dict[Settings, tuple[Flask, dict[str, Any]]] = {}


def app_on(database: Database, settings: Settings, clock: Clock = utc_now) -> Flask:
    """The application of these settings as it was built, on this database and with this clock."""
    if settings not in _built:
        app = create_app(settings, database=database, clock=clock)
        _built[settings] = app, {name: _copied(getattr(app, name)) for name in _CHANGED_BY_TESTS}
    app, as_built = _built[settings]
    for name, contents in as_built.items():
        kept = getattr(app, name)
        kept.clear()
        kept.update(_copied(contents))
    house = app.extensions["house"]
    app.extensions["house"] = replace(
        house, database=database, clock=clock, limiter=Limiter(database), draining=Event()
    )
    return app


def _copied(contents: dict[Any, Any]) -> dict[Any, Any]:
    """The same, so that neither the outer dictionary nor a list in it is shared."""
    return {key: list(value) if isinstance(value, list) else value for key, value in contents.items()}
