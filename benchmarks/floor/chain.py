"""The clinic's chain of audit events, written by hand as the last thing of a transaction."""

import hashlib
import hmac
from typing import Any

import orjson

from benchmarks.floor import ids, statements
from benchmarks.floor.asking import Asked

Event = tuple[str, Any, str | None, dict[str, str]]
"""What was done, the patient as the database has the id, the subject, the details."""

_FORM = "medication-checklist audit event 1"


def key_name(secret: bytes) -> str:
    """What stands on events for the key that signed them."""
    return hmac.digest(secret, b"name of an audit key", hashlib.sha256).hex()[:16]


def record(asked: Asked, cursor: Any, *events: Event) -> None:
    """Write the events of the request as the next of the chain."""
    database, caller, secret = asked.database, asked.caller, asked.audit_key
    take = database.sql(statements.TAKE_CHAIN) + database.FOR_UPDATE
    length, mac = cursor.execute(take, (caller.clinic,)).fetchone()
    at, signed_with = database.instant(asked.now), key_name(secret)
    who = ("key", caller.id, caller.name, caller.role)
    rows = []
    for number, (action, patient, subject, details) in enumerate(events, length + 1):
        event_id = ids.new_id(asked.now)
        form = [
            *(_FORM, _hex(database.text(caller.clinic)), number, _hex(event_id), ids.microseconds(asked.now)),
            *("key", _hex(database.text(caller.id)), caller.name, caller.role, action, "done"),
            *(asked.request_id, _hex(database.text(patient)), subject, details, signed_with),
        ]
        signed = mac.encode() + b"\n" + orjson.dumps(form, option=orjson.OPT_SORT_KEYS)
        mac = hmac.digest(secret, signed, hashlib.sha256).hex()
        head = (caller.clinic, database.identity(event_id), at, *who, action, "done", asked.request_id)
        rows.append((*head, patient, subject, orjson.dumps(details).decode(), number, signed_with, mac))
    cursor.executemany(database.sql(statements.INSERT_EVENT), rows)
    cursor.execute(database.sql(statements.MOVE_CHAIN), (length + len(rows), mac, caller.clinic))


def _hex(identity: str) -> str:
    return identity.replace("-", "")
