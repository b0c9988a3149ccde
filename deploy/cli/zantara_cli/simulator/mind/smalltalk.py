"""Warm short lines for messages that ask nothing: composed from the mood, the name and at most one memory."""

from zantara_cli.simulator.mind.moods import Mood, is_feeling, mood_of
from zantara_cli.simulator.mind.phrases import phrases, pick
from zantara_cli.simulator.mind.reading import Language, Reading, language_of
from zantara_cli.simulator.mind.sentences import cut

_OPENING = frozenset({Mood.GREETING, Mood.HOW_ARE_YOU})
_TELLABLE = ("dreams", "case_stage", "interests", "life_phase")
"""Slots that a person is glad to hear again; fears and judgements are not among them."""

_MAX_MEMORY = 120


def small_talk(reading: Reading) -> str:
    """The line for a message without a question."""
    mood = mood_of(reading.question)
    first = not any(turn.role == "assistant" for turn in reading.history)
    parts = [hello(reading)] if first and mood in _OPENING else []
    remembered = _remembered(reading) if first and mood in _OPENING else ""
    line = pick(phrases().lines[mood][reading.language], reading.question)
    parts += [remembered] if remembered and mood is Mood.GREETING else [line]
    if reading.of("culture") and (is_feeling(mood) or mood is Mood.CHAT):
        parts.append(phrases().unhurried[reading.language])
    return " ".join(parts)


def hello(reading: Reading) -> str:
    """A greeting with the person's name where memory holds one."""
    name = reading.memory.get("name", "").strip(" .,")
    words = f", {cut(name, 40)}" if name and reading.language == "en" else f" {cut(name, 40)}" if name else ""
    return pick(phrases().hello[reading.language], reading.question).format(name=words)


def _remembered(reading: Reading) -> str:
    for slot in _TELLABLE:
        value = reading.memory.get(slot, "").strip(" .")
        if value and _speakable(value, reading.language):
            return pick(phrases().remembered[reading.language], slot).format(value=cut(value, _MAX_MEMORY))
    return ""


def _speakable(value: str, language: Language) -> bool:
    return language_of(value) in (None, language)
