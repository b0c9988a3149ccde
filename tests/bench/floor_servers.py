"""The servers under the floors, each in a process of its own: `http PORT` and `nats URL`."""

import asyncio
import sys

import nats
import uvloop
from aiohttp import web
from nats.aio.msg import Msg

READY = "ready"
SUBJECT = "echo"


async def hello(port: int) -> None:
    """An aiohttp application with one route and nothing around it."""

    async def greet(_: web.Request) -> web.Response:
        return web.Response(body=b'{"hello": "world"}', content_type="application/json")

    app = web.Application()
    app.add_routes([web.get("/", greet)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()


async def echo(url: str) -> None:
    """A NATS responder that gives back what it gets."""
    client = await nats.connect(url)

    async def answer(msg: Msg) -> None:
        await client.publish(msg.reply, msg.data)

    await client.subscribe(SUBJECT, cb=answer)
    await client.flush()


async def main(kind: str, where: str) -> None:
    """Serve until killed."""
    await (hello(int(where)) if kind == "http" else echo(where))
    print(READY, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:]))
