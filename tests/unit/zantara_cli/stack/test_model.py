"""The offline model: the float graph is the published model, the int8 file is near it, the build is idempotent."""

import asyncio
from pathlib import Path

import numpy as np
import pytest

from zantara.embeddings import OFFLINE_MODEL, open_embedder
from zantara_cli.stack import model as built

# Sentences and cosines printed in the sentence-transformers documentation for all-MiniLM-L6-v2.
PUBLISHED = ("The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium.")
COSINES = np.array([[1.0, 0.6660, 0.1046], [0.6660, 1.0, 0.1411], [0.1046, 0.1411, 1.0]])

QUERIES = (
    "What are the requirements for an investor KITAS?",
    "berapa lama proses perpanjangan visa ya kak",
    "Quanto costa aprire una PT PMA a Bali?",
    "KITAS?",
    "I feel lost and I don't know who to ask. " * 12,
)


@pytest.fixture(scope="module")
def model_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    built.ensure_model(folder, lambda _: None)
    return folder


@pytest.fixture(scope="module")
def float_vectors(model_dir: Path):
    """Embed with the float32 graph, the pooling spelt out."""
    import onnxruntime
    from tokenizers import Tokenizer

    weights = built.read_safetensors(built._source() / "model.safetensors")
    graph = built.bert_model(weights, int8_table=False)
    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(model_dir / OFFLINE_MODEL / "tokenizer.json"))
    tokenizer.enable_truncation(built.MAX_TOKENS)
    tokenizer.enable_padding(length=None)

    def embed(texts):
        encoded = tokenizer.encode_batch(list(texts))
        ids = np.array([e.ids for e in encoded])
        mask = np.array([e.attention_mask for e in encoded])
        fed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = session.run(["last_hidden_state"], fed)[0]
        pooled = (hidden * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return pooled / np.linalg.norm(pooled, axis=1, keepdims=True)

    return embed


def embed_int8(model_dir: Path, texts) -> np.ndarray:
    embedder = open_embedder(OFFLINE_MODEL, model_dir)
    try:
        return asyncio.run(embedder.embed(texts))
    finally:
        embedder.close()


def test_float_graph_gives_the_published_cosines(float_vectors) -> None:
    vectors = float_vectors(PUBLISHED)
    assert np.abs(vectors @ vectors.T - COSINES).max() < 1e-4


def test_padding_does_not_change_a_vector(float_vectors) -> None:
    together = float_vectors(QUERIES)
    alone = np.concatenate([float_vectors([query]) for query in QUERIES])
    assert np.abs(together - alone).max() < 1e-5


def test_int8_model_stays_near_the_float_graph(model_dir: Path, float_vectors) -> None:
    cosines = (embed_int8(model_dir, QUERIES) * float_vectors(QUERIES)).sum(axis=1)
    assert cosines.min() > 0.98


def test_layout_and_size(model_dir: Path) -> None:
    folder = model_dir / OFFLINE_MODEL
    names = {path.name for path in folder.iterdir()}
    assert names == {
        "model.onnx", "tokenizer.json", "tokenizer_config.json", "config.json", "special_tokens_map.json", "version",
    }  # fmt: skip
    assert (folder / "model.onnx").stat().st_size < 25_000_000
    assert [path.name for path in model_dir.iterdir()] == [OFFLINE_MODEL]


def test_second_call_builds_nothing(model_dir: Path) -> None:
    told: list[str] = []
    before = (model_dir / OFFLINE_MODEL / "model.onnx").stat().st_mtime_ns
    assert built.ensure_model(model_dir, told.append) == model_dir / OFFLINE_MODEL
    assert told == []
    assert (model_dir / OFFLINE_MODEL / "model.onnx").stat().st_mtime_ns == before


def test_a_stale_or_torn_build_is_replaced(tmp_path: Path) -> None:
    stale = tmp_path / OFFLINE_MODEL
    stale.mkdir()
    (stale / "version").write_text("0", "utf-8")
    (stale / "leftover").write_text("", "utf-8")
    told: list[str] = []
    built.ensure_model(tmp_path, told.append)
    assert (stale / "version").read_text("utf-8") == built.STAMP
    assert not (stale / "leftover").exists()
    assert told[-1] == "embedding model ready"
    assert [path.name for path in tmp_path.iterdir()] == [OFFLINE_MODEL]
