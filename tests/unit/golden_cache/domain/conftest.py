"""Stock for the domain's tests: the shipped pack, and a small one of three entries; vectors by hashing, no model."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import numpy as np
import pytest

from golden_cache.domain.entries import GoldenEntry, HardNegative, Source, Status
from golden_cache.domain.lookup import Hit, Miss, Query, lookup
from golden_cache.domain.pack import decode_pack
from golden_cache.domain.reading import read_entry
from golden_cache.domain.snapshot import Floats, Scope, Snapshot, build, texts_of
from zantara.embeddings import HASH_MODEL, HashEmbedder

NOW = datetime(2026, 11, 20, tzinfo=UTC)
SCOPE = Scope(embedding_model=HASH_MODEL)
PACK = Path(__file__).parents[4] / "deploy" / "data" / "golden_pack" / "pack.jsonl"

Ask = Callable[..., Hit | Miss]


def embed(texts: list[str]) -> Floats:
    return np.asarray(asyncio.run(HashEmbedder().embed(texts)), dtype=np.float32)


def stock_of(entries: list[GoldenEntry]) -> Snapshot:
    readings = [read_entry(entry) for entry in entries]
    return build(readings, embed(texts_of(readings)), SCOPE)


def entry_with(**changes: object) -> GoldenEntry:
    """A whole entry about a made-up moped permit."""
    whole = GoldenEntry(
        cluster_id="moped-permit-cost",
        topic="daily_life",
        asks="cost",
        subject=("scooter",),
        questions={
            "en": "How much does a scooter rental permit cost?",
            "it": "Quanto costa il permesso per noleggiare lo scooter?",
            "id": "Berapa biaya izin sewa motor?",
        },
        variations={
            "en": ("price of the scooter rental permit", "what fee do i pay to rent out a scooter"),
            "it": ("prezzo del permesso noleggio scooter",),
            "id": ("harga izin penyewaan sepeda motor",),
        },
        hard_negatives=(
            HardNegative(text="how long does the scooter rental permit take", language="en", why="other_aspect"),
        ),
        answers={
            "en": "As of May 2026 the permit for renting out a scooter costs IDR 150,000 a year and is paid at the "
            "district office; bring the vehicle papers and your identity card, and keep the receipt with you.",
            "it": "A maggio 2026 il permesso per noleggiare uno scooter costa 150.000 rupie all'anno e si paga "
            "presso l'ufficio del distretto; portate i documenti del mezzo e la carta d'identità.",
            "id": "Per Mei 2026 izin menyewakan sepeda motor berbiaya Rp150.000 setahun dan dibayar di kantor "
            "kecamatan; bawalah surat kendaraan dan kartu identitas, lalu simpan bukti pembayarannya.",
        },
        sources=(Source(document_id="daily-07", title="Renting out a scooter", as_of="2026-05"),),
        status=Status.APPROVED,
    )
    return msgspec.structs.replace(whole, **changes)


@pytest.fixture(scope="session")
def pack() -> list[GoldenEntry]:
    entries, faults = decode_pack(PACK.read_bytes().splitlines(), taken_at=NOW)
    assert faults == []
    return [msgspec.structs.replace(entry, status=Status.APPROVED) for entry in entries]


@pytest.fixture(scope="session")
def stock(pack: list[GoldenEntry]) -> Snapshot:
    return stock_of(pack)


@pytest.fixture(scope="session")
def ask(stock: Snapshot) -> Ask:
    """Look a text up in the pack; `like` lends it the vector of another text."""

    def asked(text: str, *, language: str | None = "en", conversation: str | None = None, like: str = "") -> Hit | Miss:
        return lookup(
            stock,
            Query(
                text=text,
                scope=SCOPE,
                vector=embed([like or text])[0],
                language=language,
                conversation_language=conversation,
            ),
        )

    return asked
