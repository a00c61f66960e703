"""Write a database anew, so that what was deleted is in its files no more."""

from contextlib import closing
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from service.store.database.engine import make_engine
from service.store.database.sqlite import empty_log
from service.store.patient_tables import OF_PATIENT, TOLD_OTHERWISE

_OF_PATIENTS = ", ".join(table.name for table in (*OF_PATIENT, *TOLD_OTHERWISE))


class NotWrittenAnewError(Exception):
    """Deleted rows may still be in the files; the message says why, for a person."""


def write_anew(url: str) -> None:
    """Write SQLite's file, or the tables of PostgreSQL that hold patients' data, again: without what is gone.

    Nobody else reads or writes meanwhile. Raises NotWrittenAnewError.
    """
    engine = make_engine(url, for_migrations=True)
    try:
        with closing(engine.raw_connection()) as connection:
            driver: Any = connection.driver_connection
            if engine.dialect.name == "sqlite":
                driver.execute("VACUUM")
            else:
                _vacuum_tables(driver)
        if not empty_log(engine):
            raise NotWrittenAnewError("Somebody else reads the database. Run it again when nobody does.")
    except (engine.dialect.loaded_dbapi.Error, SQLAlchemyError) as error:
        raise NotWrittenAnewError(f"The database was not written anew ({type(error).__name__}).") from None
    finally:
        engine.dispose()


def _vacuum_tables(driver: Any) -> None:
    """PostgreSQL skips with a warning the tables of another owner."""
    skipped: list[str] = []
    driver.add_notice_handler(lambda notice: skipped.append(str(notice.message_primary)))
    driver.execute(f"VACUUM (FULL) {_OF_PATIENTS}")
    if skipped:
        raise NotWrittenAnewError(skipped[0])
