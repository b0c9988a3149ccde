"""Labels for a scraped article, by words of three languages; the reason names them, the quote is a literal span."""

import re
from functools import cache, lru_cache

import msgspec

from zantara_cli.simulator.mind.lexicon import load, pattern
from zantara_cli.simulator.mind.moods import folded_text
from zantara_cli.simulator.mind.reading import Reading
from zantara_cli.simulator.mind.schemas import Schema
from zantara_cli.simulator.mind.sentences import sentences

_ACTION = {"critical": "act_now", "high": "plan", "medium": "inform", "low": "inform"}
_ENOUGH = 2.0
_STRONG = 5.0
_OWN_AUDIENCE = 3.0


class _Topic(msgspec.Struct, frozen=True):
    weight: float
    audience: str
    words: str


class _Signs(msgspec.Struct, frozen=True):
    trivial: str
    deadline: str
    stop: str
    change: str
    noise: str
    undecided: str


class _Lexicon(msgspec.Struct, frozen=True):
    topics: dict[str, _Topic]
    signs: _Signs
    audiences: dict[str, str]


def intel_label(reading: Reading, _schema: Schema) -> dict[str, str]:
    """Draft for `intel_label` from the first `document` fence."""
    document = next(iter(reading.of("document", "passage")), None)
    text = document.text if document else reading.question
    title = document.attributes.get("title", "") if document else ""
    whole = folded_text(f"{title} {text}")
    topic = _topic(folded_text(f"{title} {title} {text}"))
    priority, cue = _priority(whole, topic)
    noise = _search(_lexicon().signs.noise, whole)
    about = f"about {topic.replace('_', ' ')}"
    return {
        "topic": topic,
        "priority": priority,
        "audience": _audience(whole, topic),
        "actionability": "ignore" if topic == "irrelevant" or (priority == "low" and noise) else _ACTION[priority],
        "reason": f"{about}; the text says “{cue}”" if cue else about,
        "quote": _quote(text, cue),
    }


def _topic(text: str) -> str:
    counts = {name: _count(topic.words, text) * topic.weight for name, topic in _lexicon().topics.items()}
    topic = max(counts, key=lambda name: counts[name])
    trivial = _search(_lexicon().signs.trivial, text) and counts[topic] < _STRONG
    return "irrelevant" if counts[topic] < _ENOUGH or trivial else topic


def _priority(text: str, topic: str) -> tuple[str, str]:
    """The priority and the words that decide it."""
    if topic == "irrelevant":
        return "low", ""
    signs = _lexicon().signs
    deadline, stop = _search(signs.deadline, text), _search(signs.stop, text)
    if deadline and stop:
        return "critical", stop
    for priority, words in (("low", signs.noise), ("medium", signs.undecided)):
        if cue := _search(words, text):
            return priority, cue
    change = _search(signs.change, text)
    if deadline or stop or _count(signs.change, text) >= _ENOUGH:
        return "high", deadline or stop or change
    return "medium", change


def _audience(text: str, topic: str) -> str:
    if topic == "irrelevant":
        return "none"
    counts = {name: float(_count(words, text)) for name, words in _lexicon().audiences.items()}
    counts[_lexicon().topics[topic].audience] += _OWN_AUDIENCE
    return max(counts, key=lambda name: counts[name])


def _quote(text: str, cue: str) -> str:
    found = sentences(text)
    holding = (sentence for sentence in found if cue and cue in folded_text(sentence))
    return next(holding, found[0] if found else text)


def _search(words: str, text: str) -> str:
    found = _compiled(words).search(text)
    return found.group() if found else ""


def _count(words: str, text: str) -> int:
    return len(_compiled(words).findall(text))


@cache
def _lexicon() -> _Lexicon:
    return load("intel", _Lexicon)


@lru_cache(maxsize=64)
def _compiled(words: str) -> re.Pattern[str]:
    return pattern(words)
