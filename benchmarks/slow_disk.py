"""A disk whose flushes take 2 ms: a library, made here, that stands before C's own and waits first."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.databases import MissingError

_LIBRARY = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

int flushes = 0;

#define SLOW(call) \\
    int call(int file) { \\
        struct timespec two_milliseconds = {0, 2000000}; \\
        int (*own)(int) = (int (*)(int)) dlsym(RTLD_NEXT, #call); \\
        __atomic_add_fetch(&flushes, 1, __ATOMIC_RELAXED); \\
        nanosleep(&two_milliseconds, NULL); \\
        return own(file); \\
    }

SLOW(fsync)
SLOW(fdatasync)
"""
# One commit with the service's SQLite, and how often that waited.
_TRIAL = """
import ctypes, os
from service.store.database.sqlite import driver
connection = driver.connect("trial.sqlite3")
connection.execute("CREATE TABLE trial (kept INTEGER)")
connection.commit()
print(ctypes.c_int.in_dll(ctypes.CDLL(os.environ["LD_PRELOAD"]), "flushes").value)
"""


@contextmanager
def slow_disk() -> Iterator[dict[str, str]]:
    """What a server's environment needs so that its flushes are slow. Raises MissingError."""
    if shutil.which("cc") is None:
        raise MissingError("cc is not installed")
    with tempfile.TemporaryDirectory(prefix="slow-disk-") as folder:
        source, library = Path(folder, "slow.c"), Path(folder, "slow.so")
        source.write_text(_LIBRARY, "ascii")
        command = ["cc", "-shared", "-fPIC", "-O2", "-o", str(library), str(source), "-ldl"]
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        if made.returncode:
            raise MissingError(f"cc made no library: {made.stderr.strip()[-200:]!r}")
        environment = {"LD_PRELOAD": str(library)}
        if _flushes_of_a_commit(environment, folder) == 0:
            raise MissingError("SQLite's flushes cannot be slowed down here")
        yield environment


def _flushes_of_a_commit(environment: dict[str, str], folder: str) -> int:
    path = os.pathsep.join([str(Path(__file__).parents[1]), *filter(None, sys.path)])
    done = subprocess.run(
        [sys.executable, "-c", _TRIAL],
        cwd=folder,
        env=os.environ | environment | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    return int(done.stdout) if done.returncode == 0 else 0
