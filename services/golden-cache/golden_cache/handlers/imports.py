"""`golden.import`: a curated answer is refused in words, or written with its vectors and its event."""

from collections.abc import Mapping
from typing import Any

import msgspec
import structlog

from golden_cache import metrics
from golden_cache.domain.admit import admit
from golden_cache.domain.entries import GoldenEntry, Status
from golden_cache.domain.pack import entry_of
from golden_cache.domain.proposals import unfit
from golden_cache.domain.rows import (
    CURATED,
    Answer,
    Vector,
    checksum,
    claims,
    curated_queries,
    hashes,
    phrasings,
    tidy,
)
from golden_cache.handlers.ports import Ledger
from golden_cache.settings import SERVICE
from zantara.clock import Clock
from zantara.embeddings import Embedder
from zantara.errors import Invalid, Unavailable
from zantara.events import GoldenImported, GoldenPublished, ImportGolden, Meta
from zantara.runtime.rounds import Wake

log = structlog.get_logger()

MOST_MONTHS = 120
_NAME_CHARS = 100


class TakeEntry:
    """Takes one curated answer; the same content again changes nothing and publishes nothing."""

    def __init__(self, ledger: Ledger, embedder: Embedder, outbox: Wake, clock: Clock) -> None:
        self._ledger = ledger
        self._embedder = embedder
        self._outbox = outbox
        self._clock = clock

    async def __call__(self, request: ImportGolden, meta: Meta) -> GoldenImported:
        """What became of the answer; raises Unavailable."""
        reply = await self._take(request.entry, meta)
        metrics.IMPORTS.labels(reply.outcome).inc()
        log.info("answer_imported", cluster_id=reply.cluster_id, outcome=reply.outcome)
        return reply

    async def _take(self, row: Mapping[str, Any], meta: Meta) -> GoldenImported:
        try:
            entry = self._read(row)
        except Invalid as error:
            return _refused(row, error.faults)
        known = await self._ledger.answer(entry.cluster_id)
        months = None if (given := row.get("valid_months")) is None else float(given)
        content = checksum(tidy(entry), months)
        if known and known.checksum == content:
            return GoldenImported(cluster_id=entry.cluster_id, outcome="unchanged")
        texts = list(dict.fromkeys(each.text for each in phrasings(entry)))
        vectors = dict(zip(texts, await self._embedder.embed(texts), strict=True))
        faults = await self._write(entry, vectors, known, meta, months=months, content=content)
        if faults:
            return _refused(row, faults)
        self._outbox.wake()
        return GoldenImported(cluster_id=entry.cluster_id, outcome="changed" if known else "added")

    def _read(self, row: Mapping[str, Any]) -> GoldenEntry:
        months = row.get("valid_months")
        if isinstance(months, int | float) and not 0 < months <= MOST_MONTHS:
            raise Invalid("bad entry", faults=[f"valid_months: more than 0, at most {MOST_MONTHS}"])
        entry = msgspec.structs.replace(entry_of(row, taken_at=self._clock.now()), simulated=_simulated(row))
        faults = [str(fault) for fault in [*admit(entry), *unfit(entry)]]
        if faults:
            raise Invalid("bad entry", faults=faults)
        return entry

    async def _write(
        self,
        entry: GoldenEntry,
        vectors: Mapping[str, Vector],
        known: Answer | None,
        meta: Meta,
        *,
        months: float | None,
        content: str,
    ) -> list[str]:
        """Write it with its event; returns what another answer has against it."""
        async with self._ledger.changing() as change:
            faults = claims(entry, await change.claimed(hashes(entry), besides=entry.cluster_id, at=self._clock.now()))
            if faults:
                return faults
            now = await change.answer(entry.cluster_id)
            if (now and now.checksum) != (known and known.checksum):
                raise Unavailable(f"{entry.cluster_id} was changed by somebody else meanwhile")
            answer = self._answer(tidy(entry), await change.next_version(), known, months=months, content=content)
            await change.put(answer, vectors, self._embedder.model)
            await change.assign(entry.cluster_id, curated_queries(answer.entry), answer.updated_at)
            event = GoldenPublished(cluster_id=entry.cluster_id, stock_version=answer.entry.version)
            await change.announce(event, meta.child(source=SERVICE, clock=self._clock, role=event.subject))
        return []

    def _answer(
        self, entry: GoldenEntry, version: int, known: Answer | None, *, months: float | None, content: str
    ) -> Answer:
        now = self._clock.now()
        return Answer(
            entry=msgspec.structs.replace(entry, status=Status.APPROVED, version=version),
            origin=CURATED,
            checksum=content,
            valid_months=months,
            status_by="import",
            updated_at=now,
            created_at=known.created_at if known else now,
        )


def _simulated(row: Mapping[str, Any]) -> bool:
    """An exported answer stays marked."""
    state = row.get("state")
    return isinstance(state, dict) and state.get("simulated") is True


def _refused(row: Mapping[str, Any], faults: tuple[str, ...] | list[str]) -> GoldenImported:
    return GoldenImported(
        cluster_id=str(row.get("cluster_id", ""))[:_NAME_CHARS], outcome="refused", faults=tuple(faults)
    )
