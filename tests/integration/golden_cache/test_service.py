"""The shipped pack between real parts: found in three languages, never wrong; published, retired, quarantined."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from conftest import TestDatabase, eventually
from integration.serving import model_dir

from zantara.embeddings import OFFLINE_MODEL, open_embedder
from zantara.errors import Invalid
from zantara.events import Embedding, GoldenLookup, GoldenPublished, GoldenRetired, ListGolden, ShowGolden

pytestmark = pytest.mark.integration

DRONE = "how do I register my drone in Indonesia"


def told(others: Any, kind: type, number: int) -> Callable[[], Awaitable[list[Any]]]:
    """Waits until so many events of a kind were heard."""

    async def check() -> list[Any]:
        found = [event for event in others.heard if isinstance(event, kind)]
        return found if len(found) >= number else []

    return check


async def test_the_pack_is_found_in_three_languages_and_never_in_another(
    golden: Any, operator: Any, others: Any, shipped: list[dict[str, Any]]
) -> None:
    async with golden.serving() as here:
        status, report = await here.page()
        assert (status, report["status"]) == (200, "degraded")
        assert not report["parts"]["answers"]["ok"]
        replies = await operator.take_pack(shipped)
        assert {reply.outcome for reply in replies} == {"added"}, [reply for reply in replies if reply.faults]
        last = shipped[-1]["questions"]["id"]
        await eventually(told(others, GoldenPublished, 60))
        await eventually(lambda: operator.hits(last, "id"))

        async def loaded() -> bool:
            return bool((await here.part("answers")).get("answers") == 60)

        await eventually(loaded)
        for row in shipped:
            for language in ("en", "it", "id"):
                found = await operator.look_up(row["questions"][language], language)
                assert (found.match_type, found.cluster_id, found.language) == ("exact", row["cluster_id"], language)
                assert found.answer == row["answers"][language]
                assert [each.id for each in found.sources] == [each["document_id"] for each in row["sources"]]
        await paraphrases_hit_in_the_language_asked(operator)
        await near_misses_are_named(operator)
        again = await operator.take_pack(shipped)
        assert {reply.outcome for reply in again} == {"unchanged"}
        await asyncio.sleep(0.7)
        assert len(others.heard) == 60
        facts = await here.part("answers")
        assert facts == {"ok": True, "answers": 60, "phrasings": 1980, "model": OFFLINE_MODEL, "stock_version": 60}


async def paraphrases_hit_in_the_language_asked(operator: Any) -> None:
    english = await operator.look_up("what are the requirements to get an E28A investor KITAS", "en")
    assert (english.hit, english.match_type, english.cluster_id) == (
        True, "semantic", "visa-investor-kitas-requirements",
    )  # fmt: skip
    italian = await operator.look_up("requisiti necessari per ottenere il KITAS investitore E28A", "it")
    assert (italian.hit, italian.match_type, italian.language) == (True, "semantic", "it")
    assert italian.cluster_id == english.cluster_id
    mixed = await operator.look_up("requisiti necessari per ottenere il KITAS investitore E28A", "mixed")
    assert (mixed.hit, mixed.reason) == (False, "language")
    settled = await operator.look_up(
        "requisiti necessari per ottenere il KITAS investitore E28A", "mixed", context={"language": "id"}
    )
    assert (settled.hit, settled.language) == (True, "id")


async def near_misses_are_named(operator: Any) -> None:
    for query, language, reason in (
        ("what are the requirements for an E29B", "en", "code"),
        ("requirements of the E28A investor KITAS for my application", "en", "personal"),
        ("requirements for an E28A investor KITAS in Thailand", "en", "country"),
        ("requirements for the E28A without a PT PMA", "en", "negation"),
        ("requisiti per il KITAS investitore E28A nel 2019", "it", "year"),
        ("berapa biaya KITAS investor E28A", "id", "aspect"),
        ("syarat KITAS investor E28A untuk adik saya", "id", "person"),
        ("quanto tempo dura la procedura per l'E28A", "it", ""),
        ("resep nasi goreng yang enak", "id", ""),
    ):
        found = await operator.look_up(query, language)
        assert (found.hit, found.answer, found.match_type) == (False, None, None), (query, found)
        assert found.reason == reason if reason else found.reason, (query, found.reason)


async def test_malformed_rows_are_refused_naming_the_field(
    golden: Any, operator: Any, shipped: list[dict[str, Any]], fresh_database: TestDatabase
) -> None:
    row = shipped[0]
    broken: list[tuple[dict[str, Any], str]] = [
        ({}, "questions: missing"),
        ({**row, "cluster_id": "x y"}, "cluster_id: form"),
        ({**row, "answers": {"en": row["answers"]["en"]}}, "answers.it: missing"),
        ({**row, "answers": {**row["answers"], "it": row["answers"]["en"]}}, "answers.it: language (en)"),
        ({**row, "sources": []}, "sources: no source"),
        ({**row, "variations": {"en": ["call +62 812 3456 7890"]}}, "variations.en[0]: personal data"),
        ({**row, "hard_negatives": [7]}, "hard_negatives[0]: Expected `object`"),
        ({**row, "valid_months": {"a": [1]}}, "valid_months: Expected"),
        ({**row, "variations": {"en": ["nul \x00 here"]}}, "entry: form (holds a NUL character)"),
    ]
    async with golden.serving():
        for given, fault in broken:
            reply = await operator.take(given)
            assert reply.outcome == "refused"
            assert any(each.startswith(fault) for each in reply.faults), (fault, reply.faults)
        for body in (b"{", b"[]", b'{"entry": []}', b'{"entry": 4}', b"\xff"):
            answer = await operator.bus._client.request("golden.import", body, timeout=5)
            assert answer.headers["Zantara-Status"] == "invalid"
        for body in (b"{", b'{"language": "en"}', b'{"query": 4}', b'{"query": "a", "context": []}'):
            answer = await operator.bus._client.request("golden.lookup", body, timeout=5)
            assert answer.headers["Zantara-Status"] == "invalid"
        await operator.take(row)
        await eventually(lambda: operator.hits(row["questions"]["en"], "en"))
        with pytest.raises(Invalid, match="embedding: not a unit vector"):
            await operator.look_up("e28a?", "en", embedding=Embedding(model=OFFLINE_MODEL, vector=[1.0]))
        for odd in ("", "🙂", "?!", "visa " * 1800, "\u202e\u0000", "日本語の質問", "a"):
            assert not (await operator.look_up(odd, "en")).hit
    assert await fresh_database.database.value("SELECT count(*) FROM golden_answers") == 1


async def test_a_proposal_is_published_found_and_taken_once(
    golden: Any, operator: Any, others: Any, draft: Any, fresh_database: TestDatabase
) -> None:
    async with golden.serving():
        await eventually(operator.answers)
        assert not await operator.hits(DRONE, "en")
        for _ in range(2):
            await others.propose(draft(), id="night-1")
        await eventually(lambda: operator.hits(DRONE, "en"))
        await others.propose(
            draft(
                distinct_users=1,
                cluster_id="lonely-1",
                questions={"en": "how do I import my own drone"},
                variations={},
            ),
            id="night-2",
        )

        async def refused() -> Any:
            return await fresh_database.database.row("SELECT cluster_id, faults FROM golden_refusals")

        row = await eventually(refused)
        assert (row["cluster_id"], row["faults"]) == ("lonely-1", ["distinct_users: missing (1 of 3)"])
        found = await operator.look_up("How do I register my drone in Indonesia?", "en")
        assert (found.match_type, found.confidence, found.sources[0].id) == ("exact", 0.8, "life-09-drones")
        assert not await operator.hits(DRONE, "it")
    assert others.heard == [GoldenPublished(cluster_id="register-drone-1a2b3c4d", stock_version=1)]
    database = fresh_database.database
    rows = await database.rows("SELECT cluster_id, frequency FROM query_clusters")
    assert [tuple(each.values()) for each in rows] == [("register-drone-1a2b3c4d", 5)]
    assert await database.value("SELECT count(*) FROM golden_phrasings WHERE embedding_model = $1", OFFLINE_MODEL) == 3


async def test_an_event_delivered_again_after_its_effect_is_told_again_and_not_done_again(
    golden: Any, operator: Any, others: Any, draft: Any, fresh_database: TestDatabase
) -> None:
    """As after a lost acknowledgement outside the stream's own window: the fence already has the event's id."""
    async with golden.serving():
        await others.propose(draft(), id="night-1")
        await eventually(lambda: operator.hits(DRONE, "en"))
        await fresh_database.database.run("UPDATE golden_intake SET event_id = 'night-2'")
        await others.propose(draft(), id="night-2")
        await eventually(told(others, GoldenPublished, 2))
        await others.propose(draft(), id="night-3")
        await eventually(told(others, GoldenPublished, 3))
    assert [event.stock_version for event in others.heard] == [1, 1, 2]


async def test_changed_knowledge_retires_exactly_the_citing_answers(
    golden: Any, operator: Any, others: Any, shipped: list[dict[str, Any]]
) -> None:
    shipped = shipped[:14]
    document = shipped[0]["sources"][0]["document_id"]
    citing = {row["cluster_id"] for row in shipped if document in {each["document_id"] for each in row["sources"]}}
    async with golden.serving():
        await others.change(document, id="before")
        await operator.take_pack(shipped)
        await eventually(told(others, GoldenPublished, len(shipped)))
        await eventually(lambda: operator.hits(shipped[-1]["questions"]["en"], "en"))
        assert not [event for event in others.heard if isinstance(event, GoldenRetired)]
        await others.change(document, "some-other-document", id="after")
        retired = await eventually(told(others, GoldenRetired, len(citing)))
        assert {event.cluster_id for event in retired} == citing
        assert {event.reason for event in retired} == {f"changed: {document}"}
        await eventually(lambda: operator.misses(shipped[0]["questions"]["en"], "en"))
        for row in shipped:
            found = await operator.look_up(row["questions"]["it"], "it")
            assert (found.cluster_id == row["cluster_id"]) == (row["cluster_id"] not in citing)
        listed = await operator.bus.request(ListGolden(status="retired"), timeout_s=5)
        assert {each.cluster_id for each in listed.entries} == citing


async def test_two_bad_ratings_quarantine_and_an_operator_revives(
    golden: Any, operator: Any, others: Any, shipped: list[dict[str, Any]], fresh_database: TestDatabase
) -> None:
    row, question = shipped[0], shipped[0]["questions"]["en"]
    async with golden.serving():
        await operator.take(row)
        await eventually(lambda: operator.hits(question, "en"))
        for turn, rating in (("t0", 5), ("t1", 1), ("t1", 2), ("t2", 3)):
            await others.rate(row["cluster_id"], turn, rating)

        async def struck() -> bool:
            return bool(await fresh_database.database.value("SELECT count(*) FROM golden_intake") == 2)

        await eventually(struck)
        assert await operator.hits(question, "en")
        await others.rate(row["cluster_id"], "t3", 2)
        await eventually(lambda: operator.misses(question, "en"))
        (retired,) = [event for event in others.heard if isinstance(event, GoldenRetired)]
        assert (retired.cluster_id, retired.reason) == (row["cluster_id"], "2 bad ratings")
        shown = await operator.bus.request(ShowGolden(cluster_id=row["cluster_id"]), timeout_s=5)
        assert (shown.entry["state"]["status"], shown.entry["state"]["strikes"]) == ("quarantined", 2)
        assert shown.entry["answers"] == row["answers"]
        assert await operator.set_status(row["cluster_id"], "approved") == "approved"
        await eventually(lambda: operator.hits(question, "en"))


async def test_a_vector_is_carried_and_uses_are_counted(
    golden: Any, operator: Any, shipped: list[dict[str, Any]], fresh_database: TestDatabase
) -> None:
    text = "what are the requirements to get an E28A investor KITAS"
    embedder = open_embedder(OFFLINE_MODEL, model_dir())
    carried = Embedding(model=OFFLINE_MODEL, vector=(await embedder.embed_one(text)).tolist())
    embedder.close()
    async with golden.serving():
        await operator.take_pack(shipped[:3])
        for row in shipped[:3]:
            await eventually(lambda question=row["questions"]["en"]: operator.hits(question, "en"))
        with_vector = await operator.look_up(text, "en", embedding=carried)
        without = await operator.look_up(text, "en")
        assert with_vector == without
        assert with_vector.hit

        async def used() -> Any:
            return await fresh_database.database.value(
                "SELECT usage_count >= 3 FROM golden_answers_performance WHERE cluster_id = $1",
                shipped[0]["cluster_id"],
            )

        assert await eventually(used)


async def test_many_at_once_are_answered_or_told_busy(
    golden: Any, operator: Any, shipped: list[dict[str, Any]]
) -> None:
    async with golden.serving():
        await operator.take(shipped[0])
        await eventually(lambda: operator.hits(shipped[0]["questions"]["en"], "en"))

        async def one(number: int) -> str:
            lookup = GoldenLookup(query=f"requirements of the E28A permit, version {number}", language="en")
            try:
                await operator.bus.request(lookup, timeout_s=10)
            except Exception as error:  # noqa: BLE001 - the outcome is what is compared
                return str(error)
            return "ok"

        outcomes = await asyncio.gather(*(one(number) for number in range(300)))
        assert set(outcomes) <= {"ok", "golden.lookup: busy"}
        assert await one(301) == "ok"
