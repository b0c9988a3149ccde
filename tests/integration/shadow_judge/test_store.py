"""Pairs on the real PostgreSQL and on disk: once each, with the request exactly as Claude got it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from conftest import TestDatabase

from shadow_judge.domain import Comparison
from shadow_judge.store import ComparisonStore, DayFile
from zantara.errors import NotFound, Unavailable
from zantara.llm import Message, ModelRequest, SystemBlock

pytestmark = pytest.mark.integration

REQUEST = ModelRequest(
    system=(SystemBlock(text="rules", cache=True),), messages=(Message(role="user", content="è vero?"),), max_tokens=10
)
PAIR = Comparison(
    comparison_id="x1", turn_id="t1", compared_at=datetime(2026, 11, 20, 8, tzinfo=UTC), segment="casual:it",
    baseline="claude-haiku", baseline_model="m", prompt_hash="h", success=True, failure="", llama_model="l",
    llama_latency_ms=700, llama_ttft_ms=None, llama_input_tokens=1, llama_output_tokens=2, baseline_latency_ms=900,
    baseline_cost_usd=0.1, length_ratio=1.0, similarity=0.5, language_match=True, simulated=True,
)  # fmt: skip


@pytest.fixture
async def store(fresh_database: TestDatabase) -> ComparisonStore:
    database = fresh_database.database
    await database.run("INSERT INTO conversations (id) VALUES ('c1')")
    await database.run(
        "INSERT INTO turns (id, conversation_id, position, question, answer, language, category, ai_used, model,"
        " route, latency_ms, prompt, usage) "
        "VALUES ('t1', 'c1', 1, 'q', 'a', 'it', 'casual', 'claude-haiku', 'm', 'r', 900, $1, $2)",
        msgspec.to_builtins(REQUEST),
        {"cost_usd": 0.002},
    )
    return ComparisonStore(database)


async def test_the_snapshot_holds_the_very_request(store: ComparisonStore) -> None:
    snapshot = await store.snapshot("t1")
    assert msgspec.convert(snapshot.prompt, ModelRequest) == REQUEST
    assert (snapshot.answer, snapshot.cost_usd) == ("a", 0.002)
    with pytest.raises(NotFound):
        await store.snapshot("t2")


async def test_a_pair_is_kept_once_and_found_again(store: ComparisonStore, fresh_database: TestDatabase) -> None:
    await store.keep(PAIR, "LLAMA's words")
    await store.keep(msgspec.structs.replace(PAIR, success=False), "other words")
    assert await store.find("x1") == PAIR
    assert await store.find("x2") is None
    assert await fresh_database.database.value("SELECT llama_answer FROM shadow_comparisons") == "LLAMA's words"


async def test_a_line_a_pair_in_the_file_of_its_day(tmp_path: Path) -> None:
    lines = DayFile(tmp_path / "shadow")
    await lines.append(PAIR)
    await lines.append(PAIR, check=True)
    await lines.append(msgspec.structs.replace(PAIR, comparison_id="x2"), check=True)
    file = tmp_path / "shadow" / "shadow_comparison_2026-11-20.jsonl"
    assert [json.loads(line)["comparison_id"] for line in file.read_text().splitlines()] == ["x1", "x2"]


async def test_a_line_that_was_cut_by_a_crash_does_not_swallow_the_next(tmp_path: Path) -> None:
    file = tmp_path / "shadow_comparison_2026-11-20.jsonl"
    file.write_text('{"comparison_id": "x0", "trunc')
    await DayFile(tmp_path).append(PAIR, check=True)
    assert json.loads(file.read_text().splitlines()[-1])["comparison_id"] == "x1"


async def test_a_disk_that_refuses_is_unavailable(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(Unavailable):
        await DayFile(blocked / "shadow").append(PAIR)
