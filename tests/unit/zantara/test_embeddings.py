"""Embedders: shapes, unit length, order, remembering, and refusals in words."""

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from zantara.embeddings import DIMENSION, OFFLINE_MODEL, FastEmbedder, HashEmbedder, carried_vector, open_embedder
from zantara.errors import Invalid, StartError
from zantara.events import Embedding


class CountingEngine:
    """Stands for fastembed: vectors from the text's letters, remembers what it was asked and on which thread."""

    embedding_size = DIMENSION

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.threads: set[str] = set()

    def embed(self, texts: list[str], batch_size: int) -> Iterator[np.ndarray]:
        assert batch_size == 1
        self.threads.add(threading.current_thread().name)
        for text in texts:
            self.asked.append(text)
            vector = np.full(DIMENSION, 0.5)
            vector[len(text) % DIMENSION] = 9.0
            yield vector


@pytest.fixture
def engine() -> CountingEngine:
    return CountingEngine()


@pytest.fixture
def embedder(engine: CountingEngine) -> Iterator[FastEmbedder]:
    made = FastEmbedder("counting", lambda: engine, remembered=2)
    yield made
    made.close()


async def test_vectors_are_unit_float32_in_order(embedder: FastEmbedder) -> None:
    texts = ["a" * n for n in range(1, 21)]
    vectors = await embedder.embed(texts)
    assert vectors.shape == (20, DIMENSION)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-6)
    assert vectors.argmax(axis=1).tolist() == list(range(1, 21))


async def test_no_texts_give_no_rows(embedder: FastEmbedder) -> None:
    assert (await embedder.embed([])).shape == (0, DIMENSION)


async def test_the_model_runs_off_the_event_loop(embedder: FastEmbedder, engine: CountingEngine) -> None:
    await embedder.embed(["x"])
    await embedder.embed_one("y")
    assert engine.threads
    assert threading.current_thread().name not in engine.threads


async def test_repeats_are_remembered_and_the_oldest_forgotten(embedder: FastEmbedder, engine: CountingEngine) -> None:
    first = await embedder.embed_one("one")
    assert (await embedder.embed_one("one")) is first
    await embedder.embed_one("two")
    await embedder.embed_one("one")
    await embedder.embed_one("three")
    await embedder.embed_one("one")
    await embedder.embed_one("two")
    assert engine.asked == ["one", "two", "three", "two"]


async def test_a_remembered_vector_cannot_be_changed(embedder: FastEmbedder) -> None:
    vector = await embedder.embed_one("one")
    with pytest.raises(ValueError, match="read-only"):
        vector[0] = 0.0


async def test_hash_embedder_is_deterministic_and_knows_shared_words() -> None:
    embedder = HashEmbedder()
    near, far, query = await embedder.embed(
        ["requirements for the investor KITAS", "good morning Bali", "investor kitas requirements?"]
    )
    assert np.array_equal(query, await HashEmbedder().embed_one("investor kitas requirements?"))
    assert query @ near > 0.6 > 0.3 > abs(query @ far)


@pytest.mark.parametrize("text", ["", "?!", "🙂", "a", "x" * 9000])
async def test_hash_embedder_takes_anything(text: str) -> None:
    vector = await HashEmbedder().embed_one(text)
    assert vector.shape == (DIMENSION,)
    assert float(np.linalg.norm(vector)) == pytest.approx(1.0, abs=1e-5)


def test_a_missing_offline_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="no embedding model"):
        open_embedder(OFFLINE_MODEL, tmp_path)


def test_an_unknown_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(StartError, match=r"EMBEDDING_MODEL nobody/knows-this cannot be loaded"):
        open_embedder("nobody/knows-this", tmp_path)


def test_the_hash_model_opens_by_name(tmp_path: Path) -> None:
    assert open_embedder("hash", tmp_path).dimension == DIMENSION


async def test_a_carried_vector_of_this_model_is_taken_at_unit_length() -> None:
    own = await HashEmbedder().embed_one("investor kitas requirements")
    carried = carried_vector(Embedding(model="hash", vector=(own * 1.5).tolist()), HashEmbedder())
    assert carried is not None
    assert carried.dtype == np.float32
    assert np.allclose(carried, own, atol=1e-6)


@pytest.mark.parametrize("carried", [None, Embedding(model="another", vector=[0.1] * 7)])
def test_none_or_one_of_another_model_is_none(carried: Embedding | None) -> None:
    assert carried_vector(carried, HashEmbedder()) is None


@pytest.mark.parametrize(
    "vector", [[], [1.0], [1.0] * 385, [0.0] * 384, [9.0] * 384, [float("nan")] * 384, [float("inf")] * 384]
)
def test_a_carried_vector_that_is_no_unit_vector_is_invalid(vector: list[float]) -> None:
    with pytest.raises(Invalid, match="embedding: not a unit vector of 384 numbers"):
        carried_vector(Embedding(model="hash", vector=vector), HashEmbedder())
