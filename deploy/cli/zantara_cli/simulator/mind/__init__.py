"""The mind of the simulator: it answers by extraction from what the prompt itself brings, always the same.

An embedded stand-in for Claude and LLAMA that lets the whole system run without keys; never a product answer source.
"""

import msgspec

from zantara_cli.simulator.mind.conversation import recall
from zantara_cli.simulator.mind.extract import find
from zantara_cli.simulator.mind.fillers import fill_schema
from zantara_cli.simulator.mind.moods import Mood, asks, greets, mood_of
from zantara_cli.simulator.mind.phrases import phrases, pick
from zantara_cli.simulator.mind.reading import LANGUAGES, Language, Prompt, Reading, Turn, read
from zantara_cli.simulator.mind.sentences import shown
from zantara_cli.simulator.mind.smalltalk import hello, small_talk

__all__ = ["LANGUAGES", "Language", "Prompt", "Thought", "Turn", "other_language", "think"]


_TALK = ("greeting", "casual", "emotional")
"""Categories of messages that want no facts."""


class Thought(msgspec.Struct, frozen=True, kw_only=True):
    """An answer and how it came about: `extract`, `not_held`, `small_talk`, `recall` or `json`."""

    text: str
    kind: str
    language: Language
    question: str = ""


def think(prompt: Prompt) -> Thought:
    """Answer a prompt; with a schema the text is JSON valid for it."""
    reading = read(prompt)
    if prompt.schema is not None:
        value = fill_schema(prompt.schema, prompt.schema_title, reading)
        return _thought(msgspec.json.encode(value).decode(), "json", reading)
    remembered = recall(reading)
    if remembered is not None:
        return _thought(remembered, "recall", reading)
    if not _wants_facts(reading):
        return _thought(small_talk(reading), "small_talk", reading)
    return _from_passages(reading)


def other_language(language: Language) -> Language:
    """A language that is not this one, for the fault `wrong_language`."""
    return LANGUAGES[(LANGUAGES.index(language) + 1) % len(LANGUAGES)]


def _wants_facts(reading: Reading) -> bool:
    if reading.category in _TALK:
        return False
    if asks(reading.question):
        return True
    bare = mood_of(reading.question) is not Mood.CHAT
    return bool(reading.passages) and not bare


def _from_passages(reading: Reading) -> Thought:
    found = find(reading.question, reading.passages, reading.language)
    opening = hello(reading) if greets(reading.question) and not reading.history else ""
    if not found.sentences and not asks(reading.question):
        return _thought(small_talk(reading), "small_talk", reading)
    if not found.sentences:
        line = pick(phrases().not_held[reading.language], reading.question)
        return _thought(f"{opening} {line}".strip(), "not_held", reading)
    quoted = " ".join(map(_closed, found.sentences))
    notice = _notice(reading.language, found.language)
    body = f"{notice} “{quoted}”" if notice else quoted
    return _thought(f"{opening} {body}".strip(), "extract", reading)


def _notice(reply: Language, passage: Language | None) -> str:
    return phrases().foreign[reply].get(passage, "") if passage else ""


def _closed(sentence: str) -> str:
    text = shown(sentence)
    return text if text.endswith((".", "!", "?", "…", ":")) else f"{text}."


def _thought(text: str, kind: str, reading: Reading) -> Thought:
    return Thought(text=text, kind=kind, language=reading.language, question=reading.question)
