"""Turns, history, endings and ratings on the real PostgreSQL."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from conftest import TestDatabase

from chat_router.domain.turn import Record
from chat_router.handlers import CloseConversation, EndIdle, Recorder
from chat_router.store import Spool, TurnStore
from zantara.clock import SystemClock
from zantara.db import open_database
from zantara.errors import NotFound, Unavailable
from zantara.events import ChatFeedback, Meta

pytestmark = pytest.mark.integration
CLOCK = SystemClock()


def record(turn: str = "t1", conversation: str = "c1", question: str = "ciao", user: str | None = "u1") -> Record:
    now = datetime.now(UTC).isoformat()
    row: dict[str, Any] = {
        "id": turn, "conversation_id": conversation, "question": question, "answer": f"answer to {question}",
        "status": "complete", "language": "it", "category": "greeting", "personal": False, "standalone": True,
        "ai_used": "claude-haiku", "model": "m", "simulated": True, "route": "r", "cached": False, "match_type": None,
        "cluster_id": None, "sources": [], "cultural_topics": [], "degraded": ["memory"], "usage": {},
        "latency_ms": 5.0, "ttft_ms": None, "prompt": {"messages": []}, "prompt_hash": "h", "created_at": now,
    }  # fmt: skip
    return Record(
        conversation={"id": conversation, "user_id": user, "user_hash": "x", "role": "client", "language": "it",
                      "channel": "web", "last_turn_at": now},
        turn=row,
        outbox={"id": turn, "type": "chat.completed.v1", "body": {"turn_id": turn},
                "headers": Meta.new(source="chat-router", clock=CLOCK, id=turn).headers()},
    )  # fmt: skip


@pytest.fixture
def store(fresh_database: TestDatabase) -> TurnStore:
    return TurnStore(fresh_database.database)


async def test_a_turn_is_conversation_turn_and_event_at_once(store: TurnStore, fresh_database: TestDatabase) -> None:
    await store.record(record())
    await store.record(record("t2", question="e poi?"))
    history = await store.history("c1", 8)
    assert [message.content for message in history.messages] == ["ciao", "answer to ciao", "e poi?", "answer to e poi?"]
    assert (history.turns, history.user_id, history.language) == (2, "u1", "it")
    rows = await fresh_database.database.rows("SELECT position FROM turns ORDER BY position")
    assert [row["position"] for row in rows] == [1, 2]
    assert await fresh_database.database.value("SELECT count(*) FROM chat_router_outbox") == 2


async def test_recording_a_turn_twice_changes_nothing(store: TurnStore, fresh_database: TestDatabase) -> None:
    await store.record(record())
    await store.record(record(question="another text under the same id"))
    assert (await store.history("c1", 8)).turns == 1
    assert await fresh_database.database.value("SELECT count(*) FROM chat_router_outbox") == 1


async def test_a_turn_that_arrives_late_does_not_open_an_ended_conversation(
    store: TurnStore, fresh_database: TestDatabase
) -> None:
    late = record()
    await store.record(record("t2"))
    await store.close("c1", "closed", Meta.new(source="s", clock=CLOCK))
    await store.record(late)
    assert (await store.history("c1", 8)).turns == 2
    assert await fresh_database.database.value("SELECT end_reason FROM conversations") == "closed"


async def test_a_question_that_was_never_answered_is_not_shown_to_a_model(store: TurnStore) -> None:
    silent = record()
    silent.turn["answer"] = ""
    await store.record(silent)
    history = await store.history("c1", 8)
    assert (history.messages, history.turns, history.user_id) == ((), 1, "u1")


async def test_a_conversation_in_which_somebody_just_spoke_is_not_ended_as_idle(store: TurnStore) -> None:
    await store.record(record())
    assert await store.close("c1", "idle", Meta.new(source="s", clock=CLOCK), idle_s=3600) is None


async def test_history_is_the_last_exchanges_and_empty_for_a_stranger(store: TurnStore) -> None:
    for number in range(5):
        await store.record(record(f"t{number}", question=f"q{number}"))
    history = await store.history("c1", 2)
    assert [message.content for message in history.messages][::2] == ["q3", "q4"]
    assert history.turns == 5
    assert (await store.history("nobody", 2)).turns == 0


async def test_a_conversation_ends_once_and_opens_again_with_the_next_turn(store: TurnStore) -> None:
    await store.record(record())
    ended = await store.close("c1", "closed", Meta.new(source="s", clock=CLOCK))
    assert ended is not None
    assert (ended.turns, ended.user_hash, ended.reason) == (1, "x", "closed")
    assert await store.close("c1", "closed", Meta.new(source="s", clock=CLOCK)) is None
    await store.record(record("t2"))
    again = await store.close("c1", "idle", Meta.new(source="s", clock=CLOCK))
    assert again is not None
    assert again.turns == 2
    with pytest.raises(NotFound):
        await store.close("nobody", "closed", Meta.new(source="s", clock=CLOCK))


async def test_idle_conversations_are_found(store: TurnStore) -> None:
    await store.record(record())
    assert await store.idle(3600) == []
    assert await store.idle(-1) == ["c1"]


async def test_a_rating_is_kept_once_with_its_event(store: TurnStore, fresh_database: TestDatabase) -> None:
    await store.record(record())
    feedback = ChatFeedback(feedback_id="f1", turn_id="t1", conversation_id="", rating=2)
    meta = Meta.new(source="s", clock=CLOCK, id="f1")
    assert (await store.rate(feedback, "too vague", meta)).conversation_id == "c1"
    await store.rate(feedback, "too vague", meta)
    assert await fresh_database.database.value("SELECT string_agg(comment, '|') FROM feedback") == "too vague"
    body = await fresh_database.database.value("SELECT body::text FROM chat_router_outbox WHERE id = 'f1'")
    assert "vague" not in body
    assert await fresh_database.database.value("SELECT count(*) FROM chat_router_outbox WHERE id = 'f1'") == 1
    with pytest.raises(NotFound):
        await store.rate(ChatFeedback(feedback_id="f2", turn_id="t9", conversation_id="", rating=2), "", meta)


async def test_while_postgres_is_away_turns_wait_in_the_spool_and_move_in_order(
    store: TurnStore, fresh_database: TestDatabase, tmp_path: Any
) -> None:
    spool = Spool(tmp_path / "spool")
    woken: list[int] = []
    async with open_database("postgresql://nobody@127.0.0.1:1/none", acquire_s=0.2) as away:
        recorder = Recorder(TurnStore(away), spool, CLOCK, lambda: woken.append(1))
        assert await recorder(record()) is False
        assert await recorder(record("t2", question="e poi?")) is False
        assert await recorder.replay() == 0
    back = Recorder(store, spool, CLOCK, lambda: woken.append(1))
    assert await back.replay() == 2
    assert await back.replay() == 0
    assert [message.content for message in (await store.history("c1", 8)).messages][::2] == ["ciao", "e poi?"]
    assert woken == [1]
    assert list((tmp_path / "spool").iterdir()) == []


async def test_a_record_that_is_refused_holds_up_no_other(store: TurnStore, tmp_path: Any) -> None:
    spool = Spool(tmp_path / "spool")
    recorder = Recorder(store, spool, CLOCK, lambda: None)
    bad = record("t0")
    bad.turn["answer"] = "a\x00b"
    assert await recorder(bad) is False
    (tmp_path / "spool" / "0-unreadable.json").write_text("{")
    await spool.append(record("t1"), "1")
    assert await recorder.replay() == 1
    assert [exchange.id for exchange in (await store.conversation("c1"))[1]] == ["t1"]
    assert len(await spool.waiting()) == 2


async def test_a_database_that_is_away_is_unavailable_not_a_hang(tmp_path: Any) -> None:
    async with open_database("postgresql://nobody@127.0.0.1:1/none", acquire_s=0.2) as away:
        with pytest.raises(Unavailable):
            await TurnStore(away).history("c1", 3)


async def test_idle_conversations_end_once_each_with_their_event(
    store: TurnStore, fresh_database: TestDatabase
) -> None:
    for number in range(3):
        await store.record(record(f"t{number}", conversation=f"c{number}"))
    await fresh_database.database.run(
        "UPDATE conversations SET last_turn_at = now() - interval '1 hour' WHERE id <> 'c2'"
    )
    sweepers = [EndIdle(store, CloseConversation(store, CLOCK), CLOCK, idle_s=1800) for _ in range(2)]
    assert sum(await asyncio.gather(*(sweeper.sweep() for sweeper in sweepers))) == 2
    bodies = await fresh_database.database.rows(
        "SELECT body FROM chat_router_outbox WHERE type = 'conversation.ended.v1' ORDER BY body ->> 'conversation_id'"
    )
    assert [(row["body"]["conversation_id"], row["body"]["reason"]) for row in bodies] == [
        ("c0", "idle"),
        ("c1", "idle"),
    ]


async def test_a_turn_never_lands_in_another_persons_conversation(
    store: TurnStore, fresh_database: TestDatabase
) -> None:
    """Also when the history, which would have told, was not read in time."""
    await store.record(record("t1", user="owner"))
    await store.record(record("t2", question="mine?", user="thief"))
    await store.record(record("t3", question="nobody's?", user=None))
    assert [message.content for message in (await store.history("c1", 8)).messages] == ["ciao", "answer to ciao"]
    rows = await fresh_database.database.rows("SELECT conversation_id FROM turns WHERE id <> 't1' ORDER BY id")
    assert [row["conversation_id"] for row in rows] == ["t2", "t3"]
    told = await fresh_database.database.value(
        "SELECT body ->> 'conversation_id' FROM chat_router_outbox WHERE id = 't2'"
    )
    assert told == "t2"
