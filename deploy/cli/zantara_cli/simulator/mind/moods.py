"""What a message without a question is: a greeting, thanks, a farewell, a feeling; told by its words."""

import re
from enum import StrEnum
from functools import cache

import msgspec

from zantara.text.normal import normal_form, unaccented
from zantara_cli.simulator.mind.lexicon import load, pattern


class Mood(StrEnum):
    """The kinds of small talk that get an answer of their own."""

    GREETING = "greeting"
    HOW_ARE_YOU = "how_are_you"
    THANKS = "thanks"
    FAREWELL = "farewell"
    WHO_ARE_YOU = "who_are_you"
    ASHAMED = "ashamed"
    AFRAID = "afraid"
    SAD = "sad"
    TIRED = "tired"
    LONELY = "lonely"
    ANGRY = "angry"
    CONFUSED = "confused"
    HAPPY = "happy"
    HOPEFUL = "hopeful"
    CHAT = "chat"


_FEELINGS = frozenset(
    {Mood.ASHAMED, Mood.AFRAID, Mood.SAD, Mood.TIRED, Mood.LONELY, Mood.ANGRY, Mood.CONFUSED, Mood.HAPPY, Mood.HOPEFUL}
)
_BARE = frozenset({Mood.HOW_ARE_YOU, Mood.WHO_ARE_YOU, Mood.GREETING})
_BARE_WORDS = 6


class _Words(msgspec.Struct, frozen=True):
    words: str


class _MoodWords(msgspec.Struct, frozen=True):
    name: Mood
    words: str
    opens: bool = False


class _Lexicon(msgspec.Struct, frozen=True):
    mood: tuple[_MoodWords, ...]
    asking: _Words


def mood_of(message: str) -> Mood:
    """The strongest mood of a message; feelings go before politeness."""
    folded = folded_text(message)
    return next((mood for mood, words in _moods().items() if words.search(folded)), Mood.CHAT)


def greets(message: str) -> bool:
    """Whether a message opens with a greeting."""
    return _moods()[Mood.GREETING].search(folded_text(message)) is not None


def is_feeling(mood: Mood) -> bool:
    """Whether a mood is a feeling rather than a courtesy."""
    return mood in _FEELINGS


def asks(message: str) -> bool:
    """Whether a message asks for something; a bare "how are you?" does not."""
    folded = folded_text(message)
    if mood_of(message) in _BARE and len(folded.split()) <= _BARE_WORDS:
        return False
    return "?" in message or _asking().search(folded) is not None


def folded_text(message: str) -> str:
    """The form in which lexicons here are written: folded, unaccented, apostrophes as spaces."""
    return unaccented(normal_form(message.replace("'", " ").replace("’", " ")))


@cache
def _lexicon() -> _Lexicon:
    return load("moods", _Lexicon)


@cache
def _moods() -> dict[Mood, re.Pattern[str]]:
    return {mood.name: pattern(mood.words, opens=mood.opens) for mood in _lexicon().mood}


@cache
def _asking() -> re.Pattern[str]:
    return pattern(_lexicon().asking.words)
