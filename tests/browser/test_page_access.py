"""The chat page for everybody: languages, keyboard, screen reader, small and dark screens, a name if wanted."""

import re

import pytest
from browser.reader import OpenPage, PageServer, Visit
from browser.scripted_router import PAGE, Answer, ScriptedRouter
from playwright.async_api import Locator, expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

LANGUAGES = ("en", "it", "id")
FACT = {
    "id": "f1",
    "slot": "dreams",
    "value": "A book <b>café</b> in Sanur",
    "quote": "I dream of books and coffee",
    "certainty": "stated",
    "updated_at": "2026-11-03T20:53:47Z",
}
EVERYTHING = Answer(
    text="# Title\n\nWords with `code`, a [link](https://x.test/) and\n\n- one\n- two",
    meta={
        "simulated": True,
        "cached": True,
        "degraded": ["memory"],
        "sources": [{"id": "s", "title": "Source", "score": 0.5, "as_of": "2026-06"}],
    },
)
# Every visible text against what is painted behind it, after WCAG 2.2 (1.4.3): "ratio: text" where it is below AA.
FAINT = """() => {
  const rgb = (value) => {
    const [r, g, b, a = 1] = value.match(/[\\d.]+/g).map(Number);
    return { c: [r, g, b], a };
  };
  const luminance = (c) => c.map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const { c, a } = rgb(getComputedStyle(at).backgroundColor);
      if (a === 1) return c;
      if (a !== 0) throw new Error(`half-transparent background on ${at.className}`);
    }
    throw new Error("nothing behind");
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const node = text.parentElement;
    const box = node.getBoundingClientRect();
    if (!text.data.trim() || box.width < 2 || !node.checkVisibility()) continue;
    const style = getComputedStyle(node);
    const [light, dark] = [luminance(rgb(style.color).c), luminance(behind(node))].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < 4.5 && !node.closest(":disabled")) faint.push(`${ratio.toFixed(2)}: ${text.data.trim()}`);
  }
  return faint;
}"""


@pytest.fixture
def router(page_server: PageServer) -> ScriptedRouter:
    return page_server.router


@pytest.mark.parametrize(
    ("locale", "code", "placeholder", "notice"),
    [
        ("it-CH", "it", "Scrivi la tua domanda", "Parli con un assistente IA"),
        ("en-AU", "en", "Write your question", "You are talking to an AI assistant"),
        ("id-ID", "id", "Tulis pertanyaan Anda", "Anda berbicara dengan asisten AI"),
        ("de-DE", "en", "Write your question", "You are talking to an AI assistant"),
    ],
)
async def test_the_page_speaks_the_language_of_the_browser(
    open_page: OpenPage, locale: str, code: str, placeholder: str, notice: str
) -> None:
    async with open_page(locale=locale) as visit:
        await expect(visit["html"]).to_have_attribute("lang", code)
        await expect(visit["#message"]).to_have_attribute("placeholder", placeholder)
        await expect(visit[".notice"]).to_contain_text(notice)
        await expect(visit[f"[data-language={code}]"]).to_have_attribute("aria-pressed", "true")


async def test_another_language_relabels_what_is_there_and_is_remembered(visit: Visit, router: ScriptedRouter) -> None:
    router.default = EVERYTHING
    answer = await visit.answered("what")
    await visit["[data-language=it]"].click()
    assert await answer.locator(".badge").all_inner_texts() == ["Simulata", "Risposta già pronta"]
    await expect(answer.locator(".sources")).to_contain_text("aggiornata a giugno 2026")
    await expect(answer.locator(".degraded")).to_contain_text("senza ciò che è ricordato di te")
    await expect(answer.locator(".text")).to_have_attribute("lang", "en")
    assert await visit.page.title() == "ZANTARA, un assistente IA per Bali"
    await visit["[data-language=id]"].click()
    await visit.page.reload()
    await expect(visit["html"]).to_have_attribute("lang", "id")
    await expect(visit[".welcome .lead"]).to_contain_text("Selamat datang")


async def test_everything_can_be_done_with_the_keyboard(visit: Visit, router: ScriptedRouter) -> None:
    press = visit.page.keyboard.press
    await press("Tab")
    await expect(visit[".skip"]).to_be_focused()
    await press("Enter")
    await expect(visit["#message"]).to_be_focused()
    await visit.page.keyboard.type("one")
    await press("Shift+Enter")
    await visit.page.keyboard.type("two")
    await expect(visit["#message"]).to_have_value("one\ntwo")
    await press("Enter")
    await expect(visit[".answer .foot"]).to_be_visible()
    assert router.chats[0]["message"] == "one\ntwo"
    router.answers["long"] = Answer(text="One two three", hold_after=1)
    await visit.ask("long")
    await expect(visit[".answer .text"].last).to_have_text("One")
    await press("Escape")
    await expect(visit[".card"]).to_contain_text("You stopped this answer")
    await visit["#person-open"].focus()
    await press("Enter")
    await expect(visit["#person"]).to_be_visible()
    await press("Escape")
    await expect(visit["#person"]).to_be_hidden()
    await expect(visit["#person-open"]).to_be_focused()


async def test_arrow_keys_rate_once_where_they_rest(visit: Visit, router: ScriptedRouter) -> None:
    answer = await visit.answered("rate me")
    await answer.locator(".flower input").first.focus()
    async with visit.page.expect_response("**/v1/feedback"):
        await visit.page.keyboard.press("Space")
        for _ in range(2):
            await visit.page.keyboard.press("ArrowRight")
    await expect(answer.locator(".rating-status")).to_have_text("Thank you, noted.")
    assert [rating["rating"] for rating in router.feedback] == [3]


async def test_a_screen_reader_hears_an_answer_once_and_whole(visit: Visit, router: ScriptedRouter) -> None:
    router.answers["hello"] = Answer(text="One **two** three", hold_after=2)
    await expect(visit["#transcript"]).to_have_role("log")
    await expect(visit["#transcript"]).to_have_attribute("aria-live", "off")
    await visit.ask("hello")
    await expect(visit["#announcer"]).to_have_text("ZANTARA is reading your question")
    await expect(visit[".answer .text"]).to_have_text("One two")
    await expect(visit["#announcer"]).to_have_text("ZANTARA is reading your question")
    router.release.set()
    await expect(visit["#announcer"]).to_have_text("ZANTARA answered: One two three")
    router.default = Answer(problem={"type": "about:blank", "title": "Down", "status": 503})
    await visit.ask("again")
    await expect(visit["#alarm"]).to_contain_text("ZANTARA cannot answer right now")


async def test_every_control_has_a_name(visit: Visit, router: ScriptedRouter) -> None:
    router.default = EVERYTHING
    await visit.answered("what")
    tree = await visit["body"].aria_snapshot()
    controls = re.findall(r"^\s*- '?(button|textbox|radio|link)\b(.*)$", tree, re.MULTILINE)
    assert len(controls) > 10
    assert [control for control in controls if '"' not in control[1]] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_text_has_contrast(open_page: OpenPage, router: ScriptedRouter, scheme: str) -> None:
    router.parts = {"claude": {"simulated": True}}
    router.facts["Marta"] = [FACT]
    async with open_page(color_scheme=scheme, reduced_motion="reduce") as visit:
        assert await visit.page.evaluate(FAINT) == []
        router.default = EVERYTHING
        answer = await visit.answered("what")
        await answer.get_by_text("Details").click()
        await answer.locator(".flower").first.click()
        await answer.locator(".comment").wait_for()
        router.default = Answer(problem={"type": "about:blank", "title": "Down", "status": 503})
        await visit.ask("again")
        await visit[".card.error"].get_by_text("Technical detail").click()
        assert await visit.page.evaluate(FAINT) == []
        await become(visit, "Marta")
        await visit.page.get_by_text("Delete all of it").click()
        assert await visit.page.evaluate(FAINT) == []


@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_small_phone_never_scrolls_sideways(open_page: OpenPage, router: ScriptedRouter, code: str) -> None:
    router.parts = {"claude": {"simulated": True}}
    router.default = Answer(text=f"{'long' * 60} https://x.test/{'y' * 200}", meta=EVERYTHING.meta)
    size = {"width": 320, "height": 568}
    async with open_page(locale=code, viewport=size, has_touch=True, is_mobile=True) as visit:
        await fits(visit)
        await visit.answered("w" * 200)
        await fits(visit)
        await become(visit, "Marta")
        await fits(visit)
        await expect(visit["#person-close"]).to_be_in_viewport()


async def fits(visit: Visit) -> None:
    wide = """() => [...document.querySelectorAll("body, body *:not(.sr-only, .symbols *)")]
      .filter((node) => node.checkVisibility() && node.getBoundingClientRect().right > innerWidth + 1)
      .map((node) => node.className || node.tagName)"""
    assert await visit.page.evaluate(wide) == []


async def test_nothing_moves_for_who_asked_for_calm(open_page: OpenPage, router: ScriptedRouter) -> None:
    router.default = Answer(text="One two", hold_after=1)
    async with open_page(reduced_motion="reduce") as visit:
        await visit.ask("what")
        await expect(visit[".answer .text"]).to_have_text("One")
        moving = "document.getAnimations().length"
        assert await visit.page.evaluate(moving) == 0
        await visit["#stop"].click()


async def test_a_long_answer_keeps_its_question_in_sight(visit: Visit, router: ScriptedRouter) -> None:
    router.default = Answer(text="\n\n".join(f"Line {number}" for number in range(60)))
    await visit.answered("how long")
    await expect(visit[".question"]).to_be_in_viewport()
    await expect(visit["#latest"]).to_be_visible()
    await visit["#latest"].click()
    await expect(visit[".foot"]).to_be_in_viewport()
    await expect(visit["#latest"]).to_be_hidden()


async def test_who_reads_above_is_left_in_peace(visit: Visit, router: ScriptedRouter) -> None:
    lines = "\n\n".join(f"Line {number}" for number in range(60))
    router.default = Answer(text=lines, hold_after=2)
    router.release.set()
    await visit.answered("first")
    router.release.clear()
    await visit.ask("second")
    await expect(visit[".answer .text"].last).to_contain_text("Line")
    await visit["#transcript"].evaluate("(box) => box.scrollTo(0, 0)")
    await expect(visit["#latest"]).to_be_visible()
    router.release.set()
    await expect(visit[".foot"]).to_have_count(2)
    assert await visit["#transcript"].evaluate("(box) => box.scrollTop") == 0


async def become(visit: Visit, name: str) -> Locator:
    """Give a name; returns the memory pane."""
    await visit["#person-open"].click()
    await visit["#person-name"].fill(name)
    await visit["#person-name"].press("Enter")
    await expect(visit["#memory"]).to_be_visible()
    return visit["#memory"]


async def test_a_name_is_optional_sent_and_kept_in_the_browser(visit: Visit, router: ScriptedRouter) -> None:
    await visit.answered("anonymous")
    await visit["#person-open"].click()
    await expect(visit["#person-state"]).to_contain_text("You are anonymous")
    await expect(visit["#memory"]).to_be_hidden()
    await visit["#person-close"].click()
    await visit["#person-open"].click()
    await visit["#person-name"].fill("Marta/Rossi")
    await visit["#person-name"].press("Enter")
    await expect(visit["#person-fault"]).to_be_visible()
    await expect(visit["#memory"]).to_be_hidden()
    await visit["#person-close"].click()
    pane = await become(visit, " Màrta  Rossi ")
    await expect(pane).to_contain_text("Nothing yet")
    await visit["#person-close"].click()
    await expect(visit[".turn"]).to_have_count(0)
    assert len(router.closed) == 1
    await visit.answered("named")
    assert router.chats[-1] == {"message": "named", "stream": True, "user_id": "Màrta-Rossi"}
    await visit.page.reload()
    await visit["#person-open"].click()
    await expect(visit["#person-state"]).to_contain_text("You are here as Màrta-Rossi")
    await visit["#person-forget"].click()
    await expect(visit["#memory"]).to_be_hidden()
    assert await visit.page.evaluate("localStorage.getItem('zantara.user_id')") is None


async def test_memory_is_shown_with_its_words_and_deleted_only_when_meant(visit: Visit, router: ScriptedRouter) -> None:
    router.facts["marta+1@x.test"] = [FACT, {**FACT, "value": None, "slot": "anxieties"}]
    pane = await become(visit, "marta+1@x.test")
    await expect(pane.locator(".fact")).to_have_count(1)
    await expect(pane).to_contain_text("A book <b>café</b> in Sanur")
    await expect(pane.locator("blockquote")).to_contain_text("I dream of books and coffee")
    await expect(pane.locator(".fact-notes span")).to_have_text(["you said so", "3 November 2026"])
    await pane.get_by_text("Delete all of it").click()
    await expect(pane.get_by_text("No, keep it")).to_be_focused()
    await visit.page.keyboard.press("Enter")
    await expect(pane.locator(".fact")).to_have_count(1)
    await expect(pane.get_by_text("Delete all of it")).to_be_focused()
    router.memory_status = 503
    await pane.get_by_text("Delete all of it").click()
    await pane.get_by_text("Yes, delete it").click()
    await expect(pane.get_by_role("alert")).to_contain_text("could not be deleted")
    assert "marta+1@x.test" in router.facts
    router.memory_status = 200
    await pane.get_by_text("Delete all of it").click()
    await pane.get_by_text("Yes, delete it").click()
    await expect(pane.get_by_role("status")).to_contain_text("ZANTARA remembers nothing about marta+1@x.test")
    assert router.facts == {}


async def test_a_browser_that_keeps_nothing_can_still_chat(open_page: OpenPage, router: ScriptedRouter) -> None:
    refuse = """for (const area of ["localStorage", "sessionStorage"])
      Object.defineProperty(window, area, { get() { throw new DOMException("denied", "SecurityError"); } });"""
    async with open_page(script=refuse) as visit:
        await visit.answered("first")
        await visit.answered("second")
        assert router.chats[1]["conversation_id"].startswith("conv-")


async def test_a_message_too_long_is_counted_not_cut(visit: Visit) -> None:
    await visit["#message"].fill("é" * 8_001)
    await expect(visit["#count"]).to_have_text("1 characters too many")
    await expect(visit["#send"]).to_be_disabled()
    await visit["#message"].fill("é" * 7_900)
    await expect(visit["#count"]).to_have_text("100 characters left")
    await expect(visit["#send"]).to_be_enabled()


def table(code: str) -> dict[str, str]:
    text = (PAGE / f"strings-{code}.js").read_text(encoding="utf-8")
    return dict(re.findall(r'^  "([\w.]+)":\s+"((?:[^"\\]|\\.)*)",$', text, re.MULTILINE))


async def test_the_three_tables_say_the_same_things() -> None:
    tables = {code: table(code) for code in LANGUAGES}
    english = tables["en"]
    assert len(english) > 100
    for words in tables.values():
        assert words.keys() == english.keys()
        for key, text in words.items():
            assert text
            assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", english[key])), key


async def test_every_text_the_page_asks_for_exists_and_none_is_left_over() -> None:
    sources = [path for path in PAGE.iterdir() if path.suffix in {".js", ".html"}]
    code = "".join(path.read_text(encoding="utf-8") for path in sources if "strings-" not in path.name)
    asked = set(re.findall(r'["`](\w+(?:\.\w+)+)["`]', code)) - {"app.css"}
    families = set(re.findall(r"`(\w+)\.\$\{", code)) | {"category", "language", "match", "topic"}
    known = table("en").keys()
    prefixes = {name.split(".")[0] for name in known}
    assert {name for name in asked if name.split(".")[0] in prefixes} <= known
    assert {name for name in known if name not in asked and name.split(".")[0] not in families} == set()
