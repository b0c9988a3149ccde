"""Where the models are: the settings of every service that asks one."""

from typing import Annotated

from msgspec import Meta

from zantara.llm.models import HAIKU, SONNET
from zantara.runtime.service_settings import ServiceSettings
from zantara.runtime.settings import Secret


class ModelSettings(ServiceSettings, frozen=True, kw_only=True):
    """Claude is used where its key is set, LLAMA where an endpoint is set and it is not switched off."""

    anthropic_api_key: Annotated[
        Secret, Meta(description="Key of Anthropic's API; without it Claude is not asked.")
    ] = Secret("")
    anthropic_base_url: Annotated[str, Meta(description="Where Anthropic's API is.")] = "https://api.anthropic.com"
    claude_haiku_model: Annotated[str, Meta(description="Model id of the fast Claude.")] = HAIKU
    claude_sonnet_model: Annotated[str, Meta(description="Model id of the thorough Claude.")] = SONNET
    runpod_llama_endpoint: Annotated[
        str, Meta(description="LLAMA: RunPod's queue (`.../v2/<id>`) or any OpenAI-compatible base URL.")
    ] = ""
    runpod_api_key: Annotated[Secret, Meta(description="Key of that endpoint; a local server may need none.")] = Secret(
        ""
    )
    hf_llama_endpoint: Annotated[
        str, Meta(description="OpenAI-compatible base URL at Hugging Face, asked where the first endpoint fails.")
    ] = ""
    hf_token: Annotated[Secret, Meta(description="Token for Hugging Face.")] = Secret("")
    llama_enabled: Annotated[bool, Meta(description="Kill switch: `false` asks LLAMA nothing.")] = True

    @property
    def has_llama(self) -> bool:
        """Whether LLAMA may be asked at all."""
        return self.llama_enabled and bool(self.runpod_llama_endpoint or self.hf_llama_endpoint)

    @property
    def has_claude(self) -> bool:
        """Whether Claude may be asked at all."""
        return bool(self.anthropic_api_key)
