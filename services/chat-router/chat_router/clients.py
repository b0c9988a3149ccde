"""What chat-router reaches outside its process, and its local reading of a message."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from chat_router.domain.classify import Classification, ClassifierModel, classify
from chat_router.domain.turn import Voice
from zantara.embeddings import Embedder
from zantara.errors import Unavailable
from zantara.events import Embedding
from zantara.llm import ChatModel
from zantara.llm.configured import Models
from zantara.runtime.health import Ping

_FAMILIES = ("claude", "llama")


class LocalReader:
    """Embeds a message once and classifies it, in this process."""

    def __init__(self, embedder: Embedder, model: ClassifierModel) -> None:
        self._embedder = embedder
        self._model = model

    async def embed(self, message: str) -> Embedding:
        """The message's embedding, as lookups carry it."""
        vector = await self._embedder.embed_one(message)
        return Embedding(model=self._embedder.model, vector=vector.tolist())

    def read(self, message: str, embedding: Embedding, *, turns_before: int) -> Classification:
        """What the message wants."""
        vector = np.asarray(embedding.vector, dtype=np.float32)
        return classify(message, vector, turns_before=turns_before, model=self._model)

    async def warm(self) -> None:
        """Load the model before the first message."""
        hello = "selamat pagi"
        self.read(hello, await self.embed(hello), turns_before=0)


class Voices:
    """The configured models by the name under which they answer, and which of them a simulator plays."""

    def __init__(self, models: Models, simulated: Sequence[str]) -> None:
        named: dict[Voice, ChatModel | None] = {
            "claude-haiku": models.haiku,
            "claude-sonnet": models.sonnet,
            "llama": models.llama,
        }
        self.models: dict[Voice, ChatModel] = {name: model for name, model in named.items() if model is not None}
        self.simulated = frozenset(name for name in self.models if _family(name) in simulated)

    def report(self) -> dict[str, dict[str, Any]]:
        """Each voice with its model, for people to see."""
        return {name: {"model": model.name, "simulated": name in self.simulated} for name, model in self.models.items()}

    def pings(self) -> dict[str, Ping]:
        """What `/readyz` says of Claude and of LLAMA: which models, simulated or real."""
        return {family: self._ping(family) for family in _FAMILIES}

    def _ping(self, family: str) -> Ping:
        found = {name: info for name, info in self.report().items() if _family(name) == family}

        async def ping() -> dict[str, Any]:
            if not found:
                raise Unavailable("not configured")
            return {"simulated": any(info["simulated"] for info in found.values()), "voices": found}

        return ping


def _family(voice: str) -> str:
    return voice.partition("-")[0]
