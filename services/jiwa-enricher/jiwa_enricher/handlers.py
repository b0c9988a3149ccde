"""A conversation has ended: read it, keep what holds. A conversation begins: recall. A person asks: forget."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

import msgspec
import structlog

from jiwa_enricher import metrics
from jiwa_enricher.domain import (
    Candidate,
    Checked,
    Enrichment,
    KnownFact,
    Origin,
    Plan,
    Profile,
    Reading,
    Tombstones,
    Transcript,
    Turn,
    Visit,
    build_profile,
    check_claims,
    plan_merge,
    remember,
    windows,
)
from zantara.clock import Clock, child_id
from zantara.errors import Invalid, Transient
from zantara.events import (
    ConversationEnded,
    ForgetMemory,
    MemoryEnriched,
    MemoryForgotten,
    MemoryRecall,
    MemoryReply,
    Meta,
)

log = structlog.get_logger()


class Reader(Protocol):
    """Finds claims about the user in turns; raises Transient while no model is there."""

    async def read(self, turns: Sequence[Turn]) -> Reading:
        """Read one window of a conversation."""
        ...


class Transcripts(Protocol):
    """The router's record of conversations, read only."""

    async def transcript(self, conversation_id: str) -> Transcript | None:
        """The conversation, or None where it is not (or no longer) on record."""
        ...


class Person(Protocol):
    """One person's memory, locked against other writers until the block ends; all of it is kept or nothing."""

    async def enrichment(self, event_id: str) -> Enrichment | None:
        """What this event has done already."""
        ...

    async def facts(self) -> list[KnownFact]:
        """Facts that no contradiction has closed."""
        ...

    async def tombstones(self) -> Tombstones:
        """What this person has asked us to forget."""
        ...

    async def visits(self) -> list[Visit]:
        """The conversations read so far."""
        ...

    async def keep(self, plan: Plan, enrichment: Enrichment) -> None:
        """Write the facts of a plan and the record that fences them."""
        ...

    async def renew(self, profile: Profile) -> None:
        """Replace the profile that recalls are answered from."""
        ...

    async def forget(self, fact_id: str) -> int:
        """Delete a fact for good and leave tombstones for it; how many there were."""
        ...

    async def expire(self, now: datetime) -> int:
        """Delete the facts whose time has passed, closed ones too; how many there were."""
        ...

    async def forget_all(self) -> int:
        """Delete everything about this person for good and leave a tombstone; how many facts there were."""
        ...


class Memories(Protocol):
    """Everybody's memory, one person at a time."""

    async def enrichment(self, event_id: str) -> Enrichment | None:
        """What this event has done already."""
        ...

    async def profile(self, user_id: str) -> Profile | None:
        """The profile of one person."""
        ...

    def person(self, user_id: str) -> AbstractAsyncContextManager[Person]:
        """The memory of one person, locked."""
        ...

    async def expired(self, now: datetime) -> list[str]:
        """People with facts whose time has passed, some hundreds at most."""
        ...


class Enrich:
    """Takes `conversation.ended`: a model reads, the checks decide, the merge is written once."""

    def __init__(self, transcripts: Transcripts, memories: Memories, reader: Reader, clock: Clock) -> None:
        self._transcripts = transcripts
        self._memories = memories
        self._reader = reader
        self._clock = clock

    async def __call__(self, event: ConversationEnded, meta: Meta) -> Sequence[MemoryEnriched]:
        """Enrich the person's memory; anonymous, empty and erased conversations leave nothing."""
        done = await self._memories.enrichment(meta.id)
        if done is not None:
            metrics.CONVERSATIONS.labels("repeated").inc()
            return (_enriched(event, done),)
        transcript = await self._transcripts.transcript(event.conversation_id)
        if transcript is None or not transcript.user_id or not transcript.turns:
            outcome = "unknown" if transcript is None else "empty" if transcript.user_id else "anonymous"
            metrics.CONVERSATIONS.labels(outcome).inc()
            return ()
        with metrics.READING.time():
            reading = await self._read(transcript.turns)
        checked = await asyncio.to_thread(check_claims, reading.claims, transcript.turns)
        enrichment = await self._merge(meta.id, transcript.user_id, transcript, reading, checked)
        return (_enriched(event, enrichment),)

    async def _read(self, turns: Sequence[Turn]) -> Reading:
        """All windows as one reading. No connection is held while a model thinks."""
        readings = [await self._reader.read(window) for window in windows(turns)]
        return msgspec.structs.replace(
            readings[-1],
            claims=tuple(claim for reading in readings for claim in reading.claims),
            simulated=any(reading.simulated for reading in readings),
            fallback=any(reading.fallback for reading in readings),
            input_tokens=sum(reading.input_tokens for reading in readings),
            output_tokens=sum(reading.output_tokens for reading in readings),
            cost_usd=sum(reading.cost_usd for reading in readings),
        )

    async def _merge(
        self, event_id: str, user_id: str, transcript: Transcript, reading: Reading, checked: Checked
    ) -> Enrichment:
        now = self._clock.now()
        origin = Origin(
            user_id=user_id,
            conversation_id=transcript.conversation_id,
            model=reading.model,
            prompt_version=reading.prompt_version,
            now=now,
        )
        async with self._memories.person(user_id) as person:
            done = await person.enrichment(event_id)
            if done is not None:
                metrics.CONVERSATIONS.labels("repeated").inc()
                return done
            plan = await _plan(person, checked.candidates, origin, event_id)
            enrichment = _record(event_id, transcript, reading, checked, plan, origin)
            visits = [*await person.visits(), _visit(transcript)]
            await person.keep(plan, enrichment)
            await person.renew(build_profile(user_id, plan.current, visits, now))
        _count(enrichment)
        return enrichment


class Recall:
    """Answers `memory.recall` with one row read by its key: forgetting holds at once, on every replica."""

    def __init__(self, memories: Memories, clock: Clock) -> None:
        self._memories = memories
        self._clock = clock

    async def __call__(self, request: MemoryRecall, meta: Meta) -> MemoryReply:
        """The person's memory as of now, or none."""
        profile = await self._memories.profile(_somebody(request.user_id))
        metrics.RECALLS.labels("unknown" if profile is None else "known").inc()
        return MemoryReply(memory=remember(profile, self._clock.now()) if profile else None)


class Forget:
    """Answers `memory.forget`: rows are deleted, not marked."""

    def __init__(self, memories: Memories, clock: Clock) -> None:
        self._memories = memories
        self._clock = clock

    async def __call__(self, request: ForgetMemory, meta: Meta) -> MemoryForgotten:
        """Forget one fact, or the whole person."""
        async with self._memories.person(_somebody(request.user_id)) as person:
            if request.fact_id is None:
                forgotten = await person.forget_all()
            else:
                forgotten = await person.forget(request.fact_id)
                if forgotten:
                    await _rebuild(request.user_id, person, self._clock.now())
        metrics.FORGOTTEN.inc(forgotten)
        return MemoryForgotten(facts=forgotten)


class Expire:
    """Deletes what has passed its time; recalls leave it out from the very minute, this takes it off the disk."""

    def __init__(self, memories: Memories, clock: Clock, *, every_s: float) -> None:
        self._memories = memories
        self._clock = clock
        self._every_s = every_s

    async def run(self) -> None:
        """Sweep for ever; what cannot be deleted now is deleted the next time."""
        while True:
            try:
                await self.sweep()
            except Transient as error:
                log.warning("expiry_waits", error=str(error))
            await self._clock.sleep(self._every_s)

    async def sweep(self) -> int:
        """Delete and rebuild, person by person; how many facts are gone."""
        now, gone = self._clock.now(), 0
        for user_id in await self._memories.expired(now):
            async with self._memories.person(user_id) as person:
                gone += await person.expire(now)
                await _rebuild(user_id, person, now)
        metrics.EXPIRED.inc(gone)
        return gone


def _somebody(user_id: str) -> str:
    if not user_id.strip():
        raise Invalid("user_id: empty")
    return user_id


async def _rebuild(user_id: str, person: Person, now: datetime) -> None:
    await person.renew(build_profile(user_id, await person.facts(), await person.visits(), now))


async def _plan(person: Person, candidates: Sequence[Candidate], origin: Origin, event_id: str) -> Plan:
    return plan_merge(
        await person.facts(),
        candidates,
        await person.tombstones(),
        origin,
        name_fact=lambda number: child_id(event_id, "fact", number),
    )


def _record(
    event_id: str, transcript: Transcript, reading: Reading, checked: Checked, plan: Plan, origin: Origin
) -> Enrichment:
    return Enrichment(
        event_id=event_id,
        conversation_id=transcript.conversation_id,
        language=transcript.language,
        turns=len(transcript.turns),
        added=len(plan.added),
        strengthened=plan.strengthened,
        closed=plan.closed,
        dropped=dict(Counter(checked.dropped) + Counter(plan.dropped)),
        model=reading.model,
        simulated=reading.simulated,
        fallback=reading.fallback,
        prompt_version=reading.prompt_version,
        input_tokens=reading.input_tokens,
        output_tokens=reading.output_tokens,
        cost_usd=reading.cost_usd,
        last_turn_at=transcript.turns[-1].at,
        created_at=origin.now,
    )


def _visit(transcript: Transcript) -> Visit:
    return Visit(conversation_id=transcript.conversation_id, language=transcript.language, at=transcript.turns[-1].at)


def _enriched(event: ConversationEnded, enrichment: Enrichment) -> MemoryEnriched:
    return MemoryEnriched(
        conversation_id=enrichment.conversation_id,
        user_hash=event.user_hash or "",
        facts_added=enrichment.added,
        facts_closed=enrichment.closed,
        dropped=enrichment.dropped,
        model=enrichment.model,
        simulated=enrichment.simulated,
    )


def _count(enrichment: Enrichment) -> None:
    metrics.CONVERSATIONS.labels("enriched").inc()
    metrics.FACTS.labels("added").inc(enrichment.added)
    metrics.FACTS.labels("strengthened").inc(enrichment.strengthened)
    metrics.FACTS.labels("closed").inc(enrichment.closed)
    for reason, count in enrichment.dropped.items():
        metrics.DROPPED.labels(reason).inc(count)
    log.info(
        "memory_enriched",
        conversation_id=enrichment.conversation_id,
        added=enrichment.added,
        strengthened=enrichment.strengthened,
        closed=enrichment.closed,
        dropped=enrichment.dropped,
        model=enrichment.model,
    )
