"""What a registered client signs lets it in, at two doors: the token endpoint (SMART) and CDS Hooks.

One verifier serves both, and the same signed token is taken once, whichever door it comes to first.
"""

import secrets
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from service.actions.work import unit_of_work
from service.domain.access.clients import (
    TOKEN_LIFE,
    AccessToken,
    ClientRefusedError,
    EhrClient,
    Refusal,
    grant,
)
from service.domain.access.credentials import TOKEN_PREFIX, secret_digest
from service.domain.access.permissions import Actor
from service.domain.audit.chain import AuditKeys
from service.domain.audit.events import AuditAction
from service.formats.client_assertions import SentAssertion, read_assertion, verify
from service.store import clients as client_store
from service.store.database import Connection, Database, Reach, reach_only


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

    ``admit`` is called in the transaction, once it is known who it is. Nothing is used up where that raises,
    or this: ClientRefusedError, and ScopeRefusedError where it may have nothing of what it asks for.
    """
    sent = read_assertion(token)
    with database.transaction(Reach.CREDENTIALS) as connection:
        found = client_store.find_client(connection, _client_id(sent.issuer))
        known = _let_in(connection, found, sent, audience, now, subject=sent.issuer)
        admit(known.actor(()))
        made = _make_token(connection, known, grant(asked, known.scopes), now)
        actor, details = known.actor(made.scopes), {"scopes": " ".join(made.scopes)}
        with unit_of_work(connection, audit_keys, actor, now, request_id) as work:
            work.record(AuditAction.GIVE_TOKEN, subject=f"client/{known.id}", details=details)
    return made, actor


def _make_token(
    connection: Connection, client: EhrClient, granted: tuple[str, ...], now: datetime
) -> AccessToken:
    made = AccessToken(TOKEN_PREFIX + secrets.token_urlsafe(32), granted, now + TOKEN_LIFE)
    client_store.insert_token(connection, client, secret_digest(made.token), granted, made.expires_at, now)
    return made


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
