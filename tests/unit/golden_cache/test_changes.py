"""What takes an answer out of stock: changed knowledge, bad ratings, an operator; and how replicas follow."""

from typing import Any

import pytest

from golden_cache.domain.entries import Status
from zantara.errors import Invalid, NotFound
from zantara.events import (
    ChatFeedback,
    GoldenPublished,
    GoldenRetired,
    KnowledgeChanged,
    ListGolden,
    SetGoldenStatus,
    ShowGolden,
)

OTHER = {"document_id": "other", "title": "Other", "as_of": "2026-05"}
QUERY = "how much is the overstay fine per day"


def changed(*document_ids: str) -> KnowledgeChanged:
    return KnowledgeChanged(document_ids=document_ids, passage_ids=())


async def set_to(golden: Any, status: str, **rest: Any) -> Any:
    request = SetGoldenStatus(cluster_id="overstay-fine", status=status, **rest)  # type: ignore[arg-type]
    reply = await golden.set_status(request, golden.meta())
    await golden.refresh.read()
    return reply


async def test_exactly_the_answers_that_cite_a_changed_document_are_retired(stocked: Any) -> None:
    told = await stocked.retire_citing(changed("visa-11-overstay", "visa-99"), stocked.meta())
    assert told == [GoldenRetired(cluster_id="overstay-fine", stock_version=3, reason="changed: visa-11-overstay")]
    await stocked.refresh.read()
    assert not (await stocked.asked(QUERY, "en")).hit
    assert (await stocked.asked("how much capital does a pt pma need", "en")).hit
    assert await stocked.retire_citing(changed("visa-11-overstay"), stocked.meta()) == []


async def test_the_same_change_again_tells_the_same_and_moves_nothing(stocked: Any) -> None:
    first = await stocked.retire_citing(changed("visa-11-overstay", "co-01-pma-capital"), stocked.meta(id="e1"))
    assert [event.cluster_id for event in first] == ["overstay-fine", "pt-pma-capital"]
    assert await stocked.retire_citing(changed("visa-11-overstay"), stocked.meta(id="e1")) == first
    assert await stocked.store.version() == 4


async def test_a_change_from_before_the_answer_was_vouched_for_retires_nothing(golden: Any, make: Any) -> None:
    """The first start imports the corpus, then the pack; the corpus' events may come late."""
    early = golden.meta()
    await golden.taken(make.row())
    assert await golden.retire_citing(changed("visa-11-overstay"), early) == []
    late = golden.meta()
    await set_to(golden, "retired")
    await set_to(golden, "approved")
    assert await golden.retire_citing(changed("visa-11-overstay"), late) == []
    assert (await golden.asked(QUERY, "en")).hit


async def test_two_badly_rated_turns_quarantine_an_answer(stocked: Any) -> None:
    assert await stocked.rated("overstay-fine", "t1", 2) == []
    assert (await stocked.store.answer("overstay-fine")).strikes == 1
    told = await stocked.rated("overstay-fine", "t2", 1, id="r2")
    assert told == [GoldenRetired(cluster_id="overstay-fine", stock_version=3, reason="2 bad ratings")]
    assert await stocked.rated("overstay-fine", "t2", 1, id="r2") == told
    await stocked.refresh.read()
    assert not (await stocked.asked(QUERY, "en")).hit
    answer = await stocked.store.answer("overstay-fine")
    assert (answer.entry.status, answer.strikes) == (Status.QUARANTINED, 2)
    assert await stocked.rated("overstay-fine", "t3") == []


@pytest.mark.parametrize(
    ("cluster_id", "turns", "rating"),
    [
        ("overstay-fine", ("t1", "t1"), 1),
        ("overstay-fine", ("t1", "t2"), 3),
        (None, ("t1", "t2"), 1),
        ("unknown", ("t1", "t2"), 1),
    ],
)
async def test_one_turn_is_one_strike_and_a_fair_rating_or_another_answer_is_none(
    stocked: Any, cluster_id: str | None, turns: tuple[str, ...], rating: int
) -> None:
    for turn in turns:
        assert not await stocked.rated(cluster_id, turn, rating)
    await stocked.refresh.read()
    assert (await stocked.asked(QUERY, "en")).hit


async def test_a_rating_of_what_has_been_replaced_is_no_strike(stocked: Any, make: Any) -> None:
    early = stocked.meta()
    await stocked.taken(make.row(asks="cost"))
    await stocked.strike(bad("t1"), early)
    assert (await stocked.store.answer("overstay-fine")).strikes == 0


def bad(turn_id: str) -> ChatFeedback:
    return ChatFeedback(feedback_id=turn_id, turn_id=turn_id, conversation_id="c", rating=1, cluster_id="overstay-fine")


async def test_an_operator_retires_and_approves(stocked: Any) -> None:
    assert (await set_to(stocked, "retired", reason="wrong fee")).status == "retired"
    assert not (await stocked.asked(QUERY, "en")).hit
    assert (await set_to(stocked, "approved")).status == "approved"
    assert (await stocked.asked(QUERY, "en")).hit
    assert (await stocked.announced())[2:] == [
        GoldenRetired(cluster_id="overstay-fine", stock_version=3, reason="wrong fee"),
        GoldenPublished(cluster_id="overstay-fine", stock_version=4),
    ]


async def test_a_state_that_it_has_already_is_told_to_nobody(stocked: Any) -> None:
    await set_to(stocked, "approved")
    await set_to(stocked, "retired")
    await set_to(stocked, "retired")
    assert len(await stocked.announced()) == 3


async def test_approving_forgives_strikes_and_renews_what_has_expired(stocked: Any, make: Any) -> None:
    await stocked.rated("overstay-fine", "t1")
    await set_to(stocked, "approved")
    assert (await stocked.store.answer("overstay-fine")).strikes == 0
    assert await stocked.rated("overstay-fine", "t2") == []
    stocked.clock.advance(200 * 86_400)
    await stocked.refresh.read()
    assert not (await stocked.asked(QUERY, "en")).hit
    await set_to(stocked, "approved")
    assert (await stocked.asked(QUERY, "en")).hit
    assert (await stocked.store.answer("overstay-fine")).entry.expires_at > stocked.clock.now() + 100 * make.day


async def test_an_unknown_answer_is_not_found(stocked: Any) -> None:
    with pytest.raises(NotFound):
        await stocked.set_status(SetGoldenStatus(cluster_id="unknown", status="retired"), stocked.meta())
    with pytest.raises(NotFound):
        await stocked.show(ShowGolden(cluster_id="unknown"), stocked.meta())


async def test_answers_are_listed_most_used_first_by_state(stocked: Any) -> None:
    await stocked.asked("how much capital does a pt pma need", "en")
    await stocked.usage.flush()
    listed = (await stocked.list(ListGolden(), stocked.meta())).entries
    assert [(each.cluster_id, each.usage_count) for each in listed] == [("pt-pma-capital", 1), ("overstay-fine", 0)]
    assert listed[0].question == "How much capital does a PT PMA need?"
    assert listed[0].languages == ("en", "it", "id")
    await set_to(stocked, "retired")
    listed = (await stocked.list(ListGolden(status="retired"), stocked.meta())).entries
    assert [each.cluster_id for each in listed] == ["overstay-fine"]
    assert len((await stocked.list(ListGolden(limit=1), stocked.meta())).entries) == 1


@pytest.mark.parametrize(
    ("request_", "word"),
    [
        (ListGolden(status="sleeping"), "status: one of draft"),
        (ListGolden(limit=0), "limit: 1 to"),
        (ListGolden(limit=10**9), "limit: 1 to"),
    ],
)
async def test_a_list_out_of_bounds_is_invalid(stocked: Any, request_: ListGolden, word: str) -> None:
    with pytest.raises(Invalid, match=word):
        await stocked.list(request_, stocked.meta())


async def test_a_replica_reads_only_what_is_new_and_forgets_what_left(stocked: Any, make: Any) -> None:
    held = dict(stocked.stock.held)
    await set_to(stocked, "retired")
    assert set(stocked.stock.held) == {"pt-pma-capital"}
    assert stocked.stock.held["pt-pma-capital"] is held["pt-pma-capital"]
    assert stocked.stock.version == 3


async def test_what_is_not_served_keeps_its_questions_from_the_neighbours(stocked: Any, make: Any) -> None:
    """Without it the nearest entry would be hit: here another one about overstay."""
    neighbour = make.row(
        cluster_id="overstay-ban",
        questions={
            "en": "What happens after a long overstay?",
            "it": "Cosa succede dopo un lungo overstay?",
            "id": "Apa yang terjadi setelah overstay lama?",
        },
        variations={"en": ["overstay consequences and fine"]},
        hard_negatives=[],
        sources=[OTHER],
    )
    assert (await stocked.taken(neighbour)).outcome == "added"
    await stocked.retire_citing(changed("visa-11-overstay"), stocked.meta())
    await stocked.refresh.read()
    for query in (QUERY, "overstay fine for each day"):
        found = await stocked.asked(query, "en")
        assert (found.hit, found.reason) == (False, "stale")
    assert (await stocked.stock.ping_answers())["answers"] == 2
    await set_to(stocked, "retired")
    assert "overstay-fine" not in stocked.stock.held
    assert (await stocked.asked(QUERY, "en")).reason != "stale"


async def test_a_phrasing_taken_over_by_another_answer_is_that_answers(stocked: Any, make: Any) -> None:
    await stocked.retire_citing(changed("visa-11-overstay"), stocked.meta())
    assert (await stocked.taken(make.row(cluster_id="overstay-fine-2026", sources=[OTHER]))).outcome == "added"
    await stocked.refresh.read()
    found = await stocked.asked(QUERY, "en")
    assert (found.match_type, found.cluster_id) == ("exact", "overstay-fine-2026")


async def test_a_stock_restored_to_an_older_state_is_read_anew(stocked: Any, make: Any) -> None:
    other = make.golden()
    await other.taken(make.other_row())
    stocked.refresh._shelf = other.store
    await stocked.refresh.read()
    assert (set(stocked.stock.held), stocked.stock.version) == ({"pt-pma-capital"}, 1)


async def test_hearing_wakes_only_for_what_is_new(stocked: Any) -> None:
    await stocked.refresh(GoldenPublished(cluster_id="x", stock_version=2), stocked.meta())
    assert not stocked.refresh._rounds.woken
    await stocked.refresh(GoldenRetired(cluster_id="x", stock_version=3, reason=""), stocked.meta())
    assert stocked.refresh._rounds.woken
