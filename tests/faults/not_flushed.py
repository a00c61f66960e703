"""A faulty server: it does not wait for the disk at each commit.

    python -m tests.faults.not_flushed

SQLite's own ``synchronous = NORMAL``. The environment is ``serve``'s.
"""

import os
from typing import Any

from sqlalchemy import event
from sqlalchemy.pool import Pool

from service.cli.serving import run_server
from service.config import read_settings


@event.listens_for(Pool, "checkout")
def hurry(connection: Any, *_: object) -> None:
    """Each connection, as it is taken."""
    connection.execute("PRAGMA synchronous = NORMAL")


if __name__ == "__main__":
    run_server(read_settings(os.environ))
