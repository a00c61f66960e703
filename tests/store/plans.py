"""How a database means to do what is asked of it."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, event, text


def plan_of(connection: Connection, find: Callable[[], object]) -> str:
    """The plan of the one statement that ``find`` sends, as the database tells it."""
    said: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        said.append((statement, values))

    event.listen(connection, "before_cursor_execute", note)
    find()
    event.remove(connection, "before_cursor_execute", note)
    ((statement, values),) = said
    explain = "EXPLAIN QUERY PLAN"
    if connection.dialect.name == "postgresql":
        explain = "EXPLAIN"
        # The tables of the tests are so small that reading them whole would be cheaper.
        for way in ("enable_seqscan", "enable_bitmapscan"):
            connection.execute(text(f"SET LOCAL {way} = off"))
    rows = connection.exec_driver_sql(f"{explain} {statement}", values)
    return "\n".join(str(row) for row in rows)
