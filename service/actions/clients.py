"""Other systems that come in by their keys: registered by a clinic, given other keys, revoked."""

from datetime import datetime
from uuid import UUID

from service.actions.work import Work, new_id
from service.domain.access.client_keys import PublicKey, read_key_set
from service.domain.access.clients import (
    EhrClient,
    Registration,
    check_registration,
)
from service.domain.access.permissions import Permission
from service.domain.audit.events import AuditAction
from service.domain.errors import NotFoundError
from service.formats.client_assertions import check_keys
from service.store import clients as client_store
from service.store.database import Connection


def register_client(
    connection: Connection,
    clinic_id: UUID,
    now: datetime,
    sent: Registration,
    client_id: UUID | None = None,
) -> EhrClient:
    """Let a client in to a clinic by its public keys.

    ``client_id`` keeps a demo's client the same over restarts. Raises RefusedError for keys and scopes that
    cannot be taken, and ConflictError (``issuer_taken``).
    """
    check_registration(sent)
    client = EhrClient(
        id=client_id or new_id(now),
        clinic_id=clinic_id,
        name=sent.name,
        keys=_checked_keys(sent.jwks),
        scopes=sent.scopes,
        created_at=now,
        issuer=sent.issuer,
        key_set_url=sent.key_set_url,
    )
    client_store.insert_client(connection, client)
    return client


def add_client(work: Work, sent: Registration) -> EhrClient:
    """Register a client for the clinic at hand, as ``register_client`` does."""
    work.require(Permission.MANAGE_CLINIC)
    client = register_client(work.connection, work.clinic_id, work.now, sent)
    scopes = " ".join(sent.scopes)
    work.record(AuditAction.ADD_CLIENT, subject=f"client/{client.id}", details={"scopes": scopes})
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


def _checked_keys(jwks: object) -> tuple[PublicKey, ...]:
    keys = read_key_set(jwks)
    check_keys(keys)
    return keys
