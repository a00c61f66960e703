"""The request at hand: who acts, through which door, under which idempotency key."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Event
from typing import Any, TypeVar, cast
from uuid import UUID

from flask import Response, current_app, g, request

from service.actions.door import Clock, Door
from service.actions.limits import Limiter
from service.actions.performing import perform, perform_once
from service.actions.work import Work
from service.config import Settings
from service.domain.access.limits import Limits
from service.domain.access.permissions import Actor
from service.domain.audit.chain import AuditKeys
from service.domain.errors import Fault, RefusedError
from service.domain.wording import ONLY_ENGLISH, Catalogues
from service.store.database import Database
from service.store.idempotency import Claim, Reply
from service.web.spare_record import log_events

T = TypeVar("T")
MOST_KEY_LENGTH = 255
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_READING = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class House:
    """What the application was built with, kept in ``app.extensions["house"]``.

    ``draining`` is set when the server is about to end.
    """

    settings: Settings
    database: Database
    audit_keys: AuditKeys
    clock: Clock
    limits: Limits
    limiter: Limiter
    catalogues: Catalogues = field(default_factory=lambda: ONLY_ENGLISH)
    draining: Event = field(default_factory=Event)


def house() -> House:
    """The house of the application at hand."""
    return cast("House", current_app.extensions["house"])


def actor() -> Actor:
    """Who acts; there is one in every view behind ``auth``."""
    return cast("Actor", g.actor)


def request_id() -> str:
    """The id of this request, also in its reply's ``X-Request-Id``."""
    return cast("str", g.request_id)


def run(act: Callable[[Work], T]) -> T:
    """Run actions for the actor at hand, in one transaction."""
    return perform(door(), act)


def run_once(act: Callable[[Work], Reply]) -> Response:
    """Run a POST's actions, once for each Idempotency-Key that the client sends."""
    reply = run_once_for(act)
    return Response(reply.body, reply.status, list(reply.headers))


def run_once_for(act: Callable[[Work], Reply]) -> Reply:
    """The same, for a reply that is kept and is not itself the answer."""
    return perform_once(door(), _claim(), act)


def door() -> Door:
    """Where the request at hand comes in."""
    here, rule = house(), request.url_rule
    return Door(
        here.database,
        here.audit_keys,
        here.clock,
        actor(),
        request_id(),
        here.catalogues,
        operation=f"{request.method} {rule.rule}" if rule else None,
        named=_ids_in(request.view_args or {}),
        spare_record=log_events if request.method in _READING else None,
    )


def _ids_in(places: Mapping[str, Any]) -> dict[str, UUID]:
    """The id in each place of the address that has one; some are written with more, such as a category."""
    found = ((name, _id_in(value)) for name, value in places.items())
    return {name: there for name, there in found if there}


def _id_in(value: Any) -> UUID | None:
    if isinstance(value, UUID):
        return value
    there = _ID.search(str(value))
    return UUID(there[0]) if there else None


def _claim() -> Claim | None:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not 1 <= len(key) <= MOST_KEY_LENGTH or not key.isprintable() or not key.isascii():
        raise RefusedError(
            Fault("", "idempotency_key", f"An Idempotency-Key has 1 to {MOST_KEY_LENGTH} printable signs.")
        )
    return Claim(
        clinic_id=actor().clinic_id,
        client_id=actor().id,
        method=request.method,
        path=request.path,
        key=key,
        body_sha256=hashlib.sha256(request.get_data(cache=True)).hexdigest(),
    )
