"""Who answers: one table from category to voice, and the language of the reply."""

import msgspec

from chat_router.domain.classify import Classification
from chat_router.domain.turn import Voice
from zantara.text.segments import BUSINESS, Category

SPOKEN = ("it", "en", "id")

_SURE = 0.6
"""Least confidence at which a message's language is believed."""

_HAIKU: Voice = "claude-haiku"
_SONNET: Voice = "claude-sonnet"

ARMS: dict[Category, Voice] = {
    Category.GREETING: _HAIKU,
    Category.CASUAL: _HAIKU,
    Category.EMOTIONAL: _HAIKU,
    Category.CULTURAL: _SONNET,
    Category.BUSINESS_SIMPLE: _HAIKU,
    Category.BUSINESS_COMPLEX: _SONNET,
    Category.URGENT_COMPLAINT: _SONNET,
    Category.OUT_OF_SCOPE: _HAIKU,
}
"""The voice of each category while no evidence has opened a share of it to LLAMA."""

_KNOWLEDGE = BUSINESS | {Category.URGENT_COMPLAINT, Category.CULTURAL}

_MAX_TOKENS: dict[Category, int] = {
    Category.GREETING: 150,
    Category.CASUAL: 250,
    Category.EMOTIONAL: 400,
    Category.BUSINESS_COMPLEX: 1200,
}
_MAX_TOKENS_ELSE = 800
_FIRST_TURNS = 3


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """The rungs in the order in which they are asked, the rule that chose them, the longest answer in tokens."""

    rungs: tuple[Voice, ...]
    rule: str
    max_tokens: int


def wants_golden(read: Classification) -> bool:
    """Only a question that stands alone, is general and was surely understood may be answered from stock."""
    return read.certain and read.standalone and not read.personal and not read.about_conversation


def wants_knowledge(read: Classification) -> bool:
    """Whether passages can help: questions about rules, never about the conversation itself."""
    if read.about_conversation:
        return False
    return read.category in _KNOWLEDGE or not read.certain


def choose(read: Classification) -> Route:
    """The ladder for a message: its arm, the other Claude, LLAMA as a last voice; below it stands a static reply."""
    first = ARMS[read.category] if read.certain else _HAIKU
    other = _SONNET if first == _HAIKU else _HAIKU
    rule = f"{read.category}:{first}" if read.certain else f"unsure:{first}"
    max_tokens = _MAX_TOKENS.get(read.category, _MAX_TOKENS_ELSE) if read.certain else _MAX_TOKENS_ELSE
    return Route(rungs=(first, other, "llama"), rule=rule, max_tokens=max_tokens)


def stage(turns: int) -> str:
    """How far along a conversation of so many exchanges is: `first_contact` or `ongoing`."""
    return "first_contact" if turns < _FIRST_TURNS else "ongoing"


def sure_language(read: Classification) -> str | None:
    """The message's language, where it is one of ours and sure."""
    sure = read.language in SPOKEN and read.language_confidence >= _SURE
    return str(read.language) if sure else None


def reply_language(read: Classification, *, wished: str | None, conversation: str | None, person: str | None) -> str:
    """The message's language where it is sure, else the wish, the conversation's, the person's, English."""
    candidates = (sure_language(read), wished, conversation, person, str(read.language))
    return next((language for language in candidates if language in SPOKEN), "en")
