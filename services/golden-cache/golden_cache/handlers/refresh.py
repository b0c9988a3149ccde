"""Keeps a replica's memory in step: at an event, and every so often by version, in case an event was missed."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

import numpy as np
import structlog

from golden_cache import metrics
from golden_cache.domain.reading import read_entry
from golden_cache.domain.rows import Shelved, Vector, hashes, holds
from golden_cache.domain.snapshot import Scope, Snapshot, build, texts_of
from golden_cache.handlers.stock import Held, Stock
from zantara.clock import Clock
from zantara.embeddings import Embedder
from zantara.events import GoldenPublished, GoldenRetired, Meta
from zantara.runtime.rounds import Rounds, attempt

log = structlog.get_logger()

SETTLE_S = 0.1
"""Changes come in rows; one reading serves all that arrive within this time."""


class Shelf(Protocol):
    """Where the stock is read."""

    async def version(self) -> int:
        """The highest version; raises Unavailable."""
        ...

    async def since(self, version: int, model: str) -> list[Shelved]:
        """Every answer above a version, in whatever state, with its vectors of this model; raises Unavailable."""
        ...

    async def embed(self, cluster_id: str, vectors: Mapping[str, Vector], model: str) -> None:
        """Replace vectors of another model, by text; raises Unavailable."""
        ...


class Refresh:
    """Reads what is new into the stock; also embeds what has no vector of the present model."""

    def __init__(
        self,
        stock: Stock,
        shelf: Shelf,
        embedder: Embedder,
        clock: Clock,
        *,
        catch_up_s: float,
        settle_s: float = SETTLE_S,
    ) -> None:
        self._stock = stock
        self._shelf = shelf
        self._embedder = embedder
        self._clock = clock
        self._rounds = Rounds(clock, every_s=catch_up_s, settle_s=settle_s)
        self._scope = Scope(embedding_model=embedder.model)

    async def __call__(self, event: GoldenPublished | GoldenRetired, meta: Meta) -> None:
        """Something changed, here or by another replica."""
        if event.stock_version > self._stock.version:
            self._rounds.wake()

    async def warm(self) -> None:
        """Read everything once before readiness; without PostgreSQL the service starts all the same, unready."""
        await attempt(self.read)

    async def run(self) -> None:
        """Stay in step for ever."""
        await self._rounds.run(self.read)

    async def read(self) -> None:
        """Read what is new, count what has expired; raises Unavailable."""
        version, held = await self._shelf.version(), self._stock.version
        if version == held and self._served() == self._stock.answers:
            return
        since = held if version >= held else -1  # another database, or one restored from a backup
        changed = await self._shelf.since(since, self._embedder.model)
        kept = {} if since < 0 else dict(self._stock.held)
        for shelved in changed:
            kept.pop(shelved.entry.cluster_id, None)
            if holds(shelved.entry.status, shelved.by):
                kept[shelved.entry.cluster_id] = await self._held(shelved)
        started = self._clock.monotonic()
        snapshot = await asyncio.to_thread(_arranged, list(kept.values()), self._clock.now(), self._scope)
        metrics.BUILDING.observe(self._clock.monotonic() - started)
        version = max([since, *(each.entry.version for each in changed), 0])
        self._stock.put(snapshot, kept, answers=self._served(snapshot), version=version)
        log.info("stock_read", version=version, changed=len(changed), answers=self._stock.answers)

    async def _held(self, shelved: Shelved) -> Held:
        reading = await asyncio.to_thread(read_entry, shelved.entry)
        texts = texts_of([reading])
        lacking = list(dict.fromkeys(text for text in texts if text not in shelved.vectors))
        vectors = dict(shelved.vectors)
        if lacking:
            made = dict(zip(lacking, await self._embedder.embed(lacking), strict=True))
            await self._shelf.embed(shelved.entry.cluster_id, made, self._embedder.model)
            vectors.update(made)
        return Held(reading, np.stack([vectors[text] for text in texts]))

    def _served(self, snapshot: Snapshot | None = None) -> int:
        now = self._clock.now()
        return sum(entry.served_at(now) for entry in (snapshot or self._stock.snapshot).entries)


def _arranged(held: Sequence[Held], now: datetime, scope: Scope) -> Snapshot:
    """What is served, and what is not but shares no phrasing with it."""
    served = [each for each in held if each.reading.entry.served_at(now)]
    others = [each for each in held if not each.reading.entry.served_at(now)]
    taken = {key for each in served for key in hashes(each.reading.entry)} if others else set()
    apart = [each for each in others if taken.isdisjoint(hashes(each.reading.entry))]
    chosen = sorted([*served, *apart], key=lambda each: each.reading.entry.cluster_id)
    parts = [each.vectors for each in chosen]
    vectors = np.concatenate(parts) if parts else np.empty((0, 0), dtype=np.float32)
    return build([each.reading for each in chosen], vectors, scope)
