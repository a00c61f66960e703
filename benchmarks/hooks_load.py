"""A process that calls a CDS Hook for many clients: ``python -m benchmarks.hooks_load``, told what on stdin.

Each client has a connection of its own, which is kept, and sends its next call as soon as it has an answer.
"""

import asyncio
import json
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from benchmarks.apart import run_apart
from benchmarks.sides import WrongAnswerError

_UUID = re.compile(rb'"uuid":"[0-9a-f-]{36}"')


@dataclass(frozen=True, slots=True)
class Calls:
    """One body for ``number`` calls of ``clients`` clients; a token for each call, or no tokens at all."""

    port: int
    path: str
    body: str
    clients: int
    number: int
    tokens: list[str]


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer without the id of its card, as all were; the seconds of each call, and of all together."""

    answer: str
    latencies: list[float]
    seconds: float


def call_at_once(calls: Calls) -> Answered:
    """Let another process call. Raises WrongAnswerError where an answer was another one than the first."""
    return Answered(**run_apart("benchmarks.hooks_load", calls))


def _requests(calls: Calls) -> Iterator[bytes]:
    body = calls.body.encode()
    head = (
        f"POST {calls.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n"
    )
    for place in range(calls.number):
        token = f"Authorization: Bearer {calls.tokens[place]}\r\n" if calls.tokens else ""
        yield f"{head}{token}\r\n".encode() + body


async def _answer(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
    body = await reader.readexactly(int(length))
    if head.split(b" ", 2)[1] != b"200":
        raise WrongAnswerError(f"answered with {head[:20]!r} {body[:200]!r}")
    return _UUID.sub(b'"uuid":""', body)


async def _client(calls: Calls, requests: Iterator[bytes], answers: set[bytes]) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", calls.port)
    taken = []
    for request in requests:
        sent_at = time.perf_counter()
        writer.write(request)
        answers.add(await _answer(reader))
        taken.append(time.perf_counter() - sent_at)
    writer.close()
    return taken


async def _call_all(calls: Calls) -> Answered:
    answers: set[bytes] = set()
    requests, begun = iter(list(_requests(calls))), time.perf_counter()
    clients = await asyncio.gather(*(_client(calls, requests, answers) for _ in range(calls.clients)))
    seconds = time.perf_counter() - begun
    if len(answers) != 1:
        raise WrongAnswerError(f"{len(answers)} different answers to the same call")
    return Answered(answers.pop().decode(), [one for taken in clients for one in taken], seconds)


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(_call_all(Calls(**json.load(sys.stdin)))))))
