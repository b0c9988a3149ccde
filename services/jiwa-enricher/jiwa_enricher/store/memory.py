"""The store in memory: same methods, same locks, same all or nothing; for tests and for one process."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import msgspec

from jiwa_enricher.domain import Enrichment, KnownFact, Plan, Profile, Tombstones, Transcript, Visit, digest
from zantara.clock import Clock
from zantara.errors import Permanent


class MemoryStore:
    """Keeps everything in dictionaries; `put` plays the router that writes transcripts."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept = _Kept()
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._transcripts: dict[str, Transcript] = {}

    def put(self, transcript: Transcript) -> None:
        """Put a conversation on record."""
        self._transcripts[transcript.conversation_id] = transcript

    async def transcript(self, conversation_id: str) -> Transcript | None:
        """The conversation, if it is on record."""
        return self._transcripts.get(conversation_id)

    async def enrichment(self, event_id: str) -> Enrichment | None:
        """What this event has done already."""
        return self._kept.enrichments.get(event_id, (None, None))[1]

    async def profile(self, user_id: str) -> Profile | None:
        """The profile of one person."""
        return self._kept.profiles.get(user_id)

    @asynccontextmanager
    async def person(self, user_id: str) -> AsyncIterator["MemoryPerson"]:
        """The memory of one person, locked; an error or a cancellation inside leaves nothing behind."""
        async with self._locks[user_id]:
            person = MemoryPerson(self._kept, user_id, self._clock)
            yield person
            person.commit()

    async def expired(self, now: datetime) -> list[str]:
        """People with facts whose time has passed."""
        return sorted({owner for owner, fact in self._kept.facts.values() if fact.expires_at <= now})

    async def ping(self) -> Mapping[str, Any]:
        """How much there is."""
        return {"profiles": len(self._kept.profiles), "facts": len(self._kept.facts)}


class _Kept(msgspec.Struct):
    facts: dict[str, tuple[str, KnownFact]] = {}
    profiles: dict[str, Profile] = {}
    enrichments: dict[str, tuple[str | None, Enrichment]] = {}
    everything: dict[str, Tombstones] = {}


class MemoryPerson:
    """One person; reads see what was kept, writes wait for the commit."""

    def __init__(self, kept: _Kept, user_id: str, clock: Clock) -> None:
        self._kept = kept
        self._user_id = user_id
        self._clock = clock
        self._facts = {id_: fact for id_, (owner, fact) in kept.facts.items() if owner == user_id}
        self._profile = kept.profiles.get(user_id)
        self._fences = {id_: each for id_, (owner, each) in kept.enrichments.items() if owner == user_id}
        self._tombstones = kept.everything.get(digest(user_id), Tombstones())
        self._unlinked: dict[str, Enrichment] = {}

    async def enrichment(self, event_id: str) -> Enrichment | None:
        """What this event has done already."""
        return self._kept.enrichments.get(event_id, (None, None))[1]

    async def facts(self) -> list[KnownFact]:
        """Facts that no contradiction has closed."""
        return [fact for fact in self._facts.values() if fact.valid_to is None]

    async def tombstones(self) -> Tombstones:
        """What this person has asked us to forget."""
        return self._tombstones

    async def visits(self) -> list[Visit]:
        """The conversations read so far."""
        return [
            Visit(conversation_id=each.conversation_id, language=each.language, at=each.last_turn_at)
            for each in self._fences.values()
        ]

    async def keep(self, plan: Plan, enrichment: Enrichment) -> None:
        """Write the facts of a plan and the record that fences them."""
        if enrichment.event_id in self._kept.enrichments:
            raise Permanent(f"{enrichment.event_id} has been kept")
        self._fences[enrichment.event_id] = enrichment
        self._facts |= {fact.id: fact for fact in (*plan.added, *plan.changed)}

    async def renew(self, profile: Profile) -> None:
        """Replace the profile."""
        self._profile = profile

    async def forget(self, fact_id: str) -> int:
        """Delete one fact for good, leaving a tombstone for each turn that told it."""
        fact = self._facts.pop(fact_id, None)
        if fact is None:
            return 0
        buried = {digest(self._user_id, fact.slot, turn_id) for turn_id in (fact.turn_id, *fact.also_turn_ids)}
        self._tombstones = msgspec.structs.replace(self._tombstones, facts=self._tombstones.facts | buried)
        return 1

    async def expire(self, now: datetime) -> int:
        """Delete the facts whose time has passed."""
        before = len(self._facts)
        self._facts = {id_: fact for id_, fact in self._facts.items() if fact.expires_at > now}
        return before - len(self._facts)

    async def forget_all(self) -> int:
        """Delete facts and profile for good, unlink the fences, leave one tombstone."""
        forgotten = len(self._facts)
        self._unlinked, self._fences, self._facts, self._profile = dict(self._fences), {}, {}, None
        self._tombstones = msgspec.structs.replace(self._tombstones, everything_at=self._clock.now())
        return forgotten

    def commit(self) -> None:
        """Make it so."""
        kept, owner = self._kept, self._user_id
        kept.facts = {id_: pair for id_, pair in kept.facts.items() if pair[0] != owner}
        kept.facts |= {id_: (owner, fact) for id_, fact in self._facts.items()}
        kept.enrichments |= {id_: (owner, each) for id_, each in self._fences.items()}
        kept.enrichments |= {id_: (None, each) for id_, each in self._unlinked.items()}
        kept.everything[digest(owner)] = self._tombstones
        kept.profiles.pop(owner, None)
        if self._profile is not None:
            kept.profiles[owner] = self._profile
