"""Everything that a database holds, to be compared before and after."""

import hashlib
from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from service.store.database import Database, Reach
from service.store.tables import metadata

Rows = dict[str, list[dict[str, Any]]]


def whole_database(database: Database, but: Collection[str] = ()) -> Rows:
    """Every row of every table, but of those that are named."""
    with database.transaction(Reach.ALL, reads_only=True) as connection:
        return {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in metadata.sorted_tables
            if table.name not in but
        }


def digests(database: Database, but: Collection[str] = ()) -> dict[str, str]:
    """The same as one digest a table, whatever the order of its rows."""
    return {
        name: hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()
        for name, rows in whole_database(database, but).items()
    }
