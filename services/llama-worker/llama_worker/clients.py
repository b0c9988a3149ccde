"""Who writes golden answers: LLAMA first, Claude where LLAMA fails."""

import structlog

from llama_worker.domain.drafts import Draft
from zantara.clock import Clock
from zantara.errors import Unavailable
from zantara.llm import ChatModel, Completion, Deadline, ModelError, ModelRequest, complete_json

log = structlog.get_logger()


class Writer:
    """One model that writes drafts under a time limit; `name` is llama or claude."""

    def __init__(self, name: str, model: ChatModel, clock: Clock, *, limit_s: float) -> None:
        self.name = name
        self._model = model
        self._clock = clock
        self._limit_s = limit_s

    async def __call__(self, request: ModelRequest) -> tuple[Draft, Completion]:
        """A draft and what it cost; raises Unavailable with the kind of failure."""
        try:
            return await complete_json(self._model, request, Deadline.after(self._clock, self._limit_s), Draft)
        except ModelError as error:
            log.warning("writer_failed", writer=self.name, error=f"{type(error).__name__}: {error}")
            raise Unavailable(f"{self.name}:{type(error).__name__}") from error
