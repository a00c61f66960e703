"""A proxy before a database that delays, freezes, refuses, cuts and swallows: the network's faults."""

import asyncio
import socket
import struct
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit, urlunsplit

T = TypeVar("T")
_NOTHING = struct.pack("ii", 1, 0)
_ENCRYPTION = tuple(code.to_bytes(4, "big") for code in (80877103, 80877104))
_CANCEL = (80877102).to_bytes(4, "big")


class FaultProxy:
    """Listens on loopback before a PostgreSQL that has a socket in a folder; safe to call from any thread.

    ``sent`` is all that clients sent, one after the other.
    """

    def __init__(self, url: str) -> None:
        address = urlsplit(url)
        folder = parse_qs(address.query)["host"][0]
        self._target = f"{folder}/.s.PGSQL.{address.port or 5432}"
        self._delay = 0.0
        self._triggers: list[bytes] = []
        self._then: Callable[[], None] = self._swallow
        self._swallowing = False
        self._connections: set[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = set()
        self._serving: set[asyncio.Task[Any]] = set()
        self.sent: list[bytearray] = []
        self.held = threading.Event()
        """Set once something has been frozen or swallowed."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._passing = asyncio.Event()
        self._passing.set()
        self._server = self._run(self._listen(0))
        self.port: int = self._server.sockets[0].getsockname()[1]
        user = address.netloc.split("@")[0]
        self.url = urlunsplit((address.scheme, f"{user}@127.0.0.1:{self.port}", address.path, "", ""))

    def pass_on(self) -> None:
        """No fault any more; what was frozen goes on, and what was refused is accepted."""
        self._run(self._pass_on())

    def delay(self, seconds: float) -> None:
        """Hold every packet back for so long."""
        self._delay = seconds

    def freeze(self) -> None:
        """Accept, and pass nothing on in either direction."""
        self._run(self._freeze())

    def freeze_at(self, *words: bytes) -> None:
        """Freeze when clients have sent these words, one after the other, before the last are passed on."""
        self._triggers, self._then = list(words), self._passing.clear

    def swallow_at(self, *words: bytes) -> None:
        """Pass on these words, one after the other, and no answer of the server after the last."""
        self._triggers, self._then = list(words), self._swallow

    def refuse(self) -> None:
        """Listen no more, and reset what is open."""
        self._run(self._refuse())

    def cut(self) -> None:
        """Reset what is open."""
        self._run(self._cut())

    def close(self) -> None:
        """Stop."""
        self.refuse()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _listen(self, port: int) -> asyncio.Server:
        return await asyncio.start_server(self._serve, "127.0.0.1", port)

    async def _pass_on(self) -> None:
        self._delay, self._triggers, self._swallowing = 0.0, [], False
        self.held.clear()
        self._passing.set()
        if not self._server.is_serving():
            self._server = await self._listen(self.port)

    async def _freeze(self) -> None:
        self._passing.clear()

    async def _refuse(self) -> None:
        # The library leaves open whatever it is accepting while its server is closed.
        for listening in self._server.sockets:
            self._loop.remove_reader(listening)
        while asyncio.all_tasks() - self._serving - {asyncio.current_task()}:
            await asyncio.sleep(0.001)
        self._server.close()
        await self._cut()

    async def _cut(self) -> None:
        self._passing.set()
        while self._serving:
            for pair in list(self._connections):
                _reset(pair)
            await asyncio.sleep(0.001)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._note(asyncio.current_task())
        try:
            server_reader, server_writer = await asyncio.open_unix_connection(self._target)
            pair = writer, server_writer
            self._connections.add(pair)
            pipes = (
                self._pipe(reader, server_writer, pair, from_client=True),
                self._pipe(server_reader, writer, pair, from_client=False),
            )
            await asyncio.gather(*(self._note(asyncio.create_task(pipe)) for pipe in pipes))
            self._connections.discard(pair)
        finally:
            writer.transport.abort()

    def _note(self, task: asyncio.Task[Any] | None) -> asyncio.Task[Any]:
        assert task is not None
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)
        return task

    async def _pipe(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        pair: tuple[asyncio.StreamWriter, asyncio.StreamWriter],
        *,
        from_client: bool,
    ) -> None:
        if from_client:
            self.sent.append(heard := bytearray())
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                if from_client:
                    heard += data
                    self._pull(data)
                elif self._swallowing:
                    self.held.set()
                    continue
                await asyncio.sleep(self._delay)
                if not self._passing.is_set():
                    self.held.set()
                    await self._passing.wait()
                writer.write(data)
                await writer.drain()
        _reset(pair)

    def _pull(self, data: bytes) -> None:
        if self._triggers and self._triggers[0] in data:
            del self._triggers[0]
            if not self._triggers:
                self._then()

    def _swallow(self) -> None:
        self._swallowing = True


def began(heard: bytes) -> tuple[bytes, bytes]:
    """What a connection began with, after the question for encryption, and what came after that."""
    length = int.from_bytes(heard[:4], "big")
    first, rest = heard[4:length], heard[length:]
    return began(rest) if first in _ENCRYPTION else (first, rest)


def cancellations(proxy: FaultProxy) -> int:
    """How often the server was asked to cancel what another connection does."""
    return sum(began(bytes(heard))[0].startswith(_CANCEL) for heard in proxy.sent)


def _reset(pair: tuple[asyncio.StreamWriter, asyncio.StreamWriter]) -> None:
    for writer in pair:
        end = writer.get_extra_info("socket")
        with suppress(OSError):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NOTHING)
        writer.transport.abort()


@contextmanager
def fault_proxy(url: str) -> Iterator[FaultProxy]:
    """A proxy before the PostgreSQL of the address, until the block ends."""
    proxy = FaultProxy(url)
    try:
        yield proxy
    finally:
        proxy.close()
