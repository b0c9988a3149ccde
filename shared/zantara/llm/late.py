"""A model that is built when it is first asked: a fallback that may never speak costs nothing until it does."""

import asyncio
from collections.abc import AsyncGenerator, Callable

from zantara.llm.port import ChatModel, Completion, Deadline, ModelRequest, Piece, reading


class LateModel:
    """A ChatModel in waiting; `build` runs once, in a thread, because loading an SDK takes a second or two."""

    def __init__(self, *, name: str, provider: str, build: Callable[[], ChatModel]) -> None:
        self.name = name
        self.provider = provider
        self._build = build
        self._built: ChatModel | None = None
        self._building = asyncio.Lock()

    async def complete(self, request: ModelRequest, deadline: Deadline) -> Completion:
        """As the real one does."""
        model = await self._model()
        return await model.complete(request, deadline)

    async def stream(self, request: ModelRequest, deadline: Deadline) -> AsyncGenerator[Piece]:
        """As the real one does."""
        model = await self._model()
        async with reading(model.stream(request, deadline)) as pieces:
            async for piece in pieces:
                yield piece

    async def _model(self) -> ChatModel:
        async with self._building:
            if self._built is None:
                self._built = await asyncio.to_thread(self._build)
            return self._built
