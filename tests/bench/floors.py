"""What nothing here can be faster than, measured beside it: bare HTTP, bare NATS, one embedding, one commit."""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from itertools import cycle, islice
from pathlib import Path

import asyncpg
import nats
from bench.floor_servers import READY, SUBJECT
from bench.measure import Measure, Sample, closed
from bench.wire import Wire
from nats.aio.client import Client

from zantara.embeddings import Embedder, Vector
from zantara.topology.permissions import NatsUser, inbox_prefix
from zantara_cli.stack.nats import running_nats
from zantara_cli.stack.ports import free_port

_SERVERS = Path(__file__).with_name("floor_servers.py")
_ASKER = NatsUser(name="asker", publish=(SUBJECT,), subscribe=(f"{inbox_prefix('asker')}.>",))
_ECHO = NatsUser(name="echo", publish=(), subscribe=(SUBJECT,), allow_responses=True)
_LETTER = b"x" * 300
_ROW = "x" * 1500  # about what a turn takes


@asynccontextmanager
async def floors(
    folder: Path, database_url: str, embedder: Embedder, texts: Sequence[str]
) -> AsyncIterator[list[Measure]]:
    """The measures, while their servers run; `texts` are short questions."""
    async with AsyncExitStack() as stack:
        yield [
            Measure(times=300, take=await stack.enter_async_context(_http())),
            Measure(times=300, take=await stack.enter_async_context(_nats(folder))),
            Measure(times=150, take=await stack.enter_async_context(_commit(database_url))),
            Measure(times=60, take=_Embedding(embedder, texts)),
        ]


class _Embedding:
    def __init__(self, embedder: Embedder, texts: Sequence[str]) -> None:
        self._embedder = embedder
        self._texts = cycle(texts)

    async def __call__(self, times: int) -> dict[str, Sample]:
        return {"embedding": await closed(self._embed, list(islice(self._texts, times)), _is_unit)}

    async def _embed(self, text: str) -> Vector:
        return await self._embedder.embed([text])  # unlike `embed_one`, it remembers nothing


def _is_unit(_: str, vectors: Vector) -> bool:
    return abs(float(vectors[0] @ vectors[0]) - 1) < 1e-3


class _Http:
    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def __call__(self, times: int) -> dict[str, Sample]:
        return {"http": await closed(self._wire.get, ["/"] * times, lambda _, body: body.startswith(b"{"))}


class _Nats:
    def __init__(self, client: Client) -> None:
        self._client = client

    async def __call__(self, times: int) -> dict[str, Sample]:
        return {"nats": await closed(self._ask, [_LETTER] * times, lambda sent, got: sent == got)}

    async def _ask(self, letter: bytes) -> bytes:
        answer = await self._client.request(SUBJECT, letter, timeout=5)
        return bytes(answer.data)


class _Commit:
    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def __call__(self, times: int) -> dict[str, Sample]:
        return {"commit": await closed(self._insert, [_ROW] * times, lambda _, status: status == "INSERT 0 1")}

    async def _insert(self, row: str) -> str:
        status: str = await self._connection.execute("INSERT INTO floor (body) VALUES ($1)", row)
        return status


@asynccontextmanager
async def _http() -> AsyncIterator[_Http]:
    port = free_port()
    async with _serving("http", str(port)):
        with closing(Wire(port)) as wire:
            yield _Http(wire)


@asynccontextmanager
async def _nats(folder: Path) -> AsyncIterator[_Nats]:
    async with running_nats(folder / "floor-nats", (_ASKER, _ECHO)) as server, _serving("nats", server.url("echo")):
        client = await nats.connect(server.url("asker"), inbox_prefix=inbox_prefix("asker").encode())
        try:
            yield _Nats(client)
        finally:
            await client.close()


@asynccontextmanager
async def _commit(url: str) -> AsyncIterator[_Commit]:
    """A table in a database of its own on the same server, so that its disk is the same."""
    owner = await asyncpg.connect(url)
    await owner.execute("CREATE DATABASE floor")
    await owner.close()
    connection = await asyncpg.connect(url, database="floor")
    try:
        await connection.execute("CREATE TABLE floor (id bigserial PRIMARY KEY, body text NOT NULL)")
        yield _Commit(connection)
    finally:
        await connection.close()


@asynccontextmanager
async def _serving(kind: str, where: str) -> AsyncIterator[None]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(_SERVERS), kind, where, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(20):
            assert (await process.stdout.readline()).decode().strip() == READY
        yield
    finally:
        process.kill()
        await process.wait()
