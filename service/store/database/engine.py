"""Which of the two databases an address means; ``sqlite`` and ``postgresql`` say how each is opened."""

from sqlalchemy import Engine, make_url

from service.store.database.postgresql import postgresql_engine
from service.store.database.sqlite import sqlite_engine


def make_engine(url: str, *, for_migrations: bool = False) -> Engine:
    """An engine for ``sqlite:///file`` or ``postgresql://…``. Raises ValueError for another kind of database.

    Migrations may rebuild a table, which takes its time, and on SQLite has no foreign keys meanwhile.
    """
    address = make_url(url)
    backend = address.get_backend_name()
    if backend == "sqlite":
        return sqlite_engine(address, foreign_keys=not for_migrations)
    if backend in ("postgresql", "postgres"):
        return postgresql_engine(address, hurried=not for_migrations)
    raise ValueError(f"not a database for this service: {backend} (sqlite or postgresql)")
