"""What a replica holds in memory, and what its health page says of it."""

from collections.abc import Mapping

import msgspec

from golden_cache import metrics
from golden_cache.domain.reading import Reading
from golden_cache.domain.rows import Vector
from golden_cache.domain.snapshot import Snapshot
from zantara.errors import Unavailable


class Held(msgspec.Struct, frozen=True):
    """An answer, read, with a vector for each of its texts, (texts, dimension); not every held one is served."""

    reading: Reading
    vectors: Vector


class Stock:
    """A snapshot, replaced whole: lookups never wait for a refresh, nor for PostgreSQL."""

    def __init__(self) -> None:
        self._snapshot: Snapshot | None = None
        self.held: Mapping[str, Held] = {}
        self.answers = 0
        self.version = -1

    @property
    def snapshot(self) -> Snapshot:
        """What lookups see; raises Unavailable until it has been read once."""
        if self._snapshot is None:
            raise Unavailable("the golden answers have not been read yet")
        return self._snapshot

    def put(self, snapshot: Snapshot, held: Mapping[str, Held], *, answers: int, version: int) -> None:
        """The next snapshot; `answers` of its entries are served."""
        self._snapshot = snapshot
        self.held = held
        self.answers = answers
        self.version = version
        metrics.ANSWERS.set(answers)
        metrics.PHRASINGS.set(snapshot.size)
        metrics.VERSION.set(version)

    async def ping_loaded(self) -> Mapping[str, object]:
        """Which version is in memory; raises Unavailable until there is one."""
        _ = self.snapshot
        return {"stock_version": self.version}

    async def ping_answers(self) -> Mapping[str, object]:
        """What can be found; raises Unavailable where that is nothing."""
        snapshot = self.snapshot
        if not self.answers:
            raise Unavailable("there are no approved golden answers")
        return {
            "answers": self.answers,
            "phrasings": snapshot.size,
            "model": snapshot.scope.embedding_model,
            "stock_version": self.version,
        }
