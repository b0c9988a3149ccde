"""The store in memory: same methods, same lock, same all or nothing; for tests and for one process."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from copy import copy
from datetime import datetime
from typing import Any

import msgspec

from golden_cache.domain.entries import Status
from golden_cache.domain.rows import Answer, Intake, Query, Refusal, Shelved, Strike, Vector, phrasings
from zantara.bus import Publisher
from zantara.errors import Permanent
from zantara.events import Event, Meta
from zantara.text.normal import query_hash

_IN_STOCK = frozenset({Status.APPROVED, Status.DRAFT})


class _Kept(msgspec.Struct):
    version: int = 0
    answers: dict[str, Answer] = {}
    vectors: dict[str, tuple[str, dict[str, Vector]]] = {}
    queries: dict[str, tuple[str, Query]] = {}
    intakes: dict[str, Intake] = {}
    strikes: dict[tuple[str, str], Strike] = {}
    refusals: dict[str, Refusal] = {}
    outbox: dict[str, tuple[Event, Meta]] = {}

    def copy(self) -> "_Kept":
        fields: dict[str, Any] = {name: getattr(self, name) for name in self.__struct_fields__}
        return _Kept(**{name: copy(each) for name, each in fields.items()})


class MemoryStore:
    """Keeps everything in dictionaries, which tests may read: `queries` by hash, `refusals` by event."""

    def __init__(self) -> None:
        self._kept = _Kept()
        self._lock = asyncio.Lock()
        self._published: set[str] = set()

    @property
    def queries(self) -> Mapping[str, tuple[str, Query]]:
        """Cluster and query by hash."""
        return self._kept.queries

    @property
    def refusals(self) -> Mapping[str, Refusal]:
        """Refused proposals by event."""
        return self._kept.refusals

    async def relay(self, publisher: Publisher) -> None:
        """Publish what the outbox holds, once."""
        for id_, (event, meta) in list(self._kept.outbox.items()):
            if id_ not in self._published:
                await publisher.publish(event, meta)
                self._published.add(id_)

    async def version(self) -> int:
        """The highest version in stock, 0 where there is none."""
        return max((each.entry.version for each in self._kept.answers.values()), default=0)

    async def since(self, version: int, model: str) -> list[Shelved]:
        """Every answer above a version, in whatever state, with its vectors of this model."""
        answers = [each for each in self._kept.answers.values() if each.entry.version > version]
        shelved = []
        for each in sorted(answers, key=lambda each: each.entry.version):
            made_by, vectors = self._kept.vectors[each.entry.cluster_id]
            given = dict(vectors) if made_by == model else {}
            shelved.append(Shelved(entry=each.entry, by=each.status_by, vectors=given))
        return shelved

    async def embed(self, cluster_id: str, vectors: Mapping[str, Vector], model: str) -> None:
        """Replace vectors of another model, by text."""
        made_by, known = self._kept.vectors[cluster_id]
        self._kept.vectors[cluster_id] = (model, {**(known if made_by == model else {}), **vectors})

    async def answer(self, cluster_id: str) -> Answer | None:
        """One answer."""
        return self._kept.answers.get(cluster_id)

    async def answers(self, status: str | None, limit: int) -> list[Answer]:
        """Answers, most used first."""
        found = [each for each in self._kept.answers.values() if status is None or each.entry.status == status]
        return sorted(found, key=lambda each: (-each.usage_count, each.entry.cluster_id))[:limit]

    async def intake(self, event_id: str) -> Intake | None:
        """What this event has done already."""
        return self._kept.intakes.get(event_id)

    async def count(self, uses: Mapping[str, int], at: datetime) -> None:
        """Add uses by cluster."""
        for cluster_id, number in uses.items():
            if answer := self._kept.answers.get(cluster_id):
                last = max(at, answer.last_used_at or at)
                self._kept.answers[cluster_id] = msgspec.structs.replace(
                    answer, usage_count=answer.usage_count + number, last_used_at=last
                )

    @asynccontextmanager
    async def changing(self) -> AsyncIterator["MemoryChange"]:
        """One change at a time; an error inside leaves nothing behind."""
        async with self._lock:
            working = self._kept.copy()
            yield MemoryChange(working)
            self._kept = working


class MemoryChange:
    """Works on a copy that the end of the change puts in place."""

    def __init__(self, kept: _Kept) -> None:
        self._kept = kept

    async def intake(self, event_id: str) -> Intake | None:
        """What this event has done already."""
        return self._kept.intakes.get(event_id)

    async def keep(self, intake: Intake) -> None:
        """Fence an event; raises Permanent where that is done."""
        if intake.event_id in self._kept.intakes:
            raise Permanent(f"{intake.event_id} is taken")
        self._kept.intakes[intake.event_id] = intake

    async def next_version(self) -> int:
        """The version of the next answer that changes."""
        self._kept.version += 1
        return self._kept.version

    async def answer(self, cluster_id: str) -> Answer | None:
        """One answer."""
        return self._kept.answers.get(cluster_id)

    async def citing(self, document_ids: Sequence[str], before: datetime) -> list[Answer]:
        """Answers in stock that stand on one of these documents and were last vouched for before a time."""
        found = [
            each
            for each in self._kept.answers.values()
            if each.entry.status in _IN_STOCK
            and each.updated_at < before
            and any(source.document_id in document_ids for source in each.entry.sources)
        ]
        return sorted(found, key=lambda each: each.entry.cluster_id)

    async def claimed(self, hashes: Sequence[str], *, besides: str, at: datetime) -> dict[str, str]:
        """Which of these texts lead to another answer in stock that has not expired: cluster by hash."""
        owners: dict[str, str] = {}
        for cluster_id in sorted(self._kept.answers):
            entry = self._kept.answers[cluster_id].entry
            expired = entry.expires_at is not None and entry.expires_at <= at
            if cluster_id != besides and entry.status in _IN_STOCK and not expired:
                for text, _ in entry.phrasings():
                    owners.setdefault(query_hash(text), cluster_id)
        return {each: owners[each] for each in hashes if each in owners}

    async def put(self, answer: Answer, vectors: Mapping[str, Vector], model: str) -> None:
        """Write an answer whole, with a vector for each of its texts; its usage and age stay."""
        cluster_id = answer.entry.cluster_id
        self._kept.vectors[cluster_id] = (model, {each.text: vectors[each.text] for each in phrasings(answer.entry)})
        if known := self._kept.answers.get(cluster_id):
            answer = msgspec.structs.replace(
                answer, usage_count=known.usage_count, last_used_at=known.last_used_at, created_at=known.created_at
            )
        self._kept.answers[cluster_id] = answer

    async def mark(self, answer: Answer) -> None:
        """Write the state of an answer."""
        known = self._kept.answers[answer.entry.cluster_id]
        entry = msgspec.structs.replace(
            known.entry, status=answer.entry.status, version=answer.entry.version, expires_at=answer.entry.expires_at
        )
        self._kept.answers[entry.cluster_id] = msgspec.structs.replace(
            known,
            entry=entry,
            status_by=answer.status_by,
            status_reason=answer.status_reason,
            strikes=answer.strikes,
            updated_at=answer.updated_at,
        )

    async def assign(self, cluster_id: str, queries: Sequence[Query], at: datetime) -> None:
        """Say which cluster queries belong to."""
        for each in queries:
            key = query_hash(each.text)
            asked = self._kept.queries[key][1].frequency if key in self._kept.queries else 0
            self._kept.queries[key] = (cluster_id, msgspec.structs.replace(each, frequency=each.frequency or asked))

    async def strike(self, strike: Strike) -> bool:
        """Count a strike; False where that turn has struck before."""
        if (strike.cluster_id, strike.turn_id) in self._kept.strikes:
            return False
        self._kept.strikes[strike.cluster_id, strike.turn_id] = strike
        known = self._kept.answers[strike.cluster_id]
        self._kept.answers[strike.cluster_id] = msgspec.structs.replace(known, strikes=known.strikes + 1)
        return True

    async def refuse(self, refusal: Refusal) -> None:
        """Keep why a proposal was not taken."""
        self._kept.refusals[refusal.event_id] = refusal

    async def announce(self, event: Event, meta: Meta) -> None:
        """Put an event into the outbox."""
        self._kept.outbox.setdefault(meta.id, (event, meta))
