"""Migrations go up, down and up again with every row kept, and end where ``tables`` says."""

import ast
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import make_url, text

from service.domain.checklists.checklist import Withdrawal
from service.store import api_keys, login_failures, staff, staff_sessions
from service.store.audit_chain import append_events
from service.store.checklist_writing import insert_withdrawal
from service.store.database import (
    Database,
    Reach,
    RefusedByDatabaseError,
    UnavailableError,
    schema,
)
from service.store.database.migrations import migrate, migrate_down
from service.store.database.sqlite import driver
from service.store.idempotency import Claim, claim
from service.store.limits import take_portion
from service.store.tables import metadata
from tests.audit_keys import AUDIT_KEYS
from tests.databases import SqliteOfTests
from tests.store.database.schemas import Rows, opened, rows_of, shape, triggers
from tests.store.records import (
    LATER,
    NOW,
    NURSE,
    add_checklist,
    add_clinic,
    add_draft,
    event_of,
    fill_the_tables_of_the_pages,
    key_of,
    member_of,
    session_of,
)


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(schema.FOLDER))
    return ScriptDirectory.from_config(config)


def revisions() -> list[str]:
    """Every revision, the first one first."""
    return [script.revision for script in scripts().walk_revisions()][::-1]


def fill_every_table(url: str) -> None:
    database = Database(url)
    with database.transaction(Reach.ALL) as connection:
        clinic_id = add_clinic(connection)
        made = add_checklist(connection, clinic_id)
        insert_withdrawal(connection, clinic_id, made.id, Withdrawal(NURSE, LATER, "Wrong day."))
        member = member_of(clinic_id)
        api_keys.insert_key(connection, key_of(clinic_id))
        staff.insert_staff(connection, member)
        staff_sessions.insert_session(connection, session_of(member))
        login_failures.record_login_failure(connection, "nurse", NOW)
        take_portion(connection, "calls/key/1", LATER, 9, NOW)
        claim(connection, Claim(clinic_id, uuid4(), "POST", "/v1/intake", "key-1", "00"), NOW)
        append_events(connection, [event_of(clinic_id, uuid4(), made.patient.id)], AUDIT_KEYS)
        fill_the_tables_of_the_pages(connection, clinic_id, made)
        add_draft(connection, clinic_id)
    database.dispose()


def staying_of(full: Rows, there: Rows) -> Rows:
    """Of all rows the tables and columns that are still there."""
    return {
        table: sorted(({column: row[column] for column in rows[0]} for row in full[table]), key=str)
        for table, rows in there.items()
    }


def test_every_step_down_and_up_again_keeps_every_row_of_the_tables_that_stay(database_url: str) -> None:
    fill_every_table(database_url)
    full, whole_shape, all_triggers = rows_of(database_url), shape(database_url), triggers(database_url)
    assert set(full) == set(metadata.tables)

    for lower in [*revisions()[-2::-1], "base"]:
        migrate_down(database_url, lower)
        staying = rows_of(database_url)
        migrate(database_url)
        assert shape(database_url) == whole_shape
        assert triggers(database_url) == all_triggers
        migrate_down(database_url, lower)
        assert rows_of(database_url) == staying == staying_of(full, staying)

    migrate(database_url)
    assert (shape(database_url), triggers(database_url)) == (whole_shape, all_triggers)


def test_migrating_again_changes_nothing(database_url: str) -> None:
    fill_every_table(database_url)
    before = rows_of(database_url)
    migrate(database_url)
    assert rows_of(database_url) == before


REFERS_TO_NOBODY = """
revision, down_revision = "refers_to_nobody", "{head}"


def upgrade() -> None:
    from alembic import op
    op.execute("UPDATE api_keys SET clinic_id = '00000000000000000000000000000000'")
"""


def test_a_migration_that_leaves_a_reference_to_nobody_is_taken_back(
    sqlite: SqliteOfTests, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = sqlite.database(tmp_path)
    fill_every_table(url)
    before = rows_of(url)
    folder = tmp_path / "migrations"
    shutil.copytree(schema.FOLDER, folder)
    (folder / "versions" / "later.py").write_text(REFERS_TO_NOBODY.format(head=schema.head()))
    with monkeypatch.context() as patched:
        patched.setattr(schema, "FOLDER", folder)
        with pytest.raises(RefusedByDatabaseError, match="lead nowhere"):
            migrate(url)
    assert rows_of(url) == before


def test_a_database_at_the_head_is_not_looked_through_again(sqlite: SqliteOfTests, tmp_path: Path) -> None:
    url = sqlite.database(tmp_path)
    fill_every_table(url)
    with closing(driver.connect(make_url(url).database)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("UPDATE api_keys SET clinic_id = '00000000000000000000000000000000'")
    migrate(url)


def test_the_migrations_make_what_the_tables_declare(database_url: str) -> None:
    migrated = shape(database_url)
    with opened(database_url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        for table in reversed(metadata.sorted_tables):
            connection.execute(text(f"DROP TABLE {table.name}"))
        metadata.create_all(connection)
    assert shape(database_url) == migrated


def test_the_control_a_forgotten_column_is_noticed(database_url: str) -> None:
    with opened(database_url) as connection:
        connection.execute(text("ALTER TABLE patients ADD COLUMN nickname TEXT"))
        assert compare_metadata(MigrationContext.configure(connection), metadata) != []


def test_the_file_head_names_the_one_head_and_revisions_are_numbered() -> None:
    assert scripts().get_heads() == [schema.head()]
    assert revisions() == [f"{number:04d}" for number in range(1, len(revisions()) + 1)]


def test_migrations_stand_alone() -> None:
    for path in schema.FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.split(".")[0] == "service"], path


def test_two_who_migrate_at_once_both_end_at_the_head(unmigrated_url: str) -> None:
    program = "import sys; from service.store.database.migrations import migrate; migrate(sys.argv[1])"
    command = [sys.executable, "-c", program, unmigrated_url]
    both = [subprocess.Popen(command, cwd=schema.FOLDER.parent) for _ in range(2)]
    assert [process.wait(30) for process in both] == [0, 0]
    database = Database(unmigrated_url)
    database.check()
    database.dispose()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_migration_that_cannot_have_its_lock_gives_up_and_changes_nothing(database_url: str) -> None:
    before = shape(database_url)
    with opened(database_url) as connection:
        connection.execute(text("LOCK TABLE audit_events IN ACCESS SHARE MODE"))
        with pytest.raises(UnavailableError):
            migrate_down(database_url, "base")
    assert shape(database_url) == before


def test_a_migration_that_another_program_keeps_out_gives_up_and_changes_nothing(
    sqlite: SqliteOfTests, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = sqlite.database(tmp_path)
    before = shape(url)
    monkeypatch.setattr("service.store.database.sqlite.BUSY_SECONDS", 0.1)
    with opened(url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = version_num"))
        with pytest.raises(UnavailableError):
            migrate_down(url, "base")
    assert shape(url) == before


CHANGES_ROWS = """
from alembic import op
revision = "changes_rows"
down_revision = "{head}"
branch_labels = None
depends_on = None
def upgrade():
    op.execute("UPDATE clinics SET time_zone = 'Europe/Madrid'")
"""


def test_a_migration_that_changes_rows_reaches_every_clinics(
    unmigrated_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(unmigrated_url)
    database = Database(unmigrated_url)
    with database.transaction(Reach.ALL) as connection:
        clinics = {add_clinic(connection), add_clinic(connection)}
    # The control: on PostgreSQL only a clinic's own row is found by who does not say that all are meant.
    with database.transaction(next(iter(clinics))) as connection:
        changed = connection.execute(text("UPDATE clinics SET language = 'es'")).rowcount
    database.dispose()
    folder = tmp_path / "migrations"
    shutil.copytree(schema.FOLDER, folder)
    (folder / "versions" / "later.py").write_text(CHANGES_ROWS.format(head=schema.head()))
    monkeypatch.setattr(schema, "FOLDER", folder)
    migrate(unmigrated_url)
    with opened(unmigrated_url) as connection:
        zones = connection.execute(text("SELECT time_zone FROM clinics")).scalars().all()
        assert changed == (1 if connection.dialect.name == "postgresql" else 2)
    assert zones == ["Europe/Madrid"] * 2
