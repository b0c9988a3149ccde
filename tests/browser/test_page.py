"""The chat page in a real browser: a conversation, its marks and its mishaps."""

import asyncio
from typing import Any, Literal

import pytest
from browser.reader import OpenPage, PageServer, Visit, eventually
from browser.scripted_router import Answer, ScriptedRouter
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

SOURCES = [
    {"id": "visa-01", "title": "Investor KITAS (index E28A)", "score": 0.91, "as_of": "2026-06"},
    {"id": "co-01", "title": "Capital of a PT PMA", "score": 1.0},
]
UNAVAILABLE = {"type": "about:blank", "title": "Upstream failed", "status": 503, "detail": "all rungs"}


@pytest.fixture
def router(page_server: PageServer) -> ScriptedRouter:
    return page_server.router


async def test_an_answer_grows_on_the_page_while_it_streams(visit: Visit, router: ScriptedRouter) -> None:
    router.answers["hello"] = Answer(text="One **two** three four", hold_after=2)
    await visit.ask("hello")
    answer = visit[".answer"]
    await expect(answer.locator(".text")).to_have_text("One two")
    await expect(answer.locator("strong")).to_have_text("two")
    await expect(answer).to_have_attribute("aria-busy", "true")
    await expect(visit["#stop"]).to_be_visible()
    assert await answer.locator(".foot").count() == 0
    router.release.set()
    await expect(answer.locator(".text")).to_have_text("One two three four")
    await expect(answer).to_have_attribute("aria-busy", "false")
    await expect(visit["#send"]).to_be_visible()
    assert await visit[".question p"].inner_text() == "hello"


async def test_the_conversation_is_carried_on_and_nobody_is_named(visit: Visit, router: ScriptedRouter) -> None:
    await visit.answered("first")
    await visit.answered("second")
    first, second = router.chats
    assert first == {"message": "first", "stream": True}
    assert second["conversation_id"].startswith("conv-")
    assert "user_id" not in second
    keys = {headers["Idempotency-Key"] for headers in router.chat_headers}
    assert len(keys) == 2


async def test_sources_stand_under_the_answer_with_their_date(visit: Visit, router: ScriptedRouter) -> None:
    router.default = Answer(text="Ten billion.", meta={"sources": SOURCES})
    answer = await visit.answered("how much")
    items = answer.locator(".sources li")
    await expect(items).to_have_count(2)
    await expect(items.first).to_contain_text("Investor KITAS (index E28A)")
    await expect(items.first).to_contain_text("as of June 2026")
    await expect(items.first).to_contain_text("91% relevant")
    assert "as of" not in await items.last.inner_text()


async def test_sources_told_at_the_end_replace_the_first_ones(visit: Visit, router: ScriptedRouter) -> None:
    router.default = Answer(text="Yes.", meta={"sources": SOURCES}, done={"sources": SOURCES[1:]})
    answer = await visit.answered("which")
    await expect(answer.locator(".sources li")).to_have_text(["Capital of a PT PMA"])


@pytest.mark.parametrize(
    ("facts", "badges"),
    [
        ({}, []),
        ({"simulated": True}, ["Simulated"]),
        ({"cached": True, "ai_used": "golden", "match_type": "exact"}, ["Cached answer"]),
        ({"simulated": True, "cached": True, "ai_used": "golden"}, ["Simulated", "Cached answer"]),
        ({"ai_used": "static"}, ["Automatic reply"]),
    ],
)
async def test_badges(visit: Visit, router: ScriptedRouter, facts: dict[str, Any], badges: list[str]) -> None:
    router.default = Answer(text="Yes.", meta=facts)
    answer = await visit.answered("what")
    assert await answer.locator(".badge").all_inner_texts() == badges


async def test_the_particulars_are_there_for_who_asks(visit: Visit, router: ScriptedRouter) -> None:
    topics = ["tri_hita_karana", "a_new_topic"]
    router.default = Answer(
        text="Yes.", meta={"ai_used": "claude-sonnet", "cultural_topics": topics}, done={"latency_ms": 1840.0}
    )
    answer = await visit.answered("what")
    await expect(answer.locator(".caption")).to_have_text("Claude Sonnet1.8 s")
    await expect(answer.locator(".caption")).to_have_css("opacity", "0")
    await answer.hover()
    await expect(answer.locator(".caption")).to_have_css("opacity", "1")
    assert not await answer.locator("dl").is_visible()
    await answer.get_by_text("Details").click()
    await expect(answer.locator("dl dd").last).to_be_in_viewport()
    particulars = await answer.locator("dl").inner_text()
    assert "812 read, 96 written" in particulars
    assert "Tri Hita Karana and a new topic" in particulars


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (["memory", "knowledge.search", "knowledge:late"], "without what is remembered about you and the documents,"),
        (["claude-haiku", "claude-sonnet", "llama", "record"], "without Claude and LLAMA,"),
        (["record"], "The answer is complete."),
        (["weather"], "without weather,"),
    ],
)
async def test_what_the_answer_had_to_do_without_is_named_once(
    visit: Visit, router: ScriptedRouter, parts: list[str], words: str
) -> None:
    router.default = Answer(text="Yes.", done={"degraded": parts})
    answer = await visit.answered("what")
    await expect(answer.locator(".degraded")).to_contain_text(words)


async def test_the_record_of_an_answer_outranks_its_pieces(visit: Visit, router: ScriptedRouter) -> None:
    router.default = Answer(text="One two", done={"response": "One **two** three"})
    answer = await visit.answered("what")
    await expect(answer.locator(".text")).to_have_text("One two three")
    router.default = Answer(done={"response": "No pieces at all"})
    answer = await visit.answered("what")
    await expect(answer.locator(".text")).to_have_text("No pieces at all")


@pytest.mark.parametrize(
    ("parts", "models", "words"),
    [
        ({"claude": {"simulated": True}, "llama": {"simulated": False}}, [], "Claude is played"),
        ({"claude": {"simulated": True}, "llama": {"simulated": True}}, [], "Claude and LLAMA are played"),
        ({}, [{"id": "zantara", "simulated": True}], "the language model is played"),
    ],
)
async def test_a_banner_says_what_is_simulated(
    open_page: OpenPage, router: ScriptedRouter, parts: dict[str, Any], models: list[Any], words: str
) -> None:
    router.parts, router.models = parts, models
    async with open_page() as visit:
        await expect(visit["#banner"]).to_be_visible()
        await expect(visit["#banner"]).to_contain_text(words)


async def test_no_banner_over_the_real_thing_until_an_answer_is_simulated(visit: Visit, router: ScriptedRouter) -> None:
    await visit.answered("real")
    await expect(visit["#banner"]).to_be_hidden()
    router.default = Answer(text="No.", meta={"simulated": True})
    await visit.answered("simulated")
    await expect(visit["#banner"]).to_be_visible()


async def test_markup_from_either_side_is_text(visit: Visit, router: ScriptedRouter) -> None:
    attack = "<img src=x onerror=alert(1)><script>alert(2)</script> **<b>bold</b>**"
    links = " [a](javascript:alert(3)) [b](https://evisa.imigrasi.go.id/x) [c](data:text/html,x) http://x.test/y."
    source = {"id": "s", "title": attack, "url": "javascript:alert(4)", "score": 1.0}
    router.default = Answer(text=attack + links, meta={"sources": [source]})
    answer = await visit.answered(attack)
    await expect(visit[".question p"]).to_have_text(attack)
    await expect(answer.locator(".text")).to_contain_text("<script>alert(2)</script> <b>bold</b>")
    assert await visit[".turns img, .turns script, .turns b"].count() == 0
    anchors = answer.locator("a")
    await expect(anchors).to_have_count(2)
    assert await anchors.first.get_attribute("href") == "https://evisa.imigrasi.go.id/x"
    assert await anchors.first.get_attribute("rel") == "noopener noreferrer nofollow"
    await expect(answer.locator(".text")).to_contain_text("b (evisa.imigrasi.go.id)")
    assert await anchors.last.get_attribute("href") == "http://x.test/y"


@pytest.mark.parametrize(
    ("status", "kind", "advice"),
    [
        (400, "invalid", "Change the message"),
        (413, "length", "Shorten it"),
        (401, "auth", "ask the office for access"),
        (404, "missing", "Start a new conversation"),
        (429, "busy", "Wait a moment"),
        (503, "server", "Try again in a minute"),
    ],
)
async def test_an_error_tells_what_to_do(
    visit: Visit, router: ScriptedRouter, status: int, kind: str, advice: str
) -> None:
    problem = {"type": "about:blank", "title": "Title", "status": status, "detail": "message: <b>bad</b>"}
    router.default = Answer(text="Now.", problem=problem)
    await visit.ask("what about this")
    card = visit[".card.error"]
    await expect(card).to_have_attribute("data-kind", kind)
    await expect(card).to_contain_text(advice)
    await card.get_by_text("Technical detail").click()
    await expect(card).to_contain_text("message: <b>bad</b>")
    await card.locator("button").click()
    if kind in {"invalid", "length"}:
        await expect(visit["#message"]).to_have_value("what about this")
    else:
        await expect(visit[".answer .text"]).to_have_text("Now.")
        await expect(visit[".question"]).to_have_count(1)


async def test_a_rate_limit_is_waited_out(visit: Visit, router: ScriptedRouter) -> None:
    problem = {"type": "about:blank", "title": "Too many", "status": 429}
    router.default = Answer(text="Now.", problem=problem, retry_after_s=2)
    await visit.ask("again")
    button = visit[".card button"]
    await expect(button).to_be_disabled()
    await expect(button).to_have_text("Try again in 2 s")
    await expect(button).to_have_text("Try again in 1 s")
    await expect(button).to_be_enabled()
    await button.click()
    await expect(visit[".answer .text"]).to_have_text("Now.")


async def test_without_a_connection_the_question_is_kept_and_sent_once(visit: Visit, router: ScriptedRouter) -> None:
    tried: list[str] = []

    async def drop(route: Any) -> None:
        tried.append(route.request.headers["idempotency-key"])
        await route.abort("connectionrefused")

    await visit.page.route("**/v1/chat", drop)
    await visit.ask("are you there")
    await expect(visit[".card.error"]).to_contain_text("Check your internet connection")
    await visit.page.unroute("**/v1/chat")
    await visit[".card button"].click()
    await expect(visit[".answer .text"]).to_have_text("Understood.")
    assert [headers["Idempotency-Key"] for headers in router.chat_headers] == tried


async def test_an_error_in_mid_answer_leaves_the_words_and_offers_to_retry(
    visit: Visit, router: ScriptedRouter
) -> None:
    router.default = Answer(text="The capital is", error=UNAVAILABLE)
    await visit.ask("capital")
    await expect(visit[".answer .text"]).to_have_text("The capital is")
    await expect(visit[".card.error"]).to_have_attribute("data-kind", "server")
    await visit.ask("another")
    await expect(visit[".card.error"]).to_have_count(2)
    router.default = Answer(text="Ten billion.")
    await visit[".card button"].first.click()
    await expect(visit[".answer .text"]).to_have_text(["The capital is", "Ten billion."])
    assert await visit[".question p"].all_inner_texts() == ["capital", "another", "capital"]


async def test_an_empty_answer_is_an_error(visit: Visit, router: ScriptedRouter) -> None:
    router.default = Answer(text="")
    await visit.ask("say nothing")
    await expect(visit[".card.error"]).to_have_attribute("data-kind", "server")


async def test_stop_breaks_the_stream_off(visit: Visit, router: ScriptedRouter) -> None:
    router.answers["long"] = Answer(text="One two three", hold_after=2)
    await visit.ask("long")
    await expect(visit[".answer .text"]).to_have_text("One two")
    await visit["#stop"].click()
    await expect(visit[".card"]).to_contain_text("You stopped this answer")
    await expect(visit[".answer .text"]).to_have_text("One two")
    await expect(visit["#message"]).to_be_focused()
    await eventually(lambda: router.disconnects == 1)
    router.release.set()
    await visit[".card button"].click()
    await expect(visit[".answer .text"]).to_have_text(["One two three"])


async def test_a_restart_replaces_what_was_said(visit: Visit, router: ScriptedRouter) -> None:
    router.default = Answer(text="Wrong words here right words", restart_after=3)
    answer = await visit.answered("what")
    await expect(answer.locator(".text")).to_have_text("right words")


async def test_a_cut_line_is_picked_up_where_it_stopped(visit: Visit, router: ScriptedRouter) -> None:
    router.default = Answer(text="One two three four five", cut_after=3, pause_s=0.1)
    answer = await visit.answered("count")
    await expect(answer.locator(".text")).to_have_text("One two three four five")
    first, second = router.chat_headers
    assert router.generations == 1
    assert second["Idempotency-Key"] == first["Idempotency-Key"]
    assert second["Last-Event-ID"] == f"{first['Idempotency-Key']}-3"


async def test_a_line_cut_before_the_first_word_is_asked_under_the_same_key(
    visit: Visit, router: ScriptedRouter
) -> None:
    router.default = Answer(text="One two three", cut_after=1)
    answer = await visit.answered("count")
    await expect(answer.locator(".text")).to_have_text("One two three")
    first, second = router.chat_headers
    assert router.generations == 1
    assert second["Idempotency-Key"] == first["Idempotency-Key"]


async def test_a_line_that_stays_dead_ends_in_advice(visit: Visit, router: ScriptedRouter) -> None:
    router.answers["count"] = Answer(text="One two three four", hold_after=2)
    await visit.ask("count")
    await expect(visit[".answer .text"]).to_have_text("One two")
    await visit.page.route("**/v1/chat", lambda route: route.abort("connectionrefused"))
    await visit.page.clock.install()
    router.drop()
    await expect(visit[".note"]).to_contain_text("Reconnecting")
    while not await visit[".card.error"].is_visible():
        await visit.page.clock.run_for(1_000)
        await asyncio.sleep(0.05)
    await expect(visit[".card.error"]).to_have_attribute("data-kind", "interrupted")
    await expect(visit[".answer .text"]).to_have_text("One two")


@pytest.mark.parametrize(("resume", "generations"), [("replay", 1), ("anew", 2)])
async def test_a_router_that_cannot_resume_repeats_nothing(
    visit: Visit, router: ScriptedRouter, resume: Literal["replay", "anew"], generations: int
) -> None:
    router.resume = resume
    router.default = Answer(text="One two three four five", cut_after=3, pause_s=0.1)
    answer = await visit.answered("count")
    await expect(answer.locator(".text")).to_have_text("One two three four five")
    assert router.generations == generations


async def test_a_whole_reply_is_shown_too(visit: Visit, router: ScriptedRouter) -> None:
    router.default = Answer(text="All **at once**.", as_json=True, meta={"sources": SOURCES})
    answer = await visit.answered("json")
    await expect(answer.locator(".text")).to_have_text("All at once.")
    await expect(answer.locator(".sources li")).to_have_count(2)


async def test_a_reload_brings_the_conversation_back(visit: Visit, router: ScriptedRouter) -> None:
    await visit.answered("first")
    name = await visit.page.evaluate("sessionStorage.getItem('zantara.conversation')")
    router.turns[name] = [
        {"role": "user", "text": "first", "created_at": "2026-11-20T09:00:00Z"},
        {"role": "assistant", "text": "**Back**.", "id": "turn-1", "sources": SOURCES, "cached": True},
        {"role": "user", "text": "unanswered", "created_at": "2026-11-20T09:01:00Z"},
    ]
    await visit.page.reload()
    await expect(visit[".question p"]).to_have_text(["first", "unanswered"])
    await expect(visit[".answer .text"].first).to_have_text("Back.")
    await expect(visit[".badge"]).to_have_text("Cached answer")
    await expect(visit[".sources li"]).to_have_count(2)
    await expect(visit[".card"]).to_contain_text("no answer yet")
    await visit[".card button"].click()
    await expect(visit[".answer .text"].last).to_have_text("Understood.")
    assert router.chats[-1] == {"message": "unanswered", "stream": True, "conversation_id": name}


async def test_a_conversation_no_longer_kept_makes_room_for_a_new_one(visit: Visit, router: ScriptedRouter) -> None:
    await visit.answered("first")
    await visit.page.reload()
    await expect(visit["#announcer"]).to_have_text("The earlier conversation is no longer kept. This is a new one.")
    await expect(visit["#welcome"]).to_be_visible()
    await visit.answered("second")
    assert "conversation_id" not in router.chats[-1]


async def test_a_question_in_flight_survives_a_reload(visit: Visit, router: ScriptedRouter) -> None:
    router.answers["early"] = Answer(text="One two", hold_after=1)
    await visit.ask("early")
    await expect(visit[".answer .text"]).to_have_text("One")
    await visit.page.reload()
    await expect(visit[".question p"]).to_have_text("early")
    router.release.set()
    await visit[".card button"].click()
    await expect(visit[".answer .text"]).to_have_text("One two")


async def test_a_new_conversation_closes_the_old_one(visit: Visit, router: ScriptedRouter) -> None:
    await visit.answered("first")
    old = await visit.page.evaluate("sessionStorage.getItem('zantara.conversation')")
    async with visit.page.expect_response("**/close"):
        await visit["#new"].click()
    assert router.closed == [old]
    await expect(visit[".turn"]).to_have_count(0)
    await expect(visit["#welcome"]).to_be_visible()
    await expect(visit["#message"]).to_be_focused()
    await visit[".suggestions button"].first.click()
    await expect(visit[".answer .text"]).to_have_text("Understood.")
    assert router.chats[-1] == {"message": "What do I need for an investor KITAS?", "stream": True}


async def test_a_rating_and_a_comment(visit: Visit, router: ScriptedRouter) -> None:
    answer = await visit.answered("rate me")
    async with visit.page.expect_response("**/v1/feedback"):
        await answer.locator(".flower").nth(3).click()
    await expect(answer.locator(".rating-status")).to_have_text("Thank you, noted.")
    await expect(answer.locator(".flower.chosen")).to_have_count(4)
    await answer.locator(".comment textarea").fill("More on fees")
    async with visit.page.expect_response("**/v1/feedback"):
        await answer.get_by_text("Send comment").click()
    await expect(answer.locator(".comment")).to_have_count(0)
    rated = {"turn_id": "turn-1", "conversation_id": router.feedback[0]["conversation_id"], "rating": 4}
    assert router.feedback == [rated, {**rated, "comment": "More on fees"}]


async def test_a_rating_that_was_not_saved_says_so(visit: Visit, router: ScriptedRouter) -> None:
    router.feedback_status = 503
    answer = await visit.answered("rate me")
    await answer.locator(".flower").first.click()
    await expect(answer.locator(".rating-status")).to_have_text("The rating was not saved. Choose it again.")
