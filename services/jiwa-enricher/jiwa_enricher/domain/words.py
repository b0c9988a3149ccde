"""Words as the checks compare them: folded, without accents; lexicon entries as one pattern."""

import re
import unicodedata
from collections.abc import Iterable

from zantara.text.normal import tokens, unaccented

_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "«": '"', "»": '"'})
_SENTENCE_END = re.compile(r"[.!?;…](?:\s|$)")
_FIGURE = re.compile(r"\d+")
_STEM = 5
_CONTEXT = 400

_STOP_WORDS = """
the and for with that this from are was has have his her its our your you they but not very some about into
che per con una uno del della dei delle degli nel nella gli sono era hai abbia suo sua non più molto poco
yang dan untuk dengan dari itu ini ada akan sudah saya aku kami kita dia juga lebih sangat tidak bukan
"""
_STOP = frozenset(_STOP_WORDS.split())
_NEGATION = re.compile(
    r"(?<!\w)(?:not?|never|without|\w+n't|cannot|non|senza|mai|nessun\w*|tidak|tak|bukan|tanpa|belum|jangan|"
    r"nggak|enggak|ngga|gak|ga|ndak)(?!\w)"
)


def folded(text: str) -> str:
    """NFKC and casefold, straight quotes, single spaces: what "literally" means for a quote."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_QUOTES).split())


def plain(text: str) -> str:
    """Folded and without accents, for lexicons."""
    return unaccented(folded(text))


def lexicon(entries: Iterable[str]) -> re.Pattern[str]:
    """One pattern of whole words and phrases, written without accents; `*` stands for any ending."""
    alternatives = "|".join(re.escape(entry).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for entry in entries)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")


def holds_phrase(text: str, phrase: str) -> bool:
    """Whether a folded phrase stands in a folded text at word borders."""
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text) is not None


def sentence_around(text: str, phrase: str) -> str:
    """The sentence or sentences of a folded text that hold the phrase, as far as 400 characters on each side."""
    start = text.find(phrase)
    if start < 0:
        return phrase
    first, last = max(0, start - _CONTEXT), min(len(text), start + len(phrase) + _CONTEXT)
    before = [match.end() for match in _SENTENCE_END.finditer(text, first, start)]
    after = _SENTENCE_END.search(text, start + len(phrase), last)
    return text[before[-1] if before else first : after.start() if after else last].strip()


def stems(text: str) -> frozenset[str]:
    """The content words, cut to their first letters so that endings do not count."""
    return frozenset(
        unaccented(token)[:_STEM]
        for token in tokens(text)
        if len(token) > 2 and token not in _STOP and not token.isdigit()
    )


def figures(text: str) -> frozenset[str]:
    """The digits in the text, number by number."""
    return frozenset(_FIGURE.findall(text))


def negated(text: str) -> bool:
    """Whether a negation stands in the text, in any of the three languages."""
    return _NEGATION.search(plain(text)) is not None
