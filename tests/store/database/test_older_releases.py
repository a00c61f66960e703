"""A process of an earlier release goes on after a migration that only adds, and stops after another."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from service.store.database import Database, UnavailableError, schema
from service.store.database.migrations import migrate, migrate_down
from tests.store.database.schemas import opened, shape

Shape = dict[str, list[Any]]
_COLUMNS, _PRIMARY_KEY, _REFERENCES, _UNIQUE = range(4)

NEXT = "9001"
ADDING = (
    "op.add_column('patients', sa.Column('nickname', sa.Text))\n"
    "    op.create_table('hats', sa.Column('id', sa.Text))"
)
GOING_BACK = "op.drop_table('hats')\n    op.drop_column('patients', 'nickname')"
# Each of these would break a release that does not know it.
BREAKING = {
    "a column that must be filled": (
        "with op.batch_alter_table('clinics') as table:\n"
        "        table.add_column(sa.Column('motto', sa.Text, nullable=False, server_default=''))\n"
        "        table.alter_column('motto', server_default=None)"
    ),
    "a column that is gone": "op.drop_column('list_items', 'origin')",
    "a new rule": (
        "with op.batch_alter_table('patients') as table:\n"
        "        table.create_unique_constraint('uq_patients_name', ['clinic_id', 'name'])"
    ),
}


def next_release(folder: Path, upgrade: str, *, adds_only: bool, downgrade: str = "pass") -> Path:
    """The migrations of a later release: this one's, and one more."""
    migrations = folder / "migrations"
    shutil.copytree(schema.FOLDER, migrations)
    (migrations / "HEAD").write_text(f"{NEXT}\n", "utf-8")
    (migrations / "versions" / f"{NEXT}_more.py").write_text(
        f'''"""More."""
import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{schema.head()}"
branch_labels = None
depends_on = None
ADDS_ONLY = {adds_only}

def upgrade() -> None:
    {upgrade}

def downgrade() -> None:
    {downgrade}
''',
        "utf-8",
    )
    return migrations


def migrate_like_the_next_release(url: str, migrations: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as other:
        other.setattr(schema, "FOLDER", migrations)
        migrate(url)


@pytest.mark.parametrize("adds_only", [True, False])
def test_only_what_says_that_it_adds_leaves_an_earlier_release_ready(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, adds_only: bool
) -> None:
    before = Database(database_url)
    before.check()
    before.dispose()

    later = next_release(tmp_path, ADDING, adds_only=adds_only)
    migrate_like_the_next_release(database_url, later, monkeypatch)

    # What was found ready is not asked again for a second: another process of the same release is asked.
    database = Database(database_url)
    if adds_only:
        database.check()
    else:
        with pytest.raises(UnavailableError):
            database.check()
    database.dispose()


def test_a_release_is_not_ready_before_its_own_migration(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(database_url)
    monkeypatch.setattr(schema, "FOLDER", next_release(tmp_path, ADDING, adds_only=True))

    with pytest.raises(UnavailableError):
        database.check()

    migrate(database_url)
    database.check()
    database.dispose()


def test_the_way_back_leaves_the_earlier_release_ready_and_the_later_one_not(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = schema.head()
    database = Database(database_url)
    with monkeypatch.context() as other:
        other.setattr(schema, "FOLDER", next_release(tmp_path, ADDING, adds_only=True, downgrade=GOING_BACK))
        migrate(database_url)
        migrate_down(database_url, here)
        with pytest.raises(UnavailableError):
            database.check()

    database.check()
    database.dispose()


def broken_for_earlier_releases(before: Shape, after: Shape) -> list[str]:
    """What a release that knows only ``before`` would stumble over."""
    broken = [f"{table} is gone" for table in before if table not in after]
    for table in before.keys() & after.keys():
        was, now = before[table], after[table]
        kept = {column[0]: column for column in now[_COLUMNS]}
        broken += [f"{table}.{column[0]}" for column in was[_COLUMNS] if kept.get(column[0]) != column]
        known = {column[0] for column in was[_COLUMNS]}
        broken += [
            f"{table}.{name} must be filled"
            for name, _, nullable, default in map(tuple, now[_COLUMNS])
            if name not in known and not nullable and default is None
        ]
        for kind in (_PRIMARY_KEY, _REFERENCES, _UNIQUE):
            if was[kind] != now[kind]:
                broken.append(f"{table} has another rule")
    return broken


def shape_with_defaults(url: str) -> Shape:
    """``shape``, and of each column whether the database fills it by itself."""

    found = shape(url)
    with opened(url) as connection:
        for table, facts in found.items():
            defaults = {
                column["name"]: column["default"] for column in inspect(connection).get_columns(table)
            }
            facts[_COLUMNS] = [(*column, defaults[column[0]]) for column in facts[_COLUMNS]]
    return found


def test_every_migration_that_says_that_it_only_adds_does(unmigrated_url: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.FOLDER))
    for script in reversed(list(ScriptDirectory.from_config(config).walk_revisions())):
        before = shape_with_defaults(unmigrated_url)
        migrate(unmigrated_url, script.revision)
        if getattr(script.module, "ADDS_ONLY", False):
            assert broken_for_earlier_releases(before, shape_with_defaults(unmigrated_url)) == []


def test_what_only_adds_breaks_nothing(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shape_with_defaults(database_url)
    later = next_release(tmp_path, ADDING, adds_only=True)
    migrate_like_the_next_release(database_url, later, monkeypatch)

    assert broken_for_earlier_releases(before, shape_with_defaults(database_url)) == []


@pytest.mark.parametrize("what", BREAKING)
def test_the_control_a_migration_that_lies_about_adding_is_found(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    before = shape_with_defaults(database_url)
    later = next_release(tmp_path, BREAKING[what], adds_only=True)
    migrate_like_the_next_release(database_url, later, monkeypatch)

    assert broken_for_earlier_releases(before, shape_with_defaults(database_url)) != []
