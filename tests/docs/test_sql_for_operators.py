"""The SQL that operators are given makes a role that PostgreSQL holds to the policies, with its data kept."""

from collections.abc import Iterator

import psycopg
import pytest

from service.store.database import Database, Reach
from service.store.database.migrations import migrate, migrate_down
from service.store.database.reach import role_beyond_policies
from tests.databases import PostgresqlOfTests
from tests.docs.markdown import blocks
from tests.store.records import add_clinic
from tests.store.second_wall import seen, unguarded_tables

NAME = "checklists"
TO_INSTALL, TO_GO_ON = (block.text for block in blocks("docs/operators.md") if block.language == "sql")


def run(address: str, *statements: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture
def superuser(postgresql: PostgresqlOfTests) -> Iterator[str]:
    """The superuser's address of a database that the test is to make, dropped at the end with its role."""
    server = postgresql.superusers_url(postgresql.url("postgres"))
    yield postgresql.superusers_url(postgresql.url(NAME))
    run(server, f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)", f"DROP ROLE IF EXISTS {NAME}")


def check_the_plain_role(superuser: str, tables: int) -> None:
    """It sees what there is, every table is behind policies that hold for it, and it migrates."""
    plain = superuser.replace("//postgres:", f"//{NAME}:")
    migrate_down(plain, "0008")
    migrate(plain)
    database = Database(plain)
    database.check()
    with database.transaction(Reach.ALL) as connection:
        assert role_beyond_policies(connection) is None
        assert unguarded_tables(connection) == set()
        assert len(seen(connection)) == tables
    with database.transaction(Reach.CREDENTIALS) as connection:
        assert seen(connection) <= {"clinics"}
    database.dispose()


def test_the_role_and_the_database_are_made_and_the_service_makes_its_tables(
    superuser: str, postgresql: PostgresqlOfTests
) -> None:
    run(postgresql.superusers_url(postgresql.url("postgres")), *TO_INSTALL.strip().splitlines())
    migrate(superuser.replace("//postgres:", f"//{NAME}:"))
    check_the_plain_role(superuser, tables=0)


def test_an_installation_of_a_superuser_goes_on_with_its_data(
    superuser: str, postgresql: PostgresqlOfTests
) -> None:
    server = postgresql.superusers_url(postgresql.url("postgres"))
    run(server, f"CREATE DATABASE {NAME}", TO_INSTALL.splitlines()[0])
    migrate(superuser)
    before = Database(superuser)
    with before.transaction(Reach.ALL) as connection:
        assert role_beyond_policies(connection) == "postgres"
        add_clinic(connection)
        # A clinic and its empty audit trail.
        there = len(seen(connection))
    before.dispose()
    run(superuser, TO_GO_ON)
    check_the_plain_role(superuser, tables=there)
