"""After a chat: LLAMA in the shadow, memory for the next conversation, a night that prepares an answer."""

import json

import pytest
from conftest import eventually
from system import System

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(240)]


async def test_llama_answers_in_the_shadow_once(system: System) -> None:
    reply = await system.chat("My landlord wants ten years of rent at once, is that usual?", user_id="shadow-1")

    async def compared() -> list[dict[str, object]]:
        return await system.rows("SELECT * FROM shadow_comparisons WHERE turn_id = $1", reply["id"])

    (row,) = await eventually(compared, timeout_s=30)
    assert row["success"] or row["failure"]
    assert row["simulated"] is True
    files = list((system.data / "shadow").glob("shadow_comparison_*.jsonl"))
    lines = [json.loads(line) for file in files for line in file.read_text().splitlines()]
    assert [line["turn_id"] for line in lines].count(reply["id"]) == 1


async def test_the_next_conversation_is_greeted_with_memory(system: System) -> None:
    said = (
        "Ciao, mi chiamo Ginevra e sogno di aprire una scuola di surf a Canggu",
        "Ho paura di sbagliare coi documenti",
    )
    conversation = (await system.chat(said[0], user_id="ginevra"))["conversation_id"]
    await system.chat(said[1], user_id="ginevra", conversation_id=conversation)
    status, closed = await system.post(f"/v1/conversations/{conversation}/close", {})
    assert (status, closed["closed"]) == (200, True)

    async def remembered() -> list[dict[str, str]]:
        return (await system.get("/v1/users/ginevra/memory"))["facts"]

    facts = await eventually(remembered, timeout_s=30)
    assert "Ginevra" in {fact["value"] for fact in facts if fact["slot"] == "name"}
    assert all(fact["quote"] in "\n".join(said) for fact in facts)
    hello = await system.chat("Ciao!", user_id="ginevra")
    assert "Ginevra" in hello["response"]
    stranger = await system.chat("Ciao!", user_id="somebody-else")
    assert "Ginevra" not in stranger["response"]
    status, forgotten = await system.send("DELETE", "/v1/users/ginevra/memory")
    assert (status, forgotten["forgotten"]) == (200, len(facts))
    assert (await system.get("/v1/users/ginevra/memory"))["facts"] == []


async def test_a_night_prepares_an_answer_that_then_hits(system: System) -> None:
    question = "Which bank account can a tourist open in Indonesia?"
    wordings = [question, question.lower(), question.replace("?", " ?"), question]
    before = await system.chat(question, user_id="night-0")
    if before["cached"]:
        pytest.fail("the pack answers this already: the test needs another question")
    for number, wording in enumerate(wordings, start=1):
        await system.chat(wording, user_id=f"night-{number}")
    status, output = await system.command("nightly", "run", "--days", "1", "--json")
    outcome = json.loads(output)
    assert status == 0, output
    assert outcome["status"] == "completed"
    assert outcome["golden_answers"] >= 1

    async def hit() -> bool:
        reply = await system.chat(question, user_id="night-9")
        return bool(reply["cached"]) and reply["match_type"] == "exact" and reply["simulated"]

    assert await eventually(hit, timeout_s=20)
    (run,) = await system.rows("SELECT * FROM nightly_worker_runs WHERE run_id = $1", outcome["run_id"])
    assert run["status"] == "completed"
    assert run["golden_answers_generated"] == outcome["golden_answers"]
    assert run["end_time"] is not None


async def test_the_operators_sql_and_commands_work(system: System) -> None:
    assert await system.rows("SELECT * FROM golden_answers_performance ORDER BY usage_count DESC")
    assert len(await system.rows("SELECT * FROM cultural_knowledge_usage")) >= 10
    await system.rows("SELECT * FROM query_clustering_summary")
    status, output = await system.command("golden", "list", "--json", "--limit", "500")
    assert status == 0
    assert len(json.loads(output)) >= 60
    status, output = await system.command("status", "--json")
    assert status == 0, output
    status, output = await system.command("dlq", "list")
    assert (status, output.strip()) == (0, "no dead letters")
    status, output = await system.command("chat", "Apa itu NIB?")
    assert status == 0, output
    assert "simulated" in output or "cached" in output
