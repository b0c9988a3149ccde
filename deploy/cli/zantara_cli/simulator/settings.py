"""The simulator's settings, and the dials among them that can be turned while it runs."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

import msgspec
from msgspec import Meta

from zantara.errors import Invalid
from zantara.runtime.settings import Settings


class SimulatorSettings(Settings, frozen=True, kw_only=True):
    """Where it listens and how fast it is."""

    env_names: ClassVar[Mapping[str, str]] = {
        name: f"SIMULATOR_{name.upper()}"
        for name in (
            "host", "port", "claude_ttft_ms", "claude_token_ms", "llama_ms", "cold_start_ms", "idle_cold_s", "workers",
            "cache_min_tokens", "strict", "seed",
        )
    }  # fmt: skip

    host: Annotated[str, Meta(description="Address to bind.")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535, description="Port; 0 picks a free one.")] = 8090
    claude_ttft_ms: Annotated[float, Meta(ge=0, description="Claude's time to first token.")] = 120.0
    claude_token_ms: Annotated[float, Meta(ge=0, description="Claude's time per token.")] = 4.0
    llama_ms: Annotated[float, Meta(ge=0, description="LLAMA's time for a whole answer.")] = 1200.0
    cold_start_ms: Annotated[
        float, Meta(ge=0, description="How long a RunPod worker initialises; 0 keeps workers warm.")
    ] = 0.0
    idle_cold_s: Annotated[
        Annotated[float, Meta(gt=0)] | None,
        Meta(description="Idle seconds after which a worker is cold again; unset: never."),
    ] = None
    workers: Annotated[int, Meta(ge=1, le=100, description="RunPod workers of an endpoint.")] = 4
    cache_min_tokens: Annotated[int, Meta(ge=0, description="Shortest prompt prefix that Claude caches.")] = 1024
    strict: Annotated[
        bool, Meta(description="Refuse what the real APIs refuse: schema keywords, RunPod policies too short.")
    ] = True
    seed: Annotated[int, Meta(description="Seed of the faults' probabilities.")] = 0


DIALS = (
    "claude_ttft_ms", "claude_token_ms", "llama_ms", "cold_start_ms", "idle_cold_s", "cache_min_tokens", "strict",
)  # fmt: skip
"""What may change while the simulator runs."""


class Dials:
    """The settings as they are now."""

    def __init__(self, settings: SimulatorSettings) -> None:
        self.now = settings

    def turn(self, changes: Mapping[str, Any]) -> SimulatorSettings:
        """Change some dials at once; raises Invalid where one is unknown or out of range, changing none."""
        unknown = [f"{name}: not a dial" for name in changes if name not in DIALS]
        if unknown:
            raise Invalid("unknown dials", faults=unknown)
        fields = msgspec.structs.asdict(self.now) | dict(changes)
        try:
            self.now = msgspec.convert(fields, SimulatorSettings)
        except msgspec.ValidationError as error:
            raise Invalid(str(error)) from error
        return self.now

    def shown(self) -> dict[str, Any]:
        """The dials and where they stand."""
        return {name: getattr(self.now, name) for name in DIALS}
