"""A backup made while clients work holds all that was acknowledged before it, and no half of anything."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from service.store.database import Reach, reach_only
from service.store.database.engine import make_engine
from service.store.tables import metadata
from tests.audit_keys import SECRETS
from tests.databases import PostgresqlOfTests, SqliteOfTests
from tests.faults.counting import count
from tests.faults.killing import integrity
from tests.faults.load import loaded
from tests.faults.started_again import Server, server_of
from tests.processes import until
from tests.running_service import COMMAND

# Rows of these tables are written once; what is in a backup of them is in the database for ever.
WRITTEN_ONCE = ("list_versions", "list_items", "checklists", "sign_offs", "audit_events")


def rows(url: str, table: str) -> set[str]:
    engine = make_engine(url)
    with engine.connect() as connection:
        reach_only(connection, Reach.ALL)
        found = {repr(tuple(row)) for row in connection.execute(select(metadata.tables[table]))}
    engine.dispose()
    return found


def check_a_backup_under_load(
    server: Server, url: str, back_up: Callable[[], object], restore: Callable[[], str]
) -> None:
    """Back up while clients work, restore, compare, and let clients go on with what was restored."""
    with loaded(server.service) as load:
        until(lambda: len(load.acknowledged) >= 40)
        before = tuple(load.acknowledged)
        back_up()
        until(lambda: len(load.acknowledged) >= len(before) + 20)
    restored = restore()
    counted = count(restored, before)
    assert not counted, counted
    assert integrity(restored) == "ok"
    for table in WRITTEN_ONCE:
        kept, there = rows(restored, table), rows(url, table)
        assert kept
        assert kept < there, table
    server.kill()
    server.start(restored)
    with loaded(server.service) as after:
        until(lambda: len(after.acknowledged) >= 20)
    counted = count(restored, (*before, *after.acknowledged))
    assert not counted, counted


def test_an_sqlite_database_is_backed_up_while_clients_work(sqlite: SqliteOfTests, tmp_path: Path) -> None:
    url, again = sqlite.database(tmp_path), f"sqlite:///{tmp_path / 'again.sqlite3'}"
    kept = tmp_path / "kept.sqlite3"

    def run(address: str, *words: str | Path) -> str:
        subprocess.run([COMMAND, *words], env=os.environ | SECRETS | {"DATABASE_URL": address}, check=True)
        return address

    with server_of(url, TMPDIR=str(tmp_path)) as server:
        check_a_backup_under_load(
            server, url, lambda: run(url, "backup", kept), lambda: run(again, "restore", kept)
        )


def test_a_postgresql_database_is_dumped_while_clients_work(
    postgresql: PostgresqlOfTests, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.dump"

    def run(program: str, *words: str | Path) -> None:
        subprocess.run([postgresql.server.bin_path / program, *words], check=True)

    with (
        postgresql.database() as url,
        postgresql.database(migrated=False) as again,
        server_of(url, TMPDIR=str(tmp_path)) as server,
    ):

        def restore() -> str:
            run("pg_restore", "--exit-on-error", "--dbname", postgresql.superusers_url(again), kept)
            return again

        # The policies hold for a dump too, but not for the superuser's.
        whole = postgresql.superusers_url(url)
        check_a_backup_under_load(
            server, url, lambda: run("pg_dump", "--format", "custom", "--file", kept, whole), restore
        )
