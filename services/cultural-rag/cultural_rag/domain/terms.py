"""What is compared: English stems, whichever of the three languages a text is written in.

Each Italian or Indonesian word counts as its English readings (dictionary-based query translation, Pirkola 1998,
applied to questions and passages alike); a word without one counts as itself and as the stem of its own language.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from cultural_rag.domain.glossary import Reading, read
from cultural_rag.domain.stems import plain_words, stem, stem_all
from cultural_rag.domain.stopwords import STOPWORDS
from zantara.text.language import identify

LATER_READING = 0.5
"""Weight of every reading of a word but the likeliest."""

OWN_STEM = 0.3
"""Weight of a word's stem in its own language, where the glossary does not know it."""

MOST_CHARS = 2000
"""Of a message; the rest does not change what it is about."""

_GLOSSARIES = {"en": (), "it": ("it", "id"), "id": ("id", "it")}


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """A message made comparable: `weights` by term, `reading` in English for the embedding, its languages."""

    text: str
    reading: str
    weights: Mapping[str, float]
    stems: frozenset[str]
    language: str

    @property
    def translated(self) -> bool:
        """Whether the reading is not simply the text."""
        return self.reading != self.text


def ask(text: str, language: str | None) -> Query:
    """Make a message comparable; a language that is not declared is guessed."""
    text = text[:MOST_CHARS]
    spoken, glossaries = languages_of(text, language)
    readings = read(plain_words(text), glossaries)
    return Query(
        text=text,
        reading=_in_english(readings, spoken) or text if glossaries else text,
        weights=_weights(readings, spoken),
        stems=_stems(readings),
        language=spoken,
    )


def languages_of(text: str, declared: str | None) -> tuple[str, tuple[str, ...]]:
    """The language (it, en, id or empty) and the glossaries to read with, the likelier first."""
    if declared in _GLOSSARIES:
        return declared, _GLOSSARIES[declared]
    guess = identify(text)
    if guess.language in _GLOSSARIES:
        return guess.language, _GLOSSARIES[guess.language]
    italian_first = guess.scores["it"] > guess.scores["id"] + guess.scores["ban"]
    return "", ("it", "id") if italian_first else ("id", "it")


def index_terms(text: str, language: str) -> Counter[str]:
    """Terms of a passage with their counts; every reading of a word counts."""
    counts: Counter[str] = Counter()
    for reading in read(plain_words(text), (language,) if language in {"it", "id"} else ()):
        own = _own_words(reading, language)
        english = _english_words(reading) or own
        counts.update(stem_all(english, "en"))
        if not reading.english and language != "en":
            counts.update(f"{language}:{stem(word, language)}" for word in own)
    return counts


def english_of(text: str, language: str) -> str:
    """A word-by-word English reading, for a model that knows no other language; an unknown one is tried as both."""
    glossaries = {"it": ("it",), "id": ("id",), "en": ()}.get(language, ("it", "id"))
    if not glossaries:
        return text
    return _in_english(read(plain_words(text), glossaries), language) or text


def _weights(readings: Sequence[Reading], language: str) -> dict[str, float]:
    weights: dict[str, float] = defaultdict(float)
    for reading in readings:
        for rank, english in enumerate(reading.english):
            for word in _without_stopwords(plain_words(english), "en"):
                weights[stem(word, "en")] += 1.0 if rank == 0 else LATER_READING
        if not reading.english:
            for word in _own_words(reading, language):
                weights[stem(word, "en")] += 1.0
                if language in {"it", "id"}:
                    weights[f"{language}:{stem(word, language)}"] += OWN_STEM
    return dict(weights)


def _stems(readings: Sequence[Reading]) -> frozenset[str]:
    english = [word for reading in readings for text in reading.english for word in plain_words(text)]
    spoken = [word for reading in readings for word in reading.words]
    return frozenset(stem_all([*english, *spoken], "en"))


def _in_english(readings: Sequence[Reading], language: str) -> str:
    parts = [reading.english[0] if reading.english else " ".join(_own_words(reading, language)) for reading in readings]
    return " ".join(part for part in parts if part)


def _own_words(reading: Reading, language: str) -> list[str]:
    kept = _without_stopwords(reading.words, "en")
    return _without_stopwords(kept, language) if language in {"it", "id"} else kept


def _english_words(reading: Reading) -> list[str]:
    return _without_stopwords([word for english in reading.english for word in plain_words(english)], "en")


def _without_stopwords(words: Sequence[str], language: str) -> list[str]:
    return [word for word in words if word not in STOPWORDS[language]]
