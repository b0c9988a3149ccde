"""One HTTP question to a part: does it answer, is it ready, and if not, why."""

from typing import Literal

import aiohttp
import msgspec

from zantara_cli.stack.ports import LOOPBACK

Level = Literal["down", "alive", "ready"]


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """`alive`: it answers but is not ready, for the reason in `note`."""

    level: Level
    note: str = ""


class _PartReport(msgspec.Struct, frozen=True):
    ok: bool
    error: str = ""


class _Report(msgspec.Struct, frozen=True):
    parts: dict[str, _PartReport] = {}


DOWN = Health(level="down")
READY = Health(level="ready")


async def ask(port: int, path: str = "/readyz", *, timeout_s: float = 2.0) -> Health:
    """Ask a part on loopback; any answer but 200 means alive, no answer means down."""
    timeout = aiohttp.ClientTimeout(total=timeout_s)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(f"http://{LOOPBACK}:{port}{path}") as answer,
        ):
            note = reason(await answer.read())
            return Health(level="ready" if answer.status == 200 else "alive", note=note)
    except (aiohttp.ClientError, TimeoutError, OSError):
        return DOWN


def reason(body: bytes) -> str:
    """The parts that fail in a readiness report (`zantara.runtime.health`), with why; empty where none does."""
    try:
        report = msgspec.json.decode(body, type=_Report)
    except msgspec.DecodeError:
        return ""
    return "; ".join(f"{name}: {part.error}" for name, part in report.parts.items() if not part.ok)
