"""From settings to models: which client speaks to which endpoint. Heavy clients are imported only when built."""

import re

from zantara.clock import Clock
from zantara.errors import StartError
from zantara.llm.fallback import WithFallback
from zantara.llm.http_client import HttpClient
from zantara.llm.models import LLAMA
from zantara.llm.openai import OpenAIModel
from zantara.llm.port import ChatModel
from zantara.llm.resilience import Guards, RetryPolicy, Traffic
from zantara.llm.runpod import PollPolicy, RunPodModel
from zantara.runtime.settings import Secret

HF_LLAMA = "meta-llama/Llama-3.1-8B-Instruct"

_QUEUE = re.compile(r"^(?P<base>.*/v2/[^/]+?)(?:/(?:run|runsync|status))?/*$")


class Wiring:
    """What every model of a process is built with; `guards=None` leaves models bare."""

    def __init__(
        self,
        *,
        http: HttpClient,
        clock: Clock,
        guards: Guards | None = None,
        traffic: Traffic = "interactive",
        retry: RetryPolicy | None = None,
        poll: PollPolicy | None = None,
    ) -> None:
        self.http = http
        self.clock = clock
        self.poll = poll
        self._guards = guards
        self._traffic: Traffic = traffic
        self._retry = retry

    def guarded(self, model: ChatModel) -> ChatModel:
        """The model behind the process's guards, where there are any."""
        if self._guards is None:
            return model
        return self._guards.guard(model, traffic=self._traffic, retry=self._retry)


def claude_model(name: str, *, api_key: Secret | str, base_url: str, wiring: Wiring) -> ChatModel:
    """A Claude model by its id (`models.HAIKU`, `models.SONNET`), at Anthropic or at the simulator."""
    from zantara.llm.claude import ClaudeModel

    return wiring.guarded(
        ClaudeModel(name=name, api_key=_text(api_key), base_url=base_url, http=wiring.http, clock=wiring.clock)
    )


def llama_model(
    endpoint: str,
    api_key: Secret | str,
    hf_endpoint: str = "",
    hf_token: Secret | str = "",
    *,
    wiring: Wiring,
    name: str = LLAMA,
    hf_name: str = HF_LLAMA,
) -> ChatModel:
    """LLAMA where it runs, with Hugging Face behind it where that is configured; each has its own guards.

    Raises StartError where neither endpoint is given.
    """
    rungs: list[ChatModel] = []
    if endpoint:
        rungs.append(wiring.guarded(llama_endpoint(endpoint, api_key, wiring=wiring, name=name)))
    if hf_endpoint:
        rungs.append(wiring.guarded(_hugging_face(hf_endpoint, hf_token, wiring=wiring, name=hf_name)))
    if not rungs:
        raise StartError("RUNPOD_LLAMA_ENDPOINT or HF_LLAMA_ENDPOINT must be set")
    return rungs[0] if len(rungs) == 1 else WithFallback(*rungs)


def llama_endpoint(
    endpoint: str, api_key: Secret | str, *, wiring: Wiring, name: str = LLAMA
) -> RunPodModel | OpenAIModel:
    """The bare client of an endpoint, also its WarmthProbe: RunPod's queue for `/v2/<id>`, else OpenAI's form."""
    queue = queue_base(endpoint)
    if queue is not None:
        return RunPodModel(
            name=name,
            endpoint=queue,
            api_key=_text(api_key),
            http=wiring.http,
            clock=wiring.clock,
            poll=wiring.poll,
        )
    return OpenAIModel(name=name, base_url=endpoint, api_key=_text(api_key), http=wiring.http, clock=wiring.clock)


def queue_base(endpoint: str) -> str | None:
    """The `.../v2/<id>` of a queue endpoint; None for an OpenAI-compatible URL, RunPod's own `/openai` too."""
    match = _QUEUE.match(endpoint)
    return match["base"] if match else None


def _hugging_face(base_url: str, token: Secret | str, *, wiring: Wiring, name: str) -> OpenAIModel:
    return OpenAIModel(
        name=name,
        base_url=base_url,
        api_key=_text(token),
        http=wiring.http,
        clock=wiring.clock,
        provider="huggingface",
    )


def _text(secret: Secret | str) -> str:
    return secret.reveal() if isinstance(secret, Secret) else secret
