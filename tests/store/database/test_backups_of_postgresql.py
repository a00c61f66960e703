"""What PostgreSQL's own tools take of a database whose rows are behind policies, as the docs tell it."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from service.store.database import Database, Reach
from tests.databases import PostgresqlOfTests
from tests.store.on_file import fill
from tests.store.second_wall import rows_of, unguarded_tables

ALL = {"PGOPTIONS": "-c medication_checklist.reach=all"}


@pytest.fixture(params=["postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    with request.getfixturevalue("postgresql").database() as url:
        yield url


@pytest.fixture(autouse=True)
def filled(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        fill(connection, clinic_id)


Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(database_url: str, postgresql: PostgresqlOfTests) -> Run:
    """Runs one of the tools that came with the server: one of an earlier version would refuse."""
    with psycopg.connect(postgresql.superusers_url(database_url)) as connection:
        (folder,) = connection.execute("SELECT setting FROM pg_config WHERE name = 'BINDIR'").fetchall()[0]

    def run(tool: str, *arguments: str | Path, **more: str) -> "subprocess.CompletedProcess[str]":
        command = [Path(folder) / tool, *arguments]
        return subprocess.run(command, check=False, env=os.environ | more, capture_output=True, text=True)

    return run


def test_the_services_role_is_refused_a_dump(database_url: str, run: Run) -> None:
    dump = run("pg_dump", database_url)
    assert dump.returncode == 1
    assert "row-level security" in dump.stderr


def test_a_dump_that_keeps_to_the_policies_without_a_reach_is_empty_and_says_nothing(
    database_url: str, clinic_id: UUID, run: Run
) -> None:
    dump = run("pg_dump", "--enable-row-security", database_url)
    assert (dump.returncode, dump.stderr) == (0, "")
    assert "CREATE TABLE public.patients" in dump.stdout
    assert str(clinic_id) not in dump.stdout


@pytest.mark.parametrize("who", ["a superuser", "the service's role that says that it means all"])
def test_a_whole_dump_is_restored_by_the_services_role_with_every_row_and_policy(
    database_url: str,
    clinic_id: UUID,
    postgresql: PostgresqlOfTests,
    run: Run,
    tmp_path: Path,
    who: str,
) -> None:
    file = tmp_path / "kept.dump"
    if who == "a superuser":
        dump = run("pg_dump", "-Fc", "-f", file, postgresql.superusers_url(database_url))
    else:
        dump = run("pg_dump", "-Fc", "--enable-row-security", "-f", file, database_url, **ALL)
    assert (dump.returncode, dump.stderr) == (0, "")
    with postgresql.database(migrated=False) as again:
        restored = run("pg_restore", "--exit-on-error", "--no-owner", "-d", again, file, **ALL)
        assert (restored.returncode, restored.stderr) == (0, "")
        assert all_rows(again, clinic_id) == all_rows(database_url, clinic_id)


def all_rows(url: str, clinic_id: UUID) -> object:
    database = Database(url)
    database.check()
    with database.transaction(Reach.ALL) as connection:
        assert unguarded_tables(connection) == set()
        rows = rows_of(connection, clinic_id)
    database.dispose()
    assert rows["patients"][0] == 1
    return rows
