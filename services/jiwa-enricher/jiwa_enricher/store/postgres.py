"""Facts, profiles, fences and tombstones in PostgreSQL; transcripts read from the router's tables."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import msgspec

from jiwa_enricher.domain import Enrichment, KnownFact, Plan, Profile, Tombstones, Transcript, Turn, Visit, digest
from zantara.db import Connection, Database, Row, load_statements

_FACT_COLUMNS = (
    "slot", "value", "value_en", "certainty", "confidence", "quote", "turn_id", "also_turn_ids", "conversation_id",
    "language", "valid_from", "valid_to", "confirmed_at", "expires_at", "model", "prompt_version", "created_at",
    "closed_at",
)  # fmt: skip
_EVIDENCE_COLUMNS = (
    "certainty", "confidence", "also_turn_ids", "valid_from", "valid_to", "confirmed_at", "expires_at", "closed_at",
)  # fmt: skip
_ENRICHMENT_COLUMNS = (
    "conversation_id", "language", "turns", "added", "strengthened", "closed", "dropped", "model", "simulated",
    "fallback", "prompt_version", "input_tokens", "output_tokens", "cost_usd", "last_turn_at", "created_at",
)  # fmt: skip


class PostgresStore:
    """Every method is one or a few named statements; `person` is one transaction under the person's lock."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = load_statements("jiwa_enricher")

    async def transcript(self, conversation_id: str) -> Transcript | None:
        """The conversation as the router recorded it."""
        found = await self._database.row(self._sql.conversation, conversation_id)
        if found is None:
            return None
        rows = await self._database.rows(self._sql.turns, conversation_id)
        return Transcript(
            conversation_id=found["id"],
            user_id=found["user_id"],
            language=found["language"],
            turns=tuple(_turn(number, row) for number, row in enumerate(rows, start=1)),
        )

    async def enrichment(self, event_id: str) -> Enrichment | None:
        """What this event has done already."""
        return _enrichment(await self._database.row(self._sql.enrichment, event_id))

    async def profile(self, user_id: str) -> Profile | None:
        """The profile of one person, by its key."""
        found = await self._database.value(self._sql.profile, user_id)
        return msgspec.convert(found, Profile) if found is not None else None

    @asynccontextmanager
    async def person(self, user_id: str) -> AsyncIterator["PostgresPerson"]:
        """The memory of one person, locked."""
        async with self._database.transaction() as connection:
            await connection.run(self._sql.lock_person, user_id)
            yield PostgresPerson(connection, user_id)

    async def expired(self, now: datetime) -> list[str]:
        """People with facts whose time has passed."""
        return [row["user_id"] for row in await self._database.rows(self._sql.expired, now)]

    async def ping(self) -> Mapping[str, Any]:
        """How much there is; raises Unavailable."""
        row = await self._database.row(self._sql.census)
        return dict(row) if row else {}


class PostgresPerson:
    """One person within one transaction."""

    def __init__(self, connection: Connection, user_id: str) -> None:
        self._connection = connection
        self._user_id = user_id
        self._sql = load_statements("jiwa_enricher")

    async def enrichment(self, event_id: str) -> Enrichment | None:
        """What this event has done already."""
        return _enrichment(await self._connection.row(self._sql.enrichment, event_id))

    async def facts(self) -> list[KnownFact]:
        """Facts that no contradiction has closed."""
        rows = await self._connection.rows(self._sql.open_facts, self._user_id)
        return [msgspec.convert(dict(row), KnownFact) for row in rows]

    async def tombstones(self) -> Tombstones:
        """What this person has asked us to forget."""
        rows = await self._connection.rows(self._sql.tombstones, digest(self._user_id))
        return Tombstones(
            everything_at=next((row["forgotten_at"] for row in rows if not row["fact_digest"]), None),
            facts=frozenset(row["fact_digest"] for row in rows if row["fact_digest"]),
        )

    async def visits(self) -> list[Visit]:
        """The conversations read so far."""
        rows = await self._connection.rows(self._sql.visits, self._user_id)
        return [
            Visit(conversation_id=row["conversation_id"], language=row["language"], at=row["last_turn_at"])
            for row in rows
        ]

    async def keep(self, plan: Plan, enrichment: Enrichment) -> None:
        """Write the facts of a plan and the record that fences them."""
        fence = (getattr(enrichment, column) for column in _ENRICHMENT_COLUMNS)
        await self._connection.run(self._sql.insert_enrichment, enrichment.event_id, self._user_id, *fence)
        await self._connection.run_many(
            self._sql.insert_fact, [(fact.id, self._user_id, *_columns(fact, _FACT_COLUMNS)) for fact in plan.added]
        )
        await self._connection.run_many(
            self._sql.update_fact,
            [(self._user_id, fact.id, *_columns(fact, _EVIDENCE_COLUMNS)) for fact in plan.changed],
        )

    async def renew(self, profile: Profile) -> None:
        """Replace the profile."""
        await self._connection.run(self._sql.upsert_profile, self._user_id, msgspec.to_builtins(profile))

    async def forget(self, fact_id: str) -> int:
        """Delete one fact for good, leaving a tombstone for each turn that told it."""
        row = await self._connection.row(self._sql.delete_fact, self._user_id, fact_id)
        if row is None:
            return 0
        for turn_id in (row["turn_id"], *row["also_turn_ids"]):
            await self._bury(digest(self._user_id, row["slot"], turn_id))
        return 1

    async def expire(self, now: datetime) -> int:
        """Delete the facts whose time has passed."""
        return await self._connection.run(self._sql.expire, self._user_id, now)

    async def forget_all(self) -> int:
        """Delete facts and profile for good, unlink the fences, leave one tombstone."""
        forgotten = await self._connection.run(self._sql.delete_facts, self._user_id)
        await self._connection.run(self._sql.delete_profile, self._user_id)
        await self._connection.run(self._sql.unlink_enrichments, self._user_id)
        await self._bury("")
        return forgotten

    async def _bury(self, fact_digest: str) -> None:
        await self._connection.run(self._sql.bury, digest(self._user_id), fact_digest)


def _turn(number: int, row: Row) -> Turn:
    return Turn(
        id=row["id"],
        number=number,
        question=row["question"],
        answer=row["answer"],
        language=row["language"],
        at=row["created_at"],
    )


def _enrichment(row: Row | None) -> Enrichment | None:
    return msgspec.convert(dict(row), Enrichment) if row is not None else None


def _columns(fact: KnownFact, names: tuple[str, ...]) -> tuple[object, ...]:
    values = (getattr(fact, name) for name in names)
    return tuple(list(value) if isinstance(value, tuple) else value for value in values)
