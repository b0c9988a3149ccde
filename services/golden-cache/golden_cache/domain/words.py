"""Keys under which the forms of a word that no lexicon knows meet: `prorogare`/`proroga`, `dilangkahi`/`langkah`."""

from functools import lru_cache

_STEM_LENGTH = 5
_LEAST = 4
_PREFIXES = (
    "memper", "diper", "meng", "meny", "mem", "men", "me", "peng", "pem", "pen", "per", "ber", "ter", "di", "ke", "se",
)  # fmt: skip
_SUFFIXES = ("nya", "kan", "an")


def stem_of(word: str) -> str:
    """Cut a word to the letters that its Italian and English inflections share."""
    return word[:_STEM_LENGTH]


@lru_cache(maxsize=8192)
def word_keys(word: str) -> frozenset[str]:
    """Give all keys of a word: its stem, and its stem without an Indonesian affix."""
    keys = {stem_of(word)}
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _LEAST:
            keys.add(stem_of(word[len(prefix) :]))
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST:
            keys.add(stem_of(word[: -len(suffix)]))
    return frozenset(keys)
