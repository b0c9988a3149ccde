"""The settings that every service has."""

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from zantara.runtime.settings import Secret, Settings


class ServiceSettings(Settings, frozen=True, kw_only=True):
    """Where the shared parts are; each service adds its own fields."""

    env_names: ClassVar[dict[str, str]] = {
        "http_host": "ZANTARA_HTTP_HOST",
        "http_port": "ZANTARA_HTTP_PORT",
        "log_level": "ZANTARA_LOG_LEVEL",
        "model_dir": "ZANTARA_MODEL_DIR",
        "data_dir": "ZANTARA_DATA_DIR",
    }

    database_url: Annotated[Secret, Meta(description="PostgreSQL with pgvector, as a URL with user and password.")]
    nats_url: Annotated[Secret, Meta(description="NATS with JetStream, as a URL with the service's user and password.")]
    http_host: Annotated[str, Meta(description="Address that the HTTP server binds.")] = "127.0.0.1"
    http_port: Annotated[int, Meta(ge=0, le=65535, description="Port of the HTTP server; 0 picks a free one.")]
    log_level: Annotated[Literal["debug", "info", "warning", "error"], Meta(description="What is logged.")] = "info"
    embedding_model: Annotated[
        str, Meta(description="The offline model's name, or a fastembed model with 384 dimensions.")
    ] = "all-MiniLM-L6-v2-int8"
    model_dir: Annotated[str, Meta(description="Folder of the embedding models.")] = ".zantara/models"
    data_dir: Annotated[str, Meta(description="Folder for files that a service writes.")] = ".zantara/data"
