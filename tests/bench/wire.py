"""HTTP/1.1 over kept connections with as little of a client as can be, so that the client is not what is measured."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any

import msgspec

from zantara_cli.stack.ports import LOOPBACK


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """A server-sent event, with the moment at which it was whole."""

    at: float
    text: str


class Wire:
    """Talks to one port; a request takes a free connection or opens another."""

    def __init__(self, port: int, headers: Mapping[str, str] | None = None) -> None:
        self._port = port
        self._headers = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        self._free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def get(self, path: str) -> bytes:
        """The body of an answer that must be 200."""
        return await self._whole(self._request("GET", path, b""))

    async def post(self, path: str, body: Any) -> bytes:
        """Send JSON, take the body of an answer that must be 200."""
        return await self._whole(self._request("POST", path, msgspec.json.encode(body)))

    async def stream(self, path: str, body: Any) -> list[Frame]:
        """Send JSON, take the events of an answer that must be 200."""
        async with self._connection() as (reader, writer):
            writer.write(self._request("POST", path, msgspec.json.encode(body)))
            await _head(reader)
            frames: list[Frame] = []
            rest = b""
            async for chunk in _chunks(reader):
                *whole, rest = (rest + chunk).split(b"\n\n")
                at = perf_counter()
                frames += [Frame(at=at, text=frame.decode()) for frame in whole]
            return frames

    def close(self) -> None:
        """Drop the connections."""
        for _, writer in self._free:
            writer.close()
        self._free.clear()

    async def _whole(self, request: bytes) -> bytes:
        async with self._connection() as (reader, writer):
            writer.write(request)
            return await reader.readexactly(await _head(reader))

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        pair = self._free.pop() if self._free else await asyncio.open_connection(LOOPBACK, self._port)
        try:
            yield pair
        except BaseException:
            pair[1].close()
            raise
        self._free.append(pair)

    def _request(self, method: str, path: str, body: bytes) -> bytes:
        head = f"{method} {path} HTTP/1.1\r\nHost: {LOOPBACK}\r\nContent-Length: {len(body)}\r\n"
        return f"{head}Content-Type: application/json\r\n{self._headers}\r\n".encode() + body


async def _head(reader: asyncio.StreamReader) -> int:
    """The length of the body that follows, 0 where it comes in chunks."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if not head.startswith(b"http/1.1 200"):
        raise AssertionError(head.decode())
    _, _, length = head.partition(b"content-length:")
    return int(length.split(b"\r\n", 1)[0] or 0)


async def _chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while size := int(await reader.readuntil(b"\r\n"), 16):
        yield (await reader.readexactly(size + 2))[:-2]
    await reader.readexactly(2)
