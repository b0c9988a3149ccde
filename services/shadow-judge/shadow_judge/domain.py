"""Whom to compare, and what a comparison says: pure figures, no verdict yet."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

import msgspec
import numpy as np

from zantara.events import ChatCompleted
from zantara.text.language import identify

_STEPS = 10_000
_GENERATED = ("claude-haiku", "claude-sonnet")


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """A turn as it was: the question, the answer the user saw, and the very request that was sent, as JSON."""

    question: str
    answer: str
    language: str
    prompt: dict[str, object] | None
    latency_ms: float
    cost_usd: float


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """What LLAMA made of it: an answer, or the kind of its failure. Tokens and latency also of a failure."""

    text: str = ""
    failure: str = ""
    model: str = ""
    latency_ms: float = 0.0
    ttft_ms: float | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    simulated: bool = False


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """One pair, as a row and as a line of the day's file. Similarity is a cosine; ratios are LLAMA's over Claude's."""

    comparison_id: str
    turn_id: str
    compared_at: datetime
    segment: str
    baseline: str
    baseline_model: str
    prompt_hash: str
    success: bool
    failure: str
    llama_model: str
    llama_latency_ms: float
    llama_ttft_ms: float | None
    llama_input_tokens: int
    llama_output_tokens: int
    baseline_latency_ms: float
    baseline_cost_usd: float
    length_ratio: float | None
    similarity: float | None
    language_match: bool | None
    simulated: bool


def skip_reason(event: ChatCompleted, *, enabled: bool, share: float) -> str | None:
    """Why a turn is not compared, or None: only whole answers of Claude, of sampled users, while the switch is on."""
    if not enabled:
        return "switched_off"
    if event.status != "complete":
        return "partial"
    if event.ai_used not in _GENERATED:
        return "not_generated"
    if not sampled(event.user_hash or event.conversation_id, share):
        return "not_sampled"
    return None


def sampled(key: str, share: float) -> bool:
    """Whether this user is in the sample; the same user always is or is not, and stays in when the share grows."""
    point = int.from_bytes(hashlib.sha256(f"shadow:{key}".encode()).digest()[:8]) % _STEPS
    return point < share * _STEPS


def compare(
    event: ChatCompleted,
    snapshot: Snapshot,
    attempt: Attempt,
    *,
    comparison_id: str,
    at: datetime,
    similarity: float | None,
) -> Comparison:
    """The figures of one pair. A wrong language is a failure (intent to treat); so is an empty answer."""
    match = language_match(attempt.text, snapshot.language) if attempt.text else None
    failure = attempt.failure or ("empty" if not attempt.text.strip() else "wrong_language" if match is False else "")
    return Comparison(
        comparison_id=comparison_id,
        turn_id=event.turn_id,
        compared_at=at,
        segment=f"{event.category}:{event.language}",
        baseline=event.ai_used,
        baseline_model=event.model,
        prompt_hash=event.prompt_hash,
        success=not failure,
        failure=failure,
        llama_model=attempt.model,
        llama_latency_ms=attempt.latency_ms,
        llama_ttft_ms=attempt.ttft_ms,
        llama_input_tokens=attempt.input_tokens,
        llama_output_tokens=attempt.output_tokens,
        baseline_latency_ms=snapshot.latency_ms,
        baseline_cost_usd=snapshot.cost_usd,
        length_ratio=round(len(attempt.text) / len(snapshot.answer), 3) if attempt.text and snapshot.answer else None,
        similarity=similarity,
        language_match=match,
        simulated=attempt.simulated or event.simulated,
    )


def language_match(text: str, language: str) -> bool | None:
    """Whether the answer is in that language; None where the text does not tell."""
    guess = identify(text)
    if guess.language == "other" or guess.confidence < 0.6:
        return None
    return guess.language in (language, "mixed")


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    """Similarity of two vectors of unit length."""
    return round(float(np.dot(np.asarray(one), np.asarray(other))), 4)
