"""JSON from a model, as a typed value: schema asked for, checked locally, repaired once."""

import re
from typing import Any, TypeVar

import msgspec

from zantara.llm.errors import BadOutput, Refused, Truncated
from zantara.llm.port import ChatModel, Completion, Deadline, Message, ModelRequest

T = TypeVar("T")

_BLOCK = re.compile(r"```(?:json)?\s*\n(.*?)```", re.DOTALL | re.IGNORECASE)
_SHOWN = 300


async def complete_json(
    model: ChatModel, request: ModelRequest, deadline: Deadline, type_: type[T]
) -> tuple[T, Completion]:
    """The answer decoded as `type_`, and its completion with the usage of both attempts.

    A first answer that does not decode is shown to the model with its fault; a second one raises BadOutput.
    Raises Truncated and Refused where the answer is not whole.
    """
    asked = request if request.schema else msgspec.structs.replace(request, schema=schema_of(type_))
    first = _whole(await model.complete(asked, deadline))
    try:
        return parse_json(first.text, type_), first
    except msgspec.DecodeError as fault:
        again = _repair(asked, first.text, str(fault))
    second = _whole(await model.complete(again, deadline))
    try:
        return parse_json(second.text, type_), _joined(first, second)
    except msgspec.DecodeError as fault:
        raise BadOutput(f"{model.name}: {str(fault)[:_SHOWN]}") from fault


def parse_json(text: str, type_: type[T]) -> T:
    """The JSON value in the text, alone, in a code block or amid prose; the first candidate that decodes counts.

    Raises msgspec.DecodeError (ValidationError where it is JSON of another shape).
    """
    fault: msgspec.DecodeError | None = None
    for candidate in _candidates(text):
        try:
            return msgspec.json.decode(candidate, type=type_)
        except msgspec.DecodeError as error:
            if fault is None or isinstance(error, msgspec.ValidationError):
                fault = error
    raise fault or msgspec.DecodeError("the answer is empty")


def schema_of(type_: Any) -> dict[str, Any]:
    """The JSON Schema of a type with its definition at the top level, titled after the type."""
    schema = msgspec.json.schema(type_)
    definitions = schema.pop("$defs", {})
    if "$ref" in schema:
        top = schema["$ref"].rsplit("/", 1)[-1]
        schema = dict(definitions[top])
        if f'"#/$defs/{top}"' not in msgspec.json.encode([schema, definitions]).decode():
            definitions = {name: body for name, body in definitions.items() if name != top}
    schema.setdefault("title", getattr(type_, "__name__", "Answer"))
    return {**schema, "$defs": definitions} if definitions else schema


def _candidates(text: str) -> list[str]:
    found = [text.strip()]
    found += [block.strip() for block in _BLOCK.findall(text)]
    for opening, closing in (("{", "}"), ("[", "]")):
        start, end = text.find(opening), text.rfind(closing)
        if 0 <= start < end:
            found.append(text[start : end + 1])
    return [candidate for candidate in found if candidate]


def _repair(request: ModelRequest, answer: str, fault: str) -> ModelRequest:
    shown = (
        f"That answer is not valid: {fault[:_SHOWN]}. "
        "Answer again with the corrected JSON only, without any other text."
    )
    turns = (
        Message(role="assistant", content=answer.strip() or "(empty)"),
        Message(role="user", content=shown),
    )
    return msgspec.structs.replace(request, messages=request.messages + turns)


def _whole(completion: Completion) -> Completion:
    if completion.stop_reason == "length":
        raise Truncated(f"{completion.model}: cut at {completion.usage.output_tokens} tokens")
    if completion.stop_reason == "refusal":
        raise Refused(completion.model)
    return completion


def _joined(first: Completion, second: Completion) -> Completion:
    return msgspec.structs.replace(
        second,
        usage=first.usage + second.usage,
        latency_ms=first.latency_ms + second.latency_ms,
        ttft_ms=first.ttft_ms,
    )
