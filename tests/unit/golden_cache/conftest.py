"""golden-cache in memory: its handlers on the in-memory bus and store, hashed vectors, a clock that is held."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from golden_cache import metrics
from golden_cache.handlers import (
    CountStrike,
    ListAnswers,
    LookUp,
    Refresh,
    RetireCiting,
    SetStatus,
    ShowAnswer,
    Stock,
    TakeEntry,
    TakeProposal,
    Terms,
)
from golden_cache.store import MemoryStore
from zantara import events
from zantara.bus import MemoryBus
from zantara.clock import ManualClock
from zantara.embeddings import HashEmbedder
from zantara.events import ClusterQuery, Event, GoldenProposed, HardNegative, Meta, Source
from zantara.runtime.usage import UsageCount

ANSWERS = {
    "en": "Overstaying costs one million rupiah for each day, paid at the airport or at the immigration office before "
    "you leave the country; after sixty days you are deported and may be banned.",
    "it": "La permanenza oltre la scadenza costa un milione di rupie per ogni giorno, da pagare in aeroporto o presso "
    "l'ufficio immigrazione prima della partenza; dopo sessanta giorni si viene espulsi.",
    "id": "Tinggal melebihi izin dikenai denda satu juta rupiah untuk setiap hari, dibayar di bandara atau di kantor "
    "imigrasi sebelum berangkat; setelah enam puluh hari orang asing dideportasi.",
}


def pack_row(**changed: Any) -> dict[str, Any]:
    """A curated answer about the overstay fine."""
    return {
        "cluster_id": "overstay-fine",
        "topic": "visa",
        "asks": "penalty",
        "subject": ["overstay"],
        "questions": {
            "en": "How much is the overstay fine per day?",
            "it": "Quanto costa la multa per overstay al giorno?",
            "id": "Berapa denda overstay per hari?",
        },
        "variations": {
            "en": ["overstay penalty for each day", "what is the fine for overstaying my visa"],
            "it": ["multa giornaliera per overstay"],
            "id": ["denda overstay tiap hari berapa"],
        },
        "hard_negatives": [{"text": "how do I appeal an overstay ban", "language": "en", "why": "other_aspect: ban"}],
        "answers": ANSWERS,
        "sources": [{"document_id": "visa-11-overstay", "title": "Overstay", "as_of": "2026-05"}],
        "valid_months": 4,
        **changed,
    }


def other_row(**changed: Any) -> dict[str, Any]:
    """A curated answer about something else."""
    return pack_row(
        **{
            "cluster_id": "pt-pma-capital",
            "topic": "company",
            "asks": "requirements",
            "subject": ["PT PMA", "capital"],
            "questions": {
                "en": "How much capital does a PT PMA need?",
                "it": "Quanto capitale serve per una PT PMA?",
                "id": "Berapa modal yang diperlukan PT PMA?",
            },
            "variations": {"en": ["minimum capital of a foreign company"], "it": [], "id": []},
            "hard_negatives": [],
            "answers": {
                "en": "A foreign owned company needs a paid up capital of two and a half billion rupiah and an "
                "investment plan above ten billion for each line of business and place.",
                "it": "Una società a capitale straniero ha bisogno di un capitale versato di due miliardi e mezzo di "
                "rupie e di un piano di investimento oltre dieci miliardi per ogni attività.",
                "id": "Perusahaan modal asing memerlukan modal disetor dua setengah miliar rupiah dan rencana "
                "investasi di atas sepuluh miliar untuk setiap bidang usaha dan lokasi.",
            },
            "sources": [{"document_id": "co-01-pma-capital", "title": "Capital", "as_of": "2026-05"}],
            **changed,
        }
    )


def proposal(**changed: Any) -> GoldenProposed:
    """What the night says about a question of its week."""
    fields: dict[str, Any] = {
        "run_id": "golden-2026-11-20",
        "cluster_id": "overstay-fine-1a2b3c4d",
        "topic": "",
        "asks": "",
        "thing": (),
        "questions": {"en": "how much is the overstay fine"},
        "answers": {"en": ANSWERS["en"]},
        "variations": {"en": ("how much is the overstay fine", "overstay fine per day please")},
        "hard_negatives": (HardNegative(text="how do I appeal an overstay ban", language="en", why="process"),),
        "sources": (Source(id="visa-11-overstay", title="Overstay", score=0.9, as_of="2026-05"),),
        "confidence": 0.8,
        "distinct_users": 4,
        "queries": (
            ClusterQuery(text="how much is the overstay fine", language="en", frequency=5, similarity=1.0),
            ClusterQuery(text="overstay fine?", language="en", frequency=2, similarity=0.91),
        ),
        "generated_by": "llama-3.1-8b",
        "prompt_version": "golden-answer-v1",
        **changed,
    }
    return GoldenProposed(**fields)


class Golden:
    """The parts of the service, each reachable; nothing runs by itself but what `serving` starts."""

    def __init__(self, *, embedder: HashEmbedder | None = None, **terms: Any) -> None:
        self.clock = ManualClock()
        self.bus = MemoryBus(service="golden-cache")
        self.store = MemoryStore()
        self.stock = Stock()
        self.embedder = embedder or HashEmbedder()
        self.usage = UsageCount(self.store, self.clock, metrics.UNCOUNTED, flush_s=1)
        self.refresh = Refresh(self.stock, self.store, self.embedder, self.clock, catch_up_s=10)
        on = Terms(**{"min_users": 3, "auto_approve": True, "valid_months": 6.0, **terms})
        self.propose = TakeProposal(self.store, self.stock, self.embedder, self.clock, on)
        self.retire_citing = RetireCiting(self.store, self.clock)
        self.strike = CountStrike(self.store, self.clock, strikes=2)
        self.look_up = LookUp(self.stock, self.embedder, self.usage, self.clock)
        self.take = TakeEntry(self.store, self.embedder, self, self.clock)
        self.list = ListAnswers(self.store)
        self.show = ShowAnswer(self.store)
        self.set_status = SetStatus(self.store, self, self.clock)
        self.wakes = 0

    def wake(self) -> None:
        """Somebody has put an event into the outbox."""
        self.wakes += 1

    def meta(self, *, later_s: float = 1.0, id: str | None = None) -> Meta:  # noqa: A002
        """Metadata of a message sent that much after the last."""
        self.clock.advance(later_s)
        return Meta.new(source="test", clock=self.clock, id=id)

    async def taken(self, row: dict[str, Any]) -> events.GoldenImported:
        return await self.take(events.ImportGolden(entry=row), self.meta())

    async def asked(self, query: str, language: str | None = None, **rest: Any) -> events.GoldenReply:
        return await self.look_up(events.GoldenLookup(query=query, language=language, **rest), self.meta())

    async def rated(self, cluster_id: str | None, turn_id: str, rating: int = 1, **meta: Any) -> Sequence[Event]:
        feedback = events.ChatFeedback(
            feedback_id=f"rating of {turn_id}",
            turn_id=turn_id,
            conversation_id="c1",
            rating=rating,
            cluster_id=cluster_id,
        )
        return await self.strike(feedback, self.meta(**meta))

    async def announced(self) -> list[Event]:
        """What the outbox gives to the bus."""
        await self.store.relay(self.bus)
        return self.bus.published

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Consumers, responders and hearers on the bus."""
        bus = self.bus
        loops = [
            bus.consume(events.GoldenProposed, self.propose),
            bus.consume(events.KnowledgeChanged, self.retire_citing),
            bus.consume(events.ChatFeedback, self.strike),
            bus.respond(events.GoldenLookup, self.look_up),
            bus.respond(events.ImportGolden, self.take),
            bus.respond(events.ListGolden, self.list),
            bus.respond(events.ShowGolden, self.show),
            bus.respond(events.SetGoldenStatus, self.set_status),
            bus.listen(events.GoldenPublished, self.refresh),
            bus.listen(events.GoldenRetired, self.refresh),
        ]
        tasks = [asyncio.ensure_future(loop) for loop in loops]
        await asyncio.sleep(0)
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


class Make:
    """How tests make things."""

    row = staticmethod(pack_row)
    other_row = staticmethod(other_row)
    proposal = staticmethod(proposal)
    golden = Golden
    day = timedelta(days=1)


@pytest.fixture
def make() -> Make:
    return Make()


@pytest.fixture
async def golden() -> Golden:
    """The service with an empty stock, read once."""
    made = Golden()
    await made.refresh.read()
    return made


@pytest.fixture
async def stocked(golden: Golden) -> Golden:
    """The service with two curated answers in memory."""
    for row in (pack_row(), other_row()):
        assert (await golden.taken(row)).outcome == "added"
    await golden.refresh.read()
    return golden
