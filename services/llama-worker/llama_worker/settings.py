"""What can be set for llama-worker."""

from typing import Annotated, ClassVar

from msgspec import Meta

from zantara.llm.settings import ModelSettings


class WorkerSettings(ModelSettings, frozen=True, kw_only=True):
    """When the night is, what makes a cluster, how much is asked at once."""

    env_names: ClassVar[dict[str, str]] = {
        "night_hour_utc": "NIGHT_HOUR_UTC",
        "cluster_threshold": "NIGHT_CLUSTER_THRESHOLD",
        "cluster_min_queries": "NIGHT_CLUSTER_MIN_QUERIES",
        "cluster_min_users": "NIGHT_CLUSTER_MIN_USERS",
        "concurrency": "NIGHT_CONCURRENCY",
        "answer_s": "NIGHT_ANSWER_S",
    }

    http_port: Annotated[int, Meta(ge=0, le=65535, description="Port of llama-worker's health and metrics.")] = 8083
    night_hour_utc: Annotated[int, Meta(ge=0, le=23, description="Hour (UTC) at which the night's work is due.")] = 3
    cluster_threshold: Annotated[
        float, Meta(ge=0.5, le=1, description="Cosine similarity from which two queries are one cluster.")
    ] = 0.75
    cluster_min_queries: Annotated[int, Meta(ge=1, description="Queries that make a cluster.")] = 3
    cluster_min_users: Annotated[
        int, Meta(ge=1, description="Distinct people behind a cluster; below 3 an answer may betray one of them.")
    ] = 3
    concurrency: Annotated[int, Meta(ge=1, le=32, description="Answers written at once.")] = 4
    answer_s: Annotated[
        float, Meta(gt=0, description="How long one answer may take, in seconds (cold starts too).")
    ] = 180.0
