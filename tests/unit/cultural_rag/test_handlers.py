"""Handlers on fakes of their ports: carried vectors, counting, staying in step."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np
import pytest

from cultural_rag import metrics
from cultural_rag.domain.matrix import Vector
from cultural_rag.domain.notes import Chunk, Insight
from cultural_rag.domain.passages import Changes, PassageIndex, StoredPassage
from cultural_rag.domain.stale import Stale
from cultural_rag.handlers import LookUpCulture, Refresh, SearchKnowledge, Stock
from zantara.clock import ManualClock
from zantara.embeddings import HashEmbedder
from zantara.errors import Invalid, Unavailable
from zantara.events import CulturalLookup, Embedding, KnowledgeSearch, Meta
from zantara.runtime.usage import UsageCount

CLOCK = ManualClock()
META = Meta.new(source="test", clock=CLOCK)


class CountingEmbedder(HashEmbedder):
    """Remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    async def embed_one(self, text: str) -> Vector:
        self.asked.append(text)
        return await super().embed_one(text)


class Shelf:
    """Knowledge, culture and vectors in one place, with a switch for PostgreSQL being away."""

    def __init__(self) -> None:
        self.at = 0
        self.passages: list[tuple[int, StoredPassage]] = []
        self.topics: list[Chunk] = []
        self.waiting: list[Stale] = []
        self.saved: dict[str, Vector] = {}
        self.asked_since: list[int] = []
        self.away = False

    async def revision(self) -> int:
        if self.away:
            raise Unavailable("away")
        return self.at

    async def changes(self, since: int, model: str) -> Changes:
        self.asked_since.append(since)
        found = [passage for revision, passage in self.passages if revision > since]
        return Changes(documents=frozenset(each.document_id for each in found), passages=tuple(found))

    async def chunks(self, model: str) -> list[Chunk]:
        return self.topics

    async def insights(self, model: str) -> list[Insight]:
        return []

    async def stale(self, model: str, limit: int) -> list[Stale]:
        return self.waiting[:limit]

    async def save(self, rows: Sequence[Stale], vectors: Sequence[Vector], model: str) -> None:
        self.saved.update({row.key: vector for row, vector in zip(rows, vectors, strict=True)})
        self.waiting = [row for row in self.waiting if row.key not in self.saved]

    def put(self, document_id: str, text: str) -> None:
        self.at += 1
        passage = StoredPassage(
            passage_id=f"{document_id}#{self.at}",
            document_id=document_id,
            title=document_id,
            heading="",
            text=text,
            language="en",
            source="here",
            as_of="2026-05",
        )
        self.passages = [(r, p) for r, p in self.passages if p.document_id != document_id] + [(self.at, passage)]


class Tally:
    """Where counts are written, with a switch."""

    def __init__(self) -> None:
        self.uses: Counter[tuple[str, str]] = Counter()
        self.away = False

    async def count(self, uses: Mapping[tuple[str, str], int], at: datetime) -> None:
        if self.away:
            raise Unavailable("away")
        self.uses.update(uses)


@pytest.fixture
def shelf() -> Shelf:
    shelf = Shelf()
    shelf.put("faro", "The lighthouse permit costs four hundred shells.")
    shelf.topics = [
        Chunk(
            id=7,
            topic="face_saving_culture",
            title="Face",
            content="Give people a way out.",
            when_to_use=("aku malu",),
            tone="gentle",
            language="en",
        )
    ]
    return shelf


def refresh(shelf: Shelf, stock: Stock) -> Refresh:
    return Refresh(stock, (shelf, shelf, shelf), HashEmbedder(), CLOCK, catch_up_s=30)


@pytest.fixture
async def stock(shelf: Shelf) -> Stock:
    stock = Stock()
    await refresh(shelf, stock).read()
    return stock


async def test_a_carried_vector_saves_the_embedding(stock: Stock) -> None:
    embedder = CountingEmbedder()
    vector = await HashEmbedder().embed_one("what does the lighthouse permit cost")
    request = KnowledgeSearch(
        query="what does the lighthouse permit cost",
        language="en",
        embedding=Embedding(model="hash", vector=vector.tolist()),
    )
    with_it = await SearchKnowledge(stock, embedder)(request, META)
    assert embedder.asked == []
    assert [passage.passage_id for passage in with_it.passages] == ["faro#1"]
    without = await SearchKnowledge(stock, embedder)(KnowledgeSearch(query=request.query, language="en"), META)
    assert without == with_it
    assert embedder.asked == [request.query]


async def test_a_vector_of_another_model_or_of_another_language_is_made_anew(stock: Stock) -> None:
    embedder = CountingEmbedder()
    search = SearchKnowledge(stock, embedder)
    other = Embedding(model="another", vector=[1.0])
    await search(KnowledgeSearch(query="lighthouse permit", language="en", embedding=other), META)
    own = Embedding(model="hash", vector=(np.ones(384) / np.sqrt(384)).tolist())
    await search(KnowledgeSearch(query="quanto costa il permesso", language="it", embedding=own), META)
    assert embedder.asked == ["lighthouse permit", "cost permit"]


@pytest.mark.parametrize("vector", [[], [1.0], [0.0] * 384, [float("nan")] * 384, [9.0] * 384, [1.0] * 385])
async def test_a_carried_vector_must_be_one(stock: Stock, vector: list[float]) -> None:
    request = KnowledgeSearch(query="permit", language="en", embedding=Embedding(model="hash", vector=vector))
    with pytest.raises(Invalid, match="embedding"):
        await SearchKnowledge(stock, HashEmbedder())(request, META)


async def test_before_the_first_reading_nothing_is_claimed() -> None:
    with pytest.raises(Unavailable):
        await SearchKnowledge(Stock(), HashEmbedder())(KnowledgeSearch(query="permit"), META)
    with pytest.raises(Unavailable):
        await Stock().ping_corpus()
    empty = Stock()
    empty.put_passages(PassageIndex.empty(384), 0)
    with pytest.raises(Unavailable, match="empty"):
        await empty.ping_corpus()


async def test_uses_are_counted_once_written_or_not(stock: Stock) -> None:
    tally = Tally()
    usage = UsageCount(tally, CLOCK, metrics.UNCOUNTED, flush_s=5)
    look_up = LookUpCulture(stock, HashEmbedder(), usage)
    for _ in range(2):
        reply = await look_up(CulturalLookup(message="aku malu", language="id", category="emotional"), META)
        assert [chunk.topic for chunk in reply.chunks] == ["face_saving_culture"]
    tally.away = True
    await usage.flush()
    await look_up(CulturalLookup(message="aku malu", language="id", category="emotional"), META)
    tally.away = False
    await usage.flush()
    await usage.flush()
    assert tally.uses == {("chunk", "7"): 3}


async def test_a_lookup_that_words_decide_needs_no_vector(stock: Stock) -> None:
    embedder = CountingEmbedder()
    look_up = LookUpCulture(stock, embedder, UsageCount(Tally(), CLOCK, metrics.UNCOUNTED, flush_s=5))
    reply = await look_up(CulturalLookup(message="berapa biaya visa", category="business_simple"), META)
    assert reply.chunks == ()
    assert embedder.asked == []


async def test_only_what_changed_is_read_again(shelf: Shelf, stock: Stock) -> None:
    keeper = refresh(shelf, stock)
    await keeper.read()
    assert shelf.asked_since == [-1]
    shelf.put("boats", "Boats leave at noon.")
    shelf.put("faro", "The lighthouse permit costs nine pearls.")
    await keeper.read()
    assert shelf.asked_since == [-1, 1]
    assert [each.passage_id for each in stock.passages.passages] == ["boats#2", "faro#3"]
    assert stock.knowledge_revision == 3


async def test_another_database_is_read_from_the_start(shelf: Shelf, stock: Stock) -> None:
    shelf.put("boats", "Boats leave at noon.")
    await refresh(shelf, stock).read()
    other = Shelf()
    other.put("storm", "Storms are frequent.")
    await refresh(other, stock).read()
    assert [each.document_id for each in stock.passages.passages] == ["storm"]


async def test_while_postgres_is_away_the_last_snapshot_stays(shelf: Shelf, stock: Stock) -> None:
    shelf.away = True
    await refresh(shelf, stock).warm()
    assert len(stock.passages.passages) == 1


async def test_rows_of_another_model_are_embedded_in_batches(shelf: Shelf, stock: Stock) -> None:
    shelf.waiting = [Stale(kind="price", key=f"k{n}", text=f"row {n}") for n in range(70)]
    assert await refresh(shelf, stock).embed_stale() == 70
    assert len(shelf.saved) == 70
    assert np.array_equal(shelf.saved["k5"], await HashEmbedder().embed_one("row 5"))
