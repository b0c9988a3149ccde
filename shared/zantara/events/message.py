"""The two kinds of message: events, which say what happened, and requests, which ask one service."""

from typing import ClassVar, Generic, TypeVar

import msgspec

R = TypeVar("R", bound="Reply")


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What happened, in the past tense. Grows only by fields with defaults; a breaking change is a new version."""

    subject: ClassVar[str]
    version: ClassVar[int] = 1

    @classmethod
    def type_name(cls) -> str:
        """Subject and version, as the `Zantara-Type` header carries them: `chat.completed.v1`."""
        return f"{cls.subject}.v{cls.version}"


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a request."""


class Request(msgspec.Struct, Generic[R], frozen=True, kw_only=True):
    """A question to the one service that owns its subject; `reply` is the type of the answer."""

    subject: ClassVar[str]
    reply: ClassVar[type[Reply]]


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A document that an answer stands on; `score` is its relevance in 0..1, `as_of` the date of its facts."""

    id: str
    title: str
    score: float = 1.0
    as_of: str = ""


class Embedding(msgspec.Struct, frozen=True, kw_only=True):
    """A text's vector with the tag of the model that made it, so that vectors of two models never meet."""

    model: str
    vector: list[float]
