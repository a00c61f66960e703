"""The audit trail as a chain: the mac of each event covers the event and the mac before it.

A mac is HMAC-SHA256 under a key that the database does not hold. Each clinic has a chain of its own.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

START = ""
"""What stands for the mac before a clinic's first event."""

_FORM = "medication-checklist audit event 1"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_write = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=lambda other: {"not text": repr(other)}
).encode


class ChainedEvent(NamedTuple):
    """An event as the database holds it, column by column; what somebody put there may be of any type.

    ``mac`` and ``mac_key`` are None for events from before there was a chain.
    """

    clinic_id: UUID | bytes
    sequence: int
    id: UUID | bytes
    at: datetime | int
    actor_kind: str
    actor_id: UUID | bytes
    actor_name: str
    actor_role: str
    action: str
    outcome: str
    request_id: str
    patient_id: UUID | bytes | None
    subject: str | None
    details: Mapping[str, str]
    mac_key: str | None
    mac: str | None = None


@dataclass(frozen=True, slots=True)
class ChainHead:
    """Where a clinic's chain ends: how many events there are, and the mac of the last one."""

    length: int
    mac: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a clinic's chain ended at a time, noted to be kept outside of the database."""

    clinic_id: UUID
    sequence: int
    mac: str
    at: datetime


class AuditKeys:
    """The keys of the chain: the first signs, and all of them verify."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        self._secrets = {_name_of(secret): secret.encode() for secret in secrets}
        self.signing = _name_of(secrets[0])

    def __contains__(self, name: object) -> bool:
        return name in self._secrets

    def mac(self, event: ChainedEvent, before: str) -> str:
        """The mac of an event that follows the event with the mac ``before``; KeyError for an unknown key."""
        secret = self._secrets[event.mac_key or ""]
        return hmac.digest(secret, before.encode() + b"\n" + canonical(event), "sha256").hex()


def canonical(event: ChainedEvent) -> bytes:
    """The one form of an event, without its mac: the same bytes whichever database it is in."""
    return _write(
        [
            _FORM,
            _identity(event.clinic_id),
            event.sequence,
            _identity(event.id),
            _microseconds(event.at),
            event.actor_kind,
            _identity(event.actor_id),
            *event[6:11],
            _identity(event.patient_id),
            event.subject,
            event.details,
            event.mac_key,
        ]
    ).encode("utf-8", "surrogatepass")


def _name_of(secret: str) -> str:
    """What stands on events in place of the key that signed them."""
    return hmac.digest(secret.encode(), b"name of an audit key", hashlib.sha256).hex()[:16]


def _identity(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    # What is no id is written in a form that no id has.
    return value.hex() if isinstance(value, bytes) else value and [value]


def _microseconds(value: Any) -> Any:
    return (value - _EPOCH) // _MICROSECOND if isinstance(value, datetime) else value
