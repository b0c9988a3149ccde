"""What can be set for cultural-rag."""

from typing import Annotated, ClassVar

from msgspec import Meta

from zantara.runtime.service_settings import ServiceSettings


class CulturalRagSettings(ServiceSettings, frozen=True, kw_only=True):
    """Retrieval: how often a replica looks whether it is behind, and how often usage is written."""

    env_names: ClassVar[dict[str, str]] = {"catch_up_s": "CULTURAL_RAG_CATCH_UP_S", "flush_s": "CULTURAL_RAG_FLUSH_S"}

    http_port: Annotated[int, Meta(ge=0, le=65535, description="Port of cultural-rag's health and metrics.")] = 8082
    catch_up_s: Annotated[
        float, Meta(gt=0, le=3600, description="Seconds between two looks for imports that were not heard of.")
    ] = 30.0
    flush_s: Annotated[float, Meta(gt=0, le=3600, description="Seconds between two writes of usage counts.")] = 5.0
