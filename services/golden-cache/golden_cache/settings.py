"""What can be set for golden-cache."""

from typing import Annotated, ClassVar

from msgspec import Meta

from zantara.runtime.service_settings import ServiceSettings

SERVICE = "golden-cache"


class GoldenSettings(ServiceSettings, frozen=True, kw_only=True):
    """What may come into stock, what leaves it, and how often replicas look."""

    env_names: ClassVar[dict[str, str]] = {
        "min_users": "GOLDEN_MIN_USERS",
        "auto_approve": "GOLDEN_AUTO_APPROVE",
        "valid_months": "GOLDEN_VALID_MONTHS",
        "strikes": "GOLDEN_STRIKES",
        "catch_up_s": "GOLDEN_CATCH_UP_S",
        "flush_s": "GOLDEN_FLUSH_S",
    }

    http_port: Annotated[int, Meta(ge=0, le=65535, description="Port of golden-cache's health and metrics.")] = 8081
    min_users: Annotated[
        int,
        Meta(ge=1, le=1000, description="Distinct people behind a proposed answer; 1 lets one person's words through."),
    ] = 3
    auto_approve: Annotated[
        bool, Meta(description="Serve the night's answers at once; `false` keeps them as drafts for an operator.")
    ] = True
    valid_months: Annotated[
        float, Meta(gt=0, le=36, description="Months that an answer of the night is served without being renewed.")
    ] = 6.0
    strikes: Annotated[int, Meta(ge=1, le=100, description="Badly rated turns that put an answer into quarantine.")] = 2
    catch_up_s: Annotated[
        float, Meta(gt=0, le=3600, description="Seconds between two looks for changes that were not heard of.")
    ] = 10.0
    flush_s: Annotated[float, Meta(gt=0, le=3600, description="Seconds between two writes of usage counts.")] = 1.0
