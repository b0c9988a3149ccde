"""How often things are used: counted in memory, written in batches, so that no lookup waits for a write."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Generic, Protocol, TypeVar

import structlog
from prometheus_client import Gauge

from zantara.clock import Clock
from zantara.errors import Transient

log = structlog.get_logger()

K = TypeVar("K")


class UsageStore(Protocol[K]):
    """Where counts are kept."""

    async def count(self, uses: Mapping[K, int], at: datetime) -> None:
        """Add uses by key; raises Unavailable."""
        ...


class UsageCount(Generic[K]):
    """Counts uses since the last write; a crash loses at most one interval of counts.

    `unwritten` shows the uses that could not be written yet.
    """

    def __init__(self, store: UsageStore[K], clock: Clock, unwritten: Gauge, *, flush_s: float) -> None:
        self._store = store
        self._clock = clock
        self._unwritten = unwritten
        self._flush_s = flush_s
        self._uses: Counter[K] = Counter()

    def note(self, key: K) -> None:
        """One use."""
        self._uses[key] += 1

    async def run(self) -> None:
        """Write for ever."""
        while True:
            await self._clock.sleep(self._flush_s)
            await self.flush()

    async def flush(self) -> None:
        """Write what was counted; what cannot be written is kept for the next time."""
        uses, self._uses = self._uses, Counter()
        if uses:
            try:
                await self._store.count(uses, self._clock.now())
            except Transient as error:
                self._uses.update(uses)
                log.warning("usage_not_written", error=str(error), uses=uses.total())
        self._unwritten.set(self._uses.total())
