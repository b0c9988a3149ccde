"""The page's pure modules, run where they live: event streams in any pieces, Markdown that grows, a light load."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from browser.reader import Visit
from browser.scripted_router import PAGE, ScriptedRouter, serving
from playwright.async_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

STREAM = (
    ": hello\r\n\r\nevent: meta\r\nid: 1\r\ndata: {\ndata: }\n\nid: 2\rdata:x\r\rretry: 5\n: beat\n\ndata: 🌺\nid\n\n"
)
EVENTS = [
    {"type": "meta", "data": "{\n}", "id": "1"},
    {"type": "message", "data": "x", "id": "2"},
    {"type": "message", "data": "🌺", "id": ""},
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(browser: Browser) -> AsyncIterator[Page]:
    """One page for all: these modules keep nothing."""
    context = await browser.new_context()
    page = await context.new_page()
    async with serving(ScriptedRouter()) as url:
        await page.goto(url)
        yield page
    await context.close()


async def in_page(page: Page, module: str, body: str, argument: Any = None) -> Any:
    """Run the body of a function of `part` (the module) and `given`."""
    code = f"async (given) => {{ const part = await import('/page/{module}.js'); {body} }}"
    return await page.evaluate(code, argument)


async def test_an_event_stream_reads_the_same_in_any_two_pieces(shared: Page) -> None:
    body = """return [...given].map((_, at, all) => {
      const parser = new part.EventParser();
      return [...parser.push(all.slice(0, at).join("")), ...parser.push(all.slice(at).join(""))];
    });"""
    for events in await in_page(shared, "sse", body, STREAM):
        assert events == EVENTS


async def test_bytes_of_one_character_may_come_apart(shared: Page) -> None:
    body = """const bytes = new TextEncoder().encode(given);
    const stream = new ReadableStream({ start(sink) {
      for (const byte of bytes) sink.enqueue(new Uint8Array([byte]));
      sink.close();
    } });
    return Array.fromAsync(part.readEvents(stream, 1000));"""
    assert await in_page(shared, "sse", body, STREAM) == EVENTS


async def test_silence_breaks_a_line_and_a_heartbeat_keeps_it(shared: Page) -> None:
    body = """let beats = 0;
    let gone = false;
    const beat = new TextEncoder().encode(": beat\\n\\n");
    const stream = new ReadableStream({
      async pull(sink) {
        await new Promise((done) => setTimeout(done, beats < 5 ? 60 : 60000));
        beats += 1;
        sink.enqueue(beat);
      },
      cancel() { gone = true; },
    });
    try {
      for await (const event of part.readEvents(stream, 200)) void event;
    } catch (error) {
      return { broken: error instanceof part.StreamBroken, beats, gone };
    }"""
    assert await in_page(shared, "sse", body) == {"broken": True, "beats": 5, "gone": True}


MARKDOWN = [
    ("one\ntwo\n\nthree", "<p>one<br>two</p>|<p>three</p>"),
    ("**a _b_ c** and *d*", "<p><strong>a <em>b</em> c</strong> and <em>d</em></p>"),
    (
        "snake_case_name 2*3*4 ** not ** __x__",
        "<p>snake_case_name 2*3*4 ** not ** __x__</p>",
    ),
    ("## Head ##\ntext", '<p class="heading">Head</p>|<p>text</p>'),
    ("- a\n- b\n  more\n\n- c", "<ul><li>a</li><li>b more</li><li>c</li></ul>"),
    (
        "3. a\n   - b\n   - c\n4. d",
        '<ol start="3"><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ol>',
    ),
    ("1) a\n- b", "<ol><li>a</li></ol><ul><li>b</li></ul>"),
    ("a\n\n---\n\nb", "<p>a</p>|<hr>|<p>b</p>"),
    ("`<b>` & <i>", "<p><code>&lt;b&gt;</code> &amp; &lt;i&gt;</p>"),
    ("- \n1.\n#\n**\n[](", "<ul><li> 1. # ** [](</li></ul>"),
]


@pytest.mark.parametrize(("text", "html"), MARKDOWN)
async def test_markdown(shared: Page, text: str, html: str) -> None:
    body = "return part.splitBlocks(given).map((block) => part.renderBlock(block).innerHTML).join('|');"
    assert await in_page(shared, "markdown", body, text) == html


async def test_only_pages_are_linked(shared: Page) -> None:
    targets = [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "/relative",
        "vbscript:x",
        "file:///etc/passwd",
        "//x.test",
        "https://",
    ]
    body = "return given.map((target) => part.link('words', target) === null);"
    assert await in_page(shared, "markdown", body, targets) == [True] * len(targets)


async def test_a_growing_text_ends_as_the_whole_and_keeps_its_first_blocks(shared: Page) -> None:
    text = "\n\n".join(text for text, _ in MARKDOWN)
    body = """const grown = document.createElement("div");
    const whole = document.createElement("div");
    const view = new part.MarkdownView(grown);
    view.show(given.slice(0, 20), true);
    const first = grown.firstChild;
    for (let at = 21; at <= given.length; at += 1) view.show(given.slice(0, at), true);
    view.show(given, false);
    new part.MarkdownView(whole).show(given, false);
    return [grown.innerHTML === whole.innerHTML, grown.firstChild === first];"""
    assert await in_page(shared, "markdown", body, text) == [True, True]


async def test_stars_of_an_open_bold_are_never_seen(shared: Page) -> None:
    body = """const box = document.createElement("div");
    const view = new part.MarkdownView(box);
    const seen = [];
    for (let at = 1; at <= given.length; at += 1) {
      view.show(given.slice(0, at), true);
      seen.push(box.textContent);
    }
    return seen.filter((words) => words.includes("**"));"""
    assert await in_page(shared, "markdown", body, "It is **ten billion** rupiah, **each**.") == []


async def test_a_very_long_hostile_text_is_rendered_at_once(shared: Page) -> None:
    body = """const box = document.createElement("div");
    const started = performance.now();
    for (const text of given) new part.MarkdownView(box).show(text, false);
    return performance.now() - started;"""
    hostile = ["**a" * 4_000, "[" * 12_000, "[a](" * 3_000, "_a " * 4_000, "- " * 6_000, "`" * 12_001]
    assert await in_page(shared, "markdown", body, hostile) < 5_000


@pytest.mark.parametrize(
    ("stored", "preferred", "code"),
    [
        ("", ["it-IT", "en"], "it"),
        ("id", ["it"], "id"),
        ("xx", ["fr", "ban-ID"], "id"),
        ("", ["in"], "id"),
        ("", [], "en"),
        ("", ["fr", "de"], "en"),
    ],
)
async def test_the_language_is_chosen(shared: Page, stored: str, preferred: list[str], code: str) -> None:
    body = "return part.choose(...given);"
    assert await in_page(shared, "i18n", body, [stored, preferred]) == code


async def test_the_page_is_light_and_asks_for_nothing_twice(visit: Visit) -> None:
    await visit.page.wait_for_load_state("networkidle")
    names = await visit.page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    own = [name.rsplit("/", 1)[1] for name in names if "/page/" in name]
    assert len(own) == len(set(own)), json.dumps(own)
    loaded = {"index.html", "icon.svg", *own}
    assert loaded == {path.name for path in PAGE.iterdir()}
    assert sum((PAGE / name).stat().st_size for name in loaded) < 120_000
