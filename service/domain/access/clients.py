"""Registered clients: EHRs that sign what they send, and what is granted to them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from service.domain.access.client_keys import PublicKey
from service.domain.access.permissions import Actor, ActorKind, Role
from service.domain.access.scopes import Scope, parse_scope
from service.domain.errors import Fault, RefusedError

TOKEN_LIFE = timedelta(seconds=300)
"""How long an access token lives (SMART App Launch 2.2, "Backend Services": at most 300 seconds)."""
CLOCK_SKEW = timedelta(seconds=5)
"""How far a client's clock may differ from ours."""
_MOST_ADDRESS = 255
_MOST_ASKED = 4096
_WEB = ("https://", "http://")


class Refusal(StrEnum):
    """Why a signed token is refused: stable words, for programs and for counting."""

    TOO_LONG = "too_long"
    MALFORMED = "malformed"
    ALGORITHM = "algorithm"
    TYPE = "type"
    CRITICAL = "critical"
    KEY_IN_HEADER = "key_in_header"
    KEY_ID = "key_id"
    UNKNOWN_CLIENT = "unknown_client"
    REVOKED_CLIENT = "revoked_client"
    UNKNOWN_KEY = "unknown_key"
    SIGNATURE = "signature"
    ISSUER = "issuer"
    SUBJECT = "subject"
    AUDIENCE = "audience"
    EXPIRY = "expiry"
    NOT_YET = "not_yet"
    TOKEN_ID = "token_id"  # noqa: S105 -- the name of a reason
    REPLAYED = "replayed"


class ClientRefusedError(Exception):
    """A client's signed token is refused; nothing was changed. Carries nothing of the token."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(f"The signed token was refused ({reason}).")
        self.reason = reason


class ScopeRefusedError(Exception):
    """Nothing of what a client asks for may be granted to it."""


@dataclass(frozen=True, slots=True)
class EhrClient:
    """An EHR that a clinic let in by its public keys.

    Its id is its ``client_id``. ``scopes`` are the most that it is ever granted below ``/fhir``, as they were
    written; with an ``issuer`` it may call CDS Hooks under that name. ``key_set_url`` is the one ``jku`` that
    its tokens may name; nothing is ever fetched from there.
    """

    id: UUID
    clinic_id: UUID
    name: str
    keys: tuple[PublicKey, ...]
    scopes: tuple[str, ...]
    created_at: datetime
    issuer: str | None = None
    key_set_url: str | None = None
    revoked_at: datetime | None = None

    def actor(self, scopes: tuple[str, ...] | None) -> Actor:
        """The client as an actor with these scopes; None where no scopes apply, as at CDS Hooks."""
        known = None if scopes is None else tuple(filter(None, map(parse_scope, scopes)))
        return Actor(self.clinic_id, ActorKind.CLIENT, self.id, self.name, Role.EHR, known)


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a client said in a token, once its signature and every claim held."""

    issuer: str
    token_id: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class AccessToken:
    """An opaque token: shown once, kept as its SHA-256. ``scopes`` are those that were granted."""

    token: str
    scopes: tuple[str, ...]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Registration:
    """What a clinic registers a client with, as it was sent; the rest is as in ``EhrClient``.

    ``jwks`` is the client's public key set (RFC 7517) as plain data.
    """

    name: str
    jwks: object
    scopes: tuple[str, ...]
    issuer: str | None = None
    key_set_url: str | None = None


def check_registration(sent: Registration) -> None:
    """Refuse scopes and addresses that no client could use. Raises RefusedError with every fault."""
    faults = [
        Fault("/scopes", "scope", f"{text} is no scope of a system, such as system/*.rs.")
        for text in sent.scopes
        if parse_scope(text) is None
    ]
    if not sent.scopes and sent.issuer is None:
        faults.append(Fault("/scopes", "scope", "A client has a scope, an issuer, or both."))
    if sent.issuer is not None and not _is_word(sent.issuer):
        faults.append(
            Fault("/issuer", "issuer", f"An issuer has 1 to {_MOST_ADDRESS} signs without a blank.")
        )
    address = sent.key_set_url
    if address is not None and not (_is_word(address) and address.startswith(_WEB)):
        faults.append(Fault("/key_set_url", "address", "The address of a key set begins with https://."))
    if faults:
        raise RefusedError(*faults)


def _is_word(text: str) -> bool:
    return 1 <= len(text) <= _MOST_ADDRESS and text.isprintable() and " " not in text


def grant(asked: str, registered: tuple[str, ...]) -> tuple[str, ...]:
    """The scopes that a client is granted: of what it asks for, what it is registered for, and no more.

    A scope that is granted whole keeps its words, so that a client of version 1 is answered in version 1.
    Raises ScopeRefusedError where nothing is left, and where more is asked for than anybody needs.
    """
    if len(asked) > _MOST_ASKED:
        raise ScopeRefusedError
    known = [scope for text in registered if (scope := parse_scope(text))]
    granted: dict[str, None] = {}
    for text in asked.split():
        wanted = parse_scope(text)
        if wanted is not None:
            granted |= dict.fromkeys(_granted(text, wanted, known))
    if not granted:
        raise ScopeRefusedError
    return tuple(granted)


def _granted(text: str, wanted: Scope, known: list[Scope]) -> list[str]:
    shared = [both for scope in known if (both := wanted.shared_with(scope))]
    if wanted in shared:
        return [text]
    return [str(scope) for scope in shared]
