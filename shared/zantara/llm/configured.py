"""The models that the settings name, behind the guards of one process."""

from contextlib import AsyncExitStack
from functools import partial
from typing import NamedTuple

from zantara.clock import Clock
from zantara.llm.factory import Wiring, claude_model, llama_model
from zantara.llm.http_client import HttpClient
from zantara.llm.late import LateModel
from zantara.llm.metrics import LlmMetrics
from zantara.llm.port import ChatModel
from zantara.llm.resilience import Guards, RetryPolicy, Traffic
from zantara.llm.settings import ModelSettings


class Models(NamedTuple):
    """Each model, or None where it is not configured or switched off."""

    haiku: ChatModel | None
    sonnet: ChatModel | None
    llama: ChatModel | None


async def open_models(
    stack: AsyncExitStack, settings: ModelSettings, clock: Clock, *, traffic: Traffic, attempts: int = 2
) -> Models:
    """One HTTP client and one set of breakers for all; `attempts=1` where a next rung is faster than a retry.

    In the background Claude is a fallback: its SDK is loaded when it is first asked.
    """
    http = await stack.enter_async_context(HttpClient())
    guards = Guards(clock, LlmMetrics())
    wiring = Wiring(http=http, clock=clock, guards=guards, traffic=traffic, retry=RetryPolicy(attempts=attempts))

    def claude(name: str) -> ChatModel | None:
        if not settings.has_claude:
            return None
        key, url = settings.anthropic_api_key, settings.anthropic_base_url
        if traffic == "interactive":
            return claude_model(name, api_key=key, base_url=url, wiring=wiring)
        bare = Wiring(http=http, clock=clock)
        build = partial(claude_model, name, api_key=key, base_url=url, wiring=bare)
        return wiring.guarded(LateModel(name=name, provider="anthropic", build=build))

    endpoint, hugging = settings.runpod_llama_endpoint, settings.hf_llama_endpoint
    llama = (
        llama_model(endpoint, settings.runpod_api_key, hugging, settings.hf_token, wiring=wiring)
        if settings.has_llama
        else None
    )
    return Models(claude(settings.claude_haiku_model), claude(settings.claude_sonnet_model), llama)
