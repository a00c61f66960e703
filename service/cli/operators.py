"""Whoever has the machine, as an actor: what they change of a clinic is on record under their log-in."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid5

from service.actions.clock import utc_now
from service.actions.work import Door
from service.cli.database import audit_keys_or_exit, database_url, said_plainly
from service.cli.known import known_clinic
from service.domain.access.permissions import Actor, ActorKind, Role
from service.store.database import Database, Reach

CONSOLE = "console"
"""What stands in place of a request's id for what a command does."""


def operator_of(clinic_id: UUID) -> Actor:
    """The machine's user at this console; the id is always the same for the same log-in and clinic."""
    login = getpass.getuser()
    return Actor(clinic_id, ActorKind.OPERATOR, uuid5(clinic_id, login), login, Role.ADMINISTRATOR)


@contextmanager
def operators_door(clinic: str) -> Iterator[Door]:
    """A door to the clinic of that name; ends the command with status 2 where there is none."""
    audit_keys, database = audit_keys_or_exit(), Database(database_url())
    try:
        with said_plainly():
            with database.transaction(Reach.CREDENTIALS, reads_only=True) as connection:
                clinic_id = known_clinic(connection, clinic).id
            yield Door(database, audit_keys, utc_now, operator_of(clinic_id), CONSOLE)
    finally:
        database.dispose()
