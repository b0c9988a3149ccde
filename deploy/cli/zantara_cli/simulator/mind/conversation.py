"""Questions about the conversation itself, answered from its own messages."""

import re
from functools import cache

import msgspec

from zantara_cli.simulator.mind.lexicon import load, pattern
from zantara_cli.simulator.mind.moods import folded_text
from zantara_cli.simulator.mind.phrases import OneEach, phrases
from zantara_cli.simulator.mind.reading import Reading
from zantara_cli.simulator.mind.sentences import cut, sentences, shown

_CALLED = re.compile(
    r"(?:\bmi chiamo|\bmy name is|\bmy name's|\bi am called|\bnama saya|\bnamaku|\bnama aku)\s+([^\W\d_][\w'’-]*)",
    re.IGNORECASE,
)

_MAX_CHARS = 300


class _Lexicon(msgspec.Struct, frozen=True):
    asked: str
    said: str
    name: str
    first: str


def recall(reading: Reading) -> str | None:
    """The answer to a question about this conversation, None where the message is no such question."""
    asked = {name for name, words in _patterns().items() if words.search(folded_text(reading.question))}
    if "name" in asked:
        return _name(reading)
    if "asked" in asked:
        return _turn(reading, "user", phrases().you_wrote, first="first" in asked)
    if "said" in asked:
        return _turn(reading, "assistant", phrases().i_wrote, first=False)
    return None


def called(text: str) -> str | None:
    """The name by which somebody introduces themselves in a text."""
    found = _CALLED.search(text)
    return found.group(1) if found else None


def _turn(reading: Reading, role: str, frame: OneEach, *, first: bool) -> str:
    texts = [turn.text for turn in reading.history if turn.role == role]
    if not texts:
        return phrases().nothing_yet[reading.language]
    text = texts[0] if first else texts[-1]
    return frame[reading.language].format(text=_brief(text))


def _brief(text: str) -> str:
    brief = shown(" ".join(sentences(text)[:3]) or text)
    return brief if len(brief) <= _MAX_CHARS else f"{cut(brief, _MAX_CHARS)}…"


def _name(reading: Reading) -> str:
    own = " \n".join(turn.text for turn in reading.history if turn.role == "user")
    name = called(own) or reading.memory.get("name")
    return phrases().your_name[reading.language].format(text=name) if name else phrases().no_name[reading.language]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    lexicon = load("recall", _Lexicon)
    return {name: pattern(words) for name, words in msgspec.structs.asdict(lexicon).items()}
