"""A Messages request: what it must look like, and what it means to the mind and to the prompt cache."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from zantara_cli.simulator.exchange import ApiError
from zantara_cli.simulator.mind import Prompt, Turn
from zantara_cli.simulator.prompt_cache import MAX_BREAKPOINTS, Block
from zantara_cli.simulator.replies import count_tokens

_FORBIDDEN = frozenset(
    {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "maxItems"}
)
_FIELD = re.compile(r"at `\$\.?(.*?)`$")
_UNKNOWN = re.compile(r"unknown field `(\w+)`(?: - at `\$\.?(.*?)`)?")
_MISSING = re.compile(r"missing required field `(\w+)`(?: - at `\$\.?(.*?)`)?")

Content = str | list[dict[str, Any]]


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One turn; `system` turns are allowed between the others."""

    role: Literal["user", "assistant", "system"]
    content: Content


class Format(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The wish for JSON."""

    type: Literal["json_schema"]
    schema: dict[str, Any]


class OutputConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the answer shall be."""

    format: Format | None = None
    effort: Literal["low", "medium", "high", "xhigh", "max"] | None = None


class MessagesRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The body of POST /v1/messages as far as it is understood here; the rest is checked only by name."""

    model: Annotated[str, Meta(min_length=1)]
    messages: Annotated[list[Message], Meta(min_length=1)]
    max_tokens: Annotated[int, Meta(ge=1)] = 1024
    system: Content = ""
    stream: bool = False
    output_config: OutputConfig | None = None
    tools: list[dict[str, Any]] = []
    tool_choice: dict[str, Any] = {}
    stop_sequences: list[str] = []
    cache_control: dict[str, Any] | None = None
    temperature: Annotated[float, Meta(ge=0, le=1)] | None = None
    top_p: float | None = None
    top_k: int | None = None
    metadata: dict[str, Any] | None = None
    thinking: dict[str, Any] | None = None
    service_tier: str | None = None
    speed: str | None = None
    container: Any = None
    diagnostics: Any = None
    inference_geo: str | None = None
    user_profile_id: str | None = None
    workspace_id: str | None = None

    @property
    def forced_tool(self) -> dict[str, Any] | None:
        """The tool that must be called, if one must."""
        kind = self.tool_choice.get("type")
        if kind == "any" and self.tools:
            return self.tools[0]
        name = self.tool_choice.get("name") if kind == "tool" else None
        return next((tool for tool in self.tools if name and tool.get("name") == name), None)


def parse(body: Any, *, strict: bool, counting: bool = False) -> MessagesRequest:
    """The request in a body; raises ApiError 400 in the API's words, 404 for a model that it does not have."""
    if not isinstance(body, dict):
        raise _invalid("The request body must be a JSON object")
    if not counting and "max_tokens" not in body:
        raise _invalid("max_tokens: Field required")
    try:
        asked = msgspec.convert(body, MessagesRequest)
    except msgspec.ValidationError as error:
        raise _invalid(_said(str(error))) from error
    if "claude" not in asked.model:
        raise ApiError(404, "not_found_error", f"model: {asked.model}")
    _check_tools(asked)
    if strict and asked.output_config and asked.output_config.format:
        _check_schema(asked.output_config.format.schema)
    if sum(block.keep is not None for block in blocks(asked)) > MAX_BREAKPOINTS:
        raise _invalid(f"A maximum of {MAX_BREAKPOINTS} blocks with cache_control may be provided.")
    return asked


def prompt(asked: MessagesRequest) -> Prompt:
    """The request as the mind takes it."""
    turns = [Turn(message.role, _text(message.content)) for message in asked.messages]
    if turns[-1].role == "assistant":
        turns.pop()
    schema, title = _schema(asked)
    system = "\n\n".join((_text(asked.system), *(turn.text for turn in turns if turn.role == "system")))
    spoken = [turn for turn in turns if turn.role != "system"]
    return Prompt(turns=spoken, system=system, schema=schema, schema_title=title)


def blocks(asked: MessagesRequest) -> list[Block]:
    """The prompt in cacheable blocks: tools, system, messages; the bytes leave the breakpoints out."""
    found = [_block("tool", tool) for tool in asked.tools]
    found += [_block("system", part) for part in _parts(asked.system)]
    found += [_block(message.role, part) for message in asked.messages for part in _parts(message.content)]
    if asked.cache_control and found:
        found[-1] = msgspec.structs.replace(found[-1], keep=_keep(asked.cache_control))
    return found


def _schema(asked: MessagesRequest) -> tuple[dict[str, Any] | None, str]:
    tool = asked.forced_tool
    if tool is not None:
        return tool.get("input_schema", {"type": "object"}), str(tool.get("name", ""))
    if asked.output_config and asked.output_config.format:
        return asked.output_config.format.schema, ""
    return None, ""


def _parts(content: Content) -> list[dict[str, Any]]:
    if isinstance(content, str):
        return [{"type": "text", "text": content}] if content else []
    return content


def _text(content: Content) -> str:
    if isinstance(content, str):
        return content
    return "\n\n".join(str(part["text"]) for part in content if part.get("type") == "text" and part.get("text"))


def _block(role: str, part: Mapping[str, Any]) -> Block:
    bare = {name: value for name, value in part.items() if name != "cache_control"}
    content = role.encode() + b"\0" + msgspec.json.encode(bare)
    mark = part.get("cache_control")
    text = str(bare["text"]) if "text" in bare else content.decode()
    return Block(content=content, tokens=count_tokens(text), keep=_keep(mark) if mark else None)


def _keep(mark: Mapping[str, Any]) -> str:
    return "1h" if mark.get("ttl") == "1h" else "5m"


def _check_tools(asked: MessagesRequest) -> None:
    for index, tool in enumerate(asked.tools):
        if "name" not in tool:
            raise _invalid(f"tools.{index}.name: Field required")
    if asked.tool_choice.get("type") == "tool" and asked.forced_tool is None:
        raise _invalid(f"Tool '{asked.tool_choice.get('name')}' not found in provided tools")


def _check_schema(schema: Mapping[str, Any]) -> None:
    for part in _subschemas(schema):
        kind = part.get("type", "object")
        if kind == "object" and "properties" in part and part.get("additionalProperties") is not False:
            raise _invalid(
                "output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false"
            )
        unsupported = sorted(_FORBIDDEN & part.keys())
        if part.get("minItems", 0) not in (0, 1):
            unsupported.append("minItems")
        if unsupported:
            names = ", ".join(unsupported)
            raise _invalid(f"output_config.format.schema: For '{kind}' type, properties {names} are not supported")


def _subschemas(schema: Any) -> Iterator[Mapping[str, Any]]:
    if not isinstance(schema, Mapping):
        return
    yield schema
    for name in ("properties", "$defs", "definitions"):
        for inner in schema.get(name, {}).values():
            yield from _subschemas(inner)
    for name in ("anyOf", "oneOf", "allOf", "prefixItems"):
        for inner in schema.get(name, ()):
            yield from _subschemas(inner)
    yield from _subschemas(schema.get("items"))


def _said(error: str) -> str:
    for pattern, words in ((_MISSING, "Field required"), (_UNKNOWN, "Extra inputs are not permitted")):
        found = pattern.search(error)
        if found:
            return f"{'.'.join(part for part in (_path(found.group(2)), found.group(1)) if part)}: {words}"
    field = _FIELD.search(error)
    return f"{_path(field.group(1))}: {error[: field.start()].rstrip(' -')}" if field else error


def _path(path: str | None) -> str:
    return re.sub(r"\[(\.{3}|\d+)\]", r".\1", path or "").strip(".")


def _invalid(message: str) -> ApiError:
    return ApiError(400, "invalid_request_error", message)
