"""The normal form of a message: what exact lookup, duplicate counting and lexicons compare.

NFKC and casefold as in Unicode TR 44 (NFKC_Casefold); punctuation, emojis and white space become one space.
Kept, because they carry meaning: diacritics (Italian `e` / `è`), currency, `%`, `+` and comparison signs, and
the separators inside a figure (`1,5` is not `15`).
"""

import hashlib
import re
import unicodedata

_APOSTROPHES = dict.fromkeys(map(ord, "’‘‛ʼʹ´`′＇"), "'")
_CONTRACTION = re.compile(r"(?<=n)'(?=t\b)|(?<=\w)'(?=s\b)")
_LOOSE_SEPARATOR = re.compile(r"(?<![0-9])[.,]|[.,](?![0-9])")
_KEPT_SIGNS = frozenset("%‰+<>=≤≥")
_CACHED_BELOW = 0x3000


class _Folding(dict[int, str]):
    """`str.translate` table: what becomes of one code point; fills itself, bounded."""

    def __missing__(self, code: int) -> str:
        kept = _folded(chr(code))
        if code < _CACHED_BELOW:
            self[code] = kept
        return kept


def _folded(char: str) -> str:
    category = unicodedata.category(char)
    if category[0] in "LN" or category in {"Mn", "Mc", "Sc"} or char in _KEPT_SIGNS:
        return char
    return " "


class _Invisible(dict[int, str]):
    """`str.translate` table that drops format characters and straightens apostrophes."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        hidden = unicodedata.category(char) in {"Cf", "Cs"} or "VARIATION SELECTOR" in unicodedata.name(char, "")
        kept = "" if hidden else char
        if code < _CACHED_BELOW:
            self[code] = kept
        return kept


_INVISIBLE = _Invisible(_APOSTROPHES)
_FOLDING = _Folding({ord("."): ".", ord(","): ","})


def normal_form(text: str) -> str:
    """Fold the text; idempotent. `Don't  PAY!` and `dont pay` are one, `1,5%` and `15%` are not."""
    folded = unicodedata.normalize("NFKC", text.translate(_INVISIBLE))
    folded = unicodedata.normalize("NFKC", folded.casefold()).translate(_INVISIBLE)
    folded = _CONTRACTION.sub("", folded).translate(_FOLDING)
    return " ".join(_LOOSE_SEPARATOR.sub(" ", folded).split())


def query_hash(text: str) -> str:
    """SHA-256 (hexadecimal) of the normal form: the key of exact lookup and of duplicate counting."""
    return hashlib.sha256(normal_form(text).encode()).hexdigest()


def tokens(text: str) -> list[str]:
    """Split the normal form into its words."""
    return normal_form(text).split()


def unaccented(text: str) -> str:
    """Strip the diacritics, for lexicons only: people type `perche`, `perchè` and `perché`."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))
