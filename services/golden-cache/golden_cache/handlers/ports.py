"""What the handlers need of a store: reads that take what they get, and changes of the stock, one at a time."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from golden_cache.domain.rows import Answer, Intake, Query, Refusal, Strike, Vector
from zantara.events import Event, Meta


class Change(Protocol):
    """One change of the stock: all of it or nothing, and no other at the same time."""

    async def intake(self, event_id: str) -> Intake | None:
        """What this event has done already."""
        ...

    async def keep(self, intake: Intake) -> None:
        """Fence an event; raises Permanent where that is done."""
        ...

    async def next_version(self) -> int:
        """The version of the next answer that changes."""
        ...

    async def answer(self, cluster_id: str) -> Answer | None:
        """One answer."""
        ...

    async def citing(self, document_ids: Sequence[str], before: datetime) -> list[Answer]:
        """Answers in stock that stand on one of these documents and were last vouched for before a time."""
        ...

    async def claimed(self, hashes: Sequence[str], *, besides: str, at: datetime) -> dict[str, str]:
        """Which of these texts lead to another answer in stock that has not expired: cluster by hash."""
        ...

    async def put(self, answer: Answer, vectors: Mapping[str, Vector], model: str) -> None:
        """Write an answer whole, with a vector for each of its texts; its usage and age stay."""
        ...

    async def mark(self, answer: Answer) -> None:
        """Write the state of an answer."""
        ...

    async def assign(self, cluster_id: str, queries: Sequence[Query], at: datetime) -> None:
        """Say which cluster queries belong to."""
        ...

    async def strike(self, strike: Strike) -> bool:
        """Count a strike; False where that turn has struck before."""
        ...

    async def refuse(self, refusal: Refusal) -> None:
        """Keep why a proposal was not taken."""
        ...

    async def announce(self, event: Event, meta: Meta) -> None:
        """Put an event into the outbox."""
        ...


class Ledger(Protocol):
    """The stock on record; everything raises Unavailable where it is away."""

    async def answer(self, cluster_id: str) -> Answer | None:
        """One answer."""
        ...

    async def answers(self, status: str | None, limit: int) -> list[Answer]:
        """Answers, most used first."""
        ...

    async def intake(self, event_id: str) -> Intake | None:
        """What this event has done already."""
        ...

    def changing(self) -> AbstractAsyncContextManager[Change]:
        """A change; an error inside leaves nothing behind."""
        ...
