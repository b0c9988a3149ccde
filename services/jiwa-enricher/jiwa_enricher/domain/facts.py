"""What is known of a person: slots, claims of a model, facts that passed the checks, and what stands on record."""

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec


class Slot(StrEnum):
    """The nine slots of JIWA, then the plain facts."""

    PERSONALITY = "personality"
    EMOTIONAL_STATE = "emotional_state"
    TRUST_LEVEL = "trust_level"
    COMMUNICATION_PREFERENCE = "communication_preference"
    LIFE_PHASE = "life_phase"
    DREAMS = "dreams"
    ANXIETIES = "anxieties"
    RELATIONSHIP_WITH_US = "relationship_with_us"
    CULTURAL_BRIDGE_NEEDED = "cultural_bridge_needed"
    NAME = "name"
    LANGUAGE = "language"
    INTERESTS = "interests"
    CASE_STAGE = "case_stage"


class Certainty(StrEnum):
    """How a fact follows from the words: said, following from what was said, or guessed. Surest first."""

    STATED = "stated"
    DEDUCED = "deduced"
    INFERRED = "inferred"


SINGLE = frozenset(
    {
        Slot.EMOTIONAL_STATE,
        Slot.TRUST_LEVEL,
        Slot.RELATIONSHIP_WITH_US,
        Slot.CULTURAL_BRIDGE_NEEDED,
        Slot.NAME,
        Slot.LANGUAGE,
        Slot.CASE_STAGE,
    }
)
"""Slots with one value at a time: another value is a contradiction."""

LIFETIME: dict[Slot, timedelta] = {
    Slot.EMOTIONAL_STATE: timedelta(hours=72),
    Slot.CASE_STAGE: timedelta(days=90),
    Slot.ANXIETIES: timedelta(days=180),
    Slot.TRUST_LEVEL: timedelta(days=180),
    Slot.DREAMS: timedelta(days=365),
    Slot.LIFE_PHASE: timedelta(days=365),
    Slot.PERSONALITY: timedelta(days=365),
    Slot.INTERESTS: timedelta(days=365),
    Slot.RELATIONSHIP_WITH_US: timedelta(days=365),
    Slot.CULTURAL_BRIDGE_NEEDED: timedelta(days=365),
    Slot.COMMUNICATION_PREFERENCE: timedelta(days=730),
    Slot.LANGUAGE: timedelta(days=730),
    Slot.NAME: timedelta(days=730),
}
"""How long a fact holds unless it is said again."""


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """One exchange on record: the user's words, our answer, when, in which language; `number` counts from 1."""

    id: str
    number: int
    question: str
    answer: str
    language: str
    at: datetime


class Transcript(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation as the router recorded it; an anonymous one has no `user_id`."""

    conversation_id: str
    user_id: str | None
    language: str
    turns: tuple[Turn, ...]


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """What a model says of the user: nothing in it is trusted; `turn` is the id that the prompt gave a message."""

    slot: str
    value: str
    quote: str
    turn: int
    value_en: str = ""
    certainty: str = "inferred"
    confidence: float = 0.0


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a model made of one window; `fallback` where Claude had to step in."""

    claims: tuple[Claim, ...]
    model: str
    prompt_version: str
    simulated: bool = False
    fallback: bool = False
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float = 0.0


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that passed every check, with the turn that proves it."""

    slot: Slot
    value: str
    value_en: str
    certainty: Certainty
    confidence: float
    quote: str
    turn_id: str
    language: str
    said_at: datetime


class KnownFact(msgspec.Struct, frozen=True, kw_only=True):
    """A fact on record, bi-temporal: true from `valid_from` to `valid_to`, known from `created_at` to `closed_at`.

    `turn_id` and `quote` are its first evidence, `also_turn_ids` further turns that said the same; `confirmed_at` is
    the time of the latest.
    """

    id: str
    slot: Slot
    value: str
    value_en: str
    certainty: Certainty
    confidence: float
    quote: str
    turn_id: str
    conversation_id: str
    language: str
    valid_from: datetime
    confirmed_at: datetime
    created_at: datetime
    expires_at: datetime
    model: str
    prompt_version: str
    also_turn_ids: tuple[str, ...] = ()
    valid_to: datetime | None = None
    closed_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Neither contradicted nor expired."""
        return self.valid_to is None and self.expires_at > now


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """That a person talked with us: behaviour, not words."""

    conversation_id: str
    language: str
    at: datetime


class Enrichment(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one `conversation.ended`: the record that fences its effect, and what it cost."""

    event_id: str
    conversation_id: str
    language: str
    turns: int
    added: int
    strengthened: int
    closed: int
    dropped: dict[str, int]
    model: str
    simulated: bool
    fallback: bool
    prompt_version: str
    input_tokens: int
    output_tokens: int
    cost_usd: float
    last_turn_at: datetime
    created_at: datetime


class Tombstones(msgspec.Struct, frozen=True, kw_only=True):
    """What a person has asked us to forget, without saying what it was: late readings must not bring it back."""

    everything_at: datetime | None = None
    facts: frozenset[str] = frozenset()

    def cover(self, user_id: str, candidate: Candidate) -> bool:
        """Whether this was forgotten: said before everything was, or this very slot of this very turn."""
        if self.everything_at is not None and candidate.said_at <= self.everything_at:
            return True
        return digest(user_id, candidate.slot, candidate.turn_id) in self.facts


def digest(user_id: str, *parts: str) -> str:
    """SHA-256 (hexadecimal) of a person and what was forgotten: comparable, not readable."""
    return hashlib.sha256("\0".join((user_id, *parts)).encode()).hexdigest()
