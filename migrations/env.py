"""How a migration runs: on the connection that the caller opened, in the caller's transaction."""

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


run()
