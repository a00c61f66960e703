"""Kill a server while clients work, start it again, and look at the file that the kill left."""

import random
import time
from contextlib import closing

from service.store.database.sqlite import driver
from tests.faults.load import Load
from tests.faults.started_again import Server
from tests.processes import until


def kill_and_start(server: Server, load: Load, at_least: int = 30) -> float:
    """Kill it once so many more changes were acknowledged; seconds until it was ready again."""
    goal = len(load.acknowledged) + at_least
    until(lambda: len(load.acknowledged) >= goal)
    time.sleep(random.uniform(0, 0.1))  # noqa: S311 -- a moment that nothing is waited for at
    server.kill()
    return server.start()


def integrity(database_url: str) -> str:
    """What SQLite's own check of a file finds; PostgreSQL looks after itself."""
    if not database_url.startswith("sqlite"):
        return "ok"
    with closing(driver.connect(database_url.removeprefix("sqlite:///"))) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
