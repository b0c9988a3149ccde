"""The curated figures and codes, kept at hand: what an answer may contain beside its passages."""

from typing import Protocol

import structlog

from zantara.clock import Clock
from zantara.errors import Transient
from zantara.events import KnowledgeChanged, Meta
from zantara.text.figures import Held, held

log = structlog.get_logger()

_REFRESH_S = 30.0


class Prices(Protocol):
    """Where the table is read."""

    async def price_texts(self) -> list[str]:
        """Each figure as a sentence; raises Unavailable."""
        ...


class KnownFigures:
    """What the table holds; read at the start, on `knowledge.changed` and every 30 s."""

    def __init__(self, prices: Prices, clock: Clock) -> None:
        self._prices = prices
        self._clock = clock
        self.held = Held()

    async def __call__(self, event: KnowledgeChanged, meta: Meta) -> None:
        """Knowledge changed: read the table again."""
        await self.refresh()

    async def refresh(self) -> None:
        """Read the table; the last good one stays when it cannot be read."""
        try:
            self.held = held(await self._prices.price_texts())
        except Transient as error:
            log.warning("figures_not_read", error=str(error))

    async def run(self) -> None:
        """Refresh for ever."""
        while True:
            await self.refresh()
            await self._clock.sleep(_REFRESH_S)
