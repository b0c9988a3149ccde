"""Rows of culture and of the price table, in the form of the sample files."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

Line = Annotated[str, Meta(min_length=1, max_length=300)]
Sentence = Annotated[str, Meta(min_length=1, max_length=1000)]
Name = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_.-]{0,99}$")]
Date = Annotated[str, Meta(pattern=r"^(19|20)\d{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]


class TopicRow(Struct, frozen=True, kw_only=True):
    """A cultural topic: what to know, when it applies (phrases or situations), in which tone to use it."""

    topic: Name
    title: Line
    content: Annotated[str, Meta(min_length=20, max_length=6000)]
    when_to_use: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=60)]
    tone: Line
    language: Literal["en", "it", "id"] = "en"


class InsightRow(Struct, frozen=True, kw_only=True):
    """A note: a signal in its own language, what it means, how to respond (both in English)."""

    id: Name
    language: Literal["en", "it", "id", "ban"]
    signal: Line
    meaning: Sentence
    how_to_respond: Sentence
    topic: Name


class PriceRow(Struct, frozen=True, kw_only=True):
    """A figure or code with its sentence, document and date; `hedged` where the document itself says about."""

    key: Name
    kind: Literal["visa_code", "fee", "capital", "duration", "deadline", "tax_rate", "penalty"]
    subject: Line
    value: int | float | str | tuple[int | float, ...]
    unit: Line
    text_en: Sentence
    document_id: Name
    as_of: Date
    certainty: Literal["stated", "hedged"]
