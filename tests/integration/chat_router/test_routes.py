"""The HTTP border over a real socket: a fault in mid-stream, a reader who leaves, names and keys that are none."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

import msgspec
import pytest
import pytest_asyncio
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from conftest import TestDatabase

from chat_router.domain.turn import Delta, Incoming, Piece
from chat_router.handlers import CloseConversation, Rate
from chat_router.routes import ChatRoutes, ConversationRoutes, Keys, access, problems
from chat_router.store import TurnStore
from zantara.clock import SystemClock
from zantara.errors import Unavailable

pytestmark = pytest.mark.integration
KEY = "a-key-of-sixteen-letters"


class Talk:
    """Says something for ever, or breaks off with an error."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.closed = asyncio.Event()

    async def __call__(self, incoming: Incoming) -> AsyncGenerator[Piece, None]:
        try:
            yield Delta(text="One moment")
            if self.error is not None:
                raise self.error
            while True:
                await asyncio.sleep(0.01)
                yield Delta(text="and more")
        finally:
            self.closed.set()


@pytest.fixture
def talk() -> Talk:
    return Talk()


@pytest_asyncio.fixture
async def http(fresh_database: TestDatabase, talk: Talk) -> AsyncIterator[ClientSession]:
    store, clock = TurnStore(fresh_database.database), SystemClock()
    conversations = ConversationRoutes(store, CloseConversation(store, clock), Rate(store, clock))
    app = web.Application(middlewares=[problems, access(Keys({KEY: "client"}))])
    app.add_routes([*ChatRoutes(talk).routes(), *conversations.routes()])
    async with TestServer(app, handler_cancellation=True) as server:
        headers = {"Authorization": f"Bearer {KEY}"}
        async with ClientSession(base_url=server.make_url("/"), headers=headers) as session:
            yield session


@pytest.mark.parametrize(("error", "status"), [(Unavailable("away"), 503), (RuntimeError("inside"), 500)])
async def test_a_fault_in_mid_stream_is_an_error_event(
    http: ClientSession, talk: Talk, error: Exception, status: int
) -> None:
    talk.error = error
    async with http.post("/v1/chat", json={"message": "ciao", "stream": True}) as response:
        events = (await response.text()).strip().split("\n\n")
    assert (response.status, len(events)) == (200, 2)
    kind, data = events[1].split("\n")
    assert kind == "event: error"
    problem = msgspec.json.decode(data.removeprefix("data: "), type=dict[str, Any])
    assert problem["status"] == status
    assert "inside" not in data


async def test_a_reader_who_leaves_ends_the_answer(http: ClientSession, talk: Talk) -> None:
    async with http.post("/v1/chat", json={"message": "ciao", "stream": True}) as response:
        await response.content.readline()
    async with asyncio.timeout(3):
        await talk.closed.wait()


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/v1/chat", {"message": "ciao", "user_id": "marta\n"}, "user_id"),
        ("/v1/chat", {"message": "a\0b"}, "message"),
        ("/v1/feedback", {"turn_id": "t1", "rating": 1, "comment": "a\0b"}, "comment"),
        ("/v1/feedback", {"turn_id": "t 1", "rating": 1}, "turn_id"),
        ("/v1/conversations/a%00b/close", None, "id"),
    ],
)
async def test_what_no_name_or_text_may_hold_is_refused_by_field(
    http: ClientSession, path: str, body: dict[str, Any] | None, field: str
) -> None:
    async with http.post(path, json=body) as response:
        problem = await response.json(content_type="application/problem+json")
    assert (response.status, [fault["field"] for fault in problem["faults"]]) == (422, [field])


@pytest.mark.parametrize("key", ["another-key-of-sixteen", "pass\udce8"])
async def test_a_wrong_key_is_refused(http: ClientSession, key: str) -> None:
    async with http.post("/v1/chat", json={"message": "ciao"}, headers={"Authorization": f"Bearer {key}"}) as response:
        assert response.status == 401
        assert response.headers["WWW-Authenticate"] == "Bearer"
