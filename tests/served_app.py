"""The application served by a thread of this process, for browsers that need a clock that can be set."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Thread

from werkzeug.serving import WSGIRequestHandler, make_server

from service.app import create_app
from service.config import PREFIX, read_settings
from service.domain.guidance.statements import Guidance
from tests.audit_keys import SECRETS
from tests.running_service import Service, open_clinic


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 -- the name that it is called by
        """Say nothing."""


@contextmanager
def served_app(
    database_url: str,
    clock: Callable[[], datetime],
    guidance: Guidance,
    *,
    name: str = "Clinic of the tests",
    port: int = 0,
) -> Iterator[Service]:
    """Serve a migrated database, as late as ``clock`` says, until the block ends; port 0 is a free one."""
    keys = open_clinic(database_url, guidance, clock(), name)
    environment = SECRETS | {
        "DATABASE_URL": database_url,
        PREFIX + "MODE": "demo",
        PREFIX + "CALLS_PER_MINUTE": "0",
        PREFIX + "FAILURES_PER_MINUTE": "0",
    }
    app = create_app(read_settings(environment), clock=clock)
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Service(f"http://127.0.0.1:{server.port}", keys)
    finally:
        server.shutdown()
        thread.join()
        app.extensions["house"].database.dispose()
