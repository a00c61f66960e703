"""The service and HealthChain's as running servers that answer one call of a CDS Hook with the same card."""

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from joserfc.jwk import ECKey

from benchmarks.clinic import CLINIC_NAME
from benchmarks.databases import MissingError, two_databases
from benchmarks.forms import form
from benchmarks.hooks_call import ISSUER, ORDERS, SERVICE, STATEMENTS, hook_call, tokens
from benchmarks.hooks_load import Answered, Calls, call_at_once
from benchmarks.sameness import DifferentError
from benchmarks.sides import Side, WrongAnswerError, running_side
from benchmarks.works import posted
from service.actions.clients import register_client
from service.domain.access.clients import Registration
from service.domain.cards.asked import SentRecord
from service.domain.wording import ENGLISH_CATALOGUE
from service.store.clinics import find_clinic_by_name
from service.store.database import Database, Reach

_PROJECT = Path(__file__).parents[1]
_UVICORN = _PROJECT / ".venv-clients" / "bin" / "uvicorn"
_ADDRESS = "https://checklist.example.org"
"""How EHRs reach the service, wherever it listens."""
_ENVIRONMENT = {"MEDICATION_CHECKLIST_PUBLIC_URL": _ADDRESS}
_OPEN = {
    **_ENVIRONMENT,
    "MEDICATION_CHECKLIST_MODE": "demo",
    "MEDICATION_CHECKLIST_OPEN_HOOKS_CLINIC": CLINIC_NAME,
}
_START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class HookSide:
    """A server that answers ``body``; with a ``key``, calls show a token that was signed with it."""

    port: int
    path: str
    body: bytes
    key: ECKey | None = None

    def answer(self, clients: int, number: int) -> Answered:
        """Call it so often. Raises WrongAnswerError."""
        signed = tokens(self.key, _ADDRESS + self.path, number) if self.key else []
        return call_at_once(Calls(self.port, self.path, self.body.decode(), clients, number, signed))


@contextmanager
def our_side(*, signed: bool) -> Iterator[HookSide]:
    """The service on SQLite, in one process, with the patient of the call on file."""
    key = ECKey.generate_key("P-384", {"kid": "benchmark"}) if signed else None
    environment = _ENVIRONMENT if signed else _OPEN
    with two_databases("sqlite") as (url, _), running_side("service", url, environment) as side:
        intake = form()
        side.ask(posted(side.keys.intake, orjson.dumps(intake)))
        if key:
            _let_in(side, key)
        body = hook_call(intake["patient"]["identifier"]["value"])
        yield HookSide(side.connection.port, f"/cds-services/{SERVICE}", body, key)


def _let_in(side: Side, key: ECKey) -> None:
    database = Database(side.database_url)
    with database.transaction(Reach.ALL) as connection:
        clinic = find_clinic_by_name(connection, CLINIC_NAME)
        assert clinic is not None
        jwks = {"keys": [key.as_dict(private=False)]}
        sent = Registration("EHR of the benchmark", jwks, ("system/List.rs",), ISSUER)
        register_client(connection, clinic.id, datetime.now(UTC), sent)
    database.dispose()


@contextmanager
def their_side(ours: HookSide) -> Iterator[HookSide]:
    """HealthChain's service under uvicorn with two workers, giving the card of ``ours`` to the same call."""
    if not _UVICORN.exists():
        raise MissingError("HealthChain, which `make clients` builds, is not installed")
    card = _card_with_places(json.loads(ours.answer(1, 1).answer)["cards"][0])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(_UVICORN), "benchmarks.health_chain:app", "--port", str(port), "--workers", "2"]
    quiet = ["--no-access-log", "--log-level", "error"]
    environment = {**os.environ, "CARD": json.dumps(card)}
    with subprocess.Popen(
        [*command, *quiet],
        env=environment,
        cwd=_PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            _wait(port, process)
            yield HookSide(port, f"/cds/cds-services/{SERVICE}", ours.body)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _card_with_places(card: dict[str, Any]) -> dict[str, Any]:
    """The card, with places for what is counted in the prefetch. Raises DifferentError."""
    detail: str = card["detail"]
    for record, number, place in (
        (SentRecord.ORDERS, ORDERS, "{orders}"),
        (SentRecord.REPORTED, STATEMENTS, "{reported}"),
    ):
        line = ENGLISH_CATALOGUE.text(f"card_sent.{record}", sent=str(number))
        if detail.count(line) != 1:
            raise DifferentError(f"the card does not say {line!r}")
        detail = detail.replace(line, line.replace(str(number), place))
    return {**card, "detail": detail}


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise WrongAnswerError("HealthChain did not start")
