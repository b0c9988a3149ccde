"""How often notes are used: counted in memory, written in batches, so that no lookup waits for a write."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

import structlog

from cultural_rag import metrics
from zantara.clock import Clock
from zantara.errors import Transient

log = structlog.get_logger()


class UsageStore(Protocol):
    """Where counts are kept."""

    async def count(self, uses: Mapping[tuple[str, str], int], at: datetime) -> None:
        """Add uses by kind and key; raises Unavailable."""
        ...


class Usage:
    """Counts uses since the last write; a crash loses at most one interval of counts."""

    def __init__(self, store: UsageStore, clock: Clock, *, flush_s: float) -> None:
        self._store = store
        self._clock = clock
        self._flush_s = flush_s
        self._uses: Counter[tuple[str, str]] = Counter()

    def note(self, kind: str, key: str) -> None:
        """One use."""
        self._uses[kind, key] += 1

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
        metrics.UNCOUNTED.set(self._uses.total())
