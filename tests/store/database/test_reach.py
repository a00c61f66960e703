"""What a transaction reaches is said for it alone, and has to be said."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import StaticPool

from service.store.database import Database, Reach
from service.store.database.engine import make_engine
from service.store.database.reach import SETTING, reach_only
from service.store.patients import list_patients
from tests.databases import PostgresqlOfTests
from tests.processes import program
from tests.store.records import add_clinic, add_patient

COUNT = "SELECT count(*), pg_backend_pid() FROM patients"
POOLER = program("pgbouncer")


@pytest.fixture(params=["postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    with request.getfixturevalue("postgresql").database() as url:
        yield url


@pytest.fixture
def clinic_with_a_patient(database: Database) -> UUID:
    with database.transaction(Reach.ALL) as connection:
        clinic_id = add_clinic(connection)
        add_patient(connection, clinic_id)
    return clinic_id


def test_a_transaction_cannot_be_opened_without_saying_what_it_reaches(database: Database) -> None:
    with pytest.raises(TypeError, match="reach"):
        database.transaction()  # type: ignore[call-arg]


def test_nothing_is_left_of_a_reach_on_the_same_connection(
    database_url: str, clinic_with_a_patient: UUID
) -> None:
    address = database_url.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(address, poolclass=StaticPool)
    with engine.begin() as connection:
        reach_only(connection, clinic_with_a_patient)
        seen, first = connection.execute(text(COUNT)).one()
    with engine.begin() as connection:
        assert connection.execute(text(COUNT)).one() == (0, first)
    engine.dispose()
    assert seen == 1


def test_what_was_undone_leaves_no_reach_either(database_url: str, clinic_with_a_patient: UUID) -> None:
    address = database_url.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(address, poolclass=StaticPool)
    with engine.connect() as connection:
        reach_only(connection, clinic_with_a_patient)
        _, first = connection.execute(text(COUNT)).one()
        connection.rollback()
        assert connection.execute(text(COUNT)).one() == (0, first)
    engine.dispose()


@pytest.mark.skipif(POOLER is None, reason="pgbouncer is not installed")
def test_nothing_is_left_of_a_reach_behind_a_pooler_whose_one_connection_everybody_shares(
    database_url: str, postgresql: PostgresqlOfTests, clinic_with_a_patient: UUID
) -> None:
    # As root it does not run, and must come into the folder of the server's socket.
    with pooled(database_url, postgresql.server.system_user) as address:
        through_pooler = Database(address)
        with through_pooler.transaction(clinic_with_a_patient) as connection:
            assert len(list_patients(connection, clinic_with_a_patient, None, 9)) == 1
            seen, shared = connection.execute(text(COUNT)).one()
        with psycopg.connect(address, prepare_threshold=None) as another:
            assert another.execute(COUNT).fetchone() == (0, shared)
        with through_pooler.transaction(clinic_with_a_patient) as connection:
            assert connection.execute(text(COUNT)).one() == (1, shared)
        through_pooler.dispose()
    assert seen == 1


@contextmanager
def pooled(url: str, user: str | None) -> Iterator[str]:
    """The address of a pooler before the database that has one connection to it, in transaction mode."""
    assert POOLER is not None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    parts = psycopg.conninfo.conninfo_to_dict(url)
    settings = (
        f"[databases]\n* = host={parts['host']} user={parts['user']}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n"
        f"listen_port = {port}\nunix_socket_dir =\nauth_type = any\npool_mode = transaction\n"
        "default_pool_size = 1\n"
    )
    with NamedTemporaryFile("w", suffix=".ini") as file:
        file.write(settings)
        file.flush()
        Path(file.name).chmod(0o644)
        with subprocess.Popen([POOLER, file.name], user=user, stderr=subprocess.DEVNULL) as pooler:
            try:
                _wait_for(port)
                yield f"postgresql://{parts['user']}@127.0.0.1:{port}/{parts['dbname']}"
            finally:
                pooler.terminate()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        else:
            return


def test_postgresql_is_told_whose_rows_a_transaction_reaches_and_forgets_it_after_it(
    postgresql: PostgresqlOfTests,
) -> None:
    def told(connection: Connection) -> str | None:
        return connection.execute(text(f"SELECT current_setting('{SETTING}', true)")).scalar()

    clinic_id = uuid4()
    with postgresql.database() as url:
        database = Database(url)
        with database.transaction(clinic_id) as connection:
            assert told(connection) == str(clinic_id)
            reach_only(connection, Reach.CREDENTIALS)
            assert told(connection) == "credentials"
        outside = make_engine(url)
        with outside.connect() as connection:
            assert not told(connection)
        outside.dispose()
        database.dispose()
