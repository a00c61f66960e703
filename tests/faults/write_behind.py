"""A faulty server: it works on a copy of its database, and writes that to its file only now and then.

    python -m tests.faults.write_behind

It acknowledges before anything is kept, as a cache in front of a disk does. The environment is ``serve``'s.
"""

import os
import tempfile
import threading
from contextlib import closing
from pathlib import Path

from service.cli.serving import run_server
from service.config import read_settings
from service.store.database.sqlite import driver

_SECONDS = 1.0


def main() -> None:
    kept = Path(os.environ["DATABASE_URL"].removeprefix("sqlite:///"))
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.sqlite3"
        _copy(kept, copy)
        threading.Thread(target=_write_now_and_then, args=(copy, kept), daemon=True).start()
        os.environ["DATABASE_URL"] = f"sqlite:///{copy}"
        run_server(read_settings(os.environ))
        _copy(copy, kept)


def _write_now_and_then(copy: Path, kept: Path) -> None:
    pause = threading.Event()
    while not pause.wait(_SECONDS):
        _copy(copy, kept)


def _copy(source: Path, target: Path) -> None:
    with closing(driver.connect(source)) as from_here, closing(driver.connect(target)) as to_there:
        from_here.backup(to_there)


if __name__ == "__main__":
    main()
