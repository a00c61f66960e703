"""The door that a command enters a clinic by: who acts at the console, on record under their log-in."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid5

from service.actions.clock import utc_now
from service.actions.door import Door
from service.cli.known import known_actor, known_clinic
from service.cli.opening import audit_keys_or_exit, database_url, said_plainly
from service.domain.access.permissions import Actor, ActorKind, Role
from service.domain.audit.chain import AuditKeys
from service.formats.catalogue_files import shipped_catalogues
from service.store.database import Database, Reach

CONSOLE = "console"
"""What stands in place of a request's id for what a command does."""


def operator_of(clinic_id: UUID) -> Actor:
    """The machine's user at this console; the id is always the same for the same log-in and clinic."""
    login = getpass.getuser()
    return Actor(clinic_id, ActorKind.OPERATOR, uuid5(clinic_id, login), login, Role.ADMINISTRATOR)


@contextmanager
def operators_door(clinic: str) -> Iterator[Door]:
    """The door of whoever has the machine to the clinic of that name; ends with status 2 without one."""
    with _opened() as (database, audit_keys):
        with database.transaction(Reach.CREDENTIALS, reads_only=True) as connection:
            clinic_id = known_clinic(connection, clinic).id
        yield _door(database, audit_keys, operator_of(clinic_id))


@contextmanager
def staff_door(login: str, clinic: str | None) -> Iterator[Door]:
    """The door of the member of staff with that log-in, of that clinic; ends with status 2 without one."""
    with _opened() as (database, audit_keys):
        yield _door(database, audit_keys, known_actor(database, login, clinic))


@contextmanager
def _opened() -> Iterator[tuple[Database, AuditKeys]]:
    """The environment's database and keys; what is refused is said plainly."""
    audit_keys, database = audit_keys_or_exit(), Database(database_url())
    try:
        with said_plainly():
            yield database, audit_keys
    finally:
        database.dispose()


def _door(database: Database, audit_keys: AuditKeys, actor: Actor) -> Door:
    return Door(database, audit_keys, utc_now, actor, CONSOLE, shipped_catalogues())
