"""Mechanical rewritings of a question: those that keep its meaning, and those that change it on purpose."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

import msgspec

from zantara_cli.simulator.mind.lexicon import alternatives, load
from zantara_cli.simulator.mind.reading import Language

_CODE = re.compile(r"\b([A-E]\d{1,2}[A-H]?)\b")
_ANOTHER_CODE = "E33G"

_Rules = Sequence[tuple[re.Pattern[str], str]]


class _Lexicon(msgspec.Struct, frozen=True):
    courtesy: str
    other_code: dict[str, str]
    same: dict[Language, list[tuple[str, str]]]
    aspect: dict[Language, list[tuple[str, str]]]
    negated: dict[Language, list[tuple[str, str]]]


def rewritings(text: str, language: Language) -> Iterator[str]:
    """Phrasings that ask the same: courtesy dropped, another common form of the same question, no question mark."""
    bare = _courtesy().sub("", text).strip(" ,")
    if bare and bare != text:
        yield bare
    plain = bare.rstrip("?!. ")
    for pattern, new in _rules("same", language):
        made, count = pattern.subn(new, plain, count=1)
        if count and made.casefold() != plain.casefold():
            yield f"{made}?"
    if plain and plain != text:
        yield plain.lower() if plain.isascii() and not _CODE.search(plain) else plain


def hard_negatives(text: str, language: Language) -> Iterator[tuple[str, str]]:
    """Near questions that want another answer, each with why: another code, another aspect, negated."""
    code = _CODE.search(text)
    if code:
        other = _lexicon().other_code.get(code.group(1), _ANOTHER_CODE)
        if other != code.group(1):
            yield text[: code.start()] + other + text[code.end() :], f"other_visa: {other}, not {code.group(1)}"
    for pattern, new in _rules("aspect", language):
        if pattern.search(text):
            yield pattern.sub(new, text, count=1), "other_aspect: asks something else about the same thing"
            break
    for pattern, new in _rules("negated", language):
        if pattern.search(text):
            yield pattern.sub(new, text, count=1), "negation: the opposite is asked"
            break


@cache
def _lexicon() -> _Lexicon:
    return load("rewriting", _Lexicon)


@cache
def _courtesy() -> re.Pattern[str]:
    return re.compile("|".join(alternatives(_lexicon().courtesy)), re.IGNORECASE)


@cache
def _rules(kind: Literal["same", "aspect", "negated"], language: Language) -> _Rules:
    rules: dict[Language, list[tuple[str, str]]] = getattr(_lexicon(), kind)
    return tuple((re.compile(old, re.IGNORECASE), new) for old, new in rules[language])
