"""Category and language: a segment is one of each, the unit of routing, of evidence and of rollout."""

from enum import StrEnum


class Language(StrEnum):
    """What a message is written in; `mixed` is a real mixture of two, a few loan words are not."""

    IT = "it"
    EN = "en"
    ID = "id"
    MIXED = "mixed"


class Category(StrEnum):
    """What a message wants."""

    GREETING = "greeting"
    CASUAL = "casual"
    EMOTIONAL = "emotional"
    CULTURAL = "cultural"
    BUSINESS_SIMPLE = "business_simple"
    BUSINESS_COMPLEX = "business_complex"
    URGENT_COMPLAINT = "urgent_complaint"
    OUT_OF_SCOPE = "out_of_scope"


BUSINESS = frozenset({Category.BUSINESS_SIMPLE, Category.BUSINESS_COMPLEX})
"""What no evidence ever routes to LLAMA, and what knowledge passages are fetched for."""
