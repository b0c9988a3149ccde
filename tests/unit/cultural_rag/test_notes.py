"""Cultural notes: evidence that can be read off, abstention, at most two topics."""

import json
from pathlib import Path
from typing import Any

import pytest

from cultural_rag.domain.cues import cues
from cultural_rag.domain.notes import (
    THRESHOLD,
    Chunk,
    Insight,
    Note,
    NoteIndex,
    Situation,
    chunk_embedding_text,
    insight_embedding_text,
    situation_text,
)
from cultural_rag.domain.terms import ask
from zantara.embeddings import HashEmbedder

SHIPPED = Path(__file__).parents[3] / "deploy" / "data" / "culture"
EMBEDDER = HashEmbedder()


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SHIPPED / name).read_text("utf-8").splitlines()]


@pytest.fixture
async def index() -> NoteIndex:
    chunks = [
        Chunk(
            id=number,
            vector=await EMBEDDER.embed_one(chunk_embedding_text(row["title"], row["content"], "en")),
            **{**row, "when_to_use": tuple(row["when_to_use"])},
        )
        for number, row in enumerate(lines("topics.jsonl"))
    ]
    insights = [
        Insight(
            vector=await EMBEDDER.embed_one(insight_embedding_text(row["signal"], row["meaning"], row["language"])),
            **row,
        )
        for row in lines("insights.jsonl")
    ]
    phrases = {phrase for chunk in chunks for phrase in chunk.when_to_use}
    situations = {phrase: await EMBEDDER.embed_one(situation_text(phrase)) for phrase in phrases}
    return NoteIndex(chunks, insights, situations, EMBEDDER.dimension)


async def notes(index: NoteIndex, message: str, language: str, limit: int = 3, **situation: str) -> list[Note]:
    query = ask(message, language)
    weighed = index.weigh(query, Situation(**situation))
    chosen = index.choose(weighed, await EMBEDDER.embed_one(query.reading), limit)
    if weighed.hopeless:
        assert chosen == []
    return chosen


@pytest.mark.parametrize(
    ("message", "language", "category", "topic"),
    [
        ("aku malu nanya terus", "id", "emotional", "face_saving_culture"),
        ("mi vergogno un po' a chiederlo", "it", "emotional", "face_saving_culture"),
        ("they keep saying masih proses", "en", "cultural", "bureaucracy_patience"),
        ("what is tri hita karana", "en", "cultural", "tri_hita_karana"),
        ("suksma!", "id", "casual", "indonesian_greetings"),
        ("my partner says nanti to everything", "en", "cultural", "flexibility_expectations"),
        ("posso pranzare davanti a chi digiuna per il Ramadan?", "it", "cultural", "ramadan_business"),
    ],
)
async def test_the_topic_that_applies(index: NoteIndex, message: str, language: str, category: str, topic: str) -> None:
    found = await notes(index, message, language, category=category, stage="ongoing")
    assert found[0].topic == topic
    assert all(THRESHOLD * 0.5 <= note.score <= 1 for note in found)
    assert len({note.topic for note in found}) <= 2


@pytest.mark.parametrize(
    ("message", "language", "category"),
    [
        ("How much is the E33G visa?", "en", "business_simple"),
        ("vorrei aprire una PT PMA con due soci", "it", "business_complex"),
        ("resep rendang dong", "id", "out_of_scope"),
        ("che bel tramonto", "it", "casual"),
        ("you charged me twice", "en", "urgent_complaint"),
        ("", "en", "casual"),
        ("🙂", "en", "casual"),
    ],
)
async def test_nothing_where_nothing_applies(index: NoteIndex, message: str, language: str, category: str) -> None:
    assert await notes(index, message, language, category=category, stage="ongoing") == []


async def test_a_hello_is_greeted_once(index: NoteIndex) -> None:
    first = await notes(index, "buonasera", "it", category="greeting", stage="first_contact")
    assert first[0].topic == "indonesian_greetings"
    assert await notes(index, "buonasera", "it", category="greeting", stage="ongoing") == []


async def test_the_category_weighs(index: NoteIndex) -> None:
    message = "scusi"
    in_feeling = index.weigh(ask(message, "it"), Situation(category="emotional")).weights["face_saving_culture"]
    in_business = index.weigh(ask(message, "it"), Situation(category="business_simple")).weights["face_saving_culture"]
    assert in_feeling > in_business


async def test_the_tone_asked_for_weighs(index: NoteIndex) -> None:
    query = ask("scusi", "it")
    gentle = index.weigh(query, Situation(tone="gentle")).weights["face_saving_culture"]
    assert gentle > index.weigh(query, Situation(tone="brisk")).weights["face_saving_culture"]


async def test_a_quoted_signal_brings_its_insight_beside_the_chunk(index: NoteIndex) -> None:
    found = await notes(index, "katanya titip uang rokok", "id", category="cultural")
    assert {note.kind for note in found} == {"chunk", "insight"}
    insight = next(note for note in found if note.kind == "insight")
    assert insight.content.startswith("“titip uang rokok”: hint of an unofficial payment. ")


async def test_the_limit_holds(index: NoteIndex) -> None:
    assert len(await notes(index, "katanya titip uang rokok", "id", limit=1, category="cultural")) == 1


async def test_no_notes_apply_where_there_are_none() -> None:
    empty = NoteIndex([], [], {}, EMBEDDER.dimension)
    weighed = empty.weigh(ask("aku malu", "id"), Situation())
    assert weighed.hopeless
    assert empty.choose(weighed, await EMBEDDER.embed_one("aku malu"), 3) == []


def test_every_shipped_topic_has_cues_of_both_strengths_or_names() -> None:
    for row in lines("topics.jsonl"):
        found = cues(row["topic"])
        assert any(not cue.hint for cue in found)
        assert all(cue.stems for cue in found)
    assert cues("nobody_knows_this") == ()
