"""Any OpenAI-compatible `/chat/completions` (vLLM, llama.cpp, Ollama, RunPod's /openai, Hugging Face's router)."""

from collections.abc import AsyncGenerator
from typing import Any

import httpx2
import msgspec

from zantara.clock import Clock
from zantara.llm.errors import ModelError, ServerFault
from zantara.llm.faults import error_body, from_event, from_status, from_transport
from zantara.llm.http_client import HttpClient
from zantara.llm.partial import PartialAnswer
from zantara.llm.port import Completion, Deadline, ModelRequest, Piece, StopReason, Usage, WorkerHealth

_STOPS: dict[str, StopReason] = {"stop": "end", "eos": "end", "length": "length", "content_filter": "refusal"}
_END = "[DONE]"
_HEALTH_S = 2.0


class _Text(msgspec.Struct, frozen=True):
    content: str | None = None


class _Choice(msgspec.Struct, frozen=True):
    message: _Text | None = None
    delta: _Text | None = None
    finish_reason: str | None = None


class _Details(msgspec.Struct, frozen=True):
    cached_tokens: int | None = None


class _Billed(msgspec.Struct, frozen=True):
    prompt_tokens: int = 0
    completion_tokens: int = 0
    prompt_tokens_details: _Details | None = None


class _Reply(msgspec.Struct, frozen=True):
    """A completion, or one chunk of a streamed one, or an error inside a stream."""

    choices: list[_Choice] = []
    model: str = ""
    usage: _Billed | None = None
    error: Any = None


class OpenAIModel:
    """One model at one OpenAI-compatible base URL; retries are the caller's affair (`Guarded`)."""

    def __init__(
        self,
        *,
        name: str,
        base_url: str,
        api_key: str,
        http: HttpClient,
        clock: Clock,
        provider: str = "openai",
    ) -> None:
        self.name = name
        self.provider = provider
        self._base = base_url.rstrip("/").removesuffix("/chat/completions")
        self._url = f"{self._base}/chat/completions"
        self._headers = {"authorization": f"Bearer {api_key}"} if api_key else {}
        self._http = http
        self._clock = clock

    async def complete(self, request: ModelRequest, deadline: Deadline) -> Completion:
        """The whole answer in one JSON reply."""
        answer = PartialAnswer(self.provider, self.name, self._clock)
        try:
            reply = await self._http.connections.post(
                self._url,
                json=chat_body(self.name, request),
                headers=self._headers,
                timeout=self._timeout(deadline),
            )
        except httpx2.HTTPError as error:
            raise from_transport(self.provider, error) from error
        if reply.status_code != 200:
            raise self._failed(reply)
        self._take(answer, reply.content)
        if answer.stop is None:
            raise ServerFault(f"{self.provider}: a reply without a finished choice")
        return answer.completion(header=reply.headers.get("x-simulated"), streamed=False)

    async def stream(self, request: ModelRequest, deadline: Deadline) -> AsyncGenerator[Piece]:
        """Text deltas as they come, then the completion."""
        answer = PartialAnswer(self.provider, self.name, self._clock)
        call = self._http.connections.stream(
            "POST",
            self._url,
            json=chat_body(self.name, request, stream=True),
            headers=self._headers,
            timeout=self._timeout(deadline),
        )
        try:
            async with call as reply:
                if reply.status_code != 200:
                    await reply.aread()
                    raise self._failed(reply)
                async for event in httpx2.EventSource(reply):
                    if event.data == _END:
                        break
                    delta = self._take(answer, event.data)
                    if delta:
                        yield delta
        except httpx2.HTTPError as error:
            raise answer.cut(from_transport(self.provider, error)) from error
        if answer.stop is None:
            raise answer.cut()
        yield answer.completion(header=reply.headers.get("x-simulated"), streamed=True)

    async def health(self) -> WorkerHealth:
        """Warm where the server lists its models: it is a running process, not a queue."""
        try:
            reply = await self._http.connections.get(
                f"{self._base}/models", headers=self._headers, timeout=self._http.timeout(_HEALTH_S)
            )
        except httpx2.HTTPError as error:
            raise from_transport(self.provider, error) from error
        if not reply.is_success:
            raise self._failed(reply)
        return WorkerHealth(ready=1, idle=1, warm=True)

    def _take(self, answer: PartialAnswer, data: bytes | str) -> str:
        """Note one reply or chunk; the text it adds."""
        try:
            reply = msgspec.json.decode(data, type=_Reply)
        except msgspec.DecodeError as error:
            raise answer.cut(ServerFault(f"{self.provider}: unreadable reply: {error}")) from error
        if reply.error is not None:
            raise answer.cut(from_event(self.provider, {"error": reply.error}))
        answer.model = reply.model or answer.model
        if reply.usage is not None:
            answer.usage = _usage(reply.usage)
        if not reply.choices:
            return ""
        choice = reply.choices[0]
        if choice.finish_reason:
            answer.stop = _STOPS.get(choice.finish_reason, "other")
        said = choice.message or choice.delta
        return answer.add((said.content if said else None) or "")

    def _failed(self, reply: httpx2.Response) -> ModelError:
        return from_status(self.provider, reply.status_code, reply.headers, error_body(reply))

    def _timeout(self, deadline: Deadline) -> httpx2.Timeout:
        return self._http.timeout(deadline.remaining_s(self._clock))


def chat_body(model: str, request: ModelRequest, *, stream: bool = False) -> dict[str, Any]:
    """The request in OpenAI's form."""
    body: dict[str, Any] = {
        "model": model,
        "messages": chat_messages(request),
        "max_tokens": request.max_tokens,
        "temperature": request.temperature,
    }
    if request.schema:
        body["response_format"] = response_format(request.schema)
    if stream:
        body |= {"stream": True, "stream_options": {"include_usage": True}}
    return body


def chat_messages(request: ModelRequest) -> list[dict[str, str]]:
    """System blocks as one system message, then the turns."""
    system = "\n\n".join(block.text for block in request.system if block.text)
    head = [{"role": "system", "content": system}] if system else []
    return head + [{"role": turn.role, "content": turn.content} for turn in request.messages]


def response_format(schema: dict[str, Any]) -> dict[str, Any]:
    """OpenAI's wish for JSON of a schema; not `strict`, which would forbid optional fields."""
    name = "".join(c if c.isalnum() else "_" for c in str(schema.get("title") or "answer"))[:64]
    return {"type": "json_schema", "json_schema": {"name": name, "schema": schema}}


def _usage(billed: _Billed) -> Usage:
    cached = (billed.prompt_tokens_details.cached_tokens or 0) if billed.prompt_tokens_details else 0
    return Usage(
        input_tokens=max(0, billed.prompt_tokens - cached),
        output_tokens=billed.completion_tokens,
        cache_read_tokens=cached,
    )
