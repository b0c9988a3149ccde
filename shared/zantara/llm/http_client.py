"""The one HTTP client of a process: explicit limits and timeouts, no redirects, no environment."""

import asyncio
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self

import httpx2

_LAST_WORDS_S = 2.0


class HttpClient:
    """Owns the connections to the providers, and the last words (`/cancel`) still to be sent over them.

    Redirects are not followed and proxies come from `proxy` only, so that a base URL in the settings is where
    the text goes (no SSRF, no surprise hop). TLS is verified.
    """

    def __init__(
        self,
        *,
        connect_s: float = 3.0,
        read_s: float = 120.0,
        pool_s: float = 0.5,
        max_connections: int = 200,
        max_keepalive: int = 50,
        proxy: str | None = None,
    ) -> None:
        self.connections = httpx2.AsyncClient(
            timeout=httpx2.Timeout(connect=connect_s, read=read_s, write=10.0, pool=pool_s),
            limits=httpx2.Limits(
                max_connections=max_connections, max_keepalive_connections=max_keepalive, keepalive_expiry=30.0
            ),
            follow_redirects=False,
            trust_env=False,
            proxy=proxy,
        )
        self._last_words: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    def timeout(self, read_s: float) -> httpx2.Timeout:
        """The client's timeouts with another limit for each read."""
        own = self.connections.timeout
        return httpx2.Timeout(connect=own.connect, read=max(read_s, 0.001), write=own.write, pool=own.pool)

    def last_word(self, words: Coroutine[Any, Any, None]) -> None:
        """Send something whose caller is leaving; `aclose` waits for it."""
        task = asyncio.create_task(words)
        self._last_words.add(task)
        task.add_done_callback(self._last_words.discard)

    async def aclose(self) -> None:
        """Let the last words out (two seconds at most), then close every connection."""
        if self._last_words:
            _, late = await asyncio.wait(self._last_words, timeout=_LAST_WORDS_S)
            for task in late:
                task.cancel()
        await self.connections.aclose()
