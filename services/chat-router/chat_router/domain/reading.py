"""What a message leans on: itself, the turns before it, the person's own case, or the conversation as a subject."""

import re
from collections.abc import Sequence

import msgspec

from chat_router.domain.reading_words import CONVERSATION, EMPTY, INCIDENTS, OPENERS, OWN, PERSONAL, POINTERS, TRADE

_SHORT = 8
_OPENING = 7

_CODE = re.compile(r"[a-z]\d{1,3}[a-z]?")


class Leaning(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a message can be read by itself, is about the person's own case, or about the conversation."""

    standalone: bool
    personal: bool
    about_conversation: bool


def leaning(words: Sequence[str], *, turns_before: int) -> Leaning:
    """Read the folded words; when in doubt with a turn before it, a short message leans."""
    text = " ".join(words)
    about = CONVERSATION.search(text) is not None
    return Leaning(
        standalone=not about and not _leans(words, text, turns_before=turns_before),
        personal=PERSONAL.search(text) is not None or _happened(words),
        about_conversation=about,
    )


def names_trade(word: str) -> bool:
    """Whether a folded word names a matter of the office: a term or a visa code."""
    return word in TRADE or _CODE.fullmatch(word) is not None


def _happened(words: Sequence[str]) -> bool:
    return not OWN.isdisjoint(words) and bool(INCIDENTS.find(words))


def _leans(words: Sequence[str], text: str, *, turns_before: int) -> bool:
    if not words:
        return True
    named = any(names_trade(word) for word in words)
    subject = named or any(word not in EMPTY and not word.isdigit() for word in words)
    if not subject:
        return True
    opened = OPENERS.match(text) is not None and len(words) <= _OPENING
    if opened and (turns_before > 0 or not named):
        return True
    pointing = len(words) <= _SHORT and any(word in POINTERS for word in words)
    return pointing and not named
