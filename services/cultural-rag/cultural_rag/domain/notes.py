"""Cultural notes in memory: which of them apply to a message, by evidence that can be read off, or none.

For each topic the evidence is a weighted sum through a logistic: cues in the words, phrases quoted from the notes
themselves, similarity to its situations and insights, the category and the stage. What stays below the threshold is
not given: a note that does not apply makes the answer worse.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from cultural_rag.domain.cues import cues
from cultural_rag.domain.matrix import Vector, matrix
from cultural_rag.domain.stems import plain_words
from cultural_rag.domain.terms import Query, english_of

GREETINGS = "indonesian_greetings"
FIRST_CONTACT = "first_contact"

THRESHOLD = 0.45
"""Least score of a topic; below it the notes abstain."""

NEAR_BEST = 0.8
"""A second topic must come this near to the first."""

MOST_TOPICS = 2

MOST_COSINE = 0.8
"""No message that quotes nothing comes nearer to a note."""

INSIGHT_COSINE = 0.55
"""Least similarity of an insight that is not quoted in the message."""

_BIAS = -5.5
_CUE = 5.0
_PHRASE = 5.0
_HINT = 1.5
_SITUATION = 3.0
_INSIGHT = 2.0
_TONE = 0.5
_GREETED = {True: 5.0, False: -1.0}
_CATEGORY = {
    "cultural": 0.8,
    "casual": -1.5,
    "business_simple": -2.5,
    "business_complex": -2.5,
    "out_of_scope": -2.8,
}


class Chunk(msgspec.Struct, frozen=True, kw_only=True):
    """A topic's text as stored."""

    id: int
    topic: str
    title: str
    content: str
    when_to_use: tuple[str, ...]
    tone: str
    language: str
    vector: Any = None


class Insight(msgspec.Struct, frozen=True, kw_only=True):
    """A signal, its meaning and the response, as stored."""

    id: str
    topic: str
    language: str
    signal: str
    meaning: str
    how_to_respond: str
    vector: Any = None

    @property
    def text(self) -> str:
        """As it is given to a prompt."""
        return f"“{self.signal}”: {self.meaning}. {self.how_to_respond[:1].upper()}{self.how_to_respond[1:]}."


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked about, beside the words: as the classifier saw it."""

    category: str | None = None
    tone: str | None = None
    stage: str | None = None


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A note that applies: `kind` chunk or insight, `key` its id in the store."""

    kind: str
    key: str
    topic: str
    content: str
    score: float


class Weighed(msgspec.Struct, frozen=True, kw_only=True):
    """Evidence before any similarity: log-odds by topic, and which insights the message quotes."""

    weights: Mapping[str, float]
    quoted: list[bool]

    @property
    def hopeless(self) -> bool:
        """Whether no similarity could bring a topic above the threshold: then none need be computed."""
        best = max(self.weights.values(), default=-math.inf)
        return _logistic(best + (_SITUATION + _INSIGHT) * MOST_COSINE) < THRESHOLD


def situation_text(phrase: str) -> str:
    """What is embedded for a phrase of `when_to_use`, whose languages are mixed."""
    return english_of(phrase, "")


def chunk_embedding_text(title: str, content: str, language: str) -> str:
    """What is embedded for a topic."""
    return english_of(f"{title}. {content}", language)


def insight_embedding_text(signal: str, meaning: str, language: str) -> str:
    """What is embedded for an insight; Balinese is read with the Indonesian glossary."""
    return f"{english_of(signal, 'id' if language == 'ban' else language)}. {meaning}"


class NoteIndex:
    """An immutable snapshot of the active notes; `situations` are the vectors of the phrases of `when_to_use`."""

    def __init__(
        self, chunks: Sequence[Chunk], insights: Sequence[Insight], situations: Mapping[str, Vector], dimension: int
    ) -> None:
        self.chunks = {chunk.topic: chunk for chunk in chunks}
        self.insights = tuple(insights)
        self._topics = tuple(dict.fromkeys([*self.chunks, *(insight.topic for insight in insights)]))
        self._phrases = [_phrase(chunk.topic, phrase) for chunk in chunks for phrase in chunk.when_to_use]
        self._signals = [_padded(insight.signal) for insight in insights]
        vectors = [situations.get(phrase) for chunk in chunks for phrase in chunk.when_to_use]
        self._situation_vectors = matrix([*vectors, *(chunk.vector for chunk in chunks)], dimension)
        self._situation_topics = [phrase.topic for phrase in self._phrases] + [chunk.topic for chunk in chunks]
        self._insight_vectors = matrix([insight.vector for insight in insights], dimension)

    def weigh(self, query: Query, situation: Situation) -> Weighed:
        """The evidence of the words, the category and the stage."""
        words = _padded(query.text)
        quoted = [signal in words for signal in self._signals]
        evidence = {topic: _said(topic, query.stems) for topic in self._topics}
        for phrase in self._phrases:
            if phrase.words in words:
                evidence[phrase.topic] = evidence[phrase.topic].with_phrase(whole=phrase.whole)
        for insight, is_quoted in zip(self.insights, quoted, strict=True):
            if is_quoted:
                evidence[insight.topic] = evidence[insight.topic].with_phrase(whole=True)
        weights = {topic: each.weight + self._context(topic, situation) for topic, each in evidence.items()}
        return Weighed(weights=weights, quoted=quoted)

    def choose(self, weighed: Weighed, vector: Vector, limit: int) -> list[Note]:
        """With the similarities added: the one to three notes that apply, best first, or none."""
        near = (self._insight_vectors @ vector).tolist()
        situations = _best_by(self._situation_topics, (self._situation_vectors @ vector).tolist())
        insights = _best_by([insight.topic for insight in self.insights], near)
        scores = {
            topic: _logistic(weight + _SITUATION * situations.get(topic, 0.0) + _INSIGHT * insights.get(topic, 0.0))
            for topic, weight in weighed.weights.items()
        }
        notes = [note for topic, score in _chosen(scores) for note in self._notes(topic, score, near, weighed.quoted)]
        return sorted(notes, key=lambda note: -note.score)[:limit]

    def _context(self, topic: str, situation: Situation) -> float:
        weight = _CATEGORY.get(situation.category or "", 0.0)
        if topic == GREETINGS and situation.category == "greeting":
            weight += _GREETED[situation.stage == FIRST_CONTACT]
        if situation.tone and topic in self.chunks and situation.tone in self.chunks[topic].tone:
            weight += _TONE
        return weight

    def _notes(self, topic: str, score: float, near: list[float], quoted: list[bool]) -> list[Note]:
        """The topic's chunk, and its insight that fits best where one fits."""
        notes = []
        if chunk := self.chunks.get(topic):
            notes.append(Note(kind="chunk", key=str(chunk.id), topic=topic, content=chunk.content, score=score))
        fits = [
            (quoted[place], near[place], insight)
            for place, insight in enumerate(self.insights)
            if insight.topic == topic and (quoted[place] or near[place] >= INSIGHT_COSINE)
        ]
        if fits:
            is_quoted, cosine, insight = max(fits, key=lambda fit: fit[:2])
            own = score if is_quoted else round(score * cosine, 4)
            notes.append(Note(kind="insight", key=insight.id, topic=topic, content=insight.text, score=own))
        return notes


class _Phrase(msgspec.Struct, frozen=True, kw_only=True):
    topic: str
    words: str
    whole: bool


class _Evidence(msgspec.Struct, frozen=True, kw_only=True):
    strong: bool
    hint: bool
    phrase: bool = False

    @property
    def weight(self) -> float:
        return _BIAS + _CUE * self.strong + _PHRASE * self.phrase + _HINT * self.hint

    def with_phrase(self, *, whole: bool) -> "_Evidence":
        """A quoted phrase of several words speaks for itself, a single common word hints."""
        return _Evidence(strong=self.strong, hint=self.hint or not whole, phrase=self.phrase or whole)


def _said(topic: str, stems: frozenset[str]) -> _Evidence:
    said = [cue.hint for cue in cues(topic) if cue.stems <= stems]
    return _Evidence(strong=not all(said), hint=any(said))


def _chosen(scores: Mapping[str, float]) -> list[tuple[str, float]]:
    ranked = sorted(
        ((topic, score) for topic, score in scores.items() if score >= THRESHOLD), key=lambda pair: -pair[1]
    )
    return [pair for pair in ranked[:MOST_TOPICS] if pair[1] >= NEAR_BEST * ranked[0][1]]


def _phrase(topic: str, phrase: str) -> _Phrase:
    words = _padded(phrase)
    return _Phrase(topic=topic, words=words, whole=len(words.split()) > 1)


def _padded(text: str) -> str:
    return f" {' '.join(plain_words(text))} "


def _best_by(topics: Sequence[str], values: Sequence[float]) -> dict[str, float]:
    best: dict[str, float] = {}
    for topic, value in zip(topics, values, strict=True):
        best[topic] = max(best.get(topic, 0.0), value)
    return best


def _logistic(value: float) -> float:
    return round(1 / (1 + math.exp(-value)), 4)
