"""What can be set for shadow-judge."""

from typing import Annotated, ClassVar

from msgspec import Meta

from zantara.llm.settings import ModelSettings


class ShadowSettings(ModelSettings, frozen=True, kw_only=True):
    """How much is sampled, and how long LLAMA may take."""

    env_names: ClassVar[dict[str, str]] = {"share": "SHADOW_SHARE", "limit_s": "SHADOW_LIMIT_S"}

    http_port: Annotated[int, Meta(ge=0, le=65535, description="Port of shadow-judge's health and metrics.")] = 8084
    shadow_mode_enabled: Annotated[bool, Meta(description="Kill switch: `false` compares nothing.")] = True
    share: Annotated[
        float, Meta(ge=0, le=1, description="Share of users whose turns are compared, sticky by user.")
    ] = 0.1
    limit_s: Annotated[float, Meta(gt=0, le=60, description="How long LLAMA may take, in seconds.")] = 10.0
