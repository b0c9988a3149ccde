"""Structs to JSON and back; what does not decode is the sender's fault and says which field."""

from functools import cache
from typing import Any, TypeVar

import msgspec

from zantara.errors import Invalid
from zantara.events.message import Event, Reply, Request

E = TypeVar("E", bound=Event)
Q = TypeVar("Q", bound=Request[Any])
R = TypeVar("R", bound=Reply)

_encoder = msgspec.json.Encoder()


def encode(message: Event | Request[Any] | Reply) -> bytes:
    """JSON, UTF-8."""
    return _encoder.encode(message)


def decode_event(type_: type[E], body: bytes, type_name: str | None) -> E:
    """The event, if its header names this very version; raises Invalid otherwise."""
    if type_name is not None and type_name != type_.type_name():
        raise Invalid(f"expected {type_.type_name()}, got {type_name}")
    return _decode(type_, body)


def decode_request(type_: type[Q], body: bytes) -> Q:
    """The request; raises Invalid naming the field."""
    return _decode(type_, body)


def decode_reply(type_: type[R], body: bytes) -> R:
    """The reply; raises Invalid naming the field."""
    return _decode(type_, body)


T = TypeVar("T", bound=msgspec.Struct)


def _decode(type_: type[T], body: bytes) -> T:
    try:
        decoded: T = _decoder(type_).decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Invalid(f"{type_.__name__}: {error}") from error
    return decoded


@cache
def _decoder(type_: type[T]) -> msgspec.json.Decoder[T]:
    return msgspec.json.Decoder(type_)
