"""A message cut into spans: phrases and words that the lexicon knows, codes, figures, function words, the rest."""

import re

import msgspec

from golden_cache.domain.lexicon import Concepts, Lexicon
from golden_cache.domain.quantities import currency_of, is_figure_word

_CODE = re.compile(r"[a-f]\d{1,2}[a-z]?|b211[ab]?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_READING = ("ask.", "mark.")


class Span(msgspec.Struct, frozen=True):
    """One phrase or word: where it starts, its words, all that it may mean, and whether it says something itself."""

    start: int
    tokens: tuple[str, ...]
    concepts: Concepts
    content: bool

    @property
    def things(self) -> Concepts:
        """Alternatives of the thing it names, without aspects and marks; empty when it names none."""
        return tuple(c for c in self.concepts if not c.startswith(_READING))


def spans(tokens: list[str], words: Lexicon) -> list[Span]:
    """Cut the words of a message; the longest phrase wins, a phrase is never read twice."""
    found: list[Span] = []
    at = 0
    while at < len(tokens):
        length, concepts = words.phrase(tokens, at)
        if not length:
            length, concepts = 1, _meaning(tokens[at], words)
        here = tuple(tokens[at : at + length])
        found.append(Span(at, here, concepts, bool(concepts) or _says_something(here[0], words)))
        at += length
    return found


def is_code(token: str) -> bool:
    """Tell a visa index (`e28a`, `c1`, `b211a`) by its form."""
    return _CODE.fullmatch(token) is not None


def is_year(token: str) -> bool:
    """Tell a year of the twentieth or twenty-first century."""
    return _YEAR.fullmatch(token) is not None


def _meaning(token: str, words: Lexicon) -> Concepts:
    if token in words.function_words:
        return words.words.get(token, ())
    return words.word(token) or words.word(words.corrected(token))


def _says_something(token: str, words: Lexicon) -> bool:
    if len(token) < 2 or token[0].isdigit() or is_code(token):
        return False
    if currency_of(token) or is_figure_word(token):
        return False
    return token not in words.function_words and words.corrected(token) not in words.function_words
