"""What can be set for chat-router."""

from typing import Annotated, ClassVar

from msgspec import Meta

from zantara.llm.settings import ModelSettings
from zantara.runtime.settings import Secret


class RouterSettings(ModelSettings, frozen=True, kw_only=True):
    """The fast voice: where the models are, how long each step may take, who may ask."""

    env_names: ClassVar[dict[str, str]] = {
        "api_keys": "ZANTARA_API_KEYS",
        "pseudonym_key": "ZANTARA_PSEUDONYM_KEY",
        "ttft_s": "CHAT_TTFT_S",
        "gap_s": "CHAT_GAP_S",
        "total_s": "CHAT_TOTAL_S",
        "idle_s": "CONVERSATION_IDLE_S",
        "history_turns": "CHAT_HISTORY_TURNS",
        "simulated": "ZANTARA_SIMULATED",
    }

    http_port: Annotated[int, Meta(ge=0, le=65535, description="Port of the chat page and API.")] = 8080
    api_keys: Annotated[
        Secret, Meta(description="`key:role` pairs, comma-separated, role client or staff; empty: local use, no key.")
    ] = Secret("")
    pseudonym_key: Annotated[Secret, Meta(description="Key of the hash that stands for a user in events.")] = Secret(
        "zantara"
    )
    ttft_s: Annotated[float, Meta(gt=0, le=60, description="Longest wait for a model's first token, in seconds.")] = 4.0
    gap_s: Annotated[float, Meta(gt=0, le=60, description="Longest gap between two tokens, in seconds.")] = 5.0
    total_s: Annotated[
        float, Meta(gt=0, le=300, description="One deadline for all attempts of a turn, in seconds.")
    ] = 60.0
    idle_s: Annotated[float, Meta(gt=0, description="A conversation this long idle has ended, in seconds.")] = 1800.0
    simulated: Annotated[
        tuple[str, ...],
        Meta(description="Parts that a simulator plays (claude, llama): shown wherever a person looks."),
    ] = ()
    history_turns: Annotated[int, Meta(ge=0, le=50, description="Exchanges of history that a prompt carries.")] = 8
