"""A chat completion request in OpenAI's form, with the extras that vLLM takes."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from zantara_cli.simulator.exchange import ApiError
from zantara_cli.simulator.mind import Prompt, Turn

Content = str | list[dict[str, Any]] | None

_ANY_OBJECT = {"type": "object", "properties": {"answer": {"type": "string"}}, "required": ["answer"]}


class ChatMessage(msgspec.Struct, frozen=True):
    """One message; other fields are ignored."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Content = None


class StreamOptions(msgspec.Struct, frozen=True):
    """What a stream shall carry besides."""

    include_usage: bool = False


class ChatRequest(msgspec.Struct, frozen=True, kw_only=True):
    """The body of POST /v1/chat/completions; unknown fields are ignored, as servers do."""

    model: Annotated[str, Meta(min_length=1)]
    messages: Annotated[list[ChatMessage], Meta(min_length=1)]
    stream: bool = False
    stream_options: StreamOptions | None = None
    max_tokens: Annotated[int, Meta(ge=1)] | None = None
    max_completion_tokens: Annotated[int, Meta(ge=1)] | None = None
    temperature: Annotated[float, Meta(ge=0, le=2)] | None = None
    stop: str | list[str] | None = None
    response_format: dict[str, Any] | None = None
    guided_json: Any = None
    structured_outputs: dict[str, Any] | None = None

    @property
    def stops(self) -> list[str]:
        """The stop sequences."""
        return [self.stop] if isinstance(self.stop, str) else list(self.stop or ())

    @property
    def limit(self) -> int | None:
        """The most tokens to generate."""
        return self.max_completion_tokens or self.max_tokens


def parse(body: Any) -> ChatRequest:
    """The request in a body; raises ApiError 400."""
    try:
        return msgspec.convert(body, ChatRequest)
    except msgspec.ValidationError as error:
        raise ApiError(400, "invalid_request_error", str(error)) from error


def prompt(asked: ChatRequest) -> Prompt:
    """The request as the mind takes it."""
    schema, title = wanted_schema(
        asked.response_format, asked.guided_json or (asked.structured_outputs or {}).get("json")
    )
    return chat_prompt([(message.role, _text(message.content)) for message in asked.messages], schema, title)


def chat_prompt(messages: list[tuple[str, str]], schema: dict[str, Any] | None, title: str) -> Prompt:
    """Messages with their roles as the mind takes them: system text apart, the rest in turns."""
    system = "\n\n".join(text for role, text in messages if role in ("system", "developer"))
    turns = [
        Turn("user" if role != "assistant" else role, text)
        for role, text in messages
        if role not in ("system", "developer")
    ]
    return Prompt(turns=turns, system=system, schema=schema, schema_title=title)


def wanted_schema(response_format: Mapping[str, Any] | None, guided: Any) -> tuple[dict[str, Any] | None, str]:
    """The JSON Schema that is asked and its name, from `response_format` or vLLM's own fields; raises ApiError 400."""
    form = response_format or {}
    if form.get("type") == "json_schema":
        named = form.get("json_schema")
        if not isinstance(named, Mapping) or not isinstance(named.get("schema"), dict):
            raise ApiError(400, "invalid_request_error", "response_format.json_schema: missing schema")
        return dict(named["schema"]), str(named.get("name", ""))
    if guided is not None:
        return _decoded(guided), ""
    return (_ANY_OBJECT, "") if form.get("type") == "json_object" else (None, "")


def _decoded(guided: Any) -> dict[str, Any]:
    try:
        schema = msgspec.json.decode(guided) if isinstance(guided, str) else guided
    except msgspec.DecodeError as error:
        raise ApiError(400, "invalid_request_error", f"guided_json: {error}") from error
    if not isinstance(schema, dict):
        raise ApiError(400, "invalid_request_error", "guided_json: not a JSON Schema object")
    return schema


def _text(content: Content) -> str:
    if isinstance(content, list):
        return "\n\n".join(str(part["text"]) for part in content if part.get("type") == "text" and "text" in part)
    return content or ""
