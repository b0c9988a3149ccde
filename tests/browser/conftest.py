"""A chromium for the module, the scripted router for the test, and a page that may break no rule while it is used."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from browser.reader import WATCH, OpenPage, PageServer, Visit
from browser.scripted_router import ScriptedRouter, serving
from playwright.async_api import Browser, async_playwright, expect

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say once, in words, why nothing here can run."""
    if CHROMIUM.exists():
        return
    missing = pytest.mark.skip(reason=f"{CHROMIUM} is missing; Debian's package chromium brings it")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(missing)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Debian's chromium, without a window."""
    # Two cores and other work beside: slow is not wrong.
    expect.set_options(timeout=10_000)
    async with async_playwright() as driver:
        chromium = await driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="module")
async def page_server() -> AsyncIterator[PageServer]:
    """The page's folder behind a router that answers by script."""
    router = ScriptedRouter()
    async with serving(router) as url:
        yield PageServer(router, url)


@pytest.fixture
def open_page(browser: Browser, page_server: PageServer) -> OpenPage:
    """A fresh reader each time; the rules are checked when they leave."""

    @asynccontextmanager
    async def opened(*, script: str = "", **options: Any) -> AsyncIterator[Visit]:
        context = await browser.new_context(**({"locale": "en-GB"} | options))
        context.set_default_timeout(15_000)
        await context.add_init_script(WATCH + script)
        try:
            visit = Visit(await context.new_page())
            await visit.page.goto(page_server.url)
            yield visit
            await visit.check(page_server.url)
        finally:
            await context.close()

    return opened


@pytest_asyncio.fixture(loop_scope="module")
async def visit(open_page: OpenPage) -> AsyncIterator[Visit]:
    """An English reader at a desk."""
    async with open_page() as english:
        yield english
