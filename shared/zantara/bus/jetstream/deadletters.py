"""The operator's view of the dead letters: list them, put one back on its subject, drop it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import msgspec
import nats.js.errors
from nats.js.client import JetStreamContext

from zantara.bus.delivery import DeadLetter
from zantara.bus.jetstream.connection import connect
from zantara.errors import NotFound

_STREAM = "DLQ"


class StoredLetter(msgspec.Struct, frozen=True, kw_only=True):
    """A dead letter with its number in the DLQ stream."""

    number: int
    letter: DeadLetter


class DeadLetterBox:
    """Reads and empties the DLQ stream."""

    def __init__(self, context: JetStreamContext) -> None:
        self._context = context

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str) -> AsyncIterator["DeadLetterBox"]:
        """Connect as the operator in the URL."""
        client = await connect(url, name="operator")
        try:
            yield cls(client.jetstream(timeout=5))
        finally:
            await client.close()

    async def letters(self, limit: int = 100) -> list[StoredLetter]:
        """Newest first."""
        info = await self._context.stream_info(_STREAM)
        found: list[StoredLetter] = []
        number = info.state.last_seq
        while number >= max(info.state.first_seq, 1) and len(found) < limit:
            with suppress(NotFound):
                found.append(await self._read(number))
            number -= 1
        return found

    async def replay(self, number: int) -> StoredLetter:
        """Publish a letter on its subject again with a fresh id, then drop it from the box."""
        stored = await self._read(number)
        headers = {**stored.letter.headers, "Nats-Msg-Id": f"{stored.letter.headers.get('Nats-Msg-Id', '')}:{number}"}
        await self._context.publish(stored.letter.subject, stored.letter.body.encode(), headers=headers)
        await self._context.delete_msg(_STREAM, number)
        return stored

    async def _read(self, number: int) -> StoredLetter:
        try:
            msg = await self._context.get_msg(_STREAM, number)
        except nats.js.errors.NotFoundError as error:
            raise NotFound(f"no dead letter {number}") from error
        return StoredLetter(number=number, letter=msgspec.json.decode(msg.data or b"", type=DeadLetter))
