"""`golden.lookup`: hits from memory, vectors carried or made, misses with their reason, uses counted beside it."""

from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from prometheus_client import REGISTRY

from zantara.embeddings import HashEmbedder
from zantara.errors import Invalid, Unavailable
from zantara.events import Embedding, GoldenLookup

PARAPHRASE = "overstay fine each day how much"


class CountingEmbedder(HashEmbedder):
    """Remembers which single texts were embedded."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    async def embed_one(self, text: str) -> Any:
        self.asked.append(text)
        return await super().embed_one(text)


@pytest.fixture
async def counting(make: Any) -> Any:
    golden = make.golden(embedder=CountingEmbedder())
    await golden.taken(make.row())
    await golden.refresh.read()
    return golden


def counted(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(f"zantara_golden_{name}_total", labels) or 0.0


@pytest.mark.parametrize(
    ("query", "language", "words"),
    [
        ("How much is the OVERSTAY fine,  per day?!", "en", "Overstaying costs"),
        ("quanto costa la multa per overstay al giorno", "it", "La permanenza"),
        ("Berapa denda overstay per hari", "id", "Tinggal melebihi"),
    ],
)
async def test_an_exact_text_hits_in_its_language_without_a_vector(
    counting: Any, query: str, language: str, words: str
) -> None:
    found = await counting.asked(query, language)
    assert (found.hit, found.match_type, found.language, found.similarity) == (True, "exact", language, 1.0)
    assert found.answer.startswith(words)
    assert [source.id for source in found.sources] == ["visa-11-overstay"]
    assert counting.embedder.asked == []


async def test_a_paraphrase_is_embedded_here_where_no_vector_is_carried(counting: Any) -> None:
    found = await counting.asked(PARAPHRASE, "en")
    assert (found.hit, found.match_type, found.cluster_id) == (True, "semantic", "overstay-fine")
    assert 0.5 < found.similarity < 1
    assert counting.embedder.asked == [PARAPHRASE]


async def test_a_carried_vector_of_this_model_is_used_and_one_of_another_is_not(counting: Any) -> None:
    vector = (await HashEmbedder().embed_one(PARAPHRASE) * 1.5).tolist()
    found = await counting.asked(PARAPHRASE, "en", embedding=Embedding(model="hash", vector=vector))
    assert (found.hit, counting.embedder.asked) == (True, [])
    assert found.similarity == (await counting.asked(PARAPHRASE, "en")).similarity
    found = await counting.asked(PARAPHRASE, "en", embedding=Embedding(model="another", vector=[0.1] * 7))
    assert (found.hit, counting.embedder.asked) == (True, [PARAPHRASE] * 2)


@pytest.mark.parametrize("vector", [[1.0, 0.0], [0.0] * 384, [float("nan")] * 384, [9.0] * 384, []])
async def test_a_carried_vector_that_is_no_unit_vector_is_invalid(stocked: Any, vector: list[float]) -> None:
    with pytest.raises(Invalid, match="embedding: not a unit vector of 384 numbers"):
        await stocked.asked(PARAPHRASE, "en", embedding=Embedding(model="hash", vector=vector))


@pytest.mark.parametrize(
    ("query", "language", "reason"),
    [
        ("", "en", "empty"),
        (" \n\t", "en", "empty"),
        ("?!", "en", "empty"),
        ("🙂", "en", "empty"),
        ("overstay fine " * 200, "en", "too_long"),
        ("overstay fine " * 25, "en", "too_long"),
        ("what is the fine for overstay in Thailand", "en", "country"),
        ("overstay fine in 2019", "en", "year"),
        ("fine for overstay, and my case?", "en", "personal"),
        ("how do I appeal an overstay ban", "en", "subject"),
        (PARAPHRASE, "mixed", "language"),
        (PARAPHRASE, "fr", "language"),
    ],
)
async def test_what_must_not_hit_misses_with_its_reason(stocked: Any, query: str, language: str, reason: str) -> None:
    before = counted("rejects", reason=reason), counted("lookups", result="miss")
    found = await stocked.asked(query, language)
    assert (found.hit, found.answer, found.cluster_id, found.reason) == (False, None, None, reason)
    assert (counted("rejects", reason=reason), counted("lookups", result="miss")) == (before[0] + 1, before[1] + 1)


async def test_the_conversation_decides_where_the_message_is_unsure(stocked: Any) -> None:
    found = await stocked.asked(PARAPHRASE, "mixed", context={"language": "id"})
    assert (found.hit, found.language) == (True, "id")
    assert found.answer.startswith("Tinggal melebihi")


async def test_a_language_that_has_no_rendering_is_never_answered_in_another(golden: Any, make: Any) -> None:
    await golden.propose(make.proposal(), golden.meta())
    await golden.refresh.read()
    assert (await golden.asked("how much is the overstay fine", "en")).hit
    for language in ("it", "id"):
        found = await golden.asked("how much is the overstay fine", language)
        assert (found.hit, found.reason) == (False, "language")


async def test_before_the_stock_is_read_nothing_is_claimed(make: Any) -> None:
    golden = make.golden()
    with pytest.raises(Unavailable):
        await golden.asked("anything", "en")
    with pytest.raises(Unavailable):
        await golden.stock.ping_loaded()


async def test_an_empty_stock_misses_and_says_so_on_the_health_page(golden: Any) -> None:
    assert (await golden.asked("how much is the overstay fine", "en")).reason == "no_candidate"
    assert await golden.stock.ping_loaded() == {"stock_version": 0}
    with pytest.raises(Unavailable, match="no approved golden answers"):
        await golden.stock.ping_answers()


async def test_the_health_page_tells_what_is_held(stocked: Any) -> None:
    assert await stocked.stock.ping_answers() == {
        "answers": 2,
        "phrasings": 12,
        "model": "hash",
        "stock_version": 2,
    }


async def test_an_expired_answer_is_not_served_even_before_the_next_reading(stocked: Any, make: Any) -> None:
    stocked.clock.advance(timedelta(days=121).total_seconds())
    assert (await stocked.asked("berapa denda overstay per hari", "id")).hit
    stocked.clock.advance(timedelta(days=2).total_seconds())
    found = await stocked.asked("berapa denda overstay per hari", "id")
    assert (found.hit, found.reason) == (False, "stale")
    await stocked.refresh.read()
    with pytest.raises(Unavailable, match="no approved golden answers"):
        await stocked.stock.ping_answers()
    assert (await stocked.asked("berapa denda overstay per hari", "id")).reason == "stale"


async def test_uses_are_counted_beside_the_lookup_and_written_together(stocked: Any) -> None:
    for _ in range(3):
        await stocked.asked("berapa denda overstay per hari", "id")
    await stocked.asked("what about thailand", "en")
    assert (await stocked.store.answer("overstay-fine")).usage_count == 0
    await stocked.usage.flush()
    answer = await stocked.store.answer("overstay-fine")
    assert (answer.usage_count, answer.last_used_at) == (3, stocked.clock.now())
    await stocked.usage.flush()
    assert (await stocked.store.answer("overstay-fine")).usage_count == 3


async def test_over_the_bus_a_lookup_is_answered(stocked: Any) -> None:
    async with stocked.serving():
        router = stocked.bus.for_service("chat-router")
        found = await router.request(GoldenLookup(query="denda overstay tiap hari berapa", language="id"), timeout_s=1)
        assert (found.hit, found.match_type, found.reason) == (True, "exact", "")


async def test_vectors_of_another_model_are_replaced_when_read(stocked: Any, make: Any) -> None:
    """A replica with another model reads the same stock: it embeds, keeps, and finds as before."""
    changed = make.golden(embedder=HashEmbedder("hash-2"))
    changed.store = stocked.store
    changed.refresh = type(changed.refresh)(
        changed.stock, stocked.store, changed.embedder, changed.clock, catch_up_s=10
    )
    await changed.refresh.read()
    assert changed.stock.snapshot.scope.embedding_model == "hash-2"
    assert (await changed.asked(PARAPHRASE, "en")).hit
    kept = await stocked.store.since(-1, "hash-2")
    assert all(set(each.vectors) >= {text for text, _ in each.entry.phrasings()} for each in kept)
    assert np.allclose([np.linalg.norm(v) for each in kept for v in each.vectors.values()], 1.0)
