"""The sample corpus: loaded on the first start, or by `zantara sample`; loading twice changes nothing."""

import argparse
import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import zantara_cli
from zantara.bus import Bus
from zantara.errors import Invalid, Transient
from zantara.events import DocumentImported, GoldenImported
from zantara_cli import corpus
from zantara_cli.operator import guarded, open_operator

_PATIENCE_S = 60.0


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("sample", help="load the sample corpus into the running system")
    parser.set_defaults(run=lambda _: guarded(run))


def run() -> int:
    """Load it and say so."""
    asyncio.run(load(os.environ, print))
    return 0


async def load(env: Mapping[str, str], progress: Callable[[str], None]) -> None:
    """Knowledge, figures, culture, golden answers, a fortnight of conversations; Invalid where one is refused."""
    folder = Path(env.get("ZANTARA_SAMPLE_DIR") or Path(zantara_cli.__file__).parents[2] / "data")
    async with open_operator(env) as bus:
        await _knowledge(bus, folder, progress)
        refused = [reply for reply in await _golden(bus, folder, progress) if reply.outcome == "refused"]
        await _conversations(bus, folder, progress)
    if refused:
        raise Invalid("; ".join(f"{reply.cluster_id}: {', '.join(reply.faults)}" for reply in refused))


async def _knowledge(bus: Bus, folder: Path, progress: Callable[[str], None]) -> None:
    total = len(list((folder / "knowledge").glob("*.md")))
    count = _Counter("knowledge", total, progress)
    documents = await _patiently(lambda: corpus.import_documents(bus, folder / "knowledge", count))
    refused = [f"{reply.document_id}: {', '.join(reply.faults)}" for reply in documents if reply.outcome == "refused"]
    prices = await corpus.import_prices(bus, folder / "prices" / "table.jsonl", _Counter("figures", 4, progress))
    culture = await corpus.import_culture(bus, folder / "culture", _Counter("culture", 1, progress))
    refused += [fault for reply in (*prices, culture) for fault in reply.faults]
    if refused:
        raise Invalid("; ".join(refused))


async def _golden(bus: Bus, folder: Path, progress: Callable[[str], None]) -> list[GoldenImported]:
    file = folder / "golden_pack" / "pack.jsonl"
    return await corpus.import_golden(bus, file, _Counter("golden answers", len(corpus.rows(file)), progress))


async def _conversations(bus: Bus, folder: Path, progress: Callable[[str], None]) -> None:
    file = folder / "conversations" / "sample.jsonl"
    count = _Counter("conversations", len(corpus.rows(file)), progress)
    await corpus.import_conversations(bus, file, count, shift=corpus.shift_to_yesterday(file))


async def _patiently(work: Callable[[], Awaitable[list[DocumentImported]]]) -> list[DocumentImported]:
    """The services may still be binding their subjects."""
    deadline = asyncio.get_running_loop().time() + _PATIENCE_S
    while True:
        try:
            return await work()
        except* Transient:
            if asyncio.get_running_loop().time() > deadline:
                raise
        await asyncio.sleep(0.5)


class _Counter:
    """Counts replies and tells of them."""

    def __init__(self, what: str, total: int, progress: Callable[[str], None]) -> None:
        self._what, self._total, self._progress, self._count = what, total, progress, 0

    def __call__(self, _: object) -> None:
        self._count += 1
        self._progress(f"{self._what} {self._count}/{self._total}")
