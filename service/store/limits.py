"""What was used up of limits, by whom and in which window: the one count that all processes share."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from service.store.tables import limit_counts as counts

KEPT = timedelta(minutes=5)
"""How long a count outlives its window: longer than the clocks of two machines differ."""
_DROPPED_AT_ONCE = 50

# Of this transaction alone: a count that a power cut loses lets a few more calls through, and no more.
_WAIT_FOR_NO_DISK = text("SET LOCAL synchronous_commit = off")
_new = insert(counts)
_TAKE = _new.on_conflict_do_update(
    index_elements=["who", "ends_at"],
    set_={"portions": counts.c.portions + 1},
    where=counts.c.portions < bindparam("most"),
).returning(counts.c.portions)
_TELL = (
    update(counts)
    .where(
        counts.c.who == bindparam("of_who"),
        counts.c.ends_at == bindparam("until"),
        counts.c.told.is_(False),
    )
    .values(told=True)
)
_over = (
    select(counts.c.who, counts.c.ends_at)
    .where(counts.c.ends_at < bindparam("oldest"))
    .order_by(counts.c.ends_at)
    .limit(_DROPPED_AT_ONCE)
    .with_for_update(skip_locked=True)
)
_DROP_OLD = delete(counts).where(tuple_(counts.c.who, counts.c.ends_at).in_(_over))


def take_portion(connection: Connection, who: str, ends_at: datetime, most: int, now: datetime) -> int | None:
    """The number of the portion that was taken, 1 being the first; None where all ``most`` are.

    In a transaction of its own: its commit waits for no disk. Some counts whose windows are long over go.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_WAIT_FOR_NO_DISK)
    taken = {"who": who, "ends_at": ends_at, "portions": 1, "told": False, "most": most}
    number = connection.execute(_TAKE, taken).scalar_one_or_none()
    connection.execute(_DROP_OLD, {"oldest": now - KEPT})
    return number


def tell_once(connection: Connection, who: str, ends_at: datetime) -> bool:
    """Whether this is the first to tell that a window is used up; of several at once, one is."""
    return bool(connection.execute(_TELL, {"of_who": who, "until": ends_at}).rowcount)
