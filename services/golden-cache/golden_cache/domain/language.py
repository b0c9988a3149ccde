"""In which language an answer is given: the one asked in when that is sure, else the conversation's, else none."""

from golden_cache.domain.entries import LANGUAGES
from zantara.text.language import LanguageGuess

SURE = 0.9
"""Below this confidence a guess decides nothing: short messages of borrowed words are told apart no better."""


def sure_language(guess: LanguageGuess) -> str | None:
    """Take a guess that is sure enough to answer in."""
    return guess.language if guess.language in LANGUAGES and guess.confidence >= SURE else None


def answer_language(asked: str | None, conversation: str | None) -> str | None:
    """Choose; anything but one of the three languages (`mixed`, `other`, nothing) counts as unsure."""
    for language in (asked, conversation):
        if language in LANGUAGES:
            return language
    return None
