"""A reader of the chat page: what they do, and what must never happen to them."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlsplit

from browser.scripted_router import ScriptedRouter
from playwright.async_api import Locator, Page

WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


class PageServer(NamedTuple):
    """The scripted router and where it listens."""

    router: ScriptedRouter
    url: str


class Visit:
    """One reader's page, with what must never happen on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.hosts: set[str] = set()
        self.faults: list[str] = []
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("dialog", lambda dialog: self.faults.append(f"dialog: {dialog.message}"))

    def __getitem__(self, selector: str) -> Locator:
        """The elements of a selector."""
        return self.page.locator(selector)

    async def ask(self, message: str) -> None:
        """Write a message and send it with the keyboard."""
        await self["#message"].fill(message)
        await self["#message"].press("Enter")

    async def answered(self, message: str) -> Locator:
        """Ask, and wait until the newest answer is whole."""
        before = await self[".answer .foot"].count()
        await self.ask(message)
        await self[".answer .foot"].nth(before).wait_for()
        return self[".answer"].last

    async def check(self, url: str) -> None:
        """No script error, no dialog, no breach of the policy, nothing fetched from elsewhere."""
        assert self.faults == []
        assert await self.page.evaluate("window.violations") == []
        assert self.hosts == {urlsplit(url).netloc}


class OpenPage(Protocol):
    """Opens the page for a reader; the keywords are playwright's for a browser context."""

    def __call__(self, *, script: str = "", **options: Any) -> AbstractAsyncContextManager[Visit]: ...


async def eventually(check: Callable[[], bool], *, timeout_s: float = 5.0) -> None:
    """Wait until the router has seen something."""
    async with asyncio.timeout(timeout_s):
        while not check():
            await asyncio.sleep(0.02)
