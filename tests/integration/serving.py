"""A service between real parts: wired by its `main` in this process, or as a process of its own that is killed."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession
from conftest import TestDatabase, eventually

from zantara.runtime.service import Build, serve
from zantara_cli.stack.model import ensure_model
from zantara_cli.stack.nats import NatsServer
from zantara_cli.stack.ports import free_port

ROOT = Path(__file__).parents[2]


@cache
def model_dir() -> Path:
    """The offline model, built once for the repository."""
    folder = ROOT / ".zantara" / "models"
    ensure_model(folder, lambda _: None)
    return folder


def settings_of(service: str, nats_server: NatsServer, database: TestDatabase, **more: str) -> dict[str, str]:
    """The environment of a service on these parts."""
    return {
        "DATABASE_URL": database.url,
        "NATS_URL": nats_server.url(service),
        "ZANTARA_HTTP_PORT": str(free_port()),
        "ZANTARA_MODEL_DIR": str(model_dir()),
        "ZANTARA_LOG_LEVEL": "error",
        **more,
    }


class Served:
    """The service in this process, as often as it is started."""

    def __init__(self, build: Build, env: dict[str, str]) -> None:
        self.build = build
        self.env = env

    @asynccontextmanager
    async def serving(self, **changed: str) -> AsyncIterator["Served"]:
        """Runs until the end of the block, then stops cleanly; `changed` are settings of this run."""
        here = Served(self.build, {**self.env, "ZANTARA_HTTP_PORT": str(free_port()), **changed})
        stop = asyncio.Event()
        async with AsyncExitStack() as stack:
            running = asyncio.create_task(serve(await here.build(stack, here.env), stop))
            try:
                await here.up()
                yield here
            finally:
                stop.set()
                await asyncio.wait_for(running, timeout=20)

    async def up(self) -> None:
        """Wait for the health page."""
        async with asyncio.timeout(10):
            while (await self.page())[0] == 0:
                await asyncio.sleep(0.02)

    async def page(self) -> tuple[int, dict[str, Any]]:
        """Status and report of `/readyz`; 0 where nobody listens."""
        url = f"http://127.0.0.1:{self.env['ZANTARA_HTTP_PORT']}/readyz"
        try:
            async with ClientSession() as session, session.get(url) as reply:
                return reply.status, await reply.json()
        except ClientError:
            return 0, {}

    async def part(self, name: str) -> dict[str, Any]:
        """What the health page says of a part."""
        part: dict[str, Any] = (await self.page())[1]["parts"][name]
        return part


@asynccontextmanager
async def killed(package: str, env: dict[str, str]) -> AsyncIterator[None]:
    """The service as a process of its own, killed at the end of the block without a chance to tidy up."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", package, env={**os.environ, **env}, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGKILL)
        await process.wait()


async def killed_while_taking(
    package: str,
    env: dict[str, str],
    take: Callable[[Any], Awaitable[Any]],
    things: Sequence[Any],
    *,
    answers: Callable[[], Awaitable[bool]],
    kept: Callable[[], Awaitable[int]],
    after: int = 3,
) -> None:
    """Send all things at once to a process that is killed as soon as it has kept some of them."""
    async with killed(package, env):
        await eventually(answers, timeout_s=30)
        sending = [asyncio.ensure_future(take(thing)) for thing in things]

        async def some() -> bool:
            return await kept() >= after

        await eventually(some)
    for task in sending:
        task.cancel()
    await asyncio.wait(sending)
