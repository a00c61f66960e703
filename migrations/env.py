"""How a migration runs: on the connection that the caller opened, in the caller's transaction."""

import sqlalchemy as sa
from alembic import context

# A migration that cannot have its lock gives up, so that the requests behind it do not pile up.
LOCK_TIMEOUT = "3s"
# Another migration is waited for longer.
TURN_TIMEOUT = "60s"
# Any number that nothing else in the database uses; one migration runs at a time.
ADVISORY_LOCK = 7_267_355_101


def run() -> None:
    """Run the revisions that were asked for."""
    connection = context.config.attributes["connection"]
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{TURN_TIMEOUT}'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
    context.configure(connection=connection, render_as_batch=connection.dialect.name == "sqlite")
    with context.begin_transaction():
        context.run_migrations()
        note_works_from(connection)


def note_works_from(connection: sa.Connection) -> None:
    """Write beside the revision from which one on a release works with these tables.

    A migration that says ``ADDS_ONLY = True`` leaves everything as it was for a release that does not know
    it; one that says nothing does not. So a process of an earlier release sees whether it can go on.
    """
    columns = sa.inspect(connection).get_columns("alembic_version")
    if "works_from" not in {column["name"] for column in columns}:
        connection.exec_driver_sql("ALTER TABLE alembic_version ADD COLUMN works_from VARCHAR(32)")
    for revision in context.get_context().get_current_heads():
        script = context.script.get_revision(revision)
        while getattr(script.module, "ADDS_ONLY", False) and isinstance(script.down_revision, str):
            script = context.script.get_revision(script.down_revision)
        connection.execute(
            sa.text("UPDATE alembic_version SET works_from = :works_from WHERE version_num = :revision"),
            {"works_from": script.revision, "revision": revision},
        )


run()
