"""What every service opens before its handlers exist: logs, clock, bus, database, embedding model."""

from contextlib import AsyncExitStack
from pathlib import Path
from typing import NamedTuple

from zantara.bus.jetstream import JetStreamBus, open_bus
from zantara.clock import Clock, SystemClock
from zantara.db import Database, open_database
from zantara.embeddings import Embedder, open_embedder
from zantara.runtime.logs import configure_logs
from zantara.runtime.service_settings import ServiceSettings


class Parts(NamedTuple):
    """The shared parts of one process, open until its exit stack unwinds."""

    clock: Clock
    bus: JetStreamBus
    database: Database
    embedder: Embedder


async def open_parts(
    stack: AsyncExitStack,
    settings: ServiceSettings,
    *,
    service: str,
    late_embedder: bool = False,
    acquire_s: float = 1.0,
    command_s: float = 5.0,
) -> Parts:
    """Open them all; raises Unavailable where NATS cannot be reached, StartError where the model is not there.

    PostgreSQL may be away: its pool connects on first use. A `late_embedder` loads with its first text.
    """
    configure_logs(service, settings.log_level)
    clock = SystemClock()
    embedder = open_embedder(settings.embedding_model, Path(settings.model_dir), late=late_embedder)
    stack.callback(embedder.close)
    bus = await stack.enter_async_context(open_bus(settings.nats_url.reveal(), service=service, clock=clock))
    database = await stack.enter_async_context(
        open_database(settings.database_url.reveal(), acquire_s=acquire_s, command_s=command_s)
    )
    return Parts(clock, bus, database, embedder)
