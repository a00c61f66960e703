"""How a server ends behind a proxy: it says that it will, then takes no more, then ends its work."""

import contextlib
import multiprocessing
import os
import signal
import threading
from typing import Any

from flask import Flask
from granian.server.mp import MPServer

from service.app import create_app

_SOON = signal.SIGUSR1
"""From the first process to its worker: the end is near."""


class DrainingServer(MPServer):
    """A server whose worker says on ``/readyz`` that it will end, and works on for so many seconds.

    A second signal to end cuts the wait short.
    """

    def __init__(self, *args: Any, drain_seconds: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._drain_seconds = drain_seconds
        # A worker that is still starting has no ear for the signal yet, and must not die of it.
        signal.signal(_SOON, signal.SIG_IGN)

    def shutdown(self, exit_code: int = 0) -> None:
        """Drain where a signal ends the server; a worker that failed has nothing to drain."""
        if self.interrupt_signal and self._drain_seconds:
            for worker in multiprocessing.active_children():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(worker.pid or 0, _SOON)
            self.main_loop_interrupt.clear()
            self.main_loop_interrupt.wait(self._drain_seconds)
        super().shutdown(exit_code)  # type: ignore[no-untyped-call]


def app_that_drains() -> Flask:
    """The application in the server's worker, which hears that the end is near."""
    app = create_app()
    draining = app.extensions["house"].draining
    # The server's own code keeps the main thread, where Python would act on the signal only now and then.
    signal.pthread_sigmask(signal.SIG_BLOCK, {_SOON})
    signal.signal(_SOON, lambda *_: draining.set())
    threading.Thread(target=_listen, args=(draining,), daemon=True).start()
    return app


def _listen(draining: threading.Event) -> None:
    signal.sigwait({_SOON})
    draining.set()
