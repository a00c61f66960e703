"""Serve the floor as the service serves itself: the same server, one process, as many threads."""

import os

from granian import Granian
from granian.constants import Interfaces

Granian(
    "benchmarks.floor.app:create_app",
    port=int(os.environ["PORT"]),
    interface=Interfaces.WSGI,
    factory=True,
    workers=1,
    blocking_threads=int(os.environ["MEDICATION_CHECKLIST_THREADS"]),
    log_access=False,
    log_level="error",  # type: ignore[arg-type]
).serve()
