"""Who reads conversations: LLAMA, and Claude where LLAMA cannot and a key allows it."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import structlog

from jiwa_enricher import metrics
from jiwa_enricher.domain import Claim, Reading, Turn
from jiwa_enricher.prompts import jiwa_facts_v1
from zantara.clock import Clock
from zantara.errors import Permanent, Transient, Unavailable
from zantara.llm import (
    BadOutput,
    BrokenStream,
    ChatModel,
    Completion,
    Deadline,
    JobLost,
    Message,
    ModelError,
    ModelRequest,
    SystemBlock,
    complete_json,
)
from zantara.text.fence import new_tag

log = structlog.get_logger()

MAX_TOKENS = 2500
TEMPERATURE = 0.1

ONCE = (BadOutput, BrokenStream, JobLost)
"""Wrong this once; every other transient error means that the model is away, for all conversations alike."""


class Answer(msgspec.Struct, frozen=True):
    """The JSON that a model gives."""

    facts: tuple[Claim, ...]


class ModelReader:
    """Asks LLAMA, then Claude, each once and with one repair; None means that there is no such model here."""

    def __init__(
        self,
        *,
        llama: ChatModel | None,
        claude: ChatModel | None,
        clock: Clock,
        reading_s: float,
        outage_retry_s: float,
    ) -> None:
        self._llama = llama
        self._claude = claude
        self._clock = clock
        self._reading_s = reading_s
        self._outage_retry_s = outage_retry_s

    async def read(self, turns: Sequence[Turn]) -> Reading:
        """Read one window. Raises Transient with the time to come back while no model is there."""
        request = _request(turns)
        failure: ModelError | None = None
        if self._llama is not None:
            try:
                return await self._ask("llama", self._llama, request)
            except ModelError as error:
                failure = error
        if self._claude is not None:
            try:
                reading = await self._ask("claude", self._claude, request)
            except ModelError as error:
                failure = error if failure is None or isinstance(failure, Permanent) else failure
            else:
                metrics.FALLBACKS.inc()
                return msgspec.structs.replace(reading, fallback=True)
        raise self._later(failure)

    async def ping(self) -> Mapping[str, Any]:
        """Who would be asked; raises Unavailable where nobody would. The models themselves are not called."""
        if self._llama is None and self._claude is None:
            raise Unavailable("no model is switched on: conversations wait")
        voices = {"llama": self._llama, "claude": self._claude}
        return {voice: model.name if model else None for voice, model in voices.items()}

    async def _ask(self, voice: str, model: ChatModel, request: ModelRequest) -> Reading:
        deadline = Deadline.after(self._clock, self._reading_s)
        try:
            answer, completion = await complete_json(model, request, deadline, Answer)
        except ModelError as error:
            metrics.READINGS.labels(voice, error.outcome).inc()
            log.warning("reading_failed", voice=voice, error=f"{type(error).__name__}: {error}")
            raise
        metrics.READINGS.labels(voice, "ok").inc()
        return _reading(answer, completion)

    def _later(self, failure: ModelError | None) -> Exception:
        """What went wrong this once comes back by the consumer's policy, an outage after its pause."""
        if failure is None:
            return Unavailable("no model is switched on", retry_after_s=self._outage_retry_s)
        if isinstance(failure, ONCE) or not isinstance(failure, Transient):
            return failure
        pause_s = max(self._outage_retry_s, failure.retry_after_s or 0.0)
        return Unavailable(f"{type(failure).__name__}: {failure}", retry_after_s=pause_s)


def _request(turns: Sequence[Turn]) -> ModelRequest:
    prompt = jiwa_facts_v1.jiwa_facts(turns, new_tag())
    return ModelRequest(
        system=(SystemBlock(text=prompt.system, cache=True),),
        messages=(Message(role="user", content=prompt.user),),
        max_tokens=MAX_TOKENS,
        temperature=TEMPERATURE,
        schema=prompt.schema,
    )


def _reading(answer: Answer, completion: Completion) -> Reading:
    return Reading(
        claims=answer.facts,
        model=completion.model,
        prompt_version=jiwa_facts_v1.VERSION,
        simulated=completion.simulated,
        input_tokens=completion.usage.input_tokens + completion.usage.cache_read_tokens,
        output_tokens=completion.usage.output_tokens,
        cost_usd=completion.usage.cost_usd,
    )
