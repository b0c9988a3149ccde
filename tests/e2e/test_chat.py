"""A chat, end to end: in three languages, from stock, from documents, streamed, remembered within the conversation."""

import asyncio

import pytest
from conftest import eventually
from system import System

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(240)]

CANONICAL = {
    "en": "What are the requirements for an investor KITAS (E28A)?",
    "it": "Quali sono i requisiti per il KITAS investitore (E28A)?",
    "id": "Apa saja syarat KITAS investor (E28A)?",
}


@pytest.mark.parametrize("language", ["en", "it", "id"])
async def test_a_prepared_answer_is_given_in_the_language_of_the_question(system: System, language: str) -> None:
    reply = await system.chat(CANONICAL[language])
    assert (reply["ai_used"], reply["cached"], reply["match_type"]) == ("golden", True, "exact")
    assert reply["language"] == language
    assert "E28A" in reply["response"]
    assert reply["sources"]
    assert len(reply["sources"]) <= 3
    assert reply["degraded"] == []


async def test_a_question_without_a_prepared_answer_is_answered_from_documents(system: System) -> None:
    reply = await system.chat("Which documents does a Balinese landlord want from me before I sign a long lease?")
    assert reply["ai_used"] in ("claude-haiku", "claude-sonnet")
    assert reply["cached"] is False
    assert reply["simulated"] is True
    assert reply["model"].startswith("simulated-")
    assert reply["sources"]
    assert reply["usage"]["input_tokens"] > 0


async def test_a_stream_is_meta_deltas_done_and_says_the_same_as_its_end(system: System) -> None:
    events = await system.stream("How should I behave at a Balinese ceremony as a guest?")
    names = [name for name, _ in events]
    assert names[0] == "meta"
    assert names[-1] == "done"
    assert set(names[1:-1]) == {"delta"}
    text = "".join(data["text"] for name, data in events if name == "delta")
    assert text == events[-1][1]["response"]
    assert events[0][1]["simulated"] is True
    assert events[0][1]["id"] == events[-1][1]["id"]


async def test_the_next_turn_knows_the_previous_one(system: System) -> None:
    first = await system.chat("I want to open a small bakery in Ubud with my sister")
    again = await system.chat("What did I just tell you?", conversation_id=first["conversation_id"])
    assert "bakery" in again["response"].lower()
    assert again["cached"] is False
    shown = await system.get(f"/v1/conversations/{first['conversation_id']}")
    assert [turn["role"] for turn in shown["turns"]] == ["user", "assistant", "user", "assistant"]


async def test_a_turn_is_on_record_with_its_event_published(system: System) -> None:
    reply = await system.chat("How long does an NPWP take?", user_id="record-user")

    async def published() -> list[dict[str, object]]:
        return await system.rows(
            "SELECT type FROM chat_router_outbox WHERE id = $1 AND published_at IS NOT NULL", reply["id"]
        )

    assert (await eventually(published))[0]["type"] == "chat.completed.v1"
    (turn,) = await system.rows("SELECT question, answer, language, degraded FROM turns WHERE id = $1", reply["id"])
    assert turn["answer"] == reply["response"]


async def test_feedback_is_kept_and_told(system: System) -> None:
    reply = await system.chat(CANONICAL["en"])
    status, kept = await system.post("/v1/feedback", {"turn_id": reply["id"], "rating": 4, "comment": "clear"})
    assert status == 201
    (row,) = await system.rows("SELECT rating FROM feedback WHERE id = $1", kept["id"])
    assert row["rating"] == 4
    (event,) = await system.rows("SELECT body FROM chat_router_outbox WHERE id = $1", kept["id"])
    assert reply["cluster_id"] in event["body"]


async def test_another_ones_conversation_is_not_found(system: System) -> None:
    mine = await system.chat("Hello there", user_id="owner-1")
    status, problem = await system.post(
        "/v1/chat", {"message": "And now?", "user_id": "owner-2", "conversation_id": mine["conversation_id"]}
    )
    assert status == 404
    assert problem["type"] == "urn:zantara:problem:not-found"


async def test_many_at_once_are_all_answered_and_recorded(system: System) -> None:
    replies = await asyncio.gather(*(system.chat(CANONICAL["it"], conversation_id=f"crowd-{n}") for n in range(40)))
    assert {reply["ai_used"] for reply in replies} <= {"golden", "claude-haiku", "claude-sonnet"}
    (row,) = await system.rows("SELECT count(*) AS n FROM turns WHERE conversation_id LIKE 'crowd-%'")
    assert row["n"] == 40


async def test_what_is_simulated_is_marked_everywhere(system: System) -> None:
    ready = await system.get("/readyz")
    assert ready["parts"]["claude"]["simulated"] is True
    models = await system.get("/v1/models")
    assert all(model["simulated"] for model in models["data"])
    assert (await system.get("/readyz", base=system.simulator))["simulated"] is True
