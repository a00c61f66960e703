"""Which clinics' rows a transaction may reach: told to PostgreSQL, whose policies hold to it.

SQLite has no policies: there the queries alone keep clinics apart, as they do on PostgreSQL too.
"""

from enum import Enum
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, select

SETTING = "medication_checklist.reach"
"""The setting, of one transaction, that the policies read: a clinic's id or a word of ``Reach``."""


class Reach(Enum):
    """What a transaction reaches that is not one clinic's."""

    CREDENTIALS = "credentials"
    """Keys, staff, sessions, clients and links of whichever clinic: before it is known who comes in."""
    ALL = "all"
    """Every clinic: for whoever has the machine, and for the check that the database takes a write."""


_SET = select(func.set_config(SETTING, bindparam("reach"), True))  # noqa: FBT003 -- for this transaction only


def reach_only(connection: Connection, reach: UUID | Reach) -> None:
    """From here on let this transaction reach one clinic's rows, or what the word says."""
    if connection.dialect.name == "postgresql":
        connection.execute(_SET, {"reach": reach.value if isinstance(reach, Reach) else str(reach)})
