"""Settings of the embedded stack; what a service reads for itself is that service's own affair."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from msgspec import Meta

from zantara.runtime.settings import Settings
from zantara.topology import SERVICES

Port = Annotated[int, Meta(ge=1, le=65535)]


class StackSettings(Settings, frozen=True, kw_only=True):
    """Where the data lie, which ports to take, how NATS writes and as whom PostgreSQL runs."""

    env_names: ClassVar[Mapping[str, str]] = {
        "data_dir": "ZANTARA_DATA_DIR",
        "model_dir": "ZANTARA_MODEL_DIR",
        "chat_router_port": "ZANTARA_HTTP_PORT",
        "golden_cache_port": "ZANTARA_GOLDEN_CACHE_PORT",
        "cultural_rag_port": "ZANTARA_CULTURAL_RAG_PORT",
        "llama_worker_port": "ZANTARA_LLAMA_WORKER_PORT",
        "shadow_judge_port": "ZANTARA_SHADOW_JUDGE_PORT",
        "jiwa_enricher_port": "ZANTARA_JIWA_ENRICHER_PORT",
        "simulator_port": "ZANTARA_SIMULATOR_PORT",
        "nats_port": "ZANTARA_NATS_PORT",
        "nats_monitor_port": "ZANTARA_NATS_MONITOR_PORT",
        "nats_sync_interval": "ZANTARA_NATS_SYNC_INTERVAL",
        "postgres_port": "ZANTARA_POSTGRES_PORT",
        "postgres_user": "ZANTARA_POSTGRES_USER",
    }

    data_dir: Annotated[str, Meta(min_length=1, description="Folder of all data; logs lie beside it")] = ".zantara/data"
    model_dir: Annotated[str, Meta(min_length=1, description="Folder of embedding models")] = ".zantara/models"
    chat_router_port: Annotated[Port, Meta(description="Port of the page and the API")] = 8080
    golden_cache_port: Annotated[Port, Meta(description="Port of golden-cache's health and metrics")] = 8081
    cultural_rag_port: Annotated[Port, Meta(description="Port of cultural-rag's health and metrics")] = 8082
    llama_worker_port: Annotated[Port, Meta(description="Port of llama-worker's health and metrics")] = 8083
    shadow_judge_port: Annotated[Port, Meta(description="Port of shadow-judge's health and metrics")] = 8084
    jiwa_enricher_port: Annotated[Port, Meta(description="Port of jiwa-enricher's health and metrics")] = 8085
    simulator_port: Annotated[Port, Meta(description="Port of the simulated Claude and LLAMA")] = 8090
    nats_port: Annotated[Port, Meta(description="Port of the embedded NATS server")] = 4222
    nats_monitor_port: Annotated[Port, Meta(description="Port of the NATS server's health and statistics")] = 8222
    nats_sync_interval: Annotated[
        str,
        Meta(
            pattern=r"^(always|[1-9][0-9]*(ms|s|m))$",
            description="When JetStream syncs to disk: always, or an interval such as 2s (a power cut loses that much)",
        ),
    ] = "always"
    postgres_port: Annotated[Port, Meta(description="Port of the embedded PostgreSQL server")] = 5433
    postgres_user: Annotated[
        str, Meta(min_length=1, description="System user that PostgreSQL runs as when the stack is started by root")
    ] = "nobody"

    def service_port(self, service: str) -> int:
        """The HTTP port of a service."""
        return int(getattr(self, f"{service.replace('-', '_')}_port"))

    def ports(self, *, simulator: bool) -> dict[str, int]:
        """Every port that will be taken, by the variable that sets it."""
        fields = ["nats_port", "nats_monitor_port", "postgres_port"]
        fields += [f"{service.replace('-', '_')}_port" for service in SERVICES]
        fields += ["simulator_port"] if simulator else []
        return {self.variable(field): getattr(self, field) for field in fields}
