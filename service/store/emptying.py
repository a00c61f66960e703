"""Have what was deleted leave the files of the database too."""

from contextlib import closing
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from service.store.engine import BUSY_SECONDS, make_engine
from service.store.patient_data import OF_PATIENT, TOLD_OTHERWISE

_OF_PATIENTS = ", ".join(table.name for table in (*OF_PATIENT, *TOLD_OTHERWISE))


class NotWrittenAnewError(Exception):
    """Deleted rows may still be in the files; the message says why, for a person."""


def empty_log(engine: Engine) -> bool:
    """Bring everything from SQLite's write-ahead log into its file, and cut the log to nothing.

    What the log held of earlier times is gone then. False where a reader kept it for too long. PostgreSQL's
    log is its operator's: there is nothing to do, and that is true.
    """
    if engine.dialect.name != "sqlite":
        return True
    with closing(engine.raw_connection()) as connection:
        driver: Any = connection.driver_connection
        driver.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


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
