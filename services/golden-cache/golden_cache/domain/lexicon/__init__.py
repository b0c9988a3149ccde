"""The words of the domain in three languages, compiled once into tables that a message is read with.

A line of a lexicon is `concept: words`, `_` joins a phrase, `*` ends a prefix, `|` only separates the languages for
the reader. A word may stand for several concepts (Italian `quote` are shares, English ones prices): all are kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import msgspec

from golden_cache.domain.lexicon import acts, asks, business, grammar, living, people, places, visas
from golden_cache.domain.lexicon.forms import parse, word_set

Concepts = tuple[str, ...]
_TYPO_LENGTH = 7
_PREFIX_LENGTH = 3


class Phrase(msgspec.Struct, frozen=True):
    """A phrase (`*` ends a prefix) and what the whole means."""

    parts: tuple[str, ...]
    concepts: Concepts


class Lexicon(msgspec.Struct, frozen=True):
    """Word, prefix and phrase tables; `typos` leads from a word with one letter missing to the whole word."""

    words: Mapping[str, Concepts]
    prefixes: Mapping[str, Concepts]
    phrases: Mapping[str, tuple[Phrase, ...]]
    typos: Mapping[str, str]
    function_words: frozenset[str]

    def word(self, token: str) -> Concepts:
        """What one word means; empty when it is unknown."""
        found = self.words.get(token)
        if found is not None:
            return found
        for end in range(len(token), _PREFIX_LENGTH - 1, -1):
            if (found := self.prefixes.get(token[:end])) is not None:
                return found
        return ()

    def phrase(self, tokens: list[str], start: int) -> tuple[int, Concepts]:
        """Length and meaning of the longest phrase that starts at this word; (0, ()) when none does."""
        for phrase in self.phrases.get(tokens[start][:_PREFIX_LENGTH], ()):
            here = tokens[start : start + len(phrase.parts)]
            if len(here) == len(phrase.parts) and all(map(_fits, here, phrase.parts)):
                return len(here), phrase.concepts
        return 0, ()

    def corrected(self, token: str) -> str:
        """Undo one letter left out, doubled or swapped in a long word; one letter for another is another word."""
        if len(token) < _TYPO_LENGTH:
            return token
        if (known := self.typos.get(token)) is not None:
            return known
        for candidate in (*_deletions(token), *_swaps(token)):
            if candidate in self.words or candidate in self.function_words:
                return candidate
        return token


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Compile all lexicons, once in a process."""
    words: dict[str, set[str]] = defaultdict(set)
    prefixes: dict[str, set[str]] = defaultdict(set)
    phrases: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for concept, form in _entries():
        parts = tuple(form.split("_"))
        if len(parts) > 1:
            phrases[parts].add(concept)
        elif form.endswith("*"):
            prefixes[form[:-1]].add(concept)
        else:
            words[form].add(concept)
    function_words = word_set(grammar.FUNCTION_WORDS) | word_set(grammar.NEGATIONS)
    known = {word: tuple(sorted(found)) for word, found in words.items()}
    return Lexicon(
        words=known,
        prefixes={prefix: tuple(sorted(found)) for prefix, found in prefixes.items()},
        phrases=_by_first_letters(phrases),
        typos=_typos([*known, *sorted(word_set(grammar.FUNCTION_WORDS))]),
        function_words=function_words,
    )


def _entries() -> Iterator[tuple[str, str]]:
    for module in (visas, business, living, people, acts, places):
        yield from parse(module.WORDS)
    for concept, form in parse(asks.WORDS):
        yield f"ask.{concept}", form
    marks = {
        "mark.status": grammar.OWN_STATUS,
        "mark.back": grammar.BACK_REFERENCES,
        "mark.fresh": grammar.FRESH_WORDS,
        "mark.past": grammar.PAST_WORDS,
        "mark.future": grammar.FUTURE_WORDS,
    }
    for concept, text in marks.items():
        yield from ((concept, form) for form in text.split())


def _by_first_letters(phrases: Mapping[tuple[str, ...], set[str]]) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, list[Phrase]] = defaultdict(list)
    for parts, concepts in phrases.items():
        found[parts[0].rstrip("*")[:_PREFIX_LENGTH]].append(Phrase(parts, tuple(sorted(concepts))))
    return {first: tuple(sorted(some, key=lambda phrase: -len(phrase.parts))) for first, some in found.items()}


def _fits(token: str, pattern: str) -> bool:
    return token.startswith(pattern[:-1]) if pattern.endswith("*") else token == pattern


def _deletions(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(1, len(word))]


def _swaps(word: str) -> list[str]:
    return [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1)]


def _typos(words: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in words:
        if len(word) > _TYPO_LENGTH:
            for shorter in _deletions(word):
                found.setdefault(shorter, word)
    return found
