"""Other systems that come in by their keys: registered by a clinic, let in by what they sign.

A signed token opens two doors: the token endpoint (SMART Backend Services) and CDS Hooks. One verifier
serves both, and the same token is taken once, whichever door it comes to first.
"""

import secrets
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from service.actions.work import Work, new_id, unit_of_work
from service.domain.access.client_keys import PublicKey, read_key_set
from service.domain.access.clients import (
    TOKEN_LIFE,
    AccessToken,
    ClientRefusedError,
    EhrClient,
    Refusal,
    check_registration,
    grant,
)
from service.domain.access.credentials import TOKEN_PREFIX, secret_digest
from service.domain.access.permissions import Actor, Permission
from service.domain.audit.chain import AuditKeys
from service.domain.audit.events import AuditAction
from service.domain.errors import NotFoundError
from service.formats.client_assertions import SentAssertion, check_keys, read_assertion, verify
from service.store import clients as client_store
from service.store.database import Connection, Database, Reach, reach_only


def register_client(
    connection: Connection,
    clinic_id: UUID,
    now: datetime,
    *,
    name: str,
    jwks: object,
    scopes: tuple[str, ...],
    issuer: str | None = None,
    key_set_url: str | None = None,
    client_id: UUID | None = None,
) -> EhrClient:
    """Let a client in to a clinic by its public keys.

    ``client_id`` keeps a demo's client the same over restarts. Raises RefusedError for keys and scopes that
    cannot be taken, and ConflictError (``issuer_taken``).
    """
    check_registration(scopes, issuer, key_set_url)
    client = EhrClient(
        id=client_id or new_id(now),
        clinic_id=clinic_id,
        name=name,
        keys=_checked_keys(jwks),
        scopes=scopes,
        created_at=now,
        issuer=issuer,
        key_set_url=key_set_url,
    )
    client_store.insert_client(connection, client)
    return client


def add_client(
    work: Work,
    *,
    name: str,
    jwks: object,
    scopes: tuple[str, ...],
    issuer: str | None = None,
    key_set_url: str | None = None,
) -> EhrClient:
    """Register a client for the clinic at hand, as ``register_client`` does."""
    work.require(Permission.MANAGE_CLINIC)
    client = register_client(
        work.connection,
        work.clinic_id,
        work.now,
        name=name,
        jwks=jwks,
        scopes=scopes,
        issuer=issuer,
        key_set_url=key_set_url,
    )
    work.record(AuditAction.ADD_CLIENT, subject=f"client/{client.id}", details={"scopes": " ".join(scopes)})
    return client


def list_clients(work: Work) -> tuple[EhrClient, ...]:
    """Every client of the clinic, revoked ones too."""
    work.require(Permission.MANAGE_CLINIC)
    return client_store.list_clients(work.connection, work.clinic_id)


def revoke_client(work: Work, client_id: UUID) -> None:
    """Revoke a client; it and its tokens stop working at once. Raises NotFoundError where none is valid."""
    work.require(Permission.MANAGE_CLINIC)
    if not client_store.revoke_client(work.connection, work.clinic_id, client_id, work.now):
        raise NotFoundError("There is no such valid client.")
    work.record(AuditAction.CHANGE_CLIENT, subject=f"client/{client_id}", details={"fields": "revoked_at"})


def replace_keys(work: Work, client_id: UUID, jwks: object) -> None:
    """Replace a client's keys and end its tokens: one that was taken away may be the one that was stolen.

    To change keys without a gap, register the old and the new together first. Raises NotFoundError.
    """
    work.require(Permission.MANAGE_CLINIC)
    change_keys(work.connection, work.clinic_id, client_id, jwks)
    work.record(AuditAction.CHANGE_CLIENT, subject=f"client/{client_id}", details={"fields": "keys"})


def change_keys(connection: Connection, clinic_id: UUID, client_id: UUID, jwks: object) -> None:
    """The same for whoever has the machine."""
    client_store.set_keys(connection, clinic_id, client_id, _checked_keys(jwks))


def redeem_assertion(
    database: Database,
    audit_keys: AuditKeys,
    token: str,
    asked: str,
    audience: str,
    now: datetime,
    request_id: str,
    admit: Callable[[Actor], None] = lambda _: None,
) -> tuple[AccessToken, Actor]:
    """Give a client an access token for what it signed; the audience is the token endpoint's address.

    ``admit`` is called once it is known who it is, in the transaction, and may raise. Raises
    ClientRefusedError, and ScopeRefusedError where it may have nothing of what it asks for. Nothing is used
    up where anything is raised.
    """
    sent = read_assertion(token)
    with database.transaction(Reach.CREDENTIALS) as connection:
        client = client_store.find_client(connection, _client_id(sent.issuer))
        known = _let_in(connection, client, sent, audience, now, subject=sent.issuer)
        admit(known.actor(()))
        granted = grant(asked, known.scopes)
        made = AccessToken(TOKEN_PREFIX + secrets.token_urlsafe(32), granted, now + TOKEN_LIFE)
        client_store.insert_token(connection, known, secret_digest(made.token), granted, made.expires_at, now)
        with unit_of_work(connection, audit_keys, known.actor(granted), now, request_id) as work:
            work.record(
                AuditAction.GIVE_TOKEN, subject=f"client/{known.id}", details={"scopes": " ".join(granted)}
            )
    return made, known.actor(granted)


def hook_actor(database: Database, token: str, audience: str, now: datetime) -> Actor:
    """Who calls a CDS Hooks service with this signed token; the audience is that service's address.

    The issuer tells the client, and the client the clinic. Scopes are for FHIR: a client that was given an
    issuer may call hooks. Raises ClientRefusedError.
    """
    sent = read_assertion(token)
    with database.transaction(Reach.CREDENTIALS) as connection:
        client = client_store.find_client_by_issuer(connection, sent.issuer)
        return _let_in(connection, client, sent, audience, now).actor(None)


def _let_in(
    connection: Connection,
    client: EhrClient | None,
    sent: SentAssertion,
    audience: str,
    now: datetime,
    subject: str | None = None,
) -> EhrClient:
    """The client whose token this is, which is used up; from then on its clinic alone is reached.

    Raises ClientRefusedError.
    """
    if client is None:
        raise ClientRefusedError(Refusal.UNKNOWN_CLIENT)
    if client.revoked_at is not None:
        raise ClientRefusedError(Refusal.REVOKED_CLIENT)
    said = verify(sent, client.keys, audience, now, subject=subject, key_set_url=client.key_set_url)
    reach_only(connection, client.clinic_id)
    if not client_store.use_assertion(connection, client, said, now):
        raise ClientRefusedError(Refusal.REPLAYED)
    return client


def _client_id(issuer: str) -> UUID:
    """The id of the client that names itself as a token's issuer, in the one form in which it was given."""
    try:
        found = UUID(issuer)
    except ValueError:
        raise ClientRefusedError(Refusal.UNKNOWN_CLIENT) from None
    if str(found) != issuer:
        raise ClientRefusedError(Refusal.UNKNOWN_CLIENT)
    return found


def _checked_keys(jwks: object) -> tuple[PublicKey, ...]:
    keys = read_key_set(jwks)
    check_keys(keys)
    return keys
