"""What a server carries: only what it may be asked for, and that only once for both of its processes."""

import gc
import subprocess
import sys
from collections.abc import Iterator

import pytest
from granian.server.mp import MPServer

from service.cli.serving import run_server
from service.config import read_settings
from tests.audit_keys import SECRETS

# A migration, a document's passages, or a password that is chosen: by another command, or seldom.
NOT_TO_SERVE = {"alembic", "pypdfium2", "zxcvbn", "service.cli.demo.command"}


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many objects were out of the garbage collector's sight when the server would have started."""
    numbers: list[int] = []
    monkeypatch.setattr(MPServer, "serve", lambda _server, **_how: numbers.append(gc.get_freeze_count()))
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setenv("TMPDIR", "")
    monkeypatch.setattr("tempfile.tempdir", None)
    yield numbers
    gc.unfreeze()


def test_a_server_loads_nothing_that_only_other_commands_need() -> None:
    code = "import sys; import service.cli.serving; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert "service.app" in loaded.split()
    assert NOT_TO_SERVE & set(loaded.split()) == set()


def test_what_is_loaded_before_the_server_starts_stays_shared(frozen: list[int]) -> None:
    run_server(read_settings(SECRETS))

    assert frozen[0] > 100_000
