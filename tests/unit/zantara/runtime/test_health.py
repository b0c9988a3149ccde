"""Ready is every vital part, with content; a part that fails is named, a part that hangs is not waited for."""

import asyncio
from typing import Any

from zantara.errors import Unavailable
from zantara.runtime.health import Health


async def good() -> dict[str, Any]:
    return {"passages": 7}


async def bad() -> None:
    raise Unavailable("corpus is empty")


async def hangs() -> None:
    await asyncio.sleep(60)


async def test_all_good_is_ready_with_its_facts() -> None:
    ready, report = await Health("s", {"corpus": good}).check()
    assert ready
    assert report == {"service": "s", "status": "ready", "parts": {"corpus": {"ok": True, "passages": 7}}}


async def test_a_vital_part_makes_it_unready_another_one_degraded() -> None:
    ready, report = await Health("s", {"corpus": bad, "nats": good}).check()
    assert (ready, report["status"]) == (False, "unready")
    ready, report = await Health("s", {"corpus": bad, "nats": good}, vital=frozenset({"nats"})).check()
    assert (ready, report["status"]) == (True, "degraded")
    assert report["parts"]["corpus"] == {"ok": False, "error": "corpus is empty"}


async def test_a_part_that_hangs_is_named_in_time() -> None:
    async with asyncio.timeout(3):
        ready, report = await Health("s", {"nats": hangs}).check()
    assert not ready
    assert "no answer" in report["parts"]["nats"]["error"]


async def test_a_service_that_is_stopping_is_not_ready() -> None:
    health = Health("s", {"corpus": good})
    health.stopping = True
    ready, report = await health.check()
    assert (ready, report["status"]) == (False, "stopping")
