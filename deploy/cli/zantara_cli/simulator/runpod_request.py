"""A RunPod job: the envelope, the policy, and worker-vllm's input in its native and its OpenAI form."""

import re
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from zantara_cli.simulator.exchange import ApiError
from zantara_cli.simulator.mind import Prompt
from zantara_cli.simulator.openai_request import ChatMessage, ChatRequest, chat_prompt, wanted_schema
from zantara_cli.simulator.openai_request import parse as parse_chat
from zantara_cli.simulator.runpod_queue import Policy

MODEL = "llama-3.1-8b"
"""What a worker runs where the input names no model."""

_DEFAULT_MAX_TOKENS = 16  # vLLM's own default: short answers come from forgetting it
_MIN_EXECUTION_MS = 5000
_MIN_TTL_MS = 10_000
_TEMPLATE = re.compile(
    r"<\|start_header_id\|>(\w+)<\|end_header_id\|>\s*(.*?)\s*(?:<\|eot_id\|>|(?=<\|start_header_id\|>)|$)", re.DOTALL
)


class PolicyMs(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The policy as it is sent, in milliseconds."""

    execution_timeout: Annotated[float, Meta(gt=0)] | None = None
    ttl: Annotated[float, Meta(gt=0)] | None = None
    low_priority: bool = False


class Sampling(msgspec.Struct, frozen=True, kw_only=True):
    """What is used of vLLM's sampling parameters."""

    max_tokens: Annotated[int, Meta(ge=1)] = _DEFAULT_MAX_TOKENS
    stop: str | list[str] | None = None
    guided_json: Any = None
    guided_decoding: dict[str, Any] | None = None
    structured_outputs: dict[str, Any] | None = None


class WorkerInput(msgspec.Struct, frozen=True, kw_only=True):
    """worker-vllm's input; one of messages, prompt and openai_route is there."""

    messages: list[ChatMessage] | str | None = None
    prompt: str | list[ChatMessage] | None = None
    sampling_params: Sampling = Sampling()
    stream: bool = False
    response_format: dict[str, Any] | None = None
    model: str | None = None
    openai_route: str | None = None
    openai_input: dict[str, Any] | None = None


class JobRequest(msgspec.Struct, frozen=True, kw_only=True):
    """The body of /run and /runsync."""

    input: dict[str, Any]
    policy: PolicyMs = PolicyMs()
    webhook: str | None = None


def parse_job(body: Any, *, strict: bool) -> tuple[JobRequest, Policy]:
    """The job in a body and its policy; raises ApiError 400."""
    try:
        job = msgspec.convert(body, JobRequest)
    except msgspec.ValidationError as error:
        raise ApiError(400, "", str(error)) from error
    execution_ms, ttl_ms = job.policy.execution_timeout, job.policy.ttl
    for name, value, least in (("executionTimeout", execution_ms, _MIN_EXECUTION_MS), ("ttl", ttl_ms, _MIN_TTL_MS)):
        if strict and value is not None and value < least:
            raise ApiError(400, "", f"policy.{name} must be at least {least} ms")
    default = Policy()
    return job, Policy(
        execution_timeout_s=default.execution_timeout_s if execution_ms is None else execution_ms / 1000,
        ttl_s=default.ttl_s if ttl_ms is None else ttl_ms / 1000,
    )


def parse_input(given: dict[str, Any]) -> WorkerInput:
    """The worker's input; raises ApiError 400 for what the worker cannot take."""
    try:
        return msgspec.convert(given, WorkerInput)
    except msgspec.ValidationError as error:
        raise ApiError(400, "BadRequestError", str(error)) from error


def as_chat(given: WorkerInput) -> ChatRequest:
    """The input of the OpenAI route as a chat request."""
    return parse_chat({"model": MODEL} | (given.openai_input or {}))


def native_prompt(given: WorkerInput) -> Prompt:
    """The native input as the mind takes it; a prompt in Llama's template is taken apart again."""
    spoken = given.messages if given.messages is not None else given.prompt
    if spoken is None:
        raise ApiError(400, "BadRequestError", "the input has neither messages nor prompt")
    sampling = given.sampling_params
    guided = sampling.guided_json or (sampling.structured_outputs or sampling.guided_decoding or {}).get("json")
    schema, title = wanted_schema(given.response_format, guided)
    return chat_prompt(_spoken(spoken), schema, title)


def _spoken(given: str | list[ChatMessage]) -> list[tuple[str, str]]:
    if not isinstance(given, str):
        return [(message.role, str(message.content or "")) for message in given]
    templated = [(role, text) for role, text in _TEMPLATE.findall(given) if text]
    return templated or [("user", given)]
