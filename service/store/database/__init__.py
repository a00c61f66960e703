"""The two databases as machines: how they are opened, begun, waited for, migrated and backed up.

Nothing here knows a table of the product. ``database`` opens transactions on an ``engine``, which ``sqlite``
and ``postgresql`` make; ``reach`` says whose rows a transaction may touch; ``deadlines``, ``turns``,
``outage`` and ``failures`` are about waiting in vain; ``schema`` and ``migrations`` bring tables up to date.
"""

from sqlalchemy import Connection

from service.store.database.database import Database
from service.store.database.failures import (
    NotWritableError,
    ReferredToGoneError,
    RefusedByDatabaseError,
    UnavailableError,
)
from service.store.database.reach import Reach, reach_only

__all__ = [
    "Connection",
    "Database",
    "NotWritableError",
    "Reach",
    "ReferredToGoneError",
    "RefusedByDatabaseError",
    "UnavailableError",
    "reach_only",
]
