"""shadow-judge: a turn comes in, LLAMA answers it too, the pair goes out."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from pathlib import Path

from shadow_judge.clients import EmbeddingSimilarity, LimitedLlama
from shadow_judge.handlers import CompareTurn
from shadow_judge.settings import ShadowSettings
from shadow_judge.store import ComparisonStore, DayFile
from zantara.events import ChatCompleted
from zantara.llm.configured import open_models
from zantara.runtime import Service, load, run
from zantara.runtime.parts import open_parts


async def build(stack: AsyncExitStack, env: Mapping[str, str]) -> Service:
    """Settings, resources, handlers, the service."""
    settings = load(ShadowSettings, env)
    clock, bus, database, embedder = await open_parts(stack, settings, service="shadow-judge", late_embedder=True)
    models = await open_models(stack, settings, clock, traffic="background", attempts=1)
    compare = CompareTurn(
        ComparisonStore(database),
        DayFile(Path(settings.data_dir) / "shadow"),
        LimitedLlama(models.llama, clock, limit_s=settings.limit_s),
        EmbeddingSimilarity(embedder),
        clock,
        enabled=settings.shadow_mode_enabled and models.llama is not None,
        share=settings.share,
    )
    return Service(
        name="shadow-judge",
        bus=bus,
        host=settings.http_host,
        port=settings.http_port,
        handlers={ChatCompleted: compare},
        pings={"postgres": database.ping},
    )


def main() -> None:
    """Run until told to stop."""
    run(build)
