"""Sentence embeddings: float32 of unit length; a text's vector never depends on its neighbours in a batch.

`FastEmbedder` runs an ONNX model on a thread of its own; `HashEmbedder` is the deterministic twin for tests.
"""

import asyncio
import os
import zlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from zantara.errors import Invalid, StartError
from zantara.events import Embedding
from zantara.text.normal import tokens

if TYPE_CHECKING:
    from fastembed import TextEmbedding

OFFLINE_MODEL = "all-MiniLM-L6-v2-int8"
"""The model built from an installed wheel; any other name is fastembed's."""

HASH_MODEL = "hash"
DIMENSION = 384

_CHUNK = 8
_REMEMBERED = 2048

Vector = npt.NDArray[np.float32]


class Embedder(Protocol):
    """Turns text into vectors; `model` is the tag that travels with them."""

    @property
    def model(self) -> str:
        """Name of the model: vectors of two models are never compared."""
        ...

    @property
    def dimension(self) -> int:
        """Length of each vector."""
        ...

    async def embed(self, texts: Sequence[str]) -> Vector:
        """Vectors (n, dimension) of the texts, in their order."""
        ...

    async def embed_one(self, text: str) -> Vector:
        """The vector (dimension,) of one text, read-only."""
        ...

    def close(self) -> None:
        """Give back what the model holds; no call may follow."""
        ...


class FastEmbedder:
    """A fastembed model on its own thread: the event loop never waits, long jobs let single queries pass.

    Each text is run alone: int8 activations are scaled per run, so a batch would colour its members.
    """

    def __init__(self, model: str, load: Callable[[], "TextEmbedding"], *, remembered: int = _REMEMBERED) -> None:
        self.model = model
        self.dimension = DIMENSION
        self._load = load
        self._engine: TextEmbedding | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="embed")
        self._remembered = remembered
        self._recent: OrderedDict[str, Vector] = OrderedDict()

    def load(self) -> None:
        """Load the engine now, in this thread; raises StartError in words."""
        engine = self._load()
        if engine.embedding_size != DIMENSION:
            raise StartError(f"EMBEDDING_MODEL {self.model} has {engine.embedding_size} dimensions, not {DIMENSION}")
        self._engine = engine

    async def embed(self, texts: Sequence[str]) -> Vector:
        """Vectors (n, dimension) of the texts, a few at a time; repeats are not remembered."""
        parts = [await self._run(list(texts[start : start + _CHUNK])) for start in range(0, len(texts), _CHUNK)]
        return np.concatenate(parts) if parts else np.empty((0, self.dimension), dtype=np.float32)

    async def embed_one(self, text: str) -> Vector:
        """The vector (dimension,) of one text; the last few thousand are remembered."""
        known = self._recent.get(text)
        if known is not None:
            self._recent.move_to_end(text)
            return known
        vector: Vector = (await self._run([text]))[0]
        vector.setflags(write=False)
        self._recent[text] = vector
        if len(self._recent) > self._remembered:
            self._recent.popitem(last=False)
        return vector

    def close(self) -> None:
        """Stop the thread after the call in hand."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    async def _run(self, texts: list[str]) -> Vector:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._embed_now, texts)

    def _embed_now(self, texts: list[str]) -> Vector:
        if self._engine is None:
            self.load()
        assert self._engine is not None  # noqa: S101 - load sets it or raises
        vectors = np.stack(list(self._engine.embed(texts, batch_size=1))).astype(np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


class HashEmbedder:
    """Signed hashing of words and their trigrams: texts that share words are near, nothing is learnt."""

    def __init__(self, model: str = HASH_MODEL, dimension: int = DIMENSION) -> None:
        self.model = model
        self.dimension = dimension

    async def embed(self, texts: Sequence[str]) -> Vector:
        """Vectors (n, dimension) of the texts."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        return np.stack([self._vector(text) for text in texts])

    async def embed_one(self, text: str) -> Vector:
        """The vector (dimension,) of one text."""
        vector = self._vector(text)
        vector.setflags(write=False)
        return vector

    def close(self) -> None:
        """Nothing to give back."""

    def _vector(self, text: str) -> Vector:
        vector = np.zeros(self.dimension, dtype=np.float32)
        for word in tokens(text) or [""]:
            self._add(vector, f"={word}", 1.0)
            bordered = f"_{word}_"
            for start in range(len(bordered) - 2):
                self._add(vector, bordered[start : start + 3], 0.4)
        length = float(np.linalg.norm(vector))
        if length < 1e-6:
            vector[0], length = 1.0, 1.0
        return np.asarray(vector / length, dtype=np.float32)

    def _add(self, vector: Vector, feature: str, weight: float) -> None:
        code = zlib.crc32(feature.encode())
        vector[code % self.dimension] += weight if (code >> 16) & 1 else -weight


def carried_vector(carried: Embedding | None, embedder: Embedder) -> Vector | None:
    """The vector that a request carries, of unit length again; None where it carries none of this model.

    Raises Invalid where it is no unit vector of the model that it names.
    """
    if carried is None or carried.model != embedder.model:
        return None
    vector = np.asarray(carried.vector, dtype=np.float32)
    length = float(np.linalg.norm(vector)) if vector.shape == (embedder.dimension,) else 0.0
    if not 0.5 < length < 2.0:
        raise Invalid(f"embedding: not a unit vector of {embedder.dimension} numbers")
    return np.asarray(vector / np.float32(length), dtype=np.float32)


def open_embedder(model_name: str, model_dir: Path, *, late: bool = False) -> Embedder:
    """The named model, loaded; `late` loads it with the first text instead. Raises StartError in words.

    Loading takes some tenths of a second and 50 MB, so once, at start, where every message needs it.
    """
    if model_name == HASH_MODEL:
        return HashEmbedder()
    offline = model_name == OFFLINE_MODEL
    if offline and not (model_dir / OFFLINE_MODEL / "model.onnx").is_file():
        raise StartError(f"no embedding model in {model_dir}: `zantara up` builds it, or set ZANTARA_MODEL_DIR")
    load = partial(_offline_engine, model_dir) if offline else partial(_named_engine, model_name, model_dir)
    embedder = FastEmbedder(model_name, load)
    if not late:
        embedder.load()
    return embedder


def no_telemetry() -> None:
    """Keep onnxruntime from reporting to its maker and writing a device id; call before it is first imported."""
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")


def _offline_engine(model_dir: Path) -> "TextEmbedding":
    no_telemetry()
    from fastembed import TextEmbedding

    folder = model_dir / OFFLINE_MODEL
    _register_offline()
    return TextEmbedding(
        OFFLINE_MODEL, cache_dir=str(model_dir), specific_model_path=str(folder), threads=1, cuda=False
    )


def _named_engine(model_name: str, model_dir: Path) -> "TextEmbedding":
    no_telemetry()
    from fastembed import TextEmbedding

    try:
        return TextEmbedding(model_name, cache_dir=str(model_dir), threads=1, cuda=False)
    except ValueError as error:
        raise StartError(f"EMBEDDING_MODEL {model_name} cannot be loaded: {error}") from error


@cache
def _register_offline() -> None:
    """Tell fastembed's process-wide list about the offline model, once."""
    from fastembed import TextEmbedding
    from fastembed.common.model_description import ModelSource, PoolingType

    TextEmbedding.add_custom_model(
        model=OFFLINE_MODEL,
        pooling=PoolingType.MEAN,
        normalization=True,
        sources=ModelSource(hf="sentence-transformers/all-MiniLM-L6-v2"),
        dim=DIMENSION,
        model_file="model.onnx",
    )
