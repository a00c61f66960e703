"""A process that posts intakes for many clients at once: ``python -m benchmarks.load``, told what on stdin.

Each client has a connection of its own, which is kept, and posts its next form as soon as it has an answer.
One thread on non-blocking sockets, which costs the machine little beside the server.
"""

import asyncio
import json
import sys
import time
from dataclasses import asdict, dataclass

import orjson
from sqlalchemy import ScalarSelect, Table, func, select

from benchmarks.apart import run_apart
from benchmarks.forms import form
from benchmarks.sameness import DifferentError
from benchmarks.sides import WrongAnswerError
from service.store.database import Database, Reach
from service.store.tables import checklists, list_items
from service.store.tables import patient_identifiers as _identifiers

_PLACE = "the number"
_ITEMS = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """Which server, as whom, how many clients; with what every patient's identifier begins.

    What is answered in the first ``warm_up`` seconds is not measured, what is answered in the next
    ``seconds`` is.
    """

    port: int
    secret: str
    clients: int
    mark: str
    warm_up: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Found:
    """The seconds that each client's measured answers took, and every patient whose list was acknowledged."""

    mark: str
    latencies: list[list[float]]
    acknowledged: list[str]


def post_at_once(asked: Asked) -> Found:
    """Let another process post. Raises WrongAnswerError, where an answer was anything but a 201, too."""
    return Found(**run_apart("benchmarks.load", asked))


def check_kept(database_url: str, found: Found) -> None:
    """Raise DifferentError unless there are the lists that were acknowledged, each whole and once."""
    kept = select(_identifiers.c.value, *map(_number_of_rows, (list_items, checklists))).where(
        _identifiers.c.value.startswith(found.mark)
    )
    database = Database(database_url)
    with database.transaction(Reach.ALL, reads_only=True) as connection:
        there = sorted(map(tuple, connection.execute(kept)))
    database.dispose()
    if there != [(patient, _ITEMS, 1) for patient in sorted(found.acknowledged)]:
        number = len(found.acknowledged)
        raise DifferentError(f"{number} lists were acknowledged; {len(there)} are there, or others")


def _number_of_rows(table: Table) -> ScalarSelect[int]:
    of_patient = (table.c[name] == _identifiers.c[name] for name in ("clinic_id", "patient_id"))
    return select(func.count()).select_from(table).where(*of_patient).scalar_subquery()


class _Forms:
    """Ready requests, each of a new patient under a key of its own."""

    def __init__(self, asked: Asked) -> None:
        body = form(_ITEMS)
        body["patient"]["identifier"]["value"] = _PLACE
        self._before, self._after = orjson.dumps(body).split(_PLACE.encode())
        self._secret, self._prefix = asked.secret, asked.mark
        self._number = 0

    def next(self) -> tuple[str, bytes]:
        """The patient's identifier, and the request."""
        self._number += 1
        patient = f"{self._prefix}{self._number:06d}"
        body = self._before + patient.encode() + self._after
        head = (
            "POST /v1/intake HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {self._secret}\r\nIdempotency-Key: {patient}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return patient, head.encode() + body


async def _answer(reader: asyncio.StreamReader) -> int:
    """The status of an answer that was read to its end."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
    await reader.readexactly(int(length))
    return int(head.split(b" ", 2)[1])


async def _post(asked: Asked, forms: _Forms, begun: float) -> tuple[list[float], list[str]]:
    """One client: what its answers took, and whom they were about."""
    reader, writer = await asyncio.open_connection("127.0.0.1", asked.port)
    taken, acknowledged = list[float](), list[str]()
    measured_from, ends = begun + asked.warm_up, begun + asked.warm_up + asked.seconds
    while (sent_at := time.perf_counter()) < ends:
        patient, request = forms.next()
        writer.write(request)
        if (status := await _answer(reader)) != 201:
            raise WrongAnswerError(f"of {asked.clients} clients at once one was answered with {status}")
        acknowledged.append(patient)
        if measured_from <= (came_at := time.perf_counter()) < ends:
            taken.append(came_at - sent_at)
    writer.close()
    return taken, acknowledged


async def _post_all(asked: Asked) -> Found:
    forms, begun = _Forms(asked), time.perf_counter()
    clients = await asyncio.gather(*(_post(asked, forms, begun) for _ in range(asked.clients)))
    return Found(
        asked.mark, [taken for taken, _ in clients], [one for _, patients in clients for one in patients]
    )


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(_post_all(Asked(**json.load(sys.stdin)))))))
