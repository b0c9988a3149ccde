"""Cultural notes: four from the first migration, all after the import; given where they apply, counted behind it."""

from typing import Any

import pytest
from conftest import TestDatabase, eventually

from zantara.events import CulturalLookup, CulturalReply, ImportCulture, ImportPrices

pytestmark = pytest.mark.integration

FIRST_FOUR = ["indonesian_greetings", "bureaucracy_patience", "face_saving_culture", "tri_hita_karana"]


async def looked_up(operator: Any, message: str, **known: Any) -> CulturalReply:
    reply: CulturalReply = await operator.bus.request(CulturalLookup(message=message, **known), timeout_s=5)
    return reply


async def test_four_topics_are_there_after_the_first_migration(
    rag: Any, operator: Any, read_shipped: Any, fresh_database: TestDatabase
) -> None:
    database = fresh_database.database
    rows = await database.rows("SELECT topic, content FROM cultural_knowledge ORDER BY id")
    assert [row["topic"] for row in rows] == FIRST_FOUR
    shipped = {row["topic"]: row["content"] for row in read_shipped("culture/topics.jsonl")}
    assert all(shipped[row["topic"]] == row["content"] for row in rows)
    async with rag.serving():
        reply = await looked_up(operator, "aku malu nanya terus", category="emotional", language="id")
        assert [chunk.topic for chunk in reply.chunks] == ["face_saving_culture"]

        async def embedded() -> bool:
            missing = await database.value("SELECT count(*) FROM cultural_knowledge WHERE embedding IS NULL")
            return bool(missing == 0)

        await eventually(embedded)


async def test_notes_apply_in_three_languages_or_not_at_all(rag: Any, operator: Any, read_shipped: Any) -> None:
    async with rag.serving() as here:
        assert (await operator.take_culture()).changed == 6 + 120

        async def has_all() -> bool:
            part = await here.part("culture")
            return (part.get("topics"), part.get("insights")) == (10, 120)

        await eventually(has_all)
        for message, language, topic in (
            ("il mio socio risponde sempre nanti ya, vuol dire sì?", "it", "flexibility_expectations"),
            ("boleh gak menunjuk pakai jari ke pelinggih", "id", "tri_hita_karana"),
            ("can I serve food at a meeting during Ramadan", "en", "ramadan_business"),
        ):
            reply = await looked_up(operator, message, category="cultural", language=language, stage="ongoing")
            assert topic in {chunk.topic for chunk in reply.chunks}, message
            assert 1 <= len(reply.chunks) <= 3
            assert all(0 < chunk.score <= 1 for chunk in reply.chunks)
        insight = (await looked_up(operator, "katanya masih proses", category="emotional", language="id")).chunks
        assert {"chunk", "insight"} == {chunk.kind for chunk in insight}
        for message in ("How much is the E33G visa?", "Qual è l'aliquota IVA?", "Berapa modal minimal PT PMA?"):
            assert (await looked_up(operator, message, category="business_simple")).chunks == ()
        assert (await looked_up(operator, "halo", category="greeting", stage="first_contact", limit=1)).chunks
        assert (await operator.take_culture()).changed == 0


async def test_a_changed_topic_is_its_next_version_and_the_old_one_stays(
    rag: Any, operator: Any, read_shipped: Any, fresh_database: TestDatabase
) -> None:
    row = read_shipped("culture/topics.jsonl")[3]
    async with rag.serving():
        changed = {**row, "content": row["content"] + " Ask before you take a photograph."}
        reply = await operator.bus.request(ImportCulture(topics=(changed,)), timeout_s=10)
        assert (reply.changed, reply.faults) == (1, ())

        async def given() -> bool:
            chunks = (await looked_up(operator, "what is tri hita karana", category="cultural")).chunks
            return bool(chunks) and chunks[0].content.endswith("photograph.")

        await eventually(given)
    rows = await fresh_database.database.rows(
        "SELECT version, status FROM cultural_knowledge WHERE topic = $1 ORDER BY version", row["topic"]
    )
    assert [(each["version"], each["status"]) for each in rows] == [(1, "retired"), (2, "active")]


async def test_uses_are_counted_behind_the_reply(rag: Any, operator: Any, fresh_database: TestDatabase) -> None:
    sql = "SELECT usage_count, tone, last_used_date, age_days FROM cultural_knowledge_usage WHERE topic = $1"
    async with rag.serving():
        for _ in range(3):
            await looked_up(operator, "om swastiastu", category="greeting", stage="first_contact")

        async def counted() -> Any:
            row = await fresh_database.database.row(sql, "indonesian_greetings")
            return row if row and row["usage_count"] == 3 else None

        row = await eventually(counted)
    assert row["tone"] == "warm, light, unhurried"
    assert row["last_used_date"] is not None
    assert row["age_days"] == 0


async def test_uses_counted_since_the_last_flush_are_written_at_the_end(
    rag: Any, operator: Any, fresh_database: TestDatabase
) -> None:
    async with rag.serving(CULTURAL_RAG_FLUSH_S="3600"):
        await looked_up(operator, "om swastiastu", category="greeting", stage="first_contact")
    total = await fresh_database.database.value("SELECT sum(usage_count) FROM cultural_knowledge")
    assert total == 1


async def test_bad_rows_are_named_and_the_good_ones_taken(
    rag: Any, operator: Any, read_shipped: Any, fresh_database: TestDatabase
) -> None:
    topic, insight = read_shipped("culture/topics.jsonl")[4], read_shipped("culture/insights.jsonl")[0]
    price = read_shipped("prices/table.jsonl")[0]
    async with rag.serving():
        culture = await operator.bus.request(
            ImportCulture(
                topics=(topic, {**topic, "topic": "Bad Name"}, {**topic, "when_to_use": []}),
                insights=(
                    insight,
                    insight,
                    {**insight, "id": "x1", "signal": "a\x00b"},
                    {"id": "x2", "smell": "sweet"},
                ),
            ),
            timeout_s=10,
        )
        prices = await operator.bus.request(
            ImportPrices(rows=(price, {**price, "key": "k2", "value": None}, {**price, "key": "k3", "kind": "gift"})),
            timeout_s=10,
        )
    assert culture.changed == 2
    starts = ("topics[1].topic:", "topics[2].when_to_use:", "insights[1].id: ci000 given twice", "insights[2].signal:")
    assert all(any(fault.startswith(start) for fault in culture.faults) for start in starts), culture.faults
    assert "insights[3].smell: unknown field" in culture.faults
    assert "insights[3].signal: missing" in culture.faults
    assert prices.changed == 1
    assert [fault.split(":")[0] for fault in prices.faults] == ["rows[1].value", "rows[2].kind"]
    assert await fresh_database.database.value("SELECT count(*) FROM price_table") == 1
