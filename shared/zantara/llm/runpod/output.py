"""What workers put into `output`, read tolerantly: five shapes have been seen, and errors under COMPLETED."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

import msgspec

from zantara.llm.errors import BadOutput, ServerFault
from zantara.llm.port import StopReason, Usage

_SHOWN = 200
_INPUT_KEYS = ("input", "input_tokens", "prompt_tokens")
_OUTPUT_KEYS = ("output", "output_tokens", "completion_tokens")


class JobAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The text of a finished job and what was said about it."""

    text: str
    model: str | None = None
    usage: Usage = Usage()
    stop: StopReason = "end"


def read_output(output: object, *, max_tokens: int | None = None) -> JobAnswer:
    """The answer in a worker's output.

    Shapes: `[{choices: [{tokens | text | message.content}], usage}]` (batches are joined), `{text}`, an OpenAI
    object, a plain string, a list of strings. vLLM's native shape has no finish_reason, so an answer that used
    up `max_tokens` counts as cut. Raises ServerFault for an error reported as output, BadOutput for no text.
    """
    parts = list(output) if _is_list(output) else [output]
    text = "".join(_text(part) for part in parts)
    if not text.strip():
        raise BadOutput(f"runpod: no text in {str(output)[:_SHOWN]}")
    maps = [part for part in parts if isinstance(part, Mapping)]
    usage = next((found for part in reversed(maps) if (found := _usage(part))), Usage())
    cut = _finish(maps) == "length" or (max_tokens is not None and usage.output_tokens >= max_tokens)
    return JobAnswer(
        text=text,
        model=next((str(part["model"]) for part in maps if part.get("model")), None),
        usage=usage,
        stop="length" if cut else "end",
    )


def _text(part: object) -> str:
    if isinstance(part, str):
        return part
    if not isinstance(part, Mapping):
        return ""
    if part.get("error"):
        raise ServerFault(f"runpod: worker error: {str(part['error'])[:_SHOWN]}")
    choices = part.get("choices")
    if _is_list(choices) and choices and isinstance(choices[0], Mapping):
        return _choice(choices[0])
    return _joined(part.get("text"))


def _choice(choice: Mapping[str, Any]) -> str:
    message = choice.get("message")
    if isinstance(message, Mapping) and message.get("content"):
        return str(message["content"])
    return _joined(choice.get("tokens")) or _joined(choice.get("text"))


def _joined(value: object) -> str:
    if isinstance(value, str):
        return value
    return "".join(str(item) for item in value) if _is_list(value) else ""


def _finish(maps: Sequence[Mapping[str, Any]]) -> str | None:
    for part in reversed(maps):
        choices = part.get("choices")
        for choice in choices if _is_list(choices) else ():
            if isinstance(choice, Mapping) and choice.get("finish_reason"):
                return str(choice["finish_reason"])
    return None


def _usage(part: Mapping[str, Any]) -> Usage | None:
    said = part.get("usage")
    source = said if isinstance(said, Mapping) else part
    tokens_in, tokens_out = _count(source, _INPUT_KEYS), _count(source, _OUTPUT_KEYS)
    if tokens_in is None and tokens_out is None:
        return None
    return Usage(input_tokens=tokens_in or 0, output_tokens=tokens_out or 0)


def _count(source: Mapping[str, Any], keys: Sequence[str]) -> int | None:
    return next((source[key] for key in keys if type(source.get(key)) is int), None)


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))
