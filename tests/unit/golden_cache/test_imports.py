"""`golden.import`: added, changed, unchanged or refused naming the field; the event goes through the outbox."""

import json
from pathlib import Path
from typing import Any

import pytest

from golden_cache.domain.entries import Status
from zantara.errors import Unavailable
from zantara.events import GoldenPublished, SetGoldenStatus, ShowGolden

PACK = Path(__file__).parents[3] / "deploy" / "data" / "golden_pack" / "pack.jsonl"


async def test_added_then_unchanged_then_changed(golden: Any, make: Any) -> None:
    outcomes = [(await golden.taken(row)).outcome for row in (make.row(), make.row(), make.row(valid_months=5))]
    assert outcomes == ["added", "unchanged", "changed"]
    assert await golden.announced() == [
        GoldenPublished(cluster_id="overstay-fine", stock_version=1),
        GoldenPublished(cluster_id="overstay-fine", stock_version=2),
    ]
    answer = await golden.store.answer("overstay-fine")
    assert (answer.entry.status, answer.status_by, answer.origin.generated_by) == ("approved", "import", "curated")
    assert answer.created_at < answer.updated_at


async def test_unknown_fields_are_not_looked_at_and_language_order_is_no_change(golden: Any, make: Any) -> None:
    await golden.taken(make.row())
    row = make.row(faq_id="F01")
    row["questions"] = dict(reversed(row["questions"].items()))
    assert (await golden.taken(row)).outcome == "unchanged"


async def test_the_expiry_counts_from_the_intake(golden: Any, make: Any) -> None:
    await golden.taken(make.row())
    await golden.taken(make.other_row(valid_months=None))
    left = (await golden.store.answer("overstay-fine")).entry.expires_at - golden.clock.now()
    assert 120 * make.day < left < 124 * make.day
    assert (await golden.store.answer("pt-pma-capital")).entry.expires_at is None


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"cluster_id": "Über Uns"}, "cluster_id: form"),
        ({"cluster_id": 7}, "cluster_id: Expected `str`"),
        ({"questions": {"en": "How much?"}}, "questions.it: missing"),
        ({"questions": []}, "questions: Expected `object`"),
        ({"answers": {"en": "x", "it": "y", "id": 4}}, "answers"),
        ({"answers": "none"}, "answers: Expected `object`"),
        ({"sources": []}, "sources: no source"),
        ({"sources": [{"title": "x", "as_of": "2026-05"}]}, "sources[0]: Object missing required field"),
        ({"sources": [{"document_id": "x", "title": "x", "as_of": "May"}]}, "sources[0].as_of: form"),
        ({"subject": []}, "subject: missing"),
        ({"valid_months": -1}, "valid_months: more than 0"),
        ({"valid_months": 1e300}, "valid_months: more than 0"),
        ({"valid_months": "six"}, "valid_months: Expected"),
        ({"confidence": 2}, "confidence: form"),
        ({"variations": {"en": ["???"]}}, "variations.en[0]: form (no words)"),
        ({"variations": {"en": ["overstay \x00 fine"]}}, "entry: form (holds a NUL character)"),
        ({"variations": {"en": ["x" * 401]}}, "variations.en[0]: length"),
        ({"variations": {"fr": ["amende overstay"]}}, "variations: language (unknown language fr)"),
        ({"hard_negatives": [{"text": "x"}]}, "hard_negatives[0]: Object missing required field"),
        (
            {"hard_negatives": [{"text": "overstay penalty for each day", "language": "en", "why": "x"}]},
            "hard_negatives[0]: contradiction",
        ),
    ],
)
async def test_a_malformed_row_is_refused_naming_the_field(
    golden: Any, make: Any, changed: dict[str, Any], fault: str
) -> None:
    reply = await golden.taken(make.row(**changed))
    assert reply.outcome == "refused"
    assert any(each.startswith(fault) for each in reply.faults), reply.faults
    assert (await golden.store.version(), await golden.announced()) == (0, [])


async def test_missing_fields_are_all_named_at_once(golden: Any) -> None:
    reply = await golden.taken({})
    names = ("cluster_id", "topic", "asks", "subject", "questions", "answers", "sources")
    assert (reply.cluster_id, reply.outcome) == ("", "refused")
    assert set(reply.faults) >= {f"{name}: missing" for name in names}


async def test_a_phrasing_of_another_answer_is_refused(stocked: Any, make: Any) -> None:
    row = make.other_row(cluster_id="second", questions={**make.other_row()["questions"], "en": "Capital of a PMA?"})
    reply = await stocked.taken(row)
    assert reply.outcome == "refused"
    assert "questions.it: leads to pt-pma-capital already" in reply.faults
    assert "variations.en[0]: leads to pt-pma-capital already" in reply.faults


async def test_an_unchanged_row_never_resurrects_what_was_retired(stocked: Any, make: Any) -> None:
    request = SetGoldenStatus(cluster_id="overstay-fine", status="retired", reason="under review")
    await stocked.set_status(request, stocked.meta())
    assert (await stocked.taken(make.row())).outcome == "unchanged"
    assert (await stocked.store.answer("overstay-fine")).entry.status is Status.RETIRED


async def test_what_is_shown_can_be_imported_again(stocked: Any, make: Any) -> None:
    await stocked.propose(
        make.proposal(
            cluster_id="lkpm-1",
            simulated=True,
            questions={"en": "how do I file the LKPM report"},
            variations={"en": ("where to file the LKPM report",)},
        ),
        stocked.meta(),
    )
    entry = (await stocked.show(ShowGolden(cluster_id="overstay-fine"), stocked.meta())).entry
    assert (await stocked.taken(json.loads(json.dumps(entry)))).outcome == "unchanged"
    night = (await stocked.show(ShowGolden(cluster_id="lkpm-1"), stocked.meta())).entry
    assert night["state"]["simulated"] is True
    refused = await stocked.taken(json.loads(json.dumps(night)))
    assert "answers.it: missing" in refused.faults


async def test_an_exported_answer_of_a_simulator_stays_marked(golden: Any, make: Any) -> None:
    await golden.taken(make.row(state={"simulated": True}))
    await golden.taken(make.other_row(state=["simulated"]))
    await golden.refresh.read()
    assert (await golden.asked("berapa denda overstay per hari", "id")).simulated
    assert not (await golden.asked("how much capital does a pt pma need", "en")).simulated


async def test_its_phrasings_become_queries_that_nobody_has_asked_yet(golden: Any, make: Any) -> None:
    await golden.taken(make.row())
    rows = {query.text: (cluster, query.frequency) for cluster, query in golden.store.queries.values()}
    assert rows["overstay penalty for each day"] == ("overstay-fine", 0)
    assert len(rows) == 7


async def test_somebody_else_was_faster(golden: Any, make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    await golden.taken(make.row())
    embed = golden.embedder.embed

    async def slow(texts: Any) -> Any:
        monkeypatch.setattr(golden.embedder, "embed", embed)
        await golden.taken(make.row(asks="cost"))
        return await embed(texts)

    monkeypatch.setattr(golden.embedder, "embed", slow)
    with pytest.raises(Unavailable, match="meanwhile"):
        await golden.taken(make.row(asks="rules"))
    assert (await golden.store.answer("overstay-fine")).entry.asks == "cost"


async def test_the_whole_pack_is_taken(golden: Any) -> None:
    rows = [json.loads(line) for line in PACK.read_text("utf-8").splitlines()]
    replies = [await golden.taken(row) for row in rows]
    assert {reply.outcome for reply in replies} == {"added"}, [reply for reply in replies if reply.faults]
    await golden.refresh.read()
    facts = await golden.stock.ping_answers()
    assert (facts["answers"], facts["phrasings"], facts["stock_version"]) == (60, 1980, 60)
    for row in rows:
        for language, question in row["questions"].items():
            found = await golden.asked(question, language)
            assert (found.cluster_id, found.language, found.match_type) == (row["cluster_id"], language, "exact")
