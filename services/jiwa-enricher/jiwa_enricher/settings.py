"""What can be set for jiwa-enricher."""

from typing import Annotated, ClassVar

from msgspec import Meta

from zantara.llm.settings import ModelSettings


class JiwaSettings(ModelSettings, frozen=True, kw_only=True):
    """Memory: how long a model may read, and how long to wait while no model is there."""

    env_names: ClassVar[dict[str, str]] = {
        "reading_s": "JIWA_READING_S",
        "outage_retry_s": "JIWA_OUTAGE_RETRY_S",
        "expiry_every_s": "JIWA_EXPIRY_EVERY_S",
    }

    http_port: Annotated[int, Meta(ge=0, le=65535, description="Port of the health pages; 0 picks a free one.")] = 8085
    reading_s: Annotated[
        float, Meta(gt=0, le=280, description="Longest wait for a model to read a window, waking included, in seconds.")
    ] = 120.0
    outage_retry_s: Annotated[
        float, Meta(gt=0, le=300, description="Pause before a conversation is tried again while no model is there.")
    ] = 300.0
    expiry_every_s: Annotated[
        float, Meta(gt=0, description="How often facts past their time are deleted, in seconds.")
    ] = 3600.0
