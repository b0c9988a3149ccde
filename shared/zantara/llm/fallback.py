"""Two models as one: the second is asked where the first could not."""

from collections.abc import AsyncGenerator

from zantara.errors import Permanent
from zantara.llm.errors import ModelError
from zantara.llm.port import ChatModel, Completion, Deadline, ModelRequest, Piece, reading


class WithFallback:
    """Asks `primary`, and on any error that is not the request's own fault `secondary`, under the same deadline.

    A stream changes hands only before its first delta. The completion names who answered.
    """

    def __init__(self, primary: ChatModel, secondary: ChatModel) -> None:
        self._primary = primary
        self._secondary = secondary

    @property
    def name(self) -> str:
        """The first model's name."""
        return self._primary.name

    @property
    def provider(self) -> str:
        """The first model's provider."""
        return self._primary.provider

    async def complete(self, request: ModelRequest, deadline: Deadline) -> Completion:
        """The whole answer, from whoever could give it."""
        try:
            return await self._primary.complete(request, deadline)
        except ModelError as error:
            if isinstance(error, Permanent):
                raise
        return await self._secondary.complete(request, deadline)

    async def stream(self, request: ModelRequest, deadline: Deadline) -> AsyncGenerator[Piece]:
        """Text deltas, then the completion, all from one of the two."""
        begun = False
        try:
            async with reading(self._primary.stream(request, deadline)) as pieces:
                async for piece in pieces:
                    begun = True
                    yield piece
        except ModelError as error:
            if begun or isinstance(error, Permanent):
                raise
        else:
            return
        async with reading(self._secondary.stream(request, deadline)) as pieces:
            async for piece in pieces:
                yield piece
